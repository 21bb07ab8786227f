//! Signing in through the organisation's directory: what waits for a browser to come back, and which lasting id at the
//! directory is whose. Owns that a directory makes nobody a person, gives nobody a right, and cannot give a login anew.

use std::path::Path;

use directory::{Http, Identity, Provider, Returned, Secret, Settings, begin, begin_anew, finish};
use registry::{Code, HOUSE, PersonId, Refusal, Timestamp, id::Digest};
use serde::Deserialize;
use store::{StoreError, house, values};

use super::{read_secret, read_text};
use crate::{
    failure::Failure,
    office::Office,
    signin::{Session, SessionKind, Terms, Way, is_fresh},
};

/// Seconds for which what the directory says of itself is kept.
const KNOWN: i64 = 600;
/// Seconds within which a browser must be back.
const BACK: i64 = 600;
/// Most browsers that may be on their way at once.
const ON_THEIR_WAY: i64 = 10_000;

/// What an installation sets of its directory.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectorySettings {
    name: String,
    issuer: String,
    client_id: String,
    secret_file: Option<String>,
    return_to: String,
    #[serde(default = "scopes")]
    scopes: Vec<String>,
    login_claim: Option<String>,
    authorities_file: Option<String>,
}

fn scopes() -> Vec<String> {
    vec!["profile".to_owned()]
}

/// The directory at which people may sign in.
#[derive(Debug)]
pub struct DirectoryDoor {
    /// What people call it: stands on the button.
    pub name: String,
    /// The certificate authorities of its server (PEM), where the public ones do not vouch for it.
    pub authorities: Option<String>,
    settings: Settings,
    known: tokio::sync::Mutex<Option<(Timestamp, Provider)>>,
}

impl DirectoryDoor {
    /// Opens it as it is set.
    pub(crate) fn open(set: DirectorySettings, folder: &Path) -> Result<Self, String> {
        if set.name.trim().is_empty() || set.name.chars().count() > 60 {
            return Err("name is empty or longer than 60 characters".to_owned());
        }
        let secret = set.secret_file.map(|file| read_secret(&folder.join(file))).transpose()?;
        let authorities = set.authorities_file.map(|file| read_text(&folder.join(file))).transpose()?;
        let settings = Settings {
            issuer: set.issuer,
            client_id: set.client_id,
            client_secret: secret.map(Secret::new),
            return_to: set.return_to,
            scopes: set.scopes,
            login_claim: set.login_claim.unwrap_or_else(|| "preferred_username".to_owned()),
            groups_claim: None,
        };
        settings.check().map_err(|e| e.to_string())?;
        Ok(Self { name: set.name, authorities, settings, known: tokio::sync::Mutex::const_new(None) })
    }

    async fn provider(&self, http: &impl Http, now: Timestamp) -> Result<Provider, directory::Refusal> {
        let mut known = self.known.lock().await;
        if let Some((at, provider)) = &*known
            && now.seconds_since(*at).abs() < KNOWN
        {
            return Ok(provider.clone());
        }
        let provider = Provider::discover(http, &self.settings).await?;
        *known = Some((now, provider.clone()));
        Ok(provider)
    }
}

/// A browser on its way to the directory.
#[derive(Debug)]
pub struct Leaving {
    /// Where it goes.
    pub address: String,
    /// What it must bring back, and no other browser has.
    pub secret: String,
}

/// A browser that is back.
#[derive(Debug)]
pub struct Arrived {
    /// Where it goes on.
    pub back: String,
    /// The secret of the session that was opened; none where one that was open was proven anew.
    pub session: Option<String>,
}

/// The lasting id of a person at the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundName {
    /// Which directory.
    pub source: String,
    /// The id there.
    pub name: String,
    /// Since when.
    pub bound: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
}

