//! The forms beside a continuity report: keeping a number, striking one out, closing the counts of earlier years.

use maud::{Markup, html};
use office::{Reading, numbers::Continuous, texts::Voice};
use registry::{
    authorisation::Role,
    series::{
        Field as Part, Numbering, Series,
        allot::{Counter, NumberFact},
        continuity::Continuity,
    },
};

use super::{Asking, address, report::counted};
use crate::{
    look::{Button, Form, SEND, Tone, Width, button, buttons, card, chip, form},
    pages::{
        marking_form,
        visit::{Sent, Wrong, labelled},
    },
    signed::Signed,
};

/// The fields of the two forms with their labels.
pub(super) fn fields(say: Voice<'_>) -> [(&'static str, String); 7] {
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

/// Keeping the next number for a paper; none where numbers are given when a paper is signed.
pub(super) fn reserve_form(
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
    let field = |name: &'static str| labelled(labels, name).value(sent.get(name)).error(wrong.at(name));
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

/// Striking a number out.
pub(super) fn void_form(
    say: Voice<'_>,
    signed: &Signed,
    series: &Series,
    asking: &Asking,
    sent: &Sent,
    wrong: &Wrong,
    labels: &[(&'static str, String)],
) -> Markup {
    let field = |name: &'static str, value| labelled(labels, name).value(value).error(wrong.at(name));
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
pub(super) fn counts(
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
    let given_here = |c: &Continuity| continuous.numbers.iter().any(|row| number_in(&row.fact, &c.counter));
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
