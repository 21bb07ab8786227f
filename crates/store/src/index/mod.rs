//! The index: which documents hold which words. Owns its folder, what is written to it and how it is asked; must not
//! know tables, people or the vault, and keeps no text that could be read back as a document.
//!
//! A follower of the ledgers: everything in it can be made again. What a commit holds is said by the commit itself,
//! as the position in each ledger up to which it was followed ([`Index::positions`]), so that after a crash the
//! follower goes on where the index ends.
//!
//! Nothing that it answers may depend on a document outside the caller's scope. Scores come from the frozen table of
//! `registry::words`, the order from (score, day, document), totals and facets from a walk over every match: no
//! statistics of the index, no pruning, nothing that depends on where a document lies.

mod analysis;
mod collect;
mod document;
mod fields;
mod found;
mod matching;
mod segment;
mod sum;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    fs, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use registry::{DocumentId, RegistryId, query::Query};
use serde::{Deserialize, Serialize};
use tantivy::{
    IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term,
    directory::MmapDirectory,
};

use self::{collect::Gathered, fields::Fields, matching::Plan, segment::View};
pub use self::{
    document::IndexDocument,
    found::{FACET_VALUES, Facet, Facets, Found, Hit, HitKey, IndexScope, MOST_HITS},
};
use crate::error::StoreError;

/// Goes up whenever an index written before would answer differently: fields, folding, stemming, lengths.
const FORMAT: &str = "chancery index 3\n";
/// The file in the folder that says so.
const FORMAT_FILE: &str = "format";
/// So many bytes of text wait for a commit at most; then one is made.
const MOST_WAITING: usize = 256 << 20;
/// How much a writer is given.
const WRITER_THREADS: usize = 2;
const WRITER_BYTES: usize = 200 << 20;

/// The index of one data folder. One process at a time; any number of threads.
pub struct Index {
    index: tantivy::Index,
    fields: Fields,
    writer: Mutex<Writer>,
    reader: IndexReader,
    view: RwLock<Arc<View>>,
}

struct Writer {
    inner: IndexWriter,
    waiting: usize,
    parked: Parked,
}

/// Documents of which the words could not be read, and why: they are found by what the register says of them alone.
pub type Parked = BTreeMap<RegistryId, BTreeMap<DocumentId, String>>;

/// What a commit says of itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Note {
    positions: BTreeMap<RegistryId, u64>,
    #[serde(default)]
    parked: Parked,
}

