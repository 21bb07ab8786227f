//! The list for an emergency: where the registry's copies are, what goes first. For its staff, and for a paper in a drawer that
//! is there when the system is not.

use std::{fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path, sync::Arc};

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
use crate::{failure::Failure, office::Office, reading::Reading, texts::Language};

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

/// The list of a registry for a drawer, to be made into a form.
#[derive(Debug)]
pub struct Drawer {
    /// The house.
    pub house: Arc<House>,
    /// Whose list it is.
    pub registry: Registry,
    /// All of it, whoever may see it.
    pub places: Vec<EmergencyPlace>,
    /// When it was made.
    pub made: Timestamp,
    /// In which language.
    pub language: Language,
}

/// Who makes a form of a list; none: it cannot be made.
pub type Press = Box<dyn Fn(&Drawer) -> Option<Vec<u8>> + Send + Sync>;

impl Office {
    /// Has the lists for a drawer made as forms too; once.
    pub fn press_emergency_lists(&self, press: Press) {
        let _ = self.emergency_press().set(Arc::new(press));
    }

    /// Writes the list of each registry that has copies into the data folder, for a drawer or another machine: a registry has one
    /// file of comma-separated values and a form in each language, all of it whoever may see it, readable by the owner of the
    /// folder alone.
    pub async fn write_emergency_lists(&self) -> Result<usize, StoreError> {
        let (house, now) = (self.house().await?, self.now());
        let (mut lists, mut many) = (Vec::new(), 0);
        for registry in house.registries() {
            let mut conn = self.database().begin_read().await?;
            let laid = places::all(&mut conn, registry.id).await?;
            if laid.is_empty() {
                continue;
            }
            many += 1;
            lists.extend(self.pressed(&house, registry, &laid, now).await?);
            let text = written(&house, registry, laid, now);
            lists.push((format!("{}.csv", registry.code), text.into_bytes()));
        }
        let folder = self.folder().root().join(FOLDER);
        if many > 0 {
            let wrote = tokio::task::spawn_blocking(move || {
                fs::create_dir_all(&folder)?;
                lists.iter().try_for_each(|(name, bytes)| put(&folder, name, bytes))
            });
            let failed = |e| StoreError::file(FOLDER, e);
            wrote.await.map_err(StoreError::damaged)?.map_err(failed)?;
        }
        Ok(many)
    }

    /// The forms of a list, by the names of their files; a processor is busy with each for a moment.
    async fn pressed(
        &self,
        house: &Arc<House>,
        registry: &Registry,
        laid: &[Laid],
        made: Timestamp,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let Some(press) = self.emergency_press().get().cloned() else { return Ok(Vec::new()) };
        let drawer = |language| Drawer {
            house: house.clone(),
            registry: registry.clone(),
            places: placed(house, laid),
            made,
            language,
        };
        let drawers = [Language::En, Language::Fr].map(drawer);
        let code = registry.code.clone();
        let work = move || {
            let form =
                |drawer: &Drawer| Some((format!("{code}.{}.pdf", drawer.language.tag()), press(drawer)?));
            drawers.iter().filter_map(form).collect()
        };
        tokio::task::spawn_blocking(work).await.map_err(StoreError::damaged)
    }
}

/// What lies where, place by place, what goes first at the head.
fn placed(house: &House, laid: &[Laid]) -> Vec<EmergencyPlace> {
    let mut places: Vec<EmergencyPlace> = Vec::new();
    for one in laid {
        let known = house.custody.by_code(&one.log);
        let line = EmergencyLine {
            names: known.map_or_else(
                || registry::house::Names { en: one.log.clone(), fr: one.log.clone() },
                |known| known.names.clone(),
            ),
            priority: known.and_then(|known| known.emergency),
            copies: one.copies,
            log: one.log.clone(),
        };
        let (location, holder) = match (&one.container, &one.person) {
            (Some((name, location)), _) => (Some(location.clone()), HolderName::Elsewhere(name.clone())),
            (None, Some(person)) => (None, HolderName::Elsewhere(person.clone())),
            (None, None) => (None, HolderName::Desk),
        };
        match places.iter_mut().find(|place| place.location == location && place.holder == holder) {
            Some(place) => place.lines.push(line),
            None => places.push(EmergencyPlace { location, holder, lines: vec![line] }),
        }
    }
    for place in &mut places {
        place.lines.sort_by_key(|line| (line.priority.unwrap_or(u8::MAX), line.log.clone()));
    }
    places.sort_by_key(|place| {
        let many = std::cmp::Reverse(place.copies());
        (place.priority().unwrap_or(u8::MAX), place.location.is_none(), place.location.clone(), many)
    });
    places
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
fn put(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let begun = folder.join(format!("{name}.new"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&begun)?;
    file.write_all(bytes).and_then(|()| file.sync_all())?;
    fs::rename(begun, folder.join(name))
}
