//! Making the documents of a scan: one PDF after the other into the in-tray, each in one transaction with the plan that it was
//! taken from, so that whatever breaks off when, each comes once. And what becomes of a scan otherwise: into the tray as it is,
//! or dismissed with a reason.

use registry::{
    Answer, Code, Command, CommandId, ObjectId, Refusal, RegistryId,
    intake::{Came, DismissalReason},
};
use store::{StoreError, values};

use super::{Scan, Standing, damaged, looking::hindrance, one};
use crate::{
    door::Sender,
    failure::Failure,
    intake::Staged,
    office::Office,
    signin::Session,
    tray::{Arriving, Said, Source},
};

/// How long a dismissal that was broken off stands (seconds).
const CLAIMED: i64 = 60;

impl Scan {
    /// What its documents bring with them.
    fn arriving(&self) -> Arriving {
        Arriving {
            source: Source::Scan,
            origin: self.origin.clone(),
            direction: self.direction,
            received: Some(self.arrived),
        }
    }

    /// The name of one of its documents, from one.
    fn name_of(&self, n: u64) -> String {
        let name = self.file_name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem: String = stem.chars().take(200).collect();
        format!("{stem}-{n:02}.pdf")
    }
}

impl Office {
    /// Makes the documents of a scan as its plan stood at a version. They come into the in-tray one by one; this returns when
    /// they are begun. Refused where somebody has changed the plan since, and where no page is left for a document.
    pub async fn make_documents(&self, session: &Session, id: ObjectId, version: u64) -> Result<(), Failure> {
        let scan = self.waiting_scan(session, id).await?;
        if !scan.divides() {
            return Err(Code::ScanSettled.into());
        }
        if scan.plan.documents().is_empty() {
            return Err(Code::ScanEmpty.into());
        }
        let mut conn = self.database().begin_write().await?;
        let written = conn
            .execute(
                "UPDATE scan SET standing = 'making', said = 'null', version = version + 1, changed_at = $1, changed_by = $2 WHERE registry_id = $3 AND scan_id = $4 AND version = $5 AND standing = 'open'",
                values![self.now(), session.person, scan.registry, id, version],
            )
            .await?;
        conn.commit().await.map_err(StoreError::from)?;
        if written == 0 {
            return Err(Code::Conflict.into());
        }
        self.begin_making(scan.registry, id);
        Ok(())
    }

    /// Begins to make the documents of a scan, unless somebody does.
    pub(super) fn begin_making(&self, registry: RegistryId, id: ObjectId) {
        let Some(errand) = self.scanning().begin(id) else { return };
        let office = self.clone();
        tokio::spawn(async move {
            if let Err(error) = office.make_all(registry, id).await {
                tracing::error!(%error, "the documents of a scan could not be made");
            }
            drop(errand);
        });
    }

