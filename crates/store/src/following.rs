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
    /// Its newest text, with its length.
    pub text: Option<(ObjectId, u64)>,
}

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
            text: None,
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
    for row in conn
        .all(
            "SELECT a.document_id, a.name FROM document d JOIN addressee a ON a.registry_id = d.registry_id AND a.document_id = d.document_id WHERE d.registry_id = $1 AND d.changed BETWEEN $2 AND $3 ORDER BY a.document_id, a.role, a.position",
            within.clone(),
        )
        .await?
    {
        let name = row.text(1)?;
        each(row.id(0)?, &mut |d| d.addressees.push(name.clone()));
    }
    for row in conn
        .all(
            "SELECT r.document_id, r.reference_key FROM document d JOIN document_reference r ON r.registry_id = d.registry_id AND r.document_id = d.document_id WHERE d.registry_id = $1 AND d.changed BETWEEN $2 AND $3 ORDER BY r.document_id, r.position",
            within.clone(),
        )
        .await?
    {
        let key = row.text(1)?;
        each(row.id(0)?, &mut |d| d.reference_keys.push(key.clone()));
    }
    for row in conn
        .all(
            "SELECT v.document_id, r.object_id, r.size FROM document d JOIN version v ON v.registry_id = d.registry_id AND v.document_id = d.document_id JOIN rendition r ON r.registry_id = v.registry_id AND r.version_id = v.version_id AND r.kind = 'text' WHERE d.registry_id = $1 AND d.changed BETWEEN $2 AND $3 ORDER BY v.document_id, v.number",
            within,
        )
        .await?
    {
        let text = (row.id(1)?, row.number(2)?);
        each(row.id(0)?, &mut |d| d.text = Some(text));
    }
    Ok(found)
}
