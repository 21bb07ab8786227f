//! The table of comments of a case: what offices that are asked say of its product row by row, and how each row is settled
//! by whoever answers for the product. An office has its rows in hand until it has replied; then they are settled.

use serde::{Deserialize, Serialize};

use super::{
    Doer,
    apply::Written,
    decide::{Desk, Seen},
    task::{Task, TaskState},
};
use crate::{
    fact::{Fact, present},
    id::{CaseId, CommentId, PersonId, TaskId},
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// The most rows of one act.
pub const ROWS: usize = 200;
/// The most rows of a case, those that were taken back among them.
pub const MOST: u64 = 2_000;
/// The most characters of each text of a row.
pub const LONGEST: usize = 4_000;
/// The most characters of a place: a page, a paragraph, a line.
pub const PLACE: usize = 40;

pub use procedure::Severity;

/// How a comment was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is taken over.
    Accepted,
    /// It is taken over in part.
    Partly,
    /// It isn't taken over.
    Rejected,
    /// Nothing follows from it.
    Noted,
}

impl Outcome {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Accepted, Self::Partly, Self::Rejected, Self::Noted];
    /// As it is written in answers and texts.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Partly => "partly",
            Self::Rejected => "rejected",
            Self::Noted => "noted",
        }
    }
    /// From a form.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.text() == text)
    }
    /// Whether it says why.
    pub const fn says_why(self) -> bool {
        matches!(self, Self::Partly | Self::Rejected)
    }
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// How much hangs on it.
    pub severity: Severity,
    /// The page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
    /// The line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// What stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What is to be said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// What should stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rationale: Option<String>,
    /// Who wrote it, where it comes out of a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

/// A row that is added, as an entry says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// Its identifier.
    pub id: CommentId,
    /// Its number in the case, from 1.
    pub number: u64,
    /// What it says.
    pub row: Remark,
}

/// What became of the table, as an entry says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Said {
    /// Rows were added.
    Made {
        /// With which task.
        task: TaskId,
        /// For whom: whoever answers for the task.
        office: Doer,
        /// Which.
        rows: Vec<NewComment>,
    },
    /// A row says something else.
    Changed {
        /// Which.
        comment: CommentId,
        /// What.
        row: Remark,
    },
    /// Rows were taken back.
    Withdrawn {
        /// Which.
        comments: Vec<CommentId>,
    },
    /// Rows were settled.
    Adjudicated {
        /// Which.
        comments: Vec<CommentId>,
        /// How.
        outcome: Outcome,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

/// How a row was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjudication {
    /// How.
    pub outcome: Outcome,
    /// Why.
    #[serde(deserialize_with = "present")]
    pub reason: Option<String>,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// A row as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// Its identifier.
    pub id: CommentId,
    /// Of which case.
    pub case: CaseId,
    /// With which task it was made.
    pub task: TaskId,
    /// Its number in the case.
    pub number: u64,
    /// For whom.
    pub office: Doer,
    /// What it says.
    pub row: Remark,
    /// Who wrote it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// How it was settled.
    #[serde(deserialize_with = "present")]
    pub adjudication: Option<Adjudication>,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

impl Comment {
    /// A row as it is added.
    pub fn made(case: CaseId, task: TaskId, office: Doer, new: &NewComment, written: Written) -> Self {
        Self {
            id: new.id,
            case,
            task,
            number: new.number,
            office,
            row: new.row.clone(),
            by: written.by,
            at: written.at,
            adjudication: None,
            withdrawn: false,
        }
    }

    /// The row after what was said of it. What is about other rows changes nothing.
    pub fn apply(&mut self, said: &Said, written: Written) {
        match said {
            Said::Changed { comment, row } if *comment == self.id => {
                self.row = row.clone();
                (self.by, self.at) = (written.by, written.at);
            }
            Said::Withdrawn { comments } if comments.contains(&self.id) => self.withdrawn = true,
            Said::Adjudicated { comments, outcome, reason } if comments.contains(&self.id) => {
                let (by, at) = (written.by, written.at);
                self.adjudication = Some(Adjudication { outcome: *outcome, reason: reason.clone(), by, at });
            }
            _ => {}
        }
    }

    /// How it stands, as it is written in tables, answers and texts.
    pub fn state(&self) -> &'static str {
        match &self.adjudication {
            _ if self.withdrawn => "withdrawn",
            Some(adjudication) => adjudication.outcome.text(),
            None => "open",
        }
    }
}

