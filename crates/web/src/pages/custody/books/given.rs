//! The lines of a distribution and the copies of an instruction on their pages: how each stands.

use maud::{Markup, html};
use office::{
    Reading,
    custody::{DispatchRow, books::BookPage},
    texts::Voice,
};
use registry::custody::book::{Details, Doing, How, Line};

use super::told::addressee;
use crate::{
    look::{Cell, Tone, chip},
    pages::custody::{
        common::{day, with_whom},
        copy,
        lists::{Shown, few},
        receipts,
    },
};

/// The lines of a distribution.
pub(super) fn lines(say: Voice<'_>, reading: &Reading, found: &BookPage) -> Markup {
    let row = &found.row;
    let Details::Distributions(distribution) = &row.view.item.details else { return html! {} };
    let columns = [
        ("distribute-n", Cell::Number),
        ("distribute-to", Cell::Main),
        ("distribute-purpose", Cell::Short),
        ("distribute-by", Cell::Text),
        ("column-state", Cell::Text),
    ];
    let rows: Vec<Shown> = (1..)
        .zip(&distribution.lines)
        .map(|(n, line): (usize, &Line)| {
            let to = addressee(say, reading, row, &line.to);
            Shown {
                strong: row.alert.is_some() && line.is_unread(),
                cells: vec![
                    html! { (n) },
                    html! { (to) },
                    html! { (say.t(&format!("distribute-purpose-{}", line.purpose.as_str()))) },
                    how(say, found, line),
                    state(say, reading, found, line),
                ],
                name: to,
            }
        })
        .collect();
    few(say, &say.t("distribute-lines"), &columns, &rows)
}

/// The copy and its receipt, or that it is opened here.
fn how(say: Voice<'_>, found: &BookPage, line: &Line) -> Markup {
    match line.by {
        How::Electronic {} => html! { (say.t("distribute-by-electronic")) },
        How::Copy { copy: id, .. } => {
            let named = found.row.copies.iter().find(|row| row.view.copy.id == id);
            html! {
                @if let Some(row) = named {
                    a.ref translate="no" href=(copy::address(id)) { (row.view.name()) }
                }
            }
        }
    }
}

fn receipt<'a>(found: &'a BookPage, line: &Line) -> Option<&'a DispatchRow> {
    let How::Copy { dispatch, .. } = line.by else { return None };
    found.dispatches.iter().find(|row| row.view.dispatch.id == dispatch)
}

fn state(say: Voice<'_>, reading: &Reading, found: &BookPage, line: &Line) -> Markup {
    let receipt = receipt(found, line);
    let copies: Vec<_> = found.row.copies.iter().map(|row| row.view.copy.clone()).collect();
    let days = reading.office().now().seconds_since(found.row.view.item.since) / 86_400;
    let (tone, key, at) = match (line.ended, line.read) {
        (Some(at), _) => (Tone::Plain, "distribute-ended", Some(at)),
        (_, Some(at)) => (Tone::Good, "distribute-read", Some(at)),
        _ if line.is_unread() && found.row.alert.is_some() => (Tone::Late, "distribute-unread", None),
        _ if line.is_unread() => (Tone::Soon, "distribute-unread", None),
        _ if line.is_done(&copies) => (Tone::Good, "distribute-received", None),
        _ => (Tone::Soon, "distribute-out", None),
    };
    html! {
        (chip(tone, &say.t(key)))
        @if let Some(at) = at { " " (day(say, reading, at)) }
        @if line.is_unread() { " " (say.tr("book-unread-days", &[("n", days.into())])) }
        @if let Some(row) = receipt {
            " " a.ref translate="no" href=(receipts::address(row)) { (row.view.dispatch.receipt()) }
        }
    }
}

/// The copies of an instruction.
pub(super) fn copies(say: Voice<'_>, reading: &Reading, found: &BookPage) -> Markup {
    let row = &found.row;
    let Details::Instructions(instruction) = &row.view.item.details else { return html! {} };
    let columns = [
        ("copies-copy", Cell::Main),
        ("copies-with", Cell::Text),
        ("column-state", Cell::Text),
        ("book-posted-on", Cell::Short),
    ];
    let rows: Vec<Shown> = row
        .copies
        .iter()
        .map(|one| {
            let doing = instruction.doing(&one.view.copy);
            let tone = match doing {
                Doing::Open if row.alert.is_some() => Tone::Late,
                Doing::Open => Tone::Soon,
                Doing::Posted | Doing::Back => Tone::Good,
                Doing::Nothing => Tone::Plain,
            };
            let posted = instruction.posted.iter().find(|posted| posted.copy == one.view.copy.id);
            let (with, to) = with_whom(say, reading, one);
            Shown {
                strong: doing == Doing::Open && row.alert.is_some(),
                cells: vec![
                    html! { a.lead.ref translate="no" href=(copy::address(one.view.copy.id)) { (one.view.name()) } },
                    html! { (with) @if let Some(to) = to { div.quiet { (to) } } },
                    chip(tone, &say.t(&format!("book-doing-{}", doing.as_str()))),
                    html! { @if let Some(posted) = posted { (day(say, reading, posted.at)) } },
                ],
                name: one.view.name(),
            }
        })
        .collect();
    few(say, &say.t("book-told-copies"), &columns, &rows)
}
