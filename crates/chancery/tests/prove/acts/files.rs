//! What is sent to the file plan: files are opened, changed, closed, and papers put into them.

use super::{Given, STRANGER, key};
use crate::{asks::Common, send::Ask};

/// The form of a file.
fn file_form<'a>(
    command: &'a str,
    code: &'a str,
    parent: &'a str,
    status: &'a str,
) -> Vec<(&'a str, &'a str)> {
    vec![
        ("token", "@token@"),
        ("command", command),
        ("registry", "HQR"),
        ("is", "dossier"),
        ("code", code),
        ("parent", parent),
        ("name_en", "Averlund, opened in a form"),
        ("status", status),
        ("policy", "NATO"),
        ("levels_of", "NATO"),
        ("level", "open"),
        ("reason", "Averlund: it stands otherwise"),
    ]
}

/// Files that are changed: seen, hidden, absent.
fn turned(common: &Common) -> Vec<String> {
    let stranger = STRANGER.to_owned();
    let seen = common.files.iter().take(3);
    seen.chain(common.hidden_files.iter().take(2)).cloned().chain([stranger]).collect()
}

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let common = given.common;
    let salt = given.salt;
    let keyed = |ask: Ask, n: usize| given.keyed(ask, n);
    Some(match path {
        "/files/new" => {
            let hidden = common.hidden_files.first().map_or(STRANGER, String::as_str);
            let tries = [
                ("", "", ""),
                ("3", "", "code of a hidden one"),
                ("", hidden, ""),
                ("", STRANGER, ""),
                ("1", "", ""),
            ];
            tries
                .iter()
                .enumerate()
                .map(|(n, (code, parent, status))| {
                    let command = self::key(&format!("{path} {salt} {n}"));
                    Ask::form(path, &file_form(&command, code, parent, status))
                })
                .collect()
        }
        "/files/{id}/change" => turned(common)
            .iter()
            .enumerate()
            .map(|(n, id)| {
                let command = self::key(&format!("{path} {salt} {n}"));
                let code = if n == 0 { "1" } else { "" };
                Ask::form(path.replace("{id}", id), &file_form(&command, code, "", salt))
            })
            .collect(),
        "/files/{id}/turn" => turned(common)
            .iter()
            .enumerate()
            .flat_map(|(n, id)| {
                let path = path.replace("{id}", id);
                // The first asks for what is so already: whoever comes after finds the file as it was.
                ["reopen", "close-volume", "close", "open-volume", "reopen"].iter().enumerate().map(
                    move |(m, act)| {
                        let command = self::key(&format!("{path} {salt} {n} {m}"));
                        let fields = [
                            ("token", "@token@"),
                            ("command", &*command),
                            ("act", act),
                            ("reason", "ended"),
                            ("next", "yes"),
                        ];
                        Ask::form(path.clone(), &fields)
                    },
                )
            })
            .collect(),
        "/files/{id}/documents" => turned(common)
            .iter()
            .enumerate()
            .map(|(n, id)| {
                let command = self::key(&format!("{path} {salt} {n}"));
                let fields = [
                    ("token", "@token@"),
                    ("command", &*command),
                    ("references", "@v0@\n@h0@\n@h2@\n@v9@\nnothing"),
                ];
                Ask::form(path.replace("{id}", id), &fields)
            })
            .collect(),
        "/api/v1/files" => {
            let hidden = common.hidden_files.first().map_or(STRANGER, String::as_str);
            let file = |registry: &str, rest: &str| {
                format!(r#"{{"registry":"{registry}","name_en":"Averlund, opened by a program"{rest}}}"#)
            };
            let tries = [
                file("HQR", ""),
                file("HQR", r#","code":"4""#),
                file("HQR", &format!(r#","parent":"{hidden}""#)),
                file("HQR", &format!(r#","parent":"{STRANGER}""#)),
                file("SEC", ""),
                file("NONE", ""),
                file("HQR", r#","need_to_know":[["air"]],"label":{"policy":"NATO","level":"CONFIDENTIAL"}"#),
            ];
            tries.into_iter().enumerate().map(|(n, body)| keyed(Ask::json(path, body), n)).collect()
        }
        "/api/v1/files/{id}/changes" => turned(common)
            .iter()
            .enumerate()
            .map(|(n, id)| {
                let body = format!(r#"{{"reason":"Averlund","owner":"Owner {salt}"}}"#);
                keyed(Ask::json(path.replace("{id}", id), body), n)
            })
            .collect(),
        "/api/v1/files/{id}/turns" => turned(common)
            .iter()
            .enumerate()
            .map(|(n, id)| {
                keyed(Ask::json(path.replace("{id}", id), r#"{"turn":"reopen","reason":"not ended"}"#), n)
            })
            .collect(),
        "/api/v1/files/{id}/documents" => {
            let documents: Vec<&String> = [0, 3, 9]
                .iter()
                .filter_map(|n| common.visible.get(*n))
                .chain(common.hidden.iter().take(3))
                .collect();
            let body = serde_json::json!({"documents": documents}).to_string();
            turned(common)
                .iter()
                .enumerate()
                .map(|(n, id)| keyed(Ask::json(path.replace("{id}", id), body.clone()), n))
                .collect()
        }
        "/api/v1/files/{id}/removals" => {
            let documents = [common.visible.first(), common.hidden.first()];
            // What is put in by whoever may comes first, so that there is something to take out for each.
            turned(common)
                .iter()
                .flat_map(|id| documents.into_iter().flatten().map(move |document| (id.clone(), document)))
                .enumerate()
                .map(|(n, (id, document))| {
                    let body = format!(r#"{{"document":"{document}","reason":"Averlund: a slip"}}"#);
                    keyed(Ask::json(path.replace("{id}", &id), body), n)
                })
                .collect()
        }
        _ => return None,
    })
}
