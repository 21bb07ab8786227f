//! What is done with documents, for programs: taken out and given back, opened and reproduced, and who was told that one
//! is not what it was.

use axum::{
    Json as Out,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use office::Sender;
use registry::{Answer, Code, Command, DocumentId, PersonId, disclosure::Authority};
use serde::Deserialize;
use serde_json::{Value, json};
use store::visible::SightMark;

use crate::{
    api::{
        Problem,
        register::{parts, taken_in},
        request::{Json, Key, Named, Nothing, Parameters, day},
        view,
    },
    app::App,
    signed::Token,
};

/// What for, and until when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutAsked {
    reason: Option<String>,
    until: Option<String>,
}

/// Why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakAsked {
    reason: String,
}

/// Nothing but the file that comes with it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InAsked {}

/// So many copies for somebody.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityAsked {
    person: PersonId,
    version: u32,
    purpose: String,
    unstamped: Option<String>,
    copies: u32,
    until: String,
}

/// Who knows, and up to which change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldAsked {
    person: Option<PersonId>,
    change: u64,
}

async fn registry_of(
    app: &App,
    token: &Token,
    document: DocumentId,
) -> Result<registry::RegistryId, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    Ok(reading.document(document).await?.entry.registry)
}

fn handled(answer: Answer) -> Result<Response, Problem> {
    match answer {
        Answer::Handled { document, version } => {
            Ok((StatusCode::CREATED, Out(json!({"id": document, "version": version}))).into_response())
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}

/// Who has a document out.
pub async fn out(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let entry = reading.document(document).await?.into_inner().entry;
    let out = reading.out(&entry).await?.map(|out| {
        json!({
            "person": out.person, "name": out.name, "since": out.since.to_string(),
            "reason": out.reason, "until": out.until,
        })
    });
    Ok(Out(json!({"id": document, "out": out})))
}

/// Takes a document out.
pub async fn check_out(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<OutAsked>,
) -> Result<Response, Problem> {
    let registry = registry_of(&app, &token, document).await?;
    let until = asked.until.as_deref().map(|text| day("until", text)).transpose()?;
    let reason = asked.reason.unwrap_or_default();
    let command = Command::CheckOut { registry, document, reason, until };
    handled(app.office.command(Sender::of(&token.session), id, command).await?)
}

/// Gives a document back: with the file as its new version, or as it was.
pub async fn check_in(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    request: Request,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let entry = reading.document(document).await?.into_inner().entry;
    if entry.sight != SightMark::Read {
        return Err(Problem::of(Code::Forbidden));
    }
    // A file is only taken in from the one who has the document out; or from one who may have given it back by this
    // very request, which is then answered as it was.
    let out = reading.out(&entry).await?;
    let own = out.as_ref().is_some_and(|out| out.person == token.session.person);
    if !own && !reading.viewer().registers(entry.registry) {
        return Err(Problem::of(Code::Forbidden));
    }
    if let Some(out) = out.filter(|_| !own) {
        return Err(registry::Refusal::new(Code::CheckedOut).with("name", out.name).into());
    }
    drop(reading);
    let parts = parts(&app, request).await?;
    let (InAsked {}, upload) = taken_in(&app, entry.registry, parts).await?;
    let sender = Sender::of(&token.session);
    handled(app.office.check_in(sender, id, entry.registry, document, upload).await?)
}

/// Gives back what another has out.
pub async fn break_lock(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<BreakAsked>,
) -> Result<Response, Problem> {
    let registry = registry_of(&app, &token, document).await?;
    let command = Command::BreakLock { registry, document, reason: asked.reason };
    handled(app.office.command(Sender::of(&token.session), id, command).await?)
}

/// The disclosure record: all of it for controllers, one's own lines for others.
pub async fn disclosures(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let view = reading.document(document).await?.into_inner();
    if view.inside.is_none() {
        return Err(Problem::of(Code::NotFound));
    }
    let lines: Vec<Value> = reading
        .record(&view)
        .await?
        .iter()
        .map(|(line, name)| {
            json!({
                "person": line.person, "name": name, "at": line.at.to_string(), "version": line.version,
                "means": line.means, "enclosure": line.enclosure, "authority": line.authority,
            })
        })
        .collect();
    let authorities: Vec<Value> = reading
        .authorities(&view)
        .await?
        .iter()
        .map(|(one, name)| {
            json!({
                "id": one.given.id, "person": one.given.person, "name": name, "version": one.given.version,
                "purpose": one.given.purpose, "copies": one.given.copies, "used": one.used,
                "unstamped": one.given.unstamped,
                "until": one.given.until, "authorised_by": one.by, "authorised_at": one.at.to_string(),
            })
        })
        .collect();
    let accountable = reading.is_accountable(view.entry.label.as_ref());
    Ok(Out(json!({
        "id": document, "accountable": accountable, "disclosures": lines, "authorities": authorities,
    })))
}

/// Authorises a reproduction.
pub async fn authorise(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<AuthorityAsked>,
) -> Result<Response, Problem> {
    let registry = registry_of(&app, &token, document).await?;
    let until = day("until", &asked.until)?;
    let AuthorityAsked { person, version, purpose, copies, unstamped, .. } = asked;
    let authority = Box::new(Authority { person, version, purpose, copies, until, unstamped });
    let command = Command::AuthoriseReproduction { registry, document, authority };
    match app.office.command(Sender::of(&token.session), id, command).await? {
        Answer::Authorised { reproduction } => {
            Ok((StatusCode::CREATED, Out(json!({"id": reproduction}))).into_response())
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}

/// What one opened that is not any more what it was.
pub async fn notices(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let notices = reading.notices().await?;
    let house = reading.house.clone();
    let rows: Vec<Value> = notices
        .iter()
        .map(|notice| {
            let was = notice.was.as_ref().map(|was| view::label(was.as_ref(), &house.policies));
            json!({
                "document": notice.entry.document, "reference": notice.entry.reference,
                "opened_at": notice.opened.to_string(),
                "label": view::label(notice.entry.label.as_ref(), &house.policies),
                "was": was, "access_changed": notice.access, "version": notice.version,
                "change": notice.change,
            })
        })
        .collect();
    Ok(Out(json!({"notices": rows})))
}

/// Records that somebody knows what a document is now: oneself, or another whom a controller told in person.
pub async fn told(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<ToldAsked>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = reading.document(document).await?.entry.registry;
    let sequence = reading.entry_of_change(document, asked.change).await?;
    drop(reading);
    let person = asked.person.unwrap_or(token.session.person);
    let command = Command::Tell { registry, document, person, sequence };
    handled(app.office.command(Sender::of(&token.session), id, command).await?)
}
