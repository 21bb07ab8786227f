//! What is done with a table of comments through its forms. What is refused comes back with what was typed.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use office::{Failure, cases::comments::CommentTable};
use registry::{
    CaseId, Code, Command, CommentId, Refusal, TaskId,
    cases::{Act, Outcome, Remark, Severity},
};

use super::{super::spoken, Asking, Returned, forms::FIELDS, page, path};
use crate::{
    answer::WebError,
    pages::visit::{Posted, Sent, refused},
};

/// Adds, changes, takes back or settles rows.
pub async fn act(
    Path(which): Path<String>,
    Query(asking): Query<Asking>,
    posted: Posted,
) -> Result<Response, WebError> {
    let mut reading = posted.read().await?;
    let id = reading.case_named(&which).await?;
    let table = reading.case_comments(id).await?;
    let refusal = match asked(&posted.sent, id) {
        Err(refusal) => refusal,
        Ok((act, done)) => {
            let command = Command::Case { act: Box::new(act) };
            match posted.app.office.command(posted.sender(), posted.sent.command(&posted.app), command).await
            {
                Ok(_) => return Ok(Redirect::to(&next(&table, &asking, done)).into_response()),
                Err(Failure::Refused(refusal)) => refusal,
                Err(failure) => return Err(failure.into()),
            }
        }
    };
    let Posted { app, signed, asked, sent } = posted;
    let mut back = Returned { sent: Some(sent), ..Returned::default() };
    // It may stand otherwise by now.
    let mut reading = app.office.read_as(&signed.open).await?;
    let table = reading.case_comments(id).await?;
    let say = asked.voice_for(&app, &reading);
    let told = spoken(say, &table.row.definition, &refusal);
    let field = match refusal.field {
        Some("comment") => Some("comment_text"),
        field => field.filter(|field| FIELDS.iter().any(|(known, _)| known == field)),
    };
    match field.filter(|field| *field != "comments") {
        Some(field) => back.wrong.on(say, field, &told),
        None => back.wrong.whole.push(told),
    }
    Ok(refused(page(&app, &asked, &signed.form_token, &reading, &table, &asking, &back)?, refusal.code))
}

/// What a form asks for, and what is said when it is done.
fn asked(sent: &Sent, case: CaseId) -> Result<(Act, &'static str), Refusal> {
    let comments: Vec<CommentId> = sent.all("comment").iter().filter_map(|id| id.parse().ok()).collect();
    let act = sent.get("act");
    if let Some(outcome) = Outcome::read(act) {
        let reason = Some(sent.get("reason").to_owned());
        return Ok((Act::Adjudicate { case, comments, outcome, reason }, "comments-settled"));
    }
    Ok(match act {
        "add" => {
            let task: TaskId = sent.get("task").parse().map_err(|_| Refusal::on("task", Code::Required))?;
            (Act::Comment { case, task, rows: vec![remark(sent)?] }, "comments-added")
        }
        "change" => {
            let comment = *comments.first().ok_or(Code::NotFound)?;
            (Act::ChangeComment { case, comment, row: remark(sent)? }, "comments-changed")
        }
        "withdraw" => (Act::WithdrawComments { case, comments }, "comments-withdrawn"),
        _ => return Err(Code::NotFound.into()),
    })
}

/// What was typed of a row.
fn remark(sent: &Sent) -> Result<Remark, Refusal> {
    let severity = Severity::read(sent.get("severity")).ok_or(Refusal::on("severity", Code::Required))?;
    let some = |name: &str| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Remark {
        severity,
        page: some("page"),
        paragraph: some("paragraph"),
        line: some("line"),
        text: some("text"),
        comment: some("comment_text"),
        proposal: some("proposal"),
        rationale: some("rationale"),
        author: some("author"),
    })
}

/// Where one goes on: of rows that are settled one after the other at the next that isn't, else at the table.
fn next(table: &CommentTable, asking: &Asking, done: &str) -> String {
    let path = path(&table.row.case.number);
    let now = asking.opened().filter(|_| done == "comments-settled");
    let next = now.and_then(|now| {
        let open = |number: u64, settled: bool| number > now && !settled;
        let mut rows = table.comments.iter().filter(|row| row.settles);
        rows.find(|row| open(row.comment.number, row.comment.adjudication.is_some()))
    });
    let row = next.map(|row| row.comment.number.to_string()).unwrap_or_default();
    let to = asking.with(&path, "row", &row);
    let joint = if to.contains('?') { '&' } else { '?' };
    format!("{to}{joint}done={done}")
}
