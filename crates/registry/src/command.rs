//! The commands there are, who gives them, and the one function that decides them.

use jiff::civil::Date;
use label::Clearance;
use serde::{Deserialize, Serialize};

use crate::{
    access::Viewer,
    authorisation::{self, Authorisation, Grant, ProposalNeeds, Role, proposal_digest},
    correction::{self, Correction},
    disclosure::{self, Authority, Means, Piece},
    document::{self, Register, StagedContent},
    fact::Fact,
    filing::{self, FileChange, Filed, NewFile, Turn},
    formal::{self, RingNeeds},
    house::{self, House, Names},
    id::{
        AuthorisationId, BodyId, CommandId, Digest, DocumentId, FileId, HOUSE, IdSource, ObjectId, PersonId,
        RegistryId, ReproductionId, ReservationId,
    },
    intake::{self, Came, DismissalReason},
    numbering::{self, NumberNeeds, Numbered},
    person::{self, ChangeNeeds, NewPerson, Particulars},
    refusal::{Code, Refusal},
    series::allot::NumberFact,
    time::Timestamp,
    working::{self, HandlingNeeds},
};

/// The person in whose name the holder of the key acts when he names nobody.
pub const OPERATOR: PersonId = PersonId::new(*b"chancery-operato");

/// The way by which a command came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A person signed in, or that person's token.
    Person,
    /// The holder of the key, on the machine itself, in a person's name.
    Operator,
}

/// Who gives a command, as the house stands now.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub person: PersonId,
    /// By which way.
    pub channel: Channel,
    /// Whether he proved a short while ago that it is he: what two persons do together asks for it.
    pub fresh: bool,
    /// What he holds today.
    pub viewer: Viewer,
}

impl Caller {
    /// True when the caller has a role.
    pub fn has(&self, role: Role, registry: Option<RegistryId>) -> bool {
        self.viewer.has(role, registry)
    }
    /// True for the holder of the key who acts in nobody's name but his own.
    pub fn is_operator(&self) -> bool {
        self.channel == Channel::Operator && self.person == OPERATOR
    }
    /// True when the caller may register in a registry.
    pub fn registers(&self, registry: RegistryId) -> bool {
        self.is_operator() || self.viewer.registers(registry)
    }
}

/// What a decision may know beside the command and what was loaded for it.
#[derive(Debug)]
pub struct Context<'a> {
    /// The ledger that will be written.
    pub registry: RegistryId,
    /// Who gave the command.
    pub actor: PersonId,
    /// Which command.
    pub command: CommandId,
    /// Security time.
    pub now: Timestamp,
    /// The day where the registry is.
    pub today: Date,
    /// The house.
    pub house: &'a House,
    /// Where identifiers come from.
    pub ids: &'a IdSource,
}

impl Context<'_> {
    /// The `n`th new identifier of this command.
    pub fn new_id(&self, n: u32) -> [u8; 16] {
        self.ids.derive(self.registry, self.actor, self.command, n)
    }
}

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
        /// In both languages.
        names: Names,
        /// The body that keeps it.
        #[serde(default)]
        body: Option<BodyId>,
        /// The most that it may hold.
        #[serde(default)]
        ceilings: Vec<Clearance>,
    },
    /// Changes what a registry is called, who keeps it, or what it may hold.
    ChangeRegistry {
        /// Which.
        registry: RegistryId,
        /// In both languages.
        names: Names,
        /// The body that keeps it.
        #[serde(default)]
        body: Option<BodyId>,
        /// The most that it may hold.
        #[serde(default)]
        ceilings: Vec<Clearance>,
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
            | Command::Dismiss { registry, .. } => *registry,
            _ => HOUSE,
        }
    }

    /// The digest of what was asked. Names that this installation drew for the same upload are left out, so that
    /// the same request sent twice has one digest.
    pub fn digest(&self) -> Digest {
        let mut asked = self.clone();
        match &mut asked {
            Command::Register { document, .. } => document.forget_objects(),
            Command::CheckIn { content: Some(content), .. } => content.forget_objects(),
            _ => {}
        }
        Digest::of(&serde_json::to_vec(&asked).unwrap_or_default())
    }
}

