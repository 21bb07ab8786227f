//! Custody: what may be done with copies, what is refused and why, and that whatever is done every copy has one holder and
//! an unbroken chain.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use registry::{
    Caller, Code, CommandId, Context, CopyId, DispatchId, DocumentId, Fact, IdSource, PersonId, Refusal,
    Timestamp,
    access::AccessRule,
    authorisation::{Authorisation, Grant, Role, Standing as Stands},
    custody::{
        self, Act, Container, CustodyNeeds, Documented, Known, Numbered,
        copy::{Copy, Event, Holder, Medium, Origin, Standing},
        decide,
        fact::{
            Addressee, Certificate, Control, Despite, Discrepancy, Dispatch, Hand, Incident, IncidentKind,
            Signed,
        },
        happening,
        settings::Settings,
    },
    house::House,
    id::{CertificateId, ContainerId},
    person::Person,
};

use crate::support::{
    HQ, LOW, NOW, TODAY, by_operator, caller, cleared, held, house as plain, label, of_nation, operator,
    person, role, stale,
};

const SETTINGS: &str = include_str!("../../../../house/custody.toml");

fn house() -> House {
    let settings: Settings = toml::from_str(SETTINGS).unwrap();
    let mut house = plain();
    house.custody = settings.checked().unwrap();
    house
}

fn rule(house: &House, level: &str) -> AccessRule {
    AccessRule {
        content: Some(label(house, "NATO", level, &[])),
        subject: Some(label(house, "NATO", "UNCLASSIFIED", &[])),
        entry: Some(label(house, "NATO", "UNCLASSIFIED", &[])),
        need_to_know: Vec::new(),
        access_list: Vec::new(),
        released_on: None,
    }
}

/// A clerk who handles and may read everything; another who handles and may read nothing above RESTRICTED.
fn clerk(house: &House, n: u8) -> Caller {
    let mut grants = cleared(house, "TOP SECRET");
    grants.push(role(Role::Clerk, Some(HQ)));
    caller(n, &grants)
}

fn assistant(house: &House, n: u8) -> Caller {
    let mut grants = cleared(house, "RESTRICTED");
    grants.push(role(Role::Assistant, Some(HQ)));
    caller(n, &grants)
}

/// The books as the tables keep them.
#[derive(Default, Clone)]
struct Books {
    documents: BTreeMap<DocumentId, (AccessRule, Option<Control>)>,
    copies: BTreeMap<CopyId, (Copy, Option<CertificateId>)>,
    first: BTreeMap<CopyId, Copy>,
    chain: BTreeMap<CopyId, Vec<(Event, Timestamp)>>,
    dispatches: BTreeMap<DispatchId, Dispatch>,
    certificates: BTreeMap<CertificateId, (Certificate, BTreeMap<Hand, PersonId>)>,
    containers: BTreeMap<ContainerId, Container>,
    incidents: Vec<Incident>,
    next: BTreeMap<String, u64>,
    people: BTreeMap<PersonId, Vec<Grant>>,
    commands: u8,
}

impl Books {
    fn with(house: &House, level: &str) -> (Self, DocumentId) {
        let document = DocumentId::new([0xd0; 16]);
        let mut books = Self::default();
        books.documents.insert(document, (rule(house, level), None));
        books.people.insert(person(50), cleared(house, "TOP SECRET"));
        books.people.insert(person(51), cleared(house, "TOP SECRET"));
        books.people.insert(person(52), cleared(house, "CONFIDENTIAL"));
        (books, document)
    }

