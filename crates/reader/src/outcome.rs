//! What a reading ends in. Owns the outcomes and their reasons, for the register and the wire; must not know how they are reached.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Language, MediaType, Sheet};

/// What the reading of one file ended in. Every file, however broken, ends in one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum Outcome {
    /// The file was read. The text may still be empty (a scan, a blank page).
    Text(Box<Reading>),
    /// The file needs a password or a key.
    Encrypted {
        /// What the file is, as far as it shows.
        kind: MediaType,
    },
    /// The file is not what its own format demands.
    Damaged {
        /// What the file is, as far as it shows.
        kind: MediaType,
        /// What is wrong with it.
        reason: Damage,
    },
    /// The file needs more than the reader may spend on it.
    OverLimit {
        /// Which limit it met.
        limit: Limit,
    },
    /// The file's name says one kind and its content another. It may have been read nevertheless.
    Mislabelled {
        /// What the name says.
        claimed: MediaType,
        /// What the content is.
        found: MediaType,
        /// What the content says, where it could be read.
        reading: Option<Box<Reading>>,
    },
    /// The file attacks its reader. It belongs in quarantine.
    Hostile {
        /// How.
        threat: Threat,
    },
    /// The reader has no words for this kind of file (a picture, a sound, a program).
    Unsupported {
        /// What the file is.
        kind: MediaType,
    },
}

impl Outcome {
    /// What was read, where something was.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Text(reading) => Some(reading),
            Self::Mislabelled { reading, .. } => reading.as_deref(),
            _ => None,
        }
    }

    /// What was read, taken out.
    #[must_use]
    pub fn into_reading(self) -> Option<Reading> {
        match self {
            Self::Text(reading) => Some(*reading),
            Self::Mislabelled { reading, .. } => reading.map(|boxed| *boxed),
            _ => None,
        }
    }

    /// A stable code for the register, logs and the API: the outcome's name and its reason, such as `hostile.archive-bomb`.
    #[must_use]
    pub fn code(&self) -> String {
        fn name(value: impl Serialize) -> String {
            match serde_json::to_value(value) {
                Ok(serde_json::Value::String(name)) => name,
                _ => String::from("other"),
            }
        }
        match self {
            Self::Text(_) => "text".into(),
            Self::Encrypted { .. } => "encrypted".into(),
            Self::Damaged { reason, .. } => format!("damaged.{}", name(reason)),
            Self::OverLimit { limit } => format!("over-limit.{}", name(limit)),
            Self::Mislabelled { .. } => "mislabelled".into(),
            Self::Hostile { threat } => format!("hostile.{}", name(threat)),
            Self::Unsupported { .. } => "unsupported".into(),
        }
    }
}

/// What one file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What the file is.
    pub kind: MediaType,
    /// Its text: paragraphs end with a line feed, cells of one row are parted by tabs. No other control characters.
    pub text: String,
    /// Its title, as its metadata or head says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its author, as its metadata says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was made, as its metadata writes it (unchecked).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// When it was last changed, as its metadata writes it (unchecked).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// The language that the text looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How many pages, slides or sheets it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The head of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<Mail>,
    /// What is attached to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Its tables, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<Sheet>,
    /// What a registrar ought to know of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
}

/// The head of a message (RFC 5322 section 3.6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Authors: `Name <address>`, or the address alone.
    pub from: Vec<String>,
    /// Recipients.
    pub to: Vec<String>,
    /// Those who get a copy.
    pub cc: Vec<String>,
    /// Blind copies, where the file still names them.
    pub bcc: Vec<String>,
    /// The subject.
    pub subject: Option<String>,
    /// When it was sent (RFC 3339), where the head says so legibly.
    pub date: Option<String>,
    /// The message's own id, without angle brackets.
    pub message_id: Option<String>,
    /// The id of the message that it answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The ids of the messages before it, the oldest first, without angle brackets and each once: of very many the first,
    /// which began the thread, and the last ones, which are nearest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
}

/// Something attached to a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name without any folder; empty where it has none. For show, never for a path.
    pub name: String,
    /// The media type that the message declares, such as `application/pdf`.
    pub declared: String,
    /// What it is by its content.
    pub kind: MediaType,
    /// Its size in bytes.
    pub size: u64,
    /// Its bytes. They travel beside the frame, not in it, and are left out when an outcome is written down.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// What a registrar ought to know of a file that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// The text was not UTF-8 and was decoded from another encoding.
    Decoded,
    /// Some characters could not be decoded, or control characters were dropped.
    CharactersLost,
    /// Tracked deletions stand in the file; their words are not in the text.
    TrackedDeletions,
    /// Tracked insertions stand in the file; their words are in the text.
    TrackedInsertions,
    /// Comments stand in the file; their words are not in the text.
    Comments,
    /// Hidden text stands in the file; its words are in the text.
    HiddenText,
    /// The file carries macros or scripts.
    Macros,
    /// The file carries other files.
    EmbeddedFiles,
    /// The file points to content outside itself that an office program would fetch.
    ExternalContent,
    /// An entry's name climbs out of its folder, is absolute or has a drive letter. Such names are never used as paths.
    UnsafeNames,
    /// Two entries have one name.
    DuplicateNames,
    /// Some pages or parts could not be read; the text has gaps.
    PartlyRead,
    /// The file's own table of contents was wrong; it was read by searching for its objects.
    Repaired,
    /// The file has pages but no words: a scan, perhaps.
    NoWords,
    /// The words were recognised in the picture of a scan; some may be wrong.
    Recognised,
    /// The text is a list of an archive's entries.
    ArchiveListing,
    /// The file names entities of its own; they were left out.
    EntitiesLeftOut,
    /// The file is locked against printing or copying, yet opens without a password.
    Restricted,
    /// The message is signed or sealed by S/MIME or OpenPGP.
    Sealed,
}

/// What is wrong with a damaged file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// It has no bytes.
    Empty,
    /// The container (zip, compound file) cannot be opened.
    Container,
    /// A part that the format demands is not there.
    MissingPart,
    /// A part ends early or its checksum is wrong.
    Truncated,
    /// Its XML is not well formed.
    Xml,
    /// Its structure breaks the rules of its format.
    Structure,
    /// The reader failed on it.
    ReaderFailed,
}

/// The limit that a file met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// The file's own size.
    Input,
    /// The size of its text.
    Text,
    /// The size of what it unpacks to.
    Unpacked,
    /// The entries of a container.
    Entries,
    /// Its attachments, by number or size.
    Parts,
    /// Its pages.
    Pages,
    /// The child's memory.
    Memory,
    /// The child's time.
    Time,
    /// The child's answer.
    Answer,
}

/// How a file attacks its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threat {
    /// A part unpacks to far more than its packed size.
    ArchiveBomb,
    /// Entries of an archive share bytes, so that little unpacks to much.
    OverlappingEntries,
    /// Entities are defined that expand into one another or point outside.
    EntityBomb,
    /// Elements, groups or containers nest too deep.
    NestedTooDeep,
    /// While it was read, the child made a system call that no reading needs.
    ForbiddenCall,
    /// While it was read, the child crashed.
    Crash,
    /// The child's answer was not in the agreed form.
    ForgedAnswer,
}
