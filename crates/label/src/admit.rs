//! Whether a person of a nation, with a certificate and briefings, is admitted to a document: the policy's
//! decision and what a registry asks besides. Owns these house rules; must not know need-to-know, access
//! lists or who the person is.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::clearance::Clearance;
use crate::communities::{Communities, ReadAs, is_nation};
use crate::decide::{Decision, Reason};
use crate::label::{CategoryKey, Label};
use crate::policy::{Level, Policy, ReleaseRule};

/// What of a person counts before a label.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// Nationality, ISO 3166-1 alpha-3.
    pub nationality: &'a str,
    /// The clearance certificate in force today under the label's policy.
    pub certificate: Option<&'a Clearance>,
    /// Names of the levels and categories of this policy for which a briefing is in force today. A briefing
    /// for a level serves for those at or below it.
    pub briefings: &'a BTreeSet<String>,
}

/// One test of an admission: what was looked at, and why it failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// What was looked at.
    pub tested: Tested,
    /// Why it failed; none: it was passed.
    pub reasons: Vec<Reason>,
}

impl Test {
    /// True when it was passed.
    pub fn passed(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// What a test of an admission looks at. Names are the policy's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tested {
    /// Whether the policy knows all that stands on the label; asked first, and told only where it fails.
    Known,
    /// A category of which only the existence is registered; told only where there is one, and never passed.
    Existence {
        /// Its name.
        category: String,
    },
    /// The level.
    Level {
        /// Its name.
        needed: String,
        /// Whether it asks for a certificate at all.
        certificate: bool,
        /// The level of the certificate that is held.
        held: Option<String>,
    },
    /// The categories that the certificate must answer, where there are any.
    Categories {
        /// Their names.
        needed: Vec<String>,
    },
    /// A briefing.
    Briefing {
        /// Name of the level or category that asks for it.
        needed: String,
        /// Name of the level or category of the briefing that serves.
        by: Option<String>,
    },
    /// Nationality: those whom the label reaches.
    Audience {
        /// Names of nations and communities, of which one is enough.
        names: Vec<String>,
        /// True where the label names its only readers.
        only: bool,
        /// The one that reaches the holder.
        by: Option<Reached>,
    },
}

/// By which name of an audience somebody is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The nation or community.
    pub name: String,
    /// Of a community: how its membership is read, and for which day.
    pub read: Option<(ReadAs, Date)>,
}

/// The day whose membership counts, and the communities.
struct Audience<'a> {
    nation: &'a str,
    communities: &'a Communities,
    today: Date,
    released_on: Option<Date>,
}

impl Policy {
    /// Whether a person is admitted to the *content* of a document with this label.
    ///
    /// 1. Anything on the label that the policy does not know refuses.
    /// 2. A category of which only the existence is registered refuses everyone.
    /// 3. Where the level needs a certificate it must dominate the level; every category that bears on
    ///    access needs a certificate that answers it, whatever the level (ATOMAL, BOHEMIA).
    /// 4. Where level or category needs a briefing there must be one.
    /// 5. Where the policy has a release rule, the nation must be of the audience: the default community
    ///    and whatever the release tag set adds, or, where the label limits its readers, those only. The tag
    ///    sets of that rule are answered by nationality and not by the certificate.
    ///
    /// A policy without house rules asks for a certificate at every level and nothing else.
    ///
    /// `released_on` is the day of release, by which the membership of some communities counts.
    pub fn admits(
        &self,
        label: &Label,
        holder: &Holder<'_>,
        communities: &Communities,
        today: Date,
        released_on: Option<Date>,
    ) -> Decision {
        let tests = self.admission(label, holder, communities, today, released_on);
        Decision::from_reasons(tests.into_iter().flat_map(|test| test.reasons).collect())
    }

