//! How a failure becomes a page: what, why, what to do. "Not there" and "not for you" are one page.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use office::{
    Failure,
    texts::{Arg, Language, Voice},
};
use registry::{Code, Refusal};
use store::StoreError;

use crate::{app::App, frame, look, signed::Asked};

/// A failure on its way to a page. The words are chosen when the language is known: by [`WebError::into_page`] or, at
/// the latest, in English.
#[derive(Debug)]
pub struct WebError {
    failure: Failure,
    back: Option<String>,
}

impl WebError {
    /// A refusal.
    pub fn page(code: Code) -> Self {
        Self { failure: code.into(), back: None }
    }
    /// Where to go on after signing in.
    #[must_use]
    pub fn coming_back_to(mut self, path: &str) -> Self {
        self.back = Some(path.to_owned());
        self
    }
    /// The refusal, when it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.failure.refusal()
    }
}

impl<E: Into<Failure>> From<E> for WebError {
    fn from(e: E) -> Self {
        Self { failure: e.into(), back: None }
    }
}

/// The status of a refusal.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::NotSignedIn | Code::SignInFailed => StatusCode::UNAUTHORIZED,
        Code::Forbidden
        | Code::Quarantined
        | Code::OwnClearance
        | Code::SamePerson
        | Code::NeedsPerson
        | Code::SignInNotFresh
        | Code::DirectoryUntrusted
        | Code::DirectoryDeclined
        | Code::NotYours
        | Code::DirectoryAnew
        | Code::DirectoryClock
        | Code::DirectoryUnknown
        | Code::DirectoryChanged
        | Code::DirectoryOther
        | Code::PasskeyFailed
        | Code::CertificateMissing
        | Code::CertificateUnknown
        | Code::ReproductionUnauthorised
        | Code::BelowCeiling => StatusCode::FORBIDDEN,
        Code::LockedOut | Code::Busy => StatusCode::TOO_MANY_REQUESTS,
        Code::Conflict
        | Code::CommandIdReused
        | Code::DuplicateInScope
        | Code::ProposalChanged
        | Code::NoProposal
        | Code::LoginTaken
        | Code::CodeTaken
        | Code::FileCodeTaken
        | Code::FileClosed
        | Code::FileHasOpenFiles
        | Code::VolumeOpen
        | Code::NoOpenVolume
        | Code::AlreadyFiled
        | Code::NotFiled
        | Code::OtherRegistry
        | Code::TraySettled
        | Code::TrayFull
        | Code::ScanSettled
        | Code::TakenOver
        | Code::TakeoverRuns
        | Code::CheckedOut
        | Code::NotCheckedOut
        | Code::CopyNumberTaken
        | Code::CopyDestroyed
        | Code::CopyTransferred
        | Code::CopyReleased
        | Code::CopyUnderWay
        | Code::CopyMissing
        | Code::CopyDrawnUp
        | Code::CopyOut
        | Code::ReceiptGiven
        | Code::SignedAlready
        | Code::CaseEnded
        | Code::CaseRuns
        | Code::CaseMovedOn
        | Code::TaskOver
        | Code::CommentsOpen
        | Code::TaskStands => StatusCode::CONFLICT,
        Code::OverSize => StatusCode::PAYLOAD_TOO_LARGE,
        Code::ClockBack
        | Code::DirectoryGone
        | Code::DirectorySettings
        | Code::StorageFull
        | Code::StorageReadOnly
        | Code::StorageAway
        | Code::FormFailed
        | Code::ContentDamaged => StatusCode::SERVICE_UNAVAILABLE,
        Code::ContentDestroyed => StatusCode::GONE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The arguments of a refusal's words. A day that the rules give is written as people write it; what was typed stays.
