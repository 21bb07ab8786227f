//! What lists and pages of copies say: copies, dispatches, certificates, incidents by names, and the counts of a registry.

use std::collections::HashMap;

use jiff::civil::Date;
use registry::{DispatchId, PersonId, RegistryId, custody::clock::Due, id::ContainerId};
use store::{
    Visible,
    custody::seen::{CertificateView, CopyView, DispatchView, IncidentView, Link},
    visible::EntryView,
};

use super::unlogged;

/// A copy with what a page says of it.
#[derive(Debug, Clone)]
pub struct CopyRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// The copy.
    pub view: Visible<CopyView>,
    /// The entry of its document.
    pub entry: Visible<EntryView>,
    /// Who answers for it.
    pub holder: HolderName,
    /// With what it is on its way, or was when it was missed.
    pub sent: Option<SentWith>,
    /// Until when it is on loan.
    pub loan: Option<LoanRow>,
    /// The container in which it has its place, while it is not there.
    pub home: Option<HolderName>,
}

/// Until when a copy is on loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanRow {
    /// The day by which it is to be back.
    pub back_by: Date,
    /// How many days it is late; none: it is not.
    pub late: Option<u32>,
}

/// How many copies are on loan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LoanCounts {
    /// In all.
    pub out: u64,
    /// Those to be back within the next days.
    pub due: u64,
    /// Those that should have been back.
    pub overdue: u64,
}

/// The dispatch with which a copy is on its way, for a page that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentWith {
    /// Which.
    pub dispatch: DispatchId,
    /// The number of its receipt.
    pub receipt: String,
    /// To whom.
    pub to: HolderName,
}

/// Who answers for a copy, or shall have it, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolderName {
    /// The registry, at its desk.
    Desk,
    /// The registry, in a container.
    Container(ContainerId, String),
    /// A person of the house.
    Person(PersonId, String),
    /// A registry of the house.
    Registry(String),
    /// Somebody outside of the registry.
    Elsewhere(String),
}

/// Rows of a list, and how long it is.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    /// The rows asked for.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub all: usize,
}

/// A link of the chain of a copy, by names.
#[derive(Debug, Clone)]
pub struct ChainLink {
    /// What happened.
    pub link: Visible<Link>,
    /// By whom it was written down.
    pub actor: String,
    /// Who has it since, or to whom it went.
    pub holder: Option<HolderName>,
    /// The receipt with which it went or came.
    pub receipt: Option<(DispatchId, String)>,
}

/// How late a receipt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lateness {
    /// It is not due yet.
    Waiting,
    /// It is to be traced.
    Trace,
    /// It is a matter for the control officer.
    Escalate,
}

impl Lateness {
    /// As it stands in texts and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Lateness::Waiting => "waiting",
            Lateness::Trace => "trace",
            Lateness::Escalate => "escalate",
        }
    }
}

/// A dispatch by names.
#[derive(Debug, Clone)]
pub struct DispatchRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// What went, and what came back.
    pub view: Visible<DispatchView>,
    /// To whom.
    pub to: HolderName,
    /// By whom it was sent.
    pub sent_by: String,
    /// The entries of the papers.
    pub entries: Vec<Visible<EntryView>>,
    /// Days since it was sent.
    pub days: i64,
    /// How late its receipt is; none: it is given.
    pub late: Option<Lateness>,
}

/// A certificate of destruction by names.
#[derive(Debug, Clone)]
pub struct CertificateRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// The certificate.
    pub view: Visible<CertificateView>,
    /// Who drew it up.
    pub drawn_by: String,
    /// Those who signed, in the order of the view.
    pub signed: Vec<String>,
    /// The entries of the papers.
    pub entries: Vec<Visible<EntryView>>,
}

/// An incident by names.
#[derive(Debug, Clone)]
pub struct IncidentRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// The incident.
    pub view: Visible<IncidentView>,
    /// Who opened it.
    pub opened_by: String,
    /// Who wrote each note.
    pub noted_by: Vec<String>,
    /// The entries of the papers.
    pub entries: Vec<Visible<EntryView>>,
    /// Days since it was opened, until it was closed or now.
    pub days: i64,
    /// The reports that are still due, the first first.
    pub due: Vec<Due>,
}

/// What one person has.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// What he answers for.
    pub held: Vec<CopyRow>,
    /// What was sent to him and waits for his receipt.
    pub due: Vec<DispatchRow>,
}

/// A registry's copies at a glance.
#[derive(Debug, Clone, Default)]
pub struct CustodyCounts {
    /// How many copies are in each state.
    pub standings: HashMap<String, u64>,
    /// Receipts that are due and not late.
    pub waiting: usize,
    /// Receipts that are to be traced.
    pub trace: usize,
    /// Receipts that are a matter for the control officer.
    pub escalate: usize,
    /// Certificates that wait for a signature.
    pub unsigned: usize,
    /// Incidents that are open.
    pub incidents: usize,
    /// Copies on loan.
    pub loans: LoanCounts,
    /// Working papers in no log.
    pub unlogged: unlogged::UnloggedCounts,
    /// The dispatches whose receipts are late, the longest first; a few of them.
    pub late: Vec<DispatchRow>,
}
