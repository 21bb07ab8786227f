//! Owns the form in which series are written down (TOML) and every check that a catalogue passes before it is used.
//! Must not know where the texts lie. `house/series/README.md` tells the form to those who write one.

use jiff::civil::Date;
use serde::Deserialize;

use super::{
    Catalogue, Field, Form, InText, Numbering, PatternFault, Series, SuffixKind, SuffixRule, alike,
    pattern::{Element, Variant, entry_word},
    suffix,
    tokens::{bare, tokens},
};
use crate::house::Names;

/// The most bytes of one file of series.
pub const LARGEST_FILE: usize = 256 * 1024;
/// The most series of a catalogue.
pub const MOST_SERIES: usize = 4_096;
/// The most entries of one list.
const MOST: usize = 256;
/// The most forms of one series.
const MOST_FORMS: usize = 16;
/// The most pairs of a paper and a division.
const MOST_WORDS: usize = 4_096;

/// Why texts make no catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// A file over [`LARGEST_FILE`].
    #[error("{file}: over 256 KiB")]
    TooLarge {
        /// The file.
        file: String,
    },
    /// Not TOML, or not of the form of a series.
    #[error("{file}: {message}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the reader of TOML says.
        message: String,
    },
    /// Over [`MOST_SERIES`] series, or a list over 256 entries.
    #[error("{series}: too many")]
    TooMany {
        /// The series, or the file.
        series: String,
    },
    /// A code or name that is empty, too long or has other characters than it may.
    #[error("{series}: {what} `{value}` can't be used")]
    Word {
        /// The series, or the file.
        series: String,
        /// What it is: code, name, word, paper.
        what: &'static str,
        /// As given.
        value: String,
    },
    /// Two series with one code.
    #[error("{code}: two series have this code")]
    CodeTaken {
        /// The code.
        code: String,
    },
    /// A series without a form.
    #[error("{series}: no form")]
    NoForm {
        /// The series.
        series: String,
    },
    /// A pattern that can't be used.
    #[error("{series}: `{pattern}`: {fault}")]
    Pattern {
        /// The series.
        series: String,
        /// As given.
        pattern: String,
        /// What is wrong with it.
        fault: PatternFault,
    },
    /// Days or years that end before they begin, or two forms for one year.
    #[error("{series}: days or years that don't follow each other")]
    Years {
        /// The series.
        series: String,
    },
    /// A count that starts anew for something that the reference doesn't say: two papers would be written alike.
    #[error("{series}: counted by {field:?}, which `{pattern}` doesn't show")]
    CountedUnseen {
        /// The series.
        series: String,
        /// What it is counted by.
        field: Field,
        /// The pattern that lacks it.
        pattern: String,
    },
    /// A suffix that the file doesn't define, or that can't be told from another.
    #[error("{series}: suffix {suffix}")]
    Suffix {
        /// The series, or the file.
        series: String,
        /// Which.
        suffix: String,
    },
    /// Two series (or two forms of one) of which a reference could be either.
    #[error("{one} and {other}: a reference could be of either")]
    Alike {
        /// The first series.
        one: String,
        /// The second, or the same.
        other: String,
    },
    /// A registry's series was asked for and no file gives its form.
    #[error("no file gives the form of a registry's own series")]
    NoTemplate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    suffix: Vec<RawSuffix>,
    #[serde(default)]
    series: Vec<RawSeries>,
    /// The form of every registry's own series, `{registry}` standing for its code.
    #[serde(default)]
    registry: Option<RawSeries>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSuffix {
    id: String,
    #[serde(default)]
    code: Option<String>,
    kind: SuffixKind,
    #[serde(default)]
    numbered: Option<String>,
    #[serde(default)]
    bare: Option<String>,
    #[serde(default)]
    words: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSeries {
    code: String,
    names: Names,
    owner: String,
    #[serde(default)]
    foreign: bool,
    #[serde(default)]
    counter: Vec<RawField>,
    #[serde(default = "one")]
    first: u64,
    #[serde(default)]
    numbering: Numbering,
    #[serde(default)]
    valid_from: Option<Date>,
    #[serde(default)]
    valid_to: Option<Date>,
    #[serde(default)]
    pivot: Option<i16>,
    #[serde(default)]
    stroke_revises: bool,
    #[serde(default)]
    in_text: InText,
    #[serde(default)]
    suffixes: Vec<String>,
    #[serde(default)]
    papers: Vec<String>,
    #[serde(default)]
    divisions: Vec<String>,
    #[serde(default)]
    plural: Option<String>,
    form: Vec<RawForm>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForm {
    write: String,
    #[serde(default)]
    from: Option<i16>,
    #[serde(default)]
    until: Option<i16>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawField {
    Body,
    SubBody,
    Paper,
    Division,
    Year,
}

const fn one() -> u64 {
    1
}

/// The form of a registry's own series.
#[derive(Clone)]
pub(super) struct Template {
    raw: RawSeries,
    suffixes: Vec<(String, SuffixRule)>,
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Template").field("code", &self.raw.code).finish_non_exhaustive()
    }
}

impl Catalogue {
    /// Reads files of series: each its name, for messages, and its text. Refused with the first thing that is wrong;
    /// among others when a reference could be of two series.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, CatalogueError> {
        let mut catalogue = Self::default();
        for (name, text) in files {
            catalogue.add_file(name, text)?;
        }
        catalogue.settle()?;
        Ok(catalogue)
    }

    /// The catalogue with the own series of a registry: its code, its names, the first day it numbers, if known.
    ///
    /// Refused when the code is taken or its references could be those of another series: a registry `CM` would
    /// write what reads like a Council memorandum.
    pub fn with_registry(
        self,
        code: &str,
        names: &Names,
        valid_from: Option<Date>,
    ) -> Result<Self, CatalogueError> {
        self.with_registries([(code, names, valid_from)])
    }

    /// The same for many at once, checked once.
    pub fn with_registries<'a>(
        mut self,
        registries: impl IntoIterator<Item = (&'a str, &'a Names, Option<Date>)>,
    ) -> Result<Self, CatalogueError> {
        let template = self.template.clone().ok_or(CatalogueError::NoTemplate)?;
        for (code, names, valid_from) in registries {
            let fill = |text: &str| text.replace("{registry}", code);
            let mut raw = template.raw.clone();
            raw.code = fill(&raw.code);
            raw.owner = fill(&raw.owner);
            raw.names = names.clone();
            raw.valid_from = valid_from.or(raw.valid_from);
            raw.form.iter_mut().for_each(|form| form.write = fill(&form.write));
            self.add(raw, &template.suffixes)?;
        }
        self.settle()?;
        Ok(self)
    }

    fn add_file(&mut self, file: &str, text: &str) -> Result<(), CatalogueError> {
        if text.len() > LARGEST_FILE {
            return Err(CatalogueError::TooLarge { file: file.to_owned() });
        }
        let raw: RawFile = toml::from_str(text).map_err(|error| CatalogueError::Unreadable {
            file: file.to_owned(),
            message: error.message().to_owned(),
        })?;
        if raw.suffix.len() > MOST || raw.series.len() > MOST {
            return Err(CatalogueError::TooMany { series: file.to_owned() });
        }
        let mut suffixes: Vec<(String, SuffixRule)> = Vec::new();
        for given in raw.suffix {
            let rule = suffix_rule(file, &given)?;
            if suffixes.iter().any(|(id, _)| *id == given.id) {
                return Err(CatalogueError::Suffix { series: file.to_owned(), suffix: given.id });
            }
            suffixes.push((given.id, rule));
        }
        for series in raw.series {
            self.add(series, &suffixes)?;
        }
        if let Some(raw) = raw.registry {
            self.template = Some(Template { raw, suffixes });
        }
        Ok(())
    }

    fn add(&mut self, raw: RawSeries, known: &[(String, SuffixRule)]) -> Result<(), CatalogueError> {
        if self.all.len() == MOST_SERIES {
            return Err(CatalogueError::TooMany { series: raw.code });
        }
        let series = series(raw, known)?;
        if self.by_code.insert(series.code.clone(), self.all.len()).is_some() {
            return Err(CatalogueError::CodeTaken { code: series.code });
        }
        self.all.push(series);
        Ok(())
    }

    /// Makes what is looked up from what was read.
    fn settle(&mut self) -> Result<(), CatalogueError> {
        alike::check(&self.all)?;
        self.by_letter.clear();
        self.common.clear();
        self.openings = super::citation::openings(&self.all);
        self.plurals.clear();
        for (at, series) in self.all.iter().enumerate() {
            for word in series.plural.iter().filter(|_| series.in_text != InText::Never) {
                self.plurals.insert(word.clone(), at);
                self.plurals.insert(word.to_ascii_uppercase(), at);
            }
            for (which, variant) in series.variants.iter().enumerate() {
                for letter in alike::first_letters(series, variant) {
                    self.by_letter.entry(letter).or_default().push((at, which));
                }
            }
            for rule in &series.suffixes {
                let telling = matches!(
                    rule.kind,
                    SuffixKind::Revision | SuffixKind::Addendum | SuffixKind::Corrigendum | SuffixKind::Final
                );
                if telling && !self.common.contains(rule) {
                    self.common.push(rule.clone());
                }
            }
        }
        Ok(())
    }
}

