//! An open installation: the folder it owns, its tables, vault and keys. What is kept in memory of house and people stands
//! beside this.

mod known;
mod organised;

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, RwLock},
};

use ledger::{SigningKey, VerifierKey};
use registry::{PersonId, RegistryId, Timestamp, house::House, id::IdSource};
use store::{
    StoreError,
    classes::Classes,
    commit::Committer,
    sql::{Database, DatabaseUrl},
    vault::{Entropy, KeyStore, RootKey, Vault},
};

use crate::{
    clock::{Clock, SystemClock, machine_entropy},
    doors::{self, Doors},
    folder::{self, Folder, Owned},
    follow::Follower,
    mail::Followed,
    signin::Guesses,
    takeover::Errands,
};

pub use known::Held;
use known::Scopes;
pub(crate) use known::{Known, load_house, operator, person_record};

/// How an installation is opened.
#[derive(Clone)]
pub struct Opening {
    /// The data folder.
    pub folder: Folder,
    /// The tables, when they are not where the folder says.
    pub database: Option<DatabaseUrl>,
    /// The root key, when it is not beside the folder.
    pub key: Option<PathBuf>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes come from.
    pub entropy: Entropy,
    /// The program that is run as the limited reader of foreign bytes; none: only plain text is read.
    pub reader: Option<PathBuf>,
    /// Whether the index is kept and searched.
    pub index: bool,
    /// Largest file that is taken in (bytes).
    pub largest: u64,
}

impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opening({})", self.folder.root().display())
    }
}

impl Opening {
    /// As in life: the machine's clock and chance.
    pub fn of(folder: Folder) -> Self {
        Self {
            folder,
            database: None,
            key: None,
            clock: Arc::new(SystemClock),
            entropy: machine_entropy(),
            reader: None,
            index: true,
            largest: crate::intake::LARGEST,
        }
    }
}

/// An open installation. Cloned freely; the folder is given up when the last clone goes.
#[derive(Clone)]
pub struct Office {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Office({})", self.inner.folder.root().display())
    }
}

struct Inner {
    folder: Folder,
    url: DatabaseUrl,
    database: Database,
    vault: Vault,
    root: RootKey,
    clock: Arc<dyn Clock>,
    entropy: Entropy,
    doors: std::sync::OnceLock<Doors>,
    largest: u64,
    committer: Committer,
    signing: SigningKey,
    classes: Classes,
    house: RwLock<Option<Arc<House>>>,
    organisation: RwLock<Option<Arc<registry::organisation::Organisation>>>,
    people: RwLock<HashMap<PersonId, Arc<Known>>>,
    scopes: RwLock<Scopes>,
    reader: Option<Arc<reader::Reader>>,
    follower: Option<Arc<Follower>>,
    index_at: tokio::sync::Mutex<std::collections::BTreeMap<RegistryId, u64>>,
    stop: tokio::sync::watch::Sender<bool>,
    /// What runs until the office is closed: the follower of the ledgers, those of mailboxes.
    tasks: std::sync::Mutex<Vec<tokio::task::JoinHandle<()>>>,
    /// The mailboxes that are followed.
    mailboxes: RwLock<Vec<Followed>>,
    /// The scan folders that are followed.
    scan_folders: RwLock<Vec<crate::scans::folder::Followed>>,
    errands: Errands,
    guesses: Guesses,
    /// What the organisation's directory said of its groups last.
    belonging: crate::belonging::Kept,
    /// Scans at which somebody is.
    scanning: crate::scans::Errands,
    /// Who makes forms of the lists for an emergency.
    emergency: std::sync::OnceLock<Arc<crate::custody::emergency::Press>>,
    _owned: Owned,
}

