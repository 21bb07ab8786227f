//! The page of a workbook: what it would become or what became of it, and what is done with it.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use label::Label;
use maud::{Markup, html};
use office::{
    Failure, Reading, Sender,
    takeover::{Look, RowState, State as Standing},
    texts::Voice,
};
use registry::Code;
use serde::Deserialize;

use super::{PATH, address, mine_of, number, settings, standing, tables};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Crumb, Fact, Form, Notice, Section, Tone, button, buttons, card, crumbs, facts, form, heading,
    },
    pages::visit::{Posted, Sent, Visit, Wrong, refused},
    signed::Signed,
    words,
};

/// What is asked of the page of a workbook.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// What is listed.
    pub(super) show: String,
    /// Which page of it, from one.
    pub(super) page: Option<usize>,
}

/// The page of a workbook: what it would become, or what became of it.
pub async fn one(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let takeover = mine_of(&reading, &signed, &asked_id).await?;
    let look = reading.look_at(takeover).await?;
    let sent = settings::typed(&look);
    Ok(page(say, &reading, &signed, &look, &sent, &Wrong::default(), &asking))
}

/// Looks at a workbook by other settings, takes it over, stops that, or throws it away.
pub async fn act(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let takeover = mine_of(&reading, signed, &asked_id).await?;
    let (person, id) = (signed.open.person, takeover.id);
    let mut wrong = Wrong::default();
    let done = match sent.get("act") {
        "take-over" => {
            drop(reading);
            app.office.take_over(Sender::of(&signed.open), id).await
        }
        "stop" => {
            drop(reading);
            app.office.stop_takeover(person, id).await
        }
        "throw-away" => {
            drop(reading);
            if let Err(failure) = app.office.drop_takeover(person, id).await {
                Err(failure)
            } else {
                return Ok(Redirect::to(PATH).into_response());
            }
        }
        _ => {
            let before = reading.look_at(takeover).await?;
            let asked = settings::read(say, &reading, sent, &before, &mut wrong);
            match asked.filter(|_| wrong.is_empty()) {
                Some(asked) => {
                    drop(reading);
                    app.office.change_takeover(person, id, &asked).await
                }
                None => {
                    let page = page(say, &reading, signed, &before, sent, &wrong, &Asking::default());
                    return Ok(refused(page, Code::Required));
                }
            }
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&address(id)).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let takeover = mine_of(&reading, signed, &asked_id).await?;
            let look = reading.look_at(takeover).await?;
            wrong.whole.push(refusal.clone());
            let typed = settings::typed(&look);
            let page = page(say, &reading, signed, &look, &typed, &wrong, &Asking::default());
            Ok(refused(page, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The labels of what stands in a workbook, each once.
fn marked(look: &Look) -> Vec<&Label> {
    let mut labels: Vec<&Label> = Vec::new();
    for label in look.labels() {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

fn undetermined(look: &Look) -> bool {
    match &look.plan {
        Ok(plan) => plan.stopped > 0 || plan.planned.iter().any(|planned| planned.register.label.is_none()),
        Err(_) => true,
    }
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    look: &Look,
    sent: &Sent,
    wrong: &Wrong,
    asking: &Asking,
) -> Response {
    let takeover = &look.takeover;
    let title = takeover.content.file_name.clone();
    let own = address(takeover.id);
    let running = takeover.progress.state == Standing::Running;
    let whole = match &look.plan {
        Err(why) => Some(settings::unusable(why)),
        Ok(_) => None,
    };
    let body = html! {
        (wrong.shown(say, &settings::lines(say, look)))
        @if let Some(refusal) = whole.filter(|_| wrong.is_empty()) {
            (crate::pages::visit::notice(say, &refusal))
        }
        (crumbs(say, &[
            Crumb { label: &say.t("register-title"), href: "/register" },
            Crumb { label: &say.t("old-title"), href: PATH },
        ]))
        (heading(&title, &html! {
            (standing(say, takeover))
            span.quiet { (words::registry_name(reading, takeover.registry, say)) }
            @if !running { p { (say.t("old-nothing-written")) } }
        }))
        (progress(say, signed, look, &own))
        div.cols.roomy {
            div.stack {
                @if let Ok(plan) = &look.plan {
                    (tables::shown(say, reading, look, plan, &asking.show, asking.page.unwrap_or(1)))
                }
            }
            aside.stack {
                @if look.plan.is_ok() { (summary(say, look)) }
                @if !running {
                    (settings::form(say, reading, signed, look, sent, wrong, &own))
                    (away(say, signed, &own))
                }
            }
        }
    };
    let sheet = Sheet {
        shown: marked(look),
        undetermined: undetermined(look),
        notices: ended(say, look),
        ..Sheet::plain(&title, &own, Some(Section::Register), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

/// What came to its end, said on top.
fn ended(say: Voice<'_>, look: &Look) -> Vec<Notice> {
    let progress = &look.takeover.progress;
    if progress.state != Standing::Done {
        return Vec::new();
    }
    let told = say.tr(
        "old-done",
        &[
            ("registered", number(progress.registered)),
            ("already", number(progress.already)),
            ("refused", number(progress.refused)),
        ],
    );
    let tone = if progress.refused == 0 { Tone::Good } else { Tone::Soon };
    vec![Notice { tone, words: html! { p { (told) } } }]
}

/// How far it is, and the button that begins or stops it.
fn progress(say: Voice<'_>, signed: &Signed, look: &Look, own: &str) -> Markup {
    let progress = &look.takeover.progress;
    let frame =
        Form { action: own, token: Some(&signed.form_token), command: None, files: false, guard: false };
    let waiting = look.waiting();
    if progress.state == Standing::Running {
        let (stop, again) = (say.t("old-stop"), say.t("old-again"));
        return html! {
            section.card data-live {
                h2 { (say.t("old-running")) }
                p {
                    (say.tr("old-of", &[("done", number(progress.done)), ("total", number(progress.total))]))
                }
                progress max=(progress.total) value=(progress.done) aria-label=(say.t("old-running")) {}
                p.quiet { (say.t("old-running-text")) }
                (form(frame, &buttons(&[
                    Button::plain(&stop).named("act", "stop"),
                    Button::plain(&again).to(own),
                ])))
            }
        };
    }
    if waiting == 0 {
        return html! {};
    }
    let go = match progress.state {
        Standing::Stopped => say.tr("old-go-on", &[("n", number(waiting))]),
        _ => say.tr("old-go", &[("n", number(waiting))]),
    };
    html! {
        (form(frame, &html! {
            @if progress.state == Standing::Stopped { p { (say.t("old-stopped-text")) } }
            (button(&Button::main(&go).named("act", "take-over").key("t")))
        }))
    }
}

/// What would happen, in figures.
fn summary(say: Voice<'_>, look: &Look) -> Markup {
    let Ok(plan) = &look.plan else { return html! {} };
    let there = look.states.iter().filter(|s| matches!(s, RowState::Registered(_) | RowState::Blind)).count();
    let open = plan.planned.iter().filter(|planned| planned.register.label.is_none()).count();
    let copies = plan.planned.iter().map(|planned| planned.copies.len()).sum();
    let figures: [(&str, usize); 7] = [
        ("old-figure-rows", plan.rows),
        ("old-figure-documents", plan.planned.len()),
        ("old-figure-there", there),
        ("old-figure-waiting", look.waiting()),
        ("old-figure-undetermined", open),
        ("old-figure-copies", copies),
        ("old-figure-stopped", plan.stopped),
    ];
    let told = figures.map(|(key, n)| (say.t(key), say.count(u64::try_from(n).unwrap_or(u64::MAX))));
    let list: Vec<Fact<'_>> = told.iter().map(|(label, n)| Fact { label, value: html! { (n) } }).collect();
    card(&say.t("old-summary"), &facts(&list))
}

fn away(say: Voice<'_>, signed: &Signed, own: &str) -> Markup {
    let go = say.t("old-throw-away");
    let frame =
        Form { action: own, token: Some(&signed.form_token), command: None, files: false, guard: false };
    card(
        &go,
        &form(
            frame,
            &html! {
                p.quiet { (say.t("old-throw-away-text")) }
                (button(&Button::plain(&go).named("act", "throw-away")))
            },
        ),
    )
}
