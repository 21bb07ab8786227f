//! What a caller searches for: words, phrases, exclusions and filters, read from one line and written back to it.
//! Owns the form of a query and its bounds; must not know the index or what any word finds.
//!
//! ```text
//! berlin "access routes" -airlift from:"Acting Secretary" before:1955-06 kind:telegram
//! ```
//!
//! All parts must hold. White space separates; `"` begins and ends a phrase; `-` excludes. A token that is cut into
//! several words (`U.S.`) stands for each of them, and excluded for all of them in a row. A token or phrase without
//! any word is ignored. Names before a colon that are no filter are words like others.

use std::{borrow::Cow, fmt};

use jiff::civil::Date;

use crate::{
    reference::key,
    refusal::{Code, Refusal},
    words::{TextLanguage, fold_value, words},
};

/// The most characters of a query.
pub const LONGEST_QUERY: usize = 1_000;

/// The most words, phrases, exclusions and filters of a query together.
pub const MOST_PARTS: usize = 32;

/// A query that can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    parts: Vec<Part>,
}

/// One part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words that must occur, wherever they stand.
    Words(Text),
    /// Words that must occur in a row.
    Phrase(Text),
    /// Words that must not occur in a row; one word must not occur at all.
    Without(Text),
    /// What must be true of the document.
    Filter(Filter),
}

/// Text as it was typed, with the folded words in it: never without a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    typed: String,
    words: Vec<String>,
}

impl Text {
    fn new(typed: &str) -> Option<Self> {
        let found: Vec<String> = words(typed).map(|w| w.folded.into_owned()).collect();
        (!found.is_empty()).then(|| Self { typed: typed.to_owned(), words: found })
    }
    /// As it was typed, without quotation marks.
    pub fn typed(&self) -> &str {
        &self.typed
    }
    /// The folded words.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// What must be true of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All words stand in its originator.
    From(Text),
    /// All words stand in its addressees together.
    To(Text),
    /// Its marking, level or level's short code is this.
    Marking(String),
    /// It is dated before the first day of this.
    Before(Period),
    /// It is dated after the last day of this.
    After(Period),
    /// It bears this reference.
    Reference(String),
    /// This reference stands in its text.
    Cites(String),
    /// It is of this kind.
    Kind(String),
    /// It is dated in this year.
    Year(i16),
    /// It is registered in the registry of this code.
    Registry(String),
    /// It is in the file of this code, or in one below it.
    File(String),
}

/// The names of the filters, as they are written before a colon.
pub const FILTERS: [&str; 11] =
    ["from", "to", "marking", "before", "after", "ref", "cites", "kind", "year", "registry", "file"];

impl Filter {
    /// Reads a filter. Refused with `query-form` when the name is none of [`FILTERS`] or the value can't be one.
    pub fn new(name: &str, value: &str) -> Result<Self, Refusal> {
        let value = value.trim();
        let text = || Text::new(value).ok_or_else(unreadable);
        let plain = || match fold_value(value).is_empty() {
            true => Err(unreadable()),
            false => Ok(value.replace('"', "")),
        };
        match name.to_ascii_lowercase().as_str() {
            "from" => text().map(Filter::From),
            "to" => text().map(Filter::To),
            "marking" => plain().map(Filter::Marking),
            "before" => Period::new(value).map(Filter::Before).ok_or_else(unreadable),
            "after" => Period::new(value).map(Filter::After).ok_or_else(unreadable),
            "ref" | "cites" if key(value).is_empty() => Err(unreadable()),
            "ref" => plain().map(Filter::Reference),
            "cites" => plain().map(Filter::Cites),
            "kind" => plain().map(Filter::Kind),
            "year" => number(value, 4)
                .and_then(|year| i16::try_from(year).ok())
                .map(Filter::Year)
                .ok_or_else(unreadable),
            "registry" => plain().map(Filter::Registry),
            "file" => plain().map(Filter::File),
            _ => Err(unreadable()),
        }
    }

