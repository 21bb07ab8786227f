//! What the reader himself has: first what was sent to him and waits for his receipt, then what he answers for, with the acts
//! by which he brings it back or hands it on.

mod acts;
mod export;
mod held;
mod tasks;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    custody::{CopyRow, DispatchRow, Holdings},
    texts::Voice,
};
use registry::{Refusal, custody::copy::Standing};
use serde::Deserialize;
use store::visible::EntryView;

use super::{
    HOLDINGS,
    books::glance,
    lists::many,
    receipts::form::{OnScreen, due, on_screen},
    told::{self, Told},
};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{Facet, Fact, Notice, Section, card, facts, heading, pills, reference_link},
    pages::{
        shown,
        visit::{Posted, Sent, Visit, done, notice, refused},
    },
    signed::Signed,
    words::registry_name,
};

pub use acts::send;
pub use export::{values, workbook};
pub use tasks::{Tasks, given, post, read};

/// What is asked of the page.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    view: String,
    order: String,
    done: String,
}

impl Asking {
    /// An address of what is shown, in an order.
    fn address(&self, path: &str, order: &str) -> String {
        let parts = [("view", View::of(self).as_str()), ("order", order)];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", frame::escaped(value)))
            .collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
}

/// What of one's own is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    All,
    Held,
    UnderWay,
    Loan,
    Late,
    Items,
}

impl View {
    const ALL: [View; 6] = [View::All, View::Held, View::UnderWay, View::Loan, View::Late, View::Items];

    fn of(asking: &Asking) -> Self {
        Self::ALL.into_iter().find(|view| view.as_str() == asking.view).unwrap_or(View::All)
    }

    /// As it stands in addresses.
    const fn as_str(self) -> &'static str {
        match self {
            View::All => "",
            View::Held => "held",
            View::UnderWay => "under-way",
            View::Loan => "loan",
            View::Late => "late",
            View::Items => "items",
        }
    }

    fn label(self, say: Voice<'_>) -> String {
        match self {
            View::All => say.t("copies-all"),
            View::Held => say.t("copies-state-held"),
            View::UnderWay => say.t("copies-state-under-way"),
            View::Loan => say.t("copies-loan-out"),
            View::Late => say.t("copies-loan-overdue"),
            View::Items => say.t("book-own"),
        }
    }

    /// Whether a copy is shown.
    fn fits(self, row: &CopyRow) -> bool {
        match self {
            View::All => true,
            View::Held => row.view.copy.standing == Standing::Held,
            View::UnderWay => matches!(row.view.copy.standing, Standing::UnderWay { .. }),
            View::Loan => row.loan.is_some(),
            View::Late => row.loan.is_some_and(|loan| loan.late.is_some()),
            View::Items => false,
        }
    }
}

/// What is shown of what one has, to choose from.
fn views(say: Voice<'_>, asking: &Asking, all: &Holdings, items: usize) -> Markup {
    let now = View::of(asking);
    let list = View::ALL.map(|view| {
        let copies = all.held.iter().filter(|row| view.fits(row)).count();
        let count = match view {
            View::All => copies + items,
            View::Items => items,
            _ => copies,
        };
        let address = Asking { view: view.as_str().to_owned(), ..asking.clone() };
        (view.label(say), address.address(HOLDINGS, &asking.order), many(count), view == now)
    });
    let values: Vec<Facet<'_>> = list
        .iter()
        .map(|(label, href, count, on)| Facet { label, marking: None, count: Some(*count), href, on: *on })
        .collect();
    pills(&say.t("holdings-views"), &values, say)
}

/// What was sent to the page, and why it was refused.
#[derive(Debug, Default)]
struct Said {
    sent: Sent,
    refusal: Option<Refusal>,
    notices: Vec<Notice>,
}

/// The page.
pub async fn holdings(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let said = Said { notices: done(say, &asking.done), ..Said::default() };
    page(say, &app, &mut reading, &signed, &asking, &path, said).await
}

/// The page once more, with why something was refused.
pub async fn again(posted: &Posted, refusal: &Refusal) -> Result<Response, WebError> {
    let Posted { app, signed, asked, sent } = posted;
    let mut reading = posted.read().await?;
    let say = asked.voice_for(app, &reading);
    let said = Said { sent: sent.clone(), refusal: Some(refusal.clone()), notices: Vec::new() };
    let page = page(say, app, &mut reading, signed, &Asking::default(), HOLDINGS, said).await?;
    Ok(refused(page, refusal.code))
}

