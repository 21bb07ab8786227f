//! The people of the house, for those who keep the list; and how one is added.

use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use maud::{Markup, html};
use office::{Failure, Reading, texts::Voice};
use registry::{
    Answer, Code, Command, PersonId,
    authorisation::{Authorisation, Grant, Standing},
    person::{NewPerson, Person},
    reference::sort_key,
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Field, Form, Paging, Row, SEND, Section, Table, Tone, Width, buttons,
        chip, form, heading_with_acts, table,
    },
    pages::{
        codes, marking_form, shown,
        visit::{Posted, Sent, Visit, Wrong, done, labelled, refused},
    },
    signed::Signed,
};

/// Rows of a page.
const PAGE: usize = 50;
/// The path of the form.
const NEW: &str = "/people/new";

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    q: String,
    after: String,
    done: String,
}

/// The list.
pub async fn people(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let everyone = reading.people().await?;
    let wanted = sort_key(asking.q.trim());
    let fits = |p: &&Person| {
        wanted.is_empty()
            || [&p.name, &p.login, &p.title].into_iter().any(|text| sort_key(text).contains(&wanted))
    };
    let found: Vec<&Person> = everyone.iter().filter(fits).collect();
    let after: Option<PersonId> = asking.after.parse().ok();
    let begin = after.and_then(|id| found.iter().position(|p| p.id == id)).map_or(0, |at| at + 1);
    let part: Vec<&Person> = found.iter().skip(begin).take(PAGE).copied().collect();
    let mut files = Vec::with_capacity(part.len());
    for person in &part {
        files.push((*person, reading.person_file(person.id).await?.1));
    }
    let more = found.len() > begin + part.len();
    let next = part.last().filter(|_| more).map(|p| {
        let narrowed =
            if asking.q.is_empty() { String::new() } else { format!("q={}&", frame::escaped(&asking.q)) };
        format!("/people?{narrowed}after={}", p.id)
    });
    let add = say.t("people-add");
    let title = say.t("people-title");
    let counted = say.tr("people-total", &[("n", found.len().into())]);
    let (ending, directory) = (say.t("ending-title"), say.t("belonging-title"));
    let mut acts = vec![Button::plain(&add).to(NEW).key("a")];
    if reading.sees_authorisations() {
        acts.push(Button::plain(&ending).to(super::ending::PATH).key("w"));
    }
    if reading.watches_directory() {
        acts.push(Button::plain(&directory).to(super::belonging::PATH));
    }
    let body = html! {
        (heading_with_acts(&title, &html! { p { (counted) } }, &acts))
        (filter(say, &asking.q))
        (list(say, &reading, &files, next.as_deref(), !asking.q.is_empty()))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::People), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn filter(say: Voice<'_>, typed: &str) -> Markup {
    let (label, go) = (say.t("people-filter"), say.t("people-filter-go"));
    html! {
        form.with-button method="get" action="/people" {
            (Field::new("q", &label).value(typed).optional().width(Width::Medium).text(say))
            button.button type="submit" { (go) }
            @if !typed.is_empty() { a href="/people" { (say.t("applied-clear")) } }
        }
    }
}

/// The clearance that is shown for a person: one in force before one that waits or ended, and of those the one that
/// was given first, which is the one that the post asks for.
fn standing(held: &[Authorisation], today: Date) -> Option<(&Grant, Date, Standing)> {
    let clearances = held.iter().rev().filter_map(|a| match &a.grant {
        Grant::Clearance { until, .. } if a.standing != Standing::Revoked => {
            Some((a, a.last_day(held).unwrap_or(*until)))
        }
        _ => None,
    });
    let shown = clearances.max_by_key(|(a, _)| (a.in_force(held, today), a.standing == Standing::Proposed));
    shown.map(|(a, until)| (&a.grant, until, a.standing))
}

fn list(
    say: Voice<'_>,
    reading: &Reading,
    files: &[(&Person, Vec<Authorisation>)],
    next: Option<&str>,
    narrowed: bool,
) -> Markup {
    let today = reading.today();
    // Whoever may not see what people are cleared for is shown no column that could be taken for "nothing".
    let cleared = reading.sees_authorisations();
    let heads =
        ["column-name", "column-post", "column-nation", "column-clearance", "column-valid", "column-state"]
            .map(|key| say.t(key));
    let [name, post, nation, clearance, valid, state] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let mut columns = vec![column(name, Cell::Main), column(post, Cell::Text), column(nation, Cell::Short)];
    if cleared {
        columns.extend([
            column(clearance, Cell::Short),
            column(valid, Cell::Short),
            column(state, Cell::Short),
        ]);
    }
    let rows: Vec<Row<'_>> = files
        .iter()
        .map(|(person, held)| {
            let mut cells = vec![
                html! {
                    a.lead href={ "/people/" (person.id) } { (person.name) }
                    div.quiet { code { (person.login) } }
                    @if let Some(left) = person.left.filter(|_| person.has_left(today)) {
                        (chip(Tone::Plain, &say.tr("person-has-left", &[("when", say.date(left).into())])))
                    }
                },
                html! { (person.title) },
                html! { (person.nationality) },
            ];
            if cleared {
                cells.extend(clearance_cells(say, reading, standing(held, today), today));
            }
            Row { value: None, name: &person.name, strong: false, cells }
        })
        .collect();
    let (title, would) = if narrowed {
        (say.t("people-none"), say.t("people-none-would"))
    } else {
        (say.t("people-empty"), say.t("people-empty-would"))
    };
    let caption = say.t("people-caption");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: None, next, shown: "" },
            exports: &[],
            empty: Empty { title: &title, would: &would, begin: None },
        },
    )
}

