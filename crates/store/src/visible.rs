//! The one door out: what has passed an access scope.
//!
//! A [`Visible`] can be made in this crate only, and only from a row whose class was found in the scope. Pages,
//! counts, facets, exports and errors take nothing else, so that what was not let through has no type from which
//! they could be made.

use std::ops::Deref;

use label::Label;
use registry::{
    DocumentDate, DocumentId, ObjectId, PersonId, RegistryId, Sight, Timestamp, VersionId,
    document::{Direction, ReadingOutcome},
    formal::Formal,
    id::Digest,
    reference::Reference,
};

/// Something that its viewer may see, in the measure that he may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visible<T>(T);

impl<T> Visible<T> {
    pub(crate) fn new(seen: T) -> Self {
        Self(seen)
    }
    /// What was let through.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Visible<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// A register entry as a list shows it. What the viewer may not see is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryView {
    /// Where it is registered.
    pub registry: RegistryId,
    /// Which document.
    pub document: DocumentId,
    /// Its reference.
    pub reference: String,
    /// Its way.
    pub direction: Direction,
    /// Its date.
    pub date: DocumentDate,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Its marking; none: undetermined.
    pub label: Option<Label>,
    /// The marking of its subject line, that of the content unless another was given; none: undetermined.
    pub subject_label: Option<Label>,
    /// Where the content is held, when not here.
    pub held_elsewhere: Option<String>,
    /// What this viewer may see of it.
    pub sight: SightMark,
    /// The reference by which it is called instead, where the document may be read.
    pub preferred: Option<String>,
    /// The subject line, where it may be seen.
    pub subject: Option<String>,
    /// The kind, where the document may be read.
    pub kind: Option<String>,
    /// The originator, where the document may be read.
    pub originator: Option<String>,
    /// The language of the text, where the document may be read.
    pub language: Option<String>,
    /// What a formal message says of its handling, where the document may be read.
    pub formal: Formal,
    /// For going on from here.
    pub key: PageKey,
}

/// What a viewer may see of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SightMark {
    /// All of it.
    Read,
    /// The entry only.
    Handle,
}

impl From<Sight> for SightMark {
    fn from(sight: Sight) -> Self {
        if sight.read { SightMark::Read } else { SightMark::Handle }
    }
}

/// A place in an ordered list: the sort value and, for equals, the identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageKey {
    /// The day by which the list is ordered; 0 in the order of registering, where the document alone is the place.
    pub order: i64,
    /// The document.
    pub document: DocumentId,
}

/// A document as its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentView {
    /// The entry.
    pub entry: EntryView,
    /// All that only a reader sees.
    pub inside: Option<InsideView>,
}

/// What a reader of a document sees beside the entry.
#[derive(Debug, Clone, PartialEq)]
pub struct InsideView {
    /// Who registered it.
    pub registered_by: PersonId,
    /// Its other references.
    pub references: Vec<Reference>,
    /// Action addressees.
    pub action: Vec<String>,
    /// Information addressees.
    pub info: Vec<String>,
    /// What it is stated to be to other papers.
    pub relations: Vec<registry::relation::Stated>,
    /// Its versions, newest first.
    pub versions: Vec<VersionView>,
    /// The groups that need to know, one of each list.
    pub need_to_know: Vec<Vec<registry::GroupId>>,
    /// What a register of old said of it.
    pub old: Option<registry::old::OldEntry>,
}

impl InsideView {
    /// The number of the newest version that has a text, else of the newest; 0: there is none.
    pub fn shown(&self) -> u32 {
        let newest = self.versions.iter().find(|v| v.text.is_some()).or(self.versions.first());
        newest.map_or(0, |version| version.number)
    }
}

/// Something attached to a version that may be read.
#[derive(Debug, Clone, PartialEq)]
pub struct EnclosureView {
    /// Its place, from 1.
    pub position: u32,
    /// Where its bytes lie.
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
    /// Where its text lies, with its length in bytes.
    pub text: Option<(ObjectId, u64)>,
}

/// A version of a document that may be read.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionView {
    /// Which.
    pub id: VersionId,
    /// From 1.
    pub number: u32,
    /// Where its bytes lie.
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
    /// When it was added.
    pub added_at: Timestamp,
    /// Where its text lies, with its length.
    pub text: Option<(ObjectId, u64)>,
    /// What is attached to it, in its order.
    pub enclosures: Vec<EnclosureView>,
}

impl VersionView {
    /// Where its texts lie: its own, then those of what is attached to it.
    pub fn texts(&self) -> Vec<ObjectId> {
        let enclosed = self.enclosures.iter().filter_map(|e| e.text);
        self.text.into_iter().chain(enclosed).map(|(object, _)| object).collect()
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is shown.
    pub rows: Vec<Visible<T>>,
    /// True when more follows in the direction of reading.
    pub more: bool,
}
