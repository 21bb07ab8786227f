//! References, relations and numbers of series in JSON: as programs send and get them, and the routes for them. Decides
//! nothing.

use axum::{
    Json as Out,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use office::{Reading, Sender};
use registry::{
    Answer, Code, Command, DocumentId, Refusal, RegistryId, ReservationId,
    numbering::{NumberAsk, Numbered},
    reference::{Reference, ReferenceKind},
    relation::{RelationKind, Stated},
    series::{Series, allot::NumberFact},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Json, Key, Named, Nothing, Parameters, form, limit},
        view,
    },
    app::App,
    signed::Token,
};

/// A reference, as sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceAsked {
    kind: ReferenceKind,
    text: String,
}

/// A relation, as sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationAsked {
    kind: RelationKind,
    reference: String,
}

/// A number of a series, as asked for: the next one, or one that is kept.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum NumberAsked {
    /// The one that is kept under a name.
    Reserved(Kept),
    /// The next.
    Next(Numbered),
}

/// The name of a reservation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    reservation: ReservationId,
}

/// References as the register takes them.
pub fn references(asked: Vec<ReferenceAsked>) -> Vec<Reference> {
    asked.into_iter().map(|r| Reference::new(r.kind, r.text)).collect()
}

/// Relations as the register takes them.
pub fn relations(asked: Vec<RelationAsked>) -> Vec<Stated> {
    asked.into_iter().map(|r| Stated::new(r.kind, r.reference)).collect()
}

/// A number as the register takes it.
pub fn number(asked: NumberAsked) -> NumberAsk {
    match asked {
        NumberAsked::Reserved(kept) => NumberAsk::Reserved(kept.reservation),
        NumberAsked::Next(numbered) => NumberAsk::Next(numbered),
    }
}

/// References as programs get them.
pub fn borne(references: &[Reference]) -> Vec<Value> {
    references.iter().map(|r| json!({"kind": r.kind, "text": r.text})).collect()
}

/// Relations as programs get them.
pub fn stated(relations: &[Stated]) -> Vec<Value> {
    relations.iter().map(|r| json!({"kind": r.kind, "reference": r.text})).collect()
}

/// What a document is to others, what stands in its text, and in whose text it stands.
pub async fn ties(
    State(app): State<App>,
    token: Token,
    Named(id): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let document = reading.document(id).await?;
    let house = reading.house.clone();
    let ties: Vec<Value> = reading
        .ties(&document)
        .await?
        .iter()
        .map(|tie| {
            json!({
                "kind": tie.kind,
                "outward": tie.outward,
                "stated": tie.stated,
                "reference": tie.reference,
                "entry": tie.entry.as_ref().map(|entry| view::entry(entry, &house)),
            })
        })
        .collect();
    // What it cites is read off its text: that is an opening like any other.
    let version = document.inside.as_ref().map_or(0, |inside| inside.shown());
    let before = reading.opens(&document, version).await?;
    let cites = match reading.text_of(&document, &before).await? {
        Some(text) => reading.cites(&document, &text.text).await?,
        None => Vec::new(),
    };
    let cites: Vec<Value> = cites
        .iter()
        .map(|cited| {
            let entries: Vec<Value> = cited.entries.iter().map(|e| view::entry(e, &house)).collect();
            json!({"reference": cited.reference, "documents": entries})
        })
        .collect();
    let (citing, _) = reading.cited_by(&document).await?;
    let citing: Vec<Value> = citing.iter().map(|e| view::entry(e, &house)).collect();
    Ok(Out(json!({"ties": ties, "cites": cites, "cited_by": citing})))
}

/// Which part of the list of series.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesAsked {
    after: Option<String>,
    limit: Option<usize>,
}

