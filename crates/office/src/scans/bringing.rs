//! A scan that comes, brought by a person or found in a scan folder: kept once for the same bytes, then looked at.

use registry::{
    Code, ObjectId, PersonId, Refusal, RegistryId,
    document::{Direction, StagedContent},
    id::Digest,
};
use store::{StoreError, sql::Conn, values, vault::Sealed};

use super::{MOST, damaged, plan::Blanks};
use crate::{failure::Failure, intake::Upload, office::Office, signin::Session};

/// What became of a scan that was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    /// It waits.
    Waits(ObjectId),
    /// The same file waits already.
    WaitsAlready(ObjectId),
    /// The same file came before and is settled.
    Settled,
}

/// A scan that comes.
#[derive(Debug, Clone)]
pub struct Coming {
    /// For which registry.
    pub registry: RegistryId,
    /// Where from, in words for people.
    pub origin: String,
    /// The way of the papers that it will be.
    pub direction: Direction,
    /// What becomes of blank pages.
    pub blanks: Blanks,
    /// Who brings it; none: a scanner.
    pub by: Option<PersonId>,
}

/// What is known of a file by its digest: the scan and where it stands.
async fn by_digest(
    conn: &mut Conn,
    registry: RegistryId,
    digest: Digest,
) -> Result<Option<(ObjectId, bool)>, StoreError> {
    let row = conn
        .one(
            "SELECT scan_id, standing FROM scan WHERE registry_id = $1 AND digest = $2",
            values![registry, digest.0],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let settled = matches!(row.text(1)?.as_str(), "made" | "dismissed");
    Ok(Some((row.id(0)?, settled)))
}

impl Office {
    /// Takes a scan in that a person brings: sealed and durable when this returns, its pages being looked at. Refused where
    /// he does not work on the tray, where too many wait, and where the file is no scan.
    pub async fn bring_scan(
        &self,
        session: &Session,
        coming: Coming,
        upload: Upload,
        announced: Option<u64>,
    ) -> Result<Brought, Failure> {
        let mut reading = self.read_as(session).await?;
        if !reading.works_on_tray(coming.registry) {
            return Err(Code::Forbidden.into());
        }
        if reading.scan_count(coming.registry).await? >= u64::try_from(MOST).unwrap_or(u64::MAX) {
            return Err(Refusal::on("content", Code::TrayFull).with("limit", MOST).into());
        }
        drop(reading);
        let finished = tokio::task::spawn_blocking(move || upload.sealed(announced));
        let (content, sealed) = finished.await.map_err(damaged)??;
        let kind = [
            reader::MediaType::Pdf,
            reader::MediaType::Tiff,
            reader::MediaType::Jpeg,
            reader::MediaType::Png,
        ];
        // What is too large to be looked at is told apart later, and can be put into the tray as it is.
        let unknown = content.media_type == reader::MediaType::Unknown.mime();
        if !unknown && !kind.iter().any(|kind| kind.mime() == content.media_type) {
            return Err(Refusal::on("content", Code::NotAScan).into());
        }
        let coming = Coming { by: Some(session.person), ..coming };
        self.take_scan(&coming, content, sealed, true).await
    }

    /// Keeps a scan, unless its bytes are known. `again`: one that is settled comes anew.
    pub(super) async fn take_scan(
        &self,
        coming: &Coming,
        content: StagedContent,
        sealed: Sealed,
        again: bool,
    ) -> Result<Brought, Failure> {
        let (registry, digest) = (coming.registry, content.digest);
        let mut conn = self.database().begin_read().await?;
        let known = by_digest(&mut conn, registry, digest).await?;
        drop(conn);
        match known {
            Some((id, false)) => return Ok(Brought::WaitsAlready(id)),
            Some((_, true)) if !again => return Ok(Brought::Settled),
            _ => {}
        }
        self.keep(vec![sealed]).await?;
        let mut id = [0; 16];
        self.entropy()(&mut id);
        let id = ObjectId::new(id);
        let text = serde_json::to_string(&content).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "DELETE FROM scan WHERE registry_id = $1 AND digest = $2 AND standing IN ('made', 'dismissed')",
            values![registry, digest.0],
        )
        .await?;
        let written = conn
            .execute(
                "INSERT INTO scan (registry_id, scan_id, digest, origin, direction, content, seen, plan, blanks, version, standing, said, made, arrived_at, brought_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, '[]', '[]', $7, 0, 'looking', 'null', 0, $8, $9, $8) ON CONFLICT (registry_id, digest) DO NOTHING",
                values![
                    registry,
                    id,
                    digest.0,
                    &coming.origin,
                    coming.direction.as_str(),
                    text,
                    coming.blanks.as_str(),
                    self.now(),
                    coming.by
                ],
            )
            .await?;
        conn.commit().await.map_err(StoreError::from)?;
        if written == 1 {
            self.begin_looking(registry, id);
            return Ok(Brought::Waits(id));
        }
        // Somebody else brought the same in this moment.
        self.discard(registry, &[content]).await?;
        let mut conn = self.database().begin_read().await?;
        let known = by_digest(&mut conn, registry, digest).await?;
        known.map(|(id, _)| Brought::WaitsAlready(id)).ok_or_else(|| Code::Conflict.into())
    }
}
