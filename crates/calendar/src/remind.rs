//! Reminders of a due, and when it is told further up. Owns which of them have come due since one last looked; who is told and
//! what was sent is for others to keep, by [`ReminderId`].
//!
//! Of what was missed, the latest of each kind is given and no other: ten days switched off make one reminder, not ten. Once
//! a due is past and one is reminded of that, what stood before it is not told any more.

use std::fmt;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    holiday::days_from,
    hours::moment,
    reckoned::{Covered, Reckoned, Unreckonable},
    rule::Due,
    settings::Reminders,
    words::Roll,
};

/// What one is reminded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReminderKind {
    /// That something will be due.
    Before,
    /// That it is late.
    After,
    /// That it is so late that somebody above must know.
    Escalation,
}

/// Which reminder: the same for the same due, however often one looks. A due that is moved has reminders of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReminderId {
    /// Until when it is, or was, due.
    pub due: Timestamp,
    /// What it says.
    pub kind: ReminderKind,
    /// So many working days before or after it; all days where they are not quiet.
    pub n: u32,
}

/// `2026-11-27T15:00:00Z/before/2`.
impl fmt::Display for ReminderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ReminderKind::Before => "before",
            ReminderKind::After => "after",
            ReminderKind::Escalation => "escalation",
        };
        write!(f, "{}/{kind}/{}", self.due, self.n)
    }
}

/// A reminder, and since when it is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Which.
    pub id: ReminderId,
    /// Since when.
    pub at: Timestamp,
}

struct Clock<'a> {
    due: &'a Due,
    set: &'a Reminders,
    calendar: &'a Calendar,
}

/// The reminders that came due after one last looked, up to now: at most one of each kind, the earliest first.
///
/// Who has never looked gives the moment at which the due was set: what would have been said before that is not said.
pub fn come_due(
    due: &Due,
    since: Timestamp,
    now: Timestamp,
    set: &Reminders,
    calendar: &Calendar,
) -> Result<Reckoned<Vec<Reminder>>, Unreckonable> {
    let clock = Clock { due, set, calendar };
    let new = |reminder: &Reminder| since < reminder.at && reminder.at <= now;
    let before = latest(clock.before()?.into_iter().filter(new));
    let after = clock.latest_after(now)?.filter(new);
    let escalation = latest(clock.escalations()?.into_iter().filter(new));
    let late = after.is_some() || escalation.is_some();
    let before = before.filter(|_| !late);
    let mut all: Vec<Reminder> = [before, after, escalation].into_iter().flatten().collect();
    all.sort_by_key(|reminder| (reminder.at, reminder.id));
    let covered = calendar.covered_all(&[due.day, calendar.date_of(since), calendar.date_of(now)]);
    Ok(Reckoned { value: all, covered: due.covered.and(covered) })
}

/// The next moment at which there is a reminder to send; none: there never is, whatever happens.
pub fn next_look(
    due: &Due,
    now: Timestamp,
    set: &Reminders,
    calendar: &Calendar,
) -> Result<Reckoned<Option<Timestamp>>, Unreckonable> {
    let clock = Clock { due, set, calendar };
    let known = clock.before()?.into_iter().chain(clock.escalations()?).map(|reminder| reminder.at);
    let value = known.filter(|at| now < *at).chain(clock.next_after(now)?).min();
    let last = value.map_or(due.day, |at| calendar.date_of(at));
    let covered: Covered = calendar.covered_all(&[due.day, last]);
    Ok(Reckoned { value, covered: due.covered.and(covered) })
}

/// Of two at one moment the one that is nearer to the due.
fn latest(all: impl Iterator<Item = Reminder>) -> Option<Reminder> {
    all.max_by_key(|reminder| (reminder.at, std::cmp::Reverse(reminder.id.n)))
}

impl Clock<'_> {
    fn reminder(&self, kind: ReminderKind, n: u32, at: Timestamp) -> Reminder {
        Reminder { id: ReminderId { due: self.due.at, kind, n }, at }
    }

    fn on(&self, day: Date) -> Result<Timestamp, Unreckonable> {
        Ok(moment(day, self.set.at, self.calendar.zone())?.timestamp())
    }

    fn before(&self) -> Result<Vec<Reminder>, Unreckonable> {
        let zero = if self.set.quiet { Roll::Preceding } else { Roll::AsIs };
        let one = |n: &u16| {
            let day = self.calendar.add_working(self.due.day, -i32::from(*n), zero)?.value;
            Ok(self.reminder(ReminderKind::Before, u32::from(*n), self.on(day)?.min(self.due.at)))
        };
        self.set.before.iter().map(one).collect()
    }

    fn escalations(&self) -> Result<Vec<Reminder>, Unreckonable> {
        let one = |n: &u16| {
            let day = self.calendar.add_working(self.due.day, i32::from(*n), Roll::AsIs)?.value;
            Ok(self.reminder(ReminderKind::Escalation, u32::from(*n), self.on(day)?))
        };
        self.set.escalate_after.iter().map(one).collect()
    }

    /// How many reminders after the due there are up to a day, that of the day among them.
    fn count(&self, day: Date) -> Result<u32, Unreckonable> {
        let count = if self.set.quiet {
            self.calendar.working_between(self.due.day, day)?.value
        } else {
            days_from(self.due.day, day)
        };
        Ok(u32::try_from(count).unwrap_or(0))
    }

    fn nth_after(&self, n: u16) -> Result<Date, Unreckonable> {
        if self.set.quiet {
            return self.calendar.add_working(self.due.day, i32::from(n), Roll::AsIs).map(|day| day.value);
        }
        self.due.day.checked_add(jiff::Span::new().days(i64::from(n))).map_err(|_| Unreckonable::TooFar)
    }

    fn latest_after(&self, now: Timestamp) -> Result<Option<Reminder>, Unreckonable> {
        if !self.set.daily_after || now <= self.due.at {
            return Ok(None);
        }
        let mut day = self.calendar.date_of(now);
        if now < self.on(day)? {
            day = day.yesterday().map_err(|_| Unreckonable::TooFar)?;
        }
        if self.set.quiet {
            day = self.calendar.rolled(day, Roll::Preceding)?.value;
        }
        let mut n = if day > self.due.day { self.count(day)? } else { 0 };
        if let Some(most) = self.set.after_at_most.filter(|most| n > u32::from(*most)) {
            (n, day) = (u32::from(most), self.nth_after(most)?);
        }
        if n == 0 {
            return Ok(None);
        }
        Ok(Some(self.reminder(ReminderKind::After, n, self.on(day)?)))
    }

    fn next_after(&self, now: Timestamp) -> Result<Option<Timestamp>, Unreckonable> {
        if !self.set.daily_after {
            return Ok(None);
        }
        let mut day = self.calendar.date_of(now).max(self.due.day);
        if day == self.due.day || self.on(day)? <= now {
            day = day.tomorrow().map_err(|_| Unreckonable::TooFar)?;
        }
        if self.set.quiet {
            day = self.calendar.rolled(day, Roll::Following)?.value;
        }
        let enough = match self.set.after_at_most {
            Some(most) => self.count(day)? > u32::from(most),
            None => false,
        };
        Ok(if enough { None } else { Some(self.on(day)?) })
    }
}
