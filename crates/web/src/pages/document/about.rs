//! All that is known of a document, with its history.

use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::{DocumentId, reference::ReferenceKind};
use store::visible::{DocumentView, InsideView};

use super::around::{Around, correct_button, entry_facts, listed, people};
use crate::{
    answer::WebError,
    frame,
    look::{card, reference, reference_link},
    pages::{
        history::{Named, history},
        old, shown,
    },
    words,
};

/// The corrections with the names of those who made them.
pub(super) async fn corrections(reading: &mut Reading, document: DocumentId) -> Result<Vec<Named>, WebError> {
    let mut named = Vec::new();
    for corrected in reading.history(document).await? {
        let name = reading.name_of(corrected.by).await?.unwrap_or_default();
        named.push((corrected, name));
    }
    Ok(named)
}

/// All that is known of it.
pub(super) fn about(
    say: Voice<'_>,
    reading: &Reading,
    view: &DocumentView,
    inside: &InsideView,
    around: &Around<'_>,
    corrections: &[Named],
) -> Markup {
    let house = &reading.house;
    let entry = &view.entry;
    let language = words::document_language(entry.language.as_deref(), say);
    let mut known: Vec<(String, Markup)> = vec![
        (say.t("column-reference"), reference(&entry.reference)),
        (say.t("document-registry"), html! { (words::registry_name(reading, entry.registry, say)) }),
        (say.t("form-direction"), html! { (say.t(&format!("kind-{}", entry.direction.as_str()))) }),
    ];
    if let Some(kind) = &entry.kind {
        known.push((say.t("column-kind"), html! { (words::kind(say, kind)) }));
    }
    known.push((say.t("document-dated"), shown::dated(say, entry)));
    known.push((say.t("document-marking"), shown::label(say, house, entry.label.as_ref(), language)));
    if entry.subject_label != entry.label {
        let subject = shown::label(say, house, entry.subject_label.as_ref(), language);
        known.push((say.t("document-subject-marking"), subject));
    }
    if let Some(code) = &entry.language {
        let name = say.maybe(&format!("language-{code}"), &[]).unwrap_or_else(|| code.clone());
        known.push((say.t("form-language"), html! { (name) }));
    }
    if !inside.need_to_know.is_empty() {
        let groups: Vec<String> = inside
            .need_to_know
            .iter()
            .map(|any| {
                let names = any.iter().filter_map(|g| house.group(*g));
                let names: Vec<String> =
                    names.map(|g| g.names.in_language(say.language().tag()).to_owned()).collect();
                names.join(" / ")
            })
            .collect();
        known.push((say.t("document-need-to-know"), people(&groups)));
    }
    known.extend(entry_facts(say, reading, view, inside, around));
    let others: Vec<_> = inside.references.iter().filter(|r| r.kind == ReferenceKind::Other).collect();
    if !others.is_empty() {
        let list = html! {
            @for other in others {
                div { (reference_link(&other.text, &format!("/search?q={}", frame::escaped(&other.text)))) }
            }
        };
        known.push((say.t("document-other-references"), list));
    }
    html! {
        div.cols {
            (card(&say.t("document-about"), &listed(&known)))
            aside.stack {
                (correct_button(say, reading, view))
                (old::told(say, inside))
                @if let Some(lacks) = around.lacks { (card(&say.t("quality-of-paper"), lacks)) }
                (around.worked)
                p { a href={ "/documents/" (entry.document) "/record" } { (say.t("record-title")) } }
                (around.filed)
                (card(&say.t("document-history"), &history(say, reading, view, inside, around.registrar, corrections)))
            }
        }
    }
}
