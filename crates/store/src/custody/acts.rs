//! The dispatches, certificates and incidents that are of copies. What is of several copies is seen by whoever sees them all.

use registry::{
    CopyId, DispatchId, PersonId, Timestamp,
    custody::fact::{Certificate, Dispatch, Hand, Incident, Receipt, Report},
    id::{CertificateId, IncidentId},
};

use super::{
    cut::Cut,
    parsed,
    seen::{CopyView, Part, class, views},
};
use crate::{
    documents::Place,
    error::StoreError,
    planted::{Leak, leaks},
    sql::{Conn, Row, built},
    values,
    visible::Visible,
};

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
    /// Which of the reports that are due it is.
    pub report: Option<Report>,
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
    let whole = found.len();
    found.retain(|(_, sees, _)| *sees);
    let all = if leaks(Leak::Receipts) && table == "dispatch" { whole } else { found.len() };
    let beyond = found.into_iter().filter(|(.., beyond)| *beyond).map(|(act, ..)| act).collect();
    Ok((cut.of(beyond), all))
}

/// The identifier of the act of a kind that has a number in a year, seen or not.
pub(super) async fn numbered<T: From<[u8; 16]>>(
    conn: &mut Conn,
    place: Place<'_>,
    (table, key): (&str, &str),
    (year, number): (i16, u64),
) -> Result<Option<T>, StoreError> {
    let sql = format!("SELECT {key} FROM {table} WHERE registry_id = $1 AND year = $2 AND number = $3");
    let row = conn.one(built(sql), values![place.registry, i64::from(year), number]).await?;
    row.map(|row| Ok(row.id(0)?)).transpose()
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

/// The dispatch with a number of a year, of which the viewer sees every copy.
pub async fn dispatch_numbered(
    conn: &mut Conn,
    place: Place<'_>,
    number: (i16, u64),
) -> Result<Option<Visible<DispatchView>>, StoreError> {
    match numbered(conn, place, ("dispatch", "dispatch_id"), number).await? {
        Some(id) => dispatch(conn, place, id).await,
        None => Ok(None),
    }
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

/// The certificate with a number of a year, of which the viewer sees every copy.
pub async fn certificate_numbered(
    conn: &mut Conn,
    place: Place<'_>,
    number: (i16, u64),
) -> Result<Option<Visible<CertificateView>>, StoreError> {
    match numbered(conn, place, ("destruction", "certificate_id"), number).await? {
        Some(id) => certificate(conn, place, id).await,
        None => Ok(None),
    }
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
            "SELECT words, closes, time, actor, report FROM incident_note WHERE registry_id = $1 AND incident_id = $2 ORDER BY sequence",
            values![place.registry, id],
        )
        .await?;
    let note = |row: &Row| {
        let report =
            row.opt_text(4)?.map(|text| super::word(&Report::ALL, Report::as_str, &text)).transpose()?;
        Ok(Note {
            words: row.text(0)?,
            report,
            closes: row.int(1)? != 0,
            time: row.time(2)?,
            actor: row.id(3)?,
        })
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

/// The incident with a number of a year, of which the viewer sees every copy.
pub async fn incident_numbered(
    conn: &mut Conn,
    place: Place<'_>,
    number: (i16, u64),
) -> Result<Option<Visible<IncidentView>>, StoreError> {
    match numbered(conn, place, ("incident", "incident_id"), number).await? {
        Some(id) => incident(conn, place, id).await,
        None => Ok(None),
    }
}
