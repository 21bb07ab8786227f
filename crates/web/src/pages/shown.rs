//! How entries of the register, authorisations and moments stand on pages: one way for every list.

use label::{Clearance, Label};
use maud::{Markup, html};
use office::{
    Reading,
    texts::{Language, Voice},
};
use registry::{
    Timestamp,
    authorisation::{Grant, Role},
    document::ReadingOutcome,
    house::House,
};
use store::visible::{EntryView, SightMark};

use crate::{
    look::{Tone, chip, mark, reference_link},
    pages::formal,
    words::{self, Marked},
};

/// The labels under which what a list shows of an entry stands.
pub fn shown_of(house: &House, entry: &EntryView) -> Option<Label> {
    if entry.subject.is_some() {
        return entry.subject_label.clone();
    }
    entry.label.as_ref().and_then(|label| house.entry_label(label))
}

/// Whether anything of a list stands under no marking yet.
pub fn any_undetermined<'a>(entries: impl IntoIterator<Item = &'a EntryView>) -> bool {
    entries.into_iter().any(|entry| entry.label.is_none())
}

/// What the reader could do with a file, in a word or three.
pub fn reading_chip(say: Voice<'_>, reading: ReadingOutcome) -> Markup {
    let tone = match reading {
        ReadingOutcome::Text => Tone::Good,
        ReadingOutcome::Quarantined => Tone::Late,
        _ => Tone::Soon,
    };
    chip(tone, &say.t(&format!("reading-chip-{}", reading.as_str())))
}

/// Whether a clerk should know before he opens it that a file is not as it should be.
pub const fn in_trouble(reading: ReadingOutcome) -> bool {
    matches!(
        reading,
        ReadingOutcome::Encrypted
            | ReadingOutcome::Damaged
            | ReadingOutcome::OverLimit
            | ReadingOutcome::Mislabelled
            | ReadingOutcome::Quarantined
    )
}

/// What whoever registers a file ought to know of it, each in a word or three.
pub fn flags(say: Voice<'_>, flags: &[String]) -> Markup {
    html! {
        @for words in flags.iter().filter_map(|flag| say.maybe(&format!("flag-{flag}"), &[])) {
            " " (chip(Tone::Soon, &words))
        }
    }
}

/// The address of a document.
pub fn address(entry: &EntryView) -> String {
    format!("/documents/{}", entry.document)
}

/// The link that opens an entry: its subject, or that it may be handled and not read.
pub fn lead(say: Voice<'_>, entry: &EntryView) -> Markup {
    let language = words::document_language(entry.language.as_deref(), say);
    let foreign = (language != say.language()).then(|| language.tag());
    html! {
        @match &entry.subject {
            Some(subject) => a.lead href=(address(entry)) lang=[foreign] { (subject) },
            None => a.lead href=(address(entry)) { span.quiet { (say.t("register-handle-only")) } },
        }
        (formal::mark(say, &entry.formal))
        @if entry.subject.is_some() && entry.sight == SightMark::Handle {
            div.quiet { (say.t("register-handle-only")) }
        }
    }
}

/// The reference of an entry, leading to it.
pub fn number(entry: &EntryView) -> Markup {
    reference_link(&entry.reference, &address(entry))
}

/// The marking of an entry, in the language of the document.
pub fn marking(say: Voice<'_>, house: &House, entry: &EntryView) -> Markup {
    let language = words::document_language(entry.language.as_deref(), say);
    label(say, house, entry.label.as_ref(), language)
}

/// A label as a marking; without one, that it is undetermined.
pub fn label(say: Voice<'_>, house: &House, label: Option<&Label>, language: Language) -> Markup {
    mark(say, Marked::of(label, &house.policies, say, language).as_marking())
}

/// The date of an entry.
pub fn dated(say: Voice<'_>, entry: &EntryView) -> Markup {
    let date = words::date(say, &entry.date);
    html! {
        @if date.is_empty() {
            span.quiet { (say.t("date-none")) }
        } @else {
            time datetime=[entry.date.iso()] { (date) }
        }
    }
}

/// A clearance as the label up to which it reaches.
pub fn reach(clearance: &Clearance) -> Label {
    Label {
        policy: clearance.policy.clone(),
        level: clearance.level.clone(),
        categories: clearance.categories.clone(),
        privacy_mark: None,
    }
}

/// What is granted, in a few words.
pub fn grant(say: Voice<'_>, house: &House, grant: &Grant) -> String {
    match grant {
        Grant::Clearance { clearance, .. } => {
            words::marking(&reach(clearance), &house.policies, say.language())
        }
        Grant::Briefing { policy, subject, .. } => say
            .tr("held-briefing", &[("policy", policy.as_str().into()), ("subject", subject.as_str().into())]),
        Grant::Role { role: held, registry } => {
            let name = role(say, *held);
            match registry.and_then(|id| house.registry(id)) {
                Some(registry) => {
                    let place = registry.names.in_language(say.language().tag());
                    say.tr("held-role-in", &[("role", name.into()), ("registry", place.into())])
                }
                None => name,
            }
        }
        Grant::Membership { group } => {
            let name = house.group(*group).map(|g| g.names.in_language(say.language().tag()));
            say.tr("held-group", &[("group", name.unwrap_or_default().into())])
        }
        Grant::Extension { until, .. } => say.tr("held-extension", &[("until", say.date(*until).into())]),
        Grant::Nationality { nationality, .. } => {
            say.tr("held-nation", &[("nation", nationality.as_str().into())])
        }
        Grant::Certificate { certificate } => {
            say.tr("held-certificate", &[("certificate", certificate.as_str().into())])
        }
        Grant::Specimen { .. } => say.t("held-specimen"),
    }
}

/// A role in words.
pub fn role(say: Voice<'_>, role: Role) -> String {
    say.maybe(&format!("role-{}", role.as_str()), &[]).unwrap_or_else(|| role.as_str().to_owned())
}

/// A moment where the house is.
pub fn moment(say: Voice<'_>, reading: &Reading, at: Timestamp) -> String {
    say.moment(&at.jiff().to_zoned(reading.house.zone.clone()))
}
