//! A fact as the payload of an entry: how it is written, and how it is strictly read. Knows nothing of what a fact means.

use serde::{Deserialize, Serialize};

use super::Fact;

/// A fact with what surrounds it in the payload of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// How many entries the house's ledger had when this was decided.
    pub house: u64,
    /// True when the holder of the key acted in the actor's name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub operator: bool,
    /// What became true.
    pub fact: Fact,
}

impl Entry {
    /// The kind and version for the header, and the payload.
    pub fn encode(&self) -> Result<(&'static str, u16, Vec<u8>), FactError> {
        let kind = self.fact.kind();
        let payload = serde_json::to_vec(self)
            .map_err(|e| FactError::Form { kind: kind.to_owned(), why: e.to_string() })?;
        let version = Fact::KINDS.iter().find(|(k, _)| *k == kind).map_or(1, |(_, v)| *v);
        Ok((kind, version, payload))
    }

    /// Reads a payload strictly: a field too many, too few or of another kind is an error.
    pub fn decode(kind: &str, version: u16, payload: &[u8]) -> Result<Self, FactError> {
        if !Fact::KINDS.contains(&(kind, version)) {
            return Err(FactError::Unknown { kind: kind.to_owned(), version });
        }
        let entry: Entry = serde_json::from_slice(payload)
            .map_err(|e| FactError::Form { kind: kind.to_owned(), why: e.to_string() })?;
        if entry.fact.kind() != kind {
            return Err(FactError::Form {
                kind: kind.to_owned(),
                why: "the payload is of another kind".into(),
            });
        }
        Ok(entry)
    }
}

/// Why an entry can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// A kind or version that this release does not know.
    #[error("entry kind {kind} version {version} is not known to this release")]
    Unknown {
        /// The kind in the header.
        kind: String,
        /// The version in the header.
        version: u16,
    },
    /// The payload is not what its kind says.
    #[error("payload of kind {kind}: {why}")]
    Form {
        /// The kind in the header.
        kind: String,
        /// What is wrong.
        why: String,
    },
}
