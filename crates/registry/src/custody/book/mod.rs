//! The registry's other books: to whom it may send and by whose approval, who its control officers are, what it packs, who
//! carries it, what equipment and media it answers for, what was moved between networks. Owns what an item is and the one
//! function by which a step changes it, which deciding, applying and rebuilding share; must not know who may do what.

mod alert;
mod details;
mod distribution;
mod entering;
mod instruction;
mod notice;
mod stepping;

use serde::{Deserialize, Serialize};

pub use alert::Alert;
pub use details::{
    Appointment, Carriage, Correspondent, Courier, Destination, Details, Equipment, EquipmentKind, Function,
    Journey, Officer, Package, Route, Scan, ScanResult, Transfer,
};
pub use distribution::{Distribution, How, Line, Means, Purpose, Wanted};
use entering::NAMED;
pub(super) use entering::approved;
pub(crate) use instruction::regrade;
pub use instruction::{Amendment, Doing, Instruction, InstructionKind, Posted, is_told};
pub use notice::Notice;
pub use stepping::{Booked, routes};

use crate::{
    custody::copy::Copy,
    id::{BookItemId, CopyId, DispatchId, DocumentId, PersonId},
    time::Timestamp,
};

/// A book of a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Book {
    /// Approvals to send papers past the registry above.
    Routes,
    /// Registries outside of the house, with their control officers.
    Correspondents,
    /// Control officers and deputies of this registry.
    Appointments,
    /// What goes off in one wrapping.
    Packages,
    /// Courier certificates, each for one journey.
    Journeys,
    /// Media, machines, safes.
    Equipment,
    /// Data moved between networks.
    Transfers,
    /// To whom documents were given.
    Distributions,
    /// What holders are told to do with copies.
    Instructions,
}

impl Book {
    /// Every one.
    pub const ALL: [Book; 9] = [
        Book::Distributions,
        Book::Instructions,
        Book::Packages,
        Book::Journeys,
        Book::Correspondents,
        Book::Routes,
        Book::Appointments,
        Book::Equipment,
        Book::Transfers,
    ];
    /// As it stands in data and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Book::Routes => "routes",
            Book::Correspondents => "correspondents",
            Book::Appointments => "appointments",
            Book::Packages => "packages",
            Book::Journeys => "journeys",
            Book::Equipment => "equipment",
            Book::Transfers => "transfers",
            Book::Distributions => "distributions",
            Book::Instructions => "instructions",
        }
    }
    /// A book by its name in addresses.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|book| book.as_str() == name)
    }
    /// What stands before its numbers.
    pub(super) const fn letters(self) -> &'static str {
        match self {
            Book::Routes => "RA",
            Book::Correspondents => "CO",
            Book::Appointments => "AP",
            Book::Packages => "P",
            Book::Journeys => "CC",
            Book::Equipment => "EQ",
            Book::Transfers => "DT",
            Book::Distributions => "DI",
            Book::Instructions => "IN",
        }
    }
}

/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// In force, in office, on the list; a distribution or an instruction: something is awaited.
    Current,
    /// No longer.
    Ended,
    /// A package: packed and sealed, in the registry.
    Sealed,
    /// A package: on a courier's certificate.
    Assigned,
    /// A package or a courier: on the way.
    UnderWay,
    /// It arrived.
    Delivered,
    /// A package: opened again before it left.
    Unpacked,
    /// A certificate: asked for, not issued.
    Requested,
    /// A certificate: issued.
    Issued,
    /// A certificate: given back after its journey.
    Returned,
    /// A certificate: taken back before the journey.
    Cancelled,
    /// Equipment: in the registry.
    Kept,
    /// Equipment: with somebody.
    Out,
    /// Equipment: nobody knows where.
    Missing,
    /// Equipment: what it held is gone.
    Sanitised,
    /// Equipment: destroyed.
    Destroyed,
    /// A transfer: done by one, not confirmed by another.
    Waiting,
    /// A transfer: confirmed; a distribution or an instruction: nothing more is awaited.
    Done,
    /// A transfer: the scan was not clean.
    Quarantined,
}

impl Stage {
    /// As it stands in data and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Stage::Current => "current",
            Stage::Ended => "ended",
            Stage::Sealed => "sealed",
            Stage::Assigned => "assigned",
            Stage::UnderWay => "under-way",
            Stage::Delivered => "delivered",
            Stage::Unpacked => "unpacked",
            Stage::Requested => "requested",
            Stage::Issued => "issued",
            Stage::Returned => "returned",
            Stage::Cancelled => "cancelled",
            Stage::Kept => "kept",
            Stage::Out => "out",
            Stage::Missing => "missing",
            Stage::Sanitised => "sanitised",
            Stage::Destroyed => "destroyed",
            Stage::Waiting => "waiting",
            Stage::Done => "done",
            Stage::Quarantined => "quarantined",
        }
    }
    /// Whether the registry still has something to do or to answer for.
    pub const fn is_open(self, book: Book) -> bool {
        match self {
            Stage::Ended
            | Stage::Unpacked
            | Stage::Returned
            | Stage::Cancelled
            | Stage::Destroyed
            | Stage::Done => false,
            // A package that arrived is done with; its courier has a certificate to give back.
            Stage::Delivered => matches!(book, Book::Journeys),
            _ => true,
        }
    }
}

