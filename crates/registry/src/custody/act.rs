//! What can be asked of copies of a registry, and what an act names.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    book::{self, Details, Step},
    copy::{Medium, Origin},
    fact::{Addressee, Despite, Discrepancy, Hand, IncidentKind, Report, Signed},
    muster::{HandOver, MusterKind, Seen},
};
use crate::{
    document::StagedContent,
    id::{
        BookItemId, CertificateId, ContainerId, CopyId, DispatchId, DocumentId, IncidentId, MusterId,
        PersonId,
    },
    time::Timestamp,
};

/// What can be asked of copies of a registry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// Puts copies of a document into their log.
    Record {
        /// Of which document.
        document: DocumentId,
        /// How they came to be.
        origin: Origin,
        /// The copy from which they were made.
        #[serde(default)]
        from: Option<CopyId>,
        /// Which.
        copies: Vec<Numbered>,
        /// How many there are in all, as the paper says.
        #[serde(default)]
        of: Option<u32>,
        /// Where they are; none: at the desk.
        #[serde(default)]
        container: Option<ContainerId>,
        /// On which shelf of it, or in which box.
        #[serde(default)]
        shelf: String,
        /// Since when; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// What else is to be said; of a copy that was found, where.
        #[serde(default)]
        words: String,
    },
    /// Puts copies to the desk or into a container of the registry, from wherever they are.
    Keep {
        /// Which.
        copies: Vec<CopyId>,
        /// Where; none: at the desk.
        #[serde(default)]
        container: Option<ContainerId>,
        /// On which shelf of it, or in which box.
        #[serde(default)]
        shelf: String,
        /// When; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Sends copies to somebody, with a receipt that is due.
    Send {
        /// Which.
        copies: Vec<CopyId>,
        /// To whom.
        to: Addressee,
        /// Who carries them.
        #[serde(default)]
        bearer: String,
        /// When; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// Why it is written down even where it would be refused.
        #[serde(default)]
        despite: Option<Despite>,
        /// The day by which they are to be back, where they are lent: by a person or by somebody outside.
        #[serde(default)]
        back_by: Option<Date>,
        /// What is to be said of that.
        #[serde(default)]
        words: String,
    },
    /// Makes a loan longer.
    Prolong {
        /// Of which copies.
        copies: Vec<CopyId>,
        /// The day by which they are to be back now.
        back_by: Date,
        /// Why.
        words: String,
    },
    /// Gives a receipt: the addressee on screen, or the registry's staff for one that came back on paper.
    Receipt {
        /// Of which dispatch.
        dispatch: DispatchId,
        /// How.
        signed: Signed,
        /// Who signed, as the paper says.
        #[serde(default)]
        by: String,
        /// The paper, scanned.
        #[serde(default)]
        scan: Option<Box<StagedContent>>,
        /// When; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// What is not as it should be; of the rest the receipt is given.
        #[serde(default)]
        discrepancies: Vec<Discrepancy>,
    },
    /// Asks again for a receipt.
    Trace {
        /// Of which dispatch.
        dispatch: DispatchId,
        /// What was written.
        #[serde(default)]
        words: String,
    },
    /// Says that copies are not where they should be.
    Miss {
        /// Which.
        copies: Vec<CopyId>,
        /// What is known.
        words: String,
    },
    /// Says that copies are not accountable any more.
    Release {
        /// Which.
        copies: Vec<CopyId>,
        /// By which instruction.
        words: String,
    },
    /// Draws up a certificate of destruction.
    DrawUp {
        /// Of which copies.
        copies: Vec<CopyId>,
        /// How they will be destroyed.
        method: String,
    },
    /// Signs it, after the act.
    Sign {
        /// Which.
        certificate: CertificateId,
        /// As whom.
        hand: Hand,
    },
    /// Takes a certificate back that is not signed by all.
    Withdraw {
        /// Which.
        certificate: CertificateId,
        /// Why.
        words: String,
    },
    /// Opens an incident.
    Report {
        /// What is wrong.
        is: IncidentKind,
        /// With which copies.
        copies: Vec<CopyId>,
        /// What is known.
        words: String,
    },
    /// Adds to an incident.
    Follow {
        /// Which.
        incident: IncidentId,
        /// What was found out, reported to whom.
        words: String,
        /// Which of the reports that are due this is.
        #[serde(default)]
        report: Option<Report>,
        /// Whether that closes it.
        #[serde(default)]
        closes: bool,
    },
    /// Opens a muster: freezes the list of what is to be counted.
    OpenMuster {
        /// Why.
        is: MusterKind,
        /// Of which logs; none: of all.
        #[serde(default)]
        logs: Vec<String>,
        /// Of which container alone.
        #[serde(default)]
        container: Option<ContainerId>,
        /// How many of them are drawn; none: all are counted.
        #[serde(default)]
        sample: Option<u32>,
        /// From which the sample is drawn; none: one is drawn for it.
        #[serde(default)]
        seed: Option<u64>,
        /// Between whom, where they are handed over.
        #[serde(default)]
        hand_over: Option<HandOver>,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Says that copies were seen.
    Sight {
        /// For which muster.
        muster: MusterId,
        /// Which and when.
        sightings: Vec<Seen>,
        /// What is to be said where pages are not as many as the books say.
        #[serde(default)]
        words: String,
    },
    /// Ends the count of a muster.
    CloseMuster {
        /// Which.
        muster: MusterId,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Signs what a muster came to.
    SignMuster {
        /// Which.
        muster: MusterId,
    },
    /// Gives a muster up.
    AbandonMuster {
        /// Which.
        muster: MusterId,
        /// Why.
        words: String,
    },
    /// Enters something into one of the registry's other books.
    Enter {
        /// What; what only steps make of it is left out of account.
        details: Box<Details>,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Says that something happened to it.
    Step {
        /// To which.
        item: BookItemId,
        /// What.
        step: Box<Step>,
        /// When; none: now.
        #[serde(default)]
        at: Option<Timestamp>,
        /// What is to be said of it.
        #[serde(default)]
        words: String,
    },
    /// Distributes a document: what goes by copy is sent, who opens it here is told.
    Distribute {
        /// Which.
        document: DocumentId,
        /// To whom.
        lines: Vec<book::Wanted>,
        /// Who carries the copies.
        #[serde(default)]
        bearer: String,
        /// What else is to be said.
        #[serde(default)]
        words: String,
    },
    /// Puts a container into the registry's books.
    Furnish {
        /// What it is called: what stands on its door.
        name: String,
        /// Where it stands.
        place: String,
        /// The most that it may hold.
        approved: Vec<label::Clearance>,
    },
}

/// A copy that is put into a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbered {
    /// Its number.
    pub number: u32,
    /// How many pages it has.
    #[serde(default)]
    pub pages: Option<u32>,
    /// What it is made of.
    pub medium: Medium,
}

impl Act {
    /// The copies that it names.
    pub fn copies(&self) -> &[CopyId] {
        match self {
            Act::Keep { copies, .. }
            | Act::Send { copies, .. }
            | Act::Prolong { copies, .. }
            | Act::Miss { copies, .. }
            | Act::Release { copies, .. }
            | Act::DrawUp { copies, .. }
            | Act::Report { copies, .. } => copies,
            Act::Record { from, .. } => from.as_slice(),
            _ => &[],
        }
    }
    /// Takes out the names that the vault drew for an upload, for comparing two requests.
    pub(crate) fn forget_objects(&mut self) {
        if let Act::Receipt { scan: Some(scan), .. } = self {
            scan.forget_objects();
        }
    }
    /// The muster that it names.
    pub fn muster(&self) -> Option<MusterId> {
        match self {
            Act::Sight { muster, .. }
            | Act::CloseMuster { muster, .. }
            | Act::SignMuster { muster }
            | Act::AbandonMuster { muster, .. } => Some(*muster),
            _ => None,
        }
    }
    /// How many copies it names.
    pub(super) fn many(&self) -> usize {
        match self {
            Act::Sight { sightings, .. } => sightings.len(),
            other => other.copies().len(),
        }
    }
    /// The container that it names.
    pub fn container(&self) -> Option<ContainerId> {
        match self {
            Act::Record { container, .. }
            | Act::Keep { container, .. }
            | Act::OpenMuster { container, .. } => *container,
            _ => None,
        }
    }
    /// The person whom it is about.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Act::Send { to, .. } => to.person(),
            Act::Step { step, .. } => match step.as_ref() {
                Step::HandOut { person } => Some(*person),
                _ => None,
            },
            _ => None,
        }
    }
}
