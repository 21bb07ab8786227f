//! Numbers of series as the register tables hold them: as much of a series' state as a decision needs, and all of it for
//! the continuity report.

use registry::{
    DocumentId, PersonId, RegistryId, Timestamp,
    numbering::{NumberNeeds, Wanted},
    series::allot::{Counter, NumberFact, SeriesState},
};

use crate::{
    classes::Rules,
    documents::{self, Place},
    error::StoreError,
    planted::{Leak, leaks},
    sql::{Conn, Row},
    values,
    visible::{EntryView, Visible},
};

const NUMBER: &str = "series, counter, number, standing, holder, reference, words, actor, time";

/// What became of one number.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberRow {
    /// As the series' state takes it in.
    pub fact: NumberFact,
    /// The reference that it makes.
    pub reference: String,
    /// Who did it last.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

fn counter_of(text: &str) -> Result<Counter, StoreError> {
    serde_json::from_str(text).map_err(StoreError::damaged)
}

fn number_of(row: &Row) -> Result<NumberRow, StoreError> {
    let (series, counter, number) = (row.text(0)?, counter_of(&row.text(1)?)?, row.number(2)?);
    let holder = row.opt_text(4)?.unwrap_or_default();
    let words = row.opt_text(6)?.unwrap_or_default();
    let fact = match row.text(3)?.as_str() {
        "allotted" => NumberFact::Allotted { series, counter, number, holder },
        "reserved" => NumberFact::Reserved { series, counter, number, holder, purpose: words },
        "void" => NumberFact::Void { series, counter, number, reason: words },
        other => return Err(StoreError::damaged(format!("number {other}"))),
    };
    Ok(NumberRow { fact, reference: row.text(5)?, by: row.id(7)?, at: row.time(8)? })
}

/// Loads what a decision needs: of a count its bounds, its last number and the one that is asked about, or the number
/// that a reservation holds. A count may have a hundred thousand numbers; none of the others bears on the decision.
pub async fn needs(
    conn: &mut Conn,
    registry: RegistryId,
    wanted: &Wanted,
) -> Result<NumberNeeds, StoreError> {
    let mut needs = NumberNeeds::default();
    match wanted {
        Wanted::Count { series, counter, number } => {
            let last = bounds(conn, registry, series, Some(counter), &mut needs.state).await?;
            for number in last.into_iter().chain(*number) {
                let row = conn
                    .one(
                        crate::sql::built(format!(
                            "SELECT {NUMBER} FROM series_number WHERE registry_id = $1 AND series = $2 AND counter = $3 AND number = $4"
                        )),
                        values![registry, series, counter.canonical(), number],
                    )
                    .await?;
                if let Some(row) = row {
                    needs.state.apply(&number_of(&row)?.fact);
                }
            }
        }
        Wanted::Held(reservation) => {
            let row = conn
                .one(
                    crate::sql::built(format!(
                        "SELECT {NUMBER} FROM series_number WHERE registry_id = $1 AND holder = $2"
                    )),
                    values![registry, reservation.to_string()],
                )
                .await?;
            if let Some(row) = row {
                let found = number_of(&row)?;
                needs.state.apply(&found.fact);
                needs.kept = Some((row.text(0)?, found.reference));
            }
        }
        Wanted::Counts { series } => {
            bounds(conn, registry, series, None, &mut needs.state).await?;
        }
    }
    Ok(needs)
}

/// The bounds of the counts of a series, or of one; the last number of that.
async fn bounds(
    conn: &mut Conn,
    registry: RegistryId,
    series: &str,
    only: Option<&Counter>,
    state: &mut SeriesState,
) -> Result<Option<u64>, StoreError> {
    let rows = match only {
        Some(counter) => {
            conn.all(
                "SELECT counter, first_number, last_number, closed FROM series_count WHERE registry_id = $1 AND series = $2 AND counter = $3",
                values![registry, series, counter.canonical()],
            )
            .await?
        }
        None => {
            conn.all(
                "SELECT counter, first_number, last_number, closed FROM series_count WHERE registry_id = $1 AND series = $2 ORDER BY counter",
                values![registry, series],
            )
            .await?
        }
    };
    let mut last = None;
    for row in rows {
        let counter = counter_of(&row.text(0)?)?;
        let series = series.to_owned();
        state.touch(&counter);
        if let Some(first) = number(&row, 1)? {
            state.apply(&NumberFact::Opened { series: series.clone(), counter: counter.clone(), first });
        }
        if row.int(3)? != 0 {
            state.apply(&NumberFact::Closed { series, counter });
        }
        last = number(&row, 2)?;
    }
    Ok(last)
}