    fn needs(&self, act: &Act) -> CustodyNeeds {
        let dispatch = match act {
            Act::Receipt { dispatch, .. } | Act::Trace { dispatch, .. } => {
                self.dispatches.get(dispatch).cloned()
            }
            _ => None,
        };
        let certificate = match act {
            Act::Sign { certificate, .. } | Act::Withdraw { certificate, .. } => {
                self.certificates.get(certificate).cloned()
            }
            _ => None,
        };
        let mut named: Vec<CopyId> = act.copies().to_vec();
        named.extend(dispatch.iter().flat_map(|d| d.copies.clone()));
        named.extend(certificate.iter().flat_map(|(c, _)| c.copies.clone()));
        let known = |id: &CopyId| {
            let (copy, drawn_up) = self.copies.get(id)?;
            let (rule, control) = self.documents.get(&copy.document)?;
            Some(Known {
                copy: copy.clone(),
                rule: rule.clone(),
                control: control.clone()?,
                drawn_up: *drawn_up,
            })
        };
        let document = match act {
            Act::Record { document, .. } => self.documents.get(document).map(|(rule, control)| Documented {
                rule: rule.clone(),
                control: control.clone(),
                numbers: self.numbers(*document),
            }),
            _ => None,
        };
        let person = act.person().and_then(|id| Some(Box::new((of(id), self.held(id)?))));
        CustodyNeeds {
            copies: named.iter().filter_map(known).collect(),
            document,
            person,
            container: act.container().and_then(|id| self.containers.get(&id).cloned()),
            dispatch,
            certificate,
            incident: None,
            next: self.next.clone(),
        }
    }

    fn numbers(&self, document: DocumentId) -> BTreeSet<u32> {
        self.copies.values().filter(|(c, _)| c.document == document).map(|(c, _)| c.number).collect()
    }

    fn held(&self, id: PersonId) -> Option<Vec<Authorisation>> {
        let grants = self.people.get(&id)?;
        Some((0..).zip(grants).map(|(n, g)| held(n, id, g.clone(), Stands::Confirmed)).collect())
    }

    fn does(
        &mut self,
        house: &House,
        caller: &Caller,
        now: Timestamp,
        act: &Act,
    ) -> Result<Vec<Fact>, Refusal> {
        self.commands = self.commands.wrapping_add(1);
        let ids = IdSource::new(&[9; 32]);
        let context = Context {
            registry: HQ,
            actor: caller.person,
            command: CommandId::new([self.commands; 16]),
            now,
            today: TODAY,
            house,
            ids: &ids,
        };
        let facts = decide(caller, &context, act, &self.needs(act))?;
        for fact in &facts {
            self.apply(caller.person, fact);
        }
        Ok(facts)
    }

    fn apply(&mut self, actor: PersonId, fact: &Fact) {
        let mut count = |name: &str, number: u64| {
            let next = self.next.entry(name.to_owned()).or_insert(1);
            assert_eq!(*next, number, "{name}");
            *next += 1;
        };
        match fact {
            Fact::CopiesRecorded { recorded } => {
                let (_, control) = self.documents.get_mut(&recorded.document).unwrap();
                if control.is_none() {
                    count(&recorded.control.log, recorded.control.serial);
                    *control = Some(recorded.control.clone());
                }
                for new in &recorded.copies {
                    let copy = Copy {
                        id: new.id,
                        document: recorded.document,
                        number: new.number,
                        pages: new.pages,
                        medium: new.medium,
                        origin: recorded.origin,
                        holder: recorded.holder.clone(),
                        standing: Standing::Held,
                        since: recorded.at,
                    };
                    assert!(self.first.insert(new.id, copy.clone()).is_none(), "an identifier twice");
                    self.copies.insert(new.id, (copy, None));
                }
            }
            Fact::CopiesSent { dispatch } => {
                count(custody::RECEIPTS, dispatch.number);
                self.dispatches.insert(dispatch.id, (**dispatch).clone());
            }
            Fact::DestructionDrawnUp { certificate } => {
                count(custody::CERTIFICATES, certificate.number);
                for copy in &certificate.copies {
                    self.copies.get_mut(copy).unwrap().1 = Some(certificate.id);
                }
                self.certificates.insert(certificate.id, ((**certificate).clone(), BTreeMap::new()));
            }
            Fact::DestructionSigned { certificate, hand, .. } => {
                self.certificates.get_mut(certificate).unwrap().1.insert(*hand, actor);
            }
            Fact::DestructionWithdrawn { certificate, .. } => {
                let (gone, _) = self.certificates.remove(certificate).unwrap();
                for copy in &gone.copies {
                    self.copies.get_mut(copy).unwrap().1 = None;
                }
            }
            Fact::IncidentOpened { incident } => {
                count(custody::INCIDENTS, incident.number);
                self.incidents.push((**incident).clone());
            }
            Fact::ContainerFurnished { container } => {
                self.containers.insert(container.id, (**container).clone());
            }
            _ => {}
        }
        if let Some((copies, event, at)) = happening(fact) {
            for id in copies {
                let (copy, _) = self.copies.get_mut(&id).unwrap();
                *copy = copy.after(&event, at).expect("what was decided happens");
                self.chain.entry(id).or_default().push((event.clone(), at));
            }
        }
    }

