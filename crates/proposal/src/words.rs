//! The house's words of headings, kinds and precedences, read from its file. Owns the form of that file; must not know
//! pages.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::tokens::folded;

/// The most entries of the file in all.
const MOST: usize = 2_000;
/// The most bytes of the file.
const LONGEST: usize = 256 * 1024;

/// Why a file of words is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WordsError {
    /// It is not the expected TOML; the parser's own words.
    #[error("the words of proposals cannot be read: {0}")]
    NotWords(String),
    /// A word without a letter or digit.
    #[error("{table}: {word:?} has neither a letter nor a digit")]
    Empty {
        /// The table in which it stands.
        table: &'static str,
        /// As written.
        word: String,
    },
    /// The same word with two meanings.
    #[error("{table}: {word:?} is given two meanings")]
    Twice {
        /// The table in which it stands.
        table: &'static str,
        /// As written.
        word: String,
    },
    /// Too long, or more entries than are looked through for each line of a page.
    #[error("the words of proposals are more than {MOST} or longer than {LONGEST} bytes")]
    TooMany,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fields: BTreeMap<Field, Vec<String>>,
    kinds: BTreeMap<String, Vec<String>>,
    numbered: Vec<String>,
    mail: String,
    precedences: BTreeMap<String, Vec<String>>,
    furniture: Vec<String>,
    salutations: Vec<String>,
    records: Vec<String>,
    synonyms: BTreeMap<String, String>,
}

/// What a heading's word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Field {
    Date,
    Marking,
    Subject,
    From,
    To,
    Info,
    Number,
    Precedence,
    /// The precedence for those who are informed.
    PrecedenceInfo,
    /// Who of a collective address is left out.
    Exempt,
    /// Subject indicator codes of a formal message.
    Sic,
    Reference,
    /// Ends what stands before it, and is of no interest itself.
    Other,
}

/// Folded words and what they mean; longest first.
type Table<T> = Vec<(Vec<String>, T)>;

/// The words by which a house's documents announce their parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub(crate) fields: Table<Field>,
    pub(crate) kinds: Table<String>,
    pub(crate) precedences: Table<String>,
    pub(crate) synonyms: Table<Vec<String>>,
    pub(crate) salutations: Table<()>,
    /// "the record", "the file": no addressee.
    pub(crate) records: Table<()>,
    pub(crate) furniture: Vec<String>,
    pub(crate) mail: String,
    numbered: Vec<String>,
}

impl Words {
    /// Reads `house/proposals.toml`.
    ///
    /// # Errors
    /// What cannot be read, says nothing, or says two things.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        if text.len() > LONGEST {
            return Err(WordsError::TooMany);
        }
        let file: File =
            toml::from_str(text).map_err(|error| WordsError::NotWords(error.message().to_owned()))?;
        let words = Words {
            fields: table("fields", &file.fields)?,
            kinds: table("kinds", &file.kinds)?,
            precedences: table("precedences", &file.precedences)?,
            synonyms: rows(
                "synonyms",
                file.synonyms.iter().map(|(word, means)| (word.as_str(), folded(means))),
            )?,
            salutations: rows("salutations", file.salutations.iter().map(|word| (word.as_str(), ())))?,
            records: rows("records", file.records.iter().map(|word| (word.as_str(), ())))?,
            furniture: file.furniture.iter().flat_map(|word| folded(word)).collect(),
            mail: file.mail,
            numbered: file.numbered,
        };
        let sizes = [
            words.fields.len(),
            words.kinds.len(),
            words.precedences.len(),
            words.synonyms.len(),
            words.salutations.len(),
            words.records.len(),
            words.furniture.len(),
        ];
        if sizes.iter().sum::<usize>() > MOST { Err(WordsError::TooMany) } else { Ok(words) }
    }

    /// True if documents of this kind carry a serial number before their text.
    pub(crate) fn is_numbered(&self, kind: &str) -> bool {
        self.numbered.iter().any(|numbered| numbered == kind)
    }
}

fn table<T: Clone + PartialEq>(
    name: &'static str,
    all: &BTreeMap<T, Vec<String>>,
) -> Result<Table<T>, WordsError> {
    rows(name, all.iter().flat_map(|(means, words)| words.iter().map(|w| (w.as_str(), means.clone()))))
}

fn rows<'a, T: PartialEq>(
    table: &'static str,
    all: impl Iterator<Item = (&'a str, T)>,
) -> Result<Table<T>, WordsError> {
    let mut out: Table<T> = Vec::new();
    for (word, means) in all {
        let key = folded(word);
        if key.is_empty() {
            return Err(WordsError::Empty { table, word: word.to_owned() });
        }
        match out.iter().find(|(known, _)| *known == key) {
            // "reference" and "référence" fold to one.
            Some((_, known)) if *known == means => {}
            Some(_) => return Err(WordsError::Twice { table, word: word.to_owned() }),
            None => out.push((key, means)),
        }
        if out.len() > MOST {
            return Err(WordsError::TooMany);
        }
    }
    out.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    Ok(out)
}
