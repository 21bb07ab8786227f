//! What papers are to each other, through a scope: the family of a reference, stated relations in both directions, and
//! who bears which reference. A paper that the viewer may not read is in none of it.

use registry::{
    DocumentId,
    reference::Reference,
    relation::{RelationKind, Stated},
    series::Recognised,
};

use crate::{
    documents::{self, Place},
    error::StoreError,
    sql::{Conn, Row, among, built},
    values,
    visible::{EntryView, Visible},
};

/// Most papers of one answer: a family or a list of those that point at one paper is short.
const MOST: usize = 500;
/// Most keys in one statement.
const KEYS: usize = 256;

/// What a row says a series made of a reference: key, family, series, counter, number.
pub(crate) fn recognised(row: &Row, first: usize) -> Result<Option<Box<Recognised>>, StoreError> {
    let Some(series) = row.opt_text(first + 2)? else { return Ok(None) };
    let counter = row.opt_text(first + 3)?.unwrap_or_default();
    Ok(Some(Box::new(Recognised {
        key: row.text(first)?,
        family: row.text(first + 1)?,
        series,
        counter: serde_json::from_str(&counter).map_err(StoreError::damaged)?,
        number: row.number(first + 4)?,
    })))
}

/// A paper with the reference for which it was found.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The reference, as written on it.
    pub reference: String,
    /// Its key.
    pub key: String,
    /// The paper.
    pub entry: Visible<EntryView>,
}

/// A paper that stated what it is to another.
#[derive(Debug, Clone)]
pub struct Stater {
    /// What it said it is.
    pub kind: RelationKind,
    /// The paper.
    pub entry: Visible<EntryView>,
}

/// Which column of references is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The very reference.
    Key,
    /// The family that a paper shares with its revisions and corrigenda.
    Family,
}

/// The papers, readable by the viewer, that bear one of some references or are of one of some families.
pub async fn bearers(
    conn: &mut Conn,
    place: Place<'_>,
    by: By,
    keys: &[String],
) -> Result<Vec<Bearer>, StoreError> {
    let column = match by {
        By::Key => "reference_key",
        By::Family => "family_key",
    };
    let mut found: Vec<(DocumentId, String, String)> = Vec::new();
    for some in keys.chunks(KEYS) {
        let mut values = values![place.registry];
        let names = among(&mut values, some.iter());
        let sql = format!(
            "SELECT r.document_id, d.class_no, r.reference, r.reference_key FROM document_reference r JOIN document d ON d.registry_id = r.registry_id AND d.document_id = r.document_id WHERE r.registry_id = $1 AND r.{column} IN ({names}) ORDER BY r.document_id, r.position"
        );
        for row in conn.all(built(sql), values).await? {
            if place.scope.read.contains(u32::try_from(row.number(1)?).map_err(StoreError::damaged)?) {
                found.push((row.id(0)?, row.text(2)?, row.text(3)?));
            }
        }
    }
    found.truncate(MOST);
    let entries = entries(conn, place, found.iter().map(|(document, ..)| *document)).await?;
    Ok(found
        .into_iter()
        .filter_map(|(document, reference, key)| {
            Some(Bearer { reference, key, entry: entries.get(&document)?.clone() })
        })
        .collect())
}

/// The papers, readable by the viewer, that state to be something to one of some references.
pub async fn staters(conn: &mut Conn, place: Place<'_>, keys: &[String]) -> Result<Vec<Stater>, StoreError> {
    let mut found: Vec<(DocumentId, RelationKind)> = Vec::new();
    for some in keys.chunks(KEYS) {
        let mut values = values![place.registry];
        let names = among(&mut values, some.iter());
        let sql = format!(
            "SELECT r.document_id, d.class_no, r.kind FROM document_relation r JOIN document d ON d.registry_id = r.registry_id AND d.document_id = r.document_id WHERE r.registry_id = $1 AND r.reference_key IN ({names}) ORDER BY r.document_id, r.position"
        );
        for row in conn.all(built(sql), values).await? {
            if place.scope.read.contains(u32::try_from(row.number(1)?).map_err(StoreError::damaged)?) {
                found.push((row.id(0)?, kind(&row.text(2)?)?));
            }
        }
    }
    found.truncate(MOST);
    let entries = entries(conn, place, found.iter().map(|(document, _)| *document)).await?;
    Ok(found
        .into_iter()
        .filter_map(|(document, kind)| Some(Stater { kind, entry: entries.get(&document)?.clone() }))
        .collect())
}

async fn entries(
    conn: &mut Conn,
    place: Place<'_>,
    documents: impl Iterator<Item = DocumentId>,
) -> Result<std::collections::HashMap<DocumentId, Visible<EntryView>>, StoreError> {
    let mut wanted: Vec<DocumentId> = documents.collect();
    wanted.sort();
    wanted.dedup();
    let found = documents::by_ids(conn, place, &wanted).await?;
    Ok(found.into_iter().map(|entry| (entry.document, entry)).collect())
}

/// What a document states of itself; it has passed no scope.
pub(crate) async fn stated(
    conn: &mut Conn,
    registry: registry::RegistryId,
    document: DocumentId,
) -> Result<Vec<Stated>, StoreError> {
    let rows = conn
        .all(
            "SELECT kind, reference, reference_key, family_key, of_series, of_counter, of_number FROM document_relation WHERE registry_id = $1 AND document_id = $2 ORDER BY position",
            values![registry, document],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(Stated { kind: kind(&row.text(0)?)?, text: row.text(1)?, read: recognised(row, 2)? }))
        .collect()
}

fn kind(word: &str) -> Result<RelationKind, StoreError> {
    RelationKind::named(word).ok_or_else(|| StoreError::damaged(format!("relation {word}")))
}

/// The references that a document bears, the register's own first; for documents that have passed a scope already.
pub async fn borne_by(
    conn: &mut Conn,
    registry: registry::RegistryId,
    document: DocumentId,
) -> Result<Vec<Reference>, StoreError> {
    let rows = conn
        .all(
            "SELECT kind, reference, reference_key, family_key, of_series, of_counter, of_number FROM document_reference WHERE registry_id = $1 AND document_id = $2 ORDER BY position",
            values![registry, document],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Reference {
                kind: documents::reference_kind(&row.text(0)?),
                text: row.text(1)?,
                read: recognised(row, 2)?,
            })
        })
        .collect()
}
