//! What was registered or corrected lately, among what a viewer may read.

use registry::DocumentId;

use crate::{documents::Place, error::StoreError, values, visible::Visible};

/// A document that came or was corrected. The place of the change in the ledger counts what nobody may be told of: it
/// is kept to compare with, and never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub document: DocumentId,
    /// Where in the ledger its last change stands.
    pub at: u64,
    /// True when it has only been registered, false when corrected since.
    pub new: bool,
}

/// Rows that are read at a time.
const STRIDE: i64 = 1_000;

/// The documents of a registry that the viewer may read and that came or were corrected from a place of the ledger on,
/// the last first, at most so many.
pub async fn since(
    conn: &mut crate::sql::Conn,
    place: Place<'_>,
    from: u64,
    limit: usize,
) -> Result<Vec<Visible<Changed>>, StoreError> {
    let mut found = Vec::new();
    let mut before = i64::MAX;
    loop {
        let rows = conn
            .all(
                "SELECT document_id, class_no, changed, sequence FROM document WHERE registry_id = $1 AND changed >= $2 AND changed < $3 ORDER BY changed DESC LIMIT $4",
                values![place.registry, from, before, STRIDE],
            )
            .await?;
        for row in &rows {
            before = row.int(2)?;
            let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
            if place.scope.read.contains(class) {
                let (at, sequence) = (row.number(2)?, row.number(3)?);
                found.push(Visible::new(Changed { document: row.id(0)?, at, new: at == sequence }));
            }
            if found.len() == limit {
                return Ok(found);
            }
        }
        if i64::try_from(rows.len()).unwrap_or(0) < STRIDE {
            return Ok(found);
        }
    }
}
