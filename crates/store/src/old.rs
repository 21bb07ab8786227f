//! What registers of old said of documents, on its way out.

use std::collections::HashMap;

use registry::{DocumentId, RegistryId, id::Digest, old::OldEntry};

use crate::{
    documents::{self, Place},
    error::StoreError,
    sql::{Conn, among, built},
    values,
    visible::{EntryView, Visible},
};

/// What a register of old said of a document, for whoever reads the document; it has passed no scope.
pub(crate) async fn of(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Option<OldEntry>, StoreError> {
    let row = conn
        .one(
            "SELECT entry FROM document_old WHERE registry_id = $1 AND document_id = $2",
            values![registry, document],
        )
        .await?;
    row.map(|row| serde_json::from_str(&row.text(0)?).map_err(StoreError::damaged)).transpose()
}

/// The entries that were taken over from these rows of old registers, as far as the viewer sees them.
pub async fn taken_over(
    conn: &mut Conn,
    place: Place<'_>,
    sources: &[Digest],
) -> Result<HashMap<Digest, Visible<EntryView>>, StoreError> {
    let mut of: HashMap<DocumentId, Digest> = HashMap::new();
    for chunk in sources.chunks(256) {
        let mut values = values![place.registry];
        let names = among(&mut values, chunk.iter().map(|source| source.0));
        let sql = format!(
            "SELECT document_id, source FROM document_old WHERE registry_id = $1 AND source IN ({names})"
        );
        for row in conn.all(built(sql), values).await? {
            of.insert(row.id(0)?, Digest(row.array(1)?));
        }
    }
    let documents: Vec<DocumentId> = of.keys().copied().collect();
    let mut found: HashMap<Digest, Visible<EntryView>> = HashMap::new();
    for entry in documents::by_ids(conn, place, &documents).await? {
        let Some(source) = of.get(&entry.document) else { continue };
        // Of several the first: that is the one of which everybody who saw it before was told.
        let first = found.get(source).is_none_or(|known| entry.registered_at < known.registered_at);
        if first {
            found.insert(*source, entry);
        }
    }
    Ok(found)
}