fn number(row: &Row, column: usize) -> Result<Option<u64>, StoreError> {
    row.opt_int(column)?.map(u64::try_from).transpose().map_err(StoreError::damaged)
}

/// All that became of the numbers of a series in a registry, in the order of counts and numbers.
pub async fn state(
    conn: &mut Conn,
    registry: RegistryId,
    series: &str,
) -> Result<(SeriesState, Vec<NumberRow>), StoreError> {
    let mut state = SeriesState::default();
    bounds(conn, registry, series, None, &mut state).await?;
    let rows = conn
        .all(
            crate::sql::built(format!(
                "SELECT {NUMBER} FROM series_number WHERE registry_id = $1 AND series = $2 ORDER BY counter, number"
            )),
            values![registry, series],
        )
        .await?;
    let rows: Vec<NumberRow> = rows.iter().map(number_of).collect::<Result<_, _>>()?;
    for row in &rows {
        state.apply(&row.fact);
    }
    Ok((state, rows))
}

/// The series of which numbers were given, in whatever registry.
pub(crate) async fn used(conn: &mut Conn) -> Result<std::collections::BTreeSet<String>, StoreError> {
    let rows = conn.all("SELECT DISTINCT series FROM series_count", Vec::new()).await?;
    rows.iter().map(|row| Ok(row.text(0)?)).collect()
}

/// The numbers of a series that are kept in a registry.
pub async fn kept(conn: &mut Conn, registry: RegistryId, series: &str) -> Result<Vec<NumberRow>, StoreError> {
    let rows = conn
        .all(
            crate::sql::built(format!(
                "SELECT {NUMBER} FROM series_number WHERE registry_id = $1 AND series = $2 AND standing = 'reserved' ORDER BY counter, number"
            )),
            values![registry, series],
        )
        .await?;
    rows.iter().map(number_of).collect()
}

/// A reference of a series that stands on a paper.
#[derive(Debug, Clone)]
pub struct Borne {
    /// Its count.
    pub counter: Counter,
    /// Its number.
    pub number: u64,
    /// Its key.
    pub key: String,
    /// True when it is neither a revision nor an addendum or the like.
    pub bare: bool,
    /// As written.
    pub reference: String,
    /// The paper; none: it is not the viewer's to know.
    pub paper: Option<Visible<EntryView>>,
}

/// References of a series that stand on papers of a registry. Of papers that the viewer may not read only those with a
/// number that was given here are told of, without the paper: that the number is used, the shared series tells anyway.
pub async fn borne(
    conn: &mut Conn,
    place: Place<'_>,
    rules: &Rules,
    series: &str,
) -> Result<Vec<Borne>, StoreError> {
    let place = Place { rules, ..place };
    let rows = conn
        .all(
            "SELECT r.document_id, d.class_no, r.of_counter, r.of_number, r.reference_key, r.family_key, r.reference, n.standing FROM document_reference r JOIN document d ON d.registry_id = r.registry_id AND d.document_id = r.document_id LEFT JOIN series_number n ON n.registry_id = r.registry_id AND n.series = r.of_series AND n.counter = r.of_counter AND n.number = r.of_number WHERE r.registry_id = $1 AND r.of_series = $2 ORDER BY r.of_counter NULLS LAST, r.of_number NULLS LAST, r.document_id",
            values![place.registry, series],
        )
        .await?;
    let mut wanted: Vec<DocumentId> = Vec::new();
    let mut found = Vec::new();
    for row in rows {
        let document: DocumentId = row.id(0)?;
        let class = u32::try_from(row.number(1)?).map_err(StoreError::damaged)?;
        let reads = place.scope.read.contains(class);
        if reads {
            wanted.push(document);
        } else if row.opt_text(7)?.as_deref() != Some("allotted") && !leaks(Leak::Numbers) {
            continue;
        }
        let key = row.text(4)?;
        let bare = key == row.text(5)?;
        let reference = row.text(6)?;
        found.push((
            reads.then_some(document),
            Borne {
                counter: counter_of(&row.text(2)?)?,
                number: row.number(3)?,
                key,
                bare,
                reference,
                paper: None,
            },
        ));
    }
    wanted.sort();
    wanted.dedup();
    let entries: std::collections::HashMap<DocumentId, Visible<EntryView>> =
        documents::by_ids(conn, place, &wanted).await?.into_iter().map(|e| (e.document, e)).collect();
    Ok(found
        .into_iter()
        .map(|(document, borne)| Borne { paper: document.and_then(|id| entries.get(&id).cloned()), ..borne })
        .collect())
}
