//! Figures of cases for programs: those of the page, of what the caller sees.

use axum::{Json as Out, extract::State};
use jiff::civil::Date;
use office::cases::figures::{Age, Counts, FiguresAsked, MOST_DAYS};
use registry::{Code, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{Problem, request::Parameters},
    app::App,
    signed::Token,
};

/// Which figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    from: Option<String>,
    until: Option<String>,
    unit: Option<String>,
    procedure: Option<String>,
}

fn day(field: &'static str, text: Option<&str>, else_: Date) -> Result<Date, Refusal> {
    let Some(text) = text else { return Ok(else_) };
    text.parse().map_err(|_| Refusal::on(field, Code::ImpossibleDate).with("date", text))
}

fn told(counts: &Counts) -> Value {
    let late: serde_json::Map<String, Value> =
        Age::ALL.iter().zip(counts.late).map(|(age, count)| (age.text().to_owned(), count.into())).collect();
    json!({
        "opened": counts.opened,
        "ended": counts.ended,
        "running": counts.running,
        "open_tasks": counts.open,
        "late_tasks": late,
        "done_tasks": counts.done,
        "on_time_at_first": counts.first,
        "on_time_as_approved": counts.approved,
        "more_time_asked": counts.asked,
        "more_time_granted": counts.granted,
        "working_days": counts.took.map(|(median, ninety)| json!({"median": median, "ninety": ninety})),
    })
}

/// Figures of a stretch of days: the month of today, when nothing is said.
pub async fn figures(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<Asked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let today = reading.today();
    let from = day("from", asked.from.as_deref(), today.first_of_month())?;
    let until = day("until", asked.until.as_deref(), today.max(from))?;
    let days = until.duration_since(from).as_hours() / 24;
    if until < from || days > i64::from(MOST_DAYS) {
        return Err(Refusal::on("until", Code::NotOffered).with("value", until.to_string()).into());
    }
    let organisation = reading.organisation().await?;
    let unit = match asked.unit.as_deref() {
        None => None,
        Some(code) => {
            let found = organisation.unit_by_code(code).map(|unit| unit.id);
            Some(found.ok_or_else(|| Refusal::on("unit", Code::NotOffered).with("value", code))?)
        }
    };
    let wanted = FiguresAsked { unit, procedure: asked.procedure, from, until };
    let made = reading.case_figures(&wanted).await?;
    let procedures =
        made.procedures.iter().map(|(code, counts)| json!({"procedure": code, "figures": told(counts)}));
    let units = made.units.iter().map(|(unit, counts)| json!({"unit": unit.code, "figures": told(counts)}));
    let loads = made.loads.iter().map(|load| {
        json!({"is": load.who.doer.to_string(), "post": load.who.code, "open": load.open, "late": load.late})
    });
    let weeks = made
        .weeks
        .iter()
        .map(|week| json!({"monday": week.monday, "opened": week.opened, "ended": week.ended}));
    Ok(Out(json!({
        "from": from,
        "until": until,
        "all": told(&made.all),
        "procedures": procedures.collect::<Vec<_>>(),
        "units": units.collect::<Vec<_>>(),
        "loads": loads.collect::<Vec<_>>(),
        "weeks": weeks.collect::<Vec<_>>(),
    })))
}
