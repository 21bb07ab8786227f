//! Cases as the register tables hold them: what an act needs, and what somebody sees of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use procedure::Kind;
use registry::{
    AccessRule, CASES, Caller, CaseId, DocumentId, Fact, PersonId, TaskId, Timestamp, Viewer,
    cases::{Act, Case, Comment, Doer, Filled, Needs, TaskAct, comment::ROWS, decide::takes_part},
    command::Channel,
    house::House,
    organisation::Organisation,
};
use roaring::RoaringBitmap;

use crate::{
    error::StoreError,
    house as people,
    load::ITS_RULE,
    planted::{Leak, leaks},
    sql::{Built, Conn, Row, Value, among, built},
    transaction::Write,
    values,
    visible::Visible,
};

/// What an act of cases needs beside the ledger of cases.
#[derive(Debug)]
pub struct About<'a> {
    /// The organisation.
    pub organisation: Arc<Organisation>,
    /// What the caller holds today.
    pub viewer: &'a Viewer,
}

/// What was said of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The entry.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// What.
    pub fact: Fact,
}

pub(crate) fn parsed(row: &Row, column: usize) -> Result<Case, StoreError> {
    serde_json::from_str(&row.text(column)?).map_err(StoreError::damaged)
}

async fn kept(conn: &mut Conn, id: CaseId) -> Result<Option<Case>, StoreError> {
    let sql = "SELECT content FROM case_item WHERE registry_id = $1 AND case_id = $2";
    conn.one(sql, values![CASES, id]).await?.map(|row| parsed(&row, 0)).transpose()
}

/// What an act needs.
pub(crate) async fn needs(
    write: &mut Write,
    act: &Act,
    house: &House,
    today: Date,
    about: &About<'_>,
) -> Result<Needs, StoreError> {
    let conn = write.conn().await?;
    let case = match act.case() {
        Some(id) => kept(conn, id).await?,
        None => None,
    };
    let parent = match act {
        Act::Open(opening) => opening.part_of.map(|(case, _)| case),
        _ => case.as_ref().and_then(|case| case.part_of).map(|part| part.case),
    };
    let parent = match parent {
        Some(id) => kept(conn, id).await?,
        None => None,
    };
    let people = people::persons(conn).await?.into_iter().map(|person| person.id).collect();
    let (mut documents, mut cases) = named(house, act, case.as_ref());
    let sees = |rule: &AccessRule, registry| about.viewer.sight(rule, registry, house, today).read;
    let mut seen = BTreeSet::new();
    if let Act::Show { document: Some(document), .. } = act {
        documents.insert(*document);
    }
    for document in documents {
        for registry in house.registries() {
            let Some(row) = conn.one(ITS_RULE, values![registry.id, document]).await? else { continue };
            let rule: AccessRule = serde_json::from_str(&row.text(2)?).map_err(StoreError::damaged)?;
            if sees(&rule, registry.id) {
                seen.insert(document);
            }
        }
    }
    let caller = Caller {
        person: about.viewer.person,
        channel: Channel::Person,
        fresh: false,
        viewer: about.viewer.clone(),
    };
    let mut seen_cases = BTreeSet::new();
    for id in std::mem::take(&mut cases) {
        let known = kept(conn, id).await?;
        let seen = |case: &Case| {
            sees(&Case::rule(&case.label), CASES) && takes_part(case, &caller, &about.organisation, today)
        };
        if known.is_some_and(|case| seen(&case)) {
            seen_cases.insert(id);
        }
    }
    let admitted = admitted(conn, act, case.as_ref(), house, today, &about.organisation).await?;
    let (comments, commented) = comments_for(conn, act).await?;
    let next = counts(conn).await?;
    Ok(Needs {
        organisation: about.organisation.clone(),
        people,
        case,
        parent,
        documents: seen,
        cases: seen_cases,
        admitted,
        comments,
        commented,
        next,
    })
}

