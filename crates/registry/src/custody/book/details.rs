//! What the items of the books are.

use jiff::civil::Date;
use label::Clearance;
use serde::{Deserialize, Serialize};

use super::{Book, Distribution, Instruction, Stage};
use crate::{
    fact::present,
    id::{BookItemId, DispatchId, DocumentId, ObjectId, PersonId, RegistryId},
    time::Timestamp,
};

/// What an item is, book by book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "book", rename_all = "kebab-case")]
pub enum Details {
    /// An approval.
    Routes(Route),
    /// A registry outside of the house.
    Correspondents(Correspondent),
    /// A control officer.
    Appointments(Appointment),
    /// A package.
    Packages(Package),
    /// A courier's certificate.
    Journeys(Journey),
    /// Media, a machine, a safe.
    Equipment(Equipment),
    /// Data moved between networks.
    Transfers(Transfer),
    /// A document given to many.
    Distributions(Distribution),
    /// What holders are told to do.
    Instructions(Instruction),
}

impl Details {
    /// The book in which it stands.
    pub const fn book(&self) -> Book {
        match self {
            Details::Routes(_) => Book::Routes,
            Details::Correspondents(_) => Book::Correspondents,
            Details::Appointments(_) => Book::Appointments,
            Details::Packages(_) => Book::Packages,
            Details::Journeys(_) => Book::Journeys,
            Details::Equipment(_) => Book::Equipment,
            Details::Transfers(_) => Book::Transfers,
            Details::Distributions(_) => Book::Distributions,
            Details::Instructions(_) => Book::Instructions,
        }
    }
    /// How it begins.
    pub(super) const fn first(&self) -> Stage {
        match self {
            Details::Routes(_)
            | Details::Correspondents(_)
            | Details::Appointments(_)
            | Details::Distributions(_)
            | Details::Instructions(_) => Stage::Current,
            Details::Packages(_) => Stage::Sealed,
            Details::Journeys(_) => Stage::Requested,
            Details::Equipment(_) => Stage::Kept,
            Details::Transfers(transfer) => match transfer.scan.result {
                ScanResult::Clean => Stage::Waiting,
                ScanResult::Infected | ScanResult::Failed => Stage::Quarantined,
            },
        }
    }
    /// True for what has a combination.
    pub(super) const fn is_safe(&self) -> bool {
        matches!(self, Details::Equipment(Equipment { is: EquipmentKind::Safe, .. }))
    }
    /// The name by which it is told from others of its book: of a correspondent, of equipment by its mark.
    pub fn name(&self) -> Option<&str> {
        match self {
            Details::Correspondents(correspondent) => Some(&correspondent.name),
            Details::Equipment(equipment) => Some(&equipment.mark),
            _ => None,
        }
    }
    /// By what it is found: its name, or of an approval the registry that may send.
    pub fn key(&self) -> Option<String> {
        match self {
            Details::Routes(route) => Some(route.from.to_string()),
            other => other.name().map(ToOwned::to_owned),
        }
    }
    /// The document with which it is concerned.
    pub const fn document(&self) -> Option<DocumentId> {
        match self {
            Details::Distributions(distribution) => Some(distribution.document),
            Details::Instructions(instruction) => Some(instruction.document),
            _ => None,
        }
    }
    /// Whom of the house it is about.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Details::Appointments(appointment) => Some(appointment.person),
            Details::Journeys(journey) => journey.courier.person,
            Details::Equipment(equipment) => equipment.with,
            _ => None,
        }
    }
    /// The people of the house whom it names.
    pub fn people(&self) -> Vec<PersonId> {
        let mut people: Vec<PersonId> = self.person().into_iter().collect();
        match self {
            Details::Equipment(equipment) => people.extend(&equipment.known_to),
            Details::Transfers(transfer) => people.push(transfer.authorised_by),
            Details::Distributions(distribution) => {
                people.extend(distribution.lines.iter().filter_map(|line| line.to.person()));
            }
            _ => {}
        }
        people
    }
}

/// Where a route leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Destination {
    /// Another registry of the house.
    Registry {
        /// Which.
        registry: RegistryId,
    },
    /// A registry outside of it.
    Elsewhere {
        /// As receipts name it.
        name: String,
    },
}

/// The written approval of the registry above that one below it sends past it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Which registry may send.
    pub from: RegistryId,
    /// To whom.
    pub to: Destination,
    /// Papers of which logs; none: of all.
    pub logs: Vec<String>,
    /// Until when; none: until it is ended.
    #[serde(deserialize_with = "present")]
    pub until: Option<Date>,
    /// The approval, by its reference.
    pub reference: String,
}

impl Route {
    /// Whether it covers papers of a log on a day.
    pub fn covers(&self, log: &str, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
            && (self.logs.is_empty() || self.logs.iter().any(|l| l == log))
    }
}

/// Who signs for a registry outside of the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// His name.
    pub name: String,
    /// What he is.
    pub function: Function,
    /// His signature, as a picture.
    #[serde(deserialize_with = "present")]
    pub specimen: Option<ObjectId>,
}

/// A registry outside of the house with which papers are exchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correspondent {
    /// As receipts name it.
    pub name: String,
    /// Where packages go.
    pub address: String,
    /// The most that it may be sent; none: nothing was said.
    pub approved: Vec<Clearance>,
    /// Who signs for it.
    pub officers: Vec<Officer>,
}

/// What a control officer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Function {
    /// The control officer.
    ControlOfficer,
    /// Who acts for him.
    Deputy,
    /// Who signs receipts, and no more.
    Signatory,
}

