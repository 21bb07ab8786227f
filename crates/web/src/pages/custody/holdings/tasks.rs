//! What the reader is asked to do himself: to read what was given to him here, to do with his copies what their holders are told.
//! Each with its button, by which he says that it is done; the desk shows how much it is.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::books::{BookRow, Given},
    texts::Voice,
};
use registry::{
    Code, Command, CopyId, RegistryId,
    custody::{
        Act,
        book::{Details, Instruction, InstructionKind, Step},
    },
    id::BookItemId,
};

use super::{HOLDINGS, again};
use crate::{
    answer::WebError,
    app::App,
    look::{Button, Cell, Fact, Form, Tone, buttons, card, chip, facts, form},
    pages::{
        custody::{
            books::facts_of,
            common::{day, paper},
            copy,
            lists::{Shown, few},
        },
        shown,
        visit::Posted,
    },
};

/// Where it is said that something was read, and that it was done.
const READ: &str = "/holdings/read";
const POST: &str = "/holdings/post";

/// What is asked of the reader.
pub struct Tasks {
    /// What was given to him to be opened here.
    pub given: Vec<Given>,
    /// What he is told to do with his copies.
    pub told: Vec<BookRow>,
}

impl Tasks {
    /// All of it.
    pub async fn of(reading: &mut Reading) -> Result<Self, Failure> {
        Ok(Self { given: reading.given().await?, told: reading.told().await? })
    }

    /// How much it is: papers, and copies.
    pub fn count(&self) -> usize {
        self.given.len() + self.told.iter().map(|row| row.copies.len()).sum::<usize>()
    }

    /// True when nothing is.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.told.is_empty()
    }

    /// The items, whose papers are shown.
    pub fn rows(&self) -> impl Iterator<Item = &BookRow> {
        self.given.iter().map(|one| &one.row).chain(&self.told)
    }
}

/// The sections of the page; nothing where there is nothing.
pub fn sections(say: Voice<'_>, app: &App, reading: &Reading, token: &str, tasks: &Tasks) -> Markup {
    html! {
        @if !tasks.given.is_empty() {
            section.stack id="read" {
                h2 { (say.t("holdings-read")) }
                p.quiet { (say.t("holdings-read-text")) }
                (given(say, app, reading, token, &tasks.given))
            }
        }
        @if !tasks.told.is_empty() {
            section.stack id="told" {
                h2 { (say.t("holdings-told")) }
                @for row in &tasks.told { (told(say, app, reading, token, row)) }
            }
        }
    }
}

/// What is to be read, a line each.
pub fn given(say: Voice<'_>, app: &App, reading: &Reading, token: &str, given: &[Given]) -> Markup {
    let columns = [
        ("copies-paper", Cell::Main),
        ("column-marking", Cell::Short),
        ("distribute-purpose", Cell::Short),
        ("book-given-on", Cell::Short),
        ("book-do-read", Cell::Short),
    ];
    let go = say.t("book-do-read");
    let rows: Vec<Shown> = given
        .iter()
        .filter_map(|one| {
            let (row, entry) = (&one.row, one.row.entry.as_ref()?);
            let command = app.office.new_command().to_string();
            let frame = Form {
                action: READ,
                token: Some(token),
                command: Some(&command),
                files: false,
                guard: false,
            };
            Some(Shown {
                name: office::relations::called(entry),
                strong: row.alert.is_some(),
                cells: vec![
                    paper(say, entry),
                    shown::marking(say, &reading.house, entry),
                    html! { (say.t(&format!("distribute-purpose-{}", one.purpose.as_str()))) },
                    html! {
                        (day(say, reading, row.view.item.since))
                        @if row.alert.is_some() {
                            " " (chip(Tone::Late, &say.tr("book-unread-days", &[("n", one.days.into())])))
                        }
                    },
                    form(
                        frame,
                        &html! {
                            input type="hidden" name="item" value=(row.view.item.id);
                            (buttons(&[Button::plain(&go)]))
                        },
                    ),
                ],
            })
        })
        .collect();
    few(say, &say.t("holdings-read"), &columns, &rows)
}