/// The rows of the table of comments that an act is about, and how many the table ever had.
async fn comments_for(conn: &mut Conn, act: &Act) -> Result<(Vec<Comment>, u64), StoreError> {
    let mut comments = Vec::new();
    let task = match act {
        Act::Comment { task, .. } | Act::Task { task, does: TaskAct::Reply { .. }, .. } => Some(*task),
        _ => None,
    };
    if let Some(task) = task {
        let sql = "SELECT content FROM case_comment WHERE registry_id = $1 AND task_id = $2";
        for row in conn.all(sql, values![CASES, task]).await? {
            comments.push(serde_json::from_str(&row.text(0)?).map_err(StoreError::damaged)?);
        }
    }
    let named = match act {
        Act::ChangeComment { comment, .. } => std::slice::from_ref(comment),
        Act::WithdrawComments { comments, .. } | Act::Adjudicate { comments, .. } => comments,
        _ => &[],
    };
    for id in named.iter().take(ROWS) {
        let sql = "SELECT content FROM case_comment WHERE registry_id = $1 AND comment_id = $2";
        if let Some(row) = conn.one(sql, values![CASES, *id]).await? {
            comments.push(serde_json::from_str(&row.text(0)?).map_err(StoreError::damaged)?);
        }
    }
    let Act::Comment { case, .. } = act else { return Ok((comments, 0)) };
    let sql = "SELECT COUNT(*) FROM case_comment WHERE registry_id = $1 AND case_id = $2";
    let all = conn.one(sql, values![CASES, *case]).await?.map_or(Ok(0), |row| row.number(0))?;
    Ok((comments, all))
}

/// The table of comments of a case that the reader sees, by number, without what was taken back.
///
/// # Errors
/// When the tables fail, or hold what is no comment.
pub async fn comments(conn: &mut Conn, case: &Visible<Case>) -> Result<Vec<Comment>, StoreError> {
    let sql = "SELECT content FROM case_comment WHERE registry_id = $1 AND case_id = $2 AND state <> 'withdrawn' ORDER BY number";
    let rows = conn.all(sql, values![CASES, case.id]).await?;
    rows.iter().map(|row| serde_json::from_str(&row.text(0)?).map_err(StoreError::damaged)).collect()
}

/// The documents and the cases that are filled in with an act.
fn named(house: &House, act: &Act, case: Option<&Case>) -> (BTreeSet<DocumentId>, BTreeSet<CaseId>) {
    let empty = Filled::new();
    let definition = match (act, case) {
        (Act::Open(opening), _) => house.procedures().get(&opening.procedure),
        (_, Some(case)) => house.procedures().version(&case.procedure, case.version),
        _ => None,
    };
    let (mut documents, mut cases) = (BTreeSet::new(), BTreeSet::new());
    let Some(definition) = definition else { return (documents, cases) };
    for (field, value) in act.values().unwrap_or(&empty) {
        let kind = definition.field(field).map(|field| field.kind.each().unwrap_or(field.kind));
        let one = value.as_str().into_iter();
        let many = value.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
        for id in one.chain(many).take(usize::try_from(procedure::MOST).unwrap_or(usize::MAX)) {
            match kind {
                Some(Kind::Document) => documents.extend(id.parse::<DocumentId>().ok()),
                Some(Kind::Case) => cases.extend(id.parse::<CaseId>().ok()),
                _ => {}
            }
        }
    }
    (documents, cases)
}

/// Whether the label of the case lets through whoever shall have a task of it.
async fn admitted(
    conn: &mut Conn,
    act: &Act,
    case: Option<&Case>,
    house: &House,
    today: Date,
    organisation: &Organisation,
) -> Result<bool, StoreError> {
    let (
        Act::Task {
            does: TaskAct::Assign { to: Some(to), .. } | TaskAct::Delegate { to: Some(to), .. }, ..
        },
        Some(case),
    ) = (act, case)
    else {
        return Ok(true);
    };
    let person = match to {
        Doer::Person(person) => Some(*person),
        Doer::Post(post) => organisation.acting(*post, today).map(|acting| acting.person),
        Doer::Role(_) | Doer::Anyone => None,
    };
    // For a post that is vacant its next holder will be asked.
    let Some(person) = person else { return Ok(true) };
    let Some(record) = people::person(conn, person).await? else { return Ok(false) };
    let held = people::authorisations(conn, person).await?;
    Ok(Viewer::on(today, &record, &held).sight(&Case::rule(&case.label), CASES, house, today).read)
}

async fn counts(conn: &mut Conn) -> Result<BTreeMap<(String, i16), u64>, StoreError> {
    let sql = "SELECT procedure_code, year, next_serial FROM case_count WHERE registry_id = $1";
    let rows = conn.all(sql, values![CASES]).await?;
    let count = |row: &Row| {
        let year = i16::try_from(row.int(1)?).map_err(StoreError::damaged)?;
        Ok(((row.text(0)?, year), row.number(2)?))
    };
    rows.iter().map(count).collect()
}

