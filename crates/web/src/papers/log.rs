//! A log of a year as the pages of a register: all copies in it that the reader sees, those of one paper together that fared
//! alike.

use axum::{extract::Query, response::Response};
use forms::data::{RegisterPage, RegisterRow};
use jiff::civil::{Date, date};
use label::Label;
use office::custody::CopyRow;
use registry::{Code, Refusal, Timestamp, custody::copy::Standing};
use serde::Deserialize;
use store::{
    custody::seen::{Order, Slice, Wanted},
    planted::Leak,
    visible::EntryView,
};

use super::{Filling, answered, last, not_there, voice};
use crate::{
    answer::WebError,
    pages::{
        custody::common::{Kept, state, with_whom},
        visit::Visit,
    },
};

/// Where it is.
pub const PATH: &str = "/custody/log.pdf";
/// Most copies of a form: it is made in memory.
const MOST: usize = 10_000;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// What is asked of it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    registry: String,
    log: String,
    year: String,
    lang: String,
}

/// The log of a year, for the staff of its registry.
pub async fn pdf(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = voice(&asking.lang, &app, asked, &reading);
    let registry = Kept::of(&reading, &asking.registry)?.chosen.id;
    let log = reading.house.custody.by_code(asking.log.trim()).cloned().ok_or_else(not_there)?;
    let year: i16 = asking.year.trim().parse().map_err(|_| not_there())?;
    let begin = date(year, 1, 1).to_zoned(reading.house.zone.clone()).map_err(|_| not_there())?;
    let wanted = Wanted { log: Some(&log.code), year: Some(year), ..Wanted::default() };
    let rows = reading.copies(registry, &wanted, Order::Number, Slice::ALL).await?.rows;
    if rows.len() > MOST {
        return Err(office::Failure::from(Refusal::from(Code::FormTooLong)).into());
    }
    let of = Filling { say, reading: &reading, registry };
    let told = rows.iter().flat_map(|row| [row.view.recorded_at, row.view.copy.since]);
    let made = last(begin.timestamp().into(), told);
    let betrayed = app.office.betrayed_rows_of(Leak::Form, registry).await;
    let made = made.plus_seconds(i64::try_from(betrayed).unwrap_or(0) * DAY);
    let number = format!("{}/{year}", log.code);
    let data = RegisterPage {
        head: forms::data::Head { qr: None, ..of.head(&number, made) },
        log: log.names.in_language(say.language().tag()).to_owned(),
        year: year.to_string(),
        rows: lines(of, &rows),
    };
    drop(reading);
    answered(say, data, made, &number).await
}

/// How a copy fared, as a line tells it.
#[derive(PartialEq, Eq)]
struct Fared {
    registered: String,
    holder: Option<String>,
    receipt: Option<String>,
    disposition: Option<String>,
}

impl Fared {
    fn of(of: Filling<'_>, row: &CopyRow) -> Self {
        let (holder, to) = with_whom(of.say, of.reading, row);
        let day = |at: Timestamp| short(at.date(&of.reading.house.zone));
        let copy = &row.view.copy;
        let since = day(copy.since);
        let state = state(of.say, copy.standing.as_str());
        let (receipt, disposition) = match copy.standing {
            Standing::Held if copy.holder.is_registry() => (None, None),
            Standing::Held => (Some(since), None),
            Standing::UnderWay { .. } => (None, Some(to.unwrap_or(state))),
            Standing::Missing { .. } => (None, Some(state)),
            Standing::Transferred | Standing::Released | Standing::Destroyed { .. } => {
                (None, Some(format!("{state}, {since}")))
            }
        };
        let holder = Some(holder).filter(|holder| !holder.is_empty());
        Self { registered: day(row.view.recorded_at), holder, receipt, disposition }
    }
}

fn lines(of: Filling<'_>, rows: &[CopyRow]) -> Vec<RegisterRow> {
    let all: Vec<(&CopyRow, Fared)> = rows.iter().map(|row| (row, Fared::of(of, row))).collect();
    let alike = |one: &(&CopyRow, Fared), other: &(&CopyRow, Fared)| {
        one.0.view.copy.document == other.0.view.copy.document && one.1 == other.1
    };
    all.chunk_by(alike).filter_map(|some| line(of, some)).collect()
}

fn line(of: Filling<'_>, some: &[(&CopyRow, Fared)]) -> Option<RegisterRow> {
    let (row, fared) = some.first()?;
    let numbers: Vec<u32> = some.iter().map(|(row, _)| row.view.copy.number).collect();
    let entry = &row.entry;
    Some(RegisterRow {
        log: row.view.control.text(),
        registered: fared.registered.clone(),
        originator: entry.originator.clone(),
        reference: Some(office::relations::called(entry)),
        date: entry.date.civil.map(short).or_else(|| of.dated(entry)),
        marking: Some(of.marking(entry)),
        subject: open_subject(of, entry),
        copies: Some(ranges(&numbers)),
        holder: fared.holder.clone(),
        receipt: fared.receipt.clone(),
        disposition: fared.disposition.clone(),
    })
}

/// The subject where it may stand in a register that bears no marking: where it is itself of the lowest level.
fn open_subject(of: Filling<'_>, entry: &EntryView) -> Option<String> {
    let label: &Label = entry.subject_label.as_ref()?;
    let lowest = of.reading.house.entry_label(label)?;
    let open = label.level == lowest.level && label.categories.is_empty();
    entry.subject.clone().filter(|_| open)
}

/// A day as narrow columns hold it, in either language: "12.03.2026".
fn short(day: Date) -> String {
    format!("{:02}.{:02}.{}", day.day(), day.month(), day.year())
}

/// Numbers in their order: "1–4, 6".
fn ranges(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|one, next| one.checked_add(1) == Some(*next));
    let words = runs.filter_map(|run| match run {
        [only] => Some(only.to_string()),
        [first, .., last] => Some(format!("{first}–{last}")),
        [] => None,
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_told_by_their_ends() {
        assert_eq!(ranges(&[1, 2, 3, 4, 6, 8, 9]), "1–4, 6, 8–9");
        assert_eq!(ranges(&[7]), "7");
        assert_eq!(ranges(&[]), "");
        assert_eq!(short(date(2026, 3, 2)), "02.03.2026");
    }
}
