//! The registry's other books in the demo: a package that waits for its courier, a correspondent, an approved route, a deputy,
//! a safe and a disk, data that were moved and wait for a second person.

use jiff::{ToSpan as _, civil::Date};
use registry::{
    Answer, DispatchId,
    custody::{
        Act,
        book::{
            Appointment, Carriage, Correspondent, Courier, Destination, Details, Equipment, EquipmentKind,
            Function, Instruction, InstructionKind, Journey, Means, Officer, Package, Purpose, Route, Scan,
            ScanResult, Step, Transfer, Wanted,
        },
        fact::Addressee,
    },
    id::BookItemId,
};

use super::{
    Builder,
    custody::{CLERK, CONTROLLER, READER},
    damaged,
};
use crate::failure::Failure;

/// The registry below, which may send past the headquarters'.
const BELOW: &str = "LOG";
/// Who is sent a copy that is then recalled.
const HOLDER: &str = "ahlgren";
/// Who carries the package.
const COURIER: &str = "stoyanov";
/// A correspondent, and where packages for it go.
const DANES: (&str, &str) = ("Sub-registry of the Danish mission", "14 Lindenkaai, Oudehaven");
/// Seconds of an hour, and of a day.
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

impl Builder {
    /// A safe of the first day, whose combination was not changed since.
    pub(super) async fn keeps_a_safe(&mut self) -> Result<(), Failure> {
        let known_to = vec![self.known(CLERK)?, self.known(CONTROLLER)?];
        let level = Some(self.secret().await?);
        let safe =
            Equipment { known_to, level, ..thing(EquipmentKind::Safe, "Safe 4", "Fermont 340, 77-1942") };
        self.enters(CLERK, Details::Equipment(safe)).await.map(|_| ())
    }

    /// What stands in the other books; `waits` is sent to a correspondent, and its receipt is not back.
    pub(super) async fn keeps_books(&mut self, waits: DispatchId) -> Result<(), Failure> {
        self.corresponds().await?;
        self.sends_a_courier(waits).await?;
        self.approves().await?;
        self.appoints().await?;
        self.hands_out_a_disk().await?;
        self.moves_data().await
    }

    /// A paper is given to two to be read here, of whom one has, and to a third by a copy whose receipt is out; then its copies
    /// are recalled, of which one is back.
    pub(super) async fn distributes(&mut self, reference: &str) -> Result<(), Failure> {
        let mut reading = self.office.read_as(self.known(CLERK)?).await?;
        let found = reading.by_reference(reference).await?;
        let document = found.first().ok_or_else(|| damaged(reference))?.document;
        drop(reading);
        let to = |login: &str| Ok::<_, Failure>(Addressee::Person { person: self.known(login)? });
        let wanted = |to, purpose, by| Wanted { to, purpose, by };
        let lines = vec![
            wanted(to(READER)?, Purpose::Action, Means::Electronic),
            wanted(to(CONTROLLER)?, Purpose::Information, Means::Electronic),
            wanted(to(HOLDER)?, Purpose::Information, Means::Copy { number: None }),
        ];
        let (bearer, words) = (String::new(), "For the meeting of the week".to_owned());
        let act = Act::Distribute { document, lines, bearer, words };
        let Answer::Booked { item } = self.asks(CLERK, act).await? else {
            return Err(damaged("no distribution"));
        };
        let person = self.known(CONTROLLER)?;
        self.steps(CONTROLLER, item, Step::Read { person }).await?;
        let recall = Instruction {
            document,
            is: InstructionKind::Recall,
            authority: "HAS/SEC/2026/31".to_owned(),
            words: Some("A page was printed twice: bring your copy back, another follows".to_owned()),
            amendment: None,
            leaves_log: false,
            copies: Vec::new(),
            posted: Vec::new(),
        };
        self.enters(CLERK, Details::Instructions(recall)).await.map(|_| ())
    }

    async fn enters(&mut self, by: &str, details: Details) -> Result<BookItemId, Failure> {
        let act = Act::Enter { details: Box::new(details), words: String::new() };
        match self.asks(by, act).await? {
            Answer::Booked { item } => Ok(item),
            other => Err(damaged(format!("{other:?}"))),
        }
    }

    async fn steps(&mut self, by: &str, item: BookItemId, step: Step) -> Result<(), Failure> {
        let act = Act::Step { item, step: Box::new(step), at: None, words: String::new() };
        self.asks(by, act).await.map(|_| ())
    }

