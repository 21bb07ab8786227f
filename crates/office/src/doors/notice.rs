//! What the security officers are told of sign-ins: that somebody comes under another's name, that a word of the directory
//! cannot be trusted. One line a day for each kind and person, so that nobody fills the list.

use registry::{Code, HOUSE, PersonId, Timestamp, authorisation::Role};
use store::{StoreError, values};

use crate::{failure::Failure, office::Office, reading::Reading};

/// Days for which a notice is shown.
const DAYS: i64 = 30;
/// Most notices that are shown.
const MOST: i64 = 20;
/// The person of a notice that is about nobody.
const NOBODY: PersonId = PersonId::new([0; 16]);

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInNotice {
    /// Whom it is about, where it is about somebody here.
    pub person: Option<PersonId>,
    /// What happened.
    pub code: String,
    /// What was given, for whoever looks into it.
    pub told: String,
    /// How often on that day.
    pub times: u64,
    /// When last.
    pub at: Timestamp,
}

impl Office {
    /// Tells the security officers, and the log.
    pub(crate) async fn notice(
        &self,
        code: &str,
        person: Option<PersonId>,
        told: &str,
    ) -> Result<(), StoreError> {
        let now = self.now();
        tracing::warn!(code, person = person.map(tracing::field::display), told, "a sign-in to look at");
        let day = now.date(&self.house().await?.zone).to_string();
        let told: String = told.chars().filter(|c| !c.is_control()).take(200).collect();
        let mut conn = self.database().begin_write().await?;
        conn.execute(
            "INSERT INTO door_notice (registry_id, day, code, person_id, told, times, at) VALUES ($1, $2, $3, $4, $5, 1, $6) ON CONFLICT (registry_id, day, code, person_id) DO UPDATE SET told = excluded.told, times = door_notice.times + 1, at = excluded.at",
            values![HOUSE, day, code, person.unwrap_or(NOBODY), told, now],
        )
        .await?;
        conn.execute(
            "DELETE FROM door_notice WHERE registry_id = $1 AND at < $2",
            values![HOUSE, now.plus_seconds(-DAYS * 24 * 3600)],
        )
        .await?;
        Ok(conn.commit().await?)
    }
}

impl Reading {
    /// What of sign-ins a security officer should look at, the newest first; nobody else is told.
    pub async fn sign_in_notices(&mut self) -> Result<Vec<SignInNotice>, Failure> {
        if !self.viewer().has(Role::SecurityOfficer, None) {
            return Err(Code::Forbidden.into());
        }
        let since = self.office().now().plus_seconds(-DAYS * 24 * 3600);
        let rows = self
            .conn()
            .all(
                "SELECT person_id, code, told, times, at FROM door_notice WHERE registry_id = $1 AND at >= $2 ORDER BY at DESC, code, person_id LIMIT $3",
                values![HOUSE, since, MOST],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let person: PersonId = row.id(0)?;
                Ok(SignInNotice {
                    person: (person != NOBODY).then_some(person),
                    code: row.text(1)?,
                    told: row.text(2)?,
                    times: row.number(3)?,
                    at: row.time(4)?,
                })
            })
            .collect()
    }
}
