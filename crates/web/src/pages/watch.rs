//! Profiles by which papers are flagged to a person: what is asked, what came or was corrected that fits, and why each
//! was flagged; until he puts it aside.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use label::Label;
use maud::{Markup, html};
use office::{
    Failure, Reading,
    own::{Flagged, Keeping, Kept},
    texts::Voice,
};
use registry::{
    Code, DocumentId, Refusal,
    query::{Filter, Query as Words},
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet, escaped},
    look::{
        Button, Cell, Column, Crumb, Empty, Field, Form, Paging, Row, Section, SelectMany, Table, Tone,
        Width, buttons, chip, crumbs, form, form::token_field, heading, heading_with_acts, table,
    },
    pages::{
        search, shown,
        visit::{Posted, Sent, Visit, Wrong, done, id, refused},
    },
    signed::Signed,
};

/// Where the list is.
pub const PATH: &str = "/watches";
/// Most papers on the page of a profile.
const MOST: usize = 100;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    q: String,
    done: String,
}

/// What the profiles of a person flag, so many papers of each at most.
pub async fn flagged(reading: &mut Reading, each: usize) -> Result<Vec<(Kept, u64, Vec<Flagged>)>, Failure> {
    let mut all = Vec::new();
    for kept in reading.kept(Keeping::Watch).await? {
        let (total, papers) = match reading.flagged(&kept, each).await {
            Ok(found) => found,
            Err(Failure::Refused(_)) => (0, Vec::new()),
            Err(failure) => return Err(failure),
        };
        all.push((kept, total, papers));
    }
    Ok(all)
}

/// The labels of what flagged papers show.
pub fn labels<'a>(papers: impl IntoIterator<Item = &'a Flagged>) -> Vec<&'a Label> {
    papers.into_iter().filter_map(|f| f.hit.entry.label.as_ref()).collect()
}

/// Why a paper was flagged: that it is new or corrected, where the words stand, which fields fit.
pub fn why(say: Voice<'_>, reading: &Reading, kept: &Kept, flagged: &Flagged) -> Markup {
    let fields: Vec<String> = Words::parse(&kept.query)
        .map(|query| query.filters().map(|filter| field(say, reading, filter)).collect())
        .unwrap_or_default();
    let asked = Words::parse(&kept.query).is_ok_and(|query| query.required().next().is_some());
    html! {
        @if flagged.new { (chip(Tone::Good, &say.t("watch-is-new"))) } @else { (chip(Tone::Plain, &say.t("watch-is-corrected"))) }
        @if !fields.is_empty() { " " span.quiet { (fields.join(" · ")) } }
        @if asked { (search::cut(say, &flagged.hit)) }
    }
}

/// A filter in words: its field and what was asked of it.
fn field(say: Voice<'_>, reading: &Reading, filter: &Filter) -> String {
    let key = match filter {
        Filter::From(_) => "column-originator",
        Filter::To(_) => "column-addressee",
        Filter::Marking(_) => "column-marking",
        Filter::Before(_) => "watch-before",
        Filter::After(_) => "watch-after",
        Filter::Reference(_) => "column-reference",
        Filter::Cites(_) => "watch-cites",
        Filter::Kind(_) => "column-kind",
        Filter::Year(_) => "column-year",
        Filter::Registry(_) => "column-registry",
        Filter::File(_) => "column-file",
    };
    let value = search::value_words(say, reading, filter.name(), &filter.value());
    say.tr("applied-pair", &[("field", say.t(key).into()), ("value", value.into())])
}

/// The profiles, each with how many papers it flags.
pub async fn watches(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let all = flagged(&mut reading, 1).await?;
    let (title, new) = (say.t("watch-title"), say.t("watch-new"));
    let heads = ["column-name", "kept-query", "watch-flagged"].map(|key| say.t(key));
    let [name, query, count] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [column(name, Cell::Main), column(query, Cell::Text), column(count, Cell::Number)];
    let rows: Vec<Row<'_>> = all
        .iter()
        .map(|(kept, total, _)| Row {
            value: None,
            name: &kept.name,
            strong: *total > 0,
            cells: vec![
                html! { a.lead href={ (PATH) "/" (kept.number) } { (kept.name) } },
                html! { code { (kept.query) } },
                html! { (say.count(*total)) },
            ],
        })
        .collect();
    let (none, would) = (say.t("watch-none"), say.t("watch-none-would"));
    let body = html! {
        (heading_with_acts(&title, &html! { p { (say.t("watch-text")) } }, &[Button::main(&new).to("/watches/new")]))
        (table(say, &Table {
            caption: &title,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &none, would: &would, begin: None },
        }))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Search), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The form for a new profile.
