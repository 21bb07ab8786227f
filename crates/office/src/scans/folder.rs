//! Scan folders of registries: which are followed and how, and what scanners put into them. Owns the settings
//! (`scan-folders.toml` in the data folder) and the follower.
//!
//! A file is taken when it has stopped growing, and only what is sealed and durable is moved away: whatever crashes when, a file
//! is in the folder or kept here, and by its digest it comes once.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use registry::{RegistryId, Timestamp, document::Direction};
use serde::Deserialize;
use store::{StoreError, values};

use super::{Coming, damaged, plan::Blanks};
use crate::{
    failure::Failure,
    followed,
    intake::Upload,
    office::{Office, WeakOffice},
    reading::Reading,
    tray::Said,
};

/// The file of settings, in the data folder.
pub const SETTINGS: &str = "scan-folders.toml";
/// Where in a folder goes what was taken.
pub const TAKEN: &str = "taken";
/// How often a folder is looked into.
const EVERY: Duration = Duration::from_secs(3);
/// How long nothing is written of a folder in which nothing happens (seconds).
const NOTED: i64 = 60;
/// Most files that are taken at one look.
const AT_ONCE: usize = 50;
/// Most troubles that are told of a folder.
const TOLD: usize = 5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    folder: Vec<Setting>,
}

/// What becomes of a file that is sealed and durable here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Afterwards {
    /// It is moved to the folder `taken` within.
    #[default]
    Move,
    /// It is removed.
    Remove,
}

/// A folder as it is set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    name: String,
    registry: String,
    path: PathBuf,
    #[serde(default = "incoming")]
    direction: Direction,
    #[serde(default)]
    blanks: Blanks,
    #[serde(default)]
    afterwards: Afterwards,
}

const fn incoming() -> Direction {
    Direction::Incoming
}

/// A folder that is followed.
#[derive(Debug, Clone)]
pub struct Followed {
    /// What it is called.
    pub name: String,
    /// Into whose in-tray its scans come.
    pub registry: RegistryId,
    /// Where it is.
    pub path: PathBuf,
    /// The way of the papers.
    pub direction: Direction,
    /// What becomes of blank pages.
    pub blanks: Blanks,
    /// What becomes of a file that was taken.
    pub afterwards: Afterwards,
}

/// How it stands with a scan folder.
#[derive(Debug, Clone)]
pub struct FolderStatus {
    /// What it is called.
    pub name: String,
    /// Into whose in-tray its scans come.
    pub registry: RegistryId,
    /// When it was looked into last.
    pub read_at: Option<Timestamp>,
    /// What went wrong.
    pub said: Vec<Said>,
}

/// Reads the settings: the folders that can be followed, and what is wrong with the others, in words for the log. No file:
/// there is no folder.
pub fn settings(
    folder: &Path,
    registry: impl Fn(&str) -> Option<RegistryId>,
) -> (Vec<Followed>, Vec<String>) {
    followed::settings::<Setting>(folder, registry)
}

impl followed::Setting for Setting {
    type File = File;
    type Followed = Followed;
    const FILE: &'static str = SETTINGS;
    const WORDS: (&'static str, &'static str) = ("scan folder", "folders");

    fn all(file: File) -> Vec<Self> {
        file.folder
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn registry(&self) -> &str {
        &self.registry
    }
    fn followed(self, registry: RegistryId, beside: &Path) -> Result<Followed, String> {
        let Setting { name, path, direction, blanks, afterwards, .. } = self;
        Ok(Followed { name, registry, path: beside.join(path), direction, blanks, afterwards })
    }
}

/// A file as it stood at a look: length and when it was changed.
type Stood = (u64, Option<SystemTime>);

/// What is remembered of a folder from one look to the next.
#[derive(Debug, Default)]
pub struct Looks {
    /// Files that may still grow.
    before: BTreeMap<PathBuf, Stood>,
    /// Files that are kept here and could not be moved away.
    kept: BTreeMap<PathBuf, Stood>,
    /// Files that are never taken as they stand.
    refused: BTreeMap<PathBuf, Stood>,
    said: Vec<Said>,
    noted: Option<Timestamp>,
}

impl Looks {
    fn tell(&mut self, code: &str, file: &Path) {
        if self.said.len() < TOLD {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.said.push(Said { code: code.to_owned(), arguments: vec![("file".to_owned(), name)] });
        }
    }
}

/// The files of a folder as they stand: no links, nothing hidden, nothing empty.
fn files(folder: &Path) -> io::Result<BTreeMap<PathBuf, Stood>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        // What vanished since is a scanner's own affair.
        let Ok(about) = fs::symlink_metadata(entry.path()) else { continue };
        if !hidden && about.is_file() && about.len() > 0 {
            all.insert(entry.path(), (about.len(), about.modified().ok()));
        }
    }
    Ok(all)
}

