//! Owns the tests of the header's bytes. The golden figures were made by a second implementation.

use ledger::*;
use proptest::prelude::*;

use crate::help::{hash, unhex};

const GOLDEN: &str = "434c4531000102030405060708090a0b0c0d0e0f000000000000010200064421a7cb6c01\
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacccccccccccccccccccccccccccccccc\
    06f917f20f747db88e7164ee19d3f3cee672dd75f3284f60556572e1c28b0b25\
    000113646f63756d656e742e72656769737465726564";

fn golden() -> Header {
    Header {
        registry: std::array::from_fn(|index| index as u8),
        sequence: 258,
        time: 1_763_761_200_000_001,
        actor: [0xaa; 16],
        command: [0xcc; 16],
        commitment: commitment(&[0x5a; 32], br#"{"subject":"x"}"#),
        version: 1,
        kind: "document.registered".to_owned(),
    }
}

#[test]
fn a_header_has_the_golden_bytes_and_leaf_hash() {
    let bytes = golden().encode().unwrap();
    assert_eq!(bytes, unhex(GOLDEN));
    assert_eq!(leaf_hash(&bytes), hash("f572314a644d62a7381ab06d39a14a589d9b8d43e8aa82ea59e6308a3052e548"));
    assert_eq!(Header::from_bytes(&bytes).unwrap(), golden());
}

#[test]
fn every_cut_and_every_addition_is_refused() {
    let bytes = golden().encode().unwrap();
    for length in 0..bytes.len() {
        assert_eq!(HeaderView::decode(&bytes[..length]), Err(HeaderError::Short), "cut to {length}");
    }
    let mut longer = bytes.clone();
    longer.push(b'x');
    assert_eq!(HeaderView::decode(&longer), Err(HeaderError::Trailing));
    let mut other = bytes;
    other[3] = b'2';
    assert_eq!(HeaderView::decode(&other), Err(HeaderError::Magic));
}

#[test]
fn kinds_are_words_of_lower_case_letters() {
    let with = |kind: &str| Header { kind: kind.to_owned(), ..golden() };
    let longest = "k".repeat(64);
    for good in ["a", "document.registered", "copy.handed-over", longest.as_str()] {
        assert!(with(good).encode().is_ok(), "{good}");
    }
    let too_long = "k".repeat(65);
    let far_too_long = "k".repeat(300);
    let bad = [
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "a.-b",
        "Document",
        "a b",
        "a_b",
        "a1",
        "é",
        "a\n",
        &too_long,
        &far_too_long,
    ];
    for bad in bad {
        assert_eq!(with(bad).encode(), Err(HeaderError::Kind), "{bad}");
        let Ok(length) = u8::try_from(bad.len()) else { continue };
        let mut bytes = golden().encode().unwrap();
        bytes.truncate(102);
        bytes.push(length);
        bytes.extend_from_slice(bad.as_bytes());
        assert_eq!(HeaderView::decode(&bytes), Err(HeaderError::Kind), "{bad}");
    }
}

proptest! {
    #[test]
    fn what_decodes_encodes_to_the_same_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(header) = HeaderView::decode(&bytes) {
            prop_assert_eq!(header.encode().unwrap(), bytes);
        }
    }

    #[test]
    fn what_encodes_decodes_to_the_same_header(
        sequence: u64, time: i64, version: u16, ids: [[u8; 16]; 3], commitment: [u8; 32],
        kind in "[a-z]{1,10}([.-][a-z]{1,10}){0,4}",
    ) {
        let [registry, actor, command] = ids;
        let header = Header { registry, sequence, time, actor, command, commitment, version, kind };
        let bytes = header.encode().unwrap();
        prop_assert!(bytes.len() <= MAX_HEADER);
        prop_assert_eq!(Header::from_bytes(&bytes).unwrap(), header);
    }

    #[test]
    fn a_flipped_bit_decodes_to_another_header_or_not_at_all(bit in 0usize..122 * 8) {
        let mut bytes = golden().encode().unwrap();
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert_ne!(Header::from_bytes(&bytes), Ok(golden()));
    }
}
