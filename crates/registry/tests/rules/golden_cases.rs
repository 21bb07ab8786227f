//! Examples of what the ledger says of cases, for the golden files.

use label::{Code, Label, PolicyId};
use registry::{
    CaseId, CommentId, DocumentId, Fact, PersonId, TaskId, Timestamp,
    authorisation::Role,
    cases::{
        Doer, Ending, Event, Filled, Moved, NewCase, NewComment, NewTask, Outcome, PartOf, Remark, Reply,
        Routines, Said, Severity, Stepped,
    },
    id::{Digest, PostId},
};
use serde_json::json;

const CASE: CaseId = CaseId::new([0xb1; 16]);
const WHOLE: CaseId = CaseId::new([0xb2; 16]);
const TASK: TaskId = TaskId::new([0xb3; 16]);
const PART: TaskId = TaskId::new([0xb4; 16]);
const COMMENT: CommentId = CommentId::new([0x71; 16]);
const PERSON: PersonId = PersonId::new([0x13; 16]);
const POST: PostId = PostId::new([0xa3; 16]);
const DUE: Timestamp = Timestamp::from_micros(1_774_962_000_000_000);

fn label() -> Label {
    Label {
        policy: PolicyId::new("1.3.26.1.3.1").unwrap(),
        level: Code::number(3),
        categories: Default::default(),
        privacy_mark: None,
    }
}

fn tasks() -> Vec<NewTask> {
    let main =
        NewTask { id: TASK, branch: None, each: None, owner: Doer::Post(POST), due: DUE, waits: false };
    let part = NewTask {
        id: PART,
        branch: Some("support".into()),
        each: Some("a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1".into()),
        owner: Doer::Role(Role::Clerk),
        waits: true,
        ..main.clone()
    };
    vec![main, part]
}

