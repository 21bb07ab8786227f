//! The tasks of all cases that the reader sees: whose, how late, done when and how; the lists behind the figures.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    cases::{
        CaseRow, TaskRow,
        figures::{Age, TasksAsked},
    },
    texts::Voice,
};
use registry::organisation::Organisation;
use serde::Deserialize;
use store::figures::{Kept, MoreTime};

use super::{
    address, day, doer, doer_words, lateness, lateness_chip, marking, marking_words, named, spans, tasks,
};
use crate::{
    answer::WebError,
    export::{self, Cell as FileCell, Line, Ready},
    frame::{self, Sheet},
    look::{Cell, Column, Empty, Facet, Paging, Row, Section, Table, heading, pills, reference, table},
    pages::{
        custody::{common::counted, lists::changed},
        visit::Visit,
    },
};

/// Where it is.
pub const EVERY: &str = "/cases/tasks";
const PAGE: u64 = 50;
const COLUMNS: [(&str, Cell); 7] = [
    ("cases-case", Cell::Main),
    ("cases-task", Cell::Text),
    ("cases-owner", Cell::Text),
    ("cases-given-to", Cell::Text),
    ("cases-task-state", Cell::Text),
    ("cases-due", Cell::Text),
    ("column-marking", Cell::Short),
];
const HEADS: [(&str, f64); 10] = [
    ("cases-number", 18.0),
    ("cases-name", 56.0),
    ("cases-procedure", 26.0),
    ("cases-task", 40.0),
    ("cases-owner", 34.0),
    ("cases-given-to", 34.0),
    ("cases-task-state", 20.0),
    ("cases-due", 14.0),
    ("cases-standing", 24.0),
    ("column-marking", 30.0),
];
const STATES: [&str; 3] = ["open", "late", "done"];
const AGES: [(&str, Age); 3] = [("1-5", Age::Fresh), ("6-20", Age::Aged), ("over-20", Age::Old)];
const KEPT: [(&str, Kept); 3] = [("first", Kept::First), ("approved", Kept::Approved), ("late", Kept::Late)];
const TIME: [(&str, MoreTime); 2] = [("asked", MoreTime::Asked), ("granted", MoreTime::Granted)];

/// What is asked of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// `late`, `done`; else those that are to be done.
    state: String,
    procedure: String,
    /// The code of a unit.
    unit: String,
    /// Who has it: `post:…`, `person:…`.
    with: String,
    age: String,
    /// Due on these days.
    due: String,
    /// Done on these days.
    over: String,
    kept: String,
    time: String,
    from: String,
}

fn one_of<T: Copy>(text: &str, known: &[(&str, T)]) -> Option<T> {
    known.iter().find(|(name, _)| *name == text).map(|(_, one)| *one)
}

impl Asking {
    fn state(&self) -> &'static str {
        STATES.into_iter().find(|state| *state == self.state).unwrap_or("open")
    }

    fn asked(&self, organisation: &Organisation, from: u64, limit: u64) -> TasksAsked {
        let state = self.state();
        TasksAsked {
            unit: spans::unit_of(organisation, &self.unit),
            doer: self.with.parse().ok(),
            procedure: Some(self.procedure.clone()).filter(|code| !code.is_empty()),
            open: Some(state != "done"),
            late: state == "late",
            age: one_of(&self.age, &AGES).filter(|_| state == "late"),
            due: spans::days(&self.due),
            done: spans::days(&self.over),
            kept: one_of(&self.kept, &KEPT),
            time: one_of(&self.time, &TIME),
            newest: state == "done",
            from,
            limit,
        }
    }

    fn begin(&self) -> u64 {
        self.from.parse().unwrap_or(0)
    }

    fn parts(&self) -> [(&str, &str); 10] {
        [
            ("state", &self.state),
            ("procedure", &self.procedure),
            ("unit", &self.unit),
            ("with", &self.with),
            ("age", &self.age),
            ("due", &self.due),
            ("over", &self.over),
            ("kept", &self.kept),
            ("time", &self.time),
            ("from", ""),
        ]
    }

    fn with(&self, path: &str, name: &str, value: &str) -> String {
        changed(path, &self.parts(), name, value)
    }
}

