//! Texts in both languages.

use serde::Serialize;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Names {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

impl Names {
    /// The text in a language, `fr` or any other for English.
    pub fn in_language(&self, language: &str) -> &str {
        if language == "fr" { &self.fr } else { &self.en }
    }
}

/// Whether a text can be shown: of so many characters, none of control, no space around it.
pub(crate) fn fits(text: &str, longest: usize) -> bool {
    text.trim() == text
        && (1..=longest).contains(&text.chars().count())
        && !text.chars().any(char::is_control)
}

/// A code within a procedure: lower-case letters, figures and `_`, the first a letter, at most 64.
pub(crate) fn is_code(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A code of a procedure, a calendar, a role or a choice: as within, and `-`.
pub(crate) fn is_long_code(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
}

/// The code of a post or a unit: letters, figures, `-`, `/` and `.`, the first a letter, at most 32.
pub(crate) fn is_post(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-/.".contains(c))
}
