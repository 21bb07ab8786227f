//! What a label is: codes of one policy, in one canonical form. Owns the types of codes and the errors of
//! labels; must not know a policy's contents.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::policy::Finding;
use crate::xml::XmlError;

/// Longest name, code or mark accepted, in characters (the SPIF schema's own limit for names).
pub(crate) const MAX_NAME: usize = 256;
/// Most categories on one label or clearance.
pub(crate) const MAX_CATEGORIES: usize = 1_024;

/// The object identifier of a policy, `1.3.26.1.3.1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PolicyId(String);

/// The code of a level or category inside its policy (SPIF's "label and certificate value").
///
/// Integers are kept without leading zeros, so that `004` and `4` are one code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// How the categories of a tag bear on access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TagKind {
    /// The clearance must hold every category that the label names.
    Restrictive,
    /// The clearance must hold one of the categories that the label names.
    Permissive,
    /// As restrictive; encoded as a list of integers.
    EnumeratedRestrictive,
    /// As permissive; encoded as a list of integers.
    EnumeratedPermissive,
    /// No effect on access.
    Informative,
}

impl TagKind {
    /// True where every category named is needed.
    pub fn is_restrictive(self) -> bool {
        matches!(self, TagKind::Restrictive | TagKind::EnumeratedRestrictive)
    }

    /// True where one of the categories named is enough.
    pub fn is_permissive(self) -> bool {
        matches!(self, TagKind::Permissive | TagKind::EnumeratedPermissive)
    }
}

/// One category: the tag set, the kind of tag inside it, the code. Two tags of one set may use the same
/// codes, so none of the three can be left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryKey {
    /// Object identifier of the tag set.
    pub set: String,
    /// Kind of the tag.
    pub kind: TagKind,
    /// Code of the category.
    pub code: Code,
}

/// A security label: policy, level, categories, privacy mark.
///
/// Its serialised form is canonical: equal labels have equal bytes. Having a `Label` does not mean that its
/// policy knows its codes; every use of it looks them up and refuses what is unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The policy whose codes these are.
    pub policy: PolicyId,
    /// Code of the level.
    pub level: Code,
    /// The categories.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub categories: BTreeSet<CategoryKey>,
    /// The privacy mark, a free text of handling (STANAG 4774).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_mark: Option<String>,
}

/// Why a label is refused or cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LabelError {
    /// The bytes are not XML that this house reads.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// No label in the document.
    #[error("the document holds no label: {0}")]
    NotALabel(String),
    /// Too long, empty, or of characters that cannot stand in a label.
    #[error("not a usable {0}")]
    BadText(&'static str),
    /// More categories than a label may have.
    #[error("more than {MAX_CATEGORIES} categories")]
    TooManyCategories,
    /// No such policy.
    #[error("unknown policy {0:?}")]
    UnknownPolicy(String),
    /// The label belongs to another policy.
    #[error("the label belongs to policy {found}, not {expected}")]
    OtherPolicy {
        /// The policy that was asked.
        expected: PolicyId,
        /// The label's policy.
        found: PolicyId,
    },
    /// The policy has no such level.
    #[error("unknown level {0:?}")]
    UnknownLevel(String),
    /// The policy has no such tag set.
    #[error("unknown tag set {0:?}")]
    UnknownTagSet(String),
    /// The tag set has no such category.
    #[error("unknown category {value:?} in {set:?}")]
    UnknownCategory {
        /// The tag set, by name or code.
        set: String,
        /// The category, by name or code.
        value: String,
    },
    /// The policy gives one code to several categories, or one name to several codes.
    #[error("{value:?} in {set:?} stands for more than one category")]
    Ambiguous {
        /// The tag set.
        set: String,
        /// Name or code.
        value: String,
    },
    /// The policy has no such privacy mark.
    #[error("unknown privacy mark {0:?}")]
    UnknownPrivacyMark(String),
    /// The policy, level, category or mark is no longer given to new labels.
    #[error("{0:?} is obsolete and not given to new labels")]
    Obsolete(String),
    /// Outside the dates between which the policy or category may be used.
    #[error("{0:?} is not valid on this date")]
    OutsideValidity(String),
    /// The category cannot stand with this level.
    #[error("{category:?} cannot stand with level {level:?}")]
    LevelExcluded {
        /// Name of the category.
        category: String,
        /// Name of the level.
        level: String,
    },
    /// The category stands only with another level.
    #[error("{category:?} stands only with level {level:?}")]
    LevelRequired {
        /// Name of the category.
        category: String,
        /// Name of the level that it needs.
        level: String,
    },
    /// Two categories that exclude each other.
    #[error("{category:?} cannot stand with {other:?}")]
    CategoryExcluded {
        /// Name of the category that excludes.
        category: String,
        /// Name of the category excluded.
        other: String,
    },
    /// A category that the level or another category needs is not there.
    #[error("{by:?} needs {needed}")]
    CategoryRequired {
        /// Name of the level or category that needs it.
        by: String,
        /// What is needed, in words.
        needed: String,
    },
    /// More or fewer categories of a tag than allowed.
    #[error("{tag:?} takes {allowed} categories, not {found}")]
    Selection {
        /// Name of the tag.
        tag: String,
        /// How many may be chosen.
        allowed: String,
        /// How many were.
        found: usize,
    },
    /// No equivalent under the target policy.
    #[error("{what:?} has no equivalent under {target}")]
    NoEquivalent {
        /// Name of the level or category.
        what: String,
        /// Name or id of the target policy.
        target: String,
    },
    /// The policy itself has a fault that touches this label.
    #[error("the policy has a fault: {0}")]
    Policy(Finding),
}