impl Office {
    /// Sends a browser to the directory. With a session, to prove anew that it is still its person who sits there.
    pub async fn leave_for_directory(
        &self,
        http: &impl Http,
        back: &str,
        anew: Option<&Session>,
    ) -> Result<Leaving, Failure> {
        let door = self.doors().directory.as_ref().ok_or(Code::NotFound)?;
        let now = self.now();
        let provider = match door.provider(http, now).await {
            Ok(provider) => provider,
            Err(refusal) => return Err(self.refused_there(refusal).await?),
        };
        let mut random = [0; 96];
        self.entropy()(&mut random);
        let mut secret = [0; 32];
        self.entropy()(&mut secret);
        let secret = registry::id::hex(&secret);
        let begun = match anew {
            Some(_) => begin_anew(&provider, &random, now.jiff()),
            None => begin(&provider, &random, now.jiff()),
        };
        let kept = serde_json::to_string(&begun.kept).map_err(StoreError::damaged)?;
        let mut conn = self.database().begin_write().await?;
        conn.execute("DELETE FROM door_begun WHERE registry_id = $1 AND until < $2", values![HOUSE, now])
            .await?;
        let waiting =
            conn.one("SELECT COUNT(*) FROM door_begun WHERE registry_id = $1", values![HOUSE]).await?;
        if waiting.map(|row| row.int(0)).transpose()?.unwrap_or(0) >= ON_THEIR_WAY {
            return Err(Code::Busy.into());
        }
        conn.execute(
            "INSERT INTO door_begun (registry_id, browser_digest, kept, back, session_digest, until) VALUES ($1, $2, $3, $4, $5, $6)",
            values![HOUSE, Digest::of(secret.as_bytes()).0, kept, back, anew.map(|s| s.digest.0), now.plus_seconds(BACK)],
        )
        .await?;
        conn.commit().await?;
        Ok(Leaving { address: begun.address, secret })
    }

    /// Takes in a browser that comes back from the directory. What was kept for it is used up, whatever comes of it.
    pub async fn come_from_directory(
        &self,
        http: &impl Http,
        secret: &str,
        returned: &Returned,
        session: Option<&Session>,
    ) -> Result<Arrived, Failure> {
        let door = self.doors().directory.as_ref().ok_or(Code::NotFound)?;
        let now = self.now();
        let browser = Digest::of(secret.as_bytes());
        let mut conn = self.database().begin_write().await?;
        let row = conn
            .one(
                "SELECT kept, back, session_digest FROM door_begun WHERE registry_id = $1 AND browser_digest = $2 AND until >= $3",
                values![HOUSE, browser.0, now],
            )
            .await?;
        let row = row.ok_or(Code::DirectoryAnew)?;
        let taken = conn
            .execute(
                "DELETE FROM door_begun WHERE registry_id = $1 AND browser_digest = $2",
                values![HOUSE, browser.0],
            )
            .await?;
        conn.commit().await?;
        // Of two that come at once, one has taken it.
        if taken != 1 {
            return Err(Code::DirectoryAnew.into());
        }
        let kept = serde_json::from_str(&row.text(0)?).map_err(StoreError::damaged)?;
        let back = row.text(1)?;
        let proves = row.opt_bytes(2)?;
        let identity = async {
            let provider = door.provider(http, now).await?;
            finish(http, &provider, kept, returned, now.jiff()).await
        };
        let identity = match identity.await {
            Ok(identity) => identity,
            Err(refusal) => return Err(self.refused_there(refusal).await?),
        };
        let person = self.bound(&identity, now).await?;
        let proven = identity.proven.map(|at| Timestamp::from_micros(at.as_microsecond()));
        let proven = proven.filter(|at| is_fresh(Some(*at), now));
        match (proves, session) {
            (None, _) => {
                let terms = Terms { proven, ceiling: None, way: Way::Directory };
                let session = self.open_session(person, SessionKind::Browser, "", now, terms).await?;
                Ok(Arrived { back, session: Some(session) })
            }
            (Some(digest), Some(session)) if digest == session.digest.0 && session.person == person => {
                self.keep_proof(session, now).await?;
                Ok(Arrived { back, session: None })
            }
            (Some(_), _) => Err(Code::DirectoryOther.into()),
        }
    }

