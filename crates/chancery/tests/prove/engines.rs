//! Databases for the proofs: SQLite always, PostgreSQL where the test command started one.

use sqlx::{Connection, Executor, PgConnection};
use store::sql::DatabaseUrl;

/// A database that is removed when it is given back.
pub struct Engine {
    pub name: &'static str,
    pub database: Option<DatabaseUrl>,
    made: Option<(String, String)>,
}

#[expect(clippy::disallowed_methods, reason = "the test command names its PostgreSQL here")]
fn server() -> Option<String> {
    std::env::var("CHANCERY_TEST_POSTGRES").ok()
}

/// Every engine there is here.
pub async fn engines() -> Vec<Engine> {
    let mut all = vec![Engine { name: "SQLite", database: None, made: None }];
    let Some(server) = server() else {
        println!("skipped on PostgreSQL: CHANCERY_TEST_POSTGRES is not set");
        return all;
    };
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    let name = format!("p{}", registry::id::hex(&bytes));
    let mut admin = PgConnection::connect(&server).await.unwrap();
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let url = server.rsplit_once('/').map(|(head, _)| format!("{head}/{name}")).unwrap();
    let database = Some(DatabaseUrl::parse(&url).unwrap());
    all.push(Engine { name: "PostgreSQL", database, made: Some((server, name)) });
    all
}

impl Engine {
    pub async fn give_back(self) {
        if let Some((server, name)) = self.made {
            let mut admin = PgConnection::connect(&server).await.unwrap();
            admin.execute(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
        }
    }
}
