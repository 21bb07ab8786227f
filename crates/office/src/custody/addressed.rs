//! To whom copies were sent: whether that is the reader, or a registry whose copies are his work, and what waits for its receipt.

use registry::custody::fact::Addressee;
use store::custody::seen::{self, Slice};

use super::DispatchRow;
use crate::{failure::Failure, reading::Reading};

impl Reading {
    /// What other registries of the house sent to the reader's own, and waits for a receipt: as far as he sees every copy.
    pub async fn due_to_registries(&mut self) -> Result<Vec<DispatchRow>, Failure> {
        let mut found = Vec::new();
        if self.custody_registries().is_empty() {
            return Ok(found);
        }
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            for view in seen::dispatches(conn, place, Some(true), Slice::ALL).await?.rows {
                let to = &view.dispatch.to;
                if matches!(to, Addressee::Registry { .. }) && self.is_addressed(to) {
                    found.push(self.dispatch_row(registry.id, view).await?);
                }
            }
        }
        Ok(found)
    }

    /// Whether something was sent to the reader himself, or to a registry whose copies are his work.
    pub(super) fn is_addressed(&self, to: &Addressee) -> bool {
        match to {
            Addressee::Person { person } => *person == self.person().id,
            Addressee::Registry { registry } => self.viewer().handles(*registry),
            Addressee::Desk | Addressee::Elsewhere { .. } => false,
        }
    }
}
