//! The table of comments of a case as somebody sees it who sees the case, with what he may do with each row.

use registry::{
    CaseId, Code,
    cases::{Comment, values},
};

use super::{CaseRow, DoerName, TaskRow, hand};
use crate::{failure::Failure, reading::Reading};

/// A row with what its viewer may do.
#[derive(Debug, Clone)]
pub struct CommentRow {
    /// The row.
    pub comment: Comment,
    /// For whom it was made.
    pub office: DoerName,
    /// Who wrote it.
    pub by: String,
    /// Who settled it.
    pub settled_by: Option<String>,
    /// Whether he may change it or take it back.
    pub writes: bool,
    /// Whether he may settle it.
    pub settles: bool,
}

/// The table of comments of a case.
#[derive(Debug, Clone)]
pub struct CommentTable {
    /// The case.
    pub row: CaseRow,
    /// The rows, by number.
    pub comments: Vec<CommentRow>,
    /// The tasks with which its viewer makes comments now.
    pub tasks: Vec<TaskRow>,
}

impl Reading {
    /// The table of comments of a case. Refused where there is no such case that the reader sees.
    pub async fn case_comments(&mut self, id: CaseId) -> Result<CommentTable, Failure> {
        let eyes = self.eyes().await?;
        let row = self.seen_case(&eyes, id).await?.ok_or(Code::NotFound)?;
        let all = values::read(&row.definition, &row.case.values)?;
        let kept = store::cases::comments(self.conn(), &row.case).await?;
        let (case, definition) = (row.case.clone(), row.definition.clone());
        let hand = hand(&eyes, &case, &definition, &all);
        let name = |person| eyes.people.get(&person).cloned().unwrap_or_default();
        let comments = kept.into_iter().filter_map(|comment| {
            let task = case.task(comment.task)?;
            Some(CommentRow {
                office: eyes.name(comment.office),
                by: name(comment.by),
                settled_by: comment.adjudication.as_ref().map(|settled| name(settled.by)),
                writes: hand.comments(task),
                settles: !task.state.is_open() && comment.by != eyes.caller.person && hand.settles(task),
                comment,
            })
        });
        let comments = comments.collect();
        let tasks = case.tasks.iter().filter(|task| hand.comments(task));
        let tasks = tasks.filter_map(|task| self.task_row(&eyes, &row, task.id)).collect();
        Ok(CommentTable { row, comments, tasks })
    }
}