    async fn make_all(&self, registry: RegistryId, id: ObjectId) -> Result<(), Failure> {
        let mut bytes = None;
        let stop = self.stopping();
        while !*stop.borrow() {
            let mut conn = self.database().begin_read().await?;
            let found = one(&mut conn, registry, id).await?;
            drop(conn);
            let Some(mut scan) = found.filter(|scan| scan.standing == Standing::Making) else {
                return Ok(());
            };
            let Some(leaves) = scan.plan.documents().into_iter().next() else {
                return self.settle_scan(&scan, Standing::Made).await;
            };
            if bytes.is_none() {
                bytes = self.bytes_of(&scan).await?.map(std::sync::Arc::<[u8]>::from);
            }
            let (Some(reader), Some(bytes)) = (self.reader().cloned(), bytes.clone()) else {
                return self.unmade(&scan, super::looking::said("scan.no-reader")).await;
            };
            let bound = tokio::task::spawn_blocking(move || reader.bind(&bytes, &leaves));
            let bound = match bound.await.map_err(damaged)?.map_err(damaged)? {
                Ok(bound) => bound,
                Err(outcome) => return self.unmade(&scan, hindrance(&outcome, 0)).await,
            };
            let name = scan.name_of(scan.made + 1);
            let mut upload = self.upload(registry, &name)?;
            let staged = tokio::task::spawn_blocking(move || {
                upload.write(&bound)?;
                upload.finish(None)
            });
            match staged.await.map_err(damaged)? {
                Ok(staged) => {
                    scan.plan.drop_first();
                    self.put_document(&scan, staged).await?;
                }
                Err(Failure::Refused(_)) => {
                    return self.unmade(&scan, super::looking::said("scan.too-large")).await;
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    /// A document of a scan comes into the tray, and its pages leave the plan.
    async fn put_document(&self, scan: &Scan, staged: Staged) -> Result<(), Failure> {
        let registry = scan.registry;
        let mut put = self.tray_prepare(registry, staged).await?;
        put.head.brought_by = scan.changed_by.or(scan.brought_by);
        let plan = serde_json::to_string(&scan.plan).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        let moved = conn
            .execute(
                "UPDATE scan SET plan = $1, made = made + 1, changed_at = $2 WHERE registry_id = $3 AND scan_id = $4 AND made = $5 AND standing = 'making'",
                values![plan, self.now(), registry, scan.id, scan.made],
            )
            .await?;
        if moved == 0 {
            // Somebody else made it: what was kept for it is thrown away.
            drop(conn);
            return self.tray_kept(registry, put, false).await;
        }
        let item = self.tray_insert(&mut conn, registry, &scan.arriving(), &put).await?;
        conn.commit().await.map_err(StoreError::from)?;
        self.tray_kept(registry, put, item.is_some()).await
    }

    /// A document could not be made: the scan waits again, with what is left of it and why.
    async fn unmade(&self, scan: &Scan, said: Said) -> Result<(), Failure> {
        let said = serde_json::to_string(&Some(said)).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE scan SET standing = 'open', said = $1, version = version + 1, changed_at = $2 WHERE registry_id = $3 AND scan_id = $4 AND standing = 'making'",
            values![said, self.now(), scan.registry, scan.id],
        )
        .await?;
        Ok(conn.commit().await.map_err(StoreError::from)?)
    }

    /// Puts a scan into the in-tray as it came, undivided: what cannot be divided is registered so. None: the tray knows it.
    pub async fn keep_scan_whole(
        &self,
        session: &Session,
        id: ObjectId,
        version: u64,
    ) -> Result<Option<ObjectId>, Failure> {
        let scan = self.waiting_scan(session, id).await?;
        let (registry, content) = (scan.registry, scan.content.clone().ok_or(Code::ScanSettled)?);
        if scan.standing != Standing::Open || scan.made > 0 {
            return Err(Code::ScanSettled.into());
        }
        let mut unsealing = self.vault().unseal(registry, content.object).await?;
        let mut upload = self.upload(registry, &content.file_name)?;
        let staged = tokio::task::spawn_blocking(move || {
            while let Some(chunk) = unsealing.next_chunk()? {
                upload.write(&chunk)?;
            }
            upload.finish(Some(content.size))
        });
        let mut put = self.tray_prepare(registry, staged.await.map_err(damaged)??).await?;
        put.head.brought_by = scan.brought_by.or(Some(session.person));
        let mut conn = self.database().begin_write().await?;
        let moved = conn
            .execute(
                "UPDATE scan SET plan = '[]', standing = 'making', changed_at = $1 WHERE registry_id = $2 AND scan_id = $3 AND version = $4 AND standing = 'open'",
                values![self.now(), registry, id, version],
            )
            .await?;
        if moved == 0 {
            drop(conn);
            self.tray_kept(registry, put, false).await?;
            return Err(Code::Conflict.into());
        }
        let item = self.tray_insert(&mut conn, registry, &scan.arriving(), &put).await?;
        conn.commit().await.map_err(StoreError::from)?;
        self.tray_kept(registry, put, item.is_some()).await?;
        // It has no page left to make a document of.
        self.settle_scan(&scan, Standing::Made).await?;
        Ok(item)
    }

    /// Says of a scan why it becomes no document. Its content is thrown away; the ledger keeps the reason and the digest.
    pub async fn dismiss_scan(
        &self,
        session: &Session,
        command: CommandId,
        id: ObjectId,
        reason: DismissalReason,
        words: Option<String>,
    ) -> Result<Answer, Failure> {
        let scan = self.waiting_scan(session, id).await?;
        let digest = scan.content.as_ref().map(|content| content.digest);
        if scan.standing != Standing::Open {
            return Err(Refusal::new(Code::Conflict).into());
        }
        self.move_scan(&scan, "open", "dismissing", Some(command))
            .await?
            .then_some(())
            .ok_or(Code::ScanSettled)?;
        let items = vec![Came { item: id, digest }];
        let ask = Command::Dismiss { registry: scan.registry, items, reason, words };
        match self.carry(Sender::of(session), command, ask).await {
            Ok(carried) => {
                self.settle_scan(&scan, Standing::Dismissed).await?;
                Ok(carried.answer)
            }
            Err(failure) => {
                if matches!(failure, Failure::Refused(_)) {
                    self.move_scan(&scan, "dismissing", "open", None).await?;
                }
                Err(failure)
            }
        }
    }

    async fn move_scan(
        &self,
        scan: &Scan,
        from: &str,
        to: &str,
        command: Option<CommandId>,
    ) -> Result<bool, Failure> {
        let mut conn = self.database().begin_write().await?;
        let moved = conn
            .execute(
                "UPDATE scan SET standing = $1, command_id = $2, changed_at = $3 WHERE registry_id = $4 AND scan_id = $5 AND standing = $6",
                values![to, command, self.now(), scan.registry, scan.id, from],
            )
            .await?;
        conn.commit().await.map_err(StoreError::from)?;
        Ok(moved == 1)
    }

    /// Settles a dismissal that was broken off, as the register tells what became of it.
    pub(super) async fn settle_dismissal(&self, scan: &Scan) -> Result<(), Failure> {
        if scan.changed > self.now().plus_seconds(-CLAIMED) {
            return Ok(());
        }
        let mut conn = self.database().begin_read().await?;
        let dismissed = conn
            .one(
                "SELECT 1 FROM intake_dismissed WHERE registry_id = $1 AND item_id = $2",
                values![scan.registry, scan.id],
            )
            .await?
            .is_some();
        drop(conn);
        if dismissed {
            self.settle_scan(scan, Standing::Dismissed).await
        } else {
            self.move_scan(scan, "dismissing", "open", None).await.map(|_| ())
        }
    }
}
