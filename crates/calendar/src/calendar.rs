//! The calendar of a body: which days it works, and why not on the others.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::{
    civil::{Date, Weekday},
    tz::TimeZone,
};

use crate::{
    holiday::{Holiday, Names},
    hours::Hours,
    reckoned::{Covered, Reckoned},
    words::Roll,
};

/// The hours of each day of the week, and those of a day that has none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Week {
    /// From Monday; none on a day on which nobody works.
    pub(crate) days: [Option<Hours>; 7],
    pub(crate) usual: Hours,
}

impl Week {
    pub(crate) fn on(&self, weekday: Weekday) -> Option<Hours> {
        let at = usize::try_from(weekday.to_monday_zero_offset()).ok()?;
        self.days.get(at).copied().flatten()
    }
}

/// What is of one day, when it isn't a working day like others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    holiday: usize,
    instead_of: Option<Date>,
}

/// The days of one year that are out of the ordinary.
#[derive(Debug, Clone, Default)]
struct Year {
    off: BTreeMap<Date, Mark>,
    half: BTreeMap<Date, usize>,
}

/// When a body works.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub(crate) code: String,
    pub(crate) names: Names,
    pub(crate) zone: TimeZone,
    pub(crate) week: Week,
    pub(crate) holidays: Vec<Holiday>,
    pub(crate) covers: (i16, i16),
    years: BTreeMap<i16, Year>,
}

/// A day of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// Which.
    pub date: Date,
    /// Whether anybody works.
    pub kind: Kind<'a>,
}

/// Whether anybody works on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Yes.
    Working {
        /// From when to when.
        hours: Hours,
        /// Why it closes early, if it does.
        half: Option<&'a Names>,
    },
    /// No.
    Off(Off<'a>),
}

/// Why nobody works. A holiday that falls on a Sunday is told as the holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off<'a> {
    /// It is such a day of the week.
    Week,
    /// It is a holiday, or within a closure.
    Holiday {
        /// Its code in the calendar's file.
        id: &'a str,
        /// How it is called.
        names: &'a Names,
        /// The day that it stands for, where that is one on which nobody works anyway.
        instead_of: Option<Date>,
    },
}

impl Day<'_> {
    /// Whether anybody works.
    pub const fn is_working(&self) -> bool {
        matches!(self.kind, Kind::Working { .. })
    }
}

/// Years before and after those that are covered of which the days are kept at hand too.
const AROUND: i16 = 10;
/// How far a holiday is moved at most (days).
const FARTHEST: usize = 60;

impl Calendar {
    /// Of what was read and checked.
    pub(crate) fn new(
        code: String,
        names: Names,
        zone: TimeZone,
        week: Week,
        holidays: Vec<Holiday>,
        covers: (i16, i16),
    ) -> Self {
        let mut calendar = Self { code, names, zone, week, holidays, covers, years: BTreeMap::new() };
        let kept = covers.0.saturating_sub(AROUND)..=covers.1.saturating_add(AROUND);
        calendar.years = kept.map(|year| (year, calendar.year(year))).collect();
        calendar
    }

    /// Its code, by which others name it.
    pub fn code(&self) -> &str {
        &self.code
    }
    /// Its name.
    pub const fn names(&self) -> &Names {
        &self.names
    }
    /// The zone in which its days begin and end.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }
    /// The first and the last year for which it is kept.
    pub const fn covers(&self) -> (i16, i16) {
        self.covers
    }

    /// Whether the years between two days, in either order, are covered.
    pub fn covered(&self, one: Date, other: Date) -> Covered {
        let (first, last) = (one.year().min(other.year()), one.year().max(other.year()));
        if first < self.covers.0 {
            Covered::Not(first)
        } else if last > self.covers.1 {
            Covered::Not(last.min(first.max(self.covers.1.saturating_add(1))))
        } else {
            Covered::Yes
        }
    }

