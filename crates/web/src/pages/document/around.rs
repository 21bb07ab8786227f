//! What stands around a document, whether it is read or looked up: who registered it, from and to whom it went, why the reader
//! sees it, the way to correct it.

use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::reference::ReferenceKind;
use store::visible::{DocumentView, InsideView};

use crate::{
    look::{Button, Fact, buttons, facts, reference},
    pages::{correcting, formal, relations::Related, shown},
};

/// What stands around a document: who registered it, why the reader sees it, what it is to others, where it is filed.
pub(super) struct Around<'a> {
    pub(super) registrar: &'a str,
    pub(super) why: &'a Markup,
    pub(super) related: &'a Related,
    pub(super) filed: &'a Markup,
    /// Since when it rings or rang, in words, where it does.
    pub(super) rung: Option<String>,
    pub(super) lacks: Option<&'a Markup>,
    pub(super) worked: &'a Markup,
    pub(super) accountable: bool,
    /// Whether a file of it would be given out to the reader.
    pub(super) copies: bool,
}

/// The way to the form of correction, for those who may correct.
pub(super) fn correct_button(say: Voice<'_>, reading: &Reading, view: &DocumentView) -> Markup {
    if !correcting::may_correct(reading, &view.entry) {
        return html! {};
    }
    let href = format!("/documents/{}/correct", view.entry.document);
    if view.entry.label.is_none() {
        let decide = say.t("document-decide-marking");
        return buttons(&[Button::main(&decide).to(&href).key("e")]);
    }
    let correct = say.t("document-correct");
    buttons(&[Button::plain(&correct).to(&href).key("e")])
}

/// The facts of an entry that every reader of a document wants.
pub(super) fn entry_facts(
    say: Voice<'_>,
    reading: &Reading,
    view: &DocumentView,
    inside: &InsideView,
    around: &Around<'_>,
) -> Vec<(String, Markup)> {
    let Around { registrar, why, rung, .. } = around;
    let mut known: Vec<(String, Markup)> = Vec::new();
    if !view.entry.formal.is_empty() {
        let words = formal::line(say, &view.entry.formal);
        let value = html! { (words) @if let Some(rung) = rung { div.quiet { (rung) } } };
        known.push((say.t("form-precedence"), value));
    }
    if let Some(from) = &view.entry.originator {
        known.push((say.t("document-from"), html! { (from) }));
    }
    if !inside.action.is_empty() {
        known.push((say.t("document-to"), people(&inside.action)));
    }
    if !inside.info.is_empty() {
        known.push((say.t("document-info"), people(&inside.info)));
    }
    let theirs: Vec<_> = inside.references.iter().filter(|r| r.kind == ReferenceKind::Originator).collect();
    if !theirs.is_empty() {
        let list = html! { @for other in theirs { div { (reference(&other.text)) } } };
        known.push((say.t("document-foreign-reference"), list));
    }
    if let Some(place) = &view.entry.held_elsewhere {
        known.push((say.t("document-elsewhere"), html! { (place) }));
    }
    known.push((
        say.t("document-registered-by"),
        html! { (registrar) div.quiet { (shown::moment(say, reading, view.entry.registered_at)) } },
    ));
    known.push((say.t("document-why"), (*why).clone()));
    known
}

/// Facts whose labels were made for them.
pub(super) fn listed(known: &[(String, Markup)]) -> Markup {
    let list: Vec<Fact<'_>> =
        known.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    facts(&list)
}

/// Names, one below the other.
pub(super) fn people(names: &[String]) -> Markup {
    html! { @for name in names { div { (name) } } }
}
