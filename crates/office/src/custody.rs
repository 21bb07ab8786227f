//! Copies as the staff of a registry and their holders see them, with names instead of identifiers and lateness as of today.
//! Lists are the staff's; of his own copies everybody knows. Who is not staff learns nothing of others' copies.

mod addressed;
pub mod books;
pub mod emergency;
pub mod lists;
pub mod musters;
mod named;
pub mod numbered;
pub mod scanned;
pub mod unlogged;

use std::collections::HashMap;

use jiff::{Span, civil::Date};
use registry::{
    Code, CopyId, DispatchId, DocumentId, PersonId, Refusal, RegistryId,
    custody::{Container, MANY, clock::Due, copy::Holder, name::CopyName},
    house::Registry,
    id::{CertificateId, ContainerId, IncidentId},
    reference::sort_key,
};
use store::{
    Visible,
    custody::seen::{
        self, CertificateView, CopyView, Cut, DispatchView, IncidentView, Link, Loan, Order, Part, Slice,
        Wanted, With,
    },
    visible::EntryView,
};

use crate::{failure::Failure, reading::Reading};

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Most late receipts that are named at a glance.
const LATE: usize = 10;
/// The lists of copies on loan.
pub const LOANS: [&str; 3] = ["out", "due", "overdue"];
/// How long before its day a loan is said to be due.
const SOON: i64 = 7;
/// States in which the registry's books must say where a copy is.
pub const OPEN: [&str; 3] = ["held", "under-way", "missing"];

/// A copy with what a page says of it.
#[derive(Debug, Clone)]
pub struct CopyRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// The copy.
    pub view: Visible<CopyView>,
    /// The entry of its document.
    pub entry: Visible<EntryView>,
    /// Who answers for it.
    pub holder: HolderName,
    /// With what it is on its way, or was when it was missed.
    pub sent: Option<SentWith>,
    /// Until when it is on loan.
    pub loan: Option<LoanRow>,
    /// The container in which it has its place, while it is not there.
    pub home: Option<HolderName>,
}

/// Until when a copy is on loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanRow {
    /// The day by which it is to be back.
    pub back_by: Date,
    /// How many days it is late; none: it is not.
    pub late: Option<u32>,
}

/// How many copies are on loan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LoanCounts {
    /// In all.
    pub out: u64,
    /// Those to be back within the next days.
    pub due: u64,
    /// Those that should have been back.
    pub overdue: u64,
}

/// The dispatch with which a copy is on its way, for a page that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentWith {
    /// Which.
    pub dispatch: DispatchId,
    /// The number of its receipt.
    pub receipt: String,
    /// To whom.
    pub to: HolderName,
}

/// Who answers for a copy, or shall have it, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolderName {
    /// The registry, at its desk.
    Desk,
    /// The registry, in a container.
    Container(ContainerId, String),
    /// A person of the house.
    Person(PersonId, String),
    /// A registry of the house.
    Registry(String),
    /// Somebody outside of the registry.
    Elsewhere(String),
}

/// Rows of a list, and how long it is.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    /// The rows asked for.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub all: usize,
}

/// A link of the chain of a copy, by names.
#[derive(Debug, Clone)]
pub struct ChainLink {
    /// What happened.
    pub link: Visible<Link>,
    /// By whom it was written down.
    pub actor: String,
    /// Who has it since, or to whom it went.
    pub holder: Option<HolderName>,
    /// The receipt with which it went or came.
    pub receipt: Option<(DispatchId, String)>,
}

/// How late a receipt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lateness {
    /// It is not due yet.
    Waiting,
    /// It is to be traced.
    Trace,
    /// It is a matter for the control officer.
    Escalate,
}

impl Lateness {
    /// As it stands in texts and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Lateness::Waiting => "waiting",
            Lateness::Trace => "trace",
            Lateness::Escalate => "escalate",
        }
    }
}

/// A dispatch by names.
#[derive(Debug, Clone)]
pub struct DispatchRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// What went, and what came back.
    pub view: Visible<DispatchView>,
    /// To whom.
    pub to: HolderName,
    /// By whom it was sent.
    pub sent_by: String,
    /// The entries of the papers.
    pub entries: Vec<Visible<EntryView>>,
    /// Days since it was sent.
    pub days: i64,
    /// How late its receipt is; none: it is given.
    pub late: Option<Lateness>,
}

