//! A registry's other books as its staff sees them: packages and couriers, correspondents, approvals, appointments, equipment,
//! transfers; by names, with what wants doing as of now.

use std::collections::HashMap;

use registry::{
    Code, CopyId, DocumentId, PersonId, RegistryId,
    custody::{
        book::{Alert, Book, Details, Doing, How, Purpose, Step},
        copy::{Copy, Holder, Standing},
    },
    id::BookItemId,
};
use store::{
    Visible,
    custody::{
        booked::{self, BookView, Taken},
        seen::{self, Cut, Part, Slice},
    },
    visible::EntryView,
};

use super::{CopyRow, DAY, DispatchRow, Listed};
use crate::{failure::Failure, reading::Reading};

/// An item of a book by names.
#[derive(Debug, Clone)]
pub struct BookRow {
    /// Whose it is.
    pub registry: RegistryId,
    /// The item.
    pub view: Visible<BookView>,
    /// Who entered it.
    pub entered_by: String,
    /// The people of the house whom it names.
    pub people: HashMap<PersonId, String>,
    /// What wants doing with it.
    pub alert: Option<Alert>,
    /// The entry of the document with which it is concerned.
    pub entry: Option<Visible<EntryView>>,
    /// The copies of a distribution or an instruction, by their numbers.
    pub copies: Vec<CopyRow>,
}

impl BookRow {
    /// A person whom it names.
    pub fn person(&self, id: PersonId) -> &str {
        self.people.get(&id).map(String::as_str).unwrap_or_default()
    }
}

/// A document that was given to the reader to be opened here, and that he has not said to have read.
#[derive(Debug, Clone)]
pub struct Given {
    /// The distribution with which it was.
    pub row: BookRow,
    /// For what.
    pub purpose: Purpose,
    /// Days since.
    pub days: i64,
}

/// A step that was taken, by names.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// What happened.
    pub taken: Taken,
    /// Who wrote it down.
    pub actor: String,
    /// The people of the house whom it names.
    pub people: Vec<String>,
}

/// An item with all that belongs to it.
#[derive(Debug, Clone)]
pub struct BookPage {
    /// The item.
    pub row: BookRow,
    /// What happened to it, the first first.
    pub steps: Vec<StepRow>,
    /// The receipts in a package, or with which a document was distributed.
    pub dispatches: Vec<DispatchRow>,
    /// The packages of a courier.
    pub packages: Vec<BookRow>,
}

