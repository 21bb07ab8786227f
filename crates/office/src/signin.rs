//! Signing in: one-time codes, passwords, sessions, tokens, lock-out. Local tables only; nothing of it is in a
//! ledger, and no secret is kept as it was given.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use label::{Clearance, NamedClearance};
use registry::{Code, HOUSE, PersonId, Refusal, Timestamp, id::Digest};
use store::{StoreError, house, sql::Conn, values, vault::Entropy};

use crate::{failure::Failure, office::Office};

/// Failures after which an account is locked.
const FAILURES: i64 = 5;
/// Seconds for which it is.
const LOCKED: i64 = 15 * 60;
/// Seconds for which a one-time code opens an account.
pub const CODE: i64 = 7 * 24 * 3600;
/// Seconds without a request after which a session ends.
pub const IDLE: i64 = 15 * 60;
/// Seconds after which a session ends in any case.
pub const ABSOLUTE: i64 = 12 * 3600;
/// Seconds after which the token of a program ends.
pub const TOKEN: i64 = 90 * 24 * 3600;
/// Seconds for which a password that was proven counts for an act of two persons, and for giving a one-time code.
pub const FRESH: i64 = 15 * 60;
/// Shortest password, in characters (NIST SP 800-63B-4 asks 15 where a password stands alone).
pub const PASSWORD: usize = 15;

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

/// A new one-time code: four groups of five letters and digits that can't be mistaken, about 98 bits.
pub fn new_code(entropy: &Entropy) -> String {
    const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut bytes = [0_u8; 20];
    entropy(&mut bytes);
    let mut code = String::new();
    for (n, byte) in bytes.iter().enumerate() {
        if n > 0 && n % 5 == 0 {
            code.push('-');
        }
        code.push(SIGNS.get(usize::from(byte & 31)).map_or('2', |s| char::from(*s)));
    }
    code
}

fn code_digest(code: &str) -> Digest {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    Digest::of(plain.as_bytes())
}

/// Keeps a one-time code for a person; any earlier one, any password and any passkey end.
pub async fn keep_code(
    conn: &mut Conn,
    person: PersonId,
    code: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    conn.execute(
        "INSERT INTO credential (registry_id, person_id, password, code_digest, code_until, failures, locked_until) VALUES ($1, $2, NULL, $3, $4, 0, NULL) ON CONFLICT (registry_id, person_id) DO UPDATE SET password = NULL, code_digest = excluded.code_digest, code_until = excluded.code_until, failures = 0, locked_until = NULL",
        values![HOUSE, person, code_digest(code).0, now.plus_seconds(CODE)],
    )
    .await?;
    conn.execute("DELETE FROM passkey WHERE registry_id = $1 AND person_id = $2", values![HOUSE, person])
        .await?;
    Ok(())
}

fn hash(password: &str, salt: &[u8; 16]) -> Result<String, StoreError> {
    let hash: PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), salt).map_err(StoreError::damaged)?;
    Ok(hash.to_string())
}

fn verify(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept)
        .is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
}

/// A hash of no password, so that an unknown login takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2Q$uMHSYCJoWgNYDG4Rl8MG2uyTmFrzQqBmRTxCtYnoDvA";

/// Longest that a sign-in waits for its turn.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
/// Passwords that are hashed at once.
const AT_ONCE: usize = 4;
/// Most unknown logins of which failures are remembered.
const STRANGERS: usize = 10_000;

/// Guesses at passwords: who waits for his turn, and failures of logins that nobody has. These are locked like those that
/// somebody has, or a lock would tell which is which.
#[derive(Debug)]
pub(crate) struct Guesses {
    turns: tokio::sync::Semaphore,
    strangers: Mutex<HashMap<Digest, (i64, Timestamp)>>,
}

impl Default for Guesses {
    fn default() -> Self {
        Self { turns: tokio::sync::Semaphore::new(AT_ONCE), strangers: Mutex::default() }
    }
}

impl Guesses {
    fn key(login: &str) -> Digest {
        Digest::of(login.trim().to_lowercase().as_bytes())
    }

    fn of(&self, login: &str, now: Timestamp) -> Option<Kept> {
        let strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        let (failures, until) = strangers.get(&Self::key(login)).copied()?;
        let locked_until = Some(until).filter(|until| failures >= FAILURES && *until > now);
        Some(Kept { password: None, code: None, locked_until })
    }

