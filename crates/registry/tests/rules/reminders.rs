//! Whom a reminder of a task means as it goes from hand to hand, and that however often one looks each is told once.

use std::collections::BTreeSet;

use calendar::{ReminderKind, Reminders};
use jiff::civil::date;
use registry::{
    CaseId, TaskId, Timestamp,
    cases::{Case, Doer, TaskAct, remind::Reminding, values},
};

use crate::cases::{Bureau, reply};

const KINDS: [ReminderKind; 3] = [ReminderKind::Before, ReminderKind::After, ReminderKind::Escalation];
const HOUR: i64 = 3_600;

fn about<T>(bureau: &Bureau, case: &Case, tell: impl FnOnce(&Reminding<'_>) -> T) -> T {
    let definition = bureau.house.procedures().version(&case.procedure, case.version).unwrap();
    let reminders = Reminders::default();
    tell(&Reminding {
        case,
        definition,
        values: &values::read(definition, &case.values).unwrap(),
        organisation: &bureau.needs.organisation,
        calendar: bureau.house.calendars().get(&definition.calendar).unwrap(),
        house: &reminders,
        day: bureau.today,
    })
}

/// Whom each kind means of a task.
fn meant(bureau: &Bureau, case: CaseId, task: TaskId) -> [Vec<Doer>; 3] {
    let case = bureau.case(case);
    let task = case.task(task).unwrap();
    KINDS.map(|kind| about(bureau, case, |about| about.meant(task, kind)))
}

fn main(bureau: &Bureau, case: CaseId) -> TaskId {
    bureau.case(case).main().unwrap().id
}

fn sorted<const N: usize>(mut doers: [Doer; N]) -> Vec<Doer> {
    doers.sort_unstable();
    doers.to_vec()
}

#[test]
fn a_reminder_means_who_has_the_ball_who_answers_for_it_and_when_late_who_is_above() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let [opener, second, lead, support, chief] =
        [0, 1, 2, 3, 4].map(|place: usize| Doer::Post(bureau.posts[place]));
    let task = main(&bureau, case);
    assert_eq!(meant(&bureau, case, task), [vec![lead], vec![lead], vec![chief]]);
    // Given on: he who has it is reminded, and when it is late he who answers for it as well.
    bureau.tasks(3, case, task, TaskAct::Delegate { to: Some(second), words: None }).unwrap();
    assert_eq!(meant(&bureau, case, task), [vec![second], sorted([second, lead]), vec![chief]]);
    bureau.tasks(3, case, task, TaskAct::Delegate { to: None, words: None }).unwrap();
    // Asked about: the ball is with whoever gave it.
    bureau.tasks(3, case, task, TaskAct::Ask { words: "Which depots?".into() }).unwrap();
    assert_eq!(meant(&bureau, case, task), [vec![opener], vec![opener], vec![chief]]);
    bureau.tasks(1, case, task, TaskAct::Answer { words: "All of them.".into() }).unwrap();
    // Of a branch nothing is said above: the head of the unit, and of a head the one above him.
    let branch = bureau.branch(case);
    assert_eq!(meant(&bureau, case, branch), [vec![support], vec![support], vec![chief]]);
    bureau.tasks(4, case, branch, TaskAct::Refuse { reason: "Not ours.".into() }).unwrap();
    assert_eq!(meant(&bureau, case, branch), [vec![lead], vec![lead], vec![chief]]);
    bureau.tasks(3, case, branch, TaskAct::Assign { to: None, reason: "It is.".into() }).unwrap();
    // What is done means nobody.
    bureau.tasks(4, case, branch, reply("concur", None)).unwrap();
    assert_eq!(meant(&bureau, case, branch), [vec![], vec![], vec![]]);
    bureau.step(5, case, "cancel", Default::default()).unwrap();
    assert_eq!(meant(&bureau, case, task), [vec![], vec![], vec![]]);
}

#[test]
fn a_stage_reminds_as_its_procedure_says_and_a_branch_as_the_house_does() {
    let mut bureau = Bureau::new();
    let opening = bureau.tasker();
    let case = bureau.opened(1, opening);
    let set = |bureau: &Bureau, task: TaskId| {
        let case = bureau.case(case);
        let set = about(bureau, case, |about| about.settings(case.task(task).unwrap()));
        (set.before, set.escalate_after)
    };
    assert_eq!(set(&bureau, main(&bureau, case)), (vec![0], vec![3]));
    bureau.step(1, case, "issue", Default::default()).unwrap();
    assert_eq!(set(&bureau, main(&bureau, case)), (vec![0], vec![1]));
    bureau.step(3, case, "begin", Default::default()).unwrap();
    assert_eq!(set(&bureau, main(&bureau, case)), (vec![5, 2, 0], vec![1]));
    assert_eq!(set(&bureau, bureau.branch(case)), (vec![5, 2, 0], vec![3]));
}

/// What is said of a task by one who looks at these moments and goes on each time from where something was said last.
fn said(bureau: &Bureau, case: CaseId, looks: &[Timestamp]) -> Vec<(String, Doer)> {
    let case = bureau.case(case);
    let task = case.main().unwrap();
    let (mut since, mut all) = (Reminding::begins(task), Vec::new());
    for now in looks {
        let told = about(bureau, case, |about| about.come_due(task, since, *now).unwrap());
        if !told.is_empty() {
            since = *now;
        }
        all.extend(told.into_iter().map(|told| (told.reminder.id.to_string(), told.doer)));
    }
    all
}

#[test]
fn who_looks_often_says_each_thing_once_and_who_looks_late_says_one_thing_to_each() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let begin = bureau.case(case).main().unwrap().issued;
    let end = date(2026, 4, 10).at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let hours = Timestamp::from(end).seconds_since(begin) / HOUR;
    let every = |step: usize, from: i64| -> Vec<Timestamp> {
        (from..hours).step_by(step).map(|hour| begin.plus_seconds(hour * HOUR)).collect()
    };
    let hourly = said(&bureau, case, &every(1, 1));
    let distinct: BTreeSet<_> = hourly.iter().collect();
    assert_eq!(distinct.len(), hourly.len());
    // Five, two and no days before 31 March; then on 1, 2, 7, 8, 9 and 10 April, for Easter is between; and once above.
    let count = |kind: &str| hourly.iter().filter(|(name, _)| name.contains(kind)).count();
    assert_eq!([count("/before/"), count("/after/"), count("/escalation/")], [3, 6, 1]);
    for step in [2, 5, 24, 31, 100, 200] {
        let seldom = said(&bureau, case, &every(step, 1));
        assert!(seldom.iter().all(|one| distinct.contains(one)), "{step}: {seldom:?}");
        let once: BTreeSet<_> = seldom.iter().collect();
        assert_eq!(once.len(), seldom.len(), "{step}");
    }
    // Off until the third working day after: to each one thing, and it says how late it is.
    let late = said(&bureau, case, &every(1, hours - 1)[..1]);
    let [lead, chief] = [2, 4].map(|place: usize| Doer::Post(bureau.posts[place]));
    let mut told: Vec<(&str, Doer)> =
        late.iter().map(|(name, doer)| (name.split_once('/').unwrap().1, *doer)).collect();
    told.sort_unstable();
    assert_eq!(told, [("after/6", lead), ("escalation/1", chief)]);
}