/// What the tables must tell before a command can be decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// The series of which numbers were given, wherever.
    Series(std::collections::BTreeSet<String>),
    /// Whether the login is another's.
    Login {
        /// It is.
        taken: bool,
    },
    /// Whether the person is there.
    Person {
        /// He is.
        here: bool,
    },
    /// For proposing.
    Proposal(Box<ProposalNeeds>),
    /// For changing what is known of a person.
    Change(Box<ChangeNeeds>),
    /// The authorisation that is named, if there is one.
    Authorisation(Option<Box<Authorisation>>),
    /// For registering.
    Register(document::RegisterNeeds),
    /// For giving a number.
    Number(NumberNeeds),
    /// For correcting.
    Correct(correction::CorrectNeeds),
    /// For handling a document.
    Handling(Box<HandlingNeeds>),
    /// For changing a plan.
    Plan(filing::PlanNeeds),
    /// For taking note of a message.
    Ring(RingNeeds),
    /// For filing documents.
    Filing(filing::FilingNeeds),
}

/// What came of a command: names of things, never their content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub enum Answer {
    /// A body.
    Established {
        /// Its identifier.
        body: BodyId,
    },
    /// A registry is opened, or changed.
    Opened {
        /// Its identifier.
        registry: RegistryId,
    },
    /// A group.
    Formed {
        /// Its identifier.
        group: crate::id::GroupId,
    },
    /// A person.
    Added {
        /// The identifier.
        person: PersonId,
    },
    /// What is known of a person is changed.
    Changed {
        /// The person.
        person: PersonId,
    },
    /// A proposal that waits for a second person.
    Proposed {
        /// Its identifier.
        authorisation: AuthorisationId,
        /// The digest that the confirmation must name.
        proposal: Digest,
    },
    /// An authorisation is in force.
    Confirmed {
        /// Its identifier.
        authorisation: AuthorisationId,
    },
    /// An authorisation has ended.
    Revoked {
        /// Its identifier.
        authorisation: AuthorisationId,
    },
    /// A document is registered.
    Registered {
        /// Its identifier.
        document: DocumentId,
        /// Its reference.
        reference: String,
        /// The number of another series that it was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        allotted: Option<String>,
    },
    /// A number is kept.
    Reserved {
        /// Under which name.
        reservation: ReservationId,
        /// The reference that it makes.
        reference: String,
    },
    /// A number was struck out, a count opened or closed.
    Numbered {
        /// The reference, or the series.
        reference: String,
    },
    /// A file of series is adopted, or a series entrusted.
    Series {
        /// The name of the file, or the code of the series.
        name: String,
    },
    /// A document is corrected.
    Corrected {
        /// Its identifier.
        document: DocumentId,
    },
    /// A document is out, or back; a line of its record is written, somebody was told.
    Handled {
        /// Its identifier.
        document: DocumentId,
        /// The version that came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
    },
    /// A reproduction is authorised.
    Authorised {
        /// Its identifier.
        reproduction: ReproductionId,
    },
    /// A file is opened.
    FileOpened {
        /// Its identifier.
        file: FileId,
    },
    /// A file is changed, or took a turn.
    FileChanged {
        /// Its identifier.
        file: FileId,
    },
    /// Documents are filed, as far as they were not refused.
    Filed(Filed),
    /// Note is taken of a message.
    Noted {
        /// Which.
        document: DocumentId,
    },
    /// Things of the in-tray are not registered.
    Dismissed {
        /// The first of them.
        item: ObjectId,
    },
    /// A document is taken out of a file.
    TakenOut {
        /// Its identifier.
        document: DocumentId,
    },
}

