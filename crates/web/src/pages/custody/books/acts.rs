//! What happens to an item: the forms on its page, and what becomes of one that is sent.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{Failure, Reading, custody::books::BookRow, texts::Voice};
use registry::{Code, Command, custody::Act};

use super::{
    address, named,
    one::{Said, page},
    steps::{Doing, FIELDS, choices, place, possible, typed, waits_for_another},
};
use crate::{
    answer::WebError,
    app::App,
    look::{Button, Field, Form, Width, buttons, form},
    pages::{
        custody::common::typed_moment,
        marking_form,
        visit::{Posted, id, labelled, refused},
    },
};

/// The forms of all that can happen now; the first is unfolded.
pub(super) fn forms(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    token: &str,
    row: &BookRow,
    said: &Said,
) -> Markup {
    let all = possible(reading, row);
    let own = Doing::named(said.sent.get("step"));
    html! {
        @for (place, doing) in all.iter().enumerate() {
            details.card.more open[own.map_or(place == 0 && !doing.is_grave(), |own| own == *doing)] {
                summary { (doing.label(say)) }
                (one(say, app, reading, token, row, said, *doing))
            }
        }
        @if waits_for_another(reading, row) { p.quiet { (say.t("book-another")) } }
    }
}

fn one(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    token: &str,
    row: &BookRow,
    said: &Said,
    doing: Doing,
) -> Markup {
    let own = said.sent.get("step") == doing.as_str();
    let command =
        if own { said.sent.get("command").to_owned() } else { app.office.new_command().to_string() };
    let (label, text) = (doing.label(say), say.maybe(&format!("book-do-{}-text", doing.as_str()), &[]));
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let action = format!("{}/steps", address(row));
    let frame =
        Form { action: &action, token: Some(token), command: Some(&command), files: false, guard: false };
    let go = if doing.is_grave() { Button::grave(&label) } else { Button::plain(&label) };
    let asked = Asked { say, reading, row, said: own.then_some(said), labels: &labels, doing };
    form(
        frame,
        &html! {
            input type="hidden" name="step" value=(doing.as_str());
            @if let Some(text) = &text { p { (text) } }
            @for name in doing.fields() { (asked.field(name)) }
            (asked.words(doing.wants_words(row)))
            (buttons(&[go]))
        },
    )
}

/// What is asked in the form of one step; where it was sent, with what was typed.
struct Asked<'a> {
    say: Voice<'a>,
    reading: &'a Reading,
    row: &'a BookRow,
    said: Option<&'a Said>,
    labels: &'a [(&'static str, String)],
    doing: Doing,
}

impl Asked<'_> {
    /// A field; its identifier is the form's own, but in the form that was sent, to which the summary leads.
    fn with<T>(&self, name: &'static str, made: impl FnOnce(Field<'_>) -> T) -> T {
        let known = format!("{}-{name}", self.doing.as_str());
        let field = labelled(self.labels, name).width(Width::Medium);
        match self.said {
            Some(said) => made(field.value(said.sent.get(name)).error(said.wrong.at(name))),
            None => made(field.known_as(&known)),
        }
    }

    fn field(&self, name: &'static str) -> Markup {
        let say = self.say;
        let hint = match name {
            "at" => say.t("copies-at-hint"),
            "person" => say.t("copies-person-hint"),
            "known_to" => say.t("book-known-to-hint"),
            "method" => say.t("book-method-hint"),
            _ => String::new(),
        };
        let choices = choices(say, self.reading, self.row, name);
        let on: Vec<&str> = self.said.map(|said| said.sent.all(name)).unwrap_or_default();
        self.with(name, |field| match name {
            "at" => field.hint(&hint).optional().text(say),
            "known_to" => field.hint(&hint).optional().long(say, 3),
            "copies" | "lines" => field.checks(say, &marking_form::choices(&choices), &on),
            "level" | "why" => field.select(say, &marking_form::choices(&choices)),
            _ => field.hint(&hint).text(say),
        })
    }

    fn words(&self, required: bool) -> Markup {
        let say = self.say;
        self.with("words", |field| if required { field.long(say, 2) } else { field.optional().long(say, 2) })
    }
}

/// Says that something happened to an item.
pub async fn step(Path((book, item)): Path<(String, String)>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let book = named(&book)?;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let found = reading.book_item(id(&item)?).await?;
    let row = &found.row;
    let doing = Doing::named(sent.get("step"));
    let Some(doing) = doing.filter(|_| row.view.item.book() == book) else {
        return Err(WebError::page(Code::NotFound));
    };
    let mut said = Said { sent: sent.clone(), ..Said::default() };
    let step = typed(say, &mut reading, row, doing, sent, &mut said.wrong).await?;
    let at = typed_moment(&reading, &app.texts, "at", sent.get("at"));
    let at = at.map_err(|refusal| place(say, &refusal, &mut said.wrong)).ok();
    drop(reading);
    let code = match (step, at) {
        (Some(step), Some(at)) => {
            let words = sent.get("words").to_owned();
            let act = Act::Step { item: row.view.item.id, step: Box::new(step), at, words };
            let command = Command::Custody { registry: row.registry, act: Box::new(act) };
            match app.office.command(posted.sender(), sent.command(app), command).await {
                Ok(_) => {
                    let to = format!("{}?done=book-stepped", address(row));
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(Failure::Refused(refusal)) => {
                    place(say, &refusal, &mut said.wrong);
                    refusal.code
                }
                Err(failure) => return Err(failure.into()),
            }
        }
        _ => Code::Required,
    };
    let mut reading = posted.read().await?;
    let found = reading.book_item(row.view.item.id).await?;
    Ok(refused(page(say, app, &reading, &signed.form_token, &found, &said, ""), code))
}
