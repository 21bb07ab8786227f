//! The form that brings scans, and the answer that says of each what became of it.

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    intake::Upload,
    scans::{Brought, Coming, plan::Blanks},
    texts::Voice,
    tray,
};
use registry::{Code, Refusal, document::Direction, house::Registry};

use super::{PATH, blanks, show};
use crate::{
    answer::WebError,
    app::App,
    look::{Button, Field, Form, Tone, Width, buttons, card, chip, form},
    pages::{
        bringing::{self, File, Received, Taking, chosen, receive, whose},
        marking_form,
        visit::{Sent, notice, refused, told},
    },
    signed::{Asked, Signed},
};

/// The form that brings scans.
pub(super) fn form_of(
    say: Voice<'_>,
    reading: &Reading,
    trays: &[Registry],
    token: &str,
    sent: &Sent,
) -> Markup {
    let blanks = blanks(say);
    let [files, hint, label, go] =
        ["scans-files", "scans-files-hint", "scans-blanks", "scans-go"].map(|key| say.t(key));
    let blank = chosen(sent, "blanks", Blanks::default().as_str());
    let frame = Form { action: PATH, token: Some(token), command: None, files: true, guard: false };
    let body = html! {
        (whose(say, trays, sent))
        (Field::new("blanks", &label).value(blank).width(Width::Medium).select(say, &marking_form::choices(&blanks)))
        div.drop { (Field::new("content", &files).hint(&hint).files(say, false)) }
        (buttons(&[Button::main(&go)]))
    };
    let largest = say.tr("scans-largest", &[("size", say.size(reading.office().largest()).into())]);
    card(&say.t("scans-bring"), &html! { (form(frame, &body)) p.quiet { (largest) } })
}

/// A file that came with the form.
type Came = bringing::Came<Brought>;

/// Takes scans in.
struct Scanning;

impl Taking for Scanning {
    type Outcome = Brought;
    const FILES: &'static [&'static str] = &["content"];
    const MANY: usize = 100;
    const FIELDS: usize = 100;

    fn place(_: &mut Sent, own: String) -> (String, String) {
        (String::new(), tray::place(&own).1)
    }

    async fn take(app: &App, signed: &Signed, file: File<'_>, upload: Upload) -> Result<Brought, Failure> {
        let coming = Coming {
            registry: file.registry,
            origin: file.name.to_owned(),
            direction: Direction::named(file.sent.get("direction")).unwrap_or(Direction::Incoming),
            blanks: Blanks::named(file.sent.get("blanks")).unwrap_or_default(),
            by: None,
        };
        app.office.bring_scan(&signed.open, coming, upload, None).await
    }
}

/// Takes scans in. One alone is shown as soon as its pages are; of several it is said what became of each.
pub async fn bring(
    State(app): State<App>,
    asked: Asked,
    signed: Signed,
    request: Request,
) -> Result<Response, WebError> {
    let Received { sent, came, .. } = receive::<Scanning>(&app, &signed, request).await?;
    if let [Came { outcome: Ok(Brought::Waits(id) | Brought::WaitsAlready(id)), .. }] = came.as_slice() {
        app.office.wait_for_scan(&signed.open, *id).await?;
        return Ok(Redirect::to(&format!("{PATH}/{id}")).into_response());
    }
    let mut reading = app.office.read_as(&signed.open).await?;
    let say = asked.voice_for(&app, &reading);
    let wrong = came.is_empty().then(|| Refusal::on("content", Code::Required));
    let code = match came.as_slice() {
        [Came { outcome: Err(refusal), .. }] => Some(refusal.code),
        _ => wrong.as_ref().map(|refusal| refusal.code),
    };
    let told = html! {
        @if let Some(refusal) = &wrong { (notice(say, refusal)) }
        @if !came.is_empty() {
            (card(&say.t("bring-each"), &html! { ul.stack { @for one in &came { (line(say, one)) } } }))
        }
    };
    let page = show(say, &mut reading, &signed.form_token, PATH, &sent, told).await?;
    Ok(match code {
        Some(code) => refused(page, code),
        None => page,
    })
}

/// What became of one file.
fn line(say: Voice<'_>, came: &Came) -> Markup {
    let (tone, state) = match &came.outcome {
        Ok(Brought::Waits(_)) => (Tone::Good, "bring-waits"),
        Ok(_) => (Tone::Plain, "bring-known"),
        Err(_) => (Tone::Late, "bring-refused"),
    };
    html! {
        li {
            div.row {
                @match &came.outcome {
                    Ok(Brought::Waits(id) | Brought::WaitsAlready(id)) => a href={ (PATH) "/" (id) } { (came.name) },
                    _ => strong { (came.name) },
                }
                (chip(tone, &say.t(state)))
            }
            @if let Err(refusal) = &came.outcome { p { (told(say, refusal)) } }
        }
    }
}
