//! Cases by examples, by the procedures that ship: a tasker from opening to closing, and everything that is refused on the way.

use std::{path::Path, sync::Arc};

use jiff::civil::{Date, date};
use registry::{
    CASES, Caller, CaseId, Code, CommandId, Context, Fact, IdSource, Refusal, TaskId, Timestamp,
    cases::{
        Act, Case, Comment, Doer, Ending, Filled, Needs, Opening, Remark, Said, Severity, TaskAct, TaskState,
        Written, decide, routine, routine::Routines,
    },
    house::House,
    id::{PostId, UnitId},
    organisation::For,
};
use serde_json::json;

use crate::{
    organisation::{BEGINS, World},
    support::*,
};

/// A house that goes by the procedures and calendars that ship.
pub fn house_with_routines() -> House {
    let mut house = house();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../house");
    for (what, folder) in [(Routines::Calendar, "calendars"), (Routines::Procedure, "procedures")] {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let toml = std::fs::read_to_string(path).unwrap();
                house.add_routine(what, routine::name(what, &toml).unwrap(), toml);
            }
        }
    }
    house
}

/// A small headquarters in which cases run: OPS (1, a second 2), LOG (3), SUP (4), the chief of staff (5); 6 is of no post.
pub struct Bureau {
    pub house: House,
    pub needs: Needs,
    pub cases: Vec<Case>,
    pub comments: Vec<Comment>,
    pub today: Date,
    commands: u64,
    sequence: u64,
    pub log: UnitId,
    pub sup: UnitId,
    pub posts: Vec<PostId>,
}

pub fn clerk(n: u8) -> Caller {
    caller(n, &cleared(&house(), "SECRET"))
}

fn text(value: &str) -> serde_json::Value {
    value.into()
}

impl Bureau {
    pub fn new() -> Self {
        let mut world = World::new();
        let top = world.unit("HQ", None);
        let [ops, log, sup] = ["OPS", "LOG", "SUP"].map(|code| world.unit(code, Some(top)));
        let posts = [
            ("OPS-1", ops, true),
            ("OPS-2", ops, false),
            ("LOG-1", log, true),
            ("SUP-1", sup, true),
            ("COS", top, true),
        ];
        let posts: Vec<PostId> =
            posts.into_iter().map(|(code, unit, head)| world.post(code, unit, head)).collect();
        for (n, post) in (1..).zip(&posts) {
            world.holds(*post, n, BEGINS, None);
        }
        let people = world.needs.people.keys().copied().collect();
        let organisation = Arc::new(world.needs.organisation);
        let needs = Needs { organisation, people, admitted: true, ..Needs::default() };
        let house = house_with_routines();
        Self {
            house,
            needs,
            cases: Vec::new(),
            comments: Vec::new(),
            today: TODAY,
            commands: 0,
            sequence: 0,
            log,
            sup,
            posts,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.today.at(11, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().into()
    }

    /// Decides an act and carries it out.
    pub fn does(&mut self, caller: &Caller, act: &Act) -> Result<Vec<Fact>, Refusal> {
        self.commands += 1;
        let sent = serde_json::to_string(act).unwrap();
        assert_eq!(serde_json::from_str::<Act>(&sent).unwrap(), *act);
        let mut command = [7; 16];
        command[..8].copy_from_slice(&self.commands.to_be_bytes());
        let ids = IdSource::new(&[9; 32]);
        let context = Context {
            registry: CASES,
            actor: caller.person,
            command: CommandId::new(command),
            now: self.now(),
            today: self.today,
            house: &self.house,
            ids: &ids,
        };
        let find = |id| self.cases.iter().find(|case| case.id == id).cloned();
        let case = act.case().and_then(find);
        let parent = match act {
            Act::Open(opening) => opening.part_of.and_then(|(case, _)| find(case)),
            _ => case.as_ref().and_then(|case| case.part_of).and_then(|part| find(part.case)),
        };
        let mut needs = Needs { case, parent, ..self.needs.clone() };
        let of = |comment: &&Comment| act.case() == Some(comment.case);
        needs.comments = self.comments.iter().filter(of).cloned().collect();
        needs.commented = u64::try_from(needs.comments.len()).unwrap();
        let facts = decide(caller, &context, act, &needs)?;
        for fact in &facts {
            self.carry_out(caller, fact);
        }
        Ok(facts)
    }

    fn carry_out(&mut self, caller: &Caller, fact: &Fact) {
        let written = Written { at: self.now(), by: caller.person, sequence: self.sequence };
        self.sequence += 1;
        let text = serde_json::to_string(fact).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), *fact);
        if let Fact::CaseOpened { case } = fact {
            self.needs.next.insert((case.procedure.clone(), case.year), case.serial + 1);
            self.cases.push(Case::opened(case, written));
            return;
        }
        let id = match fact {
            Fact::CaseStepped { step } => step.case,
            Fact::CaseChanged { case, .. }
            | Fact::CaseReopened { case, .. }
            | Fact::TaskMoved { case, .. }
            | Fact::CaseShown { case, .. }
            | Fact::CaseNoted { case, .. } => *case,
            Fact::CaseCommented { case, said } => {
                self.commented(*case, said, written);
                *case
            }
            other => panic!("{other:?}"),
        };
        self.cases.iter_mut().find(|case| case.id == id).unwrap().apply(fact, written);
        // What an entry makes of a case is what stands in the tables: read back it is the same.
        let case = self.case(id);
        let kept: Case = serde_json::from_str(&serde_json::to_string(case).unwrap()).unwrap();
        assert_eq!(kept, *case);
    }

