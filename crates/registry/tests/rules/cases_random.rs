//! Cases at random: whatever is offered is taken, whatever is refused changes nothing, and a case always stands so that somebody
//! has the ball.

use jiff::{ToSpan, civil::date};
use procedure::Now;
use proptest::prelude::*;
use registry::{
    CaseId, Code,
    cases::{Act, Case, Doer, Filled, Hand, Opening, Task, TaskAct, TaskState, values},
};

use crate::{
    cases::{Bureau, clerk},
    support::*,
};

/// What somebody tries: who, what of all that he may, and how.
#[derive(Debug, Clone, Copy)]
struct Move {
    caller: u8,
    what: u8,
    n: usize,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (1..=6_u8, 0..16_u8, 0..64_usize).prop_map(|(caller, what, n)| Move { caller, what, n });
    proptest::collection::vec(one, 1..80)
}

fn words() -> String {
    "As agreed".to_owned()
}

/// Everything that is offered to somebody, as acts.
fn offered(bureau: &Bureau, case: &Case, n: u8) -> Vec<Act> {
    let definition = bureau.house.procedures().version(&case.procedure, case.version).unwrap();
    let filled = values::read(definition, &case.values).unwrap();
    let caller = clerk(n);
    let hand = Hand {
        case,
        definition,
        values: &filled,
        caller: &caller,
        organisation: &bureau.needs.organisation,
        day: bureau.today,
    };
    let seen = registry::cases::decide::takes_part(case, &caller, &bureau.needs.organisation, bureau.today);
    if !seen {
        return Vec::new();
    }
    let now = Now { at: bureau.now().jiff(), day: bureau.today };
    let mut all = Vec::new();
    for way in hand.ways(now) {
        // What is missing of fields is asked with the step; replies and evidence are not.
        let missing = |one: &procedure::Hindrance| matches!(one, procedure::Hindrance::Value(_));
        if !way.hindrances.iter().all(missing) {
            continue;
        }
        let values: Filled = way
            .step
            .needs
            .iter()
            .map(|field| {
                let day = field == "bring_forward";
                let text = if day { bureau.today.saturating_add(7.days()).to_string() } else { words() };
                (field.clone(), text.into())
            })
            .collect();
        all.push(Act::Step {
            case: case.id,
            stage: case.stage.clone(),
            step: way.step.code.clone(),
            values,
            reason: Some(words()),
        });
    }
    for task in case.current() {
        for does in hand.does(task) {
            all.extend(task_act(bureau, task, &hand, does).map(|does| Act::Task {
                case: case.id,
                task: task.id,
                does,
            }));
        }
    }
    if hand.owns() && case.is_open() {
        let stage = definition.stage(&case.stage).unwrap();
        let document = Some(registry::DocumentId::new([0x61; 16]));
        all.extend(stage.evidence.iter().map(|evidence| Act::Show {
            case: case.id,
            evidence: Some(evidence.code.clone()),
            document,
            words: None,
        }));
    }
    all
}

/// An act of a name; none where it would be refused for what the offer can't know: the day that somebody types.
fn task_act(bureau: &Bureau, task: &Task, hand: &Hand<'_>, does: &str) -> Option<TaskAct> {
    Some(match does {
        "acknowledge" => TaskAct::Acknowledge,
        "ask" => TaskAct::Ask { words: words() },
        "answer" => TaskAct::Answer { words: words() },
        "refuse" => TaskAct::Refuse { reason: words() },
        "assign" => TaskAct::Assign { to: None, reason: words() },
        "delegate" => {
            let to = Some(Doer::Person(person(6))).filter(|to| task.given_to != Some(*to));
            TaskAct::Delegate { to, words: None }
        }
        "decide-time" => TaskAct::DecideTime { granted: true, reason: None },
        "ask-for-time" => {
            let late = bureau.now() > task.due_now();
            if late || task.branch.is_some() {
                return None;
            }
            let until = task.due_now().date(&jiff::tz::TimeZone::UTC).saturating_add(10.days());
            TaskAct::AskForTime { until, reason: words() }
        }
        "reply" => {
            let (_, branch) = hand.definition.branch(task.branch.as_ref()?)?;
            let reply = branch.replies.last()?.code.clone();
            TaskAct::Reply { reply, words: Some(words()) }
        }
        other => panic!("nobody knows how to {other}"),
    })
}

