//! Changing what is known of a person: name, language, post, body, last day; and the history of such changes. His
//! nationality is proposed like a clearance.

use axum::{extract::Path, response::Response};
use jiff::civil::Date;
use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{
    Code, Command,
    person::{Change, Changed, Particulars, Person},
};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Event, Form, SEND, Section, Width, buttons, crumbs, form, heading, timeline},
    pages::{
        grant_form, grants, marking_form, shown,
        visit::{Posted, Sent, Visit, Wrong, id, labelled, refused},
    },
    signed::Signed,
};

/// The fields with the keys of their labels.
const FIELDS: [(&str, &str); 6] = [
    ("name", "person-name"),
    ("title", "person-title"),
    ("language", "person-language"),
    ("body", "person-body"),
    ("left", "person-left"),
    ("reason", "person-reason"),
];

/// The person, for those who keep the list. Others are told that they may not where it is themselves, else that there is
/// none.
async fn changeable(reading: &mut Reading, person: &str) -> Result<Person, WebError> {
    let (person, _) = reading.person_file(id(person)?).await?;
    if reading.sees_people() { Ok(person) } else { Err(WebError::page(Code::Forbidden)) }
}

/// The form.
pub async fn form_page(visit: Visit, Path(person): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let person = changeable(&mut reading, &person).await?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    sent.push("name", &*person.name);
    sent.push("title", &*person.title);
    sent.push("language", &*person.language);
    sent.push("body", person.body.map(|b| b.to_string()).unwrap_or_default());
    sent.push("left", person.left.map(|d| d.to_string()).unwrap_or_default());
    Ok(page(say, &reading, &signed, &person, &sent, &Wrong::default()))
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    person: &Person,
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let field = |name: &'static str| labelled(&labels, name).value(sent.get(name)).error(wrong.at(name));
    let tag = say.language().tag();
    let languages: Vec<(String, String)> =
        ["en", "fr"].iter().map(|code| ((*code).to_owned(), say.t(&format!("language-{code}")))).collect();
    let bodies: Vec<(String, String)> =
        reading.house.bodies().map(|b| (b.id.to_string(), b.names.in_language(tag).to_owned())).collect();
    let hints = ["person-title-hint", "person-left-hint", "correct-reason-hint"].map(|key| say.t(key));
    let [post, last, why] = &hints;
    let own = format!("/people/{}", person.id);
    let action = format!("{own}/change");
    let nation = format!("{own}/propose?is=nationality");
    let (title, back, go, cancel) =
        (say.t("person-change"), say.t("people-title"), say.t("person-change-go"), say.t("form-cancel"));
    let body = html! {
        (wrong.shown(say, &labels))
        (crumbs(say, &[Crumb { label: &back, href: "/people" }, Crumb { label: &person.name, href: &own }]))
        (heading(&title, &html! { p { (say.t("person-change-text")) } }))
        @if reading.sees_authorisations() && person.id != signed.open.person {
            p { a href=(nation) { (say.t("person-propose-nation")) } }
        }
        (form(Form { action: &action, token: Some(&signed.form_token), command: Some(sent.get("command")), files: false, guard: true }, &html! {
            (field("name").text(say))
            (field("title").hint(post).optional().text(say))
            div.pair {
                (field("language").select(say, &marking_form::choices(&languages)))
                (field("left").hint(last).optional().date(say))
            }
            @if !bodies.is_empty() {
                (field("body").optional().width(Width::Medium).select(say, &marking_form::choices(&bodies)))
            }
            (field("reason").hint(why).long(say, 2))
            (buttons(&[Button::main(&go).key(SEND), Button::plain(&cancel).to(&own)]))
        }))
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, &action, Some(Section::People), body))
}

/// Changes as the form says.
pub async fn change(Path(person): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let person = changeable(&mut reading, &person).await?;
    let mut wrong = Wrong::default();
    for field in ["name", "reason"] {
        if sent.get(field).trim().is_empty() {
            wrong.add(say, field, Code::Required);
        }
    }
    let left: Option<Date> = match sent.get("left").trim() {
        "" => None,
        _ => grant_form::day(say, &app.texts, sent, "left", &mut wrong),
    };
    if !wrong.is_empty() {
        return Ok(refused(page(say, &reading, signed, &person, sent, &wrong), Code::Required));
    }
    drop(reading);
    let to = Particulars {
        name: sent.get("name").to_owned(),
        language: sent.get("language").to_owned(),
        title: sent.get("title").to_owned(),
        body: sent.get("body").parse().ok(),
        left,
    };
    let reason = sent.get("reason").to_owned();
    let command = Command::ChangePerson { person: person.id, to, reason };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(grants::to_person(person.id, "changed")),
        Err(Failure::Refused(refusal)) => {
            let reading = posted.read().await?;
            match FIELDS.iter().find(|(name, _)| Some(*name) == refusal.field) {
                Some((field, _)) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            Ok(refused(page(say, &reading, signed, &person, sent, &wrong), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// What was changed of a person, with the names of those who did, as a timeline.
pub fn history(say: Voice<'_>, reading: &Reading, changes: &[(Changed, String)]) -> Markup {
    let whens: Vec<(String, String)> =
        changes.iter().map(|(c, _)| (shown::moment(say, reading, c.at), c.at.to_string())).collect();
    let events: Vec<Event<'_>> = changes
        .iter()
        .zip(&whens)
        .enumerate()
        .map(|(place, ((changed, by), (when, machine)))| Event {
            what: html! { (say.t("person-was-changed")) },
            when,
            datetime: Some(machine),
            detail: Some(html! {
                (by) div.quiet { (changed.reason) }
                dl.changes {
                    @for (label, was, is) in told(say, reading, &changed.change) {
                        dt { (label) }
                        dd {
                            @if was.is_empty() { span.quiet { (say.t("correct-nothing")) } } @else { del { (was) } }
                            " → "
                            @if is.is_empty() { span.quiet { (say.t("correct-nothing")) } } @else { ins { (is) } }
                        }
                    }
                }
            }),
            now: place == 0,
        })
        .collect();
    timeline(&events)
}

/// What changed, field by field: label, what was, what is.
fn told(say: Voice<'_>, reading: &Reading, change: &Change) -> Vec<(String, String, String)> {
    let words = |p: &Particulars| {
        let body = p.body.and_then(|b| reading.house.body(b));
        let body = body.map(|b| b.names.in_language(say.language().tag()).to_owned());
        [
            ("person-name", p.name.clone()),
            ("person-title", p.title.clone()),
            ("person-language", say.t(&format!("language-{}", p.language))),
            ("person-body", body.unwrap_or_default()),
            ("person-left", p.left.map(|d| say.date(d)).unwrap_or_default()),
        ]
    };
    match change {
        Change::Nationality { from, to } => vec![(say.t("person-nation"), from.clone(), to.clone())],
        Change::Particulars { from, to } => words(from)
            .into_iter()
            .zip(words(to))
            .filter(|((_, was), (_, is))| was != is)
            .map(|((key, was), (_, is))| (say.t(key), was, is))
            .collect(),
    }
}
