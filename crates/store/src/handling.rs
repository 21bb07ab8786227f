//! What is done with documents: who has one out, who has had one before him, by whose authority it is reproduced, who
//! was told what it is now. Reads the tables that `apply` writes; keeps when somebody last opened one, which no ledger
//! needs to know.

use jiff::civil::Date;
use registry::{
    AccessRule, DocumentId, PersonId, RegistryId, Sight, Timestamp,
    correction::Details,
    disclosure::{Means, Reproduction},
    id::{Digest, ReproductionId},
    working::{HandlingNeeds, Out},
};

use crate::{
    documents::Place,
    error::StoreError,
    house as people, load,
    sql::{Conn, Row},
    transaction::Write,
    values,
};

const REPRODUCTIONS: &str = "SELECT reproduction_id, document_id, version, person_id, purpose, copies, used, until_on, authorised_by, authorised_at, unstamped FROM reproduction WHERE registry_id = $1 AND document_id = $2 ORDER BY authorised_at DESC, reproduction_id NULLS LAST";
/// Most openings of one document that are listed, and most changes that are told of.
const MOST: u32 = 2_000;

fn day(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(StoreError::damaged)
}

/// Who has a document out; it has passed no scope.
pub(crate) async fn out(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Option<Out>, StoreError> {
    let row = conn
        .one(
            "SELECT person_id, since, reason, until_on FROM check_out WHERE registry_id = $1 AND document_id = $2 AND ended_at IS NULL",
            values![registry, document],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let person: PersonId = row.id(0)?;
    let name = people::person(conn, person).await?.map(|p| p.name).unwrap_or_default();
    let until = row.opt_text(3)?.map(|text| day(&text)).transpose()?;
    Ok(Some(Out { person, name, since: row.time(1)?, reason: row.opt_text(2)?, until }))
}

/// Who has a document out, for a viewer who sees its entry. What for is told to those alone who may read the document:
/// it may speak of its content.
pub async fn out_seen(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Option<Out>, StoreError> {
    match class(conn, place.registry, document).await? {
        Some(class) if place.scope.read.contains(class) => out(conn, place.registry, document).await,
        Some(class) if place.scope.handle.contains(class) => {
            Ok(out(conn, place.registry, document).await?.map(|out| Out { reason: None, ..out }))
        }
        _ => Ok(None),
    }
}

async fn class(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Option<u32>, StoreError> {
    let row = conn
        .one(
            "SELECT class_no FROM document WHERE registry_id = $1 AND document_id = $2",
            values![registry, document],
        )
        .await?;
    row.map(|row| u32::try_from(row.number(0)?).map_err(StoreError::damaged)).transpose()
}

/// The documents of a registry that are out and may be read by the viewer, the longest first.
pub async fn all_out(conn: &mut Conn, place: Place<'_>) -> Result<Vec<(DocumentId, Out)>, StoreError> {
    let rows = conn
        .all(
            "SELECT d.document_id, d.class_no FROM check_out c JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1 AND c.ended_at IS NULL ORDER BY c.since, d.document_id",
            values![place.registry],
        )
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
        let document = row.id(0)?;
        if place.scope.read.contains(class)
            && let Some(out) = out(conn, place.registry, document).await?
        {
            all.push((document, out));
        }
    }
    Ok(all)
}

/// What a decision about handling needs.
pub(crate) async fn needs(
    write: &mut Write,
    registry: RegistryId,
    document: DocumentId,
    person: PersonId,
    content: Option<Digest>,
    sees: &(dyn Fn(&AccessRule) -> Sight + Sync),
) -> Result<HandlingNeeds, StoreError> {
    let duplicate = match content {
        Some(digest) => {
            let read = |rule: &AccessRule| sees(rule).read;
            load::duplicate(write, registry, load::SAME_CONTENT, digest, &read).await?
        }
        None => None,
    };
    let conn = write.conn().await?;
    let row = conn
        .one(
            "SELECT c.rule, d.changed, d.reference FROM document d JOIN access_class c ON c.registry_id = d.registry_id AND c.class_no = d.class_no WHERE d.registry_id = $1 AND d.document_id = $2",
            values![registry, document],
        )
        .await?;
    let Some(row) = row else { return Ok(HandlingNeeds::default()) };
    let access: AccessRule = serde_json::from_str(&row.text(0)?).map_err(StoreError::damaged)?;
    let own = row.text(2)?;
    let newest = conn
        .one(
            "SELECT number, digest FROM version WHERE registry_id = $1 AND document_id = $2 ORDER BY number DESC LIMIT 1",
            values![registry, document],
        )
        .await?;
    let (versions, newest) = match newest {
        Some(row) => {
            (u32::try_from(row.number(0)?).map_err(StoreError::damaged)?, Some(Digest(row.array(1)?)))
        }
        None => (0, None),
    };
    let mut authorised = Vec::new();
    for row in conn.all(REPRODUCTIONS, values![registry, document]).await? {
        let one = reproduction(&row)?;
        if one.given.person == person && one.used < one.given.copies {
            authorised.push(one.left());
        }
    }
    let told = told(conn, registry, document, person).await?;
    let given_back = conn
        .one(
            "SELECT MAX(ended_sequence) FROM check_out WHERE registry_id = $1 AND document_id = $2 AND version > 1",
            values![registry, document],
        )
        .await?;
    let given_back = given_back.map(|row| row.opt_int(0)).transpose()?.flatten();
    let given_back = given_back.map_or(Ok(0), u64::try_from).map_err(StoreError::damaged)?;
    let known = match people::person(conn, person).await? {
        Some(known) => Some(Box::new((known, people::authorisations(conn, person).await?))),
        None => None,
    };
    Ok(HandlingNeeds {
        access: Some(access),
        versions,
        newest,
        out: out(conn, registry, document).await?,
        // An older version of its own is no other document's.
        duplicate: duplicate.filter(|reference| *reference != own),
        authorised,
        person: known,
        changed: row.number(1)?.max(given_back),
        told,
    })
}

/// An authority to reproduce, with how much of it is used.
#[derive(Debug, Clone, PartialEq)]
pub struct Authorised {
    /// What was given.
    pub given: Reproduction,
    /// How many copies were made.
    pub used: u32,
    /// By whom it was authorised.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

impl Authorised {
    /// What is left of it.
    fn left(self) -> Reproduction {
        let copies = self.given.copies.saturating_sub(self.used);
        Reproduction { copies, ..self.given }
    }
}

fn reproduction(row: &Row) -> Result<Authorised, StoreError> {
    let small = |n: u64| u32::try_from(n).map_err(StoreError::damaged);
    Ok(Authorised {
        given: Reproduction {
            id: row.id::<ReproductionId>(0)?,
            document: row.id(1)?,
            version: small(row.number(2)?)?,
            person: row.id(3)?,
            purpose: row.text(4)?,
            copies: small(row.number(5)?)?,
            until: day(&row.text(7)?)?,
            unstamped: row.opt_text(10)?,
        },
        used: small(row.number(6)?)?,
        by: row.id(8)?,
        at: row.time(9)?,
    })
}

/// The authorities to reproduce a document that its viewer may read, newest first.
pub async fn reproductions(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Vec<Authorised>, StoreError> {
    if !reads(conn, place, document).await? {
        return Ok(Vec::new());
    }
    let rows = conn.all(REPRODUCTIONS, values![place.registry, document]).await?;
    rows.iter().map(reproduction).collect()
}

async fn reads(conn: &mut Conn, place: Place<'_>, document: DocumentId) -> Result<bool, StoreError> {
    let class = class(conn, place.registry, document).await?;
    Ok(class.is_some_and(|class| place.scope.read.contains(class)))
}

/// A line of a disclosure record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// Which version.
    pub version: u32,
    /// By what means.
    pub means: Means,
    /// By which authority, where it was a reproduction.
    pub authority: Option<ReproductionId>,
    /// Which attachment of the version, by its place from 1; none: the version itself.
    pub enclosure: Option<u32>,
}

/// The disclosure record of a document that its viewer may read, newest first; of one person, or of all.
pub async fn disclosures(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
    of: Option<PersonId>,
) -> Result<Vec<Disclosed>, StoreError> {
    if !reads(conn, place, document).await? {
        return Ok(Vec::new());
    }
    let rows = conn
        .all(
            "SELECT person_id, at, version, means, reproduction_id, enclosure FROM disclosure WHERE registry_id = $1 AND document_id = $2 ORDER BY sequence DESC",
            values![place.registry, document],
        )
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let person = row.id(0)?;
        if of.is_some_and(|of| of != person) {
            continue;
        }
        let means = row.text(3)?;
        let means = Means::ALL.into_iter().find(|m| m.as_str() == means);
        found.push(Disclosed {
            person,
            at: row.time(1)?,
            version: u32::try_from(row.number(2)?).map_err(StoreError::damaged)?,
            means: means.ok_or_else(|| StoreError::damaged("means of a disclosure"))?,
            authority: row.opt_id(4)?,
            enclosure: row.opt_int(5)?.map(u32::try_from).transpose().map_err(StoreError::damaged)?,
        });
    }
    Ok(found)
}

/// The rules that a document stood under before it was corrected, each with whether its viewer reads under it.
pub async fn borne(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Vec<(AccessRule, bool)>, StoreError> {
    let rows = conn
        .all(
            "SELECT DISTINCT h.class_no, c.rule FROM document_history h JOIN access_class c ON c.registry_id = h.registry_id AND c.class_no = h.class_no WHERE h.registry_id = $1 AND h.document_id = $2",
            values![place.registry, document],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let class = u32::try_from(row.number(0)?).map_err(StoreError::damaged)?;
            let rule = serde_json::from_str(&row.text(1)?).map_err(StoreError::damaged)?;
            Ok((rule, place.scope.read.contains(class)))
        })
        .collect()
}

/// When somebody last opened a version on screen, as the disclosure record has it.
pub async fn last_disclosed(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
    version: u32,
    person: PersonId,
) -> Result<Option<Timestamp>, StoreError> {
    let row = conn
        .one(
            "SELECT MAX(at) FROM disclosure WHERE registry_id = $1 AND document_id = $2 AND person_id = $3 AND version = $4 AND means = 'screen'",
            values![registry, document, person, version],
        )
        .await?;
    Ok(match row {
        Some(row) => row.opt_time(0)?,
        None => None,
    })
}

/// When somebody opened a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Who.
    pub person: PersonId,
    /// For the first time.
    pub first: Timestamp,
    /// For the last time.
    pub last: Timestamp,
}

/// When one person opened a document.
pub async fn opening(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
    person: PersonId,
) -> Result<Option<Opening>, StoreError> {
    let row = conn
        .one(
            "SELECT first_at, last_at FROM opening WHERE registry_id = $1 AND person_id = $2 AND document_id = $3",
            values![registry, person, document],
        )
        .await?;
    row.map(|row| Ok(Opening { person, first: row.time(0)?, last: row.time(1)? })).transpose()
}

/// Keeps that a person opened a document.
pub async fn opened(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
    person: PersonId,
    at: Timestamp,
) -> Result<(), StoreError> {
    conn.execute(
        "INSERT INTO opening (registry_id, person_id, document_id, first_at, last_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (registry_id, person_id, document_id) DO UPDATE SET last_at = excluded.last_at",
        values![registry, person, document, at, at],
    )
    .await?;
    Ok(())
}

/// Who has opened a document, for a viewer who may read it, with up to which entry each was told what it is.
pub async fn openings(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Vec<(Opening, Option<u64>)>, StoreError> {
    if !reads(conn, place, document).await? {
        return Ok(Vec::new());
    }
    let (registry, mut found) = (place.registry, Vec::new());
    let rows = conn
        .all(
            "SELECT person_id, first_at, last_at FROM opening WHERE registry_id = $1 AND document_id = $2 ORDER BY last_at DESC, person_id LIMIT $3",
            values![registry, document, MOST],
        )
        .await?;
    for row in rows {
        let person: PersonId = row.id(0)?;
        let told = told(conn, registry, document, person).await?;
        found.push((Opening { person, first: row.time(1)?, last: row.time(2)? }, told));
    }
    Ok(found)
}

async fn told(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
    person: PersonId,
) -> Result<Option<u64>, StoreError> {
    let row = conn
        .one(
            "SELECT MAX(upto) FROM holder_told WHERE registry_id = $1 AND document_id = $2 AND person_id = $3",
            values![registry, document, person],
        )
        .await?;
    let upto = match row {
        Some(row) => row.opt_int(0)?,
        None => None,
    };
    Ok(upto.and_then(|upto| u64::try_from(upto).ok()))
}

/// A change of how a document is seen, or of its content.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Which change of the document it is, from 1. Where its entry stands in the ledger tells how much is done with
    /// other documents, so that is told to nobody.
    pub number: u64,
    /// Where the entry stands.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// The marking before, where it changed that.
    pub was: Option<Option<label::Label>>,
    /// The number of the version that came, where it changed that.
    pub version: Option<u32>,
}

/// The changes of a document that its viewer may read, oldest first: of how it is seen, and new versions of its content.
pub async fn changes(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Vec<Changed>, StoreError> {
    if !reads(conn, place, document).await? {
        return Ok(Vec::new());
    }
    let (registry, mut found) = (place.registry, Vec::new());
    let rows = conn
        .all(
            "SELECT sequence, time, before, class_no, actor FROM document_history WHERE registry_id = $1 AND document_id = $2 ORDER BY sequence LIMIT $3",
            values![registry, document, MOST],
        )
        .await?;
    // Like the history: what was done at a time when he could not have read it is not told. The class after a correction
    // is the one before the next.
    let mut after = None;
    for row in rows.iter().rev() {
        let class = u32::try_from(row.number(3)?).map_err(StoreError::damaged)?;
        let reads = |class: u32| place.scope.read.contains(class);
        let seen = reads(class) && after.replace(class).is_none_or(reads);
        let before: Details = serde_json::from_str(&row.text(2)?).map_err(StoreError::damaged)?;
        let Some(rule) = before.access.filter(|_| seen) else { continue };
        let (sequence, at, by) = (row.number(0)?, row.time(1)?, row.id(4)?);
        found.push(Changed { number: 0, sequence, at, by, was: Some(rule.content), version: None });
    }
    let rows = conn
        .all(
            "SELECT ended_sequence, ended_at, version, ended_by FROM check_out WHERE registry_id = $1 AND document_id = $2 AND version > 1 ORDER BY sequence LIMIT $3",
            values![registry, document, MOST],
        )
        .await?;
    for row in rows {
        let version = u32::try_from(row.number(2)?).map_err(StoreError::damaged)?;
        let (sequence, at, by) = (row.number(0)?, row.time(1)?, row.id(3)?);
        found.push(Changed { number: 0, sequence, at, by, was: None, version: Some(version) });
    }
    found.sort_by_key(|change| change.sequence);
    for (number, change) in (1..).zip(&mut found) {
        change.number = number;
    }
    Ok(found)
}

/// The documents of a registry that a person opened and that changed since, as far as he may read them now: with when he
/// opened each last, and up to which entry he was told.
pub async fn changed_since_opened(
    conn: &mut Conn,
    place: Place<'_>,
    person: PersonId,
) -> Result<Vec<(DocumentId, Timestamp, Option<u64>)>, StoreError> {
    let registry = place.registry;
    let rows = conn
        .all(
            "SELECT o.document_id, o.last_at, d.class_no FROM opening o JOIN document d ON d.registry_id = o.registry_id AND d.document_id = o.document_id WHERE o.registry_id = $1 AND o.person_id = $2 AND (EXISTS (SELECT 1 FROM document_history h WHERE h.registry_id = o.registry_id AND h.document_id = o.document_id AND h.time > o.last_at) OR EXISTS (SELECT 1 FROM check_out c WHERE c.registry_id = o.registry_id AND c.document_id = o.document_id AND c.version > 1 AND c.ended_at > o.last_at)) ORDER BY o.last_at DESC, o.document_id LIMIT $3",
            values![registry, person, MOST],
        )
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let document: DocumentId = row.id(0)?;
        let class = u32::try_from(row.number(2)?).map_err(StoreError::damaged)?;
        if place.scope.read.contains(class) {
            found.push((document, row.time(1)?, told(conn, registry, document, person).await?));
        }
    }
    Ok(found)
}
