//! Scans for programs: bringing one, seeing what was found on its pages, saying what becomes of them, making its documents.

use axum::{
    Json as Out,
    extract::{Path, Request, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use office::{
    Reading,
    scans::{
        Brought, Coming, Scan, Turn,
        plan::{Blanks, Placed, Plan},
    },
};
use registry::{Code, ObjectId, Refusal, document::Direction};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        register::place,
        request::{Json, Key, Named, Nothing, Parameters, form},
        tray::{because, brought, works_on_trays},
        view,
    },
    app::App,
    pages::scans::jpeg,
    signed::Token,
};

/// Of which registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    registry: Option<String>,
}

fn scan(reading: &Reading, scan: &Scan) -> Value {
    let pages: Vec<Value> = scan
        .seen
        .iter()
        .map(|seen| json!({"blank": seen.blank, "separator": seen.separator, "seen": seen.picture.is_some()}))
        .collect();
    let placed = |placed: &Placed| json!({"page": placed.page + 1, "turn": placed.turn, "out": placed.out});
    let documents: Vec<Vec<Value>> =
        scan.plan.groups.iter().map(|group| group.iter().map(placed).collect()).collect();
    json!({
        "id": scan.id,
        "registry": view::code(scan.registry, &reading.house),
        "file_name": scan.file_name(),
        "origin": scan.origin,
        "direction": scan.direction.as_str(),
        "blanks": scan.blanks.as_str(),
        "standing": scan.standing.as_str(),
        "version": scan.version,
        "made": scan.made,
        "arrived_at": scan.arrived.to_string(),
        "brought_by": scan.brought_by,
        "trouble": scan.said.as_ref().map(|said| said.code.clone()),
        "pages": pages,
        "documents": documents,
    })
}

/// The scans that wait in a registry, the last first.
pub async fn list(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<Asked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = works_on_trays(&app, &token).await?;
    let wanted = asked.registry.ok_or(Refusal::on("registry", Code::Required))?;
    let registry = place(&mut reading, &wanted, Refusal::on("registry", Code::RegistryUnknown)).await?;
    let scans = reading.scans(registry).await?;
    let rows: Vec<Value> = scans.iter().map(|one| scan(&reading, one)).collect();
    Ok(Out(json!({"scans": rows})))
}

/// A scan.
pub async fn one(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    Ok(Out(shown(reading, id).await?))
}

async fn shown(mut reading: Reading, id: ObjectId) -> Result<Value, Problem> {
    if reading.trays().is_empty() {
        return Err(Problem::of(Code::Forbidden));
    }
    let found = reading.scan(id).await?.ok_or_else(|| Problem::of(Code::ScanSettled))?;
    Ok(scan(&reading, &found))
}

/// How large the picture of a page is wanted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureAsked {
    size: Option<PictureSize>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PictureSize {
    /// As in the list of pages, and as the page came.
    Small,
    /// To be read, turned as the plan says.
    #[default]
    Large,
}

/// The picture of a page.
pub async fn picture(
    State(app): State<App>,
    token: Token,
    path: Result<Path<(String, String)>, PathRejection>,
    Parameters(asked): Parameters<PictureAsked>,
) -> Result<Response, Problem> {
    let nothing = || Problem::of(Code::NotFound);
    let Path((id, page)) = path.map_err(|_| nothing())?;
    drop(works_on_trays(&app, &token).await?);
    let id: ObjectId = id.parse().map_err(|_| nothing())?;
    let page = page.parse::<usize>().ok().and_then(|page| page.checked_sub(1)).ok_or_else(nothing)?;
    let picture = match asked.size.unwrap_or_default() {
        PictureSize::Small => app.office.scan_picture(&token.session, id, page).await?,
        PictureSize::Large => app.office.scan_page(&token.session, id, page).await?,
    };
    Ok(jpeg(picture.ok_or_else(nothing)?))
}

