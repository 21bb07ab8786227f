//! What is done with a certificate of destruction: it is signed after the act, each in his own name and freshly signed in, or
//! taken back before all have signed.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{Failure, Sender, custody::CertificateRow};
use registry::{
    Answer, Code, Command, Refusal,
    custody::{Act, fact::Hand},
};

use super::{
    address,
    one::{FIELDS, Said, is_last, page},
};
use crate::{
    answer::WebError,
    pages::{
        proving,
        visit::{Posted, id, refused},
    },
};

/// Signs.
pub async fn sign(Path(certificate): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let (app, sent) = (&posted.app, &posted.sent);
    let row = posted.read().await?.certificate(id(&certificate)?).await?;
    let hand = [Hand::Destroyer, Hand::Witness].into_iter().find(|one| one.as_str() == sent.get("hand"));
    let Some(hand) = hand else {
        return again(&posted, &row, Refusal::on("hand", Code::Required)).await;
    };
    // What cannot be undone is confirmed by the number of the certificate.
    if is_last(&row) && !sent.get("number").trim().eq_ignore_ascii_case(&row.view.certificate.text()) {
        let said = Said { sent: sent.clone(), other_number: true, ..Said::default() };
        let mut response = shown(&posted, &row, said).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let act = Act::Sign { certificate: row.view.certificate.id, hand };
    let command = Command::Custody { registry: row.registry, act: Box::new(act) };
    let outcome = match posted.proven().await {
        Ok(session) => app.office.command(Sender::of(&session), sent.command(app), command).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(Answer::Certified { destroyed, .. }) if destroyed > 0 => Ok(to(&row, "destruction-whole")),
        Ok(_) => Ok(to(&row, "destruction-signed")),
        Err(Failure::Refused(refusal)) if proving::answers(&refusal) => {
            let code = refusal.code;
            let said = Said { sent: sent.clone(), prove: Some(refusal), ..Said::default() };
            Ok(refused(shown(&posted, &row, said).await?, code))
        }
        Err(Failure::Refused(refusal)) => again(&posted, &row, refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

/// Takes a certificate back.
pub async fn withdraw(Path(certificate): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let (app, sent) = (&posted.app, &posted.sent);
    let row = posted.read().await?.certificate(id(&certificate)?).await?;
    let act = Act::Withdraw { certificate: row.view.certificate.id, words: sent.get("words").to_owned() };
    let command = Command::Custody { registry: row.registry, act: Box::new(act) };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(to(&row, "destruction-withdrawn")),
        Err(Failure::Refused(refusal)) => again(&posted, &row, refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

fn to(row: &CertificateRow, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", address(row))).into_response()
}

/// The page once more, with what was typed and why it was refused.
async fn again(posted: &Posted, row: &CertificateRow, refusal: Refusal) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let mut said = Said { sent: posted.sent.clone(), ..Said::default() };
    match FIELDS.iter().map(|(name, _)| *name).find(|name| Some(*name) == refusal.field) {
        Some(field) => said.wrong.on(say, field, &refusal),
        None => said.wrong.whole.push(refusal.clone()),
    }
    drop(reading);
    Ok(refused(shown(posted, row, said).await?, refusal.code))
}

async fn shown(posted: &Posted, row: &CertificateRow, said: Said) -> Result<Response, WebError> {
    let Posted { app, signed, asked, .. } = posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let row = reading.certificate(row.view.certificate.id).await?;
    Ok(page(say, app, &reading, signed, &row, &said, ""))
}