    /// The name before the colon.
    pub const fn name(&self) -> &'static str {
        match self {
            Filter::From(_) => "from",
            Filter::To(_) => "to",
            Filter::Marking(_) => "marking",
            Filter::Before(_) => "before",
            Filter::After(_) => "after",
            Filter::Reference(_) => "ref",
            Filter::Cites(_) => "cites",
            Filter::Kind(_) => "kind",
            Filter::Year(_) => "year",
            Filter::Registry(_) => "registry",
            Filter::File(_) => "file",
        }
    }

    /// The value after the colon, as it was typed.
    pub fn value(&self) -> Cow<'_, str> {
        match self {
            Filter::From(text) | Filter::To(text) => Cow::Borrowed(&text.typed),
            Filter::Before(period) | Filter::After(period) => Cow::Borrowed(&period.typed),
            Filter::Marking(value)
            | Filter::Reference(value)
            | Filter::Cites(value)
            | Filter::Kind(value)
            | Filter::Registry(value)
            | Filter::File(value) => Cow::Borrowed(value),
            Filter::Year(year) => Cow::Owned(format!("{year:04}")),
        }
    }

    /// True when a document can have many values of it, so that several filters of the name make sense.
    const fn repeats(&self) -> bool {
        matches!(
            self,
            Filter::From(_) | Filter::To(_) | Filter::Reference(_) | Filter::Cites(_) | Filter::File(_)
        )
    }
}

/// A year, a month or a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    typed: String,
    first: Date,
    last: Date,
}

impl Period {
    /// From `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, 1000 to 2999; none when there is no such time.
    fn new(typed: &str) -> Option<Self> {
        let mut parts = typed.split('-');
        let year = number(parts.next()?, 4).and_then(|n| i16::try_from(n).ok());
        let year = year.filter(|y| (1000..=2999).contains(y))?;
        let mut small = || match parts.next() {
            None => Some(None),
            Some(part) => number(part, 2).and_then(|n| i8::try_from(n).ok()).map(Some),
        };
        let (month, day) = (small()?, small()?);
        if parts.next().is_some() {
            return None;
        }
        let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        let last = match (month, day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        Some(Self { typed: typed.to_owned(), first, last })
    }
    /// As it was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }
    /// Its first day.
    pub const fn first(&self) -> Date {
        self.first
    }
    /// Its last day.
    pub const fn last(&self) -> Date {
        self.last
    }
    /// Its first day, in days since 1970-01-01.
    pub fn first_number(&self) -> i64 {
        day_number(self.first)
    }
    /// Its last day, in days since 1970-01-01.
    pub fn last_number(&self) -> i64 {
        day_number(self.last)
    }
}

/// Days since 1970-01-01.
pub fn day_number(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// Exactly so many ASCII digits.
fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn unreadable() -> Refusal {
    Refusal::on("query", Code::QueryForm)
}

impl Query {
    /// The same query with its references as `key` writes them: by what series know of them.
    #[must_use]
    pub fn with_keys(&self, key: impl Fn(&str) -> String) -> Self {
        let keyed = |part: &Part| match part {
            Part::Filter(Filter::Reference(text)) => Part::Filter(Filter::Reference(key(text))),
            Part::Filter(Filter::Cites(text)) => Part::Filter(Filter::Cites(key(text))),
            other => other.clone(),
        };
        Self { parts: self.parts.iter().map(keyed).collect() }
    }
    /// Reads a query. Refused with `query-form`: longer than [`LONGEST_QUERY`] characters, more than [`MOST_PARTS`]
    /// parts, a quotation mark that is not closed, a filter whose value is missing or impossible, a filter excluded.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if text.chars().nth(LONGEST_QUERY).is_some() {
            return Err(unreadable());
        }
        let mut parts = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let bare = rest.trim_start_matches('-');
            let excluded = bare.len() < rest.len();
            let (part, after) = if let Some(quoted) = bare.strip_prefix('"') {
                let (typed, after) = quoted.split_once('"').ok_or_else(unreadable)?;
                let part = if excluded { Part::Without } else { Part::Phrase };
                (Text::new(typed).map(part), after)
            } else {
                token(bare, excluded)?
            };
            parts.extend(part);
            rest = after.trim_start();
        }
        let query = Self { parts };
        if query.count() > MOST_PARTS { Err(unreadable()) } else { Ok(query) }
    }

    fn count(&self) -> usize {
        let each = |part: &Part| match part {
            Part::Words(text) => text.words.len(),
            Part::Phrase(_) | Part::Without(_) | Part::Filter(_) => 1,
        };
        self.parts.iter().map(each).sum()
    }

    /// Its parts, as they stand.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// True when it asks for nothing and so finds everything.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Every word that must occur, those of phrases too, folded, in order, as often as it stands.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        self.parts
            .iter()
            .filter_map(|part| match part {
                Part::Words(text) | Part::Phrase(text) => Some(&text.words),
                Part::Without(_) | Part::Filter(_) => None,
            })
            .flatten()
            .map(String::as_str)
    }

    /// The distinct stems of the required words in one language, each where it first stands.
    pub fn stems(&self, language: TextLanguage) -> Vec<String> {
        let mut stems: Vec<String> = Vec::new();
        for word in self.required() {
            let stem = language.stem(word);
            if !stems.iter().any(|s| *s == stem) {
                stems.push(stem.into_owned());
            }
        }
        stems
    }

    /// The folded words of each phrase that must occur.
    pub fn phrases(&self) -> impl Iterator<Item = &[String]> {
        self.parts.iter().filter_map(|part| match part {
            Part::Phrase(text) => Some(text.words.as_slice()),
            _ => None,
        })
    }

    /// The folded words of each run of words that must not occur.
    pub fn excluded(&self) -> impl Iterator<Item = &[String]> {
        self.parts.iter().filter_map(|part| match part {
            Part::Without(text) => Some(text.words.as_slice()),
            _ => None,
        })
    }

    /// Its filters.
    pub fn filters(&self) -> impl Iterator<Item = &Filter> {
        self.parts.iter().filter_map(|part| match part {
            Part::Filter(filter) => Some(filter),
            _ => None,
        })
    }

    /// The query with a filter more, for the link of a facet. A filter of which a document has only one value
    /// takes the place of one with its name. Refused as [`Query::parse`] refuses what comes of it.
    pub fn with_filter(&self, name: &str, value: &str) -> Result<Self, Refusal> {
        let filter = Filter::new(name, &value.replace('"', " "))?;
        let stays = |part: &&Part| match part {
            Part::Filter(other) => *other != filter && (filter.repeats() || other.name() != filter.name()),
            _ => true,
        };
        let mut parts: Vec<Part> = self.parts.iter().filter(stays).cloned().collect();
        parts.push(Part::Filter(filter));
        Self::parse(&Self { parts }.to_string())
    }

    /// The query without the filters of a name and value; the value is compared without case and accents.
    #[must_use]
    pub fn without(&self, name: &str, value: &str) -> Self {
        let value = fold_value(value);
        let goes = |part: &Part| match part {
            Part::Filter(f) => f.name().eq_ignore_ascii_case(name) && fold_value(&f.value()) == value,
            _ => false,
        };
        Self { parts: self.parts.iter().filter(|part| !goes(part)).cloned().collect() }
    }
}

