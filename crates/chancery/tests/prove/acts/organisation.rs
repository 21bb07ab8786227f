//! What is sent about the organisation: acts by form and by the API, and one's own leave.

use super::{Given, STRANGER, key};
use crate::send::Ask;

/// What is sent to a route of these; none: it is another's.
pub(super) fn acts(given: &Given<'_>) -> Option<Vec<Ask>> {
    let (path, salt) = (given.path, given.salt);
    let command = |what: &str| self::key(&format!("{salt} organisation {what}"));
    Some(match path {
        // Nameless: refused after it is asked who may, so that the organisation stays as it is.
        "/organisation/do/{act}" => [
            ("establish-unit", ""),
            ("change-post", "HQ-1"),
            ("take-up", "PLANS-2"),
            ("end-leave", STRANGER),
            ("nothing", ""),
        ]
        .map(|(act, of)| {
            let fields = [("token", "@token@"), ("command", &command(act)), ("of", of), ("begins", "2026-02-01")];
            Ask::form(format!("/organisation/do/{act}"), &fields)
        })
        .to_vec(),
        "/leave" => ["", "no day"]
            .map(|until| {
                let fields =
                    [("token", "@token@"), ("command", &command("leave")), ("from", "2027-02-01"), ("until", until)];
                Ask::form(path, &fields)
            })
            .to_vec(),
        "/api/v1/organisation/acts" => [
            format!(r#"{{"act":"end-leave","leave":"{STRANGER}","reason":"Averlund"}}"#),
            format!(
                r#"{{"act":"record-leave","person":"{}","from":"2026-05-02","until":"2026-05-01"}}"#,
                given.person()
            ),
            r#"{"act":"establish-unit","code":"AV","terms":{"names":{"en":"","fr":""},"is":"office","begins":"2026-02-01"}}"#
                .to_owned(),
        ]
        .iter()
        .enumerate()
        .map(|(n, body)| given.keyed(Ask::json(path, body), n))
        .collect(),
        _ => return None,
    })
}