    /// The person of this house whom the directory means. The lasting id is bound to the person at the first sign-in; from
    /// then on the login says nothing without it.
    async fn bound(&self, identity: &Identity, now: Timestamp) -> Result<PersonId, Failure> {
        let zone = self.house().await?.zone.clone();
        let (source, name) = (identity.issuer.as_str(), identity.subject.as_str());
        let mut conn = self.database().begin_write().await?;
        let known = house::person_by_login(&mut conn, &identity.login).await?;
        // Letters that only look alike, or fold to the same, name nobody.
        let known = known.filter(|person| {
            !person.has_left(now.date(&zone)) && identity.login.eq_ignore_ascii_case(&person.login)
        });
        let person = known.map(|person| person.id).ok_or_else(|| {
            Failure::from(Refusal::new(Code::DirectoryUnknown).with("login", &identity.login))
        })?;
        let of_name = conn
            .one(
                "SELECT person_id FROM door_name WHERE registry_id = $1 AND source = $2 AND name = $3",
                values![HOUSE, source, name],
            )
            .await?
            .map(|row| row.id::<PersonId>(0))
            .transpose()?;
        let of_person = conn
            .one(
                "SELECT name FROM door_name WHERE registry_id = $1 AND source = $2 AND person_id = $3",
                values![HOUSE, source, person],
            )
            .await?
            .map(|row| row.text(0))
            .transpose()?;
        let other_person = of_name.is_some_and(|of| of != person);
        let other_name = of_person.as_deref().is_some_and(|of| of != name);
        if other_person || other_name {
            drop(conn);
            let was = of_person.unwrap_or_default();
            let told = format!("{}: {was} → {name}", identity.login);
            self.notice(Code::DirectoryChanged.as_str(), Some(person), &told).await?;
            return Err(Refusal::new(Code::DirectoryChanged).with("login", &identity.login).into());
        }
        conn.execute(
            "INSERT INTO door_name (registry_id, source, person_id, name, bound_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (registry_id, source, person_id) DO UPDATE SET seen_at = excluded.seen_at",
            values![HOUSE, source, person, name, now],
        )
        .await?;
        conn.commit().await?;
        if of_person.is_none() {
            // From now on the directory opens this account: somebody looks whether it is his.
            let told = format!("{}: {name}", identity.login);
            self.notice("directory-bound", Some(person), &told).await?;
        }
        Ok(person)
    }

    /// The lasting ids of a person at the directory.
    pub async fn bound_names(&self, person: PersonId) -> Result<Vec<BoundName>, Failure> {
        let mut conn = self.database().begin_read().await?;
        let rows = conn
            .all(
                "SELECT source, name, bound_at, seen_at FROM door_name WHERE registry_id = $1 AND person_id = $2 ORDER BY source",
                values![HOUSE, person],
            )
            .await?;
        let bound = |row: &store::sql::Row| -> Result<BoundName, Failure> {
            let (source, name) = (row.text(0)?, row.text(1)?);
            Ok(BoundName { source, name, bound: row.time(2)?, seen: row.time(3)? })
        };
        rows.iter().map(bound).collect()
    }

    /// Lets the directory vouch for a person anew, under another id: after a change there that is known and right. By a
    /// security officer who just proved who he is, never for himself. Every session of the person ends.
    pub async fn release_names_as(&self, by: &Session, person: PersonId) -> Result<(), Failure> {
        self.may_mind_doors(by, person).await?;
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "DELETE FROM door_name WHERE registry_id = $1 AND person_id = $2",
            values![HOUSE, person],
        )
        .await?;
        conn.execute("DELETE FROM session WHERE registry_id = $1 AND person_id = $2", values![HOUSE, person])
            .await?;
        Ok(conn.commit().await.map_err(StoreError::from)?)
    }

    /// Whether somebody may change by what another signs in.
    pub(crate) async fn may_mind_doors(&self, by: &Session, person: PersonId) -> Result<(), Failure> {
        let mut reading = self.read_as(by).await?;
        reading.person_file(person).await?;
        if !reading.sees_authorisations() {
            return Err(Code::Forbidden.into());
        }
        if by.person == person {
            return Err(Code::OwnClearance.into());
        }
        if !is_fresh(by.proven, self.now()) {
            return Err(Code::SignInNotFresh.into());
        }
        Ok(())
    }

    /// What is said here of what went wrong there. Where somebody may stand in between, the officers are told.
    async fn refused_there(&self, refusal: directory::Refusal) -> Result<Failure, StoreError> {
        use directory::Refusal as There;
        tracing::warn!(code = refusal.code(), "{refusal}");
        let code = match &refusal {
            There::Gone { .. } => Code::DirectoryGone,
            There::Settings(_) | There::ClientRefused { .. } | There::NoLogin { .. } | There::NotAnew => {
                Code::DirectorySettings
            }
            There::Declined { .. } => Code::DirectoryDeclined,
            There::Expired => Code::DirectoryClock,
            There::CodeRefused { .. } | There::WrongState | There::TooLate => Code::DirectoryAnew,
            There::Unknown { .. } => Code::DirectoryUnknown,
            There::Nonsense(_)
            | There::WrongIssuer
            | There::WrongNonce
            | There::WrongAudience
            | There::WrongSignature => {
                self.notice(Code::DirectoryUntrusted.as_str(), None, &refusal.to_string()).await?;
                Code::DirectoryUntrusted
            }
        };
        Ok(code.into())
    }
}
