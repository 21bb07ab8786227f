//! A registry's other books: packages, couriers, correspondents, routes, control officers, equipment, transfers. How an item
//! and its state are called; lists, forms, one item and what happens to it stand beside. Knows no rule: whether something can
//! happen to an item, the item is asked.

mod acts;
mod enter;
mod fields;
mod given;
pub mod glance;
mod list;
mod one;
mod steps;
pub mod told;
mod typed;

use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{DispatchRow, books::BookRow},
    texts::Voice,
};
use registry::{
    Code, RegistryId,
    authorisation::Role,
    custody::book::{Alert, Book, Stage},
};

use super::common::Kept;
use crate::{
    answer::WebError,
    frame,
    look::{Facet, Tone, chip, pills, reference_link},
};

pub use acts::step;
pub use enter::{enter, form_page};
pub use list::{list, values, workbook};
pub use one::item;

/// Where the list of a book is.
pub const fn path(book: Book) -> &'static str {
    match book {
        Book::Packages => "/custody/books/packages",
        Book::Journeys => "/custody/books/journeys",
        Book::Correspondents => "/custody/books/correspondents",
        Book::Routes => "/custody/books/routes",
        Book::Appointments => "/custody/books/appointments",
        Book::Equipment => "/custody/books/equipment",
        Book::Transfers => "/custody/books/transfers",
        Book::Distributions => "/custody/books/distributions",
        Book::Instructions => "/custody/books/instructions",
    }
}

/// The facts of an item as a page shows them.
pub fn facts_of(say: Voice<'_>, reading: &Reading, row: &BookRow) -> Vec<(&'static str, Markup)> {
    told::facts(say, reading, row).iter().map(|(key, told)| (*key, told.shown(say, reading))).collect()
}

/// Where an item is.
pub fn address(row: &BookRow) -> String {
    format!("{}/{}", path(row.view.item.book()), row.view.item.id)
}

/// Where the form of a book is, for a registry.
fn form_address(kept: &Kept, book: Book) -> String {
    kept.address(&format!("{}/new", path(book)))
}

/// The book of a name in an address; what is no book is not there.
fn named(book: &str) -> Result<Book, WebError> {
    Book::named(book).ok_or_else(|| WebError::page(Code::NotFound))
}

/// A book in words.
pub fn name(say: Voice<'_>, book: Book) -> String {
    say.t(&format!("book-{}", book.as_str()))
}

/// What the titles, captions and empty states of a book say.
fn words(say: Voice<'_>, book: Book, part: &str) -> String {
    say.t(&format!("book-{}-{part}", book.as_str()))
}

/// The books to choose from above each page of one.
fn shelf(say: Voice<'_>, kept: &Kept, now: Book) -> Markup {
    let all: Vec<(String, String, bool)> =
        Book::ALL.map(|book| (name(say, book), kept.address(path(book)), book == now)).to_vec();
    let list: Vec<Facet<'_>> = all
        .iter()
        .map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on })
        .collect();
    pills(&say.t("copies-part-books"), &list, say)
}

/// How far an item has come, in words.
pub fn stage_words(say: Voice<'_>, row: &BookRow) -> String {
    if row.view.item.document().is_some() {
        let stage = row.view.item.stage.as_str();
        return say.t(&format!("book-awaits-{stage}"));
    }
    say.t(&format!("book-stage-{}", row.view.item.stage.as_str()))
}

/// What wants doing with an item, in words.
pub fn alert_words(say: Voice<'_>, alert: Alert) -> String {
    say.t(&format!("book-alert-{}", alert.as_str()))
}

/// What wants doing with an item.
pub fn alert_chip(say: Voice<'_>, alert: Alert) -> Markup {
    let tone = match alert {
        Alert::Late | Alert::Quarantined | Alert::Missing | Alert::NotLeft | Alert::RunOut => Tone::Late,
        Alert::Advise
        | Alert::Issue
        | Alert::GiveBack
        | Alert::Combination
        | Alert::Confirm
        | Alert::Unread
        | Alert::NotPosted => Tone::Soon,
    };
    chip(tone, &alert_words(say, alert))
}

/// How far an item has come, and what wants doing with it; what its stage says already is said once.
pub fn state(say: Voice<'_>, row: &BookRow) -> Markup {
    let awaited = row.view.item.document().is_some() && row.view.item.stage == Stage::Current;
    let tone = match row.view.item.stage {
        Stage::Current if awaited => Tone::Soon,
        Stage::Current | Stage::Kept | Stage::Delivered | Stage::Done => Tone::Good,
        Stage::Missing | Stage::Quarantined => Tone::Late,
        Stage::Assigned
        | Stage::UnderWay
        | Stage::Requested
        | Stage::Issued
        | Stage::Out
        | Stage::Waiting => Tone::Soon,
        _ => Tone::Plain,
    };
    let alert = row.alert.filter(|alert| !matches!(alert, Alert::Missing | Alert::Quarantined));
    html! {
        (chip(tone, &stage_words(say, row)))
        @if let Some(alert) = alert { " " (alert_chip(say, alert)) }
    }
}

/// The number of an item, which leads to it.
pub fn lead(row: &BookRow) -> Markup {
    html! { a.lead.ref translate="no" href=(address(row)) { (row.view.item.text()) } }
}

/// Whether the reader is the control officer of a registry, who alone enters approvals and appointments.
fn controls(reading: &Reading, registry: RegistryId) -> bool {
    reading.viewer().has(Role::Controller, Some(registry))
}

/// Whether the reader may enter something into a book of a registry of his.
fn enters(reading: &Reading, registry: RegistryId, book: Book) -> bool {
    !matches!(book, Book::Routes | Book::Appointments) || controls(reading, registry)
}

/// The package in which the copies of a receipt are or went; where they wait to be packed, the way to that. For the staff.
pub async fn package_of(
    say: Voice<'_>,
    reading: &mut Reading,
    row: &DispatchRow,
) -> Result<Option<Markup>, Failure> {
    if let Some(package) = reading.package_with(row).await? {
        return Ok(Some(reference_link(&package.view.item.text(), &address(&package))));
    }
    let code = reading.house.registry(row.registry).map(|r| r.code.as_str()).unwrap_or_default();
    let to = format!(
        "{}/new?registry={}&dispatch={}",
        path(Book::Packages),
        frame::escaped(code),
        row.view.dispatch.id
    );
    Ok(row.late.map(|_| html! { span.screen-only { a href=(to) { (say.t("book-pack")) } } }))
}
