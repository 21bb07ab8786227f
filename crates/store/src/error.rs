//! What can go wrong in keeping: never a rule, always the machine or a broken promise of the data.

use std::io;

use thiserror::Error;

use crate::sql::SqlError;

/// Why the store could not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The tables failed.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// What is kept is not what it must be.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A file could not be read or written.
    #[error("{what}: {source}")]
    File {
        /// Which, and what was tried.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder is of a form that this release does not read.
    #[error(
        "the data folder is of format {found}; this release reads format {wanted}: open it with the release that made it"
    )]
    Format {
        /// In the folder.
        found: String,
        /// What this release reads.
        wanted: u32,
    },
    /// Another process owns the folder.
    #[error("the data folder is in use by another process")]
    InUse,
    /// A register is to be put where one is.
    #[error("the database holds a register already: name an empty one")]
    Occupied,
    /// The machine could not, and whoever keeps it can mend it; what it said.
    #[error("{1}")]
    Ailing(Plight, String),
    /// The key file is missing or is not this installation's.
    #[error("the key: {0}")]
    Key(String),
    /// The content is gone: its key was destroyed, or never was.
    #[error("the key of this content has been destroyed")]
    KeyDestroyed,
    /// The clock stands behind the ledger.
    #[error("the clock stands {behind} seconds behind the ledger")]
    ClockBack {
        /// How far.
        behind: i64,
    },
    /// The index failed.
    #[error("the index failed: {0}")]
    Index(String),
    /// The committer has stopped.
    #[error("the registry takes no more commands")]
    Stopped,
}

impl From<sqlx::Error> for StoreError {
    fn from(e: sqlx::Error) -> Self {
        StoreError::Sql(SqlError::Database(e))
    }
}

/// What ails the place where the register is kept, where whoever keeps the machine can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plight {
    /// No room.
    Full,
    /// It may only be read.
    ReadOnly,
    /// It does not answer.
    Away,
}

impl StoreError {
    /// What ails the place, when it is that.
    pub fn plight(&self) -> Option<Plight> {
        match self {
            StoreError::Ailing(plight, _) => Some(*plight),
            StoreError::Sql(e) => e.plight(),
            StoreError::File { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(Plight::Full),
                io::ErrorKind::ReadOnlyFilesystem => Some(Plight::ReadOnly),
                _ => None,
            },
            _ => None,
        }
    }

    /// A file that failed.
    pub fn file(what: impl Into<String>, source: std::io::Error) -> Self {
        Self::File { what: what.into(), source }
    }
    /// Data that breaks a promise.
    pub fn damaged(what: impl std::fmt::Display) -> Self {
        Self::Damaged(what.to_string())
    }
}
