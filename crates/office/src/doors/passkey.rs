//! Signing in with a passkey: a key that a person's own device keeps, and uses only after it made sure of him. Owns the
//! ceremonies that have begun and the keys that are known. It must not know HTTP.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use registry::{
    Code, HOUSE, PersonId, Refusal, Timestamp,
    id::{Digest, hex},
};
use serde::Deserialize;
use serde_json::Value;
use store::{StoreError, sql::Row, values};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::{
    account::called,
    failure::Failure,
    office::Office,
    signin::{Session, SessionKind, Terms, Way, is_fresh},
};

/// Seconds in which a ceremony that has begun must end.
const CEREMONY: i64 = 5 * 60;
/// Most ceremonies that are kept; whoever begins more ends the oldest.
const BEGUN: usize = 4_096;
/// Longest answer of a device (bytes).
const LONGEST: usize = 64 * 1024;
/// Longest name of a passkey (characters).
const NAME: usize = 60;
/// Most passkeys of one person.
const KEPT: usize = 10;

/// What an installation sets of passkeys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasskeySettings {
    /// The address under which browsers see this installation.
    origin: Url,
}

/// Passkeys, bound to the address under which browsers see this installation.
#[derive(Debug)]
pub struct PasskeyDoor {
    webauthn: Webauthn,
    begun: Mutex<HashMap<String, (Timestamp, Ceremony)>>,
}

#[derive(Debug)]
enum Ceremony {
    SignIn(DiscoverableAuthentication),
    Add(PersonId, PasskeyRegistration),
}

impl PasskeyDoor {
    /// Opens it as it is set.
    pub(crate) fn open(set: &PasskeySettings) -> Result<Self, String> {
        let host = set.origin.domain().ok_or("origin must name a host, as https://registry.example.org")?;
        let local = host == "localhost";
        if set.origin.scheme() != "https" && !local {
            return Err("origin must begin with https://: browsers use no passkey elsewhere".to_owned());
        }
        let webauthn = WebauthnBuilder::new(host, &set.origin)
            .map(|b| b.rp_name("Chancery").timeout(Duration::from_secs(CEREMONY.unsigned_abs())))
            // On one's own machine, for trying it out, whatever port it is.
            .map(|b| b.allow_any_port(local))
            .and_then(WebauthnBuilder::build)
            .map_err(|e| e.to_string())?;
        Ok(Self { webauthn, begun: Mutex::default() })
    }

    fn keep(&self, id: String, now: Timestamp, ceremony: Ceremony) {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.retain(|_, (until, _)| *until > now);
        if begun.len() >= BEGUN
            && let Some(oldest) = begun.iter().min_by_key(|(_, (until, _))| *until).map(|(id, _)| id.clone())
        {
            begun.remove(&oldest);
        }
        begun.insert(id, (now.plus_seconds(CEREMONY), ceremony));
    }

    /// A ceremony that has begun, once.
    fn take(&self, id: &str, now: Timestamp) -> Option<Ceremony> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.remove(id).filter(|(until, _)| *until > now).map(|(_, ceremony)| ceremony)
    }
}

/// What a browser is asked to let the device do.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The ceremony's name, to be given back with the answer.
    pub ceremony: String,
    /// The options of WebAuthn, as its JSON form has them.
    pub options: Value,
}

/// What comes back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered<C> {
    ceremony: String,
    credential: C,
}

fn answered<C: for<'a> Deserialize<'a>>(text: &str) -> Result<Answered<C>, Failure> {
    if text.len() > LONGEST {
        return Err(Code::PasskeyFailed.into());
    }
    serde_json::from_str(text).map_err(|_| Code::PasskeyFailed.into())
}

/// A passkey of a person, without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyView {
    /// The digest of what the device knows it by.
    pub id: Digest,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub added: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

struct Known {
    person: PersonId,
    key: Passkey,
}

fn known(row: &Row) -> Result<Known, StoreError> {
    let key = serde_json::from_str(&row.text(1)?).map_err(StoreError::damaged)?;
    Ok(Known { person: row.id(0)?, key })
}

impl Office {
    fn passkey_door(&self) -> Result<&PasskeyDoor, Failure> {
        self.doors().passkeys.as_ref().ok_or_else(|| Code::PasskeysShut.into())
    }

