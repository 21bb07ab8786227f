//! Copies as a viewer sees them: lists, one copy with its chain, and the dispatches, certificates and incidents that are of
//! copies. A copy is seen by whoever sees the entry of its document; what is of several copies, by whoever sees them all.

use std::collections::HashMap;

use registry::{
    CopyId, DispatchId, DocumentId, PersonId, Timestamp,
    custody::{
        Container,
        copy::{Copy, Event, Holder, Standing},
        fact::{Certificate, Control, Dispatch, Hand, Incident, Receipt},
    },
    id::{CertificateId, ContainerId, IncidentId},
};

pub use super::cut::{Cut, Seat};
use super::{AT_ONCE, CONTAINER, COPY, contains, control_of, parsed, read};
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

fn class(row: &Row, column: usize) -> Result<u32, StoreError> {
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

/// Copies that went off together, with what came back.
#[derive(Debug, Clone, PartialEq)]
pub struct DispatchView {
    /// What was sent.
    pub dispatch: Dispatch,
    /// By whom.
    pub sent_by: PersonId,
    /// When that was written down.
    pub sent_at: Timestamp,
    /// Whether a receipt is due.
    pub due: bool,
    /// When it was asked for last.
    pub traced_at: Option<Timestamp>,
    /// How often.
    pub traces: u64,
    /// Its copies as they are now.
    pub copies: Vec<CopyView>,
    /// The receipts, with when each was written down and by whom.
    pub receipts: Vec<(Receipt, Timestamp, PersonId)>,
}

/// A certificate of destruction.
#[derive(Debug, Clone, PartialEq)]
pub struct CertificateView {
    /// What was drawn up.
    pub certificate: Certificate,
    /// By whom.
    pub drawn_by: PersonId,
    /// When.
    pub drawn_at: Timestamp,
    /// Who signed, as whom and when.
    pub signed: Vec<(Hand, PersonId, Timestamp)>,
    /// When it was signed by all, or taken back.
    pub ended_at: Option<Timestamp>,
    /// Why it was taken back.
    pub withdrawn: Option<String>,
    /// Its copies as they are now.
    pub copies: Vec<CopyView>,
}

/// Something that is wrong with copies.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentView {
    /// What.
    pub incident: Incident,
    /// By whom it was opened.
    pub opened_by: PersonId,
    /// When.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Its copies as they are now.
    pub copies: Vec<CopyView>,
    /// What was added.
    pub notes: Vec<Note>,
}

/// What was added to an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// What.
    pub words: String,
    /// Whether it closed it.
    pub closes: bool,
    /// When.
    pub time: Timestamp,
    /// By whom.
    pub actor: PersonId,
}

/// The acts of a kind of which the viewer sees every copy, the first first, as far as they are asked for; and how many there
/// are. Narrowed by a condition where one is given.
async fn acts(
    conn: &mut Conn,
    place: Place<'_>,
    (table, key): (&str, &str),
    narrow: &str,
    cut: &Cut,
) -> Result<(Vec<[u8; 16]>, usize), StoreError> {
    let seen = place.scope.seen();
    let sql = format!(
        "SELECT a.act_id, d.class_no, x.year, x.number FROM {table} x JOIN copy_act a ON a.registry_id = x.registry_id AND a.act_id = x.{key} JOIN paper_copy c ON c.registry_id = a.registry_id AND c.copy_id = a.copy_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE x.registry_id = $1 {narrow} ORDER BY x.year, x.number"
    );
    let mut found: Vec<([u8; 16], bool, bool)> = Vec::new();
    for row in conn.all(built(sql), values![place.registry]).await? {
        let (act, sees) = (row.array(0)?, seen.contains(class(&row, 1)?));
        match found.last_mut() {
            Some((last, all, _)) if *last == act => *all &= sees,
            _ => found.push((act, sees, cut.is_beyond(row.int(2)?, row.number(3)?))),
        }
    }
    found.retain(|(_, sees, _)| *sees);
    let all = found.len();
    let beyond = found.into_iter().filter(|(.., beyond)| *beyond).map(|(act, ..)| act).collect();
    Ok((cut.of(beyond), all))
}

/// The copies of an act; none where the viewer does not see them all.
async fn copies_of(
    conn: &mut Conn,
    place: Place<'_>,
    named: &[CopyId],
) -> Result<Option<Vec<CopyView>>, StoreError> {
    let mut views = views(conn, place, named).await?;
    Ok(named.iter().map(|id| Some(views.remove(id)?.into_inner())).collect())
}

/// Dispatches, the first first.
pub async fn dispatches(
    conn: &mut Conn,
    place: Place<'_>,
    due: Option<bool>,
    cut: impl Into<Cut>,
) -> Result<Part<DispatchView>, StoreError> {
    let narrow = match due {
        Some(true) => "AND x.due = 1",
        Some(false) => "AND x.due = 0",
        None => "",
    };
    let (found, all) = acts(conn, place, ("dispatch", "dispatch_id"), narrow, &cut.into()).await?;
    let mut rows = Vec::with_capacity(found.len());
    for id in found {
        rows.extend(dispatch(conn, place, DispatchId::new(id)).await?);
    }
    Ok(Part { rows, all })
}

/// Dispatches to a person whose receipt is due.
pub async fn due_from(
    conn: &mut Conn,
    place: Place<'_>,
    person: PersonId,
) -> Result<Vec<Visible<DispatchView>>, StoreError> {
    let rows = conn
        .all(
            "SELECT dispatch_id FROM dispatch WHERE registry_id = $1 AND to_person = $2 AND due = 1 ORDER BY year, number",
            values![place.registry, person],
        )
        .await?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(dispatch(conn, place, row.id(0)?).await?);
    }
    Ok(found)
}

