//! Owns a reference taken apart, and how one is recognised in a text. Must not know where series come from.

use serde::{Deserialize, Serialize};

use super::{
    Catalogue, Series,
    allot::Counter,
    pattern::{Element, Field, Variant},
    suffix::{self, Suffix, SuffixKind},
    tokens::{Run, Token, joined, plain_key, tokens},
};

/// The most suffixes of one reference.
pub const MOST_SUFFIXES: usize = 8;

/// The highest number that is read.
pub(super) const HIGHEST_NUMBER: u64 = 999_999_999_999;
/// The highest number of a committee.
pub(super) const HIGHEST_BODY: u64 = 99_999;
/// The highest number of a sub-committee, and the highest figure after a stroke.
pub(super) const HIGHEST_PART: u64 = 999;

/// A reference taken apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParsedReference {
    /// The code of its series.
    pub series: String,
    /// The number of the committee: 35 in `AC/35-D/1038`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<u64>,
    /// The number of the sub-committee: 4 in `AC/322(SC/4)-D(2004)0002`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_body: Option<u64>,
    /// The kind of paper: `D` in `AC/35-D/1038`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// The division: `LOG` in `IMSTAM(LOG)-0123-2009`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<String>,
    /// The year, in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The number.
    pub number: u64,
    /// The figure after a stroke: 3 in `MC 14/3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stroke: Option<u64>,
    /// What stands behind it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suffixes: Vec<Suffix>,
}

impl ParsedReference {
    /// A reference of a series with nothing but a number.
    pub fn numbered(series: &str, number: u64) -> Self {
        Self {
            series: series.to_owned(),
            body: None,
            sub_body: None,
            paper: None,
            division: None,
            year: None,
            number,
            stroke: None,
            suffixes: Vec::new(),
        }
    }
    /// The communities to which this variant is released, as written: `INV`.
    pub fn release(&self) -> impl Iterator<Item = &str> {
        self.suffixes.iter().filter(|s| s.kind == SuffixKind::Release).map(|s| s.code.as_str())
    }
    /// The same without what stands behind it.
    #[must_use]
    pub fn base(&self) -> Self {
        Self { suffixes: Vec::new(), ..self.clone() }
    }
    pub(super) fn value(&self, field: Field) -> Option<String> {
        match field {
            Field::Body => self.body.map(|n| n.to_string()),
            Field::SubBody => self.sub_body.map(|n| n.to_string()),
            Field::Paper => self.paper.clone(),
            Field::Division => self.division.clone(),
            Field::Year => self.year.map(|n| n.to_string()),
            Field::Number => Some(self.number.to_string()),
            Field::Stroke => self.stroke.map(|n| n.to_string()),
        }
    }
    pub(super) fn has(&self, field: Field) -> bool {
        match field {
            Field::Body => self.body.is_some(),
            Field::SubBody => self.sub_body.is_some(),
            Field::Paper => self.paper.is_some(),
            Field::Division => self.division.is_some(),
            Field::Year => self.year.is_some(),
            Field::Number => true,
            Field::Stroke => self.stroke.is_some(),
        }
    }
}

/// What a text was recognised as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Written just as its series writes it.
    Exact(ParsedReference),
    /// Surely this reference, written otherwise.
    Lenient(ParsedReference),
    /// No series knows the form: kept as written.
    Unknown(String),
}

impl Reading {
    /// The reference, where a series knows it.
    pub fn reference(&self) -> Option<&ParsedReference> {
        match self {
            Reading::Exact(reference) | Reading::Lenient(reference) => Some(reference),
            Reading::Unknown(_) => None,
        }
    }
}

/// What of a reference is written down beside its text: by what it is found, and which number of which count it is.
/// It stands in the ledger, so that tables follow from entries even when the series are other ones by then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognised {
    /// [`Catalogue::key`].
    pub key: String,
    /// [`Catalogue::family`].
    pub family: String,
    /// The code of its series.
    pub series: String,
    /// Its count.
    pub counter: Counter,
    /// Its number there.
    pub number: u64,
}

/// How a token belongs to the reference it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It begins a part: a field, or letters and figures of the pattern itself.
    Begins(Option<Field>),
    /// It goes on with the letters before it; a blank may or may not stand between.
    Goes { spaced: bool },
    /// "No." before a number.
    NumberSign,
}

