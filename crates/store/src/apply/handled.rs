//! Documents taken out and given back, openings, authorities to reproduce, and who was told, in the register tables.

use jiff::civil::Date;
use registry::{
    DocumentId, PersonId,
    disclosure::{Means, Piece, Reproduction},
    id::ReproductionId,
};

use super::At;
use crate::{error::StoreError, transaction::Write, values};

fn damaged(at: &At, what: &str) -> StoreError {
    StoreError::damaged(format!("entry {}: {what}", at.sequence))
}

/// A document is out.
pub(super) async fn checked_out(
    write: &mut Write,
    at: &At,
    document: DocumentId,
    reason: Option<&str>,
    until: Option<Date>,
) -> Result<(), StoreError> {
    let out = write
        .conn()
        .await?
        .one(
            "SELECT 1 FROM check_out WHERE registry_id = $1 AND document_id = $2 AND ended_at IS NULL",
            values![at.registry, document],
        )
        .await?;
    if out.is_some() {
        return Err(damaged(at, "a document taken out that is out"));
    }
    write.rows.insert(
        "check_out",
        &["registry_id", "document_id", "sequence", "person_id", "since", "reason", "until_on"],
        values![
            at.registry,
            document,
            at.sequence,
            at.actor,
            at.time,
            reason.map(str::to_owned),
            until.map(|day| day.to_string())
        ],
    );
    Ok(())
}

async fn changed(write: &mut Write, at: &At, document: DocumentId) -> Result<(), StoreError> {
    write
        .conn()
        .await?
        .execute(
            "UPDATE document SET changed = $3 WHERE registry_id = $1 AND document_id = $2",
            values![at.registry, document, at.sequence],
        )
        .await?;
    Ok(())
}

/// It is back.
pub(super) async fn checked_in(
    write: &mut Write,
    at: &At,
    document: DocumentId,
    version: Option<u32>,
    broken: Option<&str>,
) -> Result<(), StoreError> {
    if version.is_some() {
        // Another text, or the first one of a paper held elsewhere: the index follows the document's last change.
        changed(write, at, document).await?;
    }
    let ended = write
        .conn()
        .await?
        .execute(
            "UPDATE check_out SET ended_at = $3, ended_by = $4, version = $5, broken = $6, ended_sequence = $7 WHERE registry_id = $1 AND document_id = $2 AND ended_at IS NULL",
            values![at.registry, document, at.time, at.actor, version.map(i64::from), broken.map(str::to_owned), at.sequence],
        )
        .await?;
    if ended == 1 { Ok(()) } else { Err(damaged(at, "a document given back that is not out")) }
}

/// Somebody had it before him.
pub(super) async fn disclosed(
    write: &mut Write,
    at: &At,
    piece: Piece,
    means: Means,
    authority: Option<ReproductionId>,
) -> Result<(), StoreError> {
    if let Some(authority) = authority {
        let used = write
            .conn()
            .await?
            .execute(
                "UPDATE reproduction SET used = used + 1 WHERE registry_id = $1 AND reproduction_id = $2 AND document_id = $3 AND version = $4 AND person_id = $5 AND used < copies",
                values![at.registry, authority, piece.document, piece.version, at.actor],
            )
            .await?;
        if used != 1 {
            return Err(damaged(at, "a reproduction without authority"));
        }
    } else if means == Means::Reproduction {
        return Err(damaged(at, "a reproduction without authority"));
    }
    write.rows.insert(
        "disclosure",
        &[
            "registry_id",
            "document_id",
            "sequence",
            "person_id",
            "version",
            "enclosure",
            "means",
            "reproduction_id",
            "at",
        ],
        values![
            at.registry,
            piece.document,
            at.sequence,
            at.actor,
            piece.version,
            piece.enclosure.map(i64::from),
            means.as_str(),
            authority,
            at.time
        ],
    );
    Ok(())
}

/// Copies are authorised.
pub(super) fn authorised(write: &mut Write, at: &At, given: &Reproduction) -> Result<(), StoreError> {
    if given.person == at.actor {
        return Err(damaged(at, "an authority for oneself"));
    }
    write.rows.insert(
        "reproduction",
        &[
            "registry_id",
            "reproduction_id",
            "document_id",
            "version",
            "person_id",
            "purpose",
            "copies",
            "used",
            "until_on",
            "authorised_by",
            "authorised_at",
            "unstamped",
        ],
        values![
            at.registry,
            given.id,
            given.document,
            given.version,
            given.person,
            &given.purpose,
            given.copies,
            0_i64,
            given.until.to_string(),
            at.actor,
            at.time,
            given.unstamped.as_deref()
        ],
    );
    Ok(())
}

/// Somebody knows what it is now.
pub(super) fn told(
    write: &mut Write,
    at: &At,
    document: DocumentId,
    person: PersonId,
    upto: u64,
    in_person: bool,
) -> Result<(), StoreError> {
    if in_person == (person == at.actor) {
        return Err(damaged(at, "told by whom it was not"));
    }
    write.rows.insert(
        "holder_told",
        &["registry_id", "document_id", "person_id", "sequence", "upto", "at", "actor", "in_person"],
        values![at.registry, document, person, at.sequence, upto, at.time, at.actor, i64::from(in_person)],
    );
    Ok(())
}
