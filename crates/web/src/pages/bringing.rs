//! A form that brings files for the tray of a registry, one or many: it is taken in field by field, and each file is sealed for
//! its registry while it comes. What a file becomes is told by those who take it: the in-tray, the scans.

use axum::extract::Request;
use maud::{Markup, html};
use office::{Failure, intake::Upload, texts::Voice};
use registry::{Code, Refusal, RegistryId, document::Direction, house::Registry};

use crate::{
    answer::WebError,
    app::App,
    look::{Field, Width},
    pages::{door::same_person, marking_form, receiving, visit::Sent},
    signed::Signed,
    words,
};

/// Who takes the files of such a form.
pub trait Taking {
    /// What becomes of a file.
    type Outcome: Send;
    /// The fields that carry files.
    const FILES: &'static [&'static str];
    /// Most files of one form.
    const MANY: usize;
    /// Most fields of the form that are no files.
    const FIELDS: usize;

    /// The folder in which a file lay, and its name; `own` is what its field calls it.
    fn place(sent: &mut Sent, own: String) -> (String, String);

    /// Takes a file in.
    fn take(
        app: &App,
        signed: &Signed,
        file: File<'_>,
        upload: Upload,
    ) -> impl Future<Output = Result<Self::Outcome, Failure>> + Send;
}

/// A file that comes.
pub struct File<'a> {
    /// For which registry.
    pub registry: RegistryId,
    /// The folder in which it lay.
    pub folder: &'a str,
    /// Its name.
    pub name: &'a str,
    /// What the form said before it.
    pub sent: &'a Sent,
}

/// A file that came with the form, and what became of it.
pub struct Came<T> {
    /// The folder in which it lay.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub outcome: Result<T, Refusal>,
}

/// A form that came in.
pub struct Received<T> {
    /// The trays on which the sender works.
    pub trays: Vec<Registry>,
    /// What the form said beside its files.
    pub sent: Sent,
    /// Its files.
    pub came: Vec<Came<T>>,
}

/// Takes the form in, field by field. The token comes first, and nothing is kept before it; the registry comes before
/// the files, and each is sealed for it while it comes.
pub async fn receive<T: Taking>(
    app: &App,
    signed: &Signed,
    request: Request,
) -> Result<Received<T::Outcome>, WebError> {
    // Nothing is read open while files come in, which may take minutes.
    let trays = app.office.read_as(&signed.open).await?.trays();
    if trays.is_empty() {
        return Err(WebError::page(Code::Forbidden));
    }
    let mut parts = receiving::parts(app, request).await?;
    let (mut sent, mut came, mut proved) = (Sent::default(), Vec::new(), false);
    loop {
        let Ok(next) = parts.next_field().await else {
            came.push(Came {
                folder: String::new(),
                name: String::new(),
                outcome: Err(Refusal::on("content", Code::TruncatedUpload)),
            });
            break;
        };
        let Some(mut field) = next else { break };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "token" {
            same_person(signed, &receiving::words(&mut field).await?)?;
            proved = true;
            continue;
        }
        if !proved {
            return Err(WebError::page(Code::Forbidden));
        }
        if !T::FILES.contains(&name.as_str()) {
            if sent.len() >= T::FIELDS {
                return Err(WebError::page(Code::RequestForm));
            }
            let words = receiving::words(&mut field).await?;
            sent.set(&name, words);
            continue;
        }
        let own = field.file_name().unwrap_or_default().to_owned();
        if own.is_empty() {
            continue;
        }
        let code = sent.get("registry");
        let registry = trays.iter().find(|tray| tray.code == code).ok_or(WebError::page(Code::NotFound))?.id;
        let (folder, name) = T::place(&mut sent, own);
        if came.len() >= T::MANY {
            let outcome = Err(Refusal::on("content", Code::TooLong).with("limit", T::MANY));
            came.push(Came { folder, name, outcome });
            break;
        }
        let file = File { registry, folder: &folder, name: &name, sent: &sent };
        let outcome = match receiving::content(app, registry, &name, &mut field).await {
            Ok(upload) => T::take(app, signed, file, upload).await,
            Err(failure) => Err(failure),
        };
        let outcome = match outcome {
            Ok(taken) => Ok(taken),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(failure) => return Err(failure.into()),
        };
        came.push(Came { folder, name, outcome });
    }
    if proved { Ok(Received { trays, sent, came }) } else { Err(WebError::page(Code::Forbidden)) }
}

/// The fields that say for which registry the files are, and which way they go. `sent`: what had been chosen before.
pub fn whose(say: Voice<'_>, trays: &[Registry], sent: &Sent) -> Markup {
    let (registries, directions) = (words::registry_choices(say, trays), words::directions(say));
    let [registry, direction] = ["form-registry", "form-direction"].map(|key| say.t(key));
    let here = chosen(sent, "registry", registries.first().map_or("", |(code, _)| code));
    let way = chosen(sent, "direction", Direction::Incoming.as_str());
    html! {
        @if registries.len() > 1 {
            (Field::new("registry", &registry).value(here).width(Width::Medium).select(say, &marking_form::choices(&registries)))
        } @else {
            input type="hidden" name="registry" value=(here);
        }
        (Field::new("direction", &direction).value(way).width(Width::Medium).select(say, &marking_form::choices(&directions)))
    }
}

/// What had been chosen before, else the first.
pub fn chosen<'a>(sent: &'a Sent, name: &str, first: &'a str) -> &'a str {
    match sent.get(name) {
        "" => first,
        value => value,
    }
}
