//! Rules of deadlines: what is read, what is refused with which words, and when it is due.

use calendar::{
    Anchor, At, Covered, Direction, Due, DueError, Hour, Nth, Period, Roll, Rule, Stretch, Unit,
    Unreckonable, What,
};
use jiff::{Timestamp, civil::Weekday};

use crate::support::{at, belgium, day, nato, utc};

fn rule(text: &str) -> Rule {
    Rule::read(text).unwrap_or_else(|error| panic!("{error}"))
}

fn filled(name: &str) -> Option<At> {
    match name {
        "visit_from" => Some(At::Day(day("2026-12-07"))),
        "until" => Some(At::Day(day("2026-11-29"))),
        "meeting" => Some(At::Moment(at("2026-11-25T14:00"))),
        "sunday_meeting" => Some(At::Moment(at("2026-11-29T14:00"))),
        _ => None,
    }
}

fn due_from(from: &str, text: &str) -> Due {
    rule(text).due(at(from), &filled, nato()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Of what begins on Monday, 23 November 2026, at ten.
fn due(text: &str) -> Timestamp {
    due_from("2026-11-23T10:00", text).at
}

#[test]
fn what_is_written_is_what_is_meant() {
    let count = |n, unit, direction, of| What::Count { n, unit, direction, of };
    let visit = || Anchor::Field("visit_from".into());
    let first = rule("5 working days before field:visit_from");
    assert_eq!(*first.what(), count(5, Unit::WorkingDays, Direction::Before, visit()));
    assert_eq!(
        (first.hour(), first.roll(), first.field()),
        (Hour::Close, Roll::Preceding, Some("visit_from"))
    );
    let second = rule("10 days, as is");
    assert_eq!(*second.what(), count(10, Unit::Days, Direction::After, Anchor::Start));
    assert_eq!((second.roll(), second.field()), (Roll::AsIs, None));
    assert_eq!(rule("48 hours").roll(), Roll::AsIs);
    assert_eq!(*rule("1st and 15th").what(), What::DaysOfMonth { days: vec![1, 15] });
    let (nth, stretch, period) = (Nth::At(1), Stretch::Next, Period::Month);
    assert_eq!(*rule("first working day of next month").what(), What::WorkingDayOf { nth, stretch, period });
    assert_eq!(*rule("next friday").what(), What::Next { weekday: Weekday::Friday });
    assert_eq!(rule("close of business in 3 working days"), rule("3 working days"));
    assert_eq!(*rule("Close of Business").what(), What::Today);
}

#[test]
fn a_rule_is_written_as_it_is_read() {
    for text in [
        "1 working day",
        "5 working days",
        "5 working days before field:visit_from",
        "2 weeks after field:signed",
        "10 days, preceding",
        "3 months at 12:00, as is",
        "48 hours",
        "48 hours before field:visit_from, preceding",
        "8 working hours",
        "close of business",
        "close of business on field:until",
        "on field:until",
        "on field:until at 12:00, following",
        "first working day of next month",
        "last working day of this quarter at 09:30",
        "1st and 15th",
        "1st, 10th and 20th, preceding",
        "next friday at 12:00",
    ] {
        assert_eq!(rule(text).to_string(), text);
    }
    assert_eq!(rule("  15th ,1st  and 3rd,following").to_string(), "1st, 3rd and 15th");
}

#[test]
fn a_mistake_is_told_with_its_place_and_what_may_stand_there() {
    let says =
        |text: &str| Rule::read(text).map_or_else(|error| error.to_string(), |rule| format!("read {rule}"));
    assert_eq!(
        says("5 workin days"),
        "`5 workin days`: at `workin`, character 3: expected `working days`, `days`, `weeks`, `months`, `years`, \
         `hours` or `working hours`"
    );
    assert_eq!(
        says("5 working days before visit"),
        "`5 working days before visit`: at `visit`, character 23: expected `field:` and a name of lower-case letters, \
         digits and `_`"
    );
    assert_eq!(says("0 days"), "`0 days`: at `0`, character 1: expected a number from 1 to 5000");
    assert_eq!(
        says("first working day of month"),
        "`first working day of month`: at `month`, character 22: expected `this` or `next`"
    );
    for (text, near) in [
        ("", "the end"),
        ("soon", "`soon`"),
        ("5", "the end"),
        ("close of business in 48 hours", "`48`"),
        ("close of business at 12:00", "`at`"),
        ("48 hours at 12:00", "`at`"),
        ("5 working days, following", "`,`"),
        ("5 days following", "`following`"),
        ("5 days, sometimes", "`sometimes`"),
        ("5 days at 25:00", "`25:00`"),
        ("32nd", "`32nd`"),
        ("1th", "`1th`"),
        ("1st and 1st", "`1st`"),
        ("on until", "`until`"),
        ("on field:Until", "`field:Until`"),
        ("99999999999999999999 days", "`99999999999999999999`"),
        ("été", "`été`"),
    ] {
        assert_eq!(Rule::read(text).map_err(|error| error.near).err().as_deref(), Some(near), "{text}");
    }
    assert_eq!(Rule::read("é é 5 days").unwrap_err().place, 1);
    assert!(Rule::read(&"5 ".repeat(400)).is_err());
}

#[test]
fn time_after_the_beginning() {
    assert_eq!(due("1 working day"), at("2026-11-24T17:30"));
    assert_eq!(due("5 working days"), at("2026-11-30T17:30"));
    assert_eq!(due("4 working days"), at("2026-11-27T16:00"));
    assert_eq!(due("4 working days at 12:00"), at("2026-11-27T12:00"));
    assert_eq!(due("close of business in 3 working days"), at("2026-11-26T17:30"));
    assert_eq!(due("2 weeks"), at("2026-12-07T17:30"));
    assert_eq!(due("48 hours"), at("2026-11-25T10:00"));
    // Ten working hours on Monday from ten: seven and a half that day.
    assert_eq!(due("10 working hours"), at("2026-11-24T11:00"));
    assert_eq!(due("close of business"), at("2026-11-23T17:30"));
    // Received at night, or on a Saturday: the day counts, not the hour.
    assert_eq!(due_from("2026-11-23T23:00", "1 working day").at, at("2026-11-24T17:30"));
    assert_eq!(due_from("2026-11-28T09:00", "1 working day").at, at("2026-11-30T17:30"));
    assert_eq!(due_from("2026-11-23T18:00", "close of business").at, at("2026-11-24T17:30"));
    assert_eq!(due_from("2026-11-28T09:00", "close of business").at, at("2026-11-30T17:30"));
    // Months keep to their last day.
    assert_eq!(due_from("2027-01-31T10:00", "1 month, as is").day, day("2027-02-28"));
}

#[test]
fn a_day_on_which_nobody_works_moves_as_the_rule_says() {
    let five = |ending: &str| due_from("2026-11-23T10:00", &format!("5 days{ending}"));
    let moved = five("");
    assert_eq!((moved.day, moved.at), (day("2026-11-30"), at("2026-11-30T17:30")));
    assert_eq!((moved.moved_from, moved.covered), (Some(day("2026-11-28")), Covered::Yes));
    assert_eq!(five(", preceding").at, at("2026-11-27T16:00"));
    assert_eq!(five(", as is").at, at("2026-11-28T17:30"));
    assert_eq!(five(", as is").moved_from, None);
    let hours = |ending: &str| due_from("2026-11-27T10:00", &format!("48 hours{ending}")).at;
    assert_eq!(hours(""), at("2026-11-29T10:00"));
    assert_eq!(hours(", preceding"), at("2026-11-27T16:00"));
    assert_eq!(hours(", following"), at("2026-11-30T17:30"));
}

#[test]
fn what_is_before_or_on_a_field_moves_backwards() {
    assert_eq!(due("5 working days before field:visit_from"), at("2026-11-30T17:30"));
    assert_eq!(due("1 week before field:visit_from"), at("2026-11-30T17:30"));
    assert_eq!(due("8 days before field:visit_from"), at("2026-11-27T16:00"));
    assert_eq!(due("on field:until"), at("2026-11-27T16:00"));
    assert_eq!(due("on field:until, following"), at("2026-11-30T17:30"));
    assert_eq!(due("on field:meeting"), at("2026-11-25T14:00"));
    assert_eq!(due("close of business on field:meeting"), at("2026-11-25T17:30"));
    assert_eq!(due("on field:meeting at 09:00"), at("2026-11-25T09:00"));
    assert_eq!(due("on field:sunday_meeting"), at("2026-11-27T16:00"));
    assert_eq!(due("on field:sunday_meeting, as is"), at("2026-11-29T14:00"));
    assert_eq!(due("24 hours before field:meeting"), at("2026-11-24T14:00"));
    assert_eq!(due("24 hours before field:visit_from"), at("2026-12-06T00:00"));
    assert_eq!(due("4 working hours before field:meeting"), at("2026-11-25T10:00"));
    assert_eq!(due("3 working days after field:meeting"), at("2026-11-30T17:30"));
    let none = rule("on field:unheard_of").due(at("2026-11-23T10:00"), &filled, nato());
    assert_eq!(none, Err(DueError::Field("unheard_of".into())));
}

#[test]
fn days_of_stretches_of_time() {
    assert_eq!(due("first working day of next month"), at("2026-12-01T17:30"));
    assert_eq!(due("last working day of this month"), at("2026-11-30T17:30"));
    assert_eq!(due("last working day of this year"), at("2026-12-23T15:00"));
    assert_eq!(due("first working day of next year"), at("2027-01-04T17:30"));
    assert_eq!(due("first working day of next week at 12:00"), at("2026-11-30T12:00"));
    assert_eq!(due("last working day of this quarter"), at("2026-12-23T15:00"));
    assert_eq!(due_from("2026-12-20T10:00", "fifth working day of next week").day, day("2026-12-23"));
    // A week in which nobody works: the last day before it, or the first after it.
    assert_eq!(due_from("2026-12-22T10:00", "first working day of next week").day, day("2027-01-04"));
    assert_eq!(due_from("2026-12-22T10:00", "last working day of next week").day, day("2026-12-23"));
    assert_eq!(due("1st and 15th"), at("2026-12-01T17:30"));
    assert_eq!(due_from("2026-12-01T08:00", "1st and 15th").day, day("2026-12-15"));
    assert_eq!(due_from("2026-10-20T08:00", "1st and 15th").day, day("2026-11-03"));
    assert_eq!(due_from("2026-02-10T08:00", "31st, preceding").day, day("2026-02-27"));
    assert_eq!(due("next friday at 12:00"), at("2026-11-27T12:00"));
    assert_eq!(due("next monday"), at("2026-11-30T17:30"));
}

#[test]
fn what_isnt_covered_is_said() {
    let from = "2027-12-20T10:00";
    assert_eq!(due_from(from, "20 working days").covered, Covered::Not(2028));
    assert_eq!(due_from(from, "2 weeks").covered, Covered::Not(2028));
    assert_eq!(due_from(from, "1 month, as is").covered, Covered::Yes);
    assert_eq!(due_from(from, "1000 hours").covered, Covered::Yes);
    assert_eq!(due_from(from, "1000 hours, following").covered, Covered::Not(2028));
}

#[test]
fn ten_hours_over_a_change_of_the_clocks_are_ten_hours() {
    let from = at("2026-03-28T20:00");
    let due = rule("10 hours").due(from, &filled, belgium()).unwrap();
    assert_eq!(due.at, utc("2026-03-29T05:00:00Z"));
    assert_eq!(due.at, at("2026-03-29T07:00"));
}

#[test]
fn what_is_too_far_is_refused() {
    let late = utc("9999-12-20T10:00:00Z");
    for text in ["30 days", "5000 years", "1000 hours", "30 working days", "first working day of next month"]
    {
        let due = rule(text).due(late, &filled, belgium());
        assert_eq!(due, Err(DueError::Unreckonable(Unreckonable::TooFar)), "{text}");
    }
}

#[test]
fn a_rule_stands_in_toml_as_its_text() {
    #[derive(serde::Deserialize)]
    struct Step {
        due: Rule,
    }
    let step: Step = toml::from_str("due = \"5 working days\"").unwrap();
    assert_eq!(step.due, rule("5 working days"));
    let wrong = toml::from_str::<Step>("\ndue = \"5 workdays\"").map(|_| ()).unwrap_err();
    assert!(wrong.to_string().contains("line 2") && wrong.message().contains("at `workdays`"), "{wrong}");
}
