//! An installation to measure, in a folder that goes away; figures are printed, never asserted.
#![allow(dead_code, reason = "each bench uses what it needs")]
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

pub mod large;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use office::{
    Office, Opening, Sender,
    clock::{Clock, SystemClock, machine_entropy},
    folder::{Folder, Founding, found},
};
use registry::{
    Answer, Command, PersonId, RegistryId,
    authorisation::{Grant, Role},
    person::NewPerson,
};
use store::sql::DatabaseUrl;

/// Where the historic papers lie, when they are beside the project.
pub fn papers() -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/frus");
    anyhow::ensure!(folder.join("index.jsonl").is_file(), "the historic papers are not beside the project");
    Ok(folder)
}

/// The map of the historic papers.
pub const MAP: &str = include_str!("../../../../house/maps/frus.toml");

/// An installation with its officers and one registry.
pub struct Bench {
    pub office: Office,
    pub registry: RegistryId,
    pub officers: [PersonId; 2],
    _folder: tempfile::TempDir,
}

impl Bench {
    pub async fn new(database: Option<DatabaseUrl>) -> Result<Self> {
        Self::open(database, true).await
    }

    pub async fn without_index(database: Option<DatabaseUrl>) -> Result<Self> {
        Self::open(database, false).await
    }

    async fn open(database: Option<DatabaseUrl>, index: bool) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let folder = Folder::at(dir.path().join("data"));
        let founding = Founding::shipped("bench.example");
        let now = SystemClock.now();
        let founded = found(&folder, &founding, database.clone(), None, now, &machine_entropy()).await?;
        let office = Office::open(Opening { database, index, ..Opening::of(folder) }).await?;
        let registry = office.house().await?.registry_by_code("REG").context("registry")?.id;
        let mut officers = founded.officers.iter().map(|(person, _)| person.id);
        let officers = [officers.next().context("officer")?, officers.next().context("officer")?];
        Ok(Self { office, registry, officers, _folder: dir })
    }

    pub async fn does(&self, person: PersonId, command: Command) -> Result<Answer> {
        Ok(self
            .office
            .command(Sender::proven(person, self.office.now()), self.office.new_command(), command)
            .await?)
    }

    pub async fn adds(&self, login: &str) -> Result<PersonId> {
        let person = NewPerson {
            login: login.to_owned(),
            name: login.to_owned(),
            nationality: "USA".to_owned(),
            language: "en".to_owned(),
            title: String::new(),
            body: None,
        };
        match self.does(self.officers[0], Command::AddPerson { person }).await? {
            Answer::Added { person } => Ok(person),
            other => anyhow::bail!("{other:?}"),
        }
    }

    pub async fn makes_clerk(&self, person: PersonId) -> Result<()> {
        let command = Command::AssignRole { person, role: Role::Clerk, registry: self.registry };
        self.does(self.officers[0], command).await.map(|_| ())
    }

    pub async fn clears(&self, person: PersonId, level: &str, captions: &[&str]) -> Result<()> {
        let house = self.office.house().await?;
        let mut categories = std::collections::BTreeMap::new();
        if !captions.is_empty() {
            categories.insert("Caption".to_owned(), captions.iter().map(|c| (*c).to_owned()).collect());
        }
        let named =
            label::NamedClearance { policy: "US-HISTORIC".to_owned(), level: level.to_owned(), categories };
        let grant = Grant::Clearance {
            clearance: house.policies.resolve_clearance(&named)?,
            authority: "bench".to_owned(),
            number: None,
            from: "2020-01-01".parse()?,
            until: "2099-12-31".parse()?,
        };
        let proposed = self.does(self.officers[0], Command::Propose { person, grant }).await?;
        let Answer::Proposed { authorisation, proposal } = proposed else { anyhow::bail!("{proposed:?}") };
        self.does(self.officers[1], Command::Confirm { authorisation, proposal }).await.map(|_| ())
    }
}

/// The database to measure on: the embedded one, or the PostgreSQL of the test command.
pub fn engines() -> Vec<(&'static str, Option<String>)> {
    let mut engines = vec![("SQLite", None)];
    if let Ok(server) = std::env::var("CHANCERY_TEST_POSTGRES") {
        engines.push(("PostgreSQL", Some(server)));
    }
    engines
}

/// A database of its own on a server.
pub async fn fresh(server: Option<&str>) -> Result<Option<DatabaseUrl>> {
    use sqlx::{Connection as _, Executor as _};
    let Some(server) = server else { return Ok(None) };
    let mut name = [0_u8; 8];
    machine_entropy()(&mut name);
    let name = format!("bench{}", registry::id::hex(&name));
    let mut admin = sqlx::PgConnection::connect(server).await?;
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
    let (head, _) = server.rsplit_once('/').context("address")?;
    Ok(Some(DatabaseUrl::parse(&format!("{head}/{name}"))?))
}

/// The value at a share of sorted durations.
pub fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let at = ((sorted.len() as f64 - 1.0) * share).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}

/// Since when.
pub fn since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64()
}

/// How many times the set is taken, each time with varied text: the first argument, or ten.
pub fn times() -> usize {
    std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(10)
}

/// An entry without content, marked.
pub fn letter(n: usize, label: label::Label) -> registry::document::Register {
    use registry::{
        DocumentDate,
        document::{Direction, Register},
    };
    Register {
        direction: Direction::Incoming,
        kind: "letter".to_owned(),
        date: DocumentDate::parse("2026-03-01").ok(),
        language: "en".to_owned(),
        originator: Some("Commerce Committee".to_owned()),
        references: Vec::new(),
        preferred: None,
        relations: Vec::new(),
        number: None,
        subject: format!("Winter stocks of the region, report {n}"),
        subject_label: None,
        label: Some(label),
        action: vec!["Director General".to_owned()],
        info: Vec::new(),
        need_to_know: Vec::new(),
        access_list: Vec::new(),
        held_elsewhere: Some("safe 4".to_owned()),
        content: None,
        old: None,
        formal: registry::formal::Formal::default(),
        files: Vec::new(),
    }
}
