//! What is sent to the in-tray and of scans. Nothing begins to wait that others would see.

use super::{Given, STRANGER};
use crate::send::Ask;

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let keyed = |ask: Ask, n: usize| given.keyed(ask, n);
    Some(match path {
        "/tray/dismiss" => {
            let fields = [("token", "@token@"), ("item", STRANGER), ("reason", "spam"), ("sure", "yes")];
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
                Ask::form(path.replace("{id}", STRANGER), &fields)
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
            vec![keyed(Ask::json(path.replace("{id}", STRANGER), body), 0)]
        }
        "/api/v1/scans/{id}/documents" | "/api/v1/scans/{id}/whole" => {
            vec![keyed(Ask::json(path.replace("{id}", STRANGER), r#"{"version":0}"#), 0)]
        }
        "/api/v1/scans/{id}/dismissals" => {
            vec![keyed(Ask::json(path.replace("{id}", STRANGER), r#"{"reason":"spam"}"#), 0)]
        }
        "/api/v1/tray/{id}/registrations" => {
            let body = r#"{"registry":"HQR","direction":"incoming","kind":"e-mail","subject":"Averlund"}"#;
            vec![keyed(Ask::json(path.replace("{id}", STRANGER), body), 0)]
        }
        "/api/v1/registries/{code}/dismissals" => ["HQR", "SEC", "NONE"]
            .iter()
            .enumerate()
            .map(|(n, code)| {
                let body = format!(r#"{{"items":["{STRANGER}"],"reason":"spam"}}"#);
                keyed(Ask::json(path.replace("{code}", code), body), n)
            })
            .collect(),
        _ => return None,
    })
}
