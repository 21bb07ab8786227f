//! The provider: its settings here, what it says of itself (OpenID Connect Discovery), its keys, and how it is asked. Owns
//! which of its addresses are trusted; the HTTP client is the caller's.

use std::fmt;
use std::future::Future;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Refusal;
use crate::address::is_safe;
use crate::token::Keys;

/// The bytes of an answer that are read at most.
const ANSWER: usize = 1024 * 1024;

/// What an installation sets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The provider's own name, an address without anything after it, exactly as it writes it itself.
    pub issuer: String,
    /// Our name at the provider.
    pub client_id: String,
    /// Our secret at the provider, where it wants one.
    #[serde(default)]
    pub client_secret: Option<Secret>,
    /// Where the provider sends the browser back to.
    pub return_to: String,
    /// What is asked for beside `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The claim that holds the login name.
    #[serde(default = "login_claim")]
    pub login_claim: String,
    /// The claim that holds the groups.
    #[serde(default)]
    pub groups_claim: Option<String>,
}

impl Settings {
    /// Whether they can be right at all.
    ///
    /// # Errors
    /// [`Refusal::Settings`].
    pub fn check(&self) -> Result<(), Refusal> {
        if !is_safe(&self.issuer) || self.issuer.contains(['?', '#']) {
            return Err(Refusal::Settings("the issuer must be an https address"));
        }
        if !is_safe(&self.return_to) || self.return_to.contains('#') {
            return Err(Refusal::Settings("the return address must be an https address"));
        }
        if self.client_id.is_empty() || self.login_claim.is_empty() {
            return Err(Refusal::Settings("the client id or the login claim is empty"));
        }
        Ok(())
    }
}

fn login_claim() -> String {
    "preferred_username".into()
}

/// A secret that is shown nowhere.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(not shown)")
    }
}

/// How the provider is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// For what is there to be read.
    Get,
    /// With a form.
    Post,
}

/// What is asked of the provider. May hold secrets: not for a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Where.
    pub address: String,
    /// Headers, by name.
    pub headers: Vec<(&'static str, String)>,
    /// The form, for [`Method::Post`].
    pub body: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body, of which no more than a megabyte need be read.
    pub body: Vec<u8>,
}

/// The caller's HTTP client. It must check certificates, give up after a time, and not follow redirects: a provider's
/// own addresses do not move.
pub trait Http: Sync {
    /// Sends a request; why it could not be sent, or what came back.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, String>> + Send;
}

/// A provider, as it describes itself.
#[derive(Clone, Debug)]
pub struct Provider {
    pub(crate) settings: Settings,
    pub(crate) about: About,
}

/// What of the description is used (OpenID Connect Discovery 1.0 section 3).
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct About {
    issuer: String,
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    jwks_uri: String,
    pub(crate) userinfo_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    code_challenge_methods_supported: Vec<String>,
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

impl Provider {
    /// Asks the provider what it is.
    ///
    /// # Errors
    /// [`Refusal::Settings`], [`Refusal::Gone`], or [`Refusal::Nonsense`] where it is another than was set or cannot do
    /// what is needed (PKCE by SHA-256).
    pub async fn discover(http: &impl Http, settings: &Settings) -> Result<Self, Refusal> {
        settings.check()?;
        let address = format!("{}/.well-known/openid-configuration", settings.issuer.trim_end_matches('/'));
        let about: About = ask(http, &settings.issuer, get(address, None)).await?.json()?;
        if about.issuer != settings.issuer {
            return Err(Refusal::WrongIssuer);
        }
        let own = [&about.authorization_endpoint, &about.token_endpoint, &about.jwks_uri];
        if !own.into_iter().chain(&about.userinfo_endpoint).all(|address| is_safe(address)) {
            return Err(Refusal::Nonsense("one of its addresses is not an https address"));
        }
        if !about.code_challenge_methods_supported.iter().any(|method| method == "S256") {
            return Err(Refusal::Nonsense("it does not offer PKCE with S256"));
        }
        Ok(Self { settings: settings.clone(), about })
    }

    /// Its keys as they are now: asked for at each sign-in, so that a key that was withdrawn is not used a minute longer.
    pub(crate) async fn keys(&self, http: &impl Http) -> Result<Keys, Refusal> {
        ask(http, &self.settings.issuer, get(self.about.jwks_uri.clone(), None)).await?.json()
    }

    /// Whether the secret goes into the form instead of a header, which is the rule (RFC 6749 section 2.3.1).
    pub(crate) fn secret_in_form(&self) -> bool {
        let offered = &self.about.token_endpoint_auth_methods_supported;
        !offered.is_empty()
            && !offered.iter().any(|method| method == "client_secret_basic")
            && offered.iter().any(|method| method == "client_secret_post")
    }
}

pub(crate) fn get(address: String, bearer: Option<&str>) -> Request {
    let mut headers = vec![("accept", "application/json".to_owned())];
    headers.extend(bearer.map(|token| ("authorization", format!("Bearer {token}"))));
    Request { method: Method::Get, address, headers, body: String::new() }
}

/// An answer that is good or a refusal that the caller looks into.
pub(crate) struct Answer {
    pub(crate) status: u16,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if self.status != 200 {
            return Err(Refusal::Nonsense("it does not give what it says it has"));
        }
        self.any_json()
    }

    pub(crate) fn any_json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(&self.body).map_err(|_| Refusal::Nonsense("it is not of the agreed form"))
    }
}

pub(crate) async fn ask(http: &impl Http, issuer: &str, request: Request) -> Result<Answer, Refusal> {
    let gone = |why: String| Refusal::Gone { issuer: issuer.to_owned(), why };
    let response = http.send(request).await.map_err(|why| gone(crate::refusal::said(&why)))?;
    if response.status >= 500 || response.status == 429 {
        return Err(gone(format!("HTTP status {}", response.status)));
    }
    if response.body.len() > ANSWER {
        return Err(Refusal::Nonsense("it is longer than any that was asked for"));
    }
    Ok(Answer { status: response.status, body: response.body })
}
