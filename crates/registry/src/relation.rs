//! What one paper is to another: as their references say it, or as a clerk has stated it. Knows references only; which
//! documents bear them, and who may know of it, is found out by whoever reads.

use serde::{Deserialize, Serialize};

use crate::{
    command::Context,
    line::{NAME, line},
    reference,
    refusal::{Code, Refusal},
    series::{self, Recognised},
};

/// What a paper is to the one whose reference it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// It takes the place of the other.
    Supersedes,
    /// A new text in its place.
    RevisionOf,
    /// The final text of it.
    FinalOf,
    /// It corrects the other.
    CorrigendumTo,
    /// It adds to the other.
    AddendumTo,
    /// A draft of it.
    DraftOf,
    /// The decision on it.
    ActionSheetOf,
    /// The same in another language.
    TranslationOf,
    /// The same as released to others.
    ReleaseVariantOf,
    /// It answers the other.
    ReplyTo,
    /// It goes with the other.
    EnclosureTo,
    /// It bears on the same matter.
    SeeAlso,
}

impl RelationKind {
    /// Every kind.
    pub const ALL: [RelationKind; 12] = [
        RelationKind::Supersedes,
        RelationKind::RevisionOf,
        RelationKind::FinalOf,
        RelationKind::CorrigendumTo,
        RelationKind::AddendumTo,
        RelationKind::DraftOf,
        RelationKind::ActionSheetOf,
        RelationKind::TranslationOf,
        RelationKind::ReleaseVariantOf,
        RelationKind::ReplyTo,
        RelationKind::EnclosureTo,
        RelationKind::SeeAlso,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            RelationKind::Supersedes => "supersedes",
            RelationKind::RevisionOf => "revision-of",
            RelationKind::FinalOf => "final-of",
            RelationKind::CorrigendumTo => "corrigendum-to",
            RelationKind::AddendumTo => "addendum-to",
            RelationKind::DraftOf => "draft-of",
            RelationKind::ActionSheetOf => "action-sheet-of",
            RelationKind::TranslationOf => "translation-of",
            RelationKind::ReleaseVariantOf => "release-variant-of",
            RelationKind::ReplyTo => "reply-to",
            RelationKind::EnclosureTo => "enclosure-to",
            RelationKind::SeeAlso => "see-also",
        }
    }
    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
    /// True when the other is not to be used any more.
    pub const fn replaces(self) -> bool {
        matches!(self, RelationKind::Supersedes | RelationKind::RevisionOf | RelationKind::FinalOf)
    }
    /// True when the other is not to be read without it.
    pub const fn amends(self) -> bool {
        matches!(self, RelationKind::CorrigendumTo | RelationKind::AddendumTo)
    }
}

impl From<series::Relation> for RelationKind {
    fn from(relation: series::Relation) -> Self {
        use series::Relation;
        match relation {
            Relation::RevisionOf => RelationKind::RevisionOf,
            Relation::AddendumTo => RelationKind::AddendumTo,
            Relation::CorrigendumTo => RelationKind::CorrigendumTo,
            Relation::FinalOf => RelationKind::FinalOf,
            Relation::DraftOf => RelationKind::DraftOf,
            Relation::ActionSheetOf => RelationKind::ActionSheetOf,
            Relation::TranslationOf => RelationKind::TranslationOf,
            Relation::ReleaseVariantOf => RelationKind::ReleaseVariantOf,
        }
    }
}

/// A relation that somebody stated: to whatever bears the reference, whether it is here yet or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// What this paper is to the other.
    pub kind: RelationKind,
    /// The other's reference, as written.
    pub text: String,
    /// What a series makes of it; the register decides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Box<Recognised>>,
}

impl Stated {
    /// As somebody stated it.
    pub fn new(kind: RelationKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), read: None }
    }
    /// The key of the other's reference.
    pub fn key(&self) -> String {
        self.read.as_ref().map_or_else(|| reference::key(&self.text), |read| read.key.clone())
    }
}

/// Most relations of one document.
const MANY: usize = 100;

/// Relations as they are written down: each once, read by the series of today.
pub(crate) fn stated(context: &Context<'_>, given: &[Stated]) -> Result<Vec<Stated>, Refusal> {
    if given.len() > MANY {
        return Err(Refusal::on("relations", Code::TooLong).with("limit", MANY));
    }
    let mut kept: Vec<Stated> = Vec::new();
    for one in given {
        let Some(text) = line("relations", &one.text, NAME)? else { continue };
        if reference::key(&text).is_empty() {
            return Err(Refusal::on("relations", Code::NotOffered).with("value", text));
        }
        let read = context.house.catalogue().recognised(&text).map(Box::new);
        let one = Stated { kind: one.kind, text, read };
        if !kept.iter().any(|k| k.kind == one.kind && k.key() == one.key()) {
            kept.push(one);
        }
    }
    Ok(kept)
}

/// Adds relations to those that stand there, which stay as they were read; one that is there already is not added.
pub(crate) fn add(context: &Context<'_>, given: &[Stated], to: &mut Vec<Stated>) -> Result<(), Refusal> {
    for one in stated(context, given)? {
        if !to.iter().any(|k| k.kind == one.kind && k.key() == one.key()) {
            to.push(one);
        }
    }
    if !given.is_empty() && to.len() > MANY {
        return Err(Refusal::on("relations", Code::TooLong).with("limit", MANY));
    }
    Ok(())
}
