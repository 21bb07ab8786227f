//! What recurs, written in words: what may be written, and on which days it falls.
//!
//! ```text
//! every working day                     every 3 days
//! every week on monday and thursday     every other week on friday
//! every month on the 1st and 15th       every month on the first monday, preceding
//! every month on the last working day   every 3 months on the 31st until 2027-12-31
//! every year on 12-01, preceding        every monday 10 times
//! ```
//!
//! A day on which nobody works moves to the following working day unless the end says otherwise; two that meet on one day are
//! one. A day that a month doesn't have is its last; a fifth Monday that it doesn't have is none. `until` is asked of the day
//! before it is moved; `times` counts those that remain.

use std::fmt;

use jiff::{
    Span,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    days::MOST_DAYS,
    holiday::days_from,
    reckoned::{Covered, Unreckonable},
    rule::due::on_day,
    words::{self, Nth, Roll, TextError, Words},
};

/// What recurs, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Recurrence {
    pattern: Pattern,
    every: u16,
    ends: Ends,
    roll: Roll,
}

/// On which days something recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Every so many days.
    Daily,
    /// Every day on which anybody works.
    WorkingDaily,
    /// On days of the week, in their order from Monday.
    Weekly(Vec<Weekday>),
    /// On days of the month.
    Monthly(Monthly),
    /// On a day of the year; 02-29 is the 28th in other years.
    Yearly {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
}

/// On which days of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Monthly {
    /// By number, in their order.
    Days(Vec<i8>),
    /// By day of the week.
    Weekday(Nth, Weekday),
    /// By working day; where it has fewer, the last that it has.
    WorkingDay(Nth),
}

/// When it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// It doesn't.
    Never,
    /// After this day.
    Until(Date),
    /// After so many times.
    Times(u16),
}

/// Once of what recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The day by the pattern; it identifies the occurrence.
    pub nominal: Date,
    /// The day on which it is.
    pub day: Date,
    /// Whether the calendar covers it.
    pub covered: Covered,
}

/// Days before what is asked for from which is looked: no day is moved farther.
const SLACK: i32 = 1_100;
const ON: &str = "a day such as `15th`, `first monday` or `last working day`";
const WHAT: &str = "`day`, `working day`, `week`, `month`, `year` or a day of the week";

impl Recurrence {
    /// Reads what recurs. A mistake is told with its place and with what may stand there.
    pub fn read(text: &str) -> Result<Self, TextError> {
        let mut words = Words::new(text)?;
        words.want("every", "`every`")?;
        let (pattern, every) = read_pattern(&mut words)?;
        let ends = if words.take("until") {
            Ends::Until(words.read("a day such as `2027-12-31`", words::date)?)
        } else if let Some(times) = words.peek().and_then(words::number) {
            let times = u16::try_from(times).ok().filter(|n| (1..=10_000).contains(n));
            let times = words.read("a number from 1 to 10000", |_| times)?;
            if !words.take("time") {
                words.want("times", "`times`")?;
            }
            Ends::Times(times)
        } else {
            Ends::Never
        };
        let always_working =
            matches!(pattern, Pattern::WorkingDaily | Pattern::Monthly(Monthly::WorkingDay(_)));
        let roll = if always_working {
            words.end()?;
            Roll::Following
        } else {
            words.ending(Roll::Following)?
        };
        Ok(Self { pattern, every, ends, roll })
    }

    /// On which days.
    pub const fn pattern(&self) -> &Pattern {
        &self.pattern
    }
    /// Every how many days, weeks, months or years.
    pub const fn every(&self) -> u16 {
        self.every
    }
    /// When it ends.
    pub const fn ends(&self) -> Ends {
        self.ends
    }
    /// What becomes of a day on which nobody works.
    pub const fn roll(&self) -> Roll {
        self.roll
    }

    /// The first time after a day of what recurs from a start on; none once it has ended.
    pub fn next(
        &self,
        start: Date,
        after: Date,
        calendar: &Calendar,
    ) -> Result<Option<Occurrence>, Unreckonable> {
        self.take(start, after, 1, calendar).map(|all| all.into_iter().next())
    }

