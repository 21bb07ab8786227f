//! The forms of the registry's other books: a package as its list, a journey as the courier's certificate, an appointment as the
//! letter that is sent to correspondents. Of other books there is none.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use forms::data::{Appointment, Capacity, Head};
use office::{
    Reading,
    custody::books::{BookPage, BookRow},
};
use registry::{
    Timestamp,
    custody::book::{self, Book, Details, Function, Stage},
};
use store::custody::seen::Slice;

use super::{
    Filling, Posts, Tongue, answered,
    journeys::{certificate, list},
    last, not_there,
};
use crate::{
    answer::WebError,
    pages::visit::{Visit, id},
};

/// Whether there is a form of an item as it stands: none of what was taken back, so that nobody travels with it.
pub fn has_form(row: &BookRow) -> bool {
    let item = &row.view.item;
    match &item.details {
        Details::Packages(_) => item.stage != Stage::Unpacked,
        Details::Journeys(_) => item.stage != Stage::Cancelled,
        Details::Appointments(appointment) => appointment.function != Function::Signatory,
        _ => false,
    }
}

/// The form of an item, for whoever sees its page.
pub async fn pdf(
    visit: Visit,
    Path((book, item)): Path<(String, String)>,
    Query(tongue): Query<Tongue>,
) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = tongue.voice(&app, asked, &reading);
    let book = Book::named(&book).ok_or_else(not_there)?;
    let found = reading.book_item(id(&item)?).await?;
    let row = &found.row;
    if row.view.item.book() != book || !has_form(row) {
        return Err(not_there());
    }
    let (made, name) = (made(&found), row.view.item.text());
    let registry = row.registry;
    let taken = found.steps.iter().map(|step| step.taken.actor);
    let named = row.view.item.details.people().into_iter().chain(taken).chain([row.view.entered_by]);
    let posts = Posts::of(&mut reading, named.collect()).await?;
    match &row.view.item.details {
        Details::Packages(package) => {
            let courier = courier(&mut reading, &found).await?;
            let of = Filling { say, reading: &reading, registry };
            let data = list(of, &found, package, courier.as_ref(), &posts);
            drop(reading);
            answered(say, data, made, &name).await
        }
        Details::Journeys(journey) => {
            let data = certificate(Filling { say, reading: &reading, registry }, &found, journey, &posts);
            drop(reading);
            answered(say, data, made, &name).await
        }
        Details::Appointments(appointment) => {
            let addressees = correspondents(&mut reading, row).await?;
            let of = Filling { say, reading: &reading, registry };
            let data = letter(of, row, appointment, addressees, &posts);
            drop(reading);
            answered(say, data, made, &name).await
        }
        _ => Err(not_there()),
    }
}

/// The last moment of which a form tells.
fn made(found: &BookPage) -> Timestamp {
    last(found.row.view.entered_at, found.steps.iter().map(|step| step.taken.time))
}

/// The journey on which a package is or was: the last of them.
async fn courier(reading: &mut Reading, found: &BookPage) -> Result<Option<BookRow>, WebError> {
    let (registry, package) = (found.row.registry, found.row.view.item.id);
    let Some(copy) = found.dispatches.first().and_then(|row| row.view.copies.first()) else {
        return Ok(None);
    };
    let mut journeys = reading.book_with(registry, Book::Journeys, copy.copy.id).await?;
    journeys.retain(|row| match &row.view.item.details {
        Details::Journeys(journey) => {
            row.view.item.stage != Stage::Cancelled && journey.packages.contains(&package)
        }
        _ => false,
    });
    Ok(journeys.pop())
}

/// The current correspondents of a registry by name and address, where its books are the reader's.
async fn correspondents(reading: &mut Reading, row: &BookRow) -> Result<Vec<String>, WebError> {
    if !reading.viewer().handles(row.registry) {
        return Ok(Vec::new());
    }
    let rows = reading.book(row.registry, Book::Correspondents, Some(true), Slice::ALL).await?.rows;
    let named = rows.iter().filter_map(|row| match &row.view.item.details {
        Details::Correspondents(known) => {
            Some(format!("{}, {}", known.name, known.address.replace('\n', ", ")))
        }
        _ => None,
    });
    Ok(named.collect())
}

fn letter(
    of: Filling<'_>,
    row: &BookRow,
    appointment: &book::Appointment,
    addressees: Vec<String>,
    posts: &Posts,
) -> Appointment {
    let custody = &of.reading.house.custody;
    let tag = of.say.language().tag();
    let named = |code: &String| {
        custody.by_code(code).map_or(code.clone(), |log| log.names.in_language(tag).to_owned())
    };
    let levels = match appointment.logs.as_slice() {
        [] => vec![of.say.t("book-logs-all")],
        some => some.iter().map(named).collect(),
    };
    Appointment {
        head: head(of, row),
        addressees,
        capacity: match appointment.function {
            Function::Deputy => Capacity::Deputy,
            Function::ControlOfficer | Function::Signatory => Capacity::ControlOfficer,
        },
        name: row.person(appointment.person).to_owned(),
        function: posts.get(appointment.person),
        from: of.say.date(appointment.from),
        until: appointment.until.map(|day| of.say.date(day)),
        replaces: None,
        levels,
        // Who wrote it down signs the letter.
        appointed_by: posts.signature(of, row.view.entered_by, &row.entered_by, None),
    }
}

/// The head of the form of an item.
pub(super) fn head(of: Filling<'_>, row: &BookRow) -> Head {
    of.head(&row.view.item.text(), row.view.entered_at)
}
