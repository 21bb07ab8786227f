//! Signing in: one-time codes, passwords, sessions, tokens, lock-out. Local tables only; nothing of it is in a
//! ledger, and no secret is kept as it was given.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
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

/// Keeps a one-time code for a person; any earlier one and any password end.
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

struct Kept {
    password: Option<String>,
    code: Option<(Digest, Timestamp)>,
    failures: i64,
    locked_until: Option<Timestamp>,
}

async fn kept(conn: &mut Conn, person: PersonId) -> Result<Option<Kept>, StoreError> {
    let row = conn
        .one(
            "SELECT password, code_digest, code_until, failures, locked_until FROM credential WHERE registry_id = $1 AND person_id = $2",
            values![HOUSE, person],
        )
        .await?;
    row.map(|row| {
        let code = match (row.opt_bytes(1)?, row.opt_time(2)?) {
            (Some(_), Some(until)) => Some((Digest(row.array(1)?), until)),
            _ => None,
        };
        Ok(Kept { password: row.opt_text(0)?, code, failures: row.int(3)?, locked_until: row.opt_time(4)? })
    })
    .transpose()
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
        let now = self.now();
        let mut conn = self.database().begin_read().await?;
        let person = house::person_by_login(&mut conn, login).await?;
        let known = match &person {
            Some(person) => kept(&mut conn, person.id).await?,
            None => None,
        };
        drop(conn);
        if let Some(until) = known.as_ref().and_then(|k| k.locked_until).filter(|until| *until > now) {
            let minutes = until.seconds_since(now) / 60 + 1;
            return Err(Refusal::new(Code::LockedOut).with("minutes", minutes).into());
        }
        let against = known.as_ref().and_then(|k| k.password.clone()).unwrap_or_else(|| NOBODY.to_owned());
        let given = password.to_owned();
        let right = tokio::task::spawn_blocking(move || verify(&given, &against))
            .await
            .map_err(StoreError::damaged)?;
        let Some(person) = person else { return Err(Code::SignInFailed.into()) };
        if !right {
            self.count_failure(person.id, known.map_or(0, |k| k.failures), now).await?;
            return Err(Code::SignInFailed.into());
        }
        let token = self.open_session(person.id, kind, name, now).await?;
        Ok((person.id, token))
    }

    async fn count_failure(&self, person: PersonId, before: i64, now: Timestamp) -> Result<(), StoreError> {
        let failures = before + 1;
        let locked = (failures >= FAILURES).then(|| now.plus_seconds(LOCKED));
        let kept = if locked.is_some() { 0 } else { failures };
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "UPDATE credential SET failures = $1, locked_until = $2 WHERE registry_id = $3 AND person_id = $4",
            values![kept, locked, HOUSE, person],
        )
        .await?;
        Ok(conn.commit().await?)
    }

    pub(crate) async fn open_session(
        &self,
        person: PersonId,
        kind: SessionKind,
        name: &str,
        now: Timestamp,
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
        conn.commit().await?;
        Ok(token)
    }

    /// The person whose session a secret opens, when it is still open.
    pub async fn session(&self, token: &str) -> Result<Option<PersonId>, StoreError> {
        let now = self.now();
        let digest = Digest::of(token.as_bytes());
        let mut conn = self.database().begin_read().await?;
        let row = conn
            .one(
                "SELECT person_id, kind, seen_at, until FROM session WHERE registry_id = $1 AND token_digest = $2",
                values![HOUSE, digest.0],
            )
            .await?;
        drop(conn);
        let Some(row) = row else { return Ok(None) };
        let person: PersonId = row.id(0)?;
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
        Ok(Some(person))
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
            self.count_failure(person.id, known.failures, now).await?;
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
