//! An open installation: the folder it owns, its tables, vault and keys, and what is kept in memory of the house.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, LazyLock, RwLock},
};

use jiff::civil::Date;
use label::{Clearance, Communities};
use ledger::{SigningKey, VerifierKey};
use registry::{
    AccessScope, HOUSE, PersonId, RegistryId, Timestamp, Viewer,
    access::RegistryScope,
    authorisation::{Authorisation, Grant},
    command::{Caller, Channel, OPERATOR},
    house::House,
    id::IdSource,
    person::Person,
    validity::{self, Settings, Warning},
};
use store::{
    StoreError,
    classes::{Classes, Rules},
    commit::Committer,
    sql::{Conn, Database, DatabaseUrl},
    vault::{Entropy, KeyStore, RootKey, Vault},
};

use crate::{
    clock::{Clock, SystemClock, machine_entropy},
    doors::{self, Doors},
    folder::{self, Folder, Owned},
    follow::Follower,
    mail::Followed,
    shipped,
    signin::Guesses,
    takeover::Errands,
};

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
    _owned: Owned,
}

/// A person as of one state of the house and one day.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    house: u64,
    day: Date,
    /// The person.
    pub(crate) person: Person,
    /// What the person holds on that day.
    pub(crate) viewer: Viewer,
    /// What he holds, as granted.
    pub(crate) grants: Vec<Held>,
    /// What of it ends soon.
    pub(crate) warnings: Vec<Warning>,
}

/// What a person holds on a day.
#[derive(Debug, Clone)]
pub struct Held {
    /// As granted.
    pub grant: Grant,
    /// The last day on which it counts, with what extends it.
    pub last: Option<Date>,
}

impl Known {
    /// The same where nothing above a ceiling may be shown.
    pub(crate) fn under(&self, ceiling: Clearance) -> Self {
        Self { viewer: self.viewer.clone().under(ceiling), ..self.clone() }
    }
}

/// What was decided last for a person under a ceiling, or under none.
type Scopes = HashMap<(PersonId, Option<Clearance>), Arc<CachedScope>>;

