//! Owns the continuity report: what became of every number of a series, count by count, and what is out of order.
//! Must not know who may see it.

use std::collections::BTreeMap;

use super::{
    Series,
    allot::{Counter, Numbers, Reservation, Runs, SeriesState},
};

/// A number that stands on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Which count.
    pub counter: Counter,
    /// The number.
    pub number: u64,
    /// The paper, as the report shall name it.
    pub paper: String,
}

/// The report of one count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Continuity {
    /// Which count.
    pub counter: Counter,
    /// The number with which it begins.
    pub first: u64,
    /// The highest number given, kept, struck out or used; none when there is none.
    pub last: Option<u64>,
    /// How many numbers stand on papers.
    pub used: usize,
    /// Runs of numbers of which nothing is known.
    pub gaps: Vec<(u64, u64)>,
    /// Runs of numbers that were allotted and stand on no paper.
    pub without_paper: Vec<(u64, u64)>,
    /// Numbers on several papers.
    pub duplicates: BTreeMap<u64, Vec<String>>,
    /// Numbers struck out, with the reason.
    pub voids: BTreeMap<u64, String>,
    /// Numbers struck out that stand on papers nevertheless.
    pub void_in_use: BTreeMap<u64, Vec<String>>,
    /// Numbers kept for a paper that has not come.
    pub reservations: BTreeMap<u64, Reservation>,
    /// Numbers that stand on papers and were never given.
    pub never_given: BTreeMap<u64, Vec<String>>,
    /// True when no new number is given.
    pub closed: bool,
}

impl Continuity {
    /// True when every number is accounted for: on one paper, struck out with a reason, or kept.
    pub fn is_whole(&self) -> bool {
        self.gaps.is_empty()
            && self.without_paper.is_empty()
            && self.duplicates.is_empty()
            && self.void_in_use.is_empty()
            && self.never_given.is_empty()
    }
}

/// The report of a series, count by count: from its state and from the numbers that stand on papers.
pub fn report(series: &Series, state: &SeriesState, used: impl IntoIterator<Item = Used>) -> Vec<Continuity> {
    let mut papers: BTreeMap<Counter, BTreeMap<u64, Vec<String>>> = BTreeMap::new();
    for Used { counter, number, paper } in used {
        papers.entry(counter).or_default().entry(number).or_default().push(paper);
    }
    for (counter, _) in state.counts() {
        papers.entry(counter.clone()).or_default();
    }
    let none = Numbers::default();
    papers
        .into_iter()
        .map(|(counter, papers)| {
            let numbers = state.count(&counter).unwrap_or(&none);
            one(series, counter, numbers, papers)
        })
        .collect()
}

fn one(
    series: &Series,
    counter: Counter,
    numbers: &Numbers,
    papers: BTreeMap<u64, Vec<String>>,
) -> Continuity {
    let first = numbers.opened_at().unwrap_or(series.first);
    let last = [numbers.last(), papers.last_key_value().map(|(n, _)| *n)].into_iter().flatten().max();
    let mut known = numbers.allotted().clone();
    numbers
        .void()
        .keys()
        .chain(numbers.reserved().keys())
        .chain(papers.keys())
        .for_each(|n| known.insert(*n));
    let mut on_paper = Runs::default();
    papers.keys().for_each(|n| on_paper.insert(*n));
    let those = |wanted: &dyn Fn(u64, &Vec<String>) -> bool| -> BTreeMap<u64, Vec<String>> {
        papers.iter().filter(|(n, p)| wanted(**n, p)).map(|(n, p)| (*n, p.clone())).collect()
    };
    Continuity {
        first,
        last,
        used: papers.len(),
        gaps: last.map(|last| known.missing(first, last)).unwrap_or_default(),
        without_paper: numbers.allotted().iter().flat_map(|(from, to)| on_paper.missing(from, to)).collect(),
        duplicates: those(&|_, papers| papers.len() > 1),
        voids: numbers.void().clone(),
        void_in_use: those(&|n, _| numbers.void().contains_key(&n)),
        reservations: numbers.reserved().clone(),
        never_given: those(&|n, _| !numbers.allotted().contains(n) && !numbers.void().contains_key(&n)),
        closed: numbers.closed(),
        counter,
    }
}
