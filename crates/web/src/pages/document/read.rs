//! A document as it is read: its text under its marking, or why there is none, with what one wants to know while reading.

use maud::{Markup, html};
use office::{Reading, content::TextShown, texts::Voice};
use registry::document::ReadingOutcome;
use store::visible::{DocumentView, InsideView, VersionView};

use super::{
    around::{Around, correct_button, entry_facts, listed},
    versions::file_address,
};
use crate::{
    look::{Button, Empty, PageView, buttons, card, empty, page_view},
    pages::{enclosures, old, record},
    words::{self, Marked},
};

/// The text, with what one wants to know while reading it.
pub(super) fn read(
    say: Voice<'_>,
    reading: &Reading,
    view: &DocumentView,
    inside: &InsideView,
    text: Option<&TextShown>,
    around: &Around<'_>,
) -> Markup {
    let language = words::document_language(view.entry.language.as_deref(), say);
    let marked = Marked::of(view.entry.label.as_ref(), &reading.house.policies, say, language);
    let newest = inside.versions.first();
    let href = newest.map(|v| file_address(view.entry.document, v));
    let download = say.t("document-download");
    let given_out = newest.is_some_and(|v| v.reading != ReadingOutcome::Quarantined);
    html! {
        div.cols {
            div {
                @if newest.is_some_and(|v| v.reading == ReadingOutcome::Recognised) {
                    p.notice { (say.t("reading-recognised")) }
                }
                @match text {
                    Some(text) => {
                        (record::unprinted(say, around.accountable, &page_view(say, &PageView {
                            marking: Some(marked.as_marking()),
                            text: &text.text,
                            hits: &[],
                            language,
                            lines_matter: matches!(view.entry.kind.as_deref(), Some("message" | "telegram")),
                        })))
                        @if text.cut { p.foot.quiet { (say.t("document-text-cut")) } }
                    },
                    None => (without_text(say, view, newest)),
                }
            }
            aside.stack {
                @if let Some(href) = href.as_deref().filter(|_| given_out) {
                    @if around.copies {
                        (buttons(&[Button::plain(&download).to(href).key("d")]))
                    } @else {
                        p.quiet { a href={ "/documents/" (view.entry.document) "/record" } { (say.t("record-copies-need")) } }
                    }
                }
                (correct_button(say, reading, view))
                (around.worked)
                (around.related.beside(say, view))
                (enclosures::attached(say, view.entry.document, newest))
                (old::told(say, inside))
                (around.filed)
                (card(&say.t("document-entry"), &listed(&entry_facts(say, reading, view, inside, around))))
            }
        }
    }
}

/// Why there is no text to be shown.
fn without_text(say: Voice<'_>, view: &DocumentView, newest: Option<&VersionView>) -> Markup {
    let (title, would) = match (newest, &view.entry.held_elsewhere) {
        (None, Some(place)) => (
            say.t("document-elsewhere"),
            say.tr("document-elsewhere-text", &[("place", place.as_str().into())]),
        ),
        (Some(version), _) => (say.t("document-no-text"), outcome(say, version.reading)),
        (None, None) => (say.t("document-no-text"), String::new()),
    };
    html! { div.card.list { (empty(&Empty { title: &title, would: &would, begin: None })) } }
}

/// What the reader could do with a file, in words.
fn outcome(say: Voice<'_>, outcome: ReadingOutcome) -> String {
    match outcome {
        ReadingOutcome::Text => say.t("reading-text"),
        ReadingOutcome::Recognised => say.t("reading-recognised"),
        ReadingOutcome::NoText => say.t("reading-no-text"),
        ReadingOutcome::Encrypted => say.t("document-text-encrypted"),
        ReadingOutcome::Damaged => say.t("document-text-damaged"),
        ReadingOutcome::OverLimit => say.t("document-text-limits"),
        ReadingOutcome::Mislabelled => say.t("document-text-mislabelled"),
        ReadingOutcome::Quarantined => say.t("document-quarantined"),
        ReadingOutcome::NotRead => say.t("reading-not-read"),
    }
}