/// A dispatch of which the viewer sees every copy.
pub async fn dispatch(
    conn: &mut Conn,
    place: Place<'_>,
    id: DispatchId,
) -> Result<Option<Visible<DispatchView>>, StoreError> {
    let row = conn
        .one(
            "SELECT content, sent_by, sent_at, due, traced_at, traces FROM dispatch WHERE registry_id = $1 AND dispatch_id = $2",
            values![place.registry, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let sent: Dispatch = parsed(&row.text(0)?)?;
    let Some(copies) = copies_of(conn, place, &sent.copies).await? else { return Ok(None) };
    let receipts = conn
        .all(
            "SELECT content, time, actor FROM receipt WHERE registry_id = $1 AND dispatch_id = $2 ORDER BY sequence",
            values![place.registry, id],
        )
        .await?;
    let receipts = receipts.iter().map(|row| Ok((parsed(&row.text(0)?)?, row.time(1)?, row.id(2)?)));
    Ok(Some(Visible::new(DispatchView {
        dispatch: sent,
        sent_by: row.id(1)?,
        sent_at: row.time(2)?,
        due: row.int(3)? == 1,
        traced_at: row.opt_time(4)?,
        traces: row.number(5)?,
        copies,
        receipts: receipts.collect::<Result<_, StoreError>>()?,
    })))
}

/// Certificates of destruction, the first first; open: that wait for a signature.
pub async fn certificates(
    conn: &mut Conn,
    place: Place<'_>,
    open: Option<bool>,
    cut: impl Into<Cut>,
) -> Result<Part<CertificateView>, StoreError> {
    let narrow = match open {
        Some(true) => "AND x.ended_at IS NULL",
        Some(false) => "AND x.ended_at IS NOT NULL",
        None => "",
    };
    let (found, all) = acts(conn, place, ("destruction", "certificate_id"), narrow, &cut.into()).await?;
    let mut rows = Vec::with_capacity(found.len());
    for id in found {
        rows.extend(certificate(conn, place, CertificateId::new(id)).await?);
    }
    Ok(Part { rows, all })
}

/// A certificate of which the viewer sees every copy.
pub async fn certificate(
    conn: &mut Conn,
    place: Place<'_>,
    id: CertificateId,
) -> Result<Option<Visible<CertificateView>>, StoreError> {
    let row = conn
        .one(
            "SELECT content, drawn_by, drawn_at, destroyer, destroyer_at, witness, witness_at, ended_at, withdrawn FROM destruction WHERE registry_id = $1 AND certificate_id = $2",
            values![place.registry, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let certificate: Certificate = parsed(&row.text(0)?)?;
    let Some(copies) = copies_of(conn, place, &certificate.copies).await? else { return Ok(None) };
    let mut signed = Vec::new();
    for (hand, column) in [(Hand::Destroyer, 3), (Hand::Witness, 5)] {
        if let (Some(person), Some(at)) = (row.opt_id(column)?, row.opt_time(column + 1)?) {
            signed.push((hand, person, at));
        }
    }
    Ok(Some(Visible::new(CertificateView {
        certificate,
        drawn_by: row.id(1)?,
        drawn_at: row.time(2)?,
        signed,
        ended_at: row.opt_time(7)?,
        withdrawn: row.opt_text(8)?,
        copies,
    })))
}

/// Incidents, the first first; open: that are not closed.
pub async fn incidents(
    conn: &mut Conn,
    place: Place<'_>,
    open: Option<bool>,
    cut: impl Into<Cut>,
) -> Result<Part<IncidentView>, StoreError> {
    let narrow = match open {
        Some(true) => "AND x.closed_at IS NULL",
        Some(false) => "AND x.closed_at IS NOT NULL",
        None => "",
    };
    let (found, all) = acts(conn, place, ("incident", "incident_id"), narrow, &cut.into()).await?;
    let mut rows = Vec::with_capacity(found.len());
    for id in found {
        rows.extend(incident(conn, place, IncidentId::new(id)).await?);
    }
    Ok(Part { rows, all })
}

/// An incident of which the viewer sees every copy.
pub async fn incident(
    conn: &mut Conn,
    place: Place<'_>,
    id: IncidentId,
) -> Result<Option<Visible<IncidentView>>, StoreError> {
    let row = conn
        .one(
            "SELECT content, opened_by, opened_at, closed_at FROM incident WHERE registry_id = $1 AND incident_id = $2",
            values![place.registry, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let incident: Incident = parsed(&row.text(0)?)?;
    let Some(copies) = copies_of(conn, place, &incident.copies).await? else { return Ok(None) };
    let notes = conn
        .all(
            "SELECT words, closes, time, actor FROM incident_note WHERE registry_id = $1 AND incident_id = $2 ORDER BY sequence",
            values![place.registry, id],
        )
        .await?;
    let note = |row: &Row| {
        Ok(Note { words: row.text(0)?, closes: row.int(1)? != 0, time: row.time(2)?, actor: row.id(3)? })
    };
    Ok(Some(Visible::new(IncidentView {
        incident,
        opened_by: row.id(1)?,
        opened_at: row.time(2)?,
        closed_at: row.opt_time(3)?,
        copies,
        notes: notes.iter().map(note).collect::<Result<_, StoreError>>()?,
    })))
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
