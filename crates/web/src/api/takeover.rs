//! Registers of old for programs: a workbook brought, looked at, read by other settings, taken over.

use axum::{
    Json as Out,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use label::NamedLabel;
use office::{
    Reading, Sender,
    takeover::{Asked, Look, RowState, Takeover},
};
use oldregister::{Counting, DateOrder, Field, Mapping};
use registry::{Code, ObjectId, Refusal, RegistryId, document::Direction, house::House};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::{
    api::{
        Problem,
        register::{in_codes, small},
        request::{Json, Key, Named, Nothing, Parameters, form, read_json},
        view,
    },
    app::App,
    pages::takeover,
    signed::Token,
};

/// Largest request that brings a workbook (bytes).
const LARGEST: usize = 80 << 20;
/// Rows of a page of documents and of problems.
const PAGE: usize = 100;

/// Which page of documents and problems.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageAsked {
    page: Option<usize>,
}

/// Which column is what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingAsked {
    heading_row: Option<u32>,
    columns: BTreeMap<String, Field>,
    #[serde(default)]
    orders: BTreeMap<String, DateOrder>,
}

/// How a workbook is read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsAsked {
    sheet: Option<usize>,
    mapping: Option<MappingAsked>,
    policy: Option<String>,
    label: Option<NamedLabel>,
    direction: Option<String>,
    kind: Option<String>,
    language: Option<String>,
    held_elsewhere: Option<String>,
    counting: Option<Counting>,
    series: Option<String>,
    rest: Option<bool>,
}

/// The number of a column, counted from nought.
fn column(text: &str) -> Result<u32, Refusal> {
    text.parse().map_err(|_| Refusal::on("mapping", Code::NotOffered).with("value", text))
}

impl SettingsAsked {
    fn resolved(self, house: &House) -> Result<Asked, Refusal> {
        let plain = Asked::default();
        let mapping = self.mapping.map(|mapping| {
            let columns = mapping.columns.into_iter().map(|(at, field)| Ok((column(&at)?, field)));
            let orders = mapping.orders.into_iter().map(|(at, order)| Ok((column(&at)?, order)));
            Ok::<_, Refusal>(Mapping {
                heading_row: mapping.heading_row,
                columns: columns.collect::<Result<_, Refusal>>()?,
                orders: orders.collect::<Result<_, Refusal>>()?,
            })
        });
        let direction = match &self.direction {
            None => plain.direction,
            Some(asked) => Direction::named(asked)
                .ok_or_else(|| Refusal::on("direction", Code::NotOffered).with("value", asked))?,
        };
        in_codes("label", self.label.as_ref(), house)?;
        if let Some(name) = self.policy.as_ref().filter(|name| house.policies.find(name).is_none()) {
            return Err(Refusal::on("policy", Code::UnknownPolicy).with("policy", name));
        }
        Ok(Asked {
            sheet: self.sheet,
            mapping: mapping.transpose()?,
            policy: self.policy,
            label: self.label,
            direction,
            kind: self.kind.unwrap_or(plain.kind),
            language: self.language.unwrap_or(plain.language),
            held_elsewhere: self.held_elsewhere.unwrap_or_else(|| "Old register".to_owned()),
            counting: self.counting,
            series: self.series,
            rest: self.rest.unwrap_or(true),
        })
    }
}

/// The registry of a code, for its controllers. One that shows the caller nothing is not there for him.
async fn place(reading: &mut Reading, code: &str) -> Result<RegistryId, Problem> {
    let seen = reading.registries().await?;
    let found = seen.into_iter().find(|(r, _)| r.code.eq_ignore_ascii_case(code.trim()));
    let (registry, _) = found.ok_or_else(|| Problem::of(Code::NotFound))?;
    if takeover::offered(reading).iter().any(|own| own.id == registry.id) {
        Ok(registry.id)
    } else {
        Err(Problem::of(Code::Forbidden))
    }
}

