//! Who may give whom a new one-time code. The rule is here because a code opens an account: whoever gives one can
//! sign in as the person until he notices.

use registry::{
    Code, PersonId,
    authorisation::{Grant, Role, Standing},
};

use crate::{
    failure::Failure,
    office::Office,
    signin::{Session, is_fresh},
};

impl Office {
    /// A new one-time code for a person, asked by another; it ends the password and every session of the person.
    ///
    /// Security officers may give one. Never for oneself, and never for another security officer: one officer
    /// could otherwise confirm in the other's name what he himself proposed. For officers the holder of the key
    /// gives it, at the machine itself. The officer proved a short while ago that it is he. Whoever may not see the
    /// person is told that there is none.
    pub async fn give_code_as(&self, by: &Session, person: PersonId) -> Result<String, Failure> {
        let mut reading = self.read_as(by).await?;
        let (_, held) = reading.person_file(person).await?;
        if !reading.sees_authorisations() {
            return Err(Code::Forbidden.into());
        }
        if by.person == person {
            return Err(Code::OwnClearance.into());
        }
        drop(reading);
        let officer = held.iter().any(|a| {
            a.standing == Standing::Confirmed
                && matches!(a.grant, Grant::Role { role: Role::SecurityOfficer, .. })
        });
        if officer {
            return Err(Code::NeedsPerson.into());
        }
        if !is_fresh(by.proven, self.now()) {
            return Err(Code::SignInNotFresh.into());
        }
        let code = self.give_code(person).await?;
        self.notice_code(by.person, person).await?;
        Ok(code)
    }

    /// Tells the security officers that one of them, or an administrator, gave a code: whoever has it can be the other.
    pub(crate) async fn notice_code(&self, giver: PersonId, person: PersonId) -> Result<(), Failure> {
        let mut conn = self.database().begin_read().await?;
        let giver = store::house::person(&mut conn, giver).await?.map(|p| p.name).unwrap_or_default();
        drop(conn);
        Ok(self.notice("code-given", Some(person), &giver).await?)
    }
}
