//! The copies of one paper, for the staff of its registry, and the form that puts more of them into the log.

mod form;

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{Failure, Reading, custody::CopyRow, texts::Voice};
use registry::{Code, Command, DocumentId, custody::Container};
use store::{
    Visible,
    visible::{DocumentView, EntryView},
};

use super::{
    act::{CHOSEN, offered},
    common::{day, state_chip, with_whom},
    copies, copy,
};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Paging, Row, Section, SelectMany, Table, card, crumbs,
        heading_with_acts, reference, table,
    },
    pages::{
        shown,
        visit::{Posted, Sent, Visit, Wrong, done, id, refused},
    },
    papers::labels,
    signed::Signed,
};

/// What is asked of the page.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asking {
    done: String,
}

/// What the page is about.
struct Subject {
    entry: EntryView,
    /// The code of its registry.
    code: String,
    rows: Vec<CopyRow>,
    containers: Vec<Visible<(Container, u64)>>,
}

impl Subject {
    /// The paper with its copies; who is not of its registry's staff finds nothing here.
    async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let document: DocumentId = id(asked)?;
        let entry = reading.document(document).await?.into_inner().entry;
        let registry = entry.registry;
        let rows = reading.copies_of(registry, document).await?;
        let containers = reading.containers(registry).await?;
        let code = reading.house.registry(registry).map(|r| r.code.clone()).unwrap_or_default();
        Ok(Self { entry, code, rows, containers })
    }

    fn address(&self) -> String {
        address(self.entry.document)
    }
}

/// Where the copies of a paper are.
fn address(document: DocumentId) -> String {
    format!("/documents/{document}/copies")
}

/// The way from a paper to its copies, with how many there are; none: they are not the reader's work.
pub async fn way(reading: &mut Reading, view: &DocumentView) -> Result<Option<(String, u64)>, WebError> {
    let EntryView { registry, document, .. } = view.entry;
    if !reading.viewer().handles(registry) {
        return Ok(None);
    }
    let count = reading.copies_count(registry, document).await?;
    Ok(Some((address(document), u64::try_from(count).unwrap_or(u64::MAX))))
}

/// The page.
pub async fn page(
    visit: Visit,
    Path(document): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let subject = Subject::of(&mut reading, &document).await?;
    let sent = proposed(&app, &subject);
    Ok(shown_page(say, &reading, &signed, &subject, &sent, &Wrong::default(), &asking.done))
}

/// The form as it opens: the next number, and what is known of the other copies.
fn proposed(app: &App, subject: &Subject) -> Sent {
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    let last = subject.rows.iter().max_by_key(|row| row.view.copy.number);
    let next = last.map_or(1, |row| row.view.copy.number.saturating_add(1));
    sent.push("numbers", next.to_string());
    if let Some(row) = last {
        // A copy more than there were is not of as many as there were.
        let of = row.view.of.filter(|of| next <= *of);
        sent.push("of", of.map(|of| of.to_string()).unwrap_or_default());
        sent.push("pages", row.view.copy.pages.map(|pages| pages.to_string()).unwrap_or_default());
        sent.push("medium", row.view.copy.medium.as_str());
    }
    sent
}