/// A workbook of the caller, in a registry whose controller he is.
async fn own(reading: &Reading, token: &Token, id: ObjectId) -> Result<Takeover, Problem> {
    let offered = takeover::offered(reading);
    if offered.is_empty() {
        return Err(Problem::of(Code::Forbidden));
    }
    let takeover = reading.office().takeover(token.session.person, id).await?;
    let here = offered.iter().any(|own| own.id == takeover.registry);
    if here { Ok(takeover) } else { Err(Problem::of(Code::NotFound)) }
}

fn mapping(mapping: &Mapping) -> Value {
    let columns: BTreeMap<String, &str> =
        mapping.columns.iter().map(|(at, field)| (at.to_string(), field.as_str())).collect();
    let orders: BTreeMap<String, DateOrder> =
        mapping.orders.iter().map(|(at, order)| (at.to_string(), *order)).collect();
    json!({"heading_row": mapping.heading_row, "columns": columns, "orders": orders})
}

/// A page of what the rows become.
fn documents(look: &Look, house: &House, from: usize) -> Vec<Value> {
    let Ok(plan) = &look.plan else { return Vec::new() };
    let rows = plan.planned.iter().zip(&look.states).skip(from).take(PAGE);
    rows.map(|(planned, state)| {
        let (stands, reference, code) = match state {
            RowState::Waits => ("waits", None, None),
            RowState::Registered(entry) => ("registered", Some(entry.reference.clone()), None),
            RowState::Blind => ("registered", None, None),
            RowState::Refused(refused) => ("refused", None, Some(refused.code.clone())),
        };
        let day = |date: &Option<registry::DocumentDate>| date.as_ref().and_then(|date| date.iso());
        let copies: Vec<Value> = planned
            .copies
            .iter()
            .map(|copy| {
                json!({
                    "row": copy.row, "number": copy.number, "holder": copy.holder,
                    "receipted": day(&copy.receipted), "destroyed": day(&copy.destroyed),
                })
            })
            .collect();
        json!({
            "rows": planned.rows,
            "number": planned.written,
            "subject": planned.register.subject,
            "date": day(&planned.register.date),
            "written_date": planned.register.date.as_ref().and_then(|date| date.written.clone()),
            "originator": planned.register.originator,
            "label": view::label(planned.register.label.as_ref(), &house.policies),
            "marking": planned.marking,
            "copies_in_all": planned.copies_in_all,
            "copies": copies,
            "remarks": planned.remarks,
            "stands": stands,
            "reference": reference,
            "refused": code,
        })
    })
    .collect()
}

fn shown(look: &Look, house: &House, page: usize) -> Value {
    let takeover = &look.takeover;
    let progress = &takeover.progress;
    let from = (page - 1).saturating_mul(PAGE);
    let sheets: Vec<Value> =
        look.sheets.iter().map(|table| json!({"name": table.name, "rows": table.rows.len()})).collect();
    let plan = look.plan.as_ref().ok().map(|plan| {
        let problems: Vec<Value> = plan
            .problems
            .iter()
            .skip(from)
            .take(PAGE)
            .map(|p| {
                json!({
                    "row": p.row, "column": p.column, "code": p.code.as_str(), "found": p.found,
                    "detail": p.detail, "other_row": p.other_row, "left_out": p.code.stops(),
                })
            })
            .collect();
        let counts: Vec<Value> = look
            .counts
            .iter()
            .map(|carry| {
                json!({
                    "series": carry.count.series, "year": carry.count.counter.year,
                    "first": carry.count.first, "last": carry.count.last,
                    "becomes": carry.becomes.as_str(), "next": carry.next,
                })
            })
            .collect();
        json!({
            "rows": plan.rows,
            "documents": plan.planned.len(),
            "waiting": look.waiting(),
            "left_out": plan.stopped,
            "copies": plan.planned.iter().map(|planned| planned.copies.len()).sum::<usize>(),
            "undetermined": plan.planned.iter().filter(|p| p.register.label.is_none()).count(),
            "problems": plan.told.values().sum::<usize>(),
            "counts": counts,
            "page_of_documents": documents(look, house, from),
            "page_of_problems": problems,
        })
    });
    let refusals: Vec<Value> = progress
        .refusals
        .iter()
        .skip(from)
        .take(PAGE)
        .map(|refused| json!({"row": refused.row, "code": refused.code}))
        .collect();
    json!({
        "id": takeover.id,
        "registry": view::code(takeover.registry, house),
        "file_name": takeover.content.file_name,
        "state": progress.state.as_str(),
        "sheets": sheets,
        "sheet": look.sheet,
        "mapping": mapping(&look.mapping),
        "unusable": match &look.plan { Ok(_) => Value::Null, Err(_) => json!("mapping") },
        "progress": {
            "total": progress.total, "done": progress.done, "registered": progress.registered,
            "already": progress.already, "refused": progress.refused, "refusals": refusals,
        },
        "plan": plan,
    })
}

