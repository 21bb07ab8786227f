//! Messages that could not wait, in the register tables: since when each rings, who took note and when.

use registry::{DocumentId, formal::Formal};

use super::At;
use crate::{error::StoreError, transaction::Write, values};

/// A message begins to ring.
pub(super) fn rings(write: &mut Write, at: &At, document: DocumentId) {
    write.rows.insert(
        "document_ring",
        &["registry_id", "document_id", "rung_at"],
        values![at.registry, document, at.time],
    );
}

/// Somebody took note.
pub(super) async fn noted(write: &mut Write, at: &At, document: DocumentId) -> Result<(), StoreError> {
    let changed = write
        .conn()
        .await?
        .execute(
            "UPDATE document_ring SET noted_at = $3, noted_by = $4 WHERE registry_id = $1 AND document_id = $2 AND noted_at IS NULL",
            values![at.registry, document, at.time, at.actor],
        )
        .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::damaged(format!("entry {}: a note of what does not ring", at.sequence)))
    }
}

/// What a message says of its handling was corrected: one that rings by mistake stops, one that should have rung begins.
/// Whoever took note did so of a message that rang: that stands.
pub(super) async fn corrected(
    write: &mut Write,
    at: &At,
    document: DocumentId,
    formal: &Formal,
) -> Result<(), StoreError> {
    let sql = if formal.rings() {
        "INSERT INTO document_ring (registry_id, document_id, rung_at) VALUES ($1, $2, $3) ON CONFLICT (registry_id, document_id) DO NOTHING"
    } else {
        "DELETE FROM document_ring WHERE registry_id = $1 AND document_id = $2 AND noted_at IS NULL AND rung_at <= $3"
    };
    write.conn().await?.execute(sql, values![at.registry, document, at.time]).await?;
    Ok(())
}
