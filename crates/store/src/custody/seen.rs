//! Copies as a viewer sees them: lists, one copy with its chain, containers. A copy is seen by whoever sees the entry of its
//! document.

use std::collections::HashMap;

use jiff::civil::Date;
use registry::{
    CopyId, DispatchId, DocumentId, PersonId, Timestamp,
    custody::{
        Container,
        copy::{Copy, Event, Holder, Standing},
        fact::Control,
    },
    id::{CertificateId, ContainerId},
};

use super::{AT_ONCE, CONTAINER, COPY, contains, control_of, parsed, read};
pub use super::{
    acts::{
        CertificateView, DispatchView, IncidentView, Note, certificate, certificate_numbered, certificates,
        dispatch, dispatch_numbered, dispatches, due_from, incident, incident_numbered, incidents,
    },
    cut::{Cut, Seat},
};
use crate::{
    apply::day_number,
    documents::Place,
    error::StoreError,
    planted::{Leak, leaks},
    sql::{Conn, Row, Value, among, built},
    values,
    visible::Visible,
};

/// A copy as a viewer sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyView {
    /// The copy.
    pub copy: Copy,
    /// The number of its document in its log.
    pub control: Control,
    /// How many copies there are in all, as the paper says.
    pub of: Option<u32>,
    /// A certificate on which it stands and that waits for a signature.
    pub drawn_up: Option<CertificateId>,
    /// The copy from which it was made.
    pub from: Option<CopyId>,
    /// When it was put into the log.
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: PersonId,
    /// What was said then.
    pub words: Option<String>,
}

impl CopyView {
    /// As it is called: the number in the log, and its own.
    pub fn name(&self) -> String {
        format!("{}/{}", self.control.text(), self.copy.number)
    }
}

/// By whom or where copies are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// A person.
    Person(PersonId),
    /// A container.
    Container(ContainerId),
    /// A dispatch that is under way.
    Dispatch(DispatchId),
}

/// Which copies are asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted<'a> {
    /// What state they are in; none: any.
    pub standings: &'a [&'a str],
    /// In whose hands they are, or where.
    pub with: Option<With>,
    /// In which log.
    pub log: Option<&'a str>,
    /// Of which year their numbers in the logs are.
    pub year: Option<i16>,
    /// Of which document.
    pub document: Option<DocumentId>,
    /// Which of those on loan.
    pub loan: Option<Loan>,
}

/// Copies on loan, by the day by which they are to be back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loan {
    /// All of them.
    Out,
    /// Those to be back from a day to a day.
    Due(Date, Date),
    /// Those that should have been back before a day.
    Overdue(Date),
}

impl Loan {
    fn is(self, back_by: i64) -> bool {
        match self {
            Loan::Out => true,
            Loan::Due(from, to) => (day_number(from)..=day_number(to)).contains(&back_by),
            Loan::Overdue(before) => back_by < day_number(before),
        }
    }

    /// Its condition on the rows of copies.
    fn narrows(self, values: &mut Vec<Value>) -> String {
        let mut put = |day: Date| {
            values.push(day_number(day).into());
            values.len()
        };
        match self {
            Loan::Out => " AND c.back_by IS NOT NULL".to_owned(),
            Loan::Due(from, to) => format!(" AND c.back_by >= ${} AND c.back_by <= ${}", put(from), put(to)),
            Loan::Overdue(before) => format!(" AND c.back_by < ${}", put(before)),
        }
    }
}

/// The order of a list of copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By log, year and number.
    #[default]
    Number,
    /// What has been as it is for the longest time first.
    Since,
    /// What is to be back first; what is not on loan before it.
    BackBy,
}

/// Part of a list, and how long it is.
#[derive(Debug, Clone)]
pub struct Part<T> {
    /// The rows asked for.
    pub rows: Vec<Visible<T>>,
    /// How many there are in all.
    pub all: usize,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Rows passed over.
    pub from: usize,
    /// Most rows.
    pub most: usize,
    /// From its end.
    pub backwards: bool,
}

