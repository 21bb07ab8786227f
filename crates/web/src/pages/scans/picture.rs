//! One page of a scan, large; and the pictures of pages. They are made by the limited child, and given out as pictures and as
//! nothing else.

use axum::{
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use maud::html;
use registry::{Code, ObjectId};
use serde::Deserialize;

use super::{PATH, address, number, one::changes_alone};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Section, buttons, crumbs, heading},
    pages::{
        tray::PATH as TRAY,
        visit::{Visit, id},
    },
};

/// What is asked of a picture.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    large: String,
}

fn place(page: &str) -> Result<usize, WebError> {
    id::<usize>(page)?.checked_sub(1).ok_or(WebError::page(Code::NotFound))
}

/// A page of a scan, large.
pub async fn page(visit: Visit, Path((name, page)): Path<(String, String)>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    if reading.trays().is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let page = place(&page)?;
    let scan = reading.scan(id::<ObjectId>(&name)?).await?.ok_or(WebError::page(Code::ScanSettled))?;
    let seen = scan.seen.get(page).ok_or(WebError::page(Code::NotFound))?;
    let (own, pages) = (address(&scan), scan.seen.len());
    let called = say.tr("scans-page", &[("n", number(page + 1))]);
    let order: Vec<usize> = scan.plan.pages().map(|placed| placed.page).collect();
    let at = order.iter().position(|one| *one == page);
    let near =
        |to: Option<usize>| to.and_then(|at| order.get(at)).map(|page| format!("{own}/pages/{}", page + 1));
    let (before, after) = (near(at.and_then(|at| at.checked_sub(1))), near(at.map(|at| at + 1)));
    let [previous, next, all] = ["scans-previous", "scans-next", "scans-all"].map(|key| say.t(key));
    let back = format!("{own}#page-{}", page + 1);
    let mut ways: Vec<Button<'_>> = Vec::new();
    if let Some(before) = &before {
        ways.push(Button::plain(&previous).to(before));
    }
    if let Some(after) = &after {
        ways.push(Button::plain(&next).to(after));
    }
    ways.push(Button::plain(&all).to(&back));
    // Turned and left out as the plan says; the version keeps a browser from showing an older turn.
    let source = format!("{own}/pages/{}/picture?large=1&v={}", page + 1, scan.version);
    let (tray_title, scans_title) = (say.t("tray-title"), say.t("scans-title"));
    let steps = [
        Crumb { label: &tray_title, href: TRAY },
        Crumb { label: &scans_title, href: PATH },
        Crumb { label: scan.file_name(), href: &own },
    ];
    let of = say.tr("scans-page-of", &[("n", number(page + 1)), ("pages", number(pages))]);
    let body = html! {
        (crumbs(say, &steps))
        (heading(&called, &html! { p { (of) } }))
        (changes_alone(say, &signed.form_token, &scan, page, &called))
        (buttons(&ways))
        @if seen.picture.is_some() {
            p.leaf-large { img src=(source) alt=(called); }
        } @else {
            p { (say.t("scan-no-pictures")) }
        }
    };
    let title = format!("{called} · {}", scan.file_name());
    let sheet = Sheet { undetermined: true, ..Sheet::plain(&title, &path, Some(Section::Tray), body) };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The picture of a page: small as it came, or large as it is turned.
pub async fn picture(
    visit: Visit,
    Path((name, page)): Path<(String, String)>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, reading, .. } = visit;
    if reading.trays().is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    // Nothing is read open while a page is drawn.
    drop(reading);
    let (id, page) = (id::<ObjectId>(&name)?, place(&page)?);
    let picture = if asking.large.is_empty() {
        app.office.scan_picture(&signed.open, id, page).await?
    } else {
        app.office.scan_page(&signed.open, id, page).await?
    };
    Ok(jpeg(picture.ok_or(WebError::page(Code::NotFound))?))
}

/// A picture as it is given out: as a picture and as nothing else, and kept by nobody.
pub fn jpeg(picture: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (headers, picture).into_response()
}
