//! Rules of deadlines, written in words: what may be written, and what was meant.
//!
//! ```text
//! 5 working days                          10 days, preceding          48 hours
//! 5 working days before field:visit_from  2 weeks after field:signed  8 working hours
//! close of business                       close of business in 3 working days
//! on field:until                          close of business on field:until
//! first working day of next month         last working day of this quarter
//! 1st and 15th                            next friday at 12:00
//! ```
//!
//! Days, weeks, months and years end with close of business unless `at 12:00` is said. Hours run day and night; working hours
//! run while anybody works. A day without an hour, from which hours are counted, counts from the midnight with which it begins.
//! What is to come on a day on which nobody works moves as `, following`, `, preceding` or `, as is` says; without, backwards for
//! what is before or on a day, forwards for the rest, and not at all for hours. A due that is moved is due at close of business
//! (hours) or at the hour that was said.

pub(crate) mod due;
mod read;

use std::fmt;

use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};

pub use self::due::{At, Due, DueError, Fields};
use crate::words::{self, Nth, Roll, TextError};

/// When something is due, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rule {
    what: What,
    hour: Hour,
    roll: Roll,
}

/// From what a due is reckoned, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// So much time after, or before, a moment.
    Count {
        /// How many, from 1.
        n: u32,
        /// Of what.
        unit: Unit,
        /// After or before.
        direction: Direction,
        /// From where.
        of: Anchor,
    },
    /// The next close of business.
    Today,
    /// A day that is filled in.
    On {
        /// In which field.
        field: String,
    },
    /// A working day of a stretch of time; where it has fewer, the last that it has.
    WorkingDayOf {
        /// Which.
        nth: Nth,
        /// This one, or the next.
        stretch: Stretch,
        /// Of which kind.
        period: Period,
    },
    /// The next of some days of the month, in their order; one that a month doesn't have is its last.
    DaysOfMonth {
        /// From 1 to 31.
        days: Vec<i8>,
    },
    /// The next such day of the week, after the day from which is reckoned.
    Next {
        /// Which.
        weekday: Weekday,
    },
}

/// From where is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// From when the rule begins to run.
    Start,
    /// From what is filled in.
    Field(String),
}

/// Which way is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Later.
    After,
    /// Earlier.
    Before,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days on which anybody works.
    WorkingDays,
    /// All days.
    Days,
    /// Seven days each.
    Weeks,
    /// To the same day of another month, or its last.
    Months,
    /// To the same day of another year, or its month's last.
    Years,
    /// Hours that pass.
    Hours,
    /// Hours in which anybody works.
    WorkingHours,
}

/// This stretch of time or the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// The one that is running; its day may be past.
    This,
    /// The one after it.
    Next,
}

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From Monday.
    Week,
    /// A month.
    Month,
    /// Three months, from January.
    Quarter,
    /// A year.
    Year,
}

/// At which hour of its day something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hour {
    /// Close of business.
    Close,
    /// When the field says so, and close of business where it says only a day.
    Given,
    /// At this time of the wall clock.
    At(Time),
}

const UNITS: [(Unit, &str, &str); 7] = [
    (Unit::WorkingDays, "working day", "working days"),
    (Unit::WorkingHours, "working hour", "working hours"),
    (Unit::Days, "day", "days"),
    (Unit::Weeks, "week", "weeks"),
    (Unit::Months, "month", "months"),
    (Unit::Years, "year", "years"),
    (Unit::Hours, "hour", "hours"),
];

const PERIODS: [(&str, Period); 4] =
    [("week", Period::Week), ("month", Period::Month), ("quarter", Period::Quarter), ("year", Period::Year)];

impl Unit {
    const fn in_hours(self) -> bool {
        matches!(self, Self::Hours | Self::WorkingHours)
    }
    const fn is_working(self) -> bool {
        matches!(self, Self::WorkingDays | Self::WorkingHours)
    }
}

impl Rule {
    /// Reads a rule. A mistake is told with its place and with what may stand there.
    pub fn read(text: &str) -> Result<Self, TextError> {
        read::rule(text)
    }
    /// From what it is reckoned.
    pub const fn what(&self) -> &What {
        &self.what
    }
    /// At which hour it is due.
    pub const fn hour(&self) -> Hour {
        self.hour
    }
    /// What becomes of a day on which nobody works.
    pub const fn roll(&self) -> Roll {
        self.roll
    }
    /// The field that it needs.
    pub fn field(&self) -> Option<&str> {
        match &self.what {
            What::On { field } | What::Count { of: Anchor::Field(field), .. } => Some(field),
            _ => None,
        }
    }
}

impl What {
    /// What becomes of a day on which nobody works when nothing is said of it.
    const fn usual_roll(&self) -> Roll {
        match self {
            Self::Count { unit: Unit::Hours, .. } => Roll::AsIs,
            Self::Count { direction: Direction::Before, .. } | Self::On { .. } => Roll::Preceding,
            _ => Roll::Following,
        }
    }
    /// Whether it can come on a day on which nobody works.
    const fn rolls(&self) -> bool {
        match self {
            Self::Count { unit, .. } => !unit.is_working(),
            Self::On { .. } | Self::DaysOfMonth { .. } | Self::Next { .. } => true,
            Self::Today | Self::WorkingDayOf { .. } => false,
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { n, unit, direction, of } => {
                let (_, one, more) = UNITS.iter().find(|(known, ..)| known == unit).ok_or(fmt::Error)?;
                write!(f, "{n} {}", if *n == 1 { one } else { more })?;
                let way = if *direction == Direction::Before { "before" } else { "after" };
                match of {
                    Anchor::Start => Ok(()),
                    Anchor::Field(field) => write!(f, " {way} field:{field}"),
                }
            }
            Self::Today => f.write_str("close of business"),
            Self::On { field } => write!(f, "on field:{field}"),
            Self::WorkingDayOf { nth, stretch, period } => {
                let which = if *stretch == Stretch::This { "this" } else { "next" };
                let (name, _) = PERIODS.iter().find(|(_, known)| known == period).ok_or(fmt::Error)?;
                write!(f, "{nth} working day of {which} {name}")
            }
            Self::DaysOfMonth { days } => {
                let days: Vec<String> = days.iter().map(|day| words::ordinal(*day)).collect();
                f.write_str(&words::list(&days))
            }
            Self::Next { weekday } => write!(f, "next {}", words::weekday_text(*weekday)),
        }
    }
}

/// As it is written; read again it is the same rule.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self.what, What::On { .. }) && self.hour == Hour::Close {
            f.write_str("close of business ")?;
        }
        write!(f, "{}", self.what)?;
        if let Hour::At(time) = self.hour {
            write!(f, " at {}", words::time_text(time))?;
        }
        if self.roll != self.what.usual_roll() {
            write!(f, ", {}", self.roll.text())?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Rule {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::read(&text)
    }
}

impl std::str::FromStr for Rule {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::read(text)
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.to_string()
    }
}
