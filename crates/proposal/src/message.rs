//! A formal military message: its date-time group, precedences, originator, addressees, indicator codes, references and
//! subject, each with where it was read. Owns what such a message says; [`read`] owns how its lines are understood. Must
//! not know what becomes of it.

mod read;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::date::PartialDate;
use crate::tokens::runs;
use crate::value::Proposed;

pub(crate) use read::read;

/// When a message was filed: day, hour, minute, zone, month, year (`121530ZMAR26`, ACP 121).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateTimeGroup {
    local: DateTime,
    zone: char,
}

impl DateTimeGroup {
    /// The group of these words, whose date is already known; none where hour or zone are none.
    pub(crate) fn of(written: &str, date: PartialDate) -> Option<Self> {
        let tokens = runs(written);
        let digits = tokens.first().filter(|token| token.folded.len() == 6 && token.is_digits())?;
        let part = |from: usize| digits.folded.get(from..from + 2)?.parse::<i8>().ok();
        let date = date.civil()?;
        let local = DateTime::new(date.year(), date.month(), date.day(), part(2)?, part(4)?, 0, 0).ok()?;
        let zone = tokens.get(1)?.folded.chars().next().filter(char::is_ascii_uppercase)?;
        Some(DateTimeGroup { local, zone })
    }

    /// The clock's time in the zone of the letter. Years of two digits are understood as [`crate::Source::registered`]
    /// says.
    pub fn local(&self) -> DateTime {
        self.local
    }

    /// The letter of the zone.
    pub fn zone(&self) -> char {
        self.zone
    }

    /// Hours ahead of universal time: `A` to `M` without `J` are 1 to 12, `N` to `Y` are -1 to -12, `Z` is 0. `J` is the
    /// local time of whoever wrote it: which that is, the message doesn't say.
    pub fn hours_ahead(&self) -> Option<i8> {
        let place = |from: char| i8::try_from(u32::from(self.zone).checked_sub(u32::from(from))?).ok();
        match self.zone {
            'Z' => Some(0),
            'A'..='I' => Some(place('A')? + 1),
            'K'..='M' => Some(place('K')? + 10),
            'N'..='Y' => Some(-1 - place('N')?),
            _ => None,
        }
    }

    /// The moment, where the zone says it.
    pub fn moment(&self) -> Option<Timestamp> {
        Offset::from_hours(self.hours_ahead()?).ok()?.to_timestamp(self.local).ok()
    }
}

impl fmt::Display for DateTimeGroup {
    /// `121530ZMAR26`: as messages are cited, whatever blanks it was written with.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MONTHS: [&str; 12] =
            ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
        let index = usize::try_from(self.local.month()).unwrap_or(1).saturating_sub(1);
        let (day, hour, minute) = (self.local.day(), self.local.hour(), self.local.minute());
        let month = MONTHS.get(index).copied().unwrap_or_default();
        write!(f, "{day:02}{hour:02}{minute:02}{}{month}{:02}", self.zone, self.local.year().rem_euclid(100))
    }
}

/// A formal message. At least group, originator and one addressee stand in its heading; the rest where it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// When it was filed.
    pub group: Proposed<DateTimeGroup>,
    /// Its precedence for those who must act, in the house's word.
    pub precedence: Option<Proposed<String>>,
    /// Its precedence for those who are informed, where it is another.
    pub info_precedence: Option<Proposed<String>>,
    /// Who sends it.
    pub originator: Proposed<String>,
    /// To whom it goes for action, without routing indicators.
    pub action: Vec<Proposed<String>>,
    /// To whom it goes for information.
    pub info: Vec<Proposed<String>>,
    /// Who of a collective address is left out (`XMT`).
    pub exempt: Vec<Proposed<String>>,
    /// The line of its classification, without an indicator code that stands on the same line.
    pub classification: Option<Proposed<String>>,
    /// Subject indicator codes.
    pub sic: Vec<Proposed<String>>,
    /// What it is about.
    pub subject: Option<Proposed<String>>,
    /// What it refers to, in order; the letters (`A.`) are in what is written.
    pub references: Vec<Proposed<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(written: &str) -> Option<DateTimeGroup> {
        let found = crate::date::find(written, None).into_iter().next()?;
        DateTimeGroup::of(written.get(found.bytes)?, found.value)
    }

    #[test]
    fn zones_are_hours_and_j_is_nobodys() {
        let hours = |zone: char| group(&format!("121530{zone} MAR 26")).unwrap().hours_ahead();
        let east: Vec<_> = "ABCDEFGHIKLM".chars().map(hours).collect();
        assert_eq!(east, (1..=12).map(Some).collect::<Vec<_>>());
        let west: Vec<_> = "NOPQRSTUVWXY".chars().map(hours).collect();
        assert_eq!(west, (1..=12).map(|n| Some(-n)).collect::<Vec<_>>());
        assert_eq!((hours('Z'), hours('J')), (Some(0), None));
        assert_eq!(group("121530JMAR26").unwrap().moment(), None);
    }

    #[test]
    fn the_moment_may_be_of_another_day_than_the_group() {
        let got = group("010030B JAN 26").unwrap();
        assert_eq!(got.moment().unwrap().to_string(), "2025-12-31T22:30:00Z");
        assert_eq!((got.to_string().as_str(), got.zone()), ("010030BJAN26", 'B'));
        assert_eq!(group("012460Z JAN 26"), None);
    }
}
