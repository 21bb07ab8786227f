//! Everything that differs between SQLite and PostgreSQL: how to connect, how a transaction begins, how a head
//! row is locked, how a type is called. No other file may ask which engine it is on.

use std::{path::PathBuf, str::FromStr, time::Duration};

use sqlx::{
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Conn, Kind, SqlError, Value, built, plans};

/// Which engine keeps the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, one machine; the default.
    Sqlite,
    /// A server, for many nodes.
    Postgres,
}

impl Engine {
    /// The expression of where in a text a part first stands, from one; nought: nowhere.
    pub fn position(self, text: &str, part: &str) -> String {
        match self {
            Engine::Sqlite => format!("INSTR({text}, {part})"),
            Engine::Postgres => format!("STRPOS({text}, {part})"),
        }
    }
}

/// Where the tables are.
#[derive(Debug, Clone)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A PostgreSQL address `postgres://…`, and the schema that holds the tables.
    Postgres {
        /// The address.
        url: String,
        /// The schema; `public` unless a rebuild uses a scratch one.
        schema: String,
    },
}

impl DatabaseUrl {
    /// Reads `postgres://…` or `sqlite:PATH`.
    pub fn parse(text: &str) -> Result<Self, SqlError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres { url: text.to_owned(), schema: "public".to_owned() });
        }
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err(SqlError::Address(text.to_owned())),
        }
    }
}

/// The tables of one installation on one engine.
#[derive(Debug, Clone)]
pub struct Database {
    inner: Inner,
}

#[derive(Debug, Clone)]
enum Inner {
    /// One writer, for SQLite has but one; many readers of the write-ahead log.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres {
        pool: PgPool,
        writers: PgPool,
    },
}

/// How a head row is held for the length of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Others may read it too, none may change it (the house, while a registry decides).
    Shared,
    /// This transaction alone (the registry that is about to change).
    Exclusive,
}

