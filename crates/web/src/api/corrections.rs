//! Correcting what the register says of a document, and what it said before.

use axum::{
    Json as Out,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use label::NamedLabel;
use office::{
    Sender,
    many::{self, Chosen},
};
use registry::{
    Code, Command, DocumentDate, DocumentId, PersonId, Refusal,
    correction::{Correction, Details, SubjectLabel},
    document::Direction,
    formal::Formal,
    house::House,
    id::Digest,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    api::{
        Problem, problem,
        references::{self, ReferenceAsked, RelationAsked},
        register::{groups_in_codes, in_codes},
        request::{Json, Key, Named, Nothing, Parameters},
        view,
    },
    app::App,
    signed::{Asked, Token},
};

/// The label of a subject line: one of its own, or `"as-content"`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum SubjectAsked {
    As(AsContent),
    Own(NamedLabel),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AsContent {
    AsContent,
}

/// A correction in words: what is given is changed, what is not stays.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionAsked {
    reason: String,
    mark: Option<String>,
    direction: Option<String>,
    kind: Option<String>,
    date: Option<String>,
    language: Option<String>,
    originator: Option<String>,
    references: Option<Vec<ReferenceAsked>>,
    preferred: Option<String>,
    relations: Option<Vec<RelationAsked>>,
    also: Option<Vec<RelationAsked>>,
    subject: Option<String>,
    subject_label: Option<SubjectAsked>,
    label: Option<NamedLabel>,
    action: Option<Vec<String>>,
    info: Option<Vec<String>>,
    need_to_know: Option<Vec<Vec<String>>>,
    access_list: Option<Vec<PersonId>>,
    held_elsewhere: Option<String>,
    formal: Option<Formal>,
}

impl CorrectionAsked {
    /// In codes.
    fn resolved(self, house: &House) -> Result<Correction, Refusal> {
        let direction = match &self.direction {
            Some(word) => Some(
                Direction::named(word)
                    .ok_or_else(|| Refusal::on("direction", Code::NotOffered).with("value", word))?,
            ),
            None => None,
        };
        let mark = match &self.mark {
            Some(text) => Some(registry::id::unhex::<32>(text).map(Digest).ok_or(Code::Conflict)?),
            None => None,
        };
        let date = match self.date.as_deref() {
            Some("") => Some(DocumentDate { civil: None, written: None }),
            Some(text) => Some(DocumentDate::parse(text)?),
            None => None,
        };
        let subject_label = match &self.subject_label {
            Some(SubjectAsked::As(AsContent::AsContent)) => Some(SubjectLabel::AsContent),
            Some(SubjectAsked::Own(named)) => {
                in_codes("subject_label", Some(named), house)?.map(SubjectLabel::Own)
            }
            None => None,
        };
        Ok(Correction {
            reason: self.reason,
            mark,
            direction,
            kind: self.kind,
            date,
            language: self.language,
            originator: self.originator,
            references: self.references.map(references::references),
            preferred: self.preferred,
            relations: self.relations.map(references::relations),
            also: self.also.map(references::relations).unwrap_or_default(),
            subject: self.subject,
            action: self.action,
            info: self.info,
            held_elsewhere: self.held_elsewhere,
            formal: self.formal,
            label: in_codes("label", self.label.as_ref(), house)?,
            subject_label,
            need_to_know: self.need_to_know.map(|lists| groups_in_codes(&lists, house)).transpose()?,
            access_list: self.access_list,
        })
    }
}

/// Corrects a document.
pub async fn correct(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<CorrectionAsked>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = reading.document(document).await?.entry.registry;
    let correction = Box::new(asked.resolved(&reading.house)?);
    drop(reading);
    let command = Command::Correct { registry, document, correction };
    app.office.command(Sender::of(&token.session), id, command).await?;
    Ok((StatusCode::CREATED, Out(json!({"id": document}))).into_response())
}

/// One of many documents.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfMany {
    document: DocumentId,
    mark: Option<String>,
}

/// One correction of many documents.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManyAsked {
    documents: Vec<OfMany>,
    correction: CorrectionAsked,
}

/// Corrects many documents. What is refused of one keeps no other from being corrected.
pub async fn correct_many(
    State(app): State<App>,
    token: Token,
    asked_in: Asked,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<ManyAsked>,
) -> Result<Out<Value>, Problem> {
    let reading = app.office.read_as(&token.session).await?;
    if !reading.house.registries().iter().any(|r| reading.viewer().registers(r.id)) {
        return Err(Problem::of(Code::Forbidden));
    }
    let mark = |text: Option<String>| match text {
        Some(text) => {
            registry::id::unhex::<32>(&text).map(Digest).map(Some).ok_or(Refusal::from(Code::Conflict))
        }
        None => Ok(None),
    };
    let chosen: Vec<Chosen> = asked
        .documents
        .into_iter()
        .map(|one| Ok(Chosen { document: one.document, mark: mark(one.mark)? }))
        .collect::<Result<_, Refusal>>()?;
    let chosen = many::checked(chosen)?;
    let act = many::Act::Correct(Box::new(asked.correction.resolved(&reading.house)?));
    let items = app.office.many(reading, Sender::of(&token.session), id, &act, &chosen).await?;
    let say = asked_in.voice(&app);
    let items: Vec<Value> = items
        .into_iter()
        .map(|item| {
            let refused = item.outcome.as_ref().err().map(|refusal| problem::item(say, refusal));
            json!({"document": item.document, "done": refused.is_none(), "refused": refused})
        })
        .collect();
    Ok(Out(json!({"items": items})))
}

/// The corrections of a document, newest first, and the mark of how it stands now.
pub async fn list(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let now = reading.description(document).await?;
    let house = reading.house.clone();
    let corrections: Vec<Value> = reading
        .history(document)
        .await?
        .iter()
        .map(|c| {
            json!({
                "at": c.at.to_string(),
                "by": c.by,
                "reason": c.reason,
                "from": details(&c.from, &house),
                "to": details(&c.to, &house),
            })
        })
        .collect();
    Ok(Out(json!({"id": document, "mark": now.mark().to_string(), "corrections": corrections})))
}

/// What a correction changed, in words: only the fields that it changed.
fn details(details: &Details, house: &House) -> Value {
    let mut all = Map::new();
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            all.insert(name.to_owned(), value);
        }
    };
    add("direction", details.direction.map(|d| json!(d)));
    add("kind", details.kind.as_ref().map(|v| json!(v)));
    add("date", details.date.as_ref().map(|d| json!(view::date(d))));
    add("language", details.language.as_ref().map(|v| json!(v)));
    add("originator", details.originator.as_ref().map(|v| json!(v)));
    add("references", details.references.as_ref().map(|v| json!(references::borne(v))));
    add("preferred", details.preferred.as_ref().map(|v| json!(v)));
    add("relations", details.relations.as_ref().map(|v| json!(references::stated(v))));
    add("subject", details.subject.as_ref().map(|v| json!(v)));
    add("action", details.action.as_ref().map(|v| json!(v)));
    add("info", details.info.as_ref().map(|v| json!(v)));
    add("held_elsewhere", details.held_elsewhere.as_ref().map(|v| json!(v)));
    add("formal", details.formal.as_ref().map(|v| json!(v)));
    if let Some(rule) = &details.access {
        add("label", Some(json!(view::label(rule.content.as_ref(), &house.policies))));
        add("subject_label", Some(json!(view::label(rule.subject.as_ref(), &house.policies))));
        add("need_to_know", Some(json!(view::groups(&rule.need_to_know, house))));
        add("access_list", Some(json!(rule.access_list)));
    }
    Value::Object(all)
}
