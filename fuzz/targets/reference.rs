//! A reference, and references in a text. What a series knows is written back and read as the same, and its key is its own key;
//! what is found in a text stands there.
#![no_main]

use fuzz::CATALOGUE;
use libfuzzer_sys::fuzz_target;
use registry::series::Reading;

fuzz_target!(|text: &str| {
    let key = CATALOGUE.key(text);
    if let Some(reference) = CATALOGUE.parse(text).reference() {
        assert_eq!(CATALOGUE.key(&key), key, "a key is its own key");
        let written = CATALOGUE.format(reference);
        if let Some(written) = written {
            assert_eq!(CATALOGUE.parse(&written), Reading::Exact(reference.clone()), "{written}");
            assert_eq!(CATALOGUE.key(&written), key, "{written} and {text} are one");
        }
    }
    let mut end = 0;
    for citation in CATALOGUE.citations(text) {
        assert!(citation.range.start >= end, "one within another");
        end = citation.range.end;
        let there = text.get(citation.range.clone()).expect("whole characters");
        assert_eq!(there, citation.written);
    }
});
