//! Figures of cases and tasks, and the lists of what they count: one condition makes both. Every row counted has passed the
//! same scope as the lists of cases: its class is read, and the viewer takes part. Days are reckoned by who asks.

use registry::{CASES, TaskId, Timestamp, cases::Case};
use roaring::RoaringBitmap;

use crate::{
    cases::{Wanted, parsed, takes_part_of},
    error::StoreError,
    sql::{Conn, Row, Value, among, built},
    values,
    visible::Visible,
};

/// The most rows that are read for one figure.
const MOST: u64 = 200_000;

/// Dues of a stretch of time, of some procedures: each has its calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dues {
    /// The codes of the procedures.
    pub procedures: Vec<String>,
    /// From this moment on.
    pub from: Timestamp,
    /// Before this.
    pub until: Timestamp,
}

/// How a task that is done was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// By when it was due at first.
    First,
    /// By when it was due as approved.
    Approved,
    /// After that.
    Late,
}

/// Whether more time was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoreTime {
    /// It was.
    Asked,
    /// And granted.
    Granted,
}

/// Which tasks are wanted. Everything that is none narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct TasksWanted {
    /// The classes that the viewer reads.
    pub classes: RoaringBitmap,
    /// What he is, of which one must take part in the case.
    pub parties: Vec<String>,
    /// Who answers for it.
    pub owners: Option<Vec<String>>,
    /// Who has it.
    pub doers: Option<Vec<String>>,
    /// Of one procedure.
    pub procedure: Option<String>,
    /// True: those in whose turn something is to be done; false: those that are done.
    pub open: Option<bool>,
    /// Due in one of these.
    pub dues: Option<Vec<Dues>>,
    /// Due from a moment on, before another, whatever the procedure.
    pub due: Option<(Timestamp, Timestamp)>,
    /// Over from a moment on, before another.
    pub over: Option<(Timestamp, Timestamp)>,
    /// How it was done.
    pub kept: Option<Kept>,
    /// Whether more time was asked for.
    pub time: Option<MoreTime>,
}

impl TasksWanted {
    fn nothing(&self) -> bool {
        let none = |list: &Option<Vec<String>>| list.as_ref().is_some_and(Vec::is_empty);
        self.classes.is_empty() || self.parties.is_empty() || none(&self.owners) || none(&self.doers)
    }

    fn condition(&self) -> (String, Vec<Value>) {
        let mut values = values![CASES];
        let classes = among(&mut values, self.classes.iter());
        let parties = among(&mut values, self.parties.iter());
        let parties = takes_part_of("t", &parties);
        let mut sql = format!("t.registry_id = $1 AND t.class_no IN ({classes}) AND {parties}");
        for (column, list) in [("owner", &self.owners), ("doer", &self.doers)] {
            let Some(list) = list else { continue };
            let list = among(&mut values, list.iter());
            sql.push_str(&format!(" AND t.{column} IN ({list})"));
        }
        if let Some(procedure) = &self.procedure {
            values.push(procedure.into());
            sql.push_str(&format!(" AND t.procedure_code = ${}", values.len()));
        }
        for (column, span) in [("last_due", self.due), ("over_at", self.over)] {
            let Some((from, until)) = span else { continue };
            values.extend(values![from, until]);
            let n = values.len();
            sql.push_str(&format!(" AND t.{column} >= ${} AND t.{column} < ${n}", n - 1));
        }
        sql.push_str(match self.open {
            Some(true) => " AND t.open = 1 AND t.state <> 'waiting'",
            // Nearly all tasks are over: the days find those that are wanted.
            Some(false) => " AND t.open + 0 = 0 AND t.state = 'done'",
            None => " AND t.state <> 'waiting'",
        });
        sql.push_str(match self.kept {
            Some(Kept::First) => " AND t.over_at <= t.first_due",
            Some(Kept::Approved) => " AND t.over_at <= t.last_due",
            Some(Kept::Late) => " AND t.over_at > t.last_due",
            None => "",
        });
        sql.push_str(match self.time {
            Some(MoreTime::Asked) => " AND t.asked > 0",
            Some(MoreTime::Granted) => " AND t.extensions > 0",
            None => "",
        });
        if let Some(dues) = &self.dues {
            sql.push_str(&format!(" AND ({})", of_dues(dues, &mut values)));
        }
        (sql, values)
    }
}

