//! What the organisation's directory says of its groups and where the house differs, for programs of security officers.

use axum::{Json as Out, extract::State};
use office::belonging::Difference;
use registry::house::House;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Nothing, Parameters},
        view,
    },
    app::App,
    signed::Token,
};

fn difference(one: &Difference, house: &House) -> Value {
    json!({
        "kind": one.kind.as_str(),
        "there": one.there.as_str(),
        "person": one.person,
        "name": one.name,
        "login": one.login,
        "grant": one.grant.as_ref().map(|grant| view::grant(grant, house)),
        "authorisation": one.authorisation,
        "directory": one.directory,
    })
}

/// The directory as it was read last, with what differs.
pub async fn differences(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let report = reading.belonging().await?;
    let house = &reading.house;
    Ok(Out(match report {
        None => json!({"server": null, "read_at": null, "people": null, "trouble": null, "differences": []}),
        Some(report) => json!({
            "server": report.server,
            "read_at": report.read.map(|(at, _)| at.to_string()),
            "people": report.read.map(|(_, people)| people),
            "trouble": report.trouble.as_ref().map(|(_, trouble)| trouble.code()),
            "differences": report.differences.iter().map(|one| difference(one, house)).collect::<Vec<_>>(),
        }),
    }))
}
