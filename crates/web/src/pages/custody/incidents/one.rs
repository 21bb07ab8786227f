//! One incident: with which copies, what is known, what was found out since; and the form that adds to it or closes it.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{Failure, Reading, custody::IncidentRow, texts::Voice};
use registry::{
    Command,
    custody::{Act, clock::Due, fact::Report},
};

use super::{address, kind_words, state};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Choice, Event, Fact, Form, Section, Tone, buttons, card, chip, facts, form, heading,
        reference, timeline,
    },
    pages::{
        custody::{
            common::{Part, way},
            lists::Asking,
            told::{self, Told},
        },
        marking_form, shown,
        visit::{Posted, Sent, Visit, Wrong, done, id, labelled, refused},
    },
    signed::Signed,
    words::registry_name,
};

/// The page.
pub async fn incident(
    visit: Visit,
    Path(incident): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let row = reading.incident(id(&incident)?).await?;
    let sent = fresh(&app);
    Ok(page(say, &reading, &signed, &row, &sent, &Wrong::default(), &asking.done))
}

fn fresh(app: &App) -> Sent {
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    sent
}

/// Adds to it, or closes it.
pub async fn follow(Path(incident): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let row = posted.read().await?.incident(id(&incident)?).await?;
    let closes = sent.get("closes") == "yes";
    let report = Report::ALL.into_iter().find(|report| report.as_str() == sent.get("report"));
    let words = sent.get("words").to_owned();
    let act = Act::Follow { incident: row.view.incident.id, words, report, closes };
    let command = Command::Custody { registry: row.registry, act: Box::new(act) };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => {
            let done = if closes { "incident-closed" } else { "incident-followed" };
            Ok(Redirect::to(&format!("{}?done={done}", address(&row))).into_response())
        }
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let say = asked.voice_for(app, &reading);
            let row = reading.incident(row.view.incident.id).await?;
            let mut wrong = Wrong::default();
            match refusal.field {
                Some("words") => wrong.on(say, "words", &refusal),
                _ => wrong.whole.push(refusal.clone()),
            }
            Ok(refused(page(say, &reading, signed, &row, sent, &wrong, ""), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    row: &IncidentRow,
    sent: &Sent,
    wrong: &Wrong,
    did: &str,
) -> Response {
    let number = row.view.incident.text();
    let title = say.tr("incident-title", &[("number", number.as_str().into())]);
    let labels = [("words", say.t("incident-note"))];
    let open = row.view.closed_at.is_none();
    let body = html! {
        (wrong.shown(say, &labels))
        (way(say, reading, row.registry, (Part::Incidents, "incident-list-title")))
        (heading(&title, &html! {
            p { (kind_words(say, row.view.incident.is)) }
            (state(say, row))
            @for due in &row.due { " " (due_chip(say, reading, due)) }
            " " span.quiet { (say.tr("incident-open-for", &[("n", row.days.into())])) }
        }))
        div.cols[open] {
            div.stack {
                (card(&say.t("incident-card"), &html! { div.stack { (about(say, reading, row)) (copies(say, reading, row)) } }))
                (card(&say.t("incident-history"), &history(say, reading, row)))
            }
            @if open { aside.stack.screen-only { (follow_form(say, signed, row, sent, wrong, &labels)) } }
        }
    };
    let entries = row.entries.iter().map(|entry| &**entry);
    let marks: Vec<_> = entries.clone().filter_map(|entry| shown::shown_of(&reading.house, entry)).collect();
    let path = address(row);
    let sheet = Sheet {
        shown: marks.iter().collect(),
        undetermined: shown::any_undetermined(entries),
        notices: done(say, did),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

/// A report that is due, and by when.
fn due_chip(say: Voice<'_>, reading: &Reading, due: &Due) -> Markup {
    let by = shown::moment(say, reading, due.by);
    let words = [("report", report_words(say, due.report).into()), ("by", by.into())];
    let (tone, key) =
        if due.late { (Tone::Late, "incident-report-late") } else { (Tone::Soon, "incident-report-due") };
    chip(tone, &say.tr(key, &words))
}

fn report_words(say: Voice<'_>, report: Report) -> String {
    say.t(match report {
        Report::Initial => "incident-report-initial",
        Report::Originator => "incident-report-originator",
        Report::Final => "incident-report-final",
    })
}

fn about(say: Voice<'_>, reading: &Reading, row: &IncidentRow) -> Markup {
    let heads = ["copies-incident", "column-registry", "copies-kind", "incident-words", "incident-closed"]
        .map(|key| say.t(key));
    let [number, registry, what, words, closed] = &heads;
    let mut list = vec![
        Fact { label: number, value: reference(&row.view.incident.text()) },
        Fact { label: registry, value: html! { (registry_name(reading, row.registry, say)) } },
        Fact { label: what, value: html! { (kind_words(say, row.view.incident.is)) } },
        Fact { label: words, value: html! { (row.view.incident.words) } },
    ];
    if let Some(at) = row.view.closed_at {
        list.push(Fact {
            label: closed,
            value: html! { time datetime=(at) { (shown::moment(say, reading, at)) } },
        });
    }
    facts(&list)
}

fn copies(say: Voice<'_>, reading: &Reading, row: &IncidentRow) -> Markup {
    let told = [Told::Link, Told::Paper, Told::State];
    told::copies(say, reading, &say.t("incident-copies"), &told, &row.view.copies, &row.entries)
}

/// What was found out, the newest first, down to how it began.
fn history(say: Voice<'_>, reading: &Reading, row: &IncidentRow) -> Markup {
    let moment = |at| (shown::moment(say, reading, at), format!("{at}"));
    let when: Vec<(String, String)> = row.view.notes.iter().map(|note| moment(note.time)).collect();
    let (began, began_at) = moment(row.view.opened_at);
    let notes = row.view.notes.iter().zip(&row.noted_by).zip(&when).rev();
    let mut events: Vec<Event<'_>> = notes
        .enumerate()
        .map(|(place, ((note, by), (when, at)))| Event {
            what: html! {
                @if let Some(report) = note.report { strong { (report_words(say, report)) } " " }
                (note.words)
                @if note.closes { " " strong { (say.t("incident-was-closed")) } }
            },
            when,
            datetime: Some(at),
            detail: Some(html! { (by) }),
            now: place == 0,
        })
        .collect();
    events.push(Event {
        what: html! { (say.t("incident-was-opened")) },
        when: &began,
        datetime: Some(&began_at),
        detail: Some(html! { (row.opened_by) }),
        now: row.view.notes.is_empty(),
    });
    timeline(&events)
}

fn follow_form(
    say: Voice<'_>,
    signed: &Signed,
    row: &IncidentRow,
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
) -> Markup {
    let [title, hint, closes, detail, label, go] = [
        "incident-follow",
        "incident-note-hint",
        "incident-closes",
        "incident-closes-detail",
        "incident-close",
        "incident-follow-go",
    ]
    .map(|key| say.t(key));
    let action = format!("{}/follow", address(row));
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: true,
    };
    let report = say.t("incident-report");
    let reports: Vec<(String, String)> =
        Report::ALL.iter().map(|r| (r.as_str().to_owned(), report_words(say, *r))).collect();
    let reporting = crate::look::Field::new("report", &report).optional().value(sent.get("report"));
    let choice = Choice { detail: Some(&detail), ..Choice::new("yes", &closes) };
    let closing = crate::look::Field::new("closes", &label).optional();
    card(
        &title,
        &form(
            frame,
            &html! {
                (labelled(labels, "words").value(sent.get("words")).error(wrong.at("words")).hint(&hint).long(say, 4))
                (reporting.select(say, &marking_form::choices(&reports)))
                (closing.checks(say, &[choice], &sent.all("closes")))
                (buttons(&[Button::main(&go)]))
            },
        ),
    )
}
