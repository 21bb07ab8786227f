//! What is kept in memory of the house, of what each person holds today, and of what each may see. Each is kept for one state
//! of the house's ledger and one day, and made anew when either is another; so what was revoked is gone on the next request.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use jiff::civil::Date;
use label::{Clearance, Communities};
use registry::{
    AccessScope, CASES, HOUSE, PersonId, RegistryId, Viewer,
    access::RegistryScope,
    authorisation::{Authorisation, Grant},
    command::{Caller, Channel, OPERATOR},
    custody::settings as custody,
    house::House,
    organisation,
    person::Person,
    validity::{self, Settings, Warning},
};
use store::{StoreError, classes::Rules, sql::Conn};

use super::Office;
use crate::shipped;

/// A person as of one state of the house and one day.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    house: u64,
    day: Date,
    /// The person.
    pub(crate) person: Person,
    /// What the person holds on that day.
    pub(crate) viewer: Viewer,
    /// What he holds, as granted.
    pub(crate) grants: Vec<Held>,
    /// What of it ends soon.
    pub(crate) warnings: Vec<Warning>,
}

impl Known {
    /// The same where nothing above a ceiling may be shown.
    pub(crate) fn under(&self, ceiling: Clearance) -> Self {
        Self { viewer: self.viewer.clone().under(ceiling), ..self.clone() }
    }
}

/// What a person holds on a day.
#[derive(Debug, Clone)]
pub struct Held {
    /// As granted.
    pub grant: Grant,
    /// The last day on which it counts, with what extends it.
    pub last: Option<Date>,
}

/// What was decided last for a person under a ceiling, or under none.
pub(super) type Scopes = HashMap<(PersonId, Option<Clearance>), Arc<CachedScope>>;

pub(super) struct CachedScope {
    house: u64,
    day: Date,
    classes: HashMap<RegistryId, usize>,
    scope: Arc<AccessScope>,
}

impl Office {
    /// The house as a transaction sees it, from memory when nothing changed.
    pub(crate) async fn house_in(&self, conn: &mut Conn) -> Result<Arc<House>, StoreError> {
        let sequence = store::house::size(conn, HOUSE).await?;
        self.house_at(conn, sequence).await
    }

    /// The same, where the size of its ledger is known already.
    pub(crate) async fn house_at(&self, conn: &mut Conn, sequence: u64) -> Result<Arc<House>, StoreError> {
        let known = self.inner.house.read().ok().and_then(|h| h.clone());
        if let Some(house) = known.filter(|h| h.sequence == sequence) {
            return Ok(house);
        }
        let house = Arc::new(load_house(conn).await?);
        if let Ok(mut kept) = self.inner.house.write() {
            *kept = Some(house.clone());
        }
        Ok(house)
    }

    /// The house as it stands.
    pub async fn house(&self) -> Result<Arc<House>, StoreError> {
        let mut conn = self.inner.database.begin_read().await?;
        self.house_in(&mut conn).await
    }

    /// A person with what he holds today, from memory when the house did not change.
    pub(crate) async fn known_in(
        &self,
        conn: &mut Conn,
        house: &House,
        person: PersonId,
    ) -> Result<Option<Arc<Known>>, StoreError> {
        let day = self.now().date(&house.zone);
        let known = self.inner.people.read().ok().and_then(|p| p.get(&person).cloned());
        if let Some(known) = known.filter(|k| k.house == house.sequence && k.day == day) {
            return Ok(Some(known));
        }
        let Some(record) = person_record(conn, person).await? else { return Ok(None) };
        let (record, authorisations) = record;
        let viewer = Viewer::on(day, &record, &authorisations);
        let warnings = validity::warnings(&authorisations, house, day);
        let grants = authorisations
            .iter()
            .filter(|a| a.in_force(&authorisations, day))
            .map(|a| Held { grant: a.grant.clone(), last: a.last_day(&authorisations) })
            .collect();
        let known = Arc::new(Known { house: house.sequence, day, person: record, viewer, grants, warnings });
        if let Ok(mut people) = self.inner.people.write() {
            people.insert(person, known.clone());
        }
        Ok(Some(known))
    }

