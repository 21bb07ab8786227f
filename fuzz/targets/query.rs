//! A query as somebody types it. It is refused or read; what is read is written and read again as it was, within its bounds.
#![no_main]

use fuzz::CATALOGUE;
use libfuzzer_sys::fuzz_target;
use registry::{
    query::{MOST_PARTS, Query},
    words::TextLanguage,
};

fuzz_target!(|text: &str| {
    let Ok(query) = Query::parse(text) else { return };
    assert!(query.parts().len() <= MOST_PARTS);
    let written = query.to_string();
    // Written out it may be longer than what may be typed; then it is refused and not read as another.
    if let Ok(again) = Query::parse(&written) {
        assert_eq!(again, query, "{written}");
        assert_eq!(again.to_string(), written);
    } else {
        assert!(written.chars().count() > registry::query::LONGEST_QUERY, "{written}");
    }
    for language in [TextLanguage::English, TextLanguage::French] {
        let _ = query.stems(language);
    }
    let _ = query.with_keys(|text| CATALOGUE.key(text));
});