    /// Every copy is what its chain makes of it; numbers are given once.
    fn check(&self) {
        let mut numbers = BTreeSet::new();
        for (id, (copy, _)) in &self.copies {
            assert!(numbers.insert((copy.document, copy.number)), "a number twice");
            let mut now = self.first[id].clone();
            for (event, at) in self.chain.get(id).into_iter().flatten() {
                assert!(*at >= now.since);
                now = now.after(event, *at).unwrap();
            }
            assert_eq!(now, *copy);
            match copy.standing {
                Standing::Transferred => assert!(matches!(copy.holder, Holder::Elsewhere { .. })),
                Standing::Held => assert!(!matches!(copy.holder, Holder::Elsewhere { .. })),
                Standing::Destroyed { certificate } => {
                    let (of, signed) = &self.certificates[&certificate];
                    assert!(of.copies.contains(id) && signed.len() == if of.witnessed { 2 } else { 1 });
                    let who: BTreeSet<_> = signed.values().collect();
                    assert_eq!(who.len(), signed.len(), "one person signed twice");
                }
                _ => {}
            }
        }
    }
}

fn of(id: PersonId) -> Person {
    of_nation(id, "BEL")
}

fn paper(number: u32) -> Numbered {
    Numbered { number, pages: Some(4), medium: Medium::Paper }
}

fn record(document: DocumentId, numbers: &[u32]) -> Act {
    Act::Record {
        document,
        origin: Origin::Received,
        from: None,
        copies: numbers.iter().copied().map(paper).collect(),
        of: None,
        container: None,
        at: None,
        words: String::new(),
    }
}

fn made(document: DocumentId, numbers: &[u32]) -> Act {
    let mut act = record(document, numbers);
    if let Act::Record { origin, .. } = &mut act {
        *origin = Origin::Made;
    }
    act
}

fn send(copies: &[CopyId], to: Addressee) -> Act {
    Act::Send {
        copies: copies.to_vec(),
        to,
        bearer: String::new(),
        at: None,
        despite: None,
        words: String::new(),
    }
}

fn keep(copies: &[CopyId]) -> Act {
    Act::Keep { copies: copies.to_vec(), container: None, at: None, words: String::new() }
}

fn screen(dispatch: DispatchId) -> Act {
    Act::Receipt {
        dispatch,
        signed: Signed::Screen,
        by: String::new(),
        scan: None,
        at: None,
        discrepancies: Vec::new(),
    }
}

fn paper_receipt(dispatch: DispatchId) -> Act {
    Act::Receipt {
        dispatch,
        signed: Signed::Paper,
        by: "J. Clerk".into(),
        scan: None,
        at: None,
        discrepancies: Vec::new(),
    }
}

fn to(n: u8) -> Addressee {
    Addressee::Person { person: person(n) }
}

fn dispatched(facts: &[Fact]) -> DispatchId {
    match &facts[0] {
        Fact::CopiesSent { dispatch } => dispatch.id,
        other => panic!("{other:?}"),
    }
}

fn copies_of(facts: &[Fact]) -> Vec<CopyId> {
    match &facts[0] {
        Fact::CopiesRecorded { recorded } => recorded.copies.iter().map(|c| c.id).collect(),
        other => panic!("{other:?}"),
    }
}

fn refused(result: Result<Vec<Fact>, Refusal>) -> Code {
    result.unwrap_err().code
}

