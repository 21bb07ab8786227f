//! The list for an emergency: what is carried away or destroyed first, place by place. To be printed and laid where it is found
//! when the system is not.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    custody::emergency::{EmergencyLine, EmergencyPlace},
    texts::Voice,
};

use super::{
    common::{Kept, Part, holder, ways},
    lists::{Asking, Shown, few},
};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    frame::{self, Sheet},
    look::{Button, Cell, Section, Tone, chip, heading_with_acts},
    pages::visit::Visit,
};

/// The columns of a file with their widths.
const HEADS: [(&str, f64); 5] = [
    ("emergency-priority", 10.0),
    ("emergency-place", 40.0),
    ("emergency-holder", 32.0),
    ("emergency-log", 40.0),
    ("emergency-copies", 10.0),
];

/// The list.
pub async fn list(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let places = reading.emergency_list(kept.chosen.id).await?;
    let title = say.t("emergency-title");
    let file = |ending: &str| kept.address(&format!("{}.{ending}", Part::Emergency.path()));
    let (values, workbook) = (file("csv"), file("xlsx"));
    let (form, pdf) = (kept.address(&format!("{}/list.pdf", Part::Emergency.path())), say.t("paper-pdf"));
    let acts = [
        Button::plain(&pdf).to(&form),
        Button::plain("CSV").to(&values),
        Button::plain("XLSX").to(&workbook),
    ];
    let beneath = html! { p { (kept.name(say)) } p.quiet { (say.t("emergency-text")) } };
    let rows: Vec<Shown> = places.iter().map(|place| row(say, &reading, place)).collect();
    let body = html! {
        (heading_with_acts(&title, &beneath, if rows.is_empty() { &[] } else { &acts }))
        (ways(say, &kept, Part::Emergency))
        @if rows.is_empty() { p.quiet { (say.t("emergency-none")) } }
        @else {
            (few(say, &say.t("emergency-caption"), &[
                ("emergency-priority", Cell::Number),
                ("emergency-place", Cell::Main),
                ("emergency-holder", Cell::Text),
                ("emergency-logs", Cell::Text),
                ("emergency-copies", Cell::Number),
            ], &rows))
        }
    };
    let path = kept.address(Part::Emergency.path());
    let sheet = Sheet::plain(&title, &path, Some(Section::Custody), body);
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn row(say: Voice<'_>, reading: &Reading, place: &EmergencyPlace) -> Shown {
    Shown {
        name: where_is(say, place),
        strong: place.priority() == Some(1),
        cells: vec![
            priority(say, place.priority()),
            html! { (where_is(say, place)) },
            html! { (holder(say, reading, &place.holder)) },
            html! { @for line in &place.lines { div { (log(say, line)) " · " (say.count(line.copies)) } } },
            html! { (say.count(place.copies())) },
        ],
    }
}

fn priority(say: Voice<'_>, priority: Option<u8>) -> Markup {
    html! {
        @match priority {
            Some(1) => (chip(Tone::Late, "1")),
            Some(n) => (n),
            None => span.quiet { (say.t("emergency-last")) },
        }
    }
}

/// Where one goes to.
fn where_is(say: Voice<'_>, place: &EmergencyPlace) -> String {
    place.location.clone().unwrap_or_else(|| say.t("emergency-elsewhere"))
}

fn log(say: Voice<'_>, line: &EmergencyLine) -> String {
    line.names.in_language(say.language().tag()).to_owned()
}

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, Part::Emergency.name()))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, Part::Emergency.name()).await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let places = reading.emergency_list(kept.chosen.id).await?;
    let lines = places.iter().flat_map(|place| place.lines.iter().map(move |line| (place, line)));
    let lines = lines.map(|(place, line)| {
        Line::plain([
            line.priority.map_or_else(|| say.t("emergency-last"), |n| n.to_string()),
            where_is(say, place),
            holder(say, &reading, &place.holder),
            log(say, line),
            line.copies.to_string(),
        ])
    });
    let lines = lines.collect();
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}
