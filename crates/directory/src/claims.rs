//! What the provider says of a person, and what is taken of it. Owns the checks of OpenID Connect Core section 3.1.3.7 and
//! the mapping to a login name and groups.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::{Refusal, Settings};

/// What clocks may differ by.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// The groups that are kept, and the letters of a name.
const GROUPS: usize = 1_000;
const LETTERS: usize = 200;

/// Whom the provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The person's lasting id at the provider. Login names are given anew when people leave; this is not: keep it with the
    /// person at the first sign-in and compare it from then on.
    pub subject: String,
    /// The login name.
    pub login: String,
    /// The name, for show.
    pub name: Option<String>,
    /// The groups, sorted and each once.
    pub groups: Vec<String>,
    /// When the person last proved to the provider who he is, where it says so.
    pub proven: Option<Timestamp>,
}

impl Identity {
    /// The person of this installation whom the login name means.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] where `known` knows nobody of that name.
    pub fn admit<P>(&self, known: impl FnOnce(&Self) -> Option<P>) -> Result<P, Refusal> {
        known(self).ok_or_else(|| Refusal::Unknown { login: self.login.clone() })
    }
}

/// Claims by name.
pub(crate) type Claims = Map<String, Value>;

/// Whether these words were said by the provider, to us, for this sign-in, and still hold.
pub(crate) fn check(
    claims: &Claims,
    settings: &Settings,
    nonce: &str,
    now: Timestamp,
) -> Result<(), Refusal> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(&settings.issuer) {
        return Err(Refusal::WrongIssuer);
    }
    let ours = |value: &Value| value.as_str() == Some(&settings.client_id);
    let several = match claims.get("aud") {
        Some(Value::Array(all)) if all.iter().any(ours) => all.len() > 1,
        Some(one @ Value::String(_)) if ours(one) => false,
        _ => return Err(Refusal::WrongAudience),
    };
    match claims.get("azp") {
        Some(party) if !ours(party) => return Err(Refusal::WrongAudience),
        None if several => return Err(Refusal::WrongAudience),
        _ => {}
    }
    let (Some(expires), Some(issued)) = (moment(claims, "exp"), moment(claims, "iat")) else {
        return Err(Refusal::Nonsense("its token does not say until when it holds"));
    };
    if now.duration_since(expires) >= SKEW || issued.duration_since(now) > SKEW {
        return Err(Refusal::Expired);
    }
    if moment(claims, "nbf").is_some_and(|begins| begins.duration_since(now) > SKEW) {
        return Err(Refusal::Expired);
    }
    if text("nonce") != Some(nonce) {
        return Err(Refusal::WrongNonce);
    }
    if subject(claims).is_none() {
        return Err(Refusal::Nonsense("its token names nobody"));
    }
    Ok(())
}

/// A moment that is claimed: seconds, by some providers with a fraction.
pub(crate) fn moment(claims: &Claims, name: &str) -> Option<Timestamp> {
    #[expect(clippy::cast_possible_truncation, reason = "saturates, and is then no moment")]
    let seconds = claims.get(name).and_then(|v| v.as_i64().or_else(|| v.as_f64().map(|f| f as i64)))?;
    Timestamp::from_second(seconds).ok()
}

/// The person's id at the provider.
pub(crate) fn subject(claims: &Claims) -> Option<&str> {
    claims.get("sub").and_then(Value::as_str).filter(|sub| !sub.is_empty() && sub.len() <= 255)
}

/// Whether these claims hold all that the settings ask for.
pub(crate) fn suffices(claims: &Claims, settings: &Settings) -> bool {
    claims.contains_key(&settings.login_claim)
        && settings.groups_claim.as_ref().is_none_or(|claim| claims.contains_key(claim))
}

/// Taken from claims that were checked.
pub(crate) fn identity(claims: &Claims, settings: &Settings) -> Result<Identity, Refusal> {
    let no_login = || Refusal::NoLogin { claim: settings.login_claim.clone() };
    let login =
        claims.get(&settings.login_claim).and_then(Value::as_str).and_then(clean).ok_or_else(no_login)?;
    let groups = settings.groups_claim.as_ref().and_then(|claim| claims.get(claim));
    let mut groups: Vec<String> = match groups {
        Some(Value::String(one)) => clean(one).into_iter().collect(),
        Some(Value::Array(all)) => {
            all.iter().take(GROUPS).filter_map(Value::as_str).filter_map(clean).collect()
        }
        _ => Vec::new(),
    };
    groups.sort();
    groups.dedup();
    Ok(Identity {
        issuer: settings.issuer.clone(),
        subject: subject(claims).unwrap_or_default().to_owned(),
        login,
        name: claims.get("name").and_then(Value::as_str).and_then(clean),
        groups,
        proven: None,
    })
}

