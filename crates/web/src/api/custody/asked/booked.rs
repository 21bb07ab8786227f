//! What is entered into a registry's other books, and what happened to an item of one, as programs write it.

use label::NamedClearance;
use registry::{
    DispatchId, DocumentId,
    custody::book::{Amendment, Carriage, Changed, EquipmentKind, Function, InstructionKind, Scan},
    id::BookItemId,
};
use serde::Deserialize;

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
    pub(in crate::api::custody) person: Option<String>,
    pub(in crate::api::custody) name: Option<String>,
    pub(in crate::api::custody) document: String,
}

/// Who signs for a correspondent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficerAsked {
    pub(in crate::api::custody) name: String,
    pub(in crate::api::custody) function: Function,
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
