//! Cases for programs: the procedures of the house, cases and tasks as their caller sees them, and the acts.

use axum::{
    Json as Out,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use calendar::{Risk, Standing};
use label::NamedLabel;
use office::{
    Sender,
    cases::{Asked, CaseRow, CaseView, DoerName, TaskRow},
    texts::Language,
};
use procedure::Definition;
use registry::{
    Answer, CaseId, Code, Command, CommentId, DocumentId, PersonId, Refusal, TaskId,
    cases::{Act, Filled, Opening, Outcome, Remark, TaskAct},
    house::House,
    id::PostId,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::cases::Order;

use crate::{
    api::{
        Problem, register,
        request::{self, Json, Key, Nothing, Parameters},
        view,
    },
    app::App,
    signed::Token,
};

/// The orders of a list of cases, by name.
const ORDERS: [(&str, Order); 4] =
    [("due", Order::Due), ("number", Order::Number), ("name", Order::Called), ("stage", Order::Stage)];

/// What a name means among those that are offered.
fn offered<T: Copy>(field: &'static str, name: &str, known: &[(&str, T)]) -> Result<T, Refusal> {
    let found = known.iter().find(|(known, _)| *known == name).map(|(_, means)| *means);
    found.ok_or_else(|| Refusal::on(field, Code::NotOffered).with("value", name))
}

pub(super) fn doer(name: &DoerName) -> Value {
    json!({
        "is": name.doer.to_string(),
        "post": name.code,
        "person": name.person.as_ref().map(|who| json!({"id": who.person, "name": who.name})),
    })
}

/// How something stands against its due: a word, and so many working days.
fn standing(standing: Option<&Standing>) -> Value {
    let told = |is: &str, days: Option<i32>, because: Option<&str>| json!({"is": is, "working_days": days, "because": because});
    match standing {
        None => Value::Null,
        Some(Standing::InTime { days_left }) => told("in-time", Some(*days_left), None),
        Some(Standing::AtRisk { days_left, because }) => {
            let because = match because {
                Risk::NotBegun => "not-begun",
                Risk::LittleLeft(_) => "little-left",
            };
            told("at-risk", Some(*days_left), Some(because))
        }
        Some(Standing::Late { days }) => told("late", Some(*days), None),
        Some(Standing::Done) => told("done", None, None),
        Some(Standing::DoneLate { days }) => told("done-late", Some(*days), None),
    }
}

fn row(row: &CaseRow, house: &House) -> Value {
    let main = row.case.main().filter(|_| row.case.is_open());
    json!({
        "id": row.case.id,
        "number": row.case.number,
        "procedure": row.case.procedure,
        "version": row.case.version,
        "name": row.case.called(),
        "label": view::label(Some(&row.case.label), &house.policies),
        "marking": view::marking(Some(&row.case.label), &house.policies, Language::En),
        "stage": row.case.stage,
        "ended": row.case.ended.map(|ended| ended.how.text()),
        "opened": row.case.opened_at.to_string(),
        "due": main.map(|task| task.due_now().to_string()),
        "with": row.with.iter().map(doer).collect::<Vec<_>>(),
        "standing": standing(row.standing.as_ref()),
    })
}

fn task(one: &TaskRow) -> Value {
    let task = &one.task;
    json!({
        "id": task.id,
        "stage": task.stage,
        "branch": task.branch,
        "each": task.each,
        "owner": doer(&one.owner),
        "given_to": one.given_to.as_ref().map(doer),
        "state": task.state.text(),
        "issued": task.issued.to_string(),
        "due": task.due.to_string(),
        "extended": task.extended.map(|at| at.to_string()),
        "over": task.over.map(|at| at.to_string()),
        "reply": task.reply.as_ref().map(|reply| json!({"reply": reply.reply, "words": reply.words})),
        "standing": standing(one.standing.as_ref()),
        "does": one.does,
    })
}

fn whole(one: &CaseView, house: &House) -> Value {
    let definition = &one.row.definition;
    let values: Map<String, Value> = one
        .row
        .values
        .iter()
        .map(|(field, value)| (field.clone(), serde_json::to_value(value).unwrap_or_default()))
        .collect();
    let steps: Vec<Value> = one
        .steps
        .iter()
        .map(|step| {
            json!({
                "step": step.step.code, "names": step.step.names, "to": step.step.to,
                "reason": step.step.reason, "needs": step.step.needs, "hindrances": step.hindrances,
            })
        })
        .collect();
    let documents: Vec<Value> = one
        .documents
        .iter()
        .map(|(id, linked)| json!({"id": id, "reference": linked.reference, "subject": linked.subject}))
        .collect();
    json!({
        "case": row(&one.row, house),
        "names": {"procedure": definition.names, "stage": definition.stage(&one.row.case.stage).map(|stage| &stage.names)},
        "opener": doer(&one.opener),
        "values": values,
        "tasks": one.tasks.iter().map(task).collect::<Vec<_>>(),
        "steps": steps,
        "changes": one.changes,
        "documents": documents,
        "part_of": one.whole.as_ref().map(|whole| row(whole, house)),
        "parts": one.parts.iter().map(|part| row(part, house)).collect::<Vec<_>>(),
        "changes_so_far": one.history.len(),
    })
}

fn definition(definition: &Definition) -> Value {
    serde_json::to_value(definition).unwrap_or_default()
}

/// The procedures of which the caller may open a case.
pub async fn procedures(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let all = reading.may_open().await?;
    let rows: Vec<Value> = all
        .iter()
        .map(|def| json!({"code": def.code, "version": def.version, "names": def.names, "about": def.about}))
        .collect();
    Ok(Out(json!({"procedures": rows})))
}

/// What a procedure asks for, and through what its cases go.
pub async fn procedure(
    State(app): State<App>,
    token: Token,
    Path(code): Path<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    let found = reading.house.procedures().get(&code).ok_or(Code::NotFound)?;
    Ok(Out(definition(found)))
}

/// Which cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CasesAsked {
    procedure: Option<String>,
    stage: Option<String>,
    runs: Option<String>,
    q: Option<String>,
    order: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

/// Cases, page by page.
pub async fn cases(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<CasesAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let limit = request::limit(asked.limit)?;
    let order = match asked.order.as_deref() {
        None => Order::default(),
        Some(name) => offered("order", name, &ORDERS)?,
    };
    let (ended, late) = match asked.runs.as_deref() {
        None => (None, false),
        Some(runs) => {
            let known = [("yes", (Some(false), false)), ("no", (Some(true), false)), ("late", (None, true))];
            offered("runs", runs, &known)?
        }
    };
    let from = match asked.after.as_deref() {
        None => 0,
        Some(text) => text.parse().map_err(|_| Refusal::on("after", Code::NotOffered).with("value", text))?,
    };
    let wanted = Asked {
        procedure: asked.procedure,
        stage: asked.stage,
        ended,
        late,
        words: asked.q,
        order,
        from,
        limit: u64::try_from(limit).unwrap_or(u64::MAX),
        ..Asked::default()
    };
    let found = reading.cases(&wanted).await?;
    let house = reading.house.clone();
    let end = from.saturating_add(u64::try_from(found.rows.len()).unwrap_or(u64::MAX));
    let next = (end < found.all).then(|| end.to_string());
    let rows: Vec<Value> = found.rows.iter().map(|one| row(one, &house)).collect();
    Ok(Out(json!({"total": found.all, "cases": rows, "next": next})))
}

/// A case, by its number or its identifier.
pub async fn case(
    State(app): State<App>,
    token: Token,
    Path(name): Path<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let id = reading.case_named(&name).await?;
    let one = reading.case(id).await?;
    let house = reading.house.clone();
    Ok(Out(whole(&one, &house)))
}

/// How many tasks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TasksAsked {
    limit: Option<usize>,
}

/// The caller's open tasks, the first due first.
pub async fn tasks(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<TasksAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let limit = u64::try_from(request::limit(asked.limit)?).unwrap_or(u64::MAX);
    let (found, total) = reading.own_tasks(limit).await?;
    let house = reading.house.clone();
    let rows: Vec<Value> =
        found.iter().map(|(case, one)| json!({"case": row(case, &house), "task": task(one)})).collect();
    Ok(Out(json!({"total": total, "tasks": rows})))
}

/// What is asked of cases: as the rules know it, with labels in words.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ActAsked(InWords);

#[derive(Debug, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
enum InWords {
    /// Opens a case.
    Open {
        procedure: String,
        values: Filled,
        label: NamedLabel,
        #[serde(default)]
        post: Option<PostId>,
        #[serde(default)]
        part_of: Option<PartAsked>,
    },
    /// Fills fields in anew.
    Change {
        case: CaseId,
        #[serde(default)]
        values: Filled,
        #[serde(default)]
        label: Option<NamedLabel>,
        #[serde(default)]
        reason: Option<String>,
    },
    /// Takes a step.
    Step {
        case: CaseId,
        stage: String,
        step: String,
        #[serde(default)]
        values: Filled,
        #[serde(default)]
        reason: Option<String>,
    },
    /// Does something with a task.
    Task { case: CaseId, task: TaskId, does: TaskAct },
    /// Shows evidence, or the product.
    Show {
        case: CaseId,
        #[serde(default)]
        evidence: Option<String>,
        #[serde(default)]
        document: Option<DocumentId>,
        #[serde(default)]
        words: Option<String>,
    },
    /// Says something.
    Note {
        case: CaseId,
        words: String,
        #[serde(default)]
        mentions: Vec<PersonId>,
    },
    /// Adds rows to the table of comments.
    Comment { case: CaseId, task: TaskId, rows: Vec<Remark> },
    /// Says something else in a row.
    ChangeComment { case: CaseId, comment: CommentId, row: Remark },
    /// Takes rows back.
    WithdrawComments { case: CaseId, comments: Vec<CommentId> },
    /// Settles rows.
    Adjudicate {
        case: CaseId,
        comments: Vec<CommentId>,
        outcome: Outcome,
        #[serde(default)]
        reason: Option<String>,
    },
    /// Takes up again what has ended.
    Reopen { case: CaseId, stage: String, reason: String },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartAsked {
    case: CaseId,
    task: TaskId,
}

impl InWords {
    fn read(self, house: &House) -> Result<Act, Refusal> {
        let label = |named: &NamedLabel| {
            let read = register::in_codes("label", Some(named), house)?;
            read.ok_or(Refusal::on("label", Code::Required))
        };
        Ok(match self {
            Self::Open { procedure, values, label: named, post, part_of } => Act::Open(Opening {
                procedure,
                values,
                label: label(&named)?,
                post,
                part_of: part_of.map(|part| (part.case, part.task)),
            }),
            Self::Change { case, values, label: named, reason } => {
                Act::Change { case, values, label: named.as_ref().map(label).transpose()?, reason }
            }
            Self::Step { case, stage, step, values, reason } => {
                Act::Step { case, stage, step, values, reason }
            }
            Self::Task { case, task, does } => Act::Task { case, task, does },
            Self::Show { case, evidence, document, words } => Act::Show { case, evidence, document, words },
            Self::Note { case, words, mentions } => Act::Note { case, words, mentions },
            Self::Comment { case, task, rows } => Act::Comment { case, task, rows },
            Self::ChangeComment { case, comment, row } => Act::ChangeComment { case, comment, row },
            Self::WithdrawComments { case, comments } => Act::WithdrawComments { case, comments },
            Self::Adjudicate { case, comments, outcome, reason } => {
                Act::Adjudicate { case, comments, outcome, reason }
            }
            Self::Reopen { case, stage, reason } => Act::Reopen { case, stage, reason },
        })
    }
}

/// Does something with cases.
pub async fn act(
    State(app): State<App>,
    token: Token,
    Key(command): Key,
    Parameters(Nothing {}): Parameters<Nothing>,
    Json(asked): Json<ActAsked>,
) -> Result<Response, Problem> {
    let house = app.office.read_as(&token.session).await?.house.clone();
    let act = Box::new(asked.0.read(&house)?);
    match app.office.command(Sender::of(&token.session), command, Command::Case { act }).await? {
        Answer::Case { case, number } => {
            Ok((StatusCode::CREATED, Out(json!({"case": case, "number": number}))).into_response())
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}
