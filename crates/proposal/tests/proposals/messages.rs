//! Formal messages: the forms that are read, what is read of them, and what is none.

use std::path::Path;

use crate::support::{VOCABULARY, WORDS, of_text, root, shared, shown};
use proposal::{Confidence, Message, Proposed, Source, propose};
use proptest::prelude::*;

/// As a communications centre prints it, with the lines of the procedure.
const PRINTED: &str = "RTTUZYUW RXFPSH0012 0711530-CCCC--RXFPIM.
ZNY CCCCC
O P 121530Z MAR 26 ZYB PSN 004711
FM RXFPSH/SHAPE MONS
TO RXFPBR/JFC BRUNSSUM
   RXFPNA/JFC NAPLES
   MARCOM NORTHWOOD
INFO RXFPIM/IMS NATO HQ BRUSSELS
     SACT NORFOLK
XMT JFC NORFOLK
BT
N A T O  C O N F I D E N T I A L
SIC IAA/KIF/Z4U
SUBJ: WINTER STORES OF THE EXERCISE FORCE
      AND THEIR RETURN
REF: A. MCM-0008-2026
     B. 110900ZMAR26
     C. TELEPHONE CONVERSATION OF THIS MORNING
1. REFERENCES A AND B APPLY.
2. STORES ARE TO BE RETURNED BY 30 APR 26.
BT
#0012
";

fn message(text: &str) -> Option<Message> {
    of_text(text).message
}

fn values(all: &[Proposed<String>]) -> Vec<&str> {
    all.iter().map(|one| one.value.as_str()).collect()
}

#[test]
fn a_printed_message_is_read_whole() {
    let got = of_text(PRINTED);
    let message = got.message.as_ref().unwrap();
    assert_eq!(message.group.value.to_string(), "121530ZMAR26");
    assert_eq!(message.group.value.moment().unwrap().to_string(), "2026-03-12T15:30:00Z");
    assert_eq!(message.precedence.as_ref().unwrap().value, "immediate");
    assert_eq!(message.info_precedence.as_ref().unwrap().value, "priority");
    assert_eq!(message.originator.value, "SHAPE MONS");
    assert_eq!(values(&message.action), ["JFC BRUNSSUM", "JFC NAPLES", "MARCOM NORTHWOOD"]);
    assert_eq!(values(&message.info), ["IMS NATO HQ BRUSSELS", "SACT NORFOLK"]);
    assert_eq!(values(&message.exempt), ["JFC NORFOLK"]);
    assert_eq!(values(&message.sic), ["IAA", "KIF", "Z4U"]);
    assert_eq!(
        message.subject.as_ref().unwrap().value,
        "WINTER STORES OF THE EXERCISE FORCE AND THEIR RETURN"
    );
    assert_eq!(
        values(&message.references),
        ["MCM-0008-2026", "110900ZMAR26", "TELEPHONE CONVERSATION OF THIS MORNING"]
    );
    // And so it is proposed.
    assert_eq!(
        (got.date[0].value.to_string().as_str(), got.date[0].confidence),
        ("2026-03-12", Confidence::Sure)
    );
    assert_eq!(shown(&got.marking[0].value), "NATO: NATO CONFIDENTIAL");
    assert_eq!((got.kind[0].value.as_str(), got.originator[0].value.as_str()), ("message", "SHAPE MONS"));
    assert_eq!(got.action[0].value.len(), 3);
    assert_eq!(got.info[0].value, ["IMS NATO HQ BRUSSELS", "SACT NORFOLK"]);
    assert_eq!(
        (got.precedence[0].value.as_str(), got.info_precedence[0].value.as_str()),
        ("immediate", "priority")
    );
    assert_eq!(got.subject[0].value, "WINTER STORES OF THE EXERCISE FORCE AND THEIR RETURN");
}

