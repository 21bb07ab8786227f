//! What is listed of a workbook as a file for other programs.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use office::Failure;
use registry::Code;

use super::{Asking, mine_of, settings, tables};
use crate::{
    answer::WebError,
    export::{self, Ready},
    pages::visit::Visit,
};

/// What is listed, as comma-separated values.
pub async fn values(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asked_id, &asking).await?;
    Ok(export::values(list, &name))
}

/// The same as a workbook.
pub async fn workbook(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asked_id, &asking).await?;
    export::workbook(list, &name).await
}

async fn exported(visit: Visit, asked_id: &str, asking: &Asking) -> Result<(String, Ready), WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let language = asked.voice_for(&app, &reading).language();
    let takeover = mine_of(&reading, &signed, asked_id).await?;
    let look = reading.look_at(takeover).await?;
    let say = app.texts.voice(language);
    let Ok(plan) = &look.plan else {
        let Err(why) = &look.plan else { return Err(WebError::page(Code::Conflict)) };
        return Err(Failure::from(settings::unusable(why)).into());
    };
    let show = tables::Show::of(&asking.show);
    let (heads, lines) = tables::exported(say, &reading, &look, plan, show);
    let texts = app.texts.clone();
    let name = format!("old-register-{}", show.as_str());
    Ok((name, Ready { reading, texts, language, heads, lines: Some(lines) }))
}