fn of_dues(dues: &[Dues], values: &mut Vec<Value>) -> String {
    let any = dues.iter().filter(|dues| !dues.procedures.is_empty());
    let any: Vec<String> = any
        .map(|dues| {
            let procedures = among(values, dues.procedures.iter());
            values.extend(values![dues.from, dues.until]);
            let n = values.len();
            format!("t.procedure_code IN ({procedures}) AND t.last_due >= ${} AND t.last_due < ${n}", n - 1)
        })
        .collect();
    if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(") OR (")) }
}

/// In which order tasks are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskOrder {
    /// The first due first.
    #[default]
    Due,
    /// The last over first.
    Over,
}

/// Tasks, each with its case; and how many there are.
///
/// # Errors
/// When the tables fail, or hold what is no case.
pub async fn tasks(
    conn: &mut Conn,
    wanted: &TasksWanted,
    order: TaskOrder,
    from: u64,
    limit: u64,
) -> Result<(Vec<(Visible<Case>, TaskId)>, u64), StoreError> {
    if wanted.nothing() {
        return Ok((Vec::new(), 0));
    }
    let (condition, mut values) = wanted.condition();
    let count = built(format!("SELECT COUNT(*) FROM case_task t WHERE {condition}"));
    let all = conn.one(count, values.clone()).await?.map_or(Ok(0), |row| row.number(0))?;
    let order = match order {
        TaskOrder::Due => "t.last_due, t.task_id",
        TaskOrder::Over => "t.over_at DESC, t.task_id",
    };
    values.extend(values![limit, from]);
    let n = values.len();
    let sql = format!(
        "SELECT c.content, t.task_id FROM case_task t JOIN case_item c ON c.registry_id = t.registry_id AND c.case_id = t.case_id WHERE {condition} ORDER BY {order} LIMIT ${} OFFSET ${n}",
        n - 1
    );
    Ok((with_cases(conn, sql, values).await?, all))
}

async fn with_cases(
    conn: &mut Conn,
    sql: String,
    values: Vec<Value>,
) -> Result<Vec<(Visible<Case>, TaskId)>, StoreError> {
    let rows = conn.all(built(sql), values).await?;
    rows.iter().map(|row| Ok((Visible::new(parsed(row, 0)?), row.id(1)?))).collect()
}

/// Tasks with which something is to be done by whoever gave them, the first due first.
///
/// # Errors
/// When the tables fail, or hold what is no case.
pub async fn back(
    conn: &mut Conn,
    classes: &RoaringBitmap,
    parties: &[String],
    limit: u64,
) -> Result<Vec<(Visible<Case>, TaskId)>, StoreError> {
    if classes.is_empty() || parties.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = values![CASES];
    let class = among(&mut values, classes.iter());
    let parties = among(&mut values, parties.iter());
    let parties = takes_part_of("t", &parties);
    values.push(limit.into());
    let sql = format!(
        "SELECT c.content, t.task_id FROM case_task t JOIN case_item c ON c.registry_id = t.registry_id AND c.case_id = t.case_id WHERE t.registry_id = $1 AND t.back = 1 AND t.class_no IN ({class}) AND {parties} ORDER BY t.last_due, t.task_id LIMIT ${}",
        values.len()
    );
    with_cases(conn, sql, values).await
}

/// Cases that run and that one of these opened, or of whose stage one of these answers or has the task, the first due first.
///
/// # Errors
/// When the tables fail, or hold what is no case.
pub async fn led(
    conn: &mut Conn,
    classes: &RoaringBitmap,
    doers: &[String],
    limit: u64,
) -> Result<Vec<Visible<Case>>, StoreError> {
    if classes.is_empty() || doers.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = values![CASES];
    let class = among(&mut values, classes.iter());
    let doer = among(&mut values, doers.iter());
    values.push(limit.into());
    let of = |column: &str| {
        format!(
            "SELECT o.case_id FROM case_task o WHERE o.registry_id = $1 AND o.{column} IN ({doer}) AND o.open = 1 AND o.branch = ''"
        )
    };
    let sql = format!(
        "SELECT c.content FROM case_item c WHERE c.registry_id = $1 AND c.class_no IN ({class}) AND c.ending = '' AND c.case_id IN (SELECT i.case_id FROM case_item i WHERE i.registry_id = $1 AND i.opener IN ({doer}) AND i.ending = '' UNION {} UNION {}) ORDER BY c.due_at, c.case_id LIMIT ${}",
        of("owner"),
        of("doer"),
        values.len()
    );
    let rows = conn.all(built(sql), values).await?;
    rows.iter().map(|row| Ok(Visible::new(parsed(row, 0)?))).collect()
}

