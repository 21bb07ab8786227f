//! Cases: what runs through a procedure of the house, and the tasks that it gives. Owns how a case stands, whose the ball
//! is, and what becomes of it with each entry. A procedure's file says what can be done (`procedure`), a calendar until
//! when (`calendar`), the organisation who acts for a post (`organisation`); what is late is told from dues and the clock,
//! and stored nowhere.
//!
//! Cases stand in a ledger of their own, [`crate::id::CASES`], so that one that moves leaves everything that is kept of the
//! house in memory as it is. A case has its own label: it hides the whole of it, whoever takes part.

pub mod act;
mod apply;
pub mod comment;
pub mod decide;
pub mod hand;
pub mod opening;
mod reckon;
pub mod remind;
pub mod routine;
mod stepping;
pub mod task;
mod tasking;
pub mod values;
mod whom;

use std::collections::{BTreeMap, BTreeSet};

use label::Label;
use procedure::End;
use serde::{Deserialize, Serialize};

pub use act::{Act, Opening};
pub use apply::Written;
pub use comment::{Comment, NewComment, Outcome, Remark, Said, Severity};
pub use decide::{Needs, decide, takes_part};
pub use hand::Hand;
pub use routine::{Routine, Routines};
pub use task::{Event, Extension, NewTask, Reply, Task, TaskAct, TaskState};
pub use whom::{Doer, NoDoer};

use crate::{
    access::AccessRule,
    fact::present,
    id::{CaseId, DocumentId, PersonId, TaskId},
    time::Timestamp,
};

/// What is filled in, by field, as JSON: texts, whole numbers, yes and no, lists of texts.
pub type Filled = BTreeMap<String, serde_json::Value>;

/// Of which task a case is a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartOf {
    /// The case.
    pub case: CaseId,
    /// Its task.
    pub task: TaskId,
    /// Whether the end of this case is the reply to that task.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replies: bool,
}

/// A case that is opened, as its entry says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCase {
    /// Its identifier.
    pub id: CaseId,
    /// The code of its procedure.
    pub procedure: String,
    /// The version of it.
    pub version: u32,
    /// Its number.
    pub number: String,
    /// The year of the number, and its place in it.
    pub year: i16,
    /// From 1.
    pub serial: u64,
    /// Its own label.
    pub label: Label,
    /// In whose name it is opened.
    pub opener: Doer,
    /// The case of which it is a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<PartOf>,
    /// The field by which it is called.
    pub title: String,
    /// The field that says by when the whole is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspense: Option<String>,
    /// What is filled in.
    pub values: Filled,
    /// The stage in which it begins.
    pub stage: String,
    /// Whose it is now, and what others do meanwhile.
    pub tasks: Vec<NewTask>,
    /// Who sees it.
    pub parties: Vec<Doer>,
}

/// What was shown in a stage: a registered document, or words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// The stage.
    pub stage: String,
    /// The code of the evidence; none: the product of the stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// How.
    pub how: Ending,
}

/// How a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Done.
    Done,
    /// Called off.
    Cancelled,
    /// Refused.
    Refused,
}

impl Ending {
    /// As it is written in answers and texts.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
        }
    }
}

impl From<End> for Ending {
    fn from(end: End) -> Self {
        match end {
            End::Done => Self::Done,
            End::Cancelled => Self::Cancelled,
            End::Refused => Self::Refused,
        }
    }
}

/// A case as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its identifier.
    pub id: CaseId,
    /// The code of its procedure.
    pub procedure: String,
    /// The version of it by which it goes.
    pub version: u32,
    /// Its number.
    pub number: String,
    /// Its own label.
    pub label: Label,
    /// In whose name it was opened.
    pub opener: Doer,
    /// By whom.
    pub opened_by: PersonId,
    /// When.
    pub opened_at: Timestamp,
    /// The case of which it is a part.
    #[serde(deserialize_with = "present")]
    pub part_of: Option<PartOf>,
    /// The field by which it is called.
    pub title: String,
    /// The field that says by when the whole is expected.
    #[serde(deserialize_with = "present")]
    pub suspense: Option<String>,
    /// What is filled in.
    pub values: Filled,
    /// Its stage.
    pub stage: String,
    /// Since when.
    pub since: Timestamp,
    /// How often a stage has begun: tasks of an earlier round are over.
    pub round: u32,
    /// How it ended.
    #[serde(deserialize_with = "present")]
    pub ended: Option<Ended>,
    /// Every task that it gave, the first first.
    pub tasks: Vec<Task>,
    /// What was shown.
    pub shown: Vec<Shown>,
    /// Who took the step out of each stage last.
    pub did: BTreeMap<String, PersonId>,
    /// Who sees it.
    pub parties: BTreeSet<Doer>,
    /// The sequence of the entry that changed it last.
    pub changed: u64,
}

impl Case {
    /// The rule of access of a case: its label, and nothing else.
    pub fn rule(label: &Label) -> AccessRule {
        AccessRule {
            content: Some(label.clone()),
            subject: Some(label.clone()),
            entry: Some(label.clone()),
            need_to_know: Vec::new(),
            access_list: Vec::new(),
            released_on: None,
        }
    }

    /// A task by its identifier.
    pub fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// The tasks of the stage that runs, its owner's first.
    pub fn current(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.round == self.round)
    }

    /// The task of whoever answers for the stage that runs.
    pub fn main(&self) -> Option<&Task> {
        self.current().find(|task| task.branch.is_none())
    }

    /// Who has the ball: of a stage that waits for others those others, else whoever has its task; what was asked back or
    /// refused is with whoever gave it.
    pub fn with(&self) -> Vec<Doer> {
        let Some(main) = self.main().filter(|_| self.is_open()) else { return Vec::new() };
        let back = |state| matches!(state, TaskState::Clarification | TaskState::Refused);
        if back(main.state) {
            return vec![self.opener];
        }
        let others = self.current().filter(|task| task.branch.is_some() && task.state.is_open());
        let others = others.filter(|task| task.state != TaskState::Waiting);
        let mut with: Vec<Doer> =
            others.map(|task| if back(task.state) { main.doer() } else { task.doer() }).collect();
        if with.is_empty() {
            with.push(main.doer());
        }
        with.sort_unstable();
        with.dedup();
        with
    }

    /// How it is called: the field that says it is required of every case, and seen by whoever sees the case.
    pub fn called(&self) -> &str {
        self.values.get(&self.title).and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    /// By when the whole is expected, where a field says it.
    pub fn expected(&self) -> Option<jiff::civil::Date> {
        let value = self.values.get(self.suspense.as_ref()?)?;
        value.as_str()?.parse().ok()
    }

    /// Whether something is still to be done.
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }
}

/// A step of a procedure that was taken, as an entry says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stepped {
    /// Which case.
    pub case: CaseId,
    /// Out of which stage.
    pub from: String,
    /// The code of the step.
    pub step: String,
    /// Into which stage, or end.
    pub to: String,
    /// How the case ends with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Ending>,
    /// What is filled in with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: Filled,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whose it is now, and what others do meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<NewTask>,
    /// Who sees it from now on as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Doer>,
}

/// A due that moves with what is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// Of which task.
    pub task: TaskId,
    /// Until when it is from now on.
    pub until: Timestamp,
}