/// Moves what was taken out of the way, over nothing that is there.
fn put_away(followed: &Followed, file: &Path) -> io::Result<()> {
    if followed.afterwards == Afterwards::Remove {
        return fs::remove_file(file);
    }
    let taken = followed.path.join(TAKEN);
    fs::create_dir_all(&taken)?;
    let name = file.file_name().unwrap_or_default();
    let mut target = taken.join(name);
    let mut n = 2;
    while fs::symlink_metadata(&target).is_ok() {
        let mut other = std::ffi::OsString::from(format!("{n}-"));
        other.push(name);
        target = taken.join(other);
        n += 1;
    }
    fs::rename(file, target)
}

/// Reads a file into an upload; none: it grew while it was read.
fn read_in(mut upload: Upload, file: &Path, length: u64) -> Result<Option<Upload>, Failure> {
    let mut from = fs::File::open(file).map_err(damaged)?;
    let mut buffer = vec![0; 1 << 16];
    let mut read = 0;
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(damaged(error)),
        };
        read += n as u64;
        if read > length {
            return Ok(None);
        }
        upload.write(buffer.get(..n).unwrap_or_default())?;
    }
    Ok((read == length).then_some(upload))
}

impl Office {
    /// Begins to follow the scan folders that are set. What is wrong with the settings is given in words; it keeps nothing else
    /// from being followed.
    pub async fn follow_scan_folders(&self) -> Result<Vec<String>, Failure> {
        let house = self.house().await?;
        let (followed, wrong) = settings(self.folder().root(), followed::by_code(&house));
        self.set_scan_folders(followed.clone());
        for folder in followed {
            self.follow_on(|office| async move { follow(&office, &folder).await });
        }
        Ok(wrong)
    }

    /// Looks into a folder once, and takes what stood there as it stands already at the look before. How many scans came.
    pub async fn read_scan_folder(&self, followed: &Followed, looks: &mut Looks) -> Result<usize, Failure> {
        let was = std::mem::take(&mut looks.said);
        let folder = followed.path.clone();
        let found = tokio::task::spawn_blocking(move || files(&folder)).await.map_err(damaged)?;
        let mut taken = 0;
        match found {
            Err(_) => looks.said.push(Said { code: "scan-folder.gone".to_owned(), arguments: Vec::new() }),
            Ok(found) => {
                for (file, stood) in &found {
                    if looks.refused.get(file) == Some(stood) {
                        looks.tell("scan-folder.large", file);
                    } else if looks.kept.get(file) == Some(stood) {
                        self.moved(followed, file, *stood, looks).await?;
                    } else if looks.before.get(file) == Some(stood) && taken < AT_ONCE {
                        taken += usize::from(self.take_file(followed, file, *stood, looks).await?);
                    }
                }
                looks.kept.retain(|file, _| found.contains_key(file));
                looks.refused.retain(|file, _| found.contains_key(file));
                looks.before = found;
            }
        }
        let fresh = looks.noted.is_some_and(|at| self.now().seconds_since(at) < NOTED);
        if taken > 0 || was != looks.said || !fresh {
            self.note_folder(followed, &looks.said).await?;
            looks.noted = Some(self.now());
        }
        Ok(taken)
    }

