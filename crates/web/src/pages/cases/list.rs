//! The list of cases: what is asked of it, its page, and the same rows as files.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    cases::{Asked, CaseRow},
    texts::Voice,
};
use registry::{Timestamp, organisation::Organisation};
use serde::Deserialize;
use store::cases::Order;

use super::{PATH, address, due, lateness, marking, marking_words, named, spans, stage_name, with_whom};
use crate::{
    answer::WebError,
    export::{self, Cell as FileCell, Line, Ready},
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Facet, Field, Paging, Row, Section, Sort, SortLink, Table, Width,
        facet::pills, heading_with_acts, reference, table,
    },
    pages::{
        custody::{common::counted, lists::changed},
        visit::{Visit, done},
    },
};

/// Rows of a page.
const PAGE: u64 = 50;
/// The columns, and the order by which each sorts, as addresses have it.
const COLUMNS: [(&str, Cell, Option<&str>); 7] = [
    ("cases-number", Cell::Short, Some("number")),
    ("cases-name", Cell::Main, Some("name")),
    ("cases-procedure", Cell::Text, None),
    ("cases-stage", Cell::Text, Some("stage")),
    ("cases-with", Cell::Text, None),
    ("cases-due", Cell::Text, Some("due")),
    ("column-marking", Cell::Short, None),
];
/// The columns of the files.
const HEADS: [(&str, f64); 8] = [
    ("cases-number", 18.0),
    ("cases-name", 56.0),
    ("cases-procedure", 26.0),
    ("cases-stage", 22.0),
    ("cases-with", 40.0),
    ("cases-due", 14.0),
    ("cases-standing", 24.0),
    ("column-marking", 30.0),
];
const STATES: [&str; 4] = ["running", "late", "ended", "all"];

/// What is asked of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    procedure: String,
    stage: String,
    /// `late`, `ended`, `all`; else those that run.
    state: String,
    q: String,
    /// The code of a unit.
    unit: String,
    /// Opened on these days.
    opened: String,
    /// Ended on these days.
    over: String,
    sort: String,
    from: String,
    done: String,
}

impl Asking {
    fn state(&self) -> &'static str {
        STATES.into_iter().find(|state| *state == self.state).unwrap_or("running")
    }

    fn sort(&self) -> &'static str {
        ["number", "name", "stage"].into_iter().find(|sort| *sort == self.sort).unwrap_or("due")
    }

    fn begin(&self) -> u64 {
        self.from.parse().unwrap_or(0)
    }

    fn asked(&self, organisation: &Organisation, from: u64, limit: u64) -> Asked {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let state = self.state();
        Asked {
            procedure: some(&self.procedure),
            stage: some(&self.stage),
            ended: match state {
                "all" => None,
                state => Some(state == "ended"),
            },
            late: state == "late",
            words: some(&self.q),
            order: match self.sort() {
                "number" => Order::Number,
                "name" => Order::Called,
                "stage" => Order::Stage,
                _ => Order::Due,
            },
            from,
            limit,
            unit: spans::unit_of(organisation, &self.unit),
            opened: spans::days(&self.opened),
            over: spans::days(&self.over),
        }
    }

    /// An address of the list with one part of it changed, from its beginning.
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let stage = if name == "procedure" { "" } else { &*self.stage };
        let parts = [
            ("procedure", &*self.procedure),
            ("stage", stage),
            ("state", &*self.state),
            ("q", &*self.q),
            ("unit", &*self.unit),
            ("opened", &*self.opened),
            ("over", &*self.over),
            ("sort", &*self.sort),
            ("from", ""),
        ];
        changed(path, &parts, name, value)
    }
}

