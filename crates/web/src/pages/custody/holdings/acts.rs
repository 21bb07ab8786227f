//! What one answers for goes back to the registry, or on to another person: chosen in the list, and for a person asked to
//! whom.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use office::{Failure, Reading, custody::CopyRow, texts::Voice};
use registry::{
    Code, Command, CopyId, Refusal,
    custody::{Act, copy::Standing, fact::Addressee},
};

use super::{Asking, HOLDINGS, Said, again, held::SEND, page};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Crumb, Form, Notice, SEND as KEY, Section, Tone, Width, buttons, crumbs, form, heading,
        reference,
    },
    pages::{
        custody::common::paper,
        shown,
        visit::{Posted, Sent, Wrong, labelled, refused},
    },
    signed::Signed,
};

/// Sends what was chosen to the registry's desk or to a person; where it is not said to whom, asks.
pub async fn send(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let chosen = chosen(&mut reading, sent).await?;
    let Some(registry) = chosen.first().map(|row| row.registry) else {
        let words = html! { p { (say.t("holdings-choose-first")) } };
        let said = Said { notices: vec![Notice { tone: Tone::Soon, words }], ..Said::default() };
        let page = page(say, app, &mut reading, signed, &Asking::default(), HOLDINGS, said).await?;
        return Ok(refused(page, Code::Required));
    };
    let to = match sent.get("to") {
        "desk" => Ok(Addressee::Desk),
        "person" if sent.pairs().iter().all(|(name, _)| name != "person") => {
            let mut asking = sent.clone();
            asking.set("command", app.office.new_command().to_string());
            return Ok(ask(say, &reading, signed, &chosen, &asking, &Wrong::default()));
        }
        "person" => match reading.receiver(registry, sent.get("person")).await {
            Ok(person) => Ok(Addressee::Person { person }),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(failure) => return Err(failure.into()),
        },
        _ => return Err(WebError::page(Code::RequestForm)),
    };
    drop(reading);
    let done = if to == Ok(Addressee::Desk) { "holdings-brought" } else { "holdings-handed" };
    let outcome = match to {
        Ok(to) => {
            let act = Act::Send {
                back_by: None,
                copies: chosen.iter().map(|row| row.view.copy.id).collect(),
                to,
                bearer: String::new(),
                at: None,
                despite: None,
                words: String::new(),
            };
            let command = Command::Custody { registry, act: Box::new(act) };
            app.office.command(posted.sender(), sent.command(app), command).await.map(|_| ())
        }
        Err(refusal) => Err(Failure::Refused(refusal)),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{HOLDINGS}?done={done}")).into_response()),
        Err(Failure::Refused(refusal)) if sent.get("to") == "person" => {
            let reading = posted.read().await?;
            let mut wrong = Wrong::default();
            match refusal.field {
                Some("person" | "to") => wrong.on(say_of(&posted, &reading), "person", &refusal),
                _ => wrong.whole.push(refusal.clone()),
            }
            let page = ask(say_of(&posted, &reading), &reading, signed, &chosen, sent, &wrong);
            Ok(refused(page, refusal.code))
        }
        Err(Failure::Refused(refusal)) => again(&posted, &refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

fn say_of<'a>(posted: &'a Posted, reading: &Reading) -> Voice<'a> {
    posted.asked.voice_for(&posted.app, reading)
}

/// What was chosen of what the reader has in his hands: of one registry, for a dispatch is of one.
async fn chosen(reading: &mut Reading, sent: &Sent) -> Result<Vec<CopyRow>, WebError> {
    let ids: Vec<CopyId> = sent.all("copy").into_iter().filter_map(|id| id.parse().ok()).collect();
    let held = reading.own_copies().await?.held;
    let chosen: Vec<CopyRow> = held
        .into_iter()
        .filter(|row| row.view.copy.standing == Standing::Held && ids.contains(&row.view.copy.id))
        .collect();
    let one = chosen.first().map(|row| row.registry);
    if chosen.iter().all(|row| Some(row.registry) == one) {
        Ok(chosen)
    } else {
        Err(Failure::from(Refusal::on("copies", Code::NotOffered)).into())
    }
}

/// The form that asks to whom.
fn ask(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    chosen: &[CopyRow],
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let labels = [("person", say.t("holdings-person"))];
    let [title, text, hint, go, cancel, own] = [
        "holdings-hand-title",
        "holdings-hand-text",
        "holdings-person-hint",
        "holdings-hand-go",
        "form-cancel",
        "holdings-title",
    ]
    .map(|key| say.t(key));
    let field = labelled(&labels, "person").hint(&hint).value(sent.get("person")).error(wrong.at("person"));
    let field = if sent.get("person").is_empty() { field.focused() } else { field };
    let frame = Form {
        action: SEND,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: false,
    };
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &[Crumb { label: &own, href: HOLDINGS }]))
        (heading(&title, &html! { p { (text) } }))
        (form(frame, &html! {
            input type="hidden" name="to" value="person";
            (listed(say, chosen))
            (field.width(Width::Medium).text(say))
            (buttons(&[Button::main(&go).key(KEY), Button::plain(&cancel).to(HOLDINGS)]))
        }))
    };
    let entries = chosen.iter().map(|row| &*row.entry);
    let labels: Vec<_> = entries.clone().filter_map(|entry| shown::shown_of(&reading.house, entry)).collect();
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(entries),
        ..Sheet::plain(&title, HOLDINGS, Some(Section::Custody), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

/// The copies that were chosen.
fn listed(say: Voice<'_>, chosen: &[CopyRow]) -> Markup {
    html! {
        ul.stack {
            @for row in chosen {
                li {
                    input type="hidden" name="copy" value=(row.view.copy.id);
                    (reference(&row.view.name())) " · " (paper(say, &row.entry))
                }
            }
        }
    }
}