impl Database {
    /// Opens the tables; a SQLite file is made when it is not there.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, SqlError> {
        let inner = match url {
            DatabaseUrl::Sqlite(path) => {
                // FULL: a commit is on disk before it is answered. secure_delete: what is deleted is overwritten.
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(false)
                    .busy_timeout(Duration::from_secs(30))
                    .pragma("secure_delete", "ON")
                    .pragma("cache_size", "-16000")
                    .statement_cache_capacity(400);
                let writer =
                    SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
                // Before anybody reads: who connects later finds the figures with the tables.
                let mut conn = Conn { kind: Kind::Sqlite(writer.begin().await?) };
                if !plans::settled(&mut conn).await? && plans::settle(&mut conn).await.is_ok() {
                    conn.commit().await?;
                } else {
                    // As it was, where the file may only be read too: nothing but speed hangs on it.
                    conn.rollback().await?;
                }
                let readers = SqlitePoolOptions::new()
                    .max_connections(8)
                    .min_connections(1)
                    .connect_with(options.pragma("query_only", "ON"))
                    .await?;
                Inner::Sqlite { writer, readers }
            }
            DatabaseUrl::Postgres { url, schema } => {
                let options = PgConnectOptions::from_str(url)?
                    .options([("search_path", schema.as_str()), ("synchronous_commit", "on")])
                    .statement_cache_capacity(400);
                // Whoever reads may have to wait for a write (that he opens a paper is recorded first): so many readers that no
                // connection is left for it would all wait for each other.
                let writers = PgPoolOptions::new().max_connections(4).connect_lazy_with(options.clone());
                let pool = PgPoolOptions::new().max_connections(16).connect_with(options).await?;
                let encoding: String =
                    sqlx::query_scalar("SELECT current_setting('server_encoding')").fetch_one(&pool).await?;
                if encoding != "UTF8" {
                    pool.close().await;
                    return Err(SqlError::Address(format!(
                        "the database is encoded in {encoding}, not in UTF8"
                    )));
                }
                Inner::Postgres { pool, writers }
            }
        };
        Ok(Self { inner })
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite { .. } => Engine::Sqlite,
            Inner::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Begins a transaction that will write.
    pub async fn begin_write(&self) -> Result<Conn, SqlError> {
        let kind = match &self.inner {
            Inner::Sqlite { writer, .. } => match writer.begin_with("BEGIN IMMEDIATE").await {
                // A commit that failed (a full disk) has left the one connection within a transaction: it is given up.
                Err(sqlx::Error::InvalidSavePointStatement) => {
                    writer.acquire().await?.close().await?;
                    Kind::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)
                }
                begun => Kind::Sqlite(begun?),
            },
            Inner::Postgres { writers, .. } => Kind::Postgres(writers.begin().await?),
        };
        Ok(Conn { kind })
    }

    /// Begins a transaction that reads one consistent state.
    pub async fn begin_read(&self) -> Result<Conn, SqlError> {
        let kind = match &self.inner {
            Inner::Sqlite { readers, .. } => Kind::Sqlite(readers.begin().await?),
            Inner::Postgres { pool, .. } => {
                Kind::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        };
        Ok(Conn { kind })
    }

    /// Makes the tables of a schema text written once for both engines. SQLite gets strict tables, PostgreSQL texts
    /// that are ordered by their bytes, whatever the language of the database.
    pub async fn create(&self, schema: &str) -> Result<(), SqlError> {
        let mut conn = self.begin_write().await?;
        for statement in schema.split(';').map(str::trim).filter(|s| !s.is_empty()) {
            conn.execute(built(self.dialect(statement)), Vec::new()).await?;
        }
        if self.engine() == Engine::Sqlite {
            plans::settle(&mut conn).await?;
        }
        conn.commit().await
    }

    fn dialect(&self, statement: &str) -> String {
        match self.engine() {
            Engine::Postgres => statement.replace(" TEXT", " TEXT COLLATE \"C\""),
            Engine::Sqlite => {
                let text = statement.replace("BIGINT", "INTEGER").replace("BYTEA", "BLOB");
                if text.contains("CREATE TABLE") { format!("{text} STRICT, WITHOUT ROWID") } else { text }
            }
        }
    }

    /// Makes an empty place of the same engine beside this one, for a rebuild; any earlier one is removed.
    ///
    /// `scratch` is the file to use on SQLite and, as its name, the schema on PostgreSQL.
    pub async fn scratch(
        &self,
        url: &DatabaseUrl,
        scratch: &std::path::Path,
    ) -> Result<DatabaseUrl, SqlError> {
        match (&self.inner, url) {
            (Inner::Postgres { pool, .. }, DatabaseUrl::Postgres { url, .. }) => {
                self.remove_scratch(scratch).await?;
                sqlx::query("CREATE SCHEMA chancery_rebuild").execute(pool).await?;
                Ok(DatabaseUrl::Postgres { url: url.clone(), schema: "chancery_rebuild".to_owned() })
            }
            _ => {
                self.remove_scratch(scratch).await?;
                Ok(DatabaseUrl::Sqlite(scratch.to_owned()))
            }
        }
    }

    /// Removes what [`Database::scratch`] made: it is a second register in clear.
    pub async fn remove_scratch(&self, scratch: &std::path::Path) -> Result<(), SqlError> {
        if let Inner::Postgres { pool, .. } = &self.inner {
            sqlx::query("DROP SCHEMA IF EXISTS chancery_rebuild CASCADE").execute(pool).await?;
            return Ok(());
        }
        for end in ["", "-wal", "-shm"] {
            let mut name = scratch.as_os_str().to_owned();
            name.push(end);
            match std::fs::remove_file(&name) {
                Ok(()) => {}
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(SqlError::Address(e.to_string())),
            }
        }
        Ok(())
    }

    /// Closes every connection; on SQLite this also folds the write-ahead log into the file.
    pub async fn close(&self) {
        match &self.inner {
            Inner::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Inner::Postgres { pool, writers } => {
                writers.close().await;
                pool.close().await;
            }
        }
    }
}

