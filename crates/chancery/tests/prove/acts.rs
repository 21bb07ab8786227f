//! What is sent to each route that changes something, by its path in the table. The first of each is what a person who
//! may do it would send, so that the matrix shows who may; the others are what tells a hidden thing from an absent one,
//! if anything does. A route that is not here fails the proofs.

use registry::id::Digest;

use crate::{
    asks::Common,
    papers::{From, file_name, hidden, mail, visible},
    send::Ask,
};

const HELD: &str = r#""direction":"incoming","kind":"letter","subject":"Averlund: a paper more","label":{"policy":"NATO","level":"CONFIDENTIAL"},"held_elsewhere":"safe 4""#;
const KEPT: &str = r#""direction":"incoming","kind":"letter","subject":"Averlund: a paper more","label":{"policy":"NATO","level":"CONFIDENTIAL"}"#;

/// Thirty-two digits that a request is known by.
pub fn key(salt: &str) -> String {
    Digest::of(salt.as_bytes()).to_string().chars().take(32).collect()
}

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

/// Papers that are corrected: seen by most, seen by some, hidden, absent.
fn corrected(common: &Common) -> Vec<String> {
    let seen = [0, 9].iter().filter_map(|n| common.visible.get(*n));
    let hidden = [0, 1].iter().filter_map(|n| common.hidden.get(*n));
    seen.chain(hidden).cloned().chain(["00112233445566778899aabbccddeeff".to_owned()]).collect()
}

/// Those that are tied to a hidden paper by its name, which is another in each world: their marks are others from then on,
/// so the one that is seen is none that is looked at thereafter.
fn tied(common: &Common) -> Vec<String> {
    common.visible.get(29).cloned().into_iter().chain(corrected(common).into_iter().skip(2)).collect()
}

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
    let stranger = "00112233445566778899aabbccddeeff".to_owned();
    let seen = common.files.iter().take(3);
    seen.chain(common.hidden_files.iter().take(2)).cloned().chain([stranger]).collect()
}

