//! The access decision of a policy: label against clearance, and nothing else. Owns the comparison and the
//! reasons for a refusal; must not know persons, nations or dates.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clearance::Clearance;
use crate::label::{CategoryKey, Code, Label, PolicyId, TagKind};
use crate::policy::Policy;

/// Granted, or refused with every reason that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Decision {
    /// Granted.
    Grant,
    /// Refused, for at least one reason.
    Deny(Vec<Reason>),
}

/// Why access is refused. The words for each are texts, found by [`Reason::code`]; the fields are theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Reason {
    /// The label is of a policy that is not the one asked.
    UnknownPolicy {
        /// The label's policy.
        policy: PolicyId,
    },
    /// The policy has no such level.
    UnknownLevel {
        /// The code.
        level: Code,
    },
    /// The policy has no such category on the label.
    UnknownCategory {
        /// The key.
        category: CategoryKey,
    },
    /// The policy gives the category's code to two names.
    AmbiguousCategory {
        /// The key.
        category: CategoryKey,
    },
    /// The clearance is of another policy.
    OtherPolicy {
        /// The clearance's policy.
        policy: PolicyId,
    },
    /// The clearance's level is not one of the policy.
    UnknownClearance {
        /// The code.
        level: Code,
    },
    /// The level is above that of the clearance.
    LevelTooHigh {
        /// Name of the label's level.
        needed: String,
        /// Name of the clearance's level.
        held: String,
    },
    /// A category needed is not held.
    CategoryMissing {
        /// Name of the tag set.
        set: String,
        /// Name of the category.
        category: String,
    },
    /// One of several categories is needed and none is held.
    NoneHeld {
        /// Name of the tag set.
        set: String,
        /// Names of the categories, of which one is enough.
        categories: Vec<String>,
    },
    /// The level or a category needs a clearance certificate and there is none.
    NoCertificate {
        /// Name of the level or category that needs it.
        needed: String,
    },
    /// A briefing is missing.
    NotBriefed {
        /// Name of the level or category.
        needed: String,
    },
    /// Only the existence of the document is registered; its content is shown to nobody.
    ExistenceOnly {
        /// Name of the category.
        category: String,
    },
    /// The person's nation is not one of those to which it is released.
    NotReleased {
        /// The nation, ISO 3166-1 alpha-3.
        nation: String,
    },
    /// The label limits its readers, and the person's nation is not among them.
    NotAmongOnly {
        /// The nation, ISO 3166-1 alpha-3.
        nation: String,
    },
    /// An audience that is neither a nation nor a known community.
    UnknownAudience {
        /// Its name on the label.
        audience: String,
    },
    /// The community's membership counts as on the day of release, which is not known.
    ReleaseDateUnknown {
        /// The community.
        community: String,
    },
}

impl Decision {
    /// The decision of these reasons: none, and it is granted.
    pub(crate) fn from_reasons(mut reasons: Vec<Reason>) -> Self {
        reasons.sort();
        reasons.dedup();
        if reasons.is_empty() { Decision::Grant } else { Decision::Deny(reasons) }
    }

    /// True if granted.
    pub fn is_granted(&self) -> bool {
        matches!(self, Decision::Grant)
    }

    /// The reasons of a refusal; none if granted.
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Decision::Grant => &[],
            Decision::Deny(reasons) => reasons,
        }
    }
}

impl Reason {
    /// Stable code, by which texts are found.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::UnknownPolicy { .. } => "unknown-policy",
            Reason::UnknownLevel { .. } => "unknown-level",
            Reason::UnknownCategory { .. } => "unknown-category",
            Reason::AmbiguousCategory { .. } => "ambiguous-category",
            Reason::OtherPolicy { .. } => "other-policy",
            Reason::UnknownClearance { .. } => "unknown-clearance",
            Reason::LevelTooHigh { .. } => "level-too-high",
            Reason::CategoryMissing { .. } => "category-missing",
            Reason::NoneHeld { .. } => "none-held",
            Reason::NoCertificate { .. } => "no-certificate",
            Reason::NotBriefed { .. } => "not-briefed",
            Reason::ExistenceOnly { .. } => "existence-only",
            Reason::NotReleased { .. } => "not-released",
            Reason::NotAmongOnly { .. } => "not-among-only",
            Reason::UnknownAudience { .. } => "unknown-audience",
            Reason::ReleaseDateUnknown { .. } => "release-date-unknown",
        }
    }
}

