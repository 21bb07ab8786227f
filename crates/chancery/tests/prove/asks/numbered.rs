//! What programs ask of the copies that stand beside the books: of papers of every kind, hidden ones among them.

use super::{Common, each};
use crate::{send::Ask, worlds::World};

/// Numbered copies, and what was done with them: some that are seen, some that are hidden, one that is nowhere, none at all.
#[derive(Debug, Clone)]
pub struct Kept {
    pub copies: Vec<String>,
    pub dispatches: Vec<String>,
    pub certificates: Vec<String>,
    pub incidents: Vec<String>,
    pub containers: Vec<String>,
}

impl Kept {
    pub fn of(plain: &World, other: &World) -> Self {
        fn each<T: ToString>(seen: &[T], hidden: &[T]) -> Vec<String> {
            let hidden = hidden.iter().take(4).map(ToString::to_string);
            let nowhere = ["00112233445566778899aabbccddeeff", "none"].map(str::to_owned);
            seen.iter().map(ToString::to_string).chain(hidden).chain(nowhere).collect()
        }
        let (seen, hidden) = (&plain.copies, &other.copies);
        Self {
            copies: each(&seen.seen, &hidden.hidden),
            dispatches: each(&seen.dispatches, &hidden.hidden_dispatches),
            certificates: each(&seen.certificates, &[]),
            incidents: each(&seen.incidents, &[]),
            containers: each(&seen.containers, &[]),
        }
    }
}

/// What is asked of these beyond what is asked of the books.
pub(super) fn asks(path: &str, common: &Common) -> Vec<Ask> {
    let kept = &common.copies;
    let of_registries = |more: &[String]| {
        let mut asks = vec![Ask::get(path)];
        for code in ["HQR", "COS", "ARC", "SCR", "NONE"] {
            asks.push(Ask::get(format!("{path}?registry={code}")));
            asks.extend(more.iter().map(|rest| Ask::get(format!("{path}?registry={code}&{rest}"))));
        }
        asks
    };
    let told = |rest: &[&str]| of_registries(&rest.iter().map(|rest| (*rest).to_owned()).collect::<Vec<_>>());
    match path {
        "/api/v1/copies" => of_registries(&queries(kept, common)),
        "/api/v1/copies/{id}" => each(path, "id", &kept.copies),
        "/api/v1/dispatches" => told(&["state=due&order=newest", "state=given", "limit=2"]),
        "/api/v1/dispatches/{id}" => each(path, "id", &kept.dispatches),
        "/api/v1/destructions" => told(&["state=open&order=newest", "state=ended", "limit=1"]),
        "/api/v1/destructions/{id}" => each(path, "id", &kept.certificates),
        "/api/v1/incidents" => told(&["state=open&order=newest", "state=closed", "limit=1"]),
        "/api/v1/incidents/{id}" => each(path, "id", &kept.incidents),
        "/api/v1/containers" | "/api/v1/custody" => told(&[]),
        _ => Vec::new(),
    }
}

/// The list of copies by state, log, name, holder, place, receipt and paper.
fn queries(kept: &Kept, common: &Common) -> Vec<String> {
    let fixed = ["state=open&order=since", "state=held&limit=3", "log=NS", "name=NS-0001/2026/1"];
    let mut rest: Vec<String> = fixed.iter().map(|rest| (*rest).to_owned()).collect();
    rest.push(format!("person={}", common.people[3]));
    rest.push(format!("container={}", kept.containers[0]));
    rest.push(format!("dispatch={}", kept.dispatches[3]));
    rest.push(format!("document={}", common.visible[6]));
    rest.extend(common.hidden.iter().take(2).map(|hidden| format!("document={hidden}")));
    rest.push(format!("dispatch={}", kept.copies[0]));
    rest
}
