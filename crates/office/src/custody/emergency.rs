//! The list for an emergency: where the registry's copies are, what goes first. For its staff, and for a paper in a drawer that
//! is there when the system is not.

use registry::{Code, RegistryId};
use store::custody::{
    places::{self, Spot},
    seen,
};

use super::HolderName;
use crate::{failure::Failure, reading::Reading};

/// Copies of one log in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyLine {
    /// The code of the log.
    pub log: String,
    /// Its name in both languages; its code where the house does not know it any more.
    pub names: registry::house::Names,
    /// When they go: 1 first; none: last.
    pub priority: Option<u8>,
    /// How many there are.
    pub copies: u64,
}

/// A place with what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyPlace {
    /// Where the container stands; none: at the desk, or with somebody.
    pub location: Option<String>,
    /// The container, the desk, or who has them.
    pub holder: HolderName,
    /// What is there, what goes first at its head.
    pub lines: Vec<EmergencyLine>,
}

impl EmergencyPlace {
    /// When the first of what is there goes.
    pub fn priority(&self) -> Option<u8> {
        self.lines.iter().filter_map(|line| line.priority).min()
    }
    /// How many copies are there.
    pub fn copies(&self) -> u64 {
        self.lines.iter().map(|line| line.copies).sum()
    }
}

impl Reading {
    /// Where a registry's copies are, for its staff: the places from which something goes first at the head.
    pub async fn emergency_list(&mut self, registry: RegistryId) -> Result<Vec<EmergencyPlace>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let containers = seen::containers(conn, place).await?;
        let spots = places::places(conn, place).await?.into_inner();
        let mut list = Vec::with_capacity(spots.len());
        for (spot, logs) in spots {
            let (location, holder) = match spot {
                Spot::Container(id) => {
                    let found = containers.iter().find(|found| found.0.id == id).map(|found| &found.0);
                    let name = found.map(|c| c.name.clone()).unwrap_or_default();
                    (found.map(|c| c.location.clone()), HolderName::Container(id, name))
                }
                Spot::Desk => (None, HolderName::Desk),
                Spot::Person(person) => {
                    (None, HolderName::Person(person, self.name_of(person).await?.unwrap_or_default()))
                }
            };
            let mut lines: Vec<EmergencyLine> =
                logs.into_iter().map(|(log, copies)| self.emergency_line(log, copies)).collect();
            lines.sort_by_key(|line| (line.priority.unwrap_or(u8::MAX), line.log.clone()));
            list.push(EmergencyPlace { location, holder, lines });
        }
        list.sort_by_key(|place| {
            (place.priority().unwrap_or(u8::MAX), place.location.clone(), std::cmp::Reverse(place.copies()))
        });
        Ok(list)
    }

    fn emergency_line(&self, log: String, copies: u64) -> EmergencyLine {
        let known = self.house.custody.by_code(&log);
        let names = known.map(|known| known.names.clone());
        EmergencyLine {
            names: names.unwrap_or_else(|| registry::house::Names { en: log.clone(), fr: log.clone() }),
            priority: known.and_then(|known| known.emergency),
            copies,
            log,
        }
    }
}
