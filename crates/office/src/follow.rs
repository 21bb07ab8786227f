//! The follower of the ledgers that keeps the index: behind by moments, never in the way of a command.
//!
//! It reads documents in the order of their entries, adds them, and commits at most five times a second, and only when
//! someone waits or a second has passed. What it has done stands in the index's own commit; a node that starts goes on
//! from there. A caller waits for what he himself has registered, at most half a second, and never for others: how far
//! the index is behind with their papers is not his to see.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};

use label::Language;
use registry::{ObjectId, PersonId, RegistryId, Timestamp, house::House, words::TextLanguage};
use store::{
    StoreError,
    apply::day_number,
    classes::{Rules, rule},
    following::{self, Following},
    index::{Index, IndexDocument},
};
use tokio::sync::{Notify, watch};

use crate::{content::joined, office::Office};

/// Documents read at once.
const PART: u32 = 500;
/// Longest text of one document that is indexed (bytes).
const TEXT: u64 = 16 << 20;
/// Bytes of texts just taken in that are kept for the follower, so that it need not unseal them.
const FRESH: usize = 64 << 20;
/// How often files that nobody registered are looked for (seconds).
const SWEEPING: i64 = 3_600;
/// How often it is looked whether a command broke off at an in-tray (seconds).
const SETTLING: i64 = 60;
/// How long a caller waits for his own papers.
const PATIENCE: Duration = Duration::from_millis(500);

/// The index with all that keeps it.
pub(crate) struct Follower {
    /// The index.
    pub(crate) index: Arc<Index>,
    news: Arc<Notify>,
    waiting: Arc<std::sync::atomic::AtomicUsize>,
    done: watch::Sender<BTreeMap<RegistryId, u64>>,
    written: Mutex<HashMap<PersonId, BTreeMap<RegistryId, u64>>>,
    fresh: Mutex<Fresh>,
}

#[derive(Default)]
struct Fresh {
    texts: HashMap<ObjectId, String>,
    bytes: usize,
}

impl Follower {
    pub(crate) fn new(index: Index) -> Self {
        let (done, _) = watch::channel(index.positions());
        Self {
            index: Arc::new(index),
            news: Arc::default(),
            waiting: Arc::default(),
            done,
            written: Mutex::default(),
            fresh: Mutex::default(),
        }
    }

    /// Remembers that a person wrote, up to a sequence, and tells the follower.
    pub(crate) fn wrote(&self, person: PersonId, registry: RegistryId, sequence: u64) {
        if let Ok(mut written) = self.written.lock() {
            let last = written.entry(person).or_default().entry(registry).or_default();
            *last = (*last).max(sequence);
        }
        self.news.notify_one();
    }

    /// Keeps a text that was just taken in until the follower comes for it.
    pub(crate) fn keep_fresh(&self, object: ObjectId, text: &str) {
        if let Ok(mut fresh) = self.fresh.lock()
            && fresh.bytes + text.len() <= FRESH
        {
            fresh.bytes += text.len();
            fresh.texts.insert(object, text.to_owned());
        }
    }

    /// Forgets texts that no document names in the end.
    pub(crate) fn forget_fresh(&self, objects: &[ObjectId]) {
        for object in objects {
            self.take_fresh(*object);
        }
    }

    /// A text that was kept, once.
    pub(crate) fn take_fresh(&self, object: ObjectId) -> Option<String> {
        let mut fresh = self.fresh.lock().ok()?;
        let text = fresh.texts.remove(&object)?;
        fresh.bytes = fresh.bytes.saturating_sub(text.len());
        Some(text)
    }

    fn has(&self, wanted: &BTreeMap<RegistryId, u64>) -> bool {
        let done = self.done.borrow();
        wanted.iter().all(|(registry, sequence)| done.get(registry).is_some_and(|d| d > sequence))
    }

    /// Waits until the index has what a person wrote; false when that takes too long.
    pub(crate) async fn has_own(&self, person: PersonId) -> bool {
        let wanted = match self.written.lock() {
            Ok(written) => written.get(&person).cloned().unwrap_or_default(),
            Err(_) => return false,
        };
        if self.has(&wanted) {
            return true;
        }
        self.waiting.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.news.notify_one();
        let mut done = self.done.subscribe();
        let waited = tokio::time::timeout(PATIENCE, async {
            while !self.has(&wanted) {
                if done.changed().await.is_err() {
                    return;
                }
            }
        })
        .await;
        self.waiting.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
        waited.is_ok() && self.has(&wanted)
    }
}

