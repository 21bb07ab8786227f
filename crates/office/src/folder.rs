//! A data folder: what lies in it, how it is founded, who owns it.
//!
//! ```text
//! DIR/format            the form of the folder
//! DIR/lock              held by the one process that owns it
//! DIR/chancery.db       tables (unless they are in PostgreSQL)
//! DIR/keys/keys.db      wrapped keys, apart
//! DIR/vault/            sealed content
//! DIR/index/            the index
//! DIR.key, DIR.pub      beside it: the root key (0600) and the key that verifies checkpoints
//! ```

use std::os::unix::fs::PermissionsExt;
use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use label::{Clearance, Policies, Policy};
use ledger::SigningKey;
use registry::{
    AuthorisationId, CommandId, Entry, Fact, HOUSE, PersonId, RegistryId, Timestamp,
    cases::{Routines, routine},
    command::OPERATOR,
    fact::{FoundingAuthorisation, founding_grants},
    house::{Names, Registry},
    id::{Digest, IdSource},
    person::{NewPerson, Person},
};
use store::{
    StoreError,
    sql::{Database, DatabaseUrl, Hold},
    tables::SCHEMA,
    transaction::{Stamp, Write},
    vault::{Entropy, RootKey},
};

use crate::{failure::Failure, shipped, signin};

/// The form of the data folder that this release reads and writes.
pub const FORMAT: u32 = 10;

/// The files of a data folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// For a path.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }
    /// The tables' file.
    pub fn tables(&self) -> PathBuf {
        self.root.join("chancery.db")
    }
    /// The key store's file.
    pub fn keys(&self) -> PathBuf {
        self.root.join("keys").join("keys.db")
    }
    /// The vault.
    pub fn vault(&self) -> PathBuf {
        self.root.join("vault")
    }
    /// The index.
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }
    /// Where a rebuild is made for comparison.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("rebuild.db")
    }
    /// Where an index is made for comparison.
    pub fn scratch_index(&self) -> PathBuf {
        self.root.join("rebuild-index")
    }
    /// The socket of the process that owns the folder.
    pub fn socket(&self) -> PathBuf {
        self.root.join("socket")
    }
    fn format(&self) -> PathBuf {
        self.root.join("format")
    }
    /// Where the database is noted, when it is not in the folder.
    fn database(&self) -> PathBuf {
        self.root.join("database")
    }
    /// `DIR.key`, when no other place is given.
    pub fn key_file(&self) -> PathBuf {
        beside(&self.root, "key")
    }
    /// `DIR.pub`.
    pub fn public_key_file(&self) -> PathBuf {
        beside(&self.root, "pub")
    }

    /// The address of the tables: as given, as noted at founding, or the folder's own file.
    pub fn database_url(&self, given: Option<DatabaseUrl>) -> Result<DatabaseUrl, StoreError> {
        if let Some(url) = given {
            return Ok(url);
        }
        match fs::read_to_string(self.database()) {
            Ok(text) => Ok(DatabaseUrl::parse(text.trim())?),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(DatabaseUrl::Sqlite(self.tables())),
            Err(e) => Err(StoreError::file("database", e)),
        }
    }

    /// Refuses a folder that is of another form, or none.
    pub fn check_format(&self) -> Result<(), StoreError> {
        let path = self.format();
        let text = fs::read_to_string(&path)
            .map_err(|e| StoreError::file(format!("{} is not a data folder", self.root.display()), e))?;
        let found = text.trim().strip_prefix("chancery-folder ").unwrap_or("unknown");
        if found == FORMAT.to_string() {
            Ok(())
        } else {
            Err(StoreError::Format { found: found.to_owned(), wanted: FORMAT })
        }
    }

    /// Makes a data folder of what was put there: notes where the tables are, and the form last, so that what was broken off
    /// is no data folder.
    fn becomes(&self, url: &DatabaseUrl) -> Result<(), StoreError> {
        if let DatabaseUrl::Postgres { url, .. } = url {
            write_new(&self.database(), 0o600, &format!("{url}\n"))?;
        }
        write_new(&self.format(), 0o644, &format!("chancery-folder {FORMAT}\n"))
    }

    /// The same of what a backup brought, with the key that verifies its checkpoints beside it.
    pub(crate) fn restored(&self, signing: &SigningKey, url: &DatabaseUrl) -> Result<(), StoreError> {
        let public = self.public_key_file();
        if !public.exists() {
            write_new(&public, 0o644, &format!("{}\n", signing.verifier_key()))?;
        }
        self.becomes(url)
    }

    /// Takes the folder for this process, for as long as the answer lives.
    pub fn own(&self) -> Result<Owned, StoreError> {
        let path = self.root.join("lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| StoreError::file(path.display().to_string(), e))?;
        match file.try_lock() {
            Ok(()) => Ok(Owned { _file: file }),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(std::fs::TryLockError::Error(e)) => Err(StoreError::file("lock", e)),
        }
    }
}

