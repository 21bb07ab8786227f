//! What is answered to a command: names of things, read off the facts that were decided. Knows no rule.

use serde::{Deserialize, Serialize};

use crate::{
    authorisation::proposal_digest,
    fact::Fact,
    filing::Filed,
    id::{
        AuthorisationId, BodyId, BookItemId, CaseId, CertificateId, ContainerId, CopyId, Digest, DispatchId,
        DocumentId, FileId, GroupId, IncidentId, MusterId, ObjectId, PersonId, RegistryId, ReproductionId,
        ReservationId,
    },
    organisation::Thing,
    series::allot::NumberFact,
};

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
        group: GroupId,
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
    /// Copies stand in their log.
    Recorded {
        /// Their number in the log.
        control: String,
        /// Their identifiers.
        copies: Vec<CopyId>,
    },
    /// Something is done with copies.
    Done {
        /// With how many.
        copies: usize,
    },
    /// Copies went off.
    Sent {
        /// With which dispatch.
        dispatch: DispatchId,
        /// The number of the receipt that is due.
        receipt: String,
    },
    /// A receipt was asked for again.
    Traced {
        /// Of which dispatch.
        dispatch: DispatchId,
    },
    /// A certificate of destruction is drawn up, signed or taken back.
    Certified {
        /// Which.
        certificate: CertificateId,
        /// How many copies are destroyed with it now.
        destroyed: usize,
    },
    /// A muster is opened, counted, closed, signed or given up.
    Mustered {
        /// Which.
        muster: MusterId,
        /// How many copies stand on its list, or were seen with this.
        copies: u32,
    },
    /// Something is entered into a book, or happened to it.
    Booked {
        /// Which.
        item: BookItemId,
    },
    /// An incident is opened, or more is known of it.
    Incident {
        /// Which.
        incident: IncidentId,
    },
    /// The organisation of the house is changed.
    Organised {
        /// What of it.
        thing: Thing,
    },
    /// A case is opened, or something became of it.
    Case {
        /// Which.
        case: CaseId,
        /// Its number, where it is opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// A container is in the books.
    Furnished {
        /// Which.
        container: ContainerId,
    },
}

impl Answer {
    /// What the facts of a command answer, by the first that has an answer; none: none has.
    pub(super) fn to(facts: &[Fact]) -> Option<Self> {
        let mut answer = facts.iter().find_map(Self::to_one)?;
        if let Answer::Registered { allotted, .. } = &mut answer {
            *allotted = facts.iter().find_map(|fact| match fact {
                Fact::SeriesNumbered { number: NumberFact::Allotted { .. }, reference } => {
                    Some(reference.clone())
                }
                _ => None,
            });
        }
        Some(answer)
    }

    fn to_one(fact: &Fact) -> Option<Self> {
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
            Fact::AuthorisationRevoked { authorisation, .. } => {
                Answer::Revoked { authorisation: *authorisation }
            }
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
            Fact::ReproductionAuthorised { reproduction } => {
                Answer::Authorised { reproduction: reproduction.id }
            }
            Fact::FileOpened { file, .. } => Answer::FileOpened { file: file.id },
            Fact::FileChanged { file, .. } => Answer::FileChanged { file: file.id },
            Fact::FileClosed { file, .. }
            | Fact::FileReopened { file, .. }
            | Fact::VolumeOpened { file, .. }
            | Fact::VolumeClosed { file, .. } => Answer::FileChanged { file: *file },
            Fact::DocumentNoted { document } => Answer::Noted { document: *document },
            Fact::IntakeDismissed { item, .. } => Answer::Dismissed { item: *item },
            Fact::DocumentTakenOut { document, .. } => Answer::TakenOut { document: *document },
            Fact::CopiesRecorded { recorded } => Answer::Recorded {
                control: recorded.control.text(),
                copies: recorded.copies.iter().map(|copy| copy.id).collect(),
            },
            Fact::CopiesKept { copies, .. }
            | Fact::LoanProlonged { copies, .. }
            | Fact::CopiesReleased { copies, .. } => Answer::Done { copies: copies.len() },
            Fact::ReceiptRecorded { receipt } => Answer::Done { copies: receipt.copies.len() },
            Fact::CopiesSent { dispatch } => {
                Answer::Sent { dispatch: dispatch.id, receipt: dispatch.receipt() }
            }
            Fact::DispatchTraced { dispatch, .. } => Answer::Traced { dispatch: *dispatch },
            Fact::DestructionDrawnUp { certificate } => {
                Answer::Certified { certificate: certificate.id, destroyed: 0 }
            }
            Fact::DestructionSigned { certificate, destroyed, .. } => {
                Answer::Certified { certificate: *certificate, destroyed: destroyed.len() }
            }
            Fact::DestructionWithdrawn { certificate, .. } => {
                Answer::Certified { certificate: *certificate, destroyed: 0 }
            }
            Fact::MusterOpened { muster } => Answer::Mustered { muster: muster.id, copies: muster.listed },
            Fact::CopiesSighted { muster, sightings } => Answer::Mustered {
                muster: *muster,
                copies: u32::try_from(sightings.len()).unwrap_or(u32::MAX),
            },
            Fact::MusterClosed { muster, .. }
            | Fact::MusterSigned { muster, .. }
            | Fact::MusterAbandoned { muster, .. } => Answer::Mustered { muster: *muster, copies: 0 },
            Fact::BookEntered { item, .. } => Answer::Booked { item: item.id },
            Fact::BookStepped { item, .. } => Answer::Booked { item: *item },
            Fact::IncidentOpened { incident } => Answer::Incident { incident: incident.id },
            Fact::IncidentFollowed { incident, .. } => Answer::Incident { incident: *incident },
            Fact::ContainerFurnished { container } => Answer::Furnished { container: container.id },
            Fact::RoutineAdopted { name, .. } => Answer::Series { name: name.clone() },
            Fact::CaseOpened { case } => Answer::Case { case: case.id, number: Some(case.number.clone()) },
            Fact::CaseStepped { step } => Answer::Case { case: step.case, number: None },
            Fact::CaseChanged { case, .. }
            | Fact::CaseReopened { case, .. }
            | Fact::TaskMoved { case, .. }
            | Fact::CaseShown { case, .. }
            | Fact::CaseNoted { case, .. }
            | Fact::CaseCommented { case, .. } => Answer::Case { case: *case, number: None },
            fact => Answer::Organised { thing: Thing::of(fact)? },
        })
    }
}