impl Office {
    /// Follows the ledgers until the office is closed.
    pub(crate) fn follow(&self) {
        let Some(follower) = self.follower().cloned() else { return };
        let office = self.weak();
        let mut stop = self.stopping();
        let task = tokio::spawn(async move {
            let mut pending = 0_u64;
            let mut swept: Option<Timestamp> = None;
            let mut settled: Option<Timestamp> = None;
            while !*stop.borrow_and_update() {
                let wait = if pending > 0 { Duration::from_millis(200) } else { Duration::from_secs(2) };
                let told = tokio::select! {
                    _ = stop.changed() => return,
                    told = tokio::time::timeout(wait, follower.news.notified()) => told.is_ok(),
                };
                let Some(office) = office.upgrade() else { return };
                if swept.is_none_or(|at| office.now().seconds_since(at) > SWEEPING) {
                    swept = Some(office.now());
                    if let Err(error) = office.sweep_stages().await {
                        tracing::error!(%error, "files that nobody registered could not be swept");
                    }
                    if let Err(error) = office.sweep_drafts().await {
                        tracing::error!(%error, "what nobody came back to could not be erased");
                    }
                    if let Err(error) = office.sweep_takeovers().await {
                        tracing::error!(%error, "workbooks that nobody looks at could not be swept");
                    }
                }
                if settled.is_none_or(|at| office.now().seconds_since(at) > SETTLING) {
                    settled = Some(office.now());
                    if let Err(error) = office.sweep_tray().await {
                        tracing::error!(%error, "what was broken off at an in-tray could not be settled");
                    }
                    if let Err(error) = office.sweep_scans().await {
                        tracing::error!(%error, "what was broken off at a scan could not be gone on with");
                    }
                }
                let now = !told || follower.waiting.load(std::sync::atomic::Ordering::SeqCst) > 0;
                match office.index_some(&follower, now || pending > 20_000).await {
                    Ok((added, committed)) => pending = if committed { 0 } else { pending + added },
                    Err(error) => {
                        tracing::error!(%error, "the index could not follow the ledger");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
            }
        });
        self.keep_task(task);
    }

    /// Indexes whatever is not indexed yet, and commits: for the command line and tests.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        match self.follower().cloned() {
            Some(follower) => self.index_some(&follower, true).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// Adds what is new; commits when asked. How many were added, and whether it was committed.
    async fn index_some(&self, follower: &Arc<Follower>, commit: bool) -> Result<(u64, bool), StoreError> {
        let mut at = self.index_position(follower).await;
        let house = self.house().await?;
        let mut added = 0;
        for registry in house.registries() {
            let id = registry.id;
            while !*self.stopping().borrow() {
                let mut conn = self.database().begin_read().await?;
                let size = store::house::size(&mut conn, id).await?;
                let next = at.get(&id).copied().unwrap_or(0);
                if next >= size {
                    break;
                }
                let part = following::from(&mut conn, id, next, PART).await?;
                let rules = self.rules_of(&mut conn, id).await?;
                drop(conn);
                let full = u32::try_from(part.len()).unwrap_or(PART) == PART;
                let reached = if full { part.last().map_or(size, |d| d.changed + 1) } else { size };
                added += part.len() as u64;
                let mut documents = Vec::with_capacity(part.len());
                for document in part {
                    documents.push(self.index_document(&house, &rules, id, document).await?);
                }
                let index = follower.index.clone();
                tokio::task::spawn_blocking(move || index.add(&documents))
                    .await
                    .map_err(StoreError::damaged)??;
                at.insert(id, reached);
            }
        }
        let behind = *follower.done.borrow() != at;
        if behind && (commit || added > 20_000) {
            let index = follower.index.clone();
            let positions = at.clone();
            tokio::task::spawn_blocking(move || index.commit(&positions))
                .await
                .map_err(StoreError::damaged)??;
            follower.done.send_replace(at.clone());
            self.set_index_position(follower, at).await;
            return Ok((added, true));
        }
        self.set_index_position(follower, at).await;
        Ok((added, !behind))
    }

    async fn index_document(
        &self,
        house: &House,
        rules: &Rules,
        registry: RegistryId,
        document: Following,
    ) -> Result<IndexDocument, StoreError> {
        let body = joined(self, registry, &document.texts, TEXT).await?;
        let label = rule(rules, document.class).and_then(|r| r.content.clone());
        let policy = label.as_ref().and_then(|l| house.policies.of(l).ok());
        let marking = match (&label, policy) {
            (Some(label), Some(policy)) => policy.marking(label, Language::English).unwrap_or_default(),
            _ => String::new(),
        };
        let level = label.as_ref().and_then(|l| policy.and_then(|p| p.level(&l.level)));
        let level_names = level
            .map(|l| std::iter::once(l.name.clone()).chain(l.rule.short.clone()).collect())
            .unwrap_or_default();
        let catalogue = house.catalogue();
        let cited = catalogue.citations(&body).into_iter().filter_map(|c| catalogue.key_of(&c.reference));
        let cites: std::collections::BTreeSet<String> = cited.collect();
        Ok(IndexDocument {
            cites: cites.into_iter().collect(),
            registry,
            class: document.class,
            document: document.document,
            day: document.day.map(day_number),
            year: document.day.map(|d| d.year()),
            language: TextLanguage::of_code(&document.language),
            subject: document.subject,
            body,
            originator: document.originator.unwrap_or_default(),
            addressees: document.addressees,
            reference_keys: document.reference_keys,
            kind: document.kind,
            marking,
            level_names,
        })
    }
}
