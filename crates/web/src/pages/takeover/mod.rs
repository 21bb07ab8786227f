//! Registers of old: the workbooks of the reader, and taking one in. Owns the way through these pages; [`one`](mod@one) owns the
//! page of a workbook, [`settings`] its form, [`tables`] what is listed.

mod export;
mod one;
mod settings;
mod tables;

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    takeover::{State as Standing, Takeover},
    texts::Voice,
};
use registry::{Code, ObjectId, RegistryId, authorisation::Role, house::Registry};

use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Field, Form, Paging, Row, Section, Table, Tone, buttons, card,
        chip, crumbs, form, heading, table,
    },
    pages::{
        marking_form,
        receiving::{self, Received},
        shown,
        visit::{Sent, Visit, Wrong, id, refused},
    },
    signed::{Asked as Speaking, Signed},
    words,
};

pub use export::{values, workbook};
pub use one::{Asking, act, one};
pub(crate) use tables::copy_words;

/// Where the list is.
pub const PATH: &str = "/register/old";
/// The register of old that one may try with.
const EXAMPLE: &str = "/assets/old-register.csv";
/// Largest request that brings a workbook (bytes).
const LARGEST: usize = 80 << 20;

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
