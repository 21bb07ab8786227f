//! File plans for programs: the plan, a file, its documents, what is put in and taken out.

use axum::{
    Json as Out,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use label::NamedLabel;
use office::{
    Reading, Sender,
    filing::{Leaf, Plan, proposed},
};
use registry::{
    Answer, Code, Command, DocumentId, FileId, Refusal, RegistryId,
    filing::{FileChange, FileKind, NewFile, Turn, Why},
    house::House,
    id::Digest,
};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Visible, filing::PlanFile};

use crate::{
    api::{
        Problem,
        register::{groups_in_codes, in_codes},
        request::{Json, Key, Named, Nothing, Parameters, day, form, limit, order, page_key, read_page_key},
        view,
    },
    app::App,
    signed::Token,
};

/// Which part of a plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanAsked {
    registry: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

/// Which part of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeafAsked {
    volume: Option<String>,
    order: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

fn file(file: &Visible<PlanFile>, house: &House) -> Value {
    let state = &file.state;
    let rule = state.file.access.as_ref();
    let label = rule.and_then(|rule| rule.content.as_ref());
    let marking = |language| view::marking(label, &house.policies, language);
    json!({
        "id": state.file.id,
        "registry": view::code(file.registry, house),
        "is": state.file.is,
        "code": state.file.code,
        "name_en": state.file.names.en,
        "name_fr": state.file.names.fr,
        "parent": state.file.parent,
        "depth": file.depth,
        "owner": state.file.owner,
        "words": state.file.words,
        "originators": state.file.originators,
        "place": state.file.place,
        "status": state.file.status,
        "label": view::label(label, &house.policies),
        "marking": marking(office::texts::Language::En),
        "marking_fr": marking(office::texts::Language::Fr),
        "need_to_know": rule.map(|rule| view::groups(&rule.need_to_know, house)).unwrap_or_default(),
        "opened_on": state.opened_on,
        "closed_on": state.closed_on,
        "open_volume": state.open_volume,
        "documents": file.documents,
    })
}

/// The plan of a registry, in the order of codes, page by page.
pub async fn plan(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<PlanAsked>,
) -> Result<Out<Value>, Problem> {
    let wanted = asked.registry.ok_or(Refusal::on("registry", Code::Required))?;
    let limit = limit(asked.limit)?;
    let after: Option<FileId> = match &asked.after {
        Some(text) => Some(text.parse().map_err(|_| form("after", "not a place of this list"))?),
        None => None,
    };
    let mut reading = app.office.read_as(&token.session).await?;
    let (registry, _) = reading
        .registries()
        .await?
        .into_iter()
        .find(|(r, _)| r.code.eq_ignore_ascii_case(wanted.trim()))
        .ok_or(Refusal::on("registry", Code::RegistryUnknown))?;
    let plan = reading.plan(registry.id).await?;
    let begin = match after {
        // A file that is not seen is no place in the list.
        Some(id) => {
            plan.files.iter().position(|f| f.state.file.id == id).map_or(plan.files.len(), |at| at + 1)
        }
        None => 0,
    };
    let rest = plan.files.get(begin..).unwrap_or_default();
    let shown = rest.get(..limit.min(rest.len())).unwrap_or_default();
    let next = shown.last().filter(|_| rest.len() > shown.len()).map(|f| f.state.file.id);
    let files: Vec<Value> = shown.iter().map(|f| file(f, &reading.house)).collect();
    Ok(Out(json!({"registry": registry.code, "total": plan.files.len(), "files": files, "next": next})))
}

/// A file that the caller sees, with its plan.
async fn found(reading: &mut Reading, id: FileId) -> Result<(Plan, Visible<PlanFile>), Problem> {
    let (_, plan) = reading.file(id).await?;
    let file = plan.file(id).cloned().ok_or_else(|| Problem::of(Code::NotFound))?;
    Ok((plan, file))
}

