//! Markings and dates on the known texts of scans, English and French. The texts come without the marking that the
//! scanned page bears at top and bottom; it is set there again.

use std::collections::BTreeMap;

use crate::support::{ALL, VOCABULARY, WORDS, shared};
use proposal::{Source, propose};
use serde_json::Value;

/// The level of the words on the page, under the policy that marks so.
fn wanted(marking: &str) -> (&'static str, String) {
    match marking.strip_prefix("OTAN ") {
        Some("SANS CLASSIFICATION") => ("NATO", "UNCLASSIFIED".into()),
        Some("DIFFUSION RESTREINTE") => ("NATO", "RESTRICTED".into()),
        Some("CONFIDENTIEL") => ("NATO", "CONFIDENTIAL".into()),
        Some(other) => ("NATO", other.to_owned()),
        None => ("US-HISTORIC", marking.to_owned()),
    }
}

#[test]
fn scans_in_both_languages_give_their_markings_and_dates() {
    let (Some(folder), Some(papers)) = (shared("office/scans_truth"), shared("frus")) else { return };
    let index = std::fs::read_to_string(papers.join("index.jsonl")).unwrap();
    let dates: BTreeMap<String, String> = index
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter_map(|paper| {
            Some((paper["id"].as_str()?.to_owned(), paper["date"].as_str()?.get(..10)?.to_owned()))
        })
        .collect();
    let truth = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    let (mut markings, mut marked, mut dated, mut right) = (0, 0, 0, 0);
    for line in truth.lines() {
        let scan: Value = serde_json::from_str(line).unwrap();
        let (marking, body) = (scan["marking"].as_str().unwrap(), scan["text"].as_str().unwrap());
        let caveats: Vec<&str> =
            scan["caveats"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let words = std::iter::once(marking).chain(caveats.iter().copied()).collect::<Vec<_>>().join("; ");
        let text = format!("{words}\n\n{body}\n\n{words}\n");
        let got = propose(&Source { text: &text, ..Source::default() }, &WORDS, &VOCABULARY);
        let label =
            got.marking.first().and_then(|one| one.value.label.as_ref()).expect("a marking that is known");
        let named = ALL.name(label).unwrap();
        let (policy, level) = wanted(marking);
        markings += 1;
        let all = named.categories.values().map(std::collections::BTreeSet::len).sum::<usize>();
        let found = (named.policy.as_str(), &named.level, all) == (policy, &level, caveats.len());
        marked += usize::from(found);
        if !found {
            println!("{}: {words:?} gave {named:?}", scan["file"]);
        }
        if let Some(date) = scan["frus_id"].as_str().and_then(|id| dates.get(id)) {
            dated += 1;
            right += usize::from(got.date.first().is_some_and(|one| one.value.to_string() == *date));
        }
    }
    println!("scans: {marked} of {markings} markings, {right} of {dated} dates");
    assert!(markings >= 36 && marked == markings, "{marked} of {markings} markings");
    assert!(dated > 20 && right * 100 >= dated * 95, "{right} of {dated} dates");
}
