//! A form that may bring a file, taken in field by field: the token first, and nothing is kept before it; the file is sealed
//! while it comes, and is never whole in memory for long, nor open on the disk.

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field};
use office::{
    Failure,
    intake::{LARGEST, Upload},
};
use registry::{Code, Refusal, RegistryId};

use crate::{
    answer::WebError,
    app::App,
    pages::{door::same_person, visit::Sent},
    signed::Signed,
};

/// Longest field that is no file (bytes).
const FIELD: usize = 200_000;
/// Most fields of a form.
const FIELDS: usize = 2_000;

/// The parts of a request, which may bring a file.
pub(crate) async fn parts(app: &App, mut request: Request) -> Result<Multipart, WebError> {
    let room = usize::try_from(LARGEST).unwrap_or(usize::MAX).saturating_add(16 << 20);
    DefaultBodyLimit::max(room).apply(&mut request);
    Multipart::from_request(request, app).await.map_err(|_| WebError::page(Code::RequestForm))
}

/// What came with the form.
pub(crate) struct Received {
    /// Its fields.
    pub(crate) sent: Sent,
    /// Its file, where one came.
    pub(crate) upload: Option<Upload>,
    /// Why its file was not taken in.
    pub(crate) refusal: Option<Refusal>,
}

/// The registry that a form names, of those that are offered.
pub(crate) fn of_form(offered: &[(String, RegistryId)]) -> impl Fn(&Sent) -> Option<RegistryId> + Sync {
    |sent| offered.iter().find(|(code, _)| code == sent.get("registry")).map(|(_, id)| *id)
}

/// Takes the form in, field by field. The token comes first in every form of ours, and nothing is kept before it.
pub(crate) async fn receive(
    app: &App,
    signed: &Signed,
    registry_of: &(dyn Fn(&Sent) -> Option<RegistryId> + Sync),
    mut multipart: Multipart,
) -> Result<Received, WebError> {
    let mut received = Received { sent: Sent::default(), upload: None, refusal: None };
    let mut proved = false;
    loop {
        let Ok(next) = multipart.next_field().await else {
            received.refusal.get_or_insert(Refusal::on("content", Code::TruncatedUpload));
            received.upload = None;
            break;
        };
        let Some(mut field) = next else { break };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "token" {
            let token = words(&mut field).await?;
            same_person(signed, &token)?;
            proved = true;
            continue;
        }
        if !proved {
            return Err(WebError::page(Code::Forbidden));
        }
        if name != "content" {
            if received.sent.len() >= FIELDS {
                return Err(WebError::page(Code::RequestForm));
            }
            let text = words(&mut field).await?;
            received.sent.push(name, text);
            continue;
        }
        let file_name = field.file_name().unwrap_or_default().to_owned();
        if file_name.is_empty() {
            continue;
        }
        match registry_of(&received.sent) {
            Some(registry) => match content(app, registry, &file_name, &mut field).await {
                Ok(upload) => received.upload = Some(upload),
                Err(Failure::Refused(refusal)) => received.refusal = Some(refusal),
                Err(failure) => return Err(failure.into()),
            },
            // There is no registry to seal it for; the form says that one must be chosen.
            None => pass_over(&mut field).await,
        }
    }
    if proved { Ok(received) } else { Err(WebError::page(Code::Forbidden)) }
}

/// A field that is no file.
pub(crate) async fn words(field: &mut Field<'_>) -> Result<String, WebError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| WebError::page(Code::RequestForm))? {
        if bytes.len() + chunk.len() > FIELD {
            return Err(WebError::page(Code::RequestForm));
        }
        bytes.extend_from_slice(&chunk);
    }
    // Browsers send the lines of a text with both line ends.
    Ok(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
}

/// A field that is a file, sealed for its registry while it comes.
pub(crate) async fn content(
    app: &App,
    registry: RegistryId,
    name: &str,
    field: &mut Field<'_>,
) -> Result<Upload, Failure> {
    let mut upload = app.office.upload(registry, name)?;
    let mut size = 0_usize;
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) => {
                size = size.saturating_add(chunk.len());
                if let Err(failure) = upload.write(&chunk) {
                    // What is left of the form is still wanted.
                    pass_over(field).await;
                    return Err(failure);
                }
            }
            Ok(None) if size == 0 => return Err(Refusal::on("content", Code::EmptyContent).into()),
            Ok(None) => return Ok(upload),
            Err(_) => return Err(Refusal::on("content", Code::TruncatedUpload).into()),
        }
    }
}

async fn pass_over(field: &mut Field<'_>) {
    while let Ok(Some(_)) = field.chunk().await {}
}
