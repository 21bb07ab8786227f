//! Words: how a text is cut, folded and stemmed, and how rare each stem is held to be. English only, which is all
//! that the papers are. Knows no queries and no people.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use rust_stemmers::{Algorithm, Stemmer};

use crate::error::{OracleError, form, read};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Lower case, accents off.
    pub folded: String,
}

/// Accented letters of English and French and what is left of each; all others stay as they are.
const ACCENTS: [(&str, char); 8] = [
    ("àâäáãå", 'a'),
    ("ç", 'c'),
    ("éèêë", 'e'),
    ("îïíì", 'i'),
    ("ôöóòõø", 'o'),
    ("ùûüú", 'u'),
    ("ñ", 'n'),
    ("ÿý", 'y'),
];

fn without_accent(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    ACCENTS.iter().find(|(accented, _)| accented.contains(c)).map_or(c, |(_, plain)| *plain)
}

/// Lower case, accents off; nothing else changes.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

/// As [`fold_blanks`], control characters too, none at the ends: how the line of a form is kept.
pub fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every run of blanks as one space.
pub fn fold_blanks(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            false => folded.push(c),
            true if folded.ends_with(' ') => {}
            true => folded.push(' '),
        }
    }
    folded
}

/// Longest word, in characters; longer ones are not words.
const LONGEST: usize = 64;

/// The words of a text in order: cut at everything that is neither letter nor number.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut begun: Option<usize> = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        match (begun, c.is_alphanumeric()) {
            (None, true) => begun = Some(at),
            (Some(start), false) => {
                begun = None;
                let folded = fold(text.get(start..at).unwrap_or_default());
                if folded.chars().count() <= LONGEST {
                    words.push(Word { start, end: at, folded });
                }
            }
            _ => {}
        }
    }
    words
}

/// The folded words alone.
pub fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

/// The key under which a reference is looked up: letters and digits in runs, upper case, accents off, zeros that
/// begin a number off, one space between runs.
pub fn reference_key(text: &str) -> String {
    let mut runs: Vec<(bool, String)> = Vec::new();
    let mut broken = true;
    for c in fold(text).chars().flat_map(char::to_uppercase) {
        if !c.is_alphanumeric() {
            broken = true;
            continue;
        }
        let digit = c.is_ascii_digit();
        match runs.last_mut() {
            Some((digits, run)) if !broken && *digits == digit => run.push(c),
            _ => runs.push((digit, c.to_string())),
        }
        broken = false;
    }
    let written = runs.iter().map(|(digits, run)| match (digits, run.trim_start_matches('0')) {
        (true, "") => "0",
        (true, number) => number,
        (false, _) => run.as_str(),
    });
    written.collect::<Vec<_>>().join(" ")
}

/// The number of a stem, so that texts are compared as numbers.
pub type Stem = u32;

/// The stems that have been seen.
pub struct Vocabulary {
    stemmer: Stemmer,
    stem_of_word: HashMap<String, Stem>,
    number_of_stem: HashMap<String, Stem>,
    stems: Vec<String>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            stem_of_word: HashMap::new(),
            number_of_stem: HashMap::new(),
            stems: Vec::new(),
        }
    }
}

impl Vocabulary {
    /// The stem of a folded word.
    pub fn stem(&mut self, folded: &str) -> Stem {
        if let Some(stem) = self.stem_of_word.get(folded) {
            return *stem;
        }
        let text = self.stemmer.stem(folded).into_owned();
        let next = Stem::try_from(self.stems.len()).unwrap_or(Stem::MAX);
        let stem = *self.number_of_stem.entry(text.clone()).or_insert(next);
        if stem == next {
            self.stems.push(text);
        }
        self.stem_of_word.insert(folded.to_owned(), stem);
        stem
    }

    /// The stems of a text, in order.
    pub fn stems(&mut self, text: &str) -> Vec<Stem> {
        words(text).iter().map(|word| self.stem(&word.folded)).collect()
    }

    /// The text of a stem.
    pub fn text(&self, stem: Stem) -> &str {
        usize::try_from(stem).ok().and_then(|at| self.stems.get(at)).map_or("", String::as_str)
    }
}

/// In how many of a million documents a stem is held to stand: frozen, so that no paper's presence shows in the
/// score of another.
#[derive(Debug, Clone, Default)]
pub struct Frequencies(BTreeMap<String, f64>);

/// For a stem that the table does not have.
const RARE: f64 = 100.0;
/// The million.
const DOCUMENTS: f64 = 1_000_000.0;

impl Frequencies {
    /// Reads `language<TAB>stem<TAB>documents`; lines that begin with `#` are comments.
    ///
    /// # Errors
    /// A file that cannot be read, or a line of another form.
    pub fn load(path: &Path) -> Result<Self, OracleError> {
        let mut table = BTreeMap::new();
        for (line, text) in read(path)?.lines().enumerate() {
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let mut cells = text.split('\t');
            let (Some(language), Some(stem), Some(number), None) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                return Err(form(path, line + 1, "not language, stem and number"));
            };
            let number: f64 = number.trim().parse().map_err(|why| form(path, line + 1, why))?;
            if language == "en" && table.insert(stem.to_owned(), number).is_some() {
                return Err(form(path, line + 1, format!("{stem} stands twice")));
            }
        }
        Ok(Self(table))
    }

    /// From pairs of stem and number.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, f64)>) -> Self {
        Self(pairs.into_iter().map(|(stem, number)| (stem.to_owned(), number)).collect())
    }

    /// The weight of a stem: ln(1 + (N - df + 0.5) / (df + 0.5)).
    pub fn weight(&self, stem: &str) -> f64 {
        let df = self.0.get(stem).copied().unwrap_or(RARE);
        (1.0 + (DOCUMENTS - df + 0.5) / (df + 0.5)).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_everything_that_is_no_letter_or_number() {
        assert_eq!(
            folded("The U.S.–U.K. “Élan”, No. 12½!"),
            ["the", "u", "s", "u", "k", "elan", "no", "12½"]
        );
        let found = words("a Çà b");
        assert_eq!(found[1], Word { start: 2, end: 6, folded: "ca".to_owned() });
        assert_eq!(folded("İ Žć"), ["i\u{307}", "žć"]);
        assert_eq!(folded(&"x".repeat(65)), Vec::<String>::new());
    }

    #[test]
    fn words_of_one_stem_have_one_number() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.stems("treaty TREATIES berlin"), [0, 0, 1]);
        assert_eq!((vocabulary.text(0), vocabulary.text(1)), ("treati", "berlin"));
    }

    #[test]
    fn ways_of_writing_one_reference_have_one_key() {
        for text in ["HQR-2026-17", "hqr 2026/017", " hqr--2026 - 0017 "] {
            assert_eq!(reference_key(text), "HQR 2026 17");
        }
        assert_eq!(reference_key("frus1950-55Intel/d1"), "FRUS 1950 55 INTEL D 1");
        assert_eq!(reference_key("É-000"), "E 0");
    }

    #[test]
    fn a_stem_outside_the_table_weighs_as_a_rare_one() {
        let table = Frequencies::of([("the", 950_000.0)]);
        assert!(table.weight("the") < 0.06);
        assert!((table.weight("berlin") - (1_000_001.0_f64 / 100.5).ln()).abs() < 1e-12);
    }
}
