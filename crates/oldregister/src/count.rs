//! The counts of an old register: for each series and year the numbers found, the last of them, what is missing. Owns
//! whether numbers without a year begin anew each year; must not know cells.

use std::collections::{BTreeMap, BTreeSet};

use registry::series::allot::{Counter, Runs};
use serde::{Deserialize, Serialize};

use crate::number::OldNumber;

/// How numbers without a year are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// Each year begins anew: the year is that of receipt, else of the document.
    Yearly,
    /// One count for ever.
    Continuous,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The series, as in [`OldNumber::series`].
    pub series: String,
    /// True if the series is known here.
    pub known: bool,
    /// Which count of the series.
    pub counter: Counter,
    /// How numbers without a year were counted, where it has such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counting: Option<Counting>,
    /// The lowest number found.
    pub first: u64,
    /// The highest number found.
    pub last: u64,
    /// The number that would come next.
    pub next: u64,
    /// How many numbers were found.
    pub found: usize,
    /// Runs of numbers between the first and the last that were not found.
    pub gaps: Vec<(u64, u64)>,
}

/// The most gaps of one count that are told one by one.
const GAPS: usize = 1_000;

/// Whether the numbers without a year of one series begin anew each year: a number comes in two years, or a year has a
/// lower number than the year before it had.
pub(crate) fn counting<'a>(numbers: impl Iterator<Item = (&'a OldNumber, Option<i16>)>) -> Counting {
    let mut years: BTreeMap<i16, (u64, u64)> = BTreeMap::new();
    for (number, year) in numbers.filter(|(number, _)| number.bare) {
        let Some(year) = year else { continue };
        let range = years.entry(year).or_insert((number.number, number.number));
        *range = (range.0.min(number.number), range.1.max(number.number));
    }
    let mut highest = None;
    for (lowest, last) in years.into_values() {
        if highest.is_some_and(|highest| lowest <= highest) {
            return Counting::Yearly;
        }
        highest = highest.max(Some(last));
    }
    Counting::Continuous
}

/// The counts of these numbers.
pub(crate) fn counts<'a>(numbers: impl Iterator<Item = (&'a OldNumber, Option<Counting>)>) -> Vec<Count> {
    type Key = (String, bool, Counter);
    let mut all: BTreeMap<Key, (BTreeSet<u64>, Option<Counting>)> = BTreeMap::new();
    for (number, counting) in numbers {
        let key = (number.series.clone(), number.known, number.counter.clone());
        let (found, rule) = all.entry(key).or_default();
        found.insert(number.number);
        *rule = rule.or(counting);
    }
    let one = |((series, known, counter), (found, counting)): (Key, (BTreeSet<u64>, Option<Counting>))| {
        let (first, last) = (*found.first()?, *found.last()?);
        let mut runs = Runs::default();
        found.iter().for_each(|number| runs.insert(*number));
        let mut gaps = runs.missing(first, last);
        gaps.truncate(GAPS);
        let next = last.saturating_add(1);
        Some(Count { series, known, counter, counting, first, last, next, found: found.len(), gaps })
    };
    all.into_iter().filter_map(one).collect()
}
