//! What a clearance is: the highest level and the categories that a person may see under one policy, and
//! its reading from XML. Owns no decision; must not know who holds it, or since when.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::label::{CategoryKey, Code, LabelError, PolicyId};
use crate::policies::Policies;
use crate::xml::{self, XmlError};
use crate::xml4774;

/// A clearance under one policy. A level held dominates every level at or below it in the hierarchy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clearance {
    /// The policy whose codes these are.
    pub policy: PolicyId,
    /// Code of the highest level.
    pub level: Code,
    /// The categories held.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub categories: BTreeSet<CategoryKey>,
}

/// Why a clearance cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClearanceError {
    /// The bytes are not XML that this house reads.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// No clearance in the document.
    #[error("the document holds no clearance: {0}")]
    NotAClearance(String),
    /// A policy, level or category that is not known.
    #[error(transparent)]
    Content(#[from] LabelError),
}

impl Clearance {
    /// Reads a clearance from XML: either `clearance` with `policy`, `classification` and `tag` elements by
    /// code, or an element whose name ends in `Clearance` with `PolicyIdentifier`, `Classification` and
    /// `Category` elements as in a STANAG 4774 label. Where several levels are listed the highest counts.
    ///
    /// # Errors
    /// A document that is not XML, holds no clearance, or names what the policy does not know: one unknown
    /// category makes the whole clearance unreadable, for half a clearance is nobody's intent.
    pub fn read(bytes: &[u8], policies: &Policies) -> Result<Self, ClearanceError> {
        let root = xml::parse(bytes)?;
        let found = root.walk().find(|e| e.name.to_ascii_lowercase().ends_with("clearance"));
        let Some(element) = found else {
            return Err(ClearanceError::NotAClearance(root.name));
        };
        let content = xml4774::content(element, policies)?;
        Ok(Clearance { policy: content.policy, level: content.level, categories: content.categories })
    }
}