impl Policy {
    /// Whether a clearance dominates a label (ADatP-4774; the access control decision function of XML
    /// SPIF): its level is at or above the label's in the hierarchy; it holds every restrictive category of
    /// the label, and of each permissive tag that the label uses at least one category.
    ///
    /// Anything unknown on the label refuses. An unknown category on the clearance gives nothing.
    pub fn decide(&self, label: &Label, clearance: &Clearance) -> Decision {
        let mut reasons = self.unknown_on(label);
        if reasons.is_empty() {
            reasons = self.level_reasons(label, clearance);
            reasons.extend(self.category_reasons(label, Some(clearance), |_| true));
        }
        Decision::from_reasons(reasons)
    }

    /// What of the label the policy does not know.
    pub(crate) fn unknown_on(&self, label: &Label) -> Vec<Reason> {
        if label.policy != self.id {
            return vec![Reason::UnknownPolicy { policy: label.policy.clone() }];
        }
        let mut reasons = Vec::new();
        if self.level(&label.level).is_none() {
            reasons.push(Reason::UnknownLevel { level: label.level.clone() });
        }
        for key in &label.categories {
            match self.category(key) {
                None => reasons.push(Reason::UnknownCategory { category: key.clone() }),
                Some((_, _, category)) if category.ambiguous => {
                    reasons.push(Reason::AmbiguousCategory { category: key.clone() });
                }
                Some(_) => {}
            }
        }
        reasons
    }

    /// Why the clearance's level does not dominate the label's.
    pub(crate) fn level_reasons(&self, label: &Label, clearance: &Clearance) -> Vec<Reason> {
        if clearance.policy != self.id {
            return vec![Reason::OtherPolicy { policy: clearance.policy.clone() }];
        }
        let Some(needed) = self.level(&label.level) else {
            return vec![Reason::UnknownLevel { level: label.level.clone() }];
        };
        let Some(held) = self.level(&clearance.level) else {
            return vec![Reason::UnknownClearance { level: clearance.level.clone() }];
        };
        if held.hierarchy >= needed.hierarchy {
            return Vec::new();
        }
        vec![Reason::LevelTooHigh { needed: needed.name.clone(), held: held.name.clone() }]
    }

    /// Which categories of the label, of the tag sets that count, the clearance does not answer. Without a
    /// clearance of this policy nothing is held.
    pub(crate) fn category_reasons(
        &self,
        label: &Label,
        clearance: Option<&Clearance>,
        counts: impl Fn(&str) -> bool,
    ) -> Vec<Reason> {
        let none = BTreeSet::new();
        let held = match clearance {
            Some(clearance) if clearance.policy == self.id => &clearance.categories,
            _ => &none,
        };
        let counted = label.categories.iter().filter(|key| counts(&key.set));
        let (restrictive, others): (Vec<_>, Vec<_>) = counted.partition(|key| key.kind.is_restrictive());
        let mut reasons = Vec::new();
        for key in restrictive.into_iter().filter(|key| !held.contains(key)) {
            let (set, category) = self.words_for(key);
            reasons.push(Reason::CategoryMissing { set, category });
        }
        let permissive: Vec<_> = others.into_iter().filter(|key| key.kind.is_permissive()).collect();
        let tags: BTreeSet<(&str, TagKind)> = permissive.iter().map(|k| (k.set.as_str(), k.kind)).collect();
        for (set, kind) in tags {
            let named = || permissive.iter().filter(|key| key.set == set && key.kind == kind);
            if !named().any(|key| held.contains(key)) {
                let categories = named().map(|key| self.words_for(key).1).collect();
                let set = named().next().map_or_else(String::new, |key| self.words_for(key).0);
                reasons.push(Reason::NoneHeld { set, categories });
            }
        }
        reasons
    }

    /// Names of a key's tag set and category; its codes where the policy does not know it.
    pub(crate) fn words_for(&self, key: &CategoryKey) -> (String, String) {
        match self.category(key) {
            Some((set, _, category)) => (set.name.clone(), category.name.clone()),
            None => (key.set.clone(), key.code.to_string()),
        }
    }
}
