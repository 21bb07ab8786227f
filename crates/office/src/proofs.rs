//! Proofs over an open installation: verified, exported, rebuilt and compared.

use std::io::Write as _;

use ledger::{LedgerReport, Mode, Note};
use registry::{DocumentId, RegistryId, Timestamp, id::Digest};
use store::{StoreError, proof};

use crate::{failure::Failure, office::Office, reading::Reading};

/// A ledger as inspectors see it.
#[derive(Debug, Clone)]
pub struct LedgerHead {
    /// Whose.
    pub registry: RegistryId,
    /// The code of the registry; none for the ledger of the house itself.
    pub code: Option<String>,
    /// How many entries it has.
    pub size: u64,
    /// When the last one was written.
    pub time: Timestamp,
    /// The newest checkpoint, as it is signed.
    pub checkpoint: Option<String>,
}

impl Reading {
    /// Every ledger with its size and newest checkpoint, the house first: for inspectors ([`Reading::inspects`]).
    pub async fn ledgers(&mut self) -> Result<Vec<LedgerHead>, Failure> {
        self.inspects()?;
        let house = self.house.clone();
        let mut heads = Vec::new();
        for (registry, size, time) in proof::ledgers(self.conn()).await? {
            let code = house.registry(registry).map(|r| r.code.clone());
            let checkpoint = proof::newest_checkpoint(self.conn(), registry).await?;
            heads.push(LedgerHead { registry, code, size, time, checkpoint });
        }
        Ok(heads)
    }
}

/// A document of which the words could not be read.
#[derive(Debug, Clone)]
pub struct NotIndexed {
    /// Of which registry.
    pub registry: RegistryId,
    /// Which.
    pub document: DocumentId,
    /// Why, as the machine said it.
    pub why: String,
}

impl Reading {
    /// The documents of which the words could not be read, so that they are found by the register alone: for inspectors.
    pub fn not_indexed(&self) -> Result<Vec<NotIndexed>, Failure> {
        self.inspects()?;
        let Some(follower) = self.office().follower() else { return Ok(Vec::new()) };
        let parked = follower.index.parked().into_iter();
        Ok(parked
            .flat_map(|(registry, all)| {
                all.into_iter().map(move |(document, why)| NotIndexed { registry, document, why })
            })
            .collect())
    }
}

/// What a verification found.
#[derive(Debug, Default)]
pub struct Verified {
    /// Each ledger.
    pub ledgers: Vec<LedgerReport>,
    /// What is wrong, in words; empty when all is well.
    pub faults: Vec<String>,
}

/// Sealed files whose keys are fetched at once.
const FIXITY: usize = 1_024;

impl Office {
    /// Verifies every ledger from the tables.
    pub async fn verify(&self) -> Result<Verified, Failure> {
        self.verify_against("").await
    }

    /// The same, held against checkpoints that somebody kept elsewhere, as [`Office::checkpoint_all`] gave them: by these a
    /// ledger that was written anew is found, and an old copy that was put in its place.
    pub async fn verify_against(&self, notes: &str) -> Result<Verified, Failure> {
        let house = self.house().await?;
        let keys = [self.verifier_key().clone()];
        let mut verified = Verified::default();
        let mut elsewhere = Vec::new();
        for note in notes_in(notes) {
            let checked = Note::parse(&note).map_err(|e| e.to_string());
            match checked.and_then(|note| note.verify(&keys).map_err(|e| e.to_string())) {
                Ok(checkpoint) => elsewhere.push(checkpoint),
                Err(why) => {
                    let of = note.lines().next().unwrap_or_default();
                    verified.faults.push(format!("a checkpoint that was kept elsewhere, of {of}: {why}"));
                }
            }
        }
        let mut conn = self.database().begin_read().await?;
        for (registry, _, _) in proof::ledgers(&mut conn).await? {
            let (report, faults) = proof::verify(&mut conn, registry, &house.name, &keys, &elsewhere).await?;
            elsewhere.retain(|checkpoint| checkpoint.origin != report.origin);
            verified.ledgers.push(report);
            verified.faults.extend(faults);
        }
        for lost in elsewhere {
            verified
                .faults
                .push(format!("ledger {} is not there any more; it had {} entries", lost.origin, lost.size));
        }
        Ok(verified)
    }

