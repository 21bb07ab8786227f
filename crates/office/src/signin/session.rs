//! Sessions and tokens: what a secret opens, by which door and for how long, when its person last proved who he is, and up to
//! what it shows. Tables know a secret by its digest alone.

use label::Clearance;
use registry::{Code, HOUSE, PersonId, Timestamp, id::Digest};
use store::{StoreError, sql::Conn, values};

use crate::{failure::Failure, office::Office};

/// Seconds without a request after which a session ends.
pub const IDLE: i64 = 15 * 60;
/// Seconds after which a session ends in any case.
pub const ABSOLUTE: i64 = 12 * 3600;
/// Seconds after which the token of a program ends.
pub const TOKEN: i64 = 90 * 24 * 3600;
/// Seconds for which a password that was proven counts for an act of two persons, and for giving a one-time code.
pub const FRESH: i64 = 15 * 60;

/// What kind of session a secret opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// A browser: ends when idle.
    Browser,
    /// A token for a program: ends on its day.
    Token,
}

impl SessionKind {
    const fn as_str(self) -> &'static str {
        match self {
            SessionKind::Browser => "browser",
            SessionKind::Token => "token",
        }
    }
}

/// By which door a session was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With a password.
    Password,
    /// Through the organisation's directory.
    Directory,
    /// With a smart card.
    Certificate,
    /// With a passkey.
    Passkey,
}

impl Way {
    /// As it is kept, and as the texts name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Way::Password => "password",
            Way::Directory => "directory",
            Way::Certificate => "certificate",
            Way::Passkey => "passkey",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        [Way::Directory, Way::Certificate, Way::Passkey]
            .into_iter()
            .find(|way| way.as_str() == text)
            .unwrap_or(Way::Password)
    }
}

/// An open session or token: whose it is, when he last proved that it is he, and up to what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub person: PersonId,
    /// Which kind.
    pub kind: SessionKind,
    /// When the password was last proven in it.
    pub proven: Option<Timestamp>,
    /// The ceiling under which it shows anything; none: whatever the person may see.
    pub ceiling: Option<Clearance>,
    /// By which door it was opened.
    pub way: Way,
    /// By which the tables know it.
    pub(crate) digest: Digest,
}

/// Whether a proof of then is still one now. A clock that was set back makes nothing fresh for longer.
pub(crate) fn is_fresh(proven: Option<Timestamp>, now: Timestamp) -> bool {
    proven.is_some_and(|at| now.seconds_since(at).abs() < FRESH)
}

impl Session {
    /// The session of a program that stands in for a person within this process; no table knows it.
    pub const fn assumed(person: PersonId, proven: Timestamp) -> Self {
        let digest = Digest([0; 32]);
        Self {
            person,
            kind: SessionKind::Token,
            proven: Some(proven),
            ceiling: None,
            way: Way::Password,
            digest,
        }
    }

    /// Until when what asks for a fresh sign-in is done without another.
    pub fn fresh_until(&self) -> Option<Timestamp> {
        self.proven.map(|at| at.plus_seconds(FRESH))
    }
}

/// On what terms a session begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'a> {
    /// When the password was proven.
    pub(crate) proven: Option<Timestamp>,
    /// Up to what it shows.
    pub(crate) ceiling: Option<&'a Clearance>,
    /// By which door.
    pub(crate) way: Way,
}

/// The ceiling of a session, as the tables hold it now.
///
/// # Errors
/// Refused when the session is not open any more: what it may show is then nobody's to say.
pub(crate) async fn ceiling_of(conn: &mut Conn, digest: Digest) -> Result<Option<Clearance>, Failure> {
    let row = conn
        .one(
            "SELECT t.ceiling FROM session s JOIN session_terms t ON t.registry_id = s.registry_id AND t.token_digest = s.token_digest WHERE s.registry_id = $1 AND s.token_digest = $2",
            values![HOUSE, digest.0],
        )
        .await?;
    let row = row.ok_or(Code::NotSignedIn)?;
    Ok(read_ceiling(row.opt_text(0)?)?)
}

pub(crate) fn read_ceiling(text: Option<String>) -> Result<Option<Clearance>, StoreError> {
    text.map(|text| serde_json::from_str(&text).map_err(StoreError::damaged)).transpose()
}

impl Office {
    /// Keeps that the person of a session proved now that it is he.
    pub(crate) async fn keep_proof(&self, session: &Session, now: Timestamp) -> Result<Session, Failure> {
        let mut conn = self.database().begin_write().await?;
        // A session of before has no terms yet; it has no ceiling either, for then it would have them.
        conn.execute(
            "INSERT INTO session_terms (registry_id, token_digest, proven_at, ceiling, way, until) SELECT registry_id, token_digest, $1, NULL, 'password', until FROM session WHERE registry_id = $2 AND token_digest = $3 ON CONFLICT (registry_id, token_digest) DO UPDATE SET proven_at = excluded.proven_at",
            values![now, HOUSE, session.digest.0],
        )
        .await?;
        conn.commit().await?;
        Ok(Session { proven: Some(now), ..session.clone() })
    }

