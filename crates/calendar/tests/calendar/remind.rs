//! Reminders, escalation, and how something stands.

use calendar::{
    Due, Given, Reminders, Risk, RiskRules, Rule, Settings, Standing, come_due, next_look, standing,
};
use jiff::{SignedDuration, Timestamp};

use crate::support::{at, nato};

/// Friday, 27 November 2026, at four.
fn due() -> Due {
    Rule::read("10 working days").unwrap().due(at("2026-11-13T10:00"), &|_: &str| None, nato()).unwrap()
}

fn between(since: &str, now: &str, set: &Reminders) -> Vec<String> {
    let all = come_due(&due(), at(since), at(now), set, nato()).unwrap().value;
    all.iter().map(|one| one.id.to_string().split_once('/').unwrap().1.to_owned()).collect()
}

#[test]
fn one_is_reminded_five_two_and_no_days_before_and_daily_after() {
    let set = Reminders::default();
    assert_eq!(due().at, at("2026-11-27T16:00"));
    let mut said = Vec::new();
    let mut now = at("2026-11-13T10:00");
    while now < at("2026-12-05T00:00") {
        let next = now + SignedDuration::from_mins(20);
        for one in come_due(&due(), now, next, &set, nato()).unwrap().value {
            let time = one.at.to_zoned(nato().zone().clone()).datetime();
            said.push(format!("{time} {:?} {}", one.id.kind, one.id.n));
        }
        now = next;
    }
    let known = [
        "2026-11-20T09:00:00 Before 5",
        "2026-11-25T09:00:00 Before 2",
        "2026-11-27T09:00:00 Before 0",
        "2026-11-30T09:00:00 After 1",
        "2026-12-01T09:00:00 After 2",
        "2026-12-02T09:00:00 After 3",
        "2026-12-02T09:00:00 Escalation 3",
        "2026-12-03T09:00:00 After 4",
        "2026-12-04T09:00:00 After 5",
    ];
    assert_eq!(said, known);
}

#[test]
fn of_what_was_missed_the_latest_of_each_kind_is_said() {
    let set = Reminders::default();
    assert_eq!(between("2026-11-13T10:00", "2026-11-26T10:00", &set), ["before/2"]);
    assert_eq!(between("2026-11-13T10:00", "2026-11-27T20:00", &set), ["before/0"]);
    assert_eq!(between("2026-11-13T10:00", "2026-11-28T20:00", &set), ["before/0"]);
    assert_eq!(between("2026-11-13T10:00", "2026-12-15T10:00", &set), ["escalation/3", "after/12"]);
    assert_eq!(between("2026-12-15T09:00", "2026-12-15T23:00", &set), Vec::<String>::new());
    assert_eq!(between("2026-12-15T08:59", "2026-12-15T09:00", &set), ["after/12"]);
    // Whoever doesn't know any more when he looked last is told the same again, by the same names.
    assert_eq!(between("2026-11-13T10:00", "2026-12-15T23:00", &set), ["escalation/3", "after/12"]);
}

#[test]
fn quiet_days_are_quiet_and_others_are_not() {
    let quiet = Reminders::default();
    assert!(between("2026-11-27T10:00", "2026-11-29T23:00", &quiet).is_empty());
    let loud = Reminders { quiet: false, ..Reminders::default() };
    assert_eq!(between("2026-11-27T10:00", "2026-11-29T23:00", &loud), ["after/2"]);
}

#[test]
fn settings_bound_what_is_said() {
    let never = Reminders { daily_after: false, escalate_after: vec![], ..Reminders::default() };
    assert_eq!(between("2026-11-27T10:00", "2026-12-15T10:00", &never), Vec::<String>::new());
    let twice = Reminders { after_at_most: Some(2), escalate_after: vec![1, 5], ..Reminders::default() };
    assert_eq!(between("2026-11-27T10:00", "2026-12-15T10:00", &twice), ["after/2", "escalation/5"]);
    assert_eq!(between("2026-12-02T10:00", "2026-12-03T10:00", &twice), Vec::<String>::new());
    let late = Reminders { at: jiff::civil::time(18, 0, 0, 0), ..Reminders::default() };
    // After the due nobody would be reminded in time: then at the due.
    let all = come_due(&due(), at("2026-11-27T09:00"), at("2026-11-27T17:00"), &late, nato()).unwrap().value;
    assert_eq!(all.iter().map(|one| one.at).collect::<Vec<_>>(), [due().at]);
}

