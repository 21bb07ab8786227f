//! Registering a document: the form, and its answer. How the form and its file come in is told in `receiving`.

use axum::{
    extract::{Query, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use office::{Failure, Reading, Sender, intake::Upload, relations::Cited, staging::Waiting, texts::Voice};
use registry::{Answer, Code, ObjectId, Refusal, RegistryId, document::StagedContent};
use serde::Deserialize;

use crate::{
    answer::WebError,
    app::App,
    pages::{
        draft::{self, Around, field_of},
        letter::Letter,
        need_to_know, proposed,
        receiving::{Received, of_form, parts, receive},
        shown,
        visit::{Sent, Visit, Wrong, id, refused},
    },
    signed::{Asked, Signed},
};

/// With which policy the form begins, and with what of the in-tray.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begin {
    policy: String,
    item: String,
}

/// The form. Refused to whoever registers nowhere.
pub async fn form(visit: Visit, Query(begin): Query<Begin>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    if draft::offered(&reading).is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    if !begin.item.is_empty() {
        let item = id(&begin.item)?;
        let none = Sent::default();
        return form_of_item(&app, &signed, &asked, reading, item, &begin.policy, None, &none).await;
    }
    let sent = draft::empty(&reading, say, &begin.policy);
    let kept = draft::kept(&mut reading).await?;
    let around = Around { kept: &kept, ..Around::default() };
    Ok(draft::page(say, &reading, &signed, &sent, &Wrong::default(), &around))
}

/// The form for something that waits in an in-tray, filled with what it says of itself. `refusal`: why it could not be
/// dismissed, with what had been `typed` for that.
#[expect(clippy::too_many_arguments, reason = "what a page needs")]
pub async fn form_of_item(
    app: &App,
    signed: &Signed,
    asked: &Asked,
    mut reading: Reading,
    item: ObjectId,
    policy: &str,
    refusal: Option<&Refusal>,
    typed: &Sent,
) -> Result<Response, WebError> {
    let say = asked.voice_for(app, &reading);
    let Some((letter, waiting)) = Letter::of(&mut reading, item).await? else {
        return Err(WebError::page(Code::TraySettled));
    };
    let mut sent = draft::empty(&reading, say, policy);
    letter.begin(&reading, &mut sent);
    let kept = draft::kept(&mut reading).await?;
    let mut around = Around { kept: &kept, ..Around::default() };
    around.file = Some((waiting.content.file_name.clone(), waiting.content.size));
    around.read = proposed::fill(say, &reading.house, reading.today(), &waiting, &mut sent);
    around.cited = cited(&mut reading, &waiting, &sent).await?;
    around.letter = Some(letter);
    let code = refusal.map(|refusal| refusal.code);
    if let Some(refusal) = refusal {
        for name in ["reason", "words"] {
            sent.set(name, typed.get(name).to_owned());
        }
        let field = if refusal.field == Some("words") { "words" } else { "reason" };
        around.not_dismissed.on(say, field, refusal);
    }
    let page = draft::page(say, &reading, signed, &sent, &Wrong::default(), &around);
    Ok(match code {
        Some(code) => refused(page, code),
        None => page,
    })
}

/// The papers that a file names, beside itself.
async fn cited(reading: &mut Reading, waiting: &Waiting, sent: &Sent) -> Result<Vec<Cited>, WebError> {
    let Some(read) = &waiting.reading else { return Ok(Vec::new()) };
    let catalogue = reading.house.clone();
    let own = catalogue.catalogue().citations(sent.get("originator_reference")).into_iter();
    let own = own.filter_map(|own| catalogue.catalogue().key_of(&own.reference)).collect();
    Ok(reading.cited_in(&read.text, &own).await?)
}

/// Registers what the form says.
pub async fn register(
    State(app): State<App>,
    asked: Asked,
    signed: Signed,
    request: Request,
) -> Result<Response, WebError> {
    // Nothing is read open while a file comes in, which may take minutes.
    let reading = app.office.read_as(&signed.open).await?;
    let offered: Vec<(String, RegistryId)> =
        draft::offered(&reading).into_iter().map(|r| (r.code, r.id)).collect();
    drop(reading);
    if offered.is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let multipart = parts(&app, request).await?;
    let registry_of = of_form(&offered);
    let Received { mut sent, upload, refusal } = receive(&app, &signed, &registry_of, multipart).await?;
    // What waits in the in-tray is its own file; one that came with the form is not kept.
    let item: Option<ObjectId> = sent.get("item").parse().ok();
    let upload = upload.filter(|_| item.is_none());
    let staged = match item {
        Some(_) => Ok(None),
        None => stage(&app, &signed, &offered, &mut sent, upload).await,
    };

    let mut reading = app.office.read_as(&signed.open).await?;
    let say = asked.voice_for(&app, &reading);
    let kept = draft::kept(&mut reading).await?;
    let mut around = Around { kept: &kept, ..Around::default() };
    let mut wrong = Wrong::default();
    let command = sent.command(&app);
    if let Some(item) = item {
        from_tray(say, &mut reading, item, &sent, &mut around).await?;
    }
    if let Some(refusal) = &refusal {
        wrong.on(say, "content", refusal);
    }
    match staged {
        Ok(Some(file)) => {
            from_file(&app, &signed, say, &mut reading, &file, &mut sent, &mut around).await?;
        }
        Ok(None) => {}
        Err(Failure::Refused(refusal)) => wrong.on(say, "content", &refusal),
        Err(failure) => return Err(failure.into()),
    }
    if matches!(sent.get("act"), "policy" | "read") {
        if sent.get("act") == "read" && around.file.is_none() {
            // Without a registry there was nobody to seal the file for.
            let known = offered.iter().any(|(code, _)| code == sent.get("registry"));
            wrong.add(say, if known { "content" } else { "registry" }, Code::Required);
        }
        return Ok(draft::page(say, &reading, &signed, &sent, &wrong, &around));
    }
    let mut document = draft::read(say, &app.texts, &reading, &sent, &mut wrong);
    if let Some((registry, document)) = &mut document {
        let controlled = Some(*registry).filter(|registry| reading.may_ask_why(*registry));
        document.access_list =
            need_to_know::persons(say, &mut reading, controlled, &sent, &mut wrong).await?;
    }
    let Some((registry, document)) = document.filter(|_| wrong.is_empty()) else {
        if item.is_some() && around.letter.is_none() {
            return Err(WebError::page(Code::TraySettled));
        }
        let page = draft::page(say, &reading, &signed, &sent, &wrong, &around);
        return Ok(refused(page, Code::Required));
    };
    drop(reading);

    let sender = Sender::of(&signed.open);
    let answer = match (item, around.file.is_some(), sent.get("stage").parse()) {
        (Some(item), ..) => app.office.register_from_tray(sender, command, registry, document, item).await,
        (None, true, Ok(stage)) => {
            app.office.register_staged(sender, command, registry, document, stage).await
        }
        _ => app.office.register(sender, command, registry, document, None).await,
    };
    let mut reading = app.office.read_as(&signed.open).await?;
    match answer {
        Ok(Answer::Registered { document, reference, .. }) => match reading.document(document).await {
            // Whoever works through the tray goes on there.
            Ok(_) if item.is_some() => Ok(Redirect::to(&format!("/tray?was={document}")).into_response()),
            Ok(_) => Ok(Redirect::to(&format!("/documents/{document}?done=registered")).into_response()),
            Err(_) => {
                // No page follows that would tell that the form was sent.
                app.office.drop_draft(signed.open.person, draft::PATH).await?;
                Ok(draft::blind(say, &reading, &signed, &reference))
            }
        },
        Ok(_) => Err(WebError::page(Code::Conflict)),
        Err(Failure::Refused(refusal)) if refusal.code == Code::TraySettled => {
            Err(WebError::page(Code::TraySettled))
        }
        Err(Failure::Refused(refusal)) => {
            let duplicate = duplicate(&mut reading, &refusal).await?;
            match field_of(&refusal) {
                Some(field) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            around.duplicate =
                duplicate.as_ref().map(|(reference, href)| (reference.as_str(), href.as_str()));
            Ok(refused(draft::page(say, &reading, &signed, &sent, &wrong, &around), refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Shows beside the form what waits in the in-tray and is registered with it.
async fn from_tray(
    say: Voice<'_>,
    reading: &mut Reading,
    item: ObjectId,
    sent: &Sent,
    around: &mut Around<'_>,
) -> Result<(), WebError> {
    match Letter::of(reading, item).await? {
        Some((letter, waiting)) => {
            around.file = Some((waiting.content.file_name.clone(), waiting.content.size));
            around.letter = Some(letter);
            around.read = proposed::still(say, &reading.house, reading.today(), &waiting, sent);
            around.cited = cited(reading, &waiting, sent).await?;
            Ok(())
        }
        // It may have been registered by this very form, which was sent twice.
        None if sent.get("act").is_empty() => Ok(()),
        None => Err(WebError::page(Code::TraySettled)),
    }
}

/// Shows with the form the file that came with it, now or before, and what it says of itself: put into empty fields where
/// that was asked for.
async fn from_file(
    app: &App,
    signed: &Signed,
    say: Voice<'_>,
    reading: &mut Reading,
    file: &File,
    sent: &mut Sent,
    around: &mut Around<'_>,
) -> Result<(), WebError> {
    around.file = Some((file.content().file_name.clone(), file.content().size));
    let today = reading.today();
    let before = match file {
        File::New(_) => None,
        File::Before(_) => match sent.get("stage").parse() {
            Ok(stage) => app.office.staged_reading(signed.open.person, stage).await?,
            Err(_) => None,
        },
    };
    let waiting = if let File::New(waiting) = file { Some(waiting) } else { before.as_ref() };
    if let Some(waiting) = waiting {
        around.read = match (file, sent.get("act")) {
            (File::New(_), "read") => proposed::fill(say, &reading.house, today, waiting, sent),
            _ => proposed::still(say, &reading.house, today, waiting, sent),
        };
        around.cited = cited(reading, waiting, sent).await?;
    }
    Ok(())
}

/// The file of a form: one that came with it, or one that came before and waits.
enum File {
    New(Waiting),
    Before(StagedContent),
}

impl File {
    const fn content(&self) -> &StagedContent {
        match self {
            File::New(waiting) => &waiting.content,
            File::Before(content) => content,
        }
    }
}

/// Keeps the file that came with the form, so that the form may come again without it; or finds the one that came
/// before.
async fn stage(
    app: &App,
    signed: &Signed,
    offered: &[(String, RegistryId)],
    sent: &mut Sent,
    upload: Option<Upload>,
) -> Result<Option<File>, Failure> {
    let person = signed.open.person;
    let registry = offered.iter().find(|(code, _)| code == sent.get("registry")).map(|(_, id)| *id);
    if let (Some(upload), Some(registry)) = (upload, registry) {
        let waiting = app.office.stage(person, registry, upload).await?;
        // The one that it takes the place of is nobody's any more.
        if let Ok(before) = sent.get("stage").parse() {
            app.office.drop_stage(person, before).await?;
        }
        sent.set("stage", waiting.id.to_string());
        return Ok(Some(File::New(waiting)));
    }
    let Ok(id) = sent.get("stage").parse() else { return Ok(None) };
    match app.office.staged(person, id).await? {
        Some((_, content)) => Ok(Some(File::Before(content))),
        None => {
            sent.set("stage", String::new());
            Err(Refusal::on("content", Code::StageGone).into())
        }
    }
}

/// Where the same content is registered already.
async fn duplicate(reading: &mut Reading, refusal: &Refusal) -> Result<Option<(String, String)>, WebError> {
    if refusal.code != Code::DuplicateInScope {
        return Ok(None);
    }
    let Some((_, reference)) = refusal.arguments.iter().find(|(name, _)| *name == "reference") else {
        return Ok(None);
    };
    let found = reading.by_reference(reference).await?;
    Ok(found.first().map(|entry| (reference.clone(), shown::address(entry))))
}
