//! Documents as the register tables hold them, each through a scope: one by its identifier, some by theirs, all that bear a
//! reference. Lists stand beside this.

mod list;
mod row;
mod versions;

use registry::{DocumentId, RegistryId, RegistryScope, Sight};

use crate::{
    classes::{Rules, rule},
    description,
    error::StoreError,
    old,
    planted::{Leak, leaks},
    sql::{Conn, Row, among, built},
    values,
    visible::{DocumentView, EntryView, InsideView, SightMark, Visible},
};

use list::MOST_CLASSES;
pub use list::{Order, list, total};
pub(crate) use list::{limit_of, sequenced, words};
pub(crate) use row::{COLUMNS, date, direction, entry, formal, reference_kind};
use versions::versions;
pub use versions::{objects, text_objects};

/// One registry as a viewer sees it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Which.
    pub registry: RegistryId,
    /// What the viewer may see in it.
    pub scope: &'a RegistryScope,
    /// The rules of its classes.
    pub rules: &'a Rules,
}

impl Place<'_> {
    fn sight(&self, class: u32) -> Sight {
        Sight {
            read: self.scope.read.contains(class),
            subject: self.scope.subject.contains(class),
            handle: self.scope.handle.contains(class),
        }
    }
}

/// A document by its identifier.
pub async fn by_id(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Option<Visible<DocumentView>>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS}, registered_by FROM document WHERE registry_id = $1 AND document_id = $2");
    let row = conn.one(built(sql), values![place.registry, document]).await?;
    let Some(row) = row else { return Ok(None) };
    let Some(entry) = entry(&place, Order::Newest, &row)? else { return Ok(None) };
    let inside = match entry.sight {
        SightMark::Handle => None,
        SightMark::Read => Some(inside(conn, place, document, &row).await?),
    };
    Ok(Some(Visible::new(DocumentView { entry: entry.into_inner(), inside })))
}

/// The entries of several documents at once, in no order: for the hits of a search.
pub async fn by_ids(
    conn: &mut Conn,
    place: Place<'_>,
    documents: &[DocumentId],
) -> Result<Vec<Visible<EntryView>>, StoreError> {
    let mut found = Vec::with_capacity(documents.len());
    for chunk in documents.chunks(64) {
        let mut values = values![place.registry];
        let names = among(&mut values, chunk.iter().copied());
        let sql =
            format!("SELECT {COLUMNS} FROM document WHERE registry_id = $1 AND document_id IN ({names})");
        for row in conn.all(built(sql), values).await? {
            found.extend(entry(&place, Order::Newest, &row)?);
        }
    }
    Ok(found)
}

/// The documents that bear a reference, by whatever way of writing it.
///
/// `key` is what the series make of what was typed.
pub async fn by_reference(
    conn: &mut Conn,
    place: Place<'_>,
    key: &str,
) -> Result<Vec<Visible<EntryView>>, StoreError> {
    let seen = place.scope.seen();
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    // A handler sees the register's own reference only: the others are the reader's. The bound is on what the viewer is
    // answered: neither documents of others nor foreign references of what he only handles push any of his out.
    let handled = &seen - &place.scope.read;
    let mut wanted: Vec<DocumentId> = Vec::new();
    for (classes, own) in [(&place.scope.read, false), (&handled, true)] {
        let classes: Vec<u32> = classes.iter().collect();
        for some in classes.chunks(usize::try_from(MOST_CLASSES).unwrap_or(1)) {
            let mut values = values![place.registry, key];
            let mut narrowed = String::new();
            if own && !leaks(Leak::Bound) {
                narrowed.push_str(" AND r.kind = 'register'");
            }
            if !leaks(Leak::Bound) {
                let numbers = among(&mut values, some.iter().copied());
                narrowed.push_str(&format!(" AND d.class_no IN ({numbers})"));
            }
            let sql = format!(
                "SELECT DISTINCT r.document_id FROM document_reference r JOIN document d ON d.registry_id = r.registry_id AND d.document_id = r.document_id WHERE r.registry_id = $1 AND r.reference_key = $2{narrowed} ORDER BY r.document_id LIMIT 1000"
            );
            for row in conn.all(built(sql), values).await? {
                wanted.push(row.id(0)?);
            }
        }
    }
    let mut found = by_ids(conn, place, &wanted).await?;
    found.sort_by_key(|entry| (std::cmp::Reverse(entry.key.order), entry.document));
    Ok(found)
}

/// Where it stands behind [`COLUMNS`].
const REGISTERED_BY: usize = 18;

async fn inside(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
    row: &Row,
) -> Result<InsideView, StoreError> {
    let registry = place.registry;
    let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
    let (references, action, info) = description::lists(conn, registry, document).await?;
    Ok(InsideView {
        registered_by: row.id(REGISTERED_BY)?,
        references,
        action,
        info,
        versions: versions(conn, registry, document).await?,
        relations: crate::relations::stated(conn, registry, document).await?,
        need_to_know: rule(place.rules, class).map(|r| r.need_to_know.clone()).unwrap_or_default(),
        old: old::of(conn, registry, document).await?,
    })
}
