//! Registering documents: an entry alone, or an entry with its content, streamed. Says in words what the register
//! takes in codes; decides nothing.

use axum::{
    Json as Out,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State, multipart::Field},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use label::{Label, NamedLabel};
use office::{
    Reading, Sender,
    intake::{LARGEST, Upload},
};
use registry::{
    Answer, Code, DocumentDate, FileId, GroupId, PersonId, Refusal, RegistryId,
    document::{Direction, Register},
    formal::Formal,
    house::House,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;
use store::planted::Leak;

use crate::{
    api::{
        Problem,
        references::{self, NumberAsked, ReferenceAsked, RelationAsked},
        request::{BODY, Json, Key, Named, Nothing, Parameters, form, label_refusal, read_json},
    },
    app::App,
    signed::Token,
};

/// Room for everything of an upload that is not the file itself (bytes).
const AROUND: u64 = 4 << 20;

/// A document in words, as a program registers it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentAsked {
    pub(super) registry: Option<String>,
    direction: String,
    kind: String,
    date: Option<String>,
    #[serde(default = "english")]
    language: String,
    originator: Option<String>,
    #[serde(default)]
    references: Vec<ReferenceAsked>,
    preferred: Option<String>,
    #[serde(default)]
    relations: Vec<RelationAsked>,
    number: Option<NumberAsked>,
    subject: String,
    subject_label: Option<NamedLabel>,
    label: Option<NamedLabel>,
    #[serde(default)]
    action: Vec<String>,
    #[serde(default)]
    info: Vec<String>,
    #[serde(default)]
    need_to_know: Vec<Vec<String>>,
    #[serde(default)]
    access_list: Vec<PersonId>,
    held_elsewhere: Option<String>,
    #[serde(default)]
    files: Vec<FileId>,
    #[serde(default)]
    formal: Formal,
}

fn english() -> String {
    "en".to_owned()
}

impl DocumentAsked {
    /// In codes.
    pub(super) fn resolved(self, house: &House) -> Result<Register, Refusal> {
        let direction = Direction::named(&self.direction)
            .ok_or_else(|| Refusal::on("direction", Code::NotOffered).with("value", &self.direction))?;
        let date = self.date.as_deref().map(DocumentDate::parse).transpose()?;
        let label = in_codes("label", self.label.as_ref(), house)?;
        let subject_label = in_codes("subject_label", self.subject_label.as_ref(), house)?;
        let need_to_know = groups_in_codes(&self.need_to_know, house)?;
        Ok(Register {
            direction,
            kind: self.kind,
            date,
            language: self.language,
            originator: self.originator,
            references: references::references(self.references),
            preferred: self.preferred,
            relations: references::relations(self.relations),
            number: self.number.map(references::number),
            subject: self.subject,
            subject_label,
            label,
            action: self.action,
            info: self.info,
            need_to_know,
            access_list: self.access_list,
            held_elsewhere: self.held_elsewhere,
            content: None,
            files: self.files,
            old: None,
            formal: self.formal,
        })
    }
}

/// Groups by their codes; one of each list.
pub fn groups_in_codes(lists: &[Vec<String>], house: &House) -> Result<Vec<Vec<GroupId>>, Refusal> {
    let group = |code: &String| match house.group_by_code(code) {
        Some(group) => Ok(group.id),
        None => Err(Refusal::on("need_to_know", Code::GroupUnknown).with("group", code)),
    };
    lists.iter().map(|any| any.iter().map(group).collect()).collect()
}

/// A label in words, as codes.
pub fn in_codes(
    field: &'static str,
    named: Option<&NamedLabel>,
    house: &House,
) -> Result<Option<Label>, Refusal> {
    named
        .map(|named| house.policies.resolve(named).map_err(|e| label_refusal(field, &named.policy, &e)))
        .transpose()
}

/// The registry of a code, for somebody who may register there. One that shows him nothing is not there for him.
pub(super) async fn place(
    reading: &mut Reading,
    wanted: &str,
    unknown: Refusal,
) -> Result<RegistryId, Problem> {
    let seen = reading.registries().await?;
    let Some((registry, _)) = seen.into_iter().find(|(r, _)| r.code.eq_ignore_ascii_case(wanted.trim()))
    else {
        let hidden = reading.house.registry_by_code(wanted.trim()).map(|r| r.id);
        return match hidden {
            Some(id) if reading.office().betrayed_rows_of(Leak::PostRefusal, id).await > 0 => {
                Err(Problem::of(Code::Forbidden))
            }
            _ => Err(unknown.into()),
        };
    };
    if !reading.viewer().registers(registry.id) {
        return Err(Problem::of(Code::Forbidden));
    }
    Ok(registry.id)
}

