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
/// How much of a text a snippet is cut from (bytes): a page of the longest texts shall not be slower for it.
const TEXT: usize = 1 << 20;

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
        let cut = if snippets { self.snippets(&entries, query).await? } else { Vec::new() };
        let mut cut = cut.into_iter();
        let with = |entry| FoundHit { entry, snippet: cut.next().unwrap_or_default() };
        let hits = entries.into_iter().map(with).collect();
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
        let reached: Vec<_> =
            codes.keys().map(|registry| (*registry, reached.get(registry).copied().unwrap_or(0))).collect();
        for document in description::corrected_since(self.conn(), &reached).await? {
            scope.hide(document);
        }
        let catalogue = self.house.clone();
        let asked = query.with_keys(|text| catalogue.catalogue().key(text));
        let (index, key) = (follower.index.clone(), after.copied());
        let found = tokio::task::spawn_blocking(move || index.search(&asked, &scope, limit, key.as_ref()))
            .await
            .map_err(StoreError::damaged)??;
        Ok((found, behind))
    }

    /// The snippet of each entry, in their order.
    async fn snippets(
        &mut self,
        entries: &[Visible<EntryView>],
        query: &Query,
    ) -> Result<Vec<Snippet>, Failure> {
        let mut texts = self.texts_for_snippets(entries, TEXT).await?;
        if self.office().betrayed_rows(Leak::Snippet).await > 300 {
            texts.iter_mut().for_each(|text| text.truncate(text.floor_char_boundary(200)));
        }
        let of = entries.iter().map(|entry| {
            let language = TextLanguage::of_code(entry.language.as_deref().unwrap_or("en"));
            (entry.subject.clone().unwrap_or_default(), language)
        });
        let (of, query): (Vec<_>, Query) = (of.collect(), query.clone());
        let cut = move || {
            let cut = texts.iter().zip(&of);
            cut.map(|(text, (subject, language))| snippet(text, subject, *language, &query)).collect()
        };
        Ok(tokio::task::spawn_blocking(cut).await.map_err(StoreError::damaged)?)
    }
}

/// Reads a query, as a person typed it.
pub fn query(text: &str) -> Result<Query, Refusal> {
    Query::parse(text)
}
