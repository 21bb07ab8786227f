//! The house in the register tables: its policies, bodies, registries, need-to-know groups, and the series of references.

use registry::{
    RegistryId,
    cases::Routines,
    house::{Body, Group, Names, Registry},
    id::Digest,
};

use super::At;
use crate::{error::StoreError, transaction::Write, values};

/// A security policy.
pub(super) fn policy_adopted(write: &mut Write, at: &At, name: &str, digest: &Digest, xml: &str) {
    write.rows.insert(
        "policy",
        &["registry_id", "name", "digest", "xml", "adopted_at"],
        values![at.registry, name, digest.0, xml, at.time],
    );
}

/// The communities that policies release to.
pub(super) fn communities_adopted(write: &mut Write, at: &At, digest: &Digest, toml: &str) {
    write.rows.insert(
        "communities",
        &["registry_id", "digest", "toml", "adopted_at"],
        values![at.registry, digest.0, toml, at.time],
    );
}

/// A body.
pub(super) fn body(write: &mut Write, at: &At, body: &Body) {
    let columns = &["registry_id", "body_id", "code", "name_en", "name_fr"];
    named(write, "body", columns, at, body.id.bytes(), &body.code, &body.names);
}

/// A need-to-know group.
pub(super) fn group(write: &mut Write, at: &At, group: &Group) {
    let columns = &["registry_id", "group_id", "code", "name_en", "name_fr"];
    named(write, "need_group", columns, at, group.id.bytes(), &group.code, &group.names);
}

fn named(
    write: &mut Write,
    table: &'static str,
    columns: &'static [&'static str],
    at: &At,
    id: &[u8; 16],
    code: &str,
    names: &Names,
) {
    write.rows.insert(table, columns, values![at.registry, *id, code, &names.en, &names.fr]);
}

/// A registry.
pub(super) fn opened(write: &mut Write, at: &At, registry: &Registry) -> Result<(), StoreError> {
    let ceilings = serde_json::to_string(&registry.ceilings).map_err(StoreError::damaged)?;
    write.rows.insert(
        "registry",
        &["registry_id", "opened_id", "code", "name_en", "name_fr", "body_id", "parent_id", "ceilings"],
        values![
            at.registry,
            registry.id,
            &registry.code,
            &registry.names.en,
            &registry.names.fr,
            registry.body,
            registry.parent,
            ceilings
        ],
    );
    Ok(())
}

/// A registry as it is from now on. Its code is what its references begin with, and stays.
pub(super) async fn changed(write: &mut Write, at: &At, registry: &Registry) -> Result<(), StoreError> {
    let ceilings = serde_json::to_string(&registry.ceilings).map_err(StoreError::damaged)?;
    let changed = write
        .conn()
        .await?
        .execute(
            "UPDATE registry SET name_en = $4, name_fr = $5, body_id = $6, parent_id = $7, ceilings = $8 WHERE registry_id = $1 AND opened_id = $2 AND code = $3",
            values![
                at.registry,
                registry.id,
                &registry.code,
                &registry.names.en,
                &registry.names.fr,
                registry.body,
                registry.parent,
                ceilings
            ],
        )
        .await?;
    if changed != 1 {
        return Err(StoreError::damaged(format!(
            "entry {}: a change of a registry that is not there",
            at.sequence
        )));
    }
    Ok(())
}

/// A file of series, in the place of one of its name.
pub(super) async fn series_adopted(
    write: &mut Write,
    at: &At,
    name: &str,
    digest: &Digest,
    toml: &str,
) -> Result<(), StoreError> {
    write
        .conn()
        .await?
        .execute(
            "INSERT INTO series_file (registry_id, name, digest, toml, adopted_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (registry_id, name) DO UPDATE SET digest = excluded.digest, toml = excluded.toml, adopted_at = excluded.adopted_at",
            values![at.registry, name, digest.0, toml, at.time],
        )
        .await?;
    Ok(())
}

/// A file of the house's routine, in the place of one of its name.
pub(super) async fn routine_adopted(
    write: &mut Write,
    at: &At,
    what: Routines,
    name: &str,
    digest: &Digest,
    toml: &str,
) -> Result<(), StoreError> {
    write
        .conn()
        .await?
        .execute(
            "INSERT INTO routine_file (registry_id, what, name, digest, toml, adopted_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (registry_id, what, name) DO UPDATE SET digest = excluded.digest, toml = excluded.toml, adopted_at = excluded.adopted_at",
            values![at.registry, what.text(), name, digest.0, toml, at.time],
        )
        .await?;
    Ok(())
}

/// Which registry gives the numbers of a series, from now on.
pub(super) async fn series_entrusted(
    write: &mut Write,
    at: &At,
    series: &str,
    to: RegistryId,
) -> Result<(), StoreError> {
    write
        .conn()
        .await?
        .execute(
            "INSERT INTO series_registry (registry_id, series, numbered_by, entrusted_at) VALUES ($1, $2, $3, $4) ON CONFLICT (registry_id, series) DO UPDATE SET numbered_by = excluded.numbered_by, entrusted_at = excluded.entrusted_at",
            values![at.registry, series, to, at.time],
        )
        .await?;
    Ok(())
}
