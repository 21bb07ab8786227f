//! The papers, as the manifest and the texts give them: what is registered of each, by the rules that the FRUS map
//! says in its words. Knows no queries and no people.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Component, Path},
};

use serde::Deserialize;

use crate::{
    date::{Day, civil},
    error::{OracleError, form, read},
    marking::Marking,
    people::Class,
    words::{Stem, Vocabulary, folded, one_line, reference_key},
};

/// A line of the manifest, as far as it is registered.
#[derive(Debug, Default, Deserialize)]
struct Item {
    id: String,
    kind: String,
    title: String,
    subject: Option<String>,
    number: Option<String>,
    date: Option<String>,
    from: Option<String>,
    to: Option<String>,
    classification: Option<String>,
    #[serde(default)]
    caveats: Vec<String>,
    file: String,
}

/// A paper.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its place in the manifest, from 1.
    pub number: usize,
    /// Its foreign reference.
    pub id: String,
    /// The subject line.
    pub subject: String,
    /// The text of its file.
    pub body: String,
    /// What decides who reads it.
    pub class: Class,
    /// Its marking as written; none: undetermined.
    pub marking: Option<String>,
    /// The day, when it is known to the day.
    pub day: Option<Day>,
    /// The date as an answer shows it: the civil date, else the part of one that was written.
    pub date: Option<String>,
    /// The year of the day.
    pub year: Option<String>,
    /// Who wrote it.
    pub originator: Option<String>,
    /// The folded words of the originator.
    pub originator_words: BTreeSet<String>,
    /// The folded words of the addressees.
    pub addressee_words: BTreeSet<String>,
    /// Keys of its references.
    pub keys: BTreeSet<String>,
    /// A word of the house.
    pub kind: String,
    /// The stems of the subject.
    pub subject_stems: Vec<Stem>,
    /// The stems of the body.
    pub body_stems: Vec<Stem>,
}

/// All papers, with the stems that stand in them.
#[derive(Default)]
pub struct Corpus {
    /// In the manifest's order.
    pub documents: Vec<Document>,
    /// Their stems.
    pub vocabulary: Vocabulary,
}

/// Without the digits that begin it, the full stop after them and the blanks after that. "3.5 per cent" stays.
fn without_leading_number(title: &str) -> &str {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix('.') {
        Some(after) if rest.len() < title.len() && !after.starts_with(|c: char| c.is_ascii_digit()) => {
            after.trim_start()
        }
        _ => title,
    }
}