fn beside(root: &Path, extension: &str) -> PathBuf {
    let mut name = root.as_os_str().to_owned();
    while name.to_string_lossy().ends_with('/') && name.len() > 1 {
        let text = name.to_string_lossy();
        name = text.trim_end_matches('/').into();
    }
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

/// The mark that this process owns a folder.
#[derive(Debug)]
pub struct Owned {
    _file: File,
}

/// Reads a root key. A file that others may read is refused.
pub fn read_key(path: &Path) -> Result<RootKey, StoreError> {
    let missing = |e| StoreError::Key(format!("{}: {e}", path.display()));
    let mode = fs::metadata(path).map_err(missing)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(StoreError::Key(format!(
            "{} may be read by others (mode {:o}); it must be 600",
            path.display(),
            mode & 0o777
        )));
    }
    RootKey::from_text(&fs::read_to_string(path).map_err(missing)?)
}

/// What an installation is founded with.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Its name, which stands in its checkpoints.
    pub name: String,
    /// The zone in which its days end.
    pub zone: String,
    /// The texts of its security policies.
    pub policies: Vec<String>,
    /// The two security officers.
    pub officers: [NewPerson; 2],
    /// A registry to begin with.
    pub registry: Option<(String, Names)>,
}

impl Founding {
    /// With everything that ships: all policies, officers to be renamed, one registry.
    pub fn shipped(name: &str) -> Self {
        let officer = |login: &str, name: &str| NewPerson {
            login: login.to_owned(),
            name: name.to_owned(),
            nationality: "BEL".to_owned(),
            language: "en".to_owned(),
            title: "Security officer".to_owned(),
            body: None,
        };
        Self {
            name: name.to_owned(),
            zone: "Europe/Brussels".to_owned(),
            policies: shipped::POLICIES.iter().map(|p| p.text.to_owned()).collect(),
            officers: [
                officer("officer1", "First Security Officer"),
                officer("officer2", "Second Security Officer"),
            ],
            registry: Some((
                "REG".to_owned(),
                Names { en: "Central Registry".to_owned(), fr: "Bureau d’ordre central".to_owned() },
            )),
        }
    }
}

/// What `init` tells its operator.
#[derive(Debug, Clone)]
pub struct Founded {
    /// The officers, each with the code that opens the account once.
    pub officers: Vec<(Person, String)>,
    /// Where the root key is.
    pub key: PathBuf,
    /// Where the verifying key is.
    pub public_key: PathBuf,
}

/// Founds an installation in an empty folder.
pub async fn found(
    folder: &Folder,
    founding: &Founding,
    database: Option<DatabaseUrl>,
    key: Option<PathBuf>,
    now: Timestamp,
    entropy: &Entropy,
) -> Result<Founded, Failure> {
    let root = folder.root();
    let occupied = fs::read_dir(root).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return Err(StoreError::file(
            format!("{} is not empty", root.display()),
            std::io::Error::from(std::io::ErrorKind::AlreadyExists),
        )
        .into());
    }
    let policies = parse_policies(&founding.policies)?;
    for part in [root.to_owned(), root.join("keys"), folder.vault(), folder.index()] {
        fs::create_dir_all(&part).map_err(|e| StoreError::file(part.display().to_string(), e))?;
    }
    // The tables and the index say in clear what the register holds.
    fs::set_permissions(root, fs::Permissions::from_mode(0o700))
        .map_err(|e| StoreError::file(root.display().to_string(), e))?;
    let owned = folder.own()?;
    let mut secret = [0; 32];
    entropy(&mut secret);
    let root_key = RootKey::new(secret);
    let key_file = key.unwrap_or_else(|| folder.key_file());
    write_new(&key_file, 0o600, &root_key.to_text())?;
    let signing = signing_key(&root_key, &founding.name)?;
    write_new(&folder.public_key_file(), 0o644, &format!("{}\n", signing.verifier_key()))?;

    let url = database.unwrap_or_else(|| DatabaseUrl::Sqlite(folder.tables()));
    let tables = Database::open(&url).await?;
    tables.create(SCHEMA).await?;
    store::vault::KeyStore::open(&folder.keys(), root_key.clone()).await?.close().await;

    let (facts, officers) = founding_facts(founding, &policies, &root_key, now)?;
    let mut write = Write::begin(&tables).await?;
    write.lock_head(HOUSE, Hold::Exclusive).await?;
    let mut command = [0; 16];
    entropy(&mut command);
    let stamp = Stamp { registry: HOUSE, actor: OPERATOR, command: CommandId::new(command), time: now };
    for (house, fact) in (0..).zip(facts) {
        let mut salt = [0; 32];
        entropy(&mut salt);
        write.append(&stamp, salt, &Entry { house, operator: true, fact }).await?;
    }
    let mut founded = Vec::new();
    for officer in officers {
        let code = signin::new_code(entropy);
        signin::keep_code(write.conn().await?, officer.id, &code, now).await?;
        founded.push((officer, code));
    }
    store::proof::checkpoint(&mut write, HOUSE, &founding.name, &signing).await?;
    write.commit().await?;
    tables.close().await;
    folder.becomes(&url)?;
    drop(owned);
    Ok(Founded { officers: founded, key: key_file, public_key: folder.public_key_file() })
}

