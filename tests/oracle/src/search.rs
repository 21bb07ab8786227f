//! Searching by looking at everything: which papers match, with what score, in what order, with what facets.
//! A paper's score is computed from the paper and the query alone; a scope then says which papers count.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};

use crate::{
    corpus::{Corpus, Document},
    people::Class,
    query::{Filter, Query},
    words::{Frequencies, Stem, Vocabulary, fold},
};

/// A paper that matches, whoever asks.
#[derive(Debug, Clone, Copy)]
pub struct Match<'a> {
    /// The paper.
    pub document: &'a Document,
    /// Its score in millionths.
    pub score: i64,
}

/// A query whose words have become stems.
pub struct Prepared {
    wanted: Vec<Vec<Stem>>,
    unwanted: Vec<Vec<Stem>>,
    filters: Vec<Filter>,
    /// Each distinct stem with its weight, in the query's order.
    weights: Vec<(Stem, f64)>,
}

impl Prepared {
    /// Stems a query.
    pub fn new(query: &Query, vocabulary: &mut Vocabulary, frequencies: &Frequencies) -> Self {
        let mut stem_all = |sequences: &[Vec<String>]| -> Vec<Vec<Stem>> {
            sequences.iter().map(|words| words.iter().map(|word| vocabulary.stem(word)).collect()).collect()
        };
        let (wanted, unwanted) = (stem_all(&query.wanted), stem_all(&query.unwanted));
        let mut weights: Vec<(Stem, f64)> = Vec::new();
        for word in query.words() {
            let stem = vocabulary.stem(word);
            if !weights.iter().any(|(other, _)| *other == stem) {
                weights.push((stem, frequencies.weight(vocabulary.text(stem))));
            }
        }
        Prepared { wanted, unwanted, filters: query.filters.clone(), weights }
    }

    /// The stems that a snippet looks for.
    pub fn stems(&self) -> BTreeSet<Stem> {
        self.weights.iter().map(|(stem, _)| *stem).collect()
    }

    /// Every paper that matches, in the manifest's order. `registry` is the code of the registry that holds them.
    pub fn matches<'a>(&self, corpus: &'a Corpus, registry: &str) -> Vec<Match<'a>> {
        let matching = corpus.documents.iter().filter(|document| {
            self.filters.iter().all(|filter| passes(document, filter, registry))
                && self.wanted.iter().all(|sequence| holds(document, sequence))
                && !self.unwanted.iter().any(|sequence| holds(document, sequence))
        });
        matching.map(|document| Match { document, score: self.score(document) }).collect()
    }

    fn score(&self, document: &Document) -> i64 {
        const K1: f64 = 1.2;
        const B: f64 = 0.75;
        const AVERAGE: f64 = 400.0;
        let all = || document.subject_stems.iter().chain(&document.body_stems);
        let length = all().count() as f64;
        let mut sum = 0.0;
        for (stem, weight) in &self.weights {
            let often = all().filter(|other| *other == stem).count() as f64;
            sum += weight * often * (K1 + 1.0) / (often + K1 * (1.0 - B + B * length / AVERAGE));
        }
        (sum * 1e6).round() as i64
    }
}

/// True where the stems stand one after the other in the subject or in the body.
fn holds(document: &Document, sequence: &[Stem]) -> bool {
    let stands = |text: &[Stem]| match sequence {
        [] => true,
        [one] => text.contains(one),
        _ => text.windows(sequence.len()).any(|window| window == sequence),
    };
    stands(&document.subject_stems) || stands(&document.body_stems)
}

fn passes(document: &Document, filter: &Filter, registry: &str) -> bool {
    let all_in = |words: &[String], set: &BTreeSet<String>| words.iter().all(|word| set.contains(word));
    match filter {
        Filter::From(words) => all_in(words, &document.originator_words),
        Filter::To(words) => all_in(words, &document.addressee_words),
        Filter::Marking(wanted) => document.class.as_ref().is_some_and(|marking| {
            let names = [marking.text(), marking.level.name().to_owned(), marking.level.short().to_owned()];
            names.iter().any(|name| fold(name) == *wanted)
        }),
        Filter::Before(day) => document.day.is_some_and(|own| own < *day),
        Filter::After(day) => document.day.is_some_and(|own| own > *day),
        Filter::Ref(key) => document.keys.contains(key),
        Filter::Kind(kind) => fold(&document.kind) == *kind,
        Filter::Year(year) => document.year.as_ref() == Some(year),
        Filter::Registry(code) => fold(registry) == *code,
    }
}

