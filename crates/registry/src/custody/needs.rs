//! What is known when an act is decided: copies with their papers, containers, and what else the tables must tell.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    book::{Booked, Item, Route},
    copy::Copy,
    fact::{Certificate, Control, Dispatch, Hand, Incident},
    muster::Mustered,
};
use crate::{
    access::AccessRule,
    authorisation::Authorisation,
    id::{CertificateId, ContainerId, DispatchId, PersonId},
    person::Person,
};

/// A copy with what is known of its document.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The copy.
    pub copy: Copy,
    /// By which rule its document is seen.
    pub rule: AccessRule,
    /// Whether its document came from elsewhere.
    pub received: bool,
    /// Its number in the log.
    pub control: Control,
    /// A certificate on which it stands and that waits for a signature.
    pub drawn_up: Option<CertificateId>,
}

impl Known {
    /// As it is called: the number in the log, and its own.
    pub fn name(&self) -> String {
        format!("{}/{}", self.control.text(), self.copy.number)
    }
}

/// The document of which copies are recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Documented {
    /// By which rule it is seen.
    pub rule: AccessRule,
    /// Its number in its log; none: it has no copies yet.
    pub control: Option<Control>,
    /// The numbers that its copies have.
    pub numbers: std::collections::BTreeSet<u32>,
}

/// A container of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Container {
    /// Its identifier.
    pub id: ContainerId,
    /// What stands on its door.
    pub name: String,
    /// Where it stands.
    pub location: String,
    /// The most that it may hold.
    pub approved: Vec<label::Clearance>,
}

/// What the tables must tell before an act is decided.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustodyNeeds {
    /// The copies that are named, or that the dispatch or certificate or incident is of; those that are not there are absent.
    pub copies: Vec<Known>,
    /// The document that is named.
    pub document: Option<Documented>,
    /// The person who shall have them, with what he holds.
    pub person: Option<Box<(Person, Vec<Authorisation>)>>,
    /// The persons whom the lines of a distribution name, with what they hold.
    pub receivers: Vec<(Person, Vec<Authorisation>)>,
    /// The correspondents whom they name.
    pub correspondents: Vec<Item>,
    /// The container.
    pub container: Option<Container>,
    /// The dispatch, and whether its receipt is out.
    pub dispatch: Option<Dispatch>,
    /// The certificate, with those who signed.
    pub certificate: Option<(Certificate, BTreeMap<Hand, PersonId>)>,
    /// The incident, if it is open.
    pub incident: Option<Incident>,
    /// The muster.
    pub muster: Option<Mustered>,
    /// The item of a book that something shall happen to.
    pub item: Option<Booked>,
    /// The items that it or what is entered names: packages.
    pub items: Vec<Item>,
    /// The dispatches that a package names.
    pub dispatches: Vec<Dispatch>,
    /// Those of them that are in packages: of each package the rules by which its copies are seen.
    pub packed: BTreeMap<DispatchId, Vec<Vec<AccessRule>>>,
    /// An open item of the same name in the same book: of a correspondent to whom copies go, or that shall be entered.
    pub namesake: Option<Item>,
    /// The approvals by which the registry sends past the one above.
    pub routes: Vec<Route>,
    /// Those of the named people who are of the house.
    pub people: std::collections::BTreeSet<PersonId>,
    /// The next number of each count of this year: logs, and those named below.
    pub next: BTreeMap<String, u64>,
}

/// The count of receipts.
pub const RECEIPTS: &str = "receipt";
/// The count of certificates of destruction.
pub const CERTIFICATES: &str = "destruction";
/// The count of incidents.
pub const INCIDENTS: &str = "incident";

impl CustodyNeeds {
    pub(crate) fn next(&self, count: &str) -> u64 {
        self.next.get(count).copied().unwrap_or(1)
    }
}