/// The series, in the order of the house's files, page by page.
pub async fn series(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<SeriesAsked>,
) -> Result<Out<Value>, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    if !crate::pages::series::registers_anywhere(&reading) {
        return Err(Problem::of(Code::NotFound));
    }
    let house = &reading.house;
    let limit = limit(asked.limit)?;
    let all: Vec<&Series> = house.catalogue().iter().collect();
    let begin = match &asked.after {
        None => 0,
        Some(code) => {
            let at = all.iter().position(|s| s.code == *code);
            at.ok_or_else(|| form("after", "not a place of this list"))? + 1
        }
    };
    let page: Vec<&&Series> = all.iter().skip(begin).take(limit).collect();
    let next = page.last().filter(|_| begin + page.len() < all.len()).map(|s| s.code.clone());
    let rows: Vec<Value> = page
        .iter()
        .map(|s| {
            let by = house.numbered_by(&s.code).filter(|_| !s.foreign);
            json!({
                "code": s.code,
                "name_en": s.names.en,
                "name_fr": s.names.fr,
                "owner": s.owner,
                "foreign": s.foreign,
                "numbered_by": by.map(|r| r.code.as_str()),
                "numbering": s.numbering,
                "forms": s.forms.iter().map(|f| f.pattern.as_str()).collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(Out(json!({"series": rows, "next": next})))
}

/// The continuity report of a series.
pub async fn continuity(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let report = reading.continuity(&code).await?;
    let counts: Vec<Value> = report
        .counts
        .iter()
        .map(|count| {
            let kept = report.numbers.iter().filter_map(|row| match &row.fact {
                NumberFact::Reserved { counter, number, holder, purpose, .. }
                    if *counter == count.counter =>
                {
                    Some(json!({
                        "number": number,
                        "reference": row.reference,
                        "reservation": holder,
                        "purpose": purpose,
                        "by": row.by,
                        "at": row.at.to_string(),
                    }))
                }
                _ => None,
            });
            let voids =
                count.voids.iter().map(|(number, reason)| json!({"number": number, "reason": reason}));
            json!({
                "counter": count.counter,
                "first": count.first,
                "last": count.last,
                "used": count.used,
                "gaps": count.gaps,
                "without_paper": count.without_paper,
                "duplicates": count.duplicates.keys().collect::<Vec<_>>(),
                "voids": voids.collect::<Vec<_>>(),
                "reservations": kept.collect::<Vec<_>>(),
                "never_given": count.never_given.keys().collect::<Vec<_>>(),
                "closed": count.closed,
                "whole": count.is_whole(),
            })
        })
        .collect();
    Ok(Out(json!({"series": report.series.code, "counts": counts})))
}

/// A number to be kept: what of a reference starts its count, and for what it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepAsked {
    series: Option<String>,
    body: Option<u64>,
    sub_body: Option<u64>,
    paper: Option<String>,
    division: Option<String>,
    purpose: String,
}

/// The registry that numbers a series, for somebody who gives its numbers.
fn place(reading: &Reading, code: &str) -> Result<(RegistryId, String), Problem> {
    let (series, registry) = reading.numbers_series(code).ok_or(Problem::of(Code::NotFound))?;
    Ok((registry.id, series.code.clone()))
}

/// Keeps the next number of a series for a paper.
pub async fn keep(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<KeepAsked>,
) -> Result<Response, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    let (registry, series) = place(&reading, &code)?;
    drop(reading);
    if asked.series.is_some_and(|given| given.trim() != series) {
        return Err(Refusal::on("series", Code::NotOffered).with("value", code).into());
    }
    let numbered = Numbered {
        series,
        body: asked.body,
        sub_body: asked.sub_body,
        paper: asked.paper,
        division: asked.division,
    };
    let command = Command::ReserveNumber { registry, asked: numbered, purpose: asked.purpose };
    match app.office.command(Sender::of(&token.session), id, command).await? {
        Answer::Reserved { reservation, reference } => {
            let body = Out(json!({"reservation": reservation, "reference": reference}));
            Ok((StatusCode::CREATED, body).into_response())
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}

/// A number to be struck out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoidAsked {
    reference: String,
    reason: String,
}

/// Strikes a number out.
pub async fn void(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<VoidAsked>,
) -> Result<Response, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    let (registry, _) = place(&reading, &code)?;
    drop(reading);
    let command = Command::VoidNumber { registry, reference: asked.reference, reason: asked.reason };
    match app.office.command(Sender::of(&token.session), id, command).await? {
        Answer::Numbered { reference } => {
            Ok((StatusCode::CREATED, Out(json!({"reference": reference}))).into_response())
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}
