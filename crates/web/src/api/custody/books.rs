//! A registry's other books for programs: a book page by page, one item with what happened to it; people by their names,
//! registries by their codes, levels in words. Must not fetch anything beside what the office gives.

use axum::{
    Json as Out,
    extract::{Path, State, rejection::PathRejection},
};
use office::custody::books::{BookRow, StepRow};
use registry::{
    Code, PersonId, RegistryId,
    custody::{
        book::{
            Book, Destination, Details, Distribution, Equipment, How, Instruction, Journey, Line, Package,
            Step, Transfer,
        },
        fact::Addressee,
    },
    house::House,
    id::BookItemId,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{ActsAsked, ActsPage, show, show::someone};
use crate::{
    api::{
        Problem,
        request::{Named, Nothing, Parameters},
        view,
    },
    app::App,
    signed::Token,
};

/// Which items of a book.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookAsked {
    state: Option<String>,
    order: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

/// The items of a book of a registry, page by page.
pub async fn book(
    State(app): State<App>,
    token: Token,
    path: Result<Path<(String, String)>, PathRejection>,
    Parameters(asked): Parameters<BookAsked>,
) -> Result<Out<Value>, Problem> {
    let Path((code, book)) = path.map_err(|_| Problem::of(Code::NotFound))?;
    let BookAsked { state, order, after, limit } = asked;
    let asked = ActsAsked { registry: Some(code), state, order, after, limit };
    let mut page = ActsPage::of(&app, &token, &asked, ["open", "closed"]).await?;
    let book = Book::named(&book).ok_or(Code::NotFound)?;
    let found = page.reading.book(page.registry, book, page.waits, page.cut.clone()).await?;
    let number = |row: &BookRow| (row.view.item.year, row.view.item.number);
    Ok(page.told("items", found, number, shown))
}

/// An item of a book: for the staff of its registry, and for the person of the house with whom it is.
pub async fn item(
    State(app): State<App>,
    token: Token,
    Named(id): Named<BookItemId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let found = reading.book_item(id).await?;
    let house = &reading.house;
    let mut whole = shown(&found.row, house);
    if let Some(members) = whole.as_object_mut() {
        let steps: Vec<Value> = found.steps.iter().map(|one| step(one, house)).collect();
        let dispatches: Vec<Value> = found.dispatches.iter().map(|row| show::dispatch(row, house)).collect();
        let packages: Vec<Value> = found.packages.iter().map(|row| shown(row, house)).collect();
        members.insert("steps".to_owned(), json!(steps));
        members.insert("dispatches".to_owned(), json!(dispatches));
        members.insert("packages".to_owned(), json!(packages));
    }
    Ok(Out(whole))
}

/// An item as a line of a book.
pub(super) fn shown(row: &BookRow, house: &House) -> Value {
    let (view, item) = (&row.view, &row.view.item);
    json!({
        "id": item.id,
        "registry": view::code(row.registry, house),
        "item": item.text(),
        "stage": item.stage.as_str(),
        "state": if item.is_open() { "open" } else { "closed" },
        "since": item.since.to_string(),
        "alert": row.alert.map(registry::custody::book::Alert::as_str),
        "words": view.words,
        "entered_by": someone(view.entered_by, &row.entered_by),
        "entered_at": view.entered_at.to_string(),
        "details": details(row, house),
    })
}

fn person(row: &BookRow, id: PersonId) -> Value {
    someone(id, row.person(id))
}

fn level(level: &label::Clearance, house: &House) -> Value {
    json!(house.policies.name_clearance(level).ok())
}

fn code(registry: RegistryId, house: &House) -> Value {
    json!(view::code(registry, house))
}

/// What an item is, by its book.
fn details(row: &BookRow, house: &House) -> Value {
    match &row.view.item.details {
        Details::Packages(package) => of_package(package),
        Details::Journeys(journey) => of_journey(journey, row),
        Details::Correspondents(one) => {
            let approved: Vec<Value> = one.approved.iter().map(|held| level(held, house)).collect();
            let officers = one.officers.iter();
            let officers: Vec<Value> = officers
                .map(|officer| json!({"name": officer.name, "function": officer.function.as_str()}))
                .collect();
            json!({
                "book": "correspondents", "name": one.name, "address": one.address, "approved": approved,
                "officers": officers,
            })
        }
        Details::Routes(route) => {
            let to = match &route.to {
                Destination::Registry { registry } => {
                    json!({"is": "registry", "registry": code(*registry, house)})
                }
                Destination::Elsewhere { name } => json!({"is": "elsewhere", "name": name}),
            };
            json!({
                "book": "routes", "from": code(route.from, house), "to": to, "logs": route.logs,
                "until": route.until, "reference": route.reference,
            })
        }
        Details::Appointments(one) => json!({
            "book": "appointments", "person": person(row, one.person), "function": one.function.as_str(),
            "logs": one.logs, "from": one.from, "until": one.until, "reference": one.reference,
        }),
        Details::Equipment(equipment) => of_equipment(equipment, row, house),
        Details::Transfers(transfer) => of_transfer(transfer, row),
        Details::Distributions(distribution) => of_distribution(distribution, row, house),
        Details::Instructions(instruction) => of_instruction(instruction, row),
    }
}

fn of_package(package: &Package) -> Value {
    json!({
        "book": "packages", "dispatches": package.dispatches, "inner": package.inner, "outer": package.outer,
        "warning": package.warning, "seals": package.seals, "by": package.by.as_str(),
    })
}

fn of_journey(journey: &Journey, row: &BookRow) -> Value {
    let courier = &journey.courier;
    let moment = |at: Option<registry::Timestamp>| at.map(|at| at.to_string());
    json!({
        "book": "journeys",
        "courier": {
            "person": courier.person.map(|id| person(row, id)), "name": courier.name, "document": courier.document,
        },
        "from": journey.from,
        "to": journey.to,
        "way": journey.way,
        "leaves": journey.leaves.to_string(),
        "expected": journey.expected.to_string(),
        "packages": journey.packages,
        "urgent": journey.urgent,
        "advised": moment(journey.advised),
        "departed": moment(journey.departed),
        "arrived": moment(journey.arrived),
    })
}

fn of_equipment(equipment: &Equipment, row: &BookRow, house: &House) -> Value {
    let known_to: Vec<Value> = equipment.known_to.iter().map(|id| person(row, *id)).collect();
    json!({
        "book": "equipment",
        "is": equipment.is.as_str(),
        "mark": equipment.mark,
        "serial": equipment.serial,
        "place": equipment.place,
        "level": equipment.level.as_ref().map(|held| level(held, house)),
        "with": equipment.with.map(|id| person(row, id)),
        "combination": equipment.combination.map(|at| at.to_string()),
        "known_to": known_to,
    })
}

fn of_transfer(transfer: &Transfer, row: &BookRow) -> Value {
    json!({
        "book": "transfers", "what": transfer.what, "from": transfer.from, "to": transfer.to,
        "authorised_by": person(row, transfer.authorised_by), "why": transfer.why, "how": transfer.how,
        "scan": {"tool": transfer.scan.tool, "result": transfer.scan.result.as_str()},
        "at": transfer.at.to_string(),
    })
}

fn of_distribution(distribution: &Distribution, row: &BookRow, house: &House) -> Value {
    let copies: Vec<_> = row.copies.iter().map(|copy| copy.view.copy.clone()).collect();
    let line = |line: &Line| {
        let to = match &line.to {
            Addressee::Person { person: id } => json!({"is": "person", "person": person(row, *id)}),
            Addressee::Registry { registry } => json!({"is": "registry", "registry": code(*registry, house)}),
            Addressee::Desk => json!({"is": "desk"}),
            Addressee::Elsewhere { name } => json!({"is": "elsewhere", "name": name}),
        };
        let (how, copy, dispatch) = match line.by {
            How::Copy { copy, dispatch } => ("copy", Some(copy), Some(dispatch)),
            How::Electronic {} => ("electronic", None, None),
        };
        let moment = |at: Option<registry::Timestamp>| at.map(|at| at.to_string());
        json!({
            "to": to, "purpose": line.purpose.as_str(), "how": how, "copy": copy, "dispatch": dispatch,
            "read": moment(line.read), "ended": moment(line.ended), "done": line.is_done(&copies),
        })
    };
    let lines: Vec<Value> = distribution.lines.iter().map(line).collect();
    json!({"book": "distributions", "document": distribution.document, "lines": lines})
}

fn of_instruction(instruction: &Instruction, row: &BookRow) -> Value {
    let copies: Vec<Value> = row
        .copies
        .iter()
        .map(|copy| {
            let id = copy.view.copy.id;
            let posted = instruction.posted.iter().find(|posted| posted.copy == id);
            json!({
                "copy": id, "name": copy.view.name(), "state": instruction.doing(&copy.view.copy).as_str(),
                "posted": posted.map(|posted| posted.at.to_string()),
            })
        })
        .collect();
    let amendment = instruction.amendment.as_ref();
    json!({
        "book": "instructions", "document": instruction.document, "is": instruction.is.as_str(),
        "authority": instruction.authority, "words": instruction.words,
        "amendment": amendment.map(|one| json!({
            "serial": one.serial, "insert": one.insert, "destroy": one.destroy,
        })),
        "leaves_log": instruction.leaves_log, "copies": copies,
    })
}

/// Something that happened to an item.
fn step(row: &StepRow, house: &House) -> Value {
    let taken = &row.taken;
    let (mut method, mut held, mut why, mut journey) = (Value::Null, Value::Null, Value::Null, Value::Null);
    let (mut lines, mut copies) = (Value::Null, Value::Null);
    match &taken.step {
        Step::Sanitise { method: how } | Step::Destroy { method: how } => method = json!(how),
        Step::Raise { level: to } => held = level(to, house),
        Step::ChangeCombination { why: because, .. } => why = json!(because.as_str()),
        Step::Assign { journey: id } => journey = json!(id),
        Step::EndLines { lines: ended } => lines = json!(ended),
        Step::Post { copies: posted } => copies = json!(posted),
        _ => {}
    }
    json!({
        "step": taken.step.as_str(),
        "at": taken.at.to_string(),
        "words": taken.words,
        "written_at": taken.time.to_string(),
        "written_by": someone(taken.actor, &row.actor),
        "people": row.people,
        "method": method,
        "level": held,
        "why": why,
        "journey": journey,
        "lines": lines,
        "copies": copies,
    })
}