/// A variant found at the beginning of some tokens.
pub(super) struct Found {
    pub reference: ParsedReference,
    pub roles: Vec<Role>,
}

/// "No." in both languages, as people put it before a number.
const NUMBER_SIGNS: [&str; 7] = ["NO", "NOS", "NR", "NUM", "NUMBER", "NUMERO", "N"];

/// The variant at the beginning of the tokens, if it stands there.
pub(super) fn begins(series: &Series, variant: &Variant, tokens: &[Token]) -> Option<Found> {
    let mut reference = ParsedReference::numbered(&series.code, 0);
    let mut roles: Vec<Role> = Vec::new();
    for element in &variant.elements {
        let mut rest = tokens.get(roles.len()..)?;
        let letters = matches!(element, Element::Letters { .. })
            || matches!(element, Element::One(field) if field.is_letters());
        if !letters
            && let (Some(sign), Some(after)) = (rest.first().and_then(Token::letters), rest.get(1))
            && NUMBER_SIGNS.contains(&sign)
            && after.run == Run::Figures
            && !roles.is_empty()
        {
            roles.push(Role::NumberSign);
            rest = tokens.get(roles.len()..)?;
        }
        let first = rest.first()?;
        let place = match element {
            Element::One(field) => Some(*field),
            _ => None,
        };
        let mut word = |used: usize, spaced: bool| {
            roles.push(Role::Begins(place));
            roles.extend((1..used).map(|_| Role::Goes { spaced }));
        };
        match element {
            Element::Letters { joined: letters, spaced, .. } => word(joined(rest, letters)?, *spaced),
            Element::Figures(figures) => {
                first.figures().filter(|f| f == figures)?;
                roles.push(Role::Begins(place));
            }
            Element::One(field @ (Field::Paper | Field::Division)) => {
                let list = if *field == Field::Paper { &series.papers } else { &series.divisions };
                let (text, used, spaced) = listed(list, rest)?;
                word(used, spaced);
                let place =
                    if *field == Field::Paper { &mut reference.paper } else { &mut reference.division };
                *place = Some(text);
            }
            Element::One(Field::Year) => {
                reference.year = Some(series.year(variant, first)?);
                roles.push(Role::Begins(place));
            }
            Element::One(field) => {
                let number = first.number()?;
                match field {
                    Field::Body => reference.body = Some(number).filter(|n| *n <= HIGHEST_BODY),
                    Field::SubBody => reference.sub_body = Some(number).filter(|n| *n <= HIGHEST_PART),
                    Field::Stroke => reference.stroke = Some(number).filter(|n| *n <= HIGHEST_PART),
                    _ => reference.number = number,
                }
                if !reference.has(*field) {
                    return None;
                }
                roles.push(Role::Begins(place));
            }
        }
    }
    Some(Found { reference, roles })
}

/// The longest entry of a list with which the tokens begin; without a list one run of 1 to 8 unaccented letters.
fn listed(list: &[(String, String)], tokens: &[Token]) -> Option<(String, usize, bool)> {
    if list.is_empty() {
        let text = tokens.first().and_then(Token::letters)?;
        let fits = text.len() <= 8 && text.chars().all(|c| c.is_ascii_uppercase());
        return fits.then(|| (text.to_owned(), 1, false));
    }
    list.iter()
        .filter_map(|(entry, word)| joined(tokens, word).map(|used| (entry, word.len(), used)))
        .max_by_key(|(_, length, _)| *length)
        .map(|(entry, _, used)| (entry.clone(), used, entry.contains(' ')))
}

impl Catalogue {
    /// Takes a reference apart. Never fails: a form that no series knows is kept as written.
    pub fn parse(&self, text: &str) -> Reading {
        let text = text.trim();
        match self.recognise(&tokens(text)) {
            None => Reading::Unknown(text.to_owned()),
            Some(reference) => match self.format(&reference).is_some_and(|own| own == text) {
                true => Reading::Exact(reference),
                false => Reading::Lenient(reference),
            },
        }
    }

    fn recognise(&self, tokens: &[Token]) -> Option<ParsedReference> {
        self.beginning_with(tokens.first()?.letters()?).find_map(|(series, variant)| {
            let found = begins(series, variant, tokens)?;
            let suffixes = suffix::all(&series.suffixes, tokens.get(found.roles.len()..)?)?;
            Some(ParsedReference { suffixes, ..found.reference })
        })
    }

