//! What a query says: words, phrases, exclusions, filters. Reads the text of a query and knows no papers.

use crate::{
    date::{Day, span},
    error::OracleError,
    words::{fold, folded, one_line, reference_key},
};

/// A condition on what a paper bears beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of these folded words stand in the originator.
    From(Vec<String>),
    /// All of these folded words stand in the addressees.
    To(Vec<String>),
    /// The folded marking, name of the level or its short code.
    Marking(String),
    /// Before this day.
    Before(Day),
    /// After this day.
    After(Day),
    /// A reference of this key.
    Ref(String),
    /// The folded kind.
    Kind(String),
    /// The year, four digits.
    Year(String),
    /// The folded code of the registry.
    Registry(String),
}

/// A query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Sequences of folded words that must stand in the text: one word, or the words of a phrase.
    pub wanted: Vec<Vec<String>>,
    /// Sequences that must not.
    pub unwanted: Vec<Vec<String>>,
    /// Conditions that must hold.
    pub filters: Vec<Filter>,
}

/// Longest query, in characters.
const LONGEST: usize = 1_000;
/// Most words, phrases and filters together.
const MOST: usize = 32;

/// A piece of a query as written.
struct Piece<'a> {
    excluded: bool,
    name: Option<&'a str>,
    text: &'a str,
    quoted: bool,
}

const NAMES: [&str; 9] = ["from", "to", "marking", "before", "after", "ref", "kind", "year", "registry"];

/// The next piece and what is left after it; none at the end.
fn piece(text: &str) -> Result<Option<(Piece<'_>, &str)>, &'static str> {
    let mut rest = text.trim_start();
    if rest.is_empty() {
        return Ok(None);
    }
    let excluded = rest.starts_with('-');
    rest = rest.trim_start_matches('-');
    let name = rest
        .split_once(':')
        .map(|(name, _)| name)
        .filter(|name| NAMES.contains(&name.to_lowercase().as_str()));
    if let Some(name) = name {
        rest = rest.get(name.len() + 1..).unwrap_or_default();
    }
    let (text, quoted, rest) = match rest.strip_prefix('"') {
        Some(inner) => {
            let (text, after) = inner.split_once('"').ok_or("a quotation that does not end")?;
            (text, true, after)
        }
        None => {
            // A quotation that begins inside of a word begins a new piece.
            let end = rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            (text, false, after)
        }
    };
    Ok(Some((Piece { excluded, name, text, quoted }, rest)))
}

fn filter(name: &str, value: &str) -> Result<Filter, &'static str> {
    let value = one_line(value);
    if value.is_empty() {
        return Err("a filter without a value");
    }
    let date = || span(&value).ok_or("a date that does not exist");
    let words = || Some(folded(&value)).filter(|words| !words.is_empty()).ok_or("a name without a word");
    let key =
        || Some(reference_key(&value)).filter(|key| !key.is_empty()).ok_or("a reference without a word");
    Ok(match name {
        "from" => Filter::From(words()?),
        "to" => Filter::To(words()?),
        "marking" => Filter::Marking(fold(&value)),
        "before" => Filter::Before(date()?.0),
        "after" => Filter::After(date()?.1),
        "ref" => Filter::Ref(key()?),
        "kind" => Filter::Kind(fold(&value)),
        "year" if value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit()) => Filter::Year(value),
        "year" => return Err("a year that is not four digits"),
        _ => Filter::Registry(fold(&value)),
    })
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`OracleError::Query`]: too long, too many parts, a date that does not exist, a filter without a value or
    /// with a minus before it.
    pub fn parse(text: &str) -> Result<Self, OracleError> {
        let fault = |why| OracleError::Query { query: text.to_owned(), why };
        if text.chars().count() > LONGEST {
            return Err(fault("longer than 1,000 characters"));
        }
        let mut query = Query::default();
        let mut rest = text;
        while let Some((found, after)) = piece(rest).map_err(fault)? {
            rest = after;
            if let Some(name) = found.name {
                if found.excluded {
                    return Err(fault("a filter cannot be excluded"));
                }
                query.filters.push(filter(&name.to_lowercase(), found.text).map_err(fault)?);
                continue;
            }
            let words = folded(found.text);
            if words.is_empty() {
                continue;
            }
            // `non-paper` wants two words, wherever they stand; `-non-paper` excludes them only side by side.
            match (found.excluded, found.quoted) {
                (true, _) => query.unwanted.push(words),
                (false, true) => query.wanted.push(words),
                (false, false) => query.wanted.extend(words.into_iter().map(|word| vec![word])),
            }
        }
        if query.wanted.len() + query.unwanted.len() + query.filters.len() > MOST {
            return Err(fault("more than 32 words, phrases and filters"));
        }
        Ok(query)
    }

    /// The words that are wanted, in the order in which they stand.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().flatten().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<Vec<String>> {
        list.iter().map(|text| text.split(' ').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn words_phrases_exclusions_and_filters_are_told_apart() {
        let query = Query::parse(
            r#"Berlin "Air Access" -wall -"four power" from:"Acting Secretary" after:1958-11 ref:d012"#,
        )
        .unwrap();
        assert_eq!(query.wanted, words(&["berlin", "air access"]));
        assert_eq!(query.unwanted, words(&["wall", "four power"]));
        assert_eq!(
            query.filters,
            [
                Filter::From(vec!["acting".into(), "secretary".into()]),
                Filter::After(span("1958-11-30").unwrap().0),
                Filter::Ref("D 12".into()),
            ]
        );
        assert!(query.words().eq(["berlin", "air", "access"]));
    }

    #[test]
    fn an_unknown_prefix_is_a_word() {
        assert_eq!(Query::parse("subject:Berlin").unwrap().wanted, words(&["subject", "berlin"]));
        assert_eq!(Query::parse("x:\"a b\"c").unwrap().wanted, words(&["x", "a b", "c"]));
    }

    #[test]
    fn a_word_that_is_cut_is_wanted_in_pieces_and_excluded_as_a_phrase() {
        let query = Query::parse("U.S. --non-paper").unwrap();
        assert_eq!((query.wanted, query.unwanted), (words(&["u", "s"]), words(&["non paper"])));
    }

    #[test]
    fn before_is_before_the_first_day_and_after_is_after_the_last() {
        let query = Query::parse("before:1960 after:1960").unwrap();
        let (first, last) = span("1960").unwrap();
        assert_eq!(query.filters, [Filter::Before(first), Filter::After(last)]);
    }

    #[test]
    fn what_breaks_the_rules_is_refused() {
        let long = "x".repeat(1_001);
        let many = "x ".repeat(33);
        for text in [
            long.as_str(),
            many.as_str(),
            "before:1958-13",
            "from:",
            "from: x",
            "to:***",
            "ref:-",
            "year:58",
            "-from:x",
            "\"open",
        ] {
            assert!(Query::parse(text).is_err(), "{text}");
        }
        assert_eq!(Query::parse(" \"\" - ").unwrap(), Query::default());
    }
}
