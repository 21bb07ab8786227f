//! Backups: taken while the installation works, and put back elsewhere.
//!
//! ```text
//! OUT/checkpoint     the signed heads of the ledgers, made first: whatever was acknowledged before is in this backup
//! OUT/register.db    every table as it stood at one moment, as SQLite, whichever engine keeps them
//! OUT/vault/         the sealed files
//! OUT/*.toml         the settings that lie in the data folder
//! OUT/backup         what it is, with the digest of each file but the sealed ones; written last
//! ```
//!
//! The order makes it whole: an object is durable before a table names it, so sealed files that are copied after the
//! tables are all that these name. Neither the root key nor any key of an object is in it: what was destroyed since
//! cannot be read out of it. The wrapped keys are copied apart, one generation, over the one before.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _, Write as _},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use ledger::{Note, SigningKey};
use registry::id::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::{
    StoreError, copy,
    sql::{Database, DatabaseUrl},
    vault::{
        KeyStore,
        copy::{Copied, copy as copy_vault},
    },
};

use crate::{
    failure::Failure,
    folder::{self, FORMAT, Folder},
    office::Office,
    proofs::notes_in,
};

/// The form of a backup that this release writes and reads.
const FORM: u32 = 1;
const MANIFEST: &str = "backup";
const CHECKPOINT: &str = "checkpoint";
const TABLES: &str = "register.db";
const VAULT: &str = "vault";

/// What a backup says of itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the backup.
    form: u32,
    /// The form of the data folder that it was taken of.
    folder: u32,
    /// The name of the installation.
    pub name: String,
    /// When it was begun.
    pub taken_at: String,
    /// How many rows its tables have.
    pub rows: u64,
    /// How many sealed objects are in it.
    pub objects: u64,
    /// The digest of each file but the sealed ones, which cannot be changed unseen.
    files: BTreeMap<String, String>,
}

/// Where a backup goes.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The folder, empty or not there.
    pub out: PathBuf,
    /// An earlier backup on the same disk: what it has of the sealed files is not copied again.
    pub earlier: Option<PathBuf>,
    /// The file that keeps the wrapped keys, apart; what it held is replaced.
    pub keys: Option<PathBuf>,
}

/// What was taken.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// Its sealed files.
    pub vault: Copied,
    /// How many wrapped keys were copied.
    pub keys: Option<u64>,
}

/// What is being done, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Rows are copied; nobody knows of how many.
    Tables,
    /// Sealed files are copied.
    Vault,
}

impl Office {
    /// Takes a backup while everybody works.
    pub async fn back_up(
        &self,
        wish: &Wish,
        mut told: impl FnMut(Doing, u64, u64) + Send,
    ) -> Result<Taken, Failure> {
        let out = &wish.out;
        if wish.keys.as_ref().is_some_and(|keys| keys.starts_with(out)) {
            let why = io::Error::other("the keys are kept apart from the backup, or it protects nothing");
            return Err(StoreError::file("keys", why).into());
        }
        if let Some(earlier) = &wish.earlier {
            Manifest::read(earlier)?;
        }
        occupy(out)?;
        let taken_at = self.now().to_string();
        let notes: Vec<String> = self.checkpoint_all().await?.into_iter().map(|(_, note)| note).collect();
        write_new(&out.join(CHECKPOINT), notes.join("\n").as_bytes())?;

        let file = out.join(TABLES);
        let tables = Database::open(&DatabaseUrl::Sqlite(file.clone())).await.map_err(StoreError::from)?;
        let mut state = self.database().begin_read().await?;
        let rows = copy::tables(&mut state, &tables, |rows| told(Doing::Tables, rows, rows)).await;
        drop(state);
        tables.close().await;
        let rows = rows?;
        let synced = File::open(&file).and_then(|file| file.sync_all());
        synced.map_err(|e| StoreError::file(TABLES, e))?;

        let (from, to) = (self.folder().vault(), out.join(VAULT));
        let earlier = wish.earlier.as_ref().map(|folder| folder.join(VAULT));
        let vault = vault(from, to, earlier, |done, of| told(Doing::Vault, done, of)).await?;
        let keys = match &wish.keys {
            Some(file) => Some(self.vault().keys().copy_to(file).await?),
            None => None,
        };
        settings(self.folder().root(), out)?;
        let manifest = Manifest {
            form: FORM,
            folder: FORMAT,
            name: self.house().await?.name.clone(),
            taken_at,
            rows,
            objects: vault.objects,
            files: digests(out)?,
        };
        manifest.write(out)?;
        Ok(Taken { manifest, vault, keys })
    }
}

/// Where a backup is put back.
#[derive(Debug, Clone)]
pub struct Restoring {
    /// The backup.
    pub backup: PathBuf,
    /// The data folder to be, empty or not there.
    pub folder: Folder,
    /// The root key of the installation.
    pub key: PathBuf,
    /// The wrapped keys as they are today.
    pub keys: PathBuf,
    /// The database to be, when it is not in the folder; it must hold no register.
    pub database: Option<DatabaseUrl>,
}