/// A file with its volumes.
pub async fn one(
    State(app): State<App>,
    token: Token,
    Named(id): Named<FileId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let (_, opened) = found(&mut reading, id).await?;
    let volumes: Vec<Value> = reading
        .volumes(&opened)
        .await?
        .iter()
        .map(|v| {
            json!({
                "number": v.number,
                "opened_on": v.opened_on,
                "closed_on": v.closed_on,
                "place": v.place,
                "documents": v.documents,
            })
        })
        .collect();
    let mut whole = file(&opened, &reading.house);
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("mark".to_owned(), json!(opened.state.file.mark().to_string()));
        fields.insert("volumes".to_owned(), json!(volumes));
    }
    Ok(Out(whole))
}

/// A file in words; of a change, what is not given stays.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileAsked {
    registry: Option<String>,
    reason: Option<String>,
    mark: Option<String>,
    is: Option<FileKind>,
    code: Option<String>,
    name_en: Option<String>,
    name_fr: Option<String>,
    #[serde(default, with = "given")]
    parent: Option<Option<FileId>>,
    owner: Option<String>,
    words: Option<Vec<String>>,
    originators: Option<Vec<String>>,
    place: Option<String>,
    status: Option<String>,
    #[serde(default, with = "given")]
    label: Option<Option<NamedLabel>>,
    need_to_know: Option<Vec<Vec<String>>>,
    on: Option<String>,
}

/// Tells what is null from what is not given.
mod given {
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
        d: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::deserialize(d).map(Some)
    }
}

impl FileAsked {
    /// In codes, over what is there.
    fn resolved(self, house: &House, now: NewFile) -> Result<NewFile, Refusal> {
        let label = match self.label {
            None => now.label,
            Some(None) => None,
            Some(Some(named)) => in_codes("label", Some(&named), house)?,
        };
        Ok(NewFile {
            is: self.is.unwrap_or(now.is),
            code: self.code.unwrap_or(now.code),
            name_en: self.name_en.unwrap_or(now.name_en),
            name_fr: self.name_fr.unwrap_or(now.name_fr),
            parent: self.parent.unwrap_or(now.parent),
            owner: self.owner.unwrap_or(now.owner),
            words: self.words.unwrap_or(now.words),
            originators: self.originators.unwrap_or(now.originators),
            place: self.place.unwrap_or(now.place),
            status: self.status.unwrap_or(now.status),
            label,
            need_to_know: match self.need_to_know {
                Some(lists) => groups_in_codes(&lists, house)?,
                None => now.need_to_know,
            },
            on: self.on.as_deref().map(|text| day("on", text)).transpose()?,
        })
    }
}