impl Office {
    /// Opens an installation and takes its folder.
    pub async fn open(opening: Opening) -> Result<Self, StoreError> {
        let Opening { folder, database, key, clock, entropy, reader, index, largest } = opening;
        folder.check_format()?;
        let owned = folder.own()?;
        let root = folder::read_key(&key.unwrap_or_else(|| folder.key_file()))?;
        let url = folder.database_url(database)?;
        if let DatabaseUrl::Sqlite(file) = &url {
            // Made anew it would be an empty register.
            std::fs::metadata(file)
                .map_err(|e| StoreError::file(format!("the tables, {}", file.display()), e))?;
        }
        let database = Database::open(&url).await?;
        let keys = KeyStore::open_there(&folder.keys(), root.clone()).await?;
        let vault = Vault::open(&folder.vault(), keys, entropy.clone())?;
        let mut conn = database.begin_read().await?;
        let house = load_house(&mut conn).await?;
        drop(conn);
        let signing = folder::signing_key(&root, &house.name)?;
        folder::check_key(&folder, &signing)?;
        let follower = match index {
            true => {
                let (opened, _) = store::index::Index::open(&folder.index())?;
                Some(Arc::new(Follower::new(opened)))
            }
            false => None,
        };
        let office = Self {
            inner: Arc::new(Inner {
                committer: Committer::new(database.clone()),
                folder,
                url,
                database,
                vault,
                root,
                clock,
                entropy,
                doors: std::sync::OnceLock::new(),
                largest,
                signing,
                classes: Classes::default(),
                house: RwLock::new(Some(Arc::new(house))),
                organisation: RwLock::default(),
                people: RwLock::default(),
                scopes: RwLock::default(),
                reader: reader.map(|program| {
                    let reader = reader::Reader::new(program, reader::Limits::default());
                    Arc::new(reader.recognising(reader::Recogniser::installed()))
                }),
                index_at: tokio::sync::Mutex::new(
                    follower.as_ref().map(|f| f.index.positions()).unwrap_or_default(),
                ),
                follower,
                stop: tokio::sync::watch::Sender::new(false),
                guesses: Guesses::default(),
                tasks: std::sync::Mutex::default(),
                mailboxes: RwLock::default(),
                errands: Errands::default(),
                belonging: crate::belonging::Kept::default(),
                scanning: crate::scans::Errands::default(),
                scan_folders: RwLock::default(),
                emergency: std::sync::OnceLock::new(),
                _owned: owned,
            }),
        };
        office.follow();
        Ok(office)
    }

