//! Who has had a document before him: its disclosure record, by whose authority it is reproduced, and who must be told
//! that it is not what it was. Controllers see all of it, everyone else his own lines.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use maud::{Markup, html};
use office::{Failure, Reading, handling::Holder, texts::Voice};
use registry::{Code, Command, DocumentId, PersonId, Refusal, authorisation::Role, disclosure::Authority};
use store::{
    handling::{Authorised, Disclosed},
    visible::{DocumentView, SightMark},
};

use crate::{
    answer::WebError,
    app::App,
    export::{self, Cell as Value, Line, Ready},
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Field, Form, Paging, Row, Section, Table, Tone, Width, buttons,
        chip, crumbs, form, form::token_field, heading, reference, table,
    },
    pages::{
        shown,
        visit::{Posted, Sent, Visit, Wrong, done, id, refused},
    },
    signed::Signed,
};

/// The fields with the keys of their labels.
const FIELDS: [(&str, &str); 5] = [
    ("person", "record-for"),
    ("version", "record-version"),
    ("copies", "record-copies"),
    ("until", "work-until"),
    ("purpose", "record-purpose"),
];

/// What the page is about.
struct Subject {
    view: DocumentView,
    controls: bool,
    lines: Vec<(Disclosed, String)>,
    authorities: Vec<(Authorised, String)>,
    holders: Vec<Holder>,
}

impl Subject {
    async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let document: DocumentId = id(asked)?;
        let view = reading.document(document).await?.into_inner();
        if view.entry.sight != SightMark::Read {
            return Err(WebError::page(Code::Forbidden));
        }
        let controls = reading.viewer().has(Role::Controller, Some(view.entry.registry));
        let lines = reading.record(&view).await?;
        let authorities = reading.authorities(&view).await?;
        let holders = if controls { reading.holders(document).await? } else { Vec::new() };
        Ok(Self { view, controls, lines, authorities, holders })
    }

    fn address(&self) -> String {
        format!("/documents/{}", self.view.entry.document)
    }
}

/// The page.
pub async fn page(
    visit: Visit,
    Path(document): Path<String>,
    axum::extract::Query(asking): axum::extract::Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let subject = Subject::of(&mut reading, &document).await?;
    let sent = fresh(&app, &subject);
    Ok(shown_page(say, &reading, &signed, &subject, &sent, &Wrong::default(), &asking.done))
}

/// What was just done.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asking {
    done: String,
}

fn fresh(app: &App, subject: &Subject) -> Sent {
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    let newest = subject.view.inside.as_ref().and_then(|inside| inside.versions.first());
    sent.push("version", newest.map_or(1, |v| v.number).to_string());
    sent.push("copies", "1");
    sent
}