#[test]
fn the_plain_forms_are_read() {
    let got = message(
        "NATO SECRET\n\nPrecedence: FLASH\nInfo precedence: ROUTINE\nDTG: 011200AJAN26\nFrom: Headquarters of the Allied Staff\nTo: Delegation of Norway; Delegation of Spain\nInfo: Logistics Division\n\nSubject: Fuel\n\nReferences:\nA. MC-0012-2025\n\nPlease send more.\n",
    )
    .unwrap();
    assert_eq!((got.group.value.zone(), got.group.value.hours_ahead()), ('A', Some(1)));
    assert_eq!(got.precedence.unwrap().value, "flash");
    assert_eq!(got.info_precedence.unwrap().value, "routine");
    assert_eq!(values(&got.action), ["Delegation of Norway", "Delegation of Spain"]);
    assert_eq!(
        (got.subject.unwrap().value.as_str(), values(&got.references)),
        ("Fuel", vec!["MC-0012-2025"])
    );
    assert_eq!(got.classification.unwrap().value, "NATO SECRET");

    let got = message(
        "URGENT\nGDH 151250Z AVR 22\nDE QUARTIER GENERAL\nPOUR DELEGATION DE LA POLOGNE\nDELEGATION DU DANEMARK\nINFO DIVISION LOGISTIQUE\nBT\nNATO CONFIDENTIEL SIC IAA\nOBJ: EXERCICE D'AUTOMNE\n1. TEXTE.\n",
    )
    .unwrap();
    assert_eq!(got.originator.value, "QUARTIER GENERAL");
    assert_eq!(values(&got.action), ["DELEGATION DE LA POLOGNE", "DELEGATION DU DANEMARK"]);
    assert_eq!(values(&got.info), ["DIVISION LOGISTIQUE"]);
    assert_eq!(
        (got.classification.unwrap().value.as_str(), values(&got.sic)),
        ("NATO CONFIDENTIEL", vec!["IAA"])
    );
    assert_eq!(got.group.value.to_string(), "151250ZAPR22");
    assert_eq!(got.precedence.unwrap().value, "priority");
    assert_eq!(got.subject.unwrap().value, "EXERCICE D'AUTOMNE");

    // Information alone, the procedure's own DE, and a text without subject.
    let got =
        message("RR RXFPIM\nDE RXFPSH #0012 0711530\nRR 121530J MAR 26\nFM SHAPE\nINFO AIG 1234\nBT\nTEXT\n")
            .unwrap();
    assert_eq!((got.originator.value.as_str(), values(&got.info)), ("SHAPE", vec!["AIG 1234"]));
    assert_eq!((got.precedence.unwrap().value.as_str(), got.group.value.moment()), ("routine", None));
    assert!(got.subject.is_none() && got.action.is_empty());

    // A text in the slashes of a message text format.
    let got =
        message("P 121530ZMAR26\nFM A\nTO B\nBT\nNATO UNCLASSIFIED\nSUBJ/FUEL//\nREF/A/MC-0012-2025//\n")
            .unwrap();
    assert_eq!(
        (got.subject.unwrap().value.as_str(), values(&got.references)),
        ("FUEL", vec!["MC-0012-2025"])
    );
}

#[test]
fn an_indicator_code_on_the_line_of_the_marking_is_no_part_of_it() {
    let got =
        of_text("R 121530Z MAR 26\nFM SHAPE\nTO IMS\nBT\nNATO RESTRICTED SIC IAA/KIF\nSUBJ: FUEL\n1. TEXT\n");
    assert_eq!(shown(&got.marking[0].value), "NATO: NATO RESTRICTED");
    assert_eq!(got.marking[0].confidence, Confidence::Sure);
}

#[test]
fn the_century_is_the_latest_that_is_not_after_the_registration() {
    let text = "R 121530Z MAR 61\nFM SHAPE\nTO IMS\nBT\n";
    let year = |registered| {
        let source = Source { text, registered, ..Source::default() };
        propose(&source, &WORDS, &VOCABULARY).message.unwrap().group.value.local().year()
    };
    assert_eq!(year(None), 1961);
    assert_eq!(year(Some(jiff::civil::date(2026, 3, 12))), 1961);
    assert_eq!(year(Some(jiff::civil::date(2061, 3, 12))), 2061);
}

#[test]
fn what_is_no_message() {
    let heading = "R 121530Z MAR 26\nFM SHAPE\nTO IMS\n";
    for text in [
        "FM SHAPE\nTO IMS\n",
        "R 121530Z MAR 26\nTO IMS\nFM SHAPE\n",
        "R 121530Z MAR 26\nFM SHAPE\n",
        "R 121530Z MAR 26\nFM SHAPE\n\nThe meeting was short.\n\nTO IMS\n",
        "R 321530Z MAR 26\nFM SHAPE\nTO IMS\n",
        "R 122530Z MAR 26\nFM SHAPE\nTO IMS\n",
        "From: A\nTo: B\nDate: 12 March 2026\nSubject: C\n",
        "TO BE OR NOT TO BE\nFM RADIO\n121530Z MAR 26\n",
        &format!("Dear Mr. Berg\n{heading}"),
        &format!("Please find below the message that we sent to you in March of this year:\n\n{heading}"),
        &format!("{}{heading}", "NAME\n".repeat(16)),
        &format!("Subject: our message\n\n{heading}"),
    ] {
        assert_eq!(message(text), None, "{text}");
    }
    assert!(message(heading).is_some());
}