/// The key that signs the checkpoints of an installation.
pub fn signing_key(root: &RootKey, installation: &str) -> Result<SigningKey, StoreError> {
    SigningKey::from_seed(root.derive("sign", None), installation).map_err(|e| StoreError::Key(e.to_string()))
}

/// The key must be the one with which the folder was founded.
pub(crate) fn check_key(folder: &Folder, signing: &SigningKey) -> Result<(), StoreError> {
    match std::fs::read_to_string(folder.public_key_file()) {
        Ok(text) if text.trim() == signing.verifier_key().to_string() => Ok(()),
        Ok(_) => Err(StoreError::Key("it is not the key of this installation".into())),
        // The verifying key may have been carried away to the inspector.
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(StoreError::file("public key", e)),
    }
}

/// What whoever comes by the owner's socket must know.
pub fn socket_secret(root: &RootKey) -> [u8; 32] {
    root.derive("socket", None)
}

/// Reads policies and refuses those that can't stand together.
pub fn parse_policies(texts: &[String]) -> Result<Policies, Failure> {
    let mut all = Vec::new();
    for text in texts {
        all.push(Policy::parse(text.as_bytes()).map_err(StoreError::damaged)?);
    }
    Ok(Policies::new(all).map_err(StoreError::damaged)?)
}

fn founding_facts(
    founding: &Founding,
    policies: &Policies,
    root: &RootKey,
    now: Timestamp,
) -> Result<(Vec<Fact>, Vec<Person>), Failure> {
    let zone = jiff::tz::TimeZone::get(&founding.zone).map_err(StoreError::damaged)?;
    let today = now.date(&zone);
    let ids = IdSource::new(&root.derive("ids", Some(HOUSE)));
    let id = |n| ids.derive(HOUSE, OPERATOR, CommandId::new([0; 16]), n);
    let mut officers = Vec::new();
    let mut authorisations = Vec::new();
    for (n, officer) in (0_u32..).zip(&founding.officers) {
        let person = officer.with_id(PersonId::new(id(n)))?;
        for (m, grant) in (0_u32..).zip(founding_grants(highest(policies, today), &founding.name)) {
            let id = AuthorisationId::new(id(100 + n * 100 + m));
            authorisations.push(FoundingAuthorisation { id, person: person.id, grant });
        }
        officers.push(person);
    }
    let mut facts = vec![Fact::InstallationFounded {
        name: founding.name.clone(),
        zone: founding.zone.clone(),
        officers: officers.clone(),
        authorisations,
    }];
    for (text, policy) in founding.policies.iter().zip(policies.iter()) {
        facts.push(Fact::PolicyAdopted {
            name: policy.name().to_owned(),
            digest: Digest::of(text.as_bytes()),
            xml: text.clone(),
        });
    }
    facts.push(Fact::CommunitiesAdopted {
        digest: Digest::of(shipped::COMMUNITIES.as_bytes()),
        toml: shipped::COMMUNITIES.to_owned(),
    });
    for series in shipped::SERIES {
        facts.push(Fact::SeriesAdopted {
            name: series.name.to_owned(),
            digest: Digest::of(series.text.as_bytes()),
            toml: series.text.to_owned(),
        });
    }
    for (what, files) in
        [(Routines::Calendar, shipped::CALENDARS), (Routines::Procedure, shipped::PROCEDURES)]
    {
        for file in files {
            facts.push(Fact::RoutineAdopted {
                what,
                name: routine::name(what, file.text).map_err(StoreError::damaged)?,
                digest: Digest::of(file.text.as_bytes()),
                toml: file.text.to_owned(),
            });
        }
    }
    if let Some((code, names)) = &founding.registry {
        facts.push(Fact::RegistryOpened {
            registry: Registry {
                id: RegistryId::new(id(10)),
                code: registry::house::code(code)?,
                names: names.clone(),
                body: None,
                parent: None,
                ceilings: Vec::new(),
            },
        });
    }
    Ok((facts, officers))
}

/// The highest level of every policy, without categories, for five years: what the two officers begin with.
fn highest(policies: &Policies, today: Date) -> Vec<(Clearance, Date, Date)> {
    let until = today.saturating_add(jiff::Span::new().years(5));
    policies
        .iter()
        .filter_map(|policy| {
            let level = policy.levels().iter().max_by_key(|level| level.hierarchy)?;
            let clearance = Clearance {
                policy: policy.id().clone(),
                level: level.code.clone(),
                categories: Default::default(),
            };
            Some((clearance, today, until))
        })
        .collect()
}

fn write_new(path: &Path, mode: u32, text: &str) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    let failed = |e| StoreError::file(path.display().to_string(), e);
    let mut file = File::options().write(true).create_new(true).mode(mode).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}
