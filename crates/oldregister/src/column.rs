//! Which column is what: proposed from the words of its heading, changed by a person. Owns fields, their words and the
//! mapping; must not know what the cells below say.

use std::collections::{BTreeMap, BTreeSet};

use proposal::DateOrder;
use registry::reference::key;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::table::{Row, Table};

/// In how many rows the headings are looked for.
const HEADING_ROWS: usize = 40;
/// The longest heading, in characters.
const LONGEST: usize = 80;
/// The most words of headings, and the most bytes of their file.
const MOST: usize = 2_000;
const LONGEST_FILE: usize = 256 * 1024;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The number in the old register.
    Number,
    /// The reference that the document bears.
    Reference,
    /// The date that the document bears.
    Date,
    /// When it came or was entered.
    Received,
    /// Who wrote or sent it.
    Originator,
    /// To whom it goes for action.
    Addressee,
    /// To whom it goes for information.
    Info,
    /// The subject.
    Subject,
    /// The marking.
    Marking,
    /// Which copy: `2 of 5`.
    CopyNumber,
    /// How many copies there are.
    Copies,
    /// How many pages it has.
    Pages,
    /// Who holds it.
    Holder,
    /// When its receipt was signed.
    Receipted,
    /// Anything else.
    Remarks,
    /// When it was destroyed.
    Destroyed,
    /// Known, and not read.
    Unused,
}

impl Field {
    /// All of them, in the order of a register's page.
    pub const ALL: [Field; 17] = [
        Field::Number,
        Field::Reference,
        Field::Date,
        Field::Received,
        Field::Originator,
        Field::Addressee,
        Field::Info,
        Field::Subject,
        Field::Marking,
        Field::CopyNumber,
        Field::Copies,
        Field::Pages,
        Field::Holder,
        Field::Receipted,
        Field::Remarks,
        Field::Destroyed,
        Field::Unused,
    ];

    /// As it stands in forms and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Number => "number",
            Field::Reference => "reference",
            Field::Date => "date",
            Field::Received => "received",
            Field::Originator => "originator",
            Field::Addressee => "addressee",
            Field::Info => "info",
            Field::Subject => "subject",
            Field::Marking => "marking",
            Field::CopyNumber => "copy-number",
            Field::Copies => "copies",
            Field::Pages => "pages",
            Field::Holder => "holder",
            Field::Receipted => "receipted",
            Field::Remarks => "remarks",
            Field::Destroyed => "destroyed",
            Field::Unused => "unused",
        }
    }

    /// True if it holds dates.
    pub fn is_date(self) -> bool {
        matches!(self, Field::Date | Field::Received | Field::Receipted | Field::Destroyed)
    }

    /// True if several columns may hold it: their values stand beside one another.
    pub fn repeats(self) -> bool {
        matches!(
            self,
            Field::Reference
                | Field::Addressee
                | Field::Info
                | Field::Holder
                | Field::Remarks
                | Field::Unused
        )
    }
}

/// Why a file of headings is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HeadingsError {
    /// It is not the expected TOML; the parser's own words.
    #[error("the words of registers cannot be read: {0}")]
    NotHeadings(String),
    /// A word without a letter or digit.
    #[error("{0:?} has neither a letter nor a digit")]
    Empty(String),
    /// One word for two fields.
    #[error("{0:?} is given to two fields")]
    Twice(String),
    /// Too long, or too many words.
    #[error("the words of registers are more than {MOST} or longer than {LONGEST_FILE} bytes")]
    TooMany,
}

/// The words by which columns are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings(BTreeMap<String, Field>);

impl Headings {
    /// Reads `house/registers.toml`.
    ///
    /// # Errors
    /// What cannot be read, says nothing, or says two things.
    pub fn parse(text: &str) -> Result<Self, HeadingsError> {
        if text.len() > LONGEST_FILE {
            return Err(HeadingsError::TooMany);
        }
        let file: BTreeMap<Field, Vec<String>> =
            toml::from_str(text).map_err(|error| HeadingsError::NotHeadings(error.message().to_owned()))?;
        let mut words = BTreeMap::new();
        for (field, all) in file {
            for word in all {
                let folded = key(&word);
                if folded.is_empty() {
                    return Err(HeadingsError::Empty(word));
                }
                if words.insert(folded, field).is_some_and(|known| known != field) {
                    return Err(HeadingsError::Twice(word));
                }
            }
        }
        if words.len() > MOST { Err(HeadingsError::TooMany) } else { Ok(Headings(words)) }
    }

