//! The registry's other books in the worlds: in each registry the same equipment, correspondents, approvals and appointments;
//! and a package with a courier's certificate in each set of books, of hidden papers too.

use office::Sender;
use registry::{
    Answer, Command, DocumentId,
    custody::{
        Act,
        book::{
            Amendment, Appointment, Carriage, Correspondent, Courier, Destination, Details, Equipment,
            EquipmentKind, Function, Instruction, InstructionKind, Journey, Means, Officer, Package, Purpose,
            Route, Scan, ScanResult, Step, Transfer, Wanted,
        },
        fact::Addressee,
    },
    id::BookItemId,
};

use super::{
    World,
    custody::{Books, Plan},
};

/// Seconds of a day.
const DAY: i64 = 86_400;

impl World {
    /// What is of no paper: and without the correspondent and the route nothing would leave the COSMIC registry.
    pub(super) async fn corresponds(&self, plan: &Plan, books: &mut Books) {
        for (n, details) in self.of_no_paper(plan).into_iter().enumerate() {
            let officer = matches!(details, Details::Routes(_) | Details::Appointments(_));
            let item = self.enters(plan, &format!("entered {n}"), officer, details).await;
            books.items.push(item);
        }
        let person = self.people[plan.to[0].unwrap_or("registrar")];
        self.steps(plan, "handed out", books.items[1], Step::HandOut { person }).await;
    }

    fn of_no_paper(&self, plan: &Plan) -> Vec<Details> {
        let (own, registrar) = (self.registries[plan.code], self.people["registrar"]);
        let fresh =
            if plan.name.starts_with("fresh") { format!(" of the {}", plan.name) } else { String::new() };
        let known_to = vec![registrar, self.people["clerk"]];
        let officer = Officer { name: "A. Verlund".into(), function: Function::Deputy, specimen: None };
        vec![
            Details::Equipment(Equipment { known_to, ..thing(EquipmentKind::Safe, plan) }),
            Details::Equipment(thing(EquipmentKind::Removable, plan)),
            Details::Transfers(Transfer {
                what: "Averlund: charts".into(),
                from: "Averlund net".into(),
                to: "Harbour net".into(),
                authorised_by: registrar,
                why: "Averlund: an exercise".into(),
                how: "By disk".into(),
                scan: Scan { tool: "Two engines".into(), result: ScanResult::Clean },
                at: self.now(),
            }),
            Details::Correspondents(Correspondent {
                name: format!("Averlund mission{fresh}"),
                address: "Averlund, 4 Harbour Street".into(),
                approved: Vec::new(),
                officers: vec![officer],
            }),
            Details::Routes(Route {
                from: own,
                to: Destination::Registry { registry: self.registries[plan.other()] },
                logs: Vec::new(),
                until: None,
                reference: "Averlund 17".into(),
            }),
            Details::Appointments(Appointment {
                person: registrar,
                function: Function::Deputy,
                logs: Vec::new(),
                from: "2026-03-01".parse().unwrap(),
                until: None,
                reference: "Averlund 18".into(),
            }),
        ]
    }

    /// What is late goes in a package; where papers may be carried by hand, by a courier, who is announced.
    pub(super) async fn packs(&self, plan: &Plan, books: &mut Books) {
        let by_hand = plan.code != "COS";
        let package = Package {
            dispatches: vec![books.dispatches[0]],
            inner: "Averlund mission".into(),
            outer: "Averlund, 4 Harbour Street".into(),
            warning: None,
            seals: vec!["AVL 17".into()],
            by: if by_hand { Carriage::Courier } else { Carriage::Bag },
        };
        let package = self.enters(plan, "packed", false, Details::Packages(package)).await;
        books.parcels.push(package);
        if !by_hand {
            return;
        }
        let leaves = self.now().plus_seconds(20 * DAY);
        let journey = Journey {
            courier: Courier {
                person: plan.to[0].map(|login| self.people[login]),
                name: "A. Courier".into(),
                document: "Pass 1177".into(),
            },
            from: "Averlund".into(),
            to: "Averlund mission".into(),
            way: None,
            leaves,
            expected: leaves.plus_seconds(DAY),
            packages: vec![package],
            urgent: None,
            advised: None,
            departed: None,
            arrived: None,
        };
        let journey = self.enters(plan, "carried", false, Details::Journeys(journey)).await;
        books.parcels.push(journey);
        self.steps(plan, "announced", journey, Step::Advise).await;
    }

