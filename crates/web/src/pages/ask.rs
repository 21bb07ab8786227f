//! Asking the registry about what one could not open. Nothing is looked up, so that nothing is told by it.

use axum::response::Response;
use maud::html;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, button, reference},
    pages::visit::Posted,
};

/// Most of a typed reference that is shown again, in characters.
const SHOWN: usize = 200;

/// Says how to ask: questions are not carried by this release, and the page does not pretend that they are.
pub async fn ask(posted: Posted) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let typed: String = posted.sent.get("reference").trim().chars().take(SHOWN).collect();
    let (title, desk) = (say.t("ask-title"), say.t("refused-desk"));
    let body = html! {
        div.card.narrow {
            h1 { (title) }
            p { (say.t("ask-text")) }
            @if !typed.is_empty() { p { (say.t("ask-reference")) (say.t("colon")) " " (reference(&typed)) } }
            p.quiet { (say.t("ask-nothing")) }
            (button(&Button::main(&desk).to("/desk")))
        }
    };
    Ok(frame::page(say, &reading, &posted.signed.form_token, Sheet::plain(&title, "/desk", None, body)))
}
