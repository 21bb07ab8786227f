//! What is sent to register a paper: in a form, by a program, with a content that is known and one that is not.

use super::{Given, STRANGER, key};
use crate::{
    papers::{From, file_name, hidden, mail, visible},
    send::Ask,
};

const HELD: &str = r#""direction":"incoming","kind":"letter","subject":"Averlund: a paper more","label":{"policy":"NATO","level":"CONFIDENTIAL"},"held_elsewhere":"safe 4""#;

const KEPT: &str = r#""direction":"incoming","kind":"letter","subject":"Averlund: a paper more","label":{"policy":"NATO","level":"CONFIDENTIAL"}"#;

fn entry(registry: &str, rest: &str) -> String {
    format!(r#"{{"registry":"{registry}",{rest}}}"#)
}

/// The form for registering a document.
fn form<'a>(registry: &'a str, command: &'a str, held: &'a str, subject: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("token", "@token@"),
        ("command", command),
        ("registry", registry),
        ("direction", "incoming"),
        ("kind", "letter"),
        ("subject", subject),
        ("language", "en"),
        ("held_elsewhere", held),
        ("policy", "NATO"),
        ("levels_of", "NATO"),
        ("level", "CONFIDENTIAL"),
    ]
}

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let common = given.common;
    let salt = given.salt;
    let key = given.key.as_str();
    let keyed = |ask: Ask, n: usize| given.keyed(ask, n);
    Some(match path {
        "/register/new" => {
            let own = hidden(2, From::All).content.unwrap_or_default();
            let seen = visible(2).content.unwrap_or_default();
            vec![
                Ask::parts(path, &form("HQR", key, "safe 4", "Averlund: typed in a form"), None),
                Ask::parts(path, &form("SCR", key, "safe 4", "Averlund: typed in a form"), None),
                Ask::parts(
                    path,
                    &form("HQR", &self::key(&format!("{salt} own")), "", "Same as hidden"),
                    Some(("a.txt", &own)),
                ),
                Ask::parts(
                    path,
                    &form("HQR", &self::key(&format!("{salt} seen")), "", "Same as seen"),
                    Some(("a.txt", &seen)),
                ),
            ]
        }
        "/api/v1/documents" => vec![
            keyed(Ask::json(path, entry("HQR", HELD)), 0),
            keyed(Ask::json(path, entry("HQR", HELD)), 0),
            keyed(Ask::json(path, entry("SCR", HELD)), 1),
            keyed(Ask::json(path, entry("NONE", HELD)), 2),
            keyed(Ask::json(path, entry("ARC", HELD)), 3),
            keyed(
                Ask::json(
                    path,
                    entry(
                        "HQR",
                        &format!(
                            "{HELD},\"files\":[\"{}\"]",
                            common.hidden_files.first().map_or(STRANGER, String::as_str)
                        ),
                    ),
                ),
                5,
            ),
            keyed(Ask::json(path, entry("HQR", &format!("{HELD},\"files\":[\"{}\"]", common.files[0]))), 6),
            keyed(
                Ask::json(
                    path,
                    entry("HQR", &HELD.replace("}", r#"},"references":[{"kind":"other","text":"@h1@"}]"#)),
                ),
                4,
            ),
        ],
        "/api/v1/registries/{code}/documents" => {
            let fresh = format!("Averlund, written on {salt}.");
            let own = hidden(6, From::All).content.unwrap_or_default();
            let other = hidden(10, From::All).content.unwrap_or_default();
            let seen = visible(2).content.unwrap_or_default();
            let upload = |code: &str, text: &str, n| {
                let document = format!("{{{KEPT}}}");
                let path = path.replace("{code}", code);
                keyed(Ask::parts(path, &[("document", &document)], Some((file_name(text), text))), n)
            };
            vec![
                upload("HQR", &fresh, 0),
                upload("HQR", &own, 1),
                upload("HQR", &other, 2),
                upload("HQR", &seen, 3),
                upload("SCR", &fresh, 4),
                upload("NONE", &fresh, 5),
                upload("HQR", &mail(&fresh), 6),
            ]
        }
        _ => return None,
    })
}
