//! References: how one is written, and the key under which different ways of writing it are found to be one.

use serde::{Deserialize, Serialize};

use crate::series::{Recognised, plain_key, tokens};

/// What a reference is to the document that bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceKind {
    /// Allotted by the registry that registered it: `HQR-2026-17`.
    Register,
    /// The originator's own.
    Originator,
    /// Any other by which it is known.
    Other,
}

impl ReferenceKind {
    /// As it stands in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReferenceKind::Register => "register",
            ReferenceKind::Originator => "originator",
            ReferenceKind::Other => "other",
        }
    }
}

/// A reference as given with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What it is.
    pub kind: ReferenceKind,
    /// As written.
    pub text: String,
    /// What a series of the house makes of it, since it was registered or read anew; none: no series knows the form.
    /// The register decides it: what a request says here is not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Box<Recognised>>,
}

impl Reference {
    /// As somebody wrote it, not yet read by any series.
    pub fn new(kind: ReferenceKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), read: None }
    }
    /// The key under which it is found.
    pub fn key(&self) -> String {
        self.read.as_ref().map_or_else(|| key(&self.text), |read| read.key.clone())
    }
    /// The key that it shares with revisions, corrigenda, addenda and translations of the same paper.
    pub fn family(&self) -> String {
        self.read.as_ref().map_or_else(|| key(&self.text), |read| read.family.clone())
    }
}

/// The reference of a registry's own series.
pub fn register_reference(code: &str, year: i16, number: u64) -> String {
    format!("{code}-{year}-{number}")
}

/// The key of a reference as far as it can be told without series: upper case, accents off, letters and digits in
/// runs, leading zeros off. `hqr 2026/017` and `HQR-2026-17` have one key. Where series are at hand,
/// [`Catalogue::key`](crate::series::Catalogue::key) knows more, and is this for what no series knows.
pub fn key(text: &str) -> String {
    plain_key(&tokens(text))
}

/// A letter without its accent, for the letters of the two languages.
pub fn plain(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => 'a',
        'À' | 'Â' | 'Ä' | 'Á' | 'Ã' | 'Å' => 'A',
        'ç' => 'c',
        'Ç' => 'C',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'î' | 'ï' | 'í' | 'ì' => 'i',
        'Î' | 'Ï' | 'Í' | 'Ì' => 'I',
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'ø' => 'o',
        'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' | 'Ø' => 'O',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'Ù' | 'Û' | 'Ü' | 'Ú' => 'U',
        'ñ' => 'n',
        'Ñ' => 'N',
        'ÿ' | 'ý' => 'y',
        other => other,
    }
}

/// The key by which names sort for a person: accents off, lower case.
pub fn sort_key(text: &str) -> String {
    text.chars().flat_map(|c| plain(c).to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_one_reference_have_one_key() {
        for text in ["HQR-2026-17", "hqr 2026/017", "Hqr2026-0017", " hqr--2026 - 17 "] {
            assert_eq!(key(text), "HQR 2026 17", "{text}");
        }
        assert_eq!(key("MCM-0041-2010"), "MCM 41 2010");
        assert_eq!(key("frus1950-55Intel/d1"), "FRUS 1950 55 INTEL D 1");
        assert_eq!(key("É-000"), "E 0");
        assert_eq!(key("100"), "100");
        assert_eq!(key("1001"), "1001");
    }

    #[test]
    fn different_numbers_stay_different() {
        assert_ne!(key("HQR-2026-17"), key("HQR-2026-170"));
        assert_ne!(key("HQR-2026-17"), key("HQR-2026-1-7"));
    }
}
