//! One SQL text for two engines: a connection of two kinds over sqlx's SQLite and PostgreSQL drivers.
//!
//! Owns how values travel, how rows are read, and how a transaction begins and ends. It must not know any
//! table. What differs between the engines stands in [`engine`], and nowhere else.
//!
//! Values are integers (64 bits), text and bytes; parameters are `$1`, `$2`, …; every statement is prepared and
//! kept. SQL that is put together at run time goes through [`built`], so that it is easy to find, and even then
//! every value is bound.

#[cfg(feature = "planted-leaks")]
pub mod asked;
mod engine;
mod plans;
mod value;

use futures::{StreamExt, TryStreamExt, stream::BoxStream};
pub use sqlx::AssertSqlSafe as Built;
use sqlx::{Executor, SqlSafeStr, SqlStr};
use thiserror::Error;

use crate::error::Plight;

pub use engine::{Database, DatabaseUrl, Engine, Hold};
pub use value::{Row, Value};

/// Why the tables could not answer.
#[derive(Debug, Error)]
pub enum SqlError {
    /// The engine or the way to it failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A row has not the shape that the query asked for.
    #[error("column {column} of a row is not {wanted}")]
    Shape {
        /// Position of the column, from 0.
        column: usize,
        /// What was asked for.
        wanted: &'static str,
    },
    /// A text with a NUL: PostgreSQL takes none, so a register on SQLite may not hold one either.
    #[error("a text holds a NUL")]
    Nul,
    /// The address of the database cannot be used.
    #[error("the database address is not usable: {0}")]
    Address(String),
}

impl SqlError {
    /// True when the same transaction may succeed if it runs again: a serialization failure, a deadlock or a server
    /// that ended the connection on PostgreSQL, a busy file on SQLite.
    pub fn may_run_again(&self) -> bool {
        match self {
            SqlError::Database(sqlx::Error::Database(e)) => {
                let code = e.code();
                let code = code.as_deref().unwrap_or_default();
                // 57P0x: shut down, crashed, starting up. 08: the connection. 25006: it leads no longer.
                matches!(code, "40001" | "40P01" | "57P01" | "57P02" | "57P03" | "25006")
                    || (code.len() == 5 && code.starts_with("08"))
                    || matches!(code, "5" | "261" | "517" | "773")
            }
            SqlError::Database(sqlx::Error::Io(_)) => true,
            _ => false,
        }
    }

    /// What ails the place where the tables are, when it is that.
    pub fn plight(&self) -> Option<Plight> {
        let SqlError::Database(error) = self else { return None };
        match error {
            sqlx::Error::Database(e) => match e.code().as_deref().unwrap_or_default() {
                // SQLite's own numbers; PostgreSQL's classes.
                "13" | "53100" => Some(Plight::Full),
                "8" | "264" | "520" | "776" | "1032" | "1288" | "1544" | "25006" => Some(Plight::ReadOnly),
                code if code.starts_with("57P0") || (code.len() == 5 && code.starts_with("08")) => {
                    Some(Plight::Away)
                }
                _ => None,
            },
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Some(Plight::Away),
            _ => None,
        }
    }

