//! The highest of many labels, for the banner of a page. Owns how labels are joined; must not know what is
//! on the page.

use std::collections::{BTreeMap, BTreeSet};

use crate::label::{CategoryKey, Code, Label, PolicyId, TagKind};
use crate::policies::Policies;
use crate::policy::Policy;

/// What many labels come to: under each policy the highest level, every restrictive category of any, and
/// only those audiences that all of them reach.
///
/// Joining is commutative, associative and idempotent, so that a page can join what it shows in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highest {
    joined: BTreeMap<PolicyId, Joined>,
    /// Labels whose policy or level is not known: nothing can be said of them, so they stay as they are.
    unknown: BTreeSet<Label>,
    labels: Vec<Label>,
    no_common_reader: bool,
}

/// The labels of one policy, joined.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Joined {
    level: Code,
    restrictive: BTreeSet<CategoryKey>,
    /// Informative categories and contexts that all have.
    common: BTreeSet<CategoryKey>,
    /// Permissive tags outside the release rule. One that is not there limits nothing; one that is there and
    /// empty leaves no reader.
    limits: BTreeMap<(String, TagKind), BTreeSet<CategoryKey>>,
    /// Names of the audiences that all reach, under a policy with a release rule.
    audience: BTreeSet<String>,
    /// One of the labels limits its readers.
    only: bool,
    privacy_mark: Option<String>,
}

impl Highest {
    /// The labels to show, none of which is known to be below another: one, unless labels of several
    /// policies cannot be compared.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// True if the audiences of the labels exclude one another, so that nobody may read them all. No marking
    /// says that; the page must.
    pub fn no_common_reader(&self) -> bool {
        self.no_common_reader
    }
}

impl Policies {
    /// The highest of these labels; none for none.
    pub fn highest(&self, labels: &[&Label]) -> Option<Highest> {
        let each = labels.iter().map(|label| self.alone(label));
        each.reduce(|a, b| self.join(&a, &b))
    }

    /// The highest of both.
    pub fn join(&self, a: &Highest, b: &Highest) -> Highest {
        let mut joined = a.joined.clone();
        for (id, other) in &b.joined {
            let together = match (joined.get(id), self.get(id)) {
                (Some(mine), Some(policy)) => mine.join(other, policy),
                _ => other.clone(),
            };
            joined.insert(id.clone(), together);
        }
        let unknown = a.unknown.union(&b.unknown).cloned().collect();
        self.shown(joined, unknown)
    }

    fn alone(&self, label: &Label) -> Highest {
        let (mut joined, mut unknown) = (BTreeMap::new(), BTreeSet::new());
        match self.get(&label.policy) {
            Some(policy) if policy.unknown_on(label).is_empty() => {
                joined.insert(label.policy.clone(), Joined::of(label, policy));
            }
            _ => {
                unknown.insert(label.clone());
            }
        }
        self.shown(joined, unknown)
    }

    /// Leaves out a label that is strictly below one of another policy which is itself below none, by rows
    /// of the equivalence tables that hold on every day. Contradictory tables leave both.
    fn shown(&self, joined: BTreeMap<PolicyId, Joined>, unknown: BTreeSet<Label>) -> Highest {
        let mut no_common_reader = false;
        let mut all = Vec::new();
        for (policy, joined) in joined.iter().filter_map(|(id, joined)| Some((self.get(id)?, joined))) {
            let (label, readable) = joined.label(policy);
            no_common_reader |= !readable;
            all.push(label);
        }
        let topmost: Vec<&Label> =
            all.iter().filter(|low| !all.iter().any(|high| self.is_below(low, high))).collect();
        let kept = all.iter().filter(|low| !topmost.iter().any(|high| self.is_below(low, high)));
        let labels = kept.chain(unknown.iter()).cloned().collect();
        Highest { joined, unknown, labels, no_common_reader }
    }

