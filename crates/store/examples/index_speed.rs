//! How fast the index is: real documents many times over, indexed and searched under a whole, a wide and a narrow
//! scope. Knows nothing that the product relies on.
//!
//! `cargo run --release -p store --example index_speed -- [TIMES]` (30 unless said: about 100,000 documents)
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measurement: it reads the clock, and what fails ends it"
)]

use std::{collections::BTreeMap, fs, path::Path, time::Instant};

use registry::{
    DocumentId, RegistryId,
    id::Digest,
    query::{Query, day_number},
    reference::key,
    words::TextLanguage,
};
use roaring::RoaringBitmap;
use serde_json::Value;
use store::index::{Index, IndexDocument, IndexScope};

const REGISTRIES: u8 = 4;
const CLASSES: u32 = 400;

const QUERIES: [&str; 40] = [
    "corridor Tempelhof",
    "Skybolt",
    "autobahn harassment convoy",
    "Cosmos satellite",
    "Sputnik",
    "Mindszenty",
    "trawler",
    "U-2 overflight Powers",
    "ref:\"Secto 19\"",
    "ref:frus1950-55Intel/d1",
    "Berlin",
    "treaty",
    "nuclear",
    "president policy",
    "disarmament",
    "economic",
    "trade agreement",
    "United Nations",
    "Germany Soviet",
    "NATO -Berlin",
    "\"flexible response\"",
    "\"peaceful coexistence\"",
    "\"balance of payments\"",
    "\"national intelligence estimate\"",
    "\"access to Berlin\"",
    "\"atoms for peace\" inspection",
    "\"free city\" -\"test ban\"",
    "\"heads of government\"",
    "\"of the\"",
    "the of and to in",
    "from:Bruce Berlin",
    "from:\"Acting Secretary\" to:President",
    "to:\"Embassy in France\" nuclear",
    "Berlin after:1961-08-13 before:1962",
    "marking:secret kind:telegram",
    "marking:secret treaty",
    "year:1963",
    "",
    "before:1957-06 military",
    "soviet government policy military -nuclear",
];

fn main() {
    let times: u32 = std::env::args().nth(1).map_or(30, |n| n.parse().expect("a number"));
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/frus");
    if !data.exists() {
        println!("skipped: {} is not here", data.display());
        return;
    }
    let papers = papers(&data);
    let bytes: usize = papers.iter().map(|p| p.subject.len() + p.body.len()).sum();
    println!("{} papers, {} KB of text, {times} times", papers.len(), bytes >> 10);

    let folder = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(folder.path()).unwrap();
    let start = Instant::now();
    let mut number = 0_u32;
    for time in 0..times {
        let copies: Vec<IndexDocument> = papers
            .iter()
            .map(|paper| {
                number += 1;
                let mut id = [0; 16];
                let digest = Digest::of(&number.to_be_bytes()).0;
                id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
                // Few classes hold most papers, and many hold few, as it is in registries.
                let spread = u32::from(digest[20]) * u32::from(digest[21]) * CLASSES / 65_536;
                IndexDocument {
                    registry: RegistryId::new([digest[22] % REGISTRIES; 16]),
                    class: spread,
                    document: DocumentId::new(id),
                    ..paper.clone()
                }
            })
            .collect();
        index.add(&copies).unwrap();
        if time % 3 == 2 {
            index.commit(&BTreeMap::new()).unwrap();
        }
    }
    index.commit(&BTreeMap::new()).unwrap();
    let took = start.elapsed().as_secs_f64();
    println!("indexed {number} in {took:.1} s: {:.0} documents/s", f64::from(number) / took);
    let size: u64 = fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().metadata().unwrap().len()).sum();
    println!("folder {} MB, text {} MB", size >> 20, (bytes * times as usize) >> 20);

    let whole: RoaringBitmap = (0..CLASSES).collect();
    let wide: RoaringBitmap = (0..CLASSES).filter(|class| class % 5 > 1).collect();
    let narrow = RoaringBitmap::from_iter([CLASSES * 3 / 4]);
    for (name, read, registries) in
        [("whole", whole, REGISTRIES), ("wide", wide, REGISTRIES), ("narrow", narrow, 1)]
    {
        let mut scope = IndexScope::new();
        for registry in 0..registries {
            scope.allow(RegistryId::new([registry; 16]), format!("R{registry}"), read.clone());
        }
        let mut measured = Vec::new();
        for text in QUERIES {
            let query = Query::parse(text).unwrap();
            for _ in 0..5 {
                let start = Instant::now();
                let found = index.search(&query, &scope, 20, None).unwrap();
                measured.push((start.elapsed().as_secs_f64() * 1e3, found.total, text));
            }
        }
        measured.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |share: usize| measured.get((measured.len() - 1) * share / 100).map_or(0.0, |m| m.0);
        let most = measured.iter().map(|m| m.1).max().unwrap_or(0);
        println!("{name}: p50 {:.1} ms, p90 {:.1}, p99 {:.1} (up to {most} matches)", at(50), at(90), at(99));
        for (ms, total, text) in measured.iter().rev().step_by(5).take(4) {
            println!("    {ms:.1} ms  {total} matches  {text}");
        }
    }
}

fn papers(data: &Path) -> Vec<IndexDocument> {
    let list = fs::read_to_string(data.join("index.jsonl")).unwrap();
    list.lines()
        .map(|line| {
            let item: Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let date: Option<jiff::civil::Date> = text("date").get(..10).and_then(|d| d.parse().ok());
            let file = text("file");
            let body = fs::read_to_string(data.join(&file)).unwrap_or_default();
            IndexDocument {
                registry: RegistryId::new([0; 16]),
                class: 0,
                document: DocumentId::new([0; 16]),
                day: date.map(day_number),
                year: date.map(|d| d.year()),
                language: TextLanguage::English,
                subject: text("title"),
                body,
                originator: text("from"),
                addressees: vec![text("to")],
                reference_keys: [text("id"), text("number")].iter().map(|r| key(r)).collect(),
                cites: Vec::new(),
                kind: text("kind").to_lowercase(),
                marking: text("classification"),
                level_names: vec![text("classification")],
            }
        })
        .collect()
}
