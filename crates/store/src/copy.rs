//! All tables of an installation copied to another place, of either engine: what a backup keeps and what a restore brings
//! back. Knows no file and no folder.

use futures::TryStreamExt;

use crate::{
    error::StoreError,
    sql::{Conn, Database, Row, SqlError, Value, built},
    tables::{SCHEMA, TABLES, Table},
};

/// Rows of one transaction.
const BATCH: usize = 20_000;

/// Tables that are never copied: who is signed in at one place is not signed in at another, and a session that was ended
/// since must not come back.
const LEFT_OUT: [&str; 3] = ["session", "session_terms", "door_begun"];

/// Refuses a place that holds a register already.
pub async fn empty(to: &Database) -> Result<(), StoreError> {
    match to.begin_read().await?.columns("ledger_head").await?.is_empty() {
        true => Ok(()),
        false => Err(StoreError::Occupied),
    }
}

/// Copies every table as it stands in the transaction `from` into a place that has none, and tells of the rows as they go.
pub async fn tables(
    from: &mut Conn,
    to: &Database,
    mut told: impl FnMut(u64) + Send,
) -> Result<u64, StoreError> {
    to.create(SCHEMA).await?;
    let mut rows = 0;
    for table in TABLES.iter().filter(|table| !LEFT_OUT.contains(&table.name)) {
        rows += one(from, to, table, &mut |n| told(rows + n)).await?;
    }
    Ok(rows)
}

async fn one(
    from: &mut Conn,
    to: &Database,
    table: &Table,
    told: &mut (impl FnMut(u64) + Send),
) -> Result<u64, StoreError> {
    let columns = from.columns(table.name).await?;
    if columns != to.begin_read().await?.columns(table.name).await? {
        return Err(StoreError::damaged(format!("table {} has other columns", table.name)));
    }
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let sql = format!("SELECT {} FROM {} ORDER BY {}", names.join(", "), table.name, table.key);
    let mut stream = from.stream(built(sql), Vec::new());
    let (mut batch, mut copied) = (Vec::new(), 0);
    while let Some(row) = stream.try_next().await? {
        batch.push(
            columns
                .iter()
                .enumerate()
                .map(|(at, (_, absent))| typed(&row, at, absent))
                .collect::<Result<_, _>>()?,
        );
        copied += 1;
        if batch.len() == BATCH {
            write(to, table.name, &names, std::mem::take(&mut batch)).await?;
            told(copied);
        }
    }
    write(to, table.name, &names, batch).await?;
    told(copied);
    Ok(copied)
}

/// A value of a row; an absent one of its column's type, for a row does not say of which it is.
fn typed(row: &Row, at: usize, absent: &Value) -> Result<Value, SqlError> {
    Ok(match row.any(at)? {
        Value::Int(None) | Value::Text(None) | Value::Bytes(None) => absent.clone(),
        value => value,
    })
}

async fn write(
    to: &Database,
    table: &str,
    columns: &[&str],
    rows: Vec<Vec<Value>>,
) -> Result<(), StoreError> {
    let mut conn = to.begin_write().await?;
    conn.insert_many(table, columns, rows, "").await?;
    Ok(conn.commit().await?)
}