    /// A paper is given to be read here, to whoever may; its holders are told to amend it, those of the other to send it back.
    /// Where nobody may read it here, its holders are told twice.
    pub(super) async fn tells(&self, plan: &Plan, books: &mut Books) {
        let first = match plan.to[0].filter(|_| !plan.despite) {
            Some(reader) => self.distributes(plan, reader, books.papers[1]).await,
            None => self.amends(plan, "amended before", books.papers[1], Some("AVL 7")).await,
        };
        books.told.push(first);
        for (name, document, serial) in
            [("amended", books.papers[1], Some("AVL 8")), ("recalled", books.papers[0], None)]
        {
            books.told.push(self.amends(plan, name, document, serial).await);
        }
        let copies = vec![books.copies[11]];
        self.steps(plan, "posted", books.told[1], Step::Post { copies }).await;
    }

    async fn distributes(&self, plan: &Plan, reader: &str, document: DocumentId) -> BookItemId {
        let line = Wanted {
            to: Addressee::Person { person: self.people[reader] },
            purpose: Purpose::Action,
            by: Means::Electronic,
        };
        let words = "Averlund: for a reader".into();
        let act = Act::Distribute { document, lines: vec![line], bearer: String::new(), words };
        match self.acts(plan, "distributed", "registrar", act).await {
            Answer::Booked { item } => item,
            other => panic!("{other:?}"),
        }
    }

    /// Holders are told to amend a paper by what has a serial, or to send it back.
    async fn amends(
        &self,
        plan: &Plan,
        name: &str,
        document: DocumentId,
        serial: Option<&str>,
    ) -> BookItemId {
        let amendment =
            |serial: &str| Amendment { serial: serial.into(), insert: Some("4a".into()), destroy: None };
        let instruction = Instruction {
            document,
            is: if serial.is_some() { InstructionKind::Amend } else { InstructionKind::Recall },
            authority: "Averlund 19".into(),
            words: Some("Averlund: at once".into()),
            amendment: serial.map(amendment),
            leaves_log: false,
            copies: Vec::new(),
            posted: Vec::new(),
        };
        self.enters(plan, name, false, Details::Instructions(instruction)).await
    }

    /// Enters something: what is the control officer's, the operator does.
    async fn enters(&self, plan: &Plan, step: &str, officer: bool, details: Details) -> BookItemId {
        let act = Act::Enter { details: Box::new(details), words: "Averlund: a book".into() };
        let answer = if officer {
            let command = Command::Custody { registry: self.registries[plan.code], act: Box::new(act) };
            let by = Sender::operator_as(registry::command::OPERATOR);
            self.does(&format!("{} {step}", plan.name), by, command).await
        } else {
            self.acts(plan, step, "registrar", act).await
        };
        match answer {
            Answer::Booked { item } => item,
            other => panic!("{other:?}"),
        }
    }

    async fn steps(&self, plan: &Plan, step: &str, item: BookItemId, taken: Step) {
        let act = Act::Step { item, step: Box::new(taken), at: None, words: "Averlund: a step".into() };
        self.acts(plan, step, "registrar", act).await;
    }
}

/// Equipment that never held anything, called after whose it is.
fn thing(is: EquipmentKind, plan: &Plan) -> Equipment {
    Equipment {
        is,
        mark: format!("AVL {} of the {}", is.as_str(), plan.name),
        serial: "Averlund 1177".into(),
        place: "Averlund, room 4".into(),
        level: None,
        with: None,
        combination: None,
        known_to: Vec::new(),
    }
}
