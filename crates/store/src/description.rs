//! What the register says of a document, whole, and what it said before it was corrected.

use registry::{
    AccessRule, DocumentId, PersonId, RegistryId, Timestamp,
    correction::{CorrectNeeds, Description, Details},
    reference::{Reference, ReferenceKind},
};

use crate::{
    classes::rule,
    documents::{self, Place},
    error::StoreError,
    handling, relations,
    sql::{Conn, built},
    values,
    visible::Visible,
};

/// What stands in the row of a document beside its description.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The number of its access class.
    pub class: u32,
    /// Its reference.
    pub reference: String,
}

/// The description of a document, for whoever decides or applies; it has passed no scope.
pub(crate) async fn of(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Option<(Description, Row)>, StoreError> {
    let row = conn
        .one(
            "SELECT d.direction, d.kind, d.date_civil, d.date_written, d.language, d.originator, d.subject, d.held_elsewhere, d.class_no, d.reference, c.rule, d.preferred, d.precedence, d.info_precedence, d.dtg FROM document d JOIN access_class c ON c.registry_id = d.registry_id AND c.class_no = d.class_no WHERE d.registry_id = $1 AND d.document_id = $2",
            values![registry, document],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let access: AccessRule = serde_json::from_str(&row.text(10)?).map_err(StoreError::damaged)?;
    let (references, action, info) = lists(conn, registry, document).await?;
    let description = Description {
        direction: documents::direction(&row.text(0)?)?,
        kind: row.text(1)?,
        date: documents::date(row.opt_text(2)?, row.opt_text(3)?)?,
        language: row.text(4)?,
        originator: row.opt_text(5)?.unwrap_or_default(),
        references,
        preferred: row.opt_text(11)?.unwrap_or_default(),
        relations: relations::stated(conn, registry, document).await?,
        subject: row.text(6)?,
        action,
        info,
        held_elsewhere: row.opt_text(7)?.unwrap_or_default(),
        formal: documents::formal(row.opt_text(12)?, row.opt_text(13)?, row.opt_text(14)?)?,
        access,
    };
    let class = u32::try_from(row.number(8)?).map_err(StoreError::damaged)?;
    Ok(Some((description, Row { class, reference: row.text(9)? })))
}

type Lists = (Vec<Reference>, Vec<String>, Vec<String>);

/// References beside the register's own, action and information addressees.
pub(crate) async fn lists(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Lists, StoreError> {
    let mut references = relations::borne_by(conn, registry, document).await?;
    references.retain(|r| r.kind != ReferenceKind::Register);
    let (mut action, mut info) = (Vec::new(), Vec::new());
    for row in conn
        .all(
            "SELECT role, name FROM addressee WHERE registry_id = $1 AND document_id = $2 ORDER BY role, position",
            values![registry, document],
        )
        .await?
    {
        let list = if row.text(0)? == "action" { &mut action } else { &mut info };
        list.push(row.text(1)?);
    }
    Ok((references, action, info))
}

/// The description of a document, for a viewer who may read it: what a form of correction begins with.
pub async fn by_id(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Option<Visible<Description>>, StoreError> {
    let known = of(conn, place.registry, document).await?;
    Ok(known.filter(|(_, row)| place.scope.read.contains(row.class)).map(|(now, _)| Visible::new(now)))
}

/// Whether content of a document is kept here.
pub(crate) async fn has_content(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<bool, StoreError> {
    let kept = conn
        .one(
            "SELECT 1 FROM version WHERE registry_id = $1 AND document_id = $2 LIMIT 1",
            values![registry, document],
        )
        .await?;
    Ok(kept.is_some())
}

/// What a correction of a document would be decided upon, for a viewer who may read it: what would come of it can be
/// shown before it is done.
pub async fn needs(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
    stranger: Option<PersonId>,
) -> Result<Option<CorrectNeeds>, StoreError> {
    let Some(now) = by_id(conn, place, document).await? else { return Ok(None) };
    let has_content = has_content(conn, place.registry, document).await?;
    let out = handling::out(conn, place.registry, document).await?;
    // Nobody is told anything before it is done.
    let (copies, next_instruction) = (Vec::new(), 1);
    let now = Some(Box::new(now.into_inner()));
    Ok(Some(CorrectNeeds { now, has_content, stranger, out, copies, next_instruction }))
}

/// One correction, as a viewer sees it who may read the document now and could read it as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Why.
    pub reason: String,
    /// What was changed, as it was.
    pub from: Details,
    /// As it was afterwards.
    pub to: Details,
}

/// The corrections of a document that its viewer may read, newest first. One of a time when he could not have read it
/// is left out: what was then written there is not his.
pub async fn history(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Vec<Visible<Corrected>>, StoreError> {
    let rows = conn
        .all(
            "SELECT h.class_no, h.time, h.actor, h.reason, h.before, h.after, d.class_no FROM document_history h JOIN document d ON d.registry_id = h.registry_id AND d.document_id = h.document_id WHERE h.registry_id = $1 AND h.document_id = $2 ORDER BY h.sequence DESC",
            values![place.registry, document],
        )
        .await?;
    let mut seen = Vec::new();
    // The class after a correction is the one before the next.
    let mut after: Option<u32> = None;
    for row in rows {
        let before = u32::try_from(row.number(0)?).map_err(StoreError::damaged)?;
        let now = u32::try_from(row.number(6)?).map_err(StoreError::damaged)?;
        let reads = |class: u32| place.scope.read.contains(class) && rule(place.rules, class).is_some();
        if reads(now) && reads(before) && after.is_none_or(reads) {
            let details = |text: String| serde_json::from_str(&text).map_err(StoreError::damaged);
            seen.push(Visible::new(Corrected {
                at: row.time(1)?,
                by: row.id(2)?,
                reason: row.text(3)?,
                from: details(row.text(4)?)?,
                to: details(row.text(5)?)?,
            }));
        }
        after = Some(before);
    }
    Ok(seen)
}

/// Documents whose corrections an index does not know yet, that reached a sequence in each of some registries: it must not
/// show them under the rule by which they were seen before.
pub async fn corrected_since(
    conn: &mut Conn,
    reached: &[(RegistryId, u64)],
) -> Result<Vec<DocumentId>, StoreError> {
    let mut found = Vec::new();
    for some in reached.chunks(MOST_PLACES) {
        let mut values = Vec::new();
        let mut each = Vec::new();
        for (registry, sequence) in some {
            values.extend(values![*registry, *sequence]);
            let n = values.len();
            each.push(format!(
                "SELECT document_id FROM document_history WHERE registry_id = ${} AND sequence >= ${n}",
                n - 1
            ));
        }
        // Not one condition of several: SQLite would read the whole index for it.
        let sql = each.join(" UNION ALL ");
        for row in conn.all(built(sql), values).await? {
            found.push(row.id(0)?);
        }
    }
    Ok(found)
}

/// Registries in one statement.
const MOST_PLACES: usize = 32;