pub async fn new_page(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let mut sent = Sent::default();
    sent.push("query", asking.q);
    Ok(form_page(say, &reading, &signed, &path, None, &sent, &Wrong::default()))
}

/// Keeps a new profile. It flags what comes from now on.
pub async fn keep(posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, sent, .. } = &posted;
    let person = signed.open.person;
    match app.office.keep_own(person, Keeping::Watch, sent.get("name"), sent.get("query"), "").await {
        Ok(number) => Ok(Redirect::to(&format!("{PATH}/{number}?done=watch-kept")).into_response()),
        Err(Failure::Refused(refusal)) => again(&posted, None, &refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn again(posted: &Posted, number: Option<u32>, refusal: &Refusal) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let mut wrong = Wrong::default();
    wrong.on(say, if refusal.field == Some("query") { "query" } else { "name" }, refusal);
    let path = number.map_or("/watches/new".to_owned(), |n| format!("{PATH}/{n}/change"));
    let page = form_page(say, &reading, &posted.signed, &path, number, &posted.sent, &wrong);
    Ok(refused(page, refusal.code))
}

fn number(text: &str) -> Result<u32, WebError> {
    id(text)
}

/// A profile with what it flags.
pub async fn watch(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let kept = reading.kept_one(Keeping::Watch, number(&asked_id)?).await?;
    let say = asked.voice_for(&app, &reading);
    let (total, papers) = reading.flagged(&kept, MOST).await?;
    let change = say.t("kept-change");
    let to_change = format!("{PATH}/{}/change", kept.number);
    let all = say.t("watch-title");
    let body = html! {
        (crumbs(say, &[Crumb { label: &all, href: PATH }]))
        (heading_with_acts(&kept.name, &html! {
            code { (kept.query) }
            span.quiet { (say.tr("watch-total", &[("n", total.into())])) }
            a href={ "/search?q=" (escaped(&kept.query)) } { (say.t("watch-all-matches")) }
        }, &[Button::plain(&change).to(&to_change)]))
        (list(say, &reading, &signed, &kept, &papers))
    };
    let sheet = Sheet {
        shown: labels(&papers),
        undetermined: shown::any_undetermined(papers.iter().map(|f| &*f.hit.entry)),
        notices: done(say, &asking.done),
        ..Sheet::plain(&kept.name, &path, Some(Section::Search), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn list(say: Voice<'_>, reading: &Reading, signed: &Signed, kept: &Kept, papers: &[Flagged]) -> Markup {
    let heads = ["column-subject", "watch-why", "column-reference", "column-marking", "column-date"]
        .map(|key| say.t(key));
    let [subject, reason, reference, marking, date] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(subject, Cell::Main),
        column(reason, Cell::Text),
        column(reference, Cell::Short),
        column(marking, Cell::Short),
        column(date, Cell::Short),
    ];
    let ids: Vec<String> = papers.iter().map(|f| f.hit.entry.document.to_string()).collect();
    let rows: Vec<Row<'_>> = papers
        .iter()
        .zip(&ids)
        .map(|(flagged, id)| Row {
            value: Some(id),
            name: &flagged.hit.entry.reference,
            strong: false,
            cells: vec![
                shown::lead(say, &flagged.hit.entry),
                why(say, reading, kept, flagged),
                shown::number(&flagged.hit.entry),
                shown::marking(say, &reading.house, &flagged.hit.entry),
                shown::dated(say, &flagged.hit.entry),
            ],
        })
        .collect();
    let action = format!("{PATH}/{}/aside", kept.number);
    let (aside, none, would) = (say.t("watch-aside"), say.t("watch-nothing"), say.t("watch-nothing-would"));
    table(
        say,
        &Table {
            caption: &kept.name,
            columns: &columns,
            rows: &rows,
            many: Some(SelectMany {
                action: &action,
                name: "document",
                token: Some(&signed.form_token),
                acts: vec![Button::plain(&aside)],
                lead: "",
                chosen: &[],
                kept: None,
                back: None,
            }),
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

/// The form for changing a profile.
pub async fn change_page(visit: Visit, Path(asked_id): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let kept = reading.kept_one(Keeping::Watch, number(&asked_id)?).await?;
    let say = asked.voice_for(&app, &reading);
    let mut sent = Sent::default();
    sent.push("name", kept.name.clone());
    sent.push("query", kept.query.clone());
    Ok(form_page(say, &reading, &signed, &path, Some(kept.number), &sent, &Wrong::default()))
}

/// Changes or drops a profile.
pub async fn change(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, sent, .. } = &posted;
    let (person, number) = (signed.open.person, number(&asked_id)?);
    let done = if sent.get("act") == "drop" {
        app.office
            .drop_own(person, Keeping::Watch, number)
            .await
            .map(|()| format!("{PATH}?done=watch-dropped"))
    } else {
        app.office
            .rename_own(person, Keeping::Watch, number, sent.get("name"), Some(sent.get("query")))
            .await
            .map(|()| format!("{PATH}/{number}?done=watch-changed"))
    };
    match done {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(Failure::Refused(refusal)) if refusal.code != Code::NotFound => {
            again(&posted, Some(number), &refusal).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Puts papers aside that a profile flagged.
pub async fn aside(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let number = number(&asked_id)?;
    let papers: Vec<DocumentId> =
        posted.sent.all("document").into_iter().take(MOST).filter_map(|id| id.parse().ok()).collect();
    let mut reading = posted.read().await?;
    reading.put_aside(number, &papers).await?;
    let to = if posted.sent.get("back") == "desk" {
        "/desk".to_owned()
    } else {
        format!("{PATH}/{number}?done=watch-aside")
    };
    Ok(Redirect::to(&to).into_response())
}

fn form_page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    path: &str,
    number: Option<u32>,
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let (title, all) = (
        say.t(if number.is_some() { "watch-change-title" } else { "watch-new-title" }),
        say.t("watch-title"),
    );
    let (name, query, save, drop) =
        (say.t("kept-name"), say.t("kept-query"), say.t("kept-save"), say.t("watch-drop"));
    let (hint, query_hint, cancel) =
        (say.t("kept-name-hint"), say.t("watch-query-hint"), say.t("form-cancel"));
    let action = number.map_or(PATH.to_owned(), |n| format!("{PATH}/{n}/change"));
    let acts: Vec<Button<'_>> = std::iter::once(Button::main(&save))
        .chain(number.map(|_| Button::grave(&drop).named("act", "drop")))
        .chain(std::iter::once(Button::plain(&cancel).to(PATH)))
        .collect();
    let post =
        Form { action: &action, token: Some(&signed.form_token), command: None, files: false, guard: true };
    let body = html! {
        (crumbs(say, &[Crumb { label: &all, href: PATH }]))
        (wrong.shown(say, &[("name", &name), ("query", &query)]))
        (heading(&title, &html! { p { (say.t("watch-form-text")) } }))
        (form(post, &html! {
            (Field::new("name", &name).hint(&hint).value(sent.get("name")).error(wrong.at("name")).width(Width::Medium).text(say))
            (Field::new("query", &query).hint(&query_hint).value(sent.get("query")).error(wrong.at("query")).text(say))
            (buttons(&acts))
        }))
        (search::help(say))
    };
    frame::page(say, reading, &signed.form_token, Sheet::plain(&title, path, Some(Section::Search), body))
}

/// What is flagged, for the desk: the first papers of each profile, each with why, and a button to put it aside.
pub fn card(say: Voice<'_>, reading: &Reading, signed: &Signed, all: &[(Kept, u64, Vec<Flagged>)]) -> Markup {
    html! {
        @if all.is_empty() {
            p.quiet { (say.t("watch-none-desk")) }
            p { a href="/watches/new" { (say.t("watch-new")) } }
        } @else if all.iter().all(|(_, total, _)| *total == 0) {
            p.quiet { (say.t("watch-nothing")) }
        }
        ul.stack.flagged {
            @for (kept, total, papers) in all {
                @for flagged in papers {
                    li {
                        (shown::lead(say, &flagged.hit.entry))
                        div.row.quiet { (shown::number(&flagged.hit.entry)) (shown::marking(say, &reading.house, &flagged.hit.entry)) }
                        div.quiet {
                            a href={ (PATH) "/" (kept.number) } { (kept.name) } (say.t("colon")) " "
                            (why(say, reading, kept, flagged))
                        }
                        form method="post" action={ (PATH) "/" (kept.number) "/aside" } {
                            (token_field(Some(&signed.form_token)))
                            input type="hidden" name="document" value=(flagged.hit.entry.document);
                            input type="hidden" name="back" value="desk";
                            button.plain type="submit" {
                                (say.t("watch-aside")) span.unseen { (say.t("colon")) " " (flagged.hit.entry.reference) }
                            }
                        }
                    }
                }
                @let more = total.saturating_sub(u64::try_from(papers.len()).unwrap_or(0));
                @if more > 0 {
                    li { a href={ (PATH) "/" (kept.number) } { (kept.name) (say.t("colon")) " " (say.tr("watch-more", &[("n", more.into())])) } }
                }
            }
        }
        @if !all.is_empty() { p.foot { a href=(PATH) { (say.t("watch-title")) } } }
    }
}
