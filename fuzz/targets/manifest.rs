//! A manifest of somebody's papers, in both its forms, and its map. The first byte says which is fuzzed. Every line is an item
//! or an error, and what is mapped has what a registration wants.
#![no_main]

use fuzz::{HOUSE, MAP};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

#[allow(dead_code, reason = "a part of the product's own source, as it stands")]
#[path = "../../crates/office/src/map.rs"]
mod map;

use map::{Format, Map};

static SHIPPED: LazyLock<Map> = LazyLock::new(|| Map::parse(MAP).unwrap());

fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let (map, format, text) = match which % 3 {
        0 => (SHIPPED.clone(), Format::Jsonl, text),
        1 => (SHIPPED.clone(), Format::Csv, text),
        // A map, and behind a line of its own what it is applied to.
        _ => {
            let (map, manifest) = text.split_once("\n---\n").unwrap_or((text, "{}"));
            let Ok(map) = Map::parse(map) else { return };
            let format = map.format;
            (map, format, manifest)
        }
    };
    let Ok(items) = format.items(text) else { return };
    assert!(items.len() <= text.lines().count() + text.matches('\r').count() + 1);
    for item in items.into_iter().flatten() {
        let named = map.identifier(&item);
        if let Ok(mapped) = map.apply(&item, &HOUSE) {
            assert_eq!(named, Some(mapped.identifier), "an item is called what it is called");
            assert!(!mapped.document.subject.trim().is_empty(), "a subject that says nothing");
            if let Some(label) = &mapped.document.label {
                assert!(HOUSE.of(label).is_ok(), "a label of no policy");
            }
        }
    }
});
