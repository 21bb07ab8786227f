//! Owns what may stand behind a reference: revision, addendum, corrigendum, final, language, release. Which words a
//! body uses and how it writes them are data; what each means for the paper is here. Must not know series.

use serde::{Deserialize, Serialize};

use super::tokens::{Token, joined};

/// What a suffix says of the paper that bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuffixKind {
    /// A new text in place of the old one.
    Revision,
    /// Something added to a text that stays.
    Addendum,
    /// Corrections of a text that stays.
    Corrigendum,
    /// The text as agreed.
    Final,
    /// A text not yet agreed.
    Draft,
    /// The decision on the paper.
    ActionSheet,
    /// The same paper in another language.
    Language,
    /// The same paper as released to others.
    Release,
}

/// A suffix of a reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suffix {
    /// The code in the data: `REV`.
    pub code: String,
    /// What it means.
    pub kind: SuffixKind,
    /// Its number: 4 in `-REV4`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

/// The highest number of a suffix.
pub const HIGHEST_SUFFIX: u32 = 999;

/// A suffix that a series allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuffixRule {
    /// Upper case letters, also a word by which it is recognised, and its place in keys.
    pub code: String,
    /// What it means.
    pub kind: SuffixKind,
    /// How it is written with a number, around `{n}`: `-REV{n}`; none: it never has one.
    pub numbered: Option<(String, String)>,
    /// How it is written without: `(REV)`; none: it always has a number.
    pub bare: Option<String>,
    /// Every word by which it is recognised, as compared: upper case, letters only, longest first.
    pub(super) words: Vec<String>,
}

impl SuffixRule {
    /// The suffix written.
    pub(super) fn write(&self, number: Option<u32>) -> Option<String> {
        match number {
            None => self.bare.clone(),
            Some(number) => self.numbered.as_ref().map(|(before, after)| format!("{before}{number}{after}")),
        }
    }
    /// True when it can stand with this number, or without one.
    pub(super) fn allows(&self, number: Option<u32>) -> bool {
        match number {
            None => self.bare.is_some(),
            Some(number) => self.numbered.is_some() && number <= HIGHEST_SUFFIX,
        }
    }
    fn word(&self, tokens: &[Token]) -> Option<usize> {
        self.words.iter().filter_map(|word| joined(tokens, word)).max()
    }
}

/// What makes a figure an ordinal, in both languages: 4th revision, 2e révision.
const ORDINALS: [&str; 9] = ["ST", "ND", "RD", "TH", "E", "EME", "ER", "ERE", "RE"];

/// The suffix with which the tokens begin, and how many tokens it is.
pub(super) fn first<'r>(
    rules: impl IntoIterator<Item = &'r SuffixRule>,
    tokens: &[Token],
) -> Option<(&'r SuffixRule, Suffix, usize)> {
    let mut best: Option<(&SuffixRule, Option<u32>, usize)> = None;
    for rule in rules {
        let Some((number, used)) = one(rule, tokens) else { continue };
        if best.is_none_or(|(_, _, most)| used > most) {
            best = Some((rule, number, used));
        }
    }
    best.map(|(rule, number, used)| (rule, Suffix { code: rule.code.clone(), kind: rule.kind, number }, used))
}

fn one(rule: &SuffixRule, tokens: &[Token]) -> Option<(Option<u32>, usize)> {
    let small = |token: Option<&Token>| {
        token.and_then(Token::number).and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= HIGHEST_SUFFIX)
    };
    let number = small(tokens.first());
    let used = match (number, tokens.get(1).and_then(Token::letters)) {
        (Some(_), Some(ordinal)) if ORDINALS.contains(&ordinal) => {
            tokens.get(2..).and_then(|rest| rule.word(rest)).map(|used| (number, used + 2))
        }
        _ => None,
    };
    let (number, used) = match used {
        Some(found) => found,
        None => {
            let used = rule.word(tokens)?;
            match small(tokens.get(used)) {
                Some(number) if rule.numbered.is_some() => (Some(number), used + 1),
                _ => (None, used),
            }
        }
    };
    rule.allows(number).then_some((number, used))
}

/// The suffixes with which all of the tokens are used up.
pub(super) fn all(rules: &[SuffixRule], mut tokens: &[Token]) -> Option<Vec<Suffix>> {
    let mut found = Vec::new();
    while !tokens.is_empty() {
        if found.len() == super::parsed::MOST_SUFFIXES {
            return None;
        }
        let (_, suffix, used) = first(rules, tokens)?;
        found.push(suffix);
        tokens = tokens.get(used..)?;
    }
    Some(found)
}
