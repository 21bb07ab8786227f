//! What holds of any calendar, day, rule and text.

use calendar::{At, Calendar, Calendars, Recurrence, Reminders, Roll, Rule, come_due};
use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, Weekday},
};
use proptest::prelude::*;

use crate::support::{BELGIUM, HEAD, NATO, at, belgium, nato, with};

fn day() -> impl Strategy<Value = Date> {
    (0_i32..30 * 365).prop_map(|n| Date::constant(2005, 1, 1) + Span::new().days(n))
}

fn moments() -> impl Strategy<Value = Timestamp> {
    (0_i64..4 * 366 * 24 * 60).prop_map(|n| at("2024-01-01T00:00") + SignedDuration::from_mins(n))
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let holiday = prop_oneof![
        (1..=12_i8, 1..=28_i8).prop_map(|(m, d)| format!("{m:02}-{d:02}")),
        (-40..=60_i16).prop_map(|n| format!("easter{n:+}")),
        (1..=12_i8, 1..=20_i8, 1..=8_i8)
            .prop_map(|(m, d, n)| format!("{m:02}-{d:02} to {m:02}-{:02}", d + n)),
        Just("12-24 to 01-02".to_owned()),
        Just("last friday of march".to_owned()),
        Just("first monday of october".to_owned()),
    ];
    let weekend = prop_oneof![Just("following"), Just("preceding"), Just("none")];
    let own = proptest::collection::vec((holiday, weekend), 0..12).prop_map(|all| {
        let one = |(n, (on, weekend)): (usize, &(String, &str))| {
            let weekend = if on.contains(" to ") { "none" } else { *weekend };
            format!("[[holiday]]\nid = \"h{n}\"\nnames = {{ en = \"a\", fr = \"a\" }}\non = \"{on}\"\nweekend = \"{weekend}\"\n")
        };
        with(&all.iter().enumerate().map(one).collect::<String>())
    });
    prop_oneof![1 => Just(nato().clone()), 1 => Just(belgium().clone()), 3 => own]
}

fn filled(name: &str) -> Option<At> {
    match name {
        "day" => Some(At::Day(Date::constant(2026, 5, 16))),
        _ => Some(At::Moment(at("2026-08-16T11:00"))),
    }
}

fn rules() -> impl Strategy<Value = String> {
    let number = 1..=400_u32;
    let unit =
        proptest::sample::select(vec!["working days", "days", "weeks", "months", "hours", "working hours"]);
    let way =
        proptest::sample::select(vec!["", " before field:day", " after field:day", " before field:moment"]);
    let count = (number, unit, way).prop_map(|(n, unit, way)| format!("{n} {unit}{way}"));
    let other = proptest::sample::select(vec![
        "close of business",
        "close of business on field:day",
        "on field:day",
        "on field:moment",
        "on field:day at 12:00",
        "first working day of next month",
        "third working day of this week",
        "last working day of this quarter",
        "1st and 15th",
        "31st",
        "next sunday",
        "next friday at 12:00",
    ]);
    let ending = proptest::sample::select(vec!["", ", following", ", preceding", ", as is"]);
    (prop_oneof![3 => count, 2 => other.prop_map(str::to_owned)], ending)
        .prop_map(|(text, end)| format!("{text}{end}"))
}

fn add(calendar: &Calendar, date: Date, n: i32) -> Date {
    calendar.add_working(date, n, Roll::AsIs).unwrap().value
}

fn between(calendar: &Calendar, from: Date, to: Date) -> i32 {
    calendar.working_between(from, to).unwrap().value
}

