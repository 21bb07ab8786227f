//! Signing in: with login and password, and once more for what asks for a fresh proof. Passwords and codes, guesses at them
//! and sessions stand beside this. Local tables only; nothing of it is in a ledger, and no secret is kept as it was given.

mod credential;
mod guesses;
mod session;

use label::NamedClearance;
use registry::{Code, HOUSE, PersonId, Refusal};
use store::{house, values};

use crate::{failure::Failure, office::Office};

pub use credential::{CODE, PASSWORD, keep_code, new_code};
use credential::{fits, kept};
pub(crate) use guesses::Guesses;
pub use session::{ABSOLUTE, FRESH, IDLE, Session, SessionKind, TOKEN, Way};
pub(crate) use session::{Terms, ceiling_of, is_fresh, read_ceiling};

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
}