/// Puts a backup back. The folder can be opened when this returns; whoever opens it verifies it against the checkpoint
/// that is answered. Nobody is signed in there.
pub async fn restore(
    restoring: &Restoring,
    mut told: impl FnMut(Doing, u64, u64) + Send,
) -> Result<(Manifest, String), Failure> {
    let Restoring { backup, folder, key, keys, database } = restoring;
    let manifest = Manifest::read(backup)?;
    manifest.check(backup)?;
    let root_key = folder::read_key(key)?;
    let signing = folder::signing_key(&root_key, &manifest.name)?;
    folder::check_key(folder, &signing)?;
    let notes = fs::read_to_string(backup.join(CHECKPOINT)).map_err(|e| StoreError::file(CHECKPOINT, e))?;
    signed_by(&notes, &signing)?;
    let url = database.clone().unwrap_or_else(|| DatabaseUrl::Sqlite(folder.tables()));
    if database.is_some() {
        let place = Database::open(&url).await.map_err(StoreError::from)?;
        let free = copy::empty(&place).await;
        place.close().await;
        free?;
    }
    let wrapped = KeyStore::open_there(keys, root_key).await?;
    let ready = wrapped.check().await.and_then(|()| occupy(folder.root())).and_then(|()| folder.own());
    let owned = match ready {
        Ok(owned) => owned,
        Err(e) => {
            wrapped.close().await;
            return Err(e.into());
        }
    };
    make(&folder.index())?;
    make(&folder.root().join("keys"))?;
    let copied = wrapped.copy_to(&folder.keys()).await;
    wrapped.close().await;
    copied?;

    let from = Database::open(&DatabaseUrl::Sqlite(backup.join(TABLES))).await.map_err(StoreError::from)?;
    let to = Database::open(&url).await.map_err(StoreError::from)?;
    let mut state = from.begin_read().await?;
    let rows = copy::tables(&mut state, &to, |rows| told(Doing::Tables, rows, manifest.rows)).await;
    drop(state);
    from.close().await;
    to.close().await;
    rows?;
    vault(backup.join(VAULT), folder.vault(), None, |done, of| told(Doing::Vault, done, of)).await?;
    settings(backup, folder.root())?;
    folder.restored(&signing, &url)?;
    drop(owned);
    Ok((manifest, notes))
}

/// Refuses a key that did not sign the heads in a backup: it opens nothing of it either.
fn signed_by(notes: &str, signing: &SigningKey) -> Result<(), StoreError> {
    let keys = [signing.verifier_key().clone()];
    for note in notes_in(notes) {
        let checked = Note::parse(&note).map_err(|e| e.to_string());
        checked.and_then(|note| note.verify(&keys).map_err(|e| e.to_string())).map_err(|_| {
            StoreError::Key("it is not the key of the installation that was backed up".into())
        })?;
    }
    Ok(())
}

impl Manifest {
    /// Reads what a backup says of itself; one that was broken off says nothing, and is none.
    fn read(backup: &Path) -> Result<Self, Failure> {
        let place = backup.join(MANIFEST);
        let text = fs::read_to_string(&place)
            .map_err(|e| StoreError::file(format!("{} is not a whole backup", backup.display()), e))?;
        let manifest: Self =
            toml::from_str(&text).map_err(|e| StoreError::damaged(format!("{}: {e}", place.display())))?;
        if manifest.form != FORM || manifest.folder != FORMAT {
            return Err(StoreError::Format { found: manifest.folder.to_string(), wanted: FORMAT }.into());
        }
        Ok(manifest)
    }

    fn write(&self, backup: &Path) -> Result<(), StoreError> {
        let text = toml::to_string(self).map_err(StoreError::damaged)?;
        write_new(&backup.join(MANIFEST), text.as_bytes())
    }

    /// Refuses a backup whose files are not those that were written.
    fn check(&self, backup: &Path) -> Result<(), Failure> {
        let found = digests(backup)?;
        for (name, digest) in &self.files {
            if found.get(name) != Some(digest) {
                let what =
                    format!("{} is not the file that the backup was made with", backup.join(name).display());
                return Err(StoreError::damaged(what).into());
            }
        }
        Ok(())
    }
}

/// Copies sealed files where it may block, and tells of each hundred of them.
async fn vault(
    from: PathBuf,
    to: PathBuf,
    earlier: Option<PathBuf>,
    mut told: impl FnMut(u64, u64),
) -> Result<Copied, StoreError> {
    let (say, mut said) = tokio::sync::mpsc::unbounded_channel();
    let work = tokio::task::spawn_blocking(move || {
        copy_vault(&from, &to, earlier.as_deref(), |done, of| {
            if done == of || done.is_multiple_of(100) {
                let _ = say.send((done, of));
            }
        })
    });
    while let Some((done, of)) = said.recv().await {
        told(done, of);
    }
    work.await.map_err(StoreError::damaged)?
}

/// Makes a folder that holds nothing yet, its owner's alone.
fn occupy(folder: &Path) -> Result<(), StoreError> {
    let failed = |e| StoreError::file(folder.display().to_string(), e);
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let why = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(StoreError::file(format!("{} is not empty", folder.display()), why));
    }
    make(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(failed)
}

fn make(folder: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(|e| StoreError::file(folder.display().to_string(), e))
}

/// The files of a folder by name, those in its folders not.
fn files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Copies the settings that lie in a folder.
fn settings(from: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = |e| StoreError::file("settings", e);
    for name in files(from).map_err(failed)?.iter().filter(|name| name.ends_with(".toml")) {
        write_new(&to.join(name), &fs::read(from.join(name)).map_err(failed)?)?;
    }
    Ok(())
}

fn digests(folder: &Path) -> Result<BTreeMap<String, String>, StoreError> {
    let failed = |e| StoreError::file(folder.display().to_string(), e);
    let names = files(folder).map_err(failed)?;
    let names = names.into_iter().filter(|name| name != MANIFEST);
    names.map(|name| digest(&folder.join(&name)).map(|digest| (name, digest)).map_err(failed)).collect()
}

fn digest(file: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut part) = (File::open(file)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut part)?;
        if read == 0 {
            return Ok(Digest(hash.finalize().into()).to_string());
        }
        hash.update(part.get(..read).unwrap_or_default());
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |e| StoreError::file(path.display().to_string(), e);
    let mut file = File::options().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
}