    /// True when a unique key was violated.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, SqlError::Database(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

fn text_of(sql: impl SqlSafeStr) -> SqlStr {
    let sql = sql.into_sql_str();
    #[cfg(feature = "planted-leaks")]
    asked::keep(sql.as_str());
    sql
}

/// A statement made at run time. Only names and placeholders may be put together; values are bound.
pub fn built(sql: String) -> Built<String> {
    Built(sql)
}

/// An open transaction on either engine. Dropped without [`Conn::commit`], it is rolled back.
#[derive(Debug)]
pub struct Conn {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Conn {
    /// Which engine is behind this connection.
    pub fn engine(&self) -> Engine {
        match self.kind {
            Kind::Sqlite(_) => Engine::Sqlite,
            Kind::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement and tells how many rows it touched.
    pub async fn execute(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<u64, SqlError> {
        value::check(&values)?;
        let sql = text_of(sql);
        Ok(match &mut self.kind {
            Kind::Sqlite(tx) => (&mut **tx).execute(value::sqlite(sql, values)).await?.rows_affected(),
            Kind::Postgres(tx) => (&mut **tx).execute(value::postgres(sql, values)).await?.rows_affected(),
        })
    }

    /// The first row, or none.
    pub async fn one(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<Option<Row>, SqlError> {
        value::check(&values)?;
        let sql = text_of(sql);
        Ok(match &mut self.kind {
            Kind::Sqlite(tx) => {
                (&mut **tx).fetch_optional(value::sqlite(sql, values)).await?.map(Row::Sqlite)
            }
            Kind::Postgres(tx) => {
                (&mut **tx).fetch_optional(value::postgres(sql, values)).await?.map(Row::Postgres)
            }
        })
    }

    /// All rows. For lists that are known to be short.
    pub async fn all(&mut self, sql: impl SqlSafeStr, values: Vec<Value>) -> Result<Vec<Row>, SqlError> {
        self.stream(sql, values).try_collect().await
    }

    /// Rows one by one, for lists of any length.
    pub fn stream(
        &mut self,
        sql: impl SqlSafeStr,
        values: Vec<Value>,
    ) -> BoxStream<'_, Result<Row, SqlError>> {
        if let Err(e) = value::check(&values) {
            return futures::stream::once(async { Err(e) }).boxed();
        }
        let sql = text_of(sql);
        match &mut self.kind {
            Kind::Sqlite(tx) => (&mut **tx)
                .fetch(value::sqlite(sql, values))
                .map(|row| row.map(Row::Sqlite).map_err(SqlError::from))
                .boxed(),
            Kind::Postgres(tx) => (&mut **tx)
                .fetch(value::postgres(sql, values))
                .map(|row| row.map(Row::Postgres).map_err(SqlError::from))
                .boxed(),
        }
    }

    /// Inserts many rows with as few statements as the engines' limits on parameters allow.
    ///
    /// `tail` follows the values, for `ON CONFLICT …`.
    pub async fn insert_many(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: Vec<Vec<Value>>,
        tail: &str,
    ) -> Result<(), SqlError> {
        let width = columns.len().max(1);
        // A short ladder of sizes keeps the number of prepared statements small.
        let most = (MOST_PARAMETERS / width).max(1);
        let mut rows = rows.into_iter();
        let mut left = rows.len();
        while left > 0 {
            let size = [256, 64, 16, 4, 1].into_iter().find(|n| *n <= left && *n <= most).unwrap_or(1);
            let values: Vec<Value> = rows.by_ref().take(size).flatten().collect();
            self.execute(built(insert_text(table, columns, size, tail)), values).await?;
            left -= size;
        }
        Ok(())
    }

    /// Ends the transaction and keeps what it did; returns when it is durable.
    pub async fn commit(self) -> Result<(), SqlError> {
        match self.kind {
            Kind::Sqlite(tx) => tx.commit().await?,
            Kind::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Ends the transaction and forgets what it did.
    pub async fn rollback(self) -> Result<(), SqlError> {
        match self.kind {
            Kind::Sqlite(tx) => tx.rollback().await?,
            Kind::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

/// SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535.
const MOST_PARAMETERS: usize = 32_000;

fn insert_text(table: &str, columns: &[&str], rows: usize, tail: &str) -> String {
    let mut text = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    let mut n = 0;
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            n += 1;
            if column > 0 {
                text.push_str(", ");
            }
            text.push('$');
            text.push_str(&n.to_string());
        }
        text.push(')');
    }
    if !tail.is_empty() {
        text.push(' ');
        text.push_str(tail);
    }
    text
}

/// `$3, $4, $5`: placeholders for a list of values that begins at parameter `first`.
pub fn places(first: usize, count: usize) -> String {
    let mut text = String::new();
    for n in first..first + count {
        if n > first {
            text.push_str(", ");
        }
        text.push('$');
        text.push_str(&n.to_string());
    }
    text
}

/// Appends the values of an `IN` list and answers their places. The list is filled up to a power of two by its last, so
/// that few statements of many sizes are prepared.
pub(crate) fn among(values: &mut Vec<Value>, wanted: impl Iterator<Item: Into<Value>>) -> String {
    let first = values.len();
    values.extend(wanted.map(Into::into));
    let count = values.len() - first;
    if count > 0
        && let Some(last) = values.last().cloned()
    {
        values.resize(first + count.next_power_of_two(), last);
    }
    places(first + 1, values.len() - first)
}

/// The values of one statement, in order: `values![registry, "text", 3_i64]`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::sql::Value::from($value)),*] };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_insert_of_two_rows_numbers_its_places_through() {
        assert_eq!(
            insert_text("t", &["a", "b"], 2, "ON CONFLICT DO NOTHING"),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
        assert_eq!(places(3, 3), "$3, $4, $5");
    }

    #[test]
    fn a_list_is_filled_up_by_its_last_and_an_empty_one_stays_empty() {
        let mut values = values!["before"];
        assert_eq!(among(&mut values, [1_i64, 2, 3].into_iter()), "$2, $3, $4, $5");
        assert_eq!(values, values!["before", 1_i64, 2_i64, 3_i64, 3_i64]);
        assert_eq!(among(&mut values, std::iter::empty::<i64>()), "");
        assert_eq!(among(&mut values, std::iter::once("after")), "$6");
        assert_eq!(values.len(), 6);
    }
}
