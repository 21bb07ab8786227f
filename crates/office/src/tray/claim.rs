//! The steps of a row in a tray: claimed by a command, given up, registered, dismissed. Each is durable by itself; which comes
//! when is told in `settling`.

use registry::{CommandId, DocumentId, ObjectId, PersonId, RegistryId, document::StagedContent, id::Digest};
use store::{StoreError, values};

use crate::{failure::Failure, office::Office};

/// Who has claimed a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// By this command, now.
    Now,
    /// By this command, when it was sent before.
    Before,
    /// By another, or it is settled.
    Others,
}

impl Office {
    /// Claims a thing for a command of a person, unless it is claimed.
    pub(super) async fn tray_claim(
        &self,
        registry: RegistryId,
        item: ObjectId,
        command: CommandId,
        by: PersonId,
    ) -> Result<Claim, StoreError> {
        let mut conn = self.database().begin_write().await?;
        let now = conn
            .execute(
                "UPDATE tray SET command_id = $1, settled_at = $2, settled_by = $3 WHERE registry_id = $4 AND item_id = $5 AND standing = 'waiting' AND command_id IS NULL",
                values![command, self.now(), by, registry, item],
            )
            .await?;
        let row = conn
            .one(
                "SELECT command_id, settled_by FROM tray WHERE registry_id = $1 AND item_id = $2",
                values![registry, item],
            )
            .await?;
        conn.commit().await?;
        let (holder, person) = match row {
            Some(row) => (row.opt_id::<CommandId>(0)?, row.opt_id::<PersonId>(1)?),
            None => (None, None),
        };
        Ok(match (now, holder == Some(command) && person == Some(by)) {
            (1, _) => Claim::Now,
            (_, true) => Claim::Before,
            (_, false) => Claim::Others,
        })
    }

    /// Gives up the claim of a command.
    pub(super) async fn tray_release(
        &self,
        registry: RegistryId,
        item: ObjectId,
        command: CommandId,
    ) -> Result<(), StoreError> {
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE tray SET command_id = NULL, settled_at = NULL, settled_by = NULL WHERE registry_id = $1 AND item_id = $2 AND command_id = $3 AND standing = 'waiting'",
            values![registry, item, command],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    /// What a thing holds; none: nothing is left of it.
    pub(super) async fn tray_content(
        &self,
        registry: RegistryId,
        item: ObjectId,
    ) -> Result<Option<StagedContent>, StoreError> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one("SELECT content FROM tray WHERE registry_id = $1 AND item_id = $2", values![registry, item])
            .await?;
        let text = row.map(|row| row.opt_text(0)).transpose()?.flatten();
        text.map(|text| serde_json::from_str(&text)).transpose().map_err(StoreError::damaged)
    }

    /// By what the bytes of a thing are known.
    pub(super) async fn tray_digest(
        &self,
        registry: RegistryId,
        item: ObjectId,
    ) -> Result<Option<Digest>, StoreError> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one("SELECT digest FROM tray WHERE registry_id = $1 AND item_id = $2", values![registry, item])
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(match row.opt_bytes(0)? {
            Some(_) => Some(Digest(row.array(0)?)),
            None => None,
        })
    }

    /// Notes as which document a thing was registered.
    pub(super) async fn tray_registered(
        &self,
        registry: RegistryId,
        item: ObjectId,
        document: DocumentId,
    ) -> Result<(), StoreError> {
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE tray SET standing = 'registered', registered_as = $1, settled_at = $2, head = '{}' WHERE registry_id = $3 AND item_id = $4",
            values![document, self.now(), registry, item],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    /// Throws away the content of something that is dismissed, and then forgets that it was there: broken off between the
    /// two it is done again. Nothing that a document has is thrown away, whoever has dismissed it.
    pub(super) async fn tray_dismissed(&self, registry: RegistryId, item: ObjectId) -> Result<(), Failure> {
        if let Some(content) = self.tray_content(registry, item).await? {
            if let Some(document) = self.document_of(registry, &content).await? {
                return Ok(self.tray_registered(registry, item, document).await?);
            }
            self.discard(registry, &[content]).await?;
        }
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE tray SET standing = 'dismissed', settled_at = $1, head = '{}', content = NULL, message_id = NULL WHERE registry_id = $2 AND item_id = $3",
            values![self.now(), registry, item],
        )
        .await?;
        Ok(conn.commit().await.map_err(StoreError::from)?)
    }

    /// The document that has a content as one of its versions.
    pub(super) async fn document_of(
        &self,
        registry: RegistryId,
        content: &StagedContent,
    ) -> Result<Option<DocumentId>, StoreError> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one(
                "SELECT document_id FROM version WHERE registry_id = $1 AND digest = $2 AND object_id = $3",
                values![registry, content.digest.0, content.object],
            )
            .await?;
        Ok(row.map(|row| row.id(0)).transpose()?)
    }
}
