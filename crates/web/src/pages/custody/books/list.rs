//! The list of a book for the staff: what is open first, found by words, sorted by number or by what items are called; the same
//! rows as files.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{
    Reading,
    custody::{Listed, books::BookRow},
    texts::Voice,
};
use registry::{custody::book::Book, reference::sort_key};
use store::custody::seen::Slice;

use super::{
    alert_words, enters, form_address, lead, named, path, shelf, stage_words, state,
    told::{FILED, Head, Told, called, columns, facts, head, of},
    words,
};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Field, Paging, Row, Section, Sort, SortLink, Table, Width, heading,
        heading_with_acts, table,
    },
    pages::{
        custody::{
            common::{Kept, Part, counted, ways},
            lists::{Asking, NONE, View, many, views, whole},
        },
        visit::{Visit, done},
    },
};

/// Which items are listed: open ones where nothing else is said.
fn open(asking: &Asking) -> Option<bool> {
    match asking.state.as_str() {
        "all" => None,
        "closed" => Some(false),
        _ => Some(true),
    }
}

/// By what a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Number(Sort),
    Called(Sort),
}

impl By {
    /// As it is asked for; else what is open from the first on, what is past from the last.
    fn of(asking: &Asking) -> Self {
        match asking.order.as_str() {
            "name" => By::Called(Sort::Ascending),
            "name-down" => By::Called(Sort::Descending),
            _ if asking.newest(open(asking) != Some(true)) => By::Number(Sort::Descending),
            _ => By::Number(Sort::Ascending),
        }
    }
}

/// A part of the items that are asked for, in their order.
async fn rows(
    say: Voice<'_>,
    reading: &mut Reading,
    kept: &Kept,
    book: Book,
    asking: &Asking,
    part: Slice,
) -> Result<Listed<BookRow>, WebError> {
    let (registry, by, wanted) = (kept.chosen.id, By::of(asking), sort_key(asking.q.trim()));
    if let (By::Number(_), true) = (by, wanted.is_empty()) {
        return Ok(reading.book(registry, book, open(asking), part).await?);
    }
    let mut found = reading.book(registry, book, open(asking), whole(part.backwards)).await?.rows;
    found.retain(|row| text(say, reading, row).contains(&wanted));
    if let By::Called(way) = by {
        found.sort_by_cached_key(|row| in_order(&called(say, reading, row)));
        if way == Sort::Descending {
            found.reverse();
        }
    }
    let all = found.len();
    Ok(Listed { rows: found.into_iter().skip(part.from).take(part.most).collect(), all })
}

/// A name as names are put in order: its numbers by how much they are, so that 9 comes before 10.
fn in_order(name: &str) -> String {
    let key = sort_key(name);
    let mut ordered = String::with_capacity(key.len());
    for run in key.as_bytes().chunk_by(|one, next| one.is_ascii_digit() == next.is_ascii_digit()) {
        let part = String::from_utf8_lossy(run);
        match run.first() {
            Some(first) if first.is_ascii_digit() => {
                ordered.push_str(&format!("{:0>12}", part.trim_start_matches('0')));
            }
            _ => ordered.push_str(&part),
        }
    }
    ordered
}

/// All that is said of an item, as it is searched.
fn text(say: Voice<'_>, reading: &Reading, row: &BookRow) -> String {
    let facts = facts(say, reading, row);
    let words: Vec<String> = facts.iter().map(|(_, told)| told.text()).collect();
    let own = row.view.words.as_deref().unwrap_or_default();
    sort_key(&format!("{} {} {own}", row.view.item.text(), words.join(" ")))
}

