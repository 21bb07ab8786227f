//! The answers: for each person and query what the page says, as JSON lines. Decides nothing that the rooms beneath it
//! have not decided.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{
    corpus::{Corpus, Document},
    csv,
    error::{OracleError, form, read},
    people::{Class, Person, is_recorded, scope},
    query::Query,
    search::{Facets, Match, Prepared, facets, ranked},
    snippet::{of_subject, snippet},
    words::Frequencies,
};

/// Hits that an answer shows.
pub const PAGE: usize = 20;

/// A hit as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The foreign reference.
    pub id: String,
    /// The subject line.
    pub title: String,
    /// The marking; none: undetermined.
    pub marking: Option<String>,
    /// The civil date, else the part of one that was written, else none.
    pub date: Option<String>,
    /// The snippet as plain text.
    pub snippet: String,
}

/// What a person is answered to a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Who asks.
    pub person: String,
    /// What was asked, as written.
    pub query: String,
    /// How many papers match.
    pub total: u64,
    /// The first of them.
    pub hits: Vec<Hit>,
    /// All of them, counted.
    pub facets: Facets,
}

/// The registry into which the papers were imported, as the first of their year.
#[derive(Debug, Clone)]
pub struct Registry {
    /// Its code.
    pub code: String,
    /// Its name, as lists show it.
    pub name: String,
    /// The year in which they were registered.
    pub year: u16,
}

impl Registry {
    /// One of this code and name.
    pub fn new(code: &str, name: &str, year: u16) -> Self {
        Self { code: code.to_owned(), name: name.to_owned(), year }
    }
}

/// What all answers rest on.
pub struct Oracle {
    corpus: Corpus,
    frequencies: Frequencies,
    registry: Registry,
    ids: BTreeMap<String, String>,
    numbers: BTreeMap<String, String>,
    people: Vec<(Person, BTreeSet<Class>)>,
}

impl Oracle {
    /// An oracle over these papers and people. `registry` holds the papers; `ids` gives the identifiers that the product drew, by foreign reference, for the order of equals (empty: the
    /// foreign references themselves); `wrong` plants a class too many in every scope that hides one.
    pub fn new(
        corpus: Corpus,
        frequencies: Frequencies,
        people: Vec<Person>,
        registry: Registry,
        ids: BTreeMap<String, String>,
        wrong: bool,
    ) -> Self {
        let classes = corpus.classes();
        let people = people.into_iter().map(|person| {
            let scope = scope(&person, &classes, wrong);
            (person, scope)
        });
        let people = people.collect();
        Self { corpus, frequencies, registry, ids, numbers: BTreeMap::new(), people }
    }

    /// With the registry's own references that the product gave, by foreign reference. An import promises no order;
    /// without them a paper has the number of its place in the manifest.
    #[must_use]
    pub fn numbered(mut self, numbers: BTreeMap<String, String>) -> Self {
        self.numbers = numbers;
        self
    }

    fn prepare(&mut self, query: &str) -> Result<Prepared, OracleError> {
        let query = Query::parse(query)?;
        Ok(Prepared::new(&query, &mut self.corpus.vocabulary, &self.frequencies))
    }

    fn ranked<'a>(&self, matches: &[Match<'a>], scope: &BTreeSet<Class>) -> Vec<Match<'a>> {
        let tie = |document: &Document| self.ids.get(&document.id).unwrap_or(&document.id).clone();
        ranked(matches, scope, tie)
    }

    /// The answers to a query, person by person.
    ///
    /// # Errors
    /// A query that breaks the rules.
    pub fn answers(&mut self, query: &str) -> Result<Vec<Answer>, OracleError> {
        let prepared = self.prepare(query)?;
        let wanted = prepared.stems();
        // Snippets may meet words that no query and no paper had before: the vocabulary is taken out to grow.
        let mut vocabulary = std::mem::take(&mut self.corpus.vocabulary);
        let matches = prepared.matches(&self.corpus, &self.registry.code);
        let answers = self.people.iter().map(|(person, scope)| {
            let seen = self.ranked(&matches, scope);
            let hits = seen.iter().take(PAGE).map(|found| {
                let document = found.document;
                Hit {
                    id: document.id.clone(),
                    title: document.subject.clone(),
                    marking: document.marking.clone(),
                    date: document.date.clone(),
                    snippet: if is_recorded(&document.class) {
                        of_subject(document, &wanted, &mut vocabulary)
                    } else {
                        snippet(document, &wanted, &mut vocabulary)
                    },
                }
            });
            Answer {
                person: person.login.clone(),
                query: query.to_owned(),
                total: seen.len() as u64,
                hits: hits.collect(),
                facets: facets(&seen, &self.registry.code),
            }
        });
        let answers = answers.collect();
        self.corpus.vocabulary = vocabulary;
        Ok(answers)
    }

    /// The file of all that a query finds, for each person: what the search page exports.
    ///
    /// # Errors
    /// A query that breaks the rules.
    pub fn csv(&mut self, query: &str) -> Result<Vec<(String, String)>, OracleError> {
        let prepared = self.prepare(query)?;
        let matches = prepared.matches(&self.corpus, &self.registry.code);
        let files = self.people.iter().map(|(person, scope)| {
            let seen = self.ranked(&matches, scope);
            let documents = seen.iter().map(|found| found.document);
            (person.login.clone(), csv::file(documents, &self.registry, &self.numbers))
        });
        Ok(files.collect())
    }
}

