//! The form of each act of the organisation, what is shown when it is refused, and where one is led when it is done. Who may not
//! do something finds no form for it.

mod about;
mod fields;
mod lines;
mod read;

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{
    Answer, Code, Command, Refusal,
    organisation::{Act, Thing},
};
use serde::{Deserialize, Serialize};

use self::{
    about::Doing,
    fields::{Input, Spec},
};
use super::{Look, PATH, list_path, post_path, unit_path};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{Button, Choice, Crumb, Field, Form, SEND, Section, Width, buttons, card, crumbs, form, heading},
    pages::{
        marking_form,
        visit::{Posted, Sent, Visit, Wrong, refused},
    },
};

pub(super) use about::Deed;

/// The form by which one records one's own leave.
pub(super) fn own_leave(look: &Look<'_>) -> Doing {
    Doing::own_leave(look)
}

/// What is asked of a form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    of: String,
}

/// How a value of the rules is written in addresses and keys.
pub fn slug(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}

/// The form of an act.
pub async fn form_page(
    visit: Visit,
    Path(act): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, "").await?;
    let doing = Doing::of(&look, &act, &asking.of).ok_or_else(|| WebError::page(Code::NotFound))?;
    let mut sent = doing.filled(&look);
    sent.push("command", app.office.new_command().to_string());
    let fields = doing.form(&look, &mut reading).await?;
    Ok(page(&look, &reading, &signed.form_token, &doing, &fields, &sent, &Wrong::default()))
}

/// Does it.
pub async fn act(Path(act): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let mut reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let look = Look::of(say, &posted.app.texts, &mut reading, "").await?;
    let of = posted.sent.get("of").to_owned();
    let doing = Doing::of(&look, &act, &of).ok_or_else(|| WebError::page(Code::NotFound))?;
    match does(&posted, &look, &mut reading, &doing).await? {
        Done::Led(to) => Ok(to),
        Done::Refused(wrong, code, sent) => {
            let fields = doing.form(&look, &mut reading).await?;
            let page = page(&look, &reading, &posted.signed.form_token, &doing, &fields, &sent, &wrong);
            Ok(if wrong.is_empty() { page } else { refused(page, code) })
        }
    }
}

/// What came of a form that was sent.
pub(super) enum Done {
    /// It was done.
    Led(Response),
    /// It is shown again, with what is wrong with it and what was typed.
    Refused(Wrong, Code, Sent),
}

