//! Something is entered into a book: the form, and what becomes of it when it is sent. What is refused is shown again as it was
//! typed; the fields and what they mean stand beside.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use office::{
    Failure, Reading,
    custody::{DispatchRow, HolderName, books::BookRow},
    texts::Voice,
};
use registry::{
    Answer, Code, Command, Refusal,
    custody::{
        Act,
        book::{Book, Carriage, Details, Stage},
    },
};
use store::custody::seen::Slice;

use super::{
    enters,
    fields::{Form, labels},
    named, path, shelf,
    typed::{details, paper},
    words,
};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{self, Button, SEND, Section, buttons, form, heading},
    pages::{
        custody::{
            common::{Kept, Part, holder, ways},
            distribute,
        },
        visit::{Posted, Sent, Visit, Wrong, refused},
    },
};

/// What can be chosen in a form: receipts that wait to be packed, packages that wait for a courier.
#[derive(Debug, Default)]
pub(super) struct Offered {
    /// Receipts that are due and in no package.
    pub dispatches: Vec<DispatchRow>,
    /// Packages that are sealed and go by courier.
    pub packages: Vec<BookRow>,
}

impl Offered {
    async fn of(reading: &mut Reading, kept: &Kept, book: Book) -> Result<Self, Failure> {
        let registry = kept.chosen.id;
        let mut offered = Offered::default();
        match book {
            Book::Packages => {
                for row in reading.dispatches(registry, Some(true), Slice::ALL).await?.rows {
                    if reading.package_with(&row).await?.is_none() {
                        offered.dispatches.push(row);
                    }
                }
            }
            Book::Journeys => {
                offered.packages = reading.book(registry, Book::Packages, Some(true), Slice::ALL).await?.rows;
                offered.packages.retain(waits);
            }
            _ => {}
        }
        Ok(offered)
    }
}

/// Whether a package waits for a courier.
fn waits(row: &BookRow) -> bool {
    let by_courier = match &row.view.item.details {
        Details::Packages(package) => package.by == Carriage::Courier,
        _ => false,
    };
    by_courier && row.view.item.stage == Stage::Sealed
}

/// The form; what is named in the address is chosen in it.
pub async fn form_page(
    visit: Visit,
    Path(book): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let book = named(&book)?;
    let mut asking = Sent::default();
    for (name, value) in pairs {
        asking.push(name, value);
    }
    let kept = Kept::of(&reading, asking.get("registry"))?;
    let offered = Offered::of(&mut reading, &kept, book).await?;
    let mut sent = fresh(&app);
    for (name, field) in
        [("dispatch", "dispatches"), ("package", "packages"), ("paper", "paper"), ("is", "is")]
    {
        asking.all(name).into_iter().for_each(|value| sent.push(field, value));
    }
    if book == Book::Packages {
        addressed(say, &mut reading, &kept, &offered, &mut sent).await?;
    }
    page(say, &reading, &signed.form_token, &kept, book, &offered, &sent, &Wrong::default())
}

fn fresh(app: &App) -> Sent {
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    sent
}

/// To whom the receipts go that were chosen before, where it is one; and the address of a correspondent who is called so.
async fn addressed(
    say: Voice<'_>,
    reading: &mut Reading,
    kept: &Kept,
    offered: &Offered,
    sent: &mut Sent,
) -> Result<(), Failure> {
    let chosen = sent.all("dispatches");
    let rows = offered.dispatches.iter();
    let mut to: Vec<&HolderName> = rows
        .filter(|row| chosen.contains(&row.view.dispatch.id.to_string().as_str()))
        .map(|row| &row.to)
        .collect();
    to.dedup();
    let [to] = to.as_slice() else { return Ok(()) };
    let name = holder(say, reading, to);
    let correspondents = reading.book(kept.chosen.id, Book::Correspondents, Some(true), Slice::ALL).await?;
    let address = correspondents.rows.iter().find_map(|row| match &row.view.item.details {
        Details::Correspondents(known) if known.name == name => Some(known.address.clone()),
        _ => None,
    });
    sent.push("inner", name);
    sent.push("outer", address.unwrap_or_default());
    Ok(())
}

