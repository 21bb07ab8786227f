//! What is listed of a workbook: its documents with where each stands, their copies and holders, the counts, what is
//! wrong. One list is both the page's table and the file that is exported, so that they cannot differ.

use std::collections::HashMap;

use label::Label;
use maud::{Markup, html};
use office::{
    Reading,
    takeover::{Becomes, Look, RowState},
    texts::Voice,
};
use oldregister::{Code, Plan, Planned, Problem, letters};
use registry::series::allot::Counter;

use crate::{
    export::{Head, Line},
    look::{Cell, Column, Empty, Paging, Row, Tab, Table, Tone, chip, table, tabs},
    pages::shown,
    words,
};

/// Rows of a page.
const PAGE: usize = 50;

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    /// What would be registered, and where it stands.
    Documents,
    /// The copies and who held them.
    Copies,
    /// The last number of each count, and how it goes on.
    Counts,
    /// What is wrong.
    Problems,
}

impl Show {
    const ALL: [Show; 4] = [Show::Documents, Show::Copies, Show::Counts, Show::Problems];

    /// As it stands in addresses.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Show::Documents => "documents",
            Show::Copies => "copies",
            Show::Counts => "counts",
            Show::Problems => "problems",
        }
    }
    /// What is asked for; the documents where nothing is.
    pub(super) fn of(text: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.as_str() == text).unwrap_or(Show::Documents)
    }
    const fn heads(self) -> &'static [(&'static str, Cell, f64)] {
        match self {
            Show::Documents => &[
                ("old-row", Cell::Short, 10.0),
                ("old-number", Cell::Short, 24.0),
                ("column-subject", Cell::Main, 60.0),
                ("column-date", Cell::Short, 14.0),
                ("column-marking", Cell::Short, 26.0),
                ("column-originator", Cell::Text, 30.0),
                ("column-state", Cell::Text, 40.0),
            ],
            Show::Copies => &[
                ("old-row", Cell::Short, 10.0),
                ("old-number", Cell::Short, 24.0),
                ("column-subject", Cell::Main, 60.0),
                ("old-copy", Cell::Short, 12.0),
                ("old-holder", Cell::Text, 34.0),
                ("old-receipted", Cell::Short, 16.0),
                ("old-destroyed", Cell::Short, 16.0),
            ],
            Show::Counts => &[
                ("column-series", Cell::Main, 24.0),
                ("old-count", Cell::Short, 16.0),
                ("old-last", Cell::Number, 12.0),
                ("old-missing", Cell::Text, 24.0),
                ("old-next", Cell::Short, 26.0),
                ("old-becomes", Cell::Text, 60.0),
            ],
            Show::Problems => &[
                ("old-cell", Cell::Short, 10.0),
                ("old-problem", Cell::Main, 60.0),
                ("old-found", Cell::Text, 40.0),
                ("old-remedy", Cell::Text, 60.0),
            ],
        }
    }
}

/// What a cell says: words, and on the page a link or a colour.
#[derive(Default)]
struct Piece {
    text: String,
    more: String,
    href: Option<String>,
    tone: Option<Tone>,
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Piece { text, ..Piece::default() }
    }
}

impl From<Option<String>> for Piece {
    fn from(text: Option<String>) -> Self {
        text.unwrap_or_default().into()
    }
}

impl Piece {
    fn markup(&self) -> Markup {
        html! {
            @match (&self.href, self.tone) {
                (Some(href), _) => a href=(href) { (self.text) },
                (None, Some(tone)) => (chip(tone, &self.text)),
                (None, None) => (self.text),
            }
            @if !self.more.is_empty() { div.quiet { (self.more) } }
        }
    }
    fn words(&self) -> String {
        if self.more.is_empty() { self.text.clone() } else { format!("{} {}", self.text, self.more) }
    }
}

struct Listed {
    name: String,
    pieces: Vec<Piece>,
    label: Option<Label>,
    /// True when it shows something of the workbook whose marking is not known.
    undetermined: bool,
}

