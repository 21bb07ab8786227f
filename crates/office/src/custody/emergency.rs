//! The list for an emergency: where the registry's copies are, what goes first. For its staff, and for a paper in a drawer that
//! is there when the system is not.

use std::{fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use registry::{
    Code, RegistryId, Timestamp,
    house::{House, Registry},
};
use store::{
    StoreError,
    custody::{
        places::{self, Laid, Spot},
        seen,
    },
};

use super::HolderName;
use crate::{failure::Failure, office::Office, reading::Reading};

/// The folder of the lists, in the data folder.
const FOLDER: &str = "emergency";

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
            let nowhere = place.location.is_none();
            let many = std::cmp::Reverse(place.copies());
            (place.priority().unwrap_or(u8::MAX), nowhere, place.location.clone(), many)
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

impl Office {
    /// Writes the list of each registry that has copies into the data folder, for a drawer or another machine: one file of
    /// comma-separated values a registry, all of it whoever may see it, readable by the owner of the folder alone.
    pub async fn write_emergency_lists(&self) -> Result<usize, StoreError> {
        let (house, now) = (self.house().await?, self.now());
        let mut lists = Vec::new();
        for registry in house.registries() {
            let mut conn = self.database().begin_read().await?;
            let laid = places::all(&mut conn, registry.id).await?;
            if !laid.is_empty() {
                lists.push((format!("{}.csv", registry.code), written(&house, registry, laid, now)));
            }
        }
        let (folder, many) = (self.folder().root().join(FOLDER), lists.len());
        if many > 0 {
            let wrote = tokio::task::spawn_blocking(move || {
                fs::create_dir_all(&folder)?;
                lists.iter().try_for_each(|(name, text)| put(&folder, name, text))
            });
            let failed = |e| StoreError::file(FOLDER, e);
            wrote.await.map_err(StoreError::damaged)?.map_err(failed)?;
        }
        Ok(many)
    }
}

/// The list of a registry as it lies in a drawer: in both languages, what goes first at its head.
fn written(house: &House, registry: &Registry, mut laid: Vec<Laid>, now: Timestamp) -> String {
    let priority = |laid: &Laid| house.custody.by_code(&laid.log).and_then(|log| log.emergency);
    laid.sort_by_key(|laid| (priority(laid).unwrap_or(u8::MAX), laid.container.is_none(), laid.clone()));
    // What a spreadsheet would read as a formula is preceded by an apostrophe.
    let cell = |text: &str| {
        let formula = text.starts_with(['=', '+', '-', '@']);
        format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
    };
    let mut lines = vec![
        format!("{},{}", cell(&registry.names.en), cell(&registry.names.fr)),
        cell(&now.to_string()),
        String::new(),
        "First / Ordre,Place / Lieu,Container / Meuble,Holder / Détenteur,Log / Registre,Copies / Exemplaires"
            .to_owned(),
    ];
    for one in &laid {
        let (container, place) = one.container.clone().unwrap_or_default();
        let first = priority(one).map(|n| n.to_string()).unwrap_or_default();
        let person = one.person.clone().unwrap_or_default();
        let words = [first, place, container, person, one.log.clone(), one.copies.to_string()];
        lines.push(words.map(|text| cell(&text)).join(","));
    }
    lines.join("\r\n") + "\r\n"
}

/// A file that is there whole, or as it was.
fn put(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let begun = folder.join(format!("{name}.new"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&begun)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all())?;
    fs::rename(begun, folder.join(name))
}
