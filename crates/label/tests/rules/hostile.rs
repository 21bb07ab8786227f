//! Bytes from anywhere: an error, never a panic, and never a long wait.

use label::{Clearance, Communities, Label, Language, Policies, Policy, Purpose, xml4774, xml4778};
use proptest::prelude::*;

use crate::support::{TODAY, house, label, named, shared, shipped_bytes};

/// Everything that takes bytes, and then everything that takes what came of them.
fn throw(bytes: &[u8], policies: &Policies) {
    let _ = Clearance::read(bytes, policies);
    let _ = xml4778::read(bytes, policies);
    if let Ok(label) = xml4774::read(bytes, policies) {
        let _ = policies.of(&label).unwrap().marking(&label, Language::French);
    }
    if let Ok(policy) = Policy::parse(bytes) {
        let id = policy.id().clone();
        let labels: Vec<Label> =
            policy.levels().iter().map(|level| Label::plain(id.clone(), level.code.clone())).collect();
        for label in &labels {
            let _ = policy.marking(label, Language::English);
            let _ = policy.portion_mark(label, Language::French);
            let _ = policy.validate(label, Purpose::New, TODAY);
        }
        let policies = Policies::new([policy]).unwrap();
        let _ = policies.highest(&labels.iter().collect::<Vec<_>>());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = toml::from_str::<Communities>(text);
    }
}

fn real_files() -> Vec<Vec<u8>> {
    let policies = house();
    let label = label(&policies, "NATO/SECRET/Releasable To=UKR/Additional Sensitivity=ATOMAL");
    let now = "2026-11-02T12:00:00Z".parse().unwrap();
    let mut files = vec![
        shipped_bytes("corporate"),
        shipped_bytes("us-historic"),
        shipped_bytes("nato").into_iter().take(9_000).collect(),
        xml4774::write(&label, &policies, now).unwrap().into_bytes(),
    ];
    for path in [
        "4774/nato-4774-17-6.xml",
        "4774/nato-4774-17-4.nato",
        "spif/20140916_PU_PUBLIC Security Policy-v1.spif",
    ] {
        files.extend(shared(path));
    }
    files
}

#[derive(Debug, Clone)]
enum Damage {
    Set(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Remove(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        4 => (place(), prop_oneof![any::<u8>(), Just(b'<'), Just(b'"'), Just(b'&'), Just(b'9')])
            .prop_map(|(at, byte)| Damage::Set(at, byte)),
        1 => place().prop_map(Damage::Cut),
        2 => (place(), 1usize..200).prop_map(|(at, length)| Damage::Remove(at, length)),
        2 => (place(), 1usize..200).prop_map(|(at, length)| Damage::Repeat(at, length)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match damage {
            Damage::Set(at, byte) => bytes[at.index(length)] = *byte,
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Remove(at, some) => {
                let from = at.index(length);
                bytes.drain(from..(from + some).min(length));
            }
            Damage::Repeat(at, some) => {
                let from = at.index(length);
                let piece = bytes[from..(from + some).min(length)].to_vec();
                bytes.splice(from..from, piece);
            }
        }
    }
    bytes
}

proptest! {
    #[test]
    fn random_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        throw(&bytes, &house());
    }

    #[test]
    fn damaged_files_do_no_harm(
        which: prop::sample::Index, damages in proptest::collection::vec(damage(), 1..6),
    ) {
        let files = real_files();
        throw(&damaged(which.get(&files).clone(), &damages), &house());
    }

    #[test]
    fn any_words_resolve_or_are_refused(set in ".{0,20}", value in ".{0,20}", level in ".{0,20}") {
        let policies = house();
        let mut words = named("NATO/SECRET");
        words.categories.insert(set, [value].into());
        let _ = policies.resolve(&words);
        words.level = level;
        let _ = policies.resolve(&words);
    }
}

#[test]
fn bombs_are_refused() {
    let policies = house();
    for bomb in [
        "<!DOCTYPE a [<!ENTITY b 'bbbb'>]><SPIF xmlns='http://www.xmlspif.org/spif'>&b;</SPIF>".to_owned(),
        "<a>".repeat(100_000),
        format!("<a {}/>", "b='' ".repeat(100_000)),
        format!("<SPIF xmlns='http://www.xmlspif.org/spif'>{}</SPIF>", "<x/>".repeat(1_000_000)),
    ] {
        assert!(Policy::parse(bomb.as_bytes()).is_err());
        assert!(xml4774::read(bomb.as_bytes(), &policies).is_err());
        assert!(xml4778::read(bomb.as_bytes(), &policies).is_err());
        assert!(Clearance::read(bomb.as_bytes(), &policies).is_err());
    }
}
