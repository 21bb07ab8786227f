//! The continuity report of a series, for those who give its numbers: every number with what became of it, page by page.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{
    Reading,
    numbers::{Continuous, Line, State},
    texts::Voice,
};
use registry::series::allot::{Counter, NumberFact};
use store::numbers::NumberRow;

use super::{
    Asking, PAGE, address,
    forms::{counts, fields, reserve_form, void_form},
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Cell, Column, Crumb, Empty, Facet, Notice, Paging, Row, Section, Table, Tone, chip, crumbs, heading,
        pills, reference, reference_link, table,
    },
    pages::{
        shown,
        visit::{Sent, Visit, Wrong, done},
    },
    signed::Signed,
};

/// The continuity report.
pub async fn report(
    visit: Visit,
    Path(code): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let continuous = reading.continuity(&code).await?;
    let mut sent = Sent::default();
    sent.push("command", app.office.new_command().to_string());
    Ok(page(say, &reading, &signed, &continuous, &asking, &sent, &Wrong::default()))
}

/// The page, with what was sent and what is wrong with it.
pub(super) fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    continuous: &Continuous,
    asking: &Asking,
    sent: &Sent,
    wrong: &Wrong,
) -> Response {
    let series = &continuous.series;
    let path = address(&series.code);
    let lines = continuous.lines();
    let wanted: Vec<&Line<'_>> =
        lines.iter().filter(|l| asking.state().is_none_or(|state| state == l.state)).collect();
    let faults = lines.iter().filter(|l| l.state.is_out_of_order()).count();
    let labels = fields(say);
    let title = say.tr("series-report-title", &[("series", series.code.as_str().into())]);
    let tag = say.language().tag();
    let up = say.t("series-title");
    let beginning = asking.begin();
    let body = html! {
        (crumbs(say, &[Crumb { label: &up, href: "/series" }]))
        (wrong.shown(say, &labels))
        (heading(&title, &html! {
            span.quiet { (series.names.in_language(tag)) " · " (say.tr("series-report-by", &[("registry", continuous.registry.names.in_language(tag).into())])) }
            @if faults == 0 { (chip(Tone::Good, &say.t("series-whole"))) }
            @else { (chip(Tone::Late, &say.tr("series-faults", &[("n", faults.into())]))) }
        }))
        div.cols {
            div {
                (states(say, &path, &lines, asking.state()))
                (numbers(say, reading, &wanted, asking, &path, beginning))
            }
            aside.stack {
                (reserve_form(say, signed, series, sent, wrong, &labels))
                (void_form(say, signed, series, asking, sent, wrong, &labels))
                (counts(say, reading, signed, continuous, sent))
            }
        }
    };
    let mut notices = done(say, &asking.done);
    if !asking.reference.is_empty() && asking.done == "kept" {
        let words = say.tr("series-kept-as", &[("reference", asking.reference.as_str().into())]);
        notices = vec![Notice { tone: Tone::Good, words: html! { p { (words) } } }];
    }
    let shown = continuous.papers.values().flatten();
    let sheet = Sheet {
        notices,
        shown: shown.clone().filter_map(|e| e.subject_label.as_ref()).collect(),
        undetermined: shown::any_undetermined(shown.map(|e| &**e)),
        ..Sheet::plain(&title, &path, Some(Section::Series), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

/// The states in which numbers are, each with how many, to choose one.
fn states(say: Voice<'_>, path: &str, lines: &[Line<'_>], now: Option<State>) -> Markup {
    let count =
        |state: Option<State>| lines.iter().filter(|l| state.is_none_or(|s| s == l.state)).count() as u64;
    let states = std::iter::once(None).chain(State::ALL.map(Some));
    let all: Vec<(Option<State>, String, String)> = states
        .filter(|state| state.is_none() || *state == now || count(*state) > 0)
        .map(|state| match state {
            None => (state, say.t("series-state-all"), path.to_owned()),
            Some(one) => {
                let word = say.t(&format!("series-state-{}", one.as_str()));
                (state, word, format!("{path}?state={}", one.as_str()))
            }
        })
        .collect();
    let values: Vec<Facet<'_>> = all
        .iter()
        .map(|(state, label, href)| Facet {
            label,
            marking: None,
            count: Some(count(*state)),
            href,
            on: *state == now,
        })
        .collect();
    pills(&say.t("series-states"), &values, say)
}

/// A page of the numbers.
fn numbers(
    say: Voice<'_>,
    reading: &Reading,
    lines: &[&Line<'_>],
    asking: &Asking,
    path: &str,
    begin: usize,
) -> Markup {
    let heads = ["column-reference", "column-state", "series-words", "series-paper-column", "series-since"]
        .map(|k| say.t(k));
    let [number, state, words, paper, since] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(number, Cell::Main),
        column(state, Cell::Short),
        column(words, Cell::Text),
        column(paper, Cell::Text),
        column(since, Cell::Short),
    ];
    let names: Vec<String> = lines.iter().map(|line| written(line)).collect();
    let rows: Vec<Row<'_>> = lines
        .iter()
        .zip(&names)
        .skip(begin)
        .take(PAGE)
        .map(|(line, name)| Row {
            value: None,
            name,
            strong: line.state.is_out_of_order(),
            cells: vec![
                reference(name),
                chip(tone(line.state), &say.t(&format!("series-state-{}", line.state.as_str()))),
                html! { (line_words(line)) },
                html! {
                    @for paper in line.papers {
                        div {
                            (reference_link(&paper.reference, &shown::address(paper)))
                            @if let Some(subject) = &paper.subject { div.quiet { (subject) } }
                        }
                    }
                },
                html! {
                    @if let Some(row) = told(line) {
                        @let day = row.at.date(&reading.house.zone);
                        time datetime=(day) { (say.date_short(day)) @if day.year() != reading.today().year() { " " (day.year()) } }
                    }
                },
            ],
        })
        .collect();
    let (previous, next) = asking.paging(path, begin, lines.len());
    let file = |ending: &str| asking.address(&format!("{path}/report.{ending}"), 0);
    let (values, workbook) = (file("csv"), file("xlsx"));
    let (caption, none, would) =
        (say.t("series-numbers"), say.t("series-no-numbers"), say.t("series-no-numbers-would"));
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: "" },
            exports: &[("CSV", &values), ("XLSX", &workbook)],
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

const fn tone(state: State) -> Tone {
    match state {
        State::Given => Tone::Good,
        State::Kept => Tone::Soon,
        State::Void | State::NeverGiven => Tone::Plain,
        State::Gap | State::Twice | State::WithoutPaper | State::VoidInUse => Tone::Late,
    }
}

/// What was said of a number: for what it is kept, or why it was struck out.
pub(super) fn line_words<'a>(line: &'a Line<'_>) -> &'a str {
    match line.row.map(|row| &row.fact) {
        Some(NumberFact::Reserved { purpose, .. }) => purpose,
        Some(NumberFact::Void { reason, .. }) => reason,
        _ => "",
    }
}

/// A number as its reference, a run as the first and the last; where nothing was written, what the series would write.
pub(super) fn written(line: &Line<'_>) -> String {
    if let Some(row) = line.row {
        return row.reference.clone();
    }
    if let Some(paper) = line.papers.first() {
        return office::relations::called(paper);
    }
    let count = counted(line.counter);
    let run = if line.first == line.last {
        line.first.to_string()
    } else {
        format!("{} – {}", line.first, line.last)
    };
    if count.is_empty() { run } else { format!("{count} · {run}") }
}

/// What was written of a number; of one that a paper has which is not the reader's, that it is used and no more.
pub(super) fn told<'a>(line: &'a Line<'_>) -> Option<&'a NumberRow> {
    let others = matches!(line.row?.fact, NumberFact::Allotted { .. }) && line.papers.is_empty();
    line.row.filter(|_| !others)
}

/// What starts a count of its own, in a few figures and letters.
pub(super) fn counted(counter: &Counter) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(counter.body.map(|n| n.to_string()));
    parts.extend(counter.sub_body.map(|n| format!("SC/{n}")));
    parts.extend(counter.paper.clone());
    parts.extend(counter.division.clone());
    parts.extend(counter.year.map(|n| n.to_string()));
    parts.join(" ")
}
