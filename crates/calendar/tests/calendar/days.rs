//! Which days are worked, by examples from the almanac.

use calendar::{Covered, Kind, Off, Roll, Unreckonable, easter};

use crate::support::{belgium, day, nato, with};

#[test]
fn easter_is_when_it_was_and_will_be() {
    for known in [
        "1818-03-22",
        "1943-04-25",
        "1961-04-02",
        "2000-04-23",
        "2008-03-23",
        "2019-04-21",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2038-04-25",
        "2049-04-18",
        "2285-03-22",
    ] {
        let known = day(known);
        assert_eq!(easter(known.year()), Some(known));
    }
    assert_eq!(easter(0), None);
}

#[test]
fn belgium_keeps_ten_days_in_2026() {
    let days: Vec<String> = belgium().holidays(2026).iter().map(|day| day.date.to_string()).collect();
    let known = [
        "2026-01-01",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-05-25",
        "2026-07-21",
        "2026-08-15",
        "2026-11-01",
        "2026-11-11",
        "2026-12-25",
    ];
    assert_eq!(days, known);
    let working = belgium().working_between(day("2025-12-31"), day("2026-12-31")).unwrap();
    // 261 days from Monday to Friday, of the ten two on a weekend.
    assert_eq!((working.value, working.covered), (253, Covered::Yes));
}

#[test]
fn belgium_is_told_why_nobody_works() {
    let why = |date: &str| match belgium().day(day(date)).value.kind {
        Kind::Working { .. } => "works".to_owned(),
        Kind::Off(Off::Week) => "weekend".to_owned(),
        Kind::Off(Off::Holiday { names, .. }) => names.fr.clone(),
    };
    assert_eq!(why("2026-05-13"), "works");
    assert_eq!(why("2026-05-14"), "Ascension");
    assert_eq!(why("2026-05-16"), "weekend");
    assert_eq!(why("2026-08-15"), "Assomption");
}

#[test]
fn a_headquarters_takes_from_belgium_and_changes_it() {
    let works = |date: &str| nato().is_working(day(date)).value;
    assert!(!works("2026-05-14") && !works("2026-05-15"));
    assert!(works("2026-11-11"));
    assert!(!works("2026-04-03"));
    assert!(!works("2026-12-24") && !works("2026-12-31") && !works("2027-01-01") && works("2027-01-04"));
    assert!(!works("2026-01-01") && works("2026-01-02"));
    let id = |date: &str| match nato().day(day(date)).value.kind {
        Kind::Off(Off::Holiday { id, .. }) => id.to_owned(),
        other => format!("{other:?}"),
    };
    assert_eq!(id("2026-12-25"), "christmas");
    assert_eq!(id("2026-12-28"), "closure");
    assert_eq!(id("2027-01-01"), "new-year");
}

#[test]
fn beyond_the_years_it_is_reckoned_and_said() {
    let ascension = nato().is_working(day("2028-05-25"));
    assert_eq!((ascension.value, ascension.covered), (false, Covered::Not(2028)));
    assert_eq!(nato().is_working(day("1999-05-25")).covered, Covered::Not(1999));
    let over = nato().add_working(day("2027-12-20"), 5, Roll::AsIs).unwrap();
    assert_eq!((over.value, over.covered), (day("2028-01-04"), Covered::Not(2028)));
    let before = nato().working_between(day("2024-01-01"), day("2026-02-02")).unwrap();
    assert_eq!(before.covered, Covered::Not(2024));
    assert_eq!(nato().covered(day("2030-01-01"), day("2026-01-01")), Covered::Not(2028));
}

#[test]
fn working_days_are_counted_from_the_day_after() {
    let add = |from: &str, n| belgium().add_working(day(from), n, Roll::Following).unwrap().value.to_string();
    // Over Ascension Day, a Thursday, and its weekend.
    assert_eq!(add("2026-05-13", 1), "2026-05-15");
    assert_eq!(add("2026-05-13", 2), "2026-05-18");
    assert_eq!(add("2026-05-18", -2), "2026-05-13");
    assert_eq!(add("2026-05-16", 1), "2026-05-18");
    assert_eq!(add("2026-05-16", -1), "2026-05-15");
    assert_eq!(add("2026-05-16", 0), "2026-05-18");
    assert_eq!(add("2026-05-15", 0), "2026-05-15");
    let zero = |roll| belgium().add_working(day("2026-05-16"), 0, roll).unwrap().value.to_string();
    assert_eq!([zero(Roll::Preceding), zero(Roll::AsIs)], ["2026-05-15", "2026-05-16"]);
}

#[test]
fn between_counts_the_second_day_and_not_the_first() {
    let between = |a: &str, b: &str| belgium().working_between(day(a), day(b)).unwrap().value;
    assert_eq!(between("2026-05-13", "2026-05-13"), 0);
    assert_eq!(between("2026-05-13", "2026-05-15"), 1);
    assert_eq!(between("2026-05-15", "2026-05-13"), -1);
    assert_eq!(between("2026-05-15", "2026-05-17"), 0);
    assert_eq!(between("2026-05-16", "2026-05-18"), 1);
}