    /// Verifies every ledger on a thread of its own: it takes long, and nobody else shall wait for it.
    pub async fn verify_apart(&self) -> Result<Verified, Failure> {
        let office = self.clone();
        let runtime = tokio::runtime::Handle::current();
        let verifying = tokio::task::spawn_blocking(move || runtime.block_on(office.verify()));
        verifying.await.map_err(StoreError::damaged)?
    }

    /// Signs the head of every ledger as it stands.
    pub async fn checkpoint_all(&self) -> Result<Vec<(RegistryId, String)>, Failure> {
        let house = self.house().await?;
        let mut write = store::transaction::Write::begin(self.database()).await?;
        let mut notes = Vec::new();
        for (registry, _, _) in proof::ledgers(write.conn().await?).await? {
            let note = proof::checkpoint(&mut write, registry, &house.name, self.signing()).await?;
            notes.push((registry, note.to_string()));
        }
        write.commit().await?;
        Ok(notes)
    }

    /// Writes an export to a file that is not there yet.
    pub async fn export(&self, file: &std::path::Path, mode: Mode) -> Result<u64, Failure> {
        let house = self.house().await?;
        let failed = |e| StoreError::file(file.display().to_string(), e);
        let out = std::fs::File::options().write(true).create_new(true).open(file).map_err(failed)?;
        let mut out = std::io::BufWriter::with_capacity(1 << 20, out);
        let written = proof::export(self.database(), &house.name, self.signing(), mode, &mut out).await?;
        out.flush().map_err(failed)?;
        Ok(written)
    }

    /// Rebuilds the register beside the live one and compares them row for row: entries applied, differences.
    pub async fn compare_rebuilt(&self) -> Result<(u64, Vec<String>), Failure> {
        Ok(proof::compare(self.database(), self.database_url(), &self.folder().scratch()).await?)
    }

    /// Throws the register away and makes it anew.
    pub async fn rebuild(&self) -> Result<u64, Failure> {
        Ok(proof::rebuild(self.database()).await?)
    }

    /// Reads every object of the vault through against its digest: how many, and what is wrong.
    pub async fn fixity(&self) -> Result<(u64, Vec<String>), Failure> {
        let mut conn = self.database().begin_read().await?;
        let objects = proof::objects(&mut conn).await?;
        drop(conn);
        let mut faults = Vec::new();
        let mut read = 0;
        for of_one in objects.chunk_by(|a, b| a.0 == b.0) {
            for part in of_one.chunks(FIXITY) {
                let Some((registry, ..)) = part.first() else { continue };
                let asked = part.iter().map(|(_, object, digest, size)| (*object, Digest(*digest), *size));
                let wrong = self.vault().check_many(*registry, asked.collect()).await?;
                faults.extend(wrong.into_iter().map(|(object, e)| format!("object {object}: {e}")));
                read += part.len() as u64;
            }
        }
        Ok((read, faults))
    }

    /// What is in the tables: rows of each register table, entries of each kind.
    pub async fn census(&self) -> Result<Census, Failure> {
        let mut conn = self.database().begin_read().await?;
        Ok(Census { rows: proof::row_counts(&mut conn).await?, kinds: proof::kinds(&mut conn).await? })
    }

    /// Changes tables behind the register's back, for tests that must find it.
    #[doc(hidden)]
    pub async fn edit_by_hand(&self, sql: &'static str) {
        if let Ok(mut conn) = self.database().begin_write().await {
            let _ = conn.execute(sql, Vec::new()).await;
            let _ = conn.commit().await;
        }
    }
}

/// Rows by register table, and entries by kind and version.
#[derive(Debug)]
pub struct Census {
    /// Rows of each register table.
    pub rows: Vec<(&'static str, u64)>,
    /// Entries of each kind and version.
    pub kinds: std::collections::BTreeMap<(String, u16), u64>,
}

/// The signed notes of a text, one after another.
pub(crate) fn notes_in(text: &str) -> Vec<String> {
    const SIGNATURE: &str = "\u{2014} ";
    let mut notes = Vec::new();
    let mut note = String::new();
    for line in text.lines() {
        if !line.starts_with(SIGNATURE) && note.lines().next_back().is_some_and(|l| l.starts_with(SIGNATURE))
        {
            notes.push(std::mem::take(&mut note));
        }
        if !(note.is_empty() && line.trim().is_empty()) {
            note.push_str(line);
            note.push('\n');
        }
    }
    if !note.trim().is_empty() {
        notes.push(note);
    }
    notes
}