async fn answered(app: &App, token: &Token, id: ObjectId, status: StatusCode) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let takeover = own(&reading, token, id).await?;
    let look = reading.look_at(takeover).await?;
    Ok((status, Out(shown(&look, &reading.house, 1))).into_response())
}

/// Brings a workbook: the part `document` says how it is read, the part `content` is the file.
pub async fn open(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(key): Key,
    mut request: Request,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = place(&mut reading, &code).await?;
    let house = reading.house.clone();
    drop(reading);
    DefaultBodyLimit::max(LARGEST).apply(&mut request);
    let mut parts =
        Multipart::from_request(request, &app).await.map_err(|e| form("Content-Type", e.body_text()))?;
    let (mut asked, mut upload) = (None, None);
    while let Some(mut part) = parts.next_field().await.map_err(|e| form("body", e.body_text()))? {
        match part.name() {
            Some("document") if asked.is_none() => {
                asked = Some(read_json::<SettingsAsked>("document", &small(&mut part).await?)?);
            }
            Some("content") if upload.is_none() => {
                let mut taken = app.office.upload(registry, part.file_name().unwrap_or("content"))?;
                while let Some(bytes) =
                    part.chunk().await.map_err(|_| Refusal::on("content", Code::TruncatedUpload))?
                {
                    taken.write(&bytes)?;
                }
                upload = Some(taken);
            }
            name => {
                let name = name.unwrap_or_default().to_owned();
                return Err(form("body", format!("a part {name:?} that is not expected")).into());
            }
        }
    }
    let asked = asked.ok_or(Refusal::on("document", Code::Required))?.resolved(&house)?;
    let upload = upload.ok_or(Refusal::on("content", Code::Required))?;
    let id = app.office.open_takeover(token.session.person, key, registry, upload, asked).await?;
    answered(&app, &token, id, StatusCode::CREATED).await
}

/// A workbook: what it would become, how far it is taken over.
pub async fn one(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(asked): Parameters<PageAsked>,
) -> Result<Response, Problem> {
    let page = asked.page.unwrap_or(1);
    if !(1..=10_000).contains(&page) {
        return Err(Refusal::on("page", Code::NotOffered).with("limit", 10_000).into());
    }
    let mut reading = app.office.read_as(&token.session).await?;
    let takeover = own(&reading, &token, id).await?;
    let look = reading.look_at(takeover).await?;
    Ok(Out(shown(&look, &reading.house, page)).into_response())
}

/// Reads a workbook by other settings.
pub async fn change(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(_): Key,
    Json(asked): Json<SettingsAsked>,
) -> Result<Response, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    own(&reading, &token, id).await?;
    let asked = asked.resolved(&reading.house)?;
    drop(reading);
    app.office.change_takeover(token.session.person, id, &asked).await?;
    answered(&app, &token, id, StatusCode::OK).await
}

/// Begins to take a workbook over, or goes on with it.
pub async fn run(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(_): Key,
) -> Result<Response, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    own(&reading, &token, id).await?;
    drop(reading);
    app.office.take_over(Sender::of(&token.session), id).await?;
    answered(&app, &token, id, StatusCode::ACCEPTED).await
}
