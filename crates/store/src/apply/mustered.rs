//! Musters in the register tables: the list, who saw which copy, how it was closed and who signed.

use registry::{
    Fact,
    custody::muster::{MUSTERS, Muster, Sighting},
    id::MusterId,
};

use super::{
    At,
    custody::{counted, json, one},
    tallied,
};
use crate::{error::StoreError, transaction::Write, values};

/// What a fact says of musters.
pub(super) async fn apply(write: &mut Write, at: &At, fact: &Fact) -> Result<(), StoreError> {
    match fact {
        Fact::MusterOpened { muster } => opened(write, at, muster).await,
        Fact::MusterListed { muster, copies } => {
            for copy in copies {
                write.rows.insert(
                    "muster_line",
                    &["registry_id", "muster_id", "copy_id", "listed"],
                    values![at.registry, *muster, *copy, 1_i64],
                );
            }
            tallied::listed(write, at, *muster, copies).await
        }
        Fact::CopiesSighted { muster, sightings } => {
            for sighting in sightings {
                sighted(write, at, *muster, *sighting).await?;
            }
            Ok(())
        }
        Fact::MusterClosed { muster, tally, words } => {
            let sql = "UPDATE muster SET closed_at = $3, closed_by = $4, tally = $5, closing_words = $6, ended_at = $3 WHERE registry_id = $1 AND muster_id = $2 AND ended_at IS NULL";
            let values = values![at.registry, *muster, at.time, at.actor, json(tally)?, words.as_deref()];
            one(write, at, sql, values).await?;
            came_out(write, at, *muster).await
        }
        Fact::MusterSigned { muster, at: when } => {
            // One person signs once, whoever wrote the entry.
            let sql = "UPDATE muster SET second_by = CASE WHEN first_by IS NULL THEN NULL ELSE $3 END, second_at = CASE WHEN first_by IS NULL THEN NULL ELSE $4 END, first_by = COALESCE(first_by, $3), first_at = COALESCE(first_at, $4) WHERE registry_id = $1 AND muster_id = $2 AND closed_at IS NOT NULL AND second_by IS NULL AND (first_by IS NULL OR first_by <> $3)";
            one(write, at, sql, values![at.registry, *muster, at.actor, *when]).await
        }
        Fact::MusterAbandoned { muster, words } => {
            let sql = "UPDATE muster SET abandoned = $3, ended_at = $4 WHERE registry_id = $1 AND muster_id = $2 AND ended_at IS NULL";
            one(write, at, sql, values![at.registry, *muster, words, at.time]).await
        }
        _ => Ok(()),
    }
}

/// What each line came to stands with the muster from now on, whatever becomes of its copy: as [`Line::outcome`] says it.
///
/// [`Line::outcome`]: registry::custody::muster::Line::outcome
async fn came_out(write: &mut Write, at: &At, muster: MusterId) -> Result<(), StoreError> {
    let sql = "UPDATE muster_line SET outcome = CASE WHEN sighted_at IS NOT NULL AND listed = 1 THEN 'sighted' WHEN sighted_at IS NOT NULL THEN 'surplus' ELSE (SELECT CASE c.standing WHEN 'held' THEN 'open' WHEN 'under-way' THEN 'under-way' WHEN 'missing' THEN 'missing' ELSE 'covered' END FROM paper_copy c WHERE c.registry_id = muster_line.registry_id AND c.copy_id = muster_line.copy_id) END WHERE registry_id = $1 AND muster_id = $2";
    write.conn().await?.execute(sql, values![at.registry, muster]).await?;
    Ok(())
}

async fn opened(write: &mut Write, at: &At, muster: &Muster) -> Result<(), StoreError> {
    counted(write, at, MUSTERS, muster.year, muster.number).await?;
    write.rows.insert(
        "muster",
        &["registry_id", "muster_id", "year", "number", "content", "opened_by", "opened_at"],
        values![
            at.registry,
            muster.id,
            i64::from(muster.year),
            muster.number,
            json(muster)?,
            at.actor,
            at.time
        ],
    );
    Ok(())
}

/// A copy counts once: the first who saw it stands on its line. One that is not on the list gets a line of its own.
async fn sighted(write: &mut Write, at: &At, muster: MusterId, sighting: Sighting) -> Result<(), StoreError> {
    tallied::sighted(write, at, muster, sighting.copy).await?;
    let sql = "INSERT INTO muster_line (registry_id, muster_id, copy_id, listed, sighted_at, sighted_by, pages) VALUES ($1, $2, $3, 0, $4, $5, $6) ON CONFLICT (registry_id, muster_id, copy_id) DO UPDATE SET sighted_at = excluded.sighted_at, sighted_by = excluded.sighted_by, pages = excluded.pages WHERE muster_line.sighted_at IS NULL";
    let values =
        values![at.registry, muster, sighting.copy, sighting.at, at.actor, sighting.pages.map(i64::from)];
    one(write, at, sql, values).await
}
