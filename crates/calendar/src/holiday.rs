//! Days on which nobody works, or only until noon: what is written of one, and on which days of a year it falls.

use jiff::civil::{Date, Time, Weekday};
use serde::Deserialize;

use crate::{
    easter::easter,
    words::{self, Nth, Roll, TextError, Words},
};

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

impl Names {
    /// The name in a language, `fr` or any other for English.
    pub fn in_language(&self, language: &str) -> &str {
        if language == "fr" { &self.fr } else { &self.en }
    }
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Every year on a day of a month; 02-29 in leap years alone.
    Yearly(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i16),
    /// On the nth weekday of a month.
    Nth(Nth, Weekday, i8),
    /// Once.
    Once(Date),
    /// Every year from day to day; into the next where the second comes before the first.
    Stretch((i8, i8), (i8, i8)),
    /// Once, from day to day.
    OnceStretch(Date, Date),
}

/// Days off Easter that stay in its year.
const AROUND_EASTER: std::ops::RangeInclusive<i16> = -80..=250;
const FORMS: &str = "`05-01`, `2026-05-15`, `easter+39`, `first monday of september`, `12-24 to 01-02` or \
                     `2026-12-24 to 2027-01-02`";

/// A day off, or half a day.
#[derive(Debug, Clone)]
pub(crate) struct Holiday {
    pub(crate) id: String,
    pub(crate) names: Names,
    pub(crate) when: Vec<When>,
    /// What becomes of it on a day of the week on which nobody works anyway.
    pub(crate) weekend: Roll,
    /// Half a day: when it closes.
    pub(crate) closes: Option<Time>,
    pub(crate) from: Option<i16>,
    pub(crate) until: Option<i16>,
}

impl When {
    /// Reads one.
    pub(crate) fn read(text: &str) -> Result<Self, TextError> {
        let mut words = Words::new(text)?;
        let when = match words.nth() {
            Some(Nth::At(5)) => {
                return Err(Words::new(text)?.fault("`first` to `fourth`, or `last`"));
            }
            Some(nth) => {
                let weekday = words.read("a day of the week", words::weekday)?;
                words.want("of", "`of`")?;
                Self::Nth(nth, weekday, words.read("a month", words::month)?)
            }
            None => Self::read_days(&mut words)?,
        };
        words.end()?;
        Ok(when)
    }

    fn read_days(words: &mut Words<'_>) -> Result<Self, TextError> {
        let here = words.clone();
        let first = words.read(FORMS, |word| {
            let day = words::date(word).map(Self::Once);
            day.or_else(|| words::month_day(word).map(|(month, day)| Self::Yearly(month, day)))
                .or_else(|| easter_offset(word).map(Self::Easter))
        })?;
        if !words.take("to") {
            return Ok(first);
        }
        match first {
            Self::Yearly(month, day) => {
                let last = words.read("a last day such as `01-02`", words::month_day)?;
                let stretch = Self::Stretch((month, day), last);
                if last == (month, day) { Err(here.fault("two days that differ")) } else { Ok(stretch) }
            }
            Self::Once(first) => {
                let last = words.read("a last day such as `2027-01-02`", words::date)?;
                let fits = first < last && days_from(first, last) <= 366;
                let stretch = Self::OnceStretch(first, last);
                if fits { Ok(stretch) } else { Err(here.fault("a last day after the first, within a year")) }
            }
            _ => Err(here.fault(FORMS)),
        }
    }

    /// Whether it can last more than a day.
    pub(crate) const fn is_stretch(self) -> bool {
        matches!(self, Self::Stretch(..) | Self::OnceStretch(..))
    }

    /// Its days that begin in a year: a stretch over the new year is one of the year in which it begins.
    pub(crate) fn days(self, year: i16) -> Vec<Date> {
        let day = |(month, day)| Date::new(year, month, day).ok();
        let one = |date: Option<Date>| date.into_iter().collect();
        match self {
            Self::Yearly(month, d) => one(day((month, d))),
            Self::Easter(offset) => {
                one(easter(year).and_then(|e| e.checked_add(jiff::Span::new().days(offset)).ok()))
            }
            Self::Nth(nth, weekday, month) => {
                let n = match nth {
                    Nth::At(n) => i8::try_from(n).unwrap_or(1),
                    Nth::Last => -1,
                };
                one(day((month, 1)).and_then(|first| first.nth_weekday_of_month(n, weekday).ok()))
            }
            Self::Once(date) => one((date.year() == year).then_some(date)),
            Self::Stretch(first, last) => {
                let ends = if last < first { year.saturating_add(1) } else { year };
                // The 29th of February is its month's last day in other years.
                let held =
                    |year, (month, d)| Date::new(year, month, d).or_else(|_| Date::new(year, month, 28)).ok();
                held(year, first).zip(held(ends, last)).map(|(a, b)| all_days(a, b)).unwrap_or_default()
            }
            Self::OnceStretch(first, last) if first.year() == year => all_days(first, last),
            Self::OnceStretch(..) => Vec::new(),
        }
    }
}

fn easter_offset(word: &str) -> Option<i16> {
    let begins = word.get(..6).filter(|begins| begins.eq_ignore_ascii_case("easter"))?;
    let rest = word.get(begins.len()..)?;
    let number = |text: &str| words::number(text).and_then(|n| i16::try_from(n).ok());
    let offset = match (rest.strip_prefix('+'), rest.strip_prefix('-')) {
        (Some(after), _) => number(after)?,
        (_, Some(before)) => -number(before)?,
        _ => rest.is_empty().then_some(0)?,
    };
    AROUND_EASTER.contains(&offset).then_some(offset)
}

/// Days from a day to a later one.
pub(crate) fn days_from(first: Date, last: Date) -> i32 {
    first.until(last).map_or(0, |span| span.get_days())
}

fn all_days(first: Date, last: Date) -> Vec<Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day <= last).collect()
}

impl Holiday {
    /// The days on which it falls, of those that begin in a year, before it is moved: its single days, or its stretches.
    pub(crate) fn days(&self, year: i16, stretches: bool) -> Vec<Date> {
        if self.from.is_some_and(|from| year < from) || self.until.is_some_and(|until| until < year) {
            return Vec::new();
        }
        self.when
            .iter()
            .filter(|when| when.is_stretch() == stretches)
            .flat_map(|when| when.days(year))
            .collect()
    }
}
