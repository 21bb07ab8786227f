//! Acts on copies and items of books by the numbers that are printed on their forms, for the staff of a registry.

use registry::{
    Code, DispatchId, RegistryId,
    custody::{
        book::Book,
        number::{ActNumber, Counted},
    },
    id::{BookItemId, CertificateId, IncidentId, MusterId},
};
use store::custody::{booked, mustered, seen};

use crate::{failure::Failure, reading::Reading};

/// What has a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// What was sent.
    Receipt(DispatchId),
    /// A certificate of destruction.
    Certificate(CertificateId),
    /// An incident.
    Incident(IncidentId),
    /// A muster.
    Muster(MusterId),
    /// An item of a book.
    Item(Book, BookItemId),
}

impl Reading {
    /// What has a number in a registry, for its staff. What is of copies of which the reader does not see all is not found,
    /// like what is not there.
    pub async fn numbered(
        &mut self,
        registry: RegistryId,
        wanted: &ActNumber,
    ) -> Result<Option<Found>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let number = (wanted.year, wanted.number);
        Ok(match wanted.of {
            Counted::Receipt => seen::dispatch_numbered(conn, place, number)
                .await?
                .map(|view| Found::Receipt(view.dispatch.id)),
            Counted::Certificate => seen::certificate_numbered(conn, place, number)
                .await?
                .map(|view| Found::Certificate(view.certificate.id)),
            Counted::Incident => seen::incident_numbered(conn, place, number)
                .await?
                .map(|view| Found::Incident(view.incident.id)),
            Counted::Muster => mustered::muster_numbered(conn, place, number)
                .await?
                .map(|view| Found::Muster(view.muster.id)),
            Counted::Item(book) => booked::one_numbered(conn, place, book, number)
                .await?
                .map(|view| Found::Item(book, view.item.id)),
        })
    }
}