    /// The reference as its series writes it. None when the catalogue has no such series, or the series no form for
    /// what the reference says.
    pub fn format(&self, reference: &ParsedReference) -> Option<String> {
        let series = self.get(&reference.series)?;
        series.variant_for(reference)?;
        let mut text = series.forms.iter().find_map(|form| form.write(reference))?;
        for suffix in &reference.suffixes {
            let rule = series.suffixes.iter().find(|r| r.code == suffix.code && r.kind == suffix.kind)?;
            text.push_str(&rule.write(suffix.number).filter(|_| rule.allows(suffix.number))?);
        }
        Some(text)
    }

    /// The one key under which every way of writing a reference is found: `mcm 41 10`, `MCM-0041-2010` and
    /// `mcm41/2010` have the key `MCM 41 2010`. Where no series knows the form: upper case, accents off, letters and
    /// figures in runs, leading zeros off, like [`crate::reference::key`].
    ///
    /// A key depends on the catalogue. No two references that a series can tell apart have one key, and the key of
    /// such a key is itself. (What no series knows may have a plain key that one would know: `PO(=020)=146` has `PO 20 146`.)
    pub fn key(&self, text: &str) -> String {
        let tokens = tokens(text);
        self.recognise(&tokens)
            .and_then(|reference| self.key_of(&reference))
            .unwrap_or_else(|| plain_key(&tokens))
    }

    /// What is written down of a reference; none when no series knows the form.
    pub fn recognised(&self, text: &str) -> Option<Recognised> {
        self.recognised_of(&self.recognise(&tokens(text))?)
    }

    /// The same of a reference taken apart.
    pub fn recognised_of(&self, reference: &ParsedReference) -> Option<Recognised> {
        Some(Recognised {
            key: self.key_of(reference)?,
            family: self.family_of(reference)?,
            series: reference.series.clone(),
            counter: Counter::of(self.get(&reference.series)?, reference),
            number: reference.number,
        })
    }

    /// The key of a reference taken apart; none when the catalogue cannot write it.
    pub fn key_of(&self, reference: &ParsedReference) -> Option<String> {
        let mut key = self.base_key(reference)?;
        for suffix in &reference.suffixes {
            key.push(' ');
            key.push_str(&suffix.code);
            if let Some(number) = suffix.number {
                key.push_str(&format!(" {number}"));
            }
        }
        Some(key)
    }

    /// The key that an original shares with its revisions, addenda, corrigenda, translations and release variants:
    /// `C-M(2002)49` and `C-M(2002)49-COR8`. Where the figure after a stroke is a revision (`MC 14/2`, `MC 14/3`)
    /// it is left out. An unknown form loses the same suffixes at its end.
    pub fn family(&self, text: &str) -> String {
        let tokens = tokens(text);
        if let Some(family) = self.recognise(&tokens).and_then(|reference| self.family_of(&reference)) {
            return family;
        }
        let base = (1..tokens.len()).find(|at| {
            let (before, after) = tokens.split_at(*at);
            before.iter().any(|t| t.run == Run::Figures) && suffix::all(&self.common, after).is_some()
        });
        plain_key(base.and_then(|at| tokens.get(..at)).unwrap_or(&tokens))
    }

    /// The family of a reference taken apart; none when the catalogue cannot write it.
    pub fn family_of(&self, reference: &ParsedReference) -> Option<String> {
        let series = self.get(&reference.series)?;
        let mut base = reference.base();
        if series.stroke_revises {
            base.stroke = None;
        }
        self.base_key(&base)
    }

    fn base_key(&self, reference: &ParsedReference) -> Option<String> {
        let series = self.get(&reference.series)?;
        let variant = series.variant_for(reference)?;
        let mut parts: Vec<String> = Vec::new();
        for element in &variant.elements {
            parts.push(match element {
                Element::Letters { joined, .. } => joined.clone(),
                Element::Figures(figures) => figures.clone(),
                Element::One(field @ (Field::Paper | Field::Division)) => {
                    super::pattern::entry_word(&reference.value(*field)?)
                }
                Element::One(field) => reference.value(*field)?,
            });
        }
        Some(parts.join(" "))
    }
}
