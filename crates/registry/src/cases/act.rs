//! What can be asked of cases. Decides nothing.

use label::Label;
use serde::{Deserialize, Serialize};

use super::{Filled, Outcome, Remark, TaskAct};
use crate::id::{CaseId, CommentId, DocumentId, PersonId, PostId, TaskId};

/// A case that somebody wants opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The code of the procedure: its newest version.
    pub procedure: String,
    /// What is filled in.
    pub values: Filled,
    /// Its label.
    pub label: Label,
    /// In the name of which of one's posts; none: the first that one holds, or one's own.
    #[serde(default)]
    pub post: Option<PostId>,
    /// The case and the task of which it is to be a part.
    #[serde(default)]
    pub part_of: Option<(CaseId, TaskId)>,
}

/// What can be asked of cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// Opens a case.
    Open(Opening),
    /// Fills fields in anew.
    Change {
        /// Which case.
        case: CaseId,
        /// What stands in them from now on; `null`: nothing.
        values: Filled,
        /// Its label from now on.
        #[serde(default)]
        label: Option<Label>,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Takes a step of the procedure.
    Step {
        /// Which case.
        case: CaseId,
        /// The stage in which it was seen: when another was quicker, it is told.
        stage: String,
        /// The code of the step.
        step: String,
        /// What is filled in with it.
        #[serde(default)]
        values: Filled,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Does something with a task.
    Task {
        /// Of which case.
        case: CaseId,
        /// Which.
        task: TaskId,
        /// What.
        does: TaskAct,
    },
    /// Shows what a stage must be shown, or its product.
    Show {
        /// Of which case.
        case: CaseId,
        /// The code of the evidence; none: the product of the stage.
        #[serde(default)]
        evidence: Option<String>,
        /// The document.
        #[serde(default)]
        document: Option<DocumentId>,
        /// In words.
        #[serde(default)]
        words: Option<String>,
    },
    /// Says something to those who take part.
    Note {
        /// In which case.
        case: CaseId,
        /// What.
        words: String,
        /// Whom it shall reach: they see the case from then on.
        #[serde(default)]
        mentions: Vec<PersonId>,
    },
    /// Adds rows to the table of comments.
    Comment {
        /// Of which case.
        case: CaseId,
        /// With which task.
        task: TaskId,
        /// What they say.
        rows: Vec<Remark>,
    },
    /// Says something else in a row of the table of comments.
    ChangeComment {
        /// Of which case.
        case: CaseId,
        /// Which.
        comment: CommentId,
        /// What it says from now on.
        row: Remark,
    },
    /// Takes rows of the table of comments back.
    WithdrawComments {
        /// Of which case.
        case: CaseId,
        /// Which.
        comments: Vec<CommentId>,
    },
    /// Settles rows of the table of comments.
    Adjudicate {
        /// Of which case.
        case: CaseId,
        /// Which.
        comments: Vec<CommentId>,
        /// How.
        outcome: Outcome,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Takes up again what has ended.
    Reopen {
        /// Which case.
        case: CaseId,
        /// Into which stage.
        stage: String,
        /// Why.
        reason: String,
    },
}

impl Act {
    /// The case that it is about; none: one that is opened.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Act::Open(_) => None,
            Act::Change { case, .. }
            | Act::Step { case, .. }
            | Act::Task { case, .. }
            | Act::Show { case, .. }
            | Act::Note { case, .. }
            | Act::Comment { case, .. }
            | Act::ChangeComment { case, .. }
            | Act::WithdrawComments { case, .. }
            | Act::Adjudicate { case, .. }
            | Act::Reopen { case, .. } => Some(*case),
        }
    }

    /// What is filled in with it.
    pub fn values(&self) -> Option<&Filled> {
        match self {
            Act::Open(Opening { values, .. }) | Act::Change { values, .. } | Act::Step { values, .. } => {
                Some(values)
            }
            _ => None,
        }
    }
}
