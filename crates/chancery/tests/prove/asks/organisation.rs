//! What is asked of the routes of the organisation: of today, of other days, of what is not there.

use super::{Common, STRANGER, all, each};
use crate::send::Ask;

const DAYS: [&str; 3] = ["", "?day=2026-01-02", "?day=2025-12-31"];

fn on_days(path: &str, name: &str, values: &[String]) -> Vec<Ask> {
    let plain = each(path, name, values).into_iter();
    plain.flat_map(|ask| DAYS.map(|day| Ask::get(format!("{}{day}", ask.path)))).collect()
}

/// What is asked of a route of these; none: it is another's.
pub(super) fn asks(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let of = |codes: &[&str]| -> Vec<String> { codes.iter().map(|code| (*code).to_owned()).collect() };
    let contacts = [common.contact.clone(), STRANGER.to_owned(), "none".to_owned()];
    match path {
        "/organisation" | "/organisation/posts.csv" | "/organisation/posts.xlsx" | "/api/v1/organisation" => {
            Some(DAYS.map(|day| Ask::get(format!("{path}{day}"))).to_vec())
        }
        "/organisation/units/{code}" | "/api/v1/organisation/units/{code}" => {
            Some(on_days(path, "code", &of(&["HQ", "PLANS", "NONE"])))
        }
        "/organisation/posts/{code}" | "/api/v1/organisation/posts/{code}" => {
            Some(on_days(path, "code", &of(&["HQ-1", "PLANS-2", "NONE"])))
        }
        "/organisation/people/{id}" | "/api/v1/organisation/people/{id}" => {
            let mut people = common.people.clone();
            people.push(STRANGER.to_owned());
            Some(on_days(path, "id", &people))
        }
        "/organisation/do/{act}" => {
            let person = &common.people[8];
            let mut asks: Vec<String> = of(&[
                "establish-unit",
                "establish-unit?of=HQ",
                "change-unit?of=PLANS",
                "establish-post?of=PLANS",
                "change-post?of=PLANS-2",
                "take-up?of=PLANS-2",
                "name-stand-in?of=PLANS-1",
                "enter-contact",
                "draw-up-list",
                "change-list?of=STAFF",
                "change-list?of=NONE",
                "nothing",
            ]);
            asks.extend([
                format!("record-leave?of={person}"),
                format!("name-stand-in?of={person}"),
                format!("change-contact?of={}", common.contact),
                format!("end-leave?of={STRANGER}"),
            ]);
            Some(asks.iter().map(|act| Ask::get(path.replace("{act}", act))).collect())
        }
        "/leave" => all(&[path]),
        "/contacts" | "/contacts.csv" | "/contacts.xlsx" => Some(
            ["", "?q=averlund&sort=-mail", "?state=all&from=50"]
                .map(|q| Ask::get(format!("{path}{q}")))
                .to_vec(),
        ),
        "/api/v1/organisation/contacts" => {
            Some(["", "?q=averlund", "?limit=1"].map(|q| Ask::get(format!("{path}{q}"))).to_vec())
        }
        "/contacts/{id}" | "/api/v1/organisation/contacts/{id}" => Some(each(path, "id", &contacts)),
        "/lists" | "/lists.csv" | "/lists.xlsx" => {
            Some(["", "?q=plans&sort=-name"].map(|q| Ask::get(format!("{path}{q}"))).to_vec())
        }
        "/api/v1/organisation/lists" => Some(DAYS.map(|day| Ask::get(format!("{path}{day}"))).to_vec()),
        "/lists/{code}" | "/api/v1/organisation/lists/{code}" => {
            Some(on_days(path, "code", &of(&["STAFF", "NONE"])))
        }
        _ => None,
    }
}
