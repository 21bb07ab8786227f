//! Cases in the register tables: each as it stands, with what is asked of it most often beside it; its tasks, those who see
//! it, and everything that was said of it.

use registry::{
    CaseId, Fact,
    cases::{Case, Comment, NewCase, Said, Task, TaskState, Written},
    reference::sort_key,
};

use super::{At, class};
use crate::{error::StoreError, transaction::Write, values};

/// What a fact says of a case.
pub(super) async fn apply(write: &mut Write, at: &At, fact: &Fact) -> Result<(), StoreError> {
    let written = Written { at: at.time, by: at.actor, sequence: at.sequence };
    let case = match fact {
        Fact::CaseOpened { case } => opened(write, at, case, written).await?,
        Fact::CaseStepped { step } => moved(write, at, step.case, fact, written).await?,
        Fact::CaseChanged { case, .. }
        | Fact::CaseReopened { case, .. }
        | Fact::TaskMoved { case, .. }
        | Fact::CaseShown { case, .. }
        | Fact::CaseNoted { case, .. } => moved(write, at, *case, fact, written).await?,
        Fact::CaseCommented { case, said } => {
            let case = moved(write, at, *case, fact, written).await?;
            commented(write, at, case, said, written).await?;
            case
        }
        _ => return Ok(()),
    };
    write.rows.insert(
        "case_history",
        &["registry_id", "case_id", "sequence", "time", "actor", "fact"],
        values![at.registry, case, at.sequence, at.time, at.actor, json(fact)?],
    );
    Ok(())
}

fn json(what: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(what).map_err(StoreError::damaged)
}

async fn opened(write: &mut Write, at: &At, new: &NewCase, written: Written) -> Result<CaseId, StoreError> {
    let case = Case::opened(new, written);
    let class = class::class_of(write, at.registry, &Case::rule(&case.label)).await?;
    // A case that is part of none has a parent of zeros.
    let parent = case.part_of.map_or(CaseId::new([0; 16]), |part| part.case);
    let row = values![
        at.registry,
        case.id,
        class,
        &case.procedure,
        case.version,
        &case.number,
        i64::from(new.year),
        new.serial,
        case.called(),
        sort_key(case.called()),
        &case.stage,
        "",
        case.opened_at,
        0_i64,
        due(&case),
        parent,
        case.opener.to_string(),
        json(&case)?
    ];
    let conn = write.conn().await?;
    conn.execute(OPENED, row).await?;
    let next = values![at.registry, &new.procedure, i64::from(new.year), new.serial.saturating_add(1)];
    conn.execute(COUNTED, next).await?;
    beside(write, at, &case, class, None).await?;
    Ok(case.id)
}

const OPENED: &str = "INSERT INTO case_item (registry_id, case_id, class_no, procedure_code, version, number, year, serial, called, sort_key, stage, ending, opened_at, over_at, due_at, parent_id, opener, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
const COUNTED: &str = "INSERT INTO case_count (registry_id, procedure_code, year, next_serial) VALUES ($1, $2, $3, $4) ON CONFLICT (registry_id, procedure_code, year) DO UPDATE SET next_serial = excluded.next_serial";
const CONTENT: &str = "SELECT content FROM case_item WHERE registry_id = $1 AND case_id = $2";
const MOVED: &str = "UPDATE case_item SET class_no = $3, version = $4, called = $5, sort_key = $6, stage = $7, ending = $8, over_at = $9, due_at = $10, content = $11 WHERE registry_id = $1 AND case_id = $2";

async fn moved(
    write: &mut Write,
    at: &At,
    id: CaseId,
    fact: &Fact,
    written: Written,
) -> Result<CaseId, StoreError> {
    let row = write.conn().await?.one(CONTENT, values![at.registry, id]).await?;
    let absent = || StoreError::damaged(format!("entry {}: about a case that is not there", at.sequence));
    let before: Case =
        serde_json::from_str(&row.ok_or_else(absent)?.text(0)?).map_err(StoreError::damaged)?;
    let mut case = before.clone();
    case.apply(fact, written);
    let class = class::class_of(write, at.registry, &Case::rule(&case.label)).await?;
    let (ending, over) = case.ended.map_or(("", 0), |ended| (ended.how.text(), ended.at.micros()));
    let row = values![
        at.registry,
        id,
        class,
        case.version,
        case.called(),
        sort_key(case.called()),
        &case.stage,
        ending,
        over,
        due(&case),
        json(&case)?
    ];
    write.conn().await?.execute(MOVED, row).await?;
    beside(write, at, &case, class, Some(&before)).await?;
    Ok(id)
}

