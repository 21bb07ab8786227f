//! The registry's other books: what is packed and carried, by whose approval papers go past the registry above, what nobody
//! does for himself, and what an item becomes step by step.

use jiff::civil::date;
use registry::{
    AccessRule, Caller, Code, Fact, Refusal, RegistryId,
    authorisation::Role,
    custody::{
        Act,
        book::{
            Alert, Appointment, Carriage, Changed, Correspondent, Courier, Destination, Details, Equipment,
            EquipmentKind, Function, Item, Journey, Package, Route, Scan, ScanResult, Stage, Step, Transfer,
        },
        fact::Addressee,
    },
    house::{House, Registry},
    id::{BookItemId, DocumentId},
};

use crate::{
    books::{Books, clerk, copies_of, dispatched, house, made, paper_receipt, refused, rule, send, to},
    support::{HQ, LOW, NOW, caller, clearance, cleared, label, names, person, role},
};

const DAY: i64 = 86_400;
/// Above HQ.
const CENTRAL: RegistryId = RegistryId::new([7; 16]);

fn controller(house: &House, n: u8) -> Caller {
    let mut grants = cleared(house, "TOP SECRET");
    grants.push(role(Role::Clerk, Some(HQ)));
    grants.push(role(Role::Controller, Some(HQ)));
    caller(n, &grants)
}

fn enter(details: Details) -> Act {
    Act::Enter { details: Box::new(details), words: String::new() }
}

fn step(item: BookItemId, step: Step) -> Act {
    Act::Step { item, step: Box::new(step), at: None, words: "For a reason".into() }
}

fn entered(facts: &[Fact]) -> Item {
    match &facts[0] {
        Fact::BookEntered { item, .. } => (**item).clone(),
        other => panic!("{other:?}"),
    }
}

fn package(receipts: &[registry::DispatchId], by: Carriage) -> Details {
    Details::Packages(Package {
        dispatches: receipts.to_vec(),
        inner: "Sub-registry of the mission".into(),
        outer: "12 Harbour Street".into(),
        warning: None,
        seals: vec!["A 4711".into()],
        by,
    })
}

fn journey(packages: &[BookItemId]) -> Journey {
    Journey {
        courier: Courier { person: Some(person(50)), name: "J. Clerk".into(), document: "Pass 12".into() },
        from: "Headquarters".into(),
        to: "The mission".into(),
        way: None,
        leaves: NOW.plus_seconds(8 * DAY),
        expected: NOW.plus_seconds(8 * DAY + 7_200),
        packages: packages.to_vec(),
        urgent: None,
        advised: None,
        departed: None,
        arrived: None,
    }
}

fn mission() -> Addressee {
    Addressee::Elsewhere { name: "The mission".into() }
}

struct Desk {
    house: House,
    books: Books,
    clerk: Caller,
}

impl Desk {
    fn with(level: &str) -> (Self, Vec<registry::CopyId>) {
        let house = house();
        let (mut books, document) = Books::with(&house, level);
        let clerk = clerk(&house, 1);
        let copies = copies_of(&books.does(&house, &clerk, NOW, &made(document, &[1, 2, 3])).unwrap());
        (Self { house, books, clerk }, copies)
    }
    fn does(&mut self, act: &Act) -> Result<Vec<Fact>, Refusal> {
        self.books.does(&self.house, &self.clerk.clone(), NOW, act)
    }
    fn by(&mut self, caller: &Caller, act: &Act) -> Result<Vec<Fact>, Refusal> {
        self.books.does(&self.house, caller, NOW, act)
    }
    fn stage(&self, item: BookItemId) -> Stage {
        self.books.items[&item].0.stage
    }
}

