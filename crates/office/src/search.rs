//! Search through a scope: exact totals, facets, hits with their entries, and snippets cut from the texts of the page.

use std::collections::{BTreeMap, HashSet};

use registry::{
    DocumentId, Refusal, RegistryId,
    query::Query,
    snippet::{Snippet, snippet},
    words::TextLanguage,
};
use store::{
    StoreError, Visible, description,
    index::{Facets, HitKey, IndexScope},
    planted::Leak,
    visible::EntryView,
};

use crate::{failure::Failure, reading::Reading};

/// Most hits on one page.
pub const MOST: usize = 100;
/// Longest text from which a snippet is cut (bytes).
const TEXT: u64 = 16 << 20;

/// What a search found, all of it within the scope.
#[derive(Debug)]
pub struct Found {
    /// How many documents match.
    pub total: u64,
    /// The page.
    pub hits: Vec<FoundHit>,
    /// Where the next page begins.
    pub next: Option<HitKey>,
    /// Counts over all matches.
    pub facets: Facets,
    /// True when something that the searcher registered himself is not found yet.
    pub behind: bool,
}

/// A hit.
#[derive(Debug)]
pub struct FoundHit {
    /// Its entry.
    pub entry: Visible<EntryView>,
    /// Where the words stand.
    pub snippet: Snippet,
}

impl Reading {
    /// Searches. `snippets` false leaves them out, for exports.
    pub async fn search(
        &mut self,
        query: &Query,
        limit: usize,
        after: Option<&HitKey>,
        snippets: bool,
    ) -> Result<Found, Failure> {
        self.search_among(query, limit, after, snippets, None).await
    }

    /// The same among certain documents only, where they are given.
    pub(crate) async fn search_among(
        &mut self,
        query: &Query,
        limit: usize,
        after: Option<&HitKey>,
        snippets: bool,
        among: Option<&HashSet<DocumentId>>,
    ) -> Result<Found, Failure> {
        let (found, behind) = self.look_up(query, limit.min(MOST), after, among).await?;
        let places: Vec<_> = found.hits.iter().map(|h| (h.registry, h.document)).collect();
        let entries = self.entries(&places).await?;
        let next = if found.more { found.hits.last().map(|h| h.key()) } else { None };
        let mut hits = Vec::with_capacity(entries.len());
        for entry in entries {
            let snippet = if snippets { self.snippet(&entry, query).await? } else { Snippet::default() };
            hits.push(FoundHit { entry, snippet });
        }
        Ok(Found { total: found.total, hits, next, facets: found.facets, behind })
    }

    /// The documents that a search finds, best first, at most so many.
    pub(crate) async fn found_ids(
        &mut self,
        query: &Query,
        limit: usize,
    ) -> Result<Vec<(RegistryId, DocumentId)>, Failure> {
        let (found, _) = self.look_up(query, limit, None, None).await?;
        Ok(found.hits.iter().map(|hit| (hit.registry, hit.document)).collect())
    }

    /// Asks the index; and whether it is behind what the searcher wrote himself.
    async fn look_up(
        &mut self,
        query: &Query,
        limit: usize,
        after: Option<&HitKey>,
        among: Option<&HashSet<DocumentId>>,
    ) -> Result<(store::index::Found, bool), Failure> {
        let office = self.office().clone();
        let Some(follower) = office.follower().cloned() else {
            return Err(StoreError::Index("this office keeps no index".to_owned()).into());
        };
        let behind = !follower.has_own(self.person().id).await;
        let filed = self.in_files(query).await?;
        let mut scope = IndexScope::new();
        let mut codes = BTreeMap::new();
        for (registry, seen) in self.scope().registries() {
            if let Some(known) = self.house.registry(registry) {
                scope.allow(registry, known.code.clone(), seen.read.clone());
                codes.insert(registry, known.code.clone());
            }
        }
        match (among, &filed) {
            (None, None) => {}
            (Some(among), None) => scope.among(among),
            (None, Some(filed)) => scope.among(filed),
            (Some(among), Some(filed)) => scope.among(among.intersection(filed)),
        }
        // How these are seen now, the index does not know yet. For everybody alike they are found a moment later.
        let reached = follower.index.positions();
        for registry in codes.keys() {
            let from = reached.get(registry).copied().unwrap_or(0);
            for document in description::corrected_since(self.conn(), *registry, from).await? {
                scope.hide(document);
            }
        }
        let catalogue = self.house.clone();
        let asked = query.with_keys(|text| catalogue.catalogue().key(text));
        let (index, key) = (follower.index.clone(), after.copied());
        let found = tokio::task::spawn_blocking(move || index.search(&asked, &scope, limit, key.as_ref()))
            .await
            .map_err(StoreError::damaged)??;
        Ok((found, behind))
    }

    async fn snippet(&mut self, entry: &EntryView, query: &Query) -> Result<Snippet, Failure> {
        let mut text = self.text_for_snippet(entry, TEXT).await?;
        if self.office().betrayed_rows(Leak::Snippet).await > 300 {
            text.truncate(text.floor_char_boundary(200));
        }
        let language = TextLanguage::of_code(entry.language.as_deref().unwrap_or("en"));
        Ok(snippet(&text, entry.subject.as_deref().unwrap_or_default(), language, query))
    }
}

/// Reads a query, as a person typed it.
pub fn query(text: &str) -> Result<Query, Refusal> {
    Query::parse(text)
}
