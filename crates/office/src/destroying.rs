//! The destruction of a document's content for good: its keys first, then its sealed files, then its words in the index.
//! Owns the order and nothing of who may: no door leads here. Custody and disposition decide, and write the entries.

use registry::{DocumentId, ObjectId, RegistryId};
use store::{StoreError, following};

use crate::{failure::Failure, office::Office};

impl Office {
    /// Destroys every version of a document with what was read from it and what is attached to it. The entry stays. When
    /// this returns, nobody reads it again, here or from any backup, and no word of it is left in the index.
    pub async fn destroy_content(
        &self,
        registry: RegistryId,
        document: DocumentId,
    ) -> Result<usize, Failure> {
        let mut conn = self.database().begin_read().await?;
        let objects: Vec<ObjectId> = store::documents::objects(&mut conn, registry, document).await?;
        drop(conn);
        self.vault().discard(registry, &objects).await?;
        if let Some(follower) = self.follower().cloned() {
            follower.forget_fresh(&objects);
            self.catch_up().await?;
            self.index_again(registry, document).await?;
            let index = follower.index.clone();
            let purged = tokio::task::spawn_blocking(move || index.purge());
            purged.await.map_err(StoreError::damaged)??;
        }
        Ok(objects.len())
    }

    /// Indexes a document as it is now, and commits.
    async fn index_again(&self, registry: RegistryId, document: DocumentId) -> Result<(), StoreError> {
        let mut conn = self.database().begin_read().await?;
        let found = following::one(&mut conn, registry, document).await?;
        let rules = self.rules_of(&mut conn, registry).await?;
        drop(conn);
        match found {
            Some(found) => self.index_one(&rules, registry, found).await,
            None => Ok(()),
        }
    }
}
