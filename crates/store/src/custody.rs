//! Copies as the tables hold them: what a decision about them needs, and what a viewer sees of them. A copy is seen by
//! whoever sees the entry of its document.

mod acts;
pub mod booked;
mod cut;
pub mod mustered;
pub mod places;
pub mod seen;
pub mod unlogged;

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use registry::{
    AccessRule, CopyId, DispatchId, DocumentId, PersonId, RegistryId,
    custody::{
        Act, CERTIFICATES, Container, CustodyNeeds, Documented, INCIDENTS, Known, RECEIPTS,
        book::{Book, is_told},
        copy::{Copy, Medium, Origin, Standing},
        fact::{Certificate, Control, Dispatch, Hand, Incident},
        muster::MUSTERS,
    },
    document::Direction,
    house::House,
    id::{CertificateId, ContainerId},
};
use serde::de::DeserializeOwned;

use crate::{
    error::StoreError,
    house as people,
    sql::{Conn, Row, among, built},
    transaction::Write,
    values,
};

/// The columns of a copy, in the order in which [`read`] takes them.
const COPY: &str = "c.copy_id, c.document_id, c.number, c.pages, c.medium, c.origin, c.holder, c.standing, c.dispatch_id, c.certificate_id, c.since, c.back_by, c.home";
/// Copies asked for at once.
pub(crate) const AT_ONCE: usize = 256;

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(StoreError::damaged)
}

pub(crate) fn word<T: std::marker::Copy>(
    all: &[T],
    is: impl Fn(T) -> &'static str,
    text: &str,
) -> Result<T, StoreError> {
    let found = all.iter().copied().find(|one| is(*one) == text);
    found.ok_or_else(|| StoreError::damaged(format!("a copy that is {text}")))
}

/// The state of a copy: its name, its dispatch and its certificate, in three columns.
fn standing(row: &Row, first: usize) -> Result<Standing, StoreError> {
    let (dispatch, certificate): (Option<DispatchId>, Option<CertificateId>) =
        (row.opt_id(first + 1)?, row.opt_id(first + 2)?);
    Ok(match (row.text(first)?.as_str(), dispatch, certificate) {
        ("held", ..) => Standing::Held,
        ("under-way", Some(dispatch), _) => Standing::UnderWay { dispatch },
        ("transferred", ..) => Standing::Transferred,
        ("released", ..) => Standing::Released,
        ("destroyed", _, Some(certificate)) => Standing::Destroyed { certificate },
        ("missing", dispatch, _) => Standing::Missing { dispatch },
        (other, ..) => return Err(StoreError::damaged(format!("a copy that is {other}"))),
    })
}

/// The day of a number of days since 1970-01-01.
fn day(number: i64) -> Result<Date, StoreError> {
    let days = Span::new().try_days(number).map_err(StoreError::damaged)?;
    Date::constant(1970, 1, 1).checked_add(days).map_err(StoreError::damaged)
}

/// A copy, and the certificate on which it stands.
fn read(row: &Row) -> Result<(Copy, Option<CertificateId>), StoreError> {
    let certificate = row.opt_id(9)?;
    let standing = standing(row, 7)?;
    let copy = Copy {
        id: row.id(0)?,
        document: row.id(1)?,
        number: u32::try_from(row.number(2)?).map_err(StoreError::damaged)?,
        pages: row.opt_int(3)?.map(u32::try_from).transpose().map_err(StoreError::damaged)?,
        medium: word(&Medium::ALL, Medium::as_str, &row.text(4)?)?,
        origin: word(&Origin::ALL, Origin::as_str, &row.text(5)?)?,
        holder: parsed(&row.text(6)?)?,
        standing,
        back_by: row.opt_int(11)?.map(day).transpose()?,
        home: row.opt_text(12)?.as_deref().map(parsed).transpose()?,
        since: row.time(10)?,
    };
    Ok((copy, certificate))
}

/// A copy as it stands.
pub(crate) async fn copy(
    conn: &mut Conn,
    registry: RegistryId,
    id: CopyId,
) -> Result<Option<Copy>, StoreError> {
    let sql = format!("SELECT {COPY} FROM paper_copy c WHERE c.registry_id = $1 AND c.copy_id = $2");
    let row = conn.one(built(sql), values![registry, id]).await?;
    row.map(|row| Ok(read(&row)?.0)).transpose()
}

/// Copies as they stand; those that are not there are absent.
pub(crate) async fn copies(
    conn: &mut Conn,
    registry: RegistryId,
    named: &[CopyId],
) -> Result<Vec<Copy>, StoreError> {
    let mut all = Vec::with_capacity(named.len());
    for some in named.chunks(AT_ONCE) {
        let mut values = values![registry];
        let names = among(&mut values, some.iter().copied());
        let sql =
            format!("SELECT {COPY} FROM paper_copy c WHERE c.registry_id = $1 AND c.copy_id IN ({names})");
        for row in conn.all(built(sql), values).await? {
            all.push(read(&row)?.0);
        }
    }
    Ok(all)
}

