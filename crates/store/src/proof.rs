//! Proofs over the tables: checkpoints made, ledgers verified, exported, and the register rebuilt and compared.

use std::{cmp::Ordering, io, path::Path};

use futures::TryStreamExt;
use ledger::{
    Body, Checkpoint, ExportWriter, Frontier, Header, LedgerReport, Mode, Note, SigningKey, Verifier,
    VerifierKey,
};
use registry::{Entry, RegistryId, Timestamp};

use crate::{
    error::StoreError,
    sql::{Conn, Database, DatabaseUrl, Row, Value, built},
    tables::{Kind, SCHEMA, TABLES},
    transaction::Write,
    values,
};

/// Every ledger of the installation with its size, the house first.
pub async fn ledgers(conn: &mut Conn) -> Result<Vec<(RegistryId, u64, Timestamp)>, StoreError> {
    // A head without an entry was held by a command that was refused.
    let rows = conn.all("SELECT registry_id, size, time FROM ledger_head WHERE size > 0", Vec::new()).await?;
    let mut all: Vec<(RegistryId, u64, Timestamp)> = rows
        .iter()
        .map(|row| Ok((row.id(0)?, row.number(1)?, row.time(2)?)))
        .collect::<Result<_, StoreError>>()?;
    all.sort_by_key(|(id, _, _)| (*id != registry::HOUSE, *id));
    Ok(all)
}

/// The newest checkpoint of a ledger, as it is signed.
pub async fn newest_checkpoint(conn: &mut Conn, registry: RegistryId) -> Result<Option<String>, StoreError> {
    let row = conn
        .one(
            "SELECT note FROM checkpoint WHERE registry_id = $1 ORDER BY size DESC LIMIT 1",
            values![registry],
        )
        .await?;
    row.map(|row| Ok(row.text(0)?)).transpose()
}

/// The name under which a ledger's checkpoints are signed.
pub fn origin(installation: &str, registry: RegistryId) -> String {
    format!("{installation}/{registry}")
}

/// Signs the head of a ledger as it stands and keeps the checkpoint.
pub async fn checkpoint(
    write: &mut Write,
    registry: RegistryId,
    installation: &str,
    key: &SigningKey,
) -> Result<Note, StoreError> {
    let head = write.lock_head(registry, crate::sql::Hold::Exclusive).await?.clone();
    let size = head.frontier.size();
    let known = write
        .conn()
        .await?
        .one("SELECT note FROM checkpoint WHERE registry_id = $1 AND size = $2", values![registry, size])
        .await?;
    if let Some(row) = known {
        return Note::parse(&row.text(0)?).map_err(StoreError::damaged);
    }
    let note = Checkpoint {
        origin: origin(installation, registry),
        size,
        root: head.frontier.root(),
        time: head.time.map(Timestamp::micros),
        extensions: Vec::new(),
    }
    .sign(key)
    .map_err(StoreError::damaged)?;
    write
        .conn()
        .await?
        .execute(
            "INSERT INTO checkpoint (registry_id, size, note) VALUES ($1, $2, $3)",
            values![registry, size, note.to_string()],
        )
        .await?;
    Ok(note)
}

