//! The only writer of register tables: what each fact changes in them, live and in a rebuild alike. Here each fact
//! finds its room; the rooms stand beside this.
//!
//! Nothing here may depend on anything but the entry and what earlier entries of the ledgers made: no clock, no
//! setting, no state of the process. A write to a register table elsewhere fails a test.

mod authorisation;
mod booked;
mod cases;
mod class;
mod corrected;
mod counts;
mod custody;
mod filing;
mod handled;
mod house;
mod intake;
mod mustered;
mod numbered;
mod old;
mod organisation;
mod person;
mod registered;
mod ring;
mod tallied;
mod version;

use ledger::Header;
use registry::{Entry, Fact, PersonId, RegistryId, Timestamp, disclosure::Piece};

use crate::{error::StoreError, transaction::Write};

pub(crate) use filing::FACET as FILE_FACET;

/// The day of a document that has none: before every other, so that it comes last where the newest come first.
pub const UNDATED: i64 = i64::MIN / 2;

/// Changes the register tables as an entry says.
pub(crate) async fn apply(write: &mut Write, header: &Header, entry: &Entry) -> Result<(), StoreError> {
    let at = At {
        registry: RegistryId::new(header.registry),
        time: Timestamp::from_micros(header.time),
        actor: PersonId::new(header.actor),
        sequence: header.sequence,
    };
    match &entry.fact {
        Fact::InstallationFounded { name, zone, officers, authorisations } => {
            authorisation::founded(write, &at, name, zone, officers, authorisations)?;
        }
        Fact::PolicyAdopted { name, digest, xml } => house::policy_adopted(write, &at, name, digest, xml),
        Fact::CommunitiesAdopted { digest, toml } => house::communities_adopted(write, &at, digest, toml),
        Fact::SeriesAdopted { name, digest, toml } => {
            house::series_adopted(write, &at, name, digest, toml).await?;
        }
        Fact::SeriesEntrusted { series, registry } => {
            house::series_entrusted(write, &at, series, *registry).await?;
        }
        Fact::RoutineAdopted { what, name, digest, toml } => {
            house::routine_adopted(write, &at, *what, name, digest, toml).await?;
        }
        Fact::CaseOpened { .. }
        | Fact::CaseChanged { .. }
        | Fact::CaseStepped { .. }
        | Fact::CaseReopened { .. }
        | Fact::TaskMoved { .. }
        | Fact::CaseShown { .. }
        | Fact::CaseNoted { .. }
        | Fact::CaseCommented { .. } => cases::apply(write, &at, &entry.fact).await?,
        Fact::SeriesNumbered { number, reference } => {
            numbered::apply(write, &at, number, reference).await?;
        }
        Fact::BodyEstablished { body } => house::body(write, &at, body),
        Fact::GroupFormed { group } => house::group(write, &at, group),
        Fact::RegistryOpened { registry } => house::opened(write, &at, registry)?,
        Fact::RegistryChanged { registry, .. } => house::changed(write, &at, registry).await?,
        Fact::PersonAdded { person } => person::added(write, &at, person),
        Fact::PersonChanged { person, from, to, reason } => {
            person::changed(write, &at, *person, from, to, reason).await?;
        }
        Fact::RoleAssigned { authorisation: id, person, role, registry } => {
            authorisation::assigned(write, &at, *id, *person, *role, *registry)?;
        }
        Fact::AuthorisationProposed { authorisation: id, person, grant } => {
            authorisation::proposed(write, &at, entry.operator, *id, *person, grant).await?;
        }
        Fact::AuthorisationConfirmed { authorisation: id, proposal } => {
            authorisation::confirmed(write, &at, entry.operator, *id, proposal).await?;
        }
        Fact::AuthorisationRevoked { authorisation: id, reason } => {
            authorisation::revoked(write, &at, *id, reason).await?;
        }
        Fact::UnitEstablished { .. }
        | Fact::UnitChanged { .. }
        | Fact::PostEstablished { .. }
        | Fact::PostChanged { .. }
        | Fact::PostTakenUp { .. }
        | Fact::PostLeft { .. }
        | Fact::TenureCorrected { .. }
        | Fact::StandInNamed { .. }
        | Fact::StandInEnded { .. }
        | Fact::LeaveRecorded { .. }
        | Fact::LeaveEnded { .. }
        | Fact::ContactEntered { .. }
        | Fact::ContactChanged { .. }
        | Fact::ListDrawnUp { .. }
        | Fact::ListChanged { .. } => {
            organisation::apply(write, &at, &entry.fact).await?;
        }
        Fact::DocumentRegistered { document } => registered::document(write, &at, document).await?,
        Fact::DocumentCorrected { correction } => corrected::apply(write, &at, correction).await?,
        Fact::VersionAdded { version } => version::added(write, &at, version),
        Fact::RenditionAdded { rendition } => version::rendition(write, &at, rendition),
        Fact::EnclosureAdded { enclosure } => version::enclosure(write, &at, enclosure),
        Fact::DocumentCheckedOut { document, reason, until } => {
            handled::checked_out(write, &at, *document, reason.as_deref(), *until).await?;
        }
        Fact::DocumentCheckedIn { document, version, broken } => {
            handled::checked_in(write, &at, *document, *version, broken.as_deref()).await?;
        }
        Fact::DisclosureRecorded { document, version, enclosure, means, authority } => {
            let piece = Piece { document: *document, version: *version, enclosure: *enclosure };
            handled::disclosed(write, &at, piece, *means, *authority).await?;
        }
        Fact::ReproductionAuthorised { reproduction } => handled::authorised(write, &at, reproduction)?,
        Fact::HolderTold { document, person, sequence, in_person } => {
            handled::told(write, &at, *document, *person, *sequence, *in_person)?;
        }
        Fact::FileOpened { file, on } => filing::opened(write, &at, file, *on).await?,
        Fact::FileChanged { file, .. } => filing::changed(write, &at, file).await?,
        Fact::FileClosed { file, on, .. } => filing::closed(write, &at, *file, Some(*on)).await?,
        Fact::FileReopened { file, .. } => filing::closed(write, &at, *file, None).await?,
        Fact::VolumeOpened { file, number, on, place } => {
            filing::volume_opened(write, &at, *file, *number, *on, place.as_deref()).await?;
        }
        Fact::VolumeClosed { file, number, on } => {
            filing::volume_closed(write, &at, *file, *number, *on).await?;
        }
        Fact::DocumentsFiled { file, volume, documents } => {
            filing::filed(write, &at, *file, *volume, documents).await?;
        }
        Fact::DocumentTakenOut { file, document, reason } => {
            filing::taken_out(write, &at, *file, *document, reason).await?;
        }
        Fact::ContainerFurnished { .. }
        | Fact::CopiesRecorded { .. }
        | Fact::CopiesKept { .. }
        | Fact::CopiesSent { .. }
        | Fact::LoanProlonged { .. }
        | Fact::ReceiptRecorded { .. }
        | Fact::DispatchTraced { .. }
        | Fact::CopiesMissed { .. }
        | Fact::CopiesReleased { .. }
        | Fact::DestructionDrawnUp { .. }
        | Fact::DestructionSigned { .. }
        | Fact::DestructionWithdrawn { .. }
        | Fact::IncidentOpened { .. }
        | Fact::IncidentFollowed { .. } => custody::apply(write, &at, &entry.fact).await?,
        Fact::MusterOpened { .. }
        | Fact::MusterListed { .. }
        | Fact::CopiesSighted { .. }
        | Fact::MusterClosed { .. }
        | Fact::MusterSigned { .. }
        | Fact::MusterAbandoned { .. } => mustered::apply(write, &at, &entry.fact).await?,
        Fact::BookEntered { .. } | Fact::BookStepped { .. } => {
            booked::apply(write, &at, &entry.fact).await?;
        }
        Fact::DocumentNoted { document } => ring::noted(write, &at, *document).await?,
        Fact::IntakeDismissed { item, digest, reason, words } => {
            intake::dismissed(write, &at, *item, *digest, *reason, words.as_ref());
        }
    }
    Ok(())
}

/// Where an entry stands.
struct At {
    registry: RegistryId,
    time: Timestamp,
    actor: PersonId,
    sequence: u64,
}

/// Days since 1970-01-01.
pub fn day_number(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    i64::from((date - epoch).get_days())
}