/// Decides a command: what becomes true, and what is answered.
pub fn decide(
    command: &Command,
    needs: &Needs,
    caller: &Caller,
    context: &Context<'_>,
) -> Result<(Vec<Fact>, Answer), Refusal> {
    if let (Command::FileDocuments { .. }, Needs::Filing(needs)) = (command, needs) {
        // The one command of which a part may be refused: its answer says which.
        let (facts, filed) = filing::file_documents(caller, context, needs)?;
        return Ok((facts, Answer::Filed(filed)));
    }
    let facts = match (command, needs) {
        (Command::EstablishBody { code, names }, _) => house::establish_body(caller, context, code, names)?,
        (Command::OpenRegistry { code, names, body, ceilings }, _) => {
            house::open_registry(caller, context, code, names, *body, ceilings)?
        }
        (Command::ChangeRegistry { registry, names, body, ceilings, reason }, _) => {
            house::change_registry(caller, context, *registry, names, *body, ceilings, reason)?
        }
        (Command::FormGroup { code, names }, _) => house::form_group(caller, context, code, names)?,
        (Command::AddPerson { person }, Needs::Login { taken }) => {
            person::add(caller, context, person, *taken)?
        }
        (Command::AssignRole { person, role, registry }, Needs::Person { here }) => {
            authorisation::assign(caller, context, *person, *role, *registry, *here)?
        }
        (Command::ChangePerson { person, to, reason }, Needs::Change(needs)) => {
            person::change(caller, context, *person, to, reason, needs)?
        }
        (Command::Propose { person, grant }, Needs::Proposal(needs)) => {
            authorisation::propose(caller, context, *person, grant, needs)?
        }
        (Command::Confirm { proposal, .. }, Needs::Authorisation(waiting)) => {
            authorisation::confirm(caller, waiting.as_deref(), proposal)?
        }
        (Command::Revoke { reason, .. }, Needs::Authorisation(held)) => {
            authorisation::revoke(caller, held.as_deref(), reason)?
        }
        (Command::Register { document, .. }, Needs::Register(needs)) => {
            document::register(caller, context, document, needs)?
        }
        (Command::AdoptSeries { name, toml }, Needs::Series(used)) => {
            house::adopt_series(caller, context, name, toml, used)?
        }
        (Command::EntrustSeries { series, registry }, Needs::Series(used)) => {
            house::entrust_series(caller, context, series, *registry, used)?
        }
        (Command::ReserveNumber { asked, purpose, .. }, Needs::Number(needs)) => {
            numbering::reserve(caller, context, asked, purpose, needs)?
        }
        (Command::VoidNumber { reference, reason, .. }, Needs::Number(needs)) => {
            numbering::void(caller, context, reference, reason, needs)?
        }
        (Command::OpenCount { asked, first, .. }, Needs::Number(needs)) => {
            numbering::open(caller, context, asked, *first, needs)?
        }
        (Command::CloseCounts { series, .. }, Needs::Number(needs)) => {
            numbering::close(caller, context, series, needs)?
        }
        (Command::Correct { document, correction, .. }, Needs::Correct(needs)) => {
            correction::correct(caller, context, *document, correction, needs)?
        }
        (Command::CheckOut { document, reason, until, .. }, Needs::Handling(needs)) => {
            working::check_out(caller, context, *document, reason, *until, needs)?
        }
        (Command::CheckIn { document, content, .. }, Needs::Handling(needs)) => {
            working::check_in(caller, context, *document, content.as_deref(), needs)?
        }
        (Command::BreakLock { document, reason, .. }, Needs::Handling(needs)) => {
            working::break_lock(caller, context, *document, reason, needs)?
        }
        (Command::Disclose { piece, means, .. }, Needs::Handling(needs)) => {
            disclosure::disclose(caller, context, *piece, *means, needs)?
        }
        (Command::AuthoriseReproduction { document, authority, .. }, Needs::Handling(needs)) => {
            disclosure::authorise(caller, context, *document, authority, needs)?
        }
        (Command::Tell { document, person, sequence, .. }, Needs::Handling(needs)) => {
            disclosure::tell(caller, context, *document, *person, *sequence, needs)?
        }
        (Command::OpenFile { file, .. }, Needs::Plan(needs)) => filing::open(caller, context, file, needs)?,
        (Command::ChangeFile { file, change, .. }, Needs::Plan(needs)) => {
            filing::change(caller, context, *file, change, needs)?
        }
        (Command::TurnFile { file, turn, .. }, Needs::Plan(needs)) => {
            filing::turn(caller, context, *file, turn, needs)?
        }
        (Command::TakeOut { reason, .. }, Needs::Filing(needs)) => {
            filing::take_out(caller, context, reason, needs)?
        }
        (Command::TakeNote { document, .. }, Needs::Ring(needs)) => {
            formal::take_note(caller, context, *document, needs)?
        }
        (Command::Dismiss { items, reason, words, .. }, _) => {
            intake::dismiss(caller, context, items, *reason, words.as_deref())?
        }
        // What was loaded does not belong to the command: the room that loads is wrong, and nothing is changed.
        _ => return Err(Code::Conflict.into()),
    };
    let mut answer = facts.iter().find_map(answer_of).ok_or(Code::Conflict)?;
    if let Answer::Registered { allotted, .. } = &mut answer {
        *allotted = facts.iter().find_map(|fact| match fact {
            Fact::SeriesNumbered { number: NumberFact::Allotted { .. }, reference } => {
                Some(reference.clone())
            }
            _ => None,
        });
    }
    Ok((facts, answer))
}

