//! Receipts of what was sent: the list for the staff, what is late first to be seen; one of them, and giving it, stand beside.

mod acts;
mod export;
pub mod form;
mod one;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    custody::{DispatchRow, Lateness, Listed},
    texts::Voice,
};
use registry::RegistryId;
use store::custody::seen::Slice;

use super::{
    common::{Kept, Part, day, holder, ways},
    lists::{Asking, List, Shown, cut, named, views, whole},
};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Cell, Section, Tone, chip, heading},
    pages::{
        shown,
        visit::{Visit, done},
    },
};

pub use acts::{paper, sign, trace};
pub use export::{values, workbook};
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

    /// The newest first where what is past is looked up; else what has waited for the longest time.
    const fn newest(self) -> bool {
        matches!(self, Filter::Given | Filter::All)
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

async fn rows(
    reading: &mut Reading,
    registry: RegistryId,
    filter: Filter,
    part: Slice,
) -> Result<Listed<DispatchRow>, Failure> {
    if !filter.by_lateness() {
        return reading.dispatches(registry, filter.due(), part).await;
    }
    let mut found = reading.dispatches(registry, filter.due(), whole(part.backwards)).await?.rows;
    found.retain(|row| filter.fits(row.late));
    Ok(cut(found, part))
}

/// The list.
pub async fn list(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let filter = Filter::of(&asking);
    let newest = asking.newest(filter.newest());
    let found = rows(&mut reading, kept.chosen.id, filter, asking.page(newest)).await?;
    let pills = pills(say, &mut reading, &kept, &asking, filter).await?;
    let title = say.t("receipt-list-title");
    let labels = super::lists::bare(&reading, found.rows.iter().flat_map(|row| &row.entries));
    let list = List {
        part: Part::Receipts,
        asking: &asking,
        columns: &[
            ("copies-receipt", Cell::Main),
            ("copies-to", Cell::Text),
            ("copies-many", Cell::Short),
            ("copies-sent-on", Cell::Text),
            ("copies-days", Cell::Number),
            ("column-state", Cell::Text),
        ],
        rows: found.rows.iter().map(|row| line(say, &reading, row)).collect(),
        all: found.all,
        newest: Some(newest),
        words: ["receipt-list-caption", "receipt-list-none", "receipt-list-would"].map(|key| say.t(key)),
    };
    let body = html! {
        (heading(&title, &html! { p { (kept.name(say)) } p.quiet { (say.t("receipt-list-text")) } }))
        (ways(say, &kept, Part::Receipts))
        (pills)
        (list.shown(say))
    };
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: undetermined(&found.rows),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn undetermined(rows: &[DispatchRow]) -> bool {
    shown::any_undetermined(rows.iter().flat_map(|row| &row.entries).map(|entry| &**entry))
}

async fn pills(
    say: Voice<'_>,
    reading: &mut Reading,
    kept: &Kept,
    asking: &Asking,
    now: Filter,
) -> Result<Markup, Failure> {
    let due = reading.dispatches(kept.chosen.id, Some(true), Slice::ALL).await?.rows;
    let count = |filter: Filter| match filter {
        Filter::Given | Filter::All => None,
        _ => u64::try_from(due.iter().filter(|row| filter.fits(row.late)).count()).ok(),
    };
    let list: Vec<_> = Filter::ALL.map(|filter| (filter.as_str(), filter.label(say), count(filter))).to_vec();
    Ok(views(say, asking, Part::Receipts, ("state", &say.t("receipt-views")), &list, now.as_str()))
}

fn line(say: Voice<'_>, reading: &Reading, row: &DispatchRow) -> Shown {
    let dispatch = &row.view.dispatch;
    let name = dispatch.receipt();
    Shown {
        strong: row.late > Some(Lateness::Waiting),
        cells: vec![
            html! { a.lead href=(address(row)) { (name) } },
            html! { (holder(say, reading, &row.to)) },
            named(say, &row.view.copies),
            html! {
                (day(say, reading, dispatch.at))
                div.quiet { (say.tr("receipt-by", &[("name", row.sent_by.as_str().into())])) }
                @if let Some(bearer) = &dispatch.bearer {
                    div.quiet { (say.tr("receipt-carried-by", &[("name", bearer.as_str().into())])) }
                }
            },
            html! { @if row.late.is_some() { (say.integer(row.days)) } },
            html! {
                (state(say, row.late))
                @if let Some(words) = traced(say, reading, row) { div.quiet { (words) } }
            },
        ],
        name,
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
