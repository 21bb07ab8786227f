//! The series of references: what there are. For those who give the numbers of one, its continuity report and what is done with
//! its numbers stand beside this.

mod acts;
mod export;
mod forms;
mod report;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{Reading, numbers::State, texts::Voice};
use registry::{
    Code,
    reference::sort_key,
    series::{ParsedReference, Series},
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Cell, Column, Empty, Field, Paging, Row, Section, Table, Width, heading, table},
    pages::visit::{Visit, done},
};

pub use acts::{close, keep, numbered, void};
pub use export::{csv, workbook};
pub use report::report;

/// Rows of a page.
const PAGE: usize = 50;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    q: String,
    state: String,
    from: String,
    done: String,
    reference: String,
}

impl Asking {
    fn begin(&self) -> usize {
        self.from.parse().unwrap_or(0)
    }
    fn state(&self) -> Option<State> {
        State::ALL.into_iter().find(|s| s.as_str() == self.state)
    }
    fn address(&self, path: &str, from: usize) -> String {
        let mut parts = Vec::new();
        for (name, value) in [("q", &self.q), ("state", &self.state)] {
            if !value.is_empty() {
                parts.push(format!("{name}={}", frame::escaped(value)));
            }
        }
        if from > 0 {
            parts.push(format!("from={from}"));
        }
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
    fn paging(&self, path: &str, begin: usize, all: usize) -> (Option<String>, Option<String>) {
        let previous = (begin > 0).then(|| self.address(path, begin.saturating_sub(PAGE)));
        let next = (all > begin + PAGE).then(|| self.address(path, begin + PAGE));
        (previous, next)
    }
}

/// The list of series.
pub async fn list(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    if !registers_anywhere(&reading) {
        return Err(WebError::page(Code::NotFound));
    }
    let house = reading.house.clone();
    let wanted = sort_key(asking.q.trim());
    let tag = say.language().tag();
    let fits = |s: &&Series| {
        wanted.is_empty()
            || [s.code.as_str(), s.names.in_language(tag), &s.owner]
                .into_iter()
                .any(|text| sort_key(text).contains(&wanted))
    };
    let found: Vec<&Series> = house.catalogue().iter().filter(fits).collect();
    let begin = asking.begin();
    let heads = ["series-code", "series-name", "series-forms", "series-owner", "series-numbered-by"]
        .map(|k| say.t(k));
    let [code, name, forms, owner, by] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(code, Cell::Main),
        column(name, Cell::Text),
        column(forms, Cell::Text),
        column(owner, Cell::Short),
        column(by, Cell::Short),
    ];
    let rows: Vec<Row<'_>> = found
        .iter()
        .skip(begin)
        .take(PAGE)
        .map(|s| Row { value: None, name: &s.code, strong: false, cells: cells(say, &reading, s) })
        .collect();
    let (previous, next) = asking.paging("/series", begin, found.len());
    let (title, caption) = (say.t("series-title"), say.t("series-caption"));
    let (none, would) = (say.t("series-none"), say.t("series-none-would"));
    let body = html! {
        (heading(&title, &html! { p { (say.t("series-text")) } }))
        form.with-button method="get" action="/series" {
            (Field::new("q", &say.t("series-filter")).value(&asking.q).optional().width(Width::Medium).text(say))
            button.button type="submit" { (say.t("people-filter-go")) }
            @if !asking.q.is_empty() { a href="/series" { (say.t("applied-clear")) } }
        }
        (table(say, &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: "" },
            exports: &[],
            empty: Empty { title: &none, would: &would, begin: None },
        }))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Series), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// True for those to whom the series are shown: whoever registers somewhere.
pub fn registers_anywhere(reading: &Reading) -> bool {
    reading.house.registries().iter().any(|r| reading.viewer().registers(r.id))
}

fn cells(say: Voice<'_>, reading: &Reading, series: &Series) -> Vec<Markup> {
    let by = reading.house.numbered_by(&series.code).filter(|_| !series.foreign);
    let newest = series.forms.last().map(|f| f.pattern.clone()).unwrap_or_default();
    // A number that no paper bears: an example is nobody's.
    let example = ParsedReference {
        paper: series.papers().next().map(str::to_owned),
        division: series.divisions().next().map(str::to_owned),
        year: Some(reading.today().year()),
        ..ParsedReference::numbered(&series.code, 9_999)
    };
    let example = reading.house.catalogue().format(&example);
    vec![
        html! {
            @if reading.numbers_series(&series.code).is_some() {
                a.lead href=(address(&series.code)) { (series.code) }
            } @else { (series.code) }
        },
        html! { (series.names.in_language(say.language().tag())) },
        html! { @match &example { Some(example) => code title=(newest) { (example) }, None => code { (newest) } } },
        html! { (series.owner) },
        html! {
            @match by {
                Some(registry) => (registry.code),
                None => span.quiet { (say.t(if series.foreign { "series-foreign" } else { "series-nobody" })) },
            }
        },
    ]
}

fn address(code: &str) -> String {
    format!("/series/{}", frame::escaped(code))
}
