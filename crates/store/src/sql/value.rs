//! What travels between the product and a table: integers, text, bytes, each possibly absent.

use sqlx::{Row as _, SqlStr};

use super::SqlError;

/// A value bound to a statement. An absent one keeps its type, for PostgreSQL wants to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A 64-bit integer: numbers, microseconds since 1970 UTC, booleans as 0 and 1.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// Bytes: identifiers (16), hashes (32), payloads.
    Bytes(Option<Vec<u8>>),
}

impl From<i64> for Value {
    fn from(v: i64) -> Self {
        Value::Int(Some(v))
    }
}
impl From<u32> for Value {
    fn from(v: u32) -> Self {
        Value::Int(Some(i64::from(v)))
    }
}
impl From<u64> for Value {
    /// Sequences and sizes stay far below 2^63; a larger number is held at that limit.
    fn from(v: u64) -> Self {
        Value::Int(Some(i64::try_from(v).unwrap_or(i64::MAX)))
    }
}
impl From<bool> for Value {
    fn from(v: bool) -> Self {
        Value::Int(Some(i64::from(v)))
    }
}
impl From<&str> for Value {
    fn from(v: &str) -> Self {
        Value::Text(Some(v.to_owned()))
    }
}
impl From<String> for Value {
    fn from(v: String) -> Self {
        Value::Text(Some(v))
    }
}
impl From<&String> for Value {
    fn from(v: &String) -> Self {
        Value::Text(Some(v.clone()))
    }
}
impl From<Vec<u8>> for Value {
    fn from(v: Vec<u8>) -> Self {
        Value::Bytes(Some(v))
    }
}
impl From<&[u8]> for Value {
    fn from(v: &[u8]) -> Self {
        Value::Bytes(Some(v.to_vec()))
    }
}
impl<const N: usize> From<[u8; N]> for Value {
    fn from(v: [u8; N]) -> Self {
        Value::Bytes(Some(v.to_vec()))
    }
}
impl From<Option<i64>> for Value {
    fn from(v: Option<i64>) -> Self {
        Value::Int(v)
    }
}
impl From<Option<String>> for Value {
    fn from(v: Option<String>) -> Self {
        Value::Text(v)
    }
}
impl From<Option<&str>> for Value {
    fn from(v: Option<&str>) -> Self {
        Value::Text(v.map(str::to_owned))
    }
}
impl From<Option<Vec<u8>>> for Value {
    fn from(v: Option<Vec<u8>>) -> Self {
        Value::Bytes(v)
    }
}
impl<const N: usize> From<Option<[u8; N]>> for Value {
    fn from(v: Option<[u8; N]>) -> Self {
        Value::Bytes(v.map(|v| v.to_vec()))
    }
}

macro_rules! id_values {
    ($($id:ty),* $(,)?) => { $(
        impl From<$id> for Value {
            fn from(v: $id) -> Self { Value::Bytes(Some(v.bytes().to_vec())) }
        }
        impl From<Option<$id>> for Value {
            fn from(v: Option<$id>) -> Self { Value::Bytes(v.map(|v| v.bytes().to_vec())) }
        }
    )* };
}
id_values!(
    registry::RegistryId,
    registry::CopyId,
    registry::DispatchId,
    registry::id::CertificateId,
    registry::id::ContainerId,
    registry::id::IncidentId,
    registry::id::MusterId,
    registry::id::BookItemId,
    registry::id::UnitId,
    registry::id::PostId,
    registry::id::TenureId,
    registry::id::StandInId,
    registry::id::LeaveId,
    registry::id::ContactId,
    registry::id::ListId,
    registry::PersonId,
    registry::BodyId,
    registry::GroupId,
    registry::DocumentId,
    registry::VersionId,
    registry::ObjectId,
    registry::AuthorisationId,
    registry::ReproductionId,
    registry::CommandId,
    registry::FileId,
    registry::CaseId,
    registry::TaskId,
    registry::CommentId,
);
impl From<registry::Timestamp> for Value {
    fn from(v: registry::Timestamp) -> Self {
        Value::Int(Some(v.micros()))
    }
}
impl From<Option<registry::Timestamp>> for Value {
    fn from(v: Option<registry::Timestamp>) -> Self {
        Value::Int(v.map(registry::Timestamp::micros))
    }
}

/// Refuses what only one of the engines would take.
pub(super) fn check(values: &[Value]) -> Result<(), SqlError> {
    let nul = |value: &Value| matches!(value, Value::Text(Some(text)) if text.contains('\0'));
    if values.iter().any(nul) { Err(SqlError::Nul) } else { Ok(()) }
}

