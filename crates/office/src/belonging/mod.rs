//! Who belongs to which group in the organisation's directory, and what of it differs here. Owns that a directory gives
//! nobody anything: its groups are read, what differs is shown to security officers, and what they make of it takes the
//! ordinary way, proposed by one and confirmed by another.
//!
//! What was read last is kept in memory: it is the directory's, stands in no ledger and is read anew after a start. Whoever
//! runs the directory can make a list look long or short; he cannot make anybody read a paper.

mod differences;
mod settings;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::Duration,
};

use groups::{Limits, Password, Picture};
use registry::{HOUSE, PersonId, Timestamp, authorisation::Grant};
use store::{StoreError, sql::Conn, values};

pub use groups::Trouble;

pub use differences::{Difference, House, Kind, There, differences};
pub use settings::{Meaning, SETTINGS, StandsFor, Watched};

use crate::{
    failure::Failure,
    office::{Office, WeakOffice},
    reading::Reading,
};
use registry::Code;

/// How long somebody who asks for a reading is kept waiting before he is shown that it goes on.
const PATIENCE: Duration = Duration::from_secs(8);

/// What is kept between two looks.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    said: RwLock<Said>,
    /// Held by whoever reads: there is one reading at a time.
    reading: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default, Clone)]
struct Said {
    watched: Option<Arc<Watched>>,
    picture: Option<(Timestamp, Arc<Picture>)>,
    trouble: Option<(Timestamp, Trouble)>,
    wrong: Option<String>,
}

/// How it stands with the directory, and what differs.
#[derive(Debug, Clone)]
pub struct Report {
    /// The server.
    pub server: String,
    /// How often it is read by itself; none: only when somebody asks.
    pub every: Option<Duration>,
    /// When it was last read whole, and how many people it showed.
    pub read: Option<(Timestamp, usize)>,
    /// What went wrong since, and when.
    pub trouble: Option<(Timestamp, Trouble)>,
    /// Whether it is being read now.
    pub busy: bool,
    /// What its groups stand for.
    pub meant: Vec<Meant>,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// How it stands with one group of the directory.
#[derive(Debug, Clone)]
pub struct Meant {
    /// What is set.
    pub meaning: Meaning,
    /// What it stands for in this house; none where the house has no such group or registry.
    pub grant: Option<Grant>,
    /// How many belong to it; none where it is not there, or was not read yet.
    pub members: Option<usize>,
    /// Whether the directory was asked and has no such group.
    pub missing: bool,
}

impl Office {
    /// Begins to read the directory that is set, now and then. What is wrong with the settings is given in words.
    pub fn watch_directory(&self) -> Vec<String> {
        let watched = match Watched::of_folder(self.folder().root()) {
            Ok(None) => return Vec::new(),
            Ok(Some(watched)) => Arc::new(watched),
            Err(why) => {
                self.keep_said(|said| said.wrong = Some(why.clone()));
                return vec![format!("{why}; groups of the directory are not read")];
            }
        };
        self.keep_said(|said| said.watched = Some(watched.clone()));
        if let Some(every) = watched.every {
            self.follow_on(|office| async move { follow(&office, every).await });
        }
        Vec::new()
    }

    fn keep_said(&self, change: impl FnOnce(&mut Said)) {
        if let Ok(mut said) = self.belonging().said.write() {
            change(&mut said);
        }
    }

    fn said(&self) -> Said {
        self.belonging().said.read().map(|said| said.clone()).unwrap_or_default()
    }

    /// Reads the directory once and keeps what it said, or why it could not be read. While another reads, it is his
    /// reading that counts.
    async fn read_directory(&self) {
        let Some(watched) = self.said().watched else { return };
        let Ok(_alone) = self.belonging().reading.try_lock() else { return };
        let read = self.ask_directory(&watched).await;
        let now = self.now();
        match read {
            Ok(picture) => self.keep_said(|said| {
                said.picture = Some((now, Arc::new(picture)));
                said.trouble = None;
            }),
            Err(trouble) => {
                tracing::warn!(code = trouble.code(), "{trouble} {}", trouble.remedy());
                self.keep_said(|said| said.trouble = Some((now, trouble)));
            }
        }
    }

    /// Reads a directory and keeps nothing.
    ///
    /// # Errors
    /// Why it could not be read.
    pub async fn ask_directory(&self, watched: &Watched) -> Result<Picture, Trouble> {
        let password = Password::from_file(&watched.directory.server.password_file)?;
        groups::read(&watched.directory, &password, &watched.asked(), &Limits::default()).await
    }

