//! What is sent to those who give the numbers of series: one is kept, one struck out, counts are closed.

use super::Given;
use crate::send::Ask;

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let key = given.key.as_str();
    let keyed = |ask: Ask, n: usize| given.keyed(ask, n);
    Some(match path {
        "/series/{code}/numbers" => ["MCM", "IMSM", "NONE"]
            .map(|code| {
                Ask::form(
                    path.replace("{code}", code),
                    &[("token", "@token@"), ("command", key), ("purpose", "Averlund: a note more")],
                )
            })
            .to_vec(),
        "/series/{code}/voids" => ["MCM-0900-2024", "MCM-0500-2024", "IMSM-0001-2026"]
            .map(|reference| {
                let fields = [
                    ("token", "@token@"),
                    ("command", key),
                    ("reference", reference),
                    ("reason", "Averlund"),
                ];
                Ask::form(path.replace("{code}", "MCM"), &fields)
            })
            .to_vec(),
        "/series/{code}/closed" => ["MCM", "NONE"]
            .map(|code| Ask::form(path.replace("{code}", code), &[("token", "@token@"), ("command", key)]))
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
        _ => return None,
    })
}