    fn commented(&mut self, case: CaseId, said: &Said, written: Written) {
        for comment in self.comments.iter_mut().filter(|comment| comment.case == case) {
            comment.apply(said, written);
        }
        if let Said::Made { task, office, rows } = said {
            let made = rows.iter().map(|row| Comment::made(case, *task, *office, row, written));
            self.comments.extend(made);
        }
    }

    pub fn case(&self, id: CaseId) -> &Case {
        self.cases.iter().find(|case| case.id == id).unwrap()
    }

    /// A tasker to LOG, supported by SUP, by 31 March.
    pub fn tasker(&self) -> Opening {
        let values = [
            ("subject", text("Winter fuel")),
            ("issuing_authority", json!(self.posts[4].to_string())),
            ("priority", text("routine")),
            ("lead", json!(self.log.to_string())),
            ("support", json!([self.sup.to_string()])),
            ("routing", text("together")),
            ("instruction", text("Say how much.")),
            ("deliverable", text("A letter")),
            ("internal_suspense", text("2026-03-31")),
        ];
        Opening {
            procedure: "tasker".into(),
            values: values.into_iter().map(|(field, value)| (field.to_owned(), value)).collect(),
            label: label(&self.house, "NATO", "CONFIDENTIAL", &[]),
            post: None,
            part_of: None,
        }
    }

    pub fn opened(&mut self, n: u8, opening: Opening) -> CaseId {
        match self.does(&clerk(n), &Act::Open(opening)).unwrap().first() {
            Some(Fact::CaseOpened { case }) => case.id,
            other => panic!("{other:?}"),
        }
    }

    pub fn step(&mut self, n: u8, case: CaseId, step: &str, values: Filled) -> Result<Vec<Fact>, Refusal> {
        let stage = self.case(case).stage.clone();
        let reason = Some("As agreed".to_owned());
        self.does(&clerk(n), &Act::Step { case, stage, step: step.into(), values, reason })
    }

    pub fn tasks(&mut self, n: u8, case: CaseId, task: TaskId, does: TaskAct) -> Result<Vec<Fact>, Refusal> {
        self.does(&clerk(n), &Act::Task { case, task, does })
    }

    /// A tasker that is in work.
    pub fn working(&mut self) -> CaseId {
        let opening = self.tasker();
        let case = self.opened(1, opening);
        self.step(1, case, "issue", Filled::new()).unwrap();
        self.step(3, case, "begin", Filled::new()).unwrap();
        case
    }

    pub fn branch(&self, case: CaseId) -> TaskId {
        self.case(case).current().find(|task| task.branch.is_some()).unwrap().id
    }

