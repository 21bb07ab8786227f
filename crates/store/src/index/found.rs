//! What is asked of the index beside the query, and what comes back.

use std::collections::{BTreeMap, HashSet};

use registry::{DocumentId, RegistryId};
use roaring::RoaringBitmap;

/// The most hits of one answer.
pub const MOST_HITS: usize = 10_000;

/// The most values of a facet.
pub const FACET_VALUES: usize = 20;

/// What the caller may read: nothing else is counted, scored or seen.
#[derive(Debug, Clone, Default)]
pub struct IndexScope {
    pub(super) registries: BTreeMap<RegistryId, Reach>,
    pub(super) hidden: HashSet<u128>,
    pub(super) only: Option<HashSet<u128>>,
}

/// What the caller may read of one registry.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    pub code: String,
    pub read: RoaringBitmap,
}

impl IndexScope {
    /// A scope that shows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets a registry's classes be read. The code is its name in `registry:` and in the facet.
    pub fn allow(&mut self, registry: RegistryId, code: impl Into<String>, read: RoaringBitmap) {
        self.registries.insert(registry, Reach { code: code.into(), read });
    }

    /// Keeps a document from being found or counted: one of which the index does not know yet how it is seen now.
    pub fn hide(&mut self, document: DocumentId) {
        self.hidden.insert(u128::from_be_bytes(*document.bytes()));
    }

    /// Lets nothing be found but these documents, where the rest lets them.
    pub fn among<'a>(&mut self, documents: impl IntoIterator<Item = &'a DocumentId>) {
        self.only = Some(documents.into_iter().map(|d| u128::from_be_bytes(*d.bytes())).collect());
    }

    pub(super) fn reads(&self, registry: RegistryId, class: u32) -> bool {
        self.registries.get(&registry).is_some_and(|reach| reach.read.contains(class))
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many documents match, exactly.
    pub total: u64,
    /// The first of them, or the first after the key.
    pub hits: Vec<Hit>,
    /// True when more follow after these hits.
    pub more: bool,
    /// Counts over all matches.
    pub facets: Facets,
}

/// A document that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where it is registered.
    pub registry: RegistryId,
    /// Which document.
    pub document: DocumentId,
    /// Its score, in millionths.
    pub score_micro: i64,
    /// Its day since 1970-01-01; none: undated.
    pub day: Option<i64>,
}

impl Hit {
    /// The key after which the next page begins.
    pub const fn key(&self) -> HitKey {
        HitKey { score_micro: self.score_micro, day: self.day, document: self.document }
    }
}

/// A place in the order of hits: score descending, day descending with the undated last, document ascending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitKey {
    /// The score, in millionths.
    pub score_micro: i64,
    /// The day since 1970-01-01; none: undated.
    pub day: Option<i64>,
    /// The document.
    pub document: DocumentId,
}

/// Values with the number of matches that have them: most first, then by the bytes of the name.
pub type Facet = Vec<(String, u64)>;

/// Counts over all matches, at most [`FACET_VALUES`] each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// By marking, in English.
    pub marking: Facet,
    /// By kind.
    pub kind: Facet,
    /// By originator.
    pub originator: Facet,
    /// By year of the date.
    pub year: Facet,
    /// By code of the registry.
    pub registry: Facet,
}
