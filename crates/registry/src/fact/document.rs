//! What an entry says of a document that is registered, of its versions, of what was read from them and of what is
//! attached to them. Data alone: how a document is checked is `document`'s.

use jiff::civil::Date;
use label::Label;
use serde::{Deserialize, Serialize};

use super::present;
use crate::{
    access::AccessRule,
    date::DocumentDate,
    document::{Direction, ReadingOutcome, StagedText},
    formal::Formal,
    id::{Digest, DocumentId, GroupId, ObjectId, PersonId, VersionId},
    old::OldEntry,
    reference::Reference,
    relation::Stated,
};

/// A registered document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFact {
    /// Its identifier.
    pub id: DocumentId,
    /// The year of its number.
    pub year: i16,
    /// Its number in the registry's series of that year.
    pub number: u64,
    /// The reference that these make.
    pub reference: String,
    /// Its way.
    pub direction: Direction,
    /// A word of the house.
    pub kind: String,
    /// When it says it was written.
    pub date: DocumentDate,
    /// Two letters.
    pub language: String,
    /// Who wrote or sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub originator: Option<String>,
    /// Its other references.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// The one of these by which it is called; none: by that of the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred: Option<String>,
    /// What it is to other papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Stated>,
    /// The subject line.
    pub subject: String,
    /// The label of the subject line, where it is not that of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_label: Option<Label>,
    /// The label of the content; none: undetermined. That is said, never left out.
    #[serde(deserialize_with = "present")]
    pub label: Option<Label>,
    /// The label of the entry.
    #[serde(deserialize_with = "present")]
    pub entry_label: Option<Label>,
    /// The day of release, where the label names a community read as of release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_on: Option<Date>,
    /// Action addressees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub action: Vec<String>,
    /// Information addressees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub info: Vec<String>,
    /// One of each inner list needs to know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub need_to_know: Vec<Vec<GroupId>>,
    /// The only persons who may read it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access_list: Vec<PersonId>,
    /// Where the content is held, when not here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_elsewhere: Option<String>,
    /// What a register of old said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Box<OldEntry>>,
    /// What a formal message says of its handling.
    #[serde(default, skip_serializing_if = "Formal::is_empty")]
    pub formal: Formal,
}

impl DocumentFact {
    /// The rule by which it is seen.
    pub fn access_rule(&self) -> AccessRule {
        AccessRule {
            content: self.label.clone(),
            subject: self.subject_label.clone().or_else(|| self.label.clone()),
            entry: self.entry_label.clone(),
            need_to_know: self.need_to_know.clone(),
            access_list: self.access_list.clone(),
            released_on: self.released_on,
        }
    }
}

/// A version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionFact {
    /// Its identifier.
    pub id: VersionId,
    /// Of which document.
    pub document: DocumentId,
    /// From 1.
    pub number: u32,
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
    /// By content.
    pub media_type: String,
    /// As it came.
    pub file_name: String,
    /// What the reader could do with it.
    pub reading: ReadingOutcome,
}

/// What a rendition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RenditionKind {
    /// Text as a machine read it.
    Text,
}

impl RenditionKind {
    /// As it stands in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            RenditionKind::Text => "text",
        }
    }
}

/// A rendition of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenditionFact {
    /// Of which version.
    pub version: VersionId,
    /// Of which document.
    pub document: DocumentId,
    /// What it is.
    pub is: RenditionKind,
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
}

/// Something attached to a version, as a file to a message. Its bytes are in the version too; here they are by
/// themselves, so that they can be read, searched and given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnclosureFact {
    /// Of which version.
    pub version: VersionId,
    /// Of which document.
    pub document: DocumentId,
    /// Its place, from 1.
    pub position: u32,
    /// Where it lies in the vault.
    pub object: ObjectId,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub size: u64,
    /// By content.
    pub media_type: String,
    /// As it came, without any folder.
    pub file_name: String,
    /// What the reader could do with it.
    pub reading: ReadingOutcome,
    /// Its text as a machine read it; none is said, never left out.
    #[serde(deserialize_with = "present")]
    pub text: Option<StagedText>,
}
