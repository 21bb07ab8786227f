//! The sheet that parts one paper from the next in a scanner's feeder.

use axum::response::Response;
use maud::html;
use office::texts::Language;
use registry::Code;

use super::PATH as SCANS;
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Crumb, Section, crumbs},
    pages::{tray::PATH as TRAY, visit::Visit},
};

/// Where the separator sheet is.
pub(super) const PATH: &str = "/scans/separator";

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
        (crumbs(say, &[Crumb { label: &tray_title, href: TRAY }, Crumb { label: &scans_title, href: SCANS }]))
        div.screen-only {
            h1 { (title) }
            p { (say.t("scans-sheet-how")) }
            p.foot { button.button.main type="button" data-print data-needs-script { (say.t("scans-sheet-print")) } }
        }
        section.separator aria-label=(title) {
            p.words lang="en" { (app.texts.voice(Language::En).t("scans-sheet-words")) }
            svg viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(say.t("scans-sheet-code")) {
                rect width=(side) height=(side) fill="#fff" {}
                path d=(dark) fill="#000" {}
            }
            p.words lang="fr" { (app.texts.voice(Language::Fr).t("scans-sheet-words")) }
        }
    };
    Ok(frame::page(say, &reading, &signed.form_token, Sheet::plain(&title, &path, Some(Section::Tray), body)))
}