/// Enters it.
pub async fn enter(Path(book): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    let book = named(&book)?;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let kept = Kept::of(&reading, sent.get("registry"))?;
    let mut wrong = Wrong::default();
    if book == Book::Distributions {
        match paper(&mut reading, kept.chosen.id, sent.get("paper")).await? {
            Ok(document) => return Ok(Redirect::to(&distribute::address(document)).into_response()),
            Err(refusal) => wrong.on(say, "paper", &refusal),
        }
    }
    let details = details(say, app, &mut reading, &kept, book, sent, &mut wrong).await?;
    let code = match details.filter(|_| wrong.is_empty()) {
        None => Code::Required,
        Some(details) => {
            drop(reading);
            let words = sent.get("words").to_owned();
            let act = Box::new(Act::Enter { details: Box::new(details), words });
            let command = Command::Custody { registry: kept.chosen.id, act };
            match app.office.command(posted.sender(), sent.command(app), command).await {
                Ok(Answer::Booked { item }) => {
                    let to = format!("{}/{item}?done=book-entered", path(book));
                    return Ok(Redirect::to(&to).into_response());
                }
                Ok(_) => return Ok(Redirect::to(&kept.address(path(book))).into_response()),
                Err(Failure::Refused(refusal)) => {
                    place(say, book, sent, &refusal, &mut wrong);
                    reading = posted.read().await?;
                    refusal.code
                }
                Err(failure) => return Err(failure.into()),
            }
        }
    };
    let offered = Offered::of(&mut reading, &kept, book).await?;
    let page = page(say, &reading, &signed.form_token, &kept, book, &offered, sent, &wrong)?;
    Ok(refused(page, code))
}

/// Puts a refusal beside the field that it is about, as the form calls it.
fn place(say: Voice<'_>, book: Book, sent: &Sent, refusal: &Refusal, wrong: &mut Wrong) {
    let field = match (book, refusal.field) {
        (Book::Journeys, Some("courier")) if sent.get("courier") != "other" => "person",
        (Book::Journeys, Some("courier")) => "name",
        (Book::Routes, Some("to")) if sent.get("to") == "registry" => "to_registry",
        (Book::Routes, Some("to")) => "elsewhere",
        (Book::Correspondents, Some("officers")) => "officer-0",
        (_, Some(field)) => field,
        (_, None) => "",
    };
    match labels(say, book).iter().find(|(name, _)| *name == field) {
        Some((field, _)) => wrong.on(say, field, refusal),
        None => wrong.whole.push(refusal.clone()),
    }
}

#[expect(clippy::too_many_arguments, reason = "a form is made of them")]
fn page(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    kept: &Kept,
    book: Book,
    offered: &Offered,
    sent: &Sent,
    wrong: &Wrong,
) -> Result<Response, WebError> {
    if !enters(reading, kept.chosen.id, book) {
        return Err(WebError::page(Code::NotFound));
    }
    let labels = labels(say, book);
    let [title, text] = ["enter", "enter-text"].map(|part| words(say, book, part));
    let (cancel, back, action) = (say.t("form-cancel"), kept.address(path(book)), path(book));
    let frame = look::Form {
        action,
        token: Some(token),
        command: Some(sent.get("command")),
        files: false,
        guard: true,
    };
    let asked = Form { say, reading, kept, offered, sent, wrong, labels: &labels };
    let body = html! {
        (wrong.shown(say, &labels))
        (heading(&title, &html! { p { (kept.name(say)) } p.quiet { (text) } }))
        (ways(say, kept, Part::Book(book)))
        (shelf(say, kept, book))
        (form(frame, &html! {
            input type="hidden" name="registry" value=(kept.chosen.code);
            (asked.fields(book))
            (buttons(&[Button::main(&title).key(SEND), Button::plain(&cancel).to(&back)]))
        }))
    };
    let here = super::form_address(kept, book);
    Ok(frame::page(say, reading, token, Sheet::plain(&title, &here, Some(Section::Custody), body)))
}