/// What is sent to a route that changes something; none: nobody has said yet. `salt` makes it another command.
pub fn acts(path: &str, common: &Common, salt: &str) -> Option<Vec<Ask>> {
    let key = key(&format!("{path} {salt}"));
    let keyed = |ask: Ask, n: usize| ask.with("idempotency-key", self::key(&format!("{path} {salt} {n}")));
    let person = &common.people[8];
    let (waiting, proposal) = &common.waiting;
    let stranger = "00112233445566778899aabbccddeeff";
    let login = format!("new{}", &key[..8]);
    let group = format!("group-{}", &key[..8]);
    Some(match path {
        "/sign-in" => vec![
            Ask::form(path, &[("login", "clerk"), ("password", "not the password")]),
            Ask::form(path, &[("login", "nobody"), ("password", "not the password")]),
        ],
        "/first-password" => vec![Ask::form(
            path,
            &[
                ("login", "clerk"),
                ("code", "AAAAA"),
                ("password", "a long enough phrase"),
                ("again", "a long enough phrase"),
            ],
        )],
        "/sign-out" | "/sign-out-everywhere" => vec![Ask::form(path, &[("token", "@token@")])],
        // The seat is not changed: whoever asks goes on asking.
        "/change-user" => vec![Ask::form(
            path,
            &[("token", "@token@"), ("change_login", "clerk"), ("change_password", "not the password")],
        )],
        "/drafts/drop" => vec![Ask::form(path, &[("token", "@token@"), ("path", "/register/new")])],
        "/language" => vec![Ask::form(path, &[("language", "fr"), ("back", "/register")])],
        "/register/new" => {
            let own = hidden(2, From::All).content.unwrap_or_default();
            let seen = visible(2).content.unwrap_or_default();
            vec![
                Ask::parts(path, &form("HQR", &key, "safe 4", "Averlund: typed in a form"), None),
                Ask::parts(path, &form("SCR", &key, "safe 4", "Averlund: typed in a form"), None),
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
        "/register/old" => ["HQR", "COS", "NONE"]
            .map(|registry| {
                let file = Some(("old.csv", crate::worlds::OLD_REGISTER));
                Ask::parts(path, &[("token", "@token@"), ("registry", registry)], file)
            })
            .to_vec(),
        // Looked at by other settings only: to take it over would tell what comes after of it, in its own time.
        "/register/old/{id}" => [common.workbook.as_str(), stranger]
            .iter()
            .flat_map(|id| ["look", "stop"].map(|act| (path.replace("{id}", id), act)))
            .map(|(path, act)| {
                let fields = [
                    ("token", "@token@"),
                    ("act", act),
                    ("sheet", "0"),
                    ("heading_row", "1"),
                    ("column-0", "number"),
                    ("column-1", "subject"),
                    ("column-2", "marking"),
                    ("held_elsewhere", "safe 4"),
                    ("direction", "incoming"),
                    ("kind", "letter"),
                    ("language", "en"),
                ];
                Ask::form(path, &fields)
            })
            .collect(),
        "/api/v1/registries/{code}/old-registers" => (0..)
            .zip(["HQR", "COS", "SCR", "NONE"])
            .map(|(n, registry)| {
                let file = Some(("old.csv", crate::worlds::OLD_REGISTER));
                keyed(Ask::parts(path.replace("{code}", registry), &[("document", "{}")], file), n)
            })
            .collect(),
        "/api/v1/old-registers/{id}/settings" => (0..)
            .zip([common.workbook.as_str(), stranger])
            .map(|(n, id)| keyed(Ask::json(path.replace("{id}", id), r#"{"kind":"letter"}"#), n))
            .collect(),
        // Nothing is taken over: that would happen in its own time, and in two worlds not at the same.
        "/api/v1/old-registers/{id}/runs" => (0..)
            .zip([common.barren.as_str(), stranger])
            .map(|(n, id)| keyed(Ask::json(path.replace("{id}", id), ""), n))
            .collect(),
        "/series/{code}/numbers" => ["MCM", "IMSM", "NONE"]
            .map(|code| {
                Ask::form(
                    path.replace("{code}", code),
                    &[("token", "@token@"), ("command", &key), ("purpose", "Averlund: a note more")],
                )
            })
            .to_vec(),
        "/series/{code}/voids" => ["MCM-0900-2024", "MCM-0500-2024", "IMSM-0001-2026"]
            .map(|reference| {
                let fields = [
                    ("token", "@token@"),
                    ("command", &*key),
                    ("reference", reference),
                    ("reason", "Averlund"),
                ];
                Ask::form(path.replace("{code}", "MCM"), &fields)
            })
            .to_vec(),
        "/series/{code}/closed" => ["MCM", "NONE"]
            .map(|code| Ask::form(path.replace("{code}", code), &[("token", "@token@"), ("command", &key)]))
            .to_vec(),
        "/api/v1/series/{code}/reservations" => (0..)
            .zip(["MCM", "IMSM", "NONE"])
            .map(|(n, code)| keyed(Ask::json(path.replace("{code}", code), r#"{"purpose":"Averlund"}"#), n))
            .collect(),
        "/api/v1/series/{code}/voids" => (0..)
            .zip(["MCM-0900-2024", "MCM-0500-2024", "IMSM-0001-2026"])
            .map(|(n, reference)| {
                let body = format!(r#"{{"reference":"{reference}","reason":"Averlund"}}"#);
                keyed(Ask::json(path.replace("{code}", "MCM"), body), n)
            })
            .collect(),
        "/house/new" => ["1", group.as_str()]
            .map(|code| {
                Ask::form(
                    path,
                    &[
                        ("token", "@token@"),
                        ("command", &self::key(&format!("{salt} house {code}"))),
                        ("what", "group"),
                        ("code", code),
                        ("name_en", "Averlund"),
                        ("name_fr", "Averlund"),
                    ],
                )
            })
            .into(),
        "/house/registries/{code}" => ["HQR", "SCR", "NONE"]
            .map(|code| {
                Ask::form(
                    format!("/house/registries/{code}"),
                    &[
                        ("token", "@token@"),
                        ("command", &self::key(&format!("{salt} registry {code}"))),
                        ("what", "changed"),
                        ("name_en", "Averlund"),
                        ("name_fr", "Averlund"),
                        ("ceilings", "bounded"),
                        ("reason", "Averlund"),
                    ],
                )
            })
            .into(),
        "/people/new" => vec![Ask::form(
            path,
            &[
                ("token", "@token@"),
                ("command", &key),
                ("login", &login),
                ("name", "A Person More"),
                ("nationality", "BEL"),
                ("language", "en"),
                ("title", "Post"),
            ],
        )],
        "/people/{id}/specimen" => vec![Ask::parts(
            path.replace("{id}", person),
            &[("token", "@token@"), ("command", &key)],
            Some(("hand.png", "no picture")),
        )],
        "/people/directory" => vec![Ask::form(path, &[("token", "@token@")])],
        "/people/{id}/propose" => vec![Ask::form(
            path.replace("{id}", person),
            &[
                ("token", "@token@"),
                ("command", &key),
                ("is", "briefing"),
                ("policy", "NATO"),
                ("levels_of", "NATO"),
                ("subject", "RESTRICTED"),
                ("on", "2026-01-15"),
            ],
        )],
        // Another post each time; who he is and what he may stays as it was.
        "/people/{id}/change" => [person.as_str(), stranger]
            .map(|id| {
                Ask::form(
                    path.replace("{id}", id),
                    &[
                        ("token", "@token@"),
                        ("command", &key),
                        ("name", "registrar of the staff"),
                        ("language", "en"),
                        ("title", &login),
                        ("reason", "another post"),
                    ],
                )
            })
            .to_vec(),
        "/people/{id}/role" => vec![Ask::form(
            path.replace("{id}", person),
            &[("token", "@token@"), ("command", &key), ("role", "assistant"), ("registry", &common.archive)],
        )],
        "/people/{id}/code" => {
            vec![Ask::form(path.replace("{id}", person), &[("token", "@token@"), ("command", &key)])]
        }
        "/sign-in/card" => vec![Ask::form(path, &[("back", "/desk")])],
        "/people/{id}/doors" => [person.as_str(), stranger]
            .map(|id| Ask::form(path.replace("{id}", id), &[("token", "@token@"), ("act", "release")]))
            .to_vec(),
        "/proposals/{id}/confirm" => [waiting.as_str(), stranger]
            .map(|id| {
                Ask::form(
                    path.replace("{id}", id),
                    &[("token", "@token@"), ("command", &key), ("proposal", proposal)],
                )
            })
            .to_vec(),
        "/authorisations/{id}/revoke" => vec![Ask::form(
            path.replace("{id}", &common.held.0),
            &[("token", "@token@"), ("command", &key), ("reason", "left the post")],
        )],
        "/searches" | "/watches" => ["harbour", "kind:letter", "\"never closed"]
            .map(|query| {
                Ask::form(
                    path,
                    &[("token", "@token@"), ("name", &format!("Averlund {query}")), ("query", query)],
                )
            })
            .to_vec(),
        "/searches/{id}" | "/watches/{id}/change" => ["1", "7"]
            .map(|id| {
                let fields = [("token", "@token@"), ("name", "Averlund, otherwise"), ("query", "harbour")];
                Ask::form(path.replace("{id}", id), &fields)
            })
            .to_vec(),
        "/views" => ["show", "keep", "usual", "drop"]
            .map(|act| {
                let fields = [
                    ("token", "@token@"),
                    ("list", "register"),
                    ("base", "order=newest"),
                    ("at.file", "1"),
                    ("at.subject", "2"),
                    ("name", "Averlund"),
                    ("number", "1"),
                    ("act", act),
                ];
                Ask::form(path, &fields)
            })
            .to_vec(),
        "/watches/{id}/aside" => corrected(common)
            .iter()
            .map(|id| {
                let fields = [("token", "@token@"), ("document", id.as_str())];
                Ask::form(path.replace("{id}", "1"), &fields)
            })
            .collect(),
        "/api/v1/searches" | "/api/v1/watches" => ["harbour", "convoy kind:letter", ""]
            .map(|query| Ask::json(path, format!(r#"{{"name":"Averlund {query}","query":"{query}"}}"#)))
            .to_vec(),
        "/api/v1/searches/{id}/removals" | "/api/v1/watches/{id}/removals" => {
            vec![Ask::json(path.replace("{id}", "9"), "")]
        }
        "/api/v1/watches/{id}/aside" => corrected(common)
            .iter()
            .map(|id| Ask::json(path.replace("{id}", "1"), format!(r#"{{"documents":["{id}"]}}"#)))
            .collect(),
        "/ledger" | "/ledger/verify" => vec![Ask::form(path, &[("token", "@token@")])],
        // No passkeys are set up: who may ask is told so.
        "/sign-in/passkey" => vec![Ask::form(path, &[])],
        "/account/passkeys" => {
            vec![Ask::form(path, &[("token", "@token@"), ("passkey_name", "Key on my ring")])]
        }
        "/account/passkeys/drop" => {
            vec![Ask::form(path, &[("token", "@token@"), ("id", &"00".repeat(32))])]
        }
        "/account/tokens" | "/account/token" => {
            vec![Ask::form(path, &[("token", "@token@"), ("name", &login)])]
        }
        "/api/v1/sign-in" => vec![Ask::json(path, r#"{"login":"clerk","password":"not the password"}"#)],
        "/api/v1/sign-in/proof" => vec![Ask::json(path, r#"{"password":"not the password"}"#)],
        "/documents/{id}/correct" => corrected(common)
            .iter()
            .map(|id| Ask::form(path.replace("{id}", id), &correction(&key)))
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
            let file = common.files.first().map_or(stranger, String::as_str);
            let hidden = common.hidden_files.first().map_or(stranger, String::as_str);
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
        "/files/new" => {
            let hidden = common.hidden_files.first().map_or(stranger, String::as_str);
            let tries = [
                ("", "", ""),
                ("3", "", "code of a hidden one"),
                ("", hidden, ""),
                ("", stranger, ""),
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
        "/tray/dismiss" => {
            let fields = [("token", "@token@"), ("item", stranger), ("reason", "spam"), ("sure", "yes")];
            vec![Ask::form(path, &fields)]
        }
        // An empty file is refused: nothing begins to wait that others would see.
        "/tray/files" => ["HQR", "SEC", "NONE"]
            .iter()
            .map(|registry| {
                let fields = [("token", "@token@"), ("registry", *registry), ("path", "Averlund/a.txt")];
                Ask::parts(path, &fields, Some(("a.txt", "")))
            })
            .collect(),
        "/scans" => ["HQR", "SEC", "NONE"]
            .iter()
            .map(|registry| {
                let fields = [("token", "@token@"), ("registry", *registry)];
                Ask::parts(path, &fields, Some(("a.tif", "")))
            })
            .collect(),
        "/scans/{id}" => ["make", "out", "dismiss"]
            .iter()
            .map(|act| {
                let fields = [("token", "@token@"), ("act", *act), ("version", "0"), ("page", "1")];
                Ask::form(path.replace("{id}", stranger), &fields)
            })
            .collect(),
        "/api/v1/registries/{code}/tray" => ["HQR", "SEC", "NONE"]
            .iter()
            .enumerate()
            .map(|(n, code)| {
                let fields = [("document", r#"{"folder":"Averlund"}"#)];
                keyed(Ask::parts(path.replace("{code}", code), &fields, Some(("a.txt", ""))), n)
            })
            .collect(),
        "/api/v1/registries/{code}/scans" => ["HQR", "SEC", "NONE"]
            .iter()
            .enumerate()
            .map(|(n, code)| {
                let fields = [("document", r#"{"blanks":"kept"}"#)];
                keyed(Ask::parts(path.replace("{code}", code), &fields, Some(("a.tif", ""))), n)
            })
            .collect(),
        "/api/v1/scans/{id}/plans" => {
            let body = r#"{"version":0,"documents":[[{"page":1}]]}"#;
            vec![keyed(Ask::json(path.replace("{id}", stranger), body), 0)]
        }
        "/api/v1/scans/{id}/documents" | "/api/v1/scans/{id}/whole" => {
            vec![keyed(Ask::json(path.replace("{id}", stranger), r#"{"version":0}"#), 0)]
        }
        "/api/v1/scans/{id}/dismissals" => {
            vec![keyed(Ask::json(path.replace("{id}", stranger), r#"{"reason":"spam"}"#), 0)]
        }
        "/api/v1/tray/{id}/registrations" => {
            let body = r#"{"registry":"HQR","direction":"incoming","kind":"e-mail","subject":"Averlund"}"#;
            vec![keyed(Ask::json(path.replace("{id}", stranger), body), 0)]
        }
        "/api/v1/registries/{code}/dismissals" => ["HQR", "SEC", "NONE"]
            .iter()
            .enumerate()
            .map(|(n, code)| {
                let body = format!(r#"{{"items":["{stranger}"],"reason":"spam"}}"#);
                keyed(Ask::json(path.replace("{code}", code), body), n)
            })
            .collect(),
        "/api/v1/files" => {
            let hidden = common.hidden_files.first().map_or(stranger, String::as_str);
            let file = |registry: &str, rest: &str| {
                format!(r#"{{"registry":"{registry}","name_en":"Averlund, opened by a program"{rest}}}"#)
            };
            let tries = [
                file("HQR", ""),
                file("HQR", r#","code":"4""#),
                file("HQR", &format!(r#","parent":"{hidden}""#)),
                file("HQR", &format!(r#","parent":"{stranger}""#)),
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
        "/api/v1/sign-out" => vec![Ask::json(path, "")],
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
                            common.hidden_files.first().map_or(stranger, String::as_str)
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
        // Nameless: refused after it is asked who may, so that the house stays as it is.
        "/api/v1/bodies" | "/api/v1/groups" => {
            vec![keyed(Ask::json(path, r#"{"code":"AV","names":{"en":"","fr":""}}"#), 0)]
        }
        "/api/v1/registries" => {
            vec![keyed(Ask::json(path, r#"{"code":"AV","names":{"en":"","fr":""},"ceilings":[]}"#), 0)]
        }
        "/api/v1/registries/{code}/changes" => ["HQR", "SCR", "NONE"]
            .iter()
            .enumerate()
            .map(|(n, code)| {
                let body = r#"{"names":{"en":"","fr":""},"ceilings":[],"reason":""}"#;
                keyed(Ask::json(path.replace("{code}", code), body), n)
            })
            .collect(),
        "/api/v1/series" => vec![keyed(Ask::json(path, r#"{"name":"","toml":""}"#), 0)],
        "/api/v1/series/{code}/entrustings" => {
            vec![keyed(Ask::json(path.replace("{code}", "MCM"), r#"{"registry":"NONE"}"#), 0)]
        }
        "/api/v1/people" => vec![keyed(
            Ask::json(path, format!(r#"{{"login":"{login}","name":"A Person More","nationality":"BEL"}}"#)),
            0,
        )],
        "/api/v1/people/{id}/changes" => [person.as_str(), stranger]
            .iter()
            .enumerate()
            .map(|(n, id)| {
                let body = format!(r#"{{"reason":"another post","title":"{login} again"}}"#);
                keyed(Ask::json(path.replace("{id}", id), body), n)
            })
            .collect(),
        "/api/v1/people/{id}/proposals" => vec![keyed(
            Ask::json(
                path.replace("{id}", person),
                r#"{"is":"briefing","policy":"NATO","subject":"RESTRICTED","on":"2026-01-15"}"#,
            ),
            0,
        )],
        "/api/v1/people/{id}/roles" => vec![keyed(
            Ask::json(path.replace("{id}", person), r#"{"role":"assistant","registry":"ARC"}"#),
            0,
        )],
        "/api/v1/people/{id}/one-time-code" => vec![keyed(Ask::json(path.replace("{id}", person), "{}"), 0)],
        "/api/v1/proposals/{id}/confirmations" => [waiting.as_str(), stranger]
            .iter()
            .enumerate()
            .map(|(n, id)| {
                keyed(Ask::json(path.replace("{id}", id), format!(r#"{{"proposal":"{proposal}"}}"#)), n)
            })
            .collect(),
        "/api/v1/authorisations/{id}/revocations" => {
            vec![keyed(Ask::json(path.replace("{id}", &common.held.0), r#"{"reason":"left the post"}"#), 0)]
        }
        "/api/v1/ledgers/verifications" => vec![keyed(Ask::json(path, ""), 0)],
        _ => return None,
    })
}