/// The matches that a scope lets through, best first: score, then day (undated last), then the tie-break, which is
/// smaller first.
pub fn ranked<'a>(
    matches: &[Match<'a>],
    scope: &BTreeSet<Class>,
    tie: impl Fn(&Document) -> String,
) -> Vec<Match<'a>> {
    let mut seen: Vec<_> =
        matches.iter().filter(|found| scope.contains(&found.document.class)).copied().collect();
    // `None` is the smallest day, so that the undated come last.
    seen.sort_by_cached_key(|found| (Reverse(found.score), Reverse(found.document.day), tie(found.document)));
    seen
}

/// One facet: values with the number of matches that have them, most first, then by name.
pub type Facet = Vec<(String, u64)>;

/// The five facets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Markings as written.
    pub marking: Facet,
    /// Kinds.
    pub kind: Facet,
    /// Originators.
    pub originator: Facet,
    /// Years.
    pub year: Facet,
    /// Codes of registries.
    pub registry: Facet,
}

/// Most values in a facet.
const VALUES: usize = 20;

fn facet<'a>(values: impl Iterator<Item = &'a str>) -> Facet {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    // The map gives names in the order of their bytes, and the sort keeps it among equals.
    let mut list: Facet = counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    list.sort_by_key(|(_, count)| Reverse(*count));
    list.truncate(VALUES);
    list
}

