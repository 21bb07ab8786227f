//! What a list shows of documents beside their entries, where its reader asks for such columns: who registered them, to
//! whom they went, where they are filed. Only of documents that he may read.

use std::collections::HashMap;

use registry::{DocumentId, FileId, PersonId};

use crate::{
    documents::Place,
    error::StoreError,
    sql::{Conn, Row, among, built},
    values,
    visible::Visible,
};

/// What is shown of a document beside its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoreView {
    /// Who registered it.
    pub registered_by: PersonId,
    /// To whom it went for action, then for information.
    pub addressees: Vec<String>,
    /// The files that it is in. Which of them the viewer sees, his plan says.
    pub files: Vec<FileId>,
}

/// Documents that are asked for at a time.
const CHUNK: usize = 64;

/// Rows about some documents; the document stands first in each.
async fn rows(
    conn: &mut Conn,
    place: Place<'_>,
    documents: &[DocumentId],
    sql: impl Fn(&str) -> String,
) -> Result<Vec<Row>, StoreError> {
    let mut values = values![place.registry];
    let names = among(&mut values, documents.iter().copied());
    Ok(conn.all(built(sql(&names)), values).await?)
}

/// What a list shows of these documents, of those that the viewer may read.
pub async fn more(
    conn: &mut Conn,
    place: Place<'_>,
    documents: &[DocumentId],
) -> Result<HashMap<DocumentId, Visible<MoreView>>, StoreError> {
    let mut found: HashMap<DocumentId, MoreView> = HashMap::new();
    for chunk in documents.chunks(CHUNK) {
        let own = rows(conn, place, chunk, |names| {
            format!("SELECT document_id, class_no, registered_by FROM document WHERE registry_id = $1 AND document_id IN ({names})")
        })
        .await?;
        for row in own {
            let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
            if place.scope.read.contains(class) {
                let more = MoreView { registered_by: row.id(2)?, addressees: Vec::new(), files: Vec::new() };
                found.insert(row.id(0)?, more);
            }
        }
        let sent = rows(conn, place, chunk, |names| {
            format!("SELECT document_id, name FROM addressee WHERE registry_id = $1 AND document_id IN ({names}) ORDER BY document_id, role, position")
        })
        .await?;
        for row in sent {
            if let Some(more) = found.get_mut(&row.id(0)?) {
                more.addressees.push(row.text(1)?);
            }
        }
        let filed = rows(conn, place, chunk, |names| {
            format!("SELECT document_id, file_id FROM plan_filing WHERE registry_id = $1 AND taken_at IS NULL AND document_id IN ({names}) ORDER BY document_id, sequence, file_id")
        })
        .await?;
        for row in filed {
            if let Some(more) = found.get_mut(&row.id(0)?) {
                more.files.push(row.id(1)?);
            }
        }
    }
    Ok(found.into_iter().map(|(id, more)| (id, Visible::new(more))).collect())
}

/// Files that are asked for at a time.
const FILES: usize = 256;

/// The documents that are in some files of a registry, whoever may see them: to narrow what a scope lets through.
pub async fn filed_in(
    conn: &mut Conn,
    registry: registry::RegistryId,
    files: &[FileId],
) -> Result<Vec<DocumentId>, StoreError> {
    let mut found = Vec::new();
    for chunk in files.chunks(FILES) {
        let mut values = values![registry];
        let names = among(&mut values, chunk.iter().copied());
        let sql = format!(
            "SELECT document_id FROM plan_filing WHERE registry_id = $1 AND taken_at IS NULL AND file_id IN ({names})"
        );
        for row in conn.all(built(sql), values).await? {
            found.push(row.id(0)?);
        }
    }
    Ok(found)
}