fn values() -> Filled {
    let all = [("subject", json!("Winter fuel")), ("buffer", json!(1)), ("support", json!(["a1", "a2"]))];
    all.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

fn opened(part_of: Option<PartOf>) -> Fact {
    Fact::CaseOpened {
        case: Box::new(NewCase {
            id: CASE,
            procedure: "tasker".into(),
            version: 1,
            number: "TT-2026-0017".into(),
            year: 2026,
            serial: 17,
            label: label(),
            opener: Doer::Person(PERSON),
            suspense: part_of.map(|_| "internal_suspense".to_owned()),
            part_of,
            title: "subject".into(),
            values: values(),
            stage: "draft".into(),
            tasks: tasks(),
            parties: vec![Doer::Post(POST), Doer::Anyone],
        }),
    }
}

fn stepped(end: Option<Ending>) -> Fact {
    let whole = end.is_none();
    Fact::CaseStepped {
        step: Box::new(Stepped {
            case: CASE,
            from: "draft".into(),
            step: "issue".into(),
            to: "issued".into(),
            end,
            values: if whole { values() } else { Filled::new() },
            reason: whole.then(|| "As agreed".to_owned()),
            tasks: if whole { tasks() } else { Vec::new() },
            parties: if whole { vec![Doer::Person(PERSON)] } else { Vec::new() },
        }),
    }
}

fn moved(event: Event, parties: Vec<Doer>) -> Fact {
    Fact::TaskMoved { case: CASE, task: TASK, event, parties }
}

fn reason() -> String {
    "As agreed".to_owned()
}

fn commented(said: Said) -> Fact {
    Fact::CaseCommented { case: CASE, said }
}

fn bare() -> Remark {
    Remark {
        severity: Severity::Administrative,
        page: None,
        paragraph: None,
        line: None,
        text: None,
        comment: Some("Say which year.".into()),
        proposal: None,
        rationale: None,
        author: None,
    }
}

fn remark() -> Remark {
    Remark {
        severity: Severity::Critical,
        page: Some("4".into()),
        paragraph: Some("2.1".into()),
        line: Some("7–9".into()),
        text: Some("forty days".into()),
        comment: Some("Too few.".into()),
        proposal: Some("sixty days".into()),
        rationale: Some("The depots are full.".into()),
        author: Some("A. Writer".into()),
    }
}

/// One of each kind.
pub fn cases() -> Vec<Fact> {
    vec![
        Fact::RoutineAdopted {
            what: Routines::Procedure,
            name: "tasker-1".into(),
            digest: Digest([7; 32]),
            toml: "# none\n".into(),
        },
        opened(Some(PartOf { case: WHOLE, task: PART, replies: true })),
        Fact::CaseChanged {
            case: CASE,
            values: values(),
            label: Some(label()),
            reason: Some(reason()),
            dues: vec![Moved { task: TASK, until: DUE }],
            parties: vec![Doer::Person(PERSON)],
        },
        stepped(None),
        Fact::CaseReopened {
            case: CASE,
            stage: "work".into(),
            reason: reason(),
            tasks: tasks(),
            parties: vec![Doer::Post(POST)],
        },
        moved(
            Event::Delegated { to: Some(Doer::Person(PERSON)), words: Some(reason()) },
            vec![Doer::Person(PERSON)],
        ),
        Fact::CaseShown {
            case: CASE,
            stage: "work".into(),
            evidence: Some("product".into()),
            document: Some(DocumentId::new([0x61; 16])),
            words: Some(reason()),
        },
        Fact::CaseNoted { case: CASE, words: reason(), mentions: vec![PERSON] },
        commented(Said::Made {
            task: TASK,
            office: Doer::Post(POST),
            rows: vec![
                NewComment { id: COMMENT, number: 1, row: remark() },
                NewComment { id: CommentId::new([0x72; 16]), number: 2, row: bare() },
            ],
        }),
    ]
}

/// What may be said in another way too.
pub fn cases_otherwise() -> Vec<(&'static str, Fact)> {
    let words = reason;
    vec![
        ("alone", opened(None)),
        ("ended", stepped(Some(Ending::Done))),
        ("acknowledged", moved(Event::Acknowledged {}, vec![])),
        ("asked", moved(Event::Asked { words: words() }, vec![])),
        ("answered", moved(Event::Answered { words: words() }, vec![])),
        ("refused", moved(Event::Refused { reason: words() }, vec![])),
        ("assigned", moved(Event::Assigned { to: Doer::Post(POST), reason: words() }, vec![])),
        ("changed", commented(Said::Changed { comment: COMMENT, row: remark() })),
        ("withdrawn", commented(Said::Withdrawn { comments: vec![COMMENT] })),
        (
            "adjudicated",
            commented(Said::Adjudicated {
                comments: vec![COMMENT],
                outcome: Outcome::Partly,
                reason: Some(words()),
            }),
        ),
        ("time-asked", moved(Event::TimeAsked { until: DUE, reason: words() }, vec![])),
        ("time-decided", moved(Event::TimeDecided { granted: true, reason: Some(words()) }, vec![])),
        (
            "replied",
            moved(Event::Replied { reply: Reply { reply: "concur".into(), words: Some(words()) } }, vec![]),
        ),
    ]
}

/// Whether an entry is about a case.
pub fn is_of_cases(kind: &str) -> bool {
    kind.starts_with("case.") || kind.starts_with("task.")
}

/// What need not be said of a case.
pub fn may_be_absent(kind: &str, entry: &serde_json::Value, path: &str, name: &str) -> bool {
    let always = ["operator", "part_of", "suspense", "branch", "each", "waits", "replies", "dues", "end"];
    let event = entry.pointer("/fact/event/event").and_then(serde_json::Value::as_str);
    match name {
        "label" | "evidence" | "document" | "mentions" => path == "/fact",
        "values" | "tasks" => kind == "case.stepped",
        "parties" => !matches!(kind, "case.opened" | "case.reopened"),
        "reason" if kind == "task.moved" => event == Some("time-decided"),
        "reason" => matches!(kind, "case.changed" | "case.stepped" | "case.commented"),
        "words" if kind == "task.moved" => matches!(event, Some("delegated" | "replied")),
        "words" => kind == "case.shown",
        "page" | "paragraph" | "line" | "text" | "comment" | "proposal" | "rationale" | "author"
            if kind == "case.commented" =>
        {
            path != "/fact/said"
        }
        "categories" | "privacy_mark" => true,
        name => always.contains(&name),
    }
}
