//! The series of references: what there are, and for those who give the numbers of one its continuity report, with the
//! acts on it: a number kept, a number struck out, the counts of earlier years closed.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    numbers::{Continuous, Line, State},
    texts::Voice,
};
use registry::{
    Answer, Code, Command,
    authorisation::Role,
    numbering::Numbered,
    reference::sort_key,
    series::{
        Field as Part, Numbering, ParsedReference, Series,
        allot::{Counter, NumberFact},
    },
};
use serde::Deserialize;

use store::numbers::NumberRow;

use crate::{
    answer::WebError,
    export,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Facet, Field, Form, Notice, Paging, Row, SEND, Section, Table, Tone,
        Width, button, buttons, card, chip, crumbs, form, heading, pills, reference, reference_link, table,
    },
    pages::{
        marking_form, shown,
        visit::{Posted, Sent, Visit, Wrong, done, refused},
    },
    signed::Signed,
};

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

fn page(
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
    let named: Vec<(&str, &str)> = labels.iter().map(|(name, label)| (*name, label.as_str())).collect();
    let title = say.tr("series-report-title", &[("series", series.code.as_str().into())]);
    let tag = say.language().tag();
    let up = say.t("series-title");
    let beginning = asking.begin();
    let body = html! {
        (crumbs(say, &[crate::look::Crumb { label: &up, href: "/series" }]))
        (wrong.shown(say, &named))
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

/// The fields of the two forms with their labels.
fn fields(say: Voice<'_>) -> [(&'static str, String); 7] {
    [
        ("body", "series-body"),
        ("sub_body", "series-sub-body"),
        ("paper", "series-paper"),
        ("division", "series-division"),
        ("purpose", "series-purpose"),
        ("reference", "series-reference"),
        ("reason", "series-reason"),
    ]
    .map(|(name, key)| (name, say.t(key)))
}

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

fn line_words<'a>(line: &'a Line<'_>) -> &'a str {
    match line.row.map(|row| &row.fact) {
        Some(NumberFact::Reserved { purpose, .. }) => purpose,
        Some(NumberFact::Void { reason, .. }) => reason,
        _ => "",
    }
}

/// A number as its reference, a run as the first and the last; where nothing was written, what the series would write.
fn written(line: &Line<'_>) -> String {
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
fn told<'a>(line: &'a Line<'_>) -> Option<&'a NumberRow> {
    let others = matches!(line.row?.fact, NumberFact::Allotted { .. }) && line.papers.is_empty();
    line.row.filter(|_| !others)
}

/// What starts a count of its own, in a few figures and letters.
fn counted(counter: &Counter) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(counter.body.map(|n| n.to_string()));
    parts.extend(counter.sub_body.map(|n| format!("SC/{n}")));
    parts.extend(counter.paper.clone());
    parts.extend(counter.division.clone());
    parts.extend(counter.year.map(|n| n.to_string()));
    parts.join(" ")
}

fn reserve_form(
    say: Voice<'_>,
    signed: &Signed,
    series: &Series,
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
) -> Markup {
    let title = say.t("series-keep");
    if series.numbering == Numbering::Signature {
        return card(&title, &html! { p.quiet { (say.t("series-at-signature")) } });
    }
    let field = |name: &'static str| {
        let label = labels.iter().find(|(n, _)| *n == name).map_or("", |(_, label)| label.as_str());
        Field::new(name, label).value(sent.get(name)).error(wrong.at(name))
    };
    let action = format!("{}/numbers", address(&series.code));
    let hint = say.t("series-purpose-hint");
    let choices = |list: Vec<&str>| -> Vec<(String, String)> {
        list.into_iter().map(|e| (e.to_owned(), e.to_owned())).collect()
    };
    let (papers, divisions) = (choices(series.papers().collect()), choices(series.divisions().collect()));
    let inner = html! {
        @for part in &series.counter {
            @match part {
                Part::Body => (field("body").width(Width::Short).text(say)),
                Part::SubBody => (field("sub_body").width(Width::Short).optional().text(say)),
                Part::Paper if !papers.is_empty() => (field("paper").select(say, &marking_form::choices(&papers))),
                Part::Paper => (field("paper").width(Width::Short).text(say)),
                Part::Division if !divisions.is_empty() => (field("division").select(say, &marking_form::choices(&divisions))),
                Part::Division => (field("division").width(Width::Short).text(say)),
                Part::Year | Part::Number | Part::Stroke => {},
            }
        }
        (field("purpose").hint(&hint).long(say, 2))
        (buttons(&[Button::main(&title).key(SEND)]))
    };
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: true,
    };
    card(&title, &form(frame, &inner))
}