#[test]
fn a_marking_has_its_log_and_each_log_its_numbers() {
    let house = house();
    for (level, categories, log) in [
        ("TOP SECRET", &[][..], "CTS"),
        ("SECRET", &[], "NS"),
        ("SECRET", &[("Additional Sensitivity", "ATOMAL")], "ATOMAL"),
        ("CONFIDENTIAL", &[], "NATO"),
    ] {
        let label = label(&house, "NATO", level, categories);
        assert_eq!(house.custody.log(&label, &house.policies).unwrap().code, log);
    }
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let facts = books.does(&house, &clerk, NOW, &record(document, &[3, 4])).unwrap();
    let Fact::CopiesRecorded { recorded } = &facts[0] else { panic!() };
    assert_eq!(recorded.control.text(), "NS-0001/2026");
    // The document has its number; the next copies come under it.
    let facts = books.does(&house, &clerk, NOW, &record(document, &[5])).unwrap();
    let Fact::CopiesRecorded { recorded } = &facts[0] else { panic!() };
    assert_eq!(recorded.control.text(), "NS-0001/2026");
    assert_eq!(refused(books.does(&house, &clerk, NOW, &record(document, &[5]))), Code::CopyNumberTaken);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &record(document, &[0]))), Code::CopyNumber);
    books.check();
}

#[test]
fn staff_handles_what_it_may_not_read_and_a_stranger_sees_nothing() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let copies = copies_of(&books.does(&house, &assistant(&house, 2), NOW, &record(document, &[1])).unwrap());
    let reader = caller(3, &cleared(&house, "SECRET"));
    assert_eq!(refused(books.does(&house, &reader, NOW, &keep(&copies))), Code::Forbidden);
    let stranger = caller(4, &cleared(&house, "CONFIDENTIAL"));
    assert_eq!(refused(books.does(&house, &stranger, NOW, &keep(&copies))), Code::NotFound);
    assert_eq!(refused(books.does(&house, &stranger, NOW, &record(document, &[2]))), Code::NotFound);
}

#[test]
fn the_sender_answers_until_the_receipt_is_there() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1, 2])).unwrap());
    let sent = dispatched(&books.does(&house, &clerk, NOW, &send(&copies, to(50))).unwrap());
    assert_eq!(books.copies[&copies[0]].0.holder, Holder::Registry);
    // Nobody gives another's receipt on screen; whoever does not see the papers learns nothing of it.
    let other = caller(51, &cleared(&house, "TOP SECRET"));
    assert_eq!(refused(books.does(&house, &other, NOW, &screen(sent))), Code::Forbidden);
    let stranger = caller(52, &cleared(&house, "CONFIDENTIAL"));
    assert_eq!(refused(books.does(&house, &stranger, NOW, &screen(sent))), Code::NotFound);
    let addressee = caller(50, &cleared(&house, "TOP SECRET"));
    assert_eq!(
        refused(books.does(&house, &by_operator(addressee.clone()), NOW, &screen(sent))),
        Code::Forbidden
    );
    // One of the two has not come.
    let mut receipt = screen(sent);
    if let Act::Receipt { discrepancies, .. } = &mut receipt {
        discrepancies.push(Discrepancy { copy: copies[1], words: "Not in the envelope".into() });
    }
    books.does(&house, &addressee, NOW, &receipt).unwrap();
    assert_eq!(books.copies[&copies[0]].0.holder, Holder::Person { person: person(50) });
    assert_eq!(books.copies[&copies[1]].0.standing, Standing::UnderWay { dispatch: sent });
    assert_eq!(books.incidents[0].is, IncidentKind::Discrepancy);
    // It is found in the post room and comes back; then no receipt is due any more.
    books.does(&house, &clerk, NOW, &keep(&copies[1..])).unwrap();
    assert_eq!(refused(books.does(&house, &clerk, NOW, &paper_receipt(sent))), Code::ReceiptGiven);
    books.check();
}

