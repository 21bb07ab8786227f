//! What the ledger says: the kinds of entry and their versions. How one is written and strictly read stands beside this.
//!
//! A fact states what became true, never how a table shall look. Persons stand in it by identifier only, but for
//! the facts that are about the person. Every version that was ever written has a golden file in `tests/golden`,
//! and stays readable: an old one is lifted by a pure function when its shape changes.

mod document;
mod entry;
mod founding;
mod kinds;

use jiff::civil::Date;
use label::Label;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    authorisation::{Grant, Role},
    cases::{Doer, Event, Filled, Moved, NewCase, NewTask, Routines, Said, Stepped},
    correction::CorrectionFact,
    custody::{
        Container,
        book::{Item, Step},
        copy::Holder,
        fact as custody,
        muster::{Muster, Sighting, Tally},
    },
    disclosure::{Means, Reproduction},
    filing::FileFact,
    house::{Body, Group, Registry},
    id::{
        AuthorisationId, BookItemId, CaseId, CertificateId, CopyId, Digest, DispatchId, DocumentId, FileId,
        IncidentId, LeaveId, MusterId, ObjectId, PersonId, RegistryId, ReproductionId, StandInId, TaskId,
        TenureId,
    },
    intake::DismissalReason,
    organisation::{Contact, Days, DistributionList, Leave, Post, StandIn, Tenure, Unit},
    person::{Particulars, Person},
    series::allot::NumberFact,
    time::Timestamp,
};

pub use document::{DocumentFact, EnclosureFact, RenditionFact, RenditionKind, VersionFact};
pub use entry::{Entry, FactError};
pub use founding::{FoundingAuthorisation, founding_grants};