/// Reads a form and does what it asks.
pub(super) async fn does(
    posted: &Posted,
    look: &Look<'_>,
    reading: &mut Reading,
    doing: &Doing,
) -> Result<Done, WebError> {
    let (app, mut sent) = (&posted.app, posted.sent.clone());
    let mut wrong = Wrong::default();
    if sent.get("go") == "more" {
        lines::more(&mut sent);
        return Ok(Done::Refused(wrong, Code::Required, sent));
    }
    let asked = doing.read(look, &app.texts, reading, &sent, &mut wrong).await?;
    let Some(asked) = asked.filter(|_| wrong.is_empty()) else {
        return Ok(Done::Refused(wrong, Code::Required, sent));
    };
    match send(app, posted, &sent, asked).await {
        Ok(thing) => {
            // What was made is known only to a reading that began after.
            let organisation = posted.read().await?.organisation().await?;
            let back = match thing {
                Thing::Unit { unit } => organisation.unit(unit).map(|unit| unit_path(&unit.code)),
                Thing::Post { post } => organisation.post(post).map(|post| post_path(&post.code)),
                Thing::List { list } => organisation.list(list).map(|list| list_path(&list.code)),
                Thing::Contact { contact } => Some(format!("/contacts/{contact}")),
                Thing::Tenure { .. } | Thing::StandIn { .. } | Thing::Leave { .. } => None,
            };
            let back = back.unwrap_or_else(|| doing.back(look));
            Ok(Done::Led(Redirect::to(&format!("{back}?done=org-{}", doing.name.slug())).into_response()))
        }
        Err(Failure::Refused(refusal)) => {
            place(look.say, doing, &sent, &refusal, &mut wrong);
            Ok(Done::Refused(wrong, refusal.code, sent))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn send(app: &App, posted: &Posted, sent: &Sent, act: Act) -> Result<Thing, Failure> {
    let command = Command::Organise { act: Box::new(act) };
    match app.office.command(posted.sender(), sent.command(app), command).await? {
        Answer::Organised { thing } => Ok(thing),
        _ => Err(Code::Conflict.into()),
    }
}

/// Puts a refusal beside the field that it is about.
fn place(say: Voice<'_>, doing: &Doing, sent: &Sent, refusal: &Refusal, wrong: &mut Wrong) {
    let empty = |name: &str| sent.get(name).trim().is_empty();
    let field = match refusal.field {
        Some("names") if !empty("names.en") => "names.fr",
        Some("names") => "names.en",
        Some("titles") if !empty("titles.en") => "titles.fr",
        Some("titles") => "titles.en",
        Some("lines") => "lines",
        Some(field) => field,
        None => "",
    };
    match doing.fields().iter().find(|spec| spec.name == field) {
        Some(spec) => wrong.on(say, spec.name, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
}

fn page(
    look: &Look<'_>,
    reading: &Reading,
    token: &str,
    doing: &Doing,
    specs: &[Spec],
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let say = look.say;
    let title = say.t(&format!("org-do-{}", doing.name.slug()));
    let path = doing.address();
    let home = say.t("org-title-page");
    let body = html! {
        (wrong.shown(say, &labels(say, specs)))
        (crumbs(say, &[Crumb { label: &home, href: PATH }]))
        (heading(&title, &html! {
            @if let Some(about) = doing.called(look) { p { (about) } }
            @if let Some(text) = say.maybe(&format!("org-do-{}-text", doing.name.slug()), &[]) { p.quiet { (text) } }
        }))
        (fields(look, token, doing, specs, sent, wrong, &doing.action()))
    };
    let sheet = Sheet::plain(&title, &path, Some(Section::Organisation), body);
    frame::page(say, reading, token, sheet)
}

/// The fields with their labels, in the order of the form.
pub(super) fn labels(say: Voice<'_>, specs: &[Spec]) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for spec in specs {
        match &spec.input {
            Input::Lines(_) => {
                all.push((spec.name, say.t(spec.label)));
                all.extend(lines::labels(say));
            }
            _ => all.push((spec.name, say.t(spec.label))),
        }
    }
    all
}

/// The form itself.
pub(super) fn fields(
    look: &Look<'_>,
    token: &str,
    doing: &Doing,
    specs: &[Spec],
    sent: &Sent,
    wrong: &Wrong,
    action: &str,
) -> Markup {
    let say = look.say;
    let [go, cancel] =
        [format!("org-go-{}", doing.name.slug()), "form-cancel".to_owned()].map(|key| say.t(&key));
    let back = doing.back(look);
    let main = if doing.name.ends() { Button::grave(&go) } else { Button::main(&go) };
    let frame =
        Form { action, token: Some(token), command: Some(sent.get("command")), files: false, guard: true };
    let inner = html! {
        input type="hidden" name="of" value=(doing.of);
        @for spec in specs { (one(say, spec, sent, wrong)) }
        (buttons(&[main.key(SEND).named("go", "send"), Button::plain(&cancel).to(&back)]))
    };
    let title = if doing.name == Deed::RecordLeave { "org-do-record-leave" } else { "org-form" };
    card(&say.t(title), &form(frame, &inner))
}

fn one(say: Voice<'_>, spec: &Spec, sent: &Sent, wrong: &Wrong) -> Markup {
    let label = say.t(spec.label);
    let usual = matches!(spec.input, Input::Day).then_some("org-date-hint");
    let hint = spec.hint.or(usual).map(|key| say.t(key));
    let mut field = Field::new(spec.name, &label).value(sent.get(spec.name)).error(wrong.at(spec.name));
    if let Some(hint) = &hint {
        field = field.hint(hint);
    }
    if spec.optional {
        field = field.optional();
    }
    match &spec.input {
        Input::Line(width) => field.width(*width).text(say),
        Input::Long(rows) => field.long(say, *rows),
        Input::Day => field.date(say),
        Input::Select(choices) => field.width(Width::Medium).select(say, &marking_form::choices(choices)),
        Input::Check(words) => {
            let words = say.t(words);
            let on = if sent.get(spec.name).is_empty() { Vec::new() } else { vec!["yes"] };
            field.optional().checks(say, &[Choice::new("yes", &words)], &on)
        }
        Input::Person(names) => {
            let list = format!("names-{}", spec.name);
            html! {
                (field.width(Width::Medium).offered(&list).text(say))
                (super::proposed(&list, names.iter().map(|name| (name.clone(), name.clone()))))
            }
        }
        Input::Lines(offered) => lines::shown(say, sent, wrong, offered),
    }
}
