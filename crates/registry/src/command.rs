//! The commands there are: what can be asked of the register, and which ledger each writes. Who gives one, how it is
//! decided and what is answered stand beside this file; a command is data and decides nothing.

mod answer;
mod caller;
mod decide;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::{Grant, Role},
    cases,
    correction::Correction,
    custody,
    disclosure::{Authority, Bears, Means, Piece},
    document::{Register, StagedContent},
    filing::{FileChange, NewFile, Turn},
    house::{Names, Terms},
    id::{AuthorisationId, CASES, Digest, DocumentId, FileId, HOUSE, PersonId, RegistryId},
    intake::{Came, DismissalReason},
    numbering::Numbered,
    organisation,
    person::{NewPerson, Particulars},
};

pub use answer::Answer;
pub use caller::{Caller, Channel, Context, OPERATOR};
pub use decide::{Needs, decide};

/// Everything that can be asked of the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// Establishes a body.
    EstablishBody {
        /// Short.
        code: String,
        /// In both languages.
        names: Names,
    },
    /// Opens a registry.
    OpenRegistry {
        /// The first part of its references.
        code: String,
        /// How.
        terms: Terms,
    },
    /// Changes what a registry is called, who keeps it, or what it may hold.
    ChangeRegistry {
        /// Which.
        registry: RegistryId,
        /// How it is from now on.
        terms: Terms,
        /// Why.
        reason: String,
    },
    /// Forms a need-to-know group.
    FormGroup {
        /// Short.
        code: String,
        /// In both languages.
        names: Names,
    },
    /// Adds a person.
    AddPerson {
        /// Who.
        person: NewPerson,
    },
    /// Changes what is known of a person; his nationality is proposed.
    ChangePerson {
        /// Who.
        person: PersonId,
        /// What shall be.
        to: Particulars,
        /// Why.
        reason: String,
    },
    /// Gives a role that gives no sight of content: clerk, assistant.
    AssignRole {
        /// To whom.
        person: PersonId,
        /// Which.
        role: Role,
        /// Where.
        registry: RegistryId,
    },
    /// Proposes a clearance, briefing, role or membership, an extension, another nationality.
    Propose {
        /// For whom.
        person: PersonId,
        /// What.
        grant: Grant,
    },
    /// Confirms a proposal.
    Confirm {
        /// Which.
        authorisation: AuthorisationId,
        /// The digest of what was read.
        proposal: Digest,
    },
    /// Ends an authorisation.
    Revoke {
        /// Which.
        authorisation: AuthorisationId,
        /// Why.
        reason: String,
    },
    /// Registers a document.
    Register {
        /// In which registry.
        registry: RegistryId,
        /// What.
        document: Box<Register>,
    },
    /// Adopts a file of series.
    AdoptSeries {
        /// Its name: a file of the same name gives way to it.
        name: String,
        /// What it says.
        toml: String,
    },
    /// Adopts a procedure or a calendar.
    AdoptRoutine {
        /// Which of the two.
        what: cases::Routines,
        /// The file.
        toml: String,
    },
    /// Entrusts a registry with giving the numbers of a series.
    EntrustSeries {
        /// The code of the series.
        series: String,
        /// To whom.
        registry: RegistryId,
    },
    /// Keeps the next number of a series for a paper that is being written.
    ReserveNumber {
        /// Which registry gives it.
        registry: RegistryId,
        /// Of which series.
        asked: Numbered,
        /// For what: read by everyone who gives numbers there.
        purpose: String,
    },
    /// Strikes out a number that was kept, or is missing.
    VoidNumber {
        /// Which registry gave it.
        registry: RegistryId,
        /// The reference that it would have made.
        reference: String,
        /// Why.
        reason: String,
    },
    /// Begins a count behind the last number of the old register.
    OpenCount {
        /// Which registry gives it.
        registry: RegistryId,
        /// Of which series.
        asked: Numbered,
        /// The first number given here.
        first: u64,
    },
    /// Closes the counts of earlier years.
    CloseCounts {
        /// Which registry gives them.
        registry: RegistryId,
        /// The code of the series.
        series: String,
    },
    /// Corrects what the register says of a document.
    Correct {
        /// In which registry.
        registry: RegistryId,
        /// Which document.
        document: DocumentId,
        /// How, and why.
        correction: Box<Correction>,
    },
    /// Takes a document out to work on its content.
    CheckOut {
        /// In which registry.
        registry: RegistryId,
        /// Which.
        document: DocumentId,
        /// What for; empty: not said.
        #[serde(default)]
        reason: String,
        /// Until when.
        #[serde(default)]
        until: Option<Date>,
    },
    /// Gives it back.
    CheckIn {
        /// In which registry.
        registry: RegistryId,
        /// Which.
        document: DocumentId,
        /// The new version; none: as it was.
        #[serde(default)]
        content: Option<Box<StagedContent>>,
    },
    /// Gives back what another has out.
    BreakLock {
        /// In which registry.
        registry: RegistryId,
        /// Which.
        document: DocumentId,
        /// Why.
        reason: String,
    },
    /// Writes a line of a disclosure record: the caller opens a version.
    Disclose {
        /// In which registry.
        registry: RegistryId,
        /// What.
        piece: Piece,
        /// By what means.
        means: Means,
        /// The number that is in the margin of what is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bears: Option<Bears>,
    },
    /// Authorises a reproduction.
    AuthoriseReproduction {
        /// In which registry.
        registry: RegistryId,
        /// Which.
        document: DocumentId,
        /// What.
        authority: Box<Authority>,
    },
    /// Records that somebody knows what a document is now.
    Tell {
        /// In which registry.
        registry: RegistryId,
        /// Which.
        document: DocumentId,
        /// Who; the caller himself: he acknowledges it.
        person: PersonId,
        /// Up to which entry.
        sequence: u64,
    },
    /// Opens a file of a registry's plan.
    OpenFile {
        /// In whose plan.
        registry: RegistryId,
        /// What.
        file: Box<NewFile>,
    },
    /// Changes what the plan says of a file.
    ChangeFile {
        /// In whose plan.
        registry: RegistryId,
        /// Which.
        file: FileId,
        /// How, and why.
        change: Box<FileChange>,
    },
    /// Closes a file or a volume, or opens one again.
    TurnFile {
        /// In whose plan.
        registry: RegistryId,
        /// Which.
        file: FileId,
        /// How.
        turn: Turn,
    },
    /// Puts documents into files.
    FileDocuments {
        /// In whose plan.
        registry: RegistryId,
        /// Into which.
        files: Vec<FileId>,
        /// Which documents.
        documents: Vec<DocumentId>,
    },
    /// Takes a document out of a file.
    TakeOut {
        /// In whose plan.
        registry: RegistryId,
        /// Out of which.
        file: FileId,
        /// Which document.
        document: DocumentId,
        /// Why.
        reason: String,
    },
    /// Takes note of a message that rings.
    TakeNote {
        /// In which registry.
        registry: RegistryId,
        /// Which.
        document: DocumentId,
    },
    /// Does something with copies.
    Custody {
        /// Of which registry.
        registry: RegistryId,
        /// What.
        act: Box<custody::Act>,
    },
    /// Changes the organisation of the house.
    Organise {
        /// What.
        act: Box<organisation::Act>,
    },
    /// Does something with cases.
    Case {
        /// What.
        act: Box<cases::Act>,
    },
    /// Says of things in the in-tray that they are not registered.
    Dismiss {
        /// In whose in-tray.
        registry: RegistryId,
        /// Which.
        items: Vec<Came>,
        /// Why.
        reason: DismissalReason,
        /// The same in words.
        #[serde(default)]
        words: Option<String>,
    },
}