    fn main(&self, case: CaseId) -> TaskId {
        self.case(case).main().unwrap().id
    }

    pub fn shows(&mut self, n: u8, case: CaseId) {
        let document = registry::DocumentId::new([0x61; 16]);
        self.needs.documents.insert(document);
        let evidence = Some("product".to_owned());
        let act = Act::Show { case, evidence, document: Some(document), words: None };
        self.does(&clerk(n), &act).unwrap();
    }
}

/// A row of a table of comments.
pub fn remark(severity: Severity) -> Remark {
    let said = |text: &str| Some(text.to_owned());
    Remark {
        severity,
        page: said("4"),
        paragraph: said("2.1"),
        line: None,
        text: said("forty days"),
        comment: said("Too little."),
        proposal: said("sixty days"),
        rationale: None,
        author: None,
    }
}

pub fn reply(reply: &str, words: Option<&str>) -> TaskAct {
    TaskAct::Reply { reply: reply.into(), words: words.map(str::to_owned) }
}

pub fn code(result: Result<Vec<Fact>, Refusal>) -> Code {
    result.unwrap_err().code
}

#[test]
fn a_tasker_goes_from_draft_to_closed_and_every_task_has_one_owner_and_a_due() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let work = bureau.case(case);
    assert_eq!((work.number.as_str(), work.stage.as_str()), ("TT-2026-0001", "work"));
    assert_eq!(work.called(), "Winter fuel");
    assert_eq!(work.expected(), Some(date(2026, 3, 31)));
    assert_eq!(work.main().unwrap().owner, Doer::Post(bureau.posts[2]));
    // Two working days before the suspense, which is Tuesday the 31st: Friday.
    let brussels = jiff::tz::TimeZone::get("Europe/Brussels").unwrap();
    let support = work.task(bureau.branch(case)).unwrap();
    assert_eq!(support.due.date(&brussels), date(2026, 3, 27));
    assert_eq!(work.with(), [Doer::Post(bureau.posts[3])]);

    assert_eq!(code(bureau.step(3, case, "submit", Filled::new())), Code::RepliesOutstanding);
    let task = bureau.branch(case);
    bureau.tasks(4, case, task, reply("concur_with_comment", Some("Say litres."))).unwrap();
    assert_eq!(bureau.case(case).with(), [Doer::Post(bureau.posts[2])]);
    assert_eq!(code(bureau.step(3, case, "submit", Filled::new())), Code::EvidenceMissing);
    bureau.shows(3, case);
    bureau.step(3, case, "submit", Filled::new()).unwrap();
    let approve: Filled = [("closing_note".to_owned(), text("Good."))].into();
    assert_eq!(code(bureau.step(5, case, "approve", Filled::new())), Code::Required);
    bureau.step(5, case, "approve", approve).unwrap();
    let closed = bureau.case(case);
    assert_eq!(closed.ended.map(|ended| ended.how), Some(Ending::Done));
    assert!(closed.tasks.iter().all(|task| !task.state.is_open()));
    assert_eq!(code(bureau.step(5, case, "cancel", Filled::new())), Code::CaseEnded);

    bureau
        .does(&clerk(1), &Act::Reopen { case, stage: "work".into(), reason: "A figure is wrong".into() })
        .unwrap();
    assert!(bureau.case(case).is_open());
    assert_eq!(bureau.case(case).with(), [Doer::Post(bureau.posts[3])]);
}

#[test]
fn a_non_concurrence_is_settled_before_the_product_is_approved() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let task = bureau.branch(case);
    bureau.does(&clerk(4), &Act::Comment { case, task, rows: vec![remark(Severity::Critical)] }).unwrap();
    bureau.tasks(4, case, task, reply("non_concur", None)).unwrap();
    bureau.shows(3, case);
    bureau.step(3, case, "submit", Filled::new()).unwrap();
    let mut values: Filled = [("closing_note".to_owned(), text("Good."))].into();
    assert_eq!(code(bureau.step(5, case, "approve", values.clone())), Code::StepClosed);
    values.insert("adjudication".into(), text("The higher figure is taken."));
    bureau.step(5, case, "approve", values).unwrap();
}