/// The page.
pub async fn cases(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let organisation = reading.organisation().await?;
    let found = reading.cases(&asking.asked(&organisation, asking.begin(), PAGE)).await?;
    let may_open = !reading.may_open().await?.is_empty();
    let filters = filters(say, &mut reading, &asking).await?;
    let title = say.t("rail-cases");
    let open = say.t("cases-open");
    let to = format!("{PATH}/new");
    let acts: Vec<Button<'_>> =
        if may_open { vec![Button::main(&open).to(&to).key("c")] } else { Vec::new() };
    let body = html! {
        (heading_with_acts(&title, &html! { p { (say.t("cases-text")) } }, &acts))
        (super::ways(say, PATH))
        (filters)
        (narrowed(say, &asking))
        (listed(say, &reading, &asking, &found.rows, found.all, may_open))
    };
    let sheet = Sheet {
        shown: found.rows.iter().map(|row| &row.case.label).collect(),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Cases), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The filters: how it stands, of which procedure, in which stage, words.
async fn filters(say: Voice<'_>, reading: &mut Reading, asking: &Asking) -> Result<Markup, WebError> {
    let organisation = reading.organisation().await?;
    let mut all = asking.asked(&organisation, 0, 0);
    (all.procedure, all.stage) = (None, None);
    let counts = reading.cases_by_stage(&all).await?;
    let states: Vec<(String, String, bool)> = STATES
        .into_iter()
        .map(|state| {
            let value = if state == "running" { "" } else { state };
            let words = say.t(&format!("cases-state-{state}"));
            (words, asking.with(PATH, "state", value), asking.state() == state)
        })
        .collect();
    let mut procedures: Vec<(String, String, u64, bool)> = Vec::new();
    let mut stages: Vec<(String, String, u64, bool)> = Vec::new();
    for definition in reading.house.procedures().iter() {
        let of = counts.iter().filter(|(code, ..)| *code == definition.code);
        let count: u64 = of.clone().map(|(.., count)| count).sum();
        let on = asking.procedure == definition.code;
        if count == 0 && !on {
            continue;
        }
        let to = if on { "" } else { definition.code.as_str() };
        let words = named(say, &definition.names).to_owned();
        procedures.push((words, asking.with(PATH, "procedure", to), count, on));
        if on {
            for (_, stage, count) in of {
                let on = asking.stage == *stage;
                let to = if on { "" } else { stage.as_str() };
                stages.push((stage_name(say, definition, stage), asking.with(PATH, "stage", to), *count, on));
            }
        }
    }
    procedures.sort_by_cached_key(|(words, ..)| registry::reference::sort_key(words));
    let label = say.t("cases-words");
    Ok(html! {
        (pills(&say.t("cases-standing"), &plain(&states), say))
        @if !procedures.is_empty() {
            (pills(&say.t("cases-procedure"), &numbered(&procedures), say))
        }
        @if !stages.is_empty() { (pills(&say.t("cases-stage"), &numbered(&stages), say)) }
        @if !asking.procedure.is_empty() {
            p.quiet { a href={ (PATH) "/board/" (frame::escaped(&asking.procedure)) } { (say.t("cases-as-board")) } }
        }
        form.with-button method="get" action=(PATH) {
            @for (name, value) in [("procedure", &asking.procedure), ("stage", &asking.stage), ("state", &asking.state), ("unit", &asking.unit), ("opened", &asking.opened), ("over", &asking.over), ("sort", &asking.sort)] {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            (Field::new("q", &label).value(&asking.q).optional().width(Width::Medium).text(say))
            button.button type="submit" { (say.t("people-filter-go")) }
            @if !asking.q.is_empty() { a href=(asking.with(PATH, "q", "")) { (say.t("applied-clear")) } }
        }
    })
}

/// By what the list is narrowed beside its filters.
fn narrowed(say: Voice<'_>, asking: &Asking) -> Markup {
    let on_days = |key: &str, text: &str| {
        spans::days(text).map(|days| say.tr(key, &[("days", spans::told(say, days).into())]))
    };
    let all = [
        ("unit", Some(asking.unit.clone()).filter(|code| !code.is_empty())),
        ("opened", on_days("cases-opened-on", &asking.opened)),
        ("over", on_days("cases-ended-on", &asking.over)),
    ];
    super::narrowed(say, all.into_iter().map(|(name, words)| (words, asking.with(PATH, name, ""))), PATH)
}

fn plain(all: &[(String, String, bool)]) -> Vec<Facet<'_>> {
    all.iter().map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on }).collect()
}

fn numbered(all: &[(String, String, u64, bool)]) -> Vec<Facet<'_>> {
    let facets = all.iter().map(|(label, href, count, on)| Facet {
        label,
        marking: None,
        count: Some(*count),
        href,
        on: *on,
    });
    facets.collect()
}

