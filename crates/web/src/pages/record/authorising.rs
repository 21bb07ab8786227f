//! Authorising a reproduction: the form, and what was typed into it as a command.

use jiff::civil::Date;
use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::{Code, Command, Refusal, disclosure::Authority};

use super::Subject;
use crate::{
    answer::WebError,
    app::App,
    look::{Button, Form, Width, buttons, form},
    pages::visit::{Sent, Wrong, labelled},
    signed::Signed,
};

/// What was typed; none: something is wrong with it.
pub(super) async fn authority(
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
        unstamped: Some(sent.get("unstamped").to_owned()),
    });
    Ok(Some(Command::AuthoriseReproduction { registry, document, authority }))
}

/// The form, folded up until it is wanted.
pub(super) fn authorise(
    say: Voice<'_>,
    signed: &Signed,
    path: &str,
    sent: &Sent,
    wrong: &Wrong,
    names: &[(&'static str, String)],
) -> Markup {
    let field = |name: &'static str| labelled(names, name).value(sent.get(name)).error(wrong.at(name));
    let (hint, go, unstamped) =
        (say.t("why-ask-hint"), say.t("record-authorise"), say.t("record-unstamped-hint"));
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
                (field("unstamped").hint(&unstamped).optional().text(say))
                (buttons(&[Button::plain(&go).named("act", "authorise")]))
            }))
        }
    }
}
