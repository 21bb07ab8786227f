//! What a security policy holds once it is read and checked. Owns the policy's types and look-ups; must not
//! know XML (see `parse`), nor decide anything about a label.

mod check;
mod house;
mod parse;
mod read;

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use crate::label::{CategoryKey, Code, Label, LabelError, PolicyId, TagKind};
use crate::marking::{Language, Markings};
use crate::xml::XmlError;

/// A security policy: an XML SPIF file, checked, with the house's own rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub(crate) id: PolicyId,
    pub(crate) name: String,
    pub(crate) version: u64,
    pub(crate) validity: Validity,
    pub(crate) markings: Markings,
    /// Lowest first.
    pub(crate) levels: Vec<Level>,
    pub(crate) tag_sets: Vec<TagSet>,
    pub(crate) privacy_marks: Vec<PrivacyMark>,
    pub(crate) equivalents: Vec<EquivalentPolicy>,
    pub(crate) dated: Vec<DatedEquivalence>,
    pub(crate) release: Option<ReleaseRule>,
    pub(crate) findings: Vec<Finding>,
}

/// A level of classification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its name in the policy, "SECRET".
    pub name: String,
    /// Its code in labels.
    pub code: Code,
    /// Its place: a clearance dominates levels at or below its own. Two levels may share a place.
    pub hierarchy: i64,
    /// Its colour on pages.
    pub colour: Option<Colour>,
    /// No longer given to new labels.
    pub obsolete: bool,
    /// What this house asks for it.
    pub rule: LevelRule,
    pub(crate) markings: Markings,
    pub(crate) required: Vec<CategoryGroup>,
    pub(crate) equivalents: Vec<EquivalentLevel>,
}

/// A set of tags: "Releasable To".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagSet {
    /// Object identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its tags, in the policy's order.
    pub tags: Vec<Tag>,
    pub(crate) equivalents: Vec<EquivalentTagSet>,
}

/// A tag: categories of one kind inside a tag set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name; that of the set where the file gives none.
    pub name: String,
    /// How its categories bear on access.
    pub kind: TagKind,
    /// Fewest categories that a label may choose.
    pub min: usize,
    /// Most categories that a label may choose, where limited.
    pub max: Option<usize>,
    /// Its categories, in the policy's order, which is also the order in print.
    pub categories: Vec<Category>,
    pub(crate) markings: Markings,
}

/// A category: "ATOMAL", or "UKR" of "Releasable To".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name in labels.
    pub name: String,
    /// Its key in labels.
    pub key: CategoryKey,
    /// No longer given to new labels.
    pub obsolete: bool,
    /// What this house asks for it.
    pub rule: CategoryRule,
    /// Two entries of the policy use this key under different names, so that nobody can say which is meant.
    pub(crate) ambiguous: bool,
    pub(crate) validity: Validity,
    pub(crate) markings: Markings,
    pub(crate) excluded_levels: Vec<String>,
    pub(crate) required_level: Option<String>,
    pub(crate) required: Vec<CategoryGroup>,
    pub(crate) excluded: Vec<CategoryRef>,
    pub(crate) equivalents: Vec<EquivalentCategory>,
}

/// What this house asks before someone sees a level. The default, which a policy without house rules gets,
/// is a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelRule {
    /// A clearance certificate is needed.
    pub certificate: bool,
    /// A briefing is needed.
    pub briefing: bool,
    /// Each copy is accounted for.
    pub accountable: bool,
    /// Abbreviation, "NS".
    pub short: Option<String>,
}

impl Default for LevelRule {
    fn default() -> Self {
        LevelRule { certificate: true, briefing: false, accountable: false, short: None }
    }
}

/// What this house asks for a category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryRule {
    /// Each copy is accounted for, whatever the level.
    pub accountable: bool,
    /// A briefing of its own is needed.
    pub briefing: bool,
    /// Only the entry may be registered; the content is never shown (cryptographic material, which has an
    /// accounting chain of its own).
    pub existence_only: bool,
}

/// Who may see what, by nation: which tag sets name the audiences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseRule {
    /// Object identifier of the tag set whose categories name audiences besides the default one.
    pub set: String,
    /// Object identifier of the tag set whose categories, where there are any, name the only audiences.
    pub only: Option<String>,
    /// Object identifier of the tag set that names the occasion (an operation, a body) and bears on no access.
    pub context: Option<String>,
    /// The community that may see what names no audience: the members.
    pub default: String,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