#[test]
fn whoever_is_not_meant_is_refused_and_whoever_takes_no_part_is_not_told_that_it_is_there() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    assert_eq!(code(bureau.step(1, case, "submit", Filled::new())), Code::NotYours);
    assert_eq!(code(bureau.step(4, case, "submit", Filled::new())), Code::NotYours);
    assert_eq!(code(bureau.step(6, case, "submit", Filled::new())), Code::NotFound);
    // The label hides it from whoever takes part, too.
    let act =
        Act::Step { case, stage: "work".into(), step: "submit".into(), values: Filled::new(), reason: None };
    assert_eq!(bureau.does(&caller(3, &[]), &act).unwrap_err().code, Code::NotFound);
    let task = bureau.branch(case);
    assert_eq!(code(bureau.tasks(3, case, task, reply("concur", None))), Code::NotYours);
    assert_eq!(code(bureau.tasks(4, case, task, reply("perhaps", None))), Code::NotOffered);
}

#[test]
fn a_stand_in_does_what_the_holder_does_and_sees_no_more_than_he_is_cleared_for() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let mut world = World::new();
    world.needs.organisation = (*bureau.needs.organisation).clone();
    world.leave(3, date(2026, 3, 12), date(2026, 3, 20));
    world.stands_in(For::Person { person: person(3) }, 6, date(2026, 3, 12), date(2026, 3, 20)).unwrap();
    bureau.needs.organisation = Arc::new(world.needs.organisation);
    let acknowledge = Act::Task { case, task: bureau.main(case), does: TaskAct::Acknowledge };
    assert_eq!(bureau.does(&caller(6, &[]), &acknowledge).unwrap_err().code, Code::NotFound);
    bureau.does(&clerk(6), &acknowledge).unwrap();
    assert_eq!(bureau.case(case).main().unwrap().state, TaskState::Acknowledged);
}

#[test]
fn two_at_once_are_told_that_the_other_was_quicker() {
    let mut bureau = Bureau::new();
    let opening = bureau.tasker();
    let case = bureau.opened(1, opening);
    let issue = |stage: &str| Act::Step {
        case,
        stage: stage.into(),
        step: "issue".into(),
        values: Filled::new(),
        reason: None,
    };
    bureau.does(&clerk(1), &issue("draft")).unwrap();
    let refused = bureau.does(&clerk(1), &issue("draft")).unwrap_err();
    assert_eq!(refused.code, Code::CaseMovedOn);
    assert!(refused.arguments.iter().any(|(name, value)| *name == "stage_fr" && value == "Émise"));
}

#[test]
fn more_time_is_asked_for_before_the_suspense_and_decided_by_whoever_gave_the_task() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let task = bureau.main(case);
    let ask = |until| TaskAct::AskForTime { until, reason: "Figures are late".into() };
    assert_eq!(code(bureau.tasks(3, case, task, ask(date(2026, 3, 30)))), Code::ExtensionNotLater);
    assert_eq!(code(bureau.tasks(1, case, task, ask(date(2026, 4, 10)))), Code::NotYours);
    bureau.tasks(3, case, task, ask(date(2026, 4, 10))).unwrap();
    assert_eq!(code(bureau.tasks(3, case, task, ask(date(2026, 4, 14)))), Code::ExtensionOpen);
    let before = bureau.case(case).main().unwrap().due_now();
    let decide =
        |granted, reason: Option<&str>| TaskAct::DecideTime { granted, reason: reason.map(str::to_owned) };
    assert_eq!(code(bureau.tasks(3, case, task, decide(true, None))), Code::NotYours);
    assert_eq!(code(bureau.tasks(5, case, task, decide(false, None))), Code::Required);
    bureau.tasks(5, case, task, decide(true, None)).unwrap();
    let main = bureau.case(case).main().unwrap();
    assert_eq!(main.due, before);
    assert_eq!(main.due_now().date(&jiff::tz::TimeZone::UTC), date(2026, 4, 10));
    assert_eq!(code(bureau.tasks(5, case, task, decide(true, None))), Code::NothingAsked);
    // A part is not due after the whole, by the last approval.
    let part = bureau.branch(case);
    assert_eq!(code(bureau.tasks(4, case, part, ask(date(2026, 4, 13)))), Code::AfterParent);
    bureau.tasks(4, case, part, ask(date(2026, 4, 9))).unwrap();
    bureau.today = date(2026, 4, 13);
    assert_eq!(code(bureau.tasks(3, case, task, ask(date(2026, 4, 20)))), Code::ExtensionLate);
}

