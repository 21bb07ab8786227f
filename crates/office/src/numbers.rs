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
        Ok(numbers::kept(self.conn(), registry, &code).await?)
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
        let mut counts = continuity::report(series, &state, used(&borne));
        // Where no number was given here, those between the papers that came are nobody's gap.
        for count in &mut counts {
            if state.count(&count.counter).is_none_or(|numbers| numbers.last().is_none()) {
                count.gaps.clear();
            }
        }
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

/// What a line of the report says of a number, or of a run of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// On a paper.
    Given,
    /// Kept for a paper that has not come.
    Kept,
    /// Struck out.
    Void,
    /// Nothing is known of it.
    Gap,
    /// On several papers.
    Twice,
    /// Given, and on no paper any more.
    WithoutPaper,
    /// Struck out, and on a paper all the same.
    VoidInUse,
    /// On a paper, and never given here: numbered before, or elsewhere.
    NeverGiven,
}

impl State {
    /// Every state, what is out of order first.
    pub const ALL: [State; 8] = [
        State::Gap,
        State::Twice,
        State::WithoutPaper,
        State::VoidInUse,
        State::Kept,
        State::Void,
        State::NeverGiven,
        State::Given,
    ];
    /// As it stands in addresses and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Given => "given",
            State::Kept => "kept",
            State::Void => "void",
            State::Gap => "gap",
            State::Twice => "twice",
            State::WithoutPaper => "without-paper",
            State::VoidInUse => "void-in-use",
            State::NeverGiven => "never-given",
        }
    }
    /// True for what somebody should look after.
    pub const fn is_out_of_order(self) -> bool {
        matches!(self, State::Gap | State::Twice | State::WithoutPaper | State::VoidInUse)
    }
}

/// A line of the report: a number, or a run of numbers of which the same is true.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Its count.
    pub counter: &'a Counter,
    /// The first number.
    pub first: u64,
    /// The last number; the same where it is one.
    pub last: u64,
    /// What is true of it.
    pub state: State,
    /// What was written of it.
    pub row: Option<&'a NumberRow>,
    /// The papers that bear it, for the reader.
    pub papers: &'a [Visible<EntryView>],
}

impl Continuous {
    /// The report as lines, the newest count and the highest number first.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let rows: BTreeMap<(&Counter, u64), &NumberRow> = self
            .numbers
            .iter()
            .filter_map(|row| number_of(&row.fact).map(|(counter, number)| ((counter, number), row)))
            .collect();
        let mut lines = Vec::new();
        for count in &self.counts {
            let counter = &count.counter;
            let line = |first: u64, last: u64, state| Line {
                counter,
                first,
                last,
                state,
                row: rows.get(&(counter, first)).copied().filter(|_| first == last),
                papers: match first == last {
                    true => self.papers.get(&(counter.clone(), first)).map(Vec::as_slice).unwrap_or_default(),
                    false => &[],
                },
            };
            lines.extend(count.gaps.iter().map(|(from, to)| line(*from, *to, State::Gap)));
            lines.extend(count.without_paper.iter().map(|(from, to)| line(*from, *to, State::WithoutPaper)));
            let without = |n: u64| count.without_paper.iter().any(|(from, to)| (*from..=*to).contains(&n));
            for ((_, number), row) in rows.range((counter, 0)..=(counter, u64::MAX)) {
                let state = match row.fact {
                    NumberFact::Reserved { .. } => State::Kept,
                    NumberFact::Void { .. } if count.void_in_use.contains_key(number) => State::VoidInUse,
                    NumberFact::Void { .. } => State::Void,
                    _ if count.duplicates.contains_key(number) => State::Twice,
                    _ if without(*number) => continue,
                    _ => State::Given,
                };
                lines.push(line(*number, *number, state));
            }
            for number in count.never_given.keys() {
                // One that is kept and stands on a paper already is told of once, as kept.
                if rows.contains_key(&(counter, *number)) {
                    continue;
                }
                let state = match count.duplicates.contains_key(number) {
                    true => State::Twice,
                    false => State::NeverGiven,
                };
                lines.push(line(*number, *number, state));
            }
        }
        lines.sort_by(|a, b| {
            let newest = |line: &Line<'_>| (line.counter.year, line.counter.clone(), line.first);
            newest(b).cmp(&newest(a))
        });
        lines
    }
}

fn number_of(fact: &NumberFact) -> Option<(&Counter, u64)> {
    match fact {
        NumberFact::Allotted { counter, number, .. }
        | NumberFact::Reserved { counter, number, .. }
        | NumberFact::Void { counter, number, .. } => Some((counter, *number)),
        NumberFact::Opened { .. } | NumberFact::Closed { .. } => None,
    }
}