    /// Whether anybody works on a day, and why not.
    pub fn day(&self, date: Date) -> Reckoned<Day<'_>> {
        let (off, half) = match self.years.get(&date.year()) {
            Some(year) => (year.off.get(&date).copied(), year.half.get(&date).copied()),
            None => {
                let year = self.year(date.year());
                (year.off.get(&date).copied(), year.half.get(&date).copied())
            }
        };
        let holiday = |at: usize| self.holidays.get(at);
        let kind = match (
            off.and_then(|mark| holiday(mark.holiday).zip(Some(mark))),
            self.week.on(date.weekday()),
        ) {
            (Some((holiday, mark)), _) => Kind::Off(Off::Holiday {
                id: &holiday.id,
                names: &holiday.names,
                instead_of: mark.instead_of,
            }),
            (None, None) => Kind::Off(Off::Week),
            (None, Some(hours)) => {
                let half = half.and_then(holiday);
                let hours = half.and_then(|half| half.closes).map_or(hours, |closes| hours.until(closes));
                Kind::Working { hours, half: half.map(|half| &half.names) }
            }
        };
        Reckoned { value: Day { date, kind }, covered: self.covered(date, date) }
    }

    /// Whether anybody works on a day.
    pub fn is_working(&self, date: Date) -> Reckoned<bool> {
        self.day(date).map(|day| day.is_working())
    }

    /// The days of a year on which nobody works that are more than such days of the week, in their order.
    pub fn holidays(&self, year: i16) -> Vec<Day<'_>> {
        let days = self.years.get(&year).map_or_else(|| Cow::Owned(self.year(year)), Cow::Borrowed);
        days.off.keys().map(|date| self.day(*date).value).collect()
    }

    fn year(&self, year: i16) -> Year {
        let mut off: BTreeMap<Date, Mark> = BTreeMap::new();
        let mut half: BTreeMap<Date, usize> = BTreeMap::new();
        let mut to_move: Vec<(Date, usize)> = Vec::new();
        // The neighbours too: a closure begins in one year and ends in the next, and a day may be moved over the new year.
        let years = [year.saturating_sub(1), year, year.saturating_add(1)];
        let all =
            || years.into_iter().flat_map(|of| self.holidays.iter().enumerate().map(move |one| (of, one)));
        // A day with a name of its own keeps it within a closure.
        for (stretch, (of, (at, holiday))) in
            [false, true].into_iter().flat_map(|stretch| all().map(move |one| (stretch, one)))
        {
            for date in holiday.days(of, stretch) {
                if holiday.closes.is_some() {
                    half.entry(date).or_insert(at);
                    continue;
                }
                if self.week.on(date.weekday()).is_none() && holiday.weekend != Roll::AsIs {
                    to_move.push((date, at));
                }
                off.entry(date).or_insert(Mark { holiday: at, instead_of: None });
            }
        }
        to_move.sort_unstable();
        for (date, at) in to_move {
            let forward = self.holidays.get(at).is_some_and(|holiday| holiday.weekend == Roll::Following);
            let step = |day: &Date| if forward { day.tomorrow() } else { day.yesterday() }.ok();
            let free = std::iter::successors(Some(date), step)
                .take(FARTHEST)
                .find(|day| self.week.on(day.weekday()).is_some() && !off.contains_key(day));
            if let Some(day) = free {
                off.insert(day, Mark { holiday: at, instead_of: Some(date) });
            }
        }
        off.retain(|date, _| date.year() == year);
        half.retain(|date, _| date.year() == year && !off.contains_key(date));
        Year { off, half }
    }
}

/// A calendar looked at day by day: a year that isn't at hand is made once, not once a day.
pub(crate) struct Looking<'a> {
    calendar: &'a Calendar,
    year: Option<(i16, Cow<'a, Year>)>,
}

impl<'a> Looking<'a> {
    pub(crate) const fn new(calendar: &'a Calendar) -> Self {
        Self { calendar, year: None }
    }

    /// From when to when anybody works on a day; none: nobody does.
    pub(crate) fn hours(&mut self, date: Date) -> Option<Hours> {
        let hours = self.calendar.week.on(date.weekday())?;
        let calendar = self.calendar;
        if self.year.as_ref().is_none_or(|(year, _)| *year != date.year()) {
            let days = calendar.years.get(&date.year());
            let days = days.map_or_else(|| Cow::Owned(calendar.year(date.year())), Cow::Borrowed);
            self.year = Some((date.year(), days));
        }
        let (_, year) = self.year.as_ref()?;
        if year.off.contains_key(&date) {
            return None;
        }
        let half = year.half.get(&date).and_then(|at| calendar.holidays.get(*at));
        Some(half.and_then(|half| half.closes).map_or(hours, |closes| hours.until(closes)))
    }

    pub(crate) fn works(&mut self, date: Date) -> bool {
        self.hours(date).is_some()
    }
}