#[test]
fn a_movement_is_refused_by_what_the_receiver_lacks_and_written_down_when_it_has_happened() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1])).unwrap());
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, to(52)))), Code::ReceiverClearance);
    books.people.get_mut(&person(50)).unwrap().retain(|g| !matches!(g, Grant::Briefing { .. }));
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, to(50)))), Code::ReceiverBriefing);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, to(99)))), Code::PersonUnknown);
    let low = Addressee::Registry { registry: LOW };
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, low))), Code::AboveCeiling);
    let mut happened = send(&copies, to(52));
    if let Act::Send { despite, .. } = &mut happened {
        *despite = Some(Despite::Happened);
    }
    assert_eq!(refused(books.does(&house, &clerk, NOW, &happened)), Code::Required);
    if let Act::Send { words, .. } = &mut happened {
        *words = "Handed over at the counter by mistake".into();
    }
    // Nobody has handed anything over to one who is not there.
    for (nobody, code) in [
        (to(99), Code::PersonUnknown),
        (Addressee::Registry { registry: registry::RegistryId::new([99; 16]) }, Code::RegistryUnknown),
    ] {
        let mut act = happened.clone();
        if let Act::Send { to, .. } = &mut act {
            *to = nobody;
        }
        assert_eq!(refused(books.does(&house, &clerk, NOW, &act)), code);
    }
    let sent = dispatched(&books.does(&house, &clerk, NOW, &happened).unwrap());
    assert_eq!(books.incidents[0].is, IncidentKind::Irregular);
    assert_eq!(books.dispatches[&sent].despite, Some(Despite::Happened));
    // It comes back, whatever was wrong.
    books.does(&house, &clerk, NOW, &keep(&copies)).unwrap();
    books.check();
}

#[test]
fn what_is_destroyed_transferred_or_from_before_is_told_apart() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let (one, two) = (clerk(&house, 1), clerk(&house, 2));
    let copies = copies_of(&books.does(&house, &one, NOW, &made(document, &[1, 2, 3])).unwrap());
    let yesterday = NOW.plus_seconds(-86_400);
    let mut early = keep(&copies[..1]);
    if let Act::Keep { at, container, .. } = &mut early {
        *at = Some(yesterday);
        *container = Some(ContainerId::new([0xc0; 16]));
    }
    assert_eq!(refused(books.does(&house, &one, NOW, &early)), Code::NotOffered);
    let mut early = send(&copies[..1], to(50));
    if let Act::Send { at, .. } = &mut early {
        *at = Some(yesterday);
    }
    assert_eq!(refused(books.does(&house, &one, NOW, &early)), Code::CopyBefore);
    if let Act::Send { at, .. } = &mut early {
        *at = Some(NOW.plus_seconds(60));
    }
    assert_eq!(refused(books.does(&house, &one, NOW, &early)), Code::NotYet);
    let twice = [copies[0], copies[0]];
    assert_eq!(refused(books.does(&house, &one, NOW, &send(&twice, to(50)))), Code::CopyTwice);

    let draw_up = Act::DrawUp { copies: copies[..2].to_vec(), method: "Shredded".into() };
    let facts = books.does(&house, &one, NOW, &draw_up).unwrap();
    let Fact::DestructionDrawnUp { certificate } = &facts[0] else { panic!() };
    let id = certificate.id;
    assert_eq!(refused(books.does(&house, &one, NOW, &draw_up)), Code::CopyDrawnUp);
    assert_eq!(refused(books.does(&house, &one, NOW, &send(&copies[..1], to(50)))), Code::CopyDrawnUp);
    let sign = |hand| Act::Sign { certificate: id, hand };
    assert_eq!(refused(books.does(&house, &operator(), NOW, &sign(Hand::Destroyer))), Code::NeedsPerson);
    assert_eq!(
        refused(books.does(&house, &stale(one.clone()), NOW, &sign(Hand::Destroyer))),
        Code::SignInNotFresh
    );
    books.does(&house, &one, NOW, &sign(Hand::Destroyer)).unwrap();
    assert_eq!(refused(books.does(&house, &one, NOW, &sign(Hand::Destroyer))), Code::SignedAlready);
    assert_eq!(refused(books.does(&house, &one, NOW, &sign(Hand::Witness))), Code::SamePerson);
    assert_eq!(books.copies[&copies[0]].0.standing, Standing::Held);
    books.does(&house, &two, NOW, &sign(Hand::Witness)).unwrap();
    assert_eq!(books.copies[&copies[0]].0.standing, Standing::Destroyed { certificate: id });
    assert_eq!(refused(books.does(&house, &one, NOW, &keep(&copies[..1]))), Code::CopyDestroyed);

    let elsewhere = Addressee::Elsewhere { name: "Sub-registry of the mission".into() };
    let sent = dispatched(&books.does(&house, &one, NOW, &send(&copies[2..], elsewhere)).unwrap());
    assert_eq!(refused(books.does(&house, &one, NOW, &send(&copies[2..], to(50)))), Code::CopyUnderWay);
    books.does(&house, &one, NOW, &paper_receipt(sent)).unwrap();
    assert_eq!(refused(books.does(&house, &one, NOW, &send(&copies[2..], to(50)))), Code::CopyTransferred);
    // The mission returns it.
    books.does(&house, &one, NOW, &keep(&copies[2..])).unwrap();
    books.check();
}

