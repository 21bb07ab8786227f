//! What is read of people beside what they hold: what was changed of them, whose certificates and briefings end soon,
//! and why somebody may read a document or may not.

use std::collections::HashMap;

use registry::{
    AccessRule, AuthorisationId, Code, DocumentId, PersonId, Viewer,
    access::Test,
    authorisation::Role,
    person::{Changed, Person},
    reference::sort_key,
    validity::{self, Warning},
};

use crate::{failure::Failure, reading::Reading};

/// Most persons that a name may mean before one must say more.
const NAMESAKES: usize = 20;

/// Why somebody may read a document, or why not.
#[derive(Debug, Clone)]
pub struct Why {
    /// Who.
    pub person: Person,
    /// Everything that was asked of him, in the order in which it is asked. He reads it when all is passed.
    pub tests: Vec<Test>,
    /// Under which rule.
    pub rule: AccessRule,
}

impl Why {
    /// True when he may.
    pub fn reads(&self) -> bool {
        self.tests.iter().all(Test::passed)
    }
}

impl Reading {
    /// What was changed of a person, the newest first: for those who keep the list, and for himself.
    pub async fn person_changes(&mut self, person: PersonId) -> Result<Vec<Changed>, Failure> {
        if !self.sees_people() && person != self.person().id {
            return Err(Code::NotFound.into());
        }
        Ok(store::house::changes(self.conn(), person).await?)
    }

    /// Whose certificates and briefings end within the house's days or have ended, the nearest first: for security
    /// officers. Who has left is not spoken of.
    pub async fn warnings(&mut self) -> Result<Vec<(Warning, Person)>, Failure> {
        if !self.sees_authorisations() {
            return Err(Code::NotFound.into());
        }
        let (house, today) = (self.house.clone(), self.today());
        let people: HashMap<PersonId, Person> =
            store::house::persons(self.conn()).await?.into_iter().map(|p| (p.id, p)).collect();
        let standing = store::house::standing(self.conn()).await?;
        let mut found: Vec<(Warning, Person)> = Vec::new();
        for held in standing.chunk_by(|a, b| a.person == b.person) {
            let person = held.first().and_then(|a| people.get(&a.person)).filter(|p| !p.has_left(today));
            let Some(person) = person else { continue };
            let warned = validity::warnings(held, &house, today);
            found.extend(warned.into_iter().map(|warning| (warning, person.clone())));
        }
        let key = |(w, p): &(Warning, Person)| (w.last, sort_key(&p.name), w.authorisation);
        found.sort_by_cached_key(key);
        Ok(found)
    }

    /// Whether the reader may ask why somebody else may read what he reads himself: a controller of the registry that
    /// holds it.
    pub fn may_ask_why(&self, registry: registry::RegistryId) -> bool {
        self.viewer().has(Role::Controller, Some(registry))
    }

    /// Why the reader may read a document, or why another may or may not. What the reader may not read himself is not
    /// there, whoever he asks for.
    pub async fn why(&mut self, document: DocumentId, of: Option<PersonId>) -> Result<Why, Failure> {
        let rule = self.description(document).await?.access.clone();
        let registry = self.document(document).await?.entry.registry;
        let (house, today) = (self.house.clone(), self.today());
        let Some(of) = of else {
            let tests = self.viewer().tests(&rule, registry, &house, today);
            return Ok(Why { person: self.person().clone(), tests, rule });
        };
        if !self.may_ask_why(registry) {
            return Err(Code::Forbidden.into());
        }
        let person = store::house::person(self.conn(), of).await?.ok_or(Code::PersonUnknown)?;
        let held = store::house::authorisations(self.conn(), of).await?;
        let tests = Viewer::on(today, &person, &held).tests(&rule, registry, &house, today);
        Ok(Why { person, tests, rule })
    }

    /// The persons whom a name may mean, for the controllers of a registry: the one who signs in so, else all whose name
    /// has these words; too many are as good as none.
    pub async fn people_named(
        &mut self,
        registry: registry::RegistryId,
        name: &str,
    ) -> Result<Vec<Person>, Failure> {
        if !self.may_ask_why(registry) {
            return Err(Code::Forbidden.into());
        }
        let wanted = sort_key(name.trim());
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let people = store::house::persons(self.conn()).await?;
        if let Some(exact) = people.iter().find(|p| p.login.eq_ignore_ascii_case(name.trim())) {
            return Ok(vec![exact.clone()]);
        }
        let mut meant: Vec<Person> =
            people.into_iter().filter(|p| sort_key(&p.name).contains(&wanted)).collect();
        meant.truncate(NAMESAKES);
        Ok(meant)
    }

    /// The names by which persons sign in, for the controllers of a registry.
    pub async fn logins(
        &mut self,
        registry: registry::RegistryId,
        persons: &[PersonId],
    ) -> Result<Vec<String>, Failure> {
        if !self.may_ask_why(registry) {
            return Err(Code::Forbidden.into());
        }
        let mut logins = Vec::with_capacity(persons.len());
        for person in persons {
            logins.extend(store::house::person(self.conn(), *person).await?.map(|person| person.login));
        }
        Ok(logins)
    }

    /// The clearance that an extension would be of, as the officer who proposes it sees it.
    pub async fn extendable(
        &mut self,
        person: PersonId,
        of: AuthorisationId,
    ) -> Result<Option<registry::authorisation::Authorisation>, Failure> {
        let found = self.authorisation(of).await;
        Ok(found.ok().filter(|a| a.person == person))
    }
}
