//! What is sent to take over a register of old: workbooks and their settings. Nothing is taken over.

use super::{Given, STRANGER};
use crate::{send::Ask, worlds::OLD_REGISTER};

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let path = given.path;
    let common = given.common;
    let keyed = |ask: Ask, n: usize| given.keyed(ask, n);
    Some(match path {
        "/register/old" => ["HQR", "COS", "NONE"]
            .map(|registry| {
                let file = Some(("old.csv", OLD_REGISTER));
                Ask::parts(path, &[("token", "@token@"), ("registry", registry)], file)
            })
            .to_vec(),
        // Looked at by other settings only: to take it over would tell what comes after of it, in its own time.
        "/register/old/{id}" => [common.workbook.as_str(), STRANGER]
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
                let file = Some(("old.csv", OLD_REGISTER));
                keyed(Ask::parts(path.replace("{code}", registry), &[("document", "{}")], file), n)
            })
            .collect(),
        "/api/v1/old-registers/{id}/settings" => (0..)
            .zip([common.workbook.as_str(), STRANGER])
            .map(|(n, id)| keyed(Ask::json(path.replace("{id}", id), r#"{"kind":"letter"}"#), n))
            .collect(),
        // Nothing is taken over: that would happen in its own time, and in two worlds not at the same.
        "/api/v1/old-registers/{id}/runs" => (0..)
            .zip([common.barren.as_str(), STRANGER])
            .map(|(n, id)| keyed(Ask::json(path.replace("{id}", id), ""), n))
            .collect(),
        _ => return None,
    })
}