fn rows_of(planned: &Planned) -> String {
    planned.rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn state(say: Voice<'_>, state: &RowState) -> Piece {
    match state {
        RowState::Waits => say.t("old-waits").into(),
        RowState::Registered(entry) => Piece {
            text: say.tr("old-registered", &[("reference", entry.reference.as_str().into())]),
            href: Some(shown::address(entry)),
            ..Piece::default()
        },
        RowState::Blind => Piece { text: say.t("old-blind"), ..Piece::default() },
        RowState::Refused(refused) => {
            let (what, remedy) = super::words_of(say, refused);
            Piece { text: what, more: remedy, ..Piece::default() }
        }
    }
}

fn documents(say: Voice<'_>, reading: &Reading, look: &Look, plan: &Plan) -> Vec<Listed> {
    let one = |(planned, at): (&Planned, &RowState)| {
        let register = &planned.register;
        let marking = match &register.label {
            Some(label) => words::marking(label, &reading.house.policies, say.language()).into(),
            None => Piece {
                text: say.t("document-undetermined"),
                more: planned.marking.clone().unwrap_or_default(),
                ..Piece::default()
            },
        };
        Listed {
            name: register.subject.clone(),
            pieces: vec![
                rows_of(planned).into(),
                planned.written.clone().into(),
                register.subject.clone().into(),
                register.date.as_ref().map(|date| words::date(say, date)).into(),
                marking,
                register.originator.clone().into(),
                state(say, at),
            ],
            label: register.label.clone(),
            undetermined: register.label.is_none(),
        }
    };
    plan.planned.iter().zip(&look.states).map(one).collect()
}

/// A copy as it is written: `2 of 5`.
pub(crate) fn copy_words(say: Voice<'_>, number: Option<u32>, of: Option<u32>) -> String {
    match (number, of) {
        (Some(n), Some(of)) => say.tr("old-copy-of", &[("n", n.into()), ("of", of.into())]),
        (Some(n), None) => n.to_string(),
        (None, _) => String::new(),
    }
}

fn copies(say: Voice<'_>, plan: &Plan) -> Vec<Listed> {
    let mut all = Vec::new();
    for planned in &plan.planned {
        for copy in &planned.copies {
            let date =
                |date: &Option<registry::DocumentDate>| date.as_ref().map(|date| words::date(say, date));
            all.push(Listed {
                name: planned.register.subject.clone(),
                pieces: vec![
                    copy.row.to_string().into(),
                    planned.written.clone().into(),
                    planned.register.subject.clone().into(),
                    copy_words(say, copy.number, planned.copies_in_all).into(),
                    copy.holder.clone().into(),
                    date(&copy.receipted).into(),
                    date(&copy.destroyed).into(),
                ],
                label: planned.register.label.clone(),
                undetermined: planned.register.label.is_none(),
            });
        }
    }
    all
}

/// What starts a count of its own, as people write it.
fn count_words(counter: &Counter) -> String {
    let parts = [
        counter.division.clone(),
        counter.paper.clone(),
        counter.body.map(|n| n.to_string()),
        counter.sub_body.map(|n| n.to_string()),
        counter.year.map(|year| year.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn counts(say: Voice<'_>, look: &Look) -> Vec<Listed> {
    let told = |series: &str| look.takeover.progress.counts.iter().find(|counted| counted.series == series);
    look.counts
        .iter()
        .map(|carry| {
            let count = &carry.count;
            let gaps: Vec<String> = count
                .gaps
                .iter()
                .take(20)
                .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") })
                .collect();
            let key = format!("old-becomes-{}", carry.becomes.as_str());
            let refused = told(&count.series).filter(|counted| Some(&counted.next) == carry.next.as_ref());
            let becomes = match refused.and_then(|counted| counted.refused.as_ref()) {
                Some(refused) => {
                    let (what, remedy) = super::words_of(say, refused);
                    Piece { text: what, more: remedy, ..Piece::default() }
                }
                None => say.t(&key).into(),
            };
            let series = if count.series.is_empty() { say.t("old-no-series") } else { count.series.clone() };
            let tone = matches!(carry.becomes, Becomes::Behind(_)).then_some(Tone::Late);
            Listed {
                name: series.clone(),
                pieces: vec![
                    series.into(),
                    count_words(&count.counter).into(),
                    count.last.to_string().into(),
                    gaps.join(", ").into(),
                    Piece { text: carry.next.clone().unwrap_or_default(), tone, ..Piece::default() },
                    becomes,
                ],
                label: None,
                undetermined: false,
            }
        })
        .collect()
}

/// What a problem says stands here, in words.
fn detail(say: Voice<'_>, reading: &Reading, problem: &Problem) -> String {
    if let Some(row) = problem.other_row {
        return say.tr("old-other-row", &[("row", i64::from(row).into())]);
    }
    let Some(detail) = &problem.detail else { return String::new() };
    match problem.code {
        Code::AmbiguousDate => say.t(&format!("old-order-{detail}")),
        Code::MarkingUnclear => {
            let name = |id: &str| {
                let policy = reading.house.policies.iter().find(|policy| policy.id().to_string() == id);
                policy.map_or_else(|| id.to_owned(), |policy| policy.name().to_owned())
            };
            detail.split(' ').map(name).collect::<Vec<_>>().join(", ")
        }
        _ => detail.clone(),
    }
}

fn problems(say: Voice<'_>, reading: &Reading, plan: &Plan) -> Vec<Listed> {
    let labels: HashMap<u32, Option<&Label>> = plan
        .planned
        .iter()
        .flat_map(|planned| planned.rows.iter().map(|row| (*row, planned.register.label.as_ref())))
        .collect();
    let one = |problem: &Problem| {
        let label = labels.get(&problem.row).copied().flatten().cloned();
        let code = problem.code.as_str();
        let place = problem.column.map(letters).unwrap_or_default();
        let row = if problem.row == 0 { String::new() } else { problem.row.to_string() };
        Listed {
            name: format!("{place}{row}"),
            pieces: vec![
                format!("{place}{row}").into(),
                Piece {
                    text: say.t(&format!("old-problem-{code}")),
                    more: if problem.code.stops() { say.t("old-row-stopped") } else { String::new() },
                    ..Piece::default()
                },
                Piece {
                    text: problem.found.clone(),
                    more: detail(say, reading, problem),
                    ..Piece::default()
                },
                say.t(&format!("old-problem-{code}-remedy")).into(),
            ],
            undetermined: label.is_none() && !problem.found.is_empty(),
            label,
        }
    };
    plan.problems.iter().map(one).collect()
}

fn listed(say: Voice<'_>, reading: &Reading, look: &Look, plan: &Plan, show: Show) -> Vec<Listed> {
    match show {
        Show::Documents => documents(say, reading, look, plan),
        Show::Copies => copies(say, plan),
        Show::Counts => counts(say, look),
        Show::Problems => problems(say, reading, plan),
    }
}

/// What is listed, for a file.
pub(super) fn exported(
    say: Voice<'_>,
    reading: &Reading,
    look: &Look,
    plan: &Plan,
    show: Show,
) -> (Vec<Head>, Vec<Line>) {
    let heads = show.heads().iter().map(|(key, _, width)| (say.t(key), *width)).collect();
    let line = |listed: Listed| Line {
        labels: listed.label.into_iter().collect(),
        undetermined: listed.undetermined,
        ..Line::plain(listed.pieces.iter().map(Piece::words))
    };
    (heads, self::listed(say, reading, look, plan, show).into_iter().map(line).collect())
}

/// The lists as tabs, with a page of the one that is asked for.
pub(super) fn shown(
    say: Voice<'_>,
    reading: &Reading,
    look: &Look,
    plan: &Plan,
    show: &str,
    page: usize,
) -> Markup {
    let show = Show::of(show);
    let own = super::address(look.takeover.id);
    let href = |show: Show| format!("{own}?show={}", show.as_str());
    let copies = plan.planned.iter().map(|planned| planned.copies.len()).sum();
    let sizes = [plan.planned.len(), copies, look.counts.len(), plan.problems.len()];
    let names = Show::ALL.map(|show| (show, say.t(&format!("old-show-{}", show.as_str())), href(show)));
    let list: Vec<Tab<'_>> = names
        .iter()
        .zip(sizes)
        .map(|((one, label, href), size)| Tab {
            label,
            href,
            count: u64::try_from(size).ok(),
            current: *one == show,
        })
        .collect();
    let all = listed(say, reading, look, plan, show);
    let total = all.len();
    let last = total.div_ceil(PAGE).max(1);
    let page = page.clamp(1, last);
    let from = (page - 1).saturating_mul(PAGE);
    let some: Vec<&Listed> = all.iter().skip(from).take(PAGE).collect();
    let heads: Vec<(String, Cell)> = show.heads().iter().map(|(key, cell, _)| (say.t(key), *cell)).collect();
    let columns: Vec<Column<'_>> =
        heads.iter().map(|(head, cell)| Column { head, cell: *cell, sort: None }).collect();
    let rows: Vec<Row<'_>> = some
        .iter()
        .map(|one| Row {
            value: None,
            name: &one.name,
            strong: false,
            cells: one.pieces.iter().map(Piece::markup).collect(),
        })
        .collect();
    let at = |page: usize| format!("{}&page={page}", href(show));
    let (previous, next) = ((page > 1).then(|| at(page - 1)), (page < last).then(|| at(page + 1)));
    let shown = say.tr(
        "paging-shown",
        &[
            ("from", super::number(from + 1)),
            ("to", super::number(from + rows.len())),
            ("total", super::number(total)),
        ],
    );
    let file = |ending: &str| format!("{own}/rows.{ending}?show={}", show.as_str());
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let caption = say.t(&format!("old-show-{}", show.as_str()));
    let title = say.t(&format!("old-none-{}", show.as_str()));
    let would = say.t(&format!("old-none-{}-would", show.as_str()));
    html! {
        (tabs(say, &say.t("old-shows"), &list))
        (table(say, &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: if rows.is_empty() { "" } else { &shown } },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &title, would: &would, begin: None },
        }))
    }
}
