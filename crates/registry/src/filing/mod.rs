//! The file plan of a registry and what is filed in it: files in a tree, their volumes, dossiers, the papers in them.
//!
//! Owns what is asked, decided and written of files. A file's names may tell something, so a file may carry a rule of
//! access like a document; one without a rule is open to whoever sees anything of the registry. Whoever does not see a
//! file sees nothing below it either, and no decision here depends on a file that the caller does not see.

mod decide;
mod documents;
mod plan;
mod propose;

use jiff::civil::Date;
use label::Label;
use serde::{Deserialize, Serialize};

pub use decide::{change, open, turn};
pub use documents::{Filed, NotFiled, file_documents, in_files, take_out};
pub use plan::{Branch, arranged, code_key, next_code};
pub use propose::{Proposed, Why, propose};

use crate::{
    access::AccessRule,
    house::Names,
    id::{Digest, DocumentId, FileId, GroupId},
};

/// Most levels of a plan.
pub const DEPTH: usize = 12;
/// Most files of a plan.
pub const PLAN: usize = 20_000;
/// Most documents that are filed at once.
pub const AT_ONCE: usize = 500;
/// Most files in which documents are put at once.
pub const FILES: usize = 20;
/// Most words or originators by which a file is proposed.
pub const WORDS: usize = 100;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// A file of the plan: papers of one subject, for as long as the subject lasts.
    #[default]
    Subject,
    /// A dossier: papers of several files, collected to track one matter to its end.
    Dossier,
}

impl FileKind {
    /// Both.
    pub const ALL: [FileKind; 2] = [FileKind::Subject, FileKind::Dossier];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            FileKind::Subject => "subject",
            FileKind::Dossier => "dossier",
        }
    }
}

/// What the plan says of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileFact {
    /// Its identifier.
    pub id: FileId,
    /// What it is.
    pub is: FileKind,
    /// Its code in the plan: `3.2.1`.
    pub code: String,
    /// In both languages.
    pub names: Names,
    /// The file under which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<FileId>,
    /// The unit or post that answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Words in a subject by which papers are proposed for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Originators whose papers are proposed for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub originators: Vec<String>,
    /// Where its paper stands: room, shelf, box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How the matter stands, of a dossier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// By which rule it is seen; none: open to whoever sees anything of the registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<AccessRule>,
}

impl FileFact {
    /// The mark of this state, by which a form notices that another person was quicker.
    pub fn mark(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}

/// A file as the tables have it.
#[derive(Debug, Clone, PartialEq)]
pub struct FileState {
    /// What the plan says of it.
    pub file: FileFact,
    /// The day on which it was opened.
    pub opened_on: Date,
    /// The day on which it was closed; none: it is open.
    pub closed_on: Option<Date>,
    /// The number of its last volume.
    pub volumes: u32,
    /// The number of its open volume.
    pub open_volume: Option<u32>,
}

/// What is asked when a file is opened, and the whole of what it shall be when one is changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NewFile {
    /// What it is.
    pub is: FileKind,
    /// Its code; empty: the next one under its parent.
    pub code: String,
    /// Its English name; one of the two is enough.
    pub name_en: String,
    /// Its French name.
    pub name_fr: String,
    /// The file under which it stands.
    pub parent: Option<FileId>,
    /// The unit or post that answers for it.
    pub owner: String,
    /// Words by which papers are proposed for it.
    pub words: Vec<String>,
    /// Originators whose papers are proposed for it.
    pub originators: Vec<String>,
    /// Where its paper stands.
    pub place: String,
    /// How the matter stands.
    pub status: String,
    /// The label of its names; none: open.
    pub label: Option<Label>,
    /// One of each inner list needs to know; only with a label.
    pub need_to_know: Vec<Vec<GroupId>>,
    /// The day of opening; none: today.
    pub on: Option<Date>,
}

impl NewFile {
    /// What a file is, as one would ask for it.
    pub fn of(file: &FileFact) -> Self {
        let text = |given: &Option<String>| given.clone().unwrap_or_default();
        Self {
            is: file.is,
            code: file.code.clone(),
            name_en: file.names.en.clone(),
            name_fr: file.names.fr.clone(),
            parent: file.parent,
            owner: text(&file.owner),
            words: file.words.clone(),
            originators: file.originators.clone(),
            place: text(&file.place),
            status: text(&file.status),
            label: file.access.as_ref().and_then(|rule| rule.content.clone()),
            need_to_know: file.access.as_ref().map(|rule| rule.need_to_know.clone()).unwrap_or_default(),
            on: None,
        }
    }
}

/// What is asked when a file is changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileChange {
    /// Why.
    pub reason: String,
    /// The mark of the state that was changed; another one by now: refused as a conflict.
    #[serde(default)]
    pub mark: Option<Digest>,
    /// What it shall be.
    pub file: NewFile,
}

/// A turn in the life of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "turn", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Turn {
    /// The file is closed, with its open volume.
    Close {
        /// The day; none: today.
        #[serde(default)]
        on: Option<Date>,
        /// Why.
        reason: String,
    },
    /// The file is open again, with a new volume.
    Reopen {
        /// Why.
        reason: String,
    },
    /// A volume is opened.
    OpenVolume {
        /// The day; none: today.
        #[serde(default)]
        on: Option<Date>,
        /// Where it stands; empty: where the file does.
        #[serde(default)]
        place: String,
    },
    /// The open volume is closed.
    CloseVolume {
        /// The day; none: today.
        #[serde(default)]
        on: Option<Date>,
        /// Whether the next one is opened on the same day.
        #[serde(default)]
        next: bool,
        /// Where the next one stands.
        #[serde(default)]
        place: String,
    },
}

/// What the tables tell before a plan is changed: all of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanNeeds {
    /// Every file.
    pub files: Vec<FileState>,
    /// The day since which the open volume of the file that is turned is open.
    pub volume_since: Option<Date>,
}

/// A file with those above it, the nearest first; empty: it is not there.
pub type Chain = Vec<FileState>;

/// A document as it is filed so far.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentState {
    /// Which.
    pub document: DocumentId,
    /// By which rule it is seen; none: it is not there.
    pub access: Option<AccessRule>,
    /// The files in which it is.
    pub files: Vec<FileId>,
}

/// What the tables tell before documents are filed or taken out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilingNeeds {
    /// The files, as they were asked for.
    pub files: Vec<(FileId, Chain)>,
    /// The documents, as they were asked for.
    pub documents: Vec<DocumentState>,
}
