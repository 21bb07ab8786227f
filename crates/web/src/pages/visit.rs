//! With what every page begins: who is here, what he reads, what he sent; and how a form tells what is wrong with it.
//!
//! A form can reach a handler only as [`Posted`], which has compared the token against forged forms: no handler can
//! forget to.

use std::borrow::Cow;

use axum::{
    extract::{Form, FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::Response,
};
use maud::{Markup, html};
use office::{Failure, Reading, Sender, Session, texts::Voice};
use registry::{Code, CommandId, Refusal};

use crate::{
    answer::{WebError, arguments, status},
    app::App,
    look::{self, Field, Notice, Tone},
    pages::door::same_person,
    signed::{Asked, Signed},
};

/// Somebody who is signed in and reads a page.
#[derive(Debug)]
pub struct Visit {
    /// The product.
    pub app: App,
    /// Who.
    pub signed: Signed,
    /// In which language.
    pub asked: Asked,
    /// Path and query.
    pub path: String,
    /// What he may see.
    pub reading: Reading,
}

impl FromRequestParts<App> for Visit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let path = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let asked = Asked::of(&parts.headers);
        let signed = Signed::from_request_parts(parts, app).await?;
        let reading = app.office.read_as(&signed.open).await?;
        Ok(Self { app: app.clone(), signed, asked, path, reading })
    }
}

/// The fields of a form, as they were sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pairs: Vec<(String, String)>,
}

impl Sent {
    /// Adds a field.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.pairs.push((name.into(), value.into()));
    }
    /// Gives a field one value, in the place of what it had.
    pub fn set(&mut self, name: &str, value: String) {
        self.pairs.retain(|(n, _)| n != name);
        self.pairs.push((name.to_owned(), value));
    }
    /// The first value of a field; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
    }
    /// Every value of the fields whose names begin so.
    pub fn beginning(&self, prefix: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(n, _)| n.starts_with(prefix)).map(|(_, value)| value.as_str()).collect()
    }
    /// Every field with its value, in the order in which they came.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }
    /// True when nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
    /// The lines of a field, blank ones left out.
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.get(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
    /// The id under which the form's command may come again without happening twice.
    pub fn command(&self, app: &App) -> CommandId {
        self.get("command").parse().unwrap_or_else(|_| app.office.new_command())
    }
}

/// A form that somebody who is signed in sent from a page of his own.
#[derive(Debug)]
pub struct Posted {
    /// The product.
    pub app: App,
    /// Who.
    pub signed: Signed,
    /// In which language.
    pub asked: Asked,
    /// What.
    pub sent: Sent,
}

impl FromRequest<App> for Posted {
    type Rejection = WebError;

    async fn from_request(request: Request, app: &App) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let asked = Asked::of(&parts.headers);
        let signed = Signed::from_request_parts(&mut parts, app).await?;
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), app)
            .await
            .map_err(|_| WebError::page(Code::RequestForm))?;
        let sent = Sent { pairs };
        same_person(&signed, sent.get("token"))?;
        Ok(Self { app: app.clone(), signed, asked, sent })
    }
}

impl Posted {
    /// Begins to read as the sender.
    pub async fn read(&self) -> Result<Reading, Failure> {
        self.app.office.read_as(&self.signed.open).await
    }
    /// The sender of a command.
    pub fn sender(&self) -> Sender {
        Sender::of(&self.signed.open)
    }
    /// The session of the sender; proven anew where the form brought the password, or a passkey, once more.
    pub async fn proven(&self) -> Result<Session, Failure> {
        match (self.sent.get("password"), self.sent.get("passkey")) {
            ("", "") => Ok(self.signed.open.clone()),
            ("", passkey) => self.app.office.prove_by_passkey(&self.signed.open, passkey).await,
            (password, _) => self.app.office.prove(&self.signed.open, password).await,
        }
    }
}

/// What is wrong with a form: fields with what to say beside them, and what concerns no field.
#[derive(Debug, Default)]
pub struct Wrong {
    fields: Vec<(Cow<'static, str>, String)>,
    /// Refusals that belong to no field.
    pub whole: Vec<Refusal>,
}

impl Wrong {
    /// True when nothing is.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.whole.is_empty()
    }
    /// Adds a refusal beside a field.
    pub fn on(&mut self, say: Voice<'_>, field: &'static str, refusal: &Refusal) {
        self.beside(say, field.into(), refusal);
    }
    /// Adds a refusal beside a field whose name is made from data.
    pub fn beside(&mut self, say: Voice<'_>, field: Cow<'static, str>, refusal: &Refusal) {
        if !self.fields.iter().any(|(f, _)| *f == field) {
            self.fields.push((field, told(say, refusal)));
        }
    }
    /// Adds a refusal by its code beside a field.
    pub fn add(&mut self, say: Voice<'_>, field: &'static str, code: Code) {
        self.on(say, field, &code.into());
    }
    /// What to say beside a field.
    pub fn at(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(f, _)| *f == field).map(|(_, words)| words.as_str())
    }
    /// What stands above the form: refusals of the whole, and a line for each field. `labels` are the fields with
    /// their labels, in the order of the form.
    pub fn shown<L: AsRef<str>>(&self, say: Voice<'_>, labels: &[(&str, L)]) -> Markup {
        let lines: Vec<(&str, &str, &str)> = labels
            .iter()
            .filter_map(|(name, label)| self.at(name).map(|words| (*name, label.as_ref(), words)))
            .collect();
        html! {
            @for refusal in &self.whole { (notice(say, refusal)) }
            (look::summary(say, &lines))
        }
    }
}

/// A field with its label, of those that a form has.
pub fn labelled<'a>(labels: &'a [(&'static str, String)], name: &'static str) -> Field<'a> {
    let label = labels.iter().find(|(n, _)| *n == name).map_or("", |(_, label)| label.as_str());
    Field::new(name, label)
}

/// What was refused, why and what to do, in one line.
pub fn told(say: Voice<'_>, refusal: &Refusal) -> String {
    let arguments = arguments(say, refusal);
    let shown = look::Refusal { code: refusal.code.as_str(), args: &arguments };
    format!("{} {}", shown.words(say), shown.remedy(say))
}

/// A refusal that concerns no field.
pub fn notice(say: Voice<'_>, refusal: &Refusal) -> Markup {
    let arguments = arguments(say, refusal);
    look::refusal_notice(say, look::Refusal { code: refusal.code.as_str(), args: &arguments })
}

/// The same answer under the status of a refused form.
pub fn refused(mut response: Response, code: Code) -> Response {
    *response.status_mut() = status(code);
    response
}

/// What was just done, as the page that follows says it: `what` is one of a few words, anything else says nothing.
pub fn done(say: Voice<'_>, what: &str) -> Vec<Notice> {
    let fits =
        !what.is_empty() && what.len() < 40 && what.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let words = if fits { say.maybe(&format!("done-{what}"), &[]) } else { None };
    words.map(|words| Notice { tone: Tone::Good, words: html! { p { (words) } } }).into_iter().collect()
}

/// The id in a path; whatever is no id is not there.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, WebError> {
    text.parse().map_err(|_| WebError::page(Code::NotFound))
}