/// Reads queries: one a line; blank lines and those that begin with `#` are passed over.
///
/// # Errors
/// A file that cannot be read.
pub fn load_queries(path: &Path) -> Result<Vec<String>, OracleError> {
    let text = read(path)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

/// What the product drew, by foreign reference: identifiers, and the registry's own references.
pub type Drawn = (BTreeMap<String, String>, BTreeMap<String, String>);

/// Reads what the product drew: `foreign reference<TAB>32 hexadecimal digits`, one a line, and after another tab the
/// registry's own reference, where it is wanted.
///
/// # Errors
/// A file that cannot be read, a line of another form, a reference twice.
pub fn load_ids(path: &Path) -> Result<Drawn, OracleError> {
    let (mut ids, mut numbers) = (BTreeMap::new(), BTreeMap::new());
    for (line, text) in read(path)?.lines().enumerate() {
        let fault = |why: &str| form(path, line + 1, why);
        let (reference, rest) = text.split_once('\t').ok_or_else(|| fault("no tab"))?;
        let (id, number) = rest.split_once('\t').unwrap_or((rest, ""));
        let id = id.trim().to_ascii_lowercase();
        if id.len() != 32 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(fault("not 32 hexadecimal digits"));
        }
        if !number.trim().is_empty() {
            numbers.insert(reference.to_owned(), number.trim().to_owned());
        }
        if ids.insert(reference.to_owned(), id).is_some() {
            return Err(fault("a reference twice"));
        }
    }
    Ok((ids, numbers))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{corpus::tests::folder, marking::Level};

    pub(crate) fn oracle(items: &[(&str, &str)], ids: &[(&str, &str)], wrong: bool) -> Oracle {
        let corpus = Corpus::load(folder(items).path()).unwrap();
        let person = |login: &str, level: Option<Level>| Person {
            login: login.to_owned(),
            controller: false,
            level,
            captions: BTreeSet::new(),
        };
        let people = vec![person("high", Some(Level::TopSecret)), person("low", None)];
        let ids = ids.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Oracle::new(corpus, Frequencies::default(), people, Registry::new("FRUS", "Papers", 2026), ids, wrong)
    }

    const PAPERS: [(&str, &str); 3] = [
        (
            r#"{"id":"a","title":"1. Wall, \"seen\"","classification":"NO MARKING","date":"1961-08-13"}"#,
            "a wall",
        ),
        (r#"{"id":"b","title":"2. Wall","classification":"SECRET","date":"1961-08-13"}"#, "the wall"),
        (r#"{"id":"c","title":"3. Wall"}"#, "the wall"),
    ];

    #[test]
    fn each_person_is_answered_within_his_scope() {
        let answers = oracle(&PAPERS, &[], false).answers("wall").unwrap();
        let [high, low] = answers.as_slice() else { panic!("two") };
        assert_eq!((high.total, low.total), (2, 1));
        let hit = &low.hits[0];
        assert_eq!(
            (hit.id.as_str(), hit.title.as_str(), hit.snippet.as_str()),
            ("a", "Wall, \"seen\"", "a wall")
        );
        assert_eq!(low.facets.marking, [("UNCLASSIFIED".to_owned(), 1)]);
        assert_eq!(high.facets.registry, [("FRUS".to_owned(), 2)]);
    }

    #[test]
    fn equals_stand_in_the_order_of_the_identifiers_given() {
        let papers = [
            PAPERS[1],
            (r#"{"id":"z","title":"2. Wall","classification":"SECRET","date":"1961-08-13"}"#, "the wall"),
        ];
        let order = |ids: &[(&str, &str)]| -> Vec<String> {
            let answers = oracle(&papers, ids, false).answers("wall").unwrap();
            answers[0].hits.iter().map(|hit| hit.id.clone()).collect()
        };
        assert_eq!(order(&[]), ["b", "z"]);
        assert_eq!(order(&[("b", "ff"), ("z", "0a")]), ["z", "b"]);
    }

    #[test]
    fn each_person_has_a_file_of_all_that_he_finds() {
        let files = oracle(&PAPERS, &[], false).csv("wall kind:other").unwrap();
        let [(high, all), (low, some)] = files.as_slice() else { panic!("two") };
        assert_eq!((high.as_str(), low.as_str()), ("high", "low"));
        let head = "Reference,Subject,Marking,Date,Originator,Kind,Registry\r\n";
        let seen = "FRUS-2026-1,\"Wall, \"\"seen\"\"\",UNCLASSIFIED,1961-08-13,,Other,Papers\r\n";
        let secret = "FRUS-2026-2,Wall,SECRET,1961-08-13,,Other,Papers\r\n";
        assert_eq!(some, &format!("{head}{seen}"));
        assert_eq!(all.lines().count(), 3);
        assert!(all.contains(seen) && all.contains(secret), "{all}");
    }
}
