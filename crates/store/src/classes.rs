//! The access classes of a registry, kept in memory: they are only ever added.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use registry::{AccessRule, ClassNumber, RegistryId};

use crate::{error::StoreError, sql::Conn, values};

/// The rules of the classes of one registry, by number.
pub type Rules = Arc<Vec<Arc<AccessRule>>>;

/// All classes that have been read so far.
#[derive(Debug, Default)]
pub struct Classes {
    known: RwLock<HashMap<RegistryId, Rules>>,
}

impl Classes {
    /// The classes of a registry, as the transaction sees them or newer.
    pub async fn of(&self, conn: &mut Conn, registry: RegistryId) -> Result<Rules, StoreError> {
        let mut rules = self.known(registry);
        let rows = conn
            .all(
                "SELECT class_no, rule FROM access_class WHERE registry_id = $1 AND class_no >= $2 ORDER BY class_no",
                values![registry, u64::try_from(rules.len()).unwrap_or(u64::MAX)],
            )
            .await?;
        if rows.is_empty() {
            return Ok(rules);
        }
        let all = Arc::make_mut(&mut rules);
        for row in rows {
            if row.number(0)? != u64::try_from(all.len()).unwrap_or(u64::MAX) {
                return Err(StoreError::damaged("access classes are not numbered through"));
            }
            let rule = serde_json::from_str(&row.text(1)?).map_err(StoreError::damaged)?;
            all.push(Arc::new(rule));
        }
        if let Ok(mut known) = self.known.write() {
            let kept = known.entry(registry).or_default();
            if kept.len() < rules.len() {
                *kept = rules.clone();
            }
        }
        Ok(rules)
    }

    fn known(&self, registry: RegistryId) -> Rules {
        self.known.read().ok().and_then(|known| known.get(&registry).cloned()).unwrap_or_default()
    }
}

/// A class by its number.
pub fn rule(rules: &Rules, class: ClassNumber) -> Option<&Arc<AccessRule>> {
    rules.get(usize::try_from(class).ok()?)
}