    /// The same decision test by test, passed and failed ones: what [`Policy::admits`] is made of, and so its
    /// explanation.
    pub fn admission(
        &self,
        label: &Label,
        holder: &Holder<'_>,
        communities: &Communities,
        today: Date,
        released_on: Option<Date>,
    ) -> Vec<Test> {
        let unknown = self.unknown_on(label);
        let level = match self.level(&label.level) {
            Some(level) if unknown.is_empty() => level,
            _ => return vec![Test { tested: Tested::Known, reasons: unknown }],
        };
        let categories = || label.categories.iter().filter_map(|key| self.category(key));
        let mut tests = Vec::new();

        for (_, _, category) in categories().filter(|(_, _, category)| category.rule.existence_only) {
            let category = category.name.clone();
            let reasons = vec![Reason::ExistenceOnly { category: category.clone() }];
            tests.push(Test { tested: Tested::Existence { category }, reasons });
        }

        let by_certificate = |set: &str| !self.release.as_ref().is_some_and(|rule| rule.speaks_of(set));
        let bears = |key: &&CategoryKey| {
            by_certificate(&key.set) && (key.kind.is_restrictive() || key.kind.is_permissive())
        };
        let bearing: Vec<String> =
            label.categories.iter().filter(bears).map(|key| self.words_for(key).1).collect();
        let (by_level, by_category) = match holder.certificate {
            Some(certificate) => {
                let by_level =
                    if level.rule.certificate { self.level_reasons(label, certificate) } else { Vec::new() };
                (by_level, self.category_reasons(label, Some(certificate), by_certificate))
            }
            None => {
                let lacks = |needed: String| Reason::NoCertificate { needed };
                let by_level = level.rule.certificate.then(|| lacks(level.name.clone()));
                (by_level.into_iter().collect(), bearing.iter().cloned().map(lacks).collect())
            }
        };
        let held = holder.certificate.and_then(|c| self.level(&c.level)).map(|held| held.name.clone());
        let tested = Tested::Level { needed: level.name.clone(), certificate: level.rule.certificate, held };
        tests.push(Test { tested, reasons: by_level });
        if !bearing.is_empty() || !by_category.is_empty() {
            tests.push(Test { tested: Tested::Categories { needed: bearing }, reasons: by_category });
        }

        if level.rule.briefing {
            let serves =
                |held: &&Level| held.hierarchy >= level.hierarchy && holder.briefings.contains(&held.name);
            let by = self.levels.iter().find(serves).map(|held| held.name.clone());
            tests.push(briefing(level.name.clone(), by));
        }
        for (_, _, category) in categories().filter(|(_, _, category)| category.rule.briefing) {
            let name = category.name.clone();
            let by = holder.briefings.contains(&name).then(|| name.clone());
            tests.push(briefing(name, by));
        }

        if let Some(rule) = &self.release {
            let audience = Audience { nation: holder.nationality, communities, today, released_on };
            tests.extend(self.audience_tests(label, rule, &audience));
        }
        tests
    }

    fn audience_tests(&self, label: &Label, rule: &ReleaseRule, audience: &Audience<'_>) -> Vec<Test> {
        let named = |set: &str| -> Vec<String> {
            let keys = label.categories.iter().filter(|key| key.set == set);
            keys.map(|key| self.words_for(key).1).collect()
        };
        let only = rule.only.as_deref().map(named).unwrap_or_default();
        let added = named(&rule.set);
        let nation = audience.nation.to_owned();
        let mut tests = Vec::new();
        // A list of the only readers stands for itself; a list of releases stands beside the members.
        let beside = only.is_empty() || !added.is_empty();
        if !only.is_empty() {
            tests.push(audience.test(only, true, Reason::NotAmongOnly { nation: nation.clone() }));
        }
        if beside {
            let mut all = added;
            all.push(rule.default.clone());
            tests.push(audience.test(all, false, Reason::NotReleased { nation }));
        }
        tests
    }
}

fn briefing(needed: String, by: Option<String>) -> Test {
    let reasons = match by {
        Some(_) => Vec::new(),
        None => vec![Reason::NotBriefed { needed: needed.clone() }],
    };
    Test { tested: Tested::Briefing { needed, by }, reasons }
}

impl ReleaseRule {
    /// True for the tag sets that this rule answers by nationality.
    pub(crate) fn speaks_of(&self, set: &str) -> bool {
        self.set == set || self.only.as_deref() == Some(set) || self.context.as_deref() == Some(set)
    }
}

impl Audience<'_> {
    /// Whether the nation is reached by one of these names, and by which. If it is not, the reasons say too what kept
    /// us from knowing.
    fn test(&self, names: Vec<String>, only: bool, missed: Reason) -> Test {
        let mut unsure = Vec::new();
        let mut by = None;
        for name in &names {
            let reached = match self.communities.get(name) {
                Some(community) => match (community.read, self.released_on) {
                    (ReadAs::Today, _) if community.includes(self.nation, self.today) => {
                        Some(Reached { name: name.clone(), read: Some((ReadAs::Today, self.today)) })
                    }
                    (ReadAs::Release, Some(day)) if community.includes(self.nation, day) => {
                        Some(Reached { name: name.clone(), read: Some((ReadAs::Release, day)) })
                    }
                    (ReadAs::Release, None) => {
                        unsure.push(Reason::ReleaseDateUnknown { community: name.clone() });
                        None
                    }
                    _ => None,
                },
                None if is_nation(name) => {
                    (name == self.nation).then(|| Reached { name: name.clone(), read: None })
                }
                None => {
                    unsure.push(Reason::UnknownAudience { audience: name.clone() });
                    None
                }
            };
            if reached.is_some() {
                by = reached;
                break;
            }
        }
        let reasons = match by {
            Some(_) => Vec::new(),
            None => unsure.into_iter().chain([missed]).collect(),
        };
        Test { tested: Tested::Audience { names, only, by }, reasons }
    }
}
