//! What is sent of papers that are registered: corrections of one and many, working on them, their record, filing.

use super::{Given, STRANGER, corrected, key};
use crate::{asks::Common, send::Ask};

/// The form for correcting a document; the first of them keeps its marking, so that it stays for those who come after.
fn correction(command: &str) -> Vec<(&str, &str)> {
    vec![
        ("token", "@token@"),
        ("command", command),
        ("reason", "A slip of the pen"),
        ("subject", "Averlund: corrected"),
        ("kind", "letter"),
        ("direction", "incoming"),
        ("language", "en"),
        ("held_elsewhere", "safe 5"),
        ("policy", "NATO"),
        ("levels_of", "NATO"),
        ("level", "UNCLASSIFIED"),
    ]
}

/// Those that are tied to a hidden paper by its name, which is another in each world: their marks are others from then on,
/// so the one that is seen is none that is looked at thereafter.
fn tied(common: &Common) -> Vec<String> {
    common.visible.get(29).cloned().into_iter().chain(corrected(common).into_iter().skip(2)).collect()
}

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let common = given.common;
    let salt = given.salt;
    let key = given.key.as_str();
    let keyed = |ask: Ask, n: usize| given.keyed(ask, n);
    let person = given.person();
    Some(match path {
        "/documents/{id}/correct" => corrected(common)
            .iter()
            .map(|id| Ask::form(path.replace("{id}", id), &correction(key)))
            .collect(),
        "/api/v1/documents/{id}/corrections" => corrected(common)
            .iter()
            .enumerate()
            .map(|(n, id)| {
                let body = format!(r#"{{"reason":"A slip of the pen","originator":"Averlund {salt}"}}"#);
                keyed(Ask::json(path.replace("{id}", id), body), n)
            })
            .collect(),
        // What is taken out is given back by the same person at once: whoever comes after finds it as it was.
        "/documents/{id}/work" => corrected(common)
            .iter()
            .enumerate()
            .flat_map(|(n, id)| {
                ["out", "back", "break"].map(|act| {
                    let command = self::key(&format!("{path} {salt} {n} {act}"));
                    let fields =
                        [("token", "@token@"), ("command", &*command), ("act", act), ("reason", "Averlund")];
                    Ask::parts(path.replace("{id}", id), &fields, None)
                })
            })
            .collect(),
        "/documents/{id}/record" => corrected(common)
            .iter()
            .enumerate()
            .flat_map(|(n, id)| {
                ["told", "authorise"].map(|act| {
                    let command = self::key(&format!("{path} {salt} {n} {act}"));
                    let who = if act == "told" { person.as_str() } else { "registrar" };
                    let fields = [
                        ("token", "@token@"),
                        ("command", &*command),
                        ("act", act),
                        ("person", who),
                        ("change", "1"),
                        ("version", "1"),
                        ("copies", "1"),
                        ("until", "2099-01-31"),
                        ("purpose", "Averlund"),
                    ];
                    Ask::form(path.replace("{id}", id), &fields)
                })
            })
            .collect(),
        "/api/v1/documents/{id}/check-outs"
        | "/api/v1/documents/{id}/lock-breaks"
        | "/api/v1/documents/{id}/reproductions"
        | "/api/v1/documents/{id}/acknowledgements" => corrected(common)
            .iter()
            .enumerate()
            .map(|(n, id)| {
                let body = match path.rsplit('/').next() {
                    Some("check-outs") => r#"{"reason":"Averlund","until":"2000-01-01"}"#.to_owned(),
                    Some("lock-breaks") => r#"{"reason":"Averlund"}"#.to_owned(),
                    Some("acknowledgements") => r#"{"change":1}"#.to_owned(),
                    _ => format!(
                        r#"{{"person":"{person}","version":1,"purpose":"Averlund","copies":1,"until":"2099-01-31"}}"#
                    ),
                };
                keyed(Ask::json(path.replace("{id}", id), body), n)
            })
            .collect(),
        "/api/v1/documents/{id}/check-ins" => corrected(common)
            .iter()
            .enumerate()
            .map(|(n, id)| keyed(Ask::parts(path.replace("{id}", id), &[("document", "{}")], None), n))
            .collect(),
        "/api/v1/corrections" => {
            let chosen = |ids: Vec<String>| -> Vec<_> {
                ids.iter().map(|id| serde_json::json!({"document": id})).collect()
            };
            let (each, tied) = (chosen(corrected(common)), chosen(tied(common)));
            let bodies = [
                serde_json::json!({"documents": each, "correction": {"reason": "Averlund", "originator": salt}}),
                serde_json::json!({"documents": tied, "correction": {"reason": "Averlund", "also": [{"kind": "see-also", "reference": "@h0@"}]}}),
                serde_json::json!({"documents": [], "correction": {"reason": "Averlund", "originator": "None"}}),
            ];
            bodies.iter().enumerate().map(|(n, body)| keyed(Ask::json(path, body.to_string()), n)).collect()
        }
        "/many" => {
            let documents = corrected(common);
            let tied = tied(common);
            let file = common.files.first().map_or(STRANGER, String::as_str);
            let hidden = common.hidden_files.first().map_or(STRANGER, String::as_str);
            type Try<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);
            let tries: [Try<'_>; 10] = [
                ("csv", "", &[]),
                ("correct", "", &[]),
                ("correct", "look", &[("originator", "Averlund"), ("reason", "Averlund")]),
                ("correct", "go", &[("originator", salt), ("reason", "Averlund")]),
                ("relate", "go", &[("relation", "see-also"), ("reference", "@h1@"), ("reason", "Averlund")]),
                (
                    "access",
                    "look",
                    &[("policy", "NATO"), ("levels_of", "NATO"), ("level", "SECRET"), ("reason", "Averlund")],
                ),
                ("file", "look", &[("file", file)]),
                ("file", "go", &[("file", file)]),
                ("file", "go", &[("file", hidden)]),
                ("xlsx", "", &[]),
            ];
            tries
                .iter()
                .enumerate()
                .map(|(n, (doing, step, rest))| {
                    let command = self::key(&format!("{path} {salt} {n}"));
                    let mut fields = vec![
                        ("token", "@token@"),
                        ("command", &*command),
                        ("do", doing),
                        ("step", step),
                        ("back", "/register"),
                    ];
                    fields.extend_from_slice(rest);
                    let chosen = if *doing == "relate" { &tied } else { &documents };
                    fields.extend(chosen.iter().map(|id| ("document", id.as_str())));
                    Ask::form(path, &fields)
                })
                .collect()
        }
        "/documents/{id}/files" => corrected(common)
            .iter()
            .flat_map(|document| {
                let path = path.replace("{id}", document);
                let files = common.files.iter().take(2).chain(common.hidden_files.iter().take(1));
                files.enumerate().map(move |(n, file)| (path.clone(), n, file)).collect::<Vec<_>>()
            })
            .flat_map(|(path, n, file)| {
                let acts: [&str; 2] = if n == 0 { ["", "take-out"] } else { ["", ""] };
                acts.into_iter().enumerate().map(move |(m, act)| {
                    let command = self::key(&format!("{path} {salt} {n} {m}"));
                    let fields = [
                        ("token", "@token@"),
                        ("command", &*command),
                        ("act", act),
                        ("file", file),
                        ("from", file),
                        ("reason", "Averlund: a slip"),
                    ];
                    Ask::form(path.clone(), &fields)
                })
            })
            .collect(),
        // None of these rings: what would change on a desk is refused.
        "/documents/{id}/note" => corrected(common)
            .iter()
            .map(|document| {
                let command = self::key(&format!("{path} {salt} {document}"));
                let fields = [("token", "@token@"), ("command", &*command)];
                Ask::form(path.replace("{id}", document), &fields)
            })
            .collect(),
        "/api/v1/documents/{id}/note" => corrected(common)
            .iter()
            .enumerate()
            .map(|(n, document)| keyed(Ask::json(path.replace("{id}", document), String::new()), n))
            .collect(),
        _ => return None,
    })
}