/// How a scan is brought.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bringing {
    direction: Option<Direction>,
    blanks: Option<Blanks>,
}

/// Takes a scan in: the part `document` says how, the part `content` is the file.
pub async fn bring(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(_): Key,
    request: Request,
) -> Result<Response, Problem> {
    let (registry, asked, file) = brought::<Bringing>(&app, &token, &code, request).await?;
    let (upload, announced) = file;
    let coming = Coming {
        registry,
        origin: String::new(),
        direction: asked.direction.unwrap_or(Direction::Incoming),
        blanks: asked.blanks.unwrap_or_default(),
        by: None,
    };
    let brought = app.office.bring_scan(&token.session, coming, upload, announced).await?;
    let (outcome, id) = match brought {
        Brought::Waits(id) => ("waits", Some(id)),
        Brought::WaitsAlready(id) => ("waits-already", Some(id)),
        Brought::Settled => ("settled", None),
    };
    Ok((StatusCode::CREATED, Out(json!({"outcome": outcome, "scan": id}))).into_response())
}

/// A page in a plan, from one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageAsked {
    page: usize,
    turn: Option<Turn>,
    out: Option<bool>,
}

/// What becomes of the pages of a scan as it stood at a version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanAsked {
    version: u64,
    documents: Vec<Vec<PageAsked>>,
}

/// Says what becomes of the pages of a scan.
pub async fn plan(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(_): Key,
    Json(asked): Json<PlanAsked>,
) -> Result<Response, Problem> {
    drop(works_on_trays(&app, &token).await?);
    let placed = |asked: PageAsked| -> Result<Placed, Problem> {
        let page =
            asked.page.checked_sub(1).ok_or_else(|| form("documents", "pages are counted from one"))?;
        Ok(Placed { page, turn: asked.turn.unwrap_or_default(), out: asked.out.unwrap_or_default() })
    };
    let groups: Result<Vec<Vec<Placed>>, Problem> = asked
        .documents
        .into_iter()
        .map(|group| group.into_iter().map(placed).collect::<Result<Vec<_>, Problem>>())
        .collect();
    app.office.plan_scan(&token.session, id, asked.version, Plan { groups: groups? }).await?;
    let reading = app.office.read_as(&token.session).await?;
    Ok((StatusCode::CREATED, Out(shown(reading, id).await?)).into_response())
}

/// A scan as it stood at a version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionAsked {
    version: u64,
}

/// Makes the documents of a scan.
pub async fn make(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(_): Key,
    Json(asked): Json<VersionAsked>,
) -> Result<Response, Problem> {
    drop(works_on_trays(&app, &token).await?);
    app.office.make_documents(&token.session, id, asked.version).await?;
    let left = app.office.wait_for_scan(&token.session, id).await?;
    let standing = left.map_or("made", |scan| scan.standing.as_str());
    Ok((StatusCode::CREATED, Out(json!({"scan": id, "standing": standing}))).into_response())
}

/// Puts a scan into the in-tray undivided.
pub async fn whole(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(_): Key,
    Json(asked): Json<VersionAsked>,
) -> Result<Response, Problem> {
    drop(works_on_trays(&app, &token).await?);
    let item = app.office.keep_scan_whole(&token.session, id, asked.version).await?;
    Ok((StatusCode::CREATED, Out(json!({"scan": id, "item": item}))).into_response())
}

/// Why a scan becomes no document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    reason: String,
    words: Option<String>,
}

/// Says of a scan why it becomes no document.
pub async fn dismiss(
    State(app): State<App>,
    token: Token,
    Named(id): Named<ObjectId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(command): Key,
    Json(asked): Json<Dismissal>,
) -> Result<Response, Problem> {
    drop(works_on_trays(&app, &token).await?);
    let reason = because(&asked.reason)?;
    app.office.dismiss_scan(&token.session, command, id, reason, asked.words).await?;
    Ok((StatusCode::CREATED, Out(json!({"scan": id}))).into_response())
}
