//! What a register of old said of a document, in the register tables.

use registry::{DocumentId, old::OldEntry};

use super::At;
use crate::{error::StoreError, transaction::Write, values};

/// Keeps it beside the document.
pub(super) fn kept(
    write: &mut Write,
    at: &At,
    document: DocumentId,
    old: &OldEntry,
) -> Result<(), StoreError> {
    let entry = serde_json::to_string(old).map_err(StoreError::damaged)?;
    write.rows.insert(
        "document_old",
        &["registry_id", "document_id", "source", "entry"],
        values![at.registry, document, old.source.0, entry],
    );
    write.rows.contents.insert((at.registry, old.source), document);
    Ok(())
}
