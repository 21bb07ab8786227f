//! Scans: those that wait to be divided into documents, and how it stands with the scan folders. Decides nothing. The form that
//! brings more, a scan's own page and the separator sheet stand beside this.

mod bringing;
mod one;
mod picture;
mod separator;

use axum::response::Response;
use maud::{Markup, html};
use office::{
    Failure, Reading,
    scans::{Scan, Standing, folder::FolderStatus, plan::Blanks},
    texts::Voice,
};
use registry::{Code, house::Registry};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Section, Tone, buttons, card, chip, crumbs, heading_with_acts},
    pages::{
        shown,
        tray::{PATH as TRAY, said_remedy, said_words},
        visit::{Sent, Visit},
    },
    words,
};
pub use bringing::bring;
pub use one::{act, one};
pub use picture::{jpeg, page, picture};
pub use separator::separator;

/// Where they are.
pub const PATH: &str = "/scans";

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
        (heading_with_acts(&title, &beneath, &[Button::plain(&sheet).to(separator::PATH)]))
        (came)
        (card(&say.t("scans-waiting"), &lines(say, reading, &scans)))
        (bringing::form_of(say, reading, &trays, token, sent))
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
