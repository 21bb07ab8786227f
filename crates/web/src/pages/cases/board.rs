//! The cases of a procedure that run, as a board: a column a stage, in each the first due first.

use axum::{extract::Path, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    cases::{Asked, CaseRow},
    texts::Voice,
};
use registry::Code;

use super::{PATH, address, due, marking, named, with_whom};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Crumb, Section, crumbs, heading, reference},
    pages::visit::Visit,
};

/// The most cards of a board; the list has them all.
const MOST: u64 = 300;

/// The page.
pub async fn board(visit: Visit, Path(procedure): Path<String>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let house = reading.house.clone();
    let definition = house.procedures().get(&procedure).ok_or_else(|| WebError::page(Code::NotFound))?;
    let wanted = Asked { procedure: Some(procedure), ended: Some(false), limit: MOST, ..Asked::default() };
    let found = reading.cases(&wanted).await?;
    let list = format!("{PATH}?procedure={}", frame::escaped(&definition.code));
    let title = named(say, &definition.names);
    let body = html! {
        (crumbs(say, &[Crumb { label: &say.t("rail-cases"), href: PATH }, Crumb { label: title, href: &list }]))
        (heading(title, &html! { p { (say.t("cases-board-text")) } p { a href=(list) { (say.t("cases-as-list")) } } }))
        @if found.all > MOST { p.notice { (say.tr("cases-board-most", &[("n", MOST.into()), ("all", found.all.into())])) } }
        div.board tabindex="0" role="region" aria-label=(title) {
            @for stage in definition.stages.iter().filter(|stage| stage.end.is_none()) {
                @let cards: Vec<&CaseRow> = found.rows.iter().filter(|row| row.case.stage == stage.code).collect();
                section aria-labelledby={ "stage-" (stage.code) } {
                    h2 id={ "stage-" (stage.code) } { (named(say, &stage.names)) " " span.n { (say.integer(i64::try_from(cards.len()).unwrap_or(0))) } }
                    @if cards.is_empty() { p.quiet { (say.t("cases-board-none")) } }
                    ul { @for row in cards { li { (card(say, &reading, row)) } } }
                }
            }
        }
    };
    let sheet = Sheet {
        shown: found.rows.iter().map(|row| &row.case.label).collect(),
        ..Sheet::plain(title, &path, Some(Section::Cases), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn card(say: Voice<'_>, reading: &Reading, row: &CaseRow) -> Markup {
    html! {
        div.card {
            div.row { (reference(&row.case.number)) (marking(say, reading, row)) }
            p { a.lead href=(address(&row.case.number)) { (row.case.called()) } }
            div.quiet { (with_whom(say, row)) }
            div { (due(say, reading, row)) }
        }
    }
}
