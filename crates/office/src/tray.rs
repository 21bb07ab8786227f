//! The in-tray of a registry: what came in and waits to be registered, whatever brought it. Each thing is sealed and read
//! like a file that a clerk sends; it becomes a record only when one who may register says so, or says why not.
//!
//! One row for each thing. The same bytes come once to a registry: what is fetched again, after a crash or because a server
//! numbered its folder anew, is known by its digest, also after it was registered or dismissed. Of what was settled only
//! that is kept, with the message's own id, by which an answer to it finds its thread.

mod claim;
mod coming;
mod dropped;
mod head;
mod settling;
mod shown;

use registry::{
    ObjectId, PersonId, RegistryId, Timestamp,
    document::{Direction, StagedContent},
};
use serde::{Deserialize, Serialize};

pub(crate) use coming::Put;
pub use dropped::{Dropped, place};
pub use head::Head;
pub use shown::{OpenedWaiting, Thread};

/// What brought a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A functional mailbox.
    Mailbox,
    /// Files that were dropped, or lay in a folder.
    Drop,
    /// A scanner.
    Scan,
}

impl Source {
    /// Every source.
    pub const ALL: [Source; 3] = [Source::Mailbox, Source::Drop, Source::Scan];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Source::Mailbox => "mailbox",
            Source::Drop => "drop",
            Source::Scan => "scan",
        }
    }
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == word)
    }
}

/// What is known of a thing before its content is looked at.
#[derive(Debug, Clone)]
pub struct Arriving {
    /// What brings it.
    pub source: Source,
    /// Where from, in words for people: a mailbox and its folder, a folder of files.
    pub origin: String,
    /// The way of the paper that it will be.
    pub direction: Direction,
    /// When it came, where whoever brings it knows.
    pub received: Option<Timestamp>,
}

/// Something that went wrong: a code for the texts, and their arguments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The code.
    pub code: String,
    /// Names and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<(String, String)>,
}

/// Something that waits.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name.
    pub id: ObjectId,
    /// In whose tray.
    pub registry: RegistryId,
    /// What brought it.
    pub source: Source,
    /// Where from.
    pub origin: String,
    /// The way of the paper that it will be.
    pub direction: Direction,
    /// When it came.
    pub arrived: Timestamp,
    /// What it says of itself.
    pub head: Head,
    /// As a registration names it; none: it could not be fetched.
    pub content: Option<StagedContent>,
}

impl Item {
    /// What it is called in a list: its subject, else its title, else its file's name.
    pub fn called(&self) -> &str {
        let subject = self.head.mail.as_ref().and_then(|mail| mail.subject.as_deref());
        let title = self.head.title.as_deref();
        let named = [subject, title].into_iter().flatten().find(|words| !words.trim().is_empty());
        named.or_else(|| self.content.as_ref().map(|content| content.file_name.as_str())).unwrap_or_default()
    }

    /// Who sent it, as it says itself.
    pub fn sender(&self) -> &str {
        let from = self.head.mail.as_ref().and_then(|mail| mail.from.first());
        from.or(self.head.author.as_ref()).map_or("", String::as_str)
    }
}

/// Something that was dismissed.
#[derive(Debug, Clone)]
pub struct Dismissed {
    /// Its name.
    pub id: ObjectId,
    /// In whose tray.
    pub registry: RegistryId,
    /// Where it came from, where the tray still knows.
    pub origin: Option<String>,
    /// Why.
    pub reason: String,
    /// The same in words.
    pub words: Option<String>,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}
