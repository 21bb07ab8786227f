//! Copies as the staff of a registry and their holders see them, with names instead of identifiers and lateness as of today.
//! Lists are the staff's; of his own copies everybody knows. Who is not staff learns nothing of others' copies.

mod addressed;
pub mod books;
pub mod emergency;
mod glance;
pub mod musters;
mod named;
pub mod numbered;
mod rows;
pub mod scanned;
pub mod unlogged;

use registry::{
    Code, CopyId, DispatchId, DocumentId, PersonId, Refusal, RegistryId,
    custody::{Container, MANY, copy::Holder, name::CopyName},
    house::Registry,
    id::{CertificateId, IncidentId},
    reference::sort_key,
};
use store::{
    Visible,
    custody::seen::{self, CopyView, Cut, Order, Part, Slice, Wanted, With},
};

use crate::{failure::Failure, reading::Reading};

pub use glance::LOANS;
pub use rows::{
    CertificateRow, ChainLink, CopyRow, CustodyCounts, DispatchRow, HolderName, Holdings, IncidentRow,
    Lateness, Listed, LoanCounts, LoanRow, SentWith,
};

/// Seconds of a day.
const DAY: i64 = 86_400;
/// States in which the registry's books must say where a copy is.
pub const OPEN: [&str; 3] = ["held", "under-way", "missing"];

impl Reading {
    /// The registries whose copies are the reader's work.
    pub fn custody_registries(&self) -> Vec<Registry> {
        self.house.registries().into_iter().filter(|r| self.viewer().handles(r.id)).cloned().collect()
    }

    fn keeps(&self, registry: RegistryId) -> Result<(), Refusal> {
        if self.viewer().handles(registry) { Ok(()) } else { Err(Code::NotFound.into()) }
    }

