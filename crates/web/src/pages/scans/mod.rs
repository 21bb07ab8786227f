//! Scans: those that wait to be divided into documents, the form that brings more, and the sheet that parts one paper from
//! the next in a scanner's feeder. Decides nothing; a scan's own page is in `one`.

mod one;
mod picture;

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    intake::LARGEST,
    scans::{Brought, Coming, Scan, Standing, folder::FolderStatus, plan::Blanks},
    texts::Voice,
    tray,
};
use registry::{Code, Refusal, document::Direction, house::Registry};

use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Crumb, Field, Form, Section, Tone, Width, buttons, card, chip, crumbs, form,
        heading_with_acts,
    },
    pages::{
        door::same_person,
        marking_form, registering, shown,
        tray::{PATH as TRAY, said_remedy, said_words},
        visit::{Sent, Visit, notice, refused, told},
    },
    signed::{Asked, Signed},
    words,
};
pub use one::{act, one};
pub use picture::{jpeg, page, picture};

/// Where they are.
pub const PATH: &str = "/scans";
/// Where the separator sheet is.
const SHEET: &str = "/scans/separator";
/// Most files of one form.
const MANY: usize = 100;
/// Most fields of the form that are no files.
const FIELDS: usize = 100;

/// The address of a scan.
fn address(scan: &Scan) -> String {
    format!("{PATH}/{}", scan.id)
}

/// A count for the texts.
fn number(n: usize) -> office::texts::Arg {
    u64::try_from(n).unwrap_or(u64::MAX).into()
}

/// The scans that wait.
pub async fn list(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    if reading.trays().is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    show(say, &mut reading, &signed.form_token, &path, &Sent::default(), html! {}).await
}

async fn show(
    say: Voice<'_>,
    reading: &mut Reading,
    token: &str,
    path: &str,
    sent: &Sent,
    came: Markup,
) -> Result<Response, WebError> {
    let trays = reading.trays();
    let (mut scans, mut folders) = (Vec::new(), Vec::new());
    for registry in &trays {
        scans.extend(reading.scans(registry.id).await?);
        folders.extend(reading.scan_folders(registry.id).await?);
    }
    scans.sort_by_key(|scan| (std::cmp::Reverse(scan.arrived), scan.id));
    let (title, tray_title, sheet) = (say.t("scans-title"), say.t("tray-title"), say.t("scans-sheet"));
    let beneath = html! { p { (say.tr("scans-total", &[("n", number(scans.len()))])) } };
    let body = html! {
        (crumbs(say, &[Crumb { label: &tray_title, href: TRAY }]))
        (heading_with_acts(&title, &beneath, &[Button::plain(&sheet).to(SHEET)]))
        (came)
        (card(&say.t("scans-waiting"), &lines(say, reading, &scans)))
        (bringing(say, reading, &trays, token, sent))
        (folder_states(say, reading, &folders))
    };
    // Nobody has marked what waits here.
    let sheet =
        Sheet { undetermined: !scans.is_empty(), ..Sheet::plain(&title, path, Some(Section::Tray), body) };
    Ok(frame::page(say, reading, token, sheet))
}

/// The scans that wait, for the page of the in-tray; nothing where none does.
pub async fn beside_tray(
    say: Voice<'_>,
    reading: &mut Reading,
    trays: &[Registry],
) -> Result<Markup, Failure> {
    let mut scans = Vec::new();
    for registry in trays {
        scans.extend(reading.scans(registry.id).await?);
    }
    let bring = say.t("scans-bring");
    Ok(card(
        &say.t("scans-title"),
        &html! {
            @if !scans.is_empty() { (lines(say, reading, &scans)) }
            (buttons(&[Button::plain(&bring).to(PATH)]))
        },
    ))
}

fn lines(say: Voice<'_>, reading: &Reading, scans: &[Scan]) -> Markup {
    let several = reading.trays().len() > 1;
    html! {
        @if scans.is_empty() {
            p { (say.t("scans-none")) }
        } @else {
            ul.stack.data-scans {
                @for scan in scans {
                    li {
                        div.row {
                            a.lead href=(address(scan)) { (scan.file_name()) }
                            (state(say, scan))
                            span.quiet { (shown::moment(say, reading, scan.arrived)) }
                            @if several { span.quiet { (words::registry_name(reading, scan.registry, say)) } }
                        }
                        div.quiet { (counted(say, scan)) @if !scan.origin.is_empty() { " · " (scan.origin) } }
                    }
                }
            }
        }
    }
}

/// Where a scan stands, in a word.
fn state(say: Voice<'_>, scan: &Scan) -> Markup {
    let (tone, key) = match scan.standing {
        Standing::Looking => (Tone::Plain, "scans-looking"),
        Standing::Making => (Tone::Plain, "scans-making"),
        _ if scan.seen.is_empty() => (Tone::Late, "scans-trouble"),
        _ => (Tone::Soon, "scans-open"),
    };
    chip(tone, &say.t(key))
}

/// How many pages a scan has and how many documents it would become.
fn counted(say: Voice<'_>, scan: &Scan) -> String {
    if scan.seen.is_empty() {
        return String::new();
    }
    let (pages, documents) = (scan.plan.pages().count(), scan.plan.documents().len());
    say.tr("scans-counted", &[("pages", number(pages)), ("documents", number(documents))])
}

/// The choices of what becomes of blank pages.
fn blanks(say: Voice<'_>) -> Vec<(String, String)> {
    Blanks::ALL
        .iter()
        .map(|way| (way.as_str().to_owned(), say.t(&format!("scans-blanks-{}", way.as_str()))))
        .collect()
}