/// The facets of matches.
pub fn facets(seen: &[Match<'_>], registry: &str) -> Facets {
    let documents = || seen.iter().map(|found| found.document);
    Facets {
        marking: facet(documents().filter_map(|d| d.marking.as_deref())),
        kind: facet(documents().map(|d| d.kind.as_str())),
        originator: facet(documents().filter_map(|d| d.originator.as_deref())),
        year: facet(documents().filter_map(|d| d.year.as_deref())),
        registry: facet(documents().map(|_| registry)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tests::folder;

    fn found(items: &[(&str, &str)], query: &str) -> Vec<(String, i64)> {
        let folder = folder(items);
        let mut corpus = Corpus::load(folder.path()).unwrap();
        let frequencies = Frequencies::of([("wall", 1_000.0)]);
        let query = Query::parse(query).unwrap();
        let prepared = Prepared::new(&query, &mut corpus.vocabulary, &frequencies);
        let matches = prepared.matches(&corpus, "FRUS");
        let scope = corpus.classes().into_keys().collect();
        ranked(&matches, &scope, |d| d.id.clone()).iter().map(|m| (m.document.id.clone(), m.score)).collect()
    }

    fn ids(items: &[(&str, &str)], query: &str) -> Vec<String> {
        found(items, query).into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn all_words_must_stand_and_no_excluded_one() {
        let items = [("{}", "walls and treaties"), ("{}", "the wall"), ("{}", "a treaty, a wall, a door")];
        assert_eq!(ids(&items, "wall treaty").len(), 2);
        assert_eq!(ids(&items, "wall treaty -door"), ["d1"]);
        assert_eq!(ids(&items, "wall -\"the wall\"").len(), 2);
    }

    #[test]
    fn a_phrase_stands_in_order_and_never_across_subject_and_body() {
        let items = [
            (r#"{"title":"Four"}"#, "power talks"),
            ("{}", "talks of four powers"),
            ("{}", "power of four"),
            (r#"{"title":"Four-Power talks"}"#, ""),
        ];
        assert_eq!(ids(&items, "\"four power\""), ["d4", "d2"]);
    }

    #[test]
    fn the_score_is_the_formula_of_the_specification() {
        let items = [(r#"{"title":"The wall"}"#, "a wall is a wall")];
        // Three of seven words; 1,000 documents in a million have it.
        let weight = (1.0 + (1_000_000.0 - 1_000.0 + 0.5) / 1_000.5_f64).ln();
        let score = weight * 3.0 * 2.2 / (3.0 + 1.2 * (0.25 + 0.75 * 7.0 / 400.0));
        assert_eq!(found(&items, "wall"), [("d1".to_owned(), (score * 1e6).round() as i64)]);
        assert_eq!(found(&items, "walls wall"), found(&items, "wall"));
        assert_eq!(found(&items, ""), [("d1".to_owned(), 0)]);
    }

    #[test]
    fn equal_scores_stand_by_day_with_the_undated_last_then_by_the_tie_break() {
        let items = [
            (r#"{"date":"1955"}"#, "wall"),
            (r#"{"date":"1955-01-02"}"#, "wall"),
            (r#"{"date":"1962-01-02"}"#, "wall"),
            (r#"{"date":"1955-01-02"}"#, "wall"),
            (r#"{}"#, "wall wall"),
        ];
        assert_eq!(ids(&items, "wall"), ["d5", "d3", "d2", "d4", "d1"]);
    }

    #[test]
    fn filters_hold_at_their_edges() {
        let items = [
            (
                r#"{"date":"1958-12-31T10:00:00","from":"Embassy in Germany (Bruce)","to":"Department of State",
                   "classification":"SECRET","caveats":["LIMDIS"],"number":"0771","kind":"TELEGRAM"}"#,
                "x",
            ),
            (r#"{"date":"1959-01-01","from":"Germany","classification":"TOP SECRET"}"#, "x"),
            (r#"{"date":"1958"}"#, "x"),
        ];
        for (query, expected) in [
            ("before:1959", vec!["d1"]),
            ("after:1958", vec!["d2"]),
            ("after:1958-12-30 before:1959-01-01", vec!["d1"]),
            ("before:1958-12-31", vec![]),
            ("year:1958", vec!["d1"]),
            ("from:germany", vec!["d2", "d1"]),
            ("from:\"bruce, Embassy\"", vec!["d1"]),
            ("to:state", vec!["d1"]),
            ("marking:s", vec!["d1"]),
            ("marking:Secret", vec!["d1"]),
            ("marking:\"secret; limdis\"", vec!["d1"]),
            ("marking:ts", vec!["d2"]),
            ("ref:771", vec!["d1"]),
            ("kind:telegram", vec!["d1"]),
            ("registry:frus", vec!["d2", "d1", "d3"]),
            ("registry:HQR", vec![]),
        ] {
            assert_eq!(ids(&items, query), expected, "{query}");
        }
    }

    #[test]
    fn a_facet_has_its_twenty_largest_values_ties_by_name_absent_ones_left_out() {
        let values: Vec<String> = (10..40).map(|n| format!("v{n}")).chain(["v39".to_owned()]).collect();
        let list = facet(values.iter().map(String::as_str));
        assert_eq!(list.len(), 20);
        assert_eq!(list[0], ("v39".to_owned(), 2));
        assert_eq!(list[1], ("v10".to_owned(), 1));
        assert_eq!(list[19].0, "v28");
    }

    #[test]
    fn what_the_scope_hides_leaves_no_trace() {
        let folder = folder(&[
            (r#"{"classification":"SECRET","from":"A"}"#, "wall wall"),
            (r#"{"classification":"UNCLASSIFIED","from":"B"}"#, "wall"),
        ]);
        let mut corpus = Corpus::load(folder.path()).unwrap();
        let query = Query::parse("wall").unwrap();
        let prepared = Prepared::new(&query, &mut corpus.vocabulary, &Frequencies::default());
        let scope = corpus.classes().into_keys().filter(|c| c.as_ref().unwrap().level.place() == 1).collect();
        let seen = ranked(&prepared.matches(&corpus, "F"), &scope, |d| d.id.clone());
        assert_eq!(seen.iter().map(|m| m.document.id.as_str()).collect::<Vec<_>>(), ["d2"]);
        assert_eq!(facets(&seen, "F").originator, [("B".to_owned(), 1)]);
    }
}
