//! Who was reminded of which task: once each, whatever is switched off or breaks off between. Kept beside the ledger, for that
//! somebody was reminded changes nothing of a case; rows of tasks that are over are thrown away, and all but the last of each.

use registry::{
    CASES, CaseId, PersonId, TaskId, Timestamp,
    cases::{Case, Doer},
};
use roaring::RoaringBitmap;

use crate::{
    cases::parsed,
    error::StoreError,
    sql::{Conn, Value, among, built},
    values,
    visible::Visible,
};

/// A reminder as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminded {
    /// Of which case.
    pub case: CaseId,
    /// Of which task.
    pub task: TaskId,
    /// Which: the same for the same due, however often one looks.
    pub name: String,
    /// Whom it is for.
    pub doer: Doer,
    /// `before`, `after` or `escalation`.
    pub kind: String,
    /// Until when the task was due by then.
    pub due: Timestamp,
    /// When it was made.
    pub made: Timestamp,
}

/// A task of which somebody may have to be reminded.
#[derive(Debug, Clone)]
pub struct Open {
    /// Its case.
    pub case: Case,
    /// Which.
    pub task: TaskId,
    /// Until when it is due.
    pub due: Timestamp,
    /// When somebody was last reminded of it.
    pub reminded: Option<Timestamp>,
}

const OPEN: &str = "SELECT c.content, t.task_id, t.last_due, (SELECT MAX(r.made_at) FROM case_reminder r WHERE r.registry_id = t.registry_id AND r.task_id = t.task_id) FROM case_task t JOIN case_item c ON c.registry_id = t.registry_id AND c.case_id = t.case_id WHERE t.registry_id = $1 AND t.open = 1 AND t.last_due < $2 AND t.last_due >= $3 AND (t.last_due > $3 OR t.last_due = $3 AND t.task_id > $4) AND t.state <> 'waiting' ORDER BY t.last_due, t.task_id LIMIT $5";

/// Open tasks that are due before a moment, the first due first, after a place in that order. Without a scope: for the follower,
/// and for nothing that anyone is shown.
///
/// # Errors
/// When the tables fail, or hold what is no case.
pub async fn open(
    conn: &mut Conn,
    before: Timestamp,
    after: (Timestamp, TaskId),
    limit: u32,
) -> Result<Vec<Open>, StoreError> {
    let rows = conn.all(OPEN, values![CASES, before, after.0, after.1, limit]).await?;
    let open = rows.iter().map(|row| {
        Ok(Open { case: parsed(row, 0)?, task: row.id(1)?, due: row.time(2)?, reminded: row.opt_time(3)? })
    });
    open.collect()
}

const COLUMNS: [&str; 8] = ["registry_id", "task_id", "name", "doer", "case_id", "kind", "due_at", "made_at"];

/// Keeps reminders that were made; what is kept already stays as it is.
///
/// # Errors
/// When the tables fail.
pub async fn keep(conn: &mut Conn, made: &[Reminded]) -> Result<(), StoreError> {
    let rows = made.iter().map(|one| {
        values![
            CASES,
            one.task,
            &one.name,
            one.doer.to_string(),
            one.case,
            one.kind.as_str(),
            one.due,
            one.made
        ]
    });
    let tail = "ON CONFLICT (registry_id, task_id, name, doer) DO NOTHING";
    conn.insert_many("case_reminder", &COLUMNS, rows.collect(), tail).await?;
    Ok(())
}

/// The reminders for any of these of open tasks in these classes that a person has not put aside, of each task the newest, the
/// first due first.
///
/// # Errors
/// When the tables fail, or hold what is no case.
pub async fn own(
    conn: &mut Conn,
    classes: &RoaringBitmap,
    doers: &[String],
    person: PersonId,
) -> Result<Vec<(Visible<Case>, Reminded)>, StoreError> {
    if classes.is_empty() || doers.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = values![CASES, person];
    let class = among(&mut values, classes.iter());
    let doer = among(&mut values, doers.iter());
    let sql = format!(
        "SELECT c.content, r.task_id, r.name, r.doer, r.kind, r.due_at, r.made_at FROM case_reminder r JOIN case_task t ON t.registry_id = r.registry_id AND t.task_id = r.task_id JOIN case_item c ON c.registry_id = t.registry_id AND c.case_id = t.case_id WHERE r.registry_id = $1 AND r.doer IN ({doer}) AND t.open = 1 AND t.class_no IN ({class}) AND t.last_due = r.due_at AND NOT EXISTS (SELECT 1 FROM case_reminder_aside a WHERE a.registry_id = r.registry_id AND a.person_id = $2 AND a.task_id = r.task_id AND a.made_at >= r.made_at) ORDER BY r.due_at, r.task_id, r.made_at DESC, r.kind, r.doer"
    );
    let rows = conn.all(built(sql), values).await?;
    let mut own = Vec::new();
    for row in &rows {
        let case = parsed(row, 0)?;
        let one = Reminded {
            case: case.id,
            task: row.id(1)?,
            name: row.text(2)?,
            doer: doer_of(&row.text(3)?)?,
            kind: row.text(4)?,
            due: row.time(5)?,
            made: row.time(6)?,
        };
        own.push((Visible::new(case), one));
    }
    Ok(own)
}

fn doer_of(text: &str) -> Result<Doer, StoreError> {
    let role = text.strip_prefix("role:");
    if let Some(role) = role {
        let known = registry::authorisation::Role::ALL.iter().find(|known| known.as_str() == role);
        return known
            .map(|role| Doer::Role(*role))
            .ok_or_else(|| StoreError::damaged(registry::cases::NoDoer));
    }
    text.parse().map_err(StoreError::damaged)
}

/// Puts aside, for a person, what was said of a task up to a moment.
///
/// # Errors
/// When the tables fail.
pub async fn put_aside(
    conn: &mut Conn,
    person: PersonId,
    task: TaskId,
    made: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO case_reminder_aside (registry_id, person_id, task_id, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT (registry_id, person_id, task_id) DO UPDATE SET made_at = excluded.made_at WHERE case_reminder_aside.made_at < excluded.made_at";
    conn.execute(sql, values![CASES, person, task, made]).await?;
    Ok(())
}

/// Throws away what was said of tasks that are over, and what the same were told since. How much.
///
/// # Errors
/// When the tables fail.
pub async fn sweep(conn: &mut Conn) -> Result<u64, StoreError> {
    let mut gone = 0;
    for sql in [
        "DELETE FROM case_reminder WHERE registry_id = $1 AND EXISTS (SELECT 1 FROM case_task t WHERE t.registry_id = case_reminder.registry_id AND t.task_id = case_reminder.task_id AND t.open = 0)",
        "DELETE FROM case_reminder WHERE registry_id = $1 AND EXISTS (SELECT 1 FROM case_reminder n WHERE n.registry_id = case_reminder.registry_id AND n.task_id = case_reminder.task_id AND n.doer = case_reminder.doer AND n.due_at = case_reminder.due_at AND n.made_at > case_reminder.made_at)",
        "DELETE FROM case_reminder_aside WHERE registry_id = $1 AND EXISTS (SELECT 1 FROM case_task t WHERE t.registry_id = case_reminder_aside.registry_id AND t.task_id = case_reminder_aside.task_id AND t.open = 0)",
    ] {
        gone += conn.execute(sql, values![CASES]).await?;
    }
    Ok(gone)
}
