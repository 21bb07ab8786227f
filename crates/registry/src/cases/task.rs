//! A task of a case: whose it is, until when, and what became of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Doer;
use crate::{
    fact::present,
    id::{PersonId, TaskId},
    time::Timestamp,
};

/// A task that is given, as an entry says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// Its identifier.
    pub id: TaskId,
    /// The branch; none: it is the task of whoever answers for the stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Of a branch that is opened for each of several, that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Who answers for it.
    pub owner: Doer,
    /// When it is due.
    pub due: Timestamp,
    /// Whether it waits until the one before it in its branch has replied.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits: bool,
}

/// How a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskState {
    /// It begins when the one before it has replied.
    Waiting,
    /// It is given.
    Issued,
    /// Whoever has it knows of it.
    Acknowledged,
    /// Something is asked first: the ball is with whoever gave it.
    Clarification,
    /// It was refused: the ball is with whoever gave it.
    Refused,
    /// It is done.
    Done,
    /// Nothing is to be done any more.
    Withdrawn,
}

impl TaskState {
    /// As it is written in answers and texts.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Issued => "issued",
            Self::Acknowledged => "acknowledged",
            Self::Clarification => "clarification",
            Self::Refused => "refused",
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// Whether something is still to be done.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Withdrawn)
    }
    /// Whether the ball is with whoever has the task.
    pub const fn is_with_doer(self) -> bool {
        matches!(self, Self::Issued | Self::Acknowledged)
    }
}

/// More time that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Whether it was granted; none: nobody has decided.
    #[serde(deserialize_with = "present")]
    pub granted: Option<bool>,
}

/// What was replied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Its code in the branch; of a procedure that was started, how it ended.
    pub reply: String,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Its identifier.
    pub id: TaskId,
    /// The stage of which it is.
    pub stage: String,
    /// In which round of the case.
    pub round: u32,
    /// The branch; none: it is the task of whoever answers for the stage.
    #[serde(deserialize_with = "present")]
    pub branch: Option<String>,
    /// Of a branch that is opened for each of several, that one.
    #[serde(deserialize_with = "present")]
    pub each: Option<String>,
    /// Who answers for it.
    pub owner: Doer,
    /// To whom he gave it; he answers for it all the same.
    #[serde(deserialize_with = "present")]
    pub given_to: Option<Doer>,
    /// When it was given.
    pub issued: Timestamp,
    /// When it was due at first.
    pub due: Timestamp,
    /// When it is due by the last approval; none: as at first.
    #[serde(deserialize_with = "present")]
    pub extended: Option<Timestamp>,
    /// How it stands.
    pub state: TaskState,
    /// Whether somebody has said that he has it: how it goes on after a question.
    pub acknowledged: Option<Timestamp>,
    /// More time that was asked for, the first first.
    pub extensions: Vec<Extension>,
    /// What was replied.
    #[serde(deserialize_with = "present")]
    pub reply: Option<Reply>,
    /// When it was done or withdrawn.
    #[serde(deserialize_with = "present")]
    pub over: Option<Timestamp>,
}

impl Task {
    /// When it is due: by the last approval, else as at first.
    pub fn due_now(&self) -> Timestamp {
        self.extended.unwrap_or(self.due)
    }
    /// Who has it: to whom it was given, else who answers for it.
    pub fn doer(&self) -> Doer {
        self.given_to.unwrap_or(self.owner)
    }
    /// More time for which nobody has decided.
    pub fn asked_for(&self) -> Option<&Extension> {
        self.extensions.last().filter(|asked| asked.granted.is_none())
    }
}

/// What can be done with a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TaskAct {
    /// Says that one has it.
    Acknowledge,
    /// Asks something first.
    Ask {
        /// What.
        words: String,
    },
    /// Answers what was asked.
    Answer {
        /// What.
        words: String,
    },
    /// Refuses it.
    Refuse {
        /// Why.
        reason: String,
    },
    /// Gives it again, to the same or to another.
    Assign {
        /// To whom; none: to the same.
        #[serde(default)]
        to: Option<Doer>,
        /// Why.
        reason: String,
    },
    /// Gives it on; one answers for it all the same.
    Delegate {
        /// To whom; none: it is taken back.
        #[serde(default)]
        to: Option<Doer>,
        /// What is asked of him.
        #[serde(default)]
        words: Option<String>,
    },
    /// Asks for more time.
    AskForTime {
        /// Until the end of which day.
        until: Date,
        /// Why.
        reason: String,
    },
    /// Decides on more time.
    DecideTime {
        /// Whether it is granted.
        granted: bool,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Replies.
    Reply {
        /// The code of the reply.
        reply: String,
        /// In words.
        #[serde(default)]
        words: Option<String>,
    },
}

/// What became of a task, as an entry says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// Whoever has it knows of it.
    Acknowledged {},
    /// Something is asked first.
    Asked {
        /// What.
        words: String,
    },
    /// It was answered.
    Answered {
        /// What.
        words: String,
    },
    /// It was refused.
    Refused {
        /// Why.
        reason: String,
    },
    /// It was given again.
    Assigned {
        /// To whom.
        to: Doer,
        /// Why.
        reason: String,
    },
    /// It was given on, or taken back.
    Delegated {
        /// To whom; none: to nobody any more.
        #[serde(deserialize_with = "present")]
        to: Option<Doer>,
        /// What is asked of him.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// More time is asked for.
    TimeAsked {
        /// Until when.
        until: Timestamp,
        /// Why.
        reason: String,
    },
    /// More time is granted, or not.
    TimeDecided {
        /// Whether it is.
        granted: bool,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// It was replied to.
    Replied {
        /// What.
        reply: Reply,
    },
}
