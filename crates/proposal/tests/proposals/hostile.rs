//! Hostile texts: nothing panics, places hold what was written, lists are short and in order, work is bounded.

use std::time::{Duration, Instant};

use crate::support::{VOCABULARY, WORDS};
use proposal::{Mail, Properties, Proposals, Proposed, Source, Where, propose};
use proptest::prelude::*;

/// Pieces of which headings, dates and markings are made, and what breaks them.
const PIECES: &[&str] = &[
    "SECRET",
    "NATO ",
    "COSMIC",
    "TRÈS SECRET",
    "S E C R E T",
    "(S/NF) ",
    "RELEASABLE TO",
    "UKR",
    "EYES ONLY",
    ";",
    "/",
    ": ",
    ":",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "  ",
    "- ",
    "\u{0}",
    "\u{c}",
    "\u{feff}",
    "\u{301}",
    "\u{202f}",
    "É",
    "ß",
    "ﬁ",
    "İ",
    "“",
    "''",
    "Subject",
    "SUBJECT:",
    "From",
    "FM ",
    "TO ",
    "To: ",
    "De : ",
    "À : ",
    "Objet :",
    "Date",
    "cc:",
    "Telegram",
    "Memorandum",
    "Letter From",
    " to ",
    " by the ",
    "Washington, ",
    "October ",
    "4",
    "04.",
    "10/",
    "1961",
    "61",
    "29",
    "February",
    "-",
    "–",
    "041530Z",
    "OCT",
    "PRIORITY",
    "1045. ",
    "No. ",
    "A-385",
    "Dear ",
    "Mr. President",
    "[",
    "]",
    "(",
    ")",
    "999999999999",
    "Page 2 of",
    "2024-02-30",
    "a b c d e f",
    ".",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => proptest::char::any().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn check<T>(all: &[Proposed<T>], text: &str) {
    assert!(all.len() <= 5);
    assert!(all.is_sorted_by_key(|one| one.confidence), "best first");
    for one in all {
        if let Where::Text { line, bytes } = &one.place {
            assert_eq!(
                text.get(bytes.clone()),
                Some(one.written.as_str()),
                "the place holds what was written"
            );
            let before = text.get(..bytes.start).expect("a boundary");
            assert_eq!(*line, before.matches('\n').count() + 1, "{:?} in {text:?}", one.written);
        }
    }
}

fn check_all(got: &Proposals, text: &str) {
    check(&got.date, text);
    check(&got.marking, text);
    check(&got.subject, text);
    check(&got.subject_marking, text);
    check(&got.originator, text);
    check(&got.action, text);
    check(&got.info, text);
    check(&got.number, text);
    check(&got.precedence, text);
    check(&got.kind, text);
    check(&got.language, text);
    for one in &got.date {
        assert!(got.date.iter().filter(|other| other.value == one.value).count() == 1, "none twice");
    }
    let values = got.subject.iter().chain(&got.originator).chain(&got.number);
    assert!(
        values.map(|one| &one.value).all(|value| !value.trim().is_empty() && value.chars().count() <= 500)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_harm(text in text(), name in any::<String>(), header in text()) {
        let headers = [header.clone(), name.clone()];
        let mail = Mail { from: &headers, to: &headers, cc: &headers, subject: Some(&header), date: Some(&name) };
        let properties = Properties { title: Some(&header), author: Some(&name), created: Some(&header) };
        let source = Source { text: &text, file_name: Some(&name), mail: Some(mail), properties, registered: None };
        check_all(&propose(&source, &WORDS, &VOCABULARY), &text);
        let source = Source { text: &text, ..Source::default() };
        let got = propose(&source, &WORDS, &VOCABULARY);
        check_all(&got, &text);
        prop_assert_eq!(got, propose(&source, &WORDS, &VOCABULARY), "the same text gives the same proposals");
    }
}

proptest! {
    // Each case reads two whole texts.
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_stands_in_the_middle_of_a_long_text_changes_nothing(middle in "[A-Za-z .]{0,60}") {
        let filler = "The Council took note of the paper and went on to the next item.\n".repeat(210);
        let of = |middle: &str| {
            let text = format!("NATO SECRET\n\nParis, 4 October 1961\n\n{filler}{middle}\n{filler}");
            let got = propose(&Source { text: &text, ..Source::default() }, &WORDS, &VOCABULARY);
            (got.date.first().map(|one| one.value), got.marking.first().map(|one| one.value.clone()), got.subject.len())
        };
        prop_assert_eq!(of(&middle), of(""));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the bound on work is a time")]
fn huge_texts_cost_no_more_than_their_length() {
    let texts = [
        "S E C R E T ".repeat(400_000),
        "SECRET\n".repeat(700_000),
        "Subject: ".repeat(500_000),
        "October 4, 1961 ".repeat(300_000),
        "\n".repeat(5_000_000),
        "Letter From to ".repeat(300_000),
        "((((((((".repeat(600_000),
        "To: a;b;c\n- x\n".repeat(300_000),
        "É\u{301}".repeat(1_500_000),
    ];
    for text in &texts {
        let begun = Instant::now();
        let got = propose(&Source { text, ..Source::default() }, &WORDS, &VOCABULARY);
        let took = begun.elapsed();
        check_all(&got, text);
        // Far above what it takes, far below what a square of the length would.
        assert!(took < Duration::from_secs(5), "{took:?} for {:?}", text.get(..12));
    }
}
