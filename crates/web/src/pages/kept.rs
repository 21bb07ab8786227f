//! Searches that a person keeps under a name: the list with what each finds today and what of it is new, the form to
//! change one, and the forms by which a search is kept or watched.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    own::{Keeping, Kept},
    texts::Voice,
};
use registry::{Code, Refusal};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet, escaped},
    look::{
        Button, Cell, Column, Crumb, Empty, Field, Form, Paging, Row, Section, Table, Tone, Width, button,
        buttons, chip, crumbs, form, heading, table,
    },
    pages::visit::{Posted, Sent, Visit, Wrong, done, id, refused},
    signed::Signed,
};

/// Where the list is.
pub const PATH: &str = "/searches";

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    done: String,
}

/// The address of what a kept search finds.
pub fn address(kept: &Kept) -> String {
    let view = if kept.view.is_empty() { String::new() } else { format!("&{}", kept.view) };
    format!("/search?q={}&saved={}{view}", escaped(&kept.query), kept.number)
}

/// The address of what of it is new.
pub fn new_address(kept: &Kept) -> String {
    format!("/search?q={}&saved={}&new=1", escaped(&kept.query), kept.number)
}

/// A search with its counts.
pub type Counted = (Kept, u64, u64);

/// The searches of the reader with what each finds, `most` of them at most. One that can't be asked any more counts
/// nothing.
pub async fn counted(reading: &mut Reading, most: usize) -> Result<Vec<Counted>, Failure> {
    let mut all = Vec::new();
    for kept in reading.kept(Keeping::Search).await?.into_iter().take(most) {
        let (total, new) = match reading.counted(&kept).await {
            Ok(counts) => counts,
            Err(Failure::Refused(_)) => (0, 0),
            Err(failure) => return Err(failure),
        };
        all.push((kept, total, new));
    }
    Ok(all)
}

/// How many are new, with the way to them.
pub fn new_chip(say: Voice<'_>, kept: &Kept, new: u64) -> Markup {
    html! { @if new > 0 { a href=(new_address(kept)) { (chip(Tone::Soon, &say.tr("kept-new", &[("n", new.into())]))) } } }
}

/// The list.
pub async fn searches(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let all = counted(&mut reading, office::own::MOST_KEPT).await?;
    let title = say.t("kept-title");
    let heads = ["column-name", "kept-query", "column-count", "kept-new-head", ""]
        .map(|key| if key.is_empty() { String::new() } else { say.t(key) });
    let [name, query, count, new, act] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(name, Cell::Main),
        column(query, Cell::Text),
        column(count, Cell::Number),
        column(new, Cell::Short),
        column(act, Cell::Short),
    ];
    let change = say.t("kept-change");
    let rows: Vec<Row<'_>> = all
        .iter()
        .map(|(kept, total, new)| Row {
            value: None,
            name: &kept.name,
            strong: *new > 0,
            cells: vec![
                html! { a.lead href=(address(kept)) { (kept.name) } },
                html! { code { (kept.query) } },
                html! { (say.count(*total)) },
                new_chip(say, kept, *new),
                html! {
                    a href={ (PATH) "/" (kept.number) } {
                        (change) span.unseen { (say.t("colon")) " " (kept.name) }
                    }
                },
            ],
        })
        .collect();
    let (none, would, begin) = (say.t("kept-none"), say.t("kept-none-would"), say.t("search-title"));
    let body = html! {
        (heading(&title, &html! { p { (say.t("kept-text")) } }))
        (table(say, &Table {
            caption: &title,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &none, would: &would, begin: Some(Button::main(&begin).to("/search")) },
        }))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Search), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The forms that keep or watch what was searched for; closed until they are wanted.
