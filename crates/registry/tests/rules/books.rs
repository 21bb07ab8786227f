//! The books of copies as tables keep them, for tests of the rules: what a decision needs is read from here, what was decided
//! is written here, and every copy is what its chain makes of it.

use std::collections::{BTreeMap, BTreeSet};

use registry::{
    Caller, Code, CommandId, Context, CopyId, DispatchId, DocumentId, Fact, IdSource, PersonId, Refusal,
    Timestamp,
    access::AccessRule,
    authorisation::{Authorisation, Grant, Role, Standing as Stands},
    custody::{
        self, Act, Container, CustodyNeeds, Documented, Known, Numbered,
        book::{Booked, Details, Item, routes},
        copy::{Copy, Event, Holder, Medium, Origin, Standing},
        decide,
        fact::{Addressee, Certificate, Control, Dispatch, Hand, Incident, Signed},
        happening,
        muster::{Line, MUSTERS, Muster, Mustered},
        settings::Settings,
    },
    house::House,
    id::{BookItemId, CertificateId, ContainerId, MusterId},
    person::Person,
};

use crate::support::{HQ, TODAY, caller, cleared, held, house as plain, label, of_nation, person, role};

const SETTINGS: &str = include_str!("../../../../house/custody.toml");

pub fn house() -> House {
    let settings: Settings = toml::from_str(SETTINGS).unwrap();
    let mut house = plain();
    house.custody = settings.checked().unwrap();
    house
}