#[test]
fn the_next_look_is_when_the_next_is_said() {
    for set in [
        Reminders::default(),
        Reminders { quiet: false, after_at_most: Some(4), ..Reminders::default() },
        Reminders { daily_after: false, ..Reminders::default() },
    ] {
        let mut now = at("2026-11-13T10:00");
        let mut said = 0;
        while let Some(next) = next_look(&due(), now, &set, nato()).unwrap().value {
            assert!(next > now);
            let just_before = next - SignedDuration::from_secs(1);
            assert!(come_due(&due(), now, just_before, &set, nato()).unwrap().value.is_empty());
            assert!(!come_due(&due(), just_before, next, &set, nato()).unwrap().value.is_empty());
            (now, said) = (next, said + 1);
            if said == 30 {
                break;
            }
        }
        let ends = !set.daily_after || set.after_at_most.is_some();
        assert_eq!(said < 30, ends);
    }
}

#[test]
fn settings_are_read_strictly() {
    let read = |text: &str| toml::from_str::<Settings>(text).map_err(|error| error.to_string());
    assert_eq!(read("").unwrap(), Settings::default());
    let set = read("[reminders]\nbefore = [1, 10]\nat = \"08:00\"\n[risk]\npercent_left = 5\n").unwrap();
    assert_eq!((set.reminders.before, set.risk.percent_left), (vec![10, 1], 5));
    assert_eq!(set.reminders.escalate_after, [3]);
    for (text, says) in [
        ("[reminders]\nbefore = [1, 1]", "before: expected"),
        ("[reminders]\nbefore = [251]", "before: expected"),
        ("[reminders]\nescalate_after = [0]", "escalate_after: expected"),
        ("[reminders]\nat = \"8\"", "`8`: expected a time"),
        ("[reminders]\nbefor = [1]", "befor"),
        ("[risk]\npercent_left = 101", "percent_left"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.contains(says) && error.contains("line "), "{error}");
    }
}

fn stands(begun: bool, done: Option<Timestamp>, now: &str) -> Standing {
    let given = Given { since: at("2026-11-13T10:00"), begun, done };
    standing(&given, &due(), at(now), &RiskRules::default(), nato()).unwrap().value
}

#[test]
fn late_is_by_working_days() {
    assert_eq!(
        stands(true, None, "2026-11-27T16:00"),
        Standing::AtRisk { days_left: 0, because: Risk::LittleLeft(0) }
    );
    assert_eq!(stands(true, None, "2026-11-27T16:01"), Standing::Late { days: 0 });
    assert_eq!(stands(true, None, "2026-11-29T12:00"), Standing::Late { days: 0 });
    assert_eq!(stands(true, None, "2026-11-30T00:00"), Standing::Late { days: 1 });
    let done = |when: &str| stands(true, Some(at(when)), "2027-01-01T00:00");
    assert_eq!(done("2026-11-20T12:00"), Standing::Done);
    assert_eq!(done("2026-12-02T12:00"), Standing::DoneLate { days: 3 });
}

#[test]
fn at_risk_is_what_nobody_began_or_what_has_little_time() {
    assert_eq!(stands(false, None, "2026-11-24T12:00"), Standing::InTime { days_left: 3 });
    assert_eq!(
        stands(false, None, "2026-11-25T08:00"),
        Standing::AtRisk { days_left: 2, because: Risk::NotBegun }
    );
    assert_eq!(stands(true, None, "2026-11-25T08:00"), Standing::InTime { days_left: 2 });
    // Of 93 hours 13 are left.
    assert_eq!(
        stands(true, None, "2026-11-26T12:00"),
        Standing::AtRisk { days_left: 1, because: Risk::LittleLeft(13) }
    );
}

#[test]
fn hours_of_a_weekend_are_divided_as_time() {
    let from = at("2026-11-28T10:00");
    let due = Rule::read("10 hours").unwrap().due(from, &|_: &str| None, nato()).unwrap();
    let given = Given { since: from, begun: true, done: None };
    let at_noon =
        standing(&given, &due, at("2026-11-28T12:00"), &RiskRules::default(), nato()).unwrap().value;
    assert_eq!(at_noon, Standing::InTime { days_left: 0 });
    let late = standing(&given, &due, at("2026-11-28T19:00"), &RiskRules::default(), nato()).unwrap().value;
    assert_eq!(late, Standing::AtRisk { days_left: 0, because: Risk::LittleLeft(10) });
}