    /// The field of a heading, and how many of its words say so; more are more certain.
    fn field(&self, heading: &str) -> Option<(Field, usize)> {
        if heading.chars().count() > LONGEST {
            return None;
        }
        let folded = key(heading);
        let words: Vec<&str> = folded.split(' ').collect();
        (1..=words.len()).rev().find_map(|count| {
            let begin = words.get(..count)?.join(" ");
            // "Date (DD/MM/YY)" is a date; "No further action" is nothing.
            let whole = count == words.len();
            let field = self.0.get(&begin).filter(|_| whole || begin.len() > 2)?;
            Some((*field, if whole { 100 + count } else { count }))
        })
    }
}

/// Which column is what. A person may change all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The row of the headings, counted from one; rows up to it are not read. None: the first row is already an entry.
    #[serde(default)]
    pub heading_row: Option<u32>,
    /// What each column holds, by its number counted from nought; a column that is not here is not read.
    pub columns: BTreeMap<u32, Field>,
    /// The order of dates written in numbers, by column, where a person has said it; else it is found out.
    #[serde(default)]
    pub orders: BTreeMap<u32, DateOrder>,
}

/// Why a mapping cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MappingError {
    /// No column is the subject.
    #[error("no column is the subject")]
    NoSubject,
    /// Two columns are one thing that a document has only once.
    #[error("two columns are {0:?}")]
    Twice(Field),
}

impl Mapping {
    /// The columns of a field, from the left.
    pub(crate) fn of(&self, field: Field) -> impl Iterator<Item = u32> {
        self.columns.iter().filter(move |(_, of)| **of == field).map(|(column, _)| *column)
    }

    /// Whether it can be used.
    ///
    /// # Errors
    /// What a person must change first.
    pub fn check(&self) -> Result<(), MappingError> {
        if self.of(Field::Subject).next().is_none() {
            return Err(MappingError::NoSubject);
        }
        match Field::ALL.into_iter().find(|field| !field.repeats() && self.of(*field).count() > 1) {
            Some(field) => Err(MappingError::Twice(field)),
            None => Ok(()),
        }
    }
}

/// Proposes which column is what: the row of the first rows that names most fields is that of the headings. Of two
/// columns that could be one thing the better named is it, then the first; the other is left out.
pub fn propose(table: &Table, headings: &Headings) -> Mapping {
    let rows = table.rows.iter().take(HEADING_ROWS);
    let mut best: Option<(usize, &Row, BTreeMap<u32, Field>)> = None;
    for row in rows {
        let columns = named(row, headings);
        let distinct = columns.values().filter(|f| **f != Field::Unused).collect::<BTreeSet<_>>().len();
        if distinct >= 2 && best.as_ref().is_none_or(|(most, ..)| distinct > *most) {
            best = Some((distinct, row, columns));
        }
    }
    best.map_or_else(Mapping::default, |(_, row, columns)| Mapping {
        heading_row: Some(row.number),
        columns,
        orders: BTreeMap::new(),
    })
}

/// What the cells of a row name.
pub(crate) fn named(row: &Row, headings: &Headings) -> BTreeMap<u32, Field> {
    let mut found: Vec<(usize, u32, Field)> = Vec::new();
    for (column, cell) in (0_u32..).zip(&row.cells) {
        if let Some((field, weight)) = headings.field(cell) {
            found.push((weight, column, field));
        }
    }
    found.sort_by_key(|(weight, column, _)| (std::cmp::Reverse(*weight), *column));
    let mut out: BTreeMap<u32, Field> = BTreeMap::new();
    for (_, column, field) in found {
        if field.repeats() || !out.values().any(|known| *known == field) {
            out.insert(column, field);
        }
    }
    out
}
