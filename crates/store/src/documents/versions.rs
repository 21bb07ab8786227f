//! The versions of a document with what was read from them and what is attached to them, and where all of it lies in the vault.
//! For documents that have passed a scope already.

use std::collections::BTreeMap;

use registry::{DocumentId, ObjectId, RegistryId, VersionId, document::ReadingOutcome, id::Digest};

use crate::{
    error::StoreError,
    sql::Conn,
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

/// Where the texts of a document's newest version that has any lie: its own, then those of what is attached to it. For
/// documents that have passed a scope already.
pub async fn text_objects(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Vec<ObjectId>, StoreError> {
    let newest = versions(conn, registry, document).await?;
    Ok(newest.into_iter().map(|version| version.texts()).find(|texts| !texts.is_empty()).unwrap_or_default())
}