    pub(crate) fn emergency_press(&self) -> &std::sync::OnceLock<Arc<crate::custody::emergency::Press>> {
        &self.inner.emergency
    }
    /// The data folder.
    pub fn folder(&self) -> &Folder {
        &self.inner.folder
    }
    /// The tables.
    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }
    /// Where the tables are.
    pub(crate) fn database_url(&self) -> &DatabaseUrl {
        &self.inner.url
    }
    /// The vault.
    pub(crate) fn vault(&self) -> &Vault {
        &self.inner.vault
    }
    /// Where random bytes come from.
    pub(crate) fn entropy(&self) -> &Entropy {
        &self.inner.entropy
    }
    /// Who guesses at passwords.
    pub(crate) fn guesses(&self) -> &Guesses {
        &self.inner.guesses
    }
    /// Opens doors beside the password; once, before anybody is served.
    pub fn open_doors(&self, doors: Doors) {
        if self.inner.doors.set(doors).is_err() {
            tracing::error!("doors are opened once; those that were open stay");
        }
    }
    /// The doors beside the password.
    pub fn doors(&self) -> &Doors {
        self.inner.doors.get().unwrap_or(&doors::SHUT)
    }
    /// Largest file that is taken in (bytes).
    pub fn largest(&self) -> u64 {
        self.inner.largest
    }
    /// The line in which commands wait.
    pub(crate) fn committer(&self) -> &Committer {
        &self.inner.committer
    }
    /// The key that signs checkpoints.
    pub(crate) fn signing(&self) -> &SigningKey {
        &self.inner.signing
    }
    /// The key with which anyone verifies them.
    pub fn verifier_key(&self) -> &VerifierKey {
        self.inner.signing.verifier_key()
    }
    /// What whoever comes by this process's socket must know.
    pub fn socket_secret(&self) -> [u8; 32] {
        folder::socket_secret(&self.inner.root)
    }
    /// The limited reader of foreign bytes.
    pub(crate) fn reader(&self) -> Option<&Arc<reader::Reader>> {
        self.inner.reader.as_ref()
    }
    /// The registers of old that are being taken over.
    pub(crate) fn errands(&self) -> &Errands {
        &self.inner.errands
    }
    /// This moment.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
    /// Where the identifiers of a registry come from.
    pub(crate) fn ids(&self, registry: RegistryId) -> IdSource {
        IdSource::new(&self.inner.root.derive("ids", Some(registry)))
    }

    /// A new command id, for callers that bring none.
    pub fn new_command(&self) -> registry::CommandId {
        let mut id = [0; 16];
        (self.inner.entropy)(&mut id);
        registry::CommandId::new(id)
    }

    /// The index and what keeps it, where this office has one.
    pub(crate) fn follower(&self) -> Option<&Arc<Follower>> {
        self.inner.follower.as_ref()
    }

    /// For tasks that must not keep the folder.
    pub(crate) fn weak(&self) -> WeakOffice {
        WeakOffice { inner: Arc::downgrade(&self.inner) }
    }

    /// How far the index has read, committed or not.
    pub(crate) async fn index_position(&self, _: &Follower) -> std::collections::BTreeMap<RegistryId, u64> {
        self.inner.index_at.lock().await.clone()
    }

    /// Notes how far the index has read.
    pub(crate) async fn set_index_position(
        &self,
        _: &Follower,
        at: std::collections::BTreeMap<RegistryId, u64>,
    ) {
        *self.inner.index_at.lock().await = at;
    }

    /// Turns true when the office is being closed.
    pub(crate) fn stopping(&self) -> tokio::sync::watch::Receiver<bool> {
        self.inner.stop.subscribe()
    }

    /// Keeps a task that follows something, to wait for its end.
    pub(crate) fn keep_task(&self, task: tokio::task::JoinHandle<()>) {
        if let Ok(mut kept) = self.inner.tasks.lock() {
            kept.push(task);
        }
    }

    /// Follows something for as long as the office is open.
    pub(crate) fn follow_on<F>(&self, follow: impl FnOnce(WeakOffice) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (following, mut stop) = (follow(self.weak()), self.stopping());
        self.keep_task(tokio::spawn(async move {
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => {}
                () = following => {}
            }
        }));
    }

    /// The scans at which somebody is.
    pub(crate) fn scanning(&self) -> &crate::scans::Errands {
        &self.inner.scanning
    }

    /// The scan folders that are followed.
    pub(crate) fn scan_folders(&self) -> Vec<crate::scans::folder::Followed> {
        self.inner.scan_folders.read().map(|kept| kept.clone()).unwrap_or_default()
    }

    /// Says which scan folders are followed.
    pub(crate) fn set_scan_folders(&self, folders: Vec<crate::scans::folder::Followed>) {
        if let Ok(mut kept) = self.inner.scan_folders.write() {
            *kept = folders;
        }
    }

    /// The mailboxes that are followed.
    pub(crate) fn followed(&self) -> Vec<Followed> {
        self.inner.mailboxes.read().map(|kept| kept.clone()).unwrap_or_default()
    }

    /// Says which mailboxes are followed.
    pub(crate) fn set_followed(&self, mailboxes: Vec<Followed>) {
        if let Ok(mut kept) = self.inner.mailboxes.write() {
            *kept = mailboxes;
        }
    }

    /// What the organisation's directory said of its groups last.
    pub(crate) fn belonging(&self) -> &crate::belonging::Kept {
        &self.inner.belonging
    }

    /// Closes in good order: the follower ends, then the tables. The folder is free when this was the last clone.
    pub async fn close(self) {
        self.inner.stop.send_replace(true);
        let tasks = self.inner.tasks.lock().map(|mut kept| std::mem::take(&mut *kept)).unwrap_or_default();
        for task in tasks {
            let _ = task.await;
        }
        self.inner.vault.keys().close().await;
        self.inner.database.close().await;
    }
}

/// An office that may be closed meanwhile.
pub(crate) struct WeakOffice {
    inner: std::sync::Weak<Inner>,
}

impl WeakOffice {
    /// The office, while it is open.
    pub(crate) fn upgrade(&self) -> Option<Office> {
        self.inner.upgrade().map(|inner| Office { inner })
    }
}