pub(super) fn registered(answer: Answer) -> Result<Response, Problem> {
    let Answer::Registered { document, reference, allotted } = answer else {
        return Err(Problem::of(Code::Conflict));
    };
    let location = format!("/api/v1/documents/{document}");
    let body = Out(json!({"id": document, "reference": reference, "allotted": allotted}));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], body).into_response())
}

/// Registers an entry without content: the document is held elsewhere.
pub async fn entry(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<DocumentAsked>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let wanted = asked.registry.clone().ok_or(Refusal::on("registry", Code::Required))?;
    let unknown = Refusal::on("registry", Code::RegistryUnknown);
    let registry = place(&mut reading, &wanted, unknown).await?;
    let document = asked.resolved(&reading.house)?;
    drop(reading);
    let sender = Sender::of(&token.session);
    registered(app.office.register(sender, id, registry, document, None).await?)
}

/// Registers a document with its content: the part `document` is the entry in JSON, the part `content` the file.
pub async fn upload(
    State(app): State<App>,
    token: Token,
    Named(code): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    request: Request,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = place(&mut reading, &code, Code::NotFound.into()).await?;
    let house = reading.house.clone();
    // Nothing is held open while a file comes in over a slow line.
    drop(reading);
    let parts = parts(&app, request).await?;
    let (asked, upload) = taken_in::<DocumentAsked>(&app, registry, parts).await?;
    if asked.registry.as_ref().is_some_and(|named| !named.trim().eq_ignore_ascii_case(code.trim())) {
        return Err(form("registry", "not the registry of the path").into());
    }
    let document = asked.resolved(&house)?;
    let sender = Sender::of(&token.session);
    registered(app.office.register(sender, id, registry, document, upload).await?)
}

/// A file that came in, with the length that was promised.
pub(super) type File = (Upload, Option<u64>);

/// The parts of a request, which may bring a file.
pub(super) async fn parts(app: &App, mut request: Request) -> Result<Multipart, Refusal> {
    let limit = usize::try_from(LARGEST + AROUND).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(limit).apply(&mut request);
    Multipart::from_request(request, app).await.map_err(|e| form("Content-Type", e.body_text()))
}

/// Reads the parts in whatever order they come; the file is sealed while it arrives.
pub(super) async fn taken_in<T: DeserializeOwned>(
    app: &App,
    registry: RegistryId,
    mut parts: Multipart,
) -> Result<(T, Option<File>), Problem> {
    let mut document: Option<T> = None;
    let mut file: Option<File> = None;
    // What ends in the middle after the file began is a file that did not arrive whole.
    let broken = |begun: bool, e: &axum::extract::multipart::MultipartError| {
        if e.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Refusal::on("content", Code::OverSize).with("limit", LARGEST)
        } else if begun {
            Refusal::on("content", Code::TruncatedUpload)
        } else {
            form("body", e.body_text())
        }
    };
    while let Some(mut part) = parts.next_field().await.map_err(|e| broken(file.is_some(), &e))? {
        match part.name() {
            Some("document") if document.is_none() => {
                let bytes = small(&mut part).await?;
                document = Some(read_json("document", &bytes)?);
            }
            Some("content") if file.is_none() => {
                let announced = announced(&part)?;
                let mut upload = app.office.upload(registry, part.file_name().unwrap_or("content"))?;
                while let Some(bytes) = part.chunk().await.map_err(|e| broken(true, &e))? {
                    upload.write(&bytes)?;
                }
                file = Some((upload, announced));
            }
            name => {
                let name = name.unwrap_or_default().to_owned();
                return Err(form("body", format!("a part {name:?} that is not expected")).into());
            }
        }
    }
    let document = document.ok_or(Refusal::on("document", Code::Required))?;
    Ok((document, file))
}

/// The length that the sender promised for a part, when he did.
fn announced(part: &Field<'_>) -> Result<Option<u64>, Refusal> {
    let Some(given) = part.headers().get(header::CONTENT_LENGTH) else { return Ok(None) };
    given
        .to_str()
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .map(Some)
        .ok_or_else(|| form("content", "Content-Length is no number"))
}

/// All bytes of a part that must be small.
pub(crate) async fn small(part: &mut Field<'_>) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|e| form("document", e.body_text()))? {
        if bytes.len() + chunk.len() > BODY {
            return Err(Refusal::on("document", Code::OverSize).with("limit", BODY));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