/// Lower case, every run of other characters one hyphen.
fn kebab(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// The value of a field that is there and not blank.
fn value(field: &Option<String>) -> Option<String> {
    field.as_deref().map(one_line).filter(|text| !text.is_empty())
}

impl Corpus {
    /// Reads `index.jsonl` and the texts that it names.
    ///
    /// # Errors
    /// A file that cannot be read; a line that is not of the form; a marking with an unknown word; an identifier
    /// twice; a path that leaves the folder.
    pub fn load(folder: &Path) -> Result<Self, OracleError> {
        let index = folder.join("index.jsonl");
        let mut corpus = Corpus::default();
        let mut seen = BTreeSet::new();
        for (line, text) in read(&index)?.lines().enumerate() {
            let fault = |why: String| form(&index, line + 1, why);
            let item: Item = serde_json::from_str(text).map_err(|why| fault(why.to_string()))?;
            let file = Path::new(&item.file);
            if !file.components().all(|part| matches!(part, Component::Normal(_))) {
                return Err(fault(format!("{}: the file lies outside of the folder", item.id)));
            }
            if !seen.insert(item.id.clone()) {
                return Err(fault(format!("{} stands twice", item.id)));
            }
            let body = read(&folder.join(file))?;
            let mut document = document(item, body, &mut corpus.vocabulary)
                .map_err(|(id, why)| fault(format!("{id}: {why}")))?;
            document.number = corpus.documents.len() + 1;
            corpus.documents.push(document);
        }
        Ok(corpus)
    }

    /// The classes of the papers, each with how many bear it.
    pub fn classes(&self) -> BTreeMap<Class, usize> {
        let mut classes = BTreeMap::new();
        for document in &self.documents {
            *classes.entry(document.class.clone()).or_default() += 1;
        }
        classes
    }
}

fn document(item: Item, body: String, vocabulary: &mut Vocabulary) -> Result<Document, (String, String)> {
    let class = Marking::from_manifest(item.classification.as_deref(), &item.caveats)
        .map_err(|why| (item.id.clone(), why))?;
    let title = one_line(without_leading_number(&item.title));
    let subject = match value(&item.subject) {
        Some(more) => format!("{title}: {more}"),
        None => title,
    };
    let date = value(&item.date);
    let day = date.as_deref().and_then(civil);
    let shown = day.map(|(_, ten)| ten.to_owned()).or_else(|| date.clone());
    let originator = value(&item.from);
    let references = [Some(item.id.clone()), value(&item.number)];
    let words_of =
        |text: &Option<String>| text.as_deref().map(folded).unwrap_or_default().into_iter().collect();
    Ok(Document {
        number: 0,
        subject_stems: vocabulary.stems(&subject),
        body_stems: vocabulary.stems(&body),
        id: item.id,
        subject,
        body,
        marking: class.as_ref().map(Marking::text),
        class,
        day: day.map(|(day, _)| day),
        date: shown,
        year: day.and_then(|(_, ten)| ten.get(..4)).map(str::to_owned),
        originator_words: words_of(&originator),
        addressee_words: words_of(&value(&item.to)),
        originator,
        keys: references.iter().flatten().map(|text| reference_key(text)).collect(),
        kind: kebab(&item.kind),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A folder with these lines as its manifest and these texts as `1.txt`, `2.txt` and so on.
    pub(crate) fn folder(items: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut index = String::new();
        for (at, (item, text)) in items.iter().enumerate() {
            let mut value: serde_json::Value = serde_json::from_str(item).unwrap();
            let defaults =
                [("id", format!("d{}", at + 1)), ("title", "Note".into()), ("kind", "OTHER".into())];
            let object = value.as_object_mut().unwrap();
            for (field, default) in defaults {
                object.entry(field).or_insert(default.into());
            }
            object.insert("file".into(), format!("{}.txt", at + 1).into());
            index.push_str(&format!("{value}\n"));
            std::fs::write(folder.path().join(format!("{}.txt", at + 1)), text).unwrap();
        }
        std::fs::write(folder.path().join("index.jsonl"), index).unwrap();
        folder
    }

    #[test]
    fn a_subject_loses_its_number_and_gains_its_matter() {
        let folder = folder(&[
            (r#"{"title":"12. Letter From A to B","subject":"Berlin"}"#, ""),
            (r#"{"title":"80.Memorandum"}"#, ""),
            (r#"{"title":"3.5 per cent"}"#, ""),
            (r#"{"title":"157th Meeting. Minutes","subject":"  "}"#, ""),
        ]);
        let corpus = Corpus::load(folder.path()).unwrap();
        let subjects: Vec<_> = corpus.documents.iter().map(|d| d.subject.as_str()).collect();
        assert_eq!(
            subjects,
            ["Letter From A to B: Berlin", "Memorandum", "3.5 per cent", "157th Meeting. Minutes"]
        );
    }

    #[test]
    fn dates_kinds_and_references_are_those_of_the_map() {
        let folder = folder(&[
            (
                r#"{"id":"v1/d01","kind":"MINUTES/RECORD","date":"1955-08-05T12:30:00Z","number":"Secto 019"}"#,
                "",
            ),
            (r#"{"date":"1955-06"}"#, ""),
            (r#"{"date":null}"#, ""),
        ]);
        let documents = Corpus::load(folder.path()).unwrap().documents;
        let [first, second, third] = documents.as_slice() else { panic!("three") };
        assert_eq!(first.kind, "minutes-record");
        assert_eq!((first.date.as_deref(), first.year.as_deref()), (Some("1955-08-05"), Some("1955")));
        assert!(first.keys.contains("V 1 D 1") && first.keys.contains("SECTO 19"));
        assert_eq!(
            (second.date.as_deref(), second.day, second.year.as_deref()),
            (Some("1955-06"), None, None)
        );
        assert_eq!((third.date.as_deref(), third.day), (None, None));
    }

    #[test]
    fn what_has_no_fate_stops_the_oracle() {
        for item in [r#"{"classification":"COSMIC"}"#, r#"{"caveats":["BURN"]}"#] {
            let folder = folder(&[(item, "")]);
            assert!(Corpus::load(folder.path()).is_err(), "{item}");
        }
        let twice = folder(&[(r#"{"id":"x"}"#, ""), (r#"{"id":"x"}"#, "")]);
        assert!(Corpus::load(twice.path()).is_err());
    }
}