/// Verifies a ledger from the tables: every header, commitment and leaf, the tree, the head, every checkpoint
/// that is kept here or was kept `elsewhere`, and the rule that nobody confirms alone.
pub async fn verify(
    conn: &mut Conn,
    registry: RegistryId,
    installation: &str,
    keys: &[VerifierKey],
    elsewhere: &[Checkpoint],
) -> Result<(LedgerReport, Vec<String>), StoreError> {
    let mut held = elsewhere.to_vec();
    let mut faults = Vec::new();
    for row in conn
        .all("SELECT note FROM checkpoint WHERE registry_id = $1 ORDER BY size", values![registry])
        .await?
    {
        match Note::parse(&row.text(0)?)
            .map_err(|e| e.to_string())
            .and_then(|n| n.verify(keys).map_err(|e| e.to_string()))
        {
            Ok(checkpoint) => held.push(checkpoint),
            Err(why) => faults.push(format!("a checkpoint of ledger {registry}: {why}")),
        }
    }
    let head = conn
        .one("SELECT size, frontier FROM ledger_head WHERE registry_id = $1", values![registry])
        .await?
        .ok_or_else(|| StoreError::damaged(format!("ledger {registry} has no head")))?;
    let expected = match Frontier::from_bytes(&head.bytes(1)?) {
        Ok(frontier) => Checkpoint {
            origin: origin(installation, registry),
            size: head.number(0)?,
            root: frontier.root(),
            time: None,
            extensions: Vec::new(),
        },
        Err(e) => return Err(StoreError::damaged(format!("head of ledger {registry}: {e}"))),
    };
    let mut audit = registry::audit::Audit::default();
    let mut rule = |header: &ledger::HeaderView<'_>, payload: Option<&[u8]>| audit.entry(header, payload);
    let mut verifier = Verifier::new(*registry.bytes(), &origin(installation, registry))
        .with_rule(&mut rule)
        .with_held(&held);
    let mut stream = conn.stream(
        "SELECT header, leaf, salt, payload FROM ledger_entry WHERE registry_id = $1 ORDER BY sequence",
        values![registry],
    );
    while let Some(row) = stream.try_next().await? {
        let header = row.bytes(0)?;
        let leaf: [u8; 32] = row.array(1)?;
        match (row.opt_bytes(2)?, row.opt_bytes(3)?) {
            (Some(salt), Some(payload)) => match <[u8; 32]>::try_from(salt.as_slice()) {
                Ok(salt) => {
                    verifier.push(&header, Body::Payload { salt: &salt, payload: &payload }, Some(&leaf))
                }
                Err(_) => faults.push(format!("ledger {registry}: a salt of the wrong length")),
            },
            _ => verifier.push(&header, Body::Erased, Some(&leaf)),
        }
    }
    drop(stream);
    let (report, findings) = verifier.finish(&expected);
    faults.extend(findings.listed().iter().map(ToString::to_string));
    Ok((report, faults))
}

/// Writes every ledger with a fresh checkpoint to an export.
pub async fn export<W: io::Write>(
    database: &Database,
    installation: &str,
    key: &SigningKey,
    mode: Mode,
    output: W,
) -> Result<u64, StoreError> {
    let mut write = Write::begin(database).await?;
    let ledgers = ledgers(write.conn().await?).await?;
    let mut notes = Vec::new();
    for (registry, _, _) in &ledgers {
        notes.push((*registry, checkpoint(&mut write, *registry, installation, key).await?));
    }
    write.commit().await?;
    let mut out = ExportWriter::new(output, mode).map_err(StoreError::damaged)?;
    let mut conn = database.begin_read().await?;
    let mut written = 0;
    for (registry, note) in notes {
        // Entries after the checkpoint belong to the next export.
        let size = note.unverified_text().lines().nth(1).and_then(|l| l.parse::<u64>().ok()).unwrap_or(0);
        let mut section =
            out.ledger(*registry.bytes(), &origin(installation, registry)).map_err(StoreError::damaged)?;
        let mut stream = conn.stream(
            "SELECT header, salt, payload FROM ledger_entry WHERE registry_id = $1 AND sequence < $2 ORDER BY sequence",
            values![registry, size],
        );
        while let Some(row) = stream.try_next().await? {
            let header = row.bytes(0)?;
            let (salt, payload) = (row.opt_bytes(1)?, row.opt_bytes(2)?);
            let body = match (mode, &salt, &payload) {
                (Mode::Proof, ..) => Body::HeaderOnly,
                (Mode::Full, Some(salt), Some(payload)) => {
                    let salt = salt.as_slice().try_into().map_err(StoreError::damaged)?;
                    Body::Payload { salt, payload }
                }
                (Mode::Full, ..) => Body::Erased,
            };
            section.entry(&header, body).map_err(StoreError::damaged)?;
            written += 1;
        }
        drop(stream);
        section.end(&note).map_err(StoreError::damaged)?;
    }
    out.close().map_err(StoreError::damaged)?.flush().map_err(|e| StoreError::file("export", e))?;
    Ok(written)
}

/// How many entries a rebuild applies in one transaction.
const REBUILD_BATCH: u64 = 5_000;