pub fn arguments(say: Voice<'_>, refusal: &Refusal) -> Vec<(&'static str, Arg)> {
    refusal
        .arguments
        .iter()
        .filter_map(|(name, value)| {
            // What the rules call by name in both languages is called in that of the page.
            let (name, of) = match *name {
                "stage_en" => ("stage", Some(Language::En)),
                "stage_fr" => ("stage", Some(Language::Fr)),
                "name_en" => ("name", Some(Language::En)),
                "name_fr" => ("name", Some(Language::Fr)),
                name => (name, None),
            };
            if of.is_some_and(|of| of != say.language()) {
                return None;
            }
            if let ("day" | "latest", Ok(day)) = (name, value.parse()) {
                return Some((name, Arg::from(say.date(day))));
            }
            let arg = match value.parse::<i64>() {
                Ok(number) if !matches!(name, "year" | "reference" | "date") => Arg::from(number),
                _ => Arg::from(value.as_str()),
            };
            Some((name, arg))
        })
        .collect()
}

impl WebError {
    /// The page of a failure, in a language.
    pub fn into_page(self, app: &App, asked: Asked, path: &str) -> Response {
        let say = asked.voice(app);
        let failure = match self.failure {
            Failure::Failed(error) => ailing(error, path),
            refused => refused,
        };
        match failure {
            Failure::Refused(refusal) if refusal.code == Code::NotSignedIn => {
                Redirect::to(&frame::sign_in_path(self.back.as_deref().unwrap_or(path))).into_response()
            }
            Failure::Refused(refusal) if refusal.code == Code::NotFound => {
                let body = look::message::not_found(say);
                (StatusCode::NOT_FOUND, frame::bare(say, &say.t("not-found-title"), path, body))
                    .into_response()
            }
            Failure::Refused(refusal) => {
                let arguments = arguments(say, &refusal);
                let shown = look::Refusal { code: refusal.code.as_str(), args: &arguments };
                let body = look::message::refused(say, shown, Some(path));
                (status(refusal.code), frame::bare(say, &say.t("refused-title"), path, body)).into_response()
            }
            Failure::Failed(_) => {
                let shown = look::Refusal { code: "internal", args: &[] };
                let body = look::message::refused(say, shown, Some(path));
                (StatusCode::INTERNAL_SERVER_ERROR, frame::bare(say, &say.t("refused-title"), path, body))
                    .into_response()
            }
        }
    }
}

/// A failure with what can be told of it; the log has the whole.
pub fn ailing(error: StoreError, path: &str) -> Failure {
    tracing::error!(%error, path, "a request failed");
    let failure = Failure::Failed(error);
    match failure.told() {
        Some(refusal) => Failure::Refused(refusal),
        None => failure,
    }
}

impl IntoResponse for WebError {
    /// Without a language at hand the failure waits in the response for [`speak`], which knows the request.
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Waiting(std::sync::Arc::new(std::sync::Mutex::new(Some(self)))));
        response
    }
}

#[derive(Clone)]
struct Waiting(std::sync::Arc<std::sync::Mutex<Option<WebError>>>);

/// Gives a failure that waits in a response its page, in the language of the request.
pub async fn speak(State(app): State<App>, request: Request, next: axum::middleware::Next) -> Response {
    let asked = Asked::of(request.headers());
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let response = next.run(request).await;
    let waiting = response.extensions().get::<Waiting>().cloned();
    match waiting.and_then(|w| w.0.lock().ok().and_then(|mut e| e.take())) {
        Some(error) => error.into_page(&app, asked, &path),
        None => response,
    }
}

/// What is answered where there is no route: the same page as for what is not for the caller.
pub async fn nothing_here(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/api/") {
        return crate::api::Problem::of(Code::NotFound).into_response();
    }
    WebError::page(Code::NotFound).into_page(&app, Asked::of(request.headers()), &path)
}

/// True when a browser says that the request was begun by a page of another site.
pub fn is_foreign(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"))
}

/// A change that another site tried to make in a person's name.
pub fn forged() -> Response {
    let mut response = (StatusCode::FORBIDDEN, Html("Forbidden")).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
