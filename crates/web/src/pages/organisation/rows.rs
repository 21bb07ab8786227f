//! What the lists of contacts and of distribution lists have in common: what is asked of them, by what they are sorted, which
//! part is shown, and where the same rows are as a file.

use maud::{Markup, html};
use office::texts::Voice;
use registry::reference::sort_key;
use serde::Deserialize;

use crate::{
    look::{Button, Cell, Column, Empty, Field, Paging, Row, Sort, SortLink, Table, Width, table},
    pages::custody::{common::counted, lists::changed},
};

/// Rows of a page.
const PAGE: usize = 50;

/// What is asked of a list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// Words that stand in it.
    pub q: String,
    /// The column by which it is sorted, `-` before it where the last is first.
    pub sort: String,
    /// `all`: those that ended too.
    pub state: String,
    /// Rows passed over.
    pub from: String,
    /// What was just done.
    pub done: String,
}

impl Asking {
    fn begin(&self) -> usize {
        self.from.parse().unwrap_or(0)
    }

    /// Whether those that ended are asked for too.
    pub fn all(&self) -> bool {
        self.state == "all"
    }

    /// Whether a text has each of the words.
    pub fn fits(&self, text: &str) -> bool {
        let (wanted, text) = (sort_key(&self.q), sort_key(text));
        wanted.split_whitespace().all(|word| text.contains(word))
    }

    /// An address of the list with one part of it changed, from its beginning.
    pub fn with(&self, path: &str, name: &str, value: &str) -> String {
        let parts = [("q", &*self.q), ("sort", &*self.sort), ("state", &*self.state), ("from", "")];
        changed(path, &parts, name, value)
    }
}

/// A row of a list: what it is called, its cells on the page, and its cells as text, by which it is sorted and written to files.
pub struct Shown {
    pub name: String,
    pub cells: Vec<Markup>,
    pub texts: Vec<String>,
}

/// A list.
pub struct List<'a> {
    /// Where it is.
    pub path: &'a str,
    /// What is asked of it.
    pub asking: &'a Asking,
    /// The keys of its heads, what the cells hold, and how a column is called in addresses.
    pub columns: &'a [(&'static str, Cell, &'static str)],
    /// The keys of its caption, of what is said where there is nothing, and of what would be there.
    pub words: [&'static str; 3],
    /// Where a first one is entered.
    pub begin: Option<(String, String)>,
}

impl List<'_> {
    /// By which column it is sorted, and how.
    fn sorted(&self) -> (usize, Sort) {
        let (name, way) = match self.asking.sort.strip_prefix('-') {
            Some(name) => (name, Sort::Descending),
            None => (self.asking.sort.as_str(), Sort::Ascending),
        };
        (self.columns.iter().position(|(_, _, own)| *own == name).unwrap_or(0), way)
    }

    /// Puts rows into the order that is asked for.
    pub fn sort(&self, rows: &mut [Shown]) {
        let (column, way) = self.sorted();
        rows.sort_by_cached_key(|row| {
            sort_key(row.texts.get(column).map(String::as_str).unwrap_or_default())
        });
        if way == Sort::Descending {
            rows.reverse();
        }
    }

    /// A part of the rows, with the ways to the others.
    pub fn shown(&self, say: Voice<'_>, rows: &[Shown]) -> Markup {
        let (by, way) = self.sorted();
        let links: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, (_, _, name))| {
                let turned = at == by && way == Sort::Ascending;
                let value = if turned { format!("-{name}") } else { (*name).to_owned() };
                self.asking.with(self.path, "sort", &value)
            })
            .collect();
        let heads: Vec<String> = self.columns.iter().map(|(key, ..)| say.t(key)).collect();
        let columns: Vec<Column<'_>> = (self.columns.iter().enumerate().zip(&heads).zip(&links))
            .map(|(((at, (_, cell, _)), head), href)| Column {
                head,
                cell: *cell,
                sort: Some(SortLink { href, now: (at == by).then_some(way) }),
            })
            .collect();
        let begin = self.asking.begin();
        let part: Vec<Row<'_>> = rows
            .iter()
            .skip(begin)
            .take(PAGE)
            .map(|row| Row { value: None, name: &row.name, strong: false, cells: row.cells.clone() })
            .collect();
        let at = |from: usize| {
            let from = if from == 0 { String::new() } else { from.to_string() };
            self.asking.with(self.path, "from", &from)
        };
        let previous = (begin > 0).then(|| at(begin.saturating_sub(PAGE)));
        let next = (rows.len() > begin + PAGE).then(|| at(begin + PAGE));
        let counted = counted(say, begin, part.len(), rows.len());
        let file = |ending: &str| self.asking.with(&format!("{}.{ending}", self.path), "from", "");
        let (values, workbook) = (file("csv"), file("xlsx"));
        let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
        let [caption, none, would] = self.words.map(|key| say.t(key));
        let first = self.begin.as_ref().map(|(label, href)| Button::plain(label).to(href));
        table(
            say,
            &Table {
                caption: &caption,
                columns: &columns,
                rows: &part,
                many: None,
                paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &counted },
                exports: if part.is_empty() { &[] } else { &exports },
                empty: Empty { title: &none, would: &would, begin: first },
            },
        )
    }

    /// The form that narrows it.
    pub fn filter(&self, say: Voice<'_>, label: &str, ended: &str) -> Markup {
        let (label, go) = (say.t(label), say.t("people-filter-go"));
        html! {
            form.with-button method="get" action=(self.path) {
                @if !self.asking.sort.is_empty() { input type="hidden" name="sort" value=(self.asking.sort); }
                (Field::new("q", &label).value(&self.asking.q).optional().width(Width::Medium).text(say))
                label.option {
                    input type="checkbox" name="state" value="all" checked[self.asking.all()];
                    span { (say.t(ended)) }
                }
                button.button type="submit" { (go) }
                @if !self.asking.q.is_empty() || self.asking.all() { a href=(self.path) { (say.t("applied-clear")) } }
            }
        }
    }
}
