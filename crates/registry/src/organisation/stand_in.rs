//! Who stands in for a post, or for a person in all his posts, when nobody is there: for a limited time, never for
//! himself, and never in a ring. Who stands in acts with his own clearance.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Days, Organisation, decide::Desk};
use crate::{
    fact::Fact,
    id::{PersonId, PostId, StandInId},
    refusal::{Code, Refusal},
};

/// How long somebody stands in: the house's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The longest time at once (months).
    pub stand_in_months: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { stand_in_months: 6 }
    }
}

/// For what somebody stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "kebab-case", deny_unknown_fields)]
pub enum For {
    /// For one post, whoever holds it.
    Post {
        /// Which.
        post: PostId,
    },
    /// For a person, in whatever he holds.
    Person {
        /// Whom.
        person: PersonId,
    },
}

/// Somebody who stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandIn {
    /// Its identifier.
    pub id: StandInId,
    /// For what.
    pub of: For,
    /// Who.
    pub by: PersonId,
    /// The first day.
    pub from: Date,
    /// The last.
    pub until: Date,
}

impl StandIn {
    /// The days of it.
    pub fn days(&self) -> Days {
        Days { from: self.from, until: Some(self.until) }
    }
}

/// People each of whom the next one stands in for, the last of them for the first, and the first day of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// The day.
    pub day: Date,
    /// The people.
    pub people: Vec<PersonId>,
}

impl Organisation {
    /// Who is named to stand in for a post or a person on a day, whether or not there is cause.
    pub fn named_for(&self, of: For, day: Date) -> Option<&StandIn> {
        let named = self.stands.get(&of).into_iter().flatten().filter_map(|id| self.stand_ins.get(id));
        named.into_iter().find(|stand_in| stand_in.days().has(day))
    }

    /// The first ring of stand-ins on some days; a post counts as whoever holds it on the day.
    pub fn ring(&self, days: Days) -> Option<Ring> {
        // Whoever stands in, or holds, does so from a first day on: where there is a ring, there is one on such a day.
        let posts = self.stand_ins.values().filter_map(|stand_in| match stand_in.of {
            For::Post { post } => Some(post),
            For::Person { .. } => None,
        });
        let posts: BTreeSet<PostId> = posts.collect();
        let tenures = posts.iter().flat_map(|post| self.tenures_of(*post)).map(|tenure| tenure.days.from);
        let begins = self.stand_ins.values().map(|stand_in| stand_in.from).chain(tenures).chain([days.from]);
        let first: BTreeSet<Date> = begins.filter(|day| days.has(*day)).collect();
        first.into_iter().find_map(|day| self.ring_on(day).map(|people| Ring { day, people }))
    }

    fn ring_on(&self, day: Date) -> Option<Vec<PersonId>> {
        let mut next: BTreeMap<PersonId, BTreeSet<PersonId>> = BTreeMap::new();
        for stand_in in self.stand_ins.values().filter(|stand_in| stand_in.days().has(day)) {
            let of = match stand_in.of {
                For::Person { person } => Some(person),
                For::Post { post } => self.holder(post, day),
            };
            if let Some(of) = of {
                next.entry(of).or_default().insert(stand_in.by);
            }
        }
        let mut done = BTreeSet::new();
        next.keys().find_map(|start| round(&next, *start, &mut Vec::new(), &mut done))
    }
}

/// The first way from a person back to somebody on it. Whoever is done leads into no ring.
fn round(
    next: &BTreeMap<PersonId, BTreeSet<PersonId>>,
    at: PersonId,
    way: &mut Vec<PersonId>,
    done: &mut BTreeSet<PersonId>,
) -> Option<Vec<PersonId>> {
    if let Some(begins) = way.iter().position(|person| *person == at) {
        return Some(way.split_off(begins));
    }
    if done.contains(&at) {
        return None;
    }
    way.push(at);
    let found = next.get(&at).into_iter().flatten().find_map(|person| round(next, *person, way, done));
    if found.is_none() {
        way.pop();
        done.insert(at);
    }
    found
}

