//! Who may see what: the access rule of a document, interned as a class, and the scope of a viewer.
//!
//! Every document carries an [`AccessRule`]: the labels of its content, its subject and its entry, need-to-know
//! groups, an access list. Equal rules are one *access class*, a small number in its registry. A viewer's
//! [`AccessScope`] is, for each registry, three sets of class numbers, so that a query asks one question of a
//! row: is its class in the set. The decision itself is made here and nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use label::{Clearance, Holder, Label, Tested};
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::{Authorisation, Grant, Role},
    fact::present,
    house::{House, dominates},
    id::{GroupId, PersonId, RegistryId},
    person::Person,
};

/// The number of an access class within its registry, from 0.
pub type ClassNumber = u32;

/// All that decides who may see a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessRule {
    /// The label of the content; none while the marking is undetermined.
    #[serde(deserialize_with = "present")]
    pub content: Option<Label>,
    /// The label of the subject line.
    #[serde(deserialize_with = "present")]
    pub subject: Option<Label>,
    /// The label of the entry: reference, date, marking, copies, holders.
    #[serde(deserialize_with = "present")]
    pub entry: Option<Label>,
    /// Groups that need to know: one of each inner list (AND of ORs). Empty: no such restriction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub need_to_know: Vec<Vec<GroupId>>,
    /// The only persons who may read it. Empty: no such restriction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access_list: Vec<PersonId>,
    /// The day of release, where the label names a community that is read as of release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_on: Option<Date>,
}

impl AccessRule {
    /// The text under which equal rules are found to be equal.
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What a viewer may see of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    /// Everything: entry, subject, content.
    pub read: bool,
    /// The subject line.
    pub subject: bool,
    /// The entry, for registry staff of the registry that holds it.
    pub handle: bool,
}

/// One test of the decision who may read: what was asked of a viewer, and whether he passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The marking is undetermined: only a controller of the registry sees it, and never under a ceiling.
    Undetermined {
        /// He is one.
        controls: bool,
    },
    /// The house has no such policy: nobody passes.
    UnknownPolicy,
    /// The session shows nothing above a ceiling.
    Ceiling {
        /// The label lies within.
        within: bool,
    },
    /// What the label asks.
    Label {
        /// The test.
        test: label::Test,
        /// The last day of the certificate, or the day of the briefing, that was looked at.
        day: Option<Date>,
    },
    /// One of these groups.
    NeedToKnow {
        /// Of which one is enough.
        any: Vec<GroupId>,
        /// Those of them to which he belongs.
        held: Vec<GroupId>,
    },
    /// The list of the only readers.
    AccessList {
        /// He stands on it.
        listed: bool,
    },
}

impl Test {
    /// True when it was passed.
    pub fn passed(&self) -> bool {
        match self {
            Test::Undetermined { controls } => *controls,
            Test::UnknownPolicy => false,
            Test::Ceiling { within } => *within,
            Test::Label { test, .. } => test.passed(),
            Test::NeedToKnow { held, .. } => !held.is_empty(),
            Test::AccessList { listed } => *listed,
        }
    }
}

/// A person as the access decision sees him on one day.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// ISO 3166 alpha-3.
    pub nationality: String,
    /// With the last day of each.
    clearances: Vec<(Clearance, Date)>,
    ceiling: Option<Clearance>,
    /// By policy and subject, with the day of the last.
    briefings: BTreeMap<(String, String), Date>,
    groups: BTreeSet<GroupId>,
    roles: Vec<(Role, Option<RegistryId>)>,
}

impl Viewer {
    /// What a person holds on a day: confirmed, not revoked, within its dates.
    pub fn on(day: Date, person: &Person, authorisations: &[Authorisation]) -> Self {
        let mut viewer = Self {
            person: person.id,
            nationality: person.nationality.clone(),
            clearances: Vec::new(),
            ceiling: None,
            briefings: BTreeMap::new(),
            groups: BTreeSet::new(),
            roles: Vec::new(),
        };
        if person.has_left(day) {
            return viewer;
        }
        for held in authorisations.iter().filter(|a| a.in_force(authorisations, day)) {
            match &held.grant {
                Grant::Clearance { clearance, until, .. } => {
                    let last = held.last_day(authorisations).unwrap_or(*until);
                    viewer.clearances.push((clearance.clone(), last));
                }
                Grant::Briefing { policy, subject, on, .. } => {
                    let last = viewer.briefings.entry((policy.clone(), subject.clone())).or_insert(*on);
                    *last = (*last).max(*on);
                }
                Grant::Role { role, registry, .. } => viewer.roles.push((*role, *registry)),
                Grant::Membership { group, .. } => {
                    viewer.groups.insert(*group);
                }
                // They count with a clearance, in the person's registration, at the door.
                Grant::Extension { .. }
                | Grant::Nationality { .. }
                | Grant::Certificate { .. }
                | Grant::Specimen { .. } => {}
            }
        }
        viewer
    }

