//! The in-tray for programs: what waits, registering it, saying why it is not registered, how it stands with mailboxes.

use axum::{
    Json as Out,
    extract::{Path, Request, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use office::{
    Reading, Sender,
    tray::{Dropped, Item},
};
use registry::{Code, ObjectId, Refusal, RegistryId, document::Direction, intake::DismissalReason};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        register::{DocumentAsked, File, parts, place, registered, taken_in},
        request::{Json, Key, Named, Nothing, Parameters, form, limit},
        view,
    },
    app::App,
    given::Given,
    signed::Token,
};

/// Which part of a tray.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    registry: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

fn item(reading: &Reading, item: &Item) -> Value {
    let house = &reading.house;
    let mail = item.head.mail.as_ref();
    let label = item.head.marking.as_ref().filter(|label| house.policies.of(label).is_ok());
    let attached: Vec<Value> = item
        .content
        .iter()
        .flat_map(|content| &content.enclosures)
        .map(|one| json!({"file_name": one.file_name, "media_type": one.media_type, "size": one.size, "reading": one.reading}))
        .collect();
    json!({
        "id": item.id,
        "registry": view::code(item.registry, house),
        "source": item.source.as_str(),
        "origin": item.origin,
        "direction": item.direction.as_str(),
        "arrived_at": item.arrived.to_string(),
        "from": mail.map(|mail| mail.from.clone()).unwrap_or_default(),
        "to": mail.map(|mail| mail.to.clone()).unwrap_or_default(),
        "cc": mail.map(|mail| mail.cc.clone()).unwrap_or_default(),
        "subject": item.called(),
        "label": view::label(label, &house.policies),
        "precedence": item.head.precedence,
        "digest": item.content.as_ref().map(|content| content.digest),
        "size": item.content.as_ref().map(|content| content.size),
        "reading": item.content.as_ref().map(|content| content.reading),
        "flags": item.head.flags,
        "attached": attached,
        "file_name": item.content.as_ref().map(|content| content.file_name.clone()),
        "brought_by": item.head.brought_by,
        "trouble": item.head.trouble.as_ref().map(|said| said.code.clone()),
    })
}

/// What waits in a registry's tray, the last first, page by page.
pub async fn list(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<Asked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = works_on_trays(&app, &token).await?;
    let wanted = asked.registry.ok_or(Refusal::on("registry", Code::Required))?;
    let limit = limit(asked.limit)?;
    let after: Option<ObjectId> = match &asked.after {
        Some(text) => Some(text.parse().map_err(|_| form("after", "not a place of this list"))?),
        None => None,
    };
    let registry = place(&mut reading, &wanted, Refusal::on("registry", Code::RegistryUnknown)).await?;
    let items = reading.tray(registry).await?;
    let begin = match after {
        Some(id) => items.iter().position(|item| item.id == id).map_or(items.len(), |at| at + 1),
        None => 0,
    };
    let rest = items.get(begin..).unwrap_or_default();
    let shown = rest.get(..limit.min(rest.len())).unwrap_or_default();
    let next = shown.last().filter(|_| rest.len() > shown.len()).map(|item| item.id);
    let rows: Vec<Value> = shown.iter().map(|one| item(&reading, one)).collect();
    Ok(Out(json!({"total": items.len(), "items": rows, "next": next})))
}

/// Something that waits.
pub async fn one(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = works_on_trays(&app, &token).await?;
    let found = reading.tray_item(id).await?.ok_or_else(|| Problem::of(Code::TraySettled))?;
    let thread = reading.tray_thread(&found).await?;
    let answers = thread.map(|thread| {
        let files: Vec<String> = thread.files.iter().map(|(file, _)| file.to_string()).collect();
        json!({"document": thread.document.entry.document, "reference": thread.reference, "files": files})
    });
    let mut shown = item(&reading, &found);
    if let Some(members) = shown.as_object_mut() {
        members.insert("answers".to_owned(), json!(answers));
    }
    Ok(Out(shown))
}

