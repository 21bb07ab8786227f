//! Databases for the proofs: SQLite always, PostgreSQL where the test command started one.

use sqlx::{Connection, Executor, PgConnection};
use store::sql::DatabaseUrl;

/// An engine on which there can be databases.
#[derive(Debug, Clone)]
pub enum Kind {
    Sqlite,
    /// With the address of a server on which databases may be made.
    Postgres(String),
}

/// A database that is removed when it is given back.
pub struct Engine {
    pub name: &'static str,
    pub database: Option<DatabaseUrl>,
    made: Option<(String, String)>,
}

/// Every engine there is here.
#[expect(clippy::disallowed_methods, reason = "the test command names its PostgreSQL here")]
pub fn kinds() -> Vec<Kind> {
    match std::env::var("CHANCERY_TEST_POSTGRES") {
        Ok(server) => vec![Kind::Sqlite, Kind::Postgres(server)],
        Err(_) => {
            println!("skipped on PostgreSQL: CHANCERY_TEST_POSTGRES is not set");
            vec![Kind::Sqlite]
        }
    }
}

/// A database on every engine there is here.
pub async fn engines() -> Vec<Engine> {
    futures::future::join_all(kinds().iter().map(Kind::fresh)).await
}

impl Kind {
    pub const fn name(&self) -> &'static str {
        match self {
            Kind::Sqlite => "SQLite",
            Kind::Postgres(_) => "PostgreSQL",
        }
    }

    /// A database with nothing in it.
    pub async fn fresh(&self) -> Engine {
        let Kind::Postgres(server) = self else {
            return Engine { name: self.name(), database: None, made: None };
        };
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).unwrap();
        let name = format!("p{}", registry::id::hex(&bytes));
        let mut admin = PgConnection::connect(server).await.unwrap();
        admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        let url = server.rsplit_once('/').map(|(head, _)| format!("{head}/{name}")).unwrap();
        let database = Some(DatabaseUrl::parse(&url).unwrap());
        Engine { name: self.name(), database, made: Some((server.clone(), name)) }
    }
}

impl Engine {
    pub async fn give_back(self) {
        if let Some((server, name)) = self.made {
            let mut admin = PgConnection::connect(&server).await.unwrap();
            admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
        }
    }
}
