//! The functional mailboxes of registries: which are followed and how, and what is read from them into the in-tray. Owns the
//! settings (`mailboxes.toml` in the data folder) and the follower; speaking to a server is the crate `mailbox`'s.
//!
//! A message and how far its folder has been read are written in one transaction, and only then the server is told: what was
//! settled there is in the tray, and whatever crashes when, it is there once.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::Duration,
};

use mailbox::{Account, Event, Limits, Mailbox, PassedOver, Password, Settled, State, Trouble, pause};
use registry::{ObjectId, RegistryId, Timestamp, document::Direction};
use serde::Deserialize;
use store::{StoreError, sql::Conn, values};

use crate::{
    failure::Failure,
    followed,
    office::{Office, WeakOffice},
    reading::Reading,
    tray::{Arriving, Put, Said, Source},
};

/// The file of settings, in the data folder.
pub const SETTINGS: &str = "mailboxes.toml";
/// Most folders of one mailbox.
const MANY: usize = 100;
/// How long one mailbox is waited at before every folder is looked at again.
const EVERY: Duration = Duration::from_secs(60);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    mailbox: Vec<Setting>,
}

/// A mailbox as it is set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    name: String,
    registry: String,
    password: PathBuf,
    account: Account,
}

/// A mailbox that is followed.
#[derive(Debug, Clone)]
pub struct Followed {
    /// What it is called.
    pub name: String,
    /// Into whose in-tray its messages come.
    pub registry: RegistryId,
    /// The file with the password.
    pub password: PathBuf,
    /// Server, account, folders.
    pub account: Account,
}

/// How it stands with a mailbox.
#[derive(Debug, Clone)]
pub struct MailboxStatus {
    /// What it is called.
    pub name: String,
    /// Into whose in-tray its messages come.
    pub registry: RegistryId,
    /// The account.
    pub user: String,
    /// The folders that are followed.
    pub folders: Vec<String>,
    /// When everything new was read last.
    pub read_at: Option<Timestamp>,
    /// What went wrong since.
    pub said: Vec<Said>,
}