    async fn take_file(
        &self,
        followed: &Followed,
        file: &Path,
        stood: Stood,
        looks: &mut Looks,
    ) -> Result<bool, Failure> {
        let (_, name) = crate::tray::place(&file.file_name().unwrap_or_default().to_string_lossy());
        let upload = self.upload(followed.registry, &name)?;
        let path = file.to_owned();
        let read = tokio::task::spawn_blocking(move || match read_in(upload, &path, stood.0)? {
            Some(upload) => upload.sealed(Some(stood.0)).map(Some),
            None => Ok(None),
        });
        let (content, sealed) = match read.await.map_err(damaged)? {
            Ok(Some(all)) => all,
            Ok(None) => return Ok(false),
            Err(Failure::Refused(_)) => {
                looks.refused.insert(file.to_owned(), stood);
                looks.tell("scan-folder.large", file);
                return Ok(false);
            }
            Err(failure) => {
                tracing::warn!(error = %failure, folder = followed.name, "a scan could not be taken in");
                looks.tell("scan-folder.file", file);
                return Ok(false);
            }
        };
        let coming = Coming {
            registry: followed.registry,
            origin: format!("{} \u{b7} {name}", followed.name),
            direction: followed.direction,
            blanks: followed.blanks,
            by: None,
        };
        let brought = self.take_scan(&coming, content, sealed, false).await?;
        // From here on it is kept, whatever becomes of the file.
        self.moved(followed, file, stood, looks).await?;
        Ok(matches!(brought, super::Brought::Waits(_)))
    }

    async fn moved(
        &self,
        followed: &Followed,
        file: &Path,
        stood: Stood,
        looks: &mut Looks,
    ) -> Result<(), Failure> {
        let (folder, path) = (followed.clone(), file.to_owned());
        let moved = tokio::task::spawn_blocking(move || put_away(&folder, &path)).await.map_err(damaged)?;
        match moved {
            Ok(()) => drop(looks.kept.remove(file)),
            Err(_) => {
                looks.kept.insert(file.to_owned(), stood);
                looks.tell("scan-folder.left", file);
            }
        }
        Ok(())
    }

    async fn note_folder(&self, followed: &Followed, said: &[Said]) -> Result<(), Failure> {
        let words = serde_json::to_string(said).map_err(damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "INSERT INTO scan_folder (registry_id, name, read_at, said) VALUES ($1, $2, $3, $4) ON CONFLICT (registry_id, name) DO UPDATE SET read_at = excluded.read_at, said = excluded.said",
            values![followed.registry, &followed.name, self.now(), words],
        )
        .await?;
        Ok(conn.commit().await.map_err(StoreError::from)?)
    }
}

/// Follows one folder for as long as the office is open.
async fn follow(office: &WeakOffice, followed: &Followed) {
    let mut looks = Looks::default();
    loop {
        let Some(open) = office.upgrade() else { return };
        if let Err(error) = open.read_scan_folder(followed, &mut looks).await {
            tracing::error!(%error, folder = followed.name, "a scan folder could not be followed");
        }
        drop(open);
        tokio::time::sleep(EVERY).await;
    }
}

impl Reading {
    /// How it stands with the scan folders of a registry in which the reader may register; of no other.
    pub async fn scan_folders(&mut self, registry: RegistryId) -> Result<Vec<FolderStatus>, Failure> {
        if !self.works_on_tray(registry) {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for followed in self.office().scan_folders().into_iter().filter(|f| f.registry == registry) {
            let row = self
                .conn()
                .one(
                    "SELECT read_at, said FROM scan_folder WHERE registry_id = $1 AND name = $2",
                    values![registry, &followed.name],
                )
                .await?;
            let (read_at, said) = match row {
                Some(row) => {
                    (row.opt_time(0)?, serde_json::from_str(&row.text(1)?).map_err(StoreError::damaged)?)
                }
                None => (None, Vec::new()),
            };
            all.push(FolderStatus { name: followed.name, registry, read_at, said });
        }
        Ok(all)
    }
}