/// An oddity of a policy file that does not keep it from loading.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Finding {
    /// One key stands for several names. Labels that use it are refused.
    #[error("{set:?}: code {code} stands for both {first:?} and {second:?}; labels that use it are refused")]
    AmbiguousCode {
        /// The tag set.
        set: String,
        /// The code.
        code: Code,
        /// The name that came first.
        first: String,
        /// The other name.
        second: String,
    },
    /// The same category twice; the first counts.
    #[error("{set:?}: {name:?} is given twice; the first counts")]
    Repeated {
        /// The tag set.
        set: String,
        /// The category.
        name: String,
    },
    /// An informative tag that does not say how it is encoded; its values are used by name.
    #[error("{set:?}: informative tag {tag:?} has no encoding; its values are used by name")]
    NoEncoding {
        /// The tag set.
        set: String,
        /// The tag.
        tag: String,
    },
    /// A tag of kind "not applicable": skipped, so that labels that use it are refused.
    #[error("{set:?}: tag {tag:?} is not applicable and was skipped")]
    Skipped {
        /// The tag set.
        set: String,
        /// The tag.
        tag: String,
    },
}

/// Why a policy file is refused: what, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The bytes are not XML that this house reads.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// The root is not a SPIF.
    #[error("the root element is {0:?}, not SPIF of http://www.xmlspif.org/spif")]
    NotAPolicy(String),
    /// Something needed is missing.
    #[error("{at}: {what} is missing")]
    Missing {
        /// Element or attribute.
        what: &'static str,
        /// Where.
        at: String,
    },
    /// A value that cannot be used.
    #[error("{at}: {what} cannot be {value:?}")]
    Bad {
        /// Element or attribute.
        what: &'static str,
        /// Its value.
        value: String,
        /// Where.
        at: String,
    },
    /// A reference to something that the policy does not have.
    #[error("{at}: there is no {what} {name:?}")]
    Unknown {
        /// What is referred to.
        what: &'static str,
        /// By which name.
        name: String,
        /// Where.
        at: String,
    },
    /// Two things under one name or code.
    #[error("{at}: {what} {name:?} is given twice")]
    Duplicate {
        /// What.
        what: &'static str,
        /// Its name or code.
        name: String,
        /// Where.
        at: String,
    },
}

/// Dates between which something may be used, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Validity {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

impl Validity {
    pub(crate) fn holds_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    pub(crate) fn is_always(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrivacyMark {
    pub(crate) name: String,
    pub(crate) obsolete: bool,
    pub(crate) markings: Markings,
}

/// How many categories of a group are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    OnlyOne,
    OneOrMore,
    All,
}

/// Categories of which some are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CategoryGroup {
    pub(crate) operation: Operation,
    pub(crate) members: Vec<CategoryRef>,
}

