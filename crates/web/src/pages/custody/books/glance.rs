//! The books on pages of something else: where each is and what wants doing, for the staff; what of them somebody has himself.

use maud::{Markup, html};
use office::{Reading, custody::books::BookRow, texts::Voice};
use registry::custody::book::Book;

use super::{alert_chip, lead, name, path, state, told::called};
use crate::{
    look::{Cell, card},
    pages::custody::{
        common::Kept,
        lists::{Shown, few, many},
    },
};

/// Most rows of what wants doing.
const FEW: usize = 10;

/// Where each book is, with how much wants doing in it.
pub fn books(say: Voice<'_>, kept: &Kept, alerts: &[BookRow]) -> Markup {
    let list = Book::ALL.map(|book| {
        let count = alerts.iter().filter(|row| row.view.item.book() == book).count();
        (name(say, book), kept.address(path(book)), count)
    });
    card(
        &say.t("copies-part-books"),
        &html! {
            ul.stack {
                @for (label, href, count) in &list {
                    li.row {
                        a href=(href) { (label) }
                        @if *count > 0 { span.n { (say.count(many(*count))) } }
                    }
                }
            }
        },
    )
}

/// What wants doing in the books, the most urgent first; nothing where there is nothing.
pub fn alerts(say: Voice<'_>, reading: &Reading, alerts: &[BookRow]) -> Markup {
    let columns = [
        ("book-number", Cell::Short),
        ("book-alert", Cell::Short),
        ("book-book", Cell::Text),
        ("book-called", Cell::Main),
    ];
    let row = |row: &BookRow| Shown {
        strong: false,
        cells: vec![
            lead(row),
            html! { @if let Some(alert) = row.alert { (alert_chip(say, alert)) } },
            html! { (name(say, row.view.item.book())) },
            html! { (called(say, reading, row)) },
        ],
        name: row.view.item.text(),
    };
    let rows: Vec<Shown> = alerts.iter().take(FEW).map(row).collect();
    let title = say.t("book-alerts");
    let left = alerts.len().saturating_sub(FEW);
    html! {
        @if !rows.is_empty() {
            h2 { (title) }
            (few(say, &title, &columns, &rows))
            @if left > 0 { p.quiet { (say.tr("book-alerts-more", &[("n", left.into())])) } }
        }
    }
}

/// What of the registries' books the reader has himself; nothing where there is nothing.
pub fn own(say: Voice<'_>, reading: &Reading, rows: &[BookRow]) -> Markup {
    let columns = [
        ("book-number", Cell::Short),
        ("book-book", Cell::Text),
        ("book-called", Cell::Main),
        ("column-state", Cell::Short),
    ];
    let row = |row: &BookRow| Shown {
        strong: false,
        cells: vec![
            lead(row),
            html! { (name(say, row.view.item.book())) },
            html! { (called(say, reading, row)) },
            state(say, row),
        ],
        name: row.view.item.text(),
    };
    let shown: Vec<Shown> = rows.iter().map(row).collect();
    let title = say.t("book-own");
    html! {
        @if !shown.is_empty() {
            section.stack id="books" {
                h2 { (title) }
                (few(say, &title, &columns, &shown))
            }
        }
    }
}
