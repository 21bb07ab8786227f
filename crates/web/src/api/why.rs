//! Why somebody may read a document, or why not; and whose certificates and briefings end soon.

use axum::{Json as Out, extract::State};
use registry::{DocumentId, PersonId, validity::Band};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Named, Parameters, form, limit},
        view,
    },
    app::App,
    pages::{ending::band_name, why::told},
    signed::{Asked, Token},
};

/// For whom it is asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhyAsked {
    person: Option<PersonId>,
}

/// Each test of the decision whether one may read a document: for oneself, and for others where one controls its
/// registry.
pub async fn why(
    State(app): State<App>,
    token: Token,
    asked: Asked,
    Named(document): Named<DocumentId>,
    Parameters(of): Parameters<WhyAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let why = reading.why(document, of.person).await?;
    let say = asked.voice(&app);
    let tests: Vec<Value> = why
        .tests
        .iter()
        .map(|test| {
            let told = told(say, &reading, &why, test);
            json!({
                "test": told.name,
                "passed": told.passed,
                "what": told.what,
                "found": told.found,
                "needed": told.needed,
            })
        })
        .collect();
    Ok(Out(json!({
        "id": document,
        "person": why.person.id,
        "name": why.person.name,
        "today": reading.today(),
        "reads": why.reads(),
        "tests": tests,
    })))
}

/// Which part of the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndingsAsked {
    within: Option<std::num::NonZeroU16>,
    after: Option<String>,
    limit: Option<usize>,
}

/// Whose certificates and briefings end soon or have ended, the nearest first, page by page: for security officers.
pub async fn endings(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<EndingsAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let mut all = reading.warnings().await?;
    if let Some(within) = asked.within {
        all.retain(|(warning, _)| warning.days <= i32::from(within.get()));
    }
    let limit = limit(asked.limit)?;
    let wrong = || form("after", "not a place of this list");
    let begin = match &asked.after {
        None => 0,
        Some(text) => {
            let last = text.parse().map_err(|_| wrong())?;
            all.iter().position(|(w, _)| w.authorisation == last).ok_or_else(wrong)? + 1
        }
    };
    let page: Vec<_> = all.iter().skip(begin).take(limit).collect();
    let next =
        page.last().filter(|_| begin + page.len() < all.len()).map(|(w, _)| w.authorisation.to_string());
    let rows: Vec<Value> = page
        .iter()
        .map(|(warning, person)| {
            json!({
                "authorisation": warning.authorisation,
                "person": view::person(person, &reading.house),
                "grant": view::grant(&warning.grant, &reading.house),
                "ending": warning.ending.as_str(),
                "last_day": warning.last,
                "days": warning.days,
                "ended": warning.band == Band::Ended,
                "band": band_name(warning.band),
                "extended": warning.extended,
            })
        })
        .collect();
    Ok(Out(json!({"total": all.len(), "endings": rows, "next": next})))
}
