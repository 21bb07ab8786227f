//! The versions of a document with what was read from them and what is attached to them, and where all of it lies in the vault.
//! For documents that have passed a scope already.

use std::collections::{BTreeMap, HashMap};

use registry::{DocumentId, ObjectId, RegistryId, VersionId, document::ReadingOutcome, id::Digest};

use crate::{
    error::StoreError,
    sql::{Conn, among, built},
    values,
    visible::{EnclosureView, VersionView},
};

/// The versions of a document, newest first.
pub(super) async fn versions(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Vec<VersionView>, StoreError> {
    let rows = conn
        .all(
            "SELECT v.version_id, v.number, v.object_id, v.digest, v.size, v.media_type, v.file_name, v.reading, v.added_at, r.object_id, r.size FROM version v LEFT JOIN rendition r ON r.registry_id = v.registry_id AND r.version_id = v.version_id AND r.kind = 'text' WHERE v.registry_id = $1 AND v.document_id = $2 ORDER BY v.number DESC",
            values![registry, document],
        )
        .await?;
    let mut enclosed = enclosures(conn, registry, document).await?;
    rows.iter()
        .map(|row| {
            let id = row.id(0)?;
            Ok(VersionView {
                id,
                number: u32::try_from(row.number(1)?).map_err(StoreError::damaged)?,
                object: row.id(2)?,
                digest: Digest(row.array(3)?),
                size: row.number(4)?,
                media_type: row.text(5)?,
                file_name: row.text(6)?,
                reading: outcome(&row.text(7)?)?,
                added_at: row.time(8)?,
                text: match row.opt_id(9)? {
                    Some(object) => Some((object, row.number(10)?)),
                    None => None,
                },
                enclosures: enclosed.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

fn outcome(text: &str) -> Result<ReadingOutcome, StoreError> {
    ReadingOutcome::ALL
        .into_iter()
        .find(|r| r.as_str() == text)
        .ok_or_else(|| StoreError::damaged(format!("reading {text}")))
}

/// What is attached to the versions of a document.
async fn enclosures(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<BTreeMap<VersionId, Vec<EnclosureView>>, StoreError> {
    let rows = conn
        .all(
            "SELECT e.version_id, e.position, e.object_id, e.digest, e.size, e.media_type, e.file_name, e.reading, e.text_object, e.text_size FROM version v CROSS JOIN enclosure e WHERE e.registry_id = v.registry_id AND e.version_id = v.version_id AND v.registry_id = $1 AND v.document_id = $2 ORDER BY e.version_id, e.position",
            values![registry, document],
        )
        .await?;
    let mut found: BTreeMap<VersionId, Vec<EnclosureView>> = BTreeMap::new();
    for row in rows {
        found.entry(row.id(0)?).or_default().push(EnclosureView {
            position: u32::try_from(row.number(1)?).map_err(StoreError::damaged)?,
            object: row.id(2)?,
            digest: Digest(row.array(3)?),
            size: row.number(4)?,
            media_type: row.text(5)?,
            file_name: row.text(6)?,
            reading: outcome(&row.text(7)?)?,
            text: match row.opt_id(8)? {
                Some(object) => Some((object, row.number(9)?)),
                None => None,
            },
        });
    }
    Ok(found)
}

/// Every sealed object of a document: its versions, what was read from them, what is attached to them.
pub async fn objects(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Vec<ObjectId>, StoreError> {
    let sql = "SELECT v.object_id FROM version v WHERE v.registry_id = $1 AND v.document_id = $2 UNION SELECT r.object_id FROM version v JOIN rendition r ON r.registry_id = v.registry_id AND r.version_id = v.version_id WHERE v.registry_id = $1 AND v.document_id = $2 UNION SELECT e.object_id FROM version v JOIN enclosure e ON e.registry_id = v.registry_id AND e.version_id = v.version_id WHERE v.registry_id = $1 AND v.document_id = $2 UNION SELECT e.text_object FROM version v JOIN enclosure e ON e.registry_id = v.registry_id AND e.version_id = v.version_id WHERE v.registry_id = $1 AND v.document_id = $2 AND e.text_object IS NOT NULL";
    let rows = conn.all(sql, values![registry, document]).await?;
    rows.iter().map(|row| Ok(row.id(0)?)).collect()
}

/// Where the texts of the newest versions that have any lie, of some documents: a document's own, then those of what is
/// attached to it. For documents that have passed a scope already.
pub async fn text_objects(
    conn: &mut Conn,
    registry: RegistryId,
    documents: &[DocumentId],
) -> Result<HashMap<DocumentId, Vec<ObjectId>>, StoreError> {
    // By document, version and place: its own is at none.
    let mut texts: BTreeMap<(DocumentId, u32, i64), ObjectId> = BTreeMap::new();
    for some in documents.chunks(TEXTS) {
        let mut values = values![registry];
        let names = among(&mut values, some.iter().copied());
        let sql = format!(
            "SELECT v.document_id, v.number, 0, r.object_id FROM version v JOIN rendition r ON r.registry_id = v.registry_id AND r.version_id = v.version_id AND r.kind = 'text' WHERE v.registry_id = $1 AND v.document_id IN ({names}) UNION ALL SELECT v.document_id, v.number, e.position, e.text_object FROM version v JOIN enclosure e ON e.registry_id = v.registry_id AND e.version_id = v.version_id WHERE v.registry_id = $1 AND v.document_id IN ({names}) AND e.text_object IS NOT NULL"
        );
        for row in conn.all(built(sql), values).await? {
            let number = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
            texts.insert((row.id(0)?, number, row.int(2)?), row.id(3)?);
        }
    }
    let mut newest: HashMap<DocumentId, (u32, Vec<ObjectId>)> = HashMap::new();
    for ((document, number, _), object) in texts {
        let kept = newest.entry(document).or_default();
        if kept.0 != number {
            *kept = (number, Vec::new());
        }
        kept.1.push(object);
    }
    Ok(newest.into_iter().map(|(document, (_, objects))| (document, objects)).collect())
}

/// Documents asked about at once.
const TEXTS: usize = 128;