/// What of all cases is wanted. Everything that is none narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The classes that the viewer reads.
    pub classes: RoaringBitmap,
    /// What he is: [`Doer`]s as text, of which one must take part.
    pub parties: Vec<String>,
    /// Of one procedure.
    pub procedure: Option<String>,
    /// In one stage.
    pub stage: Option<String>,
    /// Whether it has ended.
    pub ended: Option<bool>,
    /// Due before a moment.
    pub due_before: Option<Timestamp>,
    /// Parts of one case.
    pub part_of: Option<CaseId>,
    /// What its number or name contains, as it is sorted.
    pub words: Option<String>,
    /// [`Doer`]s as text, of which one must take part as well: those of a unit.
    pub unit: Option<Vec<String>>,
    /// Opened from a moment on, before another.
    pub opened: Option<(Timestamp, Timestamp)>,
    /// Ended from a moment on, before another.
    pub over: Option<(Timestamp, Timestamp)>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The first due first.
    #[default]
    Due,
    /// By number, the newest first.
    Number,
    /// By what they are called.
    Called,
    /// By stage, the first due first.
    Stage,
}

/// That one of these takes part in the case of a row.
pub(crate) fn takes_part_of(row: &str, parties: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM case_party p WHERE p.registry_id = {row}.registry_id AND p.case_id = {row}.case_id AND p.party IN ({parties}))"
    )
}

impl Wanted {
    /// The condition, and its values.
    pub(crate) fn condition(&self) -> (String, Vec<Value>) {
        let mut values = values![CASES];
        let classes = among(&mut values, self.classes.iter());
        let parties = among(&mut values, self.parties.iter());
        let parties = takes_part_of("c", &parties);
        // What is of certain days is found by these, and not by its class, of which there may be very much.
        let by_days = self.opened.is_some() || self.over.is_some();
        let class = if by_days { "c.class_no + 0" } else { "c.class_no" };
        let mut sql = format!("c.registry_id = $1 AND {class} IN ({classes}) AND {parties}");
        let mut and = |text: &str, value: Value| {
            values.push(value);
            sql.push_str(&format!(" AND {text} ${}", values.len()));
        };
        if let Some(procedure) = &self.procedure {
            and("c.procedure_code =", procedure.into());
        }
        if let Some(stage) = &self.stage {
            and("c.stage =", stage.into());
        }
        if let Some(ended) = self.ended {
            and(if ended { "c.ending <>" } else { "c.ending =" }, "".into());
        }
        if let Some(before) = self.due_before {
            and("c.due_at <", before.into());
        }
        if let Some(parent) = self.part_of {
            and("c.parent_id =", parent.into());
        }
        for (column, span) in [("opened_at", self.opened), ("over_at", self.over)] {
            let Some((from, until)) = span else { continue };
            and(&format!("c.{column} >="), from.into());
            and(&format!("c.{column} <"), until.into());
        }
        if let Some(unit) = &self.unit {
            let unit = among(&mut values, unit.iter());
            sql.push_str(&format!(" AND {}", takes_part_of("c", &unit)));
        }
        if let Some(words) = &self.words {
            let like: String = words
                .chars()
                .flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]))
                .collect();
            values.push(format!("%{like}%").into());
            let place = values.len();
            values.push(format!("%{}%", like.to_uppercase()).into());
            let number = values.len();
            sql.push_str(&format!(
                " AND (c.sort_key LIKE ${place} ESCAPE '\\' OR c.number LIKE ${number} ESCAPE '\\')"
            ));
        }
        (sql, values)
    }

    pub(crate) fn nothing(&self) -> bool {
        let nobody = self.unit.as_ref().is_some_and(Vec::is_empty);
        self.classes.is_empty() || self.parties.is_empty() || nobody
    }
}

/// Cases in an order, from a place on; and how many there are.
///
/// # Errors
/// When the tables fail, or hold what is no case.
pub async fn list(
    conn: &mut Conn,
    wanted: &Wanted,
    order: Order,
    from: u64,
    limit: u64,
) -> Result<(Vec<Visible<Case>>, u64), StoreError> {
    if wanted.nothing() {
        return Ok((Vec::new(), 0));
    }
    let (condition, mut values) = wanted.condition();
    let any = if leaks(Leak::CaseCount) { " OR 1 = 1" } else { "" };
    let count: Built<String> = built(format!("SELECT COUNT(*) FROM case_item c WHERE {condition}{any}"));
    let all = conn.one(count, values.clone()).await?.map_or(Ok(0), |row| row.number(0))?;
    let order = match order {
        Order::Due => "c.due_at, c.case_id",
        Order::Number => "c.year DESC, c.serial DESC, c.case_id",
        Order::Called => "c.sort_key, c.case_id",
        Order::Stage => "c.stage, c.due_at, c.case_id",
    };
    values.extend(values![limit, from]);
    let (limit, from) = (values.len() - 1, values.len());
    let sql = format!(
        "SELECT c.content FROM case_item c WHERE {condition} ORDER BY {order} LIMIT ${limit} OFFSET ${from}"
    );
    let rows = conn.all(built(sql), values).await?;
    let cases = rows.iter().map(|row| Ok(Visible::new(parsed(row, 0)?)));
    Ok((cases.collect::<Result<_, StoreError>>()?, all))
}