#[test]
fn what_is_asked_back_or_refused_goes_to_whoever_gave_it() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let task = bureau.branch(case);
    let words = |text: &str| text.to_owned();
    bureau.tasks(4, case, task, TaskAct::Acknowledge).unwrap();
    assert_eq!(code(bureau.tasks(4, case, task, TaskAct::Acknowledge)), Code::TaskStands);
    bureau.tasks(4, case, task, TaskAct::Ask { words: words("Which winter?") }).unwrap();
    assert_eq!(bureau.case(case).with(), [Doer::Post(bureau.posts[2])]);
    assert_eq!(code(bureau.tasks(4, case, task, reply("concur", None))), Code::TaskStands);
    bureau.tasks(3, case, task, TaskAct::Answer { words: words("The next.") }).unwrap();
    assert_eq!(bureau.case(case).task(task).unwrap().state, TaskState::Acknowledged);
    bureau.tasks(4, case, task, TaskAct::Refuse { reason: words("Not ours") }).unwrap();
    let other = Doer::Post(bureau.posts[1]);
    let assign = TaskAct::Assign { to: Some(other), reason: words("Theirs then") };
    assert_eq!(code(bureau.tasks(4, case, task, assign.clone())), Code::NotYours);
    bureau.tasks(3, case, task, assign).unwrap();
    bureau.tasks(2, case, task, reply("no_comment", None)).unwrap();
    assert_eq!(code(bureau.tasks(2, case, task, TaskAct::Acknowledge)), Code::TaskOver);
}

#[test]
fn whoever_gives_a_task_on_answers_for_it_all_the_same() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let task = bureau.main(case);
    let to = Some(Doer::Person(person(6)));
    bureau.needs.admitted = false;
    let give = |to| TaskAct::Delegate { to, words: None };
    assert_eq!(code(bureau.tasks(3, case, task, give(to))), Code::DoerNotAdmitted);
    bureau.needs.admitted = true;
    let nobody = Some(Doer::Person(person(77)));
    assert_eq!(code(bureau.tasks(3, case, task, give(nobody))), Code::NotOffered);
    bureau.tasks(3, case, task, give(to)).unwrap();
    assert_eq!(code(bureau.tasks(6, case, task, give(None))), Code::NotYours);
    bureau.tasks(6, case, task, TaskAct::Acknowledge).unwrap();
    let main = bureau.case(case).main().unwrap();
    assert_eq!((main.owner, main.doer()), (Doer::Post(bureau.posts[2]), Doer::Person(person(6))));
}

#[test]
fn a_part_is_due_before_the_whole_less_what_is_kept_in_hand() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let mut part = bureau.tasker();
    part.part_of = Some((case, bureau.main(case)));
    // The buffer is one working day: Monday the 30th.
    let refused = bureau.does(&clerk(3), &Act::Open(part.clone())).unwrap_err();
    assert_eq!(refused.code, Code::AfterParent);
    assert!(refused.arguments.contains(&("day", "2026-03-30".into())));
    part.values.insert("internal_suspense".into(), text("2026-03-30"));
    assert_eq!(bureau.does(&clerk(4), &Act::Open(part.clone())).unwrap_err().code, Code::NotYours);
    let id = bureau.opened(3, part);
    assert_eq!(bureau.case(id).part_of.map(|part| part.case), Some(case));
    assert_eq!(bureau.case(id).number, "TT-2026-0002");
}

