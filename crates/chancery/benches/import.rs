//! Bulk registration of the historic papers, several times over with varied text: durable, hashed, sealed, indexed;
//! beside it, in the same run, what each part costs alone.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

mod common;

use std::{fs, path::Path, time::Instant};

use anyhow::Result;
use common::{Bench, MAP, engines, fresh, papers, since, times};
use office::{Sender, import::Source, map::Map};
use registry::command::OPERATOR;
use sha2::Digest as _;

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

/// Seconds a paper for its parts alone, added up: hash and seal with its flush, and index.
async fn parts_alone(folder: &Path) -> Result<f64> {
    let texts: Vec<Vec<u8>> = fs::read_dir(folder.join("txt"))?
        .take(2_000)
        .map(|entry| Ok(fs::read(entry?.path())?))
        .collect::<Result<_>>()?;
    let count = texts.len() as f64;
    let begun = Instant::now();
    let mut all = 0_u8;
    for text in &texts {
        all ^= sha2::Sha256::digest(text).first().copied().unwrap_or(0);
    }
    let hash = since(begun) / count;
    let bench = Bench::new(None).await?;
    let begun = Instant::now();
    for part in texts.chunks(200) {
        let mut sealed = Vec::new();
        for text in part {
            let mut upload = bench.office.upload(bench.registry, "paper.txt")?;
            upload.write(text)?;
            sealed.extend(upload.finish(None)?.sealed);
        }
        bench.office.keep(sealed).await?;
    }
    let seal = since(begun) / count;
    bench.office.close().await;
    println!(
        "parts alone, a paper: hash {:.0} µs, seal, read and flush {:.0} µs ({all})",
        hash * 1e6,
        seal * 1e6
    );
    Ok(seal)
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