/// A certificate of destruction by names.
#[derive(Debug, Clone)]
pub struct CertificateRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// The certificate.
    pub view: Visible<CertificateView>,
    /// Who drew it up.
    pub drawn_by: String,
    /// Those who signed, in the order of the view.
    pub signed: Vec<String>,
    /// The entries of the papers.
    pub entries: Vec<Visible<EntryView>>,
}

/// An incident by names.
#[derive(Debug, Clone)]
pub struct IncidentRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// The incident.
    pub view: Visible<IncidentView>,
    /// Who opened it.
    pub opened_by: String,
    /// Who wrote each note.
    pub noted_by: Vec<String>,
    /// The entries of the papers.
    pub entries: Vec<Visible<EntryView>>,
    /// Days since it was opened, until it was closed or now.
    pub days: i64,
    /// The reports that are still due, the first first.
    pub due: Vec<Due>,
}

/// What one person has.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// What he answers for.
    pub held: Vec<CopyRow>,
    /// What was sent to him and waits for his receipt.
    pub due: Vec<DispatchRow>,
}

/// A registry's copies at a glance.
#[derive(Debug, Clone, Default)]
pub struct CustodyCounts {
    /// How many copies are in each state.
    pub standings: HashMap<String, u64>,
    /// Receipts that are due and not late.
    pub waiting: usize,
    /// Receipts that are to be traced.
    pub trace: usize,
    /// Receipts that are a matter for the control officer.
    pub escalate: usize,
    /// Certificates that wait for a signature.
    pub unsigned: usize,
    /// Incidents that are open.
    pub incidents: usize,
    /// Copies on loan.
    pub loans: LoanCounts,
    /// Working papers in no log.
    pub unlogged: unlogged::UnloggedCounts,
    /// The dispatches whose receipts are late, the longest first; a few of them.
    pub late: Vec<DispatchRow>,
}

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

    /// A registry's copies at a glance, for its staff.
    pub async fn custody_counts(&mut self, registry: RegistryId) -> Result<CustodyCounts, Failure> {
        self.keeps(registry)?;
        let mut counts = CustodyCounts::default();
        for row in self.dispatches(registry, Some(true), Slice::ALL).await?.rows {
            match row.late {
                Some(Lateness::Waiting) => counts.waiting += 1,
                Some(Lateness::Trace) => counts.trace += 1,
                Some(Lateness::Escalate) => counts.escalate += 1,
                None => {}
            }
            if matches!(row.late, Some(Lateness::Trace | Lateness::Escalate)) {
                counts.late.push(row);
            }
        }
        counts.late.sort_by_key(|row| std::cmp::Reverse(row.days));
        counts.late.truncate(LATE);
        let none = Slice { most: 0, ..Slice::ALL };
        counts.unsigned = self.certificates(registry, Some(true), none).await?.all;
        counts.incidents = self.incidents(registry, Some(true), none).await?.all;
        counts.standings = self.standings(registry).await?;
        counts.loans = self.loan_counts(registry).await?;
        counts.unlogged = self.unlogged_counts(registry).await?;
        Ok(counts)
    }

    /// Copies on loan that are to be back within the next days, or should have been; by the name of the list.
    pub fn loan_named(&self, name: &str) -> Option<Loan> {
        let today = self.today();
        match name {
            "out" => Some(Loan::Out),
            "due" => Some(Loan::Due(today, today.saturating_add(Span::new().days(SOON)))),
            "overdue" => Some(Loan::Overdue(today)),
            _ => None,
        }
    }

    /// How many copies of a registry are on loan, for its staff.
    pub async fn loan_counts(&mut self, registry: RegistryId) -> Result<LoanCounts, Failure> {
        self.keeps(registry)?;
        let kinds = LOANS.map(|name| self.loan_named(name).unwrap_or(Loan::Out));
        let Some((conn, place)) = self.at(registry) else { return Ok(LoanCounts::default()) };
        let [out, due, overdue] = seen::loans(conn, place, kinds).await?;
        Ok(LoanCounts { out, due, overdue })
    }

    /// How many copies of a registry are in each state, for its staff.
    pub async fn standings(&mut self, registry: RegistryId) -> Result<HashMap<String, u64>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Ok(HashMap::new()) };
        Ok(seen::counts(conn, place).await?)
    }

    /// How many copies of a document are in the books, for the staff of its registry.
    pub async fn copies_count(
        &mut self,
        registry: RegistryId,
        document: DocumentId,
    ) -> Result<usize, Failure> {
        let wanted = Wanted { document: Some(document), ..Wanted::default() };
        Ok(self.copies(registry, &wanted, Order::Number, Slice { most: 0, ..Slice::ALL }).await?.all)
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