#[test]
fn what_is_filled_in_is_held_against_the_house() {
    let mut bureau = Bureau::new();
    let wrong = [
        ("internal_suspense", text("2026-03-11"), Code::ValuePast),
        ("internal_suspense", text("tomorrow"), Code::ValueForm),
        ("external_suspense", text("2026-03-30"), Code::ValueBefore),
        ("lead", json!(UnitId::new([0xee; 16]).to_string()), Code::NotOffered),
        ("support", json!([bureau.sup.to_string(), bureau.sup.to_string()]), Code::ValueTwice),
        ("sources", json!([registry::DocumentId::new([0x62; 16]).to_string()]), Code::NotOffered),
        ("priority", text("whenever"), Code::NotOffered),
        ("buffer", json!(21), Code::ValueTooLarge),
        ("closing_note", text("early"), Code::NotOffered),
        ("colour", text("blue"), Code::NotOffered),
    ];
    for (field, value, expected) in wrong {
        let mut opening = bureau.tasker();
        opening.values.insert(field.into(), value);
        let refused = bureau.does(&clerk(1), &Act::Open(opening)).unwrap_err();
        assert_eq!(refused.code, expected, "{field}");
        assert!(refused.arguments.contains(&("of", field.into())), "{field}: {refused:?}");
    }
    let mut opening = bureau.tasker();
    opening.values.remove("instruction");
    assert_eq!(bureau.does(&clerk(1), &Act::Open(opening)).unwrap_err().code, Code::Required);
    let mut opening = bureau.tasker();
    opening.label = label(&bureau.house, "NATO", "COSMIC TOP SECRET", &[]);
    assert_eq!(bureau.does(&clerk(1), &Act::Open(opening)).unwrap_err().code, Code::LabelAboveOwn);
    let mut opening = bureau.tasker();
    opening.post = Some(bureau.posts[4]);
    assert_eq!(bureau.does(&clerk(1), &Act::Open(opening)).unwrap_err().code, Code::NotOffered);
    assert!(bureau.cases.is_empty());
}

#[test]
fn a_follow_up_is_put_off_and_its_due_moves_with_its_day() {
    let mut bureau = Bureau::new();
    let values: Filled = [
        ("subject".to_owned(), text("The answer from SHAPE")),
        ("bring_forward".to_owned(), text("2026-03-17")),
    ]
    .into();
    let label = label(&bureau.house, "NATO", "CONFIDENTIAL", &[]);
    let opening = Opening { procedure: "follow-up".into(), values, label, post: None, part_of: None };
    let case = bureau.opened(6, opening);
    assert_eq!(bureau.case(case).opener, Doer::Person(person(6)));
    let brussels = jiff::tz::TimeZone::get("Europe/Brussels").unwrap();
    let due = |bureau: &Bureau| bureau.case(case).main().unwrap().due_now().date(&brussels);
    assert_eq!(due(&bureau), date(2026, 3, 17));
    let later: Filled = [("bring_forward".to_owned(), text("2026-03-19"))].into();
    let change = Act::Change { case, values: later, label: None, reason: None };
    bureau.does(&clerk(6), &change).unwrap();
    assert_eq!(due(&bureau), date(2026, 3, 19));
    assert_eq!(bureau.does(&clerk(6), &change).unwrap_err().code, Code::NothingChanged);
    let later: Filled = [("bring_forward".to_owned(), text("2026-03-24"))].into();
    bureau.step(6, case, "snooze", later).unwrap();
    assert_eq!(due(&bureau), date(2026, 3, 24));
    bureau.step(6, case, "done", Filled::new()).unwrap();
    assert!(!bureau.case(case).is_open());
}

#[test]
fn whoever_is_mentioned_sees_the_case_from_then_on() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let note = |words: &str, mentions: Vec<_>| Act::Note { case, words: words.into(), mentions };
    assert_eq!(bureau.does(&clerk(6), &note("Mine?", vec![])).unwrap_err().code, Code::NotFound);
    assert_eq!(bureau.does(&clerk(3), &note(" ", vec![])).unwrap_err().code, Code::Required);
    assert_eq!(bureau.does(&clerk(3), &note("You?", vec![person(77)])).unwrap_err().code, Code::NotOffered);
    bureau.does(&clerk(3), &note("Look at this.", vec![person(6)])).unwrap();
    bureau.does(&clerk(6), &note("I do.", vec![])).unwrap();
}

