//! What is gathered of the matches: their number, the counts of facets, and the best of them in order.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BinaryHeap, HashMap},
};

use registry::{DocumentId, RegistryId};
use tantivy::DocId;

use super::{
    fields::{day_key, day_of, id_whole},
    found::{FACET_VALUES, Facet, Facets, Found, Hit, HitKey, IndexScope},
    segment::{Columns, Segment},
};
use crate::planted::{Leak, leaks};

/// The place of a match in the order: a smaller one stands earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rank {
    score: i64,
    day: u64,
    document: u128,
    /// Only so that the order is one even if two registries had a document of one identifier.
    registry: RegistryId,
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .score
            .cmp(&self.score)
            .then_with(|| other.day.cmp(&self.day))
            .then_with(|| self.document.cmp(&other.document))
            .then_with(|| self.registry.cmp(&other.registry))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Everything gathered so far, over all segments.
pub(super) struct Gathered<'a> {
    scope: &'a IndexScope,
    limit: usize,
    after: Option<(i64, u64, u128)>,
    total: u64,
    /// One more than the limit, so that it is known whether more follow.
    best: BinaryHeap<Rank>,
    facets: Vec<HashMap<Box<str>, u64>>,
    registries: BTreeMap<RegistryId, u64>,
}

/// Counts within one segment, by the numbers of its columns.
pub(super) struct Tally {
    facets: Vec<Vec<u64>>,
    classes: Vec<u64>,
}

impl Tally {
    fn count_facets(&mut self, columns: &Columns, doc: DocId) {
        for (column, counts) in columns.facets.iter().zip(&mut self.facets) {
            let ordinal = usize::try_from(column.of.get_val(doc)).unwrap_or(usize::MAX);
            if let Some(count) = counts.get_mut(ordinal) {
                *count += 1;
            }
        }
    }
}

impl<'a> Gathered<'a> {
    pub fn new(scope: &'a IndexScope, limit: usize, after: Option<&HitKey>) -> Self {
        let after =
            after.map(|key| (key.score_micro, day_key(key.day), u128::from_be_bytes(*key.document.bytes())));
        Self {
            scope,
            limit,
            after,
            total: 0,
            best: BinaryHeap::new(),
            facets: vec![HashMap::new(); 4],
            registries: BTreeMap::new(),
        }
    }

    /// Counters for a segment, to be given back to [`Gathered::close`].
    pub fn tally(segment: &Segment) -> Tally {
        let zeroes = |length| vec![0; length];
        Tally {
            facets: segment.columns.facets.iter().map(|f| zeroes(f.values.len())).collect(),
            classes: zeroes(segment.columns.classes.len()),
        }
    }

    /// Takes a match: its class's number in the segment, its day's and its score.
    pub fn take(
        &mut self,
        tally: &mut Tally,
        columns: &Columns,
        doc: DocId,
        class: usize,
        day: u64,
        score: i64,
    ) {
        let whole = || id_whole(columns.id_high.get_val(doc), columns.id_low.get_val(doc));
        if !self.scope.hidden.is_empty() && self.scope.hidden.contains(&whole()) {
            return;
        }
        if self.scope.only.as_ref().is_some_and(|only| !only.contains(&whole())) {
            return;
        }
        self.total += 1;
        if let Some(count) = tally.classes.get_mut(class) {
            *count += 1;
        }
        tally.count_facets(columns, doc);
        // The identifier is read only of those that may come in.
        let full = self.best.len() > self.limit;
        if full && self.best.peek().is_some_and(|worst| (score, day) < (worst.score, worst.day)) {
            return;
        }
        if self.after.is_some_and(|(s, d, _)| (score, day) > (s, d)) {
            return;
        }
        let document = whole();
        if self.after.is_some_and(|(s, d, id)| (score, day) == (s, d) && document <= id) {
            return;
        }
        let Some((registry, ..)) = columns.classes.get(class).and_then(Option::as_ref) else { return };
        self.best.push(Rank { score, day, document, registry: *registry });
        if self.best.len() > self.limit + 1 {
            self.best.pop();
        }
    }

    /// Counts what is not for the caller, where a test has planted that leak.
    #[inline]
    pub fn betray(&mut self, tally: &mut Tally, columns: &Columns, doc: DocId) {
        self.total += u64::from(leaks(Leak::SearchTotal));
        if leaks(Leak::Facet) {
            tally.count_facets(columns, doc);
        }
    }

    /// Adds the counts of a segment, by their values: its numbers mean nothing elsewhere.
    pub fn close(&mut self, tally: &Tally, columns: &Columns) {
        for ((all, column), counts) in self.facets.iter_mut().zip(&columns.facets).zip(&tally.facets) {
            for (value, count) in column.values.iter().zip(counts) {
                if *count > 0 && !value.is_empty() {
                    match all.get_mut(value) {
                        Some(sum) => *sum += count,
                        None => {
                            all.insert(value.clone(), *count);
                        }
                    }
                }
            }
        }
        for (class, count) in columns.classes.iter().zip(&tally.classes) {
            if let (Some((registry, ..)), true) = (class, *count > 0) {
                *self.registries.entry(*registry).or_default() += count;
            }
        }
    }

    pub fn found(self) -> Found {
        let mut ranks = self.best.into_sorted_vec();
        let more = ranks.len() > self.limit;
        ranks.truncate(self.limit);
        let hit = |rank: Rank| Hit {
            registry: rank.registry,
            document: DocumentId::new(rank.document.to_be_bytes()),
            score_micro: rank.score,
            day: day_of(rank.day),
        };
        let mut registry: HashMap<Box<str>, u64> = HashMap::new();
        for (id, count) in &self.registries {
            if let Some(reach) = self.scope.registries.get(id) {
                *registry.entry(reach.code.as_str().into()).or_default() += count;
            }
        }
        let mut facets = self.facets.into_iter().map(first_values);
        let mut next = || facets.next().unwrap_or_default();
        let facets = Facets {
            marking: next(),
            kind: next(),
            originator: next(),
            year: next(),
            registry: first_values(registry),
        };
        Found { total: self.total, hits: ranks.into_iter().map(hit).collect(), more, facets }
    }
}

fn first_values(counts: HashMap<Box<str>, u64>) -> Facet {
    let order = |a: &(Box<str>, u64), b: &(Box<str>, u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0));
    let mut all: Vec<_> = counts.into_iter().collect();
    if all.len() > FACET_VALUES {
        all.select_nth_unstable_by(FACET_VALUES, order);
        all.truncate(FACET_VALUES);
    }
    all.sort_unstable_by(order);
    all.into_iter().map(|(value, count)| (String::from(value), count)).collect()
}