pub fn rule(house: &House, level: &str) -> AccessRule {
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
pub fn clerk(house: &House, n: u8) -> Caller {
    let mut grants = cleared(house, "TOP SECRET");
    grants.push(role(Role::Clerk, Some(HQ)));
    caller(n, &grants)
}

pub fn assistant(house: &House, n: u8) -> Caller {
    let mut grants = cleared(house, "RESTRICTED");
    grants.push(role(Role::Assistant, Some(HQ)));
    caller(n, &grants)
}

/// The books as the tables keep them.
#[derive(Default, Clone)]
pub struct Books {
    pub documents: BTreeMap<DocumentId, (AccessRule, Option<Control>)>,
    pub copies: BTreeMap<CopyId, (Copy, Option<CertificateId>)>,
    pub first: BTreeMap<CopyId, Copy>,
    pub chain: BTreeMap<CopyId, Vec<(Event, Timestamp)>>,
    pub dispatches: BTreeMap<DispatchId, Dispatch>,
    pub certificates: BTreeMap<CertificateId, (Certificate, BTreeMap<Hand, PersonId>)>,
    pub containers: BTreeMap<ContainerId, Container>,
    pub incidents: Vec<Incident>,
    pub musters: BTreeMap<MusterId, Mustered>,
    pub items: BTreeMap<BookItemId, (Item, PersonId)>,
    pub next: BTreeMap<String, u64>,
    pub people: BTreeMap<PersonId, Vec<Grant>>,
    /// Whether the papers came from elsewhere.
    pub received: bool,
    pub commands: u8,
}

impl Books {
    pub fn with(house: &House, level: &str) -> (Self, DocumentId) {
        let document = DocumentId::new([0xd0; 16]);
        let mut books = Self::default();
        books.documents.insert(document, (rule(house, level), None));
        books.people.insert(person(50), cleared(house, "TOP SECRET"));
        books.people.insert(person(51), cleared(house, "TOP SECRET"));
        books.people.insert(person(52), cleared(house, "CONFIDENTIAL"));
        (books, document)
    }

    pub fn needs(&self, act: &Act) -> CustodyNeeds {
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
                received: self.received,
                control: control.clone()?,
                drawn_up: *drawn_up,
            })
        };
        let named_document = match act {
            Act::Record { document, .. } | Act::Distribute { document, .. } => Some(*document),
            Act::Enter { details, .. } => details.document(),
            Act::Step { item, .. } => self.items.get(item).and_then(|(item, _)| item.document()),
            _ => None,
        };
        let document = match named_document {
            Some(document) => self.documents.get(&document).map(|(rule, control)| Documented {
                rule: rule.clone(),
                control: control.clone(),
                numbers: self.numbers(document),
            }),
            None => None,
        };
        let person = act.person().and_then(|id| Some(Box::new((of(id), self.held(id)?))));
        if let Act::OpenMuster { .. } = act {
            named.extend(self.copies.values().filter(|(c, _)| c.standing.is_open()).map(|(c, _)| c.id));
        }
        if let Act::Sight { sightings, .. } = act {
            named.extend(sightings.iter().map(|s| s.copy));
        }
        if let Some(document) = named_document {
            named.extend(self.copies.values().filter(|(c, _)| c.document == document).map(|(c, _)| c.id));
        }
        let (receivers, correspondents) = self.addressees(act);
        let (item, items, dispatches) = self.booked(act, &mut named);
        named.sort();
        named.dedup();
        CustodyNeeds {
            receivers,
            correspondents,
            item,
            items,
            packed: dispatches.iter().map(|d| (d.id, self.packages_with(d.id))).collect(),
            dispatches,
            namesake: self.namesake(act),
            routes: routes(self.items.values().map(|(item, _)| item)),
            copies: named.iter().filter_map(known).collect(),
            document,
            person,
            container: act.container().and_then(|id| self.containers.get(&id).cloned()),
            dispatch,
            certificate,
            incident: None,
            muster: act.muster().and_then(|id| self.mustered(id)),
            people: self.people.keys().copied().collect(),
            next: self.next.clone(),
        }
    }

    /// What an act on the other books is about, with the copies that are concerned.
    fn booked(&self, act: &Act, named: &mut Vec<CopyId>) -> (Option<Booked>, Vec<Item>, Vec<Dispatch>) {
        let own = match act {
            Act::Step { item, .. } => self.items.get(item),
            _ => None,
        };
        let details = match act {
            Act::Enter { details, .. } => Some(details.as_ref()),
            _ => own.map(|(item, _)| &item.details),
        };
        let packages: Vec<Item> = match details {
            Some(Details::Journeys(journey)) => {
                journey.packages.iter().filter_map(|id| Some(self.items.get(id)?.0.clone())).collect()
            }
            _ => Vec::new(),
        };
        let within = packages.iter().map(|item| &item.details).chain(details);
        let dispatches: Vec<Dispatch> = within
            .filter_map(|details| match details {
                Details::Packages(package) => Some(&package.dispatches),
                _ => None,
            })
            .flatten()
            .filter_map(|id| self.dispatches.get(id).cloned())
            .collect();
        named.extend(dispatches.iter().flat_map(|dispatch| dispatch.copies.clone()));
        let item = own.map(|(item, by)| Booked { item: item.clone(), entered_by: *by });
        (item, packages, dispatches)
    }

    /// Those to whom a document is distributed.
    fn addressees(&self, act: &Act) -> (Vec<(Person, Vec<Authorisation>)>, Vec<Item>) {
        let Act::Distribute { lines, .. } = act else { return (Vec::new(), Vec::new()) };
        let people = lines.iter().filter_map(|line| line.to.person());
        let people = people.filter_map(|id| Some((of(id), self.held(id)?))).collect();
        let named = |item: &Item| {
            lines.iter().any(|line| match &line.to {
                Addressee::Elsewhere { name } => item.details.name() == Some(name.trim()),
                _ => false,
            })
        };
        let correspondent =
            |item: &&Item| item.book() == custody::book::Book::Correspondents && item.is_open();
        let items = self.items.values().map(|(item, _)| item);
        (people, items.filter(correspondent).filter(|item| named(item)).cloned().collect())
    }

    /// The copies of a distribution or an instruction as they stand.
    fn copies_of_item(&self, item: &Item) -> Vec<Copy> {
        let named = match &item.details {
            Details::Distributions(distribution) => distribution.copies(),
            Details::Instructions(instruction) => instruction.copies.clone(),
            _ => Vec::new(),
        };
        named.iter().map(|id| self.copies[id].0.clone()).collect()
    }

    /// Every distribution and instruction with its copies as they stand.
    fn reconsider(&mut self) {
        let now: Vec<Item> =
            self.items.values().map(|(item, _)| item.with(&self.copies_of_item(item))).collect();
        for item in now {
            let id = item.id;
            self.items.get_mut(&id).unwrap().0 = item;
        }
    }

    /// The packages in which a receipt is, each by the rules of its copies.
    fn packages_with(&self, id: DispatchId) -> Vec<Vec<AccessRule>> {
        let within = |item: &Item| match &item.details {
            Details::Packages(package) => item.packs(id).then(|| package.dispatches.clone()),
            _ => None,
        };
        let rule = |copy: &CopyId| self.documents[&self.copies[copy].0.document].0.clone();
        let packages = self.items.values().filter_map(|(item, _)| within(item));
        packages
            .map(|all| all.iter().flat_map(|id| &self.dispatches[id].copies).map(rule).collect())
            .collect()
    }

    fn namesake(&self, act: &Act) -> Option<Item> {
        let (book, name) = match act {
            Act::Enter { details, .. } => (details.book(), details.name()?),
            Act::Send { to: Addressee::Elsewhere { name }, .. } => {
                (custody::book::Book::Correspondents, name.as_str())
            }
            _ => return None,
        };
        let same = |item: &&Item| item.book() == book && item.is_open() && item.details.name() == Some(name);
        self.items.values().map(|(item, _)| item).find(same).cloned()
    }

    /// A muster with its lines as its copies stand now.
    fn mustered(&self, id: MusterId) -> Option<Mustered> {
        let mut mustered = self.musters.get(&id)?.clone();
        for line in &mut mustered.lines {
            line.standing = self.copies[&line.copy].0.standing;
        }
        Some(mustered)
    }

    fn counts(&mut self, muster: &Muster) {
        let mustered = Mustered {
            muster: muster.clone(),
            opened_at: crate::support::NOW,
            closed: false,
            abandoned: false,
            signed: Vec::new(),
            lines: Vec::new(),
            rules: self.documents.values().map(|(rule, _)| rule.clone()).collect(),
        };
        self.musters.insert(muster.id, mustered);
    }

    fn sighted(&mut self, muster: MusterId, copy: CopyId) {
        let lines = &mut self.musters.get_mut(&muster).unwrap().lines;
        match lines.iter_mut().find(|line| line.copy == copy) {
            Some(line) => {
                assert!(!line.sighted, "a copy counts once");
                line.sighted = true;
            }
            None => lines.push(Line { copy, listed: false, sighted: true, standing: Standing::Held }),
        }
    }

    fn numbers(&self, document: DocumentId) -> BTreeSet<u32> {
        self.copies.values().filter(|(c, _)| c.document == document).map(|(c, _)| c.number).collect()
    }

    fn held(&self, id: PersonId) -> Option<Vec<Authorisation>> {
        let grants = self.people.get(&id)?;
        Some((0..).zip(grants).map(|(n, g)| held(n, id, g.clone(), Stands::Confirmed)).collect())
    }

    pub fn does(
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
                        back_by: None,
                        home: None,
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
            Fact::MusterOpened { muster } => {
                count(MUSTERS, muster.number);
                self.counts(muster);
            }
            Fact::MusterListed { muster, copies } => {
                let line = |copy: &CopyId| Line {
                    copy: *copy,
                    listed: true,
                    sighted: false,
                    standing: Standing::Held,
                };
                self.musters.get_mut(muster).unwrap().lines.extend(copies.iter().map(line));
            }
            Fact::CopiesSighted { muster, sightings } => {
                sightings.iter().for_each(|s| self.sighted(*muster, s.copy));
            }
            Fact::MusterClosed { muster, .. } => self.musters.get_mut(muster).unwrap().closed = true,
            Fact::MusterAbandoned { muster, .. } => self.musters.get_mut(muster).unwrap().abandoned = true,
            Fact::MusterSigned { muster, .. } => {
                self.musters.get_mut(muster).unwrap().signed.push(actor);
            }
            Fact::BookEntered { item, .. } => {
                count(item.book().as_str(), item.number);
                self.items.insert(item.id, ((**item).clone(), actor));
            }
            Fact::BookStepped { item, step, at, .. } => {
                let (item, _) = self.items.get_mut(item).unwrap();
                *item = item.after(step, *at).expect("what was decided happens");
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
        self.reconsider();
    }

    /// A distribution or an instruction is open while something is awaited of it, and for nothing else; nobody read twice.
    fn check_items(&self) {
        for (item, _) in self.items.values() {
            let copies = self.copies_of_item(item);
            match &item.details {
                Details::Distributions(distribution) => {
                    assert_eq!(item.is_open(), !distribution.is_done(&copies));
                    for copy in distribution.copies() {
                        assert!(self.dispatches.values().any(|dispatch| dispatch.copies.contains(&copy)));
                    }
                }
                Details::Instructions(instruction) => {
                    let ended = item.stage == custody::book::Stage::Ended;
                    assert_eq!(item.is_open(), !ended && !instruction.is_done(&copies));
                    let posted: BTreeSet<_> = instruction.posted.iter().map(|posted| posted.copy).collect();
                    assert_eq!(posted.len(), instruction.posted.len(), "posted twice");
                    assert!(posted.iter().all(|copy| instruction.copies.contains(copy)));
                }
                _ => {}
            }
        }
    }

    /// Every copy is what its chain makes of it; numbers are given once.
    pub fn check(&self) {
        self.check_items();
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

pub fn of(id: PersonId) -> Person {
    of_nation(id, "BEL")
}

pub fn paper(number: u32) -> Numbered {
    Numbered { number, pages: Some(4), medium: Medium::Paper }
}

pub fn record(document: DocumentId, numbers: &[u32]) -> Act {
    Act::Record {
        shelf: String::new(),
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

pub fn made(document: DocumentId, numbers: &[u32]) -> Act {
    let mut act = record(document, numbers);
    if let Act::Record { origin, .. } = &mut act {
        *origin = Origin::Made;
    }
    act
}

pub fn send(copies: &[CopyId], to: Addressee) -> Act {
    Act::Send {
        back_by: None,
        copies: copies.to_vec(),
        to,
        bearer: String::new(),
        at: None,
        despite: None,
        words: String::new(),
    }
}

pub fn keep(copies: &[CopyId]) -> Act {
    Act::Keep {
        shelf: String::new(),
        copies: copies.to_vec(),
        container: None,
        at: None,
        words: String::new(),
    }
}

pub fn screen(dispatch: DispatchId) -> Act {
    Act::Receipt {
        dispatch,
        signed: Signed::Screen,
        by: String::new(),
        scan: None,
        at: None,
        discrepancies: Vec::new(),
    }
}

pub fn paper_receipt(dispatch: DispatchId) -> Act {
    Act::Receipt {
        dispatch,
        signed: Signed::Paper,
        by: "J. Clerk".into(),
        scan: None,
        at: None,
        discrepancies: Vec::new(),
    }
}

pub fn to(n: u8) -> Addressee {
    Addressee::Person { person: person(n) }
}

pub fn dispatched(facts: &[Fact]) -> DispatchId {
    match &facts[0] {
        Fact::CopiesSent { dispatch } => dispatch.id,
        other => panic!("{other:?}"),
    }
}

pub fn copies_of(facts: &[Fact]) -> Vec<CopyId> {
    match &facts[0] {
        Fact::CopiesRecorded { recorded } => recorded.copies.iter().map(|c| c.id).collect(),
        other => panic!("{other:?}"),
    }
}

pub fn refused(result: Result<Vec<Fact>, Refusal>) -> Code {
    result.unwrap_err().code
}