/// What is so of every case, whatever became of it.
fn stands(bureau: &Bureau, case: &Case) {
    let number = &case.number;
    let mains = case.current().filter(|task| task.branch.is_none()).count();
    if case.is_open() {
        assert_eq!(mains, 1, "{number}: one answers for a stage");
        assert!(!case.with().is_empty(), "{number}: somebody has the ball");
        assert!(case.main().unwrap().state.is_open(), "{number}: {:?}", case.main());
    } else {
        assert!(case.tasks.iter().all(|task| !task.state.is_open()), "{number} has ended");
        assert!(case.with().is_empty(), "{number} has ended");
    }
    for task in &case.tasks {
        assert_eq!(task.over.is_some(), !task.state.is_open(), "{number}: {task:?}");
        assert!(task.round <= case.round);
        if task.round < case.round {
            assert!(!task.state.is_open(), "{number}: a task of a stage that was left");
        }
        let whole = case.tasks.iter().find(|one| one.round == task.round && one.branch.is_none()).unwrap();
        assert!(task.due <= whole.due, "{number}: a part is due after the whole");
        assert!(task.state != TaskState::Waiting || task.branch.is_some());
    }
    // Whoever has the ball, or answers for it, is offered something.
    if case.is_open() {
        let any = (1..=6).any(|n| !offered(bureau, case, n).is_empty());
        assert!(any, "{number} at {}: nobody can do anything", case.stage);
    }
}

fn opened(bureau: &mut Bureau) -> Vec<CaseId> {
    let mut in_turn = bureau.tasker();
    in_turn.values.insert("routing".into(), "in-turn".into());
    let both = serde_json::json!([bureau.sup.to_string(), bureau.log.to_string()]);
    in_turn.values.insert("support".into(), both);
    let together = bureau.tasker();
    let values: Filled =
        [("subject".to_owned(), "The answer".into()), ("bring_forward".to_owned(), "2026-03-20".into())]
            .into();
    let label = label(&bureau.house, "NATO", "CONFIDENTIAL", &[]);
    let follow_up = Opening { procedure: "follow-up".into(), values, label, post: None, part_of: None };
    vec![bureau.opened(1, together), bureau.opened(1, in_turn), bureau.opened(6, follow_up)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_offered_is_taken_and_whatever_is_refused_changes_nothing(moves in moves()) {
        let mut bureau = Bureau::new();
        bureau.needs.documents.insert(registry::DocumentId::new([0x61; 16]));
        let cases = opened(&mut bureau);
        for one in moves {
            let id = cases[one.n % cases.len()];
            if one.what == 15 {
                bureau.today = bureau.today.saturating_add(1.day()).min(date(2026, 5, 1));
                continue;
            }
            let before = bureau.case(id).clone();
            let offers = offered(&bureau, &before, one.caller);
            if one.what < 12 && !offers.is_empty() {
                let act = &offers[one.n % offers.len()];
                match bureau.does(&clerk(one.caller), act) {
                    Ok(_) => {}
                    // More time ends on a working day: that may be the day on which it is due.
                    Err(refusal) => prop_assert_eq!(refusal.code, Code::NothingChanged, "{:?} of {:?}", act, before),
                }
            } else if let Some(act) = (1..=6).flat_map(|n| offered(&bureau, &before, n)).nth(one.n % 7) {
                // What is offered to others, and maybe not to him.
                if bureau.does(&clerk(one.caller), &act).is_err() {
                    prop_assert_eq!(bureau.case(id), &before);
                }
            }
            stands(&bureau, bureau.case(id));
        }
    }
}
