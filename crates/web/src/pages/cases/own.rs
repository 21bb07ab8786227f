//! One's own tasks: those that are one's to do, the first due first; the first few of them on the desk.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    cases::{CaseRow, TaskRow},
    texts::Voice,
};
use serde::Deserialize;

use super::{TASKS, address, day, doer, doer_words, lateness, lateness_chip, marking, marking_words, tasks};
use crate::{
    answer::WebError,
    app::App,
    export::{self, Cell as FileCell, Line, Ready},
    frame::{self, Sheet},
    look::{
        Cell, Column, Empty, Facet, Paging, Row, Section, Table, heading, pills, reference, table,
        token_field,
    },
    pages::{
        custody::{common::counted, lists::changed},
        visit::{Visit, done},
    },
};

/// The most tasks of one person that are listed.
const MOST: u64 = 500;
const PAGE: usize = 50;
const HEADS: [(&str, f64); 7] = [
    ("cases-task", 40.0),
    ("cases-number", 18.0),
    ("cases-name", 56.0),
    ("cases-owner", 34.0),
    ("cases-due", 14.0),
    ("cases-standing", 24.0),
    ("column-marking", 30.0),
];
const COLUMNS: [(&str, Cell); 6] = [
    ("cases-case", Cell::Main),
    ("cases-task", Cell::Text),
    ("cases-owner", Cell::Text),
    ("cases-due", Cell::Text),
    ("column-marking", Cell::Short),
    ("", Cell::Short),
];

/// What is asked of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    from: String,
    /// `late`, `today`, `new`; else all.
    when: String,
    done: String,
}

/// Tasks, each with its case.
pub type Tasks = Vec<(CaseRow, TaskRow)>;

/// All of one's own tasks.
pub async fn own(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let (mut all, mut count) = reading.own_tasks(MOST).await?;
    let views = views(say, &reading, &asking.when, &all);
    let when = When::ALL.into_iter().find(|when| when.text() == asking.when);
    if let Some(when) = when {
        all.retain(|one| when.fits(one, Some(&reading)));
        count = u64::try_from(all.len()).unwrap_or(u64::MAX);
    }
    let begin: usize = asking.from.parse().unwrap_or(0).min(all.len());
    let known = all.len();
    let part: Tasks = all.into_iter().skip(begin).take(PAGE).collect();
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let at = |from: usize| {
        let from = if from == 0 { String::new() } else { from.to_string() };
        changed(TASKS, &[("when", &asking.when), ("from", "")], "from", &from)
    };
    let previous = (begin > 0).then(|| at(begin.saturating_sub(PAGE)));
    let next = (known > begin + PAGE).then(|| at(begin + PAGE));
    let counted = counted(say, begin, part.len(), count);
    let paging = Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &counted };
    let title = say.t("cases-own");
    let body = html! {
        (heading(&title, &html! { p { (say.t("cases-own-text")) } }))
        (super::ways(say, TASKS))
        (views)
        (listed(say, &app, &reading, &signed.form_token, &part, paging))
    };
    let sheet = Sheet {
        shown: part.iter().map(|(row, _)| &row.case.label).collect(),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Cases), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn views(say: Voice<'_>, reading: &Reading, on: &str, all: &Tasks) -> Markup {
    let each = When::ALL.into_iter().map(|when| {
        let count = all.iter().filter(|one| when.fits(one, Some(reading))).count();
        let words = say.t(&format!("cases-when-{}", when.text()));
        (words, format!("{TASKS}?when={}", when.text()), Some(count), when.text() == on)
    });
    let every = (say.t("cases-state-all"), TASKS.to_owned(), None, on.is_empty());
    let list: Vec<_> = std::iter::once(every).chain(each).collect();
    let facets: Vec<Facet<'_>> = list
        .iter()
        .map(|(label, href, count, on)| Facet {
            label,
            marking: None,
            count: count.and_then(|count| u64::try_from(count).ok()),
            href,
            on: *on,
        })
        .collect();
    pills(&say.t("cases-today"), &facets, say)
}

