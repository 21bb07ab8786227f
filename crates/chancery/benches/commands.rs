//! Commands by sixteen people at once, each durable before it is answered.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

mod common;

use std::{sync::Arc, time::Instant};

use anyhow::Result;
use common::{Bench, engines, fresh, letter, percentile, since, times};
use office::Sender;
use registry::Command;

const PEOPLE: usize = 16;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run())
}

async fn run() -> Result<()> {
    let each = times() * 50;
    for (engine, server) in engines() {
        let bench = Arc::new(Bench::new(fresh(server.as_deref()).await?).await?);
        let label = {
            let house = bench.office.house().await?;
            house.policies.resolve(&label::NamedLabel {
                policy: "US-HISTORIC".to_owned(),
                level: "UNCLASSIFIED".to_owned(),
                categories: Default::default(),
                privacy_mark: None,
            })?
        };
        let mut clerks = Vec::new();
        for n in 0..PEOPLE {
            let clerk = bench.adds(&format!("clerk{n}")).await?;
            bench.makes_clerk(clerk).await?;
            clerks.push(clerk);
        }
        let begun = Instant::now();
        let mut tasks = Vec::new();
        for clerk in clerks {
            let (bench, label) = (bench.clone(), label.clone());
            tasks.push(tokio::spawn(async move {
                let mut took = Vec::with_capacity(each);
                for n in 0..each {
                    let document = Box::new(letter(n, label.clone()));
                    let command = Command::Register { registry: bench.registry, document };
                    let begun = Instant::now();
                    bench.office.command(Sender::person(clerk), bench.office.new_command(), command).await?;
                    took.push(begun.elapsed());
                }
                Ok::<_, anyhow::Error>(took)
            }));
        }
        let mut took = Vec::new();
        for task in tasks {
            took.extend(task.await??);
        }
        let seconds = since(begun);
        took.sort_unstable();
        println!(
            "{engine}: {:.0} commands/s by {PEOPLE} people at once; each p50 {:.1} ms, p99 {:.1} ms",
            took.len() as f64 / seconds,
            percentile(&took, 0.5).as_secs_f64() * 1e3,
            percentile(&took, 0.99).as_secs_f64() * 1e3
        );
    }
    Ok(())
}
