//! The count of a muster ends, its result is signed, or it is given up. What is refused is shown on its page.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use office::{Failure, Sender, custody::musters::MusterRow};
use registry::{Command, Refusal, custody::Act, id::MusterId};

use super::{
    address,
    one::{FIELDS, Said, page},
};
use crate::{
    answer::WebError,
    pages::{
        custody::lists::Asking,
        proving,
        visit::{Posted, id, refused},
    },
};

/// Ends the count.
pub async fn close(Path(muster): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let muster: MusterId = id(&muster)?;
    let words = posted.sent.get("words").to_owned();
    does(&posted, muster, Act::CloseMuster { muster, words }, "muster-closed").await
}

/// Gives it up.
pub async fn abandon(Path(muster): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let muster: MusterId = id(&muster)?;
    let words = posted.sent.get("words").to_owned();
    does(&posted, muster, Act::AbandonMuster { muster, words }, "muster-abandoned").await
}

/// Signs its result.
pub async fn sign(Path(muster): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let muster: MusterId = id(&muster)?;
    does(&posted, muster, Act::SignMuster { muster }, "muster-signed").await
}

async fn does(posted: &Posted, muster: MusterId, act: Act, done: &str) -> Result<Response, WebError> {
    let (app, sent) = (&posted.app, &posted.sent);
    let row = posted.read().await?.muster(muster).await?;
    let command = Command::Custody { registry: row.registry, act: Box::new(act) };
    let outcome = match posted.proven().await {
        Ok(session) => app.office.command(Sender::of(&session), sent.command(app), command).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(_) => Ok(Redirect::to(&format!("{}?done={done}", address(&row))).into_response()),
        Err(Failure::Refused(refusal)) => again(posted, &row, refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

/// The page once more, with what was typed and why it was refused.
async fn again(posted: &Posted, row: &MusterRow, refusal: Refusal) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let mut said = Said { sent: sent.clone(), ..Said::default() };
    let code = refusal.code;
    match FIELDS.iter().map(|(name, _)| *name).find(|name| Some(*name) == refusal.field) {
        _ if proving::answers(&refusal) => said.prove = Some(refusal),
        Some(field) => said.wrong.on(say, field, &refusal),
        None => said.wrong.whole.push(refusal),
    }
    let row = reading.muster(row.view.muster.id).await?;
    let asking = Asking::default();
    let lines = reading.muster_lines(&row, &[], asking.page(false)).await?;
    Ok(refused(page(say, app, &reading, signed, (&row, &lines), &said, &asking), code))
}