#[test]
fn a_routine_is_adopted_by_an_administrator_and_a_version_that_runs_stays_as_it_is() {
    let house = house_with_routines();
    let ids = IdSource::new(&[9; 32]);
    let context = Context {
        registry: registry::HOUSE,
        actor: person(99),
        command: CommandId::new([1; 16]),
        now: NOW,
        today: TODAY,
        house: &house,
        ids: &ids,
    };
    let adopt = |caller: &Caller, toml: &str| {
        let command = registry::Command::AdoptRoutine { what: Routines::Procedure, toml: toml.to_owned() };
        registry::command::decide(&command, &registry::command::Needs::Nothing, caller, &context)
    };
    let administrator = crate::organisation::administrator();
    let tasker = include_str!("../../../../house/procedures/tasker.toml");
    assert_eq!(adopt(&clerk(1), tasker).unwrap_err().code, Code::Forbidden);
    assert_eq!(adopt(&administrator, tasker).unwrap_err().code, Code::NothingChanged);
    let other = tasker.replace("Winter", "").replace("Tasker", "Order");
    assert_eq!(adopt(&administrator, &other).unwrap_err().code, Code::RoutineVersion);
    let newer = other.replace("version = 1", "version = 2");
    let (facts, _) = adopt(&administrator, &newer).unwrap();
    assert!(matches!(&facts[..], [Fact::RoutineAdopted { name, .. }] if name == "tasker-2"));
    let broken = newer.replace("to = \"issued\"", "to = \"nowhere\"");
    let refused = adopt(&administrator, &broken).unwrap_err();
    assert_eq!(refused.code, Code::RoutineUnusable);
    assert!(refused.arguments.iter().any(|(name, why)| *name == "why" && why.contains("tasker-2")));
}

#[test]
fn whoever_opens_a_case_takes_no_decision_that_is_anothers() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let task = bureau.branch(case);
    bureau.tasks(4, case, task, reply("concur", None)).unwrap();
    bureau.shows(3, case);
    bureau.step(3, case, "submit", Filled::new()).unwrap();
    let review = bureau.main(case);
    let to_himself = TaskAct::Assign { to: Some(Doer::Person(person(1))), reason: "Quicker".into() };
    assert_eq!(code(bureau.tasks(1, case, review, to_himself.clone())), Code::NotYours);
    // Nor whoever may give it to others, to himself.
    assert_eq!(code(bureau.tasks(5, case, review, to_himself)), Code::NotYours);
    assert_eq!(bureau.case(case).main().unwrap().owner, Doer::Post(bureau.posts[4]));
}

#[test]
fn nobody_grants_himself_more_time() {
    let mut bureau = Bureau::new();
    let opening = bureau.tasker();
    let case = bureau.opened(1, opening);
    let draft = bureau.main(case);
    let ask = TaskAct::AskForTime { until: date(2026, 3, 20), reason: "Busy".into() };
    bureau.tasks(1, case, draft, ask).unwrap();
    let grant = TaskAct::DecideTime { granted: true, reason: None };
    assert_eq!(code(bureau.tasks(1, case, draft, grant)), Code::NotYours);
    // What was asked for dies with the task.
    bureau.step(1, case, "issue", Filled::new()).unwrap();
    assert_eq!(bureau.case(case).task(draft).unwrap().extensions[0].granted, Some(false));
}

#[test]
fn what_was_shown_and_replied_before_a_return_does_not_count_after_it() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let task = bureau.branch(case);
    bureau.does(&clerk(4), &Act::Comment { case, task, rows: vec![remark(Severity::Critical)] }).unwrap();
    bureau.tasks(4, case, task, reply("non_concur", Some("Too little."))).unwrap();
    bureau.shows(3, case);
    bureau.step(3, case, "submit", Filled::new()).unwrap();
    bureau.today = date(2026, 3, 13);
    bureau.step(5, case, "return", Filled::new()).unwrap();
    assert_eq!(code(bureau.step(3, case, "submit", Filled::new())), Code::RepliesOutstanding);
    let again = bureau.branch(case);
    bureau.tasks(4, case, again, reply("concur", None)).unwrap();
    assert_eq!(code(bureau.step(3, case, "submit", Filled::new())), Code::EvidenceMissing);
    bureau.shows(3, case);
    bureau.step(3, case, "submit", Filled::new()).unwrap();
    // The non-concurrence was of the time before.
    let approve: Filled = [("closing_note".to_owned(), text("Good."))].into();
    bureau.step(5, case, "approve", approve).unwrap();
}