/// The form that brings scans.
fn bringing(say: Voice<'_>, reading: &Reading, trays: &[Registry], token: &str, sent: &Sent) -> Markup {
    let registries: Vec<(String, String)> = trays
        .iter()
        .map(|registry| (registry.code.clone(), registry.names.in_language(say.language().tag()).to_owned()))
        .collect();
    let directions: Vec<(String, String)> = Direction::ALL
        .iter()
        .map(|way| (way.as_str().to_owned(), say.t(&format!("kind-{}", way.as_str()))))
        .collect();
    let blanks = blanks(say);
    let [registry, direction, files, hint, label, go] =
        ["form-registry", "form-direction", "scans-files", "scans-files-hint", "scans-blanks", "scans-go"]
            .map(|key| say.t(key));
    let chosen = |name: &str, first: &str| match sent.get(name) {
        "" => first.to_owned(),
        value => value.to_owned(),
    };
    let here = chosen("registry", registries.first().map_or("", |(code, _)| code));
    let way = chosen("direction", Direction::Incoming.as_str());
    let blank = chosen("blanks", Blanks::default().as_str());
    let frame = Form { action: PATH, token: Some(token), command: None, files: true, guard: false };
    let body = html! {
        @if registries.len() > 1 {
            (Field::new("registry", &registry).value(&here).width(Width::Medium).select(say, &marking_form::choices(&registries)))
        } @else {
            input type="hidden" name="registry" value=(here);
        }
        (Field::new("direction", &direction).value(&way).width(Width::Medium).select(say, &marking_form::choices(&directions)))
        (Field::new("blanks", &label).value(&blank).width(Width::Medium).select(say, &marking_form::choices(&blanks)))
        div.drop { (Field::new("content", &files).hint(&hint).files(say, false)) }
        (buttons(&[Button::main(&go)]))
    };
    let largest = say.tr("scans-largest", &[("size", say.size(reading.office().largest()).into())]);
    card(&say.t("scans-bring"), &html! { (form(frame, &body)) p.quiet { (largest) } })
}

/// How it stands with the scan folders.
fn folder_states(say: Voice<'_>, reading: &Reading, folders: &[FolderStatus]) -> Markup {
    html! {
        @if !folders.is_empty() {
            (card(&say.t("scan-folder-title"), &html! {
                ul.stack {
                    @for one in folders {
                        li {
                            strong { (one.name) } " "
                            @if one.said.is_empty() { (chip(Tone::Good, &say.t("mailbox-well"))) }
                            @else { (chip(Tone::Late, &say.t("mailbox-trouble"))) }
                            div.quiet {
                                @match one.read_at {
                                    Some(at) => (say.tr("scan-folder-read", &[("when", shown::moment(say, reading, at).into())])),
                                    None => (say.t("mailbox-never")),
                                }
                            }
                            @for said in &one.said { p { (said_words(say, said)) " " (said_remedy(say, said)) } }
                        }
                    }
                }
            }))
        }
    }
}

/// A file that came with the form, and what became of it.
struct Came {
    name: String,
    outcome: Result<Brought, Refusal>,
}

/// Takes scans in. One alone is shown as soon as its pages are; of several it is said what became of each.
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

/// Takes the form in: the token first, then the settings, then the files.
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
        if name != "content" {
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
        let (_, name) = tray::place(&own);
        if came.len() >= MANY {
            let outcome = Err(Refusal::on("content", Code::TooLong).with("limit", MANY));
            came.push(Came { name, outcome });
            break;
        }
        let coming = Coming {
            registry,
            origin: name.clone(),
            direction: Direction::ALL
                .into_iter()
                .find(|way| way.as_str() == sent.get("direction"))
                .unwrap_or(Direction::Incoming),
            blanks: Blanks::named(sent.get("blanks")).unwrap_or_default(),
            by: None,
        };
        let outcome = match registering::content(app, registry, &name, &mut field).await {
            Ok(upload) => app.office.bring_scan(&signed.open, coming, upload, None).await,
            Err(failure) => Err(failure),
        };
        let outcome = match outcome {
            Ok(brought) => Ok(brought),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(failure) => return Err(failure.into()),
        };
        came.push(Came { name, outcome });
    }
    if proved { Ok((sent, came)) } else { Err(WebError::page(Code::Forbidden)) }
}

/// The sheet that is laid between two papers, to be printed: a code that a scan is divided at, and words for people in both
/// languages.
pub async fn separator(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, reading } = visit;
    let say = asked.voice_for(&app, &reading);
    if reading.trays().is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let (title, tray_title, scans_title) = (say.t("scans-sheet"), say.t("tray-title"), say.t("scans-title"));
    let (width, dots) = office::scans::sheet();
    let dark: String = dots
        .iter()
        .enumerate()
        .filter(|(_, dot)| **dot)
        .map(|(at, _)| format!("M{} {}h1v1h-1z", at % width.max(1) + 4, at / width.max(1) + 4))
        .collect();
    let side = width + 8;
    let body = html! {
        (crumbs(say, &[Crumb { label: &tray_title, href: TRAY }, Crumb { label: &scans_title, href: PATH }]))
        div.screen-only {
            h1 { (title) }
            p { (say.t("scans-sheet-how")) }
            p.foot { button.button.main type="button" data-print data-needs-script { (say.t("scans-sheet-print")) } }
        }
        section.separator aria-label=(title) {
            p.words lang="en" { (app.texts.voice(office::texts::Language::En).t("scans-sheet-words")) }
            svg viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(say.t("scans-sheet-code")) {
                rect width=(side) height=(side) fill="#fff" {}
                path d=(dark) fill="#000" {}
            }
            p.words lang="fr" { (app.texts.voice(office::texts::Language::Fr).t("scans-sheet-words")) }
        }
    };
    Ok(frame::page(say, &reading, &signed.form_token, Sheet::plain(&title, &path, Some(Section::Tray), body)))
}