#[test]
fn only_the_issuer_destroys_or_copies_cosmic() {
    let house = house();
    let (mut books, document) = Books::with(&house, "TOP SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[7])).unwrap());
    let draw_up = Act::DrawUp { copies: copies.clone(), method: "Burned".into() };
    assert_eq!(refused(books.does(&house, &clerk, NOW, &draw_up)), Code::IssuerAlone);
    let mut copy = record(document, &[8]);
    if let Act::Record { origin, from, .. } = &mut copy {
        (*origin, *from) = (Origin::Reproduced, Some(copies[0]));
    }
    assert_eq!(refused(books.does(&house, &clerk, NOW, &copy)), Code::IssuerAlone);
    let mut grants = cleared(&house, "TOP SECRET");
    grants.push(role(Role::Controller, Some(HQ)));
    books.does(&house, &caller(9, &grants), NOW, &copy).unwrap();
    books.check();
}

#[test]
fn a_missing_copy_is_an_incident_and_comes_back_when_it_is_found() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1])).unwrap());
    let miss = Act::Miss { copies: copies.clone(), words: "Not in the safe at the muster".into() };
    books.does(&house, &clerk, NOW, &miss).unwrap();
    assert_eq!(books.incidents[0].is, IncidentKind::Missing);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &miss)), Code::CopyMissing);
    assert_eq!(refused(books.does(&house, &clerk, NOW, &send(&copies, to(50)))), Code::CopyMissing);
    books.does(&house, &clerk, NOW, &keep(&copies)).unwrap();
    let release = Act::Release { copies: copies.clone(), words: "Note 12".into() };
    assert_eq!(refused(books.does(&house, &clerk, NOW, &release)), Code::StillAccountable);
    books.documents.get_mut(&document).unwrap().0 = rule(&house, "CONFIDENTIAL");
    books.does(&house, &clerk, NOW, &release).unwrap();
    assert_eq!(refused(books.does(&house, &clerk, NOW, &keep(&copies))), Code::CopyReleased);
    books.check();
}

#[test]
fn a_container_holds_only_what_it_is_approved_for() {
    let house = house();
    let (mut books, document) = Books::with(&house, "SECRET");
    let clerk = clerk(&house, 1);
    let copies = copies_of(&books.does(&house, &clerk, NOW, &record(document, &[1])).unwrap());
    let furnish = |level: &str| Act::Furnish {
        name: "Safe 4".into(),
        place: "Room 210".into(),
        approved: vec![crate::support::clearance(&house, level)],
    };
    let mut put = |level: &str| {
        let facts = books.does(&house, &clerk, NOW, &furnish(level)).unwrap();
        let Fact::ContainerFurnished { container } = &facts[0] else { panic!() };
        let id = Some(container.id);
        let act = Act::Keep { copies: copies.clone(), container: id, at: None, words: String::new() };
        books.does(&house, &clerk, NOW, &act)
    };
    assert_eq!(refused(put("CONFIDENTIAL")), Code::ContainerNotApproved);
    put("SECRET").unwrap();
}