/// A case by its identifier, where its class is among these. Whether the viewer takes part is asked of the case.
///
/// # Errors
/// When the tables fail, or hold what is no case.
pub async fn case(
    conn: &mut Conn,
    classes: &RoaringBitmap,
    id: CaseId,
) -> Result<Option<Visible<Case>>, StoreError> {
    let sql = "SELECT content, class_no FROM case_item WHERE registry_id = $1 AND case_id = $2";
    let Some(row) = conn.one(sql, values![CASES, id]).await? else { return Ok(None) };
    let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
    if !classes.contains(class) {
        return Ok(None);
    }
    Ok(Some(Visible::new(parsed(&row, 0)?)))
}

/// The identifier of the case with a number.
///
/// # Errors
/// When the tables fail.
pub async fn numbered(conn: &mut Conn, number: &str) -> Result<Option<CaseId>, StoreError> {
    let sql = "SELECT case_id FROM case_item WHERE registry_id = $1 AND number = $2";
    Ok(conn.one(sql, values![CASES, number]).await?.map(|row| row.id(0)).transpose()?)
}

/// The open tasks that any of these has or answers for, the first due first, each with its case; and how many there are.
///
/// # Errors
/// When the tables fail, or hold what is no case.
pub async fn tasks(
    conn: &mut Conn,
    classes: &RoaringBitmap,
    doers: &[String],
    limit: u64,
) -> Result<(Vec<(Visible<Case>, TaskId)>, u64), StoreError> {
    if classes.is_empty() || doers.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let mut values = values![CASES];
    let class = among(&mut values, classes.iter());
    let doer = among(&mut values, doers.iter());
    // Whose a task is and who answers for it are found each by its own index.
    let own = |column: &str| {
        format!(
            "SELECT o.task_id FROM case_task o WHERE o.registry_id = $1 AND o.{column} IN ({doer}) AND o.open = 1"
        )
    };
    let any = if leaks(Leak::TaskCount) { " OR 1 = 1" } else { "" };
    let condition = format!(
        "t.registry_id = $1 AND (t.class_no IN ({class}){any}) AND t.state <> 'waiting' AND t.task_id IN ({} UNION {})",
        own("doer"),
        own("owner")
    );
    let count = built(format!("SELECT COUNT(*) FROM case_task t WHERE {condition}"));
    let all = conn.one(count, values.clone()).await?.map_or(Ok(0), |row| row.number(0))?;
    values.extend(values![limit]);
    let sql = format!(
        "SELECT c.content, t.task_id FROM case_task t JOIN case_item c ON c.registry_id = t.registry_id AND c.case_id = t.case_id WHERE {condition} ORDER BY t.last_due, t.task_id LIMIT ${}",
        values.len()
    );
    let rows = conn.all(built(sql), values).await?;
    let tasks = rows.iter().map(|row| Ok((Visible::new(parsed(row, 0)?), row.id(1)?)));
    Ok((tasks.collect::<Result<_, StoreError>>()?, all))
}

/// How many cases stand in each stage of each procedure, of those that are wanted.
///
/// # Errors
/// When the tables fail.
pub async fn by_stage(conn: &mut Conn, wanted: &Wanted) -> Result<Vec<(String, String, u64)>, StoreError> {
    if wanted.nothing() {
        return Ok(Vec::new());
    }
    let (condition, values) = wanted.condition();
    let sql = format!(
        "SELECT c.procedure_code, c.stage, COUNT(*) FROM case_item c WHERE {condition} GROUP BY c.procedure_code, c.stage ORDER BY c.procedure_code, c.stage"
    );
    let rows = conn.all(built(sql), values).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.number(2)?))).collect()
}

/// What was said of a case, the first first.
///
/// # Errors
/// When the tables fail, or hold what is no entry.
pub async fn history(conn: &mut Conn, case: &Visible<Case>) -> Result<Vec<Past>, StoreError> {
    let sql = "SELECT sequence, time, actor, fact FROM case_history WHERE registry_id = $1 AND case_id = $2 ORDER BY sequence";
    let rows = conn.all(sql, values![CASES, case.id]).await?;
    let past = |row: &Row| {
        let fact = serde_json::from_str(&row.text(3)?).map_err(StoreError::damaged)?;
        Ok(Past { sequence: row.number(0)?, at: row.time(1)?, by: row.id(2)?, fact })
    };
    rows.iter().map(past).collect()
}