/// The page.
pub async fn every(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let organisation = reading.organisation().await?;
    let (found, all) = reading.case_tasks(&asking.asked(&organisation, asking.begin(), PAGE)).await?;
    let title = say.t("cases-every");
    let with = found.iter().find_map(|(_, task)| {
        let doer = task.given_to.as_ref().unwrap_or(&task.owner);
        (doer.doer.to_string() == asking.with).then(|| doer_words(say, doer))
    });
    let body = html! {
        (heading(&title, &html! { p { (say.t("cases-text")) } }))
        (super::ways(say, EVERY))
        (states(say, &asking))
        (narrowed(say, &reading, &asking, with))
        (listed(say, &reading, &asking, &found, all))
    };
    let sheet = Sheet {
        shown: found.iter().map(|(row, _)| &row.case.label).collect(),
        ..Sheet::plain(&title, &path, Some(Section::Cases), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn states(say: Voice<'_>, asking: &Asking) -> Markup {
    let views: Vec<(String, String, bool)> = STATES
        .into_iter()
        .map(|state| {
            let words = say.t(&format!("cases-tasks-{state}"));
            // How it was done is asked of what is done only, how late it is of what is late.
            let kept = Asking {
                age: String::new(),
                kept: String::new(),
                time: String::new(),
                over: String::new(),
                ..asking.clone()
            };
            let value = if state == "open" { "" } else { state };
            (words, kept.with(EVERY, "state", value), asking.state() == state)
        })
        .collect();
    let facets: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on })
        .collect();
    pills(&say.t("cases-task-state"), &facets, say)
}

/// By what the list is narrowed, each with the link that takes it away.
fn narrowed(say: Voice<'_>, reading: &Reading, asking: &Asking, with: Option<String>) -> Markup {
    let procedure = reading.house.procedures().get(&asking.procedure);
    let some = |on: bool, key: &str| on.then(|| say.t(key));
    let on_days = |key: &str, text: &str| {
        spans::days(text).map(|days| say.tr(key, &[("days", spans::told(say, days).into())]))
    };
    let person = (!asking.with.is_empty()).then(|| with.unwrap_or_else(|| say.t("cases-with-nobody")));
    let all = [
        ("procedure", procedure.map(|known| named(say, &known.names).to_owned())),
        ("unit", Some(asking.unit.clone()).filter(|code| !code.is_empty())),
        ("with", person),
        ("age", some(one_of(&asking.age, &AGES).is_some(), &format!("cases-age-{}", asking.age))),
        ("due", on_days("cases-due-on", &asking.due)),
        ("over", on_days("cases-done-on", &asking.over)),
        ("kept", some(one_of(&asking.kept, &KEPT).is_some(), &format!("cases-kept-{}", asking.kept))),
        ("time", some(one_of(&asking.time, &TIME).is_some(), &format!("cases-time-{}", asking.time))),
    ];
    let all = all.into_iter().map(|(name, words)| (words, asking.with(EVERY, name, "")));
    super::narrowed(say, all, EVERY)
}

fn listed(
    say: Voice<'_>,
    reading: &Reading,
    asking: &Asking,
    found: &[(CaseRow, TaskRow)],
    all: u64,
) -> Markup {
    let heads = COLUMNS.map(|(key, _)| say.t(key));
    let columns: Vec<Column<'_>> = COLUMNS
        .iter()
        .zip(&heads)
        .map(|((_, cell), head)| Column { head, cell: *cell, sort: None })
        .collect();
    let rows: Vec<Row<'_>> = found.iter().map(|one| line(say, reading, one)).collect();
    let begin = asking.begin();
    let at = |from: u64| {
        let from = if from == 0 { String::new() } else { from.to_string() };
        asking.with(EVERY, "from", &from)
    };
    let previous = (begin > 0).then(|| at(begin.saturating_sub(PAGE)));
    let next = (all > begin.saturating_add(PAGE)).then(|| at(begin.saturating_add(PAGE)));
    let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let counted = counted(say, size(begin), rows.len(), size(all));
    let [caption, none, would] = ["cases-every", "cases-every-none", "cases-would"].map(|key| say.t(key));
    let file = |end: &str| asking.with(&format!("{EVERY}.{end}"), "from", "");
    let (csv, xlsx) = (file("csv"), file("xlsx"));
    let exports = [("CSV", csv.as_str()), ("XLSX", xlsx.as_str())];
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &counted },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

fn line<'r>(say: Voice<'_>, reading: &Reading, (row, task): &'r (CaseRow, TaskRow)) -> Row<'r> {
    Row {
        value: None,
        name: row.case.called(),
        strong: false,
        cells: vec![
            html! { a.lead href={ (address(&row.case.number)) "#tasks" } { (row.case.called()) } div.quiet { (reference(&row.case.number)) } },
            html! { (tasks::called(say, row, &task.task)) },
            doer(say, &task.owner),
            html! { @if let Some(to) = &task.given_to { (doer(say, to)) } },
            html! { (say.t(&format!("cases-task-{}", task.task.state.text()))) },
            html! { (day(say, reading, task.task.due_now())) " " (lateness_chip(say, task.standing)) },
            marking(say, reading, row),
        ],
    }
}

/// The list as comma-separated values.
pub async fn every_values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "case-tasks"))
}

/// The same rows as a workbook.
pub async fn every_workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "case-tasks").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let organisation = reading.organisation().await?;
    let most = u64::try_from(export::MOST_ROWS).unwrap_or(u64::MAX);
    let (found, _) = reading.case_tasks(&asking.asked(&organisation, 0, most)).await?;
    let lines = found.iter().map(|one| file_line(say, &reading, one)).collect();
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}

fn file_line(say: Voice<'_>, reading: &Reading, (row, task): &(CaseRow, TaskRow)) -> Line {
    let text = |text: &str| FileCell::Text(text.to_owned());
    let to = task.given_to.as_ref().map(|to| doer_words(say, to)).unwrap_or_default();
    Line {
        cells: vec![
            text(&row.case.number),
            text(row.case.called()),
            text(named(say, &row.definition.names)),
            FileCell::Text(tasks::called(say, row, &task.task)),
            FileCell::Text(doer_words(say, &task.owner)),
            FileCell::Text(to),
            FileCell::Text(say.t(&format!("cases-task-{}", task.task.state.text()))),
            FileCell::Day(task.task.due_now().date(&reading.house.zone)),
            FileCell::Text(task.standing.map(|is| lateness(say, is).1).unwrap_or_default()),
            FileCell::Text(marking_words(say, reading, row)),
        ],
        labels: vec![row.case.label.clone()],
        undetermined: false,
    }
}
