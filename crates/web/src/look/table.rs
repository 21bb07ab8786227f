//! Owns the table: the one way in which a list is shown. Columns that sort by link, rows that can be chosen many at
//! once, paging by key, exports of exactly what is shown, and an empty state. It must not know what is listed.

use maud::{Markup, html};
use office::texts::Voice;

use super::form::{Button, button, token_field};
use super::panel::{Empty, empty};

/// In which direction a list is sorted by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Smallest, oldest or A first.
    Ascending,
    /// Largest, newest or Z first.
    Descending,
}

/// A column that can be sorted by.
#[derive(Debug, Clone, Copy)]
pub struct SortLink<'a> {
    /// The list sorted by this column, or the other way round when it is already.
    pub href: &'a str,
    /// How the list shown is sorted by it, if it is.
    pub now: Option<Sort>,
}

/// What the cells of a column hold; it decides alignment and type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The words by which a row is known: the widest column, and the head of the row for a screen reader.
    Main,
    /// Words.
    Text,
    /// A reference, marking or date: never broken where it fits.
    Short,
    /// A number: aligned right.
    Number,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Its head.
    pub head: &'a str,
    /// What its cells hold.
    pub cell: Cell,
    /// Whether and how it sorts.
    pub sort: Option<SortLink<'a>>,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The value sent when the row is chosen; without one it cannot be.
    pub value: Option<&'a str>,
    /// What the row is called: for the label of its checkbox.
    pub name: &'a str,
    /// Whether it wants to be noticed, as an unread or late thing does.
    pub strong: bool,
    /// One for each column. Put `class="lead"` on the link that opens the row: keys `j`, `k` and Enter use it.
    pub cells: Vec<Markup>,
}

/// What can be done with several rows at once. Each button sends the chosen rows under `name`.
#[derive(Debug, Clone)]
pub struct SelectMany<'a> {
    /// Where the form is sent.
    pub action: &'a str,
    /// The field that carries each chosen row's value.
    pub name: &'a str,
    /// The token against forged forms.
    pub token: Option<&'a str>,
    /// The acts; they are buttons with a name and value.
    pub acts: Vec<Button<'a>>,
    /// What the acts have in common, said before them; empty where each says enough.
    pub lead: &'a str,
    /// The values of the rows that stand chosen when the list opens.
    pub chosen: &'a [String],
    /// Where the list is, sent as `back`; the rows chosen are kept while one goes from page to page of such lists, at
    /// most as many as this. None: they are this page's alone.
    pub kept: Option<(&'a str, usize)>,
    /// Where the list is, sent as `back` where the rows chosen are this page's alone.
    pub back: Option<&'a str>,
}

/// Pages by key: where the pages before and after begin, never "page 7 of 900".
#[derive(Debug, Clone, Copy, Default)]
pub struct Paging<'a> {
    /// The page before.
    pub previous: Option<&'a str>,
    /// The page after.
    pub next: Option<&'a str>,
    /// What is shown: "1 to 50 of 3,363".
    pub shown: &'a str,
}

/// A list.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// What is listed; read out, and printed.
    pub caption: &'a str,
    /// Its columns.
    pub columns: &'a [Column<'a>],
    /// Its rows.
    pub rows: &'a [Row<'a>],
    /// What can be done with several.
    pub many: Option<SelectMany<'a>>,
    /// Where the other pages are.
    pub paging: Paging<'a>,
    /// The same list in other forms: label and address.
    pub exports: &'a [(&'a str, &'a str)],
    /// What to say when there are no rows.
    pub empty: Empty<'a>,
}

/// Shows a list.
#[must_use]
pub fn table(say: Voice<'_>, list: &Table<'_>) -> Markup {
    if list.rows.is_empty() {
        return html! { div.card.list { (empty(&list.empty)) } };
    }
    let grid = grid(say, list);
    html! {
        div.card.list {
            @match &list.many {
                Some(many) => form method="post" action=(many.action) data-many data-kept=[many.kept.map(|(_, most)| most)] {
                    (token_field(many.token))
                    @if let Some(back) = many.kept.map(|(back, _)| back).or(many.back) { input type="hidden" name="back" value=(back); }
                    (grid)
                    div.many role="group" aria-label=(say.t("table-acts")) {
                        span.chosen data-needs-script data-one=(say.t("table-chosen-one")) data-other=(say.t("table-chosen-many")) {
                            (say.t("table-chosen-none"))
                        }
                        @if let Some((_, most)) = many.kept {
                            span.quiet data-elsewhere=(say.t("table-chosen-elsewhere")) data-too-many=(say.tr("table-chosen-too-many", &[("n", most.into())])) hidden {}
                            button.button type="button" data-pick-none data-needs-script { (say.t("table-choose-none")) }
                        }
                        @if !many.lead.is_empty() { span { (many.lead) } }
                        @for act in &many.acts { (button(act)) }
                    }
                },
                None => (grid),
            }
        }
        @let pages = list.paging;
        @if pages.previous.is_some() || pages.next.is_some() || !pages.shown.is_empty() || !list.exports.is_empty() {
            nav.paging aria-label=(say.t("paging-label")) {
                span.quiet { (pages.shown) }
                @if let Some(href) = pages.previous {
                    a.button.small href=(href) rel="prev" data-key="h" aria-keyshortcuts="h" { (say.t("paging-previous")) }
                }
                @if let Some(href) = pages.next {
                    a.button.small href=(href) rel="next" data-key="l" aria-keyshortcuts="l" { (say.t("paging-next")) }
                }
                @if !list.exports.is_empty() {
                    span.exports {
                        span.quiet { (say.t("table-export")) }
                        @for (label, href) in list.exports { " " a href=(href) download { (label) } }
                    }
                }
            }
        }
    }
}