/// Tasks of one kind in which something is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The procedure.
    pub procedure: String,
    /// Who answers for them.
    pub owner: String,
    /// Who has them.
    pub doer: String,
    /// When they are due, as approved.
    pub due: Timestamp,
    /// How many.
    pub count: u64,
}

/// How many tasks wait to be done, by procedure, people and due.
///
/// # Errors
/// When the tables fail.
pub async fn open(conn: &mut Conn, wanted: &TasksWanted) -> Result<Vec<Open>, StoreError> {
    if wanted.nothing() {
        return Ok(Vec::new());
    }
    let (condition, values) = wanted.condition();
    let sql = format!(
        "SELECT t.procedure_code, t.owner, t.doer, t.last_due, COUNT(*) FROM case_task t WHERE {condition} GROUP BY t.procedure_code, t.owner, t.doer, t.last_due LIMIT {MOST}"
    );
    let rows = conn.all(built(sql), values).await?;
    let open = |row: &Row| {
        Ok(Open {
            procedure: row.text(0)?,
            owner: row.text(1)?,
            doer: row.text(2)?,
            due: row.time(3)?,
            count: row.number(4)?,
        })
    };
    rows.iter().map(open).collect()
}

/// Tasks of one kind that were done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The procedure.
    pub procedure: String,
    /// Who answered for them.
    pub owner: String,
    /// How many.
    pub count: u64,
    /// Of these, by when they were due at first.
    pub first: u64,
    /// By when they were due as approved.
    pub approved: u64,
    /// For so many more time was asked for.
    pub asked: u64,
    /// For so many it was granted.
    pub granted: u64,
}

/// How many tasks were done, by procedure and who answered for them.
///
/// # Errors
/// When the tables fail.
pub async fn done(conn: &mut Conn, wanted: &TasksWanted) -> Result<Vec<Done>, StoreError> {
    if wanted.nothing() {
        return Ok(Vec::new());
    }
    let (condition, values) = wanted.condition();
    let sum = |of: &str| format!("CAST(SUM(CASE WHEN {of} THEN 1 ELSE 0 END) AS BIGINT)");
    let sql = format!(
        "SELECT t.procedure_code, t.owner, COUNT(*), {}, {}, {}, {} FROM case_task t WHERE {condition} GROUP BY t.procedure_code, t.owner LIMIT {MOST}",
        sum("t.over_at <= t.first_due"),
        sum("t.over_at <= t.last_due"),
        sum("t.asked > 0"),
        sum("t.extensions > 0")
    );
    let rows = conn.all(built(sql), values).await?;
    let done = |row: &Row| {
        Ok(Done {
            procedure: row.text(0)?,
            owner: row.text(1)?,
            count: row.number(2)?,
            first: row.number(3)?,
            approved: row.number(4)?,
            asked: row.number(5)?,
            granted: row.number(6)?,
        })
    };
    rows.iter().map(done).collect()
}

/// When cases were opened and ended, each with its procedure; the second is 0 for one that runs.
///
/// # Errors
/// When the tables fail.
pub async fn spans(
    conn: &mut Conn,
    wanted: &Wanted,
) -> Result<Vec<(String, Timestamp, Timestamp)>, StoreError> {
    if wanted.nothing() {
        return Ok(Vec::new());
    }
    let (condition, values) = wanted.condition();
    let sql = format!(
        "SELECT c.procedure_code, c.opened_at, c.over_at FROM case_item c WHERE {condition} LIMIT {MOST}"
    );
    let rows = conn.all(built(sql), values).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.time(1)?, row.time(2)?))).collect()
}