impl Slice {
    /// All of it.
    pub const ALL: Slice = Slice { from: 0, most: usize::MAX, backwards: false };

    pub(super) fn of<T: Clone>(self, mut all: Vec<T>) -> Vec<T> {
        if self.backwards {
            all.reverse();
        }
        all.into_iter().skip(self.from).take(self.most).collect()
    }
}

/// Every state, as tables name them.
const STANDINGS: [&str; 6] = ["held", "under-way", "transferred", "released", "destroyed", "missing"];

/// Copies of a registry that the viewer sees.
pub async fn copies(
    conn: &mut Conn,
    place: Place<'_>,
    wanted: &Wanted<'_>,
    order: Order,
    cut: impl Into<Cut>,
) -> Result<Part<CopyView>, StoreError> {
    let (seen, cut) = (place.scope.seen(), cut.into());
    let mut values = values![place.registry];
    let mut narrow = String::new();
    let mut also = |values: &mut Vec<Value>, column: &str, value: Value| {
        values.push(value);
        narrow.push_str(&format!(" AND {column} = ${}", values.len()));
    };
    match wanted.with {
        Some(With::Person(person)) => also(&mut values, "c.held_by", person.into()),
        Some(With::Container(container)) => also(&mut values, "c.container_id", container.into()),
        Some(With::Dispatch(dispatch)) => also(&mut values, "c.dispatch_id", dispatch.into()),
        None => {}
    }
    if let Some(log) = wanted.log {
        also(&mut values, "n.log", log.into());
    }
    if let Some(year) = wanted.year {
        also(&mut values, "n.year", i64::from(year).into());
    }
    if let Some(document) = wanted.document {
        also(&mut values, "c.document_id", document.into());
    }
    if let Some(loan) = wanted.loan {
        narrow.push_str(&loan.narrows(&mut values));
    }
    let standings = if wanted.standings.is_empty() { &STANDINGS } else { wanted.standings };
    let names = among(&mut values, standings.iter().copied());
    let beyond = cut.beyond(&mut values);
    let order = match order {
        Order::Number => "n.log, n.year, n.serial, c.number",
        Order::Since => "c.since, c.copy_id",
        Order::BackBy => "COALESCE(c.back_by, 0), c.copy_id",
    };
    let sql = format!(
        "SELECT c.copy_id, d.class_no, CAST(CASE WHEN {beyond} THEN 1 ELSE 0 END AS BIGINT) FROM paper_copy c JOIN control n ON n.registry_id = c.registry_id AND n.document_id = c.document_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1{narrow} AND c.standing IN ({names}) ORDER BY {order}"
    );
    let mut all = 0;
    let mut found: Vec<CopyId> = Vec::new();
    for row in conn.all(built(sql), values).await? {
        let sees = seen.contains(class(&row, 1)?);
        all += usize::from(sees || leaks(Leak::CopyCount));
        if sees && row.int(2)? == 1 {
            found.push(row.id(0)?);
        }
    }
    let some = cut.of(found);
    let mut views = views(conn, place, &some).await?;
    let rows = some.iter().filter_map(|id| views.remove(id)).collect();
    Ok(Part { rows, all })
}

/// The class of a document, where there is one.
pub(super) fn class_of(row: &Row, column: usize) -> Result<Option<u32>, StoreError> {
    row.opt_int(column)?.map(u32::try_from).transpose().map_err(StoreError::damaged)
}

/// The class in a column.
pub(super) fn class(row: &Row, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.number(column)?).map_err(StoreError::damaged)
}