fn clearance_cells(
    say: Voice<'_>,
    reading: &Reading,
    held: Option<(&Grant, Date, Standing)>,
    today: Date,
) -> [Markup; 3] {
    let Some((Grant::Clearance { clearance, .. }, until, standing)) = held else {
        return [html! { span.quiet { (say.t("person-no-clearance")) } }, html! {}, html! {}];
    };
    let label = shown::reach(clearance);
    [
        shown::label(say, &reading.house, Some(&label), say.language()),
        html! { time datetime=(until) { (say.date(until)) } },
        state(say, standing, Some(until), today),
    ]
}

/// Where an authorisation stands, as a chip.
pub fn state(say: Voice<'_>, standing: Standing, until: Option<Date>, today: Date) -> Markup {
    let days = until.and_then(|until| today.until(until).ok()).map(|span| span.get_days());
    match (standing, days) {
        (Standing::Proposed, _) => chip(Tone::Soon, &say.t("person-proposed")),
        (Standing::Revoked, _) => chip(Tone::Late, &say.t("person-revoked")),
        (Standing::Confirmed, Some(days)) if days < 0 => chip(Tone::Late, &say.t("person-expired")),
        (Standing::Confirmed, Some(days)) if days <= 180 => {
            let when = until.map(|until| say.relative(until, today)).unwrap_or_default();
            chip(Tone::Soon, &say.tr("person-expires-soon", &[("when", when.into())]))
        }
        (Standing::Confirmed, _) => chip(Tone::Good, &say.t("person-in-force")),
    }
}

/// The fields of a new person with the keys of their labels.
const FIELDS: [(&str, &str); 6] = [
    ("name", "person-name"),
    ("login", "person-login"),
    ("title", "person-title"),
    ("nationality", "person-nation"),
    ("language", "person-language"),
    ("body", "person-body"),
];

/// What the form begins with, where a page that knows of somebody leads to it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begin {
    login: String,
    name: String,
}

/// The form for a new person.
pub async fn form_page(visit: Visit, Query(begin): Query<Begin>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    if !reading.sees_people() {
        return Err(WebError::page(Code::NotFound));
    }
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    sent.push("language", say.language().tag());
    sent.push("login", begin.login);
    sent.push("name", begin.name);
    Ok(new_page(say, &reading, &signed, &sent, &Wrong::default()))
}

fn new_page(say: Voice<'_>, reading: &Reading, signed: &Signed, sent: &Sent, wrong: &Wrong) -> Response {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let field = |name: &'static str| labelled(&labels, name).value(sent.get(name)).error(wrong.at(name));
    let tag = say.language().tag();
    let languages: Vec<(String, String)> =
        ["en", "fr"].iter().map(|code| ((*code).to_owned(), say.t(&format!("language-{code}")))).collect();
    let bodies: Vec<(String, String)> =
        reading.house.bodies().map(|b| (b.id.to_string(), b.names.in_language(tag).to_owned())).collect();
    let hints = ["person-login-hint", "person-nation-hint", "person-title-hint"].map(|key| say.t(key));
    let [login, nation, post] = &hints;
    let (title, add, cancel) = (say.t("people-add"), say.t("people-add"), say.t("form-cancel"));
    let body = html! {
        (wrong.shown(say, &labels))
        (heading_with_acts(&title, &html! { p { (say.t("people-add-text")) } }, &[]))
        (form(Form { action: NEW, token: Some(&signed.form_token), command: Some(sent.get("command")), files: false, guard: true }, &html! {
            (field("name").text(say))
            (field("login").hint(login).width(Width::Medium).text(say))
            (field("title").hint(post).optional().text(say))
            div.pair {
                (field("nationality").hint(nation).width(Width::Short).text(say))
                (field("language").select(say, &marking_form::choices(&languages)))
            }
            @if !bodies.is_empty() { (field("body").optional().select(say, &marking_form::choices(&bodies))) }
            (buttons(&[Button::main(&add).key(SEND), Button::plain(&cancel).to("/people")]))
        }))
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, NEW, Some(Section::People), body))
}

/// Adds a person and shows the code that opens the account once.
pub async fn add(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    if !reading.sees_people() {
        return Err(WebError::page(Code::NotFound));
    }
    let person = NewPerson {
        login: sent.get("login").to_owned(),
        name: sent.get("name").to_owned(),
        nationality: sent.get("nationality").to_owned(),
        language: sent.get("language").to_owned(),
        title: sent.get("title").to_owned(),
        body: sent.get("body").parse().ok(),
    };
    drop(reading);
    let answer = app.office.command(posted.sender(), sent.command(app), Command::AddPerson { person }).await;
    let mut reading = posted.read().await?;
    match answer {
        Ok(Answer::Added { person }) => {
            let code = app.office.first_code_as(&signed.open, person).await?;
            let (record, _) = reading.person_file(person).await?;
            Ok(codes::page(say, &reading, signed, &record, code.as_deref()))
        }
        Ok(_) => Err(WebError::page(Code::Conflict)),
        Err(Failure::Refused(refusal)) => {
            let mut wrong = Wrong::default();
            match FIELDS.iter().find(|(name, _)| Some(*name) == refusal.field) {
                Some((field, _)) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            Ok(refused(new_page(say, &reading, signed, sent, &wrong), refusal.code).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}
