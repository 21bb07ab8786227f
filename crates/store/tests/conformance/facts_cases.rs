//! Entries of cases for tests: two cases, of which one went through everything.

use label::Label;
use registry::{
    CaseId, CommentId, DocumentId, Fact, TaskId, Timestamp,
    cases::{
        Doer, Ending, Event, Filled, Moved, NewCase, NewComment, NewTask, Outcome, PartOf, Remark, Reply,
        Routines, Said, Severity, Stepped,
    },
    id::{Digest, PostId},
};

use crate::facts::{READER, SECOND, label, sixteen};

const DUE: Timestamp = Timestamp::from_micros(1_774_962_000_000_000);

pub fn case_id(n: u64) -> CaseId {
    CaseId::new(sixteen(1_100 + n))
}

fn task_id(n: u64) -> TaskId {
    TaskId::new(sixteen(1_110 + n))
}

pub fn comment_id(n: u64) -> CommentId {
    CommentId::new(sixteen(1_140 + n))
}

fn remark(severity: Severity) -> Remark {
    let said = |text: &str| Some(text.to_owned());
    Remark {
        severity,
        page: said("4"),
        paragraph: said("2.1"),
        line: None,
        text: said("forty days"),
        comment: said("Too few."),
        proposal: said("sixty days"),
        rationale: None,
        author: None,
    }
}

fn new_comment(n: u64, severity: Severity) -> NewComment {
    NewComment { id: comment_id(n), number: n, row: remark(severity) }
}

fn commented(said: Said) -> Fact {
    Fact::CaseCommented { case: case_id(1), said }
}

fn post() -> Doer {
    Doer::Post(PostId::new(sixteen(981)))
}

fn task(n: u64, branch: Option<&str>, waits: bool) -> NewTask {
    let each = branch.map(|_| n.to_string());
    NewTask { id: task_id(n), branch: branch.map(str::to_owned), each, owner: post(), due: DUE, waits }
}

fn values(subject: &str) -> Filled {
    [("subject".to_owned(), subject.into())].into()
}

pub fn opened(n: u64, label: Label, part_of: Option<PartOf>) -> Fact {
    Fact::CaseOpened {
        case: Box::new(NewCase {
            id: case_id(n),
            procedure: "tasker".into(),
            version: 1,
            number: format!("TT-2026-{n:04}"),
            year: 2026,
            serial: n,
            label,
            opener: Doer::Person(READER),
            part_of,
            title: "subject".into(),
            suspense: None,
            values: values("Winter fuel"),
            stage: "draft".into(),
            tasks: vec![task(n * 10, None, false)],
            parties: vec![Doer::Person(READER), post()],
        }),
    }
}

fn moved(task: u64, event: Event) -> Fact {
    Fact::TaskMoved { case: case_id(1), task: task_id(task), event, parties: vec![] }
}

fn stepped(to: &str, end: Option<Ending>, tasks: Vec<NewTask>) -> Fact {
    Fact::CaseStepped {
        step: Box::new(Stepped {
            case: case_id(1),
            from: "draft".into(),
            step: "issue".into(),
            to: to.into(),
            end,
            values: Filled::new(),
            reason: None,
            tasks,
            parties: vec![],
        }),
    }
}

/// A procedure that is adopted.
pub fn routine() -> Fact {
    Fact::RoutineAdopted {
        what: Routines::Calendar,
        name: "none".into(),
        digest: Digest([7; 32]),
        toml: "# none\n".into(),
    }
}

/// What became of the cases, in the order of their ledger.
pub fn cases() -> Vec<Fact> {
    let why = || "As agreed".to_owned();
    let part = PartOf { case: case_id(1), task: task_id(10), replies: true };
    let branches =
        vec![task(11, None, false), task(12, Some("support"), false), task(13, Some("support"), true)];
    vec![
        opened(1, label("1"), None),
        opened(2, label("1"), Some(part)),
        moved(10, Event::Acknowledged {}),
        moved(10, Event::TimeAsked { until: DUE.plus_seconds(86_400), reason: why() }),
        moved(10, Event::TimeDecided { granted: true, reason: None }),
        stepped("work", None, branches),
        moved(12, Event::Delegated { to: Some(Doer::Person(SECOND)), words: None }),
        moved(12, Event::Replied { reply: Reply { reply: "concur".into(), words: None } }),
        Fact::CaseChanged {
            case: case_id(1),
            values: values("Summer fuel"),
            label: Some(label("2")),
            reason: Some(why()),
            dues: vec![Moved { task: task_id(11), until: DUE.plus_seconds(3_600) }],
            parties: vec![],
        },
        Fact::CaseShown {
            case: case_id(1),
            stage: "work".into(),
            evidence: None,
            document: Some(DocumentId::new(sixteen(1))),
            words: None,
        },
        Fact::CaseNoted { case: case_id(1), words: why(), mentions: vec![SECOND] },
        commented(Said::Made {
            task: task_id(12),
            office: Doer::Person(SECOND),
            rows: vec![
                new_comment(1, Severity::Critical),
                new_comment(2, Severity::Substantive),
                new_comment(3, Severity::Substantive),
            ],
        }),
        commented(Said::Changed { comment: comment_id(1), row: remark(Severity::Administrative) }),
        commented(Said::Withdrawn { comments: vec![comment_id(2)] }),
        commented(Said::Adjudicated {
            comments: vec![comment_id(1), comment_id(3)],
            outcome: Outcome::Partly,
            reason: Some(why()),
        }),
        stepped("closed", Some(Ending::Done), vec![]),
        Fact::CaseReopened {
            case: case_id(1),
            stage: "work".into(),
            reason: why(),
            tasks: vec![task(14, None, false)],
            parties: vec![],
        },
    ]
}