/// One thing that became true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Fact {
    /// The first entry of a house.
    #[serde(rename = "installation.founded")]
    InstallationFounded {
        /// What the installation is called; the name in its checkpoints.
        name: String,
        /// The zone in which its days end.
        zone: String,
        /// The two security officers.
        officers: Vec<Person>,
        /// Their roles and clearances: the only ones that nobody confirmed.
        authorisations: Vec<FoundingAuthorisation>,
    },
    /// A security policy is in force.
    #[serde(rename = "policy.adopted")]
    PolicyAdopted {
        /// Its name.
        name: String,
        /// Digest of the file.
        digest: Digest,
        /// The file.
        xml: String,
    },
    /// The communities that policies release to.
    #[serde(rename = "communities.adopted")]
    CommunitiesAdopted {
        /// Digest of the file.
        digest: Digest,
        /// The file.
        toml: String,
    },
    /// A file of series is in force, in the place of an earlier one of its name.
    #[serde(rename = "series.adopted")]
    SeriesAdopted {
        /// Its name.
        name: String,
        /// Digest of the file.
        digest: Digest,
        /// The file.
        toml: String,
    },
    /// A registry gives the numbers of a series.
    #[serde(rename = "series.entrusted")]
    SeriesEntrusted {
        /// The code of the series.
        series: String,
        /// Which registry.
        registry: RegistryId,
    },
    /// A procedure, or a calendar, is in force: a procedure beside its older versions, a calendar in the place of the one before.
    #[serde(rename = "routine.adopted")]
    RoutineAdopted {
        /// Which of the two.
        what: Routines,
        /// Its name: the code, and for a procedure the version.
        name: String,
        /// Digest of the file.
        digest: Digest,
        /// The file.
        toml: String,
    },
    /// Something became of a number.
    #[serde(rename = "series.numbered")]
    SeriesNumbered {
        /// What.
        number: NumberFact,
        /// The reference that it makes, as written; the series, where it is no one number.
        reference: String,
    },
    /// A body is established.
    #[serde(rename = "body.established")]
    BodyEstablished {
        /// Which.
        body: Body,
    },
    /// A registry is opened.
    #[serde(rename = "registry.opened")]
    RegistryOpened {
        /// Which.
        registry: Registry,
    },
    /// What a registry is called, who keeps it or what it may hold changed.
    #[serde(rename = "registry.changed")]
    RegistryChanged {
        /// What it is now.
        registry: Registry,
        /// Why.
        reason: String,
    },
    /// A need-to-know group is formed.
    #[serde(rename = "group.formed")]
    GroupFormed {
        /// Which.
        group: Group,
    },
    /// A person is added.
    #[serde(rename = "person.added")]
    PersonAdded {
        /// Who.
        person: Person,
    },
    /// What is known of a person changed.
    #[serde(rename = "person.changed")]
    PersonChanged {
        /// Who.
        person: PersonId,
        /// What was.
        from: Particulars,
        /// What is.
        to: Particulars,
        /// Why.
        reason: String,
    },
    /// A role without sight of content is given.
    #[serde(rename = "role.assigned")]
    RoleAssigned {
        /// Its identifier.
        authorisation: AuthorisationId,
        /// To whom.
        person: PersonId,
        /// Which.
        role: Role,
        /// Where.
        registry: RegistryId,
    },
    /// Somebody proposed a grant.
    #[serde(rename = "authorisation.proposed")]
    AuthorisationProposed {
        /// Its identifier.
        authorisation: AuthorisationId,
        /// For whom.
        person: PersonId,
        /// What.
        grant: Grant,
    },
    /// Somebody else confirmed it.
    #[serde(rename = "authorisation.confirmed")]
    AuthorisationConfirmed {
        /// Which.
        authorisation: AuthorisationId,
        /// The digest of the proposal that was read.
        proposal: Digest,
    },
    /// An authorisation ended.
    #[serde(rename = "authorisation.revoked")]
    AuthorisationRevoked {
        /// Which.
        authorisation: AuthorisationId,
        /// Why.
        reason: String,
    },
    /// A unit is established.
    #[serde(rename = "unit.established")]
    UnitEstablished {
        /// Which.
        unit: Box<Unit>,
    },
    /// A unit is changed, or ends.
    #[serde(rename = "unit.changed")]
    UnitChanged {
        /// As it is now.
        unit: Box<Unit>,
        /// Why.
        reason: String,
    },
    /// A post is established.
    #[serde(rename = "post.established")]
    PostEstablished {
        /// Which.
        post: Box<Post>,
    },
    /// A post is changed, or ends.
    #[serde(rename = "post.changed")]
    PostChanged {
        /// As it is now.
        post: Box<Post>,
        /// Why.
        reason: String,
    },
    /// A person takes up a post.
    #[serde(rename = "post.taken-up")]
    PostTakenUp {
        /// Which, who, from when on.
        tenure: Tenure,
    },
    /// He leaves it.
    #[serde(rename = "post.left")]
    PostLeft {
        /// Which tenure.
        tenure: TenureId,
        /// His last day.
        until: Date,
        /// Why.
        reason: String,
    },
    /// The days on which somebody held a post were wrong, and are mended.
    #[serde(rename = "tenure.corrected")]
    TenureCorrected {
        /// Which.
        tenure: TenureId,
        /// As they were; none: he never held it.
        #[serde(deserialize_with = "present")]
        days: Option<Days>,
        /// Why.
        reason: String,
    },
    /// Somebody stands in.
    #[serde(rename = "stand-in.named")]
    StandInNamed {
        /// Who, for what, from when until when.
        stand_in: StandIn,
    },
    /// He does so no longer.
    #[serde(rename = "stand-in.ended")]
    StandInEnded {
        /// Which.
        stand_in: StandInId,
        /// The last day; none: it does not begin at all.
        #[serde(deserialize_with = "present")]
        until: Option<Date>,
        /// Why.
        reason: String,
    },
    /// Somebody is on leave.
    #[serde(rename = "leave.recorded")]
    LeaveRecorded {
        /// Who, from when until when.
        leave: Leave,
    },
    /// The leave is shorter, or there is none.
    #[serde(rename = "leave.ended")]
    LeaveEnded {
        /// Which.
        leave: LeaveId,
        /// The last day; none: there is none at all.
        #[serde(deserialize_with = "present")]
        until: Option<Date>,
        /// Why.
        reason: String,
    },
    /// A contact outside is entered.
    #[serde(rename = "contact.entered")]
    ContactEntered {
        /// Who.
        contact: Box<Contact>,
    },
    /// What is known of a contact is changed, or it is none any more.
    #[serde(rename = "contact.changed")]
    ContactChanged {
        /// As it is now.
        contact: Box<Contact>,
        /// Why.
        reason: String,
    },
    /// A distribution list is drawn up.
    #[serde(rename = "list.drawn-up")]
    ListDrawnUp {
        /// Which.
        list: Box<DistributionList>,
    },
    /// A distribution list is changed, or is used no more.
    #[serde(rename = "list.changed")]
    ListChanged {
        /// As it is now.
        list: Box<DistributionList>,
        /// Why.
        reason: String,
    },
    /// A document is registered.
    #[serde(rename = "document.registered")]
    DocumentRegistered {
        /// Which.
        document: Box<DocumentFact>,
    },
    /// What the register says of a document was wrong, and is mended.
    #[serde(rename = "document.corrected")]
    DocumentCorrected {
        /// How.
        correction: Box<CorrectionFact>,
    },
    /// A version of a document is kept.
    #[serde(rename = "version.added")]
    VersionAdded {
        /// Which.
        version: VersionFact,
    },
    /// A rendition of a version is kept.
    #[serde(rename = "rendition.added")]
    RenditionAdded {
        /// Which.
        rendition: RenditionFact,
    },
    /// What is attached to a version is kept by itself too.
    #[serde(rename = "enclosure.added")]
    EnclosureAdded {
        /// Which.
        enclosure: Box<EnclosureFact>,
    },
    /// Somebody took a document out to work on its content.
    #[serde(rename = "document.checked-out")]
    DocumentCheckedOut {
        /// Which.
        document: DocumentId,
        /// What for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// It is back: with a version, or as it was.
    #[serde(rename = "document.checked-in")]
    DocumentCheckedIn {
        /// Which.
        document: DocumentId,
        /// The version that came with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
        /// Why a controller gave it back in the place of whoever had it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        broken: Option<String>,
    },
    /// The actor had an accountable paper before him.
    #[serde(rename = "disclosure.recorded")]
    DisclosureRecorded {
        /// Which.
        document: DocumentId,
        /// Which version.
        version: u32,
        /// Which attachment of it, by its place from 1; none: the version itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        enclosure: Option<u32>,
        /// By what means.
        means: Means,
        /// By which authority, where it was reproduced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        authority: Option<ReproductionId>,
    },
    /// A controller authorised copies.
    #[serde(rename = "reproduction.authorised")]
    ReproductionAuthorised {
        /// What.
        reproduction: Box<Reproduction>,
    },
    /// Somebody who had read a paper knows that it is not what it was.
    #[serde(rename = "holder.told")]
    HolderTold {
        /// Which.
        document: DocumentId,
        /// Who.
        person: PersonId,
        /// Up to which entry.
        sequence: u64,
        /// Whether the actor told him in person; else he acknowledged it himself.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        in_person: bool,
    },
    /// A file of the plan is opened, with its first volume.
    #[serde(rename = "file.opened")]
    FileOpened {
        /// Which.
        file: Box<FileFact>,
        /// The day.
        on: Date,
    },
    /// What the plan says of a file is changed.
    #[serde(rename = "file.changed")]
    FileChanged {
        /// As it is now.
        file: Box<FileFact>,
        /// Why.
        reason: String,
    },
    /// A file is closed.
    #[serde(rename = "file.closed")]
    FileClosed {
        /// Which.
        file: FileId,
        /// The day.
        on: Date,
        /// Why.
        reason: String,
    },
    /// A file that was closed is open again.
    #[serde(rename = "file.reopened")]
    FileReopened {
        /// Which.
        file: FileId,
        /// The day.
        on: Date,
        /// Why.
        reason: String,
    },
    /// A volume of a file is opened.
    #[serde(rename = "volume.opened")]
    VolumeOpened {
        /// Of which file.
        file: FileId,
        /// From 1.
        number: u32,
        /// The day.
        on: Date,
        /// Where it stands; none: where the file does.
        #[serde(deserialize_with = "present")]
        place: Option<String>,
    },
    /// A volume of a file is closed.
    #[serde(rename = "volume.closed")]
    VolumeClosed {
        /// Of which file.
        file: FileId,
        /// Which.
        number: u32,
        /// The day.
        on: Date,
    },
    /// Documents are put into a file.
    #[serde(rename = "documents.filed")]
    DocumentsFiled {
        /// Into which file.
        file: FileId,
        /// Into which of its volumes.
        volume: u32,
        /// Which documents.
        documents: Vec<DocumentId>,
    },
    /// A document is taken out of a file.
    #[serde(rename = "document.taken-out")]
    DocumentTakenOut {
        /// Out of which file.
        file: FileId,
        /// Which document.
        document: DocumentId,
        /// Why.
        reason: String,
    },
    /// Somebody took note of a message that could not wait.
    #[serde(rename = "document.noted")]
    DocumentNoted {
        /// Which.
        document: DocumentId,
    },
    /// Something that came is not registered.
    #[serde(rename = "intake.dismissed")]
    IntakeDismissed {
        /// Its name in the in-tray.
        item: ObjectId,
        /// The digest of its bytes; none: it could not be fetched.
        #[serde(deserialize_with = "present")]
        digest: Option<Digest>,
        /// Why.
        reason: DismissalReason,
        /// The same in words, where some were given.
        #[serde(deserialize_with = "present")]
        words: Option<String>,
    },
    /// A registry keeps copies in something new.
    #[serde(rename = "container.furnished")]
    ContainerFurnished {
        /// What.
        container: Box<Container>,
    },
    /// Copies of a document stand in a log.
    #[serde(rename = "copies.recorded")]
    CopiesRecorded {
        /// Which.
        recorded: Box<custody::Recorded>,
    },
    /// Copies are with the registry: at its desk or in a container.
    #[serde(rename = "copies.kept")]
    CopiesKept {
        /// Which.
        copies: Vec<CopyId>,
        /// Where.
        holder: Holder,
        /// Since when.
        at: Timestamp,
        /// What else was said.
        #[serde(deserialize_with = "present")]
        words: Option<String>,
    },
    /// Copies went off to somebody.
    #[serde(rename = "copies.sent")]
    CopiesSent {
        /// How.
        dispatch: Box<custody::Dispatch>,
    },
    /// A loan is longer than was said.
    #[serde(rename = "copies.prolonged")]
    LoanProlonged {
        /// Of which copies.
        copies: Vec<CopyId>,
        /// The day by which they are to be back now.
        until: Date,
        /// Since when.
        at: Timestamp,
        /// Why.
        words: String,
    },
    /// A receipt is given.
    #[serde(rename = "receipt.recorded")]
    ReceiptRecorded {
        /// Which.
        receipt: Box<custody::Receipt>,
    },
    /// A receipt was asked for again.
    #[serde(rename = "dispatch.traced")]
    DispatchTraced {
        /// Of which dispatch.
        dispatch: DispatchId,
        /// What was written.
        #[serde(deserialize_with = "present")]
        words: Option<String>,
    },
    /// Copies are not where they should be.
    #[serde(rename = "copies.missed")]
    CopiesMissed {
        /// Which.
        copies: Vec<CopyId>,
        /// Since when that is known.
        at: Timestamp,
    },
    /// Copies are not accountable any more.
    #[serde(rename = "copies.released")]
    CopiesReleased {
        /// Which.
        copies: Vec<CopyId>,
        /// Since when.
        at: Timestamp,
        /// By which instruction.
        words: String,
    },
    /// A certificate of destruction is drawn up.
    #[serde(rename = "destruction.drawn-up")]
    DestructionDrawnUp {
        /// Which.
        certificate: Box<custody::Certificate>,
    },
    /// Somebody signed it, after the act.
    #[serde(rename = "destruction.signed")]
    DestructionSigned {
        /// Which.
        certificate: CertificateId,
        /// As whom.
        hand: custody::Hand,
        /// When.
        at: Timestamp,
        /// The copies that are destroyed with this signature: none while another is missing.
        destroyed: Vec<CopyId>,
    },
    /// It is taken back.
    #[serde(rename = "destruction.withdrawn")]
    DestructionWithdrawn {
        /// Which.
        certificate: CertificateId,
        /// Why.
        words: String,
    },
    /// Copies are mustered: what is counted, and why.
    #[serde(rename = "muster.opened")]
    MusterOpened {
        /// How.
        muster: Box<Muster>,
    },
    /// Copies stand on its list.
    #[serde(rename = "muster.listed")]
    MusterListed {
        /// Of which muster.
        muster: MusterId,
        /// Which.
        copies: Vec<CopyId>,
    },
    /// Copies were seen.
    #[serde(rename = "copies.sighted")]
    CopiesSighted {
        /// By which muster.
        muster: MusterId,
        /// Which and when.
        sightings: Vec<Sighting>,
    },
    /// The count has ended.
    #[serde(rename = "muster.closed")]
    MusterClosed {
        /// Of which muster.
        muster: MusterId,
        /// What it came to.
        tally: Tally,
        /// What else was said.
        #[serde(deserialize_with = "present")]
        words: Option<String>,
    },
    /// Somebody signed what it came to.
    #[serde(rename = "muster.signed")]
    MusterSigned {
        /// Of which muster.
        muster: MusterId,
        /// When.
        at: Timestamp,
    },
    /// It was given up.
    #[serde(rename = "muster.abandoned")]
    MusterAbandoned {
        /// Which.
        muster: MusterId,
        /// Why.
        words: String,
    },
    /// Something is entered into one of the registry's other books.
    #[serde(rename = "book.entered")]
    BookEntered {
        /// What.
        item: Box<Item>,
        /// What else was said.
        #[serde(deserialize_with = "present")]
        words: Option<String>,
    },
    /// Something happened to it.
    #[serde(rename = "book.stepped")]
    BookStepped {
        /// To which.
        item: BookItemId,
        /// What.
        step: Box<Step>,
        /// When.
        at: Timestamp,
        /// What was said of it.
        #[serde(deserialize_with = "present")]
        words: Option<String>,
    },
    /// Something is wrong with copies.
    #[serde(rename = "incident.opened")]
    IncidentOpened {
        /// What.
        incident: Box<custody::Incident>,
    },
    /// More is known of it.
    #[serde(rename = "incident.followed")]
    IncidentFollowed {
        /// Which.
        incident: IncidentId,
        /// What.
        words: String,
        /// Which of the reports that are due this is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        report: Option<custody::Report>,
        /// Whether that closes it.
        closes: bool,
    },
    /// A case is opened.
    #[serde(rename = "case.opened")]
    CaseOpened {
        /// Which.
        case: Box<NewCase>,
    },
    /// What is filled in, or the label, is another.
    #[serde(rename = "case.changed")]
    CaseChanged {
        /// Which case.
        case: CaseId,
        /// What stands in the fields from now on; `null`: nothing.
        values: Filled,
        /// Its label from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Label>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// The dues that move with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        dues: Vec<Moved>,
        /// Who sees it from now on as well.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parties: Vec<Doer>,
    },
    /// A step of its procedure was taken.
    #[serde(rename = "case.stepped")]
    CaseStepped {
        /// Which.
        step: Box<Stepped>,
    },
    /// A case that had ended runs again.
    #[serde(rename = "case.reopened")]
    CaseReopened {
        /// Which.
        case: CaseId,
        /// Into which stage.
        stage: String,
        /// Why.
        reason: String,
        /// Whose it is now, and what others do meanwhile.
        tasks: Vec<NewTask>,
        /// Who sees it from now on as well.
        parties: Vec<Doer>,
    },
    /// Something became of a task.
    #[serde(rename = "task.moved")]
    TaskMoved {
        /// Of which case.
        case: CaseId,
        /// Which.
        task: TaskId,
        /// What.
        event: Event,
        /// Who sees the case from now on as well.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parties: Vec<Doer>,
    },
    /// A stage was shown what it must be shown, or its product.
    #[serde(rename = "case.shown")]
    CaseShown {
        /// Of which case.
        case: CaseId,
        /// The stage.
        stage: String,
        /// The code of the evidence; none: the product of the stage.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<String>,
        /// The document.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// In words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// Something was said to those who take part.
    #[serde(rename = "case.noted")]
    CaseNoted {
        /// In which case.
        case: CaseId,
        /// What.
        words: String,
        /// Whom it shall reach.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<PersonId>,
    },
    /// Something became of the table of comments.
    #[serde(rename = "case.commented")]
    CaseCommented {
        /// Of which case.
        case: CaseId,
        /// What.
        said: Said,
    },
}

/// Reads a field that may be `null` but not absent: of its own accord serde takes the one for the other, and a label
/// that was cut away would pass for one that nobody had given.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(d)
}
