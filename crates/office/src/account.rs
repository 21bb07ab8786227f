//! A person's own doors: sessions, tokens, one-time codes from an officer. Local tables only.

use label::{Clearance, Label};
use registry::{
    Code, HOUSE, PersonId, Refusal, Timestamp,
    authorisation::{Grant, Role, Standing},
    id::Digest,
};
use store::{house, values};

use crate::{
    failure::Failure,
    office::Office,
    signin::{IDLE, Session, SessionKind, Terms, Way, is_fresh, keep_code, new_code, read_ceiling},
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
    /// The ceiling under which it shows anything.
    pub ceiling: Option<Clearance>,
    /// By which door it was opened.
    pub way: Way,
    /// True for the one that asks.
    pub own: bool,
}

/// What somebody calls a thing of his own, in one line of so many characters.
pub(crate) fn called(name: &str, limit: usize) -> Result<String, Refusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Refusal::on("name", Code::Required));
    }
    if name.chars().count() > limit || name.chars().any(char::is_control) {
        return Err(Refusal::on("name", Code::TooLong).with("limit", limit));
    }
    Ok(name)
}

impl Office {
    /// The sessions and tokens of a person that are open, newest first; `own` is the secret of the one that asks.
    pub async fn sessions_of(&self, person: PersonId, own: &str) -> Result<Vec<SessionView>, Failure> {
        let now = self.now();
        let digest = Digest::of(own.as_bytes());
        let mut conn = self.database().begin_read().await?;
        let rows = conn
            .all(
                "SELECT s.kind, s.name, s.created_at, s.seen_at, s.until, s.token_digest, t.ceiling, t.way FROM session s LEFT JOIN session_terms t ON t.registry_id = s.registry_id AND t.token_digest = s.token_digest WHERE s.registry_id = $1 AND s.person_id = $2 AND s.until > $3 ORDER BY s.created_at DESC, s.token_digest",
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
                ceiling: read_ceiling(row.opt_text(6)?)?,
                way: row.opt_text(7)?.map_or(Way::Password, |way| Way::read(&way)),
                own: row.array::<32>(5)? == digest.0,
            });
        }
        Ok(sessions)
    }

    /// Makes a token for a program of the person of a session; the secret is given once. It may show nothing above a
    /// ceiling, and never more than the session that makes it. What the session proved it has proven, and no more: a
    /// token made in a session that somebody left open confirms nothing.
    pub async fn new_token(
        &self,
        by: &Session,
        name: &str,
        ceiling: Option<Clearance>,
    ) -> Result<String, Failure> {
        let name = called(name, NAME)?;
        // Whoever finds a session open makes no key to it that outlives it.
        if !is_fresh(by.proven, self.now()) {
            return Err(Code::SignInNotFresh.into());
        }
        let house = self.house().await?;
        if ceiling.as_ref().is_some_and(|asked| !house.knows(asked)) {
            return Err(Refusal::on("ceiling", Code::NotOffered).into());
        }
        let ceiling = match (ceiling, by.ceiling.clone()) {
            (asked, None) => asked,
            (None, own) => own,
            (Some(asked), Some(own)) => {
                let label = Label::plain(asked.policy.clone(), asked.level.clone());
                let below = house.policies.of(&label).is_ok_and(|p| p.decide(&label, &own).is_granted());
                if !below {
                    return Err(Refusal::on("ceiling", Code::NotOffered).into());
                }
                Some(asked)
            }
        };
        let terms = Terms { proven: by.proven, ceiling: ceiling.as_ref(), way: by.way };
        Ok(self.open_session(by.person, SessionKind::Token, &name, self.now(), terms).await?)
    }

    /// The one-time code for somebody who has just been added, from the officer or administrator who added him. Gives
    /// none any more once a password is set, so that a form sent again closes no account; nor, to an administrator,
    /// once the person holds anything, for whoever gives a code could sign in with it; nor then to an officer who did
    /// not prove a short while ago that it is he.
    pub async fn first_code_as(&self, by: &Session, person: PersonId) -> Result<Option<String>, Failure> {
        let giver = by.person;
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
        let trusted = officer && is_fresh(by.proven, self.now());
        // An officer's account is opened by the holder of the key alone.
        let officer_too = held.iter().any(|a| {
            a.standing == Standing::Confirmed
                && matches!(a.grant, Grant::Role { role: Role::SecurityOfficer, .. })
        });
        if password.is_some() || officer_too || !(held.is_empty() || trusted) {
            return Ok(None);
        }
        let code = new_code(self.entropy());
        let mut conn = self.database().begin_write().await?;
        keep_code(&mut conn, person, &code, self.now()).await?;
        conn.commit().await?;
        if !held.is_empty() {
            self.notice_code(giver, person).await?;
        }
        Ok(Some(code))
    }
}
