//! Days of something: from a first to a last.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    fact::present,
    refusal::{Code, Refusal},
};

/// Days from a first to a last, both of them included; without a last one: until further notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// The first.
    pub from: Date,
    /// The last.
    #[serde(deserialize_with = "present")]
    pub until: Option<Date>,
}

impl Days {
    /// From one day on, until another where there is one.
    ///
    /// Refused with `ends-before-begins`, on `field`, where there would be no day between.
    pub fn new(from: Date, until: Option<Date>, field: &'static str) -> Result<Self, Refusal> {
        match until {
            Some(last) if last < from => Err(Refusal::on(field, Code::EndsBeforeBegins).with("day", from)),
            _ => Ok(Self { from, until }),
        }
    }
    /// Whether a day is one of them.
    pub fn has(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
    /// Whether a day is one of both.
    pub fn meets(&self, other: &Days) -> bool {
        self.until.is_none_or(|until| other.from <= until)
            && other.until.is_none_or(|until| self.from <= until)
    }
    /// Whether none of them lies outside of others.
    pub fn within(&self, outer: &Days) -> bool {
        outer.from <= self.from
            && match (self.until, outer.until) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(own), Some(last)) => own <= last,
            }
    }
    /// Whether they go on after a day.
    pub fn outlast(&self, day: Date) -> bool {
        self.until.is_none_or(|until| until > day)
    }
}