    fn count(&self, login: &str, now: Timestamp) {
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        if strangers.len() >= STRANGERS {
            strangers.retain(|_, (failures, until)| *failures >= FAILURES && *until > now);
        }
        if strangers.len() >= STRANGERS {
            strangers.clear();
        }
        let (failures, until) = strangers.entry(Self::key(login)).or_insert((0, now));
        // A lock that has ended counts anew, as that of a person does.
        *failures = if *failures >= FAILURES { 1 } else { *failures + 1 };
        *until = now.plus_seconds(LOCKED);
    }
}

struct Kept {
    password: Option<String>,
    code: Option<(Digest, Timestamp)>,
    locked_until: Option<Timestamp>,
}

async fn kept(conn: &mut Conn, person: PersonId) -> Result<Option<Kept>, StoreError> {
    let row = conn
        .one(
            "SELECT password, code_digest, code_until, locked_until FROM credential WHERE registry_id = $1 AND person_id = $2",
            values![HOUSE, person],
        )
        .await?;
    row.map(|row| {
        let code = match (row.opt_bytes(1)?, row.opt_time(2)?) {
            (Some(_), Some(until)) => Some((Digest(row.array(1)?), until)),
            _ => None,
        };
        Ok(Kept { password: row.opt_text(0)?, code, locked_until: row.opt_time(3)? })
    })
    .transpose()
}

/// Whether a password is the one that is kept; where none is, it takes as long to say no.
async fn fits(known: Option<&Kept>, password: &str, now: Timestamp) -> Result<bool, Failure> {
    if let Some(until) = known.and_then(|k| k.locked_until).filter(|until| *until > now) {
        let minutes = until.seconds_since(now) / 60 + 1;
        return Err(Refusal::new(Code::LockedOut).with("minutes", minutes).into());
    }
    let against = known.and_then(|k| k.password.clone()).unwrap_or_else(|| NOBODY.to_owned());
    let given = password.to_owned();
    let right = tokio::task::spawn_blocking(move || verify(&given, &against)).await;
    Ok(right.map_err(StoreError::damaged)?)
}

