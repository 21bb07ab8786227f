//! What a formal message says of its handling, as forms ask for it and pages show it; and the note that somebody takes of one
//! that rings. Decides nothing.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{Failure, texts::Voice};
use registry::{
    Command, DocumentId,
    formal::{Formal, Precedence},
};
use store::{Visible, visible::DocumentView};

use crate::{
    answer::WebError,
    look::{Field, Tone, Width, chip},
    pages::{
        marking_form,
        visit::{Posted, Sent, id},
    },
};

/// The fields of a form.
pub fn fields<'a>(say: Voice<'_>, sent: &Sent, field: &dyn Fn(&'static str) -> Field<'a>) -> Markup {
    let choices: Vec<(String, String)> =
        Precedence::ALL.iter().rev().map(|p| (p.as_str().to_owned(), words(say, *p))).collect();
    let open = ["precedence", "info_precedence", "dtg"].iter().any(|name| !sent.get(name).is_empty());
    let hint = say.t("form-dtg-hint");
    html! {
        details open[open] {
            summary { (say.t("form-formal")) }
            div.pair {
                (field("precedence").optional().select(say, &marking_form::choices(&choices)))
                (field("info_precedence").optional().select(say, &marking_form::choices(&choices)))
            }
            (field("dtg").hint(&hint).optional().width(Width::Medium).text(say))
        }
    }
}

/// What the fields say.
pub fn typed(sent: &Sent) -> Formal {
    Formal {
        precedence: Precedence::named(sent.get("precedence")),
        info_precedence: Precedence::named(sent.get("info_precedence")),
        dtg: Some(sent.get("dtg").trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

/// Fills the fields.
pub fn fill(sent: &mut Sent, formal: &Formal) {
    for (name, precedence) in [("precedence", formal.precedence), ("info_precedence", formal.info_precedence)]
    {
        sent.push(name, precedence.map(Precedence::as_str).unwrap_or_default());
    }
    sent.push("dtg", formal.dtg.clone().unwrap_or_default());
}

/// A precedence in words.
pub fn words(say: Voice<'_>, precedence: Precedence) -> String {
    say.t(&format!("precedence-{}", precedence.as_str()))
}

/// The chip beside a paper's name; nothing where it has no precedence.
pub fn mark(say: Voice<'_>, formal: &Formal) -> Markup {
    let tone = if formal.rings() { Tone::Late } else { Tone::Plain };
    html! { @if let Some(precedence) = formal.precedence { " " (chip(tone, &words(say, precedence))) } }
}

/// Both precedences and the group, in one line; empty where nothing is said.
pub fn line(say: Voice<'_>, formal: &Formal) -> String {
    let action = formal.precedence.map(|p| words(say, p));
    let info = formal.info_precedence.map(|p| say.tr("formal-info", &[("precedence", words(say, p).into())]));
    [action, info, formal.dtg.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Takes note of a message that rings.
pub async fn note(Path(document): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let document: DocumentId = id(&document)?;
    let mut reading = posted.read().await?;
    let view: Visible<DocumentView> = reading.document(document).await?;
    let place = view.entry.registry;
    drop(reading);
    let command = Command::TakeNote { registry: place, document };
    let answer = posted.app.office.command(posted.sender(), posted.sent.command(&posted.app), command).await;
    match answer {
        Ok(_) => Ok(Redirect::to("/desk").into_response()),
        // Somebody was quicker: it rings no more, which is what was wanted.
        Err(Failure::Refused(refusal)) if refusal.code == registry::Code::NothingChanged => {
            Ok(Redirect::to("/desk").into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}
