//! What planted leaks betray (see `store::planted`). Without the feature `planted-leaks` nothing is ever betrayed.

use registry::{CaseId, DocumentId, RegistryId};
use store::planted::Leak;

use crate::office::Office;

impl Office {
    /// How many documents there are, where a test has planted that leak; else 0.
    #[doc(hidden)]
    pub async fn betrayed_rows(&self, leak: Leak) -> u64 {
        #[cfg(feature = "planted-leaks")]
        if store::planted::leaks(leak)
            && let Ok(mut conn) = self.database().begin_read().await
        {
            return store::planted::rows(&mut conn).await.unwrap_or(0);
        }
        let _ = leak;
        0
    }

    /// How many documents a registry has, where a test has planted that leak; else 0.
    #[doc(hidden)]
    pub async fn betrayed_rows_of(&self, leak: Leak, registry: RegistryId) -> u64 {
        #[cfg(feature = "planted-leaks")]
        if store::planted::leaks(leak)
            && let Ok(mut conn) = self.database().begin_read().await
        {
            return store::planted::rows_of(&mut conn, registry).await.unwrap_or(0);
        }
        let _ = (leak, registry);
        0
    }

    /// How many statements were asked until now, and those of them that look through a growing table; on SQLite.
    #[cfg(feature = "planted-leaks")]
    #[doc(hidden)]
    pub async fn statements_reading_all(&self) -> Result<(usize, Vec<(String, String)>), store::StoreError> {
        let mut conn = self.database().begin_read().await?;
        Ok(store::sql::asked::reading_all(&mut conn).await?)
    }

    /// The document of a reference, seen or not, where a test has planted that leak; else none.
    #[doc(hidden)]
    pub async fn betrayed_reference(&self, reference: &str) -> Option<DocumentId> {
        #[cfg(feature = "planted-leaks")]
        if store::planted::leaks(Leak::Redirect)
            && let Ok(mut conn) = self.database().begin_read().await
        {
            return store::planted::named(&mut conn, reference).await.ok().flatten();
        }
        let _ = reference;
        None
    }

    /// True when a document is there, seen or not, where a test has planted that leak; else false.
    pub(crate) async fn betrayed_document(&self, document: DocumentId) -> bool {
        #[cfg(feature = "planted-leaks")]
        if store::planted::leaks(Leak::ErrorText)
            && let Ok(mut conn) = self.database().begin_read().await
        {
            return store::planted::is_there(&mut conn, document).await.unwrap_or(false);
        }
        let _ = document;
        false
    }

    /// True when a case is there, seen or not, where a test has planted that leak; else false.
    pub(crate) async fn betrayed_case(&self, case: CaseId) -> bool {
        #[cfg(feature = "planted-leaks")]
        if store::planted::leaks(Leak::CaseNumber)
            && let Ok(mut conn) = self.database().begin_read().await
        {
            return store::planted::is_case(&mut conn, case).await.unwrap_or(false);
        }
        let _ = case;
        false
    }
}
