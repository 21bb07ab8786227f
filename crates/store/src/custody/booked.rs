//! The registry's other books as the tables hold them: what a decision needs, and what the staff sees of them.

use registry::{
    CopyId, PersonId, RegistryId, Timestamp,
    custody::{
        Act, CustodyNeeds,
        book::{Book, Booked, Details, Item, Step, routes},
        fact::Addressee,
    },
    id::{BookItemId, DispatchId},
};

use super::{
    cut::Cut,
    parsed,
    seen::{Part, class_of},
};
use crate::{
    documents::Place,
    error::StoreError,
    house as people,
    sql::{Conn, Row, built},
    values,
    visible::Visible,
};

/// What a decision about the books needs, beyond the copies: of a registry, with those above it.
pub(super) async fn needs(
    conn: &mut Conn,
    line: &[RegistryId],
    act: &Act,
    named: &mut Vec<CopyId>,
    needs: &mut CustodyNeeds,
) -> Result<(), StoreError> {
    let Some(&registry) = line.first() else { return Ok(()) };
    match act {
        Act::Enter { details, .. } => entering(conn, registry, details, named, needs).await,
        Act::Step { item: id, step, .. } => {
            named.extend(copies_in(conn, registry, *id).await?);
            if let Some((item, entered_by)) = item(conn, registry, *id).await? {
                if let Details::Journeys(journey) = &item.details {
                    needs.items = items_of(conn, registry, &journey.packages).await?;
                }
                needs.item = Some(Booked { item, entered_by });
            }
            if let Step::ChangeCombination { known_to, .. } = step.as_ref() {
                known(conn, known_to, needs).await?;
            }
            Ok(())
        }
        Act::Send { to, .. } => {
            if let Addressee::Elsewhere { name } = to {
                needs.namesake = namesake(conn, registry, Book::Correspondents, name.trim()).await?;
            }
            needs.routes = routes(&approvals(conn, line).await?);
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn entering(
    conn: &mut Conn,
    registry: RegistryId,
    details: &Details,
    named: &mut Vec<CopyId>,
    needs: &mut CustodyNeeds,
) -> Result<(), StoreError> {
    known(conn, &details.people(), needs).await?;
    if let Some(name) = details.name() {
        needs.namesake = namesake(conn, registry, details.book(), name.trim()).await?;
    }
    match details {
        Details::Packages(package) => {
            for id in &package.dispatches {
                let Some(dispatch) = super::dispatch(conn, registry, *id).await? else { continue };
                named.extend(&dispatch.copies);
                needs.dispatches.push(dispatch);
                if is_packed(conn, registry, *id).await? {
                    needs.packed.insert(*id);
                }
            }
        }
        Details::Journeys(journey) => {
            for package in &journey.packages {
                named.extend(copies_in(conn, registry, *package).await?);
            }
            needs.items = items_of(conn, registry, &journey.packages).await?;
        }
        _ => {}
    }
    named.sort();
    named.dedup();
    Ok(())
}

async fn known(conn: &mut Conn, named: &[PersonId], needs: &mut CustodyNeeds) -> Result<(), StoreError> {
    for person in named {
        if people::person(conn, *person).await?.is_some() {
            needs.people.insert(*person);
        }
    }
    Ok(())
}

async fn is_packed(conn: &mut Conn, registry: RegistryId, id: DispatchId) -> Result<bool, StoreError> {
    let sql = "SELECT package_id FROM dispatch WHERE registry_id = $1 AND dispatch_id = $2";
    let row = conn.one(sql, values![registry, id]).await?;
    Ok(row.map(|row| row.opt_id::<BookItemId>(0)).transpose()?.flatten().is_some())
}

/// An item as it stands, and who entered it.
pub(crate) async fn item(
    conn: &mut Conn,
    registry: RegistryId,
    id: BookItemId,
) -> Result<Option<(Item, PersonId)>, StoreError> {
    let sql = "SELECT content, entered_by FROM book_item WHERE registry_id = $1 AND item_id = $2";
    let row = conn.one(sql, values![registry, id]).await?;
    row.map(|row| Ok((parsed(&row.text(0)?)?, row.id(1)?))).transpose()
}

async fn items_of(
    conn: &mut Conn,
    registry: RegistryId,
    named: &[BookItemId],
) -> Result<Vec<Item>, StoreError> {
    let mut items = Vec::with_capacity(named.len());
    for id in named {
        items.extend(item(conn, registry, *id).await?.map(|(item, _)| item));
    }
    Ok(items)
}

/// The copies with which an item of a book is concerned.
pub(crate) async fn copies_in(
    conn: &mut Conn,
    registry: RegistryId,
    id: BookItemId,
) -> Result<Vec<CopyId>, StoreError> {
    let sql = "SELECT copy_id FROM copy_act WHERE registry_id = $1 AND act_id = $2 ORDER BY copy_id";
    let rows = conn.all(sql, values![registry, id]).await?;
    rows.iter().map(|row| Ok(row.id(0)?)).collect()
}

async fn namesake(
    conn: &mut Conn,
    registry: RegistryId,
    book: Book,
    name: &str,
) -> Result<Option<Item>, StoreError> {
    let sql =
        "SELECT content FROM book_item WHERE registry_id = $1 AND book = $2 AND known_as = $3 AND open = 1";
    let row = conn.one(sql, values![registry, book.as_str(), name]).await?;
    row.map(|row| parsed(&row.text(0)?)).transpose()
}

/// The approvals by which a registry sends past those above it: they stand in the books of these.
async fn approvals(conn: &mut Conn, line: &[RegistryId]) -> Result<Vec<Item>, StoreError> {
    let Some(from) = line.first() else { return Ok(Vec::new()) };
    let mut approved = Vec::new();
    for registry in line {
        let sql = "SELECT content FROM book_item WHERE registry_id = $1 AND book = $2 AND known_as = $3 AND open = 1";
        for row in conn.all(sql, values![*registry, Book::Routes.as_str(), from.to_string()]).await? {
            approved.push(parsed(&row.text(0)?)?);
        }
    }
    Ok(approved)
}

/// An item as the staff sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct BookView {
    /// As it stands.
    pub item: Item,
    /// What was said when it was entered.
    pub words: Option<String>,
    /// Who entered it.
    pub entered_by: PersonId,
    /// When.
    pub entered_at: Timestamp,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// What happened.
    pub step: Step,
    /// When.
    pub at: Timestamp,
    /// What was said of it.
    pub words: Option<String>,
    /// When it was written down.
    pub time: Timestamp,
    /// By whom.
    pub actor: PersonId,
}

const VIEW: &str = "i.item_id, i.content, i.words, i.entered_by, i.entered_at";
/// An item with the classes of the copies with which it is concerned, a row for each; or one row where there are none.
const CONCERNED: &str = "FROM book_item i LEFT JOIN copy_act a ON a.registry_id = i.registry_id AND a.act_id = i.item_id LEFT JOIN paper_copy c ON c.registry_id = a.registry_id AND c.copy_id = a.copy_id LEFT JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id";

fn view(row: &Row) -> Result<BookView, StoreError> {
    Ok(BookView {
        item: parsed(&row.text(1)?)?,
        words: row.opt_text(2)?,
        entered_by: row.id(3)?,
        entered_at: row.time(4)?,
    })
}

/// The items of which the viewer sees every copy.
fn seen(place: Place<'_>, rows: &[Row]) -> Result<Vec<BookView>, StoreError> {
    let classes = place.scope.seen();
    let mut found: Vec<(BookView, bool)> = Vec::new();
    for row in rows {
        let sees = class_of(row, 5)?.is_none_or(|class| classes.contains(class));
        let id: BookItemId = row.id(0)?;
        match found.last_mut() {
            Some((last, all)) if last.item.id == id => *all &= sees,
            _ => found.push((view(row)?, sees)),
        }
    }
    Ok(found.into_iter().filter(|(_, sees)| *sees).map(|(view, _)| view).collect())
}

/// The items of a book, the first first.
pub async fn items(
    conn: &mut Conn,
    place: Place<'_>,
    book: Book,
    open: Option<bool>,
    cut: impl Into<Cut>,
) -> Result<Part<BookView>, StoreError> {
    let narrow = match open {
        Some(true) => "AND i.open = 1",
        Some(false) => "AND i.open = 0",
        None => "",
    };
    let sql = format!(
        "SELECT {VIEW}, d.class_no {CONCERNED} WHERE i.registry_id = $1 AND i.book = $2 {narrow} ORDER BY i.year, i.number"
    );
    let all = seen(place, &conn.all(built(sql), values![place.registry, book.as_str()]).await?)?;
    let (cut, many) = (cut.into(), all.len());
    let beyond = |view: &BookView| cut.is_beyond(i64::from(view.item.year), view.item.number);
    let rows = cut.of(all.into_iter().filter(beyond).collect());
    Ok(Part { rows: rows.into_iter().map(Visible::new).collect(), all: many })
}

/// An item of which the viewer sees every copy.
pub async fn one(
    conn: &mut Conn,
    place: Place<'_>,
    id: BookItemId,
) -> Result<Option<Visible<BookView>>, StoreError> {
    let sql = format!("SELECT {VIEW}, d.class_no {CONCERNED} WHERE i.registry_id = $1 AND i.item_id = $2");
    let rows = conn.all(built(sql), values![place.registry, id]).await?;
    Ok(seen(place, &rows)?.pop().map(Visible::new))
}

/// The item of a book with a number of a year, of which the viewer sees every copy.
pub async fn one_numbered(
    conn: &mut Conn,
    place: Place<'_>,
    book: Book,
    (year, number): (i16, u64),
) -> Result<Option<Visible<BookView>>, StoreError> {
    let sql = format!(
        "SELECT {VIEW}, d.class_no {CONCERNED} WHERE i.registry_id = $1 AND i.book = $2 AND i.year = $3 AND i.number = $4"
    );
    let rows = conn.all(built(sql), values![place.registry, book.as_str(), i64::from(year), number]).await?;
    Ok(seen(place, &rows)?.pop().map(Visible::new))
}

/// What happened to an item, the first first.
pub async fn steps(
    conn: &mut Conn,
    registry: RegistryId,
    of: &Visible<BookView>,
) -> Result<Vec<Taken>, StoreError> {
    let sql = "SELECT step, at, words, time, actor FROM book_step WHERE registry_id = $1 AND item_id = $2 ORDER BY sequence";
    let rows = conn.all(sql, values![registry, of.item.id]).await?;
    let taken = |row: &Row| {
        Ok(Taken {
            step: parsed(&row.text(0)?)?,
            at: row.time(1)?,
            words: row.opt_text(2)?,
            time: row.time(3)?,
            actor: row.id(4)?,
        })
    };
    rows.iter().map(taken).collect()
}

/// The open items of a registry that are with a person: equipment, a courier's certificate, an appointment.
pub async fn with(
    conn: &mut Conn,
    place: Place<'_>,
    person: PersonId,
) -> Result<Vec<Visible<BookView>>, StoreError> {
    let sql = format!(
        "SELECT {VIEW}, d.class_no {CONCERNED} WHERE i.registry_id = $1 AND i.with_person = $2 AND i.open = 1 ORDER BY i.book, i.year, i.number"
    );
    let rows = conn.all(built(sql), values![place.registry, person]).await?;
    Ok(seen(place, &rows)?.into_iter().map(Visible::new).collect())
}
