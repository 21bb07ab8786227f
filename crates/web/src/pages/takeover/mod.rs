//! Registers of old: the workbooks of the reader, taking one in, looking at what it would become, and taking it over.
//! Owns the way through these pages; [`settings`] owns the form, [`tables`] what is listed.

mod settings;
mod tables;

pub(crate) use tables::copy_words;

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use label::Label;
use maud::{Markup, html};
use office::{
    Failure, Reading, Sender,
    takeover::{Look, RowState, State as Standing, Takeover},
    texts::Voice,
};
use registry::{Code, ObjectId, RegistryId, authorisation::Role, house::Registry};
use serde::Deserialize;

use crate::{
    answer::WebError,
    app::App,
    export,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Fact, Field, Form, Notice, Paging, Row, Section, Table, Tone,
        button, buttons, card, chip, crumbs, facts, form, heading, table,
    },
    pages::{
        marking_form,
        receiving::{self, Received},
        shown,
        visit::{Posted, Sent, Visit, Wrong, id, refused},
    },
    signed::{Asked as Speaking, Signed},
    words,
};

/// Where the list is.
pub const PATH: &str = "/register/old";
/// The register of old that one may try with.
const EXAMPLE: &str = "/assets/old-register.csv";
/// Largest request that brings a workbook (bytes).
const LARGEST: usize = 80 << 20;

/// What is asked of the page of a workbook.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// What is listed.
    show: String,
    /// Which page of it, from one.
    page: Option<usize>,
}

/// The registries whose controller the reader is. The rows of a workbook have no marking that anyone has decided: a
/// session that shows only so much of what its person sees shows nothing of them.
pub fn offered(reading: &Reading) -> Vec<Registry> {
    let whole = reading.viewer().ceiling().is_none();
    let own = |r: &&Registry| whole && reading.viewer().has(Role::Controller, Some(r.id));
    reading.house.registries().into_iter().filter(own).cloned().collect()
}

fn address(id: ObjectId) -> String {
    format!("{PATH}/{id}")
}

/// The workbooks of the reader, and the form for one more.
pub async fn list(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let mut sent = Sent::default();
    if let [only] = offered(&reading).as_slice() {
        sent.push("registry", only.code.clone());
    }
    list_page(say, &reading, &signed, &sent, &Wrong::default()).await
}

async fn list_page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    sent: &Sent,
    wrong: &Wrong,
) -> Result<Response, WebError> {
    let registries = offered(reading);
    if registries.is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let all = reading.office().takeovers(signed.open.person).await?;
    let names = words::registry_choices(say, &registries);
    let title = say.t("old-title");
    let [registry, file, go, hint] =
        ["form-registry", "old-file", "old-open", "old-file-hint"].map(|key| say.t(key));
    let lines = [("registry", registry.as_str()), ("content", file.as_str())];
    let frame =
        Form { action: PATH, token: Some(&signed.form_token), command: None, files: true, guard: false };
    let body = html! {
        (wrong.shown(say, &lines))
        (crumbs(say, &[Crumb { label: &say.t("register-title"), href: "/register" }]))
        (heading(&title, &html! { p { (say.t("old-text")) } }))
        (card(&say.t("old-new"), &form(frame, &html! {
            (Field::new("registry", &registry).value(sent.get("registry")).error(wrong.at("registry")).select(say, &marking_form::choices(&names)))
            (Field::new("content", &file).hint(&hint).error(wrong.at("content")).file(say, false))
            (buttons(&[Button::main(&go)]))
            p.quiet { (say.t("old-example")) " " a href=(EXAMPLE) download { (say.t("old-example-link")) } }
        })))
        h2 { (say.t("old-mine")) }
        (mine(say, reading, &all))
    };
    let undetermined = !all.is_empty();
    let sheet = Sheet { undetermined, ..Sheet::plain(&title, PATH, Some(Section::Register), body) };
    Ok(frame::page(say, reading, &signed.form_token, sheet))
}

fn mine(say: Voice<'_>, reading: &Reading, all: &[Takeover]) -> Markup {
    let heads = ["document-file", "column-registry", "column-state", "old-came"].map(|key| say.t(key));
    let [file, registry, state, came] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(file, Cell::Main),
        column(registry, Cell::Text),
        column(state, Cell::Text),
        column(came, Cell::Short),
    ];
    let rows: Vec<Row<'_>> = all
        .iter()
        .map(|one| Row {
            value: None,
            name: &one.content.file_name,
            strong: false,
            cells: vec![
                html! { a.lead href=(address(one.id)) { (one.content.file_name) } },
                html! { (words::registry_name(reading, one.registry, say)) },
                standing(say, one),
                html! { (shown::moment(say, reading, one.begun_at)) },
            ],
        })
        .collect();
    let (caption, title, would) = (say.t("old-mine"), say.t("old-none"), say.t("old-none-would"));
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &title, would: &would, begin: None },
        },
    )
}