/// The bytes of what waits, or of what is attached to it.
pub async fn content(
    State(app): State<App>,
    token: Token,
    path: Result<Path<(String, String)>, PathRejection>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Response, Problem> {
    let Path((id, position)) = path.map_err(|_| Problem::of(Code::NotFound))?;
    let id: ObjectId = id.parse().map_err(|_| Problem::of(Code::NotFound))?;
    let position: usize = position.parse().map_err(|_| Problem::of(Code::NotFound))?;
    let mut reading = works_on_trays(&app, &token).await?;
    Ok(Given::from(reading.open_waiting(id, position).await?).tagged_answer())
}

/// Registers what waits.
pub async fn register(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(command): Key,
    Json(asked): Json<DocumentAsked>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let wanted = asked.registry.clone().ok_or(Refusal::on("registry", Code::Required))?;
    let unknown = Refusal::on("registry", Code::RegistryUnknown);
    let registry = place(&mut reading, &wanted, unknown).await?;
    worked_on(&reading, registry)?;
    let document = asked.resolved(&reading.house)?;
    drop(reading);
    let sender = Sender::of(&token.session);
    registered(app.office.register_from_tray(sender, command, registry, document, id).await?)
}

/// Where a file lay that is put into the tray.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Where {
    folder: Option<String>,
    direction: Option<Direction>,
}

/// Puts a file into the tray: the part `document` says where it lay, the part `content` is the file.
pub async fn bring(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(_): Key,
    request: Request,
) -> Result<Response, Problem> {
    let (registry, asked, file) = brought::<Where>(&app, &token, &code, request).await?;
    // The name at its end is a stranger to the path of its folder.
    let (folder, _) = office::tray::place(&format!("{}/-", asked.folder.unwrap_or_default()));
    let direction = asked.direction.unwrap_or(Direction::Incoming);
    let dropped = app.office.tray_drop(&token.session, registry, &folder, direction, file).await?;
    let (outcome, item, document, reference) = match dropped {
        Dropped::Waits(item) => ("waits", Some(item), None, None),
        Dropped::WaitsAlready(item) => ("waits-already", Some(item), None, None),
        Dropped::Registered(document, reference) => ("registered", None, Some(document), Some(reference)),
        Dropped::Dismissed => ("dismissed", None, None, None),
    };
    let body = json!({"outcome": outcome, "item": item, "document": document, "reference": reference});
    Ok((StatusCode::CREATED, Out(body)).into_response())
}

/// Begins to read for somebody who works on a tray.
pub(super) async fn works_on_trays(app: &App, token: &Token) -> Result<Reading, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    if reading.trays().is_empty() { Err(Problem::of(Code::Forbidden)) } else { Ok(reading) }
}

/// Takes in a file that is brought to a registry on whose tray the caller works: the part `document` says how, the part
/// `content` is the file.
pub(super) async fn brought<T: DeserializeOwned>(
    app: &App,
    token: &Token,
    code: &str,
    request: Request,
) -> Result<(RegistryId, T, File), Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = place(&mut reading, code, Code::NotFound.into()).await?;
    worked_on(&reading, registry)?;
    // Nothing is held open while a file comes in over a slow line.
    drop(reading);
    let (asked, file) = taken_in::<T>(app, registry, parts(app, request).await?).await?;
    Ok((registry, asked, file.ok_or(Refusal::on("content", Code::Required))?))
}

/// The reason for a dismissal, by its word.
pub(super) fn because(word: &str) -> Result<DismissalReason, Refusal> {
    DismissalReason::named(word).ok_or_else(|| Refusal::on("reason", Code::NotOffered).with("value", word))
}

/// Whether the tray is the caller's to work on, and not only its registry's.
fn worked_on(reading: &Reading, registry: RegistryId) -> Result<(), Problem> {
    let own = reading.trays().iter().any(|tray| tray.id == registry);
    if own { Ok(()) } else { Err(Problem::of(Code::Forbidden)) }
}

/// What is not registered, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    items: Vec<ObjectId>,
    reason: String,
    words: Option<String>,
}

/// Says of things why they are not registered.
pub async fn dismiss(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(command): Key,
    Json(asked): Json<Dismissal>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = place(&mut reading, &code, Code::NotFound.into()).await?;
    worked_on(&reading, registry)?;
    drop(reading);
    let reason = because(&asked.reason)?;
    let sender = Sender::of(&token.session);
    let count = app.office.dismiss(sender, command, registry, &asked.items, reason, asked.words).await?;
    Ok((StatusCode::CREATED, Out(json!({"dismissed": count}))).into_response())
}

/// How it stands with the mailboxes of a registry.
pub async fn mailboxes(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = place(&mut reading, &code, Code::NotFound.into()).await?;
    let boxes: Vec<Value> = reading
        .mailboxes(registry)
        .await?
        .iter()
        .map(|one| {
            let troubles: Vec<&str> = one.said.iter().map(|said| said.code.as_str()).collect();
            json!({
                "name": one.name,
                "user": one.user,
                "folders": one.folders,
                "read_at": one.read_at.map(|at| at.to_string()),
                "troubles": troubles,
            })
        })
        .collect();
    Ok(Out(json!({"mailboxes": boxes})))
}
