//! A paper is distributed: the form with a line for each addressee, the lists that fill it, and what becomes of it when it is sent.
//! What is refused is shown again as it was typed, beside the line that it is about.

mod form;
mod lists;

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use office::{Failure, Reading, custody::CopyRow};
use registry::{
    Answer, Code, Command, DocumentId, Refusal,
    custody::{Act, book::Book, copy::Standing},
    organisation::DistributionList,
};
use store::visible::EntryView;

use super::books;
use crate::{
    answer::WebError,
    app::App,
    pages::visit::{Posted, Sent, Visit, Wrong, id, refused},
};

/// Where a paper is distributed.
pub fn address(document: DocumentId) -> String {
    format!("/documents/{document}/distribute")
}

/// What the form is about: the paper, its copies that are free, and the lists of its registry.
struct Subject {
    entry: EntryView,
    free: Vec<CopyRow>,
    lists: Vec<DistributionList>,
    /// Lines of a list that filled the form behind which nobody is, in words.
    nobody: Vec<String>,
}

impl Subject {
    /// Who is not of the registry's staff finds nothing here.
    async fn of(reading: &mut Reading, asked: &str) -> Result<Self, WebError> {
        let document: DocumentId = id(asked)?;
        let entry = reading.document(document).await?.into_inner().entry;
        let mut free = reading.copies_of(entry.registry, document).await?;
        free.retain(|row| {
            let copy = &row.view.copy;
            copy.holder.is_registry() && copy.standing == Standing::Held && row.view.drawn_up.is_none()
        });
        let lists = reading.distribution_lists(reading.today()).await?;
        Ok(Self { entry, free, lists, nobody: Vec::new() })
    }
}

/// What is asked of the form.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asking {
    list: String,
}

/// The form; a list that is named in the address has filled it.
pub async fn form_page(
    visit: Visit,
    Path(document): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let mut subject = Subject::of(&mut reading, &document).await?;
    let mut sent = fresh(&app);
    sent.push("list", asking.list);
    lists::fill(&mut reading, &mut subject, &mut sent).await?;
    Ok(form::page(say, &reading, &signed.form_token, &subject, &sent, &Wrong::default()))
}

fn fresh(app: &App) -> Sent {
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    sent
}

/// Adds lines, fills them from a list, or distributes.
pub async fn distribute(Path(document): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let mut subject = Subject::of(&mut reading, &document).await?;
    let mut sent = sent.clone();
    match sent.get("go") {
        "more" => {
            let rows = form::rows(&sent).saturating_add(form::FEW);
            sent.set("rows", rows.to_string());
            let page = form::page(say, &reading, &signed.form_token, &subject, &sent, &Wrong::default());
            return Ok(page);
        }
        "fill" => {
            lists::fill(&mut reading, &mut subject, &mut sent).await?;
            let page = form::page(say, &reading, &signed.form_token, &subject, &sent, &Wrong::default());
            return Ok(page);
        }
        _ => {}
    }
    let mut wrong = Wrong::default();
    let typed = form::lines(say, &mut reading, &subject, &sent, &mut wrong).await?;
    let code = if wrong.is_empty() {
        drop(reading);
        let (places, lines) = typed.into_iter().unzip::<_, _, Vec<usize>, Vec<_>>();
        let (bearer, words) = (sent.get("bearer").to_owned(), sent.get("words").to_owned());
        let act = Box::new(Act::Distribute { document: subject.entry.document, lines, bearer, words });
        let command = Command::Custody { registry: subject.entry.registry, act };
        match app.office.command(posted.sender(), sent.command(app), command).await {
            Ok(Answer::Booked { item }) => {
                let to = format!("{}/{item}?done=distributed", books::path(Book::Distributions));
                return Ok(Redirect::to(&to).into_response());
            }
            Ok(_) => return Ok(Redirect::to(&address(subject.entry.document)).into_response()),
            Err(Failure::Refused(refusal)) => {
                place(say, &refusal, &places, &mut wrong);
                reading = posted.read().await?;
                refusal.code
            }
            Err(failure) => return Err(failure.into()),
        }
    } else {
        Code::Required
    };
    let page = form::page(say, &reading, &signed.form_token, &subject, &sent, &wrong);
    Ok(refused(page, code))
}

/// Puts a refusal beside the part of the line that it is about: the register counts the lines that were filled.
fn place(say: office::texts::Voice<'_>, refusal: &Refusal, places: &[usize], wrong: &mut Wrong) {
    let field = refusal.field.unwrap_or_default();
    let of_line = field.strip_prefix("lines.").and_then(|rest| rest.split_once('.'));
    let row = of_line.and_then(|(n, part)| {
        let n: usize = n.parse().ok()?;
        Some((*places.get(n.checked_sub(1)?)?, part))
    });
    match row.and_then(|(row, part)| form::field(row, part)) {
        Some(field) => wrong.on(say, field, refusal),
        None if field == "bearer" => wrong.on(say, "bearer", refusal),
        None if field == "words" => wrong.on(say, "words", refusal),
        None => wrong.whole.push(refusal.clone()),
    }
}