fn opened(status: StatusCode, answer: Answer) -> Result<Response, Problem> {
    match answer {
        Answer::FileOpened { file } | Answer::FileChanged { file } => {
            Ok((status, Out(json!({"id": file}))).into_response())
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}

/// Opens a file.
pub async fn open(
    State(app): State<App>,
    token: Token,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<FileAsked>,
) -> Result<Response, Problem> {
    if asked.reason.is_some() || asked.mark.is_some() {
        return Err(form("body", "reason and mark belong to a change").into());
    }
    let mut reading = app.office.read_as(&token.session).await?;
    let wanted = asked.registry.clone().ok_or(Refusal::on("registry", Code::Required))?;
    let seen = reading.registries().await?;
    let (registry, _) = seen
        .into_iter()
        .find(|(r, _)| r.code.eq_ignore_ascii_case(wanted.trim()))
        .ok_or(Refusal::on("registry", Code::RegistryUnknown))?;
    if !reading.viewer().registers(registry.id) {
        return Err(Problem::of(Code::Forbidden));
    }
    let file = Box::new(asked.resolved(&reading.house, NewFile::default())?);
    drop(reading);
    let command = Command::OpenFile { registry: registry.id, file };
    opened(StatusCode::CREATED, app.office.command(Sender::of(&token.session), id, command).await?)
}

/// The registry of a file that the caller sees and whose plan he keeps.
async fn kept(reading: &mut Reading, id: FileId) -> Result<(RegistryId, Visible<PlanFile>), Problem> {
    let (_, file) = found(reading, id).await?;
    if reading.viewer().registers(file.registry) {
        Ok((file.registry, file))
    } else {
        Err(Problem::of(Code::Forbidden))
    }
}

/// Changes what the plan says of a file.
pub async fn change(
    State(app): State<App>,
    token: Token,
    Named(file): Named<FileId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<FileAsked>,
) -> Result<Response, Problem> {
    if asked.registry.is_some() || asked.on.is_some() {
        return Err(form("body", "registry and on belong to the opening").into());
    }
    let mut reading = app.office.read_as(&token.session).await?;
    let (registry, now) = kept(&mut reading, file).await?;
    let reason = asked.reason.clone().ok_or(Refusal::on("reason", Code::Required))?;
    let mark = match &asked.mark {
        Some(text) => registry::id::unhex::<32>(text).map(Digest).ok_or(Code::Conflict)?,
        // What is not given is filled from what was just read: that must still be so.
        None => now.state.file.mark(),
    };
    let wanted = asked.resolved(&reading.house, NewFile::of(&now.state.file))?;
    drop(reading);
    let change = Box::new(FileChange { reason, mark: Some(mark), file: wanted });
    let command = Command::ChangeFile { registry, file, change };
    opened(StatusCode::CREATED, app.office.command(Sender::of(&token.session), id, command).await?)
}

/// A turn in words.
#[derive(Debug, Deserialize)]
#[serde(tag = "turn", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TurnAsked {
    /// Closes the file.
    Close {
        /// The day.
        on: Option<String>,
        /// Why.
        reason: String,
    },
    /// Opens it again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Opens a volume.
    OpenVolume {
        /// The day.
        on: Option<String>,
        /// Where it stands.
        place: Option<String>,
    },
    /// Closes the open volume.
    CloseVolume {
        /// The day.
        on: Option<String>,
        /// Whether the next is opened.
        #[serde(default)]
        next: bool,
        /// Where the next one stands.
        place: Option<String>,
    },
}

/// Closes a file or a volume, or opens one again.
pub async fn turn(
    State(app): State<App>,
    token: Token,
    Named(file): Named<FileId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<TurnAsked>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let (registry, _) = kept(&mut reading, file).await?;
    drop(reading);
    let dated = |on: Option<String>| on.as_deref().map(|text| day("on", text)).transpose();
    let turn = match asked {
        TurnAsked::Close { on, reason } => Turn::Close { on: dated(on)?, reason },
        TurnAsked::Reopen { reason } => Turn::Reopen { reason },
        TurnAsked::OpenVolume { on, place } => {
            Turn::OpenVolume { on: dated(on)?, place: place.unwrap_or_default() }
        }
        TurnAsked::CloseVolume { on, next, place } => {
            let on: Option<Date> = dated(on)?;
            Turn::CloseVolume { on, next, place: place.unwrap_or_default() }
        }
    };
    let command = Command::TurnFile { registry, file, turn };
    opened(StatusCode::CREATED, app.office.command(Sender::of(&token.session), id, command).await?)
}

/// The documents of a file that the caller may read, page by page.
pub async fn documents(
    State(app): State<App>,
    token: Token,
    Named(id): Named<FileId>,
    Parameters(asked): Parameters<LeafAsked>,
) -> Result<Out<Value>, Problem> {
    let order = order(asked.order.as_deref())?;
    let limit = limit(asked.limit)?;
    let after = asked.after.map(|text| read_page_key(order, &text)).transpose()?;
    let volume = match asked.volume {
        Some(text) => {
            let number = text.trim().parse::<u32>();
            Some(number.map_err(|_| Refusal::on("volume", Code::NotOffered).with("value", text))?)
        }
        None => None,
    };
    let mut reading = app.office.read_as(&token.session).await?;
    let (_, opened) = found(&mut reading, id).await?;
    let page = reading.in_file(&opened, Leaf { volume, order, after, limit }).await?;
    let next = page.rows.last().filter(|_| page.more).map(|row| page_key(order, &row.key));
    let rows: Vec<Value> = page.rows.iter().map(|row| view::entry(row, &reading.house)).collect();
    Ok(Out(json!({"file": id, "total": opened.documents, "documents": rows, "next": next})))
}

/// Documents to be put into a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToFile {
    documents: Vec<DocumentId>,
}

