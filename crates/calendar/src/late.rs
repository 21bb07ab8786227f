//! How something stands against its due.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    reckoned::{Reckoned, Unreckonable},
    rule::Due,
    settings::RiskRules,
};

/// What is known of what is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Since when it runs.
    pub since: Timestamp,
    /// Whether anybody has begun.
    pub begun: bool,
    /// When it was done.
    pub done: Option<Timestamp>,
}

/// How it stands. Days are working days: from the day of now, or of the due, to the other; 0 within one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "kebab-case")]
pub enum Standing {
    /// In time.
    InTime {
        /// So many are left.
        days_left: i32,
    },
    /// In time still.
    AtRisk {
        /// So many are left.
        days_left: i32,
        /// Why.
        because: Risk,
    },
    /// Past its due.
    Late {
        /// By so many.
        days: i32,
    },
    /// Done in time.
    Done,
    /// Done after its due.
    DoneLate {
        /// By so many.
        days: i32,
    },
}

/// Why something is at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// It is due soon, and nobody has begun.
    NotBegun,
    /// Little of its time is left, in hundredths.
    LittleLeft(u8),
}

/// How something stands against its due at a moment.
pub fn standing(
    given: &Given,
    due: &Due,
    now: Timestamp,
    rules: &RiskRules,
    calendar: &Calendar,
) -> Result<Reckoned<Standing>, Unreckonable> {
    let until = given.done.unwrap_or(now);
    let (on, since) = (calendar.date_of(until), calendar.date_of(given.since));
    let covered = due.covered.and(calendar.covered_all(&[since, on, due.day]));
    let value = if until > due.at {
        let days = calendar.working_between(due.day, on)?.value;
        if given.done.is_some() { Standing::DoneLate { days } } else { Standing::Late { days } }
    } else if given.done.is_some() {
        Standing::Done
    } else {
        let days_left = calendar.working_between(on, due.day)?.value;
        match risk(given, due, now, days_left, rules, calendar)? {
            Some(because) => Standing::AtRisk { days_left, because },
            None => Standing::InTime { days_left },
        }
    };
    Ok(Reckoned { value, covered })
}

fn risk(
    given: &Given,
    due: &Due,
    now: Timestamp,
    days_left: i32,
    rules: &RiskRules,
    calendar: &Calendar,
) -> Result<Option<Risk>, Unreckonable> {
    if !given.begun && days_left <= i32::from(rules.not_begun_days) {
        return Ok(Some(Risk::NotBegun));
    }
    let percent = percent_left(given.since, due.at, now, calendar)?;
    Ok((percent < rules.percent_left).then_some(Risk::LittleLeft(percent)))
}

/// Hundredths of the working time that are left; of all time where none of it is working time.
fn percent_left(
    since: Timestamp,
    due: Timestamp,
    now: Timestamp,
    calendar: &Calendar,
) -> Result<u8, Unreckonable> {
    let (mut all, mut left) =
        (calendar.worked(since, due)?.value.seconds, calendar.worked(now, due)?.value.seconds);
    if all <= 0 {
        (all, left) = (since.duration_until(due).as_secs(), now.duration_until(due).as_secs());
    }
    let percent = left.saturating_mul(100).checked_div(all.max(1)).unwrap_or(0);
    Ok(u8::try_from(percent.clamp(0, 100)).unwrap_or(100))
}
