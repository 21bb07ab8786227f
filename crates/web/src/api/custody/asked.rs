//! The acts on copies as programs write them: labels in words, codes of registries, moments, names of copies as they are
//! printed. Owns the forms alone; [`super::acts`] makes of them what the register takes.

mod booked;

use label::NamedClearance;
use registry::{
    DispatchId, DocumentId,
    custody::{
        Numbered,
        book::{Means, Purpose},
        copy::Origin,
        fact::{Despite, Discrepancy, Hand, IncidentKind, Signed},
        muster::MusterKind,
    },
    id::{BookItemId, CertificateId, ContainerId, IncidentId, MusterId},
};
use serde::Deserialize;

pub use booked::{CourierAsked, DestinationAsked, DetailsAsked, OfficerAsked, StepAsked};

/// An act on copies. Where it names copies, each is an identifier or a name as it is printed.
#[derive(Debug, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ActAsked {
    /// Puts copies into the log.
    Record {
        /// Of which document.
        document: DocumentId,
        /// How they came to be.
        origin: Origin,
        /// The copy from which they were made.
        from: Option<String>,
        /// Which.
        copies: Vec<Numbered>,
        /// How many there are in all.
        of: Option<u32>,
        /// Where they are.
        container: Option<ContainerId>,
        /// On which shelf of it.
        shelf: Option<String>,
        /// Since when.
        at: Option<String>,
        /// What else is to be said.
        words: Option<String>,
    },
    /// Puts copies to the desk or into a container.
    Keep {
        /// Which.
        copies: Vec<String>,
        /// Where.
        container: Option<ContainerId>,
        /// On which shelf of it.
        shelf: Option<String>,
        /// When.
        at: Option<String>,
        /// What else is to be said.
        words: Option<String>,
    },
    /// Sends copies.
    Send {
        /// Which.
        copies: Vec<String>,
        /// To whom.
        to: ToAsked,
        /// Who carries them.
        bearer: Option<String>,
        /// When.
        at: Option<String>,
        /// Why it is written down all the same.
        despite: Option<Despite>,
        /// The day by which they are to be back.
        back_by: Option<String>,
        /// What is to be said of that.
        words: Option<String>,
    },
    /// Makes a loan longer.
    Prolong {
        /// Of which copies.
        copies: Vec<String>,
        /// The day by which they are to be back now.
        back_by: String,
        /// Why.
        words: String,
    },
    /// Gives a receipt.
    Receipt {
        /// Of which dispatch.
        dispatch: DispatchId,
        /// How.
        signed: Signed,
        /// Who signed.
        by: Option<String>,
        /// When.
        at: Option<String>,
        /// What is not as it should be.
        #[serde(default)]
        discrepancies: Vec<Discrepancy>,
    },
    /// Asks again for a receipt.
    Trace {
        /// Of which dispatch.
        dispatch: DispatchId,
        /// What was written.
        words: Option<String>,
    },
    /// Says that copies are missing.
    Miss {
        /// Which.
        copies: Vec<String>,
        /// What is known.
        words: String,
    },
    /// Says that copies are not accountable any more.
    Release {
        /// Which.
        copies: Vec<String>,
        /// By which instruction.
        words: String,
    },
    /// Draws up a certificate of destruction.
    DrawUp {
        /// Of which copies.
        copies: Vec<String>,
        /// How they will be destroyed.
        method: String,
    },
    /// Signs it.
    Sign {
        /// Which.
        certificate: CertificateId,
        /// As whom.
        hand: Hand,
    },
    /// Takes it back.
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
        copies: Vec<String>,
        /// What is known.
        words: String,
    },
    /// Adds to an incident.
    Follow {
        /// Which.
        incident: IncidentId,
        /// What was found out.
        words: String,
        /// Which of the reports that are due this is.
        #[serde(default)]
        report: Option<registry::custody::fact::Report>,
        /// Whether that closes it.
        #[serde(default)]
        closes: bool,
    },
    /// Opens a muster.
    OpenMuster {
        /// Why.
        is: MusterKind,
        /// Of which logs.
        #[serde(default)]
        logs: Vec<String>,
        /// Of which container alone.
        container: Option<ContainerId>,
        /// How many copies are drawn.
        sample: Option<u32>,
        /// From which they are drawn.
        seed: Option<String>,
        /// Between whom.
        hand_over: Option<BetweenAsked>,
        /// What else is to be said.
        words: Option<String>,
    },
    /// Says that copies were seen.
    Sight {
        /// For which muster.
        muster: MusterId,
        /// Which.
        sightings: Vec<SeenAsked>,
        /// What is wrong with their pages.
        words: Option<String>,
    },
    /// Ends the count.
    CloseMuster {
        /// Of which muster.
        muster: MusterId,
        /// What else is to be said.
        words: Option<String>,
    },
    /// Signs what it came to.
    SignMuster {
        /// Which.
        muster: MusterId,
    },
    /// Gives it up.
    AbandonMuster {
        /// Which.
        muster: MusterId,
        /// Why.
        words: String,
    },
    /// Enters something into one of the registry's other books.
    Enter {
        /// What.
        details: Box<DetailsAsked>,
        /// What else is to be said.
        words: Option<String>,
    },
    /// Says that something happened to it.
    Step {
        /// To which.
        item: BookItemId,
        /// What.
        step: StepAsked,
        /// When.
        at: Option<String>,
        /// What is to be said of it.
        words: Option<String>,
    },
    /// Distributes a document.
    Distribute {
        /// Which.
        document: DocumentId,
        /// To whom.
        lines: Vec<LineAsked>,
        /// Who carries the copies.
        bearer: Option<String>,
        /// What else is to be said.
        words: Option<String>,
    },
    /// Puts a container into the books.
    Furnish {
        /// What it is called.
        name: String,
        /// Where it stands.
        place: String,
        /// The most that it may hold.
        #[serde(default)]
        approved: Vec<NamedClearance>,
    },
}

/// A receipt that came back on paper.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperAsked {
    pub(super) by: Option<String>,
    pub(super) at: Option<String>,
    #[serde(default)]
    pub(super) discrepancies: Vec<Discrepancy>,
}

/// Between whom copies are handed over: identifiers, or what they sign in with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BetweenAsked {
    pub(super) from: String,
    pub(super) to: String,
}

/// A copy that somebody sees: an identifier, or a name as it is printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenAsked {
    pub(super) copy: String,
    pub(super) pages: Option<u32>,
    pub(super) at: Option<String>,
}

/// To whom copies are sent.
#[derive(Debug, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ToAsked {
    /// A person of the house.
    Person {
        /// Who: an identifier, or what he signs in with.
        person: String,
    },
    /// A registry of the house.
    Registry {
        /// Its code.
        registry: String,
    },
    /// The registry itself.
    Desk,
    /// Somebody outside of the house.
    Elsewhere {
        /// As the receipt names it.
        name: String,
    },
}

/// A line of a distribution: to whom, for what, how.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineAsked {
    pub(super) to: ToAsked,
    pub(super) purpose: Purpose,
    pub(super) by: Means,
}
