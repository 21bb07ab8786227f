//! The same days reckoned by another's library, fed with the same holidays.

use std::collections::HashSet;

use bdays::HolidayCalendar;
use calendar::{Calendar, Roll, easter};
use chrono::{Datelike, NaiveDate};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::support::{belgium, nato, with};

struct Fed(HashSet<NaiveDate>);

impl HolidayCalendar<NaiveDate> for Fed {
    fn is_holiday(&self, date: NaiveDate) -> bool {
        self.0.contains(&date)
    }
}

fn theirs(date: Date) -> NaiveDate {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    NaiveDate::from_ymd_opt(date.year().into(), month.into(), day.into()).unwrap()
}

fn ours(date: NaiveDate) -> Date {
    let part = |n: u32| i8::try_from(n).unwrap();
    Date::new(i16::try_from(date.year()).unwrap(), part(date.month()), part(date.day())).unwrap()
}

fn fed(calendar: &Calendar, years: std::ops::RangeInclusive<i16>) -> Fed {
    Fed(years.flat_map(|year| calendar.holidays(year)).map(|day| theirs(day.date)).collect())
}

/// All that both can say of a day and a number.
fn agree(calendar: &Calendar, fed: &Fed, from: Date, n: i32) {
    let day = theirs(from);
    let works = fed.is_bday(day);
    assert_eq!(calendar.is_working(from).value, works, "{from}");
    for (roll, forward) in [(Roll::Following, true), (Roll::Preceding, false)] {
        assert_eq!(calendar.rolled(from, roll).unwrap().value, ours(fed.to_bday(day, forward)), "{from}");
    }
    // They begin to count at the next working day; we at the day itself, which isn't counted.
    let theirs_n = if works || n <= 0 { n } else { n - 1 };
    let reached = calendar.add_working(from, n, Roll::Following).unwrap().value;
    assert_eq!(reached, ours(fed.advance_bdays(day, theirs_n)), "{from} {n}");
    // They count from a day up to and not including another, each moved on to a working day.
    let (first, last) = (fed.to_bday(day, true), fed.to_bday(theirs(reached), true));
    let between = calendar.working_between(ours(first), reached).unwrap().value;
    assert_eq!(between, fed.bdays(first, last), "{from} {n}");
}

fn days() -> impl Strategy<Value = Date> {
    (0_i32..40 * 365).prop_map(|n| Date::constant(1995, 1, 1) + jiff::Span::new().days(n))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn working_days_are_those_of_another(from in days(), n in -500_i32..500, which in 0_usize..2) {
        static FED: std::sync::LazyLock<[Fed; 2]> =
            std::sync::LazyLock::new(|| [fed(belgium(), 1990..=2042), fed(nato(), 1990..=2042)]);
        agree([belgium(), nato()][which], &FED[which], from, n);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn working_days_of_any_calendar_are_those_of_another(
        off in proptest::collection::btree_set(0_i32..1_000, 0..120),
        asked in proptest::collection::vec((0_i32..1_000, -60_i32..60), 1..40),
    ) {
        let first = Date::constant(2024, 6, 1);
        let on = |n: &i32| first + jiff::Span::new().days(*n);
        let dates: Vec<String> = off.iter().map(|n| format!("\"{}\"", on(n))).chain(["\"2020-01-01\"".into()]).collect();
        let list = dates.join(", ");
        let own = with(&format!("[[holiday]]\nid = \"own\"\nnames = {{ en = \"a\", fr = \"a\" }}\non = [{list}]\n"));
        let fed = Fed(off.iter().map(|n| theirs(on(n))).collect());
        for (n, count) in asked {
            agree(&own, &fed, on(&n), count);
        }
    }
}

#[test]
fn easter_is_that_of_another() {
    // Theirs takes a remainder of what is below nothing in far years: in 3401 it has the 26th of April.
    for year in 1583..=3_000 {
        let theirs = bdays::easter::easter_naive_date(year.into()).unwrap();
        assert_eq!(easter(year), Some(ours(theirs)));
    }
}

/// As Meeus has it, in another way than ours.
fn easter_by_meeus(year: i32) -> (i32, i32) {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    (n / 31, n % 31 + 1)
}

#[test]
fn easter_is_that_of_another_way_for_all_years() {
    for year in 1..=9999 {
        let known = easter(year).unwrap();
        assert_eq!(
            (i32::from(known.month()), i32::from(known.day())),
            easter_by_meeus(year.into()),
            "{year}"
        );
    }
}
