//! Receipts of what was sent: the list for the staff, what is late first to be seen; one of them, and giving it, stand beside.

mod acts;
pub mod form;
mod one;

use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{DispatchRow, Lateness, Listed},
    texts::Voice,
};
use store::{Visible, custody::seen::Slice, visible::EntryView};

use super::{
    common::{Part, day_by, holder},
    lists::{Acts, Asking, Columns, Shown, Sought, cut, many, named, names, views, whole},
};
use crate::look::{Cell, Tone, chip};

pub use acts::{paper, scan, sign, trace};
pub use one::receipt;

/// Which receipts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Due,
    Waiting,
    Late,
    Trace,
    Escalate,
    Given,
    All,
}

impl Filter {
    const ALL: [Filter; 7] = [
        Filter::Due,
        Filter::Waiting,
        Filter::Late,
        Filter::Trace,
        Filter::Escalate,
        Filter::Given,
        Filter::All,
    ];

    fn of(asking: &Asking) -> Self {
        Self::ALL.into_iter().find(|one| one.as_str() == asking.state).unwrap_or(Filter::Due)
    }

    const fn as_str(self) -> &'static str {
        match self {
            Filter::Due => "due",
            Filter::Waiting => "waiting",
            Filter::Late => "late",
            Filter::Trace => "trace",
            Filter::Escalate => "escalate",
            Filter::Given => "given",
            Filter::All => "all",
        }
    }

    fn label(self, say: Voice<'_>) -> String {
        match self {
            Filter::Due => say.t("receipt-view-due"),
            Filter::Late => say.t("receipt-view-late"),
            Filter::All => say.t("receipt-view-all"),
            Filter::Waiting => say.t("receipt-state-waiting"),
            Filter::Trace => say.t("receipt-state-trace"),
            Filter::Escalate => say.t("receipt-state-escalate"),
            Filter::Given => say.t("receipt-state-given"),
        }
    }

    const fn due(self) -> Option<bool> {
        match self {
            Filter::All => None,
            Filter::Given => Some(false),
            _ => Some(true),
        }
    }

    /// Whether rows must be looked at one by one.
    const fn by_lateness(self) -> bool {
        matches!(self, Filter::Waiting | Filter::Late | Filter::Trace | Filter::Escalate)
    }

    fn fits(self, late: Option<Lateness>) -> bool {
        match self {
            Filter::Waiting => late == Some(Lateness::Waiting),
            Filter::Late => late > Some(Lateness::Waiting),
            Filter::Trace => late == Some(Lateness::Trace),
            Filter::Escalate => late == Some(Lateness::Escalate),
            _ => true,
        }
    }
}

