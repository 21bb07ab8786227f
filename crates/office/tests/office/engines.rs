//! An installation for a test, on SQLite always and on PostgreSQL where the test command started one.

use std::{future::Future, sync::Arc};

use office::{
    Office, Opening, Sender,
    clock::{SetClock, seeded_entropy},
    folder::{Folder, Founding, found},
};
use registry::{
    Answer, AuthorisationId, Command, PersonId, RegistryId, Timestamp,
    authorisation::{Grant, Role},
    person::NewPerson,
};
use sqlx::{Connection, Executor};
use store::sql::DatabaseUrl;

/// 12 March 2026, 09:00 UTC.
pub const MORNING: Timestamp = Timestamp::from_micros(1_773_306_000_000_000);

/// One installation with its two officers.
pub struct House {
    pub office: Office,
    pub clock: Arc<SetClock>,
    pub officers: [PersonId; 2],
    pub registry: RegistryId,
    _folder: tempfile::TempDir,
}

impl House {
    pub async fn founded(database: Option<DatabaseUrl>) -> House {
        House::founded_with(database, |_| ()).await
    }

    pub async fn founded_with(database: Option<DatabaseUrl>, change: impl FnOnce(&mut Opening)) -> House {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path().join("data"));
        let entropy = seeded_entropy(7);
        let founding = Founding::shipped("test-house");
        let founded = found(&folder, &founding, database.clone(), None, MORNING, &entropy).await.unwrap();
        let clock = Arc::new(SetClock::at(MORNING));
        let mut opening = Opening { database, clock: clock.clone(), entropy, ..Opening::of(folder) };
        change(&mut opening);
        let office = Office::open(opening).await.unwrap();
        let registry = office.house().await.unwrap().registry_by_code("REG").unwrap().id;
        let officers = [founded.officers[0].0.id, founded.officers[1].0.id];
        House { office, clock, officers, registry, _folder: dir }
    }

    pub async fn does(&self, person: PersonId, command: Command) -> Result<Answer, office::Failure> {
        let sender = Sender::proven(person, self.office.now());
        self.office.command(sender, self.office.new_command(), command).await
    }

    pub async fn adds(&self, login: &str, nationality: &str) -> PersonId {
        let person = NewPerson {
            login: login.into(),
            name: format!("{login} of the house"),
            nationality: nationality.into(),
            language: "en".into(),
            title: String::new(),
            body: None,
        };
        match self.does(self.officers[0], Command::AddPerson { person }).await.unwrap() {
            Answer::Added { person } => person,
            other => panic!("{other:?}"),
        }
    }

    /// One officer proposes, the other confirms.
    pub async fn gives(&self, person: PersonId, grant: Grant) -> AuthorisationId {
        let proposed = self.does(self.officers[0], Command::Propose { person, grant }).await.unwrap();
        let Answer::Proposed { authorisation, proposal } = proposed else { panic!("{proposed:?}") };
        self.does(self.officers[1], Command::Confirm { authorisation, proposal }).await.unwrap();
        authorisation
    }

    pub async fn clears(&self, person: PersonId, level: &str) -> AuthorisationId {
        let house = self.office.house().await.unwrap();
        let named = label::NamedClearance {
            policy: "NATO".into(),
            level: level.into(),
            categories: Default::default(),
        };
        let clearance = house.policies.resolve_clearance(&named).unwrap();
        let grant = Grant::Clearance {
            clearance,
            authority: "National authority".into(),
            number: None,
            from: "2025-01-01".parse().unwrap(),
            until: "2029-12-31".parse().unwrap(),
        };
        let briefing = Grant::Briefing {
            policy: "NATO".into(),
            subject: level.into(),
            on: "2026-01-15".parse().unwrap(),
            refresh: None,
        };
        self.gives(person, briefing).await;
        self.gives(person, grant).await
    }

    pub async fn makes_clerk(&self, person: PersonId) {
        let command = Command::AssignRole { person, role: Role::Clerk, registry: self.registry };
        self.does(self.officers[0], command).await.unwrap();
    }

    pub async fn label(&self, level: &str) -> label::Label {
        let named = label::NamedLabel {
            policy: "NATO".into(),
            level: level.into(),
            categories: Default::default(),
            privacy_mark: None,
        };
        self.office.house().await.unwrap().policies.resolve(&named).unwrap()
    }
}

/// Runs a story on SQLite and, where there is one, on PostgreSQL, each time in a database of its own.
pub async fn on_each_engine<F: Future<Output = ()>>(story: impl Fn(House) -> F) {
    story(House::founded(None).await).await;
    #[expect(clippy::disallowed_methods, reason = "the test command names its PostgreSQL here")]
    let Ok(server) = std::env::var("CHANCERY_TEST_POSTGRES") else {
        println!("skipped on PostgreSQL: CHANCERY_TEST_POSTGRES is not set");
        return;
    };
    let name = format!("t{}", registry::id::hex(&rand_bytes()));
    let mut admin = sqlx::PgConnection::connect(&server).await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let url = server.rsplit_once('/').map(|(head, _)| format!("{head}/{name}")).unwrap();
    let house = House::founded(Some(DatabaseUrl::parse(&url).unwrap())).await;
    let office = house.office.clone();
    story(house).await;
    office.close().await;
    admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
}

fn rand_bytes() -> [u8; 8] {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}
