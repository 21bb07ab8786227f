//! The ledgers as inspectors see them: sizes, checkpoints, verification.

use axum::{Json as Out, extract::State};
use registry::id::hex;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Nothing, Parameters},
    },
    app::App,
    signed::Token,
};

/// Every ledger with its size and its newest checkpoint.
pub async fn list(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let rows: Vec<Value> = reading
        .ledgers()
        .await?
        .iter()
        .map(|head| {
            json!({
                "id": head.registry,
                "registry": head.code,
                "entries": head.size,
                "last": head.time.to_string(),
                "checkpoint": head.checkpoint,
            })
        })
        .collect();
    let not_indexed: Vec<Value> = reading
        .not_indexed()?
        .iter()
        .map(|one| json!({"registry": one.registry, "document": one.document, "why": one.why}))
        .collect();
    let key = app.office.verifier_key().to_string();
    Ok(Out(json!({"key": key, "ledgers": rows, "not_indexed": not_indexed})))
}

/// Verifies every ledger from the tables.
pub async fn verify(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    reading.inspects()?;
    drop(reading);
    let verified = app.office.verify_apart().await?;
    let ledgers: Vec<Value> = verified
        .ledgers
        .iter()
        .map(|report| {
            json!({
                "id": hex(&report.registry),
                "origin": report.origin,
                "entries": report.entries,
                "payloads": report.payloads,
                "erased": report.erased,
                "root": report.root.map(|r| hex(&r)),
            })
        })
        .collect();
    Ok(Out(json!({"sound": verified.faults.is_empty(), "ledgers": ledgers, "faults": verified.faults})))
}