impl Acts for DispatchRow {
    const PART: Part = Part::Receipts;
    const WORDS: [&'static str; 5] = [
        "receipt-list-title",
        "receipt-list-text",
        "receipt-list-caption",
        "receipt-list-none",
        "receipt-list-would",
    ];
    const COLUMNS: &'static Columns = &[
        ("copies-receipt", Cell::Main),
        ("copies-to", Cell::Text),
        ("copies-many", Cell::Short),
        ("copies-sent-on", Cell::Text),
        ("copies-days", Cell::Number),
        ("column-state", Cell::Text),
    ];
    const HEADS: &'static [(&'static str, f64)] = &[
        ("copies-receipt", 14.0),
        ("copies-to", 34.0),
        ("copies-many", 48.0),
        ("copies-sent-on", 24.0),
        ("receipt-sender", 28.0),
        ("copies-bearer", 28.0),
        ("copies-days", 8.0),
        ("column-state", 20.0),
        ("receipt-traces", 14.0),
        ("receipt-traced-last", 24.0),
    ];

    /// Where what is past is looked up; else what has waited for the longest time.
    fn newest(asking: &Asking) -> bool {
        asking.newest(matches!(Filter::of(asking), Filter::Given | Filter::All))
    }

    async fn rows(of: &mut Sought<'_>, part: Slice) -> Result<Listed<Self>, Failure> {
        let filter = Filter::of(of.asking);
        if !filter.by_lateness() {
            return of.reading.dispatches(of.registry, filter.due(), part).await;
        }
        let found = of.reading.dispatches(of.registry, filter.due(), whole(part.backwards)).await?;
        Ok(cut(found, part, |row| filter.fits(row.late)))
    }

    async fn narrowed(say: Voice<'_>, of: &mut Sought<'_>) -> Result<Markup, Failure> {
        let due = of.reading.dispatches(of.registry, Some(true), Slice::ALL).await?.rows;
        let count = |filter: Filter| match filter {
            Filter::Given | Filter::All => None,
            _ => Some(many(due.iter().filter(|row| filter.fits(row.late)).count())),
        };
        let list = Filter::ALL.map(|filter| (filter.as_str(), filter.label(say), count(filter)));
        let now = Filter::of(of.asking).as_str();
        Ok(views(say, of.asking, Self::PART, ("state", &say.t("receipt-views")), &list, now))
    }

    fn entries(&self) -> &[Visible<EntryView>] {
        &self.entries
    }

    fn shown(&self, say: Voice<'_>, reading: &Reading) -> Shown {
        let dispatch = &self.view.dispatch;
        let name = dispatch.receipt();
        Shown {
            strong: self.late > Some(Lateness::Waiting),
            cells: vec![
                html! { a.lead href=(address(self)) { (name) } },
                html! { (holder(say, reading, &self.to)) },
                named(say, &self.view.copies),
                html! {
                    (day_by(say, reading, dispatch.at, &self.sent_by))
                    @if let Some(bearer) = &dispatch.bearer {
                        div.quiet { (say.tr("receipt-carried-by", &[("name", bearer.as_str().into())])) }
                    }
                },
                html! { @if self.late.is_some() { (say.integer(self.days)) } },
                html! {
                    (state(say, self.late))
                    @if let Some(words) = traced(say, reading, self) { div.quiet { (words) } }
                },
            ],
            name,
        }
    }

    fn cells(&self, say: Voice<'_>, reading: &Reading) -> Vec<String> {
        let dispatch = &self.view.dispatch;
        vec![
            dispatch.receipt(),
            holder(say, reading, &self.to),
            names(&self.view.copies),
            dispatch.at.to_string(),
            self.sent_by.clone(),
            dispatch.bearer.clone().unwrap_or_default(),
            self.late.map(|_| self.days.to_string()).unwrap_or_default(),
            state_words(say, self.late),
            self.view.traces.to_string(),
            self.view.traced_at.map(|at| at.to_string()).unwrap_or_default(),
        ]
    }
}

/// Where a receipt is.
pub fn address(row: &DispatchRow) -> String {
    format!("/custody/receipts/{}", row.view.dispatch.id)
}

/// How it stands with a receipt, in words.
pub fn state_words(say: Voice<'_>, late: Option<Lateness>) -> String {
    say.t(&format!("receipt-state-{}", late.map_or("given", Lateness::as_str)))
}

/// How it stands with a receipt.
pub fn state(say: Voice<'_>, late: Option<Lateness>) -> Markup {
    let tone = match late {
        None => Tone::Good,
        Some(Lateness::Waiting) => Tone::Plain,
        Some(Lateness::Trace) => Tone::Soon,
        Some(Lateness::Escalate) => Tone::Late,
    };
    chip(tone, &state_words(say, late))
}

/// How often a receipt was asked for again, and when last.
pub fn traced(say: Voice<'_>, reading: &Reading, row: &DispatchRow) -> Option<String> {
    let last = row.view.traced_at?.date(&reading.house.zone);
    Some(say.tr("receipt-traced", &[("n", row.view.traces.into()), ("when", say.date(last).into())]))
}