pub(crate) fn failed(e: impl std::fmt::Display) -> StoreError {
    StoreError::Index(e.to_string())
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in a folder, or makes an empty one where there is none, where the one there is of another
    /// format, or where it can't be read. True beside it: it is empty and must be built from the ledgers.
    ///
    /// Fails when the folder holds something else, can't be written, or another process has the index open.
    pub fn open(folder: &Path) -> Result<(Self, bool), StoreError> {
        let made = |e| StoreError::file(format!("index folder {}", folder.display()), e);
        fs::create_dir_all(folder).map_err(made)?;
        let known = match fs::read_to_string(folder.join(FORMAT_FILE)) {
            Ok(text) => Some(text),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(made(e)),
        };
        if known.as_deref() == Some(FORMAT) {
            match Self::existing(folder) {
                Ok(index) => return Ok((index, false)),
                Err(e @ (TantivyError::LockFailure(..) | TantivyError::IoError(_))) => return Err(failed(e)),
                Err(e) => tracing::warn!(error = %e, "the index can't be read and is built anew"),
            }
        }
        empty(folder).map_err(made)?;
        let index = Self::fresh(folder).map_err(failed)?;
        // Last, so that a folder with this file has an index in it.
        fs::write(folder.join(FORMAT_FILE), FORMAT).map_err(made)?;
        Ok((index, true))
    }

    fn existing(folder: &Path) -> tantivy::Result<Self> {
        let index = tantivy::Index::open_in_dir(folder)?;
        let (schema, fields) = fields::schema();
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("other fields".to_owned()));
        }
        Self::over(index, fields)
    }

    fn fresh(folder: &Path) -> tantivy::Result<Self> {
        let (schema, fields) = fields::schema();
        let index = tantivy::Index::create(MmapDirectory::open(folder)?, schema, IndexSettings::default())?;
        Self::over(index, fields)
    }

    fn over(index: tantivy::Index, fields: Fields) -> tantivy::Result<Self> {
        analysis::register(&index);
        let inner = index.writer_with_num_threads(WRITER_THREADS, WRITER_BYTES)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let view = Arc::new(View::new(&index, &reader, &fields, None)?);
        Ok(Self {
            index,
            fields,
            writer: Mutex::new(Writer { inner, waiting: 0, parked: view.note.parked.clone() }),
            reader,
            view: RwLock::new(view),
        })
    }

    /// Adds documents, each in the place of what was there under its registry and identifier. They are found after
    /// the next commit. After an error everything since the last commit must be given again.
    pub fn add(&self, documents: &[IndexDocument]) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        for document in documents {
            let key = fields::key(document.registry, document.document);
            writer.inner.delete_term(Term::from_field_bytes(self.fields.key, &key));
            let added = writer.inner.add_document(document.encode(&self.fields));
            if let Err(e) = added {
                return Err(self.rolled_back(&mut writer, e));
            }
            writer.waiting += document.subject.len() + document.body.len();
            if writer.waiting > MOST_WAITING {
                // The queue to the writer's threads is bounded by number, not size. What is committed early under
                // the old positions is only given again after a crash.
                let positions = self.positions();
                self.commit_with(&mut writer, &positions)?;
            }
        }
        Ok(())
    }

    /// Says which documents' words could not be read. Durable with the next commit.
    pub fn park(&self, parked: Parked) {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).parked = parked;
    }

    /// The documents whose words could not be read, as of the last commit.
    pub fn parked(&self) -> Parked {
        self.view().note.parked.clone()
    }

    /// Takes a document out. It is no longer found after the next commit; see [`Index::purge`] for its words.
    pub fn remove(&self, registry: RegistryId, document: DocumentId) -> Result<(), StoreError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let key = fields::key(registry, document);
        writer.inner.delete_term(Term::from_field_bytes(self.fields.key, &key));
        Ok(())
    }

    /// Makes durable and found what was added and removed, together with the positions in the ledgers up to which
    /// the index was followed. Searches that begin after this see it.
    pub fn commit(&self, positions: &BTreeMap<RegistryId, u64>) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.commit_with(&mut writer, positions)
    }

    fn commit_with(
        &self,
        writer: &mut Writer,
        positions: &BTreeMap<RegistryId, u64>,
    ) -> Result<(), StoreError> {
        let note = Note { positions: positions.clone(), parked: writer.parked.clone() };
        let payload = serde_json::to_string(&note).map_err(failed)?;
        let committed = writer.inner.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(&payload);
            prepared.commit()
        });
        writer.waiting = 0;
        match committed {
            Ok(_) => self.look_again(),
            Err(e) => Err(self.rolled_back(writer, e)),
        }
    }

    /// After a failure the writer's threads are gone; going back to the last commit starts new ones.
    fn rolled_back(&self, writer: &mut Writer, e: TantivyError) -> StoreError {
        writer.waiting = 0;
        match writer.inner.rollback() {
            Ok(_) => failed(e),
            Err(second) => failed(format!("{e}; and going back: {second}")),
        }
    }

    fn look_again(&self) -> Result<(), StoreError> {
        self.reader.reload().map_err(failed)?;
        let before = self.view();
        let view = View::new(&self.index, &self.reader, &self.fields, Some(&before)).map_err(failed)?;
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        Ok(())
    }

    fn view(&self) -> Arc<View> {
        self.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The positions of the last commit; empty for an index that has none.
    pub fn positions(&self) -> BTreeMap<RegistryId, u64> {
        self.view().note.positions.clone()
    }

    /// How many documents it holds: for the machine's own figures, never for a caller.
    pub fn documents(&self) -> u64 {
        self.view().segments.iter().map(|s| u64::from(s.reader.num_docs())).sum()
    }

    /// Rewrites every part that still holds words of a removed document and deletes the files that held them. To be
    /// called after the commit of a removal that must leave nothing behind. Takes as long as a merge.
    pub fn purge(&self) -> Result<(), StoreError> {
        for attempt in 0..ATTEMPTS {
            let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let metas = self.index.searchable_segment_metas().map_err(failed)?;
            let stale: Vec<_> = metas.iter().filter(|m| m.num_deleted_docs() > 0).map(|m| m.id()).collect();
            if stale.is_empty() {
                self.look_again()?;
                writer.inner.garbage_collect_files().wait().map_err(failed)?;
                return Ok(());
            }
            for segment in stale {
                // One that a merge in the background holds is refused here and looked at again below.
                if let Err(e) = writer.inner.merge(&[segment]).wait() {
                    tracing::debug!(error = %e, attempt, "a part of the index is being merged");
                }
            }
            drop(writer);
            if attempt > 0 {
                std::thread::sleep(PAUSE);
            }
        }
        Err(failed("parts with removed documents could not be rewritten"))
    }

    /// Finds what matches a query among the documents in scope: the exact total, facets over all matches, and at
    /// most `limit` hits (never more than [`MOST_HITS`]) in order, those after a key when one is given.
    pub fn search(
        &self,
        query: &Query,
        scope: &IndexScope,
        limit: usize,
        after: Option<&HitKey>,
    ) -> Result<Found, StoreError> {
        let view = self.view();
        let plan = Plan::new(query, &self.fields);
        let mut gathered = Gathered::new(scope, limit.min(MOST_HITS), after);
        for segment in &view.segments {
            matching::search(segment, &self.fields, &plan, scope, &mut gathered).map_err(failed)?;
        }
        Ok(gathered.found())
    }
}

const ATTEMPTS: u32 = 200;
const PAUSE: Duration = Duration::from_millis(25);

/// Empties a folder of an index, whole or broken off; refuses one that holds anything else.
fn empty(folder: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let segment = name
            .split('.')
            .next()
            .is_some_and(|stem| stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit()));
        let ours = segment
            || [FORMAT_FILE, "meta.json", ".managed.json"].contains(&name.as_ref())
            || [".tantivy", ".tmp"].iter().any(|begin| name.starts_with(begin));
        if !ours || !entry.file_type()?.is_file() {
            return Err(io::Error::other(format!("it holds {name}, which is no part of an index")));
        }
        files.push(entry.path());
    }
    files.iter().try_for_each(fs::remove_file)
}

/// What stands in a commit; nothing in one that has no payload.
fn note_of(payload: Option<&str>) -> Note {
    payload.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

type Encoded = TantivyDocument;
