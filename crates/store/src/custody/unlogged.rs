//! Papers of accountable marking that stand in no log: working papers, which may do so for a time, and others. A paper is in a
//! log from its first copy on.

use jiff::civil::Date;
use registry::{AccessRule, DocumentId, HOUSE, house::House};

use super::{
    cut::Cut,
    day,
    seen::{Part, Seat},
};
use crate::{
    apply::day_number,
    classes::rule,
    documents::Place,
    error::StoreError,
    sql::{Conn, Value, among, built},
    values,
    visible::Visible,
};

/// The kind of working papers.
pub const WORKING: &str = "working-paper";
/// Since when a paper is: its date, or the day on which it was registered.
const SINCE: &str = "CASE WHEN d.date_civil IS NULL THEN d.registered_at / 86400000000 ELSE d.day END";

/// Which of them are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Working papers.
    Working,
    /// Working papers that may still stand in no log.
    Due,
    /// Working papers that have done so for too long.
    Overdue,
    /// Papers of another kind.
    Others,
}

/// A paper that stands in no log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlogged {
    /// Which.
    pub document: DocumentId,
    /// Since when it is.
    pub since: Date,
    /// The day after which it must be in a log; none: it must be today.
    pub until: Option<Date>,
}

/// The classes of accountable papers that the viewer sees, by how many days a working paper of them may stand in no log.
fn classes(place: &Place<'_>, house: &House) -> Vec<(u16, Vec<u32>)> {
    let mut by_days: Vec<(u16, Vec<u32>)> = Vec::new();
    for class in place.scope.seen() {
        let label =
            rule(place.rules, class).and_then(|rule: &std::sync::Arc<AccessRule>| rule.content.as_ref());
        let Some(label) = label.filter(|label| house.policies.is_accountable(label)) else { continue };
        let days = house.custody.working_paper_days(label, &house.policies);
        match by_days.iter_mut().find(|(known, _)| *known == days) {
            Some((_, all)) => all.push(class),
            None => by_days.push((days, vec![class])),
        }
    }
    by_days
}

/// The papers of one number of days, as a condition and with their end.
fn of_days(which: Which, (days, classes): &(u16, Vec<u32>), today: Date, values: &mut Vec<Value>) -> String {
    let names = among(values, classes.iter().copied());
    values.push(i64::from(*days).into());
    let days_at = values.len();
    values.push(WORKING.into());
    let kind = values.len();
    let mut narrow = format!("d.kind {} ${kind}", if which == Which::Others { "<>" } else { "=" });
    if let Which::Due | Which::Overdue = which {
        values.push((day_number(today) - i64::from(*days)).into());
        let sign = if which == Which::Due { ">=" } else { "<" };
        narrow.push_str(&format!(" AND {SINCE} {sign} ${}", values.len()));
    }
    format!(
        "SELECT d.document_id AS document_id, CAST({SINCE} AS BIGINT) AS since, CAST(${days_at} AS BIGINT) AS days FROM document d WHERE d.registry_id = $1 AND d.class_no IN ({names}) AND {narrow} AND NOT EXISTS (SELECT 1 FROM control n WHERE n.registry_id = $1 AND n.document_id = d.document_id)"
    )
}

/// Papers of a registry in no log that the viewer sees, the oldest first.
pub async fn unlogged(
    conn: &mut Conn,
    place: Place<'_>,
    (house, today): (&House, Date),
    which: Which,
    cut: impl Into<Cut>,
) -> Result<Part<Unlogged>, StoreError> {
    let cut = cut.into();
    let by_days = classes(&place, house);
    if by_days.is_empty() || place.registry == HOUSE {
        return Ok(Part { rows: Vec::new(), all: 0 });
    }
    let mut values = values![place.registry];
    let parts: Vec<String> = by_days.iter().map(|one| of_days(which, one, today, &mut values)).collect();
    let union = parts.join(" UNION ALL ");
    let count = conn.one(built(format!("SELECT COUNT(*) FROM ({union}) u")), values.clone()).await?;
    let all = count.map(|row| row.number(0)).transpose()?.unwrap_or(0);
    let all = usize::try_from(all).map_err(StoreError::damaged)?;
    let (from, most, backwards) = match &cut {
        Cut::Slice(slice) => (slice.from, slice.most, slice.backwards),
        Cut::After { most, backwards, .. } => (0, *most, *backwards),
    };
    let mut beyond = String::new();
    if let Cut::After { seat, .. } = &cut {
        let Seat::Paper(since, document) = seat else { return Ok(Part { rows: Vec::new(), all }) };
        values.push(day_number(*since).into());
        values.push((*document).into());
        let sign = if backwards { '<' } else { '>' };
        beyond = format!(" WHERE (u.since, u.document_id) {sign} (${}, ${})", values.len() - 1, values.len());
    }
    let order = if backwards { "u.since DESC, u.document_id DESC" } else { "u.since, u.document_id" };
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    values.push(number(most).into());
    values.push(number(from).into());
    let sql = format!(
        "SELECT u.document_id, u.since, u.days FROM ({union}) u{beyond} ORDER BY {order} LIMIT ${} OFFSET ${}",
        values.len() - 1,
        values.len()
    );
    let mut rows = Vec::new();
    for row in conn.all(built(sql), values).await? {
        let since = row.int(1)?;
        rows.push(Visible::new(Unlogged {
            document: row.id(0)?,
            since: day(since)?,
            until: if which == Which::Others { None } else { Some(day(since + row.int(2)?)?) },
        }));
    }
    Ok(Part { rows, all })
}
