//! Messages that ring: those of which nobody who may act has taken note. Each through a scope.

use registry::{DocumentId, PersonId, RegistryId, Timestamp, formal::RingNeeds};

use crate::{
    description,
    documents::{self, Place},
    error::StoreError,
    sql::Conn,
    values,
    visible::{EntryView, Visible},
};

/// Most that ring at once on one desk; they are the oldest.
const MOST: i64 = 200;

/// What a decision on taking note must know.
pub(crate) async fn needs(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<RingNeeds, StoreError> {
    let access = description::of(conn, registry, document).await?.map(|(now, _)| now.access);
    let rings = conn
        .one(
            "SELECT 1 FROM document_ring WHERE registry_id = $1 AND document_id = $2 AND noted_at IS NULL",
            values![registry, document],
        )
        .await?
        .is_some();
    Ok(RingNeeds { access, rings })
}

/// What rings in a registry and may be read by the viewer, what has rung longest first.
pub async fn ringing(
    conn: &mut Conn,
    place: Place<'_>,
) -> Result<Vec<(Visible<EntryView>, Timestamp)>, StoreError> {
    let rows = conn
        .all(
            "SELECT r.document_id, r.rung_at, d.class_no FROM document_ring r JOIN document d ON d.registry_id = r.registry_id AND d.document_id = r.document_id WHERE r.registry_id = $1 AND r.noted_at IS NULL ORDER BY r.rung_at, r.document_id",
            values![place.registry],
        )
        .await?;
    let mut found: Vec<(DocumentId, Timestamp)> = Vec::new();
    for row in rows {
        let class = u32::try_from(row.number(2)?).map_err(StoreError::damaged)?;
        // Counted after the scope, so that what is not shown takes no place from what is.
        if place.scope.read.contains(class) && found.len() < usize::try_from(MOST).unwrap_or(200) {
            found.push((row.id(0)?, row.time(1)?));
        }
    }
    let ids: Vec<DocumentId> = found.iter().map(|(id, _)| *id).collect();
    let mut all = Vec::new();
    for entry in documents::by_ids(conn, place, &ids).await? {
        if let Some((_, at)) = found.iter().find(|(id, _)| *id == entry.document) {
            all.push((entry, *at));
        }
    }
    all.sort_by_key(|(entry, at)| (*at, entry.document));
    Ok(all)
}

/// Since when a document that the viewer may read rings or rang, and who took note when. None: it never rang.
pub async fn of(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Option<Visible<Rung>>, StoreError> {
    let row = conn
        .one(
            "SELECT r.rung_at, r.noted_at, r.noted_by, d.class_no FROM document_ring r JOIN document d ON d.registry_id = r.registry_id AND d.document_id = r.document_id WHERE r.registry_id = $1 AND r.document_id = $2",
            values![place.registry, document],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let class = u32::try_from(row.number(3)?).map_err(StoreError::damaged)?;
    if !place.scope.read.contains(class) {
        return Ok(None);
    }
    let noted = row.opt_time(1)?.zip(row.opt_id(2)?);
    Ok(Some(Visible::new(Rung { at: row.time(0)?, noted })))
}

/// How it stands with a message that rang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    /// Since when.
    pub at: Timestamp,
    /// When note was taken, and by whom.
    pub noted: Option<(Timestamp, PersonId)>,
}
