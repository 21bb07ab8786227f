//! What recurs.

use calendar::{Covered, Recurrence};

use crate::support::{belgium, day, nato};

fn read(text: &str) -> Recurrence {
    Recurrence::read(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Those from a start on, of the headquarters.
fn days(text: &str, start: &str, most: usize) -> String {
    let before = day(start).yesterday().unwrap();
    let all = read(text).take(day(start), before, most, nato()).unwrap();
    all.iter().map(|one| one.day.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_pattern_falls_on_its_days() {
    let start = "2026-11-26";
    assert_eq!(days("every working day", start, 4), "2026-11-26 2026-11-27 2026-11-30 2026-12-01");
    assert_eq!(days("every 3 days", start, 3), "2026-11-26 2026-11-30 2026-12-02");
    assert_eq!(days("every week on monday and thursday", start, 3), "2026-11-26 2026-11-30 2026-12-03");
    assert_eq!(days("every thursday", start, 2), "2026-11-26 2026-12-03");
    assert_eq!(days("every other week on friday", start, 3), "2026-11-27 2026-12-11 2027-01-04");
    assert_eq!(days("every month on the 1st and 15th", start, 3), "2026-12-01 2026-12-15 2027-01-04");
    assert_eq!(days("every month on the first monday", start, 2), "2026-12-07 2027-01-04");
    assert_eq!(days("every month on the fifth monday", start, 2), "2026-11-30 2027-03-30");
    assert_eq!(days("every month on the last working day", start, 3), "2026-11-30 2026-12-23 2027-01-29");
    assert_eq!(days("every 3 months on the 31st, preceding", start, 2), "2026-11-30 2027-02-26");
    assert_eq!(days("every year on 12-01", start, 2), "2026-12-01 2027-12-01");
    assert_eq!(days("every year on 02-29, as is", start, 2), "2027-02-28 2028-02-29");
}

#[test]
fn two_that_meet_on_one_day_are_one() {
    assert_eq!(days("every day", "2026-11-27", 4), "2026-11-27 2026-11-30 2026-12-01 2026-12-02");
    assert_eq!(days("every day, as is", "2026-11-27", 3), "2026-11-27 2026-11-28 2026-11-29");
    let one = read("every day").next(day("2026-11-27"), day("2026-11-28"), nato()).unwrap().unwrap();
    assert_eq!((one.nominal, one.day), (day("2026-11-28"), day("2026-11-30")));
}

#[test]
fn it_ends_when_it_says() {
    assert_eq!(days("every week on friday until 2026-12-04", "2026-11-26", 9), "2026-11-27 2026-12-04");
    assert_eq!(days("every day 3 times", "2026-11-27", 9), "2026-11-27 2026-11-30 2026-12-01");
    let three = read("every monday 3 times");
    let start = day("2026-11-23");
    assert_eq!(
        three.next(start, day("2026-12-01"), nato()).unwrap().map(|one| one.day),
        Some(day("2026-12-07"))
    );
    assert_eq!(three.next(start, day("2026-12-07"), nato()).unwrap(), None);
    assert_eq!(three.next(start, day("2036-12-07"), belgium()).unwrap(), None);
}

#[test]
fn far_ahead_it_is_the_same_and_said_to_be_uncertain() {
    let weekly = read("every other week on friday");
    let (start, after) = (day("2026-11-27"), day("2056-05-01"));
    let far = weekly.next(start, after, nato()).unwrap().unwrap();
    assert_eq!((far.day - start).get_days() % 14, 0);
    assert_eq!(far.covered, Covered::Not(2056));
    let end = read("every year on 12-01").next(start, day("9999-12-01"), nato()).unwrap();
    assert_eq!(end, None);
}

#[test]
fn what_moves_before_its_start_is_not_there() {
    assert_eq!(days("every month on the 28th, preceding", "2026-11-28", 2), "2026-12-23 2027-01-28");
}

#[test]
fn it_is_written_as_it_is_read() {
    for text in [
        "every day",
        "every working day",
        "every 3 days, as is",
        "every week on monday and thursday",
        "every 2 weeks on friday, preceding",
        "every month on the 1st, 10th and 20th until 2027-06-30, preceding",
        "every month on the first monday",
        "every 3 months on the last working day",
        "every year on 12-01 10 times",
        "every month on the 31st 1 time",
    ] {
        assert_eq!(read(text).to_string(), text);
    }
    let loose = read("Every thursday, monday until 2027-01-01,following");
    assert_eq!(loose.to_string(), "every week on monday and thursday until 2027-01-01");
}

#[test]
fn a_mistake_is_told() {
    let says =
        |text: &str| Recurrence::read(text).map_or_else(|error| error.to_string(), |r| format!("read {r}"));
    assert_eq!(
        says("every month on 15th"),
        "`every month on 15th`: at `on`, character 13: expected `on the`"
    );
    assert_eq!(
        says("every fortnight"),
        "`every fortnight`: at `fortnight`, character 7: expected `day`, `working day`, `week`, `month`, `year` or a day \
         of the week"
    );
    for text in [
        "",
        "daily",
        "every",
        "every 0 days",
        "every day 0 times",
        "every day until soon",
        "every year on 02-30",
        "every working day, preceding",
        "every month on the third",
        "every week on monday monday",
    ] {
        assert!(Recurrence::read(text).is_err(), "{text}");
    }
}