impl Desk<'_> {
    pub(super) fn name_stand_in(
        &self,
        of: For,
        by: PersonId,
        from: Date,
        until: Date,
    ) -> Result<Vec<Fact>, Refusal> {
        self.may_name(of)?;
        let days = Days::new(from, Some(until), "until")?;
        if from < self.context.today {
            return Err(Refusal::on("from", Code::AlreadyPast));
        }
        self.stand_in_named(of, by, days, 0)
    }

    /// Somebody named for days that are not over, as the nth thing that the act makes.
    pub(super) fn stand_in_named(
        &self,
        of: For,
        by: PersonId,
        days: Days,
        nth: u32,
    ) -> Result<Vec<Fact>, Refusal> {
        let (from, until) = (days.from, days.until.unwrap_or(days.from));
        let months = self.context.house.organisation.stand_in_months;
        let last = from.saturating_add(i64::from(months).months());
        if until > last {
            let refusal = Refusal::on("until", Code::StandInTooLong);
            return Err(refusal.with("months", months).with("day", last));
        }
        self.of_the_house("by", by, from)?;
        self.its_own(of, by, &days)?;
        if let Some(other) = self.organisation().stands_in_days(of, &days) {
            return Err(Refusal::on("from", Code::StandInTaken)
                .with("person", self.name(other.by))
                .with("day", other.from)
                .with("latest", other.until));
        }
        let id = StandInId::new(self.context.new_id(nth));
        let stand_in = StandIn { id, of, by, from, until };
        self.without_loop(Fact::StandInNamed { stand_in }, days)
    }

    /// Nobody stands in for himself, nor for a post that he holds on one of the days.
    fn its_own(&self, of: For, by: PersonId, days: &Days) -> Result<(), Refusal> {
        let own = match of {
            For::Person { person } => {
                self.of_the_house("person", person, days.from)?;
                person == by
            }
            For::Post { post } => {
                let post = self.known_post(post)?;
                if !days.within(&post.days) {
                    let refusal = Refusal::on("post", Code::PostEnded).with("code", &post.code);
                    let day = post.days.until.unwrap_or(post.days.from);
                    return Err(refusal.with("day", day));
                }
                let mut held = self.organisation().tenures_of(post.id).into_iter();
                held.any(|tenure| tenure.person == by && tenure.days.meets(days))
            }
        };
        if own { Err(Refusal::on("by", Code::StandInOwn)) } else { Ok(()) }
    }

    /// The fact, unless it would make a ring of stand-ins on one of some days; the refusal names those in it.
    pub(super) fn without_loop(&self, fact: Fact, days: Days) -> Result<Vec<Fact>, Refusal> {
        let mut after = self.organisation().clone();
        after.apply(&fact);
        let Some(ring) = after.ring(days) else { return Ok(vec![fact]) };
        if ring.people.len() == 1 {
            return Err(Refusal::on("person", Code::StandInOwn));
        }
        let first = ring.people.first().copied();
        let names: Vec<String> = ring.people.into_iter().chain(first).map(|id| self.name(id)).collect();
        Err(Refusal::on("by", Code::StandInLoop).with("loop", names.join(" → ")).with("day", ring.day))
    }

    pub(super) fn end_stand_in(
        &self,
        id: StandInId,
        until: Option<Date>,
        reason: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        let named = *self.organisation().stand_in(id).ok_or(Refusal::on("stand_in", Code::NotOffered))?;
        self.may_name(named.of)?;
        let today = self.context.today;
        match until {
            None if named.from < today => return Err(Refusal::on("until", Code::AlreadyPast)),
            None => {}
            Some(until) => {
                Days::new(named.from, Some(until), "until")?;
                if until >= named.until {
                    return Err(Refusal::on("until", Code::AlreadyEnded).with("day", named.until));
                }
                // What he did as stand-in until yesterday he did as such.
                if until < today.yesterday().unwrap_or(today) {
                    return Err(Refusal::on("until", Code::AlreadyPast));
                }
            }
        }
        Ok(vec![Fact::StandInEnded { stand_in: id, until, reason: self.reason(reason)? }])
    }

    /// Who holds the post, or is the person; the head of his unit; administrators.
    fn may_name(&self, of: For) -> Result<(), Refusal> {
        match of {
            For::Person { person } => self.may_for(person),
            For::Post { post } => {
                let own = self.organisation().answers_for_post(self.caller.person, post, self.context.today);
                if own { Ok(()) } else { self.administers() }
            }
        }
    }
}

impl Organisation {
    /// Who is named for the same on one of some days.
    fn stands_in_days(&self, of: For, days: &Days) -> Option<&StandIn> {
        let named = self.stands.get(&of).into_iter().flatten().filter_map(|id| self.stand_ins.get(id));
        named.into_iter().find(|stand_in| stand_in.days().meets(days))
    }
}
