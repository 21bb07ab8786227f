//! Leaks planted in the real path of what they betray: each is found on the route where it is, and on no other.

use std::collections::BTreeMap;

use store::planted::{Leak, plant};

use super::{Pair, Tally, only};
use crate::{
    acts::acts,
    full,
    papers::{From, hidden},
    send::{Ask, Caller},
};

/// Where a leak is seen, and where it is not.
const fn places(leak: Leak) -> (&'static str, &'static str) {
    match leak {
        Leak::ErrorText => ("/api/v1/documents/{id}", "/api/v1/search"),
        Leak::Id | Leak::ListCount => ("/api/v1/documents", "/api/v1/search"),
        Leak::Tag | Leak::NotModified => ("/api/v1/me", "/sign-in"),
        Leak::SearchTotal | Leak::Facet | Leak::Rank | Leak::Snippet => {
            ("/api/v1/search", "/api/v1/documents/{id}")
        }
        Leak::CsvRows => ("/search.csv", "/search"),
        Leak::Length => ("/documents/{id}/file/{version}", "/documents/{id}"),
        Leak::Header => ("/sign-in", "/assets/{file}"),
        Leak::Description => ("/api/v1/openapi.json", "/api/v1/me"),
        Leak::Place => ("/register", "/search"),
        Leak::Bound => ("/api/v1/documents/by-reference/{reference}", "/api/v1/search"),
        Leak::Redirect => ("/search", "/api/v1/search"),
        Leak::PostRefusal => ("/api/v1/documents", "/drafts/drop"),
        Leak::Numbers => ("/api/v1/series/{code}/continuity", "/api/v1/series"),
        Leak::File => ("/api/v1/files", "/api/v1/me"),
        Leak::FileCount => ("/api/v1/files", "/api/v1/me"),
        Leak::Duplicate => ("/api/v1/registries/{code}/documents", "/api/v1/documents"),
        Leak::CopyCount => ("/api/v1/copies", "/api/v1/custody"),
        Leak::CopyName => ("/custody/find", "/api/v1/custody"),
        Leak::Standings => ("/api/v1/custody", "/api/v1/copies"),
        Leak::Receipts => ("/api/v1/dispatches", "/api/v1/copies"),
        Leak::Muster => ("/api/v1/musters/{id}", "/api/v1/copies"),
        Leak::Package => ("/api/v1/registries/{code}/books/{book}", "/api/v1/copies"),
        Leak::Emergency => ("/custody/emergency", "/api/v1/copies"),
        Leak::Container => ("/api/v1/containers", "/api/v1/copies"),
        Leak::CopyRows => ("/custody/copies.csv", "/api/v1/copies"),
        Leak::Form => ("/custody/log.pdf", "/custody/copies.csv"),
        Leak::CaseCount => ("/api/v1/cases", "/api/v1/tasks"),
        Leak::TaskCount => ("/api/v1/tasks", "/api/v1/cases"),
        Leak::CaseNumber => ("/api/v1/cases/{number}", "/api/v1/cases"),
    }
}

/// Leaks whose switch stands in a question to the tables.
const BEFORE_TABLES: [Leak; 6] =
    [Leak::Id, Leak::ListCount, Leak::Place, Leak::Bound, Leak::Numbers, Leak::Duplicate];

/// Each planted leak is found, and on the route where it is. In the small size one caller asks there, and
/// where it is not.
pub(super) async fn planted(pair: &mut Pair, all: bool) {
    let callers = if full() { only(&["clerk", "french"]) } else { only(&["clerk"]) };
    println!("\nplanted leaks");
    for leak in Leak::ALL.into_iter().filter(|leak| all || BEFORE_TABLES.contains(leak)) {
        let (there, elsewhere) = places(leak);
        plant(Some(leak));
        let tallies = match leak {
            Leak::Duplicate => Default::default(),
            Leak::PostRefusal => pair.changes_by(&["clerk"], |path| path == there || path == elsewhere).await,
            _ => pair.reads_of(&callers, true, |path| full() || path == there || path == elsewhere).await,
        };
        plant(None);
        if leak != Leak::Duplicate {
            found_there(leak, &tallies);
        }
    }
}

fn found_there(leak: Leak, tallies: &BTreeMap<&'static str, Tally>) {
    let found: Vec<&str> =
        tallies.iter().filter(|(_, t)| !t.differences.is_empty()).map(|(path, _)| *path).collect();
    println!("  {leak:?}: found on {}", found.join(", "));
    let (there, elsewhere) = places(leak);
    assert!(found.contains(&there), "the leak {leak:?} was not found on {there}");
    assert!(tallies.contains_key(elsewhere), "{elsewhere} was not asked");
    assert!(!found.contains(&elsewhere), "the leak {leak:?} was found on {elsewhere}, where it is not");
}

/// The leak after which the worlds are no longer alike comes last: one of them registers what the other knows again.
pub(super) async fn planted_duplicate(pair: &Pair) {
    let (there, elsewhere) = places(Leak::Duplicate);
    let mut tallies = BTreeMap::from([(there, Tally::default()), (elsewhere, Tally::default())]);
    let caller = Caller { login: Some("clerk"), language: "en" };
    let known = hidden(10, From::All).content.unwrap();
    let fresh = hidden(14, From::All).content.unwrap();
    plant(Some(Leak::Duplicate));
    let upload = acts(there, &pair.common, "planted").unwrap().swap_remove(2);
    assert!(upload.body.contains(&known));
    let upload = Ask { body: upload.body.replace(&known, &fresh), ..upload };
    let entry = acts(elsewhere, &pair.common, "planted").unwrap().swap_remove(0);
    for (path, ask) in [(elsewhere, entry), (there, upload)] {
        let tally = tallies.get_mut(path).unwrap();
        pair.compare(caller, &ask, &format!("planted {path}"), tally).await;
    }
    plant(None);
    found_there(Leak::Duplicate, &tallies);
}