fn listed(
    say: Voice<'_>,
    reading: &Reading,
    asking: &Asking,
    rows: &[CaseRow],
    all: u64,
    may_open: bool,
) -> Markup {
    let heads: Vec<(String, Option<String>)> = COLUMNS
        .iter()
        .map(|(key, _, sort)| {
            let to = |sort: &str| asking.with(PATH, "sort", if sort == "due" { "" } else { sort });
            (say.t(key), sort.map(to))
        })
        .collect();
    let columns: Vec<Column<'_>> = COLUMNS
        .iter()
        .zip(&heads)
        .map(|((_, cell, sort), (head, href))| {
            let way = if *sort == Some("number") { Sort::Descending } else { Sort::Ascending };
            let now = (*sort == Some(asking.sort())).then_some(way);
            Column { head, cell: *cell, sort: href.as_deref().map(|href| SortLink { href, now }) }
        })
        .collect();
    let shown: Vec<Row<'_>> = rows.iter().map(|row| line(say, reading, row)).collect();
    let begin = asking.begin();
    let at = |from: u64| {
        let from = if from == 0 { String::new() } else { from.to_string() };
        asking.with(PATH, "from", &from)
    };
    let previous = (begin > 0).then(|| at(begin.saturating_sub(PAGE)));
    let next = (all > begin.saturating_add(PAGE)).then(|| at(begin.saturating_add(PAGE)));
    let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let counted = counted(say, size(begin), rows.len(), size(all));
    let (csv, xlsx) =
        (asking.with(&format!("{PATH}.csv"), "from", ""), asking.with(&format!("{PATH}.xlsx"), "from", ""));
    let [caption, none, would, open] =
        ["cases-caption", "cases-none", "cases-would", "cases-open"].map(|key| say.t(key));
    let to = format!("{PATH}/new");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &shown,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &counted },
            exports: &[("CSV", &csv), ("XLSX", &xlsx)],
            empty: Empty {
                title: &none,
                would: &would,
                begin: may_open.then(|| Button::plain(&open).to(&to)),
            },
        },
    )
}

/// A case in a list.
pub fn line<'r>(say: Voice<'_>, reading: &Reading, row: &'r CaseRow) -> Row<'r> {
    let case = &row.case;
    Row {
        value: None,
        name: case.called(),
        strong: false,
        cells: vec![
            reference(&case.number),
            html! { a.lead href=(address(&case.number)) { (case.called()) } },
            html! { (named(say, &row.definition.names)) },
            html! { (stage_name(say, &row.definition, &case.stage)) },
            with_whom(say, row),
            due(say, reading, row),
            marking(say, reading, row),
        ],
    }
}

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "cases"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "cases").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let most = u64::try_from(export::MOST_ROWS).unwrap_or(u64::MAX);
    let organisation = reading.organisation().await?;
    let found = reading.cases(&asking.asked(&organisation, 0, most)).await?;
    let lines = found.rows.iter().map(|row| file_line(say, &reading, row)).collect();
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}

fn file_line(say: Voice<'_>, reading: &Reading, row: &CaseRow) -> Line {
    let case = &row.case;
    let with: Vec<String> = row.with.iter().map(|one| super::doer_words(say, one)).collect();
    let at: Option<Timestamp> =
        case.ended.as_ref().map(|ended| ended.at).or_else(|| case.main().map(|task| task.due_now()));
    let standing = match (&case.ended, row.standing) {
        (Some(ended), _) => say.t(&format!("cases-ended-{}", ended.how.text())),
        (None, Some(standing)) => lateness(say, standing).1,
        (None, None) => String::new(),
    };
    let day =
        at.map_or_else(|| FileCell::Text(String::new()), |at| FileCell::Day(at.date(&reading.house.zone)));
    let text = |text: &str| FileCell::Text(text.to_owned());
    Line {
        cells: vec![
            text(&case.number),
            text(case.called()),
            text(named(say, &row.definition.names)),
            FileCell::Text(stage_name(say, &row.definition, &case.stage)),
            FileCell::Text(with.join("; ")),
            day,
            FileCell::Text(standing),
            FileCell::Text(marking_words(say, reading, row)),
        ],
        labels: vec![case.label.clone()],
        undetermined: false,
    }
}
