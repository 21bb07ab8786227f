//! Bulk registration of the historic papers, several times over with varied text: durable, hashed, sealed, indexed;
//! beside it, in the same run, what each part costs alone.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

mod common;

use std::{collections::BTreeMap, fs, path::Path, time::Instant};

use anyhow::Result;
use common::{Bench, MAP, engines, fresh, papers, since, times};
use office::{Sender, import::Source, map::Map};
use registry::{
    Command, DocumentDate, DocumentId, RegistryId,
    command::OPERATOR,
    document::{Direction, Register},
    reference::{Reference, ReferenceKind},
    words::TextLanguage,
};
use store::index::{Index, IndexDocument};

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run())
}

async fn run() -> Result<()> {
    let times = times();
    let work = tempfile::tempdir()?;
    let documents = vary(&papers()?, work.path(), times)?;
    println!("{documents} papers ({times} times the set, each with text of its own)");
    let parts = parts_alone(work.path()).await?;
    for (engine, server) in engines() {
        let bench = Bench::new(fresh(server.as_deref()).await?).await?;
        let source = Source::Manifest {
            manifest: work.path().join("index.jsonl"),
            root: work.path().to_owned(),
            map: Box::new(Map::parse(MAP).map_err(anyhow::Error::msg)?),
        };
        let sender = Sender::operator_as(OPERATOR);
        let begun = Instant::now();
        let report = bench.office.import(sender, bench.registry, &source, |_, _, _, _| {}).await?;
        let registered = since(begun);
        bench.office.catch_up().await?;
        let indexed = since(begun);
        anyhow::ensure!(report.failed.is_empty(), "{:?}", report.failed.first());
        let rate = report.registered as f64 / indexed;
        println!(
            "{engine}: {:.0} papers/s until durable, {rate:.0} papers/s until indexed; {:.2} of what the parts alone allow",
            report.registered as f64 / registered,
            rate * parts
        );
        bench.office.close().await;
    }
    Ok(())
}

/// Seconds a paper for its parts alone, added up: hash and seal, flush, insert, index. One after the other, each on an
/// installation of its own; what an import overlaps is not overlapped here.
async fn parts_alone(folder: &Path) -> Result<f64> {
    let index = fs::read_to_string(folder.join("index.jsonl"))?;
    let mut papers = Vec::new();
    for line in index.lines().take(PARTS) {
        let item: serde_json::Value = serde_json::from_str(line)?;
        let file = item.get("file").and_then(|v| v.as_str()).unwrap_or_default();
        papers.push((fs::read(folder.join(file))?, item));
    }
    let count = papers.len() as f64;

    let bench = Bench::new(None).await?;
    let (mut seal, mut flush) = (0.0, 0.0);
    for part in papers.chunks(200) {
        let begun = Instant::now();
        let mut sealed = Vec::new();
        for (text, _) in part {
            let mut upload = bench.office.upload(bench.registry, "paper.txt")?;
            upload.write(text)?;
            sealed.extend(upload.finish(None)?.sealed);
        }
        seal += since(begun);
        let begun = Instant::now();
        bench.office.keep(sealed).await?;
        flush += since(begun);
    }
    bench.office.close().await;

    let bench = Bench::without_index(None).await?;
    let begun = Instant::now();
    for part in papers.chunks(200) {
        let answers = part.iter().map(|(_, item)| {
            let document = Box::new(entry(item));
            let command = Command::Register { registry: bench.registry, document };
            bench.office.command(Sender::operator_as(OPERATOR), bench.office.new_command(), command)
        });
        for answer in futures::future::join_all(answers).await {
            answer?;
        }
    }
    let insert = since(begun);
    bench.office.close().await;

    let place = tempfile::tempdir()?;
    let (alone, _) = Index::open(place.path())?;
    let documents: Vec<IndexDocument> = (0_u64..).zip(&papers).map(|(n, p)| indexed(n, &p.0, &p.1)).collect();
    let begun = Instant::now();
    documents.chunks(500).try_for_each(|part| alone.add(part))?;
    alone.commit(&BTreeMap::new())?;
    let index = since(begun);

    let parts = [("hash and seal", seal), ("flush", flush), ("insert", insert), ("index", index)];
    let words: Vec<String> =
        parts.iter().map(|(what, time)| format!("{what} {:.0} µs", time / count * 1e6)).collect();
    let sum = parts.iter().map(|(_, time)| time).sum::<f64>() / count;
    println!("parts alone, a paper: {}; together {:.0} µs", words.join(", "), sum * 1e6);
    Ok(sum)
}

/// Papers of which the parts alone are measured.
const PARTS: usize = 3_000;

fn text(item: &serde_json::Value, name: &str) -> String {
    item.get(name).and_then(|v| v.as_str()).unwrap_or_default().trim().to_owned()
}

/// The entry of a paper without its content.
fn entry(item: &serde_json::Value) -> Register {
    let some = |name| Some(text(item, name)).filter(|t| !t.is_empty());
    Register {
        direction: Direction::Incoming,
        kind: "telegram".to_owned(),
        date: some("date").and_then(|d| DocumentDate::parse(&d).ok()),
        language: "en".to_owned(),
        originator: some("from"),
        references: vec![Reference::new(ReferenceKind::Originator, text(item, "id"))],
        preferred: None,
        relations: Vec::new(),
        number: None,
        subject: text(item, "title").chars().take(300).collect(),
        subject_label: None,
        label: None,
        action: some("to").into_iter().collect(),
        info: Vec::new(),
        need_to_know: Vec::new(),
        access_list: Vec::new(),
        held_elsewhere: Some("safe".to_owned()),
        content: None,
        old: None,
        formal: registry::formal::Formal::default(),
        files: Vec::new(),
    }
}

fn indexed(n: u64, body: &[u8], item: &serde_json::Value) -> IndexDocument {
    let mut id = [0; 16];
    id.iter_mut().zip(n.to_be_bytes()).for_each(|(to, from)| *to = from);
    IndexDocument {
        registry: RegistryId::new([1; 16]),
        class: u32::try_from(n % 50).unwrap_or(0),
        document: DocumentId::new(id),
        day: None,
        year: Some(1961),
        language: TextLanguage::English,
        subject: text(item, "title"),
        body: String::from_utf8_lossy(body).into_owned(),
        originator: text(item, "from"),
        addressees: vec![text(item, "to")],
        reference_keys: vec![registry::reference::key(&text(item, "id"))],
        cites: Vec::new(),
        kind: "telegram".to_owned(),
        marking: "SECRET".to_owned(),
        level_names: Vec::new(),
    }
}

/// The set several times over: identifiers and texts differ, so that no content comes twice.
fn vary(from: &Path, to: &Path, times: usize) -> Result<usize> {
    fs::create_dir_all(to.join("txt"))?;
    let index = fs::read_to_string(from.join("index.jsonl"))?;
    let mut lines = String::new();
    let mut count = 0;
    for round in 0..times {
        for line in index.lines() {
            let mut item: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line)?;
            let text = |name: &str| item.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
            let (id, file) = (text("id"), text("file"));
            let name = format!("txt/{round}-{}", file.replace('/', "-"));
            let body = fs::read_to_string(from.join(&file))?;
            fs::write(to.join(&name), format!("{body}\n\nRound {round} of {id}.\n"))?;
            item.insert("id".into(), format!("{id}r{round}").into());
            item.insert("file".into(), name.into());
            lines.push_str(&serde_json::to_string(&item)?);
            lines.push('\n');
            count += 1;
        }
    }
    fs::write(to.join("index.jsonl"), lines)?;
    Ok(count)
}
