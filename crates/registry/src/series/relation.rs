//! Owns what the suffixes of two references say of their papers: which revises, corrects or adds to which, and which
//! takes the place of which. Must not know documents: what it says is a proposal.

use serde::{Deserialize, Serialize};

use super::{Catalogue, ParsedReference, Suffix, SuffixKind};

/// What one paper is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A new text in its place.
    RevisionOf,
    /// An addendum to it.
    AddendumTo,
    /// A corrigendum to it.
    CorrigendumTo,
    /// The final text of it.
    FinalOf,
    /// A draft of it.
    DraftOf,
    /// The decision on it.
    ActionSheetOf,
    /// The same in another language.
    TranslationOf,
    /// The same as released to others.
    ReleaseVariantOf,
}

impl Relation {
    /// True when the one takes the place of the other.
    pub const fn supersedes(self) -> bool {
        matches!(self, Relation::RevisionOf | Relation::FinalOf)
    }
    const fn of(kind: SuffixKind) -> Self {
        match kind {
            SuffixKind::Revision => Relation::RevisionOf,
            SuffixKind::Addendum => Relation::AddendumTo,
            SuffixKind::Corrigendum => Relation::CorrigendumTo,
            SuffixKind::Final => Relation::FinalOf,
            SuffixKind::Draft => Relation::DraftOf,
            SuffixKind::ActionSheet => Relation::ActionSheetOf,
            SuffixKind::Language => Relation::TranslationOf,
            SuffixKind::Release => Relation::ReleaseVariantOf,
        }
    }
}

impl Catalogue {
    /// What the first is to the second, as far as their references say it; none when they don't, or when the second
    /// is something to the first.
    ///
    /// `-REV2` is a revision of `-REV1` and of the original; `-REV1-COR2` is a corrigendum to `-REV1` and nothing to
    /// the original; two corrigenda are nothing to each other; two languages or two releases of one text are
    /// variants of each other.
    pub fn relation_of(&self, one: &ParsedReference, other: &ParsedReference) -> Option<Relation> {
        let series = self.get(&one.series)?;
        if one.base() != other.base() {
            let same = ParsedReference { stroke: None, ..one.base() }
                == ParsedReference { stroke: None, ..other.base() };
            let later = one.stroke.unwrap_or(0) > other.stroke.unwrap_or(0);
            let plain =
                |reference: &ParsedReference| reference.suffixes.iter().all(|s| s.kind == SuffixKind::Final);
            return (series.stroke_revises && same && later && plain(one) && plain(other))
                .then_some(Relation::RevisionOf);
        }
        let common = one.suffixes.iter().zip(&other.suffixes).take_while(|(a, b)| a == b).count();
        let mine = one.suffixes.get(common..)?;
        let theirs = other.suffixes.get(common..)?;
        match (mine, theirs) {
            ([added], []) => Some(Relation::of(added.kind)),
            ([added], [instead]) => instead_of(added, instead),
            _ => None,
        }
    }

    /// The papers among these whose place the newer one takes: each by its place in the list.
    pub fn superseded_by(&self, newer: &ParsedReference, among: &[ParsedReference]) -> Vec<usize> {
        among
            .iter()
            .enumerate()
            .filter(|(_, older)| self.relation_of(newer, older).is_some_and(Relation::supersedes))
            .map(|(at, _)| at)
            .collect()
    }
}

fn instead_of(mine: &Suffix, theirs: &Suffix) -> Option<Relation> {
    use SuffixKind::{Draft, Final, Language, Release, Revision};
    match (mine.kind, theirs.kind) {
        // A revision without a number came before those that are counted.
        (Revision, Revision) => {
            (mine.number.unwrap_or(0) > theirs.number.unwrap_or(0)).then_some(Relation::RevisionOf)
        }
        (Draft, Draft) => {
            (mine.number.unwrap_or(0) > theirs.number.unwrap_or(0)).then_some(Relation::RevisionOf)
        }
        (Final, Draft | Revision) => Some(Relation::FinalOf),
        (Language, Language) => Some(Relation::TranslationOf),
        (Release, Release) => Some(Relation::ReleaseVariantOf),
        _ => None,
    }
}
