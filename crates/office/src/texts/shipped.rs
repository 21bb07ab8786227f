//! The texts as they ship, both languages of each file, made into what answers for one language. Knows no page and no reader.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentResource, FluentValue};
use unic_langid::langid;

use super::{Language, voice::integer};

/// The texts as shipped: name of the file, English, French. A new file is one line here.
pub(super) const SOURCES: &[(&str, &str, &str)] = &[
    (
        "belonging.ftl",
        include_str!("../../../../house/texts/en/belonging.ftl"),
        include_str!("../../../../house/texts/fr/belonging.ftl"),
    ),
    (
        "cases.ftl",
        include_str!("../../../../house/texts/en/cases.ftl"),
        include_str!("../../../../house/texts/fr/cases.ftl"),
    ),
    (
        "comments.ftl",
        include_str!("../../../../house/texts/en/comments.ftl"),
        include_str!("../../../../house/texts/fr/comments.ftl"),
    ),
    (
        "reminders.ftl",
        include_str!("../../../../house/texts/en/reminders.ftl"),
        include_str!("../../../../house/texts/fr/reminders.ftl"),
    ),
    (
        "common.ftl",
        include_str!("../../../../house/texts/en/common.ftl"),
        include_str!("../../../../house/texts/fr/common.ftl"),
    ),
    (
        "filing.ftl",
        include_str!("../../../../house/texts/en/filing.ftl"),
        include_str!("../../../../house/texts/fr/filing.ftl"),
    ),
    (
        "house.ftl",
        include_str!("../../../../house/texts/en/house.ftl"),
        include_str!("../../../../house/texts/fr/house.ftl"),
    ),
    (
        "look.ftl",
        include_str!("../../../../house/texts/en/look.ftl"),
        include_str!("../../../../house/texts/fr/look.ftl"),
    ),
    (
        "organisation.ftl",
        include_str!("../../../../house/texts/en/organisation.ftl"),
        include_str!("../../../../house/texts/fr/organisation.ftl"),
    ),
    (
        "own.ftl",
        include_str!("../../../../house/texts/en/own.ftl"),
        include_str!("../../../../house/texts/fr/own.ftl"),
    ),
    (
        "pages.ftl",
        include_str!("../../../../house/texts/en/pages.ftl"),
        include_str!("../../../../house/texts/fr/pages.ftl"),
    ),
    (
        "people.ftl",
        include_str!("../../../../house/texts/en/people.ftl"),
        include_str!("../../../../house/texts/fr/people.ftl"),
    ),
    (
        "counter.ftl",
        include_str!("../../../../house/texts/en/counter.ftl"),
        include_str!("../../../../house/texts/fr/counter.ftl"),
    ),
    (
        "custody.ftl",
        include_str!("../../../../house/texts/en/custody.ftl"),
        include_str!("../../../../house/texts/fr/custody.ftl"),
    ),
    (
        "copies.ftl",
        include_str!("../../../../house/texts/en/copies.ftl"),
        include_str!("../../../../house/texts/fr/copies.ftl"),
    ),
    (
        "receipts.ftl",
        include_str!("../../../../house/texts/en/receipts.ftl"),
        include_str!("../../../../house/texts/fr/receipts.ftl"),
    ),
    (
        "musters.ftl",
        include_str!("../../../../house/texts/en/musters.ftl"),
        include_str!("../../../../house/texts/fr/musters.ftl"),
    ),
    (
        "books.ftl",
        include_str!("../../../../house/texts/en/books.ftl"),
        include_str!("../../../../house/texts/fr/books.ftl"),
    ),
    (
        "distribution.ftl",
        include_str!("../../../../house/texts/en/distribution.ftl"),
        include_str!("../../../../house/texts/fr/distribution.ftl"),
    ),
    (
        "emergency.ftl",
        include_str!("../../../../house/texts/en/emergency.ftl"),
        include_str!("../../../../house/texts/fr/emergency.ftl"),
    ),
    (
        "figures.ftl",
        include_str!("../../../../house/texts/en/figures.ftl"),
        include_str!("../../../../house/texts/fr/figures.ftl"),
    ),
    (
        "loans.ftl",
        include_str!("../../../../house/texts/en/loans.ftl"),
        include_str!("../../../../house/texts/fr/loans.ftl"),
    ),
    (
        "papers.ftl",
        include_str!("../../../../house/texts/en/papers.ftl"),
        include_str!("../../../../house/texts/fr/papers.ftl"),
    ),
    (
        "quality.ftl",
        include_str!("../../../../house/texts/en/quality.ftl"),
        include_str!("../../../../house/texts/fr/quality.ftl"),
    ),
    (
        "references.ftl",
        include_str!("../../../../house/texts/en/references.ftl"),
        include_str!("../../../../house/texts/fr/references.ftl"),
    ),
    (
        "refusals.ftl",
        include_str!("../../../../house/texts/en/refusals.ftl"),
        include_str!("../../../../house/texts/fr/refusals.ftl"),
    ),
    (
        "work.ftl",
        include_str!("../../../../house/texts/en/work.ftl"),
        include_str!("../../../../house/texts/fr/work.ftl"),
    ),
    (
        "tray.ftl",
        include_str!("../../../../house/texts/en/tray.ftl"),
        include_str!("../../../../house/texts/fr/tray.ftl"),
    ),
    (
        "scans.ftl",
        include_str!("../../../../house/texts/en/scans.ftl"),
        include_str!("../../../../house/texts/fr/scans.ftl"),
    ),
    (
        "takeover.ftl",
        include_str!("../../../../house/texts/en/takeover.ftl"),
        include_str!("../../../../house/texts/fr/takeover.ftl"),
    ),
];

/// Why the texts could not be loaded. Only a mistake in `house/texts` leads here, and a test meets it first.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// The file is not well formed Fluent.
    #[error("{language}/{file} is not well formed: {detail}")]
    Malformed {
        /// The language of the file.
        language: Language,
        /// Its name.
        file: &'static str,
        /// What the parser says.
        detail: String,
    },
    /// A key stands twice in one language.
    #[error("{language}/{file} repeats a key: {detail}")]
    Repeated {
        /// The language of the file.
        language: Language,
        /// Its name.
        file: &'static str,
        /// Which key.
        detail: String,
    },
}

/// All texts of one language.
pub(super) type Bundle = FluentBundle<FluentResource>;

/// Loads the texts of one language.
pub(super) fn bundle(language: Language) -> Result<Bundle, TextsError> {
    let (tag, grouping): (_, fn(&FluentValue<'_>, &_) -> Option<String>) = match language {
        Language::En => (langid!("en"), |value, _| grouped(Language::En, value)),
        Language::Fr => (langid!("fr"), |value, _| grouped(Language::Fr, value)),
    };
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Isolation marks would end up in copied references and in exports; both languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(grouping));
    for (file, english, french) in SOURCES {
        let source = match language {
            Language::En => english,
            Language::Fr => french,
        };
        let resource = FluentResource::try_new((*source).to_owned())
            .map_err(|(_, faults)| TextsError::Malformed { language, file, detail: format!("{faults:?}") })?;
        bundle.add_resource(resource).map_err(|faults| TextsError::Repeated {
            language,
            file,
            detail: format!("{faults:?}"),
        })?;
    }
    Ok(bundle)
}

fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    // Only integers come in (see `Arg`), and counts stay far below the 2^53 up to which f64 is exact.
    #[expect(clippy::cast_possible_truncation, reason = "integers went in, and a cast to i64 saturates")]
    let whole = number.value as i64;
    Some(integer(language, whole))
}
