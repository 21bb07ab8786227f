//! What differs, by example and by property: who does what the list offers finds it empty.

use std::collections::{BTreeSet, HashMap};

use groups::{Account, Group, Picture};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use registry::{
    AuthorisationId, GroupId, PersonId, Timestamp,
    authorisation::{Authorisation, Grant, Role, Standing},
    id::Digest,
    person::Person,
};

use super::{Difference, House, Kind, There, differences};

const TODAY: Date = date(2026, 3, 2);

fn person(n: u8, login: &str) -> Person {
    Person {
        id: PersonId::new([n; 16]),
        login: login.to_owned(),
        name: format!("Person {login}"),
        nationality: "BEL".to_owned(),
        language: "en".to_owned(),
        title: String::new(),
        body: None,
        left: None,
    }
}

fn account(login: &str) -> Account {
    Account {
        entry: format!("uid={login},dc=hq"),
        login: login.to_owned(),
        shown: format!("Account {login}"),
        lasting: Some(format!("ID-{login}")),
        disabled: false,
    }
}

fn group(name: &str, members: &[usize]) -> Group {
    Group { entry: format!("cn={name},dc=hq"), found: true, members: members.iter().copied().collect() }
}

fn membership(n: u8) -> Grant {
    Grant::Membership { group: GroupId::new([n; 16]) }
}

fn held(n: u8, person: &Person, grant: Grant, standing: Standing) -> Authorisation {
    Authorisation {
        id: AuthorisationId::new([n; 16]),
        person: person.id,
        grant,
        standing,
        proposal: Digest([0; 32]),
        proposed_by: None,
        proposed_at: Timestamp::from_micros(i64::from(n)),
        confirmed_by: None,
        confirmed_at: None,
        revoked: None,
    }
}

/// A house and a directory, to be changed by each test.
#[derive(Debug)]
struct World {
    people: Vec<Person>,
    standing: Vec<Authorisation>,
    lasting: HashMap<PersonId, String>,
    elsewhere: BTreeSet<String>,
    picture: Picture,
    meanings: Vec<(usize, Grant)>,
}

impl World {
    /// Ada and Ben, both in a group that stands for the first membership; Ada holds it.
    fn new() -> Self {
        let people = vec![person(1, "ada"), person(2, "ben")];
        let standing = vec![held(1, &people[0], membership(1), Standing::Confirmed)];
        Self {
            standing,
            people,
            lasting: HashMap::new(),
            elsewhere: BTreeSet::new(),
            picture: Picture {
                people: vec![account("ada"), account("ben")],
                groups: vec![group("plans", &[0, 1])],
            },
            meanings: vec![(0, membership(1))],
        }
    }

    fn found(&self) -> Vec<Difference> {
        let house = House {
            people: &self.people,
            standing: &self.standing,
            lasting: &self.lasting,
            elsewhere: &self.elsewhere,
            today: TODAY,
        };
        differences(&self.picture, &self.meanings, &house)
    }

    /// The kinds with the sign-in names, in their order.
    fn told(&self) -> Vec<(Kind, String)> {
        self.found().into_iter().map(|one| (one.kind, one.login)).collect()
    }
}

fn is(kind: Kind, login: &str) -> (Kind, String) {
    (kind, login.to_owned())
}

#[test]
fn who_is_listed_there_and_holds_nothing_here_is_offered_and_once_proposed_waits() {
    let mut world = World::new();
    let found = world.found();
    assert_eq!(world.told(), [is(Kind::Lacking, "ben")]);
    assert_eq!(found[0].directory, ["cn=plans,dc=hq"]);
    assert_eq!(found[0].grant, Some(membership(1)));
    world.standing.push(held(2, &world.people[1], membership(1), Standing::Proposed));
    assert_eq!(world.told(), [is(Kind::Waiting, "ben")]);
    assert_eq!(world.found()[0].authorisation, Some(AuthorisationId::new([2; 16])));
    world.standing[1].standing = Standing::Confirmed;
    assert_eq!(world.told(), []);
}

