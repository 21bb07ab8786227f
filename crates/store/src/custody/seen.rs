//! Copies as a viewer sees them: lists, one copy with its chain, containers. A copy is seen by whoever sees the entry of its
//! document.

use std::collections::HashMap;

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
    documents::Place,
    error::StoreError,
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
    /// Of which document.
    pub document: Option<DocumentId>,
}

/// The order of a list of copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By log, year and number.
    #[default]
    Number,
    /// What has been as it is for the longest time first.
    Since,
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
    if let Some(document) = wanted.document {
        also(&mut values, "c.document_id", document.into());
    }
    let standings = if wanted.standings.is_empty() { &STANDINGS } else { wanted.standings };
    let names = among(&mut values, standings.iter().copied());
    let beyond = cut.beyond(&mut values);
    let order = match order {
        Order::Number => "n.log, n.year, n.serial, c.number",
        Order::Since => "c.since, c.copy_id",
    };
    let sql = format!(
        "SELECT c.copy_id, d.class_no, CAST(CASE WHEN {beyond} THEN 1 ELSE 0 END AS BIGINT) FROM paper_copy c JOIN control n ON n.registry_id = c.registry_id AND n.document_id = c.document_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE c.registry_id = $1{narrow} AND c.standing IN ({names}) ORDER BY {order}"
    );
    let mut all = 0;
    let mut found: Vec<CopyId> = Vec::new();
    for row in conn.all(built(sql), values).await? {
        if seen.contains(class(&row, 1)?) {
            all += 1;
            if row.int(2)? == 1 {
                found.push(row.id(0)?);
            }
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
            if !seen.contains(class(&row, 15)?) {
                continue;
            }
            let (copy, certificate) = read(&row)?;
            let of = row.opt_int(14)?.map(u32::try_from).transpose().map_err(StoreError::damaged)?;
            let view = CopyView {
                drawn_up: certificate.filter(|_| !matches!(copy.standing, Standing::Destroyed { .. })),
                control: control_of(&row, 11)?,
                of,
                from: row.opt_id(16)?,
                recorded_at: row.time(17)?,
                recorded_by: row.id(18)?,
                words: row.opt_text(19)?,
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
        if seen.contains(class(&row, 1)?) {
            *counts.entry(row.text(0)?).or_default() += row.number(2)?;
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
            if seen.contains(class(&row, 0)?) {
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
        .filter_map(|view| match view.copy.holder {
            Holder::Container { container } => Some(container),
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