    /// True if the other policy's label is strictly above this one, which has no limits of audience that
    /// would be lost by leaving it out.
    fn is_below(&self, low: &Label, high: &Label) -> bool {
        if low.policy == high.policy || low.categories.iter().any(|key| key.kind.is_permissive()) {
            return false;
        }
        let (Ok(mapped), Some(policy)) = (self.map(low, &high.policy, None), self.get(&high.policy)) else {
            return false;
        };
        let (Some(mapped_level), Some(level)) = (policy.level(&mapped.level), policy.level(&high.level))
        else {
            return false;
        };
        let mut restrictive = mapped.categories.iter().filter(|key| key.kind.is_restrictive());
        mapped_level.hierarchy < level.hierarchy && restrictive.all(|key| high.categories.contains(key))
    }
}

impl Joined {
    fn of(label: &Label, policy: &Policy) -> Self {
        let release = policy.release();
        let mut out = Joined {
            level: label.level.clone(),
            restrictive: BTreeSet::new(),
            common: BTreeSet::new(),
            limits: BTreeMap::new(),
            audience: BTreeSet::new(),
            only: false,
            privacy_mark: label.privacy_mark.clone(),
        };
        let (mut added, mut only) = (BTreeSet::new(), BTreeSet::new());
        for key in &label.categories {
            let name = || policy.words_for(key).1;
            if release.is_some_and(|rule| rule.set == key.set) {
                added.insert(name());
            } else if release.is_some_and(|rule| rule.only.as_ref() == Some(&key.set)) {
                only.insert(name());
            } else if key.kind.is_restrictive() {
                out.restrictive.insert(key.clone());
            } else if key.kind.is_permissive() && !release.is_some_and(|rule| rule.speaks_of(&key.set)) {
                out.limits.entry((key.set.clone(), key.kind)).or_default().insert(key.clone());
            } else {
                out.common.insert(key.clone());
            }
        }
        if let Some(rule) = release {
            out.only = !only.is_empty();
            let released: BTreeSet<String> = added.iter().cloned().chain([rule.default.clone()]).collect();
            out.audience = match (out.only, added.is_empty()) {
                (false, _) => released,
                (true, true) => only,
                (true, false) => only.intersection(&released).cloned().collect(),
            };
        }
        out
    }

    fn join(&self, other: &Joined, policy: &Policy) -> Joined {
        // Levels that share a place are told apart by their codes, so that the order of joining is no matter.
        let rank = |code: &Code| (policy.level(code).map(|level| level.hierarchy), code.clone());
        let level = if rank(&self.level) >= rank(&other.level) { &self.level } else { &other.level };
        let mut limits = self.limits.clone();
        for (tag, theirs) in &other.limits {
            let mine = limits.entry(tag.clone()).or_insert_with(|| theirs.clone());
            mine.retain(|key| theirs.contains(key));
        }
        Joined {
            level: level.clone(),
            restrictive: self.restrictive.union(&other.restrictive).cloned().collect(),
            common: self.common.intersection(&other.common).cloned().collect(),
            limits,
            audience: self.audience.intersection(&other.audience).cloned().collect(),
            only: self.only || other.only,
            privacy_mark: self.privacy_mark.clone().filter(|mark| other.privacy_mark.as_ref() == Some(mark)),
        }
    }

    /// As a label, and whether anyone can read all that it stands for. An audience that all reach is named
    /// by the tag set that limits, if one of the labels limits, else by the one that adds.
    fn label(&self, policy: &Policy) -> (Label, bool) {
        let mut categories: BTreeSet<CategoryKey> = self.restrictive.union(&self.common).cloned().collect();
        categories.extend(self.limits.values().flatten().cloned());
        let mut readable = !self.limits.values().any(BTreeSet::is_empty);
        if let Some(rule) = policy.release() {
            let set = rule.only.as_ref().filter(|_| self.only).unwrap_or(&rule.set);
            let sets = policy.tag_sets().iter().filter(|candidate| candidate.id == *set);
            let all = sets.flat_map(|set| set.tags.iter()).flat_map(|tag| tag.categories.iter());
            let named =
                all.filter(|c| self.audience.contains(&c.name) && (self.only || c.name != rule.default));
            let keys: Vec<CategoryKey> = named.map(|category| category.key.clone()).collect();
            // Without a name the limit would vanish from the label.
            readable &= !(self.only && keys.is_empty());
            categories.extend(keys);
        }
        let (policy, level) = (policy.id().clone(), self.level.clone());
        (Label { policy, level, categories, privacy_mark: self.privacy_mark.clone() }, readable)
    }
}
