//! The one door out: one consistent state, one caller, one scope; whatever it gives has passed the scope.

use std::{collections::HashMap, sync::Arc};

use label::Clearance;
use registry::{
    AccessRule, AccessScope, AuthorisationId, DocumentId, PersonId, Refusal, RegistryId, Viewer,
    access::RegistryScope,
    authorisation::{Authorisation, Role, Standing},
    house::{House, Registry},
    person::Person,
    refusal::Code,
};
use store::{
    Visible,
    classes::Rules,
    documents::{self, Order, Place},
    sql::Conn,
    visible::{DocumentView, EntryView, Page, PageKey},
};

use crate::{
    failure::Failure,
    office::{Held, Known, Office},
    signin::Session,
};

/// Who shall read: a person, and the ceiling under which, when his session has one.
#[derive(Debug, Clone)]
pub struct Reader {
    person: PersonId,
    ceiling: Option<Clearance>,
}

impl From<PersonId> for Reader {
    fn from(person: PersonId) -> Self {
        Self { person, ceiling: None }
    }
}

impl From<&Session> for Reader {
    fn from(session: &Session) -> Self {
        Self { person: session.person, ceiling: session.ceiling.clone() }
    }
}

/// A caller's view of the installation at one moment.
pub struct Reading {
    office: Office,
    conn: Conn,
    /// The house.
    pub house: Arc<House>,
    known: Arc<Known>,
    scope: Arc<AccessScope>,
    rules: HashMap<RegistryId, Rules>,
    /// The document that was read last: nothing changes while one reads, and a page asks for it several times.
    last: Option<(DocumentId, Visible<DocumentView>)>,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reading({})", self.known.person.id)
    }
}

impl Office {
    /// Begins to read as a person, or as what a session shows of him. Refused when the person is not of the house any
    /// more.
    pub async fn read_as(&self, who: impl Into<Reader>) -> Result<Reading, Failure> {
        let Reader { person, ceiling } = who.into();
        let mut conn = self.database().begin_read().await?;
        let house = self.house_in(&mut conn).await?;
        let mut known = self.known_in(&mut conn, &house, person).await?.ok_or(Code::NotSignedIn)?;
        if let Some(ceiling) = ceiling {
            known = Arc::new(known.under(ceiling));
        }
        let (scope, rules) = self.scope_in(&mut conn, &house, &known).await?;
        Ok(Reading { office: self.clone(), conn, house, known, scope, rules, last: None })
    }

    /// Everyone, for the holder of the key.
    pub async fn list_people(&self) -> Result<Vec<Person>, Failure> {
        let mut conn = self.database().begin_read().await?;
        Ok(store::house::persons(&mut conn).await?)
    }

    /// The person with a login, for the command line.
    pub async fn person_named(&self, login: &str) -> Result<PersonId, Failure> {
        let mut conn = self.database().begin_read().await?;
        let person = store::house::person_by_login(&mut conn, login).await?;
        Ok(person.ok_or_else(|| Refusal::on("person", Code::PersonUnknown).with("person", login))?.id)
    }
}

impl Reading {
    /// Who reads.
    pub fn person(&self) -> &Person {
        &self.known.person
    }
    /// What he holds today.
    pub fn viewer(&self) -> &Viewer {
        &self.known.viewer
    }
    /// What the reader himself holds today.
    pub fn own_grants(&self) -> impl Iterator<Item = &registry::authorisation::Grant> {
        self.known.grants.iter().map(|held| &held.grant)
    }
    /// The same with the last day of each.
    pub fn own_holdings(&self) -> &[Held] {
        &self.known.grants
    }
    /// What of the reader's own ends soon or has ended, the nearest first.
    pub fn own_warnings(&self) -> &[registry::validity::Warning] {
        &self.known.warnings
    }
    /// What he may see.
    pub fn scope(&self) -> &Arc<AccessScope> {
        &self.scope
    }
    /// The office that is read.
    pub fn office(&self) -> &Office {
        &self.office
    }
    /// The day on which the scope was decided.
    pub fn today(&self) -> jiff::civil::Date {
        self.scope.day
    }