/// Copies by their identifiers, as far as the viewer sees them.
pub async fn views(
    conn: &mut Conn,
    place: Place<'_>,
    named: &[CopyId],
) -> Result<HashMap<CopyId, Visible<CopyView>>, StoreError> {
    let seen = place.scope.seen();
    let mut found = HashMap::with_capacity(named.len());
    for some in named.chunks(AT_ONCE) {
        let mut values = values![place.registry];
        let names = among(&mut values, some.iter().copied());
        let sql = format!(
            "SELECT {COPY}, n.log, n.year, n.serial, n.copies_in_all, d.class_no, c.made_from, c.recorded_at, c.recorded_by, c.words FROM paper_copy c JOIN control n ON n.registry_id = c.registry_id AND n.document_id = c.document_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1 AND c.copy_id IN ({names})"
        );
        for row in conn.all(built(sql), values).await? {
            if !seen.contains(class(&row, 17)?) && !leaks(Leak::CopyName) {
                continue;
            }
            let (copy, certificate) = read(&row)?;
            let of = row.opt_int(16)?.map(u32::try_from).transpose().map_err(StoreError::damaged)?;
            let view = CopyView {
                drawn_up: certificate.filter(|_| !matches!(copy.standing, Standing::Destroyed { .. })),
                control: control_of(&row, 13)?,
                of,
                from: row.opt_id(18)?,
                recorded_at: row.time(19)?,
                recorded_by: row.id(20)?,
                words: row.opt_text(21)?,
                copy,
            };
            found.insert(view.copy.id, Visible::new(view));
        }
    }
    Ok(found)
}

