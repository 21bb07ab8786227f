//! The table of comments of a case: its page with filters, sorts and one row opened to be changed or settled.

mod acts;
mod files;
mod forms;
mod rows;

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    cases::comments::{CommentRow, CommentTable},
    texts::Voice,
};
use registry::cases::{Outcome, Severity};
use serde::Deserialize;

use super::{PATH, address, doer_words, marking};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{Crumb, Facet, Section, crumbs, facet::pills, heading, reference_link},
    pages::{
        custody::lists::changed,
        visit::{Sent, Visit, Wrong, done},
    },
    signed::Asked,
};

pub use acts::act;
pub use files::{document, values, workbook};

/// Rows of a page.
const PAGE: usize = 50;
/// The states by which the table is filtered.
const STATES: [&str; 6] = ["open", "settled", "accepted", "partly", "rejected", "noted"];

/// What is asked of the table.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    severity: String,
    office: String,
    state: String,
    sort: String,
    from: String,
    row: String,
    done: String,
}

impl Asking {
    fn severity(&self) -> Option<Severity> {
        Severity::read(&self.severity)
    }

    fn state(&self) -> Option<&'static str> {
        STATES.into_iter().find(|state| *state == self.state)
    }

    fn sort(&self) -> &'static str {
        ["severity", "office", "place", "state"]
            .into_iter()
            .find(|sort| *sort == self.sort)
            .unwrap_or("number")
    }

    fn begin(&self) -> usize {
        self.from.parse().unwrap_or(0)
    }

    /// The number of the row that is opened.
    fn opened(&self) -> Option<u64> {
        self.row.parse().ok()
    }

    /// An address of the table with one part of it changed, from its beginning.
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let from = if name == "row" { &*self.from } else { "" };
        let parts = [
            ("severity", &*self.severity),
            ("office", &*self.office),
            ("state", &*self.state),
            ("sort", &*self.sort),
            ("from", from),
            ("row", ""),
        ];
        changed(path, &parts, name, value)
    }

    fn fits(&self, row: &CommentRow) -> bool {
        let state = match self.state() {
            None => true,
            Some("settled") => row.comment.adjudication.is_some(),
            Some(state) => row.comment.state() == state,
        };
        let severity = self.severity().is_none_or(|severity| row.comment.row.severity == severity);
        let office = self.office.is_empty() || row.office.doer.to_string() == self.office;
        state && severity && office
    }

    /// The rows that fit, in the order that is asked for.
    fn chosen<'r>(&self, say: Voice<'_>, all: &'r [CommentRow]) -> Vec<&'r CommentRow> {
        let mut rows: Vec<&CommentRow> = all.iter().filter(|row| self.fits(row)).collect();
        match self.sort() {
            "severity" => rows.sort_by_key(|row| row.comment.row.severity),
            "office" => {
                rows.sort_by_cached_key(|row| registry::reference::sort_key(&doer_words(say, &row.office)))
            }
            "place" => rows.sort_by_cached_key(|row| rows::place_key(&row.comment.row)),
            "state" => {
                rows.sort_by_key(|row| row.comment.adjudication.as_ref().map(|settled| settled.outcome))
            }
            _ => {}
        }
        rows
    }
}

/// Where the table of a case is.
fn path(number: &str) -> String {
    format!("{}/comments", address(number))
}

fn severity_words(say: Voice<'_>, severity: Severity) -> String {
    say.t(&format!("comments-{}", severity.text()))
}

fn outcome_words(say: Voice<'_>, outcome: Outcome) -> String {
    say.t(&format!("comments-{}", outcome.text()))
}

/// A form that was refused: what is wrong with it, and what was typed.
#[derive(Default)]
struct Returned {
    wrong: Wrong,
    sent: Option<Sent>,
}

/// The table with all that its page is made of.
struct Shown<'a> {
    say: Voice<'a>,
    app: &'a App,
    reading: &'a Reading,
    token: &'a str,
    table: &'a CommentTable,
    asking: &'a Asking,
    back: &'a Returned,
}

