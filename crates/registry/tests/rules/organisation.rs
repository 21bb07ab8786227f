//! The organisation by examples: units, posts, who may what, contacts and distribution lists.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use registry::{
    Caller, Code, Context, Fact, HOUSE, IdSource, PersonId, Refusal,
    authorisation::Role,
    custody::book::Purpose,
    id::{CommandId, ContactId, ListId, PostId, TenureId, UnitId},
    organisation::{
        Act, Days, For, Needs, Organisation, Thing, UnitKind,
        act::Corrected,
        contact::{ContactKind, ContactTerms},
        decide,
        lists::{Addressee, ListLine, ListTerms, Receiver},
        post::PostTerms,
        unit::UnitTerms,
    },
    person::Person,
};

use crate::support::*;

/// The day on which everything of a test begins.
pub const BEGINS: Date = date(2026, 1, 1);

/// An organisation that is asked to change, and does.
pub struct World {
    pub needs: Needs,
    commands: u64,
}

pub fn administrator() -> Caller {
    caller(99, &[role(Role::Administrator, None)])
}

pub fn day(month: i8, day: i8) -> Date {
    date(2026, month, day)
}

impl World {
    /// Ten persons and nothing else.
    pub fn new() -> Self {
        let of_house = |n: u8| Person { name: format!("Person {n}"), ..of_nation(person(n), "BEL") };
        let people: BTreeMap<PersonId, Person> = (1..=10).map(|n| (person(n), of_house(n))).collect();
        Self { needs: Needs { people, ..Needs::default() }, commands: 0 }
    }

    pub fn organisation(&self) -> &Organisation {
        &self.needs.organisation
    }

    /// Decides an act on a day and carries it out.
    pub fn on(&mut self, today: Date, caller: &Caller, act: Act) -> Result<Thing, Refusal> {
        self.commands += 1;
        let house = house();
        let ids = IdSource::new(&[9; 32]);
        let mut command = [0; 16];
        command[..8].copy_from_slice(&self.commands.to_be_bytes());
        let context = Context {
            registry: HOUSE,
            actor: caller.person,
            command: CommandId::new(command),
            now: NOW,
            today,
            house: &house,
            ids: &ids,
        };
        // What goes over the line is read back as it was.
        let text = serde_json::to_string(&act).unwrap();
        assert_eq!(serde_json::from_str::<Act>(&text).unwrap(), act);
        let facts = decide(caller, &context, &act, &self.needs)?;
        // A leave with who stands in is two.
        let two = matches!(act, Act::RecordLeave { by: Some(_), .. });
        assert_eq!(facts.len(), if two { 2 } else { 1 });
        facts.iter().for_each(|fact| self.needs.organisation.apply(fact));
        Ok(Thing::of(&facts[0]).unwrap())
    }

    pub fn does(&mut self, act: Act) -> Result<Thing, Refusal> {
        self.on(TODAY, &administrator(), act)
    }

    pub fn unit(&mut self, code: &str, parent: Option<UnitId>) -> UnitId {
        match self.does(Act::EstablishUnit { code: code.into(), terms: unit(parent) }) {
            Ok(Thing::Unit { unit }) => unit,
            other => panic!("{other:?}"),
        }
    }

    pub fn post(&mut self, code: &str, unit: UnitId, head: bool) -> PostId {
        match self.does(Act::EstablishPost { code: code.into(), terms: post(unit, head) }) {
            Ok(Thing::Post { post }) => post,
            other => panic!("{other:?}"),
        }
    }

    pub fn holds(&mut self, post: PostId, n: u8, from: Date, until: Option<Date>) -> TenureId {
        match self.does(Act::TakeUp { post, person: person(n), from, until }) {
            Ok(Thing::Tenure { tenure }) => tenure,
            other => panic!("{other:?}"),
        }
    }

    pub fn leave(&mut self, n: u8, from: Date, until: Date) -> Thing {
        self.does(Act::RecordLeave { person: person(n), from, until, by: None }).unwrap()
    }