    /// Opens a session: its secret. Failures of before are forgotten.
    pub(crate) async fn open_session(
        &self,
        person: PersonId,
        kind: SessionKind,
        name: &str,
        now: Timestamp,
        terms: Terms<'_>,
    ) -> Result<String, StoreError> {
        let mut secret = [0_u8; 32];
        self.entropy()(&mut secret);
        let token = registry::id::hex(&secret);
        let until = match kind {
            SessionKind::Browser => now.plus_seconds(ABSOLUTE),
            SessionKind::Token => now.plus_seconds(TOKEN),
        };
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE credential SET failures = 0, locked_until = NULL WHERE registry_id = $1 AND person_id = $2",
            values![HOUSE, person],
        )
        .await?;
        conn.execute("DELETE FROM session WHERE registry_id = $1 AND until < $2", values![HOUSE, now])
            .await?;
        conn.execute(
            "INSERT INTO session (registry_id, token_digest, person_id, kind, name, created_at, seen_at, until) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
            values![HOUSE, Digest::of(token.as_bytes()).0, person, kind.as_str(), name, now, until],
        )
        .await?;
        conn.execute("DELETE FROM session_terms WHERE registry_id = $1 AND until < $2", values![HOUSE, now])
            .await?;
        let ceiling = terms.ceiling.map(serde_json::to_string).transpose().map_err(StoreError::damaged)?;
        // Never proven is proven before there was time.
        let proven = terms.proven.unwrap_or(Timestamp::from_micros(0));
        conn.execute(
            "INSERT INTO session_terms (registry_id, token_digest, proven_at, ceiling, way, until) VALUES ($1, $2, $3, $4, $5, $6)",
            values![HOUSE, Digest::of(token.as_bytes()).0, proven, ceiling, terms.way.as_str(), until],
        )
        .await?;
        conn.commit().await?;
        Ok(token)
    }

    /// The session that a secret opens, when it is still open.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, StoreError> {
        let now = self.now();
        let digest = Digest::of(token.as_bytes());
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one(
                "SELECT s.person_id, s.kind, s.seen_at, s.until, t.proven_at, t.ceiling, t.way FROM session s LEFT JOIN session_terms t ON t.registry_id = s.registry_id AND t.token_digest = s.token_digest WHERE s.registry_id = $1 AND s.token_digest = $2",
                values![HOUSE, digest.0],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let person: PersonId = row.id(0)?;
        let house = self.house_in(&mut conn).await?;
        let known = self.known_in(&mut conn, &house, person).await?;
        drop(conn);
        if known.is_none_or(|known| known.person.has_left(now.date(&house.zone))) {
            self.sign_out_everywhere(person).await?;
            return Ok(None);
        }
        let seen = row.time(2)?;
        let browser = row.text(1)? == SessionKind::Browser.as_str();
        if row.time(3)? <= now || (browser && now.seconds_since(seen) >= IDLE) {
            return Ok(None);
        }
        // Kept to the minute, so that reading does not write.
        if now.seconds_since(seen) >= 60 {
            let mut conn = self.database().begin_write().await?;
            conn.execute(
                "UPDATE session SET seen_at = $1 WHERE registry_id = $2 AND token_digest = $3",
                values![now, HOUSE, digest.0],
            )
            .await?;
            conn.commit().await?;
        }
        let kind = if browser { SessionKind::Browser } else { SessionKind::Token };
        let (proven, ceiling) = (row.opt_time(4)?, read_ceiling(row.opt_text(5)?)?);
        let way = row.opt_text(6)?.map_or(Way::Password, |way| Way::read(&way));
        Ok(Some(Session { person, kind, proven, ceiling, way, digest }))
    }

    /// Ends one session.
    pub async fn sign_out(&self, token: &str) -> Result<(), StoreError> {
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "DELETE FROM session WHERE registry_id = $1 AND token_digest = $2",
            values![HOUSE, Digest::of(token.as_bytes()).0],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    /// Ends every session and token of a person.
    pub async fn sign_out_everywhere(&self, person: PersonId) -> Result<u64, StoreError> {
        let mut conn = self.database().begin_write().await?;
        let ended = conn
            .execute("DELETE FROM session WHERE registry_id = $1 AND person_id = $2", values![HOUSE, person])
            .await?;
        conn.commit().await?;
        Ok(ended)
    }
}
