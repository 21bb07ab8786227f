//! Empty tables for a test: a file on SQLite, and on PostgreSQL a copy of one template database.

use std::future::Future;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::{
    sql::{Conn, Database, DatabaseUrl, Engine, Value, built},
    tables::SCHEMA,
};

/// Tables of one test.
pub struct Place {
    pub database: Database,
    pub url: DatabaseUrl,
    pub folder: tempfile::TempDir,
}

impl Place {
    /// The same tables as another process would open them.
    pub async fn again(&self) -> Database {
        Database::open(&self.url).await.unwrap()
    }

    pub fn is_postgres(&self) -> bool {
        self.database.engine() == Engine::Postgres
    }

    /// One statement, committed.
    pub async fn does(&self, sql: &str, values: Vec<Value>) -> u64 {
        let mut conn = self.database.begin_write().await.unwrap();
        let touched = conn.execute(built(sql.to_owned()), values).await.unwrap();
        conn.commit().await.unwrap();
        touched
    }

    pub async fn reads(&self) -> Conn {
        self.database.begin_read().await.unwrap()
    }

    pub async fn count(&self, table: &str) -> u64 {
        count(&mut self.reads().await, table).await
    }
}

pub async fn count(conn: &mut Conn, table: &str) -> u64 {
    let row = conn.one(built(format!("SELECT COUNT(*) FROM {table}")), vec![]).await.unwrap().unwrap();
    row.number(0).unwrap()
}

/// The server that the test command started.
pub fn server() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the test command names its PostgreSQL here")]
    let server = std::env::var("CHANCERY_TEST_POSTGRES").ok();
    if server.is_none() {
        println!("skipped on PostgreSQL: CHANCERY_TEST_POSTGRES is not set");
    }
    server
}

pub fn address(server: &str, database: &str) -> String {
    server.rsplit_once('/').map(|(head, _)| format!("{head}/{database}")).unwrap()
}

/// A name that no other test has.
pub fn fresh_name() -> String {
    let folder = tempfile::tempdir().unwrap();
    let name: String = folder.path().file_name().unwrap().to_string_lossy().to_lowercase();
    format!("t{}", name.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
}

pub async fn on_sqlite() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("tables"));
    let database = Database::open(&url).await.unwrap();
    database.create(SCHEMA).await.unwrap();
    Place { database, url, folder }
}

async fn run(admin: &mut PgConnection, sql: String) {
    admin.execute(AssertSqlSafe(sql)).await.unwrap();
}

/// The template, made by whichever test comes first.
async fn template(server: &str, admin: &mut PgConnection) -> String {
    let name = format!("conformance_{}", &registry::id::Digest::of(SCHEMA.as_bytes()).to_string()[..12]);
    // Tests are threads of one process or processes of one run: one makes it, the others wait.
    run(admin, "SELECT pg_advisory_lock(4711)".to_owned()).await;
    let known: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(&name)
        .fetch_optional(&mut *admin)
        .await
        .unwrap();
    if known.is_none() {
        run(admin, format!("DROP DATABASE IF EXISTS {name}_new")).await;
        run(admin, format!("CREATE DATABASE {name}_new")).await;
        let url = DatabaseUrl::parse(&address(server, &format!("{name}_new"))).unwrap();
        let database = Database::open(&url).await.unwrap();
        database.create(SCHEMA).await.unwrap();
        database.close().await;
        run(admin, format!("ALTER DATABASE {name}_new RENAME TO {name}")).await;
    }
    run(admin, "SELECT pg_advisory_unlock(4711)".to_owned()).await;
    name
}

/// Tells a story on SQLite and, where there is one, on PostgreSQL, each time in tables of its own.
pub async fn on_each_engine<F: Future<Output = ()>>(story: impl Fn(std::sync::Arc<Place>) -> F) {
    story(std::sync::Arc::new(on_sqlite().await)).await;
    let Some(server) = server() else { return };
    let mut admin = PgConnection::connect(&server).await.unwrap();
    let template = template(&server, &mut admin).await;
    let name = fresh_name();
    run(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let url = DatabaseUrl::parse(&address(&server, &name)).unwrap();
    let database = Database::open(&url).await.unwrap();
    let place = Place { database: database.clone(), url, folder: tempfile::tempdir().unwrap() };
    story(std::sync::Arc::new(place)).await;
    database.close().await;
    run(&mut admin, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}