    /// The same person where no more than a ceiling may be shown, whatever he holds: what he sees is what his clearances
    /// *and* the ceiling let through, so labels of other policies are not seen at all.
    #[must_use]
    pub fn under(mut self, ceiling: Clearance) -> Self {
        self.ceiling = Some(ceiling);
        self
    }

    /// The ceiling under which the viewer sees, when there is one.
    pub fn ceiling(&self) -> Option<&Clearance> {
        self.ceiling.as_ref()
    }

    /// What of the ceiling of the installation the viewer is not cleared for; empty when he is for all of it. Levels
    /// alone count: figures and sequences tell nothing of a category.
    pub fn below_ceiling(&self, house: &House) -> Vec<Clearance> {
        let reaches = |held: &Clearance, wanted: &Clearance| {
            held.policy == wanted.policy && {
                let policy = house.policies.get(&wanted.policy);
                let height =
                    |c: &Clearance| policy.and_then(|p| p.level(&c.level)).map(|level| level.hierarchy);
                height(held).is_some_and(|held| Some(held) >= height(wanted))
            }
        };
        let mut missing = house.ceiling();
        missing.retain(|wanted| {
            let cleared = self.clearances.iter().any(|(held, _)| reaches(held, wanted));
            !cleared || self.ceiling.as_ref().is_some_and(|ceiling| !reaches(ceiling, wanted))
        });
        missing
    }

    /// True when the viewer has a role in a registry, or in the house when the role is of the house.
    pub fn has(&self, role: Role, registry: Option<RegistryId>) -> bool {
        self.roles.iter().any(|(r, at)| *r == role && (at.is_none() || *at == registry))
    }

    /// The roles that the viewer holds.
    pub fn roles(&self) -> &[(Role, Option<RegistryId>)] {
        &self.roles
    }

    /// True for the staff of a registry, who handle what they may not read.
    pub fn handles(&self, registry: RegistryId) -> bool {
        [Role::Clerk, Role::Controller, Role::Assistant].iter().any(|r| self.has(*r, Some(registry)))
    }

    /// True for those who may register in a registry.
    pub fn registers(&self, registry: RegistryId) -> bool {
        [Role::Clerk, Role::Controller].iter().any(|r| self.has(*r, Some(registry)))
    }

    /// Whether a label lets this viewer through on a day. Anything unknown refuses.
    pub fn admitted(&self, label: &Label, released_on: Option<Date>, house: &House, day: Date) -> bool {
        self.label_tests(label, released_on, house, day).iter().all(Test::passed)
    }

    /// What a label asks of this viewer. Of several certificates the one counts that passes, else the one that lacks
    /// least.
    fn label_tests(&self, label: &Label, released_on: Option<Date>, house: &House, day: Date) -> Vec<Test> {
        let Ok(policy) = house.policies.of(label) else { return vec![Test::UnknownPolicy] };
        let mut tests = Vec::new();
        if let Some(ceiling) = &self.ceiling {
            tests.push(Test::Ceiling { within: dominates(policy, ceiling, label) });
        }
        let here = self.briefings.iter().filter(|((of, _), _)| *of == policy.name());
        let briefings: BTreeSet<String> = here.clone().map(|((_, subject), _)| subject.clone()).collect();
        let days: BTreeMap<&str, Date> = here.map(|((_, subject), on)| (subject.as_str(), *on)).collect();
        let asked = |held: Option<&(Clearance, Date)>| -> Vec<Test> {
            let certificate = held.map(|(clearance, _)| clearance);
            let holder = Holder { nationality: &self.nationality, certificate, briefings: &briefings };
            let tests = policy.admission(label, &holder, &house.communities, day, released_on);
            let told = tests.into_iter().map(|test| {
                let day = match &test.tested {
                    Tested::Level { .. } | Tested::Categories { .. } => held.map(|(_, last)| *last),
                    Tested::Briefing { by, .. } => by.as_deref().and_then(|by| days.get(by).copied()),
                    _ => None,
                };
                Test::Label { test, day }
            });
            told.collect()
        };
        let certificates = self.clearances.iter().filter(|(c, _)| c.policy == *policy.id());
        let lacking = |tests: &Vec<Test>| tests.iter().filter(|test| !test.passed()).count();
        let best = certificates.map(|held| asked(Some(held))).min_by_key(lacking);
        tests.extend(best.unwrap_or_else(|| asked(None)));
        tests
    }

