//! Persons in the register tables: what is known of them as it is now, the history as it was; and what a confirmed
//! proposal means for the person himself.

use registry::{
    AuthorisationId, PersonId,
    authorisation::{Authorisation, Grant, Standing},
    person::{Change, Particulars, Person},
    reference::sort_key,
};

use super::At;
use crate::{error::StoreError, house, transaction::Write, values};

fn damaged(at: &At, what: &str) -> StoreError {
    StoreError::damaged(format!("entry {}: {what}", at.sequence))
}

/// Adds a person.
pub(super) fn added(write: &mut Write, at: &At, person: &Person) {
    write.rows.insert(
        "person",
        &[
            "registry_id",
            "person_id",
            "login",
            "name",
            "sort_key",
            "nationality",
            "language",
            "title",
            "body_id",
            "left_on",
        ],
        values![
            at.registry,
            person.id,
            &person.login,
            &person.name,
            sort_key(&person.name),
            &person.nationality,
            &person.language,
            &person.title,
            person.body,
            person.left.map(|d| d.to_string())
        ],
    );
}

/// Changes what one person may. What the entry says was must be what is.
pub(super) async fn changed(
    write: &mut Write,
    at: &At,
    id: PersonId,
    from: &Particulars,
    to: &Particulars,
    reason: &str,
) -> Result<(), StoreError> {
    let now = house::person(write.conn().await?, id).await?;
    if now.is_none_or(|now| now.particulars() != *from) || from == to {
        return Err(damaged(at, "a change of a person from what he was not"));
    }
    write
        .conn()
        .await?
        .execute(
            "UPDATE person SET name = $3, sort_key = $4, language = $5, title = $6, body_id = $7, left_on = $8 WHERE registry_id = $1 AND person_id = $2",
            values![
                at.registry,
                id,
                &to.name,
                sort_key(&to.name),
                &to.language,
                &to.title,
                to.body,
                to.left.map(|d| d.to_string())
            ],
        )
        .await?;
    kept(write, at, id, reason, &Change::Particulars { from: from.clone(), to: to.clone() })
}

fn kept(write: &mut Write, at: &At, id: PersonId, reason: &str, change: &Change) -> Result<(), StoreError> {
    let change = serde_json::to_string(change).map_err(StoreError::damaged)?;
    write.rows.insert(
        "person_history",
        &["registry_id", "person_id", "sequence", "time", "actor", "reason", "change"],
        values![at.registry, id, at.sequence, at.time, at.actor, reason, change],
    );
    Ok(())
}

async fn known(write: &mut Write, id: AuthorisationId) -> Result<Option<Authorisation>, StoreError> {
    house::authorisation(write.conn().await?, id).await
}

/// An extension is of a clearance of the same person that is in force or was.
pub(super) async fn extends(
    write: &mut Write,
    at: &At,
    of: AuthorisationId,
    person: PersonId,
) -> Result<(), StoreError> {
    let fits = known(write, of).await?.is_some_and(|held| {
        held.person == person
            && held.standing == Standing::Confirmed
            && matches!(held.grant, Grant::Clearance { .. })
    });
    if fits { Ok(()) } else { Err(damaged(at, "an extension of what is no clearance of the person")) }
}

/// What a confirmation changes beside the authorisation itself: another nationality.
pub(super) async fn confirmed(write: &mut Write, at: &At, id: AuthorisationId) -> Result<(), StoreError> {
    let Some(held) = known(write, id).await? else { return Err(damaged(at, "a confirmation of nothing")) };
    let Grant::Nationality { nationality, reason } = held.grant else { return Ok(()) };
    let person = house::person(write.conn().await?, held.person).await?;
    let from = person.ok_or_else(|| damaged(at, "a nationality of nobody"))?.nationality;
    write
        .conn()
        .await?
        .execute(
            "UPDATE person SET nationality = $3 WHERE registry_id = $1 AND person_id = $2",
            values![at.registry, held.person, &nationality],
        )
        .await?;
    kept(write, at, held.person, &reason, &Change::Nationality { from, to: nationality })
}

/// A nationality that was confirmed is replaced, not ended.
pub(super) async fn endable(write: &mut Write, at: &At, id: AuthorisationId) -> Result<(), StoreError> {
    let stands = known(write, id).await?.is_some_and(|held| {
        held.standing == Standing::Confirmed && matches!(held.grant, Grant::Nationality { .. })
    });
    if stands { Err(damaged(at, "a nationality that was ended, not replaced")) } else { Ok(()) }
}
