//! When one is reminded of a due, and when it counts as at risk: what a house or a procedure sets.

use jiff::civil::Time;
use serde::Deserialize;

use crate::words;

/// Reminders and risks. What is left out is as shipped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// When one is reminded.
    pub reminders: Reminders,
    /// When a due counts as at risk.
    pub risk: RiskRules,
}

/// When one is reminded of a due.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawReminders")]
pub struct Reminders {
    /// So many working days before it, from the most to the fewest; 0 on its day.
    pub before: Vec<u16>,
    /// At this time of the wall clock, or at the due itself where that is earlier.
    pub at: Time,
    /// Every day after it.
    pub daily_after: bool,
    /// At most so many times after it; none: until it is done.
    pub after_at_most: Option<u16>,
    /// Not on days on which nobody works.
    pub quiet: bool,
    /// Told further up so many working days after it, from the fewest to the most.
    pub escalate_after: Vec<u16>,
}

/// When a due counts as at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawRisk")]
pub struct RiskRules {
    /// So many working days or fewer before it, when nobody has begun.
    pub not_begun_days: u16,
    /// When less than so many hundredths of the working time are left; 0: never.
    pub percent_left: u8,
}

/// What is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not a time.
    #[error("`{0}`: expected a time such as `09:00`")]
    Time(String),
    /// Too many or too far.
    #[error("{0}: expected at most 20 numbers, each once, from {1} to 250 working days")]
    Days(&'static str, u16),
    /// Not a part of a hundred.
    #[error("percent_left: expected a number from 0 to 100")]
    Percent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReminders {
    before: Option<Vec<u16>>,
    at: Option<String>,
    daily_after: Option<bool>,
    after_at_most: Option<u16>,
    quiet: Option<bool>,
    escalate_after: Option<Vec<u16>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRisk {
    not_begun_days: Option<u16>,
    percent_left: Option<u8>,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            before: vec![5, 2, 0],
            at: Time::constant(9, 0, 0, 0),
            daily_after: true,
            after_at_most: None,
            quiet: true,
            escalate_after: vec![3],
        }
    }
}

impl Default for RiskRules {
    fn default() -> Self {
        Self { not_begun_days: 2, percent_left: 20 }
    }
}

fn in_order(what: &'static str, least: u16, mut days: Vec<u16>) -> Result<Vec<u16>, SettingsError> {
    let given = days.len();
    days.sort_unstable();
    days.dedup();
    let fits = days.len() == given && given <= 20 && days.iter().all(|n| (least..=250).contains(n));
    if fits { Ok(days) } else { Err(SettingsError::Days(what, least)) }
}

impl TryFrom<RawReminders> for Reminders {
    type Error = SettingsError;
    fn try_from(raw: RawReminders) -> Result<Self, SettingsError> {
        let shipped = Self::default();
        let mut before = in_order("before", 0, raw.before.unwrap_or(shipped.before))?;
        before.reverse();
        let at = match raw.at {
            None => shipped.at,
            Some(text) => words::time(&text).ok_or_else(|| {
                SettingsError::Time(text.chars().filter(|c| !c.is_control()).take(80).collect())
            })?,
        };
        Ok(Self {
            before,
            at,
            daily_after: raw.daily_after.unwrap_or(shipped.daily_after),
            after_at_most: raw.after_at_most,
            quiet: raw.quiet.unwrap_or(shipped.quiet),
            escalate_after: in_order(
                "escalate_after",
                1,
                raw.escalate_after.unwrap_or(shipped.escalate_after),
            )?,
        })
    }
}

impl TryFrom<RawRisk> for RiskRules {
    type Error = SettingsError;
    fn try_from(raw: RawRisk) -> Result<Self, SettingsError> {
        let shipped = Self::default();
        let rules = Self {
            not_begun_days: raw.not_begun_days.unwrap_or(shipped.not_begun_days),
            percent_left: raw.percent_left.unwrap_or(shipped.percent_left),
        };
        if rules.percent_left > 100 {
            return Err(SettingsError::Percent);
        }
        if rules.not_begun_days > 250 {
            return Err(SettingsError::Days("not_begun_days", 0));
        }
        Ok(rules)
    }
}
