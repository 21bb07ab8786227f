//! A writing transaction over ledgers: heads held, entries appended, register tables changed in the same breath.
//!
//! Rows are gathered and written many at a time; [`Write::flush`] puts them down, before anything is read that
//! they could change and before the commit.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use ledger::{Frontier, Header};
use registry::{
    Entry, RegistryId, Timestamp,
    id::{Digest, MusterId},
};

use crate::{
    error::StoreError,
    sql::{Conn, Database, Hold, Value},
    values,
};

/// What an entry is appended with, beside its fact.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Which ledger.
    pub registry: RegistryId,
    /// The caller.
    pub actor: registry::PersonId,
    /// The command.
    pub command: registry::CommandId,
    /// Security time.
    pub time: Timestamp,
}

/// The head of a ledger.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The tree so far.
    pub frontier: Frontier,
    /// The time of the last entry; none before the first.
    pub time: Option<Timestamp>,
}

/// An open writing transaction.
#[derive(Debug)]
pub struct Write {
    conn: Conn,
    heads: BTreeMap<RegistryId, (Hold, Head)>,
    changed: BTreeSet<RegistryId>,
    pub(crate) rows: Rows,
}

/// Rows for one table: its name, the columns, the rows.
type Inserts = (&'static str, &'static [&'static str], Vec<Vec<Value>>);

/// Rows that wait to be written, and what they change of numbers that are read again in the same transaction.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    inserts: Vec<Inserts>,
    /// Documents added, by (registry, class, facet, value).
    pub(crate) counts: BTreeMap<(RegistryId, u32, &'static str, String), i64>,
    /// Lines of musters added, by (registry, muster, class, outcome).
    pub(crate) musters: BTreeMap<(RegistryId, MusterId, u32, &'static str), i64>,
    /// The next number of each series that this transaction has used.
    pub(crate) series: BTreeMap<(RegistryId, i16), u64>,
    /// Classes that this transaction has made or read.
    pub(crate) classes: HashMap<(RegistryId, Digest), u32>,
    /// Digests of content, and of rows of old registers, added in this transaction, with their document.
    pub(crate) contents: HashMap<(RegistryId, Digest), registry::DocumentId>,
    /// Documents registered since rows were last written, with their class.
    pub(crate) fresh: HashMap<(RegistryId, registry::DocumentId), u32>,
    /// Files with those above them, read since the plan last changed.
    pub(crate) chains: HashMap<(RegistryId, registry::FileId), registry::filing::Chain>,
    /// Commands remembered in this transaction.
    pub(crate) commands: HashSet<(RegistryId, registry::PersonId, registry::CommandId)>,
}

impl Rows {
    /// Adds a row to be written.
    pub(crate) fn insert(&mut self, table: &'static str, columns: &'static [&'static str], row: Vec<Value>) {
        match self.inserts.iter_mut().find(|(t, c, _)| *t == table && *c == columns) {
            Some((_, _, rows)) => rows.push(row),
            None => self.inserts.push((table, columns, vec![row])),
        }
    }
}

impl Write {
    /// Begins a transaction that will append to ledgers.
    pub async fn begin(database: &Database) -> Result<Self, StoreError> {
        Ok(Self {
            conn: database.begin_write().await?,
            heads: BTreeMap::new(),
            changed: BTreeSet::new(),
            rows: Rows::default(),
        })
    }

    /// The connection, after everything that waits was written.
    pub async fn conn(&mut self) -> Result<&mut Conn, StoreError> {
        self.flush().await?;
        Ok(&mut self.conn)
    }

    /// The connection as it stands, for reading the tables of a ledger that this transaction does not change.
    pub fn conn_unchanged(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// The connection as it stands, for reading what waiting rows can't change.
    pub(crate) fn conn_as_is(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// Holds the head of a ledger for the length of the transaction; makes it when the ledger is new and is to be
    /// held alone.
    ///
    /// The house is held before a registry, always, so that two transactions can't wait for each other.
    ///
    /// # Errors
    /// When the tables fail, or the head is not one.
    pub async fn lock_head(&mut self, registry: RegistryId, hold: Hold) -> Result<&Head, StoreError> {
        let enough = match self.heads.get(&registry) {
            None => false,
            Some((held, _)) => *held == Hold::Exclusive || hold == Hold::Shared,
        };
        if !enough {
            let head = match self.read_head(registry, hold).await? {
                Some(head) => head,
                None if hold == Hold::Shared => Head::default(),
                // There is no row to hold yet, and two who begin a ledger must wait for each other too: whoever comes
                // second waits here for the first one's row.
                None => {
                    let empty = Frontier::new().to_bytes();
                    self.conn
                        .execute(
                            "INSERT INTO ledger_head (registry_id, size, time, frontier) VALUES ($1, 0, 0, $2) ON CONFLICT (registry_id) DO NOTHING",
                            values![registry, empty],
                        )
                        .await?;
                    self.read_head(registry, hold).await?.unwrap_or_default()
                }
            };
            self.heads.insert(registry, (hold, head));
        }
        match self.heads.get(&registry) {
            Some((_, head)) => Ok(head),
            None => Err(StoreError::damaged("head not held")),
        }
    }

    async fn read_head(&mut self, registry: RegistryId, hold: Hold) -> Result<Option<Head>, StoreError> {
        let sql = "SELECT size, time, frontier FROM ledger_head WHERE registry_id = $1";
        let Some(row) = self.conn.one_held(sql, values![registry], hold).await? else { return Ok(None) };
        let frontier = Frontier::from_bytes(&row.bytes(2)?)
            .map_err(|e| StoreError::damaged(format!("head of ledger {registry}: {e}")))?;
        let size = row.number(0)?;
        if frontier.size() != size {
            return Err(StoreError::damaged(format!("head of ledger {registry}: two sizes")));
        }
        Ok(Some(Head { frontier, time: if size == 0 { None } else { Some(row.time(1)?) } }))
    }

    /// Appends an entry under a head that is held alone and applies it to the register tables.
    ///
    /// # Errors
    /// When the head is not held so, the entry breaks what the tables promise, or the tables fail. Then the transaction
    /// is good for nothing but to be dropped.
    pub async fn append(&mut self, stamp: &Stamp, salt: [u8; 32], entry: &Entry) -> Result<u64, StoreError> {
        let (kind, version, payload) = entry.encode().map_err(StoreError::damaged)?;
        let Some((Hold::Exclusive, head)) = self.heads.get_mut(&stamp.registry) else {
            return Err(StoreError::damaged("appended without holding the head alone"));
        };
        let sequence = head.frontier.size();
        // Time never goes back in a ledger.
        let time = head.time.map_or(stamp.time, |last| last.max(stamp.time));
        let header = Header {
            registry: *stamp.registry.bytes(),
            sequence,
            time: time.micros(),
            actor: *stamp.actor.bytes(),
            kind: kind.to_owned(),
            version,
            command: *stamp.command.bytes(),
            commitment: ledger::commitment(&salt, &payload),
        };
        let bytes = header.encode().map_err(StoreError::damaged)?;
        let leaf = ledger::leaf_hash(&bytes);
        head.frontier.append(leaf);
        head.time = Some(time);
        self.changed.insert(stamp.registry);
        self.rows.insert(
            "ledger_entry",
            &["registry_id", "sequence", "header", "leaf", "salt", "payload"],
            values![stamp.registry, sequence, bytes, leaf, salt, payload],
        );
        crate::apply::apply(self, &header, entry).await?;
        Ok(sequence)
    }

    /// Writes every row that waits.
    pub async fn flush(&mut self) -> Result<(), StoreError> {
        self.rows.fresh.clear();
        for (table, columns, rows) in std::mem::take(&mut self.rows.inserts) {
            self.conn.insert_many(table, columns, rows, "").await?;
        }
        let counts = std::mem::take(&mut self.rows.counts);
        if !counts.is_empty() {
            let rows = counts
                .into_iter()
                .map(|((registry, class, facet, name), n)| values![registry, class, facet, name, n])
                .collect();
            self.conn
                .insert_many(
                    "facet_count",
                    &["registry_id", "class_no", "facet", "name", "documents"],
                    rows,
                    "ON CONFLICT (registry_id, facet, class_no, name) DO UPDATE SET documents = facet_count.documents + excluded.documents",
                )
                .await?;
        }
        let musters = std::mem::take(&mut self.rows.musters);
        if !musters.is_empty() {
            let row = |((registry, muster, class, outcome), n)| values![registry, muster, class, outcome, n];
            self.conn
                .insert_many(
                    "muster_count",
                    &["registry_id", "muster_id", "class_no", "outcome", "copies"],
                    musters.into_iter().map(row).collect(),
                    "ON CONFLICT (registry_id, muster_id, class_no, outcome) DO UPDATE SET copies = muster_count.copies + excluded.copies",
                )
                .await?;
        }
        let series = std::mem::take(&mut self.rows.series);
        if !series.is_empty() {
            let rows = series.iter().map(|((r, year), next)| values![*r, i64::from(*year), *next]).collect();
            self.conn
                .insert_many(
                    "series",
                    &["registry_id", "year", "next_number"],
                    rows,
                    "ON CONFLICT (registry_id, year) DO UPDATE SET next_number = excluded.next_number",
                )
                .await?;
            self.rows.series = series;
        }
        Ok(())
    }

    /// Writes the heads and everything that waits, and commits: durable when it returns.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.flush().await?;
        if !self.changed.is_empty() {
            let heads = std::mem::take(&mut self.heads);
            let rows = heads
                .into_iter()
                .filter(|(registry, _)| self.changed.contains(registry))
                .filter_map(|(registry, (_, head))| {
                    let time = head.time?;
                    Some(values![registry, head.frontier.size(), time, head.frontier.to_bytes()])
                })
                .collect();
            self.conn
                .insert_many(
                    "ledger_head",
                    &["registry_id", "size", "time", "frontier"],
                    rows,
                    "ON CONFLICT (registry_id) DO UPDATE SET size = excluded.size, time = excluded.time, frontier = excluded.frontier",
                )
                .await?;
        }
        Ok(self.conn.commit().await?)
    }

    /// Puts back an entry that the ledger already holds, for a rebuild: the head follows, nothing new is written
    /// to the ledger.
    pub(crate) fn replay_head(&mut self, registry: RegistryId, header: &Header, leaf: [u8; 32]) {
        let (_, head) = self.heads.entry(registry).or_insert_with(|| (Hold::Exclusive, Head::default()));
        head.frontier.append(leaf);
        head.time = Some(Timestamp::from_micros(header.time));
    }
}
