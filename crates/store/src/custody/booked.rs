//! The registry's other books as the tables hold them: what a decision needs, and what the staff sees of them.

use std::collections::BTreeSet;

use registry::{
    AccessRule, CopyId, DocumentId, PersonId, RegistryId, Timestamp,
    custody::{
        Act, CustodyNeeds,
        book::{Book, Booked, Details, Item, Step, Wanted, routes},
        fact::{Addressee, Dispatch},
    },
    id::BookItemId,
};

use super::{
    AT_ONCE,
    cut::Cut,
    parsed,
    seen::{Part, class_of},
};
use crate::{
    documents::Place,
    error::StoreError,
    house as people,
    planted::{Leak, leaks},
    sql::{Conn, Row, among, built},
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
                if let Some(document) = item.document() {
                    needs.document = super::documented(conn, registry, document).await?;
                }
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
        Act::Distribute { document, lines, .. } => {
            needs.document = super::documented(conn, registry, *document).await?;
            named.extend(super::copies_of(conn, registry, *document).await?.iter().map(|copy| copy.id));
            needs.routes = routes(&approvals(conn, line).await?);
            addressees(conn, registry, lines, needs).await
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
        Details::Instructions(instruction) => {
            let document = instruction.document;
            needs.document = super::documented(conn, registry, document).await?;
            named.extend(super::copies_of(conn, registry, document).await?.iter().map(|copy| copy.id));
        }
        Details::Packages(package) => {
            for id in &package.dispatches {
                let Some(dispatch) = super::dispatch(conn, registry, *id).await? else { continue };
                named.extend(&dispatch.copies);
                needs.packed.insert(*id, packages_with(conn, registry, &dispatch).await?);
                needs.dispatches.push(dispatch);
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

/// Those to whom a document is distributed: people with what they hold, correspondents.
async fn addressees(
    conn: &mut Conn,
    registry: RegistryId,
    lines: &[Wanted],
    needs: &mut CustodyNeeds,
) -> Result<(), StoreError> {
    let mut asked: Vec<&Addressee> = Vec::new();
    for line in lines {
        if asked.contains(&&line.to) {
            continue;
        }
        asked.push(&line.to);
        match &line.to {
            Addressee::Person { person: id } => {
                if let Some(person) = people::person(conn, *id).await? {
                    needs.receivers.push((person, people::authorisations(conn, *id).await?));
                }
            }
            Addressee::Elsewhere { name } => needs
                .correspondents
                .extend(namesake(conn, registry, Book::Correspondents, name.trim()).await?),
            Addressee::Registry { .. } | Addressee::Desk => {}
        }
    }
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

/// The packages in which a receipt is that were not opened again, each by the rules of its copies.
async fn packages_with(
    conn: &mut Conn,
    registry: RegistryId,
    dispatch: &Dispatch,
) -> Result<Vec<Vec<AccessRule>>, StoreError> {
    let sql = "SELECT i.content FROM copy_act a JOIN book_item i ON i.registry_id = a.registry_id AND i.item_id = a.act_id WHERE a.registry_id = $1 AND a.copy_id = $2 AND a.what = $3";
    let Some(copy) = dispatch.copies.first() else { return Ok(Vec::new()) };
    let rows = conn.all(sql, values![registry, *copy, Book::Packages.as_str()]).await?;
    let mut packages = Vec::new();
    for row in rows {
        let item: Item = parsed(&row.text(0)?)?;
        if item.packs(dispatch.id) {
            packages.push(rules_in(conn, registry, item.id).await?);
        }
    }
    Ok(packages)
}

/// The rules by which the copies are seen with which an item of a book is concerned, each once.
async fn rules_in(
    conn: &mut Conn,
    registry: RegistryId,
    id: BookItemId,
) -> Result<Vec<AccessRule>, StoreError> {
    let sql = "SELECT r.rule FROM access_class r WHERE r.registry_id = $1 AND r.class_no IN (SELECT d.class_no FROM copy_act a JOIN paper_copy c ON c.registry_id = a.registry_id AND c.copy_id = a.copy_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE a.registry_id = $1 AND a.act_id = $2)";
    let rows = conn.all(sql, values![registry, id]).await?;
    rows.iter().map(|row| parsed(&row.text(0)?)).collect()
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

/// The distributions and instructions that are about some copies, each once.
pub(crate) async fn about(
    conn: &mut Conn,
    registry: RegistryId,
    copies: &[CopyId],
) -> Result<BTreeSet<BookItemId>, StoreError> {
    let mut found = BTreeSet::new();
    for some in copies.chunks(AT_ONCE) {
        let mut values = values![registry, Book::Distributions.as_str(), Book::Instructions.as_str()];
        let names = among(&mut values, some.iter().copied());
        let sql = format!(
            "SELECT act_id FROM copy_act WHERE registry_id = $1 AND what IN ($2, $3) AND copy_id IN ({names})"
        );
        for row in conn.all(built(sql), values).await? {
            found.insert(row.id(0)?);
        }
    }
    Ok(found)
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
/// An item with the classes of the copies with which it is concerned, a row for each; where there are none one row, with the
/// class of its document if it has one.
const CONCERNED: &str = "FROM book_item i LEFT JOIN copy_act a ON a.registry_id = i.registry_id AND a.act_id = i.item_id LEFT JOIN paper_copy c ON c.registry_id = a.registry_id AND c.copy_id = a.copy_id LEFT JOIN document d ON d.registry_id = i.registry_id AND d.document_id = COALESCE(c.document_id, i.concerns)";

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
        let class = class_of(row, 5)?;
        let sees = class.is_none_or(|class| classes.contains(class) || leaks(Leak::Package));
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

/// The items of a book that are concerned with a copy and of which the viewer sees every copy, the first first.
pub async fn concerned(
    conn: &mut Conn,
    place: Place<'_>,
    book: Book,
    copy: CopyId,
) -> Result<Vec<Visible<BookView>>, StoreError> {
    let sql = format!(
        "SELECT {VIEW}, d.class_no {CONCERNED} WHERE i.registry_id = $1 AND i.item_id IN (SELECT o.act_id FROM copy_act o WHERE o.registry_id = $1 AND o.copy_id = $2 AND o.what = $3) ORDER BY i.year, i.number"
    );
    let rows = conn.all(built(sql), values![place.registry, copy, book.as_str()]).await?;
    Ok(seen(place, &rows)?.into_iter().map(Visible::new).collect())
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

/// The items of a registry about a document, of which the viewer sees every copy, the first first.
pub async fn of_document(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Vec<Visible<BookView>>, StoreError> {
    let sql = format!(
        "SELECT {VIEW}, d.class_no {CONCERNED} WHERE i.registry_id = $1 AND i.concerns = $2 ORDER BY i.book, i.year, i.number"
    );
    let rows = conn.all(built(sql), values![place.registry, document]).await?;
    Ok(seen(place, &rows)?.into_iter().map(Visible::new).collect())
}

/// The distributions of a registry that a person has not said to have read, and may see.
pub async fn unread_by(
    conn: &mut Conn,
    place: Place<'_>,
    person: PersonId,
) -> Result<Vec<Visible<BookView>>, StoreError> {
    let sql = format!(
        "SELECT {VIEW}, d.class_no {CONCERNED} WHERE i.registry_id = $1 AND i.item_id IN (SELECT o.item_id FROM book_reader o WHERE o.registry_id = $1 AND o.person_id = $2 AND o.open = 1) ORDER BY i.year, i.number"
    );
    let rows = conn.all(built(sql), values![place.registry, person]).await?;
    Ok(seen(place, &rows)?.into_iter().map(Visible::new).collect())
}

/// The instructions of a registry that wait for something and are about copies that a person has.
pub async fn told_to(
    conn: &mut Conn,
    place: Place<'_>,
    person: PersonId,
) -> Result<Vec<Visible<BookView>>, StoreError> {
    let sql = format!(
        "SELECT {VIEW}, d.class_no {CONCERNED} WHERE i.registry_id = $1 AND i.open = 1 AND i.item_id IN (SELECT o.act_id FROM paper_copy h JOIN copy_act o ON o.registry_id = h.registry_id AND o.copy_id = h.copy_id WHERE h.registry_id = $1 AND h.held_by = $2 AND h.standing = 'held' AND o.what = $3) ORDER BY i.year, i.number"
    );
    let values = values![place.registry, person, Book::Instructions.as_str()];
    let rows = conn.all(built(sql), values).await?;
    Ok(seen(place, &rows)?.into_iter().map(Visible::new).collect())
}
