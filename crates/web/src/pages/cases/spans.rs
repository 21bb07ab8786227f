//! Stretches of days, units and people as the addresses of lists and figures have them.

use jiff::{ToSpan, civil::Date};
use office::texts::Voice;
use registry::{id::UnitId, organisation::Organisation};

/// A stretch of days: `2026-11-01..2026-11-30`; none where it is none.
pub fn days(text: &str) -> Option<(Date, Date)> {
    let (from, until) = text.split_once("..")?;
    let (from, until): (Date, Date) = (from.parse().ok()?, until.parse().ok()?);
    (from <= until).then_some((from, until))
}

/// As [`days`] reads it.
pub fn written((from, until): (Date, Date)) -> String {
    format!("{from}..{until}")
}

/// In words.
pub fn told(say: Voice<'_>, (from, until): (Date, Date)) -> String {
    if from == until {
        return say.date(from);
    }
    say.tr("cases-days", &[("from", say.date(from).into()), ("until", say.date(until).into())])
}

/// The unit with a code.
pub fn unit_of(organisation: &Organisation, code: &str) -> Option<UnitId> {
    organisation.unit_by_code(code.trim()).map(|unit| unit.id)
}

/// The units of a day as they are chosen from: code and name, each after the one above it.
pub fn units(say: Voice<'_>, organisation: &Organisation, day: Date) -> Vec<(String, String)> {
    let roots = organisation.units().into_iter().filter(|unit| unit.parent.is_none());
    let all = roots.flat_map(|unit| organisation.below(unit.id));
    let units = all.filter_map(|id| organisation.unit(id)).filter(|unit| unit.days.has(day));
    let row = |unit: &registry::organisation::Unit| {
        let name = unit.names.in_language(say.language().tag());
        (unit.code.clone(), format!("{} · {name}", unit.code))
    };
    units.map(row).collect()
}

/// A stretch of days that is chosen by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// From a day until another.
    Days,
}

impl Period {
    /// All that have a name.
    pub const NAMED: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The one with a name.
    pub fn of(text: &str) -> Option<Self> {
        [Self::Week, Self::Month, Self::Quarter, Self::Year, Self::Days]
            .into_iter()
            .find(|period| period.text() == text)
    }

    /// As addresses and texts have it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Days => "days",
        }
    }

    /// The stretch in which a day is; of [`Period::Days`] that day.
    pub fn around(self, day: Date) -> (Date, Date) {
        let first = |month: i8| Date::new(day.year(), month, 1).unwrap_or(day);
        let months = |first: Date, n: i32| {
            let next = first.checked_add(n.months()).unwrap_or(first);
            (first, next.yesterday().unwrap_or(first))
        };
        match self {
            Self::Days => (day, day),
            Self::Week => {
                let back = i32::from(day.weekday().to_monday_zero_offset());
                let monday = day.checked_sub(back.days()).unwrap_or(day);
                (monday, monday.checked_add(6.days()).unwrap_or(day))
            }
            Self::Month => months(day.first_of_month(), 1),
            Self::Quarter => months(first((day.month() - 1) / 3 * 3 + 1), 3),
            Self::Year => months(first(1), 12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_the_one_in_which_a_day_is() {
        let day = |y, m, d| Date::new(y, m, d).unwrap();
        let at = day(2026, 11, 23);
        assert_eq!(Period::Week.around(at), (day(2026, 11, 23), day(2026, 11, 29)));
        assert_eq!(Period::Month.around(at), (day(2026, 11, 1), day(2026, 11, 30)));
        assert_eq!(Period::Quarter.around(at), (day(2026, 10, 1), day(2026, 12, 31)));
        assert_eq!(Period::Year.around(at), (day(2026, 1, 1), day(2026, 12, 31)));
        assert_eq!(days(&written((at, at))), Some((at, at)));
        assert_eq!(days("2026-11-23..2026-11-01"), None);
        assert_eq!(days("soon"), None);
    }
}
