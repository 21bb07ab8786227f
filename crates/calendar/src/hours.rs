//! When a day opens and closes, and the time in between.

use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, Looking},
    days::{MOST_DAYS, MOST_DAYS_OFF},
    holiday::days_from,
    reckoned::{Covered, Reckoned, Unreckonable},
};

/// From when to when anybody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// When work begins.
    pub opens: Time,
    /// Close of business.
    pub closes: Time,
}

impl Hours {
    /// The same, closing early.
    pub(crate) fn until(self, closes: Time) -> Self {
        Self { closes: self.closes.min(closes), ..self }
    }
}

/// Time at work between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worked {
    /// Working days after the day of the first, up to and including that of the second.
    pub days: i32,
    /// Seconds while anybody works.
    pub seconds: i64,
}

/// A time of the wall clock on a day: in a gap as much later as the gap is wide, in a fold the first of the two.
pub(crate) fn moment(date: Date, time: Time, zone: &TimeZone) -> Result<Zoned, Unreckonable> {
    let ambiguous = zone.to_ambiguous_zoned(date.to_datetime(time));
    ambiguous.compatible().map_err(|_| Unreckonable::TooFar)
}

impl Calendar {
    /// When a day opens; none on a day on which nobody works.
    pub fn open(&self, date: Date) -> Result<Reckoned<Option<Zoned>>, Unreckonable> {
        self.at_hour(date, |hours| hours.opens)
    }

    /// Close of business of a day; none on a day on which nobody works.
    pub fn close(&self, date: Date) -> Result<Reckoned<Option<Zoned>>, Unreckonable> {
        self.at_hour(date, |hours| hours.closes)
    }

    fn at_hour(
        &self,
        date: Date,
        which: impl Fn(Hours) -> Time,
    ) -> Result<Reckoned<Option<Zoned>>, Unreckonable> {
        let hours = Looking::new(self).hours(date);
        let value = hours.map(|hours| moment(date, which(hours), &self.zone)).transpose()?;
        Ok(Reckoned { value, covered: self.covered(date, date) })
    }

    /// Close of business, on a day on which nobody works that of an ordinary one.
    pub(crate) fn close_or_usual(&self, date: Date) -> Result<Timestamp, Unreckonable> {
        let hours = Looking::new(self).hours(date).unwrap_or(self.week.usual);
        Ok(moment(date, hours.closes, &self.zone)?.timestamp())
    }

    /// The day of a moment.
    pub fn date_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// From when to when a day is worked.
    fn worked_on(
        &self,
        looking: &mut Looking<'_>,
        date: Date,
    ) -> Result<Option<(Timestamp, Timestamp)>, Unreckonable> {
        let Some(hours) = looking.hours(date) else { return Ok(None) };
        let at = |time| moment(date, time, &self.zone).map(|zoned| zoned.timestamp());
        let (opens, closes) = (at(hours.opens)?, at(hours.closes)?);
        Ok((opens < closes).then_some((opens, closes)))
    }

    /// Time at work from a moment to another; negative when the other is before it.
    pub fn worked(&self, from: Timestamp, to: Timestamp) -> Result<Reckoned<Worked>, Unreckonable> {
        let (first, last) = (self.date_of(from.min(to)), self.date_of(from.max(to)));
        if days_from(first, last) > MOST_DAYS {
            return Err(Unreckonable::TooFar);
        }
        let mut looking = Looking::new(self);
        let (mut at, mut time, mut days) = (first, SignedDuration::ZERO, 0);
        loop {
            if let Some((opens, closes)) = self.worked_on(&mut looking, at)? {
                let (begins, ends) = (opens.max(from.min(to)), closes.min(from.max(to)));
                time = time.saturating_add(begins.duration_until(ends).max(SignedDuration::ZERO));
            }
            days += i32::from(at != first && looking.works(at));
            if at >= last {
                break;
            }
            at = at.tomorrow().map_err(|_| Unreckonable::TooFar)?;
        }
        let sign = if to < from { -1 } else { 1 };
        let value = Worked { days: days * sign, seconds: time.as_secs() * i64::from(sign) };
        Ok(Reckoned { value, covered: self.covered(first, last) })
    }

    /// The moment so many seconds at work after a moment, or before it for a negative number.
    ///
    /// What is full at close of business is due then, not at the next opening; and likewise backwards.
    pub fn add_worked(&self, from: Timestamp, seconds: i64) -> Result<Reckoned<Timestamp>, Unreckonable> {
        let mut looking = Looking::new(self);
        let mut left = SignedDuration::from_secs(seconds).abs();
        let (first, mut off) = (self.date_of(from), 0);
        let mut at = first;
        for _ in 0..MOST_DAYS {
            let span = self.worked_on(&mut looking, at)?;
            off = if span.is_some() { 0 } else { off + 1 };
            if off > MOST_DAYS_OFF {
                return Err(Unreckonable::NoWorkingDay);
            }
            if let Some((opens, closes)) = span {
                let (begins, ends) =
                    if seconds < 0 { (opens, closes.min(from)) } else { (opens.max(from), closes) };
                let here = begins.duration_until(ends).max(SignedDuration::ZERO);
                if left <= here {
                    let value = if seconds < 0 { ends.checked_sub(left) } else { begins.checked_add(left) };
                    let value = value.map_err(|_| Unreckonable::TooFar)?;
                    return Ok(Reckoned { value, covered: self.covered(first, at) });
                }
                left = left.saturating_sub(here);
            }
            at =
                if seconds < 0 { at.yesterday() } else { at.tomorrow() }.map_err(|_| Unreckonable::TooFar)?;
        }
        Err(Unreckonable::TooFar)
    }

    /// Whether two days are covered, and what lies between.
    pub(crate) fn covered_all(&self, days: &[Date]) -> Covered {
        let first = days.iter().min();
        first.zip(days.iter().max()).map_or(Covered::Yes, |(first, last)| self.covered(*first, *last))
    }
}
