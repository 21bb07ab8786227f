//! What is done with copies that exist: sent, put away, missed, reported, drawn up for destruction, released. One form each;
//! the copies are named a line each, as a hand scanner types them, or come chosen from the list.

mod form;
mod typed;

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use office::{Failure, texts::Voice};
use registry::{Answer, Code, Command, Refusal, custody::name::CopyName};

use super::{common::Kept, copies};
use crate::{
    answer::WebError,
    frame,
    pages::visit::{Posted, Sent, Visit, Wrong, refused},
    papers::labels,
};

/// Where the rows chosen of a list are sent.
pub const CHOSEN: &str = "/custody/chosen";

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// They go to somebody.
    Send,
    /// They are put to the desk or into a container.
    Keep,
    /// Their loan is longer.
    Prolong,
    /// A certificate of destruction is drawn up.
    DrawUp,
    /// They are not where they should be.
    Miss,
    /// Something else is wrong with them.
    Report,
    /// They are not accountable any more.
    Release,
}

impl Doing {
    /// Every one.
    pub const ALL: [Doing; 7] =
        [Doing::Send, Doing::Keep, Doing::Prolong, Doing::DrawUp, Doing::Miss, Doing::Report, Doing::Release];

    /// As it stands in addresses and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Doing::Send => "send",
            Doing::Keep => "keep",
            Doing::Prolong => "prolong",
            Doing::DrawUp => "draw-up",
            Doing::Miss => "miss",
            Doing::Report => "report",
            Doing::Release => "release",
        }
    }

    fn named(text: &str) -> Result<Self, WebError> {
        let found = Doing::ALL.into_iter().find(|doing| doing.as_str() == text);
        found.ok_or_else(|| WebError::page(Code::NotFound))
    }

    /// In a word or three, as it stands on a button.
    pub fn label(self, say: Voice<'_>) -> String {
        say.t(&format!("copies-act-{}", self.as_str()))
    }

    /// Where its form is.
    pub fn path(self) -> String {
        format!("/custody/do/{}", self.as_str())
    }

    /// Where its form is, with copies of a registry in it.
    pub fn address<N: AsRef<str>>(self, registry: &str, names: &[N]) -> String {
        let mut address = format!("{}?registry={}", self.path(), frame::escaped(registry));
        for name in names {
            address.push_str("&copies=");
            address.push_str(&frame::escaped(name.as_ref()));
        }
        address
    }
}

/// The acts with their words, for the rows of a list; loans are made longer in the list of loans.
pub fn offered(say: Voice<'_>, loans: bool) -> Vec<(Doing, String)> {
    let fits = Doing::ALL.into_iter().filter(|doing| loans || *doing != Doing::Prolong);
    fits.map(|doing| (doing, doing.label(say))).collect()
}

/// The form of an act.
pub async fn form_page(
    visit: Visit,
    Path(act): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let doing = Doing::named(&act)?;
    let mut asking = Sent::default();
    for (name, value) in pairs {
        asking.push(name, value);
    }
    let copies = asking.all("copies").join("\n");
    // A scanned name says itself whose copy it is.
    let said = copies.lines().next().and_then(CopyName::read).and_then(|name| name.registry);
    let code = match asking.get("registry") {
        "" => said.unwrap_or_default(),
        code => code.to_owned(),
    };
    let kept = Kept::of(&reading, &code)?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    sent.push("registry", kept.chosen.code.clone());
    sent.push("copies", copies);
    let containers = form::containers(&mut reading, doing, &kept).await?;
    Ok(form::page(say, &reading, &signed, doing, &kept, &containers, &sent, &Wrong::default()))
}

/// Leads on from the rows that were chosen of a list to the form of an act, or to their labels.
pub async fn chosen(Query(asking): Query<copies::Asking>, posted: Posted) -> Result<Response, WebError> {
    let names = posted.sent.all("copies");
    if posted.sent.get("act") == labels::CHOICE {
        return Ok(Redirect::to(&labels::address(&asking.registry, &names)).into_response());
    }
    let doing = Doing::named(posted.sent.get("act"))?;
    Ok(Redirect::to(&doing.address(&asking.registry, &names)).into_response())
}

/// Does it.
pub async fn act(Path(act): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let doing = Doing::named(&act)?;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let kept = Kept::of(&reading, sent.get("registry"))?;
    let mut wrong = Wrong::default();
    let act = typed::act(say, app, &mut reading, doing, &kept, sent, &mut wrong).await?;
    let Some(act) = act.filter(|_| wrong.is_empty()) else {
        let containers = form::containers(&mut reading, doing, &kept).await?;
        let page = form::page(say, &reading, signed, doing, &kept, &containers, sent, &wrong);
        return Ok(refused(page, Code::Required));
    };
    drop(reading);
    let command = Command::Custody { registry: kept.chosen.id, act: Box::new(act) };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(answer) => Ok(Redirect::to(&onward(doing, &kept, &answer)).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let say = asked.voice_for(app, &reading);
            let kept = Kept::of(&reading, sent.get("registry"))?;
            place(say, sent, &refusal, &mut wrong);
            let containers = form::containers(&mut reading, doing, &kept).await?;
            let page = form::page(say, &reading, signed, doing, &kept, &containers, sent, &wrong);
            Ok(refused(page, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Puts a refusal beside the field that it is about, as the form calls it.
fn place(say: Voice<'_>, sent: &Sent, refusal: &Refusal, wrong: &mut Wrong) {
    let field = match refusal.field {
        Some("to") => form::target(sent),
        Some("is") => "kind",
        Some(field) => field,
        None => "",
    };
    match form::FIELDS.iter().find(|(name, _)| *name == field) {
        Some((field, _)) => wrong.on(say, field, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
}

/// Where what was done is seen.
fn onward(doing: Doing, kept: &Kept, answer: &Answer) -> String {
    let word = format!("done=copies-{}", doing.as_str());
    match answer {
        Answer::Sent { dispatch, .. } => format!("/custody/receipts/{dispatch}?{word}"),
        Answer::Certified { certificate, .. } => format!("/custody/destruction/{certificate}?{word}"),
        Answer::Incident { incident } => format!("/custody/incidents/{incident}?{word}"),
        _ => format!("{}&{word}", kept.address(copies::PATH)),
    }
}
