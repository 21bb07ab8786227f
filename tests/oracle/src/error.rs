//! What can go wrong for the oracle. Owns its one error type; decides nothing.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum OracleError {
    /// A file cannot be read.
    #[error("{path}: {why}")]
    File {
        /// Which.
        path: PathBuf,
        /// The system's words.
        why: std::io::Error,
    },
    /// A file is not of its form.
    #[error("{path}, line {line}: {why}")]
    Form {
        /// Which.
        path: PathBuf,
        /// From 1; 0 when the whole file is meant.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// A query breaks the rules of queries.
    #[error("query {query:?}: {why}")]
    Query {
        /// As written.
        query: String,
        /// The rule.
        why: &'static str,
    },
    /// A command line that says nothing usable.
    #[error("{0}")]
    Usage(String),
}

/// The text of a file.
///
/// # Errors
/// [`OracleError::File`].
pub fn read(path: &Path) -> Result<String, OracleError> {
    std::fs::read_to_string(path).map_err(|why| OracleError::File { path: path.to_owned(), why })
}

/// A fault of form in a line of a file.
pub fn form(path: &Path, line: usize, why: impl ToString) -> OracleError {
    OracleError::Form { path: path.to_owned(), line, why: why.to_string() }
}