fn grid(say: Voice<'_>, list: &Table<'_>) -> Markup {
    html! {
        div.scroll {
            table.grid data-rows {
                caption.unseen { (list.caption) }
                thead {
                    tr {
                        @if list.many.is_some() {
                            td.pick {
                                label data-needs-script {
                                    input type="checkbox" data-pick-all aria-label=(say.t("table-choose-all"));
                                }
                            }
                        }
                        @for column in list.columns { (head(say, column)) }
                    }
                }
                tbody { @for row in list.rows { (line(say, list, row)) } }
            }
        }
    }
}

fn head(say: Voice<'_>, column: &Column<'_>) -> Markup {
    let state = column.sort.and_then(|sort| sort.now);
    let (aria, arrow) = match state {
        Some(Sort::Ascending) => (Some("ascending"), " ↑"),
        Some(Sort::Descending) => (Some("descending"), " ↓"),
        None => (None, ""),
    };
    html! {
        th scope="col" class=(class(column.cell)) aria-sort=[aria] {
            @if let Some(sort) = column.sort {
                a href=(sort.href) title=(say.tr("table-sort", &[("column", column.head.into())])) {
                    (column.head) span aria-hidden="true" { (arrow) }
                }
            } @else if column.head.is_empty() {
                span.unseen { (say.t("table-act")) }
            } @else {
                (column.head)
            }
        }
    }
}

fn line(say: Voice<'_>, list: &Table<'_>, row: &Row<'_>) -> Markup {
    html! {
        tr.strong[row.strong] {
            @if let Some(many) = &list.many {
                td.pick {
                    @if let Some(value) = row.value {
                        label {
                            input type="checkbox" name=(many.name) value=(value) checked[many.chosen.iter().any(|one| one == value)]
                                aria-label=(say.tr("table-choose", &[("name", row.name.into())]));
                        }
                    }
                }
            }
            @for (column, cell) in list.columns.iter().zip(&row.cells) {
                @if column.cell == Cell::Main {
                    th scope="row" class=(class(column.cell)) { (cell) }
                } @else {
                    td class=(class(column.cell)) { (cell) }
                }
            }
        }
    }
}

const fn class(cell: Cell) -> &'static str {
    match cell {
        Cell::Main => "main",
        Cell::Text => "text",
        Cell::Short => "short",
        Cell::Number => "num",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::texts::{Language, Texts};

    fn shown(rows: &[Row<'_>], many: bool) -> String {
        let texts = Texts::new().unwrap();
        let columns = [
            Column {
                head: "Subject",
                cell: Cell::Main,
                sort: Some(SortLink { href: "?sort=-subject", now: Some(Sort::Ascending) }),
            },
            Column { head: "", cell: Cell::Short, sort: None },
        ];
        let list = Table {
            caption: "Documents",
            columns: &columns,
            rows,
            many: many.then(|| SelectMany {
                action: "/many",
                name: "document",
                token: Some("t0"),
                acts: vec![Button::plain("Print").named("act", "print")],
                lead: "Do:",
                chosen: &[],
                kept: None,
                back: None,
            }),
            paging: Paging { next: Some("?after=9"), shown: "1 to 1", ..Paging::default() },
            exports: &[("CSV", "/register.csv")],
            empty: Empty { title: "Nothing here", would: "Documents would be.", begin: None },
        };
        table(texts.voice(Language::En), &list).into_string()
    }

    #[test]
    fn a_list_says_how_it_is_sorted_and_what_can_be_done() {
        let row = Row {
            value: Some("7"),
            name: "IMSM-1 <x>",
            strong: false,
            cells: vec![html! { a.lead href="/d/7" { "One" } }, html! {}],
        };
        let page = shown(&[row], true);
        assert!(page.contains(r#"<th scope="col" class="main" aria-sort="ascending">"#));
        assert!(page.contains(r#"<th scope="row""#));
        assert!(page.contains("<caption"));
        assert!(page.contains(r#"name="document" value="7""#));
        assert!(page.contains("IMSM-1 &lt;x&gt;"));
        assert!(page.contains(r#"value="t0""#));
        assert!(page.contains(r#"href="?after=9" rel="next""#));
        assert!(page.contains(r#"href="/register.csv" download"#));
    }

    #[test]
    fn an_empty_list_says_what_would_be_there() {
        let page = shown(&[], true);
        assert!(page.contains("Documents would be."));
        assert!(!page.contains("<table"));
    }
}
