//! Search through a scope: exact totals, facets, hits with their entries, and snippets cut from the texts of the page.

use std::collections::{BTreeMap, HashSet};

use registry::{
    DocumentId, Refusal,
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
        let office = self.office().clone();
        let Some(follower) = office.follower().cloned() else {
            return Err(StoreError::Index("this office keeps no index".to_owned()).into());
        };
        let behind = !follower.has_own(self.person().id).await;
        let mut scope = IndexScope::new();
        let mut codes = BTreeMap::new();
        for (registry, seen) in self.scope().registries() {
            if let Some(known) = self.house.registry(registry) {
                scope.allow(registry, known.code.clone(), seen.read.clone());
                codes.insert(registry, known.code.clone());
            }
        }
        if let Some(among) = among {
            scope.among(among);
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
        let limit = limit.min(MOST);
        let found = tokio::task::spawn_blocking(move || index.search(&asked, &scope, limit, key.as_ref()))
            .await
            .map_err(StoreError::damaged)??;
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
