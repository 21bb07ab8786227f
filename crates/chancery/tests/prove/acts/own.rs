//! What is sent to the routes of what is one's own: saved searches, watches, views, the language.

use super::{Given, corrected};
use crate::send::Ask;

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let common = given.common;
    Some(match path {
        "/drafts/drop" => vec![Ask::form(path, &[("token", "@token@"), ("path", "/register/new")])],
        "/language" => vec![Ask::form(path, &[("language", "fr"), ("back", "/register")])],
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
        _ => return None,
    })
}