impl Said {
    /// The rows that it changes; none: it adds rows.
    pub fn about(&self) -> &[CommentId] {
        match self {
            Said::Made { .. } => &[],
            Said::Changed { comment, .. } => std::slice::from_ref(comment),
            Said::Withdrawn { comments } | Said::Adjudicated { comments, .. } => comments,
        }
    }
}

impl Desk<'_> {
    /// Adds rows to the table with a task that one has.
    pub(super) fn comment(&self, case: CaseId, task: TaskId, rows: &[Remark]) -> Result<Vec<Fact>, Refusal> {
        let seen = self.running(case)?;
        let task = seen.case.task(task).ok_or(Code::NotFound)?;
        self.in_hand(&seen, task)?;
        if rows.is_empty() {
            return Err(Refusal::on("rows", Code::Required));
        }
        if rows.len() > ROWS {
            return Err(Refusal::on("rows", Code::CommentsMany).with("limit", ROWS));
        }
        let all = self.needs.commented.saturating_add(u64::try_from(rows.len()).unwrap_or(u64::MAX));
        if all > MOST {
            return Err(Refusal::on("rows", Code::CommentsMany).with("limit", MOST));
        }
        let made: Result<Vec<NewComment>, Refusal> = rows
            .iter()
            .zip(1_u64..)
            .map(|(row, place)| {
                let row = clean(row).map_err(|refusal| refusal.with("row", place))?;
                let number = self.needs.commented.saturating_add(place);
                Ok(NewComment { id: CommentId::new(self.new_id()), number, row })
            })
            .collect();
        let said = Said::Made { task: task.id, office: task.owner, rows: made? };
        Ok(vec![Fact::CaseCommented { case: seen.case.id, said }])
    }

    /// Says something else in a row of one's own task.
    pub(super) fn change_comment(
        &self,
        case: CaseId,
        comment: CommentId,
        row: &Remark,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.running(case)?;
        let known = self.known(&seen, comment)?;
        self.in_hand(&seen, self.task_of(&seen, known)?)?;
        let row = clean(row)?;
        if row == known.row {
            return Err(Refusal::on("comment", Code::NothingChanged));
        }
        Ok(vec![Fact::CaseCommented { case: seen.case.id, said: Said::Changed { comment, row } }])
    }

    /// Takes rows of one's own task back.
    pub(super) fn withdraw_comments(
        &self,
        case: CaseId,
        comments: &[CommentId],
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.running(case)?;
        let comments = chosen(comments)?;
        for comment in &comments {
            let known = self.known(&seen, *comment)?;
            self.in_hand(&seen, self.task_of(&seen, known)?)?;
        }
        Ok(vec![Fact::CaseCommented { case: seen.case.id, said: Said::Withdrawn { comments } }])
    }

    /// Settles rows of offices that have replied.
    pub(super) fn adjudicate(
        &self,
        case: CaseId,
        comments: &[CommentId],
        outcome: Outcome,
        reason: Option<&str>,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.running(case)?;
        let comments = chosen(comments)?;
        let reason = match outcome.says_why() {
            true => Some(self.need_words("reason", reason)?),
            false => self.words("reason", reason)?,
        };
        let mut others = false;
        for comment in &comments {
            let known = self.known(&seen, *comment)?;
            let task = self.task_of(&seen, known)?;
            let hand = self.hand(&seen);
            if !hand.settles(task) || known.by == self.caller.person {
                return Err(Refusal::on("comments", Code::NotYours));
            }
            if task.state.is_open() {
                return Err(Refusal::on("comments", Code::CommentsOpen).with("n", known.number));
            }
            let before = known.adjudication.as_ref();
            others |= before.is_none_or(|before| before.outcome != outcome || before.reason != reason);
        }
        if !others {
            return Err(Refusal::on("outcome", Code::NothingChanged));
        }
        let said = Said::Adjudicated { comments, outcome, reason };
        Ok(vec![Fact::CaseCommented { case: seen.case.id, said }])
    }

    /// Refused where a reply must be explained by rows and none is heavy enough.
    pub(super) fn explained(&self, task: &Task, least: Option<Severity>) -> Result<(), Refusal> {
        let Some(least) = least else { return Ok(()) };
        let enough = self.rows_of(task).any(|comment| comment.row.severity <= least);
        if enough {
            return Ok(());
        }
        Err(Refusal::on("reply", Code::CommentsMissing).with("severity", least.text()))
    }

    /// The rows of a task that were not taken back.
    pub(super) fn rows_of(&self, task: &Task) -> impl Iterator<Item = &super::Comment> {
        self.needs.comments.iter().filter(move |comment| comment.task == task.id && !comment.withdrawn)
    }

    fn known(&self, seen: &Seen<'_>, comment: CommentId) -> Result<&Comment, Refusal> {
        let of = |known: &&Comment| known.id == comment && known.case == seen.case.id && !known.withdrawn;
        self.needs.comments.iter().find(of).ok_or(Code::NotFound.into())
    }

    fn task_of<'b>(&self, seen: &Seen<'b>, comment: &Comment) -> Result<&'b Task, Refusal> {
        seen.case.task(comment.task).ok_or(Code::NotFound.into())
    }

    /// Refused where the rows of a task are not the caller's to write, or no longer.
    fn in_hand(&self, seen: &Seen<'_>, task: &Task) -> Result<(), Refusal> {
        let hand = self.hand(seen);
        if !hand.has_table(task) {
            return Err(Refusal::on("task", Code::NotOffered));
        }
        if !hand.has(task) {
            return Err(Code::NotYours.into());
        }
        if !task.state.is_open() || task.round != seen.case.round {
            return Err(Refusal::new(Code::TaskOver).with("number", &seen.case.number));
        }
        if matches!(task.state, TaskState::Waiting | TaskState::Refused) {
            return Err(Refusal::new(Code::TaskStands).with("state", task.state.text()));
        }
        Ok(())
    }
}

