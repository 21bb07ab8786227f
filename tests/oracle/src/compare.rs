//! Sets what the product answered against what the oracle says. Knows answers, not where they come from.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;

use crate::{
    error::{OracleError, form, read},
    report::Answer,
};

/// The product's answers by person and query.
pub type Answered = BTreeMap<(String, String), Value>;

/// Reads the product's answers: JSON lines of the form of [`Answer`]. Further fields are passed over.
///
/// # Errors
/// A file that cannot be read, a line of another form, an answer twice.
pub fn load(path: &Path) -> Result<Answered, OracleError> {
    let mut answered = Answered::new();
    for (line, text) in read(path)?.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let value: Value = serde_json::from_str(text).map_err(|why| form(path, line + 1, why))?;
        let name = |field: &str| value.get(field).and_then(Value::as_str).map(str::to_owned);
        let (Some(person), Some(query)) = (name("person"), name("query")) else {
            return Err(form(path, line + 1, "neither person nor query"));
        };
        if answered.insert((person, query), value).is_some() {
            return Err(form(path, line + 1, "an answer twice"));
        }
    }
    Ok(answered)
}

/// The differences of an answer from what was answered, in words; takes the answer out of `answered`.
pub fn differences(expected: &Answer, answered: &mut Answered) -> Vec<String> {
    let whose = format!("{} asks {:?}", expected.person, expected.query);
    let key = (expected.person.clone(), expected.query.clone());
    let Some(found) = answered.remove(&key) else { return vec![format!("{whose}: not answered")] };
    let mut differences = Vec::new();
    let expected = serde_json::to_value(expected).unwrap_or_default();
    compare("", &expected, &found, &mut differences);
    differences.into_iter().map(|difference| format!("{whose}: {difference}")).collect()
}

/// What was answered and never asked.
pub fn unasked(answered: &Answered) -> Vec<String> {
    answered
        .keys()
        .map(|(person, query)| format!("{person} asks {query:?}: answered but not asked"))
        .collect()
}

fn compare(at: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(wanted), Value::Object(_)) => {
            for (field, value) in wanted {
                let found = found.get(field).unwrap_or(&Value::Null);
                compare(&format!("{at}/{field}"), value, found, differences);
            }
        }
        (Value::Array(wanted), Value::Array(got)) => {
            if wanted.len() != got.len() {
                differences.push(format!("{at}: {} expected, {} found", wanted.len(), got.len()));
            }
            for (place, (value, found)) in wanted.iter().zip(got).enumerate() {
                compare(&format!("{at}/{place}"), value, found, differences);
            }
        }
        _ if expected == found => {}
        _ => differences.push(format!("{at}: {expected} expected, {found} found")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::oracle;

    const PAPERS: [(&str, &str); 2] = [
        (r#"{"id":"a","title":"Wall","classification":"NO MARKING"}"#, "a wall"),
        (r#"{"id":"b","title":"Wall","classification":"SECRET"}"#, "the wall"),
    ];

    fn answered(wrong: bool) -> (tempfile::TempDir, Answered) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.jsonl");
        let answers = oracle(&PAPERS, &[], wrong).answers("wall").unwrap();
        let lines: Vec<String> =
            answers.iter().map(|answer| serde_json::to_string(answer).unwrap()).collect();
        std::fs::write(&path, lines.join("\n")).unwrap();
        let answered = load(&path).unwrap();
        (folder, answered)
    }

    fn all_differences(mut answered: Answered) -> Vec<String> {
        let answers = oracle(&PAPERS, &[], false).answers("wall").unwrap();
        let mut all: Vec<String> = answers.iter().flat_map(|a| differences(a, &mut answered)).collect();
        all.extend(unasked(&answered));
        all
    }

    #[test]
    fn equal_answers_do_not_differ_and_a_wrong_scope_does() {
        assert_eq!(all_differences(answered(false).1), Vec::<String>::new());
        let wrong = all_differences(answered(true).1);
        assert!(wrong.iter().any(|d| d.contains("low") && d.contains("/total")), "{wrong:?}");
        assert!(wrong.iter().all(|d| !d.contains("high")), "{wrong:?}");
    }

    #[test]
    fn every_part_of_an_answer_counts() {
        for (pointer, value) in [
            ("/total", Value::from(9)),
            ("/hits/0/snippet", Value::from("x")),
            ("/hits/0/marking", Value::Null),
            ("/hits/0/date", Value::from("1961-08-13")),
            ("/hits", Value::Array(Vec::new())),
            ("/facets/kind/0/1", Value::from(7)),
            ("/facets/year", Value::from("1961")),
        ] {
            let mut answered = answered(false).1;
            for answer in answered.values_mut() {
                *answer.pointer_mut(pointer).unwrap() = value.clone();
            }
            assert!(!all_differences(answered).is_empty(), "{pointer}");
        }
    }

    #[test]
    fn an_answer_missing_and_one_too_many_are_told() {
        let mut answered = answered(false).1;
        let (_, value) = answered.pop_first().unwrap();
        answered.insert(("high".to_owned(), "door".to_owned()), value);
        let found = all_differences(answered);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
