//! Leave: that somebody is not there, from a day until another. Why he is not there is nobody's business here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Days, For, Organisation, decide::Desk};
use crate::{
    fact::Fact,
    id::{LeaveId, PersonId},
    refusal::{Code, Refusal},
};

/// A leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Its identifier.
    pub id: LeaveId,
    /// Whose.
    pub person: PersonId,
    /// The first day.
    pub from: Date,
    /// The last.
    pub until: Date,
}

impl Leave {
    /// The days of it.
    pub fn days(&self) -> Days {
        Days { from: self.from, until: Some(self.until) }
    }
}

impl Organisation {
    /// The leave on which somebody is on a day.
    pub fn on_leave(&self, person: PersonId, day: Date) -> Option<&Leave> {
        let leaves = self.away.get(&person).into_iter().flatten().filter_map(|id| self.leaves.get(id));
        leaves.into_iter().find(|leave| leave.days().has(day))
    }

    /// Whether somebody is there on a day: of the house, and not on leave.
    pub fn is_there(&self, person: PersonId, day: Date) -> bool {
        !self.has_left(person, day) && self.on_leave(person, day).is_none()
    }
}

impl Desk<'_> {
    pub(super) fn record_leave(
        &self,
        person: PersonId,
        from: Date,
        until: Date,
        by: Option<PersonId>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.may_for(person)?;
        self.of_the_house("person", person, from)?;
        let days = Days::new(from, Some(until), "until")?;
        let others = self.organisation().leaves_of(person);
        if let Some(other) = others.into_iter().find(|other| other.days().meets(&days)) {
            let refusal = Refusal::on("from", Code::LeaveOverlaps);
            return Err(refusal.with("day", other.from).with("latest", other.until));
        }
        let leave = Leave { id: LeaveId::new(self.context.new_id(0)), person, from, until };
        let mut facts = vec![Fact::LeaveRecorded { leave }];
        if let Some(by) = by {
            let days = Days::new(from.max(self.context.today), Some(until), "until")?;
            facts.extend(self.stand_in_named(For::Person { person }, by, days, 1)?);
        }
        Ok(facts)
    }

    pub(super) fn end_leave(
        &self,
        leave: LeaveId,
        until: Option<Date>,
        reason: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        let known = *self.organisation().leave(leave).ok_or(Refusal::on("leave", Code::NotOffered))?;
        self.may_for(known.person)?;
        if let Some(until) = until {
            Days::new(known.from, Some(until), "until")?;
            if until >= known.until {
                return Err(Refusal::on("until", Code::LeaveNotShorter).with("day", known.until));
            }
        }
        Ok(vec![Fact::LeaveEnded { leave, until, reason: self.reason(reason)? }])
    }
}