/// The copies of a document as they stand, by their numbers.
pub(crate) async fn copies_of(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Vec<Copy>, StoreError> {
    let sql = format!(
        "SELECT {COPY} FROM paper_copy c WHERE c.registry_id = $1 AND c.document_id = $2 ORDER BY c.number"
    );
    let rows = conn.all(built(sql), values![registry, document]).await?;
    rows.iter().map(|row| Ok(read(row)?.0)).collect()
}

/// What is told to the holders of a document whose marking is corrected: their copies, and the next number of an instruction.
pub(crate) async fn told(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
    today: Date,
) -> Result<(Vec<CopyId>, u64), StoreError> {
    let copies = copies_of(conn, registry, document).await?;
    let copies: Vec<CopyId> = copies.iter().filter(|copy| is_told(copy)).map(|copy| copy.id).collect();
    let book = Book::Instructions.as_str();
    let next = next(conn, registry, &[book], today.year()).await?;
    Ok((copies, next.get(book).copied().unwrap_or(1)))
}

/// The number of a document in its log.
pub(crate) async fn control(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Option<Control>, StoreError> {
    let row = conn
        .one(
            "SELECT log, year, serial FROM control WHERE registry_id = $1 AND document_id = $2",
            values![registry, document],
        )
        .await?;
    row.map(|row| control_of(&row, 0)).transpose()
}

fn control_of(row: &Row, first: usize) -> Result<Control, StoreError> {
    Ok(Control {
        log: row.text(first)?,
        year: i16::try_from(row.int(first + 1)?).map_err(StoreError::damaged)?,
        serial: row.number(first + 2)?,
    })
}

/// Copies with the rule and the number of their documents.
async fn known(conn: &mut Conn, registry: RegistryId, named: &[CopyId]) -> Result<Vec<Known>, StoreError> {
    let mut all = Vec::with_capacity(named.len());
    for some in named.chunks(AT_ONCE) {
        let mut values = values![registry];
        let names = among(&mut values, some.iter().copied());
        let sql = format!(
            "SELECT {COPY}, r.rule, n.log, n.year, n.serial, d.direction FROM paper_copy c JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id JOIN access_class r ON r.registry_id = d.registry_id AND r.class_no = d.class_no JOIN control n ON n.registry_id = c.registry_id AND n.document_id = c.document_id WHERE c.registry_id = $1 AND c.copy_id IN ({names})"
        );
        for row in conn.all(built(sql), values).await? {
            let (copy, certificate) = read(&row)?;
            let drawn_up = certificate.filter(|_| !matches!(copy.standing, Standing::Destroyed { .. }));
            let rule = parsed(&row.text(13)?)?;
            let received = row.text(17)? == Direction::Incoming.as_str();
            all.push(Known { copy, rule, received, control: control_of(&row, 14)?, drawn_up });
        }
    }
    Ok(all)
}

/// What a decision about copies needs.
pub(crate) async fn needs(
    write: &mut Write,
    registry: RegistryId,
    act: &Act,
    house: &House,
    today: Date,
) -> Result<CustodyNeeds, StoreError> {
    let conn = write.conn().await?;
    let mut needs = CustodyNeeds::default();
    let mut named = act.copies().to_vec();
    match act {
        Act::Record { document, .. } => needs.document = documented(conn, registry, *document).await?,
        Act::Receipt { dispatch, .. } | Act::Trace { dispatch, .. } => {
            needs.dispatch = self::dispatch(conn, registry, *dispatch).await?;
            named.extend(needs.dispatch.iter().flat_map(|dispatch: &Dispatch| dispatch.copies.iter()));
        }
        Act::Sign { certificate, .. } | Act::Withdraw { certificate, .. } => {
            needs.certificate = certified(conn, registry, *certificate).await?;
            named.extend(needs.certificate.iter().flat_map(|(certificate, _)| certificate.copies.iter()));
        }
        Act::Follow { incident, .. } => {
            needs.incident = content(conn, INCIDENT, registry, incident.bytes()).await?;
            named.extend(needs.incident.iter().flat_map(|incident: &Incident| incident.copies.iter()));
        }
        Act::Furnish { name, .. } => needs.container = container_named(conn, registry, name.trim()).await?,
        _ => {}
    }
    mustered::needs(conn, registry, act, &mut named, &mut needs).await?;
    booked::needs(conn, &house.above(registry), act, &mut named, &mut needs).await?;
    needs.copies = known(conn, registry, &named).await?;
    if let Some(id) = act.container() {
        needs.container = container(conn, registry, id).await?;
    }
    if let Some(id) = act.person()
        && let Some(person) = people::person(conn, id).await?
    {
        needs.person = Some(Box::new((person, people::authorisations(conn, id).await?)));
    }
    let counts = match act {
        Act::Record { .. } => {
            house.custody.policy.iter().flat_map(|policy| &policy.log).map(|log| log.code.as_str()).collect()
        }
        Act::Send { .. } => vec![RECEIPTS, INCIDENTS],
        Act::Receipt { .. } | Act::Miss { .. } | Act::Report { .. } | Act::Sight { .. } => vec![INCIDENTS],
        Act::OpenMuster { .. } => vec![MUSTERS],
        Act::Enter { details, .. } => vec![details.book().as_str()],
        Act::Distribute { .. } => vec![RECEIPTS, Book::Distributions.as_str()],
        Act::DrawUp { .. } => vec![CERTIFICATES],
        _ => Vec::new(),
    };
    needs.next = next(conn, registry, &counts, today.year()).await?;
    Ok(needs)
}

const DISPATCH: &str = "SELECT content FROM dispatch WHERE registry_id = $1 AND dispatch_id = $2";
const INCIDENT: &str =
    "SELECT content FROM incident WHERE registry_id = $1 AND incident_id = $2 AND closed_at IS NULL";

/// A dispatch as it was sent.
pub(crate) async fn dispatch(
    conn: &mut Conn,
    registry: RegistryId,
    id: DispatchId,
) -> Result<Option<Dispatch>, StoreError> {
    content(conn, DISPATCH, registry, id.bytes()).await
}

async fn content<T: DeserializeOwned>(
    conn: &mut Conn,
    sql: &'static str,
    registry: RegistryId,
    id: &[u8; 16],
) -> Result<Option<T>, StoreError> {
    let row = conn.one(sql, values![registry, *id]).await?;
    row.map(|row| parsed(&row.text(0)?)).transpose()
}

async fn documented(
    conn: &mut Conn,
    registry: RegistryId,
    document: DocumentId,
) -> Result<Option<Documented>, StoreError> {
    let row = conn
        .one(
            "SELECT c.rule FROM document d JOIN access_class c ON c.registry_id = d.registry_id AND c.class_no = d.class_no WHERE d.registry_id = $1 AND d.document_id = $2",
            values![registry, document],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let rule: AccessRule = parsed(&row.text(0)?)?;
    let control = control(conn, registry, document).await?;
    let rows = conn
        .all(
            "SELECT number FROM paper_copy WHERE registry_id = $1 AND document_id = $2",
            values![registry, document],
        )
        .await?;
    let number = |row: &Row| u32::try_from(row.number(0)?).map_err(StoreError::damaged);
    let numbers = rows.iter().map(number).collect::<Result<_, StoreError>>()?;
    Ok(Some(Documented { rule, control, numbers }))
}

/// A certificate that has not ended, with who signed it.
async fn certified(
    conn: &mut Conn,
    registry: RegistryId,
    id: CertificateId,
) -> Result<Option<(Certificate, BTreeMap<Hand, PersonId>)>, StoreError> {
    let row = conn
        .one(
            "SELECT content, destroyer, witness FROM destruction WHERE registry_id = $1 AND certificate_id = $2 AND withdrawn IS NULL",
            values![registry, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut signed = BTreeMap::new();
    for (hand, column) in [(Hand::Destroyer, 1), (Hand::Witness, 2)] {
        if let Some(person) = row.opt_id(column)? {
            signed.insert(hand, person);
        }
    }
    Ok(Some((parsed(&row.text(0)?)?, signed)))
}

const CONTAINER: &str = "container_id, name, place, approved";

fn contains(row: &Row) -> Result<Container, StoreError> {
    Ok(Container {
        id: row.id(0)?,
        name: row.text(1)?,
        location: row.text(2)?,
        approved: parsed(&row.text(3)?)?,
    })
}

async fn container(
    conn: &mut Conn,
    registry: RegistryId,
    id: ContainerId,
) -> Result<Option<Container>, StoreError> {
    let sql = format!("SELECT {CONTAINER} FROM container WHERE registry_id = $1 AND container_id = $2");
    conn.one(built(sql), values![registry, id]).await?.map(|row| contains(&row)).transpose()
}

async fn container_named(
    conn: &mut Conn,
    registry: RegistryId,
    name: &str,
) -> Result<Option<Container>, StoreError> {
    let sql = format!("SELECT {CONTAINER} FROM container WHERE registry_id = $1 AND name = $2");
    conn.one(built(sql), values![registry, name]).await?.map(|row| contains(&row)).transpose()
}

/// The next numbers of counts in a year; a count that is not there begins at one.
async fn next(
    conn: &mut Conn,
    registry: RegistryId,
    counts: &[&str],
    year: i16,
) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut next: BTreeMap<String, u64> = counts.iter().map(|name| ((*name).to_owned(), 1)).collect();
    for (name, number) in &mut next {
        let row = conn
            .one(
                "SELECT next_number FROM custody_count WHERE registry_id = $1 AND name = $2 AND year = $3",
                values![registry, name.as_str(), i64::from(year)],
            )
            .await?;
        if let Some(row) = row {
            *number = row.number(0)?;
        }
    }
    Ok(next)
}