#[test]
fn a_receipt_is_in_one_package_and_nothing_outside_says_what_is_within() {
    let (mut desk, copies) = Desk::with("SECRET");
    let sent = dispatched(&desk.does(&send(&copies[..1], mission())).unwrap());
    let mut marked = package(&[sent], Carriage::Bag);
    if let Details::Packages(package) = &mut marked {
        package.outer = "Registry, NATO SECRET, 12 Harbour Street".into();
    }
    assert_eq!(refused(desk.does(&enter(marked))), Code::OuterMarked);
    assert_eq!(refused(desk.does(&enter(package(&[], Carriage::Bag)))), Code::Required);
    assert_eq!(refused(desk.does(&enter(package(&[sent, sent], Carriage::Bag)))), Code::NamedTwice);
    let packed = entered(&desk.does(&enter(package(&[sent], Carriage::Bag))).unwrap());
    assert_eq!(packed.text(), "P-0001/2026");
    assert_eq!(refused(desk.does(&enter(package(&[sent], Carriage::Bag)))), Code::Packed);
    // Opened again, what was in it can be packed anew.
    desk.does(&step(packed.id, Step::Unpack)).unwrap();
    let again = entered(&desk.does(&enter(package(&[sent], Carriage::Bag))).unwrap());
    assert_eq!(again.text(), "P-0002/2026");
    desk.does(&step(again.id, Step::Depart)).unwrap();
    assert_eq!(refused(desk.does(&step(again.id, Step::Unpack))), Code::ItemStage);
    desk.does(&step(again.id, Step::Arrive)).unwrap();
    assert!(!desk.books.items[&again.id].0.is_open());
    // A receipt that is back is not packed.
    let second = dispatched(&desk.does(&send(&copies[1..2], mission())).unwrap());
    desk.does(&paper_receipt(second)).unwrap();
    assert_eq!(refused(desk.does(&enter(package(&[second], Carriage::Bag)))), Code::ReceiptGiven);
}

/// Who does not see all that is in a package packs what he sees as if it were not there.
#[test]
fn a_package_that_is_hidden_keeps_nothing_from_being_packed() {
    let (mut desk, copies) = Desk::with("SECRET");
    let hidden = DocumentId::new([0xd1; 16]);
    let content = label(&desk.house, "NATO", "TOP SECRET", &[]);
    // Its very entry is above the other.
    let above = AccessRule { entry: Some(content), ..rule(&desk.house, "TOP SECRET") };
    desk.books.documents.insert(hidden, (above, None));
    let above = copies_of(&desk.does(&made(hidden, &[1])).unwrap());
    let seen = dispatched(&desk.does(&send(&copies[..1], to(50))).unwrap());
    let unseen = dispatched(&desk.does(&send(&above, to(50))).unwrap());
    let first = entered(&desk.does(&enter(package(&[seen, unseen], Carriage::Bag))).unwrap());
    let mut grants = cleared(&desk.house, "SECRET");
    grants.push(role(Role::Clerk, Some(HQ)));
    let low = caller(2, &grants);
    let act = enter(package(&[seen], Carriage::Bag));
    assert_eq!(refused(desk.by(&low, &enter(package(&[unseen], Carriage::Bag)))), Code::NotFound);
    assert_eq!(refused(desk.by(&low, &step(first.id, Step::Unpack))), Code::NotFound);
    desk.by(&low, &act).unwrap();
    // Now it is in one that he sees.
    assert_eq!(refused(desk.by(&low, &act)), Code::Packed);
    assert_eq!(refused(desk.does(&act)), Code::Packed);
}

#[test]
fn a_certificate_is_for_one_journey_asked_for_in_time_and_not_issued_by_the_courier() {
    let (mut desk, copies) = Desk::with("SECRET");
    let (one, two) = (
        dispatched(&desk.does(&send(&copies[..1], mission())).unwrap()),
        dispatched(&desk.does(&send(&copies[1..2], mission())).unwrap()),
    );
    let by_bag = entered(&desk.does(&enter(package(&[two], Carriage::Bag))).unwrap());
    let carried = entered(&desk.does(&enter(package(&[one], Carriage::Courier))).unwrap());
    let asks = |packages: &[BookItemId]| enter(Details::Journeys(journey(packages)));
    assert_eq!(refused(desk.does(&asks(&[by_bag.id]))), Code::NotByCourier);
    assert_eq!(refused(desk.does(&asks(&[BookItemId::new([1; 16])]))), Code::NotFound);
    let soon = Journey {
        leaves: NOW.plus_seconds(2 * DAY),
        expected: NOW.plus_seconds(3 * DAY),
        ..journey(&[carried.id])
    };
    assert_eq!(refused(desk.does(&enter(Details::Journeys(soon)))), Code::ShortNotice);
    let back = Journey { expected: NOW.plus_seconds(DAY), ..journey(&[carried.id]) };
    assert_eq!(refused(desk.does(&enter(Details::Journeys(back)))), Code::BeforeItLeaves);
    let certificate = entered(&desk.does(&asks(&[carried.id])).unwrap());
    assert_eq!(desk.stage(carried.id), Stage::Assigned);
    assert_eq!(refused(desk.does(&asks(&[carried.id]))), Code::OneJourney);

    assert_eq!(refused(desk.does(&step(certificate.id, Step::Issue))), Code::Forbidden);
    let courier = controller(&desk.house, 50);
    assert_eq!(refused(desk.by(&courier, &step(certificate.id, Step::Issue))), Code::SamePerson);
    let officer = controller(&desk.house, 9);
    assert_eq!(refused(desk.does(&step(certificate.id, Step::Depart))), Code::OneJourney);
    assert_eq!(refused(desk.does(&step(carried.id, Step::Depart))), Code::ItemStage);
    desk.by(&officer, &step(certificate.id, Step::Issue)).unwrap();
    desk.does(&step(certificate.id, Step::Advise)).unwrap();
    desk.does(&step(certificate.id, Step::Depart)).unwrap();
    assert_eq!(desk.stage(carried.id), Stage::UnderWay);
    assert_eq!(refused(desk.does(&step(certificate.id, Step::Depart))), Code::OneJourney);
    desk.does(&step(certificate.id, Step::Arrive)).unwrap();
    assert_eq!((desk.stage(carried.id), desk.stage(certificate.id)), (Stage::Delivered, Stage::Delivered));
    assert!(desk.books.items[&certificate.id].0.is_open(), "the certificate is to be given back");
    desk.does(&step(certificate.id, Step::GiveBack)).unwrap();
    assert_eq!(refused(desk.does(&step(certificate.id, Step::Depart))), Code::OneJourney);
}

