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
use registry::{DocumentId, ObjectId, PersonId, RegistryId, Timestamp, house::House, words::TextLanguage};
use store::{
    StoreError,
    apply::day_number,
    classes::{Rules, rule},
    following::{self, Following},
    index::{Index, IndexDocument, Parked},
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
/// How often it is looked whether somebody must be reminded of something (seconds).
const REMINDING: i64 = 60;
/// How often the heads of the ledgers are signed, and the lists for an emergency written (seconds).
const SIGNING: i64 = 3_600;
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
            let mut signed: Option<Timestamp> = None;
            let mut reminded: Option<Timestamp> = None;
            let mut looked = None;
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
                    if let Err(error) = office.retry_parked().await {
                        tracing::error!(%error, "what is not indexed could not be tried again");
                    }
                    if let Err(error) = office.sweep_drafts().await {
                        tracing::error!(%error, "what nobody came back to could not be erased");
                    }
                    if let Err(error) = office.sweep_takeovers().await {
                        tracing::error!(%error, "workbooks that nobody looks at could not be swept");
                    }
                    if let Err(error) = office.sweep_reminders().await {
                        tracing::error!(%error, "reminders of what is over could not be swept");
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
                if reminded.is_none_or(|at| office.now().seconds_since(at) >= REMINDING) {
                    reminded = Some(office.now());
                    if let Err(error) = office.remind_if_due(&mut looked).await {
                        tracing::error!(%error, "nobody could be reminded");
                    }
                }
                let since = *signed.get_or_insert_with(|| office.now());
                if office.now().seconds_since(since) > SIGNING {
                    signed = Some(office.now());
                    if let Err(error) = office.checkpoint_all().await {
                        tracing::error!(%error, "the heads of the ledgers could not be signed");
                    }
                    if let Err(error) = office.write_emergency_lists().await {
                        tracing::error!(%error, "the lists for an emergency could not be written");
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
        let added = self.index_from(&follower.index, &mut at).await?;
        let behind = *follower.done.borrow() != at;
        if behind && (commit || added > 20_000) {
            commit_index(&follower.index, &at).await?;
            follower.done.send_replace(at.clone());
            self.set_index_position(follower, at).await;
            return Ok((added, true));
        }
        self.set_index_position(follower, at).await;
        Ok((added, !behind))
    }

    /// Adds to an index what it has not of each ledger. How many documents.
    ///
    /// A document whose words cannot be read is parked: it is found by what the register says of it, it is told of, and
    /// nothing that comes after it waits.
    async fn index_from(
        &self,
        index: &Arc<Index>,
        at: &mut BTreeMap<RegistryId, u64>,
    ) -> Result<u64, StoreError> {
        let house = self.house().await?;
        let mut parked = index.parked();
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
                    documents.push(self.index_or_park(&house, &rules, id, document, &mut parked).await?);
                }
                index.park(parked.clone());
                let index = index.clone();
                tokio::task::spawn_blocking(move || index.add(&documents))
                    .await
                    .map_err(StoreError::damaged)??;
                at.insert(id, reached);
            }
        }
        Ok(added)
    }

    /// Makes the index anew beside the live one, and says what differs. How many documents it has.
    pub async fn compare_index(&self) -> Result<(u64, Vec<String>), StoreError> {
        let Some(follower) = self.follower().cloned() else { return Ok((0, Vec::new())) };
        self.catch_up().await?;
        let place = self.folder().scratch_index();
        let index = Arc::new(Index::open(&place)?.0);
        let mut at = BTreeMap::new();
        self.index_from(&index, &mut at).await?;
        commit_index(&index, &at).await?;
        let live = follower.index.clone();
        let sums = tokio::task::spawn_blocking(move || Ok::<_, StoreError>((live.sum()?, index.sum()?)));
        let ((documents, live), (anew, made)) = sums.await.map_err(StoreError::damaged)??;
        std::fs::remove_dir_all(&place).map_err(|e| StoreError::file(place.display().to_string(), e))?;
        let differs = (documents != anew || live != made)
            .then(|| format!("index: {documents} documents; made anew it has {anew}, or others"));
        Ok((anew, differs.into_iter().collect()))
    }

    async fn index_or_park(
        &self,
        house: &House,
        rules: &Rules,
        registry: RegistryId,
        document: Following,
        parked: &mut Parked,
    ) -> Result<IndexDocument, StoreError> {
        let body = match joined(self, registry, &document.texts, TEXT).await {
            Ok(body) => {
                if let Some(parked) = parked.get_mut(&registry) {
                    parked.remove(&document.document);
                }
                body
            }
            Err(error @ (StoreError::Damaged(_) | StoreError::File { .. } | StoreError::Key(_))) => {
                tracing::error!(document = %document.document, %error, "its words cannot be read and are not indexed");
                parked.entry(registry).or_default().insert(document.document, error.to_string());
                String::new()
            }
            Err(error) => return Err(error),
        };
        Ok(index_document(house, rules, registry, document, body))
    }

    /// Tries again what was parked: what was put back is found from now on. How much is parked still.
    pub async fn retry_parked(&self) -> Result<usize, StoreError> {
        let Some(follower) = self.follower().cloned() else { return Ok(0) };
        let mut parked = follower.index.parked();
        let mut before: Vec<(RegistryId, DocumentId)> = Vec::new();
        for (registry, all) in &parked {
            before.extend(all.keys().map(|document| (*registry, *document)));
        }
        let house = self.house().await?;
        let mut documents = Vec::new();
        for (registry, document) in before {
            let mut conn = self.database().begin_read().await?;
            let found = following::one(&mut conn, registry, document).await?;
            let rules = self.rules_of(&mut conn, registry).await?;
            drop(conn);
            let Some(found) = found else { continue };
            let one = self.index_or_park(&house, &rules, registry, found, &mut parked).await?;
            let still = parked.get(&registry).is_some_and(|all| all.contains_key(&document));
            documents.extend((!still).then_some(one));
        }
        let still = parked.values().map(BTreeMap::len).sum();
        if !documents.is_empty() {
            replace_indexed(&follower.index, documents, parked).await?;
        }
        Ok(still)
    }

    /// Puts a document into the index as it is now, in the place of what was there.
    pub(crate) async fn index_one(
        &self,
        rules: &Rules,
        registry: RegistryId,
        document: Following,
    ) -> Result<(), StoreError> {
        let Some(follower) = self.follower().cloned() else { return Ok(()) };
        let (house, mut parked) = (self.house().await?, follower.index.parked());
        let one = self.index_or_park(&house, rules, registry, document, &mut parked).await?;
        replace_indexed(&follower.index, vec![one], parked).await
    }
}

/// Puts documents in the place of what an index had of them, and commits where it stands.
async fn replace_indexed(
    index: &Arc<Index>,
    documents: Vec<IndexDocument>,
    parked: Parked,
) -> Result<(), StoreError> {
    index.park(parked);
    let adding = index.clone();
    let added = tokio::task::spawn_blocking(move || adding.add(&documents));
    added.await.map_err(StoreError::damaged)??;
    commit_index(index, &index.positions()).await
}

/// A document as the index keeps it.
fn index_document(
    house: &House,
    rules: &Rules,
    registry: RegistryId,
    document: Following,
    body: String,
) -> IndexDocument {
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
    IndexDocument {
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
    }
}

async fn commit_index(index: &Arc<Index>, at: &BTreeMap<RegistryId, u64>) -> Result<(), StoreError> {
    let (index, at) = (index.clone(), at.clone());
    tokio::task::spawn_blocking(move || index.commit(&at)).await.map_err(StoreError::damaged)?
}