/// The copy with a number in a log, if the viewer sees it.
pub async fn by_name(
    conn: &mut Conn,
    place: Place<'_>,
    control: &Control,
    number: u32,
) -> Result<Option<Visible<CopyView>>, StoreError> {
    let row = conn
        .one(
            "SELECT c.copy_id FROM control n JOIN paper_copy c ON c.registry_id = n.registry_id AND c.document_id = n.document_id WHERE n.registry_id = $1 AND n.log = $2 AND n.year = $3 AND n.serial = $4 AND c.number = $5",
            values![place.registry, &control.log, i64::from(control.year), control.serial, number],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let id: CopyId = row.id(0)?;
    Ok(views(conn, place, &[id]).await?.remove(&id))
}

/// The number in its log of a document of which the viewer sees the entry; none: it stands in none.
pub async fn number_of(
    conn: &mut Conn,
    place: Place<'_>,
    document: DocumentId,
) -> Result<Option<String>, StoreError> {
    let row = conn
        .one(
            "SELECT d.class_no, n.log, n.year, n.serial FROM control n JOIN document d ON d.registry_id = n.registry_id AND d.document_id = n.document_id WHERE n.registry_id = $1 AND n.document_id = $2",
            values![place.registry, document],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let seen = place.scope.seen().contains(class(&row, 0)?);
    if seen { Ok(Some(control_of(&row, 1)?.text())) } else { Ok(None) }
}

/// A link of the chain of a copy.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// What happened.
    pub event: Event,
    /// When.
    pub at: Timestamp,
    /// When it was written down.
    pub time: Timestamp,
    /// By whom.
    pub actor: PersonId,
    /// What was said of it.
    pub words: Option<String>,
}

/// What happened to a copy that the viewer sees, the first first.
pub async fn chain(
    conn: &mut Conn,
    place: Place<'_>,
    copy: &Visible<CopyView>,
) -> Result<Vec<Visible<Link>>, StoreError> {
    let rows = conn
        .all(
            "SELECT event, at, time, actor, words FROM copy_event WHERE registry_id = $1 AND copy_id = $2 ORDER BY sequence",
            values![place.registry, copy.copy.id],
        )
        .await?;
    let link = |row: &Row| {
        Ok(Visible::new(Link {
            event: parsed(&row.text(0)?)?,
            at: row.time(1)?,
            time: row.time(2)?,
            actor: row.id(3)?,
            words: row.opt_text(4)?,
        }))
    };
    rows.iter().map(link).collect()
}

/// How many copies that the viewer sees are in each state.
pub async fn counts(conn: &mut Conn, place: Place<'_>) -> Result<HashMap<String, u64>, StoreError> {
    let seen = place.scope.seen();
    let mut values = values![place.registry];
    let names = among(&mut values, STANDINGS.iter().copied());
    let sql = format!(
        "SELECT c.standing, d.class_no, COUNT(*) FROM paper_copy c JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1 AND c.standing IN ({names}) GROUP BY c.standing, d.class_no"
    );
    let mut counts: HashMap<String, u64> = HashMap::new();
    for row in conn.all(built(sql), values).await? {
        if seen.contains(class(&row, 1)?) || leaks(Leak::Standings) {
            *counts.entry(row.text(0)?).or_default() += row.number(2)?;
        }
    }
    Ok(counts)
}

/// How many copies on loan the viewer sees that are of each kind.
pub async fn loans<const N: usize>(
    conn: &mut Conn,
    place: Place<'_>,
    kinds: [Loan; N],
) -> Result<[u64; N], StoreError> {
    let seen = place.scope.seen();
    let rows = conn
        .all(
            "SELECT c.back_by, d.class_no, COUNT(*) FROM paper_copy c JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1 AND c.back_by IS NOT NULL GROUP BY c.back_by, d.class_no",
            values![place.registry],
        )
        .await?;
    let mut counts = [0; N];
    for row in rows {
        if !seen.contains(class(&row, 1)?) {
            continue;
        }
        let (back_by, many) = (row.int(0)?, row.number(2)?);
        for (count, kind) in counts.iter_mut().zip(kinds) {
            if kind.is(back_by) {
                *count += many;
            }
        }
    }
    Ok(counts)
}

/// The containers of a registry, by name, each with how many copies that the viewer sees lie in it. For its staff.
pub async fn containers(
    conn: &mut Conn,
    place: Place<'_>,
) -> Result<Vec<Visible<(Container, u64)>>, StoreError> {
    let seen = place.scope.seen();
    let sql = format!("SELECT {CONTAINER} FROM container WHERE registry_id = $1 ORDER BY name");
    let mut found = Vec::new();
    for row in conn.all(built(sql), values![place.registry]).await? {
        found.push((contains(&row)?, 0));
    }
    for (container, many) in &mut found {
        let lie = conn
            .all(
                "SELECT d.class_no, COUNT(*) FROM paper_copy c JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1 AND c.container_id = $2 AND c.standing = 'held' GROUP BY d.class_no",
                values![place.registry, container.id],
            )
            .await?;
        for row in lie {
            if seen.contains(class(&row, 0)?) || leaks(Leak::Container) {
                *many += row.number(1)?;
            }
        }
    }
    Ok(found.into_iter().map(Visible::new).collect())
}

/// What a holder is called in a list, where tables know: the name of a container.
pub async fn container_names(
    conn: &mut Conn,
    place: Place<'_>,
    copies: &[Visible<CopyView>],
) -> Result<HashMap<ContainerId, String>, StoreError> {
    let mut wanted: Vec<ContainerId> = copies
        .iter()
        .flat_map(|view| [Some(&view.copy.holder), view.copy.home.as_ref()])
        .filter_map(|holder| match holder {
            Some(Holder::Container { container, .. }) => Some(*container),
            _ => None,
        })
        .collect();
    wanted.sort();
    wanted.dedup();
    let mut names = HashMap::new();
    for some in wanted.chunks(AT_ONCE) {
        let mut values = values![place.registry];
        let among = among(&mut values, some.iter().copied());
        let sql = format!(
            "SELECT container_id, name FROM container WHERE registry_id = $1 AND container_id IN ({among})"
        );
        for row in conn.all(built(sql), values).await? {
            names.insert(row.id(0)?, row.text(1)?);
        }
    }
    Ok(names)
}

/// What one container is called.
pub async fn container_name(
    conn: &mut Conn,
    place: Place<'_>,
    id: ContainerId,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT name FROM container WHERE registry_id = $1 AND container_id = $2";
    let row = conn.one(sql, values![place.registry, id]).await?;
    row.map(|row| Ok(row.text(0)?)).transpose()
}
