//! A small house with the policies that ship, and callers who hold what a test gives them.

use jiff::civil::{Date, date};
use label::{Clearance, Communities, Label, NamedClearance, NamedLabel, Policies, Policy};
use registry::{
    AuthorisationId, BodyId, Caller, Channel, CommandId, Context, GroupId, HOUSE, IdSource, PersonId,
    RegistryId, Timestamp, Viewer,
    authorisation::{Authorisation, Grant, Role, Standing, proposal_digest},
    house::{Body, Group, House, Names, Registry},
    person::Person,
};

const NATO: &str = include_str!("../../../../house/policies/nato.xml");
const CORPORATE: &str = include_str!("../../../../house/policies/corporate.xml");
const COMMUNITIES: &str = include_str!("../../../../house/communities.toml");

pub const TODAY: Date = date(2026, 3, 12);
/// Noon of that day.
pub const NOW: Timestamp = Timestamp::from_micros(1_773_316_800_000_000);
/// Holds everything.
pub const HQ: RegistryId = RegistryId::new([1; 16]);
/// Holds NATO CONFIDENTIAL without ATOMAL, and nothing of another policy.
pub const LOW: RegistryId = RegistryId::new([2; 16]);
pub const BODY: BodyId = BodyId::new([3; 16]);
pub const AIR: GroupId = GroupId::new([4; 16]);
pub const SEA: GroupId = GroupId::new([5; 16]);
pub const LAND: GroupId = GroupId::new([6; 16]);

pub const fn person(n: u8) -> PersonId {
    PersonId::new([n; 16])
}

pub fn names(text: &str) -> Names {
    Names { en: text.to_owned(), fr: format!("{text} (fr)") }
}

pub fn house() -> House {
    let parse = |xml: &str| Policy::parse(xml.as_bytes()).unwrap();
    let policies = Policies::new([parse(NATO), parse(CORPORATE)]).unwrap();
    let communities: Communities = toml::from_str(COMMUNITIES).unwrap();
    let ceiling = clearance_of(&policies, "NATO", "CONFIDENTIAL", &[]);
    let mut house = House::new(7, "test-house".to_owned(), policies, communities);
    for (id, code, ceilings) in [(HQ, "HQR", vec![]), (LOW, "LOW", vec![ceiling])] {
        house.add_registry(Registry {
            id,
            code: code.to_owned(),
            names: names(code),
            body: None,
            parent: None,
            ceilings,
        });
    }
    for (id, code) in [(AIR, "air"), (SEA, "sea"), (LAND, "land")] {
        house.add_group(Group { id, code: code.to_owned(), names: names(code) });
    }
    house.add_body(Body { id: BODY, code: "HQ".to_owned(), names: names("Headquarters") });
    house
}

fn categories(
    given: &[(&str, &str)],
) -> std::collections::BTreeMap<String, std::collections::BTreeSet<String>> {
    let mut all = std::collections::BTreeMap::<_, std::collections::BTreeSet<String>>::new();
    for (set, name) in given {
        all.entry((*set).to_owned()).or_default().insert((*name).to_owned());
    }
    all
}

pub fn label(house: &House, policy: &str, level: &str, given: &[(&str, &str)]) -> Label {
    let named = NamedLabel {
        policy: policy.into(),
        level: level.into(),
        categories: categories(given),
        privacy_mark: None,
    };
    house.policies.resolve(&named).unwrap()
}

fn clearance_of(policies: &Policies, policy: &str, level: &str, given: &[(&str, &str)]) -> Clearance {
    let named = NamedClearance { policy: policy.into(), level: level.into(), categories: categories(given) };
    policies.resolve_clearance(&named).unwrap()
}

pub fn clearance(house: &House, level: &str) -> Clearance {
    clearance_of(&house.policies, "NATO", level, &[])
}

/// A NATO clearance in force all year, and the briefing that its level wants.
pub fn cleared(house: &House, level: &str) -> Vec<Grant> {
    cleared_with(house, level, &[])
}

pub fn cleared_with(house: &House, level: &str, given: &[(&str, &str)]) -> Vec<Grant> {
    let mut grants = vec![
        Grant::Clearance {
            clearance: clearance_of(&house.policies, "NATO", level, given),
            authority: "National authority".into(),
            number: None,
            from: date(2026, 1, 1),
            until: date(2026, 12, 31),
        },
        briefed(level),
    ];
    grants.extend(given.iter().map(|(_, name)| briefed(name)));
    grants
}

pub fn briefed(subject: &str) -> Grant {
    Grant::Briefing { policy: "NATO".into(), subject: subject.into(), on: date(2026, 1, 2), refresh: None }
}

pub fn role(role: Role, registry: Option<RegistryId>) -> Grant {
    Grant::Role { role, registry }
}

pub fn held(id: u8, of: PersonId, grant: Grant, standing: Standing) -> Authorisation {
    let id = AuthorisationId::new([id; 16]);
    Authorisation {
        id,
        person: of,
        standing,
        proposal: proposal_digest(id, of, &grant),
        grant,
        proposed_by: Some(person(200)),
        proposed_at: NOW,
        confirmed_by: None,
        confirmed_at: None,
        revoked: None,
    }
}

pub fn of_nation(id: PersonId, nationality: &str) -> Person {
    Person {
        id,
        login: "person".into(),
        name: "A Person".into(),
        nationality: nationality.into(),
        language: "en".into(),
        title: String::new(),
        body: None,
        left: None,
    }
}

pub fn viewer(id: PersonId, nationality: &str, grants: &[Grant]) -> Viewer {
    viewer_on(TODAY, id, nationality, grants)
}

pub fn viewer_on(day: Date, id: PersonId, nationality: &str, grants: &[Grant]) -> Viewer {
    let held: Vec<_> =
        (0..).zip(grants).map(|(n, grant)| held(n, id, grant.clone(), Standing::Confirmed)).collect();
    Viewer::on(day, &of_nation(id, nationality), &held)
}

/// A person who is signed in.
pub fn caller(n: u8, grants: &[Grant]) -> Caller {
    let id = person(n);
    Caller { person: id, channel: Channel::Person, fresh: true, viewer: viewer(id, "BEL", grants) }
}

pub fn officer(n: u8) -> Caller {
    caller(n, &[role(Role::SecurityOfficer, None)])
}

/// The holder of the key in nobody's name.
pub fn operator() -> Caller {
    let id = registry::command::OPERATOR;
    Caller { person: id, channel: Channel::Operator, fresh: false, viewer: viewer(id, "", &[]) }
}

/// The same person, whose last sign-in is a while ago.
pub fn stale(mut caller: Caller) -> Caller {
    caller.fresh = false;
    caller
}

/// The same person, but the holder of the key acts in his name.
pub fn by_operator(mut caller: Caller) -> Caller {
    caller.channel = Channel::Operator;
    caller
}

/// Decides in a context; house commands write the house, documents a registry.
pub fn deciding<T>(house: &House, ledger: RegistryId, what: impl FnOnce(&Context<'_>) -> T) -> T {
    let ids = IdSource::new(&[9; 32]);
    what(&Context {
        registry: ledger,
        actor: person(1),
        command: CommandId::new([8; 16]),
        now: NOW,
        today: TODAY,
        house,
        ids: &ids,
    })
}

pub fn deciding_house<T>(house: &House, what: impl FnOnce(&Context<'_>) -> T) -> T {
    deciding(house, HOUSE, what)
}
