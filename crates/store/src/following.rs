//! What the followers of the ledger read: documents in the order of their last entries, without a scope, for the index and
//! for nothing that anyone is shown.

use registry::{DocumentId, ObjectId, RegistryId};

use crate::{error::StoreError, sql::Conn, values};

/// A document as the index wants to know it, its text still sealed.
#[derive(Debug, Clone)]
pub struct Following {
    /// Which.
    pub document: DocumentId,
    /// Its access class.
    pub class: u32,
    /// Where the entry stands that changed it last.
    pub changed: u64,
    /// Its civil date.
    pub day: Option<jiff::civil::Date>,
    /// Two letters.
    pub language: String,
    /// The subject line.
    pub subject: String,
    /// Who wrote it.
    pub originator: Option<String>,
    /// Its kind.
    pub kind: String,
    /// Action and information addressees.
    pub addressees: Vec<String>,
    /// The keys of its references.
    pub reference_keys: Vec<String>,
    /// The texts of its newest version that has any: its own, then those of what is attached to it.
    pub texts: Vec<ObjectId>,
}

// A CROSS JOIN is one like any other, but SQLite keeps the order in which it is written: the documents of the part
// first. Left to itself it walks the whole other table, in the order that is asked for, once for every part.
const ADDRESSEES: &str = "SELECT a.document_id, a.name FROM document d CROSS JOIN addressee a WHERE a.registry_id = d.registry_id AND a.document_id = d.document_id AND d.registry_id = $1 AND d.changed BETWEEN $2 AND $3 ORDER BY a.document_id, a.role, a.position";
const REFERENCES: &str = "SELECT r.document_id, r.reference_key FROM document d CROSS JOIN document_reference r WHERE r.registry_id = d.registry_id AND r.document_id = d.document_id AND d.registry_id = $1 AND d.changed BETWEEN $2 AND $3 ORDER BY r.document_id, r.position";
const TEXTS: &str = "SELECT v.document_id, r.object_id, v.number FROM document d CROSS JOIN version v CROSS JOIN rendition r WHERE v.registry_id = d.registry_id AND v.document_id = d.document_id AND r.registry_id = v.registry_id AND r.version_id = v.version_id AND r.kind = 'text' AND d.registry_id = $1 AND d.changed BETWEEN $2 AND $3 ORDER BY v.document_id, v.number";
const ENCLOSED: &str = "SELECT v.document_id, e.text_object, v.number FROM document d CROSS JOIN version v CROSS JOIN enclosure e WHERE v.registry_id = d.registry_id AND v.document_id = d.document_id AND e.registry_id = v.registry_id AND e.version_id = v.version_id AND e.text_object IS NOT NULL AND d.registry_id = $1 AND d.changed BETWEEN $2 AND $3 ORDER BY v.document_id, v.number, e.position";

/// One document, as [`from`] gives it.
pub async fn one(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Option<Following>, StoreError> {
    let row = conn
        .one(
            "SELECT changed FROM document WHERE registry_id = $1 AND document_id = $2",
            values![registry, document],
        )
        .await?;
    // Several may have changed with one entry.
    let Some(changed) = row.map(|row| row.number(0)).transpose()? else { return Ok(None) };
    let near = from(conn, registry, changed, NEAR).await?;
    Ok(near.into_iter().find(|found| found.document == document))
}

/// Most documents that one entry changes.
const NEAR: u32 = 1_000;

/// Documents that were registered or changed from a sequence on, each once, at its last change, at most `limit`.
pub async fn from(
    conn: &mut Conn,
    registry: RegistryId,
    sequence: u64,
    limit: u32,
) -> Result<Vec<Following>, StoreError> {
    let rows = conn
        .all(
            "SELECT document_id, class_no, changed, date_civil, language, subject, originator, kind FROM document WHERE registry_id = $1 AND changed >= $2 ORDER BY changed LIMIT $3",
            values![registry, sequence, limit],
        )
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(Following {
            document: row.id(0)?,
            class: u32::try_from(row.number(1)?).map_err(StoreError::damaged)?,
            changed: row.number(2)?,
            day: row.opt_text(3)?.map(|d| d.parse()).transpose().map_err(StoreError::damaged)?,
            language: row.text(4)?,
            subject: row.text(5)?,
            originator: row.opt_text(6)?,
            kind: row.text(7)?,
            addressees: Vec::new(),
            reference_keys: Vec::new(),
            texts: Vec::new(),
        });
    }
    let (Some(first), Some(last)) = (found.first().map(|d| d.changed), found.last().map(|d| d.changed))
    else {
        return Ok(found);
    };
    let places: std::collections::HashMap<DocumentId, usize> =
        found.iter().enumerate().map(|(n, d)| (d.document, n)).collect();
    let within = values![registry, first, last];
    let mut each = |document: DocumentId, change: &mut dyn FnMut(&mut Following)| {
        if let Some(found) = places.get(&document).and_then(|n| found.get_mut(*n)) {
            change(found);
        }
    };
    for row in conn.all(ADDRESSEES, within.clone()).await? {
        let name = row.text(1)?;
        each(row.id(0)?, &mut |d| d.addressees.push(name.clone()));
    }
    for row in conn.all(REFERENCES, within.clone()).await? {
        let key = row.text(1)?;
        each(row.id(0)?, &mut |d| d.reference_keys.push(key.clone()));
    }
    // A text of an older version gives way to any of a newer one, the own before those of what is attached.
    let mut newest: std::collections::HashMap<DocumentId, u64> = std::collections::HashMap::new();
    let mut texts = conn.all(TEXTS, within.clone()).await?;
    texts.extend(conn.all(ENCLOSED, within).await?);
    for row in texts {
        let (document, object, number): (DocumentId, ObjectId, u64) =
            (row.id(0)?, row.id(1)?, row.number(2)?);
        let before = newest.get(&document).copied().unwrap_or(0);
        if number < before {
            continue;
        }
        newest.insert(document, number);
        each(document, &mut |d| {
            if number > before {
                d.texts.clear();
            }
            d.texts.push(object);
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        load,
        sql::{Database, DatabaseUrl},
        tables::SCHEMA,
    };

    /// What runs once a document must not grow with the register: each step looks up more than its registry.
    #[tokio::test]
    async fn no_statement_of_an_import_walks_a_whole_registry() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&DatabaseUrl::Sqlite(folder.path().join("t.db"))).await.unwrap();
        database.create(SCHEMA).await.unwrap();
        let mut conn = database.begin_read().await.unwrap();
        for sql in [ADDRESSEES, REFERENCES, TEXTS, ENCLOSED, load::SAME_CONTENT, load::ITS_RULE] {
            let plan =
                conn.all(crate::sql::built(format!("EXPLAIN QUERY PLAN {sql}")), Vec::new()).await.unwrap();
            assert!(!plan.is_empty(), "{sql}");
            for row in plan {
                let step = row.text(3).unwrap();
                assert!(!step.contains("SCAN") && !step.contains("(registry_id=?)"), "{step}\n{sql}");
            }
        }
    }
}
