//! What is sent of the copies that stand beside the books. What is asked changes as little as it can: whoever comes after finds
//! them as they were.

use serde_json::{Value, json};

use super::{Given, STRANGER};
use crate::send::Ask;

/// What programs do with these, beyond what they do with those of the books.
pub(super) fn for_programs(given: &Given<'_>) -> Vec<Ask> {
    let kept = &given.common.copies;
    let safe = json!({"act": "furnish", "name": format!("Safe {}", given.salt), "place": "Averlund"});
    let mut asked: Vec<(&str, Value)> = vec![("HQR", safe.clone()), ("ARC", safe.clone()), ("NONE", safe)];
    let seen = [0, 4, 5, 8, 10, 14, 16].iter().filter_map(|n| kept.copies.get(*n));
    let hidden = kept.copies.iter().rev().take(5);
    for copy in seen.chain(hidden) {
        let desk = json!({"act": "keep", "copies": [copy]});
        let gone = json!({"act": "release", "copies": [copy], "words": "Averlund"});
        let lost = json!({"act": "send", "copies": [copy], "to": {"is": "person", "person": STRANGER}});
        asked
            .extend(["HQR", "ARC"].into_iter().flat_map(|code| [(code, desk.clone()), (code, gone.clone())]));
        asked.push(("HQR", lost));
    }
    for dispatch in &kept.dispatches {
        let unsigned = json!({"act": "receipt", "dispatch": dispatch, "signed": "paper"});
        asked.push(("HQR", unsigned.clone()));
        asked.push(("ARC", unsigned));
        asked.push(("HQR", json!({"act": "trace", "dispatch": dispatch, "words": "Averlund"})));
    }
    for certificate in &kept.certificates {
        asked.push(("HQR", json!({"act": "sign", "certificate": certificate, "hand": "destroyer"})));
    }
    for incident in &kept.incidents {
        asked.push(("HQR", json!({"act": "follow", "incident": incident, "words": "Averlund"})));
    }
    for name in ["NS-0001/2026/1", "NATO-0001/2026/1", "NATO-0009/2026/1", "Averlund"] {
        asked.push(("HQR", json!({"act": "keep", "copies": [name]})));
        asked.push(("ARC", json!({"act": "keep", "copies": [name]})));
    }
    let hidden = given.common.hidden.iter().take(2).map(String::as_str);
    for document in hidden.chain([STRANGER]) {
        let copies = json!([{"number": 1, "medium": "paper"}]);
        let record = json!({"act": "record", "document": document, "origin": "made", "copies": copies});
        asked.extend(["HQR", "ARC"].map(|code| (code, record.clone())));
    }
    asked
        .iter()
        .enumerate()
        .map(|(n, (code, act))| {
            given.keyed(Ask::json(given.path.replace("{code}", code), act.to_string()), n)
        })
        .collect()
}