/// Authorises a reproduction, or records that somebody was told.
pub async fn act(Path(document): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let subject = Subject::of(&mut reading, &document).await?;
    let (registry, own) = (subject.view.entry.registry, subject.view.entry.document);
    let mut wrong = Wrong::default();
    let (command, word) = if sent.get("act") == "told" {
        let person: PersonId = sent.get("person").parse().map_err(|_| WebError::page(Code::PersonUnknown))?;
        let change = sent.get("change").parse().map_err(|_| WebError::page(Code::RequestForm))?;
        let sequence = reading.entry_of_change(own, change).await?;
        (Some(Command::Tell { registry, document: own, person, sequence }), "record-told")
    } else {
        (authority(say, app, &mut reading, &subject, sent, &mut wrong).await?, "record-authorised")
    };
    let Some(command) = command.filter(|_| wrong.is_empty()) else {
        let shown = shown_page(say, &reading, signed, &subject, sent, &wrong, "");
        return Ok(refused(shown, Code::Required));
    };
    drop(reading);
    let own_notice = matches!(&command, Command::Tell { person, .. } if *person == signed.open.person);
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) if own_notice => Ok(Redirect::to("/desk?done=record-known").into_response()),
        Ok(_) => Ok(Redirect::to(&format!("{}/record?done={word}", subject.address())).into_response()),
        Err(Failure::Refused(refusal)) if own_notice && refusal.code == Code::NothingChanged => {
            Ok(Redirect::to("/desk?done=record-known").into_response())
        }
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let subject = Subject::of(&mut reading, &document).await?;
            let field = refusal.field.and_then(|f| FIELDS.iter().map(|(n, _)| *n).find(|n| *n == f));
            match field {
                Some(field) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            let shown = shown_page(say, &reading, signed, &subject, sent, &wrong, "");
            Ok(refused(shown, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn authority(
    say: Voice<'_>,
    app: &App,
    reading: &mut Reading,
    subject: &Subject,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Option<Command>, WebError> {
    let (registry, document) = (subject.view.entry.registry, subject.view.entry.document);
    if !subject.controls {
        return Err(WebError::page(Code::Forbidden));
    }
    for field in ["person", "version", "copies", "until", "purpose"] {
        if sent.get(field).trim().is_empty() {
            wrong.add(say, field, Code::Required);
        }
    }
    let typed = sent.get("until").trim();
    let until: Option<Date> = app.texts.typed_date(typed).unwrap_or_else(|| typed.to_owned()).parse().ok();
    if until.is_none() {
        wrong.on(say, "until", &Refusal::on("until", Code::ImpossibleDate).with("date", typed));
    }
    let number = |name: &str| sent.get(name).trim().parse::<u32>().unwrap_or(0);
    let named = sent.get("person").trim();
    let person = match reading.people_named(registry, named).await?.as_slice() {
        [only] => Some(only.id),
        _ => {
            wrong.on(say, "person", &Refusal::on("person", Code::PersonUnknown).with("person", named));
            None
        }
    };
    let (Some(until), Some(person)) = (until, person) else { return Ok(None) };
    let authority = Box::new(Authority {
        person,
        version: number("version"),
        purpose: sent.get("purpose").to_owned(),
        copies: number("copies"),
        until,
    });
    Ok(Some(Command::AuthoriseReproduction { registry, document, authority }))
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
    let names = FIELDS.map(|(name, key)| (name, say.t(key)));
    let lines: Vec<(&str, &str)> = names.iter().map(|(name, label)| (*name, label.as_str())).collect();
    let entry = &subject.view.entry;
    let (own, path) = (subject.address(), format!("{}/record", subject.address()));
    let title = say.t("record-title");
    let accountable = reading.is_accountable(entry.label.as_ref());
    let text = match (accountable, entry.label.is_none()) {
        (true, _) => "record-accountable",
        (false, true) => "record-undetermined",
        (false, false) => "record-not",
    };
    let body = html! {
        (wrong.shown(say, &lines))
        (crumbs(say, &[Crumb { label: &say.t("register-title"), href: "/register" }, Crumb { label: &entry.reference, href: &own }]))
        (heading(&title, &html! {
            (reference(&entry.reference))
            (shown::marking(say, &reading.house, entry))
            p { (say.t(text)) }
            @if !subject.controls { p.quiet { (say.t("record-own")) } }
        }))
        (record(say, reading, subject))
        @if subject.controls || !subject.authorities.is_empty() {
            h2 { (say.t("record-authorities")) }
            (authorities(say, reading, subject))
        }
        @if subject.controls {
            @if accountable { (authorise(say, signed, &path, sent, wrong, &names)) }
            h2 { (say.t("record-holders")) }
            p.quiet { (say.t("record-holders-text")) }
            (holders(say, reading, signed, &path, subject, sent))
        }
    };
    let sheet = Sheet {
        shown: entry.label.iter().collect(),
        undetermined: entry.label.is_none(),
        notices: done(say, did),
        ..Sheet::plain(&title, &path, Some(Section::Register), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

fn means(say: Voice<'_>, line: &Disclosed) -> String {
    let means = say.t(&format!("record-means-{}", line.means.as_str()));
    match line.enclosure {
        Some(position) => {
            say.tr("record-enclosure", &[("means", means.as_str().into()), ("position", position.into())])
        }
        None => means,
    }
}

const fn column(head: &str, cell: Cell) -> Column<'_> {
    Column { head, cell, sort: None }
}

fn record(say: Voice<'_>, reading: &Reading, subject: &Subject) -> Markup {
    let heads = ["record-who", "record-when", "record-version", "record-means"].map(|key| say.t(key));
    let [who, when, version, by] = &heads;
    let columns = [
        column(who, Cell::Main),
        column(when, Cell::Short),
        column(version, Cell::Number),
        column(by, Cell::Text),
    ];
    let rows: Vec<Row<'_>> = subject
        .lines
        .iter()
        .map(|(line, name)| Row {
            value: None,
            name,
            strong: false,
            cells: vec![
                html! { (name) },
                html! { time { (shown::moment(say, reading, line.at)) } },
                html! { (line.version) },
                html! { (means(say, line)) },
            ],
        })
        .collect();
    let file = |ending: &str| format!("{}/record.{ending}", subject.address());
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    table(
        say,
        &Table {
            caption: &say.t("record-title"),
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &say.t("record-none"), would: &say.t("record-none-would"), begin: None },
        },
    )
}

fn authorities(say: Voice<'_>, reading: &Reading, subject: &Subject) -> Markup {
    let heads = ["record-for", "record-purpose", "record-version", "record-copies", "work-until"]
        .map(|key| say.t(key));
    let [person, purpose, version, copies, until] = &heads;
    let columns = [
        column(person, Cell::Main),
        column(purpose, Cell::Text),
        column(version, Cell::Number),
        column(copies, Cell::Short),
        column(until, Cell::Short),
    ];
    let rows: Vec<Row<'_>> = subject
        .authorities
        .iter()
        .map(|(one, name)| {
            let ended = one.given.until < reading.today() || one.used >= one.given.copies;
            let used = [("used", one.used.into()), ("copies", one.given.copies.into())];
            Row {
                value: None,
                name,
                strong: false,
                cells: vec![
                    html! { (name) },
                    html! { (one.given.purpose) },
                    html! { (one.given.version) },
                    html! {
                        (say.tr("record-used", &used)) " "
                        @if ended { (chip(Tone::Plain, &say.t("record-ended"))) }
                    },
                    html! { time datetime=(one.given.until) { (say.date(one.given.until)) } },
                ],
            }
        })
        .collect();
    table(
        say,
        &Table {
            caption: &say.t("record-authorities"),
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty {
                title: &say.t("record-no-authority"),
                would: &say.t("record-no-authority-would"),
                begin: None,
            },
        },
    )
}

fn authorise(
    say: Voice<'_>,
    signed: &Signed,
    path: &str,
    sent: &Sent,
    wrong: &Wrong,
    names: &[(&'static str, String)],
) -> Markup {
    let field = |name: &'static str| {
        let label = names.iter().find(|(n, _)| *n == name).map_or("", |(_, label)| label.as_str());
        Field::new(name, label).value(sent.get(name)).error(wrong.at(name))
    };
    let (hint, go) = (say.t("why-ask-hint"), say.t("record-authorise"));
    let frame = Form {
        action: path,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: false,
    };
    html! {
        details.card.more open[!wrong.is_empty()] {
            summary { (go) }
            (form(frame, &html! {
                p.quiet { (say.t("record-authorise-text")) }
                (field("person").hint(&hint).text(say))
                div.pair {
                    (field("version").width(Width::Short).text(say))
                    (field("copies").width(Width::Short).text(say))
                }
                (field("until").date(say))
                (field("purpose").text(say))
                (buttons(&[Button::plain(&go).named("act", "authorise")]))
            }))
        }
    }
}

fn holders(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    path: &str,
    subject: &Subject,
    sent: &Sent,
) -> Markup {
    let heads = ["record-who", "record-opened", "column-state", ""]
        .map(|key| if key.is_empty() { String::new() } else { say.t(key) });
    let [who, opened, state, act] = &heads;
    let columns = [
        column(who, Cell::Main),
        column(opened, Cell::Short),
        column(state, Cell::Text),
        column(act, Cell::Short),
    ];
    let told = say.t("record-tell");
    let rows: Vec<Row<'_>> = subject
        .holders
        .iter()
        .map(|holder| Row {
            value: None,
            name: &holder.name,
            strong: holder.tell.is_some(),
            cells: vec![
                html! { (holder.name) },
                html! { time { (shown::moment(say, reading, holder.last)) } },
                html! {
                    @match (holder.admitted, holder.tell) {
                        (true, _) => (say.t("record-admitted")),
                        (false, Some(_)) => (chip(Tone::Late, &say.t("record-must-tell"))),
                        (false, None) => (say.t("record-no-more")),
                    }
                },
                html! {
                    @if let Some(change) = holder.tell {
                        form method="post" action=(path) {
                            (token_field(Some(&signed.form_token)))
                            input type="hidden" name="command" value={ (sent.get("command")) };
                            input type="hidden" name="act" value="told";
                            input type="hidden" name="person" value=(holder.person);
                            input type="hidden" name="change" value=(change);
                            button.button.small type="submit" aria-label={ (told) (say.t("colon")) " " (holder.name) } { (told) }
                        }
                    }
                },
            ],
        })
        .collect();
    table(
        say,
        &Table {
            caption: &say.t("record-holders"),
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty {
                title: &say.t("record-nobody"),
                would: &say.t("record-nobody-would"),
                begin: None,
            },
        },
    )
}

/// The record as a table for other programs.
pub async fn values(visit: Visit, Path(document): Path<String>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &document).await?;
    Ok(export::values(list, &name))
}

/// The same as a workbook.
pub async fn workbook(visit: Visit, Path(document): Path<String>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &document).await?;
    export::workbook(list, &name).await
}

async fn exported(visit: Visit, asked_id: &str) -> Result<(String, Ready), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let subject = Subject::of(&mut reading, asked_id).await?;
    let heads = [
        ("record-who", 34.0),
        ("record-when", 24.0),
        ("record-version", 10.0),
        ("record-means", 30.0),
        ("record-purpose", 40.0),
    ]
    .map(|(key, width)| (say.t(key), width))
    .to_vec();
    let lines = subject
        .lines
        .iter()
        .map(|(line, name)| {
            let authority = subject.authorities.iter().find(|(a, _)| Some(a.given.id) == line.authority);
            let purpose = authority.map(|(a, _)| a.given.purpose.clone()).unwrap_or_default();
            let cells =
                [name.clone(), line.at.to_string(), line.version.to_string(), means(say, line), purpose];
            let labels = subject.view.entry.label.iter().cloned().collect();
            let undetermined = subject.view.entry.label.is_none();
            Line { cells: cells.into_iter().map(Value::Text).collect(), labels, undetermined }
        })
        .collect();
    let language = say.language();
    let list = Ready { reading, texts: app.texts.clone(), language, heads, lines: Some(lines) };
    Ok(("record".to_owned(), list))
}

/// What of an accountable paper's page is never printed, and what is printed in its place.
pub fn unprinted(say: Voice<'_>, accountable: bool, content: &Markup) -> Markup {
    html! {
        @if accountable { p.print-refused { (say.t("record-print-refused")) } }
        div.accountable[accountable] { (content) }
    }
}

/// What stands above an accountable paper that is read on screen.
pub fn told(say: Voice<'_>, document: DocumentId) -> Markup {
    html! {
        p { (say.t("record-is-recorded")) " " a href={ "/documents/" (document) "/record" } { (say.t("record-title")) } }
    }
}