/// Why the combination of a safe was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// It was due.
    Due,
    /// Somebody who knew it left.
    Departure,
    /// Somebody may know it who may not.
    Compromise,
    /// It was repaired, or taken into use.
    Use,
}

impl Changed {
    /// Every one.
    pub const ALL: [Changed; 4] = [Changed::Due, Changed::Departure, Changed::Compromise, Changed::Use];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Changed::Due => "due",
            Changed::Departure => "departure",
            Changed::Compromise => "compromise",
            Changed::Use => "use",
        }
    }
}

/// What happens to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Step {
    /// A route, a correspondent, an appointment is at its end; a transfer is thrown away.
    End,
    /// A package is put on a courier's certificate.
    Assign {
        /// Which.
        journey: BookItemId,
    },
    /// It is taken off it.
    Unassign,
    /// A package is opened again.
    Unpack,
    /// A certificate is issued.
    Issue,
    /// Whoever expects the courier was told.
    Advise,
    /// A package or a courier leaves.
    Depart,
    /// It arrives.
    Arrive,
    /// The certificate is given back.
    GiveBack,
    /// The journey does not take place.
    Cancel,
    /// Equipment is handed out.
    HandOut {
        /// To whom.
        person: PersonId,
    },
    /// It comes back, or is found.
    TakeBack,
    /// It held more than it ever did.
    Raise {
        /// How much.
        level: label::Clearance,
    },
    /// What it held is made unreadable.
    Sanitise {
        /// How.
        method: String,
    },
    /// It is destroyed.
    Destroy {
        /// How.
        method: String,
    },
    /// Nobody knows where it is.
    Miss,
    /// The combination of a safe is changed.
    ChangeCombination {
        /// Why.
        why: Changed,
        /// Who knows the new one.
        known_to: Vec<PersonId>,
    },
    /// A second person confirms a transfer.
    Confirm,
    /// A transfer leaves quarantine: it was scanned again, and is clean.
    Clear,
    /// Who was given a paper to be opened here says that he read it.
    Read {
        /// Who.
        person: PersonId,
    },
    /// Lines of a distribution are ended without what they wait for.
    EndLines {
        /// Which, from 1.
        lines: Vec<usize>,
    },
    /// An instruction was carried out with copies.
    Post {
        /// Which.
        copies: Vec<CopyId>,
    },
}

impl Step {
    /// As it stands in tables and texts.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Step::End => "end",
            Step::Assign { .. } => "assign",
            Step::Unassign => "unassign",
            Step::Unpack => "unpack",
            Step::Issue => "issue",
            Step::Advise => "advise",
            Step::Depart => "depart",
            Step::Arrive => "arrive",
            Step::GiveBack => "give-back",
            Step::Cancel => "cancel",
            Step::HandOut { .. } => "hand-out",
            Step::TakeBack => "take-back",
            Step::Raise { .. } => "raise",
            Step::Sanitise { .. } => "sanitise",
            Step::Destroy { .. } => "destroy",
            Step::Miss => "miss",
            Step::ChangeCombination { .. } => "change-combination",
            Step::Confirm => "confirm",
            Step::Clear => "clear",
            Step::Read { .. } => "read",
            Step::EndLines { .. } => "end-lines",
            Step::Post { .. } => "post",
        }
    }
}

/// An item of a book, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its identifier.
    pub id: BookItemId,
    /// Its number in the year of the registry.
    pub number: u64,
    /// The year.
    pub year: i16,
    /// How far it has come.
    pub stage: Stage,
    /// The last moment at which something happened to it; of distributions and instructions, when they were entered: of
    /// what many do each in his own time, a letter may tell later.
    pub since: Timestamp,
    /// What it is.
    pub details: Details,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    /// Nothing of this kind happens to such an item, or not as it stands.
    Stage,
    /// Something happened to it after that moment.
    Before,
}

impl Item {
    /// The book in which it stands.
    pub const fn book(&self) -> Book {
        self.details.book()
    }
    /// Its number as it is written.
    pub fn text(&self) -> String {
        format!("{}-{:04}/{}", self.book().letters(), self.number, self.year)
    }
    /// Whether the registry still has something to do or to answer for.
    pub const fn is_open(&self) -> bool {
        self.stage.is_open(self.book())
    }

    /// Whether a receipt is in this package: it was not opened again.
    pub fn packs(&self, dispatch: DispatchId) -> bool {
        match &self.details {
            Details::Packages(package) => {
                self.stage != Stage::Unpacked && package.dispatches.contains(&dispatch)
            }
            _ => false,
        }
    }