/// The page.
pub async fn list(
    visit: Visit,
    Path(book): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path: here, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let book = named(&book)?;
    let kept = Kept::of(&reading, &asking.registry)?;
    let by = By::of(&asking);
    let page = asking.page(by == By::Number(Sort::Descending));
    let found = rows(say, &mut reading, &kept, book, &asking, page).await?;
    let waits = reading.book(kept.chosen.id, book, Some(true), NONE).await?.all;
    let [title, text, begin] = ["title", "text", "enter"].map(|part| words(say, book, part));
    let to = form_address(&kept, book);
    let beneath = html! { p { (kept.name(say)) } p.quiet { (text) } };
    let body = html! {
        @if enters(&reading, kept.chosen.id, book) {
            (heading_with_acts(&title, &beneath, &[Button::main(&begin).to(&to)]))
        } @else {
            (heading(&title, &beneath))
        }
        (ways(say, &kept, Part::Book(book)))
        (shelf(say, &kept, book))
        (narrowed(say, book, &asking, waits))
        (shown(say, &reading, book, &asking, by, &found))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &here, Some(Section::Custody), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// By state, and by words.
fn narrowed(say: Voice<'_>, book: Book, asking: &Asking, waits: usize) -> Markup {
    let states: [View; 3] = [
        ("open", say.t("book-view-open"), Some(many(waits))),
        ("closed", say.t("book-view-closed"), None),
        ("all", say.t("book-view-all"), None),
    ];
    let now = match open(asking) {
        Some(true) => "open",
        Some(false) => "closed",
        None => "all",
    };
    let [label, find, go, clear] =
        ["book-views", "book-find", "book-find-go", "applied-clear"].map(|key| say.t(key));
    let kept = [("registry", &asking.registry), ("state", &asking.state), ("order", &asking.order)];
    html! {
        (views(say, asking, Part::Book(book), ("state", &label), &states, now))
        form.with-button method="get" action=(path(book)) {
            (Field::new("q", &find).value(&asking.q).optional().width(Width::Medium).text(say))
            @for (name, value) in kept {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            button.button type="submit" { (go) }
            @if !asking.q.is_empty() { a href=(asking.with(path(book), "q", "")) { (clear) } }
        }
    }
}

/// The columns that a page has room for.
fn of_page(book: Book) -> impl Iterator<Item = &'static Head> {
    columns(book).iter().filter(|(key, ..)| !FILED.contains(key))
}

/// The heads of the columns of a book with what their cells are.
fn heads(say: Voice<'_>, book: Book) -> Vec<(String, Cell)> {
    let own = of_page(book).map(|(key, cell, _)| (*key, *cell));
    let all = std::iter::once(("book-number", Cell::Short)).chain(own).chain([("column-state", Cell::Text)]);
    all.map(|(key, cell)| (head(say, key), cell)).collect()
}

/// The rows of the page as a table.
fn shown(
    say: Voice<'_>,
    reading: &Reading,
    book: Book,
    asking: &Asking,
    by: By,
    found: &Listed<BookRow>,
) -> Markup {
    let path = path(book);
    let sorting = |order: &str| asking.with(path, "order", order);
    let (number, name) = match by {
        By::Number(way) => (Some(way), None),
        By::Called(way) => (None, Some(way)),
    };
    let by_number = sorting(if number == Some(Sort::Ascending) { "newest" } else { "oldest" });
    let by_name = sorting(if name == Some(Sort::Ascending) { "name-down" } else { "name" });
    let heads = heads(say, book);
    let columns: Vec<Column<'_>> = heads
        .iter()
        .enumerate()
        .map(|(place, (head, cell))| Column {
            head,
            cell: *cell,
            sort: match (place, cell) {
                (0, _) => Some(SortLink { href: &by_number, now: number }),
                (_, Cell::Main) => Some(SortLink { href: &by_name, now: name }),
                _ => None,
            },
        })
        .collect();
    let names: Vec<String> = found.rows.iter().map(|row| row.view.item.text()).collect();
    let rows: Vec<Row<'_>> =
        found.rows.iter().zip(&names).map(|(row, name)| line(say, reading, row, name)).collect();
    let begin = asking.page(false).from;
    let step = asking.page(false).most;
    let at =
        |from: usize| asking.with(path, "from", &if from == 0 { String::new() } else { from.to_string() });
    let previous = (begin > 0).then(|| at(begin.saturating_sub(step)));
    let next = (found.all > begin + step).then(|| at(begin + step));
    let shown = counted(say, begin, rows.len(), found.all);
    let file = |ending: &str| asking.with(&format!("{path}/items.{ending}"), "from", "");
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let [caption, none, would] = ["caption", "none", "would"].map(|part| words(say, book, part));
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &shown },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

fn line<'a>(say: Voice<'_>, reading: &Reading, row: &BookRow, name: &'a str) -> Row<'a> {
    let facts = facts(say, reading, row);
    let told = of_page(row.view.item.book())
        .map(|(key, ..)| html! { @if let Some(told) = of(&facts, key) { (told.brief(say, reading)) } });
    let cells = std::iter::once(lead(row)).chain(told).chain([state(say, row)]).collect();
    Row { value: None, name, strong: row.alert.is_some(), cells }
}

/// The list as comma-separated values.
pub async fn values(
    visit: Visit,
    Path(book): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let book = named(&book)?;
    Ok(export::values(exported(visit, book, &asking).await?, book.as_str()))
}

/// The same rows as a workbook.
pub async fn workbook(
    visit: Visit,
    Path(book): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let book = named(&book)?;
    export::workbook(exported(visit, book, &asking).await?, book.as_str()).await
}

async fn exported(visit: Visit, book: Book, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let part = whole(By::of(asking) == By::Number(Sort::Descending));
    let found = rows(say, &mut reading, &kept, book, asking, part).await?.rows;
    let mut heads = vec![("book-number", 14.0)];
    heads.extend(columns(book).iter().map(|(key, _, width)| (*key, *width)));
    heads.extend([
        ("column-state", 20.0),
        ("book-alert", 24.0),
        ("book-entered", 24.0),
        ("book-entered-by", 28.0),
        ("book-words", 40.0),
    ]);
    let lines = found.iter().map(|row| filed(say, &reading, row)).collect();
    Ok(Ready::of(&app, say, reading, &heads, lines))
}

/// A row of a file.
fn filed(say: Voice<'_>, reading: &Reading, row: &BookRow) -> Line {
    let facts = facts(say, reading, row);
    let columns = columns(row.view.item.book()).iter();
    let told = columns.map(|(key, ..)| of(&facts, key).map(Told::text).unwrap_or_default());
    let rest = [
        stage_words(say, row),
        row.alert.map(|alert| alert_words(say, alert)).unwrap_or_default(),
        row.view.entered_at.to_string(),
        row.entered_by.clone(),
        row.view.words.clone().unwrap_or_default(),
    ];
    let cells: Vec<String> = std::iter::once(row.view.item.text()).chain(told).chain(rest).collect();
    Line::plain(cells)
}
