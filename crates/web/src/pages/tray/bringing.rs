//! Files brought into the in-tray, several at once or a folder of them: the place on the page where they are dropped, and
//! the answer that says of each what became of it. A program of the page may send them one by one: the answer is the same.

use axum::{
    extract::{Request, State},
    response::Response,
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    intake::Upload,
    texts::Voice,
    tray::{self, Dropped},
};
use registry::{Code, ObjectId, Refusal, document::Direction, house::Registry};

use super::PATH;
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Crumb, Field, Form, Section, Tone, buttons, card, chip, crumbs, form, heading, reference_link,
    },
    pages::{
        bringing::{self, File, Received, Taking},
        draft,
        visit::{Sent, notice, refused, told},
    },
    signed::{Asked, Signed},
};

/// Where they are sent.
const BRING: &str = "/tray/files";

/// The place where files are dropped, for the trays of the reader. `sent`: what had been chosen before.
pub fn place(say: Voice<'_>, reading: &Reading, trays: &[Registry], token: &str, sent: &Sent) -> Markup {
    if trays.is_empty() {
        return html! {};
    }
    let [files, folder, hint, go] =
        ["bring-files", "bring-folder", "bring-hint", "bring-go"].map(|key| say.t(key));
    let frame = Form { action: BRING, token: Some(token), command: None, files: true, guard: false };
    let body = html! {
        (bringing::whose(say, trays, sent))
        div.drop {
            (Field::new("content", &files).hint(&hint).files(say, false))
            (Field::new("folder", &folder).optional().files(say, true))
            p data-needs-script { (say.t("bring-drop")) }
        }
        (buttons(&[Button::main(&go)]))
    };
    let largest = reading.office().largest();
    html! {
        section id="bring" data-bring data-largest=(largest)
            data-of=(say.tr("bring-of", &[("done", "{done}".into()), ("total", "{total}".into())])) data-done=(say.t("bring-done")) data-failed=(say.t("bring-failed"))
            data-left-out=(say.tr("bring-left-out", &[("n", "{n}".into())])) data-over=(said_over(say, largest)) data-show=(say.t("bring-show"))
            data-list=(PATH) {
            (card(&say.t("bring-title"), &html! {
                (form(frame, &body))
                div data-bringing hidden {
                    progress value="0" max="1" aria-label=(say.t("bring-title")) {}
                    p data-bring-count role="status" {}
                    ul.stack data-brought {}
                }
            }))
        }
    }
}

/// Why a file is not even sent.
fn said_over(say: Voice<'_>, largest: u64) -> String {
    told(say, &Refusal::on("content", Code::OverSize).with("limit", largest))
}

/// A file that came with the form.
type Came = bringing::Came<Dropped>;

/// Puts files into the tray.
struct Dropping;

impl Taking for Dropping {
    type Outcome = Dropped;
    const FILES: &'static [&'static str] = &["content", "folder"];
    // A folder of more is sent one by one by the program of the page.
    const MANY: usize = 1_000;
    const FIELDS: usize = 3 * Self::MANY;

    fn place(sent: &mut Sent, own: String) -> (String, String) {
        // A program says where the file lay; a browser without one says it in the file's name.
        let path = if sent.get("path").is_empty() { own } else { sent.get("path").to_owned() };
        sent.set("path", String::new());
        tray::place(&path)
    }

    async fn take(app: &App, signed: &Signed, file: File<'_>, upload: Upload) -> Result<Dropped, Failure> {
        let way = Direction::named(file.sent.get("direction")).unwrap_or(Direction::Incoming);
        app.office.tray_drop(&signed.open, file.registry, file.folder, way, (upload, None)).await
    }
}

/// Takes files in, one after the other, and says of each what became of it.
pub async fn bring(
    State(app): State<App>,
    asked: Asked,
    signed: Signed,
    request: Request,
) -> Result<Response, WebError> {
    let Received { trays, sent, came } = bringing::receive::<Dropping>(&app, &signed, request).await?;
    let reading = app.office.read_as(&signed.open).await?;
    let say = asked.voice_for(&app, &reading);
    let title = say.t("bring-came");
    let tray_title = say.t("tray-title");
    let wrong = came.is_empty().then(|| Refusal::on("content", Code::Required));
    let body = html! {
        (crumbs(say, &[Crumb { label: &tray_title, href: PATH }]))
        @if let Some(refusal) = &wrong { (notice(say, refusal)) }
        (heading(&title, &html! { p { (counted(say, &came)) } }))
        @if !came.is_empty() {
            (card(&say.t("bring-each"), &html! { ul.stack data-came { @for one in &came { (line(say, one)) } } }))
            p { a.button href=(PATH) { (say.t("bring-show")) } }
        }
        (place(say, &reading, &trays, &signed.form_token, &sent))
    };
    // Names of files are told as they are; nobody has marked them yet.
    let sheet = Sheet { undetermined: true, ..Sheet::plain(&title, PATH, Some(Section::Tray), body) };
    let page = frame::page(say, &reading, &signed.form_token, sheet);
    // Where files came the answer is what became of each, whatever that is.
    Ok(match wrong {
        Some(refusal) => refused(page, refusal.code),
        None => page,
    })
}

/// How many of the files wait, were known, were refused.
fn counted(say: Voice<'_>, came: &[Came]) -> String {
    let of = |which: &dyn Fn(&Came) -> bool| {
        u64::try_from(came.iter().filter(|one| which(one)).count()).unwrap_or(u64::MAX)
    };
    let waits = of(&|one| matches!(one.outcome, Ok(Dropped::Waits(_))));
    let refused = of(&|one| one.outcome.is_err());
    let known = of(&|one| one.outcome.is_ok()).saturating_sub(waits);
    let mut told = vec![say.tr("bring-n-waits", &[("n", waits.into())])];
    for (key, n) in [("bring-n-known", known), ("bring-n-refused", refused)] {
        if n > 0 {
            told.push(say.tr(key, &[("n", n.into())]));
        }
    }
    told.join(" ")
}

/// What became of one file.
fn line(say: Voice<'_>, came: &Came) -> Markup {
    let (tone, state) = match &came.outcome {
        Ok(Dropped::Waits(_)) => (Tone::Good, "bring-waits"),
        Ok(_) => (Tone::Plain, "bring-known"),
        Err(_) => (Tone::Late, "bring-refused"),
    };
    let form = |item: &ObjectId| format!("{}?item={item}", draft::PATH);
    html! {
        li data-waits[matches!(came.outcome, Ok(Dropped::Waits(_)))] {
            div.row {
                @match &came.outcome {
                    Ok(Dropped::Waits(item) | Dropped::WaitsAlready(item)) => a href=(form(item)) { (came.name) },
                    _ => strong { (came.name) },
                }
                (chip(tone, &say.t(state)))
                @if !came.folder.is_empty() { span.quiet { (came.folder) } }
            }
            @match &came.outcome {
                Ok(Dropped::Waits(_)) => {},
                Ok(Dropped::WaitsAlready(_)) => p { (say.t("bring-waits-already")) },
                Ok(Dropped::Registered(document, reference)) => p {
                    (say.t("bring-registered")) " " (reference_link(reference, &format!("/documents/{document}")))
                },
                Ok(Dropped::Dismissed) => p {
                    (say.t("bring-dismissed")) " "
                    a href={ (PATH) "?view=dismissed" } { (say.t("tray-dismissed")) }
                },
                Err(refusal) => p { (told(say, refusal)) },
            }
        }
    }
}
