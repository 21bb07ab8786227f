//! Musters as the tables hold them: what a decision needs, and what the staff sees of them, line by line.

use registry::{
    AccessRule, CopyId, PersonId, RegistryId, Timestamp,
    custody::{
        Act, CustodyNeeds,
        copy::Standing,
        muster::{Line, Muster, Mustered, Outcome, Tally},
    },
    id::MusterId,
};

use super::{
    AT_ONCE,
    acts::numbered,
    parsed,
    seen::{Part, Slice, class, class_of},
    word,
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

/// What a decision about a muster needs, beyond the copies.
pub(super) async fn needs(
    conn: &mut Conn,
    registry: RegistryId,
    act: &Act,
    named: &mut Vec<CopyId>,
    needs: &mut CustodyNeeds,
) -> Result<(), StoreError> {
    match act {
        Act::OpenMuster { logs, container, hand_over, .. } => {
            let mut values = values![registry];
            let standings = among(&mut values, ["held", "under-way", "missing"].into_iter());
            let mut narrow = String::new();
            if !logs.is_empty() {
                let names = among(&mut values, logs.iter().map(String::as_str));
                narrow.push_str(&format!(" AND n.log IN ({names})"));
            }
            if let Some(container) = container {
                values.push((*container).into());
                narrow.push_str(&format!(" AND c.container_id = ${}", values.len()));
            }
            let sql = format!(
                "SELECT c.copy_id FROM paper_copy c JOIN control n ON n.registry_id = c.registry_id AND n.document_id = c.document_id WHERE c.registry_id = $1 AND c.standing IN ({standings}){narrow} ORDER BY c.copy_id"
            );
            for row in conn.all(built(sql), values).await? {
                named.push(row.id(0)?);
            }
            for person in hand_over.iter().flat_map(|h| [h.from, h.to]) {
                if people::person(conn, person).await?.is_some() {
                    needs.people.insert(person);
                }
            }
        }
        Act::Sight { muster, sightings, .. } => {
            named.extend(sightings.iter().map(|sighting| sighting.copy));
            needs.muster = mustered(conn, registry, *muster).await?;
            if let Some(mustered) = &mut needs.muster {
                mustered.lines = lines_of(conn, registry, *muster, named).await?;
            }
        }
        Act::CloseMuster { muster, .. } | Act::SignMuster { muster } => {
            needs.muster = mustered(conn, registry, *muster).await?;
            if let Some(mustered) = &mut needs.muster {
                mustered.lines =
                    all_lines(conn, registry, *muster).await?.into_iter().map(|l| l.line).collect();
            }
        }
        Act::AbandonMuster { muster, .. } => needs.muster = mustered(conn, registry, *muster).await?,
        _ => {}
    }
    if let Some(mustered) = &mut needs.muster {
        mustered.rules = rules(conn, registry, mustered.muster.id).await?;
    }
    Ok(())
}

async fn mustered(
    conn: &mut Conn,
    registry: RegistryId,
    id: MusterId,
) -> Result<Option<Mustered>, StoreError> {
    let row = conn
        .one(
            "SELECT content, closed_at, abandoned, first_by, second_by, opened_at FROM muster WHERE registry_id = $1 AND muster_id = $2",
            values![registry, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let signed: [Option<PersonId>; 2] = [row.opt_id(3)?, row.opt_id(4)?];
    Ok(Some(Mustered {
        muster: parsed(&row.text(0)?)?,
        opened_at: row.time(5)?,
        closed: row.opt_time(1)?.is_some(),
        abandoned: row.opt_text(2)?.is_some(),
        signed: signed.into_iter().flatten().collect(),
        lines: Vec::new(),
        rules: Vec::new(),
    }))
}

/// The lines of some copies; those without one are absent.
async fn lines_of(
    conn: &mut Conn,
    registry: RegistryId,
    muster: MusterId,
    named: &[CopyId],
) -> Result<Vec<Line>, StoreError> {
    let mut lines = Vec::with_capacity(named.len());
    for some in named.chunks(AT_ONCE) {
        let mut values = values![registry, muster];
        let names = among(&mut values, some.iter().copied());
        let sql = format!(
            "SELECT copy_id, listed, sighted_at FROM muster_line WHERE registry_id = $1 AND muster_id = $2 AND copy_id IN ({names})"
        );
        for row in conn.all(built(sql), values).await? {
            lines.push(Line {
                copy: row.id(0)?,
                listed: row.int(1)? == 1,
                sighted: row.opt_time(2)?.is_some(),
                // Whether it is at hand is the copy's own matter here.
                standing: Standing::Held,
            });
        }
    }
    Ok(lines)
}

/// The rules by which the copies of a muster are seen, each once.
async fn rules(
    conn: &mut Conn,
    registry: RegistryId,
    muster: MusterId,
) -> Result<Vec<AccessRule>, StoreError> {
    let rows = conn
        .all(
            "SELECT r.rule FROM access_class r WHERE r.registry_id = $1 AND r.class_no IN (SELECT n.class_no FROM muster_count n WHERE n.registry_id = $1 AND n.muster_id = $2 AND n.copies > 0)",
            values![registry, muster],
        )
        .await?;
    rows.iter().map(|row| parsed(&row.text(0)?)).collect()
}

/// A line of a muster with who saw the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The line.
    pub line: Line,
    /// When the copy was seen, by whom, and how many pages were counted.
    pub sighted: Option<(Timestamp, PersonId, Option<u32>)>,
    /// How it stands with the copy: as the muster was closed, or as it is now.
    pub outcome: Outcome,
    /// Under which class its document is seen.
    class: u32,
}

async fn all_lines(
    conn: &mut Conn,
    registry: RegistryId,
    muster: MusterId,
) -> Result<Vec<Counted>, StoreError> {
    lines_that(conn, registry, muster, "").await
}

/// Lines that fulfil a condition, in the order of the logs.
async fn lines_that(
    conn: &mut Conn,
    registry: RegistryId,
    muster: MusterId,
    narrow: &str,
) -> Result<Vec<Counted>, StoreError> {
    let sql = format!(
        "SELECT l.copy_id, l.listed, l.sighted_at, l.sighted_by, l.pages, c.standing, c.dispatch_id, c.certificate_id, d.class_no, l.outcome FROM muster_line l JOIN paper_copy c ON c.registry_id = l.registry_id AND c.copy_id = l.copy_id JOIN control n ON n.registry_id = c.registry_id AND n.document_id = c.document_id JOIN document d ON d.registry_id = c.registry_id AND d.document_id = c.document_id WHERE l.registry_id = $1 AND l.muster_id = $2{narrow} ORDER BY n.log, n.year, n.serial, c.number"
    );
    let rows = conn.all(built(sql), values![registry, muster]).await?;
    rows.iter().map(counted).collect()
}

fn counted(row: &Row) -> Result<Counted, StoreError> {
    let at = row.opt_time(2)?;
    let pages = row.opt_int(4)?.map(u32::try_from).transpose().map_err(StoreError::damaged)?;
    let line = Line {
        copy: row.id(0)?,
        listed: row.int(1)? == 1,
        sighted: at.is_some(),
        standing: super::standing(row, 5)?,
    };
    let sighted = match (at, row.opt_id(3)?) {
        (Some(at), Some(by)) => Some((at, by, pages)),
        _ => None,
    };
    let outcome = match row.opt_text(9)? {
        Some(kept) => word(&Outcome::ALL, Outcome::as_str, &kept)?,
        None => line.outcome(),
    };
    Ok(Counted { line, sighted, outcome, class: class(row, 8)? })
}

/// A muster as the staff sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct MusterView {
    /// The muster.
    pub muster: Muster,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When.
    pub opened_at: Timestamp,
    /// When the count ended and who ended it.
    pub closed: Option<(Timestamp, PersonId)>,
    /// What was said then.
    pub closing_words: Option<String>,
    /// Why it was given up.
    pub abandoned: Option<String>,
    /// Who signed, and when.
    pub signed: Vec<(PersonId, Timestamp)>,
    /// How it stands: as it was closed, or as it is now.
    pub tally: Tally,
}

const VIEW: &str = "muster_id, content, opened_by, opened_at, closed_at, closed_by, closing_words, abandoned, first_by, first_at, second_by, second_at, tally";

/// Musters of a registry of which the viewer sees every copy, the last first.
pub async fn musters(
    conn: &mut Conn,
    place: Place<'_>,
    open: Option<bool>,
    slice: Slice,
) -> Result<Part<MusterView>, StoreError> {
    let narrow = match open {
        Some(true) => "AND m.ended_at IS NULL",
        Some(false) => "AND m.ended_at IS NOT NULL",
        None => "",
    };
    let seen = place.scope.seen();
    let sql = format!(
        "SELECT m.muster_id, n.class_no FROM muster m LEFT JOIN muster_count n ON n.registry_id = m.registry_id AND n.muster_id = m.muster_id AND n.copies > 0 WHERE m.registry_id = $1 {narrow} ORDER BY m.year DESC, m.number DESC"
    );
    let mut found: Vec<(MusterId, bool)> = Vec::new();
    for row in conn.all(built(sql), values![place.registry]).await? {
        let (id, sees) = (row.id(0)?, class_of(&row, 1)?.is_none_or(|class| seen.contains(class)));
        match found.last_mut() {
            Some((last, all)) if *last == id => *all &= sees,
            _ => found.push((id, sees)),
        }
    }
    found.retain(|(_, sees)| *sees);
    let all = found.len();
    let mut rows = Vec::new();
    for (id, _) in slice.of(found) {
        rows.extend(muster(conn, place, id).await?);
    }
    Ok(Part { rows, all })
}

/// A muster of which the viewer sees every copy.
pub async fn muster(
    conn: &mut Conn,
    place: Place<'_>,
    id: MusterId,
) -> Result<Option<Visible<MusterView>>, StoreError> {
    let sql = format!("SELECT {VIEW} FROM muster WHERE registry_id = $1 AND muster_id = $2");
    match conn.one(built(sql), values![place.registry, id]).await? {
        Some(row) => view(conn, place, &row).await,
        None => Ok(None),
    }
}

/// The muster with a number of a year, of which the viewer sees every copy.
pub async fn muster_numbered(
    conn: &mut Conn,
    place: Place<'_>,
    number: (i16, u64),
) -> Result<Option<Visible<MusterView>>, StoreError> {
    match numbered(conn, place, ("muster", "muster_id"), number).await? {
        Some(id) => muster(conn, place, id).await,
        None => Ok(None),
    }
}

async fn view(
    conn: &mut Conn,
    place: Place<'_>,
    row: &Row,
) -> Result<Option<Visible<MusterView>>, StoreError> {
    let id = row.id(0)?;
    let Some(tally) = tally(conn, place, id).await? else { return Ok(None) };
    let mut signed = Vec::new();
    for column in [8, 10] {
        if let (Some(person), Some(at)) = (row.opt_id(column)?, row.opt_time(column + 1)?) {
            signed.push((person, at));
        }
    }
    let closed = match (row.opt_time(4)?, row.opt_id(5)?) {
        (Some(at), Some(by)) => Some((at, by)),
        _ => None,
    };
    let tally = match row.opt_text(12)? {
        Some(kept) => parsed(&kept)?,
        None => tally,
    };
    Ok(Some(Visible::new(MusterView {
        muster: parsed(&row.text(1)?)?,
        opened_by: row.id(2)?,
        opened_at: row.time(3)?,
        closed,
        closing_words: row.opt_text(6)?,
        abandoned: row.opt_text(7)?,
        signed,
        tally,
    })))
}

/// How a muster stands while it is counted; none where the viewer does not see every copy of it. Asked of its counts, of which
/// there are as many as classes and outcomes.
async fn tally(conn: &mut Conn, place: Place<'_>, id: MusterId) -> Result<Option<Tally>, StoreError> {
    let sql = "SELECT class_no, outcome, copies FROM muster_count WHERE registry_id = $1 AND muster_id = $2 AND copies > 0";
    let seen = place.scope.seen();
    let mut tally = Tally::default();
    for row in conn.all(sql, values![place.registry, id]).await? {
        if !seen.contains(class(&row, 0)?) && !leaks(Leak::Muster) {
            return Ok(None);
        }
        let outcome = word(&Outcome::ALL, Outcome::as_str, &row.text(1)?)?;
        tally.add(outcome, u32::try_from(row.number(2)?).map_err(StoreError::damaged)?);
    }
    Ok(Some(tally))
}

/// The lines of a muster that the viewer sees, in the order of the logs: of some outcomes, or all.
pub async fn lines(
    conn: &mut Conn,
    place: Place<'_>,
    id: MusterId,
    outcomes: &[Outcome],
    slice: Slice,
) -> Result<Part<Counted>, StoreError> {
    let seen = place.scope.seen();
    // Of what was not sighted the rest is not read.
    let sighted = |outcome: &Outcome| matches!(outcome, Outcome::Sighted | Outcome::Surplus);
    let waits = !outcomes.is_empty() && !outcomes.iter().any(sighted);
    let narrow = if waits { " AND l.sighted_at IS NULL" } else { "" };
    let found: Vec<Counted> = lines_that(conn, place.registry, id, narrow)
        .await?
        .into_iter()
        .filter(|counted| seen.contains(counted.class))
        .filter(|counted| outcomes.is_empty() || outcomes.contains(&counted.outcome))
        .collect();
    let all = found.len();
    Ok(Part { rows: slice.of(found).into_iter().map(Visible::new).collect(), all })
}

/// That a copy was seen in a muster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighted {
    /// Whether it is on the frozen list.
    pub listed: bool,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// How many pages were counted.
    pub pages: Option<u32>,
}

/// Who saw a copy in a muster. The caller has the copy and the muster before him, each seen.
pub async fn sighted(
    conn: &mut Conn,
    place: Place<'_>,
    id: MusterId,
    copy: CopyId,
) -> Result<Option<Visible<Sighted>>, StoreError> {
    let row = conn
        .one(
            "SELECT listed, sighted_at, sighted_by, pages FROM muster_line WHERE registry_id = $1 AND muster_id = $2 AND copy_id = $3",
            values![place.registry, id, copy],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (Some(at), Some(by)) = (row.opt_time(1)?, row.opt_id(2)?) else { return Ok(None) };
    let pages = row.opt_int(3)?.map(u32::try_from).transpose().map_err(StoreError::damaged)?;
    Ok(Some(Visible::new(Sighted { listed: row.int(0)? == 1, at, by, pages })))
}