fn listed(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    token: &str,
    part: &Tasks,
    paging: Paging<'_>,
) -> Markup {
    let heads = COLUMNS.map(|(key, _)| if key.is_empty() { String::new() } else { say.t(key) });
    let columns: Vec<Column<'_>> = COLUMNS
        .iter()
        .zip(&heads)
        .map(|((_, cell), head)| Column { head, cell: *cell, sort: None })
        .collect();
    let rows: Vec<Row<'_>> = part
        .iter()
        .map(|(row, task)| Row {
            value: None,
            name: row.case.called(),
            strong: task.does.contains(&"acknowledge"),
            cells: vec![
                html! { a.lead href={ (address(&row.case.number)) "#tasks" } { (row.case.called()) } div.quiet { (reference(&row.case.number)) } },
                html! { (tasks::called(say, row, &task.task)) },
                doer(say, &task.owner),
                html! { (day(say, reading, task.task.due_now())) " " (lateness_chip(say, task.standing)) },
                marking(say, reading, row),
                acknowledge(say, app, token, row, task),
            ],
        })
        .collect();
    let [caption, none, would] = ["cases-own", "cases-own-none", "cases-own-would"].map(|key| say.t(key));
    let exports = [("CSV", "/tasks.csv"), ("XLSX", "/tasks.xlsx")];
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging,
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

/// The button by which one says that one has a task.
fn acknowledge(say: Voice<'_>, app: &App, token: &str, row: &CaseRow, task: &TaskRow) -> Markup {
    let label = say.t("cases-do-acknowledge");
    html! {
        @if task.does.contains(&"acknowledge") {
            form method="post" action={ (address(&row.case.number)) "/tasks/" (task.task.id) } {
                (token_field(Some(token)))
                input type="hidden" name="command" value=(app.office.new_command());
                input type="hidden" name="does" value="acknowledge";
                input type="hidden" name="back" value=(TASKS);
                button.button.small type="submit" aria-label={ (label) (say.t("colon")) " " (row.case.number) } { (label) }
            }
        }
    }
}

/// Which of one's own tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Past their due.
    Late,
    /// Due today.
    Today,
    /// Given today.
    New,
}

impl When {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Late, Self::Today, Self::New];

    /// As addresses and texts have it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Today => "today",
            Self::New => "new",
        }
    }

    /// Whether a task is one of these; `reading` tells the day, and is needed for all but the late ones.
    pub fn fits(self, (_, task): &(CaseRow, TaskRow), reading: Option<&Reading>) -> bool {
        let late = matches!(task.standing, Some(calendar::Standing::Late { .. }));
        let on = |at: registry::Timestamp| {
            reading.is_some_and(|reading| at.date(&reading.house.zone) == reading.today())
        };
        match self {
            Self::Late => late,
            Self::Today => !late && on(task.task.due_now()),
            Self::New => on(task.task.issued),
        }
    }
}

/// One's own tasks as comma-separated values.
pub async fn own_values(visit: Visit) -> Result<Response, WebError> {
    Ok(export::values(exported(visit).await?, "tasks"))
}

/// The same rows as a workbook.
pub async fn own_workbook(visit: Visit) -> Result<Response, WebError> {
    export::workbook(exported(visit).await?, "tasks").await
}

async fn exported(visit: Visit) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let (all, _) = reading.own_tasks(MOST).await?;
    let lines = all
        .iter()
        .map(|(row, task)| {
            let text = |text: &str| FileCell::Text(text.to_owned());
            let standing = task.standing.map(|standing| lateness(say, standing).1).unwrap_or_default();
            Line {
                cells: vec![
                    FileCell::Text(tasks::called(say, row, &task.task)),
                    text(&row.case.number),
                    text(row.case.called()),
                    FileCell::Text(doer_words(say, &task.owner)),
                    FileCell::Day(task.task.due_now().date(&reading.house.zone)),
                    FileCell::Text(standing),
                    FileCell::Text(marking_words(say, &reading, row)),
                ],
                labels: vec![row.case.label.clone()],
                undetermined: false,
            }
        })
        .collect();
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}
