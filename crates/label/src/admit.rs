//! Whether a person of a nation, with a certificate and briefings, is admitted to a document: the policy's
//! decision and what a registry asks besides. Owns these house rules; must not know need-to-know, access
//! lists or who the person is.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::clearance::Clearance;
use crate::communities::{Communities, ReadAs, is_nation};
use crate::decide::{Decision, Reason};
use crate::label::{CategoryKey, Label};
use crate::policy::{Policy, ReleaseRule};

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
        let mut reasons = self.unknown_on(label);
        let level = match self.level(&label.level) {
            Some(level) if reasons.is_empty() => level,
            _ => return Decision::from_reasons(reasons),
        };
        let categories = || label.categories.iter().filter_map(|key| self.category(key));

        for (_, _, category) in categories().filter(|(_, _, category)| category.rule.existence_only) {
            reasons.push(Reason::ExistenceOnly { category: category.name.clone() });
        }

        let by_certificate = |set: &str| !self.release.as_ref().is_some_and(|rule| rule.speaks_of(set));
        let bears = |key: &&CategoryKey| {
            by_certificate(&key.set) && (key.kind.is_restrictive() || key.kind.is_permissive())
        };
        match holder.certificate {
            Some(certificate) => {
                if level.rule.certificate {
                    reasons.extend(self.level_reasons(label, certificate));
                }
                reasons.extend(self.category_reasons(label, Some(certificate), by_certificate));
            }
            None => {
                if level.rule.certificate {
                    reasons.push(Reason::NoCertificate { needed: level.name.clone() });
                }
                let needed = label.categories.iter().filter(bears).map(|key| self.words_for(key).1);
                reasons.extend(needed.map(|needed| Reason::NoCertificate { needed }));
            }
        }

        let briefed_for_level = self
            .levels
            .iter()
            .any(|held| held.hierarchy >= level.hierarchy && holder.briefings.contains(&held.name));
        if level.rule.briefing && !briefed_for_level {
            reasons.push(Reason::NotBriefed { needed: level.name.clone() });
        }
        for (_, _, category) in categories().filter(|(_, _, category)| category.rule.briefing) {
            if !holder.briefings.contains(&category.name) {
                reasons.push(Reason::NotBriefed { needed: category.name.clone() });
            }
        }

        if let Some(rule) = &self.release {
            let audience = Audience { nation: holder.nationality, communities, today, released_on };
            reasons.extend(self.audience_reasons(label, rule, &audience));
        }
        Decision::from_reasons(reasons)
    }

    fn audience_reasons(&self, label: &Label, rule: &ReleaseRule, audience: &Audience<'_>) -> Vec<Reason> {
        let named = |set: &str| -> Vec<String> {
            let keys = label.categories.iter().filter(|key| key.set == set);
            keys.map(|key| self.words_for(key).1).collect()
        };
        let only = rule.only.as_deref().map(named).unwrap_or_default();
        let added = named(&rule.set);
        let nation = audience.nation.to_owned();
        let mut reasons = Vec::new();
        if !only.is_empty() && !audience.reaches(&only, &mut reasons) {
            reasons.push(Reason::NotAmongOnly { nation: nation.clone() });
        }
        // A list of the only readers stands for itself; a list of releases stands beside the members.
        if only.is_empty() || !added.is_empty() {
            let mut all = added;
            all.push(rule.default.clone());
            if !audience.reaches(&all, &mut reasons) {
                reasons.push(Reason::NotReleased { nation });
            }
        }
        reasons
    }
}

impl ReleaseRule {
    /// True for the tag sets that this rule answers by nationality.
    pub(crate) fn speaks_of(&self, set: &str) -> bool {
        self.set == set || self.only.as_deref() == Some(set) || self.context.as_deref() == Some(set)
    }
}

impl Audience<'_> {
    /// True if the nation is reached by one of these names. If it is not, says what kept us from knowing.
    fn reaches(&self, names: &[String], doubts: &mut Vec<Reason>) -> bool {
        let mut unsure = Vec::new();
        for name in names {
            match self.communities.get(name) {
                Some(community) => match (community.read, self.released_on) {
                    (ReadAs::Today, _) if community.includes(self.nation, self.today) => return true,
                    (ReadAs::Release, Some(day)) if community.includes(self.nation, day) => return true,
                    (ReadAs::Release, None) => {
                        unsure.push(Reason::ReleaseDateUnknown { community: name.clone() });
                    }
                    _ => {}
                },
                None if is_nation(name) => {
                    if name == self.nation {
                        return true;
                    }
                }
                None => unsure.push(Reason::UnknownAudience { audience: name.clone() }),
            }
        }
        doubts.extend(unsure);
        false
    }
}
