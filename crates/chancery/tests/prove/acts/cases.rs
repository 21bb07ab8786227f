//! What is sent about cases: nothing of it is taken, so that the cases stay as they are; who sees them is told why.

use super::{Given, STRANGER, key};
use crate::send::Ask;

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let (path, salt) = (given.path, given.salt);
    let command = |what: &str| self::key(&format!("{salt} case {what}"));
    let cases = [given.common.case.as_str(), STRANGER];
    let each = |what: &str, fields: &[(&str, &str)]| -> Vec<Ask> {
        let send = |case: &str| {
            let own = command(&format!("{what} {case}"));
            let mut all = vec![("token", "@token@"), ("command", own.as_str())];
            all.extend_from_slice(fields);
            Ask::form(path.replace("{id}", case).replace("{task}", STRANGER), &all)
        };
        cases.iter().map(|case| send(case)).collect()
    };
    Some(match path {
        "/cases/new/{procedure}" => ["tasker", "nothing"]
            .map(|procedure| {
                let fields = [("token", "@token@"), ("command", &command(procedure)), ("level", "")];
                Ask::form(path.replace("{procedure}", procedure), &fields)
            })
            .to_vec(),
        "/cases/{id}/step" => each("step", &[("step", "nothing"), ("at", "issued")]),
        "/cases/{id}/change" => each("change", &[("f.subject", "")]),
        "/cases/{id}/tasks/{task}" => each("task", &[("does", "acknowledge")]),
        "/cases/{id}/show" => each("show", &[("evidence", "nothing"), ("words", "Averlund")]),
        "/reminders/aside" => vec![Ask::form(path, &[("token", "@token@"), ("task", STRANGER), ("made", "0")])],
        "/cases/{id}/note" => each("note", &[("words", "")]),
        "/cases/{id}/comments" => each("comments", &[("act", "add"), ("task", STRANGER), ("severity", "critical")]),
        "/cases/{id}/reopen" => each("reopen", &[("stage", "work"), ("reason", "Averlund")]),
        "/api/v1/case-acts" => cases
            .iter()
            .flat_map(|case| {
                [
                    format!(r#"{{"act":"note","case":"{case}","words":""}}"#),
                    format!(r#"{{"act":"step","case":"{case}","stage":"issued","step":"nothing"}}"#),
                    format!(
                        r#"{{"act":"task","case":"{case}","task":"{STRANGER}","does":{{"what":"acknowledge"}}}}"#
                    ),
                ]
            })
            .enumerate()
            .map(|(n, body)| given.keyed(Ask::json(path, &body), n))
            .collect(),
        _ => return None,
    })
}