#[test]
fn a_journey_that_does_not_take_place_gives_its_packages_back() {
    let (mut desk, copies) = Desk::with("SECRET");
    let sent = dispatched(&desk.does(&send(&copies[..1], mission())).unwrap());
    let carried = entered(&desk.does(&enter(package(&[sent], Carriage::Courier))).unwrap());
    let certificate = entered(&desk.does(&enter(Details::Journeys(journey(&[carried.id])))).unwrap());
    let mut silent = step(certificate.id, Step::Cancel);
    if let Act::Step { words, .. } = &mut silent {
        words.clear();
    }
    assert_eq!(refused(desk.does(&silent)), Code::Required);
    desk.does(&step(certificate.id, Step::Cancel)).unwrap();
    assert_eq!(desk.stage(carried.id), Stage::Sealed);
    desk.does(&enter(Details::Journeys(journey(&[carried.id])))).unwrap();
}

#[test]
fn cosmic_is_not_carried_by_hand() {
    let (mut desk, copies) = Desk::with("TOP SECRET");
    let known = Details::Correspondents(Correspondent {
        name: "The mission".into(),
        address: "12 Harbour Street".into(),
        approved: Vec::new(),
        officers: Vec::new(),
    });
    assert_eq!(refused(desk.does(&send(&copies[..1], mission()))), Code::RouteNotApproved);
    desk.does(&enter(known.clone())).unwrap();
    assert_eq!(refused(desk.does(&enter(known))), Code::NameTaken);
    let sent = dispatched(&desk.does(&send(&copies[..1], mission())).unwrap());
    let carried = entered(&desk.does(&enter(package(&[sent], Carriage::Courier))).unwrap());
    assert_eq!(refused(desk.does(&enter(Details::Journeys(journey(&[carried.id]))))), Code::NotByHand);
}

