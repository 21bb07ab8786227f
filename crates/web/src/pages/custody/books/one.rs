//! One item of a book: what is known of it, what is in it, what happened to it, and what can happen now.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{
    Reading,
    custody::books::{BookPage, BookRow, StepRow},
    texts::Voice,
};
use registry::{
    Code,
    custody::book::{Book, Step},
};

use super::{
    acts::forms,
    address, given, lead, named, state,
    steps::FIELDS,
    told::{called, facts, level},
    words,
};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{self, Button, Cell, Event, Fact, Section, card, heading_with_acts, reference, timeline},
    pages::{
        custody::{
            common::{Part, holder, paper, way},
            lists::{Asking, Shown, bare, few, named as copies},
            receipts,
        },
        shown,
        visit::{Sent, Visit, Wrong, done, id},
    },
    papers::books::has_form,
    words::registry_name,
};

/// What was sent to the page, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub sent: Sent,
    pub wrong: Wrong,
}

/// The page.
pub async fn item(
    visit: Visit,
    Path((book, item)): Path<(String, String)>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let book = named(&book)?;
    let found = reading.book_item(id(&item)?).await?;
    if found.row.view.item.book() != book {
        return Err(WebError::page(Code::NotFound));
    }
    Ok(page(say, &app, &reading, &signed.form_token, &found, &Said::default(), &asking.done))
}

