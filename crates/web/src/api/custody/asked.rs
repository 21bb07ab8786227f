//! The acts on copies as programs write them: labels in words, codes of registries, moments, names of copies as they are
//! printed. Owns the forms alone; [`super::acts`] makes of them what the register takes.

use label::NamedClearance;
use registry::{
    DispatchId, DocumentId,
    custody::{
        Numbered,
        copy::Origin,
        fact::{Despite, Discrepancy, Hand, IncidentKind, Signed},
        muster::MusterKind,
    },
    id::{CertificateId, ContainerId, IncidentId, MusterId},
};
use serde::Deserialize;

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
        /// What is to be said of that.
        words: Option<String>,
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
