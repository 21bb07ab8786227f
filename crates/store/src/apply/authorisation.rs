//! What persons are given and what is taken from them, in the register tables: roles, proposals, confirmations, ends. An
//! entry that one person wrote alone where two are needed is a damaged ledger.

use registry::{
    AuthorisationId, PersonId, RegistryId,
    authorisation::{Grant, Role, Standing, proposal_digest},
    fact::FoundingAuthorisation,
    id::Digest,
    person::Person,
};

use super::{At, person};
use crate::{error::StoreError, transaction::Write, values};

const AUTHORISATION: &[&str] = &[
    "registry_id",
    "authorisation_id",
    "person_id",
    "standing",
    "content",
    "proposal",
    "proposed_by",
    "proposed_at",
    "confirmed_by",
    "confirmed_at",
];

/// The first entry of a house: its name, its two officers, and the only authorisations that nobody confirmed.
pub(super) fn founded(
    write: &mut Write,
    at: &At,
    name: &str,
    zone: &str,
    officers: &[Person],
    authorisations: &[FoundingAuthorisation],
) -> Result<(), StoreError> {
    write.rows.insert(
        "installation",
        &["registry_id", "name", "zone", "founded_at"],
        values![at.registry, name, zone, at.time],
    );
    for officer in officers {
        person::added(write, at, officer);
    }
    for given in authorisations {
        if matches!(given.grant, Grant::Extension { .. } | Grant::Nationality { .. }) {
            return Err(alone(at, "an extension or a nationality"));
        }
        let proposal = proposal_digest(given.id, given.person, &given.grant);
        let content = serde_json::to_string(&given.grant).unwrap_or_default();
        write.rows.insert(
            "authorisation",
            AUTHORISATION,
            values![
                at.registry,
                given.id,
                given.person,
                Standing::Confirmed.as_str(),
                content,
                proposal.0,
                None::<PersonId>,
                at.time,
                None::<PersonId>,
                Some(at.time)
            ],
        );
    }
    Ok(())
}

/// A role that one person gives. What takes two is not applied for one, whoever wrote the entry.
pub(super) fn assigned(
    write: &mut Write,
    at: &At,
    id: AuthorisationId,
    person: PersonId,
    role: Role,
    registry: RegistryId,
) -> Result<(), StoreError> {
    if !role.is_given_by_one() || person == at.actor {
        return Err(alone(at, "a role"));
    }
    let grant = Grant::Role { role, registry: Some(registry) };
    granted(write, at, id, person, &grant, Standing::Confirmed, true)
}

/// A proposal, which a second person confirms.
pub(super) async fn proposed(
    write: &mut Write,
    at: &At,
    operator: bool,
    id: AuthorisationId,
    person: PersonId,
    grant: &Grant,
) -> Result<(), StoreError> {
    if operator || person == at.actor {
        return Err(alone(at, "a proposal"));
    }
    if let Grant::Extension { of, .. } = grant {
        person::extends(write, at, *of, person).await?;
    }
    granted(write, at, id, person, grant, Standing::Proposed, false)
}

/// A confirmation changes a proposal by another person about a third; anything else is a damaged ledger.
pub(super) async fn confirmed(
    write: &mut Write,
    at: &At,
    operator: bool,
    id: AuthorisationId,
    proposal: &Digest,
) -> Result<(), StoreError> {
    if operator {
        return Err(alone(at, "a confirmation"));
    }
    let changed = write
        .conn()
        .await?
        .execute(
            "UPDATE authorisation SET standing = 'confirmed', confirmed_by = $1, confirmed_at = $2 WHERE registry_id = $3 AND authorisation_id = $4 AND standing = 'proposed' AND proposal = $5 AND person_id <> $1 AND proposed_by <> $1",
            values![at.actor, at.time, at.registry, id, proposal.0],
        )
        .await?;
    if changed == 1 {
        person::confirmed(write, at, id).await
    } else {
        Err(StoreError::damaged(format!(
            "entry {}: a confirmation without a second person's proposal",
            at.sequence
        )))
    }
}

/// Ends an authorisation, whether it was confirmed yet or not.
pub(super) async fn revoked(
    write: &mut Write,
    at: &At,
    id: AuthorisationId,
    reason: &str,
) -> Result<(), StoreError> {
    person::endable(write, at, id).await?;
    let changed = write
        .conn()
        .await?
        .execute(
            "UPDATE authorisation SET standing = 'revoked', revoked_by = $1, revoked_at = $2, reason = $3 WHERE registry_id = $4 AND authorisation_id = $5 AND standing <> 'revoked'",
            values![at.actor, at.time, reason, at.registry, id],
        )
        .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::damaged(format!("entry {}: a revocation of what is not there", at.sequence)))
    }
}

fn granted(
    write: &mut Write,
    at: &At,
    id: AuthorisationId,
    person: PersonId,
    grant: &Grant,
    standing: Standing,
    at_once: bool,
) -> Result<(), StoreError> {
    let proposal = proposal_digest(id, person, grant);
    let content = serde_json::to_string(grant).map_err(StoreError::damaged)?;
    write.rows.insert(
        "authorisation",
        AUTHORISATION,
        values![
            at.registry,
            id,
            person,
            standing.as_str(),
            content,
            proposal.0,
            Some(at.actor),
            at.time,
            at_once.then_some(at.actor),
            at_once.then_some(at.time)
        ],
    );
    Ok(())
}

fn alone(at: &At, what: &str) -> StoreError {
    StoreError::damaged(format!("entry {}: {what} by one who may not alone", at.sequence))
}
