//! What the fuzz targets share: the shipped house, and what must hold of every outcome of the reader.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a target fails by a panic"
)]

use std::sync::LazyLock;
use std::time::Duration;

use jiff::{Timestamp, civil::Date};
use label::{Policies, Policy};
use reader::{Damage, Limits, MediaType, Outcome};
use registry::{house::Names, series::Catalogue};

/// The policies that ship, by name and file.
pub const POLICIES: [(&str, &str); 4] = [
    ("nato", include_str!("../../house/policies/nato.xml")),
    ("eu", include_str!("../../house/policies/eu.xml")),
    ("us-historic", include_str!("../../house/policies/us-historic.xml")),
    ("corporate", include_str!("../../house/policies/corporate.xml")),
];

/// The series that ship, by name and file.
pub const SERIES: [(&str, &str); 4] = [
    ("eu", include_str!("../../house/series/eu.toml")),
    ("nato", include_str!("../../house/series/nato.toml")),
    ("registry", include_str!("../../house/series/registry.toml")),
    ("us-historic", include_str!("../../house/series/us-historic.toml")),
];

/// The map of manifests that ships.
pub const MAP: &str = include_str!("../../house/maps/frus.toml");

/// The words of proposals that ship.
pub const WORDS: &str = include_str!("../../house/proposals.toml");

/// The date that labels are written with.
pub const DAY: Timestamp = Timestamp::UNIX_EPOCH;

/// The day on which labels are given.
pub const ON: Date = jiff::civil::date(2026, 11, 2);

/// The shipped policies, read once.
pub static HOUSE: LazyLock<Policies> = LazyLock::new(|| {
    Policies::new(POLICIES.map(|(_, text)| Policy::parse(text.as_bytes()).unwrap())).unwrap()
});

/// The shipped series with those of a registry called REG, read once.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let names = Names { en: "Registry".into(), fr: "Registre".into() };
    Catalogue::read(SERIES).unwrap().with_registry("REG", &names, None).unwrap()
});

/// Limits small enough that a target runs often: what is over them must end so, not be read.
pub fn limits() -> Limits {
    Limits {
        input_bytes: 1 << 20,
        text_bytes: 256 << 10,
        unpacked_bytes: 4 << 20,
        entries: 200,
        depth: 64,
        parts: 50,
        part_bytes: 1 << 20,
        cells: 5_000,
        sheets: 8,
        pages: 50,
        deadline: Duration::from_secs(5),
        ..Limits::default()
    }
}

/// Reads bytes as the child would, and holds the outcome to what it promises; a parser that fails is a finding.
pub fn read(bytes: &[u8], claimed: MediaType, tables: bool) {
    let outcome = read_or_fail(bytes, claimed, tables, &limits());
    assert!(
        !matches!(outcome, Outcome::Damaged { reason: Damage::ReaderFailed, .. }),
        "a parser failed where it should have refused"
    );
}

/// The same where libraries may fail.
pub fn read_or_fail(bytes: &[u8], claimed: MediaType, tables: bool, limits: &Limits) -> Outcome {
    let outcome = reader::bare::read(bytes, Some(claimed), limits, tables);
    hold(&outcome, limits);
    outcome
}

fn hold(outcome: &Outcome, limits: &Limits) {
    let Some(reading) = outcome.reading() else { return };
    assert!(reading.text.len() <= limits.text_bytes, "{} bytes of text", reading.text.len());
    let stray = reading.text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert_eq!(stray, None, "a control character in the text");
    assert!(reading.parts.len() <= limits.parts, "{} parts", reading.parts.len());
    let carried: usize = reading.parts.iter().map(|part| part.bytes.len()).sum();
    assert!(carried as u64 <= limits.part_bytes, "{carried} bytes of parts");
    for part in &reading.parts {
        assert_eq!(part.size, part.bytes.len() as u64);
        assert!(!part.name.contains(['/', '\\', '\0']), "a name with a folder: {:?}", part.name);
        assert!(part.name != ".." && part.name != ".");
    }
    let cells: usize = reading.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.cells.len()).sum();
    assert!(cells <= limits.cells, "{cells} cells");
    // What goes over the pipe to the parent comes back as it was, but for the bytes of parts, which travel beside.
    let written = serde_json::to_string(outcome).unwrap();
    let again: Outcome = serde_json::from_str(&written).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), written);
}