fn short(series: &str, what: &'static str, value: &str, most: usize) -> Result<(), CatalogueError> {
    let fits = !value.trim().is_empty()
        && value.trim() == value
        && value.chars().count() <= most
        && !value.chars().any(char::is_control);
    match fits {
        true => Ok(()),
        false => {
            let value = value.chars().take(most).collect();
            Err(CatalogueError::Word { series: series.to_owned(), what, value })
        }
    }
}

fn suffix_rule(file: &str, raw: &RawSuffix) -> Result<SuffixRule, CatalogueError> {
    let wrong = || CatalogueError::Suffix { series: file.to_owned(), suffix: raw.id.clone() };
    let code = raw.code.clone().unwrap_or_else(|| raw.id.clone());
    let letters = (1..=12).contains(&code.len()) && code.chars().all(|c| c.is_ascii_uppercase());
    if !letters || raw.words.len() > MOST || (raw.numbered.is_none() && raw.bare.is_none()) {
        return Err(wrong());
    }
    let mut words = vec![code.clone()];
    for word in &raw.words {
        let word = bare(word);
        if word.is_empty() || word.len() > 40 {
            return Err(wrong());
        }
        words.push(word);
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    let numbered = match &raw.numbered {
        None => None,
        Some(text) => {
            let (before, after) = text.split_once("{n}").ok_or_else(wrong)?;
            Some((before.to_owned(), after.to_owned()))
        }
    };
    let rule = SuffixRule { code, kind: raw.kind, numbered, bare: raw.bare.clone(), words };
    // What it writes, it must read: behind a number, with nothing of its own before it that is not a separator.
    for number in [None, Some(7)].into_iter().filter(|n| rule.allows(*n)) {
        let written = rule.write(number).ok_or_else(wrong)?;
        let tokens = tokens(&written);
        let read = suffix::first([&rule], &tokens);
        let whole = read.is_some_and(|(_, s, used)| s.number == number && used == tokens.len());
        let apart = written.chars().next().is_some_and(|c| !c.is_alphanumeric());
        if !whole || !apart || written.len() > 40 {
            return Err(wrong());
        }
    }
    Ok(rule)
}

fn series(raw: RawSeries, known: &[(String, SuffixRule)]) -> Result<Series, CatalogueError> {
    let name = raw.code.clone();
    let years = || CatalogueError::Years { series: name.clone() };
    let code_fits = (1..=24).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-/()".contains(c))
        && name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    if !code_fits {
        let value = name.chars().take(24).collect();
        return Err(CatalogueError::Word { series: name, what: "code", value });
    }
    short(&name, "name", &raw.names.en, 200)?;
    short(&name, "name", &raw.names.fr, 200)?;
    short(&name, "owner", &raw.owner, 24)?;
    let lists = [raw.papers.len(), raw.divisions.len(), raw.suffixes.len(), raw.form.len()];
    let words = raw.papers.len().max(1) * raw.divisions.len().max(1);
    if lists.iter().any(|length| *length > MOST) || words > MOST_WORDS || raw.form.len() > MOST_FORMS {
        return Err(CatalogueError::TooMany { series: name });
    }
    if raw.form.is_empty() {
        return Err(CatalogueError::NoForm { series: name });
    }
    if raw.valid_from.zip(raw.valid_to).is_some_and(|(from, to)| to < from) {
        return Err(years());
    }
    let pivot = raw.pivot.or_else(|| raw.valid_from.map(|d| d.year())).unwrap_or(1950);
    if !super::YEARS.contains(&pivot) {
        return Err(years());
    }

    let mut suffixes: Vec<SuffixRule> = Vec::new();
    for id in &raw.suffixes {
        let wrong = || CatalogueError::Suffix { series: name.clone(), suffix: id.clone() };
        let (_, rule) = known.iter().find(|(known, _)| known == id).ok_or_else(wrong)?;
        if suffixes.iter().any(|s| s.words.iter().any(|word| rule.words.contains(word))) {
            return Err(wrong());
        }
        suffixes.push(rule.clone());
    }
    let mut forms: Vec<Form> = Vec::new();
    for given in &raw.form {
        let mut form = Form::new(&given.write, given.from, given.until).map_err(|fault| {
            let pattern = given.write.chars().take(80).collect();
            CatalogueError::Pattern { series: name.clone(), pattern, fault }
        })?;
        if !form.keep_to((pivot, pivot.saturating_add(99))) {
            return Err(years());
        }
        forms.push(form);
    }
    let counter = fields(&raw.counter);
    for field in &counter {
        // Only the newest form is used for new papers.
        if let Some(form) = forms.last().filter(|form| !raw.foreign && !shows(form, *field)) {
            let pattern = form.pattern.clone();
            return Err(CatalogueError::CountedUnseen { series: name, field: *field, pattern });
        }
    }
    let mut series = Series {
        code: name.clone(),
        names: raw.names,
        owner: raw.owner,
        foreign: raw.foreign,
        counter,
        first: raw.first,
        numbering: raw.numbering,
        valid_from: raw.valid_from,
        valid_to: raw.valid_to,
        stroke_revises: raw.stroke_revises,
        in_text: raw.in_text,
        suffixes,
        forms,
        papers: entries(&name, "paper", &raw.papers)?,
        divisions: entries(&name, "division", &raw.divisions)?,
        plural: raw.plural,
        pivot,
        variants: Vec::new(),
    };
    if let Some(plural) = &series.plural {
        short(&name, "word", plural, 24)?;
    }
    series.variants = variants(&series)?;
    Ok(series)
}

/// A committee counts beside its sub-committees; everything else that is counted by stands in every reference.
fn shows(form: &Form, field: Field) -> bool {
    if field == Field::SubBody { form.has(field) } else { form.always_has(field) }
}

fn fields(given: &[RawField]) -> Vec<Field> {
    let mut all: Vec<Field> = given
        .iter()
        .map(|field| match field {
            RawField::Body => Field::Body,
            RawField::SubBody => Field::SubBody,
            RawField::Paper => Field::Paper,
            RawField::Division => Field::Division,
            RawField::Year => Field::Year,
        })
        .collect();
    all.sort();
    all.dedup();
    all
}

/// The entries of a list, each with the word by which it is compared.
fn entries(
    series: &str,
    what: &'static str,
    given: &[String],
) -> Result<Vec<(String, String)>, CatalogueError> {
    let mut all: Vec<(String, String)> = Vec::new();
    for entry in given {
        short(series, what, entry, 24)?;
        let word = entry_word(entry);
        let plain = entry.chars().all(|c| c.is_ascii_alphabetic() || " -&.".contains(c))
            && entry.starts_with(|c: char| c.is_ascii_alphabetic())
            && entry.ends_with(|c: char| c.is_ascii_alphabetic());
        if !plain || all.iter().any(|(_, known)| *known == word) {
            return Err(CatalogueError::Word { series: series.to_owned(), what, value: entry.clone() });
        }
        all.push((entry.clone(), word));
    }
    Ok(all)
}

/// The variants of all forms, each once, with the years in which it is written.
fn variants(series: &Series) -> Result<Vec<Variant>, CatalogueError> {
    let mut all: Vec<Variant> = Vec::new();
    for form in &series.forms {
        for variant in form.variants() {
            let listless = matches!(variant.elements.first(), Some(Element::One(Field::Paper)) if series.papers.is_empty())
                || matches!(variant.elements.first(), Some(Element::One(Field::Division)) if series.divisions.is_empty());
            if listless {
                return Err(CatalogueError::Pattern {
                    series: series.code.clone(),
                    pattern: form.pattern.clone(),
                    fault: PatternFault::Beginning,
                });
            }
            match all.iter_mut().find(|known| known.like(&variant)) {
                None => all.push(variant),
                // One year, one way to write: else two canonical forms would be one reference.
                Some(known) => {
                    let meets = |(from, to): &(i16, i16)| {
                        variant.years.iter().any(|(other, end)| from <= end && other <= to)
                    };
                    if known.years.iter().any(meets) {
                        return Err(CatalogueError::Years { series: series.code.clone() });
                    }
                    known.years.extend(variant.years);
                }
            }
        }
    }
    // A reference is written by what it says: two different places for the same things could not be chosen between.
    for (n, variant) in all.iter().enumerate() {
        if all.iter().skip(n + 1).any(|other| other.same_fields(variant)) {
            return Err(CatalogueError::Alike { one: series.code.clone(), other: series.code.clone() });
        }
    }
    Ok(all)
}