pub fn keeping(say: Voice<'_>, signed: &Signed, query: &str, view: &str) -> Markup {
    let (keep, name, hint, watch) =
        (say.t("kept-keep"), say.t("kept-name"), say.t("kept-name-hint"), say.t("watch-this"));
    let post =
        Form { action: PATH, token: Some(&signed.form_token), command: None, files: false, guard: false };
    html! {
        details.more.keep {
            summary { (say.t("kept-keep-title")) }
            (form(post, &html! {
                input type="hidden" name="query" value=(query);
                input type="hidden" name="view" value=(view);
                (Field::new("name", &name).hint(&hint).width(Width::Medium).text(say))
                div.buttons {
                    (button(&Button::plain(&keep)))
                    a.button href={ "/watches/new?q=" (escaped(query)) } data-action=(watch) { (watch) }
                }
            }))
        }
    }
}

/// Keeps a search.
pub async fn keep(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, sent, .. } = &posted;
    let person = signed.open.person;
    let (name, query, view) = (sent.get("name"), sent.get("query"), sent.get("view"));
    match app.office.keep_own(person, Keeping::Search, name, query, view).await {
        Ok(_) => Ok(Redirect::to("/searches?done=search-kept").into_response()),
        Err(Failure::Refused(refusal)) => {
            let reading = posted.read().await?;
            Ok(form_page(&posted, &reading, None, sent, &refusal))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn number(text: &str) -> Result<u32, WebError> {
    id(text)
}

/// The form for changing a kept search.
pub async fn change_page(visit: Visit, Path(asked_id): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let kept = reading.kept_one(Keeping::Search, number(&asked_id)?).await?;
    let say = asked.voice_for(&app, &reading);
    let mut sent = Sent::default();
    sent.push("name", kept.name.clone());
    sent.push("query", kept.query.clone());
    Ok(page(say, &reading, &signed, &path, Some(kept.number), &sent, &Wrong::default()))
}

/// Changes or drops a kept search.
pub async fn change(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, sent, .. } = &posted;
    let (person, number) = (signed.open.person, number(&asked_id)?);
    let done = if sent.get("act") == "drop" {
        app.office.drop_own(person, Keeping::Search, number).await.map(|()| "search-dropped")
    } else {
        let query = Some(sent.get("query"));
        app.office
            .rename_own(person, Keeping::Search, number, sent.get("name"), query)
            .await
            .map(|()| "search-changed")
    };
    match done {
        Ok(done) => Ok(Redirect::to(&format!("{PATH}?done={done}")).into_response()),
        Err(Failure::Refused(refusal)) if refusal.code != Code::NotFound => {
            let reading = posted.read().await?;
            Ok(form_page(&posted, &reading, Some(number), sent, &refusal))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn form_page(
    posted: &Posted,
    reading: &Reading,
    number: Option<u32>,
    sent: &Sent,
    refusal: &Refusal,
) -> Response {
    let say = posted.asked.voice_for(&posted.app, reading);
    let mut wrong = Wrong::default();
    wrong.on(say, if refusal.field == Some("query") { "query" } else { "name" }, refusal);
    let path = number.map_or(PATH.to_owned(), |n| format!("{PATH}/{n}"));
    refused(page(say, reading, &posted.signed, &path, number, sent, &wrong), refusal.code)
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    path: &str,
    number: Option<u32>,
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let (title, all) = (say.t("kept-change-title"), say.t("kept-title"));
    let (name, query, save, drop) =
        (say.t("kept-name"), say.t("kept-query"), say.t("kept-save"), say.t("kept-drop"));
    let (hint, query_hint) = (say.t("kept-name-hint"), say.t("kept-query-hint"));
    let acts: Vec<Button<'_>> = std::iter::once(Button::main(&save))
        .chain(number.map(|_| Button::grave(&drop).named("act", "drop")))
        .collect();
    let post =
        Form { action: path, token: Some(&signed.form_token), command: None, files: false, guard: true };
    let body = html! {
        (crumbs(say, &[Crumb { label: &all, href: PATH }]))
        (wrong.shown(say, &[("name", &name), ("query", &query)]))
        (heading(&title, &html! {}))
        (form(post, &html! {
            (Field::new("name", &name).hint(&hint).value(sent.get("name")).error(wrong.at("name")).width(Width::Medium).text(say))
            (Field::new("query", &query).hint(&query_hint).value(sent.get("query")).error(wrong.at("query")).text(say))
            (buttons(&acts))
        }))
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, path, Some(Section::Search), body))
}
