//! Close of business, days on which clocks are changed, and time at work.

use calendar::Roll;

use crate::support::{at, belgium, day, nato, of, utc};

/// Every day, also by night.
const NIGHT: &str = r#"
code = "night"
names = { en = "Night", fr = "Nuit" }
covers = { from = 2020, until = 2030 }
zone = "Europe/Brussels"
week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
[hours]
opens = "01:00"
closes = "09:00"
[hours.sunday]
closes = "02:30"
"#;

#[test]
fn business_closes_by_the_day() {
    let close = |date: &str| nato().close(day(date)).unwrap().value.map(|zoned| zoned.timestamp());
    assert_eq!(close("2026-11-23"), Some(utc("2026-11-23T16:30:00Z")));
    assert_eq!(close("2026-11-27"), Some(utc("2026-11-27T15:00:00Z")));
    assert_eq!(close("2026-07-02"), Some(utc("2026-07-02T15:30:00Z")));
    assert_eq!(close("2026-04-02"), Some(utc("2026-04-02T10:30:00Z")));
    assert_eq!(close("2026-12-23"), Some(utc("2026-12-23T14:00:00Z")));
    assert_eq!(close("2026-11-28"), None);
    let open = nato().open(day("2026-11-23")).unwrap().value.map(|zoned| zoned.timestamp());
    assert_eq!(open, Some(utc("2026-11-23T07:30:00Z")));
}

#[test]
fn a_close_that_the_clocks_skip_is_later_and_one_that_comes_twice_is_the_first() {
    let night = of(NIGHT);
    let close = |date: &str| night.close(day(date)).unwrap().value.unwrap();
    // 02:30 on 29 March 2026 isn't there: 03:30 in summer time.
    assert_eq!(close("2026-03-29").timestamp(), utc("2026-03-29T01:30:00Z"));
    assert_eq!(close("2026-03-29").time(), jiff::civil::time(3, 30, 0, 0));
    // 02:30 on 25 October 2026 is there twice: the first is in summer time.
    assert_eq!(close("2026-10-25").timestamp(), utc("2026-10-25T00:30:00Z"));
}

#[test]
fn hours_are_those_that_pass() {
    let long = of(&NIGHT.replace("02:30", "09:00"));
    let hours = |date: &str| {
        let (open, close) = (long.open(day(date)).unwrap().value, long.close(day(date)).unwrap().value);
        long.worked(open.unwrap().timestamp(), close.unwrap().timestamp()).unwrap().value.seconds / 3600
    };
    assert_eq!([hours("2026-03-28"), hours("2026-03-29"), hours("2026-10-25")], [8, 7, 9]);
}

#[test]
fn time_at_work_leaves_out_nights_weekends_and_holidays() {
    let worked = |from: &str, to: &str| {
        let worked = belgium().worked(at(from), at(to)).unwrap().value;
        (worked.days, worked.seconds)
    };
    let hour = 3600;
    assert_eq!(worked("2026-05-13T16:00", "2026-05-15T10:00"), (1, 2 * hour));
    assert_eq!(worked("2026-05-13T08:00", "2026-05-13T18:00"), (0, 8 * hour));
    assert_eq!(worked("2026-05-13T20:00", "2026-05-14T20:00"), (0, 0));
    assert_eq!(worked("2026-05-15T10:00", "2026-05-13T16:00"), (-1, -2 * hour));
    assert_eq!(worked("2026-05-11T09:00", "2026-05-18T17:00"), (4, 5 * 8 * hour));
    // Friday of the headquarters is shorter, and the day of a half day more so.
    let friday = nato().worked(at("2026-11-27T00:00"), at("2026-11-28T00:00")).unwrap().value.seconds;
    let maundy = nato().worked(at("2026-04-02T00:00"), at("2026-04-03T00:00")).unwrap().value.seconds;
    assert_eq!((friday, maundy), (7 * hour + hour / 2, 4 * hour));
}

#[test]
fn time_at_work_is_added() {
    let add = |from: &str, hours: i64| belgium().add_worked(at(from), hours * 3600).unwrap().value;
    assert_eq!(add("2026-05-13T16:00", 2), at("2026-05-15T10:00"));
    assert_eq!(add("2026-05-13T16:00", 1), at("2026-05-13T17:00"));
    assert_eq!(add("2026-05-13T20:00", 8), at("2026-05-15T17:00"));
    assert_eq!(add("2026-05-15T10:00", -2), at("2026-05-13T16:00"));
    assert_eq!(add("2026-05-15T10:00", -1), at("2026-05-15T09:00"));
    assert_eq!(add("2026-05-16T10:00", -8), at("2026-05-15T09:00"));
    assert_eq!(belgium().rolled(day("2026-05-14"), Roll::AsIs).unwrap().value, day("2026-05-14"));
}