    async fn today(&self) -> Result<Date, Failure> {
        Ok(self.tick.date(&self.office.house().await?.zone))
    }

    async fn corresponds(&mut self) -> Result<(), Failure> {
        let officer = |name: &str, function| Officer { name: name.to_owned(), function, specimen: None };
        let officers = vec![
            officer("Chief Sergeant Maja Thorsager", Function::ControlOfficer),
            officer("Sergeant Anders Fuglsang", Function::Deputy),
        ];
        let (name, address) = (DANES.0.to_owned(), DANES.1.to_owned());
        let approved = vec![self.secret().await?];
        let correspondent = Correspondent { name, address, approved, officers };
        self.enters(CLERK, Details::Correspondents(correspondent)).await.map(|_| ())
    }

    /// A package on the certificate of a courier who leaves next week.
    async fn sends_a_courier(&mut self, waits: DispatchId) -> Result<(), Failure> {
        let package = Package {
            dispatches: vec![waits],
            inner: DANES.0.to_owned(),
            outer: DANES.1.to_owned(),
            warning: Some("To be opened only by the control officer".to_owned()),
            seals: vec!["HAS 004417".to_owned()],
            by: Carriage::Courier,
        };
        let package = self.enters(CLERK, Details::Packages(package)).await?;
        let leaves = self.tick.plus_seconds(9 * DAY);
        let journey = Journey {
            courier: Courier {
                person: Some(self.known(COURIER)?),
                name: "Captain Plamen Stoyanov-Rusev".to_owned(),
                document: "Service pass 20817".to_owned(),
            },
            from: "Headquarters".to_owned(),
            to: DANES.1.to_owned(),
            way: None,
            leaves,
            expected: leaves.plus_seconds(3 * HOUR),
            packages: vec![package],
            urgent: None,
            advised: None,
            departed: None,
            arrived: None,
        };
        let journey = self.enters(CLERK, Details::Journeys(journey)).await?;
        self.steps(CONTROLLER, journey, Step::Issue).await
    }

    async fn approves(&mut self) -> Result<(), Failure> {
        let from = *self.ids.registries.get(BELOW).ok_or_else(|| damaged(BELOW))?;
        let route = Route {
            from,
            to: Destination::Elsewhere { name: "Sub-registry of the Portuguese mission".to_owned() },
            logs: vec!["CTS".to_owned()],
            until: Some(self.today().await?.saturating_add(10.months())),
            reference: "HAS/REG/2026/14".to_owned(),
        };
        self.enters(CONTROLLER, Details::Routes(route)).await.map(|_| ())
    }

    async fn appoints(&mut self) -> Result<(), Failure> {
        let appointment = Appointment {
            person: self.known(CLERK)?,
            function: Function::Deputy,
            logs: vec!["NS".to_owned()],
            from: self.today().await?,
            until: None,
            reference: "HAS/REG/2026/15".to_owned(),
        };
        self.enters(CONTROLLER, Details::Appointments(appointment)).await.map(|_| ())
    }

    async fn hands_out_a_disk(&mut self) -> Result<(), Failure> {
        let level = Some(self.secret().await?);
        let disk = Equipment { level, ..thing(EquipmentKind::Removable, "DISK-07", "Halvorsen D2, 90311") };
        let disk = self.enters(CLERK, Details::Equipment(disk)).await?;
        let person = self.known(READER)?;
        self.steps(CLERK, disk, Step::HandOut { person }).await
    }

    async fn moves_data(&mut self) -> Result<(), Failure> {
        let transfer = Transfer {
            what: "Weather charts for the exercise".to_owned(),
            from: "Internet".to_owned(),
            to: "Mission network".to_owned(),
            authorised_by: self.known(CONTROLLER)?,
            why: "The exercise begins on Monday".to_owned(),
            how: "By disk DISK-07, through the transfer station".to_owned(),
            scan: Scan { tool: "Transfer station, two engines".to_owned(), result: ScanResult::Clean },
            at: self.tick,
        };
        self.enters(CLERK, Details::Transfers(transfer)).await.map(|_| ())
    }
}

/// Equipment of the registry's room that never held anything.
fn thing(is: EquipmentKind, mark: &str, serial: &str) -> Equipment {
    Equipment {
        is,
        mark: mark.to_owned(),
        serial: serial.to_owned(),
        place: "Room 2.10, registry".to_owned(),
        level: None,
        with: None,
        combination: None,
        known_to: Vec::new(),
    }
}