#[test]
fn what_has_ended_is_taken_up_where_it_ended_by_whoever_had_it() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    bureau.step(5, case, "cancel", Filled::new()).unwrap();
    let reopen = |stage: &str| Act::Reopen { case, stage: stage.into(), reason: "Still needed".into() };
    // The office in support had a task, and not the stage.
    assert_eq!(bureau.does(&clerk(4), &reopen("work")).unwrap_err().code, Code::NotYours);
    assert_eq!(bureau.does(&clerk(3), &reopen("review")).unwrap_err().code, Code::NotOffered);
    assert_eq!(bureau.does(&clerk(3), &reopen("closed")).unwrap_err().code, Code::NotOffered);
    bureau.does(&clerk(3), &reopen("work")).unwrap();
    assert_eq!(bureau.does(&clerk(3), &reopen("work")).unwrap_err().code, Code::CaseRuns);
}

#[test]
fn a_part_of_what_one_does_not_see_is_not_opened() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let mut part = bureau.tasker();
    part.part_of = Some((case, bureau.main(case)));
    part.label = label(&bureau.house, "NATO", "UNCLASSIFIED", &[]);
    let low = caller(3, &cleared(&bureau.house, "RESTRICTED"));
    assert_eq!(bureau.does(&low, &Act::Open(part)).unwrap_err().code, Code::NotFound);
}

#[test]
fn whoever_takes_a_step_of_anothers_stage_fills_in_nothing_of_it() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let values: Filled = [("adjudication".to_owned(), text("Settled."))].into();
    assert_eq!(code(bureau.step(5, case, "cancel", values)), Code::NotOffered);
    assert!(bureau.case(case).is_open());
}

#[test]
fn whoever_waits_for_his_turn_waits_when_the_task_is_given_to_another() {
    let mut bureau = Bureau::new();
    let mut opening = bureau.tasker();
    opening.values.insert("routing".into(), text("in-turn"));
    let both = json!([bureau.sup.to_string(), bureau.log.to_string()]);
    opening.values.insert("support".into(), both);
    let case = bureau.opened(1, opening);
    bureau.step(1, case, "issue", Filled::new()).unwrap();
    bureau.step(3, case, "begin", Filled::new()).unwrap();
    let waiting = bureau.case(case).current().find(|task| task.state == TaskState::Waiting).unwrap().id;
    let other = TaskAct::Assign { to: Some(Doer::Post(bureau.posts[1])), reason: "Theirs".into() };
    bureau.tasks(3, case, waiting, other).unwrap();
    assert_eq!(bureau.case(case).task(waiting).unwrap().state, TaskState::Waiting);
    assert_eq!(code(bureau.tasks(2, case, waiting, reply("concur", None))), Code::TaskStands);
    let first = bureau.branch(case);
    bureau.tasks(4, case, first, reply("concur", None)).unwrap();
    bureau.tasks(2, case, waiting, reply("concur", None)).unwrap();
}

#[test]
fn the_marking_of_a_case_that_others_have_is_changed_by_a_controller() {
    let mut bureau = Bureau::new();
    let case = bureau.working();
    let lower = Some(label(&bureau.house, "NATO", "UNCLASSIFIED", &[]));
    let act = Act::Change { case, values: Filled::new(), label: lower, reason: Some("By its words".into()) };
    assert_eq!(bureau.does(&clerk(1), &act).unwrap_err().code, Code::NotYours);
    let mut grants = cleared(&bureau.house, "SECRET");
    grants.push(role(registry::authorisation::Role::Controller, Some(HQ)));
    bureau.does(&caller(3, &grants), &act).unwrap();
}
