//! What is kept in memory of the organisation: all of it, for one state of the house's ledger.

use std::sync::Arc;

use registry::{HOUSE, organisation::Organisation};
use store::{StoreError, sql::Conn};

use super::Office;

impl Office {
    /// The organisation as a transaction sees it, from memory when nothing changed.
    pub(crate) async fn organisation_in(&self, conn: &mut Conn) -> Result<Arc<Organisation>, StoreError> {
        let sequence = store::house::size(conn, HOUSE).await?;
        let known = self.inner.organisation.read().ok().and_then(|kept| kept.clone());
        if let Some(organisation) = known.filter(|kept| kept.sequence == sequence) {
            return Ok(organisation);
        }
        let organisation = Arc::new(store::organisation::load(conn).await?);
        if let Ok(mut kept) = self.inner.organisation.write() {
            *kept = Some(organisation.clone());
        }
        Ok(organisation)
    }
}
