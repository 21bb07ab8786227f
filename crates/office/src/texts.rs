//! Owns the words of the product: every text in English and French, and how dates, times, numbers and sizes are
//! written in each. It must not know pages, markings (their language is the document's) or who is reading.
//!
//! The texts are data, in `house/texts/<language>/*.ftl`; here is only the mechanism. A [`Voice`] is what a page is
//! given: the texts and the person's language together.

mod language;
mod shipped;
mod voice;

use std::fmt;

use fluent_bundle::{FluentArgs, FluentValue};

pub use language::{Language, UnknownLanguage};
pub use shipped::TextsError;
use shipped::{Bundle, bundle};
pub use voice::{Voice, integer};

/// The keys of the months, January first.
const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
    "month-10", "month-11", "month-12",
];

/// A value put into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words, names, years: shown as they are.
    Text(String),
    /// A count: it chooses singular or plural and is shown with the language's grouping.
    Integer(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// All texts, in both languages. Made once, shared by every request.
pub struct Texts {
    english: Bundle,
    french: Bundle,
}

impl fmt::Debug for Texts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Texts")
    }
}

impl Texts {
    /// Loads the texts that ship with the product.
    ///
    /// # Errors
    /// [`TextsError`] when a file of `house/texts` is malformed or repeats a key.
    pub fn new() -> Result<Self, TextsError> {
        Ok(Self { english: bundle(Language::En)?, french: bundle(Language::Fr)? })
    }

    /// The text under `key`. A missing key is shown as itself, so that a page is still usable and the fault visible.
    #[must_use]
    pub fn get(&self, language: Language, key: &str, args: &[(&str, Arg)]) -> String {
        let bundle = self.bundle(language);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            let value = match arg {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Integer(number) => FluentValue::from(*number),
            };
            values.set((*name).to_owned(), value);
        }
        // A missing argument is written as `{$name}` by Fluent: visible, harmless, and no reason to fail a page.
        let mut faults = Vec::new();
        bundle.format_pattern(pattern, Some(&values), &mut faults).into_owned()
    }

    /// Whether there is a text under `key`, for callers that build a key out of a code.
    #[must_use]
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.bundle(language).has_message(key)
    }

    /// The texts in one language, to hand to a page.
    #[must_use]
    pub const fn voice(&self, language: Language) -> Voice<'_> {
        Voice { texts: self, language }
    }

    /// Reads a date as people type it, in either language and whatever the page's: `12 March 2026`, `12 MAR 2026`,
    /// `1er mars 2026`, `March 2026`. The answer has the form that the register reads (`2026-03-12`, `2026-03`); it is
    /// none where the words are no such date, and then the register decides about them as they stand. Whether the day
    /// exists is also for the register to say. `3/12/2026` is not read: half of the readers would mean another day.
    #[must_use]
    pub fn typed_date(&self, typed: &str) -> Option<String> {
        let words: Vec<&str> = typed.split_whitespace().take(4).collect();
        let (day, month, year) = match words.as_slice() {
            [day, month, year] => (Some(*day), *month, *year),
            [month, year] => (None, *month, *year),
            _ => return None,
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !digits(year) {
            return None;
        }
        let month = self.month_named(month)?;
        let Some(day) = day else {
            return Some(format!("{year}-{month:02}"));
        };
        let day = day.strip_suffix("er").unwrap_or(day);
        if day.is_empty() || day.len() > 2 || !digits(day) {
            return None;
        }
        Some(format!("{year}-{month:02}-{day:0>2}"))
    }

    /// The month that a word names or begins to name, with three letters at least and only one month meant.
    fn month_named(&self, word: &str) -> Option<usize> {
        let plain = unaccented(word.trim_end_matches('.'));
        if plain.chars().count() < 3 {
            return None;
        }
        let mut meant = Language::ALL.into_iter().flat_map(|language| {
            MONTHS
                .iter()
                .enumerate()
                .filter(|(_, key)| unaccented(&self.get(language, key, &[])).starts_with(&plain))
                .map(|(place, _)| place + 1)
                .collect::<Vec<_>>()
        });
        let first = meant.next()?;
        meant.all(|other| other == first).then_some(first)
    }

    const fn bundle(&self, language: Language) -> &Bundle {
        match language {
            Language::En => &self.english,
            Language::Fr => &self.french,
        }
    }
}

/// Small letters without the accents of French month names: people type `fevrier` and `AOUT`.
fn unaccented(word: &str) -> String {
    word.chars()
        .take(20)
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'é' => 'e',
            'û' => 'u',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests;