    /// All that is asked of this viewer before he reads what is under a rule: he reads it when every test is passed.
    /// This is the decision itself, which [`Viewer::sight`] takes, and so its explanation.
    pub fn tests(&self, rule: &AccessRule, registry: RegistryId, house: &House, day: Date) -> Vec<Test> {
        let Some(content) = &rule.content else {
            // "Marking undetermined": the registering registry's controllers alone, until one decides.
            // Nobody knows whether it is below a ceiling.
            let controls = self.ceiling.is_none() && self.has(Role::Controller, Some(registry));
            return vec![Test::Undetermined { controls }];
        };
        let mut tests = self.label_tests(content, rule.released_on, house, day);
        tests.extend(rule.need_to_know.iter().map(|any| Test::NeedToKnow {
            any: any.clone(),
            held: any.iter().copied().filter(|g| self.groups.contains(g)).collect(),
        }));
        if !rule.access_list.is_empty() {
            tests.push(Test::AccessList { listed: rule.access_list.contains(&self.person) });
        }
        tests
    }

    /// What this viewer may see of a class of a registry on a day.
    pub fn sight(&self, rule: &AccessRule, registry: RegistryId, house: &House, day: Date) -> Sight {
        let read = self.tests(rule, registry, house, day).iter().all(Test::passed);
        if rule.content.is_none() {
            return Sight { read, subject: read, handle: read };
        }
        let handle = self.handles(registry)
            && rule.entry.as_ref().is_some_and(|l| self.admitted(l, rule.released_on, house, day));
        let subject = (read || handle)
            && rule.subject.as_ref().is_some_and(|l| self.admitted(l, rule.released_on, house, day));
        Sight { read, subject: subject || read, handle }
    }
}

/// What a caller may see of one registry: sets of access classes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RegistryScope {
    /// Classes whose content may be read.
    pub read: RoaringBitmap,
    /// Classes whose subject may be seen.
    pub subject: RoaringBitmap,
    /// Classes whose entries may be handled.
    pub handle: RoaringBitmap,
}

impl RegistryScope {
    /// Decides every class of a registry for a viewer.
    pub fn decide<'a>(
        viewer: &Viewer,
        registry: RegistryId,
        classes: impl Iterator<Item = (ClassNumber, &'a AccessRule)>,
        house: &House,
        day: Date,
    ) -> Self {
        let mut scope = Self::default();
        for (number, rule) in classes {
            let sight = viewer.sight(rule, registry, house, day);
            for (seen, set) in [
                (sight.read, &mut scope.read),
                (sight.subject, &mut scope.subject),
                (sight.handle, &mut scope.handle),
            ] {
                if seen {
                    set.insert(number);
                }
            }
        }
        scope
    }

    /// The classes of which at least the entry is seen.
    pub fn seen(&self) -> RoaringBitmap {
        &self.read | &self.handle
    }
}

/// What a caller may see, registry by registry, on one day and under one state of the house.
#[derive(Debug, Clone)]
pub struct AccessScope {
    /// Whose scope it is.
    pub person: PersonId,
    /// The day for which it was decided.
    pub day: Date,
    registries: BTreeMap<RegistryId, RegistryScope>,
}

impl AccessScope {
    /// From the decisions for each registry.
    pub fn new(person: PersonId, day: Date, registries: BTreeMap<RegistryId, RegistryScope>) -> Self {
        Self { person, day, registries }
    }

    /// The scope within one registry; a registry that is not there shows nothing.
    pub fn of(&self, registry: RegistryId) -> Option<&RegistryScope> {
        self.registries.get(&registry)
    }

    /// What may be seen of a class.
    pub fn sight(&self, registry: RegistryId, class: ClassNumber) -> Sight {
        self.of(registry).map_or(Sight::default(), |scope| Sight {
            read: scope.read.contains(class),
            subject: scope.subject.contains(class),
            handle: scope.handle.contains(class),
        })
    }

    /// Every registry with its scope, in the order of their identifiers.
    pub fn registries(&self) -> impl Iterator<Item = (RegistryId, &RegistryScope)> {
        self.registries.iter().map(|(id, scope)| (*id, scope))
    }
}
