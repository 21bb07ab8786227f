//! Files brought into the in-tray, several at once or a folder of them: the place on the page where they are dropped, and
//! the answer that says of each what became of it. A program of the page may send them one by one: the answer is the same.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State},
    response::Response,
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    intake::LARGEST,
    texts::Voice,
    tray::{self, Dropped},
};
use registry::{Code, Refusal, document::Direction, house::Registry};

use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Crumb, Field, Form, Section, Tone, Width, buttons, card, chip, crumbs, form, heading,
        reference_link,
    },
    pages::{
        door::same_person,
        draft, marking_form, registering,
        tray::PATH,
        visit::{Sent, notice, refused, told},
    },
    signed::{Asked, Signed},
};

/// Where they are sent.
const BRING: &str = "/tray/files";
/// Most files of one form. A folder of more is sent one by one by the program of the page.
const MANY: usize = 1_000;
/// Most fields of the form that are no files.
const FIELDS: usize = 3 * MANY;

/// The place where files are dropped, for the trays of the reader. `sent`: what had been chosen before.
pub fn place(say: Voice<'_>, reading: &Reading, trays: &[Registry], token: &str, sent: &Sent) -> Markup {
    if trays.is_empty() {
        return html! {};
    }
    let registries: Vec<(String, String)> = trays
        .iter()
        .map(|registry| (registry.code.clone(), registry.names.in_language(say.language().tag()).to_owned()))
        .collect();
    let directions: Vec<(String, String)> = Direction::ALL
        .iter()
        .map(|way| (way.as_str().to_owned(), say.t(&format!("kind-{}", way.as_str()))))
        .collect();
    let [registry, direction, files, folder, hint, go] =
        ["form-registry", "form-direction", "bring-files", "bring-folder", "bring-hint", "bring-go"]
            .map(|key| say.t(key));
    let chosen = |name: &str, first: &str| match sent.get(name) {
        "" => first.to_owned(),
        value => value.to_owned(),
    };
    let here = chosen("registry", registries.first().map_or("", |(code, _)| code));
    let way = chosen("direction", Direction::Incoming.as_str());
    let frame = Form { action: BRING, token: Some(token), command: None, files: true, guard: false };
    let body = html! {
        @if registries.len() > 1 {
            (Field::new("registry", &registry).value(&here).width(Width::Medium).select(say, &marking_form::choices(&registries)))
        } @else {
            input type="hidden" name="registry" value=(here);
        }
        (Field::new("direction", &direction).value(&way).width(Width::Medium).select(say, &marking_form::choices(&directions)))
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

/// A file that came with the form, and what became of it.
struct Came {
    folder: String,
    name: String,
    outcome: Result<Dropped, Refusal>,
}

/// Takes files in, one after the other, and says of each what became of it.
pub async fn bring(
    State(app): State<App>,
    asked: Asked,
    signed: Signed,
    mut request: Request,
) -> Result<Response, WebError> {
    // Nothing is read open while files come in, which may take minutes.
    let trays = app.office.read_as(&signed.open).await?.trays();
    if trays.is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let room = usize::try_from(LARGEST).unwrap_or(usize::MAX).saturating_add(16 << 20);
    DefaultBodyLimit::max(room).apply(&mut request);
    let parts =
        Multipart::from_request(request, &app).await.map_err(|_| WebError::page(Code::RequestForm))?;
    let (sent, came) = receive(&app, &signed, &trays, parts).await?;

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

/// Takes the form in, field by field. The token comes first, and nothing is kept before it; the registry comes before
/// the files, and each is sealed for it while it comes.
async fn receive(
    app: &App,
    signed: &Signed,
    trays: &[Registry],
    mut parts: Multipart,
) -> Result<(Sent, Vec<Came>), WebError> {
    let (mut sent, mut came, mut proved) = (Sent::default(), Vec::new(), false);
    loop {
        let Ok(next) = parts.next_field().await else {
            came.push(Came {
                folder: String::new(),
                name: String::new(),
                outcome: Err(Refusal::on("content", Code::TruncatedUpload)),
            });
            break;
        };
        let Some(mut field) = next else { break };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "token" {
            same_person(signed, &registering::words(&mut field).await?)?;
            proved = true;
            continue;
        }
        if !proved {
            return Err(WebError::page(Code::Forbidden));
        }
        if !matches!(name.as_str(), "content" | "folder") {
            if sent.len() >= FIELDS {
                return Err(WebError::page(Code::RequestForm));
            }
            let words = registering::words(&mut field).await?;
            sent.set(&name, words);
            continue;
        }
        let own = field.file_name().unwrap_or_default().to_owned();
        if own.is_empty() {
            continue;
        }
        let code = sent.get("registry");
        let registry = trays.iter().find(|tray| tray.code == code).ok_or(WebError::page(Code::NotFound))?.id;
        // A program says where the file lay; a browser without one says it in the file's name.
        let path = if sent.get("path").is_empty() { own } else { sent.get("path").to_owned() };
        sent.set("path", String::new());
        let (folder, name) = tray::place(&path);
        if came.len() >= MANY {
            let outcome = Err(Refusal::on("content", Code::TooLong).with("limit", MANY));
            came.push(Came { folder, name, outcome });
            break;
        }
        let way = Direction::ALL.into_iter().find(|way| way.as_str() == sent.get("direction"));
        let way = way.unwrap_or(Direction::Incoming);
        let outcome = match registering::content(app, registry, &name, &mut field).await {
            Ok(upload) => app.office.tray_drop(&signed.open, registry, &folder, way, (upload, None)).await,
            Err(failure) => Err(failure),
        };
        let outcome = match outcome {
            Ok(dropped) => Ok(dropped),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(failure) => return Err(failure.into()),
        };
        came.push(Came { folder, name, outcome });
    }
    if proved { Ok((sent, came)) } else { Err(WebError::page(Code::Forbidden)) }
}

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
    let form = |item: &registry::ObjectId| format!("{}?item={item}", draft::PATH);
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