    pub fn stands_in(&mut self, of: For, n: u8, from: Date, until: Date) -> Result<Thing, Refusal> {
        self.does(Act::NameStandIn { of, by: person(n), from, until })
    }
}

pub fn unit(parent: Option<UnitId>) -> UnitTerms {
    UnitTerms {
        names: names("Unit"),
        is: UnitKind::Branch,
        parent,
        registry: None,
        begins: BEGINS,
        ends: None,
    }
}

pub fn post(unit: UnitId, head: bool) -> PostTerms {
    PostTerms { titles: names("Post"), unit, head, begins: BEGINS, ends: None }
}

pub fn why() -> String {
    "As agreed".to_owned()
}

fn code<T: std::fmt::Debug>(done: Result<T, Refusal>) -> Code {
    done.unwrap_err().code
}

fn argument(refusal: &Refusal, name: &str) -> String {
    let found = refusal.arguments.iter().find(|(n, _)| *n == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

#[test]
fn organisation_units_stand_under_each_other_in_a_tree() {
    let mut world = World::new();
    let top = world.unit("hq", None);
    let ops = world.unit("IMS-OPS", Some(top));
    let air = world.unit("IMS-OPS-AIR", Some(ops));
    let log = world.unit("IMS-LOG", Some(top));
    let organisation = world.organisation();
    assert_eq!(organisation.unit_by_code(" ims-ops ").unwrap().id, ops);
    assert_eq!(organisation.path(air), [air, ops, top]);
    assert_eq!(organisation.below(top), [top, log, ops, air]);
    assert_eq!(organisation.below(ops), [ops, air]);
    let codes: Vec<&str> = organisation.units().iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(codes, ["HQ", "IMS-LOG", "IMS-OPS", "IMS-OPS-AIR"]);

    let under = |parent| Act::ChangeUnit { unit: ops, terms: unit(Some(parent)), reason: why() };
    assert_eq!(code(world.does(under(ops))), Code::UnitLoop);
    assert_eq!(code(world.does(under(air))), Code::UnitLoop);
    assert_eq!(code(world.does(under(top))), Code::NothingChanged);
    world.does(under(log)).unwrap();
    assert_eq!(world.organisation().path(air), [air, ops, log, top]);
}

#[test]
fn organisation_codes_are_of_a_form_and_unique() {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    world.post("HQ-1", top, true);
    for wrong in ["", "A", "1A", "IMS--OPS", "-OPS", "OPS-", "OPS 1", "ÉTAT", "ABCDEFGHIJKLMNOPQRSTUVWXY"] {
        let terms = unit(None);
        assert_eq!(
            code(world.does(Act::EstablishUnit { code: wrong.into(), terms })),
            Code::CodeForm,
            "{wrong}"
        );
    }
    let again = Act::EstablishUnit { code: "hq".into(), terms: unit(None) };
    assert_eq!(code(world.does(again)), Code::CodeTaken);
    let again = Act::EstablishPost { code: "hq-1".into(), terms: post(top, false) };
    assert_eq!(code(world.does(again)), Code::CodeTaken);
}

#[test]
fn organisation_a_unit_ends_when_nothing_lives_in_it() {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let ops = world.unit("OPS", Some(top));
    let air = world.unit("AIR", Some(ops));
    let chief = world.post("OPS-1", ops, true);
    let end = |of: UnitId, parent, ends| Act::ChangeUnit {
        unit: of,
        terms: UnitTerms { ends: Some(ends), ..unit(parent) },
        reason: why(),
    };
    let refused = world.does(end(ops, Some(top), day(6, 30))).unwrap_err();
    assert_eq!((refused.code, argument(&refused, "which")), (Code::UnitNotEmpty, "AIR, OPS-1".into()));
    world.does(end(air, Some(ops), day(6, 30))).unwrap();
    let ended = PostTerms { ends: Some(day(6, 30)), ..post(ops, true) };
    world.does(Act::ChangePost { post: chief, terms: ended, reason: why() }).unwrap();
    world.does(end(ops, Some(top), day(6, 30))).unwrap();

    // Nothing comes under what ends, but for as long as it is there.
    let late = Act::EstablishUnit { code: "SEA".into(), terms: unit(Some(ops)) };
    assert_eq!(code(world.does(late)), Code::UnitEnded);
    let early = UnitTerms { begins: day(1, 1).yesterday().unwrap(), ..unit(Some(top)) };
    assert_eq!(code(world.does(Act::EstablishUnit { code: "SEA".into(), terms: early })), Code::BeforeUnit);
    let fits = UnitTerms { ends: Some(day(6, 30)), ..unit(Some(ops)) };
    world.does(Act::EstablishUnit { code: "SEA".into(), terms: fits }).unwrap();
    let backwards = UnitTerms { ends: Some(day(1, 1).yesterday().unwrap()), ..unit(None) };
    let act = Act::EstablishUnit { code: "LAND".into(), terms: backwards };
    assert_eq!(code(world.does(act)), Code::EndsBeforeBegins);
}

#[test]
fn organisation_a_unit_has_one_head_and_a_held_post_stays() {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let chief = world.post("HQ-1", top, true);
    let second = Act::EstablishPost { code: "HQ-2".into(), terms: post(top, true) };
    let refused = world.does(second).unwrap_err();
    assert_eq!((refused.code, argument(&refused, "code")), (Code::HeadTaken, "HQ-1".into()));
    world.holds(chief, 1, day(2, 1), None);
    let ended = |ends| PostTerms { ends: Some(ends), ..post(top, true) };
    let end = |ends| Act::ChangePost { post: chief, terms: ended(ends), reason: why() };
    let refused = world.does(end(day(6, 30))).unwrap_err();
    assert_eq!((refused.code, argument(&refused, "person")), (Code::PostHeld, "Person 1".into()));
    let tenure = world.organisation().tenures_of(chief)[0].id;
    world.does(Act::LeavePost { tenure, until: day(6, 30), reason: why() }).unwrap();
    assert_eq!(code(world.does(end(day(6, 29)))), Code::PostHeld);
    world.does(end(day(6, 30))).unwrap();
    // Behind it another may be the head.
    let next = PostTerms { begins: day(7, 1), ..post(top, true) };
    world.does(Act::EstablishPost { code: "HQ-2".into(), terms: next }).unwrap();
    assert_eq!(world.organisation().head_post(top, day(6, 30)).unwrap().code, "HQ-1");
    assert_eq!(world.organisation().head_post(top, day(7, 1)).unwrap().code, "HQ-2");
}

#[test]
fn organisation_is_the_administrators_but_leave_and_stand_ins_are_ones_own() {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let ops = world.unit("OPS", Some(top));
    let (first, chief, desk) =
        (world.post("HQ-1", top, true), world.post("OPS-1", ops, true), world.post("OPS-2", ops, false));
    world.holds(first, 1, BEGINS, None);
    world.holds(chief, 2, BEGINS, None);
    world.holds(desk, 3, BEGINS, None);
    let somebody = |n: u8| caller(n, &[]);
    let for_all = [
        Act::EstablishUnit { code: "LOG".into(), terms: unit(None) },
        Act::EstablishPost { code: "OPS-9".into(), terms: post(ops, false) },
        Act::TakeUp { post: desk, person: person(4), from: day(9, 1), until: None },
        Act::EnterContact { terms: Box::new(contact("Somebody")) },
    ];
    for act in for_all {
        assert_eq!(code(world.on(TODAY, &somebody(2), act)), Code::Forbidden);
    }
    let leave = |n: u8, month| Act::RecordLeave {
        person: person(n),
        from: day(month, 1),
        until: day(month, 10),
        by: None,
    };
    let stand_in = |of: u8, month| Act::NameStandIn {
        of: For::Person { person: person(of) },
        by: person(5),
        from: day(month, 1),
        until: day(month, 10),
    };
    // Himself, the head of his unit; not his colleague, not who is under him, not the head of the unit above.
    for (by, may) in [(3, true), (2, true), (1, false), (4, false)] {
        let month = 3 + i8::try_from(by).unwrap();
        assert_eq!(world.on(TODAY, &somebody(by), leave(3, month)).is_ok(), may, "{by}");
        assert_eq!(world.on(TODAY, &somebody(by), stand_in(3, month)).is_ok(), may, "{by}");
    }
    // The head of a unit has the one above him.
    for (by, may) in [(2, true), (1, true), (3, false)] {
        let month = 8 + i8::try_from(by).unwrap();
        assert_eq!(world.on(TODAY, &somebody(by), leave(2, month)).is_ok(), may, "{by}");
    }
    world.does(leave(3, 12)).unwrap();
    world.on(TODAY, &operator(), leave(1, 12)).unwrap();
}

#[test]
fn organisation_only_people_of_the_house_hold_posts() {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let chief = world.post("HQ-1", top, true);
    let take = |n: u8, from| Act::TakeUp { post: chief, person: person(n), from, until: None };
    assert_eq!(code(world.does(take(50, day(2, 1)))), Code::PersonUnknown);
    world.needs.people.get_mut(&person(1)).unwrap().left = Some(day(3, 31));
    assert_eq!(code(world.does(take(1, day(4, 1)))), Code::PersonLeft);
    assert_eq!(
        code(world.does(Act::TakeUp {
            post: chief,
            person: person(2),
            from: day(1, 1).yesterday().unwrap(),
            until: None
        })),
        Code::BeforePost
    );
    world.does(take(1, day(2, 1))).unwrap();
    // Whoever has left the house holds nothing, whatever was written down.
    world.needs.organisation.put_left(person(1), Some(day(3, 31)));
    assert_eq!(world.organisation().holder(chief, day(3, 31)), Some(person(1)));
    assert_eq!(world.organisation().holder(chief, day(4, 1)), None);
    assert_eq!(world.organisation().vacant(day(4, 1)), [chief]);
}

fn contact(name: &str) -> ContactTerms {
    ContactTerms {
        is: ContactKind::Person,
        name: name.into(),
        organisation: "Delegation of Norway".into(),
        nation: "nor".into(),
        post: "Clerk".into(),
        address: " 12  Harbour Street \n\n 0150 Oslo\u{0}".into(),
        mail: "clerk@delegation.example".into(),
        telephone: "+47 22 55 01 01".into(),
        languages: vec!["NB".into(), "en".into(), "nb".into()],
        notes: String::new(),
        officer_of: None,
        ends: None,
    }
}

#[test]
fn organisation_contacts_are_entered_changed_ended_and_found() {
    let mut world = World::new();
    let entered = world.does(Act::EnterContact { terms: Box::new(contact("Åse Bråten")) }).unwrap();
    let Thing::Contact { contact: id } = entered else { panic!("{entered:?}") };
    let kept = world.organisation().contact(id).unwrap().clone();
    assert_eq!(kept.nation.as_deref(), Some("NOR"));
    assert_eq!(kept.address.as_deref(), Some("12 Harbour Street\n0150 Oslo"));
    assert_eq!(kept.languages, ["nb", "en"]);
    assert_eq!(kept.notes, None);
    for words in ["ase", "BRATEN norway", "clerk", ""] {
        assert_eq!(world.organisation().contacts(words).len(), 1, "{words}");
    }
    assert!(world.organisation().contacts("ase denmark").is_empty());
    let change =
        |terms: ContactTerms| Act::ChangeContact { contact: id, terms: Box::new(terms), reason: why() };
    assert_eq!(code(world.does(change(contact("Åse Bråten")))), Code::NothingChanged);
    let wrong = [
        (ContactTerms { mail: "clerk".into(), ..contact("A") }, Code::MailForm),
        (ContactTerms { mail: "a b@c".into(), ..contact("A") }, Code::MailForm),
        (ContactTerms { telephone: "none".into(), ..contact("A") }, Code::TelephoneForm),
        (ContactTerms { nation: "Norway".into(), ..contact("A") }, Code::TooLong),
        (ContactTerms { nation: "N1".into(), ..contact("A") }, Code::NotOffered),
        (ContactTerms { languages: vec!["english".into()], ..contact("A") }, Code::NotOffered),
        (ContactTerms { name: " ".into(), ..contact("A") }, Code::Required),
        (ContactTerms { notes: "x".repeat(2_001), ..contact("A") }, Code::TooLong),
    ];
    for (terms, why) in wrong {
        assert_eq!(code(world.does(change(terms))), why);
    }
    let officer = registry::organisation::contact::OfficerOf {
        registry: HQ,
        item: registry::id::BookItemId::new([1; 16]),
    };
    let of = ContactTerms { officer_of: Some(officer), ..contact("Åse Bråten") };
    assert_eq!(code(world.does(change(of.clone()))), Code::NotOffered);
    world.needs.correspondent = true;
    world.does(change(of)).unwrap();
    world.does(change(ContactTerms { ends: Some(TODAY), ..contact("Åse Bråten") })).unwrap();
    assert!(world.organisation().contact(id).unwrap().is_on(TODAY));
    assert!(!world.organisation().contact(id).unwrap().is_on(TODAY.tomorrow().unwrap()));
}

fn line(addressee: Addressee, purpose: Purpose) -> ListLine {
    ListLine { addressee, purpose }
}

fn list(owner: UnitId, lines: Vec<ListLine>) -> ListTerms {
    ListTerms { names: names("List"), owner, lines, ends: None }
}

#[test]
fn organisation_lists_mean_each_once_and_action_wins() {
    use Purpose::{Action, Information};
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let ops = world.unit("OPS", Some(top));
    let (first, chief) = (world.post("HQ-1", top, true), world.post("OPS-1", ops, true));
    let empty = world.post("OPS-2", ops, false);
    world.holds(first, 1, BEGINS, None);
    world.holds(chief, 2, BEGINS, None);
    let entered = world.does(Act::EnterContact { terms: Box::new(contact("Åse Bråten")) }).unwrap();
    let Thing::Contact { contact: outside } = entered else { panic!("{entered:?}") };
    let lines = vec![
        line(Addressee::Unit { unit: ops }, Information),
        line(Addressee::Registry { registry: HQ }, Information),
        line(Addressee::Post { post: chief }, Action),
        line(Addressee::Post { post: empty }, Action),
        line(Addressee::Person { person: person(3) }, Information),
        line(Addressee::Contact { contact: outside }, Information),
    ];
    let drawn = world.does(Act::DrawUpList { code: "OPS-ALL".into(), terms: list(ops, lines.clone()) });
    let Ok(Thing::List { list: id }) = drawn else { panic!("{drawn:?}") };
    let expand = |world: &World, on| {
        let organisation = world.organisation();
        organisation.expand(organisation.list(id).unwrap(), on)
    };
    let meant = |world: &World, on| -> Vec<(Receiver, Purpose, Vec<usize>)> {
        expand(world, on).meant.into_iter().map(|m| (m.receiver, m.purpose, m.lines)).collect()
    };
    let outside_is = (Receiver::Contact(outside), Information, vec![5]);
    assert_eq!(
        meant(&world, TODAY),
        [
            (Receiver::Person(person(2)), Action, vec![0, 2]),
            (Receiver::Registry(HQ), Information, vec![1]),
            (Receiver::Person(person(3)), Information, vec![4]),
            outside_is,
        ]
    );
    assert_eq!(expand(&world, TODAY).nobody, [3]);
    // On leave without a stand-in, his unit is spoken for by the one above; his post by nobody.
    world.leave(2, day(5, 1), day(5, 31));
    assert_eq!(meant(&world, day(5, 2))[0], (Receiver::Person(person(1)), Information, vec![0]));
    assert_eq!(expand(&world, day(5, 2)).nobody, [2, 3]);

    let change = |terms| Act::ChangeList { list: id, terms, reason: why() };
    assert_eq!(code(world.does(change(list(ops, lines.clone())))), Code::NothingChanged);
    assert_eq!(code(world.does(change(list(ops, vec![])))), Code::Required);
    let twice = vec![lines[0], line(lines[0].addressee, Action)];
    assert_eq!(code(world.does(change(list(ops, twice)))), Code::NamedTwice);
    for nobody in [
        Addressee::Post { post: PostId::new([0; 16]) },
        Addressee::Unit { unit: UnitId::new([0; 16]) },
        Addressee::Registry { registry: registry::RegistryId::new([0; 16]) },
        Addressee::Contact { contact: ContactId::new([0; 16]) },
    ] {
        assert_eq!(code(world.does(change(list(ops, vec![line(nobody, Action)])))), Code::NotOffered);
    }
    let stranger = line(Addressee::Person { person: person(50) }, Action);
    assert_eq!(code(world.does(change(list(ops, vec![stranger])))), Code::PersonUnknown);
    world.does(change(ListTerms { ends: Some(TODAY), ..list(top, vec![lines[1]]) })).unwrap();
    assert!(!world.organisation().list_by_code("ops-all").unwrap().is_on(day(12, 1)));
    let unknown = Act::ChangeList { list: ListId::new([0; 16]), terms: list(top, lines), reason: why() };
    assert_eq!(code(world.does(unknown)), Code::NotOffered);
}

#[test]
fn organisation_tenures_are_corrected_with_a_reason() {
    let mut world = World::new();
    let top = world.unit("HQ", None);
    let chief = world.post("HQ-1", top, true);
    let first = world.holds(chief, 1, day(2, 1), Some(day(2, 28)));
    let second = world.holds(chief, 2, day(3, 10), None);
    let correct = |tenure, days: Option<(Date, Option<Date>)>, reason: &str| Act::CorrectTenure {
        tenure,
        days: days.map(|(from, until)| Corrected { from, until }),
        reason: reason.into(),
    };
    let until = |last| Some((day(2, 1), Some(last)));
    assert_eq!(code(world.does(correct(first, until(day(3, 11)), "A slip"))), Code::PostTaken);
    assert_eq!(code(world.does(correct(first, until(day(2, 28)), "A slip"))), Code::NothingChanged);
    assert_eq!(code(world.does(correct(first, until(day(3, 10)), " "))), Code::Required);
    world.does(correct(first, until(day(3, 10)), "A slip")).unwrap();
    assert_eq!(
        world.organisation().tenure(first).unwrap().days,
        Days { from: day(2, 1), until: Some(day(3, 10)) }
    );
    world.does(correct(second, None, "Another came")).unwrap();
    assert_eq!(world.organisation().tenure(second), None);
    assert_eq!(world.organisation().holder(chief, day(3, 11)), None);
    let leaves = |until| Act::LeavePost { tenure: first, until, reason: why() };
    assert_eq!(code(world.does(leaves(day(3, 10)))), Code::AlreadyEnded);
    assert_eq!(code(world.does(leaves(day(1, 31)))), Code::EndsBeforeBegins);
    world.does(leaves(day(3, 1))).unwrap();
}

#[test]
fn organisation_other_facts_change_nothing() {
    let mut world = World::new();
    world.unit("HQ", None);
    let before = world.organisation().clone();
    world.needs.organisation.apply(&Fact::DocumentNoted { document: registry::DocumentId::new([1; 16]) });
    assert_eq!(*world.organisation(), before);
}
