//! The forty queries of the historic papers, by people who see all, some and nothing: the whole answer, with entries
//! and snippets cut from decrypted texts.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

mod common;

use std::{path::Path, time::Instant};

use anyhow::{Context as _, Result};
use common::{Bench, MAP, papers, percentile, since, times};
use office::{Sender, import::Source, map::Map};
use registry::command::OPERATOR;

const ALL: [&str; 9] =
    ["NODIS", "EXDIS", "LIMDIS", "EYES ONLY", "NOFORN", "ORCON", "RESTRICTED DATA", "CODEWORD", "SENSITIVE"];

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run())
}

async fn run() -> Result<()> {
    let bench = Bench::new(None).await?;
    let folder = papers()?;
    let source = Source::Manifest {
        manifest: folder.join("index.jsonl"),
        root: folder.clone(),
        map: Box::new(Map::parse(MAP).map_err(anyhow::Error::msg)?),
    };
    let report =
        bench.office.import(Sender::operator_as(OPERATOR), bench.registry, &source, |_, _, _, _| {}).await?;
    bench.office.catch_up().await?;
    println!("{} papers", report.registered);
    let queries =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/frus/queries.txt"))?;
    let queries: Vec<&str> =
        queries.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).collect();
    for (login, level, captions) in [
        ("all", Some("TOP SECRET"), &ALL[..]),
        ("secret", Some("SECRET"), &ALL[..0]),
        ("confidential", Some("CONFIDENTIAL"), &ALL[..0]),
        ("nothing", None, &ALL[..0]),
    ] {
        let person = bench.adds(login).await?;
        if let Some(level) = level {
            bench.clears(person, level, captions).await?;
        }
        let mut took = Vec::new();
        let mut hits = 0;
        let begun = Instant::now();
        for _ in 0..times() {
            for query in &queries {
                let query = office::search::query(query).context("query")?;
                let begun = Instant::now();
                let mut reading = bench.office.read_as(person).await?;
                hits += reading.search(&query, 20, None, true).await?.hits.len();
                took.push(begun.elapsed());
            }
        }
        let seconds = since(begun);
        took.sort_unstable();
        println!(
            "{login}: {:.0} searches/s, p50 {:.1} ms, p99 {:.1} ms, {:.1} hits with snippets each",
            took.len() as f64 / seconds,
            percentile(&took, 0.5).as_secs_f64() * 1e3,
            percentile(&took, 0.99).as_secs_f64() * 1e3,
            hits as f64 / took.len() as f64
        );
    }
    bench.office.close().await;
    Ok(())
}
