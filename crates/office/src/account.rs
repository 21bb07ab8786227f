//! A person's own doors: sessions, tokens, one-time codes from an officer. Local tables only.

use registry::{Code, HOUSE, PersonId, Refusal, Timestamp, authorisation::Role, id::Digest};
use store::{house, values};

use crate::{
    failure::Failure,
    office::Office,
    signin::{IDLE, SessionKind, keep_code, new_code},
};

/// Longest name of a token, in characters.
const NAME: usize = 100;

/// A session or token of a person, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Which kind.
    pub kind: SessionKind,
    /// What a token is called.
    pub name: String,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// When it ends in any case.
    pub until: Timestamp,
    /// True for the one that asks.
    pub own: bool,
}

impl Office {
    /// The sessions and tokens of a person that are open, newest first; `own` is the secret of the one that asks.
    pub async fn sessions_of(&self, person: PersonId, own: &str) -> Result<Vec<SessionView>, Failure> {
        let now = self.now();
        let digest = Digest::of(own.as_bytes());
        let mut conn = self.database().begin_read().await?;
        let rows = conn
            .all(
                "SELECT kind, name, created_at, seen_at, until, token_digest FROM session WHERE registry_id = $1 AND person_id = $2 AND until > $3 ORDER BY created_at DESC, token_digest",
                values![HOUSE, person, now],
            )
            .await?;
        let mut sessions = Vec::new();
        for row in rows {
            let kind = if row.text(0)? == "token" { SessionKind::Token } else { SessionKind::Browser };
            let seen = row.time(3)?;
            if kind == SessionKind::Browser && now.seconds_since(seen) >= IDLE {
                continue;
            }
            sessions.push(SessionView {
                kind,
                name: row.text(1)?,
                created: row.time(2)?,
                seen,
                until: row.time(4)?,
                own: row.array::<32>(5)? == digest.0,
            });
        }
        Ok(sessions)
    }

    /// Makes a token for a program of a person's; the secret is given once.
    pub async fn new_token(&self, person: PersonId, name: &str) -> Result<String, Failure> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Refusal::on("name", Code::Required).into());
        }
        if name.chars().count() > NAME || name.chars().any(char::is_control) {
            return Err(Refusal::on("name", Code::TooLong).with("limit", NAME).into());
        }
        Ok(self.open_session(person, SessionKind::Token, &name, self.now()).await?)
    }

    /// The one-time code for somebody who has just been added, from the officer or administrator who added him. Gives
    /// none any more once a password is set, so that a form sent again closes no account; nor, to an administrator,
    /// once the person holds anything, for whoever gives a code could sign in with it.
    pub async fn first_code_as(&self, giver: PersonId, person: PersonId) -> Result<Option<String>, Failure> {
        let mut conn = self.database().begin_read().await?;
        let house = self.house_in(&mut conn).await?;
        let known = self.known_in(&mut conn, &house, giver).await?.ok_or(Code::Forbidden)?;
        let officer = known.viewer.has(Role::SecurityOfficer, None);
        if giver == person || !(officer || known.viewer.has(Role::Administrator, None)) {
            return Err(Code::Forbidden.into());
        }
        let held = house::authorisations(&mut conn, person).await?;
        let password = conn
            .one(
                "SELECT password FROM credential WHERE registry_id = $1 AND person_id = $2",
                values![HOUSE, person],
            )
            .await?
            .map(|row| row.opt_text(0))
            .transpose()?
            .flatten();
        drop(conn);
        if password.is_some() || !held.is_empty() && !officer {
            return Ok(None);
        }
        let code = new_code(self.entropy());
        let mut conn = self.database().begin_write().await?;
        keep_code(&mut conn, person, &code, self.now()).await?;
        conn.commit().await?;
        Ok(Some(code))
    }
}
