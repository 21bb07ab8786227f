//! A registry's other books as its staff sees them: packages and couriers, correspondents, approvals, appointments, equipment,
//! transfers; by names, with what wants doing as of now.

use std::collections::HashMap;

use registry::{
    Code, PersonId, RegistryId,
    custody::book::{Alert, Book, Details, Step},
    id::BookItemId,
};
use store::{
    Visible,
    custody::{
        booked::{self, BookView, Taken},
        seen::{Cut, Part, Slice},
    },
};

use super::{DispatchRow, Listed};
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
}

impl BookRow {
    /// A person whom it names.
    pub fn person(&self, id: PersonId) -> &str {
        self.people.get(&id).map(String::as_str).unwrap_or_default()
    }
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
    /// The receipts in a package.
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
                Step::HandOut { person } => std::slice::from_ref(person),
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
        Ok(BookRow { registry, view, entered_by, people, alert })
    }
}
