//! What a person proves himself with here: a one-time code, then a password. Owns how both are kept, never as they were
//! given, how failures are counted and when they lock.

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use registry::{Code, HOUSE, PersonId, Refusal, Timestamp, id::Digest};
use store::{StoreError, house, sql::Conn, values, vault::Entropy};

use crate::{failure::Failure, office::Office};

/// Failures after which an account is locked.
pub(super) const FAILURES: i64 = 5;
/// Seconds for which it is.
pub(super) const LOCKED: i64 = 15 * 60;
/// Seconds for which a one-time code opens an account.
pub const CODE: i64 = 7 * 24 * 3600;
/// Shortest password, in characters (NIST SP 800-63B-4 asks 15 where a password stands alone).
pub const PASSWORD: usize = 15;

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

/// What is kept of a person to prove himself with.
pub(super) struct Kept {
    pub(super) password: Option<String>,
    pub(super) code: Option<(Digest, Timestamp)>,
    pub(super) locked_until: Option<Timestamp>,
}

/// What is kept of a person; none: he was never given a code.
pub(super) async fn kept(conn: &mut Conn, person: PersonId) -> Result<Option<Kept>, StoreError> {
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
pub(super) async fn fits(known: Option<&Kept>, password: &str, now: Timestamp) -> Result<bool, Failure> {
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
    /// Counts a failure where the count stands, so that two at once are two; at the last one the account is locked.
    pub(super) async fn count_failure(&self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
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
