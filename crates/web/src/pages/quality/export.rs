//! The quality report as a file for other programs: a row for each part, a column for each rule.

use axum::{extract::Query, response::Response};
use office::quality::{breaks, completeness, profile};
use registry::quality::Matters;

use super::{Asking, chosen, name, percent, sorted};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    pages::visit::Visit,
};

/// The report as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "quality"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "quality").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let (_, registry) = chosen(&mut reading, asking).await?;
    let (profile, by) = (profile()?, asking.by());
    let figures = sorted(say, profile, asking, reading.quality(registry, by).await?);
    let lines = figures.iter().map(|f| {
        let sums = [Matters::Required, Matters::Wanted, Matters::Advice];
        let sums = sums.map(|m| breaks(profile, &f.counts, m).to_string());
        let first = [
            name(say, f, by),
            f.counts.documents.to_string(),
            percent(say, completeness(profile, &f.counts)),
        ];
        Line::plain(first.into_iter().chain(sums).chain(f.counts.broken.iter().map(u64::to_string)))
    });
    let lines = Some(lines.collect());
    let heads = [
        (say.t(&format!("quality-by-{}", by.as_str())), 40.0),
        (say.t("quality-documents"), 12.0),
        (say.t("quality-complete"), 14.0),
        (say.t("quality-required"), 12.0),
        (say.t("quality-wanted"), 12.0),
        (say.t("quality-advice"), 12.0),
    ];
    let each = profile.rules.iter().map(|rule| (rule.said(say.language().tag()).says.clone(), 24.0));
    let (heads, language) = (heads.into_iter().chain(each).collect(), say.language());
    Ok(Ready { reading, texts: app.texts.clone(), language, heads, lines })
}