impl Office {
    /// Opens a session with login and password. Unknown login and wrong password look alike and take as long.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
        kind: SessionKind,
        name: &str,
    ) -> Result<(PersonId, String), Failure> {
        self.sign_in_under(login, password, kind, name, None).await
    }

    /// The same, for a session that shows nothing above a ceiling. Only who is let in is told whether there is such a
    /// level.
    pub async fn sign_in_under(
        &self,
        login: &str,
        password: &str,
        kind: SessionKind,
        name: &str,
        ceiling: Option<&NamedClearance>,
    ) -> Result<(PersonId, String), Failure> {
        let now = self.now();
        // Before it is looked whether the account is locked: whoever tries many at once waits with them in line.
        let turn = self.turn().await?;
        let mut conn = self.database().begin_read().await?;
        let person = house::person_by_login(&mut conn, login).await?;
        let known = match &person {
            Some(person) => kept(&mut conn, person.id).await?,
            None => self.guesses().of(login, now),
        };
        drop(conn);
        let right = fits(known.as_ref(), password, now).await?;
        let Some(person) = person else {
            self.guesses().count(login, now);
            return Err(Code::SignInFailed.into());
        };
        if !right {
            self.count_failure(person.id, now).await?;
            return Err(Code::SignInFailed.into());
        }
        drop(turn);
        let house = self.house().await?;
        // Who has left is nobody here any more, whatever he still knows.
        if person.has_left(now.date(&house.zone)) {
            return Err(Code::SignInFailed.into());
        }
        let ceiling = ceiling
            .map(|named| house.policies.resolve_clearance(named))
            .transpose()
            .map_err(|_| Refusal::on("ceiling", Code::NotOffered))?;
        let terms = Terms { proven: Some(now), ceiling: ceiling.as_ref(), way: Way::Password };
        let token = self.open_session(person.id, kind, name, now, terms).await?;
        Ok((person.id, token))
    }

    /// Proves once more, with the password, that it is still the person of a session who sits there. A wrong password
    /// counts towards the lock-out like one at the door.
    pub async fn prove(&self, session: &Session, password: &str) -> Result<Session, Failure> {
        let now = self.now();
        let _turn = self.turn().await?;
        let mut conn = self.database().begin_read().await?;
        let known = kept(&mut conn, session.person).await?;
        drop(conn);
        if !fits(known.as_ref(), password, now).await? {
            self.count_failure(session.person, now).await?;
            return Err(Refusal::on("password", Code::PasswordWrong).into());
        }
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE credential SET failures = 0, locked_until = NULL WHERE registry_id = $1 AND person_id = $2",
            values![HOUSE, session.person],
        )
        .await?;
        conn.commit().await?;
        self.keep_proof(session, now).await
    }

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

    /// Counts a failure where the count stands, so that two at once are two; at the last one the account is locked.
    async fn count_failure(&self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE credential SET failures = failures + 1 WHERE registry_id = $1 AND person_id = $2",
            values![HOUSE, person],
        )
        .await?;
        conn.execute(
            "UPDATE credential SET failures = 0, locked_until = $1 WHERE registry_id = $2 AND person_id = $3 AND failures >= $4",
            values![now.plus_seconds(LOCKED), HOUSE, person, FAILURES],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    /// A turn to have a password hashed, which takes memory and a core: only some at once, and nobody waits for ever.
    async fn turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>, Failure> {
        let turn = tokio::time::timeout(PATIENCE, self.guesses().turns.acquire()).await;
        turn.map_err(|_| Code::Busy)?.map_err(|_| Code::Busy.into())
    }

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

    /// Gives a person a one-time code in place of any password, and ends every session.
    pub async fn give_code(&self, person: PersonId) -> Result<String, StoreError> {
        let code = new_code(self.entropy());
        let mut conn = self.database().begin_write().await?;
        keep_code(&mut conn, person, &code, self.now()).await?;
        conn.execute("DELETE FROM session WHERE registry_id = $1 AND person_id = $2", values![HOUSE, person])
            .await?;
        conn.commit().await?;
        Ok(code)
    }

    /// Sets a password with a one-time code, which then is used up.
    pub async fn set_password(&self, login: &str, code: &str, password: &str) -> Result<PersonId, Failure> {
        if password.chars().count() < PASSWORD {
            return Err(Refusal::on("password", Code::PasswordTooShort).with("length", PASSWORD).into());
        }
        if password.len() > 1_000 {
            return Err(Refusal::on("password", Code::TooLong).with("limit", 1_000).into());
        }
        let now = self.now();
        let _turn = self.turn().await?;
        let mut salt = [0_u8; 16];
        self.entropy()(&mut salt);
        let given = password.to_owned();
        let hashed =
            tokio::task::spawn_blocking(move || hash(&given, &salt)).await.map_err(StoreError::damaged)??;
        let mut conn = self.database().begin_write().await?;
        let person = house::person_by_login(&mut conn, login).await?.ok_or(Code::CodeExpired)?;
        let known = kept(&mut conn, person.id).await?.ok_or(Code::CodeExpired)?;
        if known.locked_until.is_some_and(|until| until > now) {
            return Err(Refusal::new(Code::LockedOut).with("minutes", LOCKED / 60).into());
        }
        let fits = known.code.is_some_and(|(digest, until)| digest == code_digest(code) && until > now);
        if !fits {
            drop(conn);
            self.count_failure(person.id, now).await?;
            return Err(Code::CodeExpired.into());
        }
        conn.execute(
            "UPDATE credential SET password = $1, code_digest = NULL, code_until = NULL, failures = 0, locked_until = NULL WHERE registry_id = $2 AND person_id = $3",
            values![hashed, HOUSE, person.id],
        )
        .await?;
        conn.commit().await?;
        Ok(person.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = new_code(&crate::clock::seeded_entropy(1));
        assert_eq!(code.len(), 23);
        assert_eq!(code_digest(&code), code_digest(&code.to_lowercase().replace('-', " ")));
    }

    #[test]
    fn a_password_verifies_and_nobody_has_none() {
        let kept = hash("a long enough phrase", &[7; 16]).unwrap();
        assert!(verify("a long enough phrase", &kept));
        assert!(!verify("a long enough phrasf", &kept));
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(!verify("", NOBODY));
    }
}