/// Applies every entry of the ledgers to register tables that are empty.
///
/// The house comes first: what registries decided upon it is in their entries, not in its tables.
async fn replay(reader: &mut Conn, to: &Database) -> Result<u64, StoreError> {
    let mut applied = 0;
    for (registry, size, _) in ledgers(reader).await? {
        let mut next = 0;
        while next < size {
            let mut write = Write::begin(to).await?;
            let rows = reader
                .all(
                    "SELECT header, leaf, payload FROM ledger_entry WHERE registry_id = $1 AND sequence >= $2 AND sequence < $3 ORDER BY sequence",
                    values![registry, next, next + REBUILD_BATCH],
                )
                .await?;
            if rows.is_empty() {
                return Err(StoreError::damaged(format!("ledger {registry} ends at entry {next} of {size}")));
            }
            for row in rows {
                let header = Header::from_bytes(&row.bytes(0)?)
                    .map_err(|e| StoreError::damaged(format!("ledger {registry} entry {next}: {e}")))?;
                if let Some(payload) = row.opt_bytes(2)? {
                    let entry = Entry::decode(&header.kind, header.version, &payload)
                        .map_err(|e| StoreError::damaged(format!("ledger {registry} entry {next}: {e}")))?;
                    crate::apply::apply(&mut write, &header, &entry).await?;
                }
                write.replay_head(registry, &header, row.array(1)?);
                next += 1;
                applied += 1;
            }
            write.commit().await?;
        }
    }
    Ok(applied)
}

/// Rebuilds the register in a scratch place and compares it with the live one, row for row. Returns how many
/// entries were applied and what differs, at most a hundred differences.
pub async fn compare(
    live: &Database,
    url: &DatabaseUrl,
    scratch: &Path,
) -> Result<(u64, Vec<String>), StoreError> {
    let place = live.scratch(url, scratch).await?;
    let other = Database::open(&place).await?;
    let compared = compare_with(live, &other).await;
    other.close().await;
    live.remove_scratch(scratch).await?;
    compared
}

async fn compare_with(live: &Database, other: &Database) -> Result<(u64, Vec<String>), StoreError> {
    other.create(SCHEMA).await?;
    // Ledger and tables are read in one state: what is registered meanwhile is in neither.
    let mut left = live.begin_read().await?;
    let applied = replay(&mut left, other).await?;
    let mut right = other.begin_read().await?;
    let mut differences = Vec::new();
    for table in TABLES.iter().filter(|t| t.kind == Kind::Register) {
        compare_table(&mut left, &mut right, table.name, table.key, &mut differences).await?;
    }
    Ok((applied, differences))
}

/// Throws the register tables away and makes them anew from the ledgers, in one transaction for each table and
/// batch; the folder must have no other owner.
pub async fn rebuild(live: &Database) -> Result<u64, StoreError> {
    let mut conn = live.begin_write().await?;
    for table in TABLES.iter().filter(|t| t.kind == Kind::Register) {
        conn.execute(built(format!("DELETE FROM {}", table.name)), Vec::new()).await?;
    }
    conn.commit().await?;
    replay(&mut live.begin_read().await?, live).await
}

/// Goes through both states of a table in the order of its key, which is one order on both engines (numbers, and bytes
/// of texts and identifiers), so that a row too many or too few hides nothing that comes after it.
async fn compare_table(
    left: &mut Conn,
    right: &mut Conn,
    table: &str,
    key: &str,
    differences: &mut Vec<String>,
) -> Result<(), StoreError> {
    let columns: Vec<String> = left.columns(table).await?.into_iter().map(|(name, _)| name).collect();
    let key_at: Vec<usize> =
        key.split(", ").filter_map(|name| columns.iter().position(|column| column == name)).collect();
    let sql = format!("SELECT {} FROM {table} ORDER BY {key}", columns.join(", "));
    let mut ours = left.stream(built(sql.clone()), Vec::new());
    let mut theirs = right.stream(built(sql), Vec::new());
    let (mut live, mut rebuilt) = (ours.try_next().await?, theirs.try_next().await?);
    let (mut live_row, mut rebuilt_row) = (0_u64, 0_u64);
    loop {
        let a = row_values(live.as_ref(), columns.len())?;
        let b = row_values(rebuilt.as_ref(), columns.len())?;
        let order = match (&a, &b) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => by_key(a, b, &key_at),
        };
        let found = match (order, &a, &b) {
            (Ordering::Less, ..) => {
                Some(format!("{table}: row {live_row} is in the tables and not in the ledger"))
            }
            (Ordering::Greater, ..) => {
                Some(format!("{table}: row {rebuilt_row} is in the ledger and not in the tables"))
            }
            (Ordering::Equal, Some(a), Some(b)) if a != b => {
                Some(format!("{table}: row {live_row} differs in {}", differing(&columns, a, b)))
            }
            _ => None,
        };
        differences.extend(found.filter(|_| differences.len() < MOST_DIFFERENCES));
        if order != Ordering::Greater {
            live = ours.try_next().await?;
            live_row += 1;
        }
        if order != Ordering::Less {
            rebuilt = theirs.try_next().await?;
            rebuilt_row += 1;
        }
    }
}