async fn page(
    say: Voice<'_>,
    app: &App,
    reading: &mut Reading,
    signed: &Signed,
    asking: &Asking,
    path: &str,
    said: Said,
) -> Result<Response, WebError> {
    let all = own(reading, &Asking { view: String::new(), ..asking.clone() }).await?;
    let items = reading.own_items().await?;
    let view = View::of(asking);
    let narrowed = views(say, asking, &all, items.len());
    let mut own = all;
    own.held.retain(|row| view.fits(row));
    let tasks = Tasks::of(reading).await?;
    let waiting: Vec<Markup> =
        own.due.iter().map(|row| waiting(say, app, reading, signed, row, &said)).collect();
    let title = say.t("holdings-title");
    let counted = say.tr("holdings-total", &[("n", own.held.len().into())]);
    // What is wrong with the words about a copy stands beside them.
    let above = said.refusal.as_ref().filter(|refusal| !super::receipts::form::is_about(refusal));
    let body = html! {
        @if let Some(refusal) = above { (notice(say, refusal)) }
        (heading(&title, &html! { p { (counted) } }))
        (narrowed)
        @if !waiting.is_empty() {
            section.stack id="due" {
                h2 { (say.t("holdings-due")) }
                p.quiet { (say.t("holdings-due-text")) }
                @for one in &waiting { (one) }
            }
        }
        (tasks::sections(say, app, reading, &signed.form_token, &tasks))
        @if view != View::Items { section.stack id="held" {
            (held::tables(say, reading, &signed.form_token, asking, (&own.held, !own.due.is_empty())))
        } }
        @if matches!(view, View::All | View::Items) { (glance::own(say, reading, &items)) }
    };
    let mut entries = entries(&own);
    entries.extend(tasks.rows().filter_map(|row| row.entry.as_deref()));
    let labels: Vec<_> = entries.iter().filter_map(|entry| shown::shown_of(&reading.house, entry)).collect();
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(entries.iter().copied()),
        notices: said.notices,
        ..Sheet::plain(&title, path, Some(Section::Custody), body)
    };
    Ok(frame::page(say, reading, &signed.form_token, sheet))
}

/// What the reader has, in the order that is asked for; what was sent to his registry waits for a receipt of his too.
async fn own(reading: &mut Reading, asking: &Asking) -> Result<Holdings, WebError> {
    let mut own = reading.own_copies().await?;
    own.due.extend(reading.due_to_registries().await?);
    let view = View::of(asking);
    own.held.retain(|row| view.fits(row));
    match asking.order.as_str() {
        "since" => own.held.sort_by_key(|row| row.view.copy.since),
        "since-down" => own.held.sort_by_key(|row| std::cmp::Reverse(row.view.copy.since)),
        "number-down" => own.held.reverse(),
        _ => {}
    }
    Ok(own)
}

/// The entries of all that is shown.
fn entries(own: &Holdings) -> Vec<&EntryView> {
    let held = own.held.iter().map(|row| &*row.entry);
    held.chain(own.due.iter().flat_map(|row| &row.entries).map(|entry| &**entry)).collect()
}

/// What waits for the reader's receipt, with the form by which he gives it.
fn waiting(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    signed: &Signed,
    row: &DispatchRow,
    said: &Said,
) -> Markup {
    let dispatch = &row.view.dispatch;
    let receipt = dispatch.receipt();
    let registry = registry_name(reading, row.registry, say);
    let title = say.tr(
        "holdings-receipt",
        &[("receipt", receipt.as_str().into()), ("registry", registry.as_str().into())],
    );
    let heads = ["copies-sent-on", "receipt-sender", "copies-bearer", "copies-receipt"].map(|key| say.t(key));
    let [sent, sender, bearer, number] = &heads;
    let mut list = vec![
        Fact { label: number, value: reference_link(&receipt, &super::receipts::address(row)) },
        Fact {
            label: sent,
            value: html! { time datetime=(dispatch.at) { (shown::moment(say, reading, dispatch.at)) } },
        },
        Fact { label: sender, value: html! { (row.sent_by) } },
    ];
    if let Some(name) = &dispatch.bearer {
        list.push(Fact { label: bearer, value: html! { (name) } });
    }
    let told = [Told::Name, Told::Paper, Told::Marking, Told::Pages];
    let copies = told::copies(say, reading, &say.t("receipt-what"), &told, due(row), &row.entries);
    let with = OnScreen {
        signed,
        back: "",
        sent: &said.sent,
        refusal: said.refusal.as_ref(),
        command: app.office.new_command().to_string(),
    };
    card(&title, &html! { div.stack { (facts(&list)) (copies) (on_screen(say, row, &with)) } })
}