    /// What a viewer may see, as of the transaction. Decided anew when the house, the day or the classes changed;
    /// so a clearance that was revoked is gone on the next request.
    pub(crate) async fn scope_in(
        &self,
        conn: &mut Conn,
        house: &House,
        known: &Known,
    ) -> Result<(Arc<AccessScope>, HashMap<RegistryId, Rules>), StoreError> {
        let mut rules = HashMap::new();
        for registry in house.registries().into_iter().map(|registry| registry.id).chain([CASES]) {
            rules.insert(registry, self.inner.classes.of(conn, registry).await?);
        }
        let person = known.person.id;
        let key = (person, known.viewer.ceiling().cloned());
        let cached = self.inner.scopes.read().ok().and_then(|s| s.get(&key).cloned());
        if let Some(cached) = cached.filter(|c| {
            c.house == house.sequence
                && c.day == known.day
                && rules.iter().all(|(id, r)| c.classes.get(id) == Some(&r.len()))
        }) {
            return Ok((cached.scope.clone(), rules));
        }
        let registries = rules
            .iter()
            .map(|(id, rules)| {
                let numbered = (0_u32..).zip(rules.iter().map(AsRef::as_ref));
                (*id, RegistryScope::decide(&known.viewer, *id, numbered, house, known.day))
            })
            .collect();
        let scope = Arc::new(AccessScope::new(person, known.day, registries));
        let cached = CachedScope {
            house: house.sequence,
            day: known.day,
            classes: rules.iter().map(|(id, r)| (*id, r.len())).collect(),
            scope: scope.clone(),
        };
        if let Ok(mut scopes) = self.inner.scopes.write() {
            scopes.insert(key, Arc::new(cached));
        }
        Ok((scope, rules))
    }

    /// A caller inside a transaction.
    pub(crate) async fn caller_in(
        &self,
        conn: &mut Conn,
        house: &House,
        person: PersonId,
        channel: Channel,
        fresh: bool,
    ) -> Result<Option<Caller>, StoreError> {
        if person == OPERATOR && channel == Channel::Operator {
            return Ok(Some(operator()));
        }
        let known = self.known_in(conn, house, person).await?;
        Ok(known.map(|known| Caller { person, channel, fresh, viewer: known.viewer.clone() }))
    }

    /// The rules of the classes of a registry.
    pub(crate) async fn rules_of(&self, conn: &mut Conn, registry: RegistryId) -> Result<Rules, StoreError> {
        self.inner.classes.of(conn, registry).await
    }
}

/// The holder of the key in nobody's name: may set up and import, sees nothing.
pub(crate) fn operator() -> Caller {
    let nobody = Person {
        id: OPERATOR,
        login: String::new(),
        name: String::new(),
        nationality: String::new(),
        language: "en".to_owned(),
        title: String::new(),
        body: None,
        left: None,
    };
    Caller {
        person: OPERATOR,
        channel: Channel::Operator,
        fresh: false,
        viewer: Viewer::on(Date::constant(1970, 1, 1), &nobody, &[]),
    }
}

/// The house as the tables hold it, with the terms that ship.
pub(crate) async fn load_house(conn: &mut Conn) -> Result<House, StoreError> {
    let mut house =
        store::house::load(conn, |text| toml::from_str::<Communities>(text).map_err(|e| e.to_string()))
            .await?;
    house.validity = VALIDITY.clone().map_err(StoreError::damaged)?;
    house.custody = CUSTODY.clone().map_err(StoreError::damaged)?;
    house.organisation = ORGANISATION.clone().map_err(StoreError::damaged)?;
    Ok(house)
}

/// Read once: what ships does not change while we run. It decides what may be proposed and never how an entry is
/// applied, so it stands in no ledger.
static VALIDITY: LazyLock<Result<Settings, String>> =
    LazyLock::new(|| toml::from_str(shipped::PEOPLE).map_err(|e| format!("house/people.toml: {e}")));

/// The same of how copies are kept.
static CUSTODY: LazyLock<Result<custody::Settings, String>> = LazyLock::new(|| {
    let read = toml::from_str(shipped::CUSTODY).map_err(|e| e.to_string());
    read.and_then(|s: custody::Settings| s.checked().map_err(|e| e.to_string()))
        .map_err(|e| format!("house/custody.toml: {e}"))
});

/// The same of for how long somebody stands in.
static ORGANISATION: LazyLock<Result<organisation::Settings, String>> = LazyLock::new(|| {
    toml::from_str(shipped::ORGANISATION).map_err(|e| format!("house/organisation.toml: {e}"))
});

/// A person with every authorisation.
pub(crate) async fn person_record(
    conn: &mut Conn,
    person: PersonId,
) -> Result<Option<(Person, Vec<Authorisation>)>, StoreError> {
    let Some(record) = store::house::person(conn, person).await? else { return Ok(None) };
    let authorisations = store::house::authorisations(conn, person).await?;
    Ok(Some((record, authorisations)))
}
