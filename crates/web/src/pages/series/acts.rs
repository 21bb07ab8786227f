//! What is done with numbers: one is kept, one is struck out, the counts of earlier years are closed. What is refused is shown
//! beside its field on the report.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use office::Failure;
use registry::{Answer, Code, Command, numbering::Numbered};

use super::{Asking, address, forms::fields, report::page};
use crate::{
    answer::WebError,
    frame,
    pages::visit::{Posted, Sent, Wrong, refused},
};

/// What of a form says which count is meant.
pub fn numbered(sent: &Sent, series: &str) -> Numbered {
    let one = |name: &str| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    Numbered {
        series: series.to_owned(),
        body: one("body").and_then(|n| n.parse().ok()),
        sub_body: one("sub_body").and_then(|n| n.parse().ok()),
        paper: one("paper"),
        division: one("division"),
    }
}

/// Keeps a number for a paper.
pub async fn keep(Path(code): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let (series, registry) = reading.numbers_series(&code).ok_or(Code::NotFound)?;
    let command = Command::ReserveNumber {
        registry: registry.id,
        asked: numbered(&posted.sent, &series.code),
        purpose: posted.sent.get("purpose").to_owned(),
    };
    drop(reading);
    act(posted, &code, command, "kept").await
}

/// Strikes a number out.
pub async fn void(Path(code): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let (_, registry) = reading.numbers_series(&code).ok_or(Code::NotFound)?;
    let command = Command::VoidNumber {
        registry: registry.id,
        reference: posted.sent.get("reference").to_owned(),
        reason: posted.sent.get("reason").to_owned(),
    };
    drop(reading);
    act(posted, &code, command, "struck-out").await
}

/// Closes the counts of earlier years.
pub async fn close(Path(code): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let (series, registry) = reading.numbers_series(&code).ok_or(Code::NotFound)?;
    let command = Command::CloseCounts { registry: registry.id, series: series.code.clone() };
    drop(reading);
    act(posted, &code, command, "counts-closed").await
}

async fn act(posted: Posted, code: &str, command: Command, done: &str) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(Answer::Reserved { reference, .. }) => {
            let to = format!("{}?done={done}&reference={}", address(code), frame::escaped(&reference));
            Ok(Redirect::to(&to).into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("{}?done={done}", address(code))).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let say = asked.voice_for(app, &reading);
            let mut wrong = Wrong::default();
            match fields(say).iter().find(|(name, _)| Some(*name) == refusal.field) {
                Some((field, _)) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            let continuous = reading.continuity(code).await?;
            let page = page(say, &reading, signed, &continuous, &Asking::default(), sent, &wrong);
            Ok(refused(page, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}