struct CachedScope {
    house: u64,
    day: Date,
    classes: HashMap<RegistryId, usize>,
    scope: Arc<AccessScope>,
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
                _owned: owned,
            }),
        };
        office.follow();
        Ok(office)
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

    /// The house as a transaction sees it, from memory when nothing changed.
    pub(crate) async fn house_in(&self, conn: &mut Conn) -> Result<Arc<House>, StoreError> {
        let sequence = store::house::size(conn, HOUSE).await?;
        self.house_at(conn, sequence).await
    }

    /// The same, where the size of its ledger is known already.
    pub(crate) async fn house_at(&self, conn: &mut Conn, sequence: u64) -> Result<Arc<House>, StoreError> {
        let known = self.inner.house.read().ok().and_then(|h| h.clone());
        if let Some(house) = known.filter(|h| h.sequence == sequence) {
            return Ok(house);
        }
        let house = Arc::new(load_house(conn).await?);
        if let Ok(mut kept) = self.inner.house.write() {
            *kept = Some(house.clone());
        }
        Ok(house)
    }

    /// The house as it stands.
    pub async fn house(&self) -> Result<Arc<House>, StoreError> {
        let mut conn = self.inner.database.begin_read().await?;
        self.house_in(&mut conn).await
    }

    /// A person with what he holds today, from memory when the house did not change.
    pub(crate) async fn known_in(
        &self,
        conn: &mut Conn,
        house: &House,
        person: PersonId,
    ) -> Result<Option<Arc<Known>>, StoreError> {
        let day = self.now().date(&house.zone);
        let known = self.inner.people.read().ok().and_then(|p| p.get(&person).cloned());
        if let Some(known) = known.filter(|k| k.house == house.sequence && k.day == day) {
            return Ok(Some(known));
        }
        let Some(record) = person_record(conn, person).await? else { return Ok(None) };
        let (record, authorisations) = record;
        let viewer = Viewer::on(day, &record, &authorisations);
        let warnings = validity::warnings(&authorisations, house, day);
        let grants = authorisations
            .iter()
            .filter(|a| a.in_force(&authorisations, day))
            .map(|a| Held { grant: a.grant.clone(), last: a.last_day(&authorisations) })
            .collect();
        let known = Arc::new(Known { house: house.sequence, day, person: record, viewer, grants, warnings });
        if let Ok(mut people) = self.inner.people.write() {
            people.insert(person, known.clone());
        }
        Ok(Some(known))
    }

    /// What a viewer may see, as of the transaction. Decided anew when the house, the day or the classes changed;
    /// so a clearance that was revoked is gone on the next request.
    pub(crate) async fn scope_in(
        &self,
        conn: &mut Conn,
        house: &House,
        known: &Known,
    ) -> Result<(Arc<AccessScope>, HashMap<RegistryId, Rules>), StoreError> {
        let mut rules = HashMap::new();
        for registry in house.registries() {
            rules.insert(registry.id, self.inner.classes.of(conn, registry.id).await?);
        }
        let person = known.person.id;
        let key = (person, known.viewer.ceiling().cloned());
        let cached = self.inner.scopes.read().ok().and_then(|s| s.get(&key).cloned());
        if let Some(cached) = cached.filter(|c| {
            c.house == house.sequence
                && c.day == known.day
                && rules.iter().all(|(id, r)| c.classes.get(id) == Some(&r.len()))
        }) {
            return Ok((cached.scope.clone(), rules));
        }
        let registries = rules
            .iter()
            .map(|(id, rules)| {
                let numbered = (0_u32..).zip(rules.iter().map(AsRef::as_ref));
                (*id, RegistryScope::decide(&known.viewer, *id, numbered, house, known.day))
            })
            .collect();
        let scope = Arc::new(AccessScope::new(person, known.day, registries));
        let cached = CachedScope {
            house: house.sequence,
            day: known.day,
            classes: rules.iter().map(|(id, r)| (*id, r.len())).collect(),
            scope: scope.clone(),
        };
        if let Ok(mut scopes) = self.inner.scopes.write() {
            scopes.insert(key, Arc::new(cached));
        }
        Ok((scope, rules))
    }

    /// A caller inside a transaction.
    pub(crate) async fn caller_in(
        &self,
        conn: &mut Conn,
        house: &House,
        person: PersonId,
        channel: Channel,
        fresh: bool,
    ) -> Result<Option<Caller>, StoreError> {
        if person == OPERATOR && channel == Channel::Operator {
            return Ok(Some(operator()));
        }
        let known = self.known_in(conn, house, person).await?;
        Ok(known.map(|known| Caller { person, channel, fresh, viewer: known.viewer.clone() }))
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

    /// The rules of the classes of a registry.
    pub(crate) async fn rules_of(&self, conn: &mut Conn, registry: RegistryId) -> Result<Rules, StoreError> {
        self.inner.classes.of(conn, registry).await
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

/// The holder of the key in nobody's name: may set up and import, sees nothing.
pub(crate) fn operator() -> Caller {
    let nobody = Person {
        id: OPERATOR,
        login: String::new(),
        name: String::new(),
        nationality: String::new(),
        language: "en".to_owned(),
        title: String::new(),
        body: None,
        left: None,
    };
    Caller {
        person: OPERATOR,
        channel: Channel::Operator,
        fresh: false,
        viewer: Viewer::on(Date::constant(1970, 1, 1), &nobody, &[]),
    }
}

pub(crate) async fn load_house(conn: &mut Conn) -> Result<House, StoreError> {
    let mut house =
        store::house::load(conn, |text| toml::from_str::<Communities>(text).map_err(|e| e.to_string()))
            .await?;
    house.validity = VALIDITY.clone().map_err(StoreError::damaged)?;
    Ok(house)
}

/// Read once: what ships does not change while we run. It decides what may be proposed and never how an entry is
/// applied, so it stands in no ledger.
static VALIDITY: LazyLock<Result<Settings, String>> =
    LazyLock::new(|| toml::from_str(shipped::PEOPLE).map_err(|e| format!("house/people.toml: {e}")));

/// A person with every authorisation.
pub(crate) async fn person_record(
    conn: &mut Conn,
    person: PersonId,
) -> Result<Option<(Person, Vec<Authorisation>)>, StoreError> {
    let Some(record) = store::house::person(conn, person).await? else { return Ok(None) };
    let authorisations = store::house::authorisations(conn, person).await?;
    Ok(Some((record, authorisations)))
}
