//! The statements that were asked, for the proof that none reads a whole register to find a few rows. Exists under the
//! feature of the planted leaks alone, which only the tests of the binary ask for.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use super::{Conn, SqlError, built};

static ASKED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Keeps a statement.
pub(super) fn keep(sql: &str) {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner).insert(sql.to_owned());
}

/// Tables that grow with every paper or act. Not the ledger's own: who verifies it reads all of it.
const GROWING: &[&str] = &[
    "document",
    "document_history",
    "document_reference",
    "document_relation",
    "document_old",
    "addressee",
    "version",
    "rendition",
    "enclosure",
    "plan_filing",
    "document_ring",
    "intake_dismissed",
    "check_out",
    "disclosure",
    "reproduction",
    "holder_told",
    "control",
    "paper_copy",
    "copy_event",
    "dispatch",
    "receipt",
    "destruction",
    "incident",
    "incident_note",
    "series_number",
    "case_item",
    "case_task",
    "case_party",
    "case_comment",
    "case_history",
    "command_log",
    "opening",
    "tray",
    "scan",
];

/// Of the statements that were asked until now, those that would look through a growing table for what an index could find,
/// with the step that does; and how many statements there were. On SQLite, whose plans are set.
pub async fn reading_all(conn: &mut Conn) -> Result<(usize, Vec<(String, String)>), SqlError> {
    let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut slow = Vec::new();
    // The store of keys is a database of its own.
    let ours = |sql: &&String| {
        !sql.contains("object_key") && !sql.contains("sqlite_schema") && !sql.contains("pragma_")
    };
    let reads = |sql: &&String| sql.starts_with("SELECT") || sql.starts_with("UPDATE");
    for sql in asked.iter().filter(ours).filter(reads) {
        for row in conn.all(built(format!("EXPLAIN QUERY PLAN {sql}")), Vec::new()).await? {
            let step = row.text(3)?;
            let mut words = step.split_whitespace();
            let (how, table) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            // The planner names a table by its alias.
            let grows = GROWING.iter().any(|name| {
                table == *name
                    || sql.contains(&format!("{name} {table} "))
                    || sql.ends_with(&format!("{name} {table}"))
            });
            let through = how == "SCAN" || step.contains("PRIMARY KEY (registry_id=?)");
            if grows && through {
                slow.push((sql.clone(), step));
            }
        }
    }
    Ok((asked.len(), slow))
}