impl Function {
    /// Every one.
    pub const ALL: [Function; 3] = [Function::ControlOfficer, Function::Deputy, Function::Signatory];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Function::ControlOfficer => "control-officer",
            Function::Deputy => "deputy",
            Function::Signatory => "signatory",
        }
    }
}

/// A control officer or a deputy of a registry. It grants nothing: roles and clearances are given for themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub function: Function,
    /// For which logs; none: for all.
    pub logs: Vec<String>,
    /// From when.
    pub from: Date,
    /// Until when; none: until it is ended.
    #[serde(deserialize_with = "present")]
    pub until: Option<Date>,
    /// The letter, by its reference.
    pub reference: String,
}

/// How a package travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carriage {
    /// Within the premises, by the registry's staff.
    Internal,
    /// By a courier with a certificate.
    Courier,
    /// In the diplomatic bag or by the courier service.
    Bag,
    /// By registered mail.
    Mail,
}

impl Carriage {
    /// Every one.
    pub const ALL: [Carriage; 4] = [Carriage::Internal, Carriage::Courier, Carriage::Bag, Carriage::Mail];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Carriage::Internal => "internal",
            Carriage::Courier => "courier",
            Carriage::Bag => "bag",
            Carriage::Mail => "mail",
        }
    }
}

/// What goes off in one wrapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The receipts within.
    pub dispatches: Vec<DispatchId>,
    /// To whom, as the inner wrapping says.
    pub inner: String,
    /// The address on the outer wrapping, which bears no marking.
    pub outer: String,
    /// What else the inner wrapping says: to be opened by whom.
    #[serde(deserialize_with = "present")]
    pub warning: Option<String>,
    /// The numbers of the seals.
    pub seals: Vec<String>,
    /// How it travels.
    pub by: Carriage,
}

/// Who carries packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Courier {
    /// The person, where he is of the house.
    #[serde(deserialize_with = "present")]
    pub person: Option<PersonId>,
    /// His name.
    pub name: String,
    /// The paper by which he is known.
    pub document: String,
}

/// A courier's certificate: numbered, for one journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// Who.
    pub courier: Courier,
    /// From where.
    pub from: String,
    /// Where to.
    pub to: String,
    /// By which way.
    #[serde(deserialize_with = "present")]
    pub way: Option<String>,
    /// When he leaves.
    pub leaves: Timestamp,
    /// When he is expected.
    pub expected: Timestamp,
    /// With which packages.
    pub packages: Vec<BookItemId>,
    /// Why it was asked for later than the rules want.
    #[serde(deserialize_with = "present")]
    pub urgent: Option<String>,
    /// When whoever expects him was told.
    #[serde(deserialize_with = "present")]
    pub advised: Option<Timestamp>,
    /// When he left.
    #[serde(deserialize_with = "present")]
    pub departed: Option<Timestamp>,
    /// When he arrived.
    #[serde(deserialize_with = "present")]
    pub arrived: Option<Timestamp>,
}

/// What equipment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EquipmentKind {
    /// A disk, a card, a tape that can be carried.
    Removable,
    /// A portable computer.
    Laptop,
    /// What copies, prints or scans.
    Copier,
    /// What has a combination.
    Safe,
    /// Anything else that holds what is classified.
    Other,
}

impl EquipmentKind {
    /// Every one.
    pub const ALL: [EquipmentKind; 5] = [
        EquipmentKind::Removable,
        EquipmentKind::Laptop,
        EquipmentKind::Copier,
        EquipmentKind::Safe,
        EquipmentKind::Other,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            EquipmentKind::Removable => "removable",
            EquipmentKind::Laptop => "laptop",
            EquipmentKind::Copier => "copier",
            EquipmentKind::Safe => "safe",
            EquipmentKind::Other => "other",
        }
    }
}

/// Media, a machine, a safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equipment {
    /// What it is.
    pub is: EquipmentKind,
    /// What is written on it: the mark by which it is known here.
    pub mark: String,
    /// Make and serial number.
    pub serial: String,
    /// Where it belongs.
    pub place: String,
    /// The most that it ever held.
    #[serde(deserialize_with = "present")]
    pub level: Option<Clearance>,
    /// Who has it; none: the registry.
    #[serde(deserialize_with = "present")]
    pub with: Option<PersonId>,
    /// When its combination was last changed.
    #[serde(deserialize_with = "present")]
    pub combination: Option<Timestamp>,
    /// Who knows it.
    pub known_to: Vec<PersonId>,
}

/// What a scan of data said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScanResult {
    /// Nothing was found.
    Clean,
    /// Something was found.
    Infected,
    /// It could not be scanned.
    Failed,
}

impl ScanResult {
    /// Every one.
    pub const ALL: [ScanResult; 3] = [ScanResult::Clean, ScanResult::Infected, ScanResult::Failed];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            ScanResult::Clean => "clean",
            ScanResult::Infected => "infected",
            ScanResult::Failed => "failed",
        }
    }
}

/// How data were scanned before they were moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// With what.
    pub tool: String,
    /// What it said.
    pub result: ScanResult,
}

/// Data moved between networks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// What was moved.
    pub what: String,
    /// From which network.
    pub from: String,
    /// To which.
    pub to: String,
    /// Who authorised it.
    pub authorised_by: PersonId,
    /// Why.
    pub why: String,
    /// How: by which medium, through which gateway.
    pub how: String,
    /// How it was scanned.
    pub scan: Scan,
    /// When.
    pub at: Timestamp,
}