impl Command {
    /// The ledger that the command writes.
    pub fn ledger(&self) -> RegistryId {
        match self {
            Command::Register { registry, .. }
            | Command::Correct { registry, .. }
            | Command::CheckOut { registry, .. }
            | Command::CheckIn { registry, .. }
            | Command::BreakLock { registry, .. }
            | Command::Disclose { registry, .. }
            | Command::AuthoriseReproduction { registry, .. }
            | Command::Tell { registry, .. }
            | Command::ReserveNumber { registry, .. }
            | Command::VoidNumber { registry, .. }
            | Command::OpenCount { registry, .. }
            | Command::CloseCounts { registry, .. }
            | Command::OpenFile { registry, .. }
            | Command::ChangeFile { registry, .. }
            | Command::TurnFile { registry, .. }
            | Command::FileDocuments { registry, .. }
            | Command::TakeOut { registry, .. }
            | Command::TakeNote { registry, .. }
            | Command::Dismiss { registry, .. }
            | Command::Custody { registry, .. } => *registry,
            Command::Case { .. } => CASES,
            _ => HOUSE,
        }
    }

    /// True when a search may find something else after it: documents or their words change. Whoever sends it waits for the
    /// index when he searches next; nobody waits after anything else.
    pub const fn is_searched(&self) -> bool {
        matches!(self, Command::Register { .. } | Command::Correct { .. } | Command::CheckIn { .. })
    }

    /// The digest of what was asked. Names that this installation drew for the same upload are left out, so that
    /// the same request sent twice has one digest.
    pub fn digest(&self) -> Digest {
        let mut asked = self.clone();
        match &mut asked {
            Command::Register { document, .. } => document.forget_objects(),
            Command::CheckIn { content: Some(content), .. } => content.forget_objects(),
            Command::Custody { act, .. } => act.forget_objects(),
            _ => {}
        }
        Digest::of(&serde_json::to_vec(&asked).unwrap_or_default())
    }
}