fn void_form(
    say: Voice<'_>,
    signed: &Signed,
    series: &Series,
    asking: &Asking,
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
) -> Markup {
    let field = |name: &'static str, value| {
        let label = labels.iter().find(|(n, _)| *n == name).map_or("", |(_, label)| label.as_str());
        Field::new(name, label).value(value).error(wrong.at(name))
    };
    let title = say.t("series-void");
    let action = format!("{}/voids", address(&series.code));
    let typed = if sent.get("reference").is_empty() && asking.done.is_empty() {
        &asking.reference
    } else {
        sent.get("reference")
    };
    let hint = say.t("series-void-hint");
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(sent.get("command")),
        files: false,
        guard: true,
    };
    card(
        &title,
        &form(
            frame,
            &html! {
                (field("reference", typed).hint(&hint).text(say))
                (field("reason", sent.get("reason")).long(say, 2))
                (buttons(&[Button::grave(&title)]))
            },
        ),
    )
}

/// The counts, and closing those of earlier years.
fn counts(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    continuous: &Continuous,
    sent: &Sent,
) -> Markup {
    if continuous.counts.is_empty() {
        return html! {};
    }
    let year = reading.today().year();
    let old = continuous.counts.iter().any(|c| !c.closed && c.counter.year.is_some_and(|own| own < year));
    let given_here = |c: &registry::series::continuity::Continuity| {
        continuous.numbers.iter().any(|row| number_in(&row.fact, &c.counter))
    };
    let controls = reading.viewer().has(Role::Controller, Some(continuous.registry.id));
    let action = format!("{}/closed", address(&continuous.series.code));
    let close = say.t("series-close");
    card(
        &say.t("series-counts"),
        &html! {
            ul.stack {
                @for count in continuous.counts.iter().rev().filter(|c| given_here(c)).take(12) {
                    li {
                        @let name = counted(&count.counter);
                        @if !name.is_empty() { strong { (name) } " · " }
                        (say.tr("series-count-used", &[("n", count.used.into())]))
                        @if count.closed { " " (chip(Tone::Plain, &say.t("series-closed"))) }
                    }
                }
            }
            @if old && controls {
                (form(Form { action: &action, token: Some(&signed.form_token), command: Some(sent.get("command")), files: false, guard: false }, &html! {
                    p.quiet { (say.t("series-close-text")) }
                    p { (button(&Button::plain(&close))) }
                }))
            }
        },
    )
}

fn number_in(fact: &NumberFact, wanted: &Counter) -> bool {
    match fact {
        NumberFact::Opened { counter, .. }
        | NumberFact::Allotted { counter, .. }
        | NumberFact::Reserved { counter, .. }
        | NumberFact::Void { counter, .. }
        | NumberFact::Closed { counter, .. } => counter == wanted,
    }
}

/// The report as comma-separated values.
pub async fn csv(
    visit: Visit,
    Path(code): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &code, &asking).await?;
    Ok(export::values(list, &name))
}

/// The same rows as a workbook.
pub async fn workbook(
    visit: Visit,
    Path(code): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &code, &asking).await?;
    export::workbook(list, &name).await
}