#[test]
fn who_holds_here_and_is_not_listed_there_is_told_with_how_he_stands_there() {
    let mut world = World::new();
    world.picture.groups[0].members = BTreeSet::from([1]);
    world.standing.push(held(2, &world.people[1], membership(1), Standing::Confirmed));
    assert_eq!(world.told(), [is(Kind::Unlisted, "ada")]);
    let found = world.found();
    assert_eq!((found[0].there, found[0].authorisation), (There::Here, Some(AuthorisationId::new([1; 16]))));
    // Switched off: he is gone, and what he holds is told though the group lists him.
    world.picture.groups[0].members = BTreeSet::from([0, 1]);
    world.picture.people[0].disabled = true;
    assert_eq!(world.told(), [is(Kind::Gone, "ada"), is(Kind::Unlisted, "ada")]);
    assert!(world.found().iter().all(|one| one.there == There::Off));
    // Not there at all.
    world.picture.people[0].login = "somebody".to_owned();
    world.picture.people[0].disabled = false;
    let told = world.told();
    assert_eq!(told, [is(Kind::Gone, "ada"), is(Kind::Unlisted, "ada"), is(Kind::Unknown, "somebody")]);
    // On purpose in no directory, or left: nothing is said of him.
    world.elsewhere = BTreeSet::from(["ada".to_owned()]);
    assert_eq!(world.told(), [is(Kind::Unknown, "somebody")]);
    world.elsewhere.clear();
    world.people[0].left = Some(date(2026, 3, 1));
    assert_eq!(world.told(), [is(Kind::Unknown, "somebody")]);
}

#[test]
fn a_group_that_is_not_there_takes_nothing_from_anybody() {
    let mut world = World::new();
    world.picture.groups[0] = Group { found: false, ..group("plans", &[]) };
    assert_eq!(world.told(), []);
    // Two groups stand for the same: one of them lists him, and if one is not there nobody is said not to be listed.
    world.picture.groups = vec![group("plans", &[]), group("more", &[0])];
    world.meanings = vec![(0, membership(1)), (1, membership(1))];
    assert_eq!(world.told(), []);
    world.picture.groups[1] = group("more", &[]);
    assert_eq!(world.told(), [is(Kind::Unlisted, "ada")]);
    world.picture.groups[0].found = false;
    assert_eq!(world.told(), []);
}

#[test]
fn a_sign_in_name_that_was_given_anew_is_not_taken_for_its_last_bearer() {
    let mut world = World::new();
    world.lasting.insert(world.people[0].id, "id-ADA".to_owned());
    assert_eq!(world.told(), [is(Kind::Lacking, "ben")], "ids compare in any case");
    world.picture.people[0].lasting = Some("another".to_owned());
    let told = world.told();
    assert_eq!(
        told,
        [
            is(Kind::Gone, "ada"),
            is(Kind::Unlisted, "ada"),
            is(Kind::Lacking, "ben"),
            is(Kind::Unknown, "ada")
        ]
    );
}

#[test]
fn two_entries_of_one_name_are_told_and_nothing_is_made_of_them() {
    let mut world = World::new();
    world.picture.people.push(account("ben"));
    world.picture.groups[0].members = BTreeSet::from([0, 1, 2]);
    assert_eq!(world.told(), [is(Kind::Doubled, "ben")]);
    assert!(world.found()[0].grant.is_none());
}

#[test]
fn who_left_here_and_is_listed_there_is_told_and_never_offered() {
    let mut world = World::new();
    world.people[1].left = Some(date(2026, 3, 1));
    assert_eq!(world.told(), [is(Kind::Left, "ben")]);
}