/// Puts documents into a file. What is refused of one keeps no other from being filed.
pub async fn put(
    State(app): State<App>,
    token: Token,
    Named(file): Named<FileId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<ToFile>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let (registry, _) = kept(&mut reading, file).await?;
    drop(reading);
    let command = Command::FileDocuments { registry, files: vec![file], documents: asked.documents };
    match app.office.command(Sender::of(&token.session), id, command).await? {
        Answer::Filed(filed) => {
            let body = json!({"file": file, "documents": filed.documents, "refused": filed.refused});
            Ok((StatusCode::CREATED, Out(body)).into_response())
        }
        _ => Err(Problem::of(Code::Conflict)),
    }
}

/// A document to be taken out of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    document: DocumentId,
    reason: String,
}

/// Takes a document out of a file.
pub async fn take_out(
    State(app): State<App>,
    token: Token,
    Named(file): Named<FileId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
    Json(asked): Json<Removal>,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let (registry, _) = kept(&mut reading, file).await?;
    drop(reading);
    let Removal { document, reason } = asked;
    let command = Command::TakeOut { registry, file, document, reason };
    app.office.command(Sender::of(&token.session), id, command).await?;
    Ok((StatusCode::CREATED, Out(json!({"file": file, "document": document}))).into_response())
}

/// Where a document is filed and was; for those who file it, which files are proposed.
pub async fn of_document(
    State(app): State<App>,
    token: Token,
    Named(id): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let view = reading.document(id).await?.into_inner();
    if view.inside.is_none() {
        return Err(Problem::of(Code::NotFound));
    }
    let (plan, filings) = reading.filed_in(&view).await?;
    let called = |file: FileId| {
        let known = plan.file(file).map(|f| &f.state.file);
        (known.map(|f| f.code.clone()), known.map(|f| f.names.en.clone()), known.map(|f| f.names.fr.clone()))
    };
    let rows: Vec<Value> = filings
        .iter()
        .map(|filing| {
            let (code, name_en, name_fr) = called(filing.file);
            let taken = filing.taken.as_ref();
            json!({
                "file": filing.file, "code": code, "name_en": name_en, "name_fr": name_fr,
                "volume": filing.volume, "filed_at": filing.at.to_string(), "filed_by": filing.by,
                "taken_at": taken.map(|(at, ..)| at.to_string()),
                "taken_by": taken.map(|(_, by, _)| *by),
                "reason": taken.map(|(.., reason)| reason.clone()),
            })
        })
        .collect();
    let best = match reading.viewer().registers(view.entry.registry) {
        true => proposed(&plan, &view, &filings),
        false => Vec::new(),
    };
    let best: Vec<Value> = best
        .iter()
        .map(|one| {
            let (code, name_en, name_fr) = called(one.file);
            let why: Vec<Value> = one
                .why
                .iter()
                .map(|why| match why {
                    Why::Originator(name) => json!({"by": "originator", "text": name}),
                    Why::Word(word) => json!({"by": "word", "text": word}),
                })
                .collect();
            json!({"file": one.file, "code": code, "name_en": name_en, "name_fr": name_fr, "why": why})
        })
        .collect();
    Ok(Out(json!({"id": id, "files": rows, "proposed": best})))
}