impl Reading {
    /// The items of a book of a registry, for its staff.
    pub async fn book(
        &mut self,
        registry: RegistryId,
        book: Book,
        open: Option<bool>,
        cut: impl Into<Cut>,
    ) -> Result<Listed<BookRow>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let Part { rows: views, all } = booked::items(conn, place, book, open, cut).await?;
        Ok(Listed { rows: self.book_rows(registry, views).await?, all })
    }

    /// The items of a book that are concerned with a copy, the first first, for the staff: no other item is read.
    pub async fn book_with(
        &mut self,
        registry: RegistryId,
        book: Book,
        copy: CopyId,
    ) -> Result<Vec<BookRow>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let views = booked::concerned(conn, place, book, copy).await?;
        self.book_rows(registry, views).await
    }

    /// The package in which a receipt is or went, for the staff.
    pub async fn package_with(&mut self, row: &DispatchRow) -> Result<Option<BookRow>, Failure> {
        let Some(copy) = row.view.copies.first() else { return Ok(None) };
        let packages = self.book_with(row.registry, Book::Packages, copy.copy.id).await?;
        Ok(packages.into_iter().rev().find(|package| package.view.item.packs(row.view.dispatch.id)))
    }

    /// The open items of all books of a registry with which something is to be done, the most urgent first.
    pub async fn book_alerts(&mut self, registry: RegistryId) -> Result<Vec<BookRow>, Failure> {
        let mut found = Vec::new();
        for book in Book::ALL {
            let rows = self.book(registry, book, Some(true), Slice::ALL).await?.rows;
            found.extend(rows.into_iter().filter(|row| row.alert.is_some()));
        }
        found.sort_by_key(|row| row.alert);
        Ok(found)
    }

    /// An item, for the staff of its registry and for the person of the house with whom it is.
    pub async fn book_item(&mut self, id: BookItemId) -> Result<BookPage, Failure> {
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let Some(view) = booked::one(conn, place, id).await? else { continue };
            let taken = booked::steps(conn, registry.id, &view).await?;
            if view.item.details.person() != Some(self.person().id) {
                self.keeps(registry.id)?;
            }
            let row = self.book_row(registry.id, view).await?;
            let steps = self.steps(taken).await?;
            let (dispatches, packages) = self.within(registry.id, &row).await?;
            return Ok(BookPage { row, steps, dispatches, packages });
        }
        Err(Code::NotFound.into())
    }

    /// The distributions and instructions about a document, for the staff of its registry.
    pub async fn books_about(
        &mut self,
        registry: RegistryId,
        document: DocumentId,
    ) -> Result<Vec<BookRow>, Failure> {
        self.keeps(registry)?;
        let Some((conn, place)) = self.at(registry) else { return Err(Code::NotFound.into()) };
        let views = booked::of_document(conn, place, document).await?;
        self.book_rows(registry, views).await
    }

    /// The instructions about a copy that the reader sees, the first first.
    pub async fn instructions_on(
        &mut self,
        registry: RegistryId,
        copy: CopyId,
    ) -> Result<Vec<BookRow>, Failure> {
        let Some((conn, place)) = self.at(registry) else { return Ok(Vec::new()) };
        let views = booked::concerned(conn, place, Book::Instructions, copy).await?;
        self.book_rows(registry, views).await
    }

    /// What happened to an item that the reader sees, by names.
    pub async fn steps_of(&mut self, row: &BookRow) -> Result<Vec<StepRow>, Failure> {
        let Some((conn, _)) = self.at(row.registry) else { return Ok(Vec::new()) };
        let taken = booked::steps(conn, row.registry, &row.view).await?;
        self.steps(taken).await
    }

    /// What was given to the reader to be opened here, as far as he may see it.
    pub async fn given(&mut self) -> Result<Vec<Given>, Failure> {
        let (own, now, mut given) = (self.person().id, self.office().now(), Vec::new());
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let views = booked::unread_by(conn, place, own).await?;
            for row in self.book_rows(registry.id, views).await? {
                let Details::Distributions(distribution) = &row.view.item.details else { continue };
                let mut lines = distribution.lines.iter();
                let line = lines.find(|line| line.is_unread() && line.reader() == Some(own));
                if let Some(purpose) = line.map(|line| line.purpose) {
                    let days = now.seconds_since(row.view.item.since) / DAY;
                    given.push(Given { row, purpose, days });
                }
            }
        }
        Ok(given)
    }

    /// What the reader is told to do with copies that he has.
    pub async fn told(&mut self) -> Result<Vec<BookRow>, Failure> {
        let (own, mut rows) = (self.person().id, Vec::new());
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let views = booked::told_to(conn, place, own).await?;
            for mut row in self.book_rows(registry.id, views).await? {
                let Details::Instructions(instruction) = &row.view.item.details else { continue };
                let his = |copy: &Copy| {
                    copy.holder == Holder::Person { person: own } && copy.standing == Standing::Held
                };
                let waits = |copy: &Copy| his(copy) && instruction.doing(copy) == Doing::Open;
                row.copies.retain(|copy| waits(&copy.view.copy));
                if !row.copies.is_empty() {
                    rows.push(row);
                }
            }
        }
        Ok(rows)
    }

    /// What of the registries' books is with the reader himself: equipment, a courier's certificate, an appointment.
    pub async fn own_items(&mut self) -> Result<Vec<BookRow>, Failure> {
        let (own, mut rows) = (self.person().id, Vec::new());
        for registry in self.house.clone().registries() {
            let Some((conn, place)) = self.at(registry.id) else { continue };
            let views = booked::with(conn, place, own).await?;
            rows.extend(self.book_rows(registry.id, views).await?);
        }
        Ok(rows)
    }

    /// The receipts in a package, the packages of a courier: those that the reader may see.
    async fn within(
        &mut self,
        registry: RegistryId,
        row: &BookRow,
    ) -> Result<(Vec<DispatchRow>, Vec<BookRow>), Failure> {
        let (mut dispatches, mut packages) = (Vec::new(), Vec::new());
        match &row.view.item.details {
            Details::Packages(package) => {
                for id in package.dispatches.clone() {
                    dispatches.push(self.dispatch(id).await?);
                }
            }
            Details::Distributions(distribution) => {
                let mut seen = Vec::new();
                for line in distribution.lines.clone() {
                    if let How::Copy { dispatch, .. } = line.by
                        && !seen.contains(&dispatch)
                    {
                        seen.push(dispatch);
                        dispatches.push(self.dispatch(dispatch).await?);
                    }
                }
            }
            Details::Journeys(journey) => {
                for id in journey.packages.clone() {
                    let Some((conn, place)) = self.at(registry) else { break };
                    if let Some(view) = booked::one(conn, place, id).await? {
                        packages.push(self.book_row(registry, view).await?);
                    }
                }
            }
            _ => {}
        }
        Ok((dispatches, packages))
    }

    async fn steps(&mut self, taken: Vec<Taken>) -> Result<Vec<StepRow>, Failure> {
        let mut steps = Vec::with_capacity(taken.len());
        for taken in taken {
            let named: &[PersonId] = match &taken.step {
                Step::HandOut { person } | Step::Read { person } => std::slice::from_ref(person),
                Step::ChangeCombination { known_to, .. } => known_to,
                _ => &[],
            };
            let mut people = Vec::with_capacity(named.len());
            for person in named {
                people.push(self.name_of(*person).await?.unwrap_or_default());
            }
            let actor = self.name_of(taken.actor).await?.unwrap_or_default();
            steps.push(StepRow { taken, actor, people });
        }
        Ok(steps)
    }

    async fn book_rows(
        &mut self,
        registry: RegistryId,
        views: Vec<Visible<BookView>>,
    ) -> Result<Vec<BookRow>, Failure> {
        let mut rows = Vec::with_capacity(views.len());
        for view in views {
            rows.push(self.book_row(registry, view).await?);
        }
        Ok(rows)
    }

    async fn book_row(&mut self, registry: RegistryId, view: Visible<BookView>) -> Result<BookRow, Failure> {
        let mut people = HashMap::new();
        for person in view.item.details.people() {
            people.insert(person, self.name_of(person).await?.unwrap_or_default());
        }
        let entered_by = self.name_of(view.entered_by).await?.unwrap_or_default();
        let alert = Alert::of(&view.item, self.office().now(), &self.house);
        let (entry, copies) = self.of_item(registry, &view).await?;
        Ok(BookRow { registry, view, entered_by, people, alert, entry, copies })
    }

    /// The entry of the document with which an item is concerned, and the copies.
    async fn of_item(
        &mut self,
        registry: RegistryId,
        view: &Visible<BookView>,
    ) -> Result<(Option<Visible<EntryView>>, Vec<CopyRow>), Failure> {
        let named = match &view.item.details {
            Details::Distributions(distribution) => distribution.copies(),
            Details::Instructions(instruction) => instruction.copies.clone(),
            _ => return Ok((None, Vec::new())),
        };
        let Some(document) = view.item.document() else { return Ok((None, Vec::new())) };
        let entry = self.entries_of(&[document]).await?.remove(&document);
        let Some((conn, place)) = self.at(registry) else { return Ok((entry, Vec::new())) };
        let mut views = seen::views(conn, place, &named).await?;
        let mut views: Vec<_> = named.iter().filter_map(|id| views.remove(id)).collect();
        views.sort_by_key(|view| view.copy.number);
        Ok((entry, self.rows(registry, views).await?))
    }
}