    /// Copies of a registry, for its staff.
    pub async fn copies(
        &mut self,
        registry: RegistryId,
        wanted: &Wanted<'_>,
        order: Order,
        cut: impl Into<Cut>,
    ) -> Result<Listed<CopyRow>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let Part { rows, all } = seen::copies(conn, place, wanted, order, cut).await?;
        Ok(Listed { rows: self.rows(registry, rows).await?, all })
    }

    /// The copies of a document, for the staff of its registry.
    pub async fn copies_of(
        &mut self,
        registry: RegistryId,
        document: DocumentId,
    ) -> Result<Vec<CopyRow>, Failure> {
        let wanted = Wanted { document: Some(document), ..Wanted::default() };
        Ok(self.copies(registry, &wanted, Order::Number, Slice::ALL).await?.rows)
    }

    /// A copy with its chain, for the staff of its registry and for who holds it.
    pub async fn copy(&mut self, id: CopyId) -> Result<(CopyRow, Vec<ChainLink>), Failure> {
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let Some(view) = seen::views(conn, place, &[id]).await?.remove(&id) else { continue };
            let own = view.copy.holder == Holder::Person { person: self.person().id };
            if !own {
                self.keeps(registry.id)?;
            }
            let chain = match self.at(registry.id) {
                Some((conn, place)) => seen::chain(conn, place, &view).await?,
                None => Vec::new(),
            };
            let links = self.links(registry.id, chain).await?;
            let row = self.rows(registry.id, vec![view]).await?.pop();
            return Ok((row.ok_or(Code::NotFound)?, links));
        }
        Err(Code::NotFound.into())
    }

    /// The copies of a registry that are named as they are printed, one a line: each is there and the reader's work.
    pub async fn copies_named(&mut self, registry: RegistryId, text: &str) -> Result<Vec<CopyRow>, Failure> {
        self.keeps(registry)?;
        let code = self.house.registry(registry).map(|r| r.code.clone()).unwrap_or_default();
        if text.lines().count() > MANY {
            return Err(Refusal::on("copies", Code::TooLong).with("limit", MANY).into());
        }
        let mut views: Vec<Visible<CopyView>> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let refused = |code: Code| Refusal::on("copies", code).with("copy", shortened(line));
            let name = CopyName::read(line).ok_or_else(|| refused(Code::CopyName))?;
            if name.registry.as_ref().is_some_and(|named| *named != code) {
                return Err(refused(Code::CopyElsewhere).into());
            }
            let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
            let found = seen::by_name(conn, place, &name.control, name.number).await?;
            let found = found.ok_or_else(|| refused(Code::CopyUnknown))?;
            // Scanned twice, it is meant once.
            if views.iter().all(|view| view.copy.id != found.copy.id) {
                views.push(found);
            }
        }
        self.rows(registry, views).await
    }

    /// What the reader himself has, in every registry.
    pub async fn own_copies(&mut self) -> Result<Holdings, Failure> {
        let person = self.person().id;
        let mut holdings = Holdings { held: Vec::new(), due: Vec::new() };
        for registry in self.house.clone().registries() {
            holdings.held.extend(self.held_by(registry.id, person).await?);
            let Some((conn, place)) = self.at(registry.id) else { continue };
            for view in seen::due_from(conn, place, person).await? {
                holdings.due.push(self.dispatch_row(registry.id, view).await?);
            }
        }
        Ok(holdings)
    }

    async fn held_by(&mut self, registry: RegistryId, person: PersonId) -> Result<Vec<CopyRow>, Failure> {
        let wanted = Wanted { with: Some(With::Person(person)), standings: &OPEN, ..Wanted::default() };
        let Some((conn, place)) = self.at(registry) else { return Ok(Vec::new()) };
        let rows = seen::copies(conn, place, &wanted, Order::Number, Slice::ALL).await?.rows;
        self.rows(registry, rows).await
    }

    /// Dispatches of a registry, for its staff.
    pub async fn dispatches(
        &mut self,
        registry: RegistryId,
        due: Option<bool>,
        cut: impl Into<Cut>,
    ) -> Result<Listed<DispatchRow>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let Part { rows: views, all } = seen::dispatches(conn, place, due, cut).await?;
        let mut rows = Vec::with_capacity(views.len());
        for view in views {
            rows.push(self.dispatch_row(registry, view).await?);
        }
        Ok(Listed { rows, all })
    }

    /// A dispatch, for the staff of its registry and for whom it is addressed to.
    pub async fn dispatch(&mut self, id: DispatchId) -> Result<DispatchRow, Failure> {
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let Some(view) = seen::dispatch(conn, place, id).await? else { continue };
            if !self.is_addressed(&view.dispatch.to) {
                self.keeps(registry.id)?;
            }
            return self.dispatch_row(registry.id, view).await;
        }
        Err(Code::NotFound.into())
    }

    /// Certificates of destruction of a registry, for its staff.
    pub async fn certificates(
        &mut self,
        registry: RegistryId,
        open: Option<bool>,
        cut: impl Into<Cut>,
    ) -> Result<Listed<CertificateRow>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let Part { rows: views, all } = seen::certificates(conn, place, open, cut).await?;
        let mut rows = Vec::with_capacity(views.len());
        for view in views {
            rows.push(self.certificate_row(registry, view).await?);
        }
        Ok(Listed { rows, all })
    }

    /// A certificate, for the staff and for a witness: whoever sees every paper on it.
    pub async fn certificate(&mut self, id: CertificateId) -> Result<CertificateRow, Failure> {
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            if let Some(view) = seen::certificate(conn, place, id).await? {
                return self.certificate_row(registry.id, view).await;
            }
        }
        Err(Code::NotFound.into())
    }

    /// Incidents of a registry, for its staff.
    pub async fn incidents(
        &mut self,
        registry: RegistryId,
        open: Option<bool>,
        cut: impl Into<Cut>,
    ) -> Result<Listed<IncidentRow>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let Part { rows: views, all } = seen::incidents(conn, place, open, cut).await?;
        let mut rows = Vec::with_capacity(views.len());
        for view in views {
            rows.push(self.incident_row(registry, view).await?);
        }
        Ok(Listed { rows, all })
    }

    /// An incident, for the staff of its registry.
    pub async fn incident(&mut self, id: IncidentId) -> Result<IncidentRow, Failure> {
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let Some(view) = seen::incident(conn, place, id).await? else { continue };
            self.keeps(registry.id)?;
            return self.incident_row(registry.id, view).await;
        }
        Err(Code::NotFound.into())
    }

    /// The containers of a registry, each with how many copies lie in it, for its staff.
    pub async fn containers(
        &mut self,
        registry: RegistryId,
    ) -> Result<Vec<Visible<(Container, u64)>>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        Ok(seen::containers(conn, place).await?)
    }

    /// Whom a sender of copies means: by login or by the whole name; for the staff a part that only one name has will do.
    pub async fn receiver(&mut self, registry: RegistryId, named: &str) -> Result<PersonId, Failure> {
        let named = named.trim();
        let wanted = sort_key(named);
        let refused = |code: Code| Refusal::on("person", code).with("person", shortened(named));
        if wanted.is_empty() {
            return Err(Refusal::on("person", Code::Required).into());
        }
        let people = store::house::persons(self.conn()).await?;
        if let Some(exact) = people.iter().find(|p| p.login.eq_ignore_ascii_case(named)) {
            return Ok(exact.id);
        }
        let mut meant: Vec<_> = people.iter().filter(|p| sort_key(&p.name) == wanted).collect();
        if meant.is_empty() && self.viewer().handles(registry) {
            meant = people.iter().filter(|p| sort_key(&p.name).contains(&wanted)).collect();
        }
        match meant.as_slice() {
            [only] => Ok(only.id),
            [] => Err(refused(Code::PersonUnknown).into()),
            _ => Err(refused(Code::PersonAmbiguous).into()),
        }
    }
}

/// What was typed, as far as a refusal repeats it.
fn shortened(line: &str) -> String {
    line.chars().take(40).collect()
}