/// Reads what is not quoted from its beginning: a filter, or words. Gives the rest.
fn token(bare: &str, excluded: bool) -> Result<(Option<Part>, &str), Refusal> {
    let end = bare.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(bare.len());
    let (typed, after) = bare.split_at(end);
    let filter = typed
        .split_once(':')
        .filter(|(name, _)| FILTERS.iter().any(|known| known.eq_ignore_ascii_case(name)));
    let Some((name, value)) = filter else {
        let part = if excluded { Part::Without } else { Part::Words };
        return Ok((Text::new(typed).map(part), after));
    };
    if excluded {
        return Err(unreadable());
    }
    let (value, after) = match after.strip_prefix('"') {
        Some(quoted) if value.is_empty() => quoted.split_once('"').ok_or_else(unreadable)?,
        _ => (value, after),
    };
    Ok((Some(Part::Filter(Filter::new(name, value)?)), after))
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut space = "";
        for part in &self.parts {
            f.write_str(space)?;
            space = " ";
            match part {
                Part::Words(text) => f.write_str(&text.typed)?,
                Part::Phrase(text) => write!(f, "\"{}\"", text.typed)?,
                Part::Without(text) if text.typed.chars().all(char::is_alphanumeric) => {
                    write!(f, "-{}", text.typed)?;
                }
                Part::Without(text) => write!(f, "-\"{}\"", text.typed)?,
                Part::Filter(filter) => {
                    let value = filter.value();
                    let quote = if value.contains(char::is_whitespace) { "\"" } else { "" };
                    write!(f, "{}:{quote}{value}{quote}", filter.name())?;
                }
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for Query {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Query {
        Query::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn a_query_is_read_into_its_parts() {
        let query = parsed(
            r#"Berlin "access Routes" -airlift -"air lift" FROM:"Acting Secretary" kind:telegram U.S."#,
        );
        assert_eq!(query.required().collect::<Vec<_>>(), ["berlin", "access", "routes", "u", "s"]);
        assert_eq!(query.phrases().collect::<Vec<_>>(), [["access", "routes"]]);
        assert_eq!(query.excluded().collect::<Vec<_>>(), [vec!["airlift"], vec!["air", "lift"]]);
        let filters: Vec<_> = query.filters().map(|f| (f.name(), f.value().into_owned())).collect();
        assert_eq!(filters, [("from", "Acting Secretary".to_owned()), ("kind", "telegram".to_owned())]);
    }

    #[test]
    fn what_holds_no_word_is_ignored_and_unknown_names_are_words() {
        assert!(parsed(" *** - \"\" -\"..\" --").is_empty());
        assert_eq!(parsed("foo:bar").required().collect::<Vec<_>>(), ["foo", "bar"]);
        assert_eq!(parsed("--x").excluded().collect::<Vec<_>>(), [["x"]]);
        assert_eq!(parsed("-non-paper").excluded().collect::<Vec<_>>(), [["non", "paper"]]);
        assert_eq!(parsed("a\"b c\"d").to_string(), "a \"b c\" d");
    }

    #[test]
    fn a_filter_whose_value_is_missing_or_impossible_is_refused() {
        for text in [
            "from:",
            "from: Acheson",
            "from:--",
            "to:\"\"",
            "ref:-",
            "kind:\" \"",
            "before:1955-13",
            "after:55",
            "before:1955-02-30",
            "before:1955-1",
            "year:55",
            "year:19555",
            "before:1955-01-01-01",
            "-kind:letter",
            "\"open",
            "marking:\"open",
            "before:0999",
            "year:+195",
        ] {
            assert_eq!(Query::parse(text).unwrap_err().code, Code::QueryForm, "{text}");
        }
    }

    #[test]
    fn a_query_is_bounded() {
        assert!(Query::parse(&"é".repeat(1_000)).is_ok());
        assert!(Query::parse(&"é".repeat(1_001)).is_err());
        assert!(Query::parse(&"a ".repeat(32)).is_ok());
        assert!(Query::parse(&"a ".repeat(33)).is_err());
        assert!(Query::parse(&"a.".repeat(33)).is_err());
        assert!(Query::parse(&format!("\"{}\"", "a ".repeat(400))).is_ok());
        assert!(Query::parse(&"year:1955 ".repeat(33)).is_err());
    }

    #[test]
    fn a_period_has_a_first_and_a_last_day() {
        let period = |text| Period::new(text).map(|p| (p.first.to_string(), p.last.to_string()));
        assert_eq!(period("1956"), Some(("1956-01-01".into(), "1956-12-31".into())));
        assert_eq!(period("1956-02"), Some(("1956-02-01".into(), "1956-02-29".into())));
        assert_eq!(period("1956-02-03"), Some(("1956-02-03".into(), "1956-02-03".into())));
        let day = Period::new("1969-12-31").unwrap();
        assert_eq!((day.first_number(), day.last_number()), (-1, -1));
        assert_eq!(Period::new("2026-11-21").unwrap().first_number(), 20_778);
    }

    #[test]
    fn links_add_and_take_away_filters() {
        let query = parsed("berlin kind:letter from:Acheson");
        let other = query.with_filter("kind", "telegram").unwrap();
        assert_eq!(other.to_string(), "berlin from:Acheson kind:telegram");
        let more = other.with_filter("from", "Bruce, \"David\" K.").unwrap();
        assert_eq!(more.to_string(), "berlin from:Acheson kind:telegram from:\"Bruce,  David  K.\"");
        assert_eq!(more.without("kind", "TELEGRAM").without("from", "acheson").filters().count(), 1);
        assert!(query.with_filter("colour", "red").is_err());
    }

    #[test]
    fn stems_are_distinct_in_each_language() {
        let query = parsed("nations \"the nation\" nationales");
        assert_eq!(query.stems(TextLanguage::Other), ["nations", "the", "nation", "nationales"]);
        assert_eq!(query.stems(TextLanguage::English)[..2], ["nation", "the"]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_parser(text in "\\PC{0,300}") {
            let _ = Query::parse(&text);
        }

        #[test]
        fn what_is_written_back_is_the_same_query(
            text in "((from|to|marking|before|after|ref|kind|year|registry|x)?:?[-\"a-zé:. 0-9]{0,8}\"? ?){0,8}"
        ) {
            if let Ok(query) = Query::parse(&text) {
                prop_assert_eq!(Query::parse(&query.to_string()), Ok(query));
            }
        }
    }
}