async fn exported(visit: Visit, code: &str, asking: &Asking) -> Result<(String, export::Ready), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let language = say.language();
    let continuous = reading.continuity(code).await?;
    let heads = [
        ("column-reference", 24.0),
        ("series-counter", 16.0),
        ("series-first", 10.0),
        ("series-last", 10.0),
        ("column-state", 22.0),
        ("series-words", 48.0),
        ("series-paper-column", 34.0),
        ("series-since", 24.0),
    ]
    .map(|(key, width)| (say.t(key), width));
    let mut rows = Vec::new();
    let lines = continuous.lines();
    for line in lines.iter().filter(|l| asking.state().is_none_or(|state| state == l.state)) {
        let papers: Vec<&str> = line.papers.iter().map(|p| p.reference.as_str()).collect();
        let cells = [
            written(line),
            counted(line.counter),
            line.first.to_string(),
            line.last.to_string(),
            say.t(&format!("series-state-{}", line.state.as_str())),
            line_words(line).to_owned(),
            papers.join("; "),
            told(line).map(|row| row.at.to_string()).unwrap_or_default(),
        ];
        rows.push(export::Line {
            labels: line.papers.iter().filter_map(|p| p.subject_label.clone()).collect(),
            undetermined: line.papers.iter().any(|p| p.label.is_none()),
            ..export::Line::plain(cells)
        });
    }
    let name = format!("continuity-{}", continuous.series.code);
    let texts = app.texts.clone();
    Ok((name, export::Ready { reading, texts, language, heads: heads.to_vec(), lines: Some(rows) }))
}

/// What of a form says which count is meant.
pub fn numbered(sent: &Sent, series: &str) -> Numbered {
    let one = |name: &str| Some(sent.get(name).trim().to_owned()).filter(|text| !text.is_empty());
    Numbered {
        series: series.to_owned(),
        body: one("body").and_then(|n| n.parse().ok()),
        sub_body: one("sub_body").and_then(|n| n.parse().ok()),
        paper: one("paper"),
        division: one("division"),
    }
}

/// Keeps a number for a paper.
pub async fn keep(Path(code): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let (series, registry) = reading.numbers_series(&code).ok_or(Code::NotFound)?;
    let command = Command::ReserveNumber {
        registry: registry.id,
        asked: numbered(&posted.sent, &series.code),
        purpose: posted.sent.get("purpose").to_owned(),
    };
    drop(reading);
    act(posted, &code, command, "kept").await
}

/// Strikes a number out.
pub async fn void(Path(code): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let (_, registry) = reading.numbers_series(&code).ok_or(Code::NotFound)?;
    let command = Command::VoidNumber {
        registry: registry.id,
        reference: posted.sent.get("reference").to_owned(),
        reason: posted.sent.get("reason").to_owned(),
    };
    drop(reading);
    act(posted, &code, command, "struck-out").await
}

/// Closes the counts of earlier years.
pub async fn close(Path(code): Path<String>, posted: Posted) -> Result<Response, WebError> {
    let reading = posted.read().await?;
    let (series, registry) = reading.numbers_series(&code).ok_or(Code::NotFound)?;
    let command = Command::CloseCounts { registry: registry.id, series: series.code.clone() };
    drop(reading);
    act(posted, &code, command, "counts-closed").await
}

async fn act(posted: Posted, code: &str, command: Command, done: &str) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = &posted;
    match app.office.command(posted.sender(), sent.command(app), command).await {
        Ok(Answer::Reserved { reference, .. }) => {
            let to = format!("{}?done={done}&reference={}", address(code), frame::escaped(&reference));
            Ok(Redirect::to(&to).into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("{}?done={done}", address(code))).into_response()),
        Err(Failure::Refused(refusal)) => {
            let mut reading = posted.read().await?;
            let say = asked.voice_for(app, &reading);
            let mut wrong = Wrong::default();
            match fields(say).iter().find(|(name, _)| Some(*name) == refusal.field) {
                Some((field, _)) => wrong.on(say, field, &refusal),
                None => wrong.whole.push(refusal.clone()),
            }
            let continuous = reading.continuity(code).await?;
            let page = page(say, &reading, signed, &continuous, &Asking::default(), sent, &wrong);
            Ok(refused(page, refusal.code))
        }
        Err(failure) => Err(failure.into()),
    }
}
