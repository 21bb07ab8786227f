//! Who may give whom a new one-time code. The rule is here because a code opens an account: whoever gives one can
//! sign in as the person until he notices.

use registry::{
    Code, PersonId, Refusal,
    authorisation::{Grant, Role, Standing},
};

use crate::{failure::Failure, office::Office};

impl Office {
    /// A new one-time code for a person, asked by another; it ends the password and every session of the person.
    ///
    /// Security officers may give one. Never for oneself, and never for another security officer: one officer
    /// could otherwise confirm in the other's name what he himself proposed. For officers the holder of the key
    /// gives it, at the machine itself.
    pub async fn give_code_as(&self, by: PersonId, person: PersonId) -> Result<String, Failure> {
        let mut reading = self.read_as(by).await?;
        if !reading.sees_authorisations() {
            return Err(Code::Forbidden.into());
        }
        if by == person {
            return Err(Code::OwnClearance.into());
        }
        let held = match reading.person_file(person).await {
            Ok((_, held)) => held,
            Err(Failure::Refused(refusal)) if refusal.code == Code::NotFound => {
                return Err(Refusal::on("person", Code::PersonUnknown).into());
            }
            Err(failure) => return Err(failure),
        };
        drop(reading);
        let officer = held.iter().any(|a| {
            a.standing == Standing::Confirmed
                && matches!(a.grant, Grant::Role { role: Role::SecurityOfficer, .. })
        });
        if officer {
            return Err(Code::NeedsPerson.into());
        }
        Ok(self.give_code(person).await?)
    }
}