impl PolicyId {
    /// A policy id from an object identifier, with or without `urn:oid:` before it.
    ///
    /// # Errors
    /// [`LabelError::BadText`] unless it is digits and dots, at least two arcs.
    pub fn new(text: &str) -> Result<Self, LabelError> {
        let oid = oid(text).ok_or(LabelError::BadText("policy id"))?;
        Ok(PolicyId(oid.to_owned()))
    }

    /// The object identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The object identifier in a text, `urn:oid:` stripped; none if it is not one.
pub(crate) fn oid(text: &str) -> Option<&str> {
    let text = text.trim();
    let bare = match text.get(..8) {
        Some(prefix) if prefix.eq_ignore_ascii_case("urn:oid:") => text.get(8..)?,
        _ => text,
    };
    let arcs = bare.split('.');
    let fine = arcs.clone().all(|arc| !arc.is_empty() && arc.bytes().all(|b| b.is_ascii_digit()));
    (fine && arcs.count() > 1 && bare.len() <= MAX_NAME).then_some(bare)
}

impl Code {
    /// A code from its text.
    ///
    /// # Errors
    /// [`LabelError::BadText`] if it is empty, too long or holds control characters.
    pub fn new(text: &str) -> Result<Self, LabelError> {
        let text = text.trim();
        if text.is_empty() || !is_plain(text) {
            return Err(LabelError::BadText("code"));
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            let bare = text.trim_start_matches('0');
            return Ok(Code(if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }));
        }
        Ok(Code(text.to_owned()))
    }

    /// The code of an integer.
    pub fn number(value: u64) -> Self {
        Code(value.to_string())
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code as a number, where it is one: the order of codes in print.
    pub(crate) fn as_number(&self) -> Option<u64> {
        self.0.parse().ok()
    }
}

/// Short enough and without control characters.
pub(crate) fn is_plain(text: &str) -> bool {
    text.chars().count() <= MAX_NAME && !text.chars().any(char::is_control)
}

impl Label {
    /// A label with a level and nothing else.
    pub fn plain(policy: PolicyId, level: Code) -> Self {
        Label { policy, level, categories: BTreeSet::new(), privacy_mark: None }
    }
}

impl TryFrom<String> for PolicyId {
    type Error = LabelError;
    fn try_from(text: String) -> Result<Self, LabelError> {
        PolicyId::new(&text)
    }
}

impl From<PolicyId> for String {
    fn from(id: PolicyId) -> String {
        id.0
    }
}

impl TryFrom<String> for Code {
    type Error = LabelError;
    fn try_from(text: String) -> Result<Self, LabelError> {
        Code::new(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.0
    }
}

impl fmt::Display for PolicyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
