//! What is done with a file on its own page: it or a volume is closed or opened, documents are put into it.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use office::Failure;
use registry::{Answer, Code, Command, DocumentId, Refusal, filing::Turn};

use super::{Asking, Opened, Said, forms, page};
use crate::{
    answer::WebError,
    look::{Notice, Tone},
    pages::{
        plan,
        visit::{Posted, Sent, refused, told},
    },
};

/// Closes a file or a volume, or opens one again.
pub async fn turn(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let opened = Opened::kept(&mut reading, &asked_id).await?;
    let path = plan::address(opened.id());
    let mut said = Said::default();
    let on = forms::day(say, &app.texts, sent, &mut said.wrong);
    let (reason, place) = (sent.get("reason").to_owned(), sent.get("place").to_owned());
    let (turn, word) = match sent.get("act") {
        "close" => (Turn::Close { on, reason }, "file-closed"),
        "reopen" => (Turn::Reopen { reason }, "file-reopened"),
        "open-volume" => (Turn::OpenVolume { on, place }, "volume-opened"),
        _ => (Turn::CloseVolume { on, next: sent.get("next") == "yes", place }, "volume-closed"),
    };
    let asking = Asking::default();
    if !said.wrong.is_empty() {
        let shown = page(say, &mut reading, signed, &opened, &asking, &path, sent, said).await?;
        return Ok(refused(shown, Code::ImpossibleDate));
    }
    drop(reading);
    let command = Command::TurnFile { registry: opened.registry.id, file: opened.id(), turn };
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(_) => Ok(Redirect::to(&format!("{path}?done={word}")).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let opened = Opened::kept(&mut reading, &asked_id).await?;
            forms::place(say, &refusal, &mut said.wrong);
            let shown = page(say, &mut reading, signed, &opened, &asking, &path, sent, said).await?;
            Ok(refused(shown, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Puts the documents whose references were typed into the file. Those that were refused are named with the reason; the
/// others are done.
pub async fn put(Path(asked_id): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let opened = Opened::kept(&mut reading, &asked_id).await?;
    let path = plan::address(opened.id());
    let mut said = Said::default();
    let lines = sent.lines("references");
    if lines.is_empty() {
        said.wrong.add(say, "references", Code::Required);
    }
    if lines.len() > registry::filing::AT_ONCE {
        let limit = registry::filing::AT_ONCE;
        said.wrong.on(say, "references", &Refusal::on("references", Code::TooLong).with("limit", limit));
    }
    let asking = Asking::default();
    if !said.wrong.is_empty() {
        let shown = page(say, &mut reading, signed, &opened, &asking, &path, sent, said).await?;
        return Ok(refused(shown, Code::Required));
    }
    let (found, unknown) = reading.named(opened.registry.id, &lines).await?;
    drop(reading);
    let mut not: Vec<(String, String)> =
        unknown.into_iter().map(|reference| (reference, told(say, &Code::NotFound.into()))).collect();
    let mut filed = 0_u64;
    if !found.is_empty() {
        let documents: Vec<DocumentId> = found.iter().map(|(_, document)| *document).collect();
        let command =
            Command::FileDocuments { registry: opened.registry.id, files: vec![opened.id()], documents };
        match app.office.command(posted.sender(), sent.command(app), command).await {
            Ok(Answer::Filed(answer)) => {
                filed = u64::try_from(answer.documents.len()).unwrap_or(0);
                for one in answer.refused {
                    let typed = found.iter().find(|(_, d)| *d == one.document).map(|(r, _)| r.clone());
                    let code = Code::ALL.iter().find(|c| c.as_str() == one.code).copied();
                    let why = told(say, &code.unwrap_or(Code::Conflict).into());
                    not.push((typed.unwrap_or_default(), why));
                }
            }
            Ok(_) => return Err(WebError::page(Code::Conflict)),
            Err(Failure::Refused(refusal)) if refusal.field == Some("documents") => {
                let typed = found.first().map(|(r, _)| r.clone()).unwrap_or_default();
                not.push((typed, told(say, &refusal)));
            }
            Err(Failure::Refused(refusal)) => {
                let mut reading = posted.read().await?;
                let opened = Opened::kept(&mut reading, &asked_id).await?;
                forms::place(say, &refusal, &mut said.wrong);
                let shown = page(say, &mut reading, signed, &opened, &asking, &path, sent, said).await?;
                return Ok(refused(shown, refusal.code));
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    if not.is_empty() {
        return Ok(Redirect::to(&format!("{path}?done=filed")).into_response());
    }
    partly(&posted, &asked_id, filed, &not).await
}

/// The page of a file into which only some were put, or none: what was done, and what was refused with the reason.
async fn partly(
    posted: &Posted,
    asked_id: &str,
    filed: u64,
    not: &[(String, String)],
) -> Result<Response, WebError> {
    let Posted { app, signed, asked, .. } = posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let opened = Opened::kept(&mut reading, asked_id).await?;
    let path = plan::address(opened.id());
    let mut said = Said::default();
    if filed > 0 {
        let words = say.tr("plan-filed", &[("n", filed.into())]);
        said.notices.push(Notice { tone: Tone::Good, words: html! { p { (words) } } });
    }
    let n = u64::try_from(not.len()).unwrap_or(0);
    let words = html! {
        p { (say.tr("plan-not-filed", &[("n", n.into())])) }
        ul { @for (reference, why) in not { li { code { (reference) } (say.t("colon")) " " (why) } } }
    };
    said.notices.push(Notice { tone: Tone::Late, words });
    // What was refused stays in the field; a second sending is another command.
    let mut again = Sent::default();
    again.push("command", app.office.new_command().to_string());
    let left: Vec<&str> = not.iter().map(|(reference, _)| reference.as_str()).collect();
    again.push("references", left.join("\n"));
    let shown = page(say, &mut reading, signed, &opened, &Asking::default(), &path, &again, said).await?;
    Ok(if filed > 0 { shown } else { refused(shown, Code::Required) })
}
