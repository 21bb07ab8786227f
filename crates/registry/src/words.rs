//! The words of a text as search sees them: where each stands, folded, and its stem. Owns the one way in which text
//! is cut; documents, queries and snippets all use it. Must not know the index, documents or who asks.
//!
//! A text is cut at every character that is not alphanumeric. Each word is lower-cased and loses its accents, char
//! by char; a word that is then longer than [`LONGEST_WORD`] does not exist: it has no position, is not counted and
//! is not shown. How common a stem is comes from a table frozen in `house/search/words.tsv` and never from what is
//! indexed, so that no score depends on a document that its reader may not see.

use std::{borrow::Cow, collections::HashMap, iter::Peekable, str::CharIndices, sync::LazyLock};

use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use crate::reference::plain;

/// The most characters of a folded word.
pub const LONGEST_WORD: usize = 64;

/// The documents among which the frozen frequencies are counted.
pub const FREQUENCY_BASE: u32 = 1_000_000;

/// The frequency of a stem that the frozen table does not have.
pub const RARE: u32 = 100;

/// In which language a text is stemmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextLanguage {
    /// English.
    English,
    /// French.
    French,
    /// Any other: words stand for themselves.
    Other,
}

impl TextLanguage {
    /// Every one there is.
    pub const ALL: [TextLanguage; 3] = [TextLanguage::English, TextLanguage::French, TextLanguage::Other];

    /// From the two-letter code of a document: `en`, `fr`, or any other.
    pub fn of_code(code: &str) -> Self {
        match code {
            "en" => TextLanguage::English,
            "fr" => TextLanguage::French,
            _ => TextLanguage::Other,
        }
    }

    /// The stem of a folded word in this language. Other languages are not stemmed.
    pub fn stem(self, folded: &str) -> Cow<'_, str> {
        let algorithm = match self {
            TextLanguage::English => Algorithm::English,
            TextLanguage::French => Algorithm::French,
            TextLanguage::Other => return Cow::Borrowed(folded),
        };
        Stemmer::create(algorithm).stem(folded)
    }

    /// In how many of a million documents a stem stands, by the frozen table.
    pub fn frequency(self, stem: &str) -> u32 {
        let table = match self {
            TextLanguage::English => &FREQUENCIES.english,
            TextLanguage::French => &FREQUENCIES.french,
            TextLanguage::Other => return RARE,
        };
        table.get(stem).copied().unwrap_or(RARE)
    }
}

/// A word where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// The byte at which it begins.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Lower case, without accents.
    pub folded: Cow<'a, str>,
}

/// The words of a text, in order.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

/// The words of a text, in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, chars: text.char_indices().peekable() }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let (start, first) = self.chars.find(|(_, c)| is_word(*c))?;
            // Most words are already as they are kept; only the others cost memory.
            let mut kept = is_folded(first);
            let mut end = start + first.len_utf8();
            let mut length = 1;
            while let Some((at, c)) = self.chars.next_if(|(_, c)| is_word(*c)) {
                end = at + c.len_utf8();
                length += 1;
                kept &= is_folded(c);
            }
            let written = self.text.get(start..end)?;
            if kept {
                if length <= LONGEST_WORD {
                    return Some(Word { start, end, folded: Cow::Borrowed(written) });
                }
            } else if let Some(folded) = folded(written) {
                return Some(Word { start, end, folded: Cow::Owned(folded) });
            }
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric())
}

fn is_folded(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

/// A whole word folded; none when it is too long. Never more than [`LONGEST_WORD`] characters are held.
fn folded(written: &str) -> Option<String> {
    let mut out = String::with_capacity(written.len().min(LONGEST_WORD));
    let mut length = 0;
    for c in written.chars().flat_map(char::to_lowercase).map(plain) {
        length += 1;
        if length > LONGEST_WORD {
            return None;
        }
        out.push(c);
    }
    Some(out)
}

/// A value as filters compare it: lower case, accents and quotation marks off, white space folded and trimmed.
pub fn fold_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(|c: char| c.is_whitespace()) {
        let before = out.len();
        let wants_space = !out.is_empty();
        if wants_space {
            out.push(' ');
        }
        let begins = out.len();
        out.extend(part.chars().filter(|c| *c != '"').flat_map(char::to_lowercase).map(plain));
        if out.len() == begins {
            out.truncate(before);
        }
    }
    out
}

struct Frequencies {
    english: HashMap<&'static str, u32>,
    french: HashMap<&'static str, u32>,
}

static FREQUENCIES: LazyLock<Frequencies> = LazyLock::new(|| {
    let mut tables = Frequencies { english: HashMap::new(), french: HashMap::new() };
    for (language, stem, frequency) in TABLE.lines().filter_map(row) {
        match language {
            TextLanguage::English => tables.english.insert(stem, frequency),
            TextLanguage::French => tables.french.insert(stem, frequency),
            TextLanguage::Other => None,
        };
    }
    tables
});