/// Why reading a mailbox ended.
#[derive(Debug, thiserror::Error)]
pub enum Hindrance {
    /// The server, the way to it, or the settings.
    #[error("{0}")]
    Trouble(#[from] Trouble),
    /// A message could not be kept here.
    #[error("a message could not be kept: {0}")]
    Failure(#[from] Failure),
}

impl From<StoreError> for Hindrance {
    fn from(error: StoreError) -> Self {
        Hindrance::Failure(error.into())
    }
}

impl From<store::sql::SqlError> for Hindrance {
    fn from(error: store::sql::SqlError) -> Self {
        Hindrance::Failure(error.into())
    }
}

impl Hindrance {
    fn said(&self) -> Said {
        match self {
            Hindrance::Trouble(trouble) => said(trouble),
            Hindrance::Failure(_) => Said { code: "mailbox.not-kept".to_owned(), arguments: Vec::new() },
        }
    }
}

fn said(trouble: &Trouble) -> Said {
    let arguments = trouble.arguments();
    Said {
        code: trouble.code().to_owned(),
        arguments: arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    }
}

/// Reads the settings: the mailboxes that can be followed, and what is wrong with the others, in words for the log. No file:
/// there is no mailbox.
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
    const WORDS: (&'static str, &'static str) = ("mailbox", "mailboxes");

    fn all(file: File) -> Vec<Self> {
        file.mailbox
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn registry(&self) -> &str {
        &self.registry
    }
    fn followed(self, registry: RegistryId, beside: &Path) -> Result<Followed, String> {
        let Setting { name, password, mut account, .. } = self;
        if account.folders.is_empty() || account.folders.len() > MANY {
            return Err(format!("it must name from one to {MANY} folders"));
        }
        let mut seen = BTreeSet::new();
        for one in &account.folders {
            if one.name.trim().is_empty() {
                return Err("a folder has no name".to_owned());
            }
            if !seen.insert(&one.name) {
                return Err(format!("the folder {} is named twice", one.name));
            }
            if let mailbox::Afterwards::MoveTo(target) = &one.afterwards
                && account.folders.iter().any(|other| other.name == *target)
            {
                return Err(format!("messages would be moved to {target}, which is read too"));
            }
        }
        if let mailbox::Security::Tls(trusted) | mailbox::Security::StartTls(trusted) = &mut account.security
        {
            trusted.authorities = beside.join(&trusted.authorities);
        }
        Ok(Followed { name, registry, password: beside.join(password), account })
    }
}

impl Office {
    /// Begins to follow the mailboxes that are set. What is wrong with the settings is given in words; it keeps nothing
    /// else from being followed.
    pub async fn follow_mailboxes(&self) -> Result<Vec<String>, Failure> {
        let house = self.house().await?;
        let (followed, wrong) = settings(self.folder().root(), followed::by_code(&house));
        self.set_followed(followed.clone());
        for mailbox in followed {
            self.follow_on(|office| async move { follow(&office, &mailbox).await });
        }
        Ok(wrong)
    }

    /// Reads once what is new in a mailbox. How many messages came into the tray.
    ///
    /// # Errors
    /// Why it could not be read to the end; what was settled before stands.
    pub async fn read_mailbox(&self, followed: &Followed, limits: &Limits) -> Result<usize, Hindrance> {
        let result = async {
            let password = Password::from_file(&followed.password).map_err(Trouble::from)?;
            let mut mailbox = Mailbox::connect(&followed.account, &password, limits).await?;
            let taken = self.read_new(followed, &mut mailbox).await?;
            mailbox.close().await;
            Ok(taken)
        }
        .await;
        if let Err(hindrance) = &result {
            self.note(followed, hindrance).await;
        }
        result
    }

    async fn read_new(&self, followed: &Followed, mailbox: &mut Mailbox) -> Result<usize, Hindrance> {
        let state = self.mail_state(followed).await?;
        let mut poll = mailbox.poll(state);
        let (mut said_now, mut taken) = (Vec::new(), 0);
        let outcome = loop {
            let event = match poll.next().await {
                Ok(Some(event)) => event,
                Ok(None) => break Ok(()),
                Err(trouble) => break Err(Hindrance::Trouble(trouble)),
            };
            if let Event::Hindered { trouble, .. } = &event {
                said_now.push(said(trouble));
                continue;
            }
            let how = match event {
                Event::Arrived(_) => Settled::Registered,
                _ => Settled::PassedOver,
            };
            let after = poll.state_after(how);
            match self.take_in(followed, event, &after).await {
                Ok(new) => taken += usize::from(new),
                Err(failure) => break Err(Hindrance::Failure(failure)),
            }
            if let Err(trouble) = poll.settle(how).await {
                if trouble.ends_connection() {
                    break Err(Hindrance::Trouble(trouble));
                }
                said_now.push(said(&trouble));
            }
        };
        let state = poll.state().clone();
        let mut conn = self.database().begin_write().await?;
        write_state(&mut conn, followed, &state).await?;
        if outcome.is_ok() {
            let words = serde_json::to_string(&said_now).map_err(StoreError::damaged)?;
            conn.execute(
                "UPDATE mailbox_state SET read_at = $1, said = $2 WHERE registry_id = $3 AND mailbox = $4",
                values![self.now(), words, followed.registry, &followed.name],
            )
            .await?;
        }
        conn.commit().await?;
        outcome.map(|()| taken)
    }

    /// Makes an event durable together with the state after it. True when something new is in the tray.
    async fn take_in(&self, followed: &Followed, event: Event, after: &State) -> Result<bool, Failure> {
        let registry = followed.registry;
        let (arriving, put) = match event {
            Event::Arrived(message) => {
                let direction = match message.direction {
                    mailbox::Direction::Incoming => Direction::Incoming,
                    mailbox::Direction::Outgoing => Direction::Outgoing,
                };
                let received = message.received.map(|at| Timestamp::from_micros(at.as_microsecond()));
                let arriving = arriving(followed, &message.folder, direction, received);
                let (folder, uid) = (message.folder, message.uid);
                let mut upload = self.upload(registry, &format!("message-{uid}.eml"))?;
                let bytes = message.bytes;
                let finished = tokio::task::spawn_blocking(move || {
                    upload.write(&bytes)?;
                    upload.finish(None)
                })
                .await
                .map_err(StoreError::damaged)?;
                let put = match finished {
                    Ok(staged) => self.tray_prepare(registry, staged).await?,
                    // It would be refused again and again, and hold the folder back.
                    Err(Failure::Refused(refusal)) => trouble(
                        "mailbox.not-taken",
                        &folder,
                        uid,
                        &[("why", refusal.code.as_str().to_owned())],
                    ),
                    Err(failure) => return Err(failure),
                };
                (arriving, put)
            }
            Event::PassedOver { folder, uid, why } => {
                let direction =
                    followed.account.folders.iter().find(|f| f.name == folder).map(|f| f.direction);
                let direction = match direction {
                    Some(mailbox::Direction::Outgoing) => Direction::Outgoing,
                    _ => Direction::Incoming,
                };
                let put = match why {
                    PassedOver::TooLarge { bytes, limit } => trouble(
                        "mailbox.too-large",
                        &folder,
                        uid,
                        &[("bytes", bytes.to_string()), ("limit", limit.to_string())],
                    ),
                    PassedOver::Gone => trouble("mailbox.gone", &folder, uid, &[]),
                    PassedOver::Unreadable { said } => {
                        trouble("mailbox.unreadable", &folder, uid, &[("said", said)])
                    }
                };
                (arriving(followed, &folder, direction, None), put)
            }
            Event::Renumbered { folder, was, is } => {
                tracing::warn!(
                    mailbox = followed.name,
                    folder,
                    was,
                    is,
                    "a folder was numbered anew and is read again"
                );
                let mut conn = self.database().begin_write().await?;
                write_state(&mut conn, followed, after).await?;
                conn.commit().await?;
                return Ok(false);
            }
            Event::Hindered { .. } => return Ok(false),
        };
        let mut conn = self.database().begin_write().await?;
        let id: Option<ObjectId> = self.tray_insert(&mut conn, registry, &arriving, &put).await?;
        write_state(&mut conn, followed, after).await?;
        conn.commit().await?;
        self.tray_kept(registry, put, id.is_some()).await?;
        Ok(id.is_some())
    }

    async fn mail_state(&self, followed: &Followed) -> Result<State, StoreError> {
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one(
                "SELECT state FROM mailbox_state WHERE registry_id = $1 AND mailbox = $2",
                values![followed.registry, &followed.name],
            )
            .await?;
        match row {
            Some(row) => serde_json::from_str(&row.text(0)?).map_err(StoreError::damaged),
            None => Ok(State::default()),
        }
    }

    /// Notes what went wrong, for the page that shows how it stands with the mailbox.
    async fn note(&self, followed: &Followed, hindrance: &Hindrance) {
        let noted: Result<(), StoreError> = async {
            let words = serde_json::to_string(&[hindrance.said()]).map_err(StoreError::damaged)?;
            let mut conn = self.database().begin_write().await?;
            conn.execute(
                "INSERT INTO mailbox_state (registry_id, mailbox, state, said) VALUES ($1, $2, $3, $4) ON CONFLICT (registry_id, mailbox) DO UPDATE SET said = excluded.said",
                values![followed.registry, &followed.name, "{\"folders\":{}}", words],
            )
            .await?;
            Ok(conn.commit().await?)
        }
        .await;
        if let Err(error) = noted {
            tracing::error!(%error, mailbox = followed.name, "how it stands with a mailbox could not be noted");
        }
    }
}

fn arriving(
    followed: &Followed,
    folder: &str,
    direction: Direction,
    received: Option<Timestamp>,
) -> Arriving {
    let origin = format!("{} \u{b7} {folder}", followed.name);
    Arriving { source: Source::Mailbox, origin, direction, received }
}

fn trouble(code: &str, folder: &str, uid: u32, more: &[(&str, String)]) -> Put {
    let mut arguments = vec![("folder".to_owned(), folder.to_owned()), ("uid".to_owned(), uid.to_string())];
    arguments.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    Put::trouble(Said { code: code.to_owned(), arguments })
}

async fn write_state(conn: &mut Conn, followed: &Followed, state: &State) -> Result<(), StoreError> {
    let words = serde_json::to_string(state).map_err(StoreError::damaged)?;
    conn.execute(
        "INSERT INTO mailbox_state (registry_id, mailbox, state, said) VALUES ($1, $2, $3, '[]') ON CONFLICT (registry_id, mailbox) DO UPDATE SET state = excluded.state",
        values![followed.registry, &followed.name, words],
    )
    .await?;
    Ok(())
}

/// Follows one mailbox for as long as the office is open.
async fn follow(office: &WeakOffice, followed: &Followed) {
    let mut failures = 0_u32;
    loop {
        let began = tokio::time::Instant::now();
        let Err(hindrance) = session(office, followed).await else { return };
        let Some(open) = office.upgrade() else { return };
        open.note(followed, &hindrance).await;
        tracing::warn!(mailbox = followed.name, %hindrance, "a mailbox is not read");
        // One that was read for a while begins anew.
        failures = if began.elapsed() > EVERY { 1 } else { failures.saturating_add(1) };
        let mut dice = [0_u8; 1];
        open.entropy()(&mut dice);
        drop(open);
        let wait = match &hindrance {
            Hindrance::Trouble(trouble) => {
                pause(failures, trouble, dice.first().copied().unwrap_or_default())
            }
            Hindrance::Failure(_) => EVERY,
        };
        tokio::time::sleep(wait).await;
    }
}

/// One connection, for as long as it holds. Ends well when the office is closed.
async fn session(office: &WeakOffice, followed: &Followed) -> Result<(), Hindrance> {
    let password = Password::from_file(&followed.password).map_err(Trouble::from)?;
    let mut mailbox = Mailbox::connect(&followed.account, &password, &Limits::default()).await?;
    loop {
        let Some(open) = office.upgrade() else { return Ok(()) };
        open.read_new(followed, &mut mailbox).await?;
        // Nothing is held open while it waits.
        drop(open);
        mailbox.wait(EVERY).await?;
    }
}

impl Reading {
    /// How it stands with the mailboxes of a registry in which the reader may register; of no other.
    pub async fn mailboxes(&mut self, registry: RegistryId) -> Result<Vec<MailboxStatus>, Failure> {
        if !self.works_on_tray(registry) {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for followed in self.office().followed().into_iter().filter(|f| f.registry == registry) {
            let row = self
                .conn()
                .one(
                    "SELECT read_at, said FROM mailbox_state WHERE registry_id = $1 AND mailbox = $2",
                    values![registry, &followed.name],
                )
                .await?;
            let (read_at, said) = match row {
                Some(row) => {
                    (row.opt_time(0)?, serde_json::from_str(&row.text(1)?).map_err(StoreError::damaged)?)
                }
                None => (None, Vec::new()),
            };
            all.push(MailboxStatus {
                name: followed.name,
                registry,
                user: followed.account.user,
                folders: followed.account.folders.into_iter().map(|folder| folder.name).collect(),
                read_at,
                said,
            });
        }
        Ok(all)
    }
}
