//! Counting in working days.

use jiff::civil::Date;

use crate::{
    calendar::{Calendar, Looking},
    holiday::days_from,
    reckoned::{Reckoned, Unreckonable},
    words::{Nth, Roll},
};

/// The most days, working or not, that are counted over.
pub const MOST_DAYS: i32 = 73_000;
/// The most days on end on which nobody works; more is taken for a mistake in the calendar.
pub const MOST_DAYS_OFF: u32 = 1_000;

impl Calendar {
    /// The first working day after a day.
    pub fn next_working(&self, date: Date) -> Result<Reckoned<Date>, Unreckonable> {
        self.add_working(date, 1, Roll::AsIs)
    }

    /// The last working day before a day.
    pub fn previous_working(&self, date: Date) -> Result<Reckoned<Date>, Unreckonable> {
        self.add_working(date, -1, Roll::AsIs)
    }

    /// The nth working day after a day, or before it for a negative `n`; the day itself is day 0 and never counted.
    ///
    /// `zero` says what 0 working days from a day on which nobody works is, and bears on nothing else.
    pub fn add_working(&self, date: Date, n: i32, zero: Roll) -> Result<Reckoned<Date>, Unreckonable> {
        if n == 0 {
            return self.rolled(date, zero);
        }
        let value = self.walked(date, n)?;
        Ok(Reckoned { value, covered: self.covered(date, value) })
    }

    fn walked(&self, date: Date, n: i32) -> Result<Date, Unreckonable> {
        let mut looking = Looking::new(self);
        let (mut at, mut left, mut off) = (date, n.unsigned_abs(), 0);
        for _ in 0..MOST_DAYS {
            at = if n > 0 { at.tomorrow() } else { at.yesterday() }.map_err(|_| Unreckonable::TooFar)?;
            if looking.works(at) {
                (left, off) = (left.saturating_sub(1), 0);
            } else {
                off += 1;
            }
            if left == 0 {
                return Ok(at);
            }
            if off > MOST_DAYS_OFF {
                return Err(Unreckonable::NoWorkingDay);
            }
        }
        Err(Unreckonable::TooFar)
    }

    /// A day, moved where nobody works on it.
    pub fn rolled(&self, date: Date, roll: Roll) -> Result<Reckoned<Date>, Unreckonable> {
        let works = self.is_working(date);
        match roll {
            _ if works.value => Ok(works.map(|_| date)),
            Roll::AsIs => Ok(works.map(|_| date)),
            Roll::Following => self.next_working(date),
            Roll::Preceding => self.previous_working(date),
        }
    }

    /// How many working days lie after a day up to and including another; negative when the other is before it.
    ///
    /// So between(a, b) + between(b, c) = between(a, c), and from a day to its nth working day there are n.
    pub fn working_between(&self, from: Date, to: Date) -> Result<Reckoned<i32>, Unreckonable> {
        let (first, last) = (from.min(to), from.max(to));
        if days_from(first, last) > MOST_DAYS {
            return Err(Unreckonable::TooFar);
        }
        let mut looking = Looking::new(self);
        let (mut at, mut count) = (first, 0);
        while at < last {
            at = at.tomorrow().map_err(|_| Unreckonable::TooFar)?;
            count += i32::from(looking.works(at));
        }
        let value = if to < from { -count } else { count };
        Ok(Reckoned { value, covered: self.covered(from, to) })
    }

    /// A working day of a stretch of time, or the last that it has; none where it has none.
    pub(crate) fn nth_working(
        &self,
        first: Date,
        last: Date,
        nth: Nth,
    ) -> Result<Option<Date>, Unreckonable> {
        if days_from(first, last) > MOST_DAYS {
            return Err(Unreckonable::TooFar);
        }
        let mut looking = Looking::new(self);
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        let working = days.take_while(|day| *day <= last).filter(|day| looking.works(*day));
        Ok(match nth {
            Nth::Last => working.last(),
            Nth::At(n) => working.take(usize::from(n.max(1))).last(),
        })
    }
}