/// An instruction, with a button for each of the reader's copies and one for all.
fn told(say: Voice<'_>, app: &App, reading: &Reading, token: &str, row: &BookRow) -> Markup {
    let Details::Instructions(instruction) = &row.view.item.details else { return html! {} };
    let kind = say.t(&format!("book-told-{}", instruction.is.as_str()));
    let title = match &row.entry {
        Some(entry) => say.tr(
            "holdings-told-one",
            &[("what", kind.into()), ("paper", office::relations::called(entry).into())],
        ),
        None => kind,
    };
    let wanted = ["book-authority", "book-serial-of", "book-insert", "book-destroy-pages", "book-todo"];
    let all = facts_of(say, reading, row);
    let list: Vec<(String, Markup)> = wanted
        .iter()
        .filter_map(|key| all.iter().find(|(name, _)| name == key))
        .map(|(key, told)| (say.t(key), told.clone()))
        .collect();
    let mut known: Vec<Fact<'_>> =
        list.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    let paper_label = say.t("copies-paper");
    if let Some(entry) = &row.entry {
        known.insert(0, Fact { label: &paper_label, value: paper(say, entry) });
    }
    card(
        &title,
        &html! {
            div.stack {
                (facts(&known))
                @if instruction.is == InstructionKind::Recall {
                    ul { @for one in &row.copies { li { (name(one)) } } }
                    p { a href="#held" { (say.t("holdings-told-recall")) } }
                } @else {
                    (posting(say, app, token, row, instruction))
                }
            }
        },
    )
}

fn name(one: &office::custody::CopyRow) -> Markup {
    html! { a.lead.ref translate="no" href=(copy::address(one.view.copy.id)) { (one.view.name()) } }
}

/// The forms by which it is said that it was done.
fn posting(say: Voice<'_>, app: &App, token: &str, row: &BookRow, instruction: &Instruction) -> Markup {
    let done = say.t(&format!("holdings-post-{}", instruction.is.as_str()));
    let all = say.tr("holdings-post-all", &[("n", row.copies.len().into())]);
    let one = |ids: &[CopyId], label: &str| {
        let command = app.office.new_command().to_string();
        let frame =
            Form { action: POST, token: Some(token), command: Some(&command), files: false, guard: false };
        form(
            frame,
            &html! {
                input type="hidden" name="item" value=(row.view.item.id);
                @for id in ids { input type="hidden" name="copy" value=(id); }
                (buttons(&[Button::plain(label)]))
            },
        )
    };
    let ids: Vec<CopyId> = row.copies.iter().map(|copy| copy.view.copy.id).collect();
    html! {
        ul.stack {
            @for copy in &row.copies {
                li.row { (name(copy)) (one(&[copy.view.copy.id], &done)) }
            }
        }
        @if ids.len() > 1 { (one(&ids, &all)) }
    }
}

/// Says that the reader has read something.
pub async fn read(posted: Posted) -> Result<Response, WebError> {
    let id = item(&posted)?;
    let mut reading = posted.read().await?;
    let given = reading.given().await?;
    let person = reading.person().id;
    let found = given.iter().find(|one| one.row.view.item.id == id);
    let registry = found.map(|one| one.row.registry).ok_or_else(|| WebError::page(Code::NotFound))?;
    drop(reading);
    let step = Step::Read { person };
    let back = if posted.sent.get("back") == "desk" { "/" } else { HOLDINGS };
    said(&posted, registry, id, step, &format!("{back}?done=holdings-was-read")).await
}

/// Says that the reader has done what he was told to do with copies.
pub async fn post(posted: Posted) -> Result<Response, WebError> {
    let id = item(&posted)?;
    let mut reading = posted.read().await?;
    let told = reading.told().await?;
    let found = told.iter().find(|row| row.view.item.id == id);
    let registry = found.map(|row| row.registry).ok_or_else(|| WebError::page(Code::NotFound))?;
    drop(reading);
    let copies = posted.sent.all("copy").into_iter().filter_map(|id| id.parse().ok()).collect();
    said(&posted, registry, id, Step::Post { copies }, &format!("{HOLDINGS}?done=holdings-was-posted")).await
}

fn item(posted: &Posted) -> Result<BookItemId, WebError> {
    posted.sent.get("item").parse().map_err(|_| WebError::page(Code::NotFound))
}

async fn said(
    posted: &Posted,
    registry: RegistryId,
    item: BookItemId,
    step: Step,
    to: &str,
) -> Result<Response, WebError> {
    let act = Act::Step { item, step: Box::new(step), at: None, words: String::new() };
    let command = Command::Custody { registry, act: Box::new(act) };
    let sent = posted.sent.command(&posted.app);
    match posted.app.office.command(posted.sender(), sent, command).await {
        Ok(_) => Ok(Redirect::to(to).into_response()),
        Err(Failure::Refused(refusal)) => again(posted, &refusal).await,
        Err(failure) => Err(failure.into()),
    }
}