    fn ceremony(&self) -> String {
        let mut name = [0_u8; 16];
        self.entropy()(&mut name);
        hex(&name)
    }

    /// Begins a sign-in, or a proof of who sits there: any passkey of this installation may answer.
    pub fn ask_passkey(&self) -> Result<Asked, Failure> {
        let door = self.passkey_door()?;
        let (options, state) = door.webauthn.start_discoverable_authentication().map_err(broken)?;
        let ceremony = self.ceremony();
        door.keep(ceremony.clone(), self.now(), Ceremony::SignIn(state));
        Ok(Asked {
            ceremony,
            options: serde_json::to_value(options.public_key).map_err(StoreError::damaged)?,
        })
    }

    /// Whose passkey answered. Whatever is wrong, one answer.
    async fn by_passkey(&self, answer: &str) -> Result<PersonId, Failure> {
        let door = self.passkey_door()?;
        let Answered { ceremony, credential } = answered::<PublicKeyCredential>(answer)?;
        let failed = || Failure::from(Code::PasskeyFailed);
        let Some(Ceremony::SignIn(state)) = door.take(&ceremony, self.now()) else { return Err(failed()) };
        let (owner, id) =
            door.webauthn.identify_discoverable_authentication(&credential).map_err(|_| failed())?;
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one(
                "SELECT person_id, kept FROM passkey WHERE registry_id = $1 AND credential_id = $2",
                values![HOUSE, id.to_vec()],
            )
            .await?;
        let found = row.as_ref().map(known).transpose()?;
        drop(conn);
        let found = found.filter(|known| known.person.bytes() == owner.as_bytes()).ok_or_else(failed)?;
        let key = DiscoverableKey::from(&found.key);
        match door.webauthn.finish_discoverable_authentication_v2(&credential, state, &key) {
            Ok(result) => self.keep_use(id, found, &result).await,
            Err(WebauthnError::CredentialPossibleCompromise) => {
                self.notice("passkey-copied", Some(found.person), "").await?;
                Err(failed())
            }
            Err(_) => Err(failed()),
        }
    }

    async fn keep_use(
        &self,
        id: &[u8],
        mut found: Known,
        result: &AuthenticationResult,
    ) -> Result<PersonId, Failure> {
        found.key.update_credential(result);
        let kept = serde_json::to_string(&found.key).map_err(StoreError::damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE passkey SET kept = $3, used_at = $4 WHERE registry_id = $1 AND credential_id = $2",
            values![HOUSE, id.to_vec(), kept, self.now()],
        )
        .await?;
        conn.commit().await?;
        Ok(found.person)
    }

    /// Opens a session for the person whose passkey answered. The device has made sure of him: that is a fresh proof.
    pub async fn sign_in_by_passkey(&self, answer: &str) -> Result<(PersonId, String), Failure> {
        let person = self.by_passkey(answer).await?;
        let now = self.now();
        let house = self.house().await?;
        let mut conn = self.database().begin_read().await?;
        let known = self.known_in(&mut conn, &house, person).await?;
        drop(conn);
        if known.is_none_or(|known| known.person.has_left(now.date(&house.zone))) {
            return Err(Code::PasskeyFailed.into());
        }
        let terms = Terms { proven: Some(now), ceiling: None, way: Way::Passkey };
        Ok((person, self.open_session(person, SessionKind::Browser, "", now, terms).await?))
    }

    /// Proves once more, with a passkey of his, that it is still the person of a session who sits there.
    pub async fn prove_by_passkey(&self, session: &Session, answer: &str) -> Result<Session, Failure> {
        if self.by_passkey(answer).await? != session.person {
            return Err(Code::PasskeyFailed.into());
        }
        self.keep_proof(session, self.now()).await
    }

