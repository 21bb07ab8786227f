//! Owns the series in which references are numbered: what a body's references look like, what stands behind them,
//! how they are counted. Series are data (`house/series`); this knows the mechanisms. Must not know files, tables
//! or the clock: a catalogue is made of texts that are handed in.
//!
//! - [`Catalogue::parse`], [`Catalogue::format`]: a reference taken apart and put together;
//! - [`Catalogue::key`], [`Catalogue::family`]: what it is found under;
//! - [`Catalogue::citations`]: references in a running text;
//! - [`Catalogue::relation_of`]: what a suffix says of two papers;
//! - [`allot`]: numbers given, kept and struck out, and [`continuity`]: what became of each.
//!
//! **Two-figure years.** One means the one year of that ending among the hundred years that begin with the series'
//! first: `valid_from`, or `pivot` where the data give one, or else 1950. A series of 1949 reads 49 to 99 as 1949 to
//! 1999 and 00 to 48 as 2000 to 2048. Nothing depends on today.

mod alike;
pub mod allot;
mod citation;
pub mod continuity;
mod file;
mod parsed;
mod pattern;
mod relation;
mod suffix;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::house::Names;

pub use citation::{Citation, MOST_CITATIONS};
pub use file::CatalogueError;
pub use parsed::{MOST_SUFFIXES, ParsedReference, Reading, Recognised};
pub use pattern::{Field, Form, PatternFault};
pub use relation::Relation;
pub use suffix::{HIGHEST_SUFFIX, Suffix, SuffixKind, SuffixRule};

use pattern::{FIELDS, Variant};
use tokens::{Token, without_zeros};
pub(crate) use tokens::{plain_key, tokens};

/// When a paper takes its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// A draft keeps a number for itself, which it takes when it is signed.
    Draft,
    /// Only at signature (or when it is registered).
    #[default]
    Signature,
}

/// How freely a series is recognised in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InText {
    /// Its letters stand for nothing else.
    #[default]
    Plain,
    /// Its letters are also words or names: a number that may be a year is none of it.
    Careful,
    /// Never: only where somebody wrote a reference and nothing else.
    Never,
}

/// A series.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its code, one of a kind in the catalogue.
    pub code: String,
    /// Its name in both languages.
    pub names: Names,
    /// The code of the body or registry whose papers they are.
    pub owner: String,
    /// True when its numbers are given elsewhere: none is allotted here, gaps and repetitions mean nothing.
    pub foreign: bool,
    /// What starts a count of its own; empty: one count for ever.
    pub counter: Vec<Field>,
    /// The first number of each count.
    pub first: u64,
    /// When a paper takes its number.
    pub numbering: Numbering,
    /// The first day on which a number may be given.
    pub valid_from: Option<Date>,
    /// The last day on which a number may be given.
    pub valid_to: Option<Date>,
    /// True when the figure after a stroke counts revisions: `MC 14/3` takes the place of `MC 14/2`.
    pub stroke_revises: bool,
    /// How freely it is recognised in running text.
    pub in_text: InText,
    /// What may stand behind its references.
    pub suffixes: Vec<SuffixRule>,
    /// How it writes, the newest last.
    pub forms: Vec<Form>,
    papers: Vec<(String, String)>,
    divisions: Vec<(String, String)>,
    /// The word before several of its numbers: `Embtels`.
    plural: Option<String>,
    pivot: i16,
    variants: Vec<Variant>,
}

/// The earliest and the latest year of a reference.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

impl Series {
    /// The kinds of paper that it knows; empty: any.
    pub fn papers(&self) -> impl Iterator<Item = &str> {
        self.papers.iter().map(|(entry, _)| entry.as_str())
    }
    /// The divisions that it knows; empty: any.
    pub fn divisions(&self) -> impl Iterator<Item = &str> {
        self.divisions.iter().map(|(entry, _)| entry.as_str())
    }
    /// True when a number may be given on this day.
    pub fn in_force(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
    /// True when the series was in force at some time of the year.
    fn has_year(&self, year: i16) -> bool {
        YEARS.contains(&year)
            && self.valid_from.is_none_or(|from| from.year() <= year)
            && self.valid_to.is_none_or(|to| year <= to.year())
    }
    /// The year that figures stand for in a variant.
    fn year(&self, variant: &Variant, token: &Token) -> Option<i16> {
        let year = match token.text.len() {
            2 => {
                let ending: i16 = token.text.parse().ok()?;
                self.pivot.checked_add((ending - self.pivot).rem_euclid(100))?
            }
            _ => without_zeros(&token.text).parse().ok()?,
        };
        self.writes(variant, year).then_some(year)
    }
    /// True when the series writes this variant in this year.
    fn writes(&self, variant: &Variant, year: i16) -> bool {
        self.has_year(year) && variant.years.iter().any(|(from, to)| (*from..=*to).contains(&year))
    }
    /// The variant that says just what the reference says; none when it says what can't be read back.
    fn variant_for(&self, reference: &ParsedReference) -> Option<&Variant> {
        let known = |text: &Option<String>, list: &[(String, String)]| {
            text.as_ref().is_none_or(|text| match list.is_empty() {
                true => (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase()),
                false => list.iter().any(|(entry, _)| entry == text),
            })
        };
        let fits = reference.number <= parsed::HIGHEST_NUMBER
            && reference.body.is_none_or(|n| n <= parsed::HIGHEST_BODY)
            && reference.sub_body.is_none_or(|n| n <= parsed::HIGHEST_PART)
            && reference.stroke.is_none_or(|n| n <= parsed::HIGHEST_PART)
            && known(&reference.paper, &self.papers)
            && known(&reference.division, &self.divisions);
        if !fits {
            return None;
        }
        self.variants.iter().find(|variant| {
            FIELDS.iter().all(|f| variant.has(*f) == reference.has(*f))
                && reference.year.is_none_or(|year| self.writes(variant, year))
        })
    }
}

/// Every series that is known, ready for use.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    all: Vec<Series>,
    by_code: BTreeMap<String, usize>,
    /// Which series and which of its variants may begin with this letter.
    by_letter: BTreeMap<char, Vec<(usize, usize)>>,
    /// The suffixes by which an unknown form is put into a family.
    common: Vec<SuffixRule>,
    /// The first runs of letters by which one may be looked for in running text, as they are written there.
    openings: BTreeSet<String>,
    /// Which series has this word before several of its numbers.
    plurals: BTreeMap<String, usize>,
    template: Option<file::Template>,
}

impl Catalogue {
    /// Every series.
    pub fn iter(&self) -> impl Iterator<Item = &Series> {
        self.all.iter()
    }
    /// The series with this code.
    pub fn get(&self, code: &str) -> Option<&Series> {
        self.by_code.get(code).and_then(|at| self.all.get(*at))
    }
    /// Series and variants that can begin with these folded letters.
    fn beginning_with(&self, letters: &str) -> impl Iterator<Item = (&Series, &Variant)> {
        letters.chars().next().and_then(|first| self.by_letter.get(&first)).into_iter().flatten().filter_map(
            |(series, variant)| {
                let series = self.all.get(*series)?;
                Some((series, series.variants.get(*variant)?))
            },
        )
    }
}
