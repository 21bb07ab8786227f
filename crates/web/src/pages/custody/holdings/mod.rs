//! What the reader himself has: first what was sent to him and waits for his receipt, then what he answers for, with the acts
//! by which he brings it back or hands it on.

mod acts;
mod export;
mod held;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    custody::{DispatchRow, Holdings},
    texts::Voice,
};
use registry::Refusal;
use serde::Deserialize;
use store::visible::EntryView;

use super::{
    HOLDINGS,
    books::glance,
    receipts::form::{OnScreen, due, on_screen},
    told::{self, Told},
};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{Fact, Notice, Section, card, facts, heading, reference_link},
    pages::{
        shown,
        visit::{Posted, Sent, Visit, done, notice, refused},
    },
    signed::Signed,
    words::registry_name,
};

pub use acts::send;
pub use export::{values, workbook};

/// What is asked of the page.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    order: String,
    done: String,
}

impl Asking {
    fn address(path: &str, order: &str) -> String {
        if order.is_empty() { path.to_owned() } else { format!("{path}?order={order}") }
    }
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
    let own = own(reading, asking).await?;
    let items = reading.own_items().await?;
    let waiting: Vec<Markup> =
        own.due.iter().map(|row| waiting(say, app, reading, signed, row, &said)).collect();
    let title = say.t("holdings-title");
    let counted = say.tr("holdings-total", &[("n", own.held.len().into())]);
    // What is wrong with the words about a copy stands beside them.
    let above = said.refusal.as_ref().filter(|refusal| !super::receipts::form::is_about(refusal));
    let body = html! {
        @if let Some(refusal) = above { (notice(say, refusal)) }
        (heading(&title, &html! { p { (counted) } }))
        @if !waiting.is_empty() {
            section.stack id="due" {
                h2 { (say.t("holdings-due")) }
                p.quiet { (say.t("holdings-due-text")) }
                @for one in &waiting { (one) }
            }
        }
        section.stack id="held" {
            (held::tables(say, reading, &signed.form_token, asking, (&own.held, !own.due.is_empty())))
        }
        (glance::own(say, reading, &items))
    };
    let entries = entries(&own);
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