/// Rows that are named: some, not too many, each once.
fn chosen(comments: &[CommentId]) -> Result<Vec<CommentId>, Refusal> {
    if comments.is_empty() {
        return Err(Refusal::on("comments", Code::Required));
    }
    if comments.len() > ROWS {
        return Err(Refusal::on("comments", Code::CommentsMany).with("limit", ROWS));
    }
    let mut all = comments.to_vec();
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// A row as it can stand in the table. Something is said or proposed, and what is critical says how it is mended.
///
/// # Errors
/// When nothing is, or too much.
pub fn clean(row: &Remark) -> Result<Remark, Refusal> {
    let clean = Remark {
        severity: row.severity,
        page: short("page", row.page.as_deref(), PLACE)?,
        paragraph: short("paragraph", row.paragraph.as_deref(), PLACE)?,
        line: short("line", row.line.as_deref(), PLACE)?,
        text: long("text", row.text.as_deref())?,
        comment: long("comment", row.comment.as_deref())?,
        proposal: long("proposal", row.proposal.as_deref())?,
        rationale: long("rationale", row.rationale.as_deref())?,
        author: short("author", row.author.as_deref(), PLACE.saturating_mul(3))?,
    };
    if clean.severity == Severity::Critical && clean.proposal.is_none() {
        return Err(Refusal::on("proposal", Code::Required));
    }
    // What is taken out is proposed by the text alone.
    if clean.comment.is_none() && clean.proposal.is_none() && (clean.text.is_none() || clean.author.is_none())
    {
        return Err(Refusal::on("comment", Code::Required));
    }
    Ok(clean)
}

fn short(field: &'static str, given: Option<&str>, limit: usize) -> Result<Option<String>, Refusal> {
    let words: Vec<&str> =
        given.unwrap_or_default().split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let clean = words.join(" ");
    if clean.chars().count() > limit {
        return Err(Refusal::on(field, Code::TooLong).with("limit", limit));
    }
    Ok((!clean.is_empty()).then_some(clean))
}

fn long(field: &'static str, given: Option<&str>) -> Result<Option<String>, Refusal> {
    super::decide::text(field, given.unwrap_or_default(), LONGEST)
}