fn few() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn there_and_back_is_where_one_began(calendar in calendars(), date in day(), n in -200_i32..200) {
        let begun = calendar.rolled(date, Roll::Following).unwrap().value;
        prop_assert!(calendar.is_working(begun).value);
        let reached = add(&calendar, begun, n);
        prop_assert!(calendar.is_working(reached).value);
        prop_assert_eq!(add(&calendar, reached, -n), begun);
        prop_assert_eq!(between(&calendar, begun, reached), n);
    }

    #[test]
    fn the_time_between_adds_up(calendar in calendars(), days in proptest::array::uniform3(day())) {
        let [a, b, c] = days;
        prop_assert_eq!(between(&calendar, a, b) + between(&calendar, b, c), between(&calendar, a, c));
        prop_assert_eq!(between(&calendar, a, b), -between(&calendar, b, a));
        let slow = (1..=(b - a).get_days()).filter(|n| calendar.is_working(a + Span::new().days(*n)).value).count();
        if a <= b {
            prop_assert_eq!(between(&calendar, a, b), i32::try_from(slow).unwrap());
        }
    }

    #[test]
    fn later_is_never_earlier(calendar in calendars(), a in day(), b in day(), n in -50_i32..50, m in 0_i32..5) {
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(add(&calendar, a, n) <= add(&calendar, b, n) || n == 0);
        let rolled = |date, roll| calendar.rolled(date, roll).unwrap().value;
        for roll in [Roll::Following, Roll::Preceding] {
            prop_assert!(rolled(a, roll) <= rolled(b, roll));
        }
        prop_assert!(rolled(a, Roll::Preceding) <= a && a <= rolled(a, Roll::Following));
        let begun = rolled(a, Roll::Following);
        prop_assert!(add(&calendar, begun, n) <= add(&calendar, begun, n + m));
    }

    #[test]
    fn a_day_is_what_it_is_whichever_way_it_is_looked_at(calendar in calendars(), date in day()) {
        let works = calendar.is_working(date).value;
        prop_assert_eq!(works, calendar.close(date).unwrap().value.is_some());
        prop_assert_eq!(works, calendar.working_between(date.yesterday().unwrap(), date).unwrap().value == 1);
        prop_assert!(!(works && calendar.holidays(date.year()).iter().any(|day| day.date == date)));
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        prop_assert!(!(works && weekend));
    }

    #[test]
    fn time_at_work_adds_up(calendar in calendars(), moments in proptest::array::uniform3(moments())) {
        let [a, b, c] = moments;
        let worked = |from, to| calendar.worked(from, to).unwrap().value;
        let (first, second, whole) = (worked(a, b), worked(b, c), worked(a, c));
        prop_assert_eq!(first.seconds + second.seconds, whole.seconds);
        prop_assert_eq!(first.days + second.days, whole.days);
        if a <= b {
            prop_assert!(first.seconds >= 0 && first.seconds <= a.duration_until(b).as_secs());
        }
    }

    #[test]
    fn working_hours_added_are_those_that_were_worked(calendar in calendars(), from in moments(), minutes in 1_i64..6_000) {
        let seconds = minutes * 60;
        let to = calendar.add_worked(from, seconds).unwrap().value;
        prop_assert_eq!(calendar.worked(from, to).unwrap().value.seconds, seconds);
        let back = calendar.add_worked(from, -seconds).unwrap().value;
        prop_assert_eq!(calendar.worked(back, from).unwrap().value.seconds, seconds);
        prop_assert!(calendar.is_working(calendar.date_of(to)).value);
    }

    #[test]
    fn nothing_is_due_when_nobody_works_unless_it_is_asked_for(
        calendar in calendars(), from in moments(), text in rules(),
    ) {
        let Ok(rule) = Rule::read(&text) else { return Ok(()) };
        prop_assert_eq!(Rule::read(&rule.to_string()), Ok(rule.clone()));
        let due = rule.due(from, &filled, &calendar).unwrap();
        let works = calendar.is_working(due.day).value;
        prop_assert!(works || rule.roll() == Roll::AsIs, "{} from {} is due on {}", text, from, due.day);
        if let Some(before) = due.moved_from {
            prop_assert!(!calendar.is_working(before).value);
            prop_assert_eq!(due.day < before, rule.roll() == Roll::Preceding);
        }
        prop_assert_eq!(calendar.date_of(due.at), due.day);
    }

    #[test]
    fn who_begins_later_ends_no_earlier(calendar in calendars(), a in moments(), b in moments(), text in rules()) {
        let Ok(rule) = Rule::read(&text) else { return Ok(()) };
        let due = |from| rule.due(from, &filled, &calendar).unwrap().at;
        prop_assert!(due(a.min(b)) <= due(a.max(b)), "{}", text);
    }

    #[test]
    fn what_recurs_goes_on_and_is_the_same_asked_at_once_or_one_by_one(
        calendar in calendars(), start in day(), skip in 0_i32..3_000,
        text in proptest::sample::select(vec![
            "every day", "every working day", "every 3 days, preceding", "every week on monday and friday",
            "every other week on sunday", "every month on the 1st, 15th and 31st, preceding",
            "every month on the last working day", "every month on the second tuesday", "every year on 02-29",
            "every day 40 times", "every month on the 31st until 2015-01-01",
        ]),
    ) {
        let recurrence = Recurrence::read(text).unwrap();
        let after = start + Span::new().days(skip);
        let all = recurrence.take(start, after, 12, &calendar).unwrap();
        let mut last = after;
        for one in &all {
            prop_assert!(one.day > last && one.nominal >= start);
            prop_assert!(calendar.is_working(one.day).value);
            prop_assert_eq!(recurrence.next(start, last, &calendar).unwrap(), Some(*one));
            last = one.day;
        }
        if all.len() < 12 {
            prop_assert_eq!(recurrence.next(start, last, &calendar).unwrap(), None);
        }
        // The same as those of the whole series that come after.
        if !text.contains("times") && skip < 400 {
            let whole = recurrence.take(start, start.yesterday().unwrap(), 420, &calendar).unwrap();
            let later: Vec<_> = whole.into_iter().filter(|one| one.day > after).take(all.len()).collect();
            prop_assert_eq!(later, all);
        }
    }

    #[test]
    fn reminders_are_said_once_however_often_one_looks(
        calendar in calendars(), from in moments(), text in rules(), quiet in any::<bool>(),
        looks in proptest::collection::vec(1_i64..60 * 24 * 9, 1..30),
    ) {
        let Ok(rule) = Rule::read(&text) else { return Ok(()) };
        let due = rule.due(from, &filled, &calendar).unwrap();
        let set = Reminders { quiet, ..Reminders::default() };
        let mut said = std::collections::BTreeSet::new();
        let begun = due.at - SignedDuration::from_hours(24 * 10);
        let mut since = begun;
        for minutes in looks {
            let now = since + SignedDuration::from_mins(minutes);
            let all = come_due(&due, since, now, &set, &calendar).unwrap().value;
            let kinds: std::collections::BTreeSet<_> = all.iter().map(|one| one.id.kind).collect();
            prop_assert_eq!(kinds.len(), all.len());
            for one in all {
                prop_assert!(since < one.at && one.at <= now);
                prop_assert!(said.insert(one.id), "{} twice", one.id);
                let works = calendar.is_working(calendar.date_of(one.at)).value;
                prop_assert!(works || !quiet || one.at == due.at);
            }
            // Whoever has forgotten when he looked last is told nothing that has another name.
            for one in come_due(&due, begun, now, &set, &calendar).unwrap().value {
                prop_assert!(said.contains(&one.id), "{} was never said", one.id);
            }
            since = now;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in any_text()) {
        if let Ok(rule) = Rule::read(&text) {
            prop_assert_eq!(Rule::read(&rule.to_string()), Ok(rule.clone()));
            let _ = rule.due(at("2026-11-23T10:00"), &filled, nato());
            let _ = rule.due(Timestamp::MAX, &filled, nato());
            let _ = rule.due(Timestamp::MIN, &filled, nato());
        }
        if let Ok(recurrence) = Recurrence::read(&text) {
            prop_assert_eq!(Recurrence::read(&recurrence.to_string()), Ok(recurrence.clone()));
            let _ = recurrence.take(Date::MIN, Date::MIN, 2, nato());
            let _ = recurrence.take(Date::MAX, Date::MIN, 2, nato());
        }
        let quoted: String = text.chars().filter(|c| !c.is_control() && !"\"\\".contains(*c)).collect();
        let _ = Calendars::read([("any", text.as_str())]);
        let _ = Calendars::read([("any", format!("{HEAD}[[holiday]]\nid = \"aa\"\nnames = {{ en = \"a\", fr = \"a\" }}\non = \"{quoted}\"\n").as_str())]);
    }

    #[test]
    fn a_file_that_was_damaged_is_read_or_refused(at_byte in 0_usize..4_000, with in ".{0,3}", drop in 0_usize..40) {
        for text in [NATO, BELGIUM] {
            let chars: Vec<char> = text.chars().collect();
            let begins = at_byte % chars.len();
            let damaged: String = chars[..begins].iter().copied().chain(with.chars())
                .chain(chars.iter().skip(begins + drop).copied()).collect();
            let _ = Calendars::read([("one", damaged.as_str()), ("two", BELGIUM)]);
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(vec![
        "5",
        "48",
        "0",
        "5000",
        "99999",
        "working",
        "day",
        "days",
        "hours",
        "weeks",
        "months",
        "years",
        "before",
        "after",
        "field:x",
        "field:",
        "on",
        "the",
        "of",
        "close",
        "business",
        "in",
        "first",
        "fifth",
        "last",
        "this",
        "next",
        "month",
        "quarter",
        "1st",
        "15th",
        "31st",
        "and",
        ",",
        "following",
        "as",
        "is",
        "at",
        "12:00",
        "every",
        "other",
        "monday",
        "sunday",
        "until",
        "2027-01-01",
        "9999-12-31",
        "times",
        "12-24",
        "02-29",
        "to",
        "easter+1",
        "é",
        "-1",
    ]);
    prop_oneof![
        2 => ".{0,60}",
        5 => proptest::collection::vec(word, 0..12).prop_map(|words| words.join(" ")),
    ]
}