/// A name as it stands; none where it is empty, long or holds control characters. Nothing is cut off: half a name may be
/// another's.
fn clean(name: &str) -> Option<String> {
    let name = name.trim();
    let good = !name.is_empty() && name.chars().count() <= LETTERS && !name.chars().any(char::is_control);
    good.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn settings() -> Settings {
        serde_json::from_value(json!({
            "issuer": "https://id.example", "client_id": "chancery", "return_to": "https://c.example/back",
            "groups_claim": "groups",
        }))
        .unwrap()
    }

    fn claims() -> Claims {
        let Value::Object(claims) = json!({
            "iss": "https://id.example", "aud": "chancery", "sub": "17", "nonce": "n", "iat": 1_000_000,
            "exp": 1_000_300, "preferred_username": "ada", "groups": ["b", "a", "a", 7, ""],
        }) else {
            unreachable!()
        };
        claims
    }

    fn judged(change: Value) -> Result<(), Refusal> {
        let mut claims = claims();
        let Value::Object(change) = change else { unreachable!() };
        for (name, value) in change {
            if value.is_null() {
                claims.remove(&name)
            } else {
                claims.insert(name, value)
            };
        }
        check(&claims, &settings(), "n", Timestamp::from_second(1_000_100).unwrap())
    }

    #[test]
    fn words_for_another_ear_are_not_taken() {
        assert_eq!(judged(json!({})), Ok(()));
        assert_eq!(judged(json!({"iss": "https://id.example/"})), Err(Refusal::WrongIssuer));
        assert_eq!(judged(json!({"aud": "other"})), Err(Refusal::WrongAudience));
        assert_eq!(judged(json!({"aud": null})), Err(Refusal::WrongAudience));
        assert_eq!(judged(json!({"aud": ["chancery"]})), Ok(()));
        assert_eq!(judged(json!({"aud": ["chancery", "x"]})), Err(Refusal::WrongAudience));
        assert_eq!(judged(json!({"aud": ["chancery", "x"], "azp": "chancery"})), Ok(()));
        assert_eq!(judged(json!({"azp": "x"})), Err(Refusal::WrongAudience));
        assert_eq!(judged(json!({"nonce": "m"})), Err(Refusal::WrongNonce));
        assert_eq!(judged(json!({"nonce": null})), Err(Refusal::WrongNonce));
    }

    #[test]
    fn words_of_yesterday_and_tomorrow_are_not_taken() {
        assert_eq!(judged(json!({"exp": 1_000_041})), Ok(()), "within what clocks may differ by");
        assert_eq!(judged(json!({"exp": 1_000_040})), Err(Refusal::Expired));
        assert_eq!(judged(json!({"iat": 1_000_161})), Err(Refusal::Expired));
        assert_eq!(judged(json!({"nbf": 1_000_161})), Err(Refusal::Expired));
        for odd in [json!({"exp": null}), json!({"exp": "soon"}), json!({"exp": 1e300}), json!({"iat": null})]
        {
            assert!(judged(odd).is_err());
        }
        assert!(judged(json!({"sub": ""})).is_err());
    }

    #[test]
    fn claims_become_a_login_name_and_groups() {
        let identity = identity(&claims(), &settings()).unwrap();
        assert_eq!((identity.login.as_str(), identity.subject.as_str()), ("ada", "17"));
        assert_eq!(identity.groups, ["a", "b"]);
        assert_eq!(identity.admit(|who| (who.login == "ada").then_some(1)), Ok(1));
        let refused = identity.admit(|_| None::<u8>).unwrap_err();
        assert_eq!(refused, Refusal::Unknown { login: "ada".into() });
        for odd in [json!("a\nb"), json!(""), json!(7), json!("x".repeat(201))] {
            let mut claims = claims();
            claims.insert("preferred_username".into(), odd);
            assert!(matches!(super::identity(&claims, &settings()), Err(Refusal::NoLogin { .. })));
        }
    }
}