#[test]
fn of_the_demo_papers_only_messages_are_messages() {
    let text = std::fs::read_to_string(root().join("house/demo/documents.jsonl")).unwrap();
    let mut found = 0;
    for line in text.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let Some(got) = entry["body"].as_str().and_then(message) else { continue };
        assert_eq!(entry["kind"], "message", "{}", entry["subject"]);
        found += 1;
        let date = entry["date"].as_str();
        assert_eq!(Some(got.group.value.local().date().to_string().as_str()), date);
        let said = entry["subject"].as_str().unwrap().to_uppercase();
        let subject = got.subject.expect("a subject").value;
        assert_eq!(subject.chars().count(), said.chars().count(), "{subject}");
    }
    assert!(found >= 10, "{found}");
}

fn texts(folder: &Path, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            out.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn none_of_the_historic_papers_is_taken_for_a_message() {
    let Some(folder) = shared("frus/txt") else { return };
    let mut all = Vec::new();
    texts(&folder, &mut all);
    let taken: Vec<_> = all.iter().filter_map(|text| message(text)).collect();
    println!("messages: {} of {} historic papers taken for one", taken.len(), all.len());
    assert!(all.len() > 1_000, "{}", all.len());
    assert!(taken.is_empty(), "{taken:?}");
}

/// Lines of messages, and what breaks them.
const LINES: &[&str] = &[
    "121530Z MAR 26",
    "O P 121530ZMAR26",
    "DTG: 011200JJAN26",
    "FM SHAPE",
    "FM",
    "FROM: A",
    "DE RXFPSH #1",
    "TO IMS",
    "TO",
    "TO A;B;;C",
    "  SECOND",
    "INFO X",
    "INFO",
    "XMT Y",
    "BT",
    "N A T O  S E C R E T",
    "NATO SECRET SIC IAA",
    "SIC IAA/ÉÉÉ",
    "SIC",
    "SUBJ: FUEL",
    "SUBJ/",
    "SUBJ",
    "REF:",
    "REF: A. X",
    "B. ",
    "(C) Y",
    "1. TEXT",
    "",
    " ",
    "\u{0}",
    "É\u{301}",
    "Z",
    "FLASH",
    "IMMEDIATE/ROUTINE",
    "PRECEDENCE: O",
    "INFO PRECEDENCE: R",
    "CLASSIFICATION: X",
    "Dear Sir",
    "a b c",
    "//",
    "RXFPSH/",
    "\u{feff}FM A",
    "TO\u{a0}B",
    "ß",
    "İ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_lines_are_read_without_harm_and_places_hold(
        lines in proptest::collection::vec(
            prop_oneof![9 => proptest::sample::select(LINES).prop_map(str::to_owned), 1 => ".{0,40}"], 0..60),
        whole in any::<bool>(),
    ) {
        let lines = lines.join("\n");
        let text = if whole { format!("O 121530Z MAR 26\nFM A\nTO B\n{lines}") } else { lines };
        let got = propose(&Source { text: &text, ..Source::default() }, &WORDS, &VOCABULARY);
        let Some(message) = got.message else { return Ok(()) };
        let mut all: Vec<&Proposed<String>> = vec![&message.originator];
        all.extend(message.action.iter().chain(&message.info).chain(&message.exempt));
        all.extend(message.sic.iter().chain(&message.references));
        all.extend(message.subject.iter().chain(&message.classification));
        all.extend(message.precedence.iter().chain(&message.info_precedence));
        for one in all {
            let proposal::Where::Text { bytes, .. } = &one.place else { panic!("{:?}", one.place) };
            prop_assert_eq!(text.get(bytes.clone()), Some(one.written.as_str()));
            prop_assert!(!one.value.is_empty() && one.value.chars().count() <= 500);
        }
        prop_assert!(message.action.len() <= 100 && message.sic.len() <= 8 && message.references.len() <= 26);
        prop_assert_eq!(got.date[0].value.to_string(), message.group.value.local().date().to_string());
    }
}

#[test]
fn the_number_of_a_paragraph_is_not_the_number_of_a_message() {
    let numbers = of_text(PRINTED).number;
    assert!(!values(&numbers).iter().any(|one| ["1", "2"].contains(one)), "{numbers:?}");
    let first = of_text(&PRINTED.replace("1. REFERENCES", "3. REFERENCES")).number;
    assert!(!values(&first).contains(&"3"), "{first:?}");
}
