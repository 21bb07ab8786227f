//! Series as the house has them, and the continuity report of one for those who give its numbers.

use std::collections::{BTreeMap, BTreeSet};

use registry::{
    Code, RegistryId,
    house::Registry,
    series::{
        Series,
        allot::{Counter, NumberFact},
        continuity::{self, Continuity, Used},
    },
};
use store::{
    Visible,
    numbers::{self, Borne, NumberRow},
    visible::EntryView,
};

use crate::{failure::Failure, reading::Reading};

/// The state of a series: every count with what is out of order, what is kept, and who bears what.
#[derive(Debug)]
pub struct Continuous {
    /// The series.
    pub series: Series,
    /// The registry that gives its numbers.
    pub registry: Registry,
    /// The report, count by count.
    pub counts: Vec<Continuity>,
    /// What became of each number, in the order of counts and numbers.
    pub numbers: Vec<NumberRow>,
    /// The papers that bear a number, for the reader.
    pub papers: BTreeMap<(Counter, u64), Vec<Visible<EntryView>>>,
}

impl Reading {
    /// A series that a registry of the house numbers, other than a registry's own, where the reader gives numbers.
    pub fn numbers_series(&self, code: &str) -> Option<(&Series, &Registry)> {
        let series = self.house.catalogue().get(code)?;
        let registry = self.house.numbered_by(&series.code)?;
        let given = !series.foreign && registry.code != series.code;
        (given && self.viewer().registers(registry.id)).then_some((series, registry))
    }

    /// Every series whose numbers the reader gives.
    pub fn numbered_series(&self) -> Vec<(&Series, &Registry)> {
        let codes: Vec<&str> = self.house.catalogue().iter().map(|s| s.code.as_str()).collect();
        codes.into_iter().filter_map(|code| self.numbers_series(code)).collect()
    }

    /// The numbers that are kept in a registry of a series that the reader numbers.
    pub async fn kept_numbers(&mut self, code: &str) -> Result<Vec<NumberRow>, Failure> {
        let (registry, code) = self.numbers_place(code)?;
        let (_, rows) = numbers::state(self.conn(), registry, &code).await?;
        Ok(rows.into_iter().filter(|row| matches!(row.fact, NumberFact::Reserved { .. })).collect())
    }

    fn numbers_place(&self, code: &str) -> Result<(RegistryId, String), Code> {
        let (series, registry) = self.numbers_series(code).ok_or(Code::NotFound)?;
        Ok((registry.id, series.code.clone()))
    }

    /// The continuity report of a series, for those who give its numbers.
    pub async fn continuity(&mut self, code: &str) -> Result<Continuous, Failure> {
        let (id, code) = self.numbers_place(code)?;
        let house = self.house.clone();
        let series = house.catalogue().get(&code).ok_or(Code::NotFound)?;
        let registry = house.registry(id).ok_or(Code::NotFound)?;
        let (state, numbers) = numbers::state(self.conn(), id, &code).await?;
        let (conn, place) = self.at(id).ok_or(Code::NotFound)?;
        let borne = numbers::borne(conn, place, place.rules, &code).await?;
        let counts = continuity::report(series, &state, used(&borne));
        let mut papers: BTreeMap<(Counter, u64), Vec<Visible<EntryView>>> = BTreeMap::new();
        for one in borne {
            let Some(paper) = one.paper else { continue };
            let there = papers.entry((one.counter, one.number)).or_default();
            if there.iter().all(|p| p.document != paper.document) {
                there.push(paper);
            }
        }
        Ok(Continuous { series: series.clone(), registry: registry.clone(), counts, numbers, papers })
    }
}

/// The numbers that stand on papers. Revisions and addenda of a paper bear its number rightly; the very same reference
/// on two papers is one too many.
fn used(borne: &[Borne]) -> Vec<Used> {
    let mut papers: BTreeMap<(Counter, u64), BTreeMap<&str, BTreeSet<String>>> = BTreeMap::new();
    for one in borne {
        let name = one.paper.as_ref().map_or_else(String::new, |paper| paper.reference.clone());
        let number = papers.entry((one.counter.clone(), one.number)).or_default();
        number.entry(one.key.as_str()).or_default().insert(name);
    }
    let mut used = Vec::new();
    for ((counter, number), mut keys) in papers {
        // That a paper which is not the reader's bears it too is nothing that he is told.
        for names in keys.values_mut().filter(|names| names.len() > 1) {
            names.remove("");
        }
        let twice: Vec<&BTreeSet<String>> = keys.values().filter(|names| names.len() > 1).collect();
        let names: BTreeSet<String> = match twice.is_empty() {
            true => keys.into_values().flatten().take(1).collect(),
            false => twice.into_iter().flatten().cloned().collect(),
        };
        used.extend(names.into_iter().map(|paper| Used { counter: counter.clone(), number, paper }));
    }
    used
}
