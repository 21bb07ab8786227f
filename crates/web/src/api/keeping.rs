//! The house for those who keep it, as programs need it: its bodies, registries, groups and series, and how they are made
//! and changed. Whoever keeps nothing is told that there is no such thing.

use axum::{Json as Out, extract::State, http::StatusCode, response::IntoResponse, response::Response};
use label::NamedClearance;
use office::{Reading, Sender};
use registry::{
    Answer, BodyId, Code, Command, CommandId, Refusal, RegistryId,
    authorisation::Role,
    house::{House, Names, Registry, Terms},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Json, Key, Named, Nothing, Parameters},
    },
    app::App,
    signed::Token,
};

/// Begins to read for somebody who keeps the house; an administrator where only those may.
async fn keeper(app: &App, token: &Token, administrator: bool) -> Result<Reading, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    if !reading.sees_people() {
        return Err(Problem::of(Code::NotFound));
    }
    if administrator && !reading.viewer().has(Role::Administrator, None) {
        return Err(Problem::of(Code::Forbidden));
    }
    Ok(reading)
}

fn registry(registry: &Registry, house: &House) -> Value {
    let ceilings: Vec<NamedClearance> =
        registry.ceilings.iter().filter_map(|c| house.policies.name_clearance(c).ok()).collect();
    json!({
        "code": registry.code,
        "names": registry.names,
        "body": registry.body.and_then(|body| house.body(body)).map(|body| body.code.as_str()),
        "parent": registry.parent.and_then(|above| house.registry(above)).map(|above| above.code.as_str()),
        "ceilings": ceilings,
    })
}

/// The house.
pub async fn house(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let reading = keeper(&app, &token, false).await?;
    let house = &reading.house;
    let coded = |code: &str, names: &Names| json!({"code": code, "names": names});
    let series: Vec<Value> = house
        .catalogue()
        .iter()
        .filter(|series| !series.foreign)
        .map(|series| {
            let by = house.numbered_by(&series.code).map(|registry| registry.code.as_str());
            json!({"code": series.code, "names": {"en": series.names.in_language("en"), "fr": series.names.in_language("fr")}, "numbered_by": by})
        })
        .collect();
    Ok(Out(json!({
        "name": house.name,
        "bodies": house.bodies().map(|body| coded(&body.code, &body.names)).collect::<Vec<_>>(),
        "groups": house.groups().map(|group| coded(&group.code, &group.names)).collect::<Vec<_>>(),
        "registries": house.registries().into_iter().map(|r| registry(r, house)).collect::<Vec<_>>(),
        "series": series,
    })))
}

/// What has a code and names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodedAsked {
    code: String,
    names: Names,
}

/// A registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistryAsked {
    code: String,
    names: Names,
    body: Option<String>,
    parent: Option<String>,
    ceilings: Vec<NamedClearance>,
}

/// What a registry is from now on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeAsked {
    names: Names,
    body: Option<String>,
    parent: Option<String>,
    ceilings: Vec<NamedClearance>,
    reason: String,
}

/// A file of series.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesAsked {
    name: String,
    toml: String,
}

/// Who gives a series' numbers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntrustAsked {
    registry: String,
}

fn body_coded(code: Option<&str>, house: &House) -> Result<Option<BodyId>, Refusal> {
    let Some(code) = code else { return Ok(None) };
    let found = house.bodies().find(|b| b.code.eq_ignore_ascii_case(code.trim()));
    found.map(|b| Some(b.id)).ok_or_else(|| Refusal::on("body", Code::NotOffered).with("value", code))
}

fn terms(
    names: Names,
    body: Option<&str>,
    parent: Option<&str>,
    ceilings: &[NamedClearance],
    house: &House,
) -> Result<Terms, Refusal> {
    let each = ceilings.iter().map(|named| house.ceiling_at(named));
    let ceilings = each.collect::<Result<_, _>>().map_err(|_| Refusal::on("ceilings", Code::NotOffered))?;
    let above = |code: &str| {
        let found = house.registry_by_code(code).map(|registry| registry.id);
        found.ok_or_else(|| Refusal::on("parent", Code::NotOffered).with("value", code))
    };
    Ok(Terms { names, body: body_coded(body, house)?, parent: parent.map(above).transpose()?, ceilings })
}

fn there(code: &str, house: &House) -> Result<RegistryId, Problem> {
    house.registry_by_code(code).map(|r| r.id).ok_or_else(|| Problem::of(Code::NotFound))
}

/// Carries out what makes something; the answer names it.
async fn made(
    app: &App,
    token: &Token,
    id: CommandId,
    command: Command,
    called: &str,
) -> Result<Response, Problem> {
    let answer = app.office.command(Sender::of(&token.session), id, command).await?;
    let made = match answer {
        Answer::Established { body } => body.to_string(),
        Answer::Formed { group } => group.to_string(),
        Answer::Opened { registry } => registry.to_string(),
        _ => called.to_owned(),
    };
    Ok((StatusCode::CREATED, Out(json!({"id": made, "code": called}))).into_response())
}

/// Establishes a body.
pub async fn body(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<CodedAsked>,
) -> Result<Response, Problem> {
    drop(keeper(&app, &token, true).await?);
    let CodedAsked { code, names } = asked;
    made(&app, &token, id, Command::EstablishBody { code: code.clone(), names }, &code).await
}

/// Forms a need-to-know group.
pub async fn group(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<CodedAsked>,
) -> Result<Response, Problem> {
    drop(keeper(&app, &token, false).await?);
    let CodedAsked { code, names } = asked;
    made(&app, &token, id, Command::FormGroup { code: code.clone(), names }, &code).await
}

/// Opens a registry.
pub async fn open(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<RegistryAsked>,
) -> Result<Response, Problem> {
    let reading = keeper(&app, &token, true).await?;
    let RegistryAsked { code, names, body, parent, ceilings } = asked;
    let terms = terms(names, body.as_deref(), parent.as_deref(), &ceilings, &reading.house)?;
    drop(reading);
    made(&app, &token, id, Command::OpenRegistry { code: code.clone(), terms }, &code).await
}

/// Changes what a registry is called and may hold.
pub async fn change(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<ChangeAsked>,
) -> Result<Response, Problem> {
    let reading = keeper(&app, &token, true).await?;
    let registry = there(&code, &reading.house)?;
    let ChangeAsked { names, body, parent, ceilings, reason } = asked;
    let terms = terms(names, body.as_deref(), parent.as_deref(), &ceilings, &reading.house)?;
    drop(reading);
    made(&app, &token, id, Command::ChangeRegistry { registry, terms, reason }, &code).await
}

/// Adopts a file of series.
pub async fn adopt(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<SeriesAsked>,
) -> Result<Response, Problem> {
    drop(keeper(&app, &token, true).await?);
    let SeriesAsked { name, toml } = asked;
    made(&app, &token, id, Command::AdoptSeries { name: name.clone(), toml }, &name).await
}

/// Entrusts a series to a registry.
pub async fn entrust(
    State(app): State<App>,
    token: Token,
    Named(series): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<EntrustAsked>,
) -> Result<Response, Problem> {
    let reading = keeper(&app, &token, true).await?;
    let to = reading.house.registry_by_code(&asked.registry);
    let registry = to.ok_or_else(|| Refusal::on("registry", Code::RegistryUnknown))?.id;
    drop(reading);
    made(&app, &token, id, Command::EntrustSeries { series: series.clone(), registry }, &series).await
}