pub(super) fn page(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    token: &str,
    found: &BookPage,
    said: &Said,
    did: &str,
) -> Response {
    let row = &found.row;
    let (book, number) = (row.view.item.book(), row.view.item.text());
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let title = say.tr(&format!("book-{}-one", book.as_str()), &[("number", number.as_str().into())]);
    let list = format!("book-{}", book.as_str());
    let (form, file) = (say.t("paper-pdf"), format!("{}/form.pdf", address(row)));
    let pdf = [Button::plain(&form).to(&file)];
    let pdf = if has_form(row) { &pdf[..] } else { &[] };
    let body = html! {
        (said.wrong.shown(say, &labels))
        (way(say, reading, row.registry, (Part::Book(book), &list)))
        (heading_with_acts(&title, &html! { p { (called(say, reading, row)) } (state(say, row)) }, pdf))
        div.cols {
            div.stack {
                (card(&words(say, book, "card"), &html! {
                    div.stack { (about(say, reading, row)) (within(say, reading, found)) }
                }))
                (card(&say.t("book-history"), &history(say, reading, found)))
            }
            aside.stack.screen-only {
                @if let Some(rules) = say.maybe(&format!("book-{}-rules", book.as_str()), &[]) {
                    (card(&say.t("book-rules"), &html! { p { (rules) } }))
                }
                (forms(say, app, reading, token, row, said))
            }
        }
    };
    let entries = found.dispatches.iter().flat_map(|one| &one.entries);
    let mut marks = bare(reading, entries.clone());
    marks.extend(row.entry.iter().filter_map(|entry| shown::shown_of(&reading.house, entry)));
    let path = address(row);
    let sheet = Sheet {
        shown: marks.iter().collect(),
        undetermined: shown::any_undetermined(entries.chain(&row.entry).map(|entry| &**entry)),
        notices: done(say, did),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    frame::page(say, reading, token, sheet)
}

/// All that is known of it.
fn about(say: Voice<'_>, reading: &Reading, row: &BookRow) -> Markup {
    let at = row.view.entered_at;
    let mut list: Vec<(&str, Markup)> = vec![
        ("book-number", reference(&row.view.item.text())),
        ("column-registry", html! { (registry_name(reading, row.registry, say)) }),
    ];
    list.extend(facts(say, reading, row).iter().map(|(key, told)| match &row.entry {
        Some(entry) if *key == "book-paper" => (*key, paper(say, entry)),
        _ => (*key, told.shown(say, reading)),
    }));
    list.push((
        "book-entered",
        html! { time datetime=(at) { (shown::moment(say, reading, at)) } ", " (row.entered_by) },
    ));
    if let Some(words) = &row.view.words {
        list.push(("book-words", html! { (words) }));
    }
    let list: Vec<(String, Markup)> = list.into_iter().map(|(key, value)| (say.t(key), value)).collect();
    let known: Vec<Fact<'_>> =
        list.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    look::facts(&known)
}

/// The receipts in a package, the packages of a courier.
fn within(say: Voice<'_>, reading: &Reading, found: &BookPage) -> Markup {
    let staff = reading.viewer().handles(found.row.registry);
    match found.row.view.item.book() {
        Book::Packages => {
            let columns = [
                ("copies-receipt", Cell::Main),
                ("copies-to", Cell::Text),
                ("copies-many", Cell::Short),
                ("column-state", Cell::Short),
            ];
            let row = |row: &office::custody::DispatchRow| {
                let name = row.view.dispatch.receipt();
                Shown {
                    strong: false,
                    cells: vec![
                        html! { a.lead.ref translate="no" href=(receipts::address(row)) { (name) } },
                        html! { (holder(say, reading, &row.to)) },
                        copies(say, &row.view.copies),
                        receipts::state(say, row.late),
                    ],
                    name,
                }
            };
            let rows: Vec<Shown> = found.dispatches.iter().map(row).collect();
            few(say, &say.t("book-dispatches"), &columns, &rows)
        }
        Book::Journeys => {
            let columns = [
                ("book-number", Cell::Short),
                ("book-inner-head", Cell::Main),
                ("column-state", Cell::Short),
            ];
            let row = |row: &BookRow| Shown {
                strong: false,
                cells: vec![
                    if staff { lead(row) } else { reference(&row.view.item.text()) },
                    html! { (called(say, reading, row)) },
                    state(say, row),
                ],
                name: row.view.item.text(),
            };
            let rows: Vec<Shown> = found.packages.iter().map(row).collect();
            few(say, &say.t("book-packages"), &columns, &rows)
        }
        Book::Distributions => given::lines(say, reading, found),
        Book::Instructions => given::copies(say, reading, found),
        _ => html! {},
    }
}

/// What happened, the newest first, down to how it began.
fn history(say: Voice<'_>, reading: &Reading, found: &BookPage) -> Markup {
    let row = &found.row;
    let moment = |at| (shown::moment(say, reading, at), format!("{at}"));
    let when: Vec<(String, String)> = found.steps.iter().map(|step| moment(step.taken.at)).collect();
    let (began, began_at) = moment(row.view.entered_at);
    let mut events: Vec<Event<'_>> = found
        .steps
        .iter()
        .zip(&when)
        .rev()
        .enumerate()
        .map(|(place, (step, (when, at)))| Event {
            what: html! {
                (happened(say, reading, step))
                @if let Some(words) = &step.taken.words { div { (words) } }
            },
            when,
            datetime: Some(at),
            detail: Some(written(say, reading, step)),
            now: place == 0,
        })
        .collect();
    events.push(Event {
        what: html! { (say.t("book-was-entered")) },
        when: &began,
        datetime: Some(&began_at),
        detail: Some(html! { (row.entered_by) }),
        now: found.steps.is_empty(),
    });
    timeline(&events)
}

/// What happened, in a sentence.
fn happened(say: Voice<'_>, reading: &Reading, step: &StepRow) -> String {
    let people = step.people.join(", ");
    match &step.taken.step {
        Step::Read { .. } => say.tr("book-was-read", &[("name", people.into())]),
        Step::HandOut { .. } => say.tr("book-was-hand-out", &[("name", people.into())]),
        Step::Raise { level: to } => say.tr("book-was-raise", &[("level", level(say, reading, to).into())]),
        Step::Sanitise { method } => say.tr("book-was-sanitise", &[("method", method.as_str().into())]),
        Step::Destroy { method } => say.tr("book-was-destroy", &[("method", method.as_str().into())]),
        Step::ChangeCombination { why, .. } => {
            let why = say.t(&format!("book-changed-{}", why.as_str()));
            say.tr("book-was-change-combination", &[("why", why.into()), ("names", people.into())])
        }
        plain => say.t(&format!("book-was-{}", plain.as_str())),
    }
}

/// Who wrote it down, and when where that was later.
fn written(say: Voice<'_>, reading: &Reading, step: &StepRow) -> Markup {
    let later = step.taken.time.seconds_since(step.taken.at) >= 60;
    html! {
        (say.tr("copies-written-by", &[("name", step.actor.as_str().into())]))
        @if later {
            " " (say.tr("copies-written-later", &[("when", shown::moment(say, reading, step.taken.time).into())]))
        }
    }
}
