//! How figures are made of rows: which week, whose unit, how late, how long it took.

use std::collections::BTreeMap;

use calendar::Calendar;
use jiff::{ToSpan, civil::Date};
use registry::{Timestamp, authorisation::Role, cases::Doer, id::PostId, organisation::Unit};
use store::figures::{Done, Open};

use super::{Age, Counts, Figures, FiguresAsked, Load, Week};
use crate::cases::Eyes;

/// The moments by which tasks of a calendar are late by six working days and by twenty-one.
pub(super) struct Marks {
    pub(super) procedures: Vec<String>,
    pub(super) six: Timestamp,
    pub(super) more: Timestamp,
}

/// The moment before which something was due that is late by so many working days.
pub(super) fn mark(calendar: &Calendar, today: Date, days: u32) -> Option<Timestamp> {
    let (mut day, mut left) = (today, days);
    // A week has a working day, or the calendar was not read.
    for _ in 0..days.saturating_mul(7).saturating_add(400) {
        if left == 0 {
            break;
        }
        left -= u32::from(calendar.is_working(day).value);
        day = day.yesterday().ok()?;
    }
    let after = day.tomorrow().ok()?.to_zoned(calendar.zone().clone()).ok()?;
    Some(Timestamp::from_micros(after.timestamp().as_microsecond()))
}

/// Working days up to each day of a stretch of time.
pub(super) struct Worked {
    first: Date,
    counts: Vec<u32>,
}

impl Worked {
    pub(super) fn of(calendar: &Calendar, first: Date, last: Date) -> Self {
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        let mut sum = 0_u32;
        let counts = days
            .take_while(|day| *day <= last)
            .map(|day| {
                sum += u32::from(calendar.is_working(day).value);
                sum
            })
            .collect();
        Self { first, counts }
    }

    /// As [`Calendar::working_between`], for days within.
    pub(super) fn between(&self, from: Date, to: Date) -> u32 {
        let at = |day: Date| {
            let place = self.first.until(day).map(|span| span.get_days()).unwrap_or(0);
            self.counts.get(usize::try_from(place).unwrap_or(0)).copied().unwrap_or(0)
        };
        at(to).saturating_sub(at(from))
    }
}

/// The median and the ninetieth hundredth, by nearest rank.
pub(super) fn ranks(mut took: Vec<u32>) -> Option<(u32, u32)> {
    took.sort_unstable();
    let rank = |hundredths: usize| {
        let place = (took.len() * hundredths).div_ceil(100).max(1);
        took.get(place - 1).copied()
    };
    Some((rank(50)?, rank(90)?))
}

/// Somebody as the tables name him.
fn read(text: &str) -> Option<Doer> {
    let role = |name| Role::ALL.iter().find(|role| role.as_str() == name).map(|role| Doer::Role(*role));
    match text.strip_prefix("role:") {
        Some(name) => role(name),
        None if text == "anyone" => Some(Doer::Anyone),
        None => text.parse().ok(),
    }
}

fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

fn weeks(from: Date, until: Date) -> Vec<Week> {
    let mondays = std::iter::successors(Some(monday(from)), |day| day.checked_add(7.days()).ok());
    let week = |monday| Week { monday, opened: 0, ended: 0 };
    mondays.take_while(|day| *day <= until).map(week).collect()
}

/// Figures that are being made.
pub(super) struct Made<'a> {
    eyes: &'a Eyes,
    marks: Vec<Marks>,
    pub(super) asked: &'a FiguresAsked,
    zone: &'a jiff::tz::TimeZone,
    pub(super) all: Counts,
    pub(super) procedures: BTreeMap<String, Counts>,
    units: Vec<(Unit, Counts)>,
    /// The place of the unit in which a post stands.
    unit_of: BTreeMap<PostId, usize>,
    loads: BTreeMap<String, (u64, u64)>,
    weeks: Vec<Week>,
}

