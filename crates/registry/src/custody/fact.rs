//! What the ledger says of copies. Owns the shapes; which of them follow from an act is `decide.rs`'s.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::copy::{Holder, Medium, Origin};
use crate::{
    fact::present,
    id::{CertificateId, CopyId, Digest, DispatchId, DocumentId, IncidentId, ObjectId, PersonId, RegistryId},
    time::Timestamp,
};

/// The number of a document in a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// The code of the log.
    pub log: String,
    /// The year.
    pub year: i16,
    /// From 1 in each year of the log.
    pub serial: u64,
}

impl Control {
    /// As it is written and printed.
    pub fn text(&self) -> String {
        format!("{}-{:04}/{}", self.log, self.serial, self.year)
    }
}

/// Copies of a document stand in a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// Of which document.
    pub document: DocumentId,
    /// Its number in the log: new with the first of its copies, afterwards the same.
    pub control: Control,
    /// How many copies there are of it in all, here and elsewhere, as it says itself.
    #[serde(deserialize_with = "present")]
    pub of: Option<u32>,
    /// Since when they are the registry's.
    pub at: Timestamp,
    /// How they came to be.
    pub origin: Origin,
    /// The copy from which they were made.
    #[serde(deserialize_with = "present")]
    pub from: Option<CopyId>,
    /// Where they are.
    pub holder: Holder,
    /// Which.
    pub copies: Vec<NewCopy>,
    /// What else is to be said.
    #[serde(deserialize_with = "present")]
    pub words: Option<String>,
}

/// A copy that came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCopy {
    /// Its identifier.
    pub id: CopyId,
    /// Its number.
    pub number: u32,
    /// How many pages it has.
    #[serde(deserialize_with = "present")]
    pub pages: Option<u32>,
    /// What it is made of.
    pub medium: Medium,
}

/// To whom copies are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Addressee {
    /// A person of the house.
    Person {
        /// Who.
        person: PersonId,
    },
    /// Another registry of the house.
    Registry {
        /// Which.
        registry: RegistryId,
    },
    /// The registry itself: its holder brings them back.
    Desk,
    /// A registry or a person outside of the house.
    Elsewhere {
        /// As the receipt names it.
        name: String,
    },
}

impl Addressee {
    /// The person of the house, where it is one.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Addressee::Person { person } => Some(*person),
            _ => None,
        }
    }
}

/// Why a movement that would have been refused stands in the books all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Despite {
    /// It has happened.
    Happened,
    /// There was an emergency.
    Emergency,
}

/// Copies go off together to one addressee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// Its identifier.
    pub id: DispatchId,
    /// The number of its receipt in the year of the registry.
    pub number: u64,
    /// The year.
    pub year: i16,
    /// To whom.
    pub to: Addressee,
    /// Who carries them, where somebody does: bearer, not holder.
    #[serde(deserialize_with = "present")]
    pub bearer: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Which.
    pub copies: Vec<CopyId>,
    /// Why it stands here all the same.
    #[serde(deserialize_with = "present")]
    pub despite: Option<Despite>,
    /// The day by which they are to be back, where they are lent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_by: Option<Date>,
}

impl Dispatch {
    /// The number of the receipt as it is written.
    pub fn receipt(&self) -> String {
        format!("R-{:04}/{}", self.number, self.year)
    }
}

/// How a receipt was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signed {
    /// By the addressee himself, on screen.
    Screen,
    /// On paper, that came back.
    Paper,
}

impl Signed {
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Signed::Screen => "screen",
            Signed::Paper => "paper",
        }
    }
}

/// A paper that was scanned, as its bytes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scanned {
    /// The digest of its bytes.
    pub digest: Digest,
    /// How many bytes.
    pub size: u64,
    /// Of which kind: one of [`RECEIPT_SCANS`].
    pub media_type: String,
}

/// The kinds of file that a scan of a receipt may be.
pub const RECEIPT_SCANS: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];
/// Largest scan of a receipt (bytes).
pub const RECEIPT_SCAN: u64 = 20_000_000;

/// A receipt is back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Of which dispatch.
    pub dispatch: DispatchId,
    /// How.
    pub signed: Signed,
    /// Who signed, as the paper says; none: the actor himself.
    #[serde(deserialize_with = "present")]
    pub by: Option<String>,
    /// The paper, scanned.
    #[serde(deserialize_with = "present")]
    pub scan: Option<ObjectId>,
    /// What the scan is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned: Option<Scanned>,
    /// When it was signed.
    pub at: Timestamp,
    /// Who answers for the copies now.
    pub holder: Holder,
    /// What has arrived.
    pub copies: Vec<CopyId>,
    /// What has not, or not as it should be.
    pub discrepancies: Vec<Discrepancy>,
}

/// Something that is not as the receipt says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discrepancy {
    /// Of which copy.
    pub copy: CopyId,
    /// What.
    pub words: String,
}

/// What is wrong with copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentKind {
    /// Nobody knows where they are.
    Missing,
    /// They did not arrive as they were sent.
    Discrepancy,
    /// Somebody was given them who may not have them.
    Irregular,
    /// They were moved in an emergency.
    Emergency,
    /// Somebody may have seen them who may not.
    Compromise,
}

impl IncidentKind {
    /// Every one.
    pub const ALL: [IncidentKind; 5] = [
        IncidentKind::Missing,
        IncidentKind::Discrepancy,
        IncidentKind::Irregular,
        IncidentKind::Emergency,
        IncidentKind::Compromise,
    ];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            IncidentKind::Missing => "missing",
            IncidentKind::Discrepancy => "discrepancy",
            IncidentKind::Irregular => "irregular",
            IncidentKind::Emergency => "emergency",
            IncidentKind::Compromise => "compromise",
        }
    }
}

/// A report that is due of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    /// What is known after a first inquiry, to the security authority.
    Initial,
    /// What the originator is told: facts and findings.
    Originator,
    /// What was found, who is responsible, what was done, and why loss or compromise did or did not occur.
    Final,
}

impl Report {
    /// Every one.
    pub const ALL: [Report; 3] = [Report::Initial, Report::Originator, Report::Final];
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Report::Initial => "initial",
            Report::Originator => "originator",
            Report::Final => "final",
        }
    }
}

/// Something is wrong with copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Its identifier.
    pub id: IncidentId,
    /// Its number in the year of the registry.
    pub number: u64,
    /// The year.
    pub year: i16,
    /// What.
    pub is: IncidentKind,
    /// With which copies.
    pub copies: Vec<CopyId>,
    /// What is known of it.
    pub words: String,
}

impl Incident {
    /// Its number as it is written.
    pub fn text(&self) -> String {
        format!("I-{:04}/{}", self.number, self.year)
    }
}

/// Copies are to be destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Its identifier.
    pub id: CertificateId,
    /// Its number in the year of the registry.
    pub number: u64,
    /// The year.
    pub year: i16,
    /// How: shredded, burned, as the house says.
    pub method: String,
    /// Which.
    pub copies: Vec<CopyId>,
    /// Whether a witness signs too.
    pub witnessed: bool,
}

impl Certificate {
    /// How many signatures make it whole.
    pub const fn signatures(&self) -> usize {
        if self.witnessed { 2 } else { 1 }
    }
    /// Its number as it is written.
    pub fn text(&self) -> String {
        format!("D-{:04}/{}", self.number, self.year)
    }
}

/// Who signs a certificate of destruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hand {
    /// Who destroyed the copies.
    Destroyer,
    /// Who saw it.
    Witness,
}

impl Hand {
    /// As it stands in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Hand::Destroyer => "destroyer",
            Hand::Witness => "witness",
        }
    }
}
