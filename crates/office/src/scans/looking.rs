//! Looking at the pages of a scan: an errand that goes on without whoever brought it. Must not know what becomes of pages.

use std::time::Duration;

use reader::{
    Limit, Outcome,
    scan::{Leaf, Sight},
};
use registry::{Code, ObjectId, RegistryId};
use store::{StoreError, values};

use super::{Scan, Seen, Standing, damaged, one, plan::Plan};
use crate::{failure::Failure, office::Office, signin::Session, tray::Said};

/// How long a request waits for the pages or documents of a scan before it shows that they are coming.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How often it looks whether they are there.
const LOOKS: Duration = Duration::from_millis(40);

/// Why a scan cannot be divided.
pub(super) fn hindrance(outcome: &Outcome, pages: usize) -> Said {
    let (code, limit) = match outcome {
        Outcome::Encrypted { .. } => ("scan.encrypted", None),
        Outcome::Damaged { .. } => ("scan.damaged", None),
        Outcome::OverLimit { limit: Limit::Pages } => ("scan.too-many-pages", Some(pages)),
        Outcome::OverLimit { limit: Limit::Input } => ("scan.too-large", None),
        Outcome::OverLimit { .. } => ("scan.over-limit", None),
        Outcome::Hostile { .. } => ("scan.hostile", None),
        _ => ("scan.unsupported", None),
    };
    let arguments = limit.map(|limit| ("pages".to_owned(), limit.to_string()));
    Said { code: code.to_owned(), arguments: arguments.into_iter().collect() }
}

pub(super) fn said(code: &str) -> Said {
    Said { code: code.to_owned(), arguments: Vec::new() }
}

impl Office {
    /// Begins to look at the pages of a scan, unless somebody does.
    pub(super) fn begin_looking(&self, registry: RegistryId, id: ObjectId) {
        let Some(errand) = self.scanning().begin(id) else { return };
        let office = self.clone();
        tokio::spawn(async move {
            if let Err(error) = office.look_at(registry, id).await {
                tracing::error!(%error, "the pages of a scan could not be looked at");
            }
            drop(errand);
        });
    }

    async fn look_at(&self, registry: RegistryId, id: ObjectId) -> Result<(), Failure> {
        let mut conn = self.database().begin_read().await?;
        let found = one(&mut conn, registry, id).await?;
        drop(conn);
        let Some(scan) = found.filter(|scan| scan.standing == Standing::Looking) else { return Ok(()) };
        let (seen, said) = match self.pages_of(&scan).await? {
            Ok(sights) => self.kept_pictures(&scan, sights).await?,
            Err(said) => (Vec::new(), Some(said)),
        };
        let plan = Plan::proposed(&seen.iter().map(Seen::found).collect::<Vec<_>>(), scan.blanks);
        let [seen_text, plan, said] = [
            serde_json::to_string(&seen).map_err(damaged)?,
            serde_json::to_string(&plan).map_err(damaged)?,
            serde_json::to_string(&said).map_err(damaged)?,
        ];
        let mut conn = self.database().begin_write().await?;
        let written = conn
            .execute(
                "UPDATE scan SET seen = $1, plan = $2, said = $3, standing = 'open', changed_at = $4 WHERE registry_id = $5 AND scan_id = $6 AND standing = 'looking'",
                values![seen_text, plan, said, self.now(), registry, id],
            )
            .await?;
        conn.commit().await.map_err(StoreError::from)?;
        if written == 0 {
            let pictures: Vec<ObjectId> = seen.iter().filter_map(|seen| seen.picture).collect();
            self.vault().discard(registry, &pictures).await?;
        }
        Ok(())
    }

    /// The bytes of a scan; none: more than may be looked at.
    pub(super) async fn bytes_of(&self, scan: &Scan) -> Result<Option<Vec<u8>>, Failure> {
        let (Some(content), Some(reader)) = (&scan.content, self.reader()) else { return Ok(None) };
        let limit = reader.limits().input_bytes;
        if content.size > limit {
            return Ok(None);
        }
        Ok(Some(self.vault().read(scan.registry, content.object, limit).await?))
    }

    async fn pages_of(&self, scan: &Scan) -> Result<Result<Vec<Sight>, Said>, Failure> {
        let Some(reader) = self.reader().cloned() else { return Ok(Err(said("scan.no-reader"))) };
        let Some(bytes) = self.bytes_of(scan).await? else { return Ok(Err(said("scan.too-large"))) };
        let looked = tokio::task::spawn_blocking(move || {
            Ok::<_, reader::ReadError>(match reader.leaves(&bytes)? {
                Ok(pages) => Ok(reader.sights(&bytes, pages)?),
                Err(outcome) => Err(hindrance(&outcome, reader.limits().leaves)),
            })
        });
        looked.await.map_err(damaged)?.map_err(damaged)
    }

    /// Seals the pictures of pages, and keeps them.
    async fn kept_pictures(
        &self,
        scan: &Scan,
        sights: Vec<Sight>,
    ) -> Result<(Vec<Seen>, Option<Said>), Failure> {
        let (vault, registry) = (self.vault().clone(), scan.registry);
        let sealing = tokio::task::spawn_blocking(move || {
            let (batch, mut all, mut seen) = (vault.batch(), Vec::new(), Vec::new());
            for sight in sights {
                let mut picture = None;
                if !sight.picture.is_empty() {
                    let sealed = vault.seal_bytes(batch, registry, &sight.picture)?;
                    picture = Some(sealed.object);
                    all.push(sealed);
                }
                seen.push(Seen { blank: sight.blank, separator: sight.separator, picture });
            }
            Ok::<_, StoreError>((all, seen))
        });
        let (all, seen) = sealing.await.map_err(damaged)??;
        let none = all.is_empty();
        self.keep(all).await?;
        let some_missing = seen.iter().any(|seen| seen.picture.is_none());
        let draws = self.reader().is_some_and(|reader| reader.draws());
        let told = match (none, some_missing) {
            (true, _) if !draws => Some(said("scan.no-drawer")),
            (_, true) => Some(said("scan.no-pictures")),
            _ => None,
        };
        Ok((seen, told))
    }

    /// One page of a scan, large and as it is turned in the plan; none: it cannot be drawn.
    pub async fn scan_page(
        &self,
        session: &Session,
        id: ObjectId,
        page: usize,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let scan = self.waiting_scan(session, id).await?;
        scan.seen.get(page).ok_or(Code::NotFound)?;
        let turn = scan.plan.pages().find(|placed| placed.page == page).map(|placed| placed.turn);
        let (Some(reader), Some(bytes)) = (self.reader().cloned(), self.bytes_of(&scan).await?) else {
            return Ok(None);
        };
        let leaf = Leaf { page, turn: turn.unwrap_or_default() };
        let drawn = tokio::task::spawn_blocking(move || reader.page(&bytes, leaf));
        drawn.await.map_err(damaged)?.map_err(damaged)
    }

    /// Waits a little for a scan on which an errand is.
    pub async fn wait_for_scan(&self, session: &Session, id: ObjectId) -> Result<Option<Scan>, Failure> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let scan = self.read_as(session).await?.scan(id).await?;
            let busy = scan.as_ref().is_some_and(|scan| scan.standing != Standing::Open);
            if !busy || tokio::time::Instant::now() > deadline {
                return Ok(scan);
            }
            tokio::time::sleep(LOOKS).await;
        }
    }
}