/// Writes the rows of the table of comments that are new or say something else.
async fn commented(
    write: &mut Write,
    at: &At,
    case: CaseId,
    said: &Said,
    written: Written,
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    if let Said::Made { task, office, rows: made } = said {
        rows.extend(made.iter().map(|new| Comment::made(case, *task, *office, new, written)));
    }
    for comment in said.about() {
        let row = write.conn().await?.one(COMMENT, values![at.registry, *comment]).await?;
        let absent =
            || StoreError::damaged(format!("entry {}: about a comment that is not there", at.sequence));
        let mut known: Comment =
            serde_json::from_str(&row.ok_or_else(absent)?.text(0)?).map_err(StoreError::damaged)?;
        known.apply(said, written);
        rows.push(known);
    }
    for comment in rows {
        let row = values![
            at.registry,
            comment.id,
            case,
            comment.task,
            comment.number,
            comment.row.severity.text(),
            comment.state(),
            json(&comment)?
        ];
        write.conn().await?.execute(COMMENTED, row).await?;
    }
    Ok(())
}

const COMMENT: &str = "SELECT content FROM case_comment WHERE registry_id = $1 AND comment_id = $2";
const COMMENTED: &str = "INSERT INTO case_comment (registry_id, comment_id, case_id, task_id, number, severity, state, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (registry_id, comment_id) DO UPDATE SET severity = excluded.severity, state = excluded.state, content = excluded.content";

/// When what runs is due; of a case that has ended, when it was.
fn due(case: &Case) -> i64 {
    let main = case.tasks.iter().rev().find(|task| task.branch.is_none());
    main.map_or(0, |task| task.due_now().micros())
}

/// Writes the tasks and those who see the case, as far as they are other than before.
async fn beside(
    write: &mut Write,
    at: &At,
    case: &Case,
    class: u32,
    before: Option<&Case>,
) -> Result<(), StoreError> {
    let relabelled = before.is_some_and(|before| before.label != case.label);
    for task in &case.tasks {
        let known = before.and_then(|before| before.task(task.id));
        if known == Some(task) && !relabelled {
            continue;
        }
        let row = values![
            at.registry,
            task.id,
            case.id,
            class,
            &case.procedure,
            &task.stage,
            task.branch.as_deref().unwrap_or_default(),
            task.owner.to_string(),
            task.doer().to_string(),
            task.state.text(),
            task.state.is_open(),
            task.issued,
            task.due,
            task.due_now(),
            task.over.map_or(0, |over| over.micros()),
            extended(task),
            i64::try_from(task.extensions.len()).unwrap_or(i64::MAX),
            is_back(task)
        ];
        write.conn().await?.execute(TASK, row).await?;
    }
    for party in case.parties.iter().filter(|party| before.is_none_or(|case| !case.parties.contains(party))) {
        let row = values![at.registry, case.id, party.to_string(), at.time];
        write.conn().await?.execute(PARTY, row).await?;
    }
    Ok(())
}

fn extended(task: &Task) -> i64 {
    let granted = task.extensions.iter().filter(|asked| asked.granted == Some(true)).count();
    i64::try_from(granted).unwrap_or(i64::MAX)
}

/// Whether whoever gave the task has something to do: to answer, to decide on more time, to give it again.
fn is_back(task: &Task) -> bool {
    let back = matches!(task.state, TaskState::Clarification | TaskState::Refused);
    task.state.is_open() && (back || task.asked_for().is_some())
}

const TASK: &str = "INSERT INTO case_task (registry_id, task_id, case_id, class_no, procedure_code, stage, branch, owner, doer, state, open, issued_at, first_due, last_due, over_at, extensions, asked, back) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT (registry_id, task_id) DO UPDATE SET class_no = excluded.class_no, owner = excluded.owner, doer = excluded.doer, state = excluded.state, open = excluded.open, issued_at = excluded.issued_at, first_due = excluded.first_due, last_due = excluded.last_due, over_at = excluded.over_at, extensions = excluded.extensions, asked = excluded.asked, back = excluded.back";
const PARTY: &str = "INSERT INTO case_party (registry_id, case_id, party, since) VALUES ($1, $2, $3, $4)";