#[test]
fn holidays_on_a_weekend_move_to_the_next_free_day_or_to_the_one_before() {
    let days = |rest: &str, year| -> Vec<String> {
        with(rest)
            .holidays(year)
            .iter()
            .filter_map(|day| match day.kind {
                Kind::Off(Off::Holiday { instead_of: Some(from), .. }) => {
                    Some(format!("{from} {}", day.date))
                }
                _ => None,
            })
            .collect()
    };
    let christmas = |weekend: &str| {
        format!(
            r#"
[[holiday]]
id = "christmas"
names = {{ en = "a", fr = "a" }}
on = ["12-25", "12-26"]
weekend = "{weekend}"
"#
        )
    };
    // Saturday and Sunday in 2027; Friday and Saturday in 2026.
    assert_eq!(days(&christmas("following"), 2027), ["2027-12-25 2027-12-27", "2027-12-26 2027-12-28"]);
    assert_eq!(days(&christmas("following"), 2026), ["2026-12-26 2026-12-28"]);
    assert_eq!(days(&christmas("preceding"), 2026), ["2026-12-26 2026-12-24"]);
    assert!(days(&christmas("none"), 2027).is_empty());
    // Over the new year: 1 January 2028 is a Saturday, 31 December 2022 too.
    let new_year = christmas("preceding").replace(r#"["12-25", "12-26"]"#, r#""01-01""#);
    assert_eq!(days(&new_year, 2027), ["2028-01-01 2027-12-31"]);
    assert!(days(&new_year, 2028).is_empty());
    let last = christmas("following").replace(r#"["12-25", "12-26"]"#, r#"["12-31", "01-01"]"#);
    assert_eq!(days(&last, 2023), ["2022-12-31 2023-01-02", "2023-01-01 2023-01-03"]);
}

#[test]
fn every_form_of_a_date_falls_when_it_says() {
    let days = |on: &str, year| -> Vec<String> {
        let rest = format!("[[holiday]]\nid = \"one\"\nnames = {{ en = \"a\", fr = \"a\" }}\non = {on}\n");
        with(&rest).holidays(year).iter().map(|day| day.date.to_string()).collect()
    };
    assert_eq!(days(r#""first monday of september""#, 2026), ["2026-09-07"]);
    assert_eq!(days(r#""last monday of may""#, 2027), ["2027-05-31"]);
    assert_eq!(days(r#""fourth thursday of november""#, 2026), ["2026-11-26"]);
    assert_eq!(days(r#""easter""#, 2026), ["2026-04-05"]);
    assert_eq!(days(r#""easter-47""#, 2026), ["2026-02-17"]);
    assert_eq!(days("2026-05-15", 2026), ["2026-05-15"]);
    assert!(days("2026-05-15", 2027).is_empty());
    assert_eq!(days(r#""02-29""#, 2028), ["2028-02-29"]);
    assert!(days(r#""02-29""#, 2027).is_empty());
    assert_eq!(days(r#""12-30 to 01-02""#, 2026), ["2026-01-01", "2026-01-02", "2026-12-30", "2026-12-31"]);
    assert_eq!(days(r#""2026-12-30 to 2027-01-01""#, 2027), ["2027-01-01"]);
    assert_eq!(days(r#""02-28 to 02-29""#, 2027), ["2027-02-28"]);
    assert_eq!(days("\"05-01\"\nfrom = 2025\nuntil = 2026", 2026), ["2026-05-01"]);
    assert!(days("\"05-01\"\nfrom = 2025\nuntil = 2026", 2027).is_empty());
}

#[test]
fn what_can_never_come_is_refused() {
    let first = day("2026-01-01");
    assert_eq!(belgium().add_working(first, i32::MAX, Roll::AsIs), Err(Unreckonable::TooFar));
    assert_eq!(belgium().add_working(first, i32::MIN, Roll::AsIs), Err(Unreckonable::TooFar));
    assert_eq!(belgium().next_working(jiff::civil::Date::MAX), Err(Unreckonable::TooFar));
    assert_eq!(belgium().previous_working(jiff::civil::Date::MIN), Err(Unreckonable::TooFar));
    let all = jiff::civil::Date::MIN;
    assert_eq!(belgium().working_between(all, first), Err(Unreckonable::TooFar));
    let closed = with(
        "[[holiday]]\nid = \"ended\"\nnames = { en = \"a\", fr = \"a\" }\non = \"01-01 to 12-31\"\nfrom = 2031\n",
    );
    assert_eq!(closed.next_working(day("2030-12-31")), Err(Unreckonable::NoWorkingDay));
}
