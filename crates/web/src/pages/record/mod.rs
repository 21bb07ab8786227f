//! Who has had a document before him: its disclosure record, by whose authority it is reproduced, and who must be told
//! that it is not what it was. Controllers see all of it, everyone else his own lines.

mod authorising;
mod export;
mod tables;

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{Failure, Reading, handling::Holder, texts::Voice};
use registry::{Code, Command, DocumentId, PersonId, authorisation::Role};
use store::{
    custody::unlogged::WORKING,
    handling::{Authorised, Disclosed},
    visible::{DocumentView, SightMark},
};

use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{Crumb, Section, crumbs, heading, reference},
    pages::{
        shown,
        visit::{Posted, Sent, Visit, Wrong, done, id, refused},
    },
    signed::Signed,
};

use authorising::{authorise, authority};
pub use export::{values, workbook};
pub use tables::means;
use tables::{authorities, holders, record};

/// The fields with the keys of their labels.
const FIELDS: [(&str, &str); 6] = [
    ("person", "record-for"),
    ("version", "record-version"),
    ("copies", "record-copies"),
    ("until", "work-until"),
    ("purpose", "record-purpose"),
    ("unstamped", "record-unstamped"),
];

/// What the page is about.
struct Subject {
    view: DocumentView,
    controls: bool,
    lines: Vec<(Disclosed, String)>,
    authorities: Vec<(Authorised, String)>,
    holders: Vec<Holder>,
    /// Whether it is an accountable working paper that stands in no log, and the reader's to number.
    working: bool,
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
        let registry = view.entry.registry;
        let working = view.entry.kind.as_deref() == Some(WORKING)
            && reading.is_accountable(view.entry.label.as_ref())
            && reading.viewer().handles(registry)
            && reading.copies_count(registry, document).await? == 0;
        Ok(Self { view, controls, lines, authorities, holders, working })
    }

    fn address(&self) -> String {
        format!("/documents/{}", self.view.entry.document)
    }
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
        (wrong.shown(say, &names))
        (crumbs(say, &[Crumb { label: &say.t("register-title"), href: "/register" }, Crumb { label: &entry.reference, href: &own }]))
        (heading(&title, &html! {
            (reference(&entry.reference))
            (shown::marking(say, &reading.house, entry))
            p { (say.t(text)) }
            @if accountable { p.quiet { (say.t("record-stamp")) } }
            @if subject.working { p { (say.t("record-working-paper")) " " a href={ (own) "/copies" } { (say.t("copies-number-go")) } } }
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