/// One category of a tag set, or all of them; the set by name, as SPIF refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CategoryRef {
    pub(crate) set: String,
    pub(crate) kind: TagKind,
    /// None means every category of the tag.
    pub(crate) code: Option<Code>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EquivalentPolicy {
    pub(crate) name: String,
    pub(crate) id: PolicyId,
    pub(crate) required: Vec<CategoryGroup>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EquivalentLevel {
    pub(crate) policy: String,
    pub(crate) code: Code,
    pub(crate) required: Vec<CategoryGroup>,
    pub(crate) validity: Validity,
}

/// A row of an equivalence table that holds between dates: levels by code, the policy by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DatedEquivalence {
    pub(crate) level: Code,
    pub(crate) policy: String,
    pub(crate) code: Code,
    pub(crate) validity: Validity,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EquivalentTagSet {
    pub(crate) policy: String,
    pub(crate) required: Vec<CategoryGroup>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EquivalentCategory {
    pub(crate) policy: String,
    /// None means that the category needs no counterpart.
    pub(crate) key: Option<CategoryKey>,
    pub(crate) validity: Validity,
}

impl Policy {
    /// Reads and checks a policy file (XML SPIF 1.0, 2.0 or 2.1).
    ///
    /// # Errors
    /// Everything that would leave a rule unclear: what is missing, unusable, referred to but not there, or
    /// given twice, and where. What is merely odd is kept in [`Policy::findings`].
    pub fn parse(bytes: &[u8]) -> Result<Policy, PolicyError> {
        let policy = parse::policy(bytes)?;
        check::references(&policy)?;
        Ok(policy)
    }

    /// The object identifier.
    pub fn id(&self) -> &PolicyId {
        &self.id
    }

    /// The name, "NATO".
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version that the file gives.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The levels, lowest first.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The tag sets, in the policy's order.
    pub fn tag_sets(&self) -> &[TagSet] {
        &self.tag_sets
    }

    /// The rule of release by nation, where the policy has one.
    pub fn release(&self) -> Option<&ReleaseRule> {
        self.release.as_ref()
    }

    /// Oddities of the file that did not keep it from loading.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The level of a code.
    pub fn level(&self, code: &Code) -> Option<&Level> {
        self.levels.iter().find(|level| level.code == *code)
    }

    /// The category of a key, with the set and tag that it stands in.
    pub fn category(&self, key: &CategoryKey) -> Option<(&TagSet, &Tag, &Category)> {
        let set = self.tag_sets.iter().find(|set| set.id == key.set)?;
        let mut tags = set.tags.iter().filter(|tag| tag.kind == key.kind);
        tags.find_map(|tag| Some((set, tag, tag.categories.iter().find(|c| c.key == *key)?)))
    }

    /// The colour of a label's level.
    pub fn level_colour(&self, label: &Label) -> Option<Colour> {
        self.level(&label.level)?.colour
    }

    /// True if each copy is accounted for, by level or by a category. A level or category that the policy
    /// does not know counts as accountable.
    pub fn is_accountable(&self, label: &Label) -> bool {
        let by_level = self.level(&label.level).is_none_or(|level| level.rule.accountable);
        by_level || label.categories.iter().any(|k| self.category(k).is_none_or(|c| c.2.rule.accountable))
    }

    /// True if only the entry may be registered and the content never held or shown.
    pub fn is_existence_only(&self, label: &Label) -> bool {
        label.categories.iter().any(|k| self.category(k).is_some_and(|c| c.2.rule.existence_only))
    }

    /// The label's level, if the label is of this policy and the level is known.
    pub(crate) fn level_of(&self, label: &Label) -> Result<&Level, LabelError> {
        if label.policy != self.id {
            return Err(LabelError::OtherPolicy { expected: self.id.clone(), found: label.policy.clone() });
        }
        self.level(&label.level).ok_or_else(|| LabelError::UnknownLevel(label.level.to_string()))
    }

    /// A category that is known and unambiguous.
    pub(crate) fn sure_category(&self, key: &CategoryKey) -> Result<(&TagSet, &Tag, &Category), LabelError> {
        let Some(found) = self.category(key) else {
            let set = self.tag_sets.iter().find(|set| set.id == key.set);
            let set = set.map_or_else(|| key.set.clone(), |set| set.name.clone());
            return Err(LabelError::UnknownCategory { set, value: key.code.to_string() });
        };
        if found.2.ambiguous {
            return Err(LabelError::Ambiguous { set: found.0.name.clone(), value: key.code.to_string() });
        }
        Ok(found)
    }

    /// The tag set of a name, or one of whose tags has the name.
    pub(crate) fn tag_set_named(&self, name: &str) -> Option<&TagSet> {
        let by_set = self.tag_sets.iter().find(|set| set.name == name);
        by_set.or_else(|| self.tag_sets.iter().find(|set| set.tags.iter().any(|tag| tag.name == name)))
    }
}

impl Level {
    /// Its words alone, without the policy's name, for lists and forms: "DIFFUSION RESTREINTE".
    pub fn words(&self, language: Language) -> &str {
        self.markings.on_page(&self.name, language).unwrap_or(&self.name)
    }
}

impl Category {
    /// Its words alone, for lists and forms: "Allemagne". The name where the marking shows nothing.
    pub fn words(&self, language: Language) -> &str {
        self.markings.on_page(&self.name, language).unwrap_or(&self.name)
    }
}

impl Colour {
    /// The contrast ratio of white text on this colour, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast_with_white(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue);
        1.05 / (luminance + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}