impl<'a> Made<'a> {
    pub(super) fn new(
        eyes: &'a Eyes,
        marks: Vec<Marks>,
        asked: &'a FiguresAsked,
        zone: &'a jiff::tz::TimeZone,
    ) -> Self {
        let organisation = &eyes.organisation;
        let mut under: Vec<&Unit> = match asked.unit {
            Some(unit) => organisation.directly_below(unit),
            None => organisation.units().into_iter().filter(|unit| unit.parent.is_none()).collect(),
        };
        // One head of everything says nothing: those below it do.
        if let ([one], None) = (under.as_slice(), asked.unit) {
            under = organisation.directly_below(one.id);
        }
        under.sort_by(|a, b| a.code.cmp(&b.code));
        let mut unit_of = BTreeMap::new();
        for (place, unit) in under.iter().enumerate() {
            let posts = organisation.below(unit.id).into_iter().flat_map(|unit| organisation.posts_in(unit));
            unit_of.extend(posts.map(|post| (post.id, place)));
        }
        let units = under.into_iter().map(|unit| (unit.clone(), Counts::default())).collect();
        Self {
            eyes,
            marks,
            asked,
            zone,
            all: Counts::default(),
            procedures: BTreeMap::new(),
            units,
            unit_of,
            loads: BTreeMap::new(),
            weeks: weeks(asked.from, asked.until),
        }
    }

    pub(super) fn both(&mut self, procedure: &str, count: impl Fn(&mut Counts)) {
        count(&mut self.all);
        count(self.procedures.entry(procedure.to_owned()).or_default());
    }

    fn unit(&mut self, owner: &str) -> Option<&mut Counts> {
        let Ok(Doer::Post(post)) = owner.parse() else { return None };
        let place = *self.unit_of.get(&post)?;
        self.units.get_mut(place).map(|(_, counts)| counts)
    }

    pub(super) fn week(&mut self, at: Timestamp, count: impl Fn(&mut Week)) {
        let monday = monday(at.date(self.zone));
        if let Ok(place) = self.weeks.binary_search_by(|week| week.monday.cmp(&monday)) {
            self.weeks.get_mut(place).into_iter().for_each(count);
        }
    }

    pub(super) fn opened(&mut self, opened: &[(String, Timestamp, Timestamp)]) {
        for (procedure, at, _) in opened {
            self.both(procedure, |counts| counts.opened += 1);
            self.week(*at, |week| week.opened += 1);
        }
    }

    fn age(&self, open: &Open) -> Option<Age> {
        let marks = self.marks.iter().find(|marks| marks.procedures.contains(&open.procedure))?;
        match open.due {
            due if due >= self.eyes.now => None,
            due if due >= marks.six => Some(Age::Fresh),
            due if due >= marks.more => Some(Age::Aged),
            _ => Some(Age::Old),
        }
    }

    pub(super) fn tasks(&mut self, open: &[Open], done: &[Done]) {
        for one in open {
            let age = self.age(one);
            self.both(&one.procedure, |counts| counts.opens(one, age));
            if let Some(counts) = self.unit(&one.owner) {
                counts.opens(one, age);
            }
            let load = self.loads.entry(one.doer.clone()).or_default();
            load.0 += one.count;
            load.1 += if age.is_some() { one.count } else { 0 };
        }
        for one in done {
            self.both(&one.procedure, |counts| counts.does(one));
            if let Some(counts) = self.unit(&one.owner) {
                counts.does(one);
            }
        }
    }

    pub(super) fn figures(self) -> Figures {
        let eyes = self.eyes;
        let named = self.loads.into_iter().filter_map(|(doer, (open, late))| {
            let doer = read(&doer)?;
            Some(Load { who: eyes.name(doer), open, late })
        });
        let mut loads: Vec<Load> = named.collect();
        loads.sort_by(|a, b| (b.open, &a.who.code, a.who.doer).cmp(&(a.open, &b.who.code, b.who.doer)));
        let some = |(_, counts): &(Unit, Counts)| *counts != Counts::default();
        Figures {
            all: self.all,
            procedures: self.procedures.into_iter().collect(),
            units: self.units.into_iter().filter(some).collect(),
            loads,
            weeks: self.weeks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_the_nearest() {
        assert_eq!(ranks(vec![]), None);
        assert_eq!(ranks(vec![4]), Some((4, 4)));
        assert_eq!(ranks(vec![9, 1, 2, 3]), Some((2, 9)));
        assert_eq!(ranks((1..=10).collect()), Some((5, 9)));
        assert_eq!(ranks((1..=100).collect()), Some((50, 90)));
    }

    #[test]
    fn weeks_begin_with_the_monday_of_the_first_day() {
        let day = |m, d| Date::new(2026, m, d).unwrap();
        let all = weeks(day(11, 1), day(11, 9));
        let mondays: Vec<Date> = all.iter().map(|week| week.monday).collect();
        assert_eq!(mondays, [day(10, 26), day(11, 2), day(11, 9)]);
    }
}