    /// The item after a step at a moment.
    pub fn after(&self, step: &Step, at: Timestamp) -> Result<Item, Stuck> {
        if at < self.since {
            return Err(Stuck::Before);
        }
        let mut next = Item { since: at, ..self.clone() };
        next.stage = self.reached(step)?;
        match (&mut next.details, step) {
            (Details::Journeys(journey), Step::Advise) => journey.advised = Some(at),
            (Details::Journeys(journey), Step::Depart) => journey.departed = Some(at),
            (Details::Journeys(journey), Step::Arrive) => journey.arrived = Some(at),
            (Details::Equipment(equipment), Step::HandOut { person }) => equipment.with = Some(*person),
            (Details::Equipment(equipment), Step::TakeBack) => equipment.with = None,
            (Details::Equipment(equipment), Step::Raise { level }) => equipment.level = Some(level.clone()),
            (Details::Equipment(equipment), Step::ChangeCombination { known_to, .. }) => {
                equipment.combination = Some(at);
                equipment.known_to.clone_from(known_to);
            }
            (Details::Distributions(distribution), Step::Read { person }) => {
                distribution.read(*person, at).ok_or(Stuck::Stage)?;
                next.since = self.since;
            }
            (Details::Distributions(distribution), Step::EndLines { lines }) => {
                distribution.end(lines, at).ok_or(Stuck::Stage)?;
                next.since = self.since;
            }
            (Details::Instructions(instruction), Step::Post { copies }) => {
                instruction.post(copies, at).ok_or(Stuck::Stage)?;
                next.since = self.since;
            }
            _ => {}
        }
        Ok(next)
    }

    /// The item with its copies as they stand: of a distribution or an instruction they say whether it is done.
    #[must_use]
    pub fn with(&self, copies: &[Copy]) -> Item {
        let done = match &self.details {
            Details::Distributions(distribution) => distribution.is_done(copies),
            Details::Instructions(instruction) => instruction.is_done(copies),
            _ => return self.clone(),
        };
        let stage = match (self.stage, done) {
            (Stage::Current | Stage::Done, true) => Stage::Done,
            (Stage::Current | Stage::Done, false) => Stage::Current,
            (stage, _) => stage,
        };
        Item { stage, ..self.clone() }
    }

    /// The document with which it is concerned.
    pub const fn document(&self) -> Option<DocumentId> {
        self.details.document()
    }

    /// The stage to which a step leads.
    fn reached(&self, step: &Step) -> Result<Stage, Stuck> {
        use Stage::{
            Assigned, Cancelled, Current, Delivered, Destroyed, Done, Ended, Issued, Kept, Missing, Out,
            Quarantined, Requested, Returned, Sanitised, Sealed, UnderWay, Unpacked, Waiting,
        };
        let stage = match (self.book(), step, self.stage) {
            (
                Book::Routes | Book::Correspondents | Book::Appointments | Book::Instructions,
                Step::End,
                Current,
            ) => Ended,
            (Book::Distributions, Step::Read { .. } | Step::EndLines { .. }, Current) => Current,
            (Book::Instructions, Step::Post { .. }, Current) => Current,
            (Book::Packages, Step::Assign { .. }, Sealed) => Assigned,
            (Book::Packages, Step::Unassign, Assigned) => Sealed,
            (Book::Packages, Step::Unpack, Sealed) => Unpacked,
            (Book::Packages, Step::Depart, Sealed | Assigned) => UnderWay,
            (Book::Packages | Book::Journeys, Step::Arrive, UnderWay) => Delivered,
            (Book::Journeys, Step::Issue, Requested) => Issued,
            (Book::Journeys, Step::Advise, stage @ (Requested | Issued)) => stage,
            (Book::Journeys, Step::Depart, Issued) => UnderWay,
            (Book::Journeys, Step::GiveBack, Delivered) => Returned,
            (Book::Journeys, Step::Cancel, Requested | Issued) => Cancelled,
            (Book::Equipment, Step::HandOut { .. }, Kept | Sanitised) => Out,
            (Book::Equipment, Step::TakeBack, Out | Missing) => Kept,
            (Book::Equipment, Step::Raise { .. }, stage @ (Kept | Out)) => stage,
            (Book::Equipment, Step::Sanitise { .. }, Kept) => Sanitised,
            (Book::Equipment, Step::Destroy { .. }, Kept | Sanitised) => Destroyed,
            (Book::Equipment, Step::Miss, Kept | Out | Sanitised) => Missing,
            (Book::Equipment, Step::ChangeCombination { .. }, Kept) if self.details.is_safe() => Kept,
            (Book::Transfers, Step::Confirm, Waiting) => Done,
            (Book::Transfers, Step::Clear, Quarantined) => Waiting,
            (Book::Transfers, Step::End, Quarantined) => Ended,
            _ => return Err(Stuck::Stage),
        };
        Ok(stage)
    }
}
