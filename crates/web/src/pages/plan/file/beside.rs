//! What stands beside the documents of a file: what the plan says of it, its volumes, the files below it.

use maud::{Markup, html};
use office::{Reading, texts::Voice};
use store::{Visible, filing::PlanFile};

use super::Opened;
use crate::{
    look::{Fact, card, facts},
    pages::plan,
};

/// What the plan says of the file.
pub(super) fn particulars(say: Voice<'_>, opened: &Opened) -> Markup {
    let state = &opened.file.state;
    let day = |day: jiff::civil::Date| html! { time datetime=(day) { (say.date(day)) } };
    let mut known: Vec<(String, Markup)> =
        vec![(say.t("plan-kind"), html! { (plan::kind(say, state.file.is)) })];
    for (key, value) in [
        ("plan-owner", &state.file.owner),
        ("plan-status", &state.file.status),
        ("plan-place", &state.file.place),
    ] {
        if let Some(value) = value {
            known.push((say.t(key), html! { (value) }));
        }
    }
    known.push((say.t("plan-opened-on"), day(state.opened_on)));
    if let Some(closed) = state.closed_on {
        known.push((say.t("plan-closed-on"), day(closed)));
    }
    for (key, list) in [("plan-words", &state.file.words), ("plan-originators", &state.file.originators)] {
        if !list.is_empty() {
            known.push((say.t(key), html! { @for one in list { div { (one) } } }));
        }
    }
    let list: Vec<Fact<'_>> =
        known.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    facts(&list)
}

/// Its volumes.
pub(super) fn volumes(say: Voice<'_>, opened: &Opened) -> Markup {
    let day = |day: jiff::civil::Date| html! { time datetime=(day) { (say.date(day)) } };
    card(
        &say.t("plan-volumes"),
        &html! {
            ul.stack {
                @for volume in &opened.volumes {
                    li {
                        (say.tr("plan-volume", &[("n", volume.number.into())]))
                        @if volume.closed_on.is_none() { " " span.quiet { (say.t("plan-volume-open")) } }
                        div.quiet {
                            (day(volume.opened_on))
                            @if let Some(closed) = volume.closed_on { " – " (day(closed)) }
                            @if let Some(place) = &volume.place { " · " (place) }
                            " · " (say.tr("plan-documents", &[("n", volume.documents.into())]))
                        }
                    }
                }
            }
        },
    )
}

/// The files below it.
pub(super) fn files_below(say: Voice<'_>, reading: &Reading, below: &[&Visible<PlanFile>]) -> Markup {
    if below.is_empty() {
        return html! {};
    }
    card(
        &say.t("plan-files-below"),
        &html! {
            ul.stack {
                @for file in below {
                    li {
                        a href=(plan::address(file.state.file.id)) { (plan::called(say, file)) }
                        (plan::chips(say, reading, file))
                        div.quiet { (say.tr("plan-documents", &[("n", file.documents.into())])) }
                    }
                }
            }
        },
    )
}