    /// The first few times after a day; fewer once it has ended. To have those of the start, ask after the day before it.
    pub fn take(
        &self,
        start: Date,
        after: Date,
        most: usize,
        calendar: &Calendar,
    ) -> Result<Vec<Occurrence>, Unreckonable> {
        let mut all = Vec::new();
        let (mut last, mut count) = (None, 0_u32);
        let begins = if matches!(self.ends, Ends::Times(_)) { 0 } else { self.before(start, after) };
        for k in begins..begins.saturating_add(i64::from(MOST_DAYS)) {
            let Some(days) = self.of_period(start, k, calendar)? else { return Ok(all) };
            for nominal in days {
                let over = match self.ends {
                    Ends::Until(until) => until < nominal,
                    Ends::Times(times) => count >= u32::from(times),
                    Ends::Never => false,
                };
                if over || all.len() >= most {
                    return Ok(all);
                }
                let rolled = calendar.rolled(nominal, self.roll)?;
                let day = rolled.value;
                if nominal < start || day < start || last == Some(day) {
                    continue;
                }
                last = Some(day);
                count = count.saturating_add(1);
                if day > after {
                    all.push(Occurrence { nominal, day, covered: rolled.covered });
                }
            }
        }
        Err(Unreckonable::TooFar)
    }

    /// A period whose days are surely before what is asked for.
    fn before(&self, start: Date, after: Date) -> i64 {
        let days = i64::from(days_from(start, after) - SLACK).max(0);
        let longest = match self.pattern {
            Pattern::Daily | Pattern::WorkingDaily => 1,
            Pattern::Weekly(_) => 7,
            Pattern::Monthly(_) => 31,
            Pattern::Yearly { .. } => 366,
        };
        days / (longest * i64::from(self.every.max(1)))
    }

    /// The days of the kth period, in their order; none at the end of time.
    fn of_period(&self, start: Date, k: i64, calendar: &Calendar) -> Result<Option<Vec<Date>>, Unreckonable> {
        let k = k.saturating_mul(i64::from(self.every));
        let plus =
            |from: Date, span: Result<Span, jiff::Error>| span.and_then(|span| from.checked_add(span)).ok();
        Ok(match &self.pattern {
            Pattern::Daily => plus(start, Span::new().try_days(k)).map(|day| vec![day]),
            Pattern::WorkingDaily => plus(start, Span::new().try_days(k))
                .map(|day| if calendar.is_working(day).value { vec![day] } else { Vec::new() }),
            Pattern::Weekly(weekdays) => {
                let since = i64::from(start.weekday().to_monday_zero_offset());
                let days = weekdays.iter().map(|weekday| {
                    let offset = i64::from(weekday.to_monday_zero_offset());
                    plus(start, Span::new().try_days(k.saturating_mul(7).saturating_add(offset - since)))
                });
                days.collect()
            }
            Pattern::Monthly(monthly) => {
                let first = plus(start.first_of_month(), Span::new().try_months(k));
                let days = first.map(|first| monthly.days(first, calendar)).transpose()?;
                days.map(|mut days| {
                    days.dedup();
                    days
                })
            }
            Pattern::Yearly { month, day } => {
                let year = plus(start.first_of_year(), Span::new().try_years(k));
                let first = year.and_then(|year| Date::new(year.year(), *month, 1).ok());
                first.and_then(|first| on_day(first, *day)).map(|day| vec![day])
            }
        })
    }
}

impl Monthly {
    fn days(&self, first: Date, calendar: &Calendar) -> Result<Vec<Date>, Unreckonable> {
        Ok(match self {
            Self::Days(days) => days.iter().filter_map(|day| on_day(first, *day)).collect(),
            Self::Weekday(nth, weekday) => {
                let n = match nth {
                    Nth::At(n) => i8::try_from(*n).unwrap_or(1),
                    Nth::Last => -1,
                };
                first.nth_weekday_of_month(n, *weekday).into_iter().collect()
            }
            Self::WorkingDay(nth) => {
                calendar.nth_working(first, first.last_of_month(), *nth)?.into_iter().collect()
            }
        })
    }
}