pub(super) fn sqlite(
    sql: SqlStr,
    values: Vec<Value>,
) -> sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
    values.into_iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Int(v) => query.bind(v),
        Value::Text(v) => query.bind(v),
        Value::Bytes(v) => query.bind(v),
    })
}

pub(super) fn postgres(
    sql: SqlStr,
    values: Vec<Value>,
) -> sqlx::query::Query<'static, sqlx::Postgres, sqlx::postgres::PgArguments> {
    values.into_iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Int(v) => query.bind(v),
        Value::Text(v) => query.bind(v),
        Value::Bytes(v) => query.bind(v),
    })
}

/// A row that came back. Columns are read by position, from 0.
#[derive(Debug)]
pub enum Row {
    /// From SQLite.
    Sqlite(sqlx::sqlite::SqliteRow),
    /// From PostgreSQL.
    Postgres(sqlx::postgres::PgRow),
}

macro_rules! get {
    ($self:ident, $column:ident, $type:ty, $wanted:literal) => {
        match $self {
            Row::Sqlite(row) => row.try_get::<$type, _>($column),
            Row::Postgres(row) => row.try_get::<$type, _>($column),
        }
        .map_err(|_| SqlError::Shape { column: $column, wanted: $wanted })
    };
}

/// What is absent is no zero and no empty text: SQLite's driver would take it for one.
fn there<T>(column: usize, wanted: &'static str, value: Option<T>) -> Result<T, SqlError> {
    value.ok_or(SqlError::Shape { column, wanted })
}

impl Row {
    /// An integer that is there.
    pub fn int(&self, column: usize) -> Result<i64, SqlError> {
        there(column, "an integer", get!(self, column, Option<i64>, "an integer")?)
    }
    /// An integer that may be absent.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, SqlError> {
        get!(self, column, Option<i64>, "an integer or nothing")
    }
    /// A number that is not negative: a count, a size, a sequence.
    pub fn number(&self, column: usize) -> Result<u64, SqlError> {
        u64::try_from(self.int(column)?).map_err(|_| SqlError::Shape { column, wanted: "a number from 0" })
    }
    /// A truth value, kept as 0 or 1.
    pub fn truth(&self, column: usize) -> Result<bool, SqlError> {
        Ok(self.int(column)? != 0)
    }
    /// Text that is there.
    pub fn text(&self, column: usize) -> Result<String, SqlError> {
        there(column, "text", get!(self, column, Option<String>, "text")?)
    }
    /// Text that may be absent.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>, SqlError> {
        get!(self, column, Option<String>, "text or nothing")
    }
    /// Bytes that are there.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, SqlError> {
        there(column, "bytes", get!(self, column, Option<Vec<u8>>, "bytes")?)
    }
    /// Bytes that may be absent.
    pub fn opt_bytes(&self, column: usize) -> Result<Option<Vec<u8>>, SqlError> {
        get!(self, column, Option<Vec<u8>>, "bytes or nothing")
    }
    /// Exactly `N` bytes: an identifier (16) or a hash (32).
    pub fn array<const N: usize>(&self, column: usize) -> Result<[u8; N], SqlError> {
        <[u8; N]>::try_from(self.bytes(column)?.as_slice())
            .map_err(|_| SqlError::Shape { column, wanted: "bytes of the right length" })
    }
    /// An identifier of sixteen bytes.
    pub fn id<T: From<[u8; 16]>>(&self, column: usize) -> Result<T, SqlError> {
        Ok(T::from(self.array::<16>(column)?))
    }
    /// An identifier that may be absent.
    pub fn opt_id<T: From<[u8; 16]>>(&self, column: usize) -> Result<Option<T>, SqlError> {
        match self.opt_bytes(column)? {
            None => Ok(None),
            Some(_) => self.id(column).map(Some),
        }
    }
    /// A moment, kept as microseconds.
    pub fn time(&self, column: usize) -> Result<registry::Timestamp, SqlError> {
        Ok(registry::Timestamp::from_micros(self.int(column)?))
    }
    /// A moment that may be absent.
    pub fn opt_time(&self, column: usize) -> Result<Option<registry::Timestamp>, SqlError> {
        Ok(self.opt_int(column)?.map(registry::Timestamp::from_micros))
    }
    /// Any value as it stands, for comparing whole tables.
    pub fn any(&self, column: usize) -> Result<Value, SqlError> {
        if let Ok(v) = self.opt_int(column) {
            return Ok(Value::Int(v));
        }
        if let Ok(v) = self.opt_text(column) {
            return Ok(Value::Text(v));
        }
        Ok(Value::Bytes(self.opt_bytes(column)?))
    }
}
