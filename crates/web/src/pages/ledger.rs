//! The ledgers, for inspectors: how long they are, what was signed last, and whether they agree with themselves.

use axum::response::Response;
use maud::{Markup, html};
use office::{Reading, proofs::LedgerHead, proofs::Verified, texts::Voice};
use registry::{HOUSE, RegistryId};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Form, Notice, Paging, Row, Section, Table, Tone, button, card, form,
        heading, table,
    },
    pages::{
        shown,
        visit::{Posted, Visit},
    },
    signed::Signed,
};

/// The path of the page.
const PATH: &str = "/ledger";
/// Most faults that are listed.
const FAULTS: usize = 100;

/// The ledgers as they stand.
pub async fn ledger(visit: Visit) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let heads = reading.ledgers().await?;
    Ok(page(say, &reading, &signed, &heads, None))
}

/// Verifies every ledger and says what was found.
pub async fn verify(posted: Posted) -> Result<Response, WebError> {
    posted.read().await?.inspects()?;
    let verified = posted.app.office.verify_apart().await?;
    let mut reading = posted.read().await?;
    let say = posted.asked.voice_for(&posted.app, &reading);
    let heads = reading.ledgers().await?;
    Ok(page(say, &reading, &posted.signed, &heads, Some(&verified)))
}

fn page(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    heads: &[LedgerHead],
    verified: Option<&Verified>,
) -> Response {
    let title = say.t("ledger-title");
    let verify = say.t("ledger-verify");
    let key = reading.office().verifier_key().to_string();
    let body = html! {
        (heading(&title, &html! { p { (say.t("ledger-text")) } }))
        @if let Some(verified) = verified { (faults(say, verified)) }
        (not_indexed(say, reading))
        (list(say, reading, heads, verified))
        (form(Form { action: "/ledger/verify", token: Some(&signed.form_token), command: None, files: false, guard: false }, &html! {
            p.foot { (button(&Button::main(&verify).key("v"))) }
        }))
        div.cols.even.card-gap {
            (card(&say.t("ledger-key"), &html! {
                p { code { (key) } }
                p.quiet { (say.t("ledger-key-text")) }
            }))
            (card(&say.t("ledger-offline"), &html! {
                p { (say.t("ledger-offline-text")) }
                p { code { "chancery export DIR OUT --proof" } }
                p { code { "chancery verify --export OUT --key DIR.pub" } }
            }))
        }
    };
    let notices = verified.map(|verified| verdict(say, verified)).into_iter().collect();
    let sheet = Sheet { notices, ..Sheet::plain(&title, PATH, Some(Section::Ledger), body) };
    frame::page(say, reading, &signed.form_token, sheet)
}

fn sound(verified: &Verified) -> bool {
    verified.faults.is_empty() && verified.ledgers.iter().all(|l| l.findings == 0)
}

fn verdict(say: Voice<'_>, verified: &Verified) -> Notice {
    let entries: u64 = verified.ledgers.iter().map(|l| l.entries).sum();
    if sound(verified) {
        let words =
            say.tr("ledger-agrees", &[("n", entries.into()), ("ledgers", verified.ledgers.len().into())]);
        return Notice { tone: Tone::Good, words: html! { p { (words) } } };
    }
    let found: u64 = verified.ledgers.iter().map(|l| l.findings).sum();
    let faults = u64::try_from(verified.faults.len()).unwrap_or(u64::MAX).max(found);
    let words = say.tr("ledger-disagrees", &[("n", faults.into())]);
    Notice {
        tone: Tone::Late,
        words: html! { p { strong { (words) } } p { (say.t("ledger-disagrees-remedy")) } },
    }
}

/// What is wrong. The words are those of the verifier, which speaks the language of its published format.
fn faults(say: Voice<'_>, verified: &Verified) -> Markup {
    html! {
        @if !verified.faults.is_empty() {
            (card(&say.t("ledger-faults"), &html! {
                ul.stack lang="en" { @for fault in verified.faults.iter().take(FAULTS) { li { (fault) } } }
            }))
        }
    }
}

/// Documents of which the words cannot be read; nothing where all can.
fn not_indexed(say: Voice<'_>, reading: &Reading) -> Markup {
    let found = reading.not_indexed().unwrap_or_default();
    html! {
        @if !found.is_empty() {
            (card(&say.t("ledger-not-indexed"), &html! {
                p { (say.t("ledger-not-indexed-text")) }
                ul.stack {
                    @for one in found.iter().take(FAULTS) {
                        li {
                            a href={ "/documents/" (one.document) } { (one.document) }
                            div.quiet lang="en" { (one.why) }
                        }
                    }
                }
            }))
        }
    }
}

fn name_of(say: Voice<'_>, reading: &Reading, ledger: RegistryId) -> String {
    if ledger == HOUSE {
        return say.t("ledger-house");
    }
    crate::words::registry_name(reading, ledger, say)
}

fn list(say: Voice<'_>, reading: &Reading, heads: &[LedgerHead], verified: Option<&Verified>) -> Markup {
    let words = ["ledger-of", "ledger-entries", "ledger-last", "ledger-checkpoint", "column-state"]
        .map(|key| say.t(key));
    let [of, entries, last, checkpoint, state] = &words;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(of, Cell::Main),
        column(entries, Cell::Number),
        column(last, Cell::Short),
        column(checkpoint, Cell::Text),
        column(state, Cell::Short),
    ];
    let names: Vec<String> = heads.iter().map(|head| name_of(say, reading, head.registry)).collect();
    let rows: Vec<Row<'_>> = heads
        .iter()
        .zip(&names)
        .map(|(head, name)| Row {
            value: None,
            name,
            strong: false,
            cells: vec![
                html! { (name) @if let Some(code) = &head.code { div.quiet { (code) } } },
                html! { (say.count(head.size)) },
                html! { time { (shown::moment(say, reading, head.time)) } },
                signed_head(say, head),
                outcome(say, head, verified),
            ],
        })
        .collect();
    let (caption, title, would) = (say.t("ledger-list"), say.t("ledger-empty"), say.t("ledger-empty-would"));
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &title, would: &would, begin: None },
        },
    )
}

/// The newest checkpoint: over how many entries, and its root (second and third line of the note).
fn signed_head(say: Voice<'_>, head: &LedgerHead) -> Markup {
    let Some(note) = &head.checkpoint else { return html! { span.quiet { (say.t("ledger-unsigned")) } } };
    let mut lines = note.lines().skip(1);
    let (size, root) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let entries: u64 = size.parse().unwrap_or(0);
    html! {
        (say.tr("ledger-signed-over", &[("n", entries.into())]))
        div.quiet { code { (root) } }
    }
}

fn outcome(say: Voice<'_>, head: &LedgerHead, verified: Option<&Verified>) -> Markup {
    let report = verified.and_then(|v| v.ledgers.iter().find(|l| l.registry == *head.registry.bytes()));
    html! {
        @match report {
            None => span.quiet { (say.t("ledger-not-verified")) },
            Some(report) if report.findings == 0 => (crate::look::chip(Tone::Good, &say.t("ledger-whole"))),
            Some(report) => (crate::look::chip(Tone::Late, &say.tr("ledger-found", &[("n", report.findings.into())]))),
        }
    }
}