fn standing(say: Voice<'_>, takeover: &Takeover) -> Markup {
    let progress = &takeover.progress;
    let words = say.t(&format!("old-state-{}", progress.state.as_str()));
    let tone = match progress.state {
        Standing::Done => Tone::Good,
        Standing::Stopped => Tone::Soon,
        Standing::Open | Standing::Running => Tone::Plain,
    };
    html! {
        (chip(tone, &words))
        @if progress.total > 0 {
            " " span.quiet { (say.tr("old-of", &[("done", number(progress.done)), ("total", number(progress.total))])) }
        }
    }
}

fn number(n: usize) -> office::texts::Arg {
    u64::try_from(n).unwrap_or(u64::MAX).into()
}

/// Takes a workbook in.
pub async fn open(
    State(app): State<App>,
    asked: Speaking,
    signed: Signed,
    mut request: Request,
) -> Result<Response, WebError> {
    // Nothing is read open while a file comes in.
    let reading = app.office.read_as(&signed.open).await?;
    let offered: Vec<(String, RegistryId)> = offered(&reading).into_iter().map(|r| (r.code, r.id)).collect();
    drop(reading);
    if offered.is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    DefaultBodyLimit::max(LARGEST).apply(&mut request);
    let multipart =
        Multipart::from_request(request, &app).await.map_err(|_| WebError::page(Code::RequestForm))?;
    let Received { sent, upload, refusal } =
        receiving::receive(&app, &signed, &receiving::of_form(&offered), multipart).await?;
    let registry = offered.iter().find(|(code, _)| code == sent.get("registry")).map(|(_, id)| *id);
    let texts = app.texts.clone();
    let mut wrong = Wrong::default();
    let said = asked.voice(&app);
    match (registry, upload, refusal) {
        (_, _, Some(refusal)) => wrong.on(said, "content", &refusal),
        (None, ..) => wrong.add(said, "registry", Code::Required),
        (_, None, _) => wrong.add(said, "content", Code::Required),
        (Some(registry), Some(upload), None) => {
            let reading = app.office.read_as(&signed.open).await?;
            let begin = settings::begin(asked.voice_for(&app, &reading), &reading);
            drop(reading);
            let command = app.office.new_command();
            match app.office.open_takeover(signed.open.person, command, registry, upload, begin).await {
                Ok(id) => return Ok(Redirect::to(&address(id)).into_response()),
                Err(Failure::Refused(refusal)) => wrong.on(texts.voice(said.language()), "content", &refusal),
                Err(failure) => return Err(failure.into()),
            }
        }
    }
    let reading = app.office.read_as(&signed.open).await?;
    let say = asked.voice_for(&app, &reading);
    let page = list_page(say, &reading, &signed, &sent, &wrong).await?;
    Ok(refused(page, Code::Required))
}

/// A workbook of the reader, for whoever may still register from it.
async fn mine_of(reading: &Reading, signed: &Signed, asked: &str) -> Result<Takeover, WebError> {
    let offered = offered(reading);
    if offered.is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let takeover = reading.office().takeover(signed.open.person, id(asked)?).await?;
    match offered.iter().any(|r| r.id == takeover.registry) {
        true => Ok(takeover),
        false => Err(WebError::page(Code::NotFound)),
    }
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

/// What is listed, as comma-separated values.
pub async fn values(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asked_id, &asking).await?;
    Ok(export::values(list, &name))
}

/// The same as a workbook.
pub async fn workbook(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asked_id, &asking).await?;
    export::workbook(list, &name).await
}

async fn exported(
    visit: Visit,
    asked_id: &str,
    asking: &Asking,
) -> Result<(String, export::Ready), WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let language = asked.voice_for(&app, &reading).language();
    let takeover = mine_of(&reading, &signed, asked_id).await?;
    let look = reading.look_at(takeover).await?;
    let say = app.texts.voice(language);
    let Ok(plan) = &look.plan else {
        let Err(why) = &look.plan else { return Err(WebError::page(Code::Conflict)) };
        return Err(Failure::from(settings::unusable(why)).into());
    };
    let show = tables::Show::of(&asking.show);
    let (heads, lines) = tables::exported(say, &reading, &look, plan, show);
    let texts = app.texts.clone();
    let name = format!("old-register-{}", show.as_str());
    Ok((name, export::Ready { reading, texts, language, heads, lines: Some(lines) }))
}

/// The refusal of something that is kept as its words need it.
fn words_of(say: Voice<'_>, refused: &office::takeover::Refused) -> (String, String) {
    let number = |value: &str| value.parse::<i64>().ok();
    let args: Vec<(&str, office::texts::Arg)> = refused
        .arguments
        .iter()
        .map(|(name, value)| {
            let arg = match number(value).filter(|_| !matches!(name.as_str(), "year" | "reference" | "date"))
            {
                Some(n) => n.into(),
                None => value.as_str().into(),
            };
            (name.as_str(), arg)
        })
        .collect();
    let shown = crate::look::Refusal { code: &refused.code, args: &args };
    (shown.words(say), shown.remedy(say))
}