/// The page.
pub async fn show(
    visit: Visit,
    Path(which): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let id = reading.case_named(&which).await?;
    let table = reading.case_comments(id).await?;
    let back = Returned::default();
    Ok(page(&app, &asked, &signed.form_token, &reading, &table, &asking, &back)?)
}

fn page(
    app: &App,
    asked: &Asked,
    token: &str,
    reading: &Reading,
    table: &CommentTable,
    asking: &Asking,
    back: &Returned,
) -> Result<Response, Failure> {
    let say = asked.voice_for(app, reading);
    let shown = Shown { say, app, reading, token, table, asking, back };
    let case = &table.row.case;
    let title = say.tr("comments-title", &[("number", case.number.as_str().into())]);
    let path = path(&case.number);
    let sheet = Sheet {
        shown: vec![&case.label],
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Cases), shown.body())
    };
    Ok(frame::page(say, reading, token, sheet))
}

impl Shown<'_> {
    fn body(&self) -> Markup {
        let (say, row) = (self.say, &self.table.row);
        let number = &row.case.number;
        let rows = self.asking.chosen(say, &self.table.comments);
        let opened = self.asking.opened();
        let opened = self.table.comments.iter().find(|row| Some(row.comment.number) == opened);
        html! {
            (self.wrong())
            (crumbs(say, &[
                Crumb { label: &say.t("rail-cases"), href: PATH },
                Crumb { label: number, href: &address(number) },
            ]))
            (heading(&say.t("comments-heading"), &html! {
                (reference_link(number, &address(number)))
                (marking(say, self.reading, row))
                span { (row.case.called()) }
            }))
            @if let Some(opened) = opened { (self.opened(opened)) }
            @if !self.table.comments.is_empty() { (self.filters()) }
            (self.listed(&rows))
            // Two forms of the same fields don't stand on one page.
            @if !self.table.tasks.is_empty() && !opened.is_some_and(|row| row.writes) { (self.adding()) }
        }
    }

    /// The filters, each with how many rows it leaves.
    fn filters(&self) -> Markup {
        let (say, asking, all) = (self.say, self.asking, &self.table.comments);
        let path = path(&self.table.row.case.number);
        // How many rows there would be with one part asked for in another way.
        let count = |asking: &Asking| all.iter().filter(|row| asking.fits(row)).count();
        let one = |name: &str, value: &str, words: String, on: bool| {
            let mut other = asking.clone();
            match name {
                "severity" => value.clone_into(&mut other.severity),
                "office" => value.clone_into(&mut other.office),
                _ => value.clone_into(&mut other.state),
            }
            let to = if on { "" } else { value };
            (words, asking.with(&path, name, to), count(&other), on)
        };
        let severities = Severity::ALL.map(|severity| {
            let on = asking.severity() == Some(severity);
            one("severity", severity.text(), severity_words(say, severity), on)
        });
        let states = STATES.map(|state| {
            one("state", state, say.t(&format!("comments-{state}")), asking.state() == Some(state))
        });
        let mut offices: Vec<(String, String)> =
            all.iter().map(|row| (row.office.doer.to_string(), doer_words(say, &row.office))).collect();
        offices.sort_by(|a, b| a.1.cmp(&b.1));
        offices.dedup();
        let offices = offices.into_iter().map(|(is, words)| {
            let on = asking.office == is;
            one("office", &is, words, on)
        });
        let offices: Vec<Choice> = offices.collect();
        html! {
            (pills(&say.t("comments-severity"), &facets(&severities), say))
            @if offices.len() > 1 { (pills(&say.t("comments-office"), &facets(&offices), say)) }
            (pills(&say.t("comments-state"), &facets(&states), say))
        }
    }
}

/// A filter: its words, its address, how many rows it leaves, whether it is on.
type Choice = (String, String, usize, bool);

fn facets(all: &[Choice]) -> Vec<Facet<'_>> {
    let facets = all.iter().map(|(label, href, count, on)| Facet {
        label,
        marking: None,
        count: Some(u64::try_from(*count).unwrap_or(u64::MAX)),
        href,
        on: *on,
    });
    facets.collect()
}