    fn place<'a>(
        scope: &'a AccessScope,
        rules: &'a HashMap<RegistryId, Rules>,
        registry: RegistryId,
    ) -> Option<Place<'a>> {
        let scope: &RegistryScope = scope.of(registry)?;
        Some(Place { registry, scope, rules: rules.get(&registry)? })
    }

    /// The registries in which the reader sees anything or does anything. Others are not named to him.
    pub async fn registries(&mut self) -> Result<Vec<(Registry, u64)>, Failure> {
        let mut seen = Vec::new();
        for registry in self.house.clone().registries() {
            let Some(place) = Self::place(&self.scope, &self.rules, registry.id) else { continue };
            let total = documents::total(&mut self.conn, place).await?.into_inner();
            if total > 0 || self.known.viewer.handles(registry.id) {
                seen.push((registry.clone(), total));
            }
        }
        Ok(seen)
    }

    /// A page of a registry.
    pub async fn list(
        &mut self,
        registry: RegistryId,
        order: Order,
        after: Option<PageKey>,
        limit: usize,
    ) -> Result<Page<EntryView>, Failure> {
        let Some(place) = Self::place(&self.scope, &self.rules, registry) else {
            return Ok(Page { rows: Vec::new(), more: false });
        };
        Ok(documents::list(&mut self.conn, place, order, after, limit).await?)
    }

    /// A page over every registry, in an order of days: the registries' own orders can't be joined.
    pub async fn list_all(
        &mut self,
        order: Order,
        after: Option<PageKey>,
        limit: usize,
    ) -> Result<Page<EntryView>, Failure> {
        let order = match order {
            Order::LastRegistered => Order::Newest,
            Order::FirstRegistered => Order::Oldest,
            of_days => of_days,
        };
        let (mut rows, mut more) = (Vec::new(), false);
        for registry in self.house.clone().registries() {
            let page = self.list(registry.id, order, after, limit).await?;
            more |= page.more;
            rows.extend(page.rows);
        }
        rows.sort_by(|a, b| {
            let rising = (a.key.order, a.key.document).cmp(&(b.key.order, b.key.document));
            if order.falls() { rising.reverse() } else { rising }
        });
        more |= rows.len() > limit;
        rows.truncate(limit);
        Ok(Page { rows, more })
    }

    /// What was registered last among all that the reader may read, newest first.
    pub async fn recent(&mut self, limit: usize) -> Result<Vec<Visible<EntryView>>, Failure> {
        let all = self.narrowed(limit, |_| true).await?.1;
        Ok(all)
    }

    /// What waits for its marking, where the reader sees it: how many, and the first of them.
    pub async fn undetermined(&mut self, limit: usize) -> Result<(u64, Vec<Visible<EntryView>>), Failure> {
        self.narrowed(limit, |rule| rule.content.is_none()).await
    }

    /// What the reader may read of the classes with certain rules: how many, and what was registered last.
    async fn narrowed(
        &mut self,
        limit: usize,
        wanted: impl Fn(&AccessRule) -> bool,
    ) -> Result<(u64, Vec<Visible<EntryView>>), Failure> {
        let (mut total, mut found) = (0, Vec::new());
        for registry in self.house.clone().registries() {
            let Some(place) = Self::place(&self.scope, &self.rules, registry.id) else { continue };
            let has = |class: &u32| store::classes::rule(place.rules, *class).is_some_and(|r| wanted(r));
            // A part of the reader's own scope: it can only show less.
            let scope = RegistryScope {
                read: place.scope.read.iter().filter(has).collect(),
                subject: place.scope.subject.clone(),
                handle: Default::default(),
            };
            let part = Place { scope: &scope, ..place };
            total += documents::total(&mut self.conn, part).await?.into_inner();
            found.extend(
                documents::list(&mut self.conn, part, Order::LastRegistered, None, limit).await?.rows,
            );
        }
        found.sort_by_key(|entry| (std::cmp::Reverse(entry.registered_at), entry.document));
        found.truncate(limit);
        Ok((total, found))
    }

    /// Messages that ring where the reader may register and that he may read: nobody has taken note of them yet. What has
    /// rung longest stands first.
    pub async fn ringing(&mut self) -> Result<Vec<(Visible<EntryView>, registry::Timestamp)>, Failure> {
        let mut all = Vec::new();
        for registry in self.house.clone().registries() {
            if !self.known.viewer.registers(registry.id) {
                continue;
            }
            if let Some(place) = Self::place(&self.scope, &self.rules, registry.id) {
                all.extend(store::ringing::ringing(&mut self.conn, place).await?);
            }
        }
        all.sort_by_key(|(entry, at)| (std::cmp::Reverse(entry.formal.precedence), *at, entry.document));
        Ok(all)
    }

    /// How it stands with a document that rings or rang.
    pub async fn rung(
        &mut self,
        view: &DocumentView,
    ) -> Result<Option<Visible<store::ringing::Rung>>, Failure> {
        match Self::place(&self.scope, &self.rules, view.entry.registry) {
            Some(place) => Ok(store::ringing::of(&mut self.conn, place, view.entry.document).await?),
            None => Ok(None),
        }
    }

    /// How many entries of a registry the reader sees.
    pub async fn total(&mut self, registry: RegistryId) -> Result<u64, Failure> {
        match Self::place(&self.scope, &self.rules, registry) {
            Some(place) => Ok(documents::total(&mut self.conn, place).await?.into_inner()),
            None => Ok(0),
        }
    }

    /// A document. What is not there and what is not for the reader are refused alike.
    pub async fn document(&mut self, id: DocumentId) -> Result<Visible<DocumentView>, Failure> {
        if let Some((_, view)) = self.last.as_ref().filter(|(last, _)| *last == id) {
            return Ok(view.clone());
        }
        for registry in self.house.clone().registries() {
            if let Some(place) = Self::place(&self.scope, &self.rules, registry.id)
                && let Some(view) = documents::by_id(&mut self.conn, place, id).await?
            {
                self.last = Some((id, view.clone()));
                return Ok(view);
            }
        }
        if self.office.betrayed_document(id).await {
            return Err(Code::Forbidden.into());
        }
        Err(Code::NotFound.into())
    }

    /// The documents that bear a reference, newest first.
    pub async fn by_reference(&mut self, reference: &str) -> Result<Vec<Visible<EntryView>>, Failure> {
        // A paper that was registered before a series knew its form is found by the plain key.
        let mut keys = vec![self.house.catalogue().key(reference), registry::reference::key(reference)];
        keys.dedup();
        let mut found = Vec::new();
        for registry in self.house.clone().registries() {
            if let Some(place) = Self::place(&self.scope, &self.rules, registry.id) {
                for key in &keys {
                    found.extend(documents::by_reference(&mut self.conn, place, key).await?);
                }
            }
        }
        found.sort_by_key(|entry| (std::cmp::Reverse(entry.key.order), entry.document));
        found.dedup_by_key(|entry| entry.document);
        Ok(found)
    }

    /// The entries of hits, in the order of the hits.
    pub async fn entries(
        &mut self,
        hits: &[(RegistryId, DocumentId)],
    ) -> Result<Vec<Visible<EntryView>>, Failure> {
        let mut found: HashMap<DocumentId, Visible<EntryView>> = HashMap::new();
        for registry in self.house.clone().registries() {
            let wanted: Vec<DocumentId> =
                hits.iter().filter(|(r, _)| *r == registry.id).map(|(_, d)| *d).collect();
            if wanted.is_empty() {
                continue;
            }
            if let Some(place) = Self::place(&self.scope, &self.rules, registry.id) {
                for entry in documents::by_ids(&mut self.conn, place, &wanted).await? {
                    found.insert(entry.document, entry);
                }
            }
        }
        Ok(hits.iter().filter_map(|(_, d)| found.remove(d)).collect())
    }

    /// The entries of some documents, wherever they are registered: those that the reader sees.
    pub async fn entries_of(
        &mut self,
        documents: &[DocumentId],
    ) -> Result<HashMap<DocumentId, Visible<EntryView>>, Failure> {
        let mut found = HashMap::new();
        for registry in self.house.clone().registries() {
            if let Some(place) = Self::place(&self.scope, &self.rules, registry.id) {
                for entry in documents::by_ids(&mut self.conn, place, documents).await? {
                    found.insert(entry.document, entry);
                }
            }
        }
        Ok(found)
    }

    /// The name of a person of the house, as colleagues may see it.
    pub async fn name_of(&mut self, person: PersonId) -> Result<Option<String>, Failure> {
        Ok(store::house::person(&mut self.conn, person).await?.map(|p| p.name))
    }

    /// The post of a person of the house, as forms give it beside the name; none: he has none.
    pub async fn post_of(&mut self, person: PersonId) -> Result<Option<String>, Failure> {
        let found = store::house::person(&mut self.conn, person).await?;
        Ok(found.map(|p| p.title).filter(|title| !title.is_empty()))
    }

    /// True when the reader may see what persons are authorised to.
    pub fn sees_authorisations(&self) -> bool {
        self.known.viewer.has(Role::SecurityOfficer, None)
    }

    /// True when the reader may see the list of persons.
    pub fn sees_people(&self) -> bool {
        self.sees_authorisations() || self.known.viewer.has(Role::Administrator, None)
    }

    /// Everyone, for those who keep the list.
    pub async fn people(&mut self) -> Result<Vec<Person>, Failure> {
        if !self.sees_people() {
            return Err(Code::NotFound.into());
        }
        Ok(store::house::persons(&mut self.conn).await?)
    }

    /// A person with what he is authorised to: for a security officer, and for himself.
    pub async fn person_file(&mut self, person: PersonId) -> Result<(Person, Vec<Authorisation>), Failure> {
        if !self.sees_people() && person != self.known.person.id {
            return Err(Code::NotFound.into());
        }
        let record = store::house::person(&mut self.conn, person).await?.ok_or(Code::NotFound)?;
        let authorisations = if self.sees_authorisations() || person == self.known.person.id {
            store::house::authorisations(&mut self.conn, person).await?
        } else {
            Vec::new()
        };
        Ok((record, authorisations))
    }

    /// An authorisation or a proposal: for a security officer, and for the one whom it is about.
    pub async fn authorisation(&mut self, id: AuthorisationId) -> Result<Authorisation, Failure> {
        let found = store::house::authorisation(&mut self.conn, id).await?;
        let found = found.filter(|a| self.sees_authorisations() || a.person == self.known.person.id);
        Ok(found.ok_or(Code::NotFound)?)
    }

    /// Proposals that wait for a second security officer.
    pub async fn proposals(&mut self) -> Result<Vec<(Authorisation, Person)>, Failure> {
        if !self.sees_authorisations() {
            return Err(Code::NotFound.into());
        }
        let mut waiting = Vec::new();
        for proposal in store::house::proposals(&mut self.conn).await? {
            if let Some(person) = store::house::person(&mut self.conn, proposal.person).await? {
                waiting.push((proposal, person));
            }
        }
        Ok(waiting)
    }

    /// True when the reader is one who may confirm a proposal: an officer, not the one who made it, not the one whom
    /// it is about.
    pub fn may_confirm(&self, proposal: &Authorisation) -> bool {
        let own = self.known.person.id;
        self.sees_authorisations()
            && proposal.standing == Standing::Proposed
            && proposal.person != own
            && proposal.proposed_by != Some(own)
    }

    /// Whether the reader may see sizes of trees and verify ledgers: an inspector cleared for all that this installation
    /// may hold, for sizes and sequences tell of every paper there is.
    ///
    /// # Errors
    /// Not there for those who are no inspectors; for an inspector, which clearances he lacks.
    pub fn inspects(&self) -> Result<(), Refusal> {
        if !self.known.viewer.has(Role::Inspector, None) {
            return Err(Code::NotFound.into());
        }
        let missing = self.known.viewer.below_ceiling(&self.house);
        if missing.is_empty() {
            return Ok(());
        }
        let named = missing.iter().filter_map(|c| self.house.policies.name_clearance(c).ok());
        let words: Vec<String> = named.map(|c| format!("{} {}", c.policy, c.level)).collect();
        Err(Refusal::new(Code::BelowCeiling).with("missing", words.join(", ")))
    }

    /// One registry with the connection to look into it.
    pub(crate) fn at(&mut self, registry: RegistryId) -> Option<(&mut Conn, Place<'_>)> {
        let place = Self::place(&self.scope, &self.rules, registry)?;
        Some((&mut self.conn, place))
    }

    /// The connection of this reading, for the rooms of the office that read more.
    pub(crate) fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }
}
