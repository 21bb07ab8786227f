//! Coming in and going out for programs, and who one is.

use axum::{
    Json as Out,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use label::NamedClearance;
use office::signin::{SessionKind, TOKEN};
use registry::{Code, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Json, Nothing, Parameters, bearer},
        view,
    },
    app::App,
    signed::Token,
};

/// Longest login, password or name of a token that is looked at (bytes).
const LONG: usize = 1_000;

/// Login and password, and what the token is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInAsked {
    login: String,
    password: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    ceiling: Option<NamedClearance>,
}

/// Opens a session for a program.
pub async fn sign_in(
    State(app): State<App>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Json(asked): Json<SignInAsked>,
) -> Result<Response, Problem> {
    for (field, text) in [("login", &asked.login), ("password", &asked.password), ("name", &asked.name)] {
        if text.len() > LONG {
            return Err(Refusal::on(field, Code::TooLong).with("limit", LONG).into());
        }
    }
    let now = app.office.now();
    let SignInAsked { login, password, name, ceiling } = &asked;
    let kind = SessionKind::Token;
    let (person, token) =
        app.office.sign_in_under(login, password, kind, name.trim(), ceiling.as_ref()).await?;
    let until = now.plus_seconds(TOKEN).to_string();
    let answer = json!({"token": token, "until": until, "person": person});
    Ok((StatusCode::CREATED, Out(answer)).into_response())
}

/// The password, once more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofAsked {
    password: String,
}

/// Proves once more that it is the person of the token who speaks, for what asks for a fresh sign-in.
pub async fn prove(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    Json(asked): Json<ProofAsked>,
) -> Result<Out<Value>, Problem> {
    if asked.password.len() > LONG {
        return Err(Refusal::on("password", Code::TooLong).with("limit", LONG).into());
    }
    let session = app.office.prove(&token.session, &asked.password).await?;
    Ok(Out(json!({"fresh_until": session.fresh_until().map(|t| t.to_string())})))
}

/// Ends the session of the token that is sent.
pub async fn sign_out(
    State(app): State<App>,
    _: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    if let Some(secret) = bearer(&headers) {
        app.office.sign_out(secret).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Who is asking, and what he holds today.
pub async fn me(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    let house = &reading.house;
    let roles: Vec<Value> = reading
        .viewer()
        .roles()
        .iter()
        .map(|(role, at)| json!({"role": role, "registry": at.and_then(|r| view::code(r, house))}))
        .collect();
    let grants: Vec<Value> = reading.own_grants().map(|g| view::grant(g, house)).collect();
    Ok(Out(json!({
        "person": view::person(reading.person(), house),
        "installation": house.name,
        "today": reading.today(),
        "ceiling": token.session.ceiling.as_ref().and_then(|c| house.policies.name_clearance(c).ok()),
        "fresh_until": token.session.fresh_until().map(|t| t.to_string()),
        "roles": roles,
        "grants": grants,
    })))
}
