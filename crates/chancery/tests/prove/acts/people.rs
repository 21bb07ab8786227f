//! What is sent about people: what is known of them, what they are given, proposed and confirmed.

use super::{Given, STRANGER};
use crate::send::Ask;

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let common = given.common;
    let key = given.key.as_str();
    let keyed = |ask: Ask, n: usize| given.keyed(ask, n);
    let person = given.person();
    let waiting = &common.waiting.0;
    let proposal = common.waiting.1.as_str();
    let login = given.login();
    Some(match path {
        "/people/new" => vec![Ask::form(
            path,
            &[
                ("token", "@token@"),
                ("command", key),
                ("login", &login),
                ("name", "A Person More"),
                ("nationality", "BEL"),
                ("language", "en"),
                ("title", "Post"),
            ],
        )],
        "/people/{id}/specimen" => vec![Ask::parts(
            path.replace("{id}", person),
            &[("token", "@token@"), ("command", key)],
            Some(("hand.png", "no picture")),
        )],
        "/people/directory" => vec![Ask::form(path, &[("token", "@token@")])],
        "/people/{id}/propose" => vec![Ask::form(
            path.replace("{id}", person),
            &[
                ("token", "@token@"),
                ("command", key),
                ("is", "briefing"),
                ("policy", "NATO"),
                ("levels_of", "NATO"),
                ("subject", "RESTRICTED"),
                ("on", "2026-01-15"),
            ],
        )],
        // Another post each time; who he is and what he may stays as it was.
        "/people/{id}/change" => [person.as_str(), STRANGER]
            .map(|id| {
                Ask::form(
                    path.replace("{id}", id),
                    &[
                        ("token", "@token@"),
                        ("command", key),
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
            &[("token", "@token@"), ("command", key), ("role", "assistant"), ("registry", &common.archive)],
        )],
        "/people/{id}/code" => {
            vec![Ask::form(path.replace("{id}", person), &[("token", "@token@"), ("command", key)])]
        }
        "/people/{id}/doors" => [person.as_str(), STRANGER]
            .map(|id| Ask::form(path.replace("{id}", id), &[("token", "@token@"), ("act", "release")]))
            .to_vec(),
        "/proposals/{id}/confirm" => [waiting.as_str(), STRANGER]
            .map(|id| {
                Ask::form(
                    path.replace("{id}", id),
                    &[("token", "@token@"), ("command", key), ("proposal", proposal)],
                )
            })
            .to_vec(),
        "/authorisations/{id}/revoke" => vec![Ask::form(
            path.replace("{id}", &common.held.0),
            &[("token", "@token@"), ("command", key), ("reason", "left the post")],
        )],
        "/api/v1/people" => vec![keyed(
            Ask::json(path, format!(r#"{{"login":"{login}","name":"A Person More","nationality":"BEL"}}"#)),
            0,
        )],
        "/api/v1/people/{id}/changes" => [person.as_str(), STRANGER]
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
        "/api/v1/proposals/{id}/confirmations" => [waiting.as_str(), STRANGER]
            .iter()
            .enumerate()
            .map(|(n, id)| {
                keyed(Ask::json(path.replace("{id}", id), format!(r#"{{"proposal":"{proposal}"}}"#)), n)
            })
            .collect(),
        "/api/v1/authorisations/{id}/revocations" => {
            vec![keyed(Ask::json(path.replace("{id}", &common.held.0), r#"{"reason":"left the post"}"#), 0)]
        }
        _ => return None,
    })
}