fn answer_of(fact: &Fact) -> Option<Answer> {
    Some(match fact {
        Fact::BodyEstablished { body } => Answer::Established { body: body.id },
        Fact::RegistryOpened { registry } | Fact::RegistryChanged { registry, .. } => {
            Answer::Opened { registry: registry.id }
        }
        Fact::GroupFormed { group } => Answer::Formed { group: group.id },
        Fact::PersonAdded { person } => Answer::Added { person: person.id },
        Fact::PersonChanged { person, .. } => Answer::Changed { person: *person },
        Fact::RoleAssigned { authorisation, .. } => Answer::Confirmed { authorisation: *authorisation },
        Fact::AuthorisationProposed { authorisation, person, grant } => Answer::Proposed {
            authorisation: *authorisation,
            proposal: proposal_digest(*authorisation, *person, grant),
        },
        Fact::AuthorisationConfirmed { authorisation, .. } => {
            Answer::Confirmed { authorisation: *authorisation }
        }
        Fact::AuthorisationRevoked { authorisation, .. } => Answer::Revoked { authorisation: *authorisation },
        Fact::DocumentRegistered { document } => Answer::Registered {
            document: document.id,
            reference: document.reference.clone(),
            allotted: None,
        },
        Fact::SeriesAdopted { name, .. } | Fact::SeriesEntrusted { series: name, .. } => {
            Answer::Series { name: name.clone() }
        }
        Fact::SeriesNumbered { number: NumberFact::Reserved { holder, .. }, reference } => {
            Answer::Reserved { reservation: holder.parse().ok()?, reference: reference.clone() }
        }
        Fact::SeriesNumbered { reference, .. } => Answer::Numbered { reference: reference.clone() },
        Fact::DocumentCorrected { correction } => Answer::Corrected { document: correction.document },
        Fact::DocumentCheckedIn { document, version, .. } => {
            Answer::Handled { document: *document, version: *version }
        }
        Fact::DocumentCheckedOut { document, .. }
        | Fact::DisclosureRecorded { document, .. }
        | Fact::HolderTold { document, .. } => Answer::Handled { document: *document, version: None },
        Fact::ReproductionAuthorised { reproduction } => Answer::Authorised { reproduction: reproduction.id },
        Fact::FileOpened { file, .. } => Answer::FileOpened { file: file.id },
        Fact::FileChanged { file, .. } => Answer::FileChanged { file: file.id },
        Fact::FileClosed { file, .. }
        | Fact::FileReopened { file, .. }
        | Fact::VolumeOpened { file, .. }
        | Fact::VolumeClosed { file, .. } => Answer::FileChanged { file: *file },
        Fact::DocumentNoted { document } => Answer::Noted { document: *document },
        Fact::IntakeDismissed { item, .. } => Answer::Dismissed { item: *item },
        Fact::DocumentTakenOut { document, .. } => Answer::TakenOut { document: *document },
        _ => return None,
    })
}