/// Differences that are told of one comparison.
const MOST_DIFFERENCES: usize = 100;

fn row_values(row: Option<&Row>, columns: usize) -> Result<Option<Vec<Value>>, StoreError> {
    row.map(|row| (0..columns).map(|c| Ok(row.any(c)?)).collect()).transpose()
}

fn by_key(a: &[Value], b: &[Value], key_at: &[usize]) -> Ordering {
    key_at
        .iter()
        .map(|column| match (a.get(*column), b.get(*column)) {
            (Some(Value::Int(a)), Some(Value::Int(b))) => a.cmp(b),
            (Some(Value::Text(a)), Some(Value::Text(b))) => a.cmp(b),
            (Some(Value::Bytes(a)), Some(Value::Bytes(b))) => a.cmp(b),
            // A key is never absent, and a column has one type in both states.
            _ => Ordering::Equal,
        })
        .find(|order| *order != Ordering::Equal)
        .unwrap_or(Ordering::Equal)
}

fn differing(columns: &[String], live: &[Value], rebuilt: &[Value]) -> String {
    let names: Vec<&str> = columns
        .iter()
        .zip(live.iter().zip(rebuilt))
        .filter(|(_, (a, b))| a != b)
        .map(|(column, _)| column.as_str())
        .collect();
    names.join(", ")
}

/// The rows of each register table, for showing that none is without an example.
pub async fn row_counts(conn: &mut Conn) -> Result<Vec<(&'static str, u64)>, StoreError> {
    let mut counts = Vec::new();
    for table in TABLES.iter().filter(|t| t.kind == Kind::Register) {
        let row = conn.one(built(format!("SELECT COUNT(*) FROM {}", table.name)), Vec::new()).await?;
        counts.push((table.name, row.map_or(Ok(0), |r| r.number(0))?));
    }
    Ok(counts)
}

/// The kinds of entry that stand in a ledger, for showing that none is without an example.
pub async fn kinds(conn: &mut Conn) -> Result<std::collections::BTreeMap<(String, u16), u64>, StoreError> {
    let mut kinds = std::collections::BTreeMap::new();
    let mut stream = conn.stream("SELECT header FROM ledger_entry", Vec::new());
    while let Some(row) = stream.try_next().await? {
        let header = Header::from_bytes(&row.bytes(0)?).map_err(StoreError::damaged)?;
        *kinds.entry((header.kind, header.version)).or_default() += 1;
    }
    Ok(kinds)
}

/// Every object that the register names, with its digest and length.
pub async fn objects(
    conn: &mut Conn,
) -> Result<Vec<(RegistryId, registry::ObjectId, [u8; 32], u64)>, StoreError> {
    // A text that is its content byte for byte lies in one object with it: once is enough.
    let sql = "SELECT registry_id, object_id, digest, size FROM version UNION SELECT registry_id, object_id, digest, size FROM rendition UNION SELECT registry_id, object_id, digest, size FROM enclosure UNION SELECT registry_id, text_object, text_digest, text_size FROM enclosure WHERE text_object IS NOT NULL UNION SELECT registry_id, scan_object, scan_digest, scan_size FROM receipt WHERE scan_digest IS NOT NULL";
    let rows = conn.all(sql, Vec::new()).await?;
    rows.iter().map(|row| Ok((row.id(0)?, row.id(1)?, row.array(2)?, row.number(3)?))).collect()
}
