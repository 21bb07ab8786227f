//! The people of the demo: added, given what they may, confirmed by two, and what becomes of them in the end.

use label::NamedClearance;
use registry::{
    Answer, AuthorisationId, Command, PersonId, RegistryId,
    authorisation::{Grant, Role},
    person::NewPerson,
};

use super::{
    Builder, damaged,
    data::{PersonData, RoleData},
};
use crate::{door::Sender, failure::Failure};

/// A person as he is added.
pub(super) fn new_person(p: &PersonData) -> NewPerson {
    let title = if p.language == "fr" { &p.title.fr } else { &p.title.en };
    NewPerson {
        login: p.login.clone(),
        name: p.name.clone(),
        nationality: p.nationality.clone(),
        language: p.language.clone(),
        title: title.clone(),
        body: None,
    }
}

impl Builder {
    pub(super) async fn person(&mut self, data: &PersonData) -> Result<(), Failure> {
        let id = match self.office.person_named(&data.login).await {
            Ok(id) => id,
            Err(_) => {
                let person = NewPerson { body: self.ids.bodies.get(&data.body).copied(), ..new_person(data) };
                let by = Sender::person(self.officers[0]);
                match self.does(by, Command::AddPerson { person }).await? {
                    Answer::Added { person } => person,
                    _ => return Err(damaged("person")),
                }
            }
        };
        self.ids.people.insert(data.login.clone(), id);
        for role in &data.roles {
            self.role(id, role).await?;
        }
        // The two officers keep what the founding entry gave them: a third would be needed to give them more.
        if self.officers.contains(&id) {
            return Ok(());
        }
        let house = self.office.house().await?;
        for held in &data.clearance {
            let named = NamedClearance {
                policy: held.policy.clone(),
                level: held.level.clone(),
                categories: held.categories.clone(),
            };
            let clearance = house.policies.resolve_clearance(&named).map_err(damaged)?;
            let authority = held.authority.clone();
            self.gives(
                id,
                Grant::Clearance {
                    clearance,
                    authority,
                    number: held.number.clone(),
                    from: held.from,
                    until: held.until,
                },
            )
            .await?;
        }
        for held in &data.briefings {
            let (policy, subject) = (held.policy.clone(), held.subject.clone());
            self.gives(id, Grant::Briefing { policy, subject, on: held.on, refresh: None }).await?;
        }
        for code in &data.groups {
            let group = *self.ids.groups.get(code).ok_or_else(|| damaged(format!("group {code}")))?;
            self.gives(id, Grant::Membership { group }).await?;
        }
        for ended in &data.ended {
            let group = *self
                .ids
                .groups
                .get(&ended.group)
                .ok_or_else(|| damaged(format!("group {}", ended.group)))?;
            let authorisation = self.gives(id, Grant::Membership { group }).await?;
            let reason = ended.reason.clone();
            self.does(Sender::person(self.officers[0]), Command::Revoke { authorisation, reason }).await?;
        }
        Ok(())
    }

    async fn role(&mut self, person: PersonId, data: &RoleData) -> Result<(), Failure> {
        let Some(role) = Role::ALL.into_iter().find(|r| r.as_str() == data.role) else { return Ok(()) };
        let registries: Vec<(String, RegistryId)> = match &data.registry {
            Some(code) => self.ids.registries.get(code).map(|id| (code.clone(), *id)).into_iter().collect(),
            None => self.ids.registries.iter().map(|(c, id)| (c.clone(), *id)).collect(),
        };
        if !role.is_of_a_registry() {
            if self.officers.contains(&person) {
                return Ok(());
            }
            self.gives(person, Grant::Role { role, registry: None }).await?;
            return Ok(());
        }
        for (code, registry) in registries {
            if matches!(role, Role::Clerk | Role::Controller) {
                self.ids.clerks.entry(code).or_insert(person);
            }
            if role == Role::Controller {
                self.gives(person, Grant::Role { role, registry: Some(registry) }).await?;
            } else {
                let by = Sender::person(self.officers[0]);
                self.does(by, Command::AssignRole { person, role, registry }).await?;
            }
        }
        Ok(())
    }

    /// One officer proposes, the other confirms.
    async fn gives(&mut self, person: PersonId, grant: Grant) -> Result<AuthorisationId, Failure> {
        let [first, second] = self.officers;
        let proposed = self.does(Sender::person(first), Command::Propose { person, grant }).await?;
        let Answer::Proposed { authorisation, proposal } = proposed else { return Err(damaged("proposal")) };
        let confirm = Command::Confirm { authorisation, proposal };
        self.does(Sender::proven(second, self.tick), confirm).await?;
        Ok(authorisation)
    }

    /// What happened to a person lately: a certificate extended, a last day.
    pub(super) async fn moves_on(&mut self, data: &PersonData) -> Result<(), Failure> {
        let person = *self.ids.people.get(&data.login).ok_or_else(|| damaged(&data.login))?;
        if let Some(extended) = &data.extended {
            let (_, held) = self.office.read_as(self.officers[0]).await?.person_file(person).await?;
            let house = self.office.house().await?;
            let policy = house.policies.find(&extended.policy).ok_or_else(|| damaged(&extended.policy))?;
            let of = held.iter().find(|a| {
                matches!(&a.grant, Grant::Clearance { clearance, .. } if clearance.policy == *policy.id())
            });
            let grant = Grant::Extension {
                of: of.ok_or_else(|| damaged("what is extended"))?.id,
                until: extended.until,
                authority: extended.authority.clone(),
                reason: extended.reason.clone(),
            };
            self.gives(person, grant).await?;
        }
        if let Some(left) = &data.left {
            let known = self.office.read_as(self.officers[0]).await?.person_file(person).await?.0;
            let to = registry::person::Particulars { left: Some(left.on), ..known.particulars() };
            let command = Command::ChangePerson { person, to, reason: left.reason.clone() };
            self.does(Sender::person(self.officers[0]), command).await?;
        }
        Ok(())
    }
}