#[test]
fn papers_go_past_the_registry_above_only_where_it_approved_the_route() {
    let (mut desk, copies) = Desk::with("TOP SECRET");
    let above = |id, code: &str, parent| Registry {
        id,
        code: code.into(),
        names: names(code),
        body: None,
        parent,
        ceilings: Vec::new(),
    };
    desk.house.add_registry(above(CENTRAL, "CEN", None));
    desk.house.add_registry(above(HQ, "HQR", Some(CENTRAL)));
    desk.house.add_registry(above(LOW, "LOW", Some(CENTRAL)));
    assert_eq!(desk.house.above(HQ), [HQ, CENTRAL]);
    let to_low = || Addressee::Registry { registry: LOW };
    assert_eq!(refused(desk.does(&send(&copies[..1], to_low()))), Code::RouteNotApproved);
    // A correspondent is the central registry's: one below it needs the approval for him too.
    assert_eq!(refused(desk.does(&send(&copies[..1], mission()))), Code::RouteNotApproved);
    let route = |to, until| {
        Details::Routes(Route { from: HQ, to, logs: vec!["CTS".into()], until, reference: "Letter 7".into() })
    };
    let low = Destination::Registry { registry: LOW };
    assert_eq!(refused(desk.does(&enter(route(low.clone(), None)))), Code::Forbidden);
    let officer = controller(&desk.house, 9);
    let past = route(low.clone(), Some(date(2026, 3, 1)));
    assert_eq!(refused(desk.by(&officer, &enter(past))), Code::AlreadyPast);
    let approved = entered(&desk.by(&officer, &enter(route(low, Some(date(2026, 3, 12))))).unwrap());
    desk.does(&send(&copies[..1], to_low())).unwrap();
    desk.by(&officer, &step(approved.id, Step::End)).unwrap();
    assert_eq!(refused(desk.does(&send(&copies[1..2], to_low()))), Code::RouteNotApproved);
    // Up the tree needs no approval.
    desk.does(&send(&copies[1..2], Addressee::Registry { registry: CENTRAL })).unwrap();
    // What has happened is written down.
    let mut happened = send(&copies[2..], mission());
    if let Act::Send { despite, words, .. } = &mut happened {
        *despite = Some(registry::custody::fact::Despite::Happened);
        *words = "It went before anybody asked".into();
    }
    desk.does(&happened).unwrap();
    assert_eq!(desk.books.incidents.len(), 1);
}

#[test]
fn a_correspondent_is_sent_no_more_than_he_is_approved_for() {
    let (mut desk, copies) = Desk::with("SECRET");
    let known = |level| {
        enter(Details::Correspondents(Correspondent {
            name: "The mission".into(),
            address: "12 Harbour Street".into(),
            approved: vec![clearance(&house(), level)],
            officers: Vec::new(),
        }))
    };
    let low = entered(&desk.does(&known("CONFIDENTIAL")).unwrap());
    assert_eq!(refused(desk.does(&send(&copies[..1], mission()))), Code::ReceiverClearance);
    desk.does(&step(low.id, Step::End)).unwrap();
    desk.does(&known("SECRET")).unwrap();
    desk.does(&send(&copies[..1], mission())).unwrap();
}

#[test]
fn equipment_goes_to_who_is_cleared_for_what_it_held_and_its_level_only_rises() {
    let (mut desk, _) = Desk::with("SECRET");
    let disk = |is, known_to| {
        Details::Equipment(Equipment {
            is,
            mark: "Disk 4".into(),
            serial: "17".into(),
            place: "Room 210".into(),
            level: Some(clearance(&house(), "CONFIDENTIAL")),
            with: Some(person(51)),
            combination: None,
            known_to,
        })
    };
    let known = enter(disk(EquipmentKind::Laptop, vec![person(50)]));
    assert_eq!(refused(desk.does(&known)), Code::NotOffered);
    let disk = entered(&desk.does(&enter(disk(EquipmentKind::Removable, Vec::new()))).unwrap());
    let Details::Equipment(Equipment { with: None, .. }) = &disk.details else { panic!("{disk:?}") };
    let hand = |n| step(disk.id, Step::HandOut { person: person(n) });
    desk.does(&hand(52)).unwrap();
    desk.does(&step(disk.id, Step::TakeBack)).unwrap();
    let raise = |level| step(disk.id, Step::Raise { level: clearance(&house(), level) });
    desk.does(&raise("SECRET")).unwrap();
    for lower in ["SECRET", "RESTRICTED"] {
        assert_eq!(refused(desk.does(&raise(lower))), Code::NotHigher);
    }
    assert_eq!(refused(desk.does(&hand(52))), Code::EquipmentClearance);
    assert_eq!(refused(desk.does(&hand(99))), Code::PersonUnknown);
    desk.does(&hand(50)).unwrap();
    assert_eq!(desk.books.items[&disk.id].0.details.person(), Some(person(50)));
    assert_eq!(refused(desk.does(&step(disk.id, Step::Destroy { method: "Cut".into() }))), Code::ItemStage);
    let change = Step::ChangeCombination { why: Changed::Due, known_to: Vec::new() };
    desk.does(&step(disk.id, Step::TakeBack)).unwrap();
    assert_eq!(refused(desk.does(&step(disk.id, change))), Code::ItemStage);
    desk.does(&step(disk.id, Step::Destroy { method: "Cut".into() })).unwrap();
    assert_eq!(refused(desk.does(&hand(50))), Code::ItemStage);
}

