//! What is done with a receipt: it is signed on screen by whom the copies were sent to, written down when it has come back on
//! paper, asked for again.

use axum::{
    extract::{Path, Request, State},
    http::header::CONTENT_DISPOSITION,
    response::{IntoResponse, Redirect, Response},
};
use office::{
    Failure,
    custody::{DispatchRow, scanned::OnPaper},
};
use registry::{
    Code, Command, Refusal,
    custody::{Act, fact::Signed as How},
};

use super::{
    address,
    form::{discrepancies, is_about},
    one::{FIELDS, Said, page},
};
use crate::{
    answer::WebError,
    app::App,
    pages::{
        custody::{HOLDINGS, common::typed_moment, holdings},
        grants::picture_of,
        receiving::{self, Received},
        visit::{Posted, Visit, id, refused},
    },
    signed::{Asked, Signed},
};

/// Signs for what was sent to the reader.
pub async fn sign(posted: Posted) -> Result<Response, WebError> {
    let (sent, mut reading) = (&posted.sent, posted.read().await?);
    let row = reading.dispatch(id(sent.get("dispatch"))?).await?;
    drop(reading);
    let wrong = discrepancies(&row, sent);
    let done = if wrong.is_empty() { "receipt-signed" } else { "receipt-signed-but" };
    let act = Act::Receipt {
        dispatch: row.view.dispatch.id,
        signed: How::Screen,
        by: String::new(),
        scan: None,
        at: None,
        discrepancies: wrong,
    };
    let on_receipt = sent.get("back") == "receipt";
    match carry_out(&posted, &row, act).await {
        Ok(()) if on_receipt => Ok(to(&row, done)),
        Ok(()) => Ok(Redirect::to(&format!("{HOLDINGS}?done={done}")).into_response()),
        Err(Failure::Refused(refusal)) if on_receipt => again(&posted, &row, refusal).await,
        Err(Failure::Refused(refusal)) => holdings::again(&posted, &refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

/// Writes down a receipt that came back on paper.
pub async fn paper(
    State(app): State<App>,
    asked: Asked,
    signed: Signed,
    Path(dispatch): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    let mut reading = app.office.read_as(&signed.open).await?;
    let found = reading.dispatch(id(&dispatch)?).await;
    // A scan is only taken in from the registry's staff.
    let registry = found.as_ref().ok().map(|row| row.registry);
    let takes = registry.filter(|registry| reading.viewer().handles(*registry));
    // Nothing is read open while a file comes in, which may take a while.
    drop(reading);
    let parts = receiving::parts(&app, request).await?;
    let Received { sent, upload, refusal } = receiving::receive(&app, &signed, &|_| takes, parts).await?;
    // Whether there is such a receipt is said to nobody whose form is not his own.
    let row = found?;
    let posted = Posted { app, signed, asked, sent };
    if let Some(refusal) = refusal {
        return again(&posted, &row, refusal).await;
    }
    let Posted { app, sent, .. } = &posted;
    let reading = posted.read().await?;
    let at = typed_moment(&reading, &app.texts, "at", sent.get("at"));
    drop(reading);
    let wrong = discrepancies(&row, sent);
    let done = if wrong.is_empty() { "receipt-recorded" } else { "receipt-recorded-but" };
    let outcome = match at {
        Ok(at) => {
            let paper = OnPaper {
                dispatch: row.view.dispatch.id,
                by: sent.get("by").to_owned(),
                at,
                discrepancies: wrong,
            };
            let upload = upload.map(|upload| (upload, None));
            let (sender, key) = (posted.sender(), sent.command(app));
            app.office.receipt_on_paper(sender, key, row.registry, paper, upload).await.map(|_| ())
        }
        Err(refusal) => Err(Failure::Refused(refusal)),
    };
    match outcome {
        Ok(()) => Ok(to(&row, done)),
        Err(Failure::Refused(refusal)) => again(&posted, &row, refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

/// The scan of a receipt, to be looked at.
pub async fn scan(
    visit: Visit,
    Path((dispatch, place)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let mut reading = visit.reading;
    let place: usize = place.parse().map_err(|_| WebError::page(Code::NotFound))?;
    let scan = reading.receipt_scan(id(&dispatch)?, place).await?;
    // A picture is drawn where an <img> asks for it; a PDF is taken away, for nothing here shows it.
    let how = if scan.media_type == "application/pdf" { "attachment" } else { "inline" };
    let name = format!("{how}; filename=\"receipt-{place}\"");
    Ok(([(CONTENT_DISPOSITION, name)], picture_of(scan).await?).into_response())
}

/// Asks again for a receipt.
pub async fn trace(Path(dispatch): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let row = posted.read().await?.dispatch(id(&dispatch)?).await?;
    let act = Act::Trace { dispatch: row.view.dispatch.id, words: posted.sent.get("words").to_owned() };
    match carry_out(&posted, &row, act).await {
        Ok(()) => Ok(to(&row, "receipt-traced")),
        Err(Failure::Refused(refusal)) => again(&posted, &row, refusal).await,
        Err(failure) => Err(failure.into()),
    }
}

async fn carry_out(posted: &Posted, row: &DispatchRow, act: Act) -> Result<(), Failure> {
    let command = Command::Custody { registry: row.registry, act: Box::new(act) };
    let key = posted.sent.command(&posted.app);
    posted.app.office.command(posted.sender(), key, command).await.map(|_| ())
}

fn to(row: &DispatchRow, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", address(row))).into_response()
}

/// The page of the receipt once more, with what was typed and why it was refused.
async fn again(posted: &Posted, row: &DispatchRow, refusal: Refusal) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let row = reading.dispatch(row.view.dispatch.id).await?;
    let mut said = Said { sent: sent.clone(), ..Said::default() };
    // What cannot have happened then, cannot because of the moment that was typed.
    let field = match (refusal.field, refusal.code) {
        (_, Code::CopyBefore) if sent.get("form") == "paper" => Some("at"),
        (Some("words"), _) if sent.get("form") != "trace" => None,
        (field, _) => field,
    };
    match FIELDS.iter().map(|(name, _)| *name).find(|name| Some(*name) == field) {
        Some(field) => said.wrong.on(say, field, &refusal),
        None if is_about(&refusal) => {}
        None => said.wrong.whole.push(refusal.clone()),
    }
    let code = refusal.code;
    said.refusal = Some(refusal);
    Ok(refused(page(say, app, &mut reading, signed, &row, &said, "").await?, code))
}