    /// Begins to add a passkey for the person of a session, who proved a short while ago that it is he: whoever finds a
    /// session open makes no key to it.
    pub async fn offer_passkey(&self, by: &Session, name: &str) -> Result<Asked, Failure> {
        let door = self.passkey_door()?;
        called(name, NAME)?;
        if !is_fresh(by.proven, self.now()) {
            return Err(Code::SignInNotFresh.into());
        }
        let mut conn = self.database().begin_read().await?;
        let house = self.house_in(&mut conn).await?;
        let person = self.known_in(&mut conn, &house, by.person).await?.ok_or(Code::NotSignedIn)?;
        let rows = conn
            .all(
                "SELECT person_id, kept FROM passkey WHERE registry_id = $1 AND person_id = $2",
                values![HOUSE, by.person],
            )
            .await?;
        drop(conn);
        if rows.len() >= KEPT {
            return Err(Refusal::new(Code::TooManyKept).with("limit", KEPT).into());
        }
        let held = rows
            .iter()
            .map(|row| Ok(known(row)?.key.cred_id().clone()))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let user = Uuid::from_bytes(*by.person.bytes());
        let (login, name) = (&person.person.login, &person.person.name);
        let (options, state) =
            door.webauthn.start_passkey_registration(user, login, name, Some(held)).map_err(broken)?;
        let mut options = serde_json::to_value(options.public_key).map_err(StoreError::damaged)?;
        // Whoever signs in types no name: the device must find the key by itself.
        if let Some(choice) = options.get_mut("authenticatorSelection").and_then(Value::as_object_mut) {
            choice.insert("residentKey".to_owned(), "required".into());
            choice.insert("requireResidentKey".to_owned(), true.into());
        }
        let ceremony = self.ceremony();
        door.keep(ceremony.clone(), self.now(), Ceremony::Add(by.person, state));
        Ok(Asked { ceremony, options })
    }

    /// Keeps the passkey that the device of the person of a session made.
    pub async fn add_passkey(&self, by: &Session, name: &str, answer: &str) -> Result<(), Failure> {
        let door = self.passkey_door()?;
        let now = self.now();
        if !is_fresh(by.proven, now) {
            return Err(Code::SignInNotFresh.into());
        }
        let name = called(name, NAME)?;
        let Answered { ceremony, credential } = answered::<RegisterPublicKeyCredential>(answer)?;
        let state = match door.take(&ceremony, now) {
            Some(Ceremony::Add(person, state)) if person == by.person => state,
            _ => return Err(Code::PasskeyFailed.into()),
        };
        let key = door
            .webauthn
            .finish_passkey_registration(&credential, &state)
            .map_err(|_| Code::PasskeyFailed)?;
        let kept = serde_json::to_string(&key).map_err(StoreError::damaged)?;
        let id = key.cred_id().to_vec();
        let mut conn = self.database().begin_write().await?;
        let known = conn
            .execute(
                "INSERT INTO passkey (registry_id, credential_id, person_id, name, kept, added_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (registry_id, credential_id) DO NOTHING",
                values![HOUSE, id, by.person, name, kept, now],
            )
            .await?;
        conn.commit().await?;
        if known == 1 { Ok(()) } else { Err(Code::PasskeyFailed.into()) }
    }

    /// The passkeys of a person, newest first.
    pub async fn passkeys(&self, person: PersonId) -> Result<Vec<PasskeyView>, Failure> {
        let mut conn = self.database().begin_read().await?;
        let rows = conn
            .all(
                "SELECT credential_id, name, added_at, used_at FROM passkey WHERE registry_id = $1 AND person_id = $2 ORDER BY added_at DESC, credential_id",
                values![HOUSE, person],
            )
            .await?;
        let view = |row: &Row| {
            Ok(PasskeyView {
                id: Digest::of(&row.bytes(0)?),
                name: row.text(1)?,
                added: row.time(2)?,
                used: row.opt_time(3)?,
            })
        };
        rows.iter().map(view).collect()
    }

    /// Ends a passkey of the person of a session. The sessions that it opened go on.
    pub async fn drop_passkey(&self, by: &Session, id: Digest) -> Result<(), Failure> {
        if !is_fresh(by.proven, self.now()) {
            return Err(Code::SignInNotFresh.into());
        }
        let mut conn = self.database().begin_write().await?;
        let rows = conn
            .all(
                "SELECT credential_id FROM passkey WHERE registry_id = $1 AND person_id = $2",
                values![HOUSE, by.person],
            )
            .await?;
        for row in rows {
            let credential = row.bytes(0)?;
            if Digest::of(&credential) == id {
                conn.execute(
                    "DELETE FROM passkey WHERE registry_id = $1 AND credential_id = $2",
                    values![HOUSE, credential],
                )
                .await?;
                return Ok(conn.commit().await?);
            }
        }
        Err(Refusal::on("id", Code::NotOffered).into())
    }
}

fn broken(error: WebauthnError) -> Failure {
    StoreError::damaged(error).into()
}
