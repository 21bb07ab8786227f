//! The keys: which do what, on every page and in lists; and the pages that the reader may open, with theirs.

use axum::response::Response;
use maud::{Markup, html};

use crate::{
    answer::WebError,
    frame::{self, Place, Sheet},
    look::{card, heading, kbd},
    pages::visit::Visit,
};

/// Keys that act on every page, with the texts that say what they do.
const EVERYWHERE: [(&str, &str); 8] = [
    ("/", "shell-search"),
    ("Ctrl K", "keys-palette"),
    ("?", "keys-this"),
    ("Ctrl Enter", "keys-send"),
    ("Shift U", "change-title"),
    ("Alt Shift U", "keys-change"),
    ("Tab", "keys-tab"),
    ("Esc", "keys-escape"),
];

/// Keys that act in a list.
const LISTS: [(&str, &str); 7] = [
    ("j", "palette-row-next"),
    ("k", "palette-row-previous"),
    ("Enter", "keys-open"),
    ("x", "keys-choose"),
    ("Shift", "keys-between"),
    ("h", "paging-previous"),
    ("l", "paging-next"),
];

fn keys(text: &str) -> Markup {
    html! { @for part in text.split(' ') { (kbd(part)) " " } }
}

/// The page.
pub async fn keys_page(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let list = |rows: &[(&str, &str)]| {
        html! {
            dl.facts.keys-list {
                @for (key, what) in rows { div { dt { (keys(key)) } dd { (say.t(what)) } } }
            }
        }
    };
    let places = frame::places(say, &reading);
    let to = |place: &Place| {
        html! {
            div { dt { @if let Some(key) = &place.key { (keys(key)) } } dd { a href=(place.href) { (place.label) } } }
        }
    };
    let title = say.t("keys-title");
    let body = html! {
        (heading(&title, &html! { p { (say.t("keys-text")) } }))
        div.cols.even {
            (card(&say.t("keys-everywhere"), &list(&EVERYWHERE)))
            (card(&say.t("keys-lists"), &list(&LISTS)))
            (card(&say.t("keys-pages"), &html! { dl.facts.keys-list { @for place in &places { (to(place)) } } }))
        }
    };
    Ok(frame::page(say, &reading, &signed.form_token, Sheet::plain(&title, &path, None, body)))
}
