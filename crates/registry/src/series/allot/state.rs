//! What has become of the numbers of a series: nothing but its facts applied. Decides nothing.

use std::collections::BTreeMap;

use super::{Counter, NumberFact};

/// A reserved number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// For whom.
    pub holder: String,
    /// For what.
    pub purpose: String,
}

/// Numbers as runs: first and last of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs {
    runs: BTreeMap<u64, u64>,
}

impl Runs {
    /// Adds a number.
    pub fn insert(&mut self, number: u64) {
        if self.contains(number) {
            return;
        }
        let mut run = (number, number);
        if let Some(last) = number.checked_add(1).and_then(|next| self.runs.remove(&next)) {
            run.1 = last;
        }
        let before = self.runs.range(..number).next_back().map(|(from, to)| (*from, *to));
        if let Some((from, to)) = before
            && to.checked_add(1) == Some(number)
        {
            run.0 = from;
        }
        self.runs.insert(run.0, run.1);
    }
    /// True when the number is in it.
    pub fn contains(&self, number: u64) -> bool {
        self.runs.range(..=number).next_back().is_some_and(|(_, to)| number <= *to)
    }
    /// The highest number.
    pub fn highest(&self) -> Option<u64> {
        self.runs.last_key_value().map(|(_, to)| *to)
    }
    /// Each run: first and last.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> {
        self.runs.iter().map(|(from, to)| (*from, *to))
    }
    /// The runs between two numbers (both counted) that are not in it.
    pub fn missing(&self, first: u64, last: u64) -> Vec<(u64, u64)> {
        let mut missing = Vec::new();
        let mut next = first;
        for (from, to) in self.iter() {
            if next > last || from > last {
                break;
            }
            if from > next {
                missing.push((next, from - 1));
            }
            next = next.max(to.saturating_add(1));
        }
        if next <= last {
            missing.push((next, last));
        }
        missing
    }
}

/// What has become of the numbers of one count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    first: Option<u64>,
    allotted: Runs,
    reserved: BTreeMap<u64, Reservation>,
    void: BTreeMap<u64, String>,
    closed: bool,
}

impl Numbers {
    /// The highest number that was given, kept or struck out.
    pub fn last(&self) -> Option<u64> {
        [self.allotted.highest(), self.highest_reserved(), self.void.last_key_value().map(|(n, _)| *n)]
            .into_iter()
            .flatten()
            .max()
    }
    fn highest_reserved(&self) -> Option<u64> {
        self.reserved.last_key_value().map(|(n, _)| *n)
    }
    /// The number at which the count was opened, where that is not the series' first.
    pub fn opened_at(&self) -> Option<u64> {
        self.first
    }
    /// The numbers of papers.
    pub fn allotted(&self) -> &Runs {
        &self.allotted
    }
    /// The numbers kept.
    pub fn reserved(&self) -> &BTreeMap<u64, Reservation> {
        &self.reserved
    }
    /// The numbers struck out, each with the reason.
    pub fn void(&self) -> &BTreeMap<u64, String> {
        &self.void
    }
    /// True when no new number is given.
    pub fn closed(&self) -> bool {
        self.closed
    }
}

/// The numbers of one series. Whoever loads only a part of it from tables must load of the counts that a command
/// touches everything, and of the holder that it names the number, wherever that is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeriesState {
    counts: BTreeMap<Counter, Numbers>,
    holders: BTreeMap<String, (Counter, u64)>,
}

impl SeriesState {
    /// Each count.
    pub fn counts(&self) -> impl Iterator<Item = (&Counter, &Numbers)> {
        self.counts.iter()
    }
    /// One count.
    pub fn count(&self, counter: &Counter) -> Option<&Numbers> {
        self.counts.get(counter)
    }
    /// The number that a holder has, allotted or reserved.
    pub fn held_by(&self, holder: &str) -> Option<(&Counter, u64)> {
        self.holders.get(holder).map(|(counter, number)| (counter, *number))
    }

    /// Makes sure that a count is there, if only to say that no number of it was given.
    pub fn touch(&mut self, counter: &Counter) {
        self.at(counter);
    }

    /// Takes a fact in; once more changes nothing.
    pub fn apply(&mut self, fact: &NumberFact) {
        match fact {
            NumberFact::Opened { counter, first, .. } => self.at(counter).first = Some(*first),
            NumberFact::Allotted { counter, number, holder, .. } => {
                let numbers = self.at(counter);
                numbers.reserved.remove(number);
                numbers.allotted.insert(*number);
                self.holders.insert(holder.clone(), (counter.clone(), *number));
            }
            NumberFact::Reserved { counter, number, holder, purpose, .. } => {
                let numbers = self.at(counter);
                if numbers.allotted.contains(*number) || numbers.void.contains_key(number) {
                    return;
                }
                let reservation = Reservation { holder: holder.clone(), purpose: purpose.clone() };
                numbers.reserved.insert(*number, reservation);
                self.holders.insert(holder.clone(), (counter.clone(), *number));
            }
            NumberFact::Void { counter, number, reason, .. } => {
                let numbers = self.at(counter);
                let freed = numbers.reserved.remove(number);
                numbers.void.insert(*number, reason.clone());
                if let Some(reservation) = freed {
                    self.holders.remove(&reservation.holder);
                }
            }
            NumberFact::Closed { counter, .. } => self.at(counter).closed = true,
        }
    }

    fn at(&mut self, counter: &Counter) -> &mut Numbers {
        self.counts.entry(counter.clone()).or_default()
    }
}
