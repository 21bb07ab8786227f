//! Numbers of series in the register tables: each with what became of it, and of each count the last.

use registry::{
    Timestamp,
    series::allot::{Counter, NumberFact},
};

use super::At;
use crate::{error::StoreError, sql::Value, transaction::Write, values};

/// Takes in what became of a number, or of a count.
pub(super) async fn apply(
    write: &mut Write,
    at: &At,
    fact: &NumberFact,
    reference: &str,
) -> Result<(), StoreError> {
    match fact {
        NumberFact::Opened { series, counter, first } => {
            count(write, at, series, counter, ("first_number", Value::from(*first))).await
        }
        NumberFact::Closed { series, counter } => {
            count(write, at, series, counter, ("closed", Value::from(1_i64))).await
        }
        NumberFact::Allotted { series, counter, number, holder } => {
            let became = Became { standing: "allotted", holder: Some(holder), words: None, reference };
            number_is(write, at, series, counter, *number, became).await
        }
        NumberFact::Reserved { series, counter, number, holder, purpose } => {
            let became =
                Became { standing: "reserved", holder: Some(holder), words: Some(purpose), reference };
            number_is(write, at, series, counter, *number, became).await
        }
        NumberFact::Void { series, counter, number, reason } => {
            let became = Became { standing: "void", holder: None, words: Some(reason), reference };
            number_is(write, at, series, counter, *number, became).await
        }
    }
}

/// Sets one column of a count, which is there afterwards in any case.
async fn count(
    write: &mut Write,
    at: &At,
    series: &str,
    counter: &Counter,
    (column, value): (&'static str, Value),
) -> Result<(), StoreError> {
    let conn = write.conn().await?;
    conn.execute(
        "INSERT INTO series_count (registry_id, series, counter, closed) VALUES ($1, $2, $3, 0) ON CONFLICT (registry_id, series, counter) DO NOTHING",
        values![at.registry, series, counter.canonical()],
    )
    .await?;
    let sql = match column {
        "closed" => {
            "UPDATE series_count SET closed = $4 WHERE registry_id = $1 AND series = $2 AND counter = $3"
        }
        "first_number" => {
            "UPDATE series_count SET first_number = $4 WHERE registry_id = $1 AND series = $2 AND counter = $3"
        }
        _ => {
            "UPDATE series_count SET last_number = $4 WHERE registry_id = $1 AND series = $2 AND counter = $3 AND (last_number IS NULL OR last_number < $4)"
        }
    };
    let mut values = values![at.registry, series, counter.canonical()];
    values.push(value);
    conn.execute(sql, values).await?;
    Ok(())
}

struct Became<'a> {
    standing: &'static str,
    holder: Option<&'a String>,
    words: Option<&'a String>,
    reference: &'a str,
}

async fn number_is(
    write: &mut Write,
    at: &At,
    series: &str,
    counter: &Counter,
    number: u64,
    became: Became<'_>,
) -> Result<(), StoreError> {
    let time: Timestamp = at.time;
    write
        .conn()
        .await?
        .execute(
            "INSERT INTO series_number (registry_id, series, counter, number, standing, holder, reference, words, actor, time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (registry_id, series, counter, number) DO UPDATE SET standing = excluded.standing, holder = excluded.holder, reference = excluded.reference, words = excluded.words, actor = excluded.actor, time = excluded.time",
            values![
                at.registry,
                series,
                counter.canonical(),
                number,
                became.standing,
                became.holder.cloned(),
                became.reference,
                became.words.cloned(),
                at.actor,
                time
            ],
        )
        .await?;
    count(write, at, series, counter, ("last_number", Value::from(number))).await
}