impl Conn {
    /// Reads one row and holds it until the transaction ends. On SQLite a writing transaction already holds
    /// everything; on PostgreSQL the row is locked, shared or alone.
    pub(crate) async fn one_held(
        &mut self,
        sql: &str,
        values: Vec<Value>,
        hold: Hold,
    ) -> Result<Option<super::Row>, SqlError> {
        let clause = match (&self.kind, hold) {
            (Kind::Sqlite(_), _) => "",
            (Kind::Postgres(_), Hold::Shared) => " FOR SHARE",
            (Kind::Postgres(_), Hold::Exclusive) => " FOR UPDATE",
        };
        self.one(built(format!("{sql}{clause}")), values).await
    }

    /// The columns of a table in their order, each with what stands in it when nothing does: an absent value of its type.
    pub async fn columns(&mut self, table: &str) -> Result<Vec<(String, Value)>, SqlError> {
        let sql = match self.kind {
            Kind::Sqlite(_) => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
            Kind::Postgres(_) => {
                "SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_name = $1 AND table_schema = current_schema() ORDER BY ordinal_position"
            }
        };
        let rows = self.all(sql, crate::values![table]).await?;
        rows.iter()
            .map(|row| {
                let absent = match row.text(1)?.as_str() {
                    "INTEGER" | "bigint" => Value::Int(None),
                    "TEXT" | "text" => Value::Text(None),
                    _ => Value::Bytes(None),
                };
                Ok((row.text(0)?, absent))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values;

    const PUT: &str = "INSERT INTO kept (id) VALUES ($1)";

    async fn tables(dir: &tempfile::TempDir) -> (Database, SqlitePool) {
        let url = DatabaseUrl::Sqlite(dir.path().join("tables"));
        let tables = Database::open(&url).await.unwrap();
        tables.create("CREATE TABLE kept (id BIGINT NOT NULL, PRIMARY KEY (id))").await.unwrap();
        let Inner::Sqlite { writer, .. } = &tables.inner else { panic!() };
        let writer = writer.clone();
        (tables, writer)
    }

    /// What is in the table, and that more can be written.
    async fn goes_on(tables: &Database, kept: i64) {
        for id in [17_i64, 18] {
            let mut write = tables.begin_write().await.unwrap();
            write.execute(PUT, values![id]).await.unwrap();
            write.commit().await.unwrap();
        }
        let mut read = tables.begin_read().await.unwrap();
        let row = read.one("SELECT COUNT(*) FROM kept", Vec::new()).await.unwrap().unwrap();
        assert_eq!(row.int(0).unwrap(), kept + 2);
    }

    /// The one connection that writes is left within a transaction by a commit that failed: it is given up, and the next
    /// command begins on a fresh one.
    #[tokio::test]
    async fn after_a_commit_that_failed_the_next_command_works() {
        let dir = tempfile::tempdir().unwrap();
        let (tables, writer) = tables(&dir).await;
        // Held back as a full disk holds it back: only the commit fails.
        writer.acquire().await.unwrap().lock_handle().await.unwrap().set_commit_hook(|| false);
        let mut write = tables.begin_write().await.unwrap();
        write.execute(PUT, values![1_i64]).await.unwrap();
        assert!(write.commit().await.is_err());
        goes_on(&tables, 0).await;
    }

    /// The same where the disk is full before the commit.
    #[tokio::test]
    async fn after_a_statement_for_which_there_was_no_room_the_next_command_works() {
        let dir = tempfile::tempdir().unwrap();
        let (tables, writer) = tables(&dir).await;
        let mut conn = writer.acquire().await.unwrap();
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *conn).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}")))
            .execute(&mut *conn)
            .await
            .unwrap();
        drop(conn);
        let mut write = tables.begin_write().await.unwrap();
        let mut full = false;
        for id in 1..100_000_i64 {
            if write.execute(PUT, values![id]).await.is_err() {
                full = true;
                break;
            }
        }
        assert!(full && write.commit().await.is_err());
        let mut conn = writer.acquire().await.unwrap();
        sqlx::query("PRAGMA max_page_count = 1000000").execute(&mut *conn).await.unwrap();
        drop(conn);
        goes_on(&tables, 0).await;
    }
}
