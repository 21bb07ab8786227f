//! Who is asking: the session of a browser or the token of a program, and the reading that he gets.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use office::{
    Reading, Session,
    texts::{Language, Voice},
};
use registry::{Code, id::Digest};

use crate::{
    answer::{WebError, is_foreign},
    app::App,
    card,
};

/// The cookie of a session. The prefix makes browsers refuse it without `Secure`, from another path or host.
pub const SESSION: &str = "__Host-session";
/// The cookie of the language that somebody chose.
pub const LANGUAGE: &str = "language";

/// A person who is signed in by a browser.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who, by which session.
    pub open: Session,
    /// The token that his forms must bring along.
    pub form_token: String,
    /// The secret of the session, for ending it.
    pub session: String,
}

/// A person, by whichever way he signed in: a browser's session or a token in the `Authorization` header.
#[derive(Debug, Clone)]
pub struct Token {
    /// Who, by which session.
    pub session: Session,
}

/// The token against forged forms that belongs to a session.
pub fn form_token(session: &str) -> String {
    Digest::of(format!("form {session}").as_bytes()).to_string().chars().take(32).collect()
}

/// A cookie by name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

impl FromRequestParts<App> for Signed {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let asked = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let not = || WebError::page(Code::NotSignedIn).coming_back_to(&asked);
        let session = cookie(&parts.headers, SESSION).ok_or_else(not)?.to_owned();
        let open = app.office.session_with(&session, &card::of(&app.office, parts)).await?.ok_or_else(not)?;
        Ok(Self { open, form_token: form_token(&session), session })
    }
}

impl FromRequestParts<App> for Token {
    type Rejection = crate::api::Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let bearer = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.strip_prefix("Bearer "));
        // A browser's session serves for reading only: a change by cookie could be forged.
        let secret = match bearer {
            Some(secret) => Some(secret.trim()),
            None if parts.method.is_safe() && !is_foreign(&parts.headers) => cookie(&parts.headers, SESSION),
            None => None,
        };
        let secret = secret.ok_or(crate::api::Problem::of(Code::NotSignedIn))?;
        match app.office.session_with(secret, &card::of(&app.office, parts)).await {
            Ok(Some(session)) => Ok(Self { session }),
            Ok(None) => Err(crate::api::Problem::of(Code::NotSignedIn)),
            Err(e) => Err(office::Failure::Failed(e).into()),
        }
    }
}

/// The language of a request: the one chosen here, else the person's, else the browser's, else English.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The chosen or preferred one; none: the person's.
    pub chosen: Option<Language>,
    /// The browser's.
    pub browser: Language,
}

impl FromRequestParts<App> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        Ok(Self::of(&parts.headers))
    }
}

impl Asked {
    /// As the headers say.
    pub fn of(headers: &HeaderMap) -> Self {
        let chosen = cookie(headers, LANGUAGE).and_then(|tag| tag.parse().ok());
        let browser = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.split([',', ';']).find_map(|tag| tag.trim().parse().ok()))
            .unwrap_or(Language::En);
        Self { chosen, browser }
    }

    /// The voice for somebody who is not signed in.
    pub fn voice(self, app: &App) -> Voice<'_> {
        app.texts.voice(self.chosen.unwrap_or(self.browser))
    }

    /// The voice for a person.
    pub fn voice_for<'a>(self, app: &'a App, reading: &Reading) -> Voice<'a> {
        let own = reading.person().language.parse().unwrap_or(Language::En);
        app.texts.voice(self.chosen.unwrap_or(own))
    }
}
