//! When something is due by a rule.

use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use super::{Anchor, Direction, Hour, Period, Rule, Stretch, Unit, What};
use crate::{
    calendar::Calendar,
    hours::moment,
    reckoned::{Covered, Unreckonable},
    words::{Nth, Roll},
};

/// What is filled in: a day, or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// A day, in the zone of the calendar.
    Day(Date),
    /// A moment.
    Moment(Timestamp),
}

/// What is filled in, by name.
pub trait Fields {
    /// What stands in a field; none where nothing does, or there is no such field.
    fn field(&self, name: &str) -> Option<At>;
}

impl<F: Fn(&str) -> Option<At>> Fields for F {
    fn field(&self, name: &str) -> Option<At> {
        self(name)
    }
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The day, in the zone of the calendar.
    pub day: Date,
    /// Until when.
    pub at: Timestamp,
    /// The day that it would be, where nobody works on it.
    pub moved_from: Option<Date>,
    /// Whether the calendar covers what was looked at.
    pub covered: Covered,
}

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DueError {
    /// The rule needs what isn't filled in.
    #[error("`{0}` isn't filled in")]
    Field(String),
    /// Too far, or no working day.
    #[error(transparent)]
    Unreckonable(#[from] Unreckonable),
}

/// The day by a rule before it is moved, and what else was looked at.
struct Named {
    day: Date,
    /// Where the hour is given with it.
    at: Option<Timestamp>,
    looked: Covered,
}

impl Rule {
    /// When something is due that begins to run at a moment. It may be past already: before what is soon, or on a day that was.
    pub fn due(&self, from: Timestamp, fields: &impl Fields, calendar: &Calendar) -> Result<Due, DueError> {
        let named = self.named(from, fields, calendar)?;
        let rolled = calendar.rolled(named.day, self.roll)?;
        let moved = rolled.value != named.day;
        let hour = match (self.hour, named.at) {
            (Hour::At(time), _) => Some(moment(rolled.value, time, calendar.zone())?.timestamp()),
            (_, Some(at)) if !moved => Some(at),
            _ => None,
        };
        let at = match hour {
            Some(at) => at,
            None => calendar.close_or_usual(rolled.value)?,
        };
        let rolled_over = if self.roll == Roll::AsIs { Covered::Yes } else { rolled.covered };
        Ok(Due {
            day: rolled.value,
            at,
            moved_from: moved.then_some(named.day),
            covered: named.looked.and(rolled_over),
        })
    }

    fn named(&self, from: Timestamp, fields: &impl Fields, calendar: &Calendar) -> Result<Named, DueError> {
        let filled = |name: &str| fields.field(name).ok_or_else(|| DueError::Field(name.to_owned()));
        let today = calendar.date_of(from);
        match &self.what {
            What::Count { n, unit, direction, of } => {
                let start = match of {
                    Anchor::Start => At::Moment(from),
                    Anchor::Field(name) => filled(name)?,
                };
                let n = i64::from(*n);
                Ok(counted(start, if *direction == Direction::Before { -n } else { n }, *unit, calendar)?)
            }
            What::Today => {
                let close = calendar.close(today)?;
                let still = close.value.is_some_and(|close| from < close.timestamp());
                let day = if still { today } else { calendar.next_working(today)?.value };
                Ok(Named { day, at: None, looked: calendar.covered(today, day) })
            }
            What::On { field } => Ok(match filled(field)? {
                At::Day(day) => Named { day, at: None, looked: Covered::Yes },
                At::Moment(at) => {
                    let day = calendar.date_of(at);
                    let given = (self.hour == Hour::Given).then_some(at);
                    Named { day, at: given, looked: Covered::Yes }
                }
            }),
            What::WorkingDayOf { nth, stretch, period } => {
                let (first, last) = stretch_of(today, *stretch, *period)?;
                let day = match (calendar.nth_working(first, last, *nth)?, nth) {
                    (Some(day), _) => day,
                    (None, Nth::Last) => calendar.previous_working(first)?.value,
                    (None, Nth::At(_)) => calendar.next_working(last)?.value,
                };
                Ok(Named { day, at: None, looked: calendar.covered_all(&[first, last, day]) })
            }
            What::DaysOfMonth { days } => {
                let day = next_of_month(today, days)?;
                Ok(Named { day, at: None, looked: Covered::Yes })
            }
            What::Next { weekday } => {
                let day = today.nth_weekday(1, *weekday).map_err(|_| Unreckonable::TooFar)?;
                Ok(Named { day, at: None, looked: Covered::Yes })
            }
        }
    }
}

/// So many of a unit after a moment, or before it.
fn counted(start: At, n: i64, unit: Unit, calendar: &Calendar) -> Result<Named, Unreckonable> {
    let day = match start {
        At::Day(day) => day,
        At::Moment(at) => calendar.date_of(at),
    };
    let far = |_| Unreckonable::TooFar;
    let span = match unit {
        Unit::Hours | Unit::WorkingHours => {
            let from = match start {
                At::Moment(at) => at,
                At::Day(day) => moment(day, Time::midnight(), calendar.zone())?.timestamp(),
            };
            let seconds = n.saturating_mul(3_600);
            let (at, looked) = if unit == Unit::Hours {
                (from.checked_add(SignedDuration::from_secs(seconds)).map_err(far)?, Covered::Yes)
            } else {
                let reckoned = calendar.add_worked(from, seconds)?;
                (reckoned.value, reckoned.covered)
            };
            return Ok(Named { day: calendar.date_of(at), at: Some(at), looked });
        }
        Unit::WorkingDays => {
            let n = i32::try_from(n).map_err(|_| Unreckonable::TooFar)?;
            let reckoned = calendar.add_working(day, n, Roll::AsIs)?;
            return Ok(Named { day: reckoned.value, at: None, looked: reckoned.covered });
        }
        Unit::Days => Span::new().try_days(n),
        Unit::Weeks => Span::new().try_weeks(n),
        Unit::Months => Span::new().try_months(n),
        Unit::Years => Span::new().try_years(n),
    };
    let day = span.and_then(|span| day.checked_add(span)).map_err(far)?;
    Ok(Named { day, at: None, looked: Covered::Yes })
}

/// The first and the last day of a stretch of time.
fn stretch_of(today: Date, stretch: Stretch, period: Period) -> Result<(Date, Date), Unreckonable> {
    let far = |_| Unreckonable::TooFar;
    let (first, length) = match period {
        Period::Week => {
            let since = i64::from(today.weekday().to_monday_zero_offset());
            (today.checked_sub(Span::new().days(since)).map_err(far)?, Span::new().weeks(1))
        }
        Period::Month => (today.first_of_month(), Span::new().months(1)),
        Period::Quarter => {
            let month = (today.month() - 1) / 3 * 3 + 1;
            (Date::new(today.year(), month, 1).map_err(far)?, Span::new().months(3))
        }
        Period::Year => (today.first_of_year(), Span::new().years(1)),
    };
    let next = first.checked_add(length).map_err(far)?;
    let first = if stretch == Stretch::This { first } else { next };
    let last = first.checked_add(length).and_then(Date::yesterday).map_err(far)?;
    Ok((first, last))
}

/// The next of some days of the month after a day.
fn next_of_month(today: Date, days: &[i8]) -> Result<Date, Unreckonable> {
    let far = |_| Unreckonable::TooFar;
    let this = today.first_of_month();
    let next = this.checked_add(Span::new().months(1)).map_err(far)?;
    let of = |first: Date| days.iter().filter_map(move |day| on_day(first, *day));
    of(this).chain(of(next)).filter(|day| *day > today).min().ok_or(Unreckonable::TooFar)
}

/// A day of a month, or its last where it has fewer.
pub(crate) fn on_day(first: Date, day: i8) -> Option<Date> {
    Date::new(first.year(), first.month(), day.min(first.days_in_month())).ok()
}