#[test]
fn nobody_appoints_himself_nor_confirms_his_own_transfer() {
    let (mut desk, _) = Desk::with("SECRET");
    let officer = controller(&desk.house, 50);
    let appoint = |n| {
        enter(Details::Appointments(Appointment {
            person: person(n),
            function: Function::ControlOfficer,
            logs: Vec::new(),
            from: date(2026, 4, 1),
            until: None,
            reference: "Letter 8".into(),
        }))
    };
    assert_eq!(refused(desk.does(&appoint(51))), Code::Forbidden);
    assert_eq!(refused(desk.by(&officer, &appoint(50))), Code::SamePerson);
    assert_eq!(refused(desk.by(&officer, &appoint(99))), Code::PersonUnknown);
    desk.by(&officer, &appoint(51)).unwrap();

    let transfer = |result, to: &str| {
        enter(Details::Transfers(Transfer {
            what: "Three tables".into(),
            from: "Low".into(),
            to: to.into(),
            authorised_by: person(50),
            why: "For the exercise".into(),
            how: "Disk EQ-0001/2026".into(),
            scan: Scan { tool: "Scanner 4".into(), result },
            at: NOW,
        }))
    };
    assert_eq!(refused(desk.does(&transfer(ScanResult::Clean, "Low"))), Code::NotOffered);
    let clean = entered(&desk.does(&transfer(ScanResult::Clean, "High")).unwrap());
    assert_eq!(refused(desk.does(&step(clean.id, Step::Confirm))), Code::SamePerson);
    desk.by(&officer, &step(clean.id, Step::Confirm)).unwrap();
    let held = entered(&desk.does(&transfer(ScanResult::Infected, "High")).unwrap());
    assert_eq!(held.stage, Stage::Quarantined);
    assert_eq!(Alert::of(&held, NOW, &desk.house), Some(Alert::Quarantined));
    assert_eq!(refused(desk.by(&officer, &step(held.id, Step::Confirm))), Code::ItemStage);
    assert_eq!(refused(desk.does(&step(held.id, Step::Clear))), Code::Forbidden);
    desk.by(&officer, &step(held.id, Step::Clear)).unwrap();
    desk.by(&officer, &step(held.id, Step::Confirm)).unwrap();
    let stranger = caller(9, &cleared(&desk.house, "TOP SECRET"));
    assert_eq!(refused(desk.by(&stranger, &transfer(ScanResult::Clean, "High"))), Code::Forbidden);
}

#[test]
fn what_is_late_follows_from_now_and_the_rules() {
    let (mut desk, copies) = Desk::with("SECRET");
    let sent = dispatched(&desk.does(&send(&copies[..1], to(50))).unwrap());
    let carried = entered(&desk.does(&enter(package(&[sent], Carriage::Courier))).unwrap());
    let certificate = entered(&desk.does(&enter(Details::Journeys(journey(&[carried.id])))).unwrap());
    let house = desk.house.clone();
    let alert = |item: &Item, days: i64| Alert::of(item, NOW.plus_seconds(days * DAY), &house);
    assert_eq!(alert(&certificate, 0), Some(Alert::Issue));
    assert_eq!(alert(&certificate, 7), Some(Alert::Advise));
    assert_eq!(alert(&certificate, 9), Some(Alert::NotLeft));
    let officer = controller(&desk.house, 9);
    desk.by(&officer, &step(certificate.id, Step::Issue)).unwrap();
    desk.does(&step(certificate.id, Step::Advise)).unwrap();
    desk.does(&step(certificate.id, Step::Depart)).unwrap();
    let under_way = desk.books.items[&certificate.id].0.clone();
    let hours = |n: i64| Alert::of(&under_way, NOW.plus_seconds(8 * DAY + 7_200 + n * 3_600), &house);
    assert_eq!((hours(0), hours(8), hours(9)), (None, None, Some(Alert::Late)));
    let safe = Details::Equipment(Equipment {
        is: EquipmentKind::Safe,
        mark: "Safe 4".into(),
        serial: "17".into(),
        place: "Room 210".into(),
        level: None,
        with: None,
        combination: None,
        known_to: vec![person(50)],
    });
    let safe = entered(&desk.does(&enter(safe)).unwrap());
    assert_eq!((alert(&safe, 364), alert(&safe, 366)), (None, Some(Alert::Combination)));
}
