//! The acts on copies as programs write them: labels in words, codes of registries, moments, names of copies as they are
//! printed. Owns the forms alone; [`super::acts`] makes of them what the register takes.

use label::NamedClearance;
use registry::{
    DispatchId, DocumentId,
    custody::{
        Numbered,
        book::{
            Amendment, Carriage, Changed, EquipmentKind, Function, InstructionKind, Means, Purpose, Scan,
        },
        copy::Origin,
        fact::{Despite, Discrepancy, Hand, IncidentKind, Signed},
        muster::MusterKind,
    },
    id::{BookItemId, CertificateId, ContainerId, IncidentId, MusterId},
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

/// What is entered into a book. People are identifiers, or what they sign in with; registries codes.
#[derive(Debug, Deserialize)]
#[serde(tag = "book", rename_all = "kebab-case", deny_unknown_fields)]
pub enum DetailsAsked {
    /// A package.
    Packages {
        /// The receipts within.
        dispatches: Vec<DispatchId>,
        /// To whom, as the inner wrapping says.
        inner: String,
        /// The address on the outer wrapping.
        outer: String,
        /// What else the inner wrapping says.
        warning: Option<String>,
        /// The numbers of the seals.
        #[serde(default)]
        seals: Vec<String>,
        /// How it travels.
        by: Carriage,
    },
    /// A courier's certificate.
    Journeys {
        /// Who.
        courier: CourierAsked,
        /// From where.
        from: String,
        /// Where to.
        to: String,
        /// By which way.
        way: Option<String>,
        /// When he leaves.
        leaves: String,
        /// When he is expected.
        expected: String,
        /// With which packages.
        packages: Vec<BookItemId>,
        /// Why it is asked for so late.
        urgent: Option<String>,
    },
    /// A registry outside of the house.
    Correspondents {
        /// As receipts name it.
        name: String,
        /// Where packages go.
        address: String,
        /// The most that it may be sent.
        #[serde(default)]
        approved: Vec<NamedClearance>,
        /// Who signs for it.
        #[serde(default)]
        officers: Vec<OfficerAsked>,
    },
    /// An approval.
    Routes {
        /// Which registry may send.
        from: String,
        /// To whom.
        to: DestinationAsked,
        /// Papers of which logs.
        #[serde(default)]
        logs: Vec<String>,
        /// Until when.
        until: Option<String>,
        /// The approval, by its reference.
        reference: String,
    },
    /// A control officer.
    Appointments {
        /// Who.
        person: String,
        /// As what.
        function: Function,
        /// For which logs.
        #[serde(default)]
        logs: Vec<String>,
        /// From when.
        from: String,
        /// Until when.
        until: Option<String>,
        /// The letter, by its reference.
        reference: String,
    },
    /// Media, a machine, a safe.
    Equipment {
        /// What it is.
        is: EquipmentKind,
        /// What is written on it.
        mark: String,
        /// Make and serial number.
        serial: String,
        /// Where it belongs.
        place: String,
        /// The most that it ever held.
        level: Option<NamedClearance>,
        /// Who knows its combination.
        #[serde(default)]
        known_to: Vec<String>,
    },
    /// Data moved between networks.
    Transfers {
        /// What was moved.
        what: String,
        /// From which network.
        from: String,
        /// To which.
        to: String,
        /// Who authorised it.
        authorised_by: String,
        /// Why.
        why: String,
        /// How.
        how: String,
        /// How it was scanned.
        scan: Scan,
        /// When.
        at: Option<String>,
    },
    /// What holders are told to do: to send copies back, or to bring them up to date.
    Instructions {
        /// Of which document.
        document: DocumentId,
        /// What.
        is: InstructionKind,
        /// By whose authority.
        authority: String,
        /// What to do, in words.
        todo: Option<String>,
        /// Of an amendment, which.
        amendment: Option<Amendment>,
    },
}

/// Who carries packages: somebody of the house, or a stranger by name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CourierAsked {
    pub(super) person: Option<String>,
    pub(super) name: Option<String>,
    pub(super) document: String,
}

/// Who signs for a correspondent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficerAsked {
    pub(super) name: String,
    pub(super) function: Function,
}

/// Where a route leads.
#[derive(Debug, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum DestinationAsked {
    /// A registry of the house.
    Registry {
        /// Its code.
        registry: String,
    },
    /// A registry outside of it.
    Elsewhere {
        /// As receipts name it.
        name: String,
    },
}

/// What happened to an item of a book. Packages are put on a certificate by the certificate.
#[derive(Debug, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", deny_unknown_fields)]
pub enum StepAsked {
    /// A route, a correspondent, an appointment is at its end; a transfer is thrown away.
    End,
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
        person: String,
    },
    /// It comes back, or is found.
    TakeBack,
    /// It held more than it ever did.
    Raise {
        /// How much.
        level: NamedClearance,
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
        #[serde(default)]
        known_to: Vec<String>,
    },
    /// A second person confirms a transfer.
    Confirm,
    /// A transfer leaves quarantine.
    Clear,
    /// One says that one read what was given to one.
    Read,
    /// Lines of a distribution are ended.
    EndLines {
        /// Which, from 1.
        lines: Vec<usize>,
    },
    /// An instruction was carried out.
    Post {
        /// With which copies.
        copies: Vec<String>,
    },
}