/// One thing that somebody might ask, by a few numbers.
#[derive(Debug, Clone, Copy)]
struct Throw {
    what: u8,
    who: u8,
    which: u8,
    more: u8,
    late: u8,
}

fn throw() -> impl Strategy<Value = Throw> {
    (0..14_u8, 0..5_u8, any::<u8>(), any::<u8>(), 0..4_u8).prop_map(|(what, who, which, more, late)| Throw {
        what,
        who,
        which,
        more,
        late,
    })
}

impl Throw {
    fn act(self, books: &Books, document: DocumentId, now: Timestamp) -> Option<Act> {
        let ids: Vec<CopyId> = books.copies.keys().copied().collect();
        let some = |n: u8| -> Vec<CopyId> {
            let many = usize::from(n % 3) + 1;
            (0..many)
                .filter_map(|k| ids.get((usize::from(self.which) + k) % ids.len().max(1)).copied())
                .collect()
        };
        let at = (self.late == 1).then(|| now.plus_seconds(-i64::from(self.more) * 600));
        let dispatch = || {
            let all: Vec<_> = books.dispatches.keys().copied().collect();
            all.get(usize::from(self.which) % all.len().max(1)).copied()
        };
        let certificate = || {
            let all: Vec<_> = books.certificates.keys().copied().collect();
            all.get(usize::from(self.which) % all.len().max(1)).copied()
        };
        Some(match self.what {
            0 | 1 => made(document, &[u32::from(self.which % 40) + 1, u32::from(self.more % 40) + 1]),
            2 => Act::Keep { copies: some(self.more), container: None, at, words: String::new() },
            3..=5 => {
                let to = match self.more % 5 {
                    0 => Addressee::Desk,
                    1 => Addressee::Elsewhere { name: "The mission".into() },
                    n => to(49 + n - 1),
                };
                let mut act = send(&some(self.more / 5), to);
                if let Act::Send { at: given, despite, words, .. } = &mut act {
                    *given = at;
                    *despite = (self.late == 2).then_some(Despite::Happened);
                    *words = "It had happened".into();
                }
                act
            }
            6 | 7 => {
                let mut act = if self.more.is_multiple_of(2) {
                    screen(dispatch()?)
                } else {
                    paper_receipt(dispatch()?)
                };
                if let Act::Receipt { discrepancies, dispatch, .. } = &mut act
                    && self.late == 3
                {
                    let copy = *books.dispatches[dispatch].copies.first()?;
                    discrepancies.push(Discrepancy { copy, words: "Torn".into() });
                }
                act
            }
            8 => Act::Miss { copies: some(self.more), words: "Gone".into() },
            9 | 10 => Act::DrawUp { copies: some(self.more), method: "Shredded".into() },
            11 | 12 => {
                let hand = if self.more.is_multiple_of(2) { Hand::Destroyer } else { Hand::Witness };
                Act::Sign { certificate: certificate()?, hand }
            }
            _ => Act::Withdraw { certificate: certificate()?, words: "A mistake".into() },
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
    /// Whatever is asked of the books in whatever order, every copy has one holder and one state, and its chain is whole.
    #[test]
    fn whatever_is_asked_every_chain_is_whole(throws in proptest::collection::vec(throw(), 1..80)) {
        let house = house();
        let (mut books, document) = Books::with(&house, "SECRET");
        let callers = [
            clerk(&house, 1),
            clerk(&house, 2),
            assistant(&house, 3),
            caller(50, &cleared(&house, "TOP SECRET")),
            caller(51, &cleared(&house, "TOP SECRET")),
        ];
        let mut now = NOW;
        for throw in throws {
            now = now.plus_seconds(300);
            let Some(act) = throw.act(&books, document, now) else { continue };
            let before = books.copies.clone();
            if books.does(&house, &callers[usize::from(throw.who)], now, &act).is_err() {
                prop_assert!(before.iter().all(|(id, was)| books.copies[id] == *was), "a refusal changed something");
            }
            books.check();
        }
    }
}