/// Puts copies into the log.
pub async fn number(Path(document): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let subject = Subject::of(&mut reading, &document).await?;
    let mut wrong = Wrong::default();
    let act = form::act(say, app, &mut reading, &subject.entry, sent, &mut wrong).await?;
    let Some(act) = act.filter(|_| wrong.is_empty()) else {
        let page = shown_page(say, &reading, signed, &subject, sent, &wrong, "");
        return Ok(refused(page, Code::Required));
    };
    drop(reading);
    let command = Command::Custody { registry: subject.entry.registry, act: Box::new(act) };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?done=copies-numbered", subject.address())).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let say = asked.voice_for(app, &reading);
            let subject = Subject::of(&mut reading, &document).await?;
            form::place(say, &refusal, &mut wrong);
            let page = shown_page(say, &reading, signed, &subject, sent, &wrong, "");
            Ok(refused(page, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn shown_page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    subject: &Subject,
    sent: &Sent,
    wrong: &Wrong,
    did: &str,
) -> Response {
    let entry = &subject.entry;
    let (path, title) = (subject.address(), say.t("copies-paper-title"));
    let (register, called) = (say.t("register-title"), office::relations::called(entry));
    let label = shown::shown_of(&reading.house, entry);
    let labels = form::labels(say);
    let (words, to_labels) = (say.t("paper-labels"), format!("{}?document={}", labels::PATH, entry.document));
    let [give, recall, amend] =
        ["distribute-go", "book-told-recall", "book-told-amend"].map(|key| say.t(key));
    let distribute = super::distribute::address(entry.document);
    let tell = |is: &str| {
        let paper = frame::escaped(&entry.reference);
        format!("/custody/books/instructions/new?registry={}&paper={paper}&is={is}", subject.code)
    };
    let (to_recall, to_amend) = (tell("recall"), tell("amend"));
    let all = [
        Button::main(&give).to(&distribute),
        Button::plain(&recall).to(&to_recall),
        Button::plain(&amend).to(&to_amend),
        Button::plain(&words).to(&to_labels),
    ];
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &[
            Crumb { label: &register, href: "/register" },
            Crumb { label: &called, href: &shown::address(entry) },
        ]))
        (heading_with_acts(&title, &html! {
            (reference(&called))
            (shown::marking(say, &reading.house, entry))
            @if let Some(subject) = &entry.subject { p { (subject) } }
        }, if subject.rows.iter().any(|row| row.view.copy.standing.is_open()) { &all } else { &all[..1] }))
        (list(say, reading, signed, subject))
        (card(&say.t("copies-number-go"), &form::form_of(say, signed, &path, subject, sent, wrong, &labels)))
    };
    let sheet = Sheet {
        shown: label.iter().collect(),
        undetermined: entry.label.is_none(),
        notices: done(say, did),
        ..Sheet::plain(&title, &path, Some(Section::Register), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

/// The copies of the paper by their numbers, all of them.
fn list(say: Voice<'_>, reading: &Reading, signed: &Signed, subject: &Subject) -> Markup {
    let heads =
        ["copies-copy", "column-state", "copies-with", "copies-since", "copies-pages", "copies-medium"]
            .map(|key| say.t(key));
    let [copy, state, with, since, pages, medium] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(copy, Cell::Main),
        column(state, Cell::Short),
        column(with, Cell::Text),
        column(since, Cell::Short),
        column(pages, Cell::Number),
        column(medium, Cell::Short),
    ];
    let names: Vec<String> = subject.rows.iter().map(|row| row.view.name()).collect();
    let rows: Vec<Row<'_>> = subject
        .rows
        .iter()
        .zip(&names)
        .map(|(row, name)| Row {
            value: Some(name),
            name,
            strong: row.view.copy.standing.as_str() == "missing",
            cells: cells(say, reading, row, name),
        })
        .collect();
    let (acts, lead) = (offered(say, false), say.t("copies-chosen"));
    let document = subject.entry.document;
    let file = |ending: &str| {
        format!("{}.{ending}?registry={}&state=all&document={document}", copies::PATH, subject.code)
    };
    let (csv, xlsx) = (file("csv"), file("xlsx"));
    let exports = [("CSV", csv.as_str()), ("XLSX", xlsx.as_str())];
    let action = format!("{CHOSEN}?registry={}", subject.code);
    let words = super::common::counted(say, 0, rows.len(), rows.len());
    let (caption, none) = (say.t("copies-paper-caption"), say.t("copies-paper-none"));
    let would = say.t("copies-paper-none-would");
    let labels = say.t("paper-labels");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: Some(SelectMany {
                action: &action,
                name: "copies",
                token: Some(&signed.form_token),
                acts: copies::buttons_of(&acts, &labels),
                lead: &lead,
                chosen: &[],
                kept: None,
                back: None,
            }),
            paging: Paging { previous: None, next: None, shown: &words },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

fn cells(say: Voice<'_>, reading: &Reading, row: &CopyRow, name: &str) -> Vec<Markup> {
    let view = &row.view;
    let (with, to) = with_whom(say, reading, row);
    vec![
        html! { a.lead.ref translate="no" href=(copy::address(view.copy.id)) { (name) } },
        state_chip(say, &view.copy),
        html! { (with) @if let Some(to) = to { div.quiet { (to) } } },
        day(say, reading, view.copy.since),
        html! { @if let Some(pages) = view.copy.pages { (say.count(pages.into())) } },
        html! { (say.t(&format!("copies-medium-{}", view.copy.medium.as_str()))) },
    ]
}