const TABLE: &str = include_str!("../../../house/search/words.tsv");

fn row(line: &'static str) -> Option<(TextLanguage, &'static str, u32)> {
    let mut cells = line.split('\t');
    let language = TextLanguage::of_code(cells.next()?);
    let stem = cells.next()?;
    let frequency = cells.next()?.parse().ok()?;
    (cells.next().is_none() && language != TextLanguage::Other).then_some((language, stem, frequency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded_words(text: &str) -> Vec<String> {
        words(text).map(|w| w.folded.into_owned()).collect()
    }

    #[test]
    fn a_text_is_cut_at_what_is_neither_letter_nor_digit() {
        assert_eq!(
            folded_words("L'État-major: MCM_41, naïve œuvre (£5)"),
            ["l", "etat", "major", "mcm", "41", "naive", "œuvre", "5"]
        );
        let word = words("  État ").next().unwrap();
        assert_eq!((word.start, word.end, word.folded.as_ref()), (2, 7, "etat"));
        assert_eq!(folded_words(" ... "), Vec::<String>::new());
    }

    proptest! {
        /// Snippets pass over a word by its first letter.
        #[test]
        fn stemming_keeps_the_first_letter(word in "[a-z0-9œßъøł]{1,14}|[a-z]{1,10}(ies|ying|ied|ed|s|ement|euses?|ique|ance|ly|li|ness)") {
            for language in TextLanguage::ALL {
                prop_assert_eq!(language.stem(&word).chars().next(), word.chars().next());
            }
        }
    }

    #[test]
    fn a_word_over_sixty_four_characters_does_not_exist() {
        let long = "a".repeat(65);
        let upper = "É".repeat(65);
        assert_eq!(folded_words(&format!("one {long} two {upper} three")), ["one", "two", "three"]);
        assert_eq!(folded_words(&"É".repeat(64)), ["e".repeat(64)]);
        // The folded length counts: this letter becomes two.
        assert_eq!(folded_words(&"İ".repeat(33)), Vec::<String>::new());
    }

    #[test]
    fn each_language_has_its_own_stems() {
        assert_eq!(TextLanguage::English.stem("nations"), "nation");
        assert_eq!(TextLanguage::English.stem("assembled"), "assembl");
        assert_eq!(TextLanguage::French.stem("nationales"), "national");
        assert_eq!(TextLanguage::Other.stem("nations"), "nations");
    }

    #[test]
    fn the_frozen_table_is_whole_and_made_of_stems() {
        let mut count = HashMap::new();
        for line in TABLE.lines() {
            let (language, stem, frequency) = row(line).unwrap_or_else(|| panic!("not a row: {line:?}"));
            assert!((1..FREQUENCY_BASE).contains(&frequency), "{line:?}");
            assert_eq!(folded_words(stem), [stem], "{line:?}");
            *count.entry((language, stem)).or_insert(0) += 1;
        }
        assert!(count.values().all(|n| *n == 1), "a stem stands twice");
        assert!(FREQUENCIES.english.len() > 900 && FREQUENCIES.french.len() > 600);
        let the = TextLanguage::English.frequency("the");
        assert!(the > TextLanguage::English.frequency("treati"));
        assert_eq!(TextLanguage::English.frequency("zyzzyva"), RARE);
        assert_eq!(TextLanguage::Other.frequency("the"), RARE);
    }

    #[test]
    fn values_are_compared_without_case_accents_and_quotation_marks() {
        assert_eq!(fold_value("  Très  \"SECRET\"\n OTAN \" "), "tres secret otan");
        assert_eq!(fold_value(" \" "), "");
    }

    proptest! {
        #[test]
        fn words_stand_in_order_and_are_what_they_say(text in "\\PC{0,200}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(word.start >= last && word.end > word.start);
                last = word.end;
                let again = folded_words(&text[word.start..word.end]);
                prop_assert_eq!(again, vec![word.folded.into_owned()]);
            }
        }

        #[test]
        fn no_text_breaks_a_stemmer(text in "[\\p{L}\\p{N}]{1,64}") {
            for word in words(&text) {
                for language in TextLanguage::ALL {
                    language.stem(&word.folded);
                }
            }
        }

        #[test]
        fn no_word_near_a_stemmers_rules_breaks_it(text in "[aeiouyéèœçàêiïnstrlmxzqu0-9ß]{1,64}") {
            for language in TextLanguage::ALL {
                language.stem(&text);
            }
        }

        #[test]
        fn a_folded_value_stays_as_it_is(text in "\\PC{0,60}") {
            let once = fold_value(&text);
            prop_assert_eq!(fold_value(&once), once);
        }
    }
}
