//! One sign-in, from the address to which the browser is sent to the identity with which it comes back. Owns what ties the
//! two together: state, nonce and verifier, each used once.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::address::{escape, form};
use crate::claims::{Claims, check, identity, moment, subject, suffices};
use crate::provider::{Answer, Http, Method, Provider, Request, ask, get};
use crate::refusal::said;
use crate::token::verified;
use crate::{Identity, Refusal};

/// The longest that a person may take at the provider.
const AT_MOST: SignedDuration = SignedDuration::from_mins(10);
/// What clocks of our own nodes may differ by.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// A sign-in that was begun.
#[derive(Debug)]
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What is kept for this browser until it comes back.
    pub kept: Kept,
}

/// What is kept for one browser. To be taken out, not read, when it comes back: it is good once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    state: String,
    nonce: String,
    verifier: String,
    begun: Timestamp,
    /// Whether the person had to prove anew who he is.
    #[serde(default)]
    anew: bool,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("begun", &self.begun).finish_non_exhaustive()
    }
}

/// What the browser brought back, from the query of the return address.
#[derive(Clone, Default, Deserialize)]
pub struct Returned {
    /// The code.
    pub code: Option<String>,
    /// The state.
    pub state: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
}

/// Begins a sign-in. `random` must be new each time and not to be guessed.
#[must_use]
pub fn begin(provider: &Provider, random: &[u8; 96], now: Timestamp) -> Begun {
    ask_for(provider, random, now, false)
}

/// Begins a sign-in at which the provider must have the person prove anew who he is, whatever session he has there.
/// [`finish`] refuses what comes back where it did not.
#[must_use]
pub fn begin_anew(provider: &Provider, random: &[u8; 96], now: Timestamp) -> Begun {
    ask_for(provider, random, now, true)
}

fn ask_for(provider: &Provider, random: &[u8; 96], now: Timestamp, anew: bool) -> Begun {
    let (state, rest) = random.split_at(32);
    let (nonce, verifier) = rest.split_at(32);
    let [state, nonce, verifier] = [state, nonce, verifier].map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
    let settings = &provider.settings;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let mut scopes = vec!["openid"];
    scopes.extend(settings.scopes.iter().map(String::as_str).filter(|scope| *scope != "openid"));
    let scopes = scopes.join(" ");
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", &settings.client_id),
        ("redirect_uri", &settings.return_to),
        ("scope", &scopes),
        ("state", &state),
        ("nonce", &nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    if anew {
        // With `max_age` the provider must say when it was (OpenID Connect Core section 3.1.2.1).
        fields.extend([("prompt", "login"), ("max_age", "0")]);
    }
    let query = form(&fields);
    let endpoint = &provider.about.authorization_endpoint;
    let joint = if endpoint.contains('?') { '&' } else { '?' };
    Begun {
        address: format!("{endpoint}{joint}{query}"),
        kept: Kept { state, nonce, verifier, begun: now, anew },
    }
}

/// Ends a sign-in with what the browser brought back.
///
/// # Errors
/// Every [`Refusal`] but [`Refusal::Settings`] and [`Refusal::Unknown`].
pub async fn finish(
    http: &impl Http,
    provider: &Provider,
    kept: Kept,
    returned: &Returned,
    now: Timestamp,
) -> Result<Identity, Refusal> {
    let settings = &provider.settings;
    if !same(returned.state.as_deref().unwrap_or_default(), &kept.state) {
        return Err(Refusal::WrongState);
    }
    let age = now.duration_since(kept.begun);
    if age > AT_MOST || age < -SKEW {
        return Err(Refusal::TooLate);
    }
    match &returned.iss {
        Some(issuer) if *issuer != settings.issuer => return Err(Refusal::WrongIssuer),
        None if provider.about.authorization_response_iss_parameter_supported => {
            return Err(Refusal::WrongIssuer);
        }
        _ => {}
    }
    if let Some(error) = &returned.error {
        return Err(match error.as_str() {
            "invalid_client" | "unauthorized_client" | "invalid_scope" | "invalid_request" => {
                Refusal::ClientRefused { said: said(error) }
            }
            "server_error" | "temporarily_unavailable" => {
                Refusal::Gone { issuer: settings.issuer.clone(), why: said(error) }
            }
            _ => Refusal::Declined { said: said(error) },
        });
    }
    let Some(code) = returned.code.as_deref().filter(|code| !code.is_empty() && code.len() <= 4_096) else {
        return Err(Refusal::Nonsense("there is no code in it"));
    };
    let tokens = exchange(http, provider, code, &kept.verifier).await?;
    let keys = provider.keys(http).await?;
    let words = verified(&tokens.id_token, &keys)?;
    let mut claims: Claims = serde_json::from_slice(&words)
        .map_err(|_| Refusal::Nonsense("its token is not of the agreed form"))?;
    check(&claims, settings, &kept.nonce, now)?;
    // Only what is signed counts for this.
    let proven = moment(&claims, "auth_time").filter(|at| at.duration_since(now) <= SKEW);
    if !suffices(&claims, settings)
        && let (Some(address), Some(token)) = (&provider.about.userinfo_endpoint, &tokens.access_token)
    {
        let more: Claims = ask(http, &settings.issuer, get(address.clone(), Some(token))).await?.json()?;
        // Whatever is said there of somebody else is not said of this person (OpenID Connect Core section 5.3.2).
        if subject(&more).is_none() || subject(&more) != subject(&claims) {
            return Err(Refusal::Nonsense("it speaks of two persons"));
        }
        for (name, value) in more {
            claims.entry(name).or_insert(value);
        }
    }
    if kept.anew && proven.is_none_or(|at| at.duration_since(kept.begun) < -SKEW) {
        return Err(Refusal::NotAnew);
    }
    Ok(Identity { proven, ..identity(&claims, settings)? })
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

async fn exchange(
    http: &impl Http,
    provider: &Provider,
    code: &str,
    verifier: &str,
) -> Result<Tokens, Refusal> {
    let settings = &provider.settings;
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &settings.return_to),
        ("code_verifier", verifier),
    ];
    let mut headers = vec![
        ("accept", "application/json".to_owned()),
        ("content-type", "application/x-www-form-urlencoded".to_owned()),
    ];
    match &settings.client_secret {
        Some(secret) if !provider.secret_in_form() => {
            let pair = format!("{}:{}", escape(&settings.client_id), escape(secret.reveal()));
            headers.push(("authorization", format!("Basic {}", STANDARD.encode(pair))));
        }
        Some(secret) => {
            fields.push(("client_id", &settings.client_id));
            fields.push(("client_secret", secret.reveal()));
        }
        None => fields.push(("client_id", &settings.client_id)),
    }
    let request = Request {
        method: Method::Post,
        address: provider.about.token_endpoint.clone(),
        headers,
        body: form(&fields),
    };
    let answer = ask(http, &settings.issuer, request).await?;
    if answer.status == 200 { answer.json() } else { Err(refused(&answer)) }
}

fn refused(answer: &Answer) -> Refusal {
    let error = match answer.any_json::<Value>() {
        Ok(words) => words.get("error").and_then(Value::as_str).map(said).unwrap_or_default(),
        Err(refusal) => return refusal,
    };
    match error.as_str() {
        "invalid_client" | "unauthorized_client" => Refusal::ClientRefused { said: error },
        _ => Refusal::CodeRefused { said: error },
    }
}

/// Compared without telling by the time it takes how much of it is right.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && !other.is_empty()
        && one.bytes().zip(other.bytes()).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}