    /// What differs between a reading and the house, for the holder of the key.
    pub async fn compare_directory(&self, watched: &Watched, picture: &Picture) -> Result<Report, Failure> {
        let house = self.house().await?;
        let today = self.now().date(&house.zone);
        let mut conn = self.database().begin_read().await?;
        let said = Said {
            watched: Some(Arc::new(watched.clone())),
            picture: Some((self.now(), Arc::new(picture.clone()))),
            ..Said::default()
        };
        report(&mut conn, &house, today, &said, false).await?.ok_or_else(|| Code::NotFound.into())
    }
}

async fn follow(office: &WeakOffice, every: Duration) {
    loop {
        let Some(open) = office.upgrade() else { return };
        open.read_directory().await;
        drop(open);
        tokio::time::sleep(every).await;
    }
}

impl Reading {
    /// Whether a directory is watched or shall be, for whom it concerns: security officers.
    pub fn watches_directory(&self) -> bool {
        let said = self.office().said();
        self.sees_authorisations() && (said.watched.is_some() || said.wrong.is_some())
    }

    /// Why the settings of the directory cannot be used, for security officers.
    pub fn directory_settings_wrong(&self) -> Option<Trouble> {
        let wrong = self.sees_authorisations().then(|| self.office().said().wrong).flatten();
        wrong.map(|why| Trouble::Settings { why })
    }

    /// How it stands with the directory and what differs: for security officers; none where none is set.
    pub async fn belonging(&mut self) -> Result<Option<Report>, Failure> {
        if !self.sees_authorisations() {
            return Err(Code::NotFound.into());
        }
        let (house, today) = (self.house.clone(), self.today());
        let said = self.office().said();
        let busy = self.office().belonging().reading.try_lock().is_err();
        report(self.conn(), &house, today, &said, busy).await
    }

    /// Has the directory read now; waits a little for the end of it. False where it goes on.
    pub async fn read_directory_now(&self) -> Result<bool, Failure> {
        if !self.sees_authorisations() {
            return Err(Code::NotFound.into());
        }
        let office = self.office().clone();
        let (weak, mut stop) = (office.weak(), office.stopping());
        // It goes on when whoever asked goes away, and ends when the office is closed.
        let reading = tokio::spawn(async move {
            let Some(open) = weak.upgrade() else { return };
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => {}
                () = open.read_directory() => {}
            }
        });
        Ok(tokio::time::timeout(PATIENCE, reading).await.is_ok())
    }
}

async fn report(
    conn: &mut Conn,
    house: &registry::house::House,
    today: jiff::civil::Date,
    said: &Said,
    busy: bool,
) -> Result<Option<Report>, Failure> {
    let Some(watched) = &said.watched else { return Ok(None) };
    let picture = said.picture.as_ref().map(|(_, picture)| picture.as_ref());
    let mut meanings = Vec::new();
    let mut meant = Vec::with_capacity(watched.meanings.len());
    for (place, meaning) in watched.meanings.iter().enumerate() {
        let grant = meaning.stands_for.grant(house);
        let group = picture.and_then(|picture| picture.groups.get(place));
        meanings.extend(grant.clone().map(|grant| (place, grant)));
        meant.push(Meant {
            meaning: meaning.clone(),
            grant,
            members: group.filter(|group| group.found).map(|group| group.members.len()),
            missing: group.is_some_and(|group| !group.found),
        });
    }
    let differences = match picture {
        None => Vec::new(),
        Some(picture) => {
            let people = store::house::persons(conn).await?;
            let mut standing = store::house::standing(conn).await?;
            standing.extend(store::house::proposals(conn).await?);
            let lasting = match &watched.issuer {
                Some(issuer) => lasting(conn, issuer).await?,
                None => HashMap::new(),
            };
            let here = House {
                people: &people,
                standing: &standing,
                lasting: &lasting,
                elsewhere: &watched.elsewhere,
                today,
            };
            differences(picture, &meanings, &here)
        }
    };
    Ok(Some(Report {
        server: watched.directory.server.named(),
        every: watched.every,
        read: said.picture.as_ref().map(|(at, picture)| (*at, picture.people.len())),
        trouble: said.trouble.clone(),
        busy,
        meant,
        differences,
    }))
}

/// The lasting ids for which a provider vouched.
async fn lasting(conn: &mut Conn, issuer: &str) -> Result<HashMap<PersonId, String>, StoreError> {
    let rows = conn
        .all(
            "SELECT person_id, name FROM door_name WHERE registry_id = $1 AND source = $2",
            values![HOUSE, issuer],
        )
        .await?;
    rows.iter().map(|row| Ok((row.id(0)?, row.text(1)?))).collect()
}