#[test]
fn roles_are_compared_by_role_and_registry() {
    let mut world = World::new();
    let clerk = |n| Grant::Role { role: Role::Clerk, registry: Some(registry::RegistryId::new([n; 16])) };
    world.meanings = vec![(0, clerk(1))];
    world.standing = vec![
        held(1, &world.people[0], clerk(1), Standing::Confirmed),
        held(2, &world.people[1], clerk(2), Standing::Confirmed),
    ];
    assert_eq!(world.told(), [is(Kind::Lacking, "ben")]);
}

/// A few persons and accounts under a few names, groups of any of them, and what they hold.
fn any_world() -> impl Strategy<Value = World> {
    let logins = ["a", "b", "c", "d", "e", "f"];
    let people = proptest::sample::subsequence(logins.to_vec(), 0..6);
    let accounts = proptest::collection::vec((0..6_usize, any::<bool>()), 0..8);
    let groups = proptest::collection::vec((any::<u8>(), prop::bool::weighted(0.9), 1..3_u8), 1..4);
    let held_by = proptest::collection::vec((0..6_usize, 1..4_u8, any::<bool>()), 0..8);
    (people, accounts, groups, held_by).prop_map(move |(people, accounts, groups, held_by)| {
        let mut world = World::new();
        world.people = people.iter().zip(1..).map(|(login, n)| person(n, login)).collect();
        world.picture.people = accounts
            .iter()
            .map(|(login, disabled)| Account { disabled: *disabled, ..account(logins[*login]) })
            .collect();
        let count = world.picture.people.len();
        world.picture.groups = groups
            .iter()
            .map(|(bits, found, _)| {
                let members: Vec<usize> = (0..count).filter(|n| *found && bits >> n & 1 == 1).collect();
                Group { found: *found, ..group("any", &members) }
            })
            .collect();
        world.meanings = groups.iter().enumerate().map(|(at, (.., n))| (at, membership(*n))).collect();
        world.standing = held_by
            .iter()
            .zip(1..)
            .filter_map(|((who, what, confirmed), n)| {
                let standing = if *confirmed { Standing::Confirmed } else { Standing::Proposed };
                world.people.get(*who).map(|person| held(n, person, membership(*what), standing))
            })
            .collect();
        world
    })
}

proptest! {
    #[test]
    fn who_does_what_is_offered_finds_nothing_offered_any_more(mut world in any_world()) {
        for (one, n) in world.found().into_iter().zip(100_u8..) {
            let person = world.people.iter().find(|p| Some(p.id) == one.person).cloned();
            match (one.kind, person, one.grant) {
                (Kind::Lacking, Some(person), Some(grant)) => {
                    world.standing.push(held(n, &person, grant, Standing::Confirmed));
                }
                (Kind::Unlisted, ..) => world.standing.retain(|a| Some(a.id) != one.authorisation),
                (Kind::Waiting, ..) => {
                    let waiting = world.standing.iter_mut().find(|a| Some(a.id) == one.authorisation);
                    waiting.unwrap().standing = Standing::Confirmed;
                }
                (Kind::Gone, Some(person), _) => {
                    let gone = world.people.iter_mut().find(|p| p.id == person.id).unwrap();
                    gone.left = Some(date(2026, 3, 1));
                }
                _ => {}
            }
        }
        let still = world.found();
        let offered = |one: &&Difference| !matches!(one.kind, Kind::Left | Kind::Unknown | Kind::Doubled);
        prop_assert_eq!(still.iter().find(offered), None);
    }

    #[test]
    fn nothing_is_offered_for_who_is_switched_off_doubled_or_left(world in any_world()) {
        for one in world.found().into_iter().filter(|one| one.kind == Kind::Lacking) {
            let fits: Vec<_> = world.picture.people.iter().filter(|a| a.login == one.login).collect();
            prop_assert_eq!(fits.len(), 1);
            prop_assert!(!fits[0].disabled);
            prop_assert!(world.people.iter().any(|p| Some(p.id) == one.person && !p.has_left(TODAY)));
        }
    }
}