fn read_pattern(words: &mut Words<'_>) -> Result<(Pattern, u16), TextError> {
    if words.take("working day") {
        return Ok((Pattern::WorkingDaily, 1));
    }
    if words.peek().and_then(words::weekday).is_some() {
        return Ok((Pattern::Weekly(weekdays(words)?), 1));
    }
    let every = if words.take("other") {
        2
    } else if words.peek().and_then(words::number).is_some() {
        words.read("a number from 1 to 1000", |word| {
            words::number(word).filter(|n| (1..=1_000).contains(n)).and_then(|n| u16::try_from(n).ok())
        })?
    } else {
        1
    };
    let mut unit = |one: &str, more: &str| words.take(one) || words.take(more);
    if unit("day", "days") {
        return Ok((Pattern::Daily, every));
    }
    if unit("week", "weeks") {
        words.want("on", "`on`")?;
        return Ok((Pattern::Weekly(weekdays(words)?), every));
    }
    if unit("month", "months") {
        words.want("on the", "`on the`")?;
        return Ok((Pattern::Monthly(monthly(words)?), every));
    }
    if unit("year", "years") {
        words.want("on", "`on`")?;
        let (month, day) = words.read("a day such as `12-01`", words::month_day)?;
        return Ok((Pattern::Yearly { month, day }, every));
    }
    Err(words.fault(WHAT))
}

fn weekdays(words: &mut Words<'_>) -> Result<Vec<Weekday>, TextError> {
    let mut days = words.listed("a day of the week", words::weekday)?;
    days.sort_unstable_by_key(|day| day.to_monday_zero_offset());
    Ok(days)
}

fn monthly(words: &mut Words<'_>) -> Result<Monthly, TextError> {
    if let Some(nth) = words.nth() {
        if words.take("working day") {
            return Ok(Monthly::WorkingDay(nth));
        }
        let weekday = words.read("`working day` or a day of the week", words::weekday)?;
        return Ok(Monthly::Weekday(nth, weekday));
    }
    let mut days = words.listed(ON, words::day_of_month)?;
    days.sort_unstable();
    Ok(Monthly::Days(days))
}

/// As it is written; read again it is the same.
impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let each = |one: &str| match self.every {
            0 | 1 => format!("every {one}"),
            n => format!("every {n} {one}s"),
        };
        match &self.pattern {
            Pattern::Daily => f.write_str(&each("day"))?,
            Pattern::WorkingDaily => f.write_str("every working day")?,
            Pattern::Weekly(days) => {
                let days: Vec<String> = days.iter().map(|day| words::weekday_text(*day).to_owned()).collect();
                write!(f, "{} on {}", each("week"), words::list(&days))?;
            }
            Pattern::Monthly(monthly) => write!(f, "{} on the {monthly}", each("month"))?,
            Pattern::Yearly { month, day } => write!(f, "{} on {month:02}-{day:02}", each("year"))?,
        }
        match self.ends {
            Ends::Never => {}
            Ends::Until(day) => write!(f, " until {day}")?,
            Ends::Times(1) => f.write_str(" 1 time")?,
            Ends::Times(n) => write!(f, " {n} times")?,
        }
        if self.roll != Roll::Following {
            write!(f, ", {}", self.roll.text())?;
        }
        Ok(())
    }
}

impl fmt::Display for Monthly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => {
                let days: Vec<String> = days.iter().map(|day| words::ordinal(*day)).collect();
                f.write_str(&words::list(&days))
            }
            Self::Weekday(nth, weekday) => write!(f, "{nth} {}", words::weekday_text(*weekday)),
            Self::WorkingDay(nth) => write!(f, "{nth} working day"),
        }
    }
}

impl TryFrom<String> for Recurrence {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::read(&text)
    }
}

impl std::str::FromStr for Recurrence {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::read(text)
    }
}

impl From<Recurrence> for String {
    fn from(recurrence: Recurrence) -> Self {
        recurrence.to_string()
    }
}
