//! A muster: what is counted, how it stands, line by line; and what ends it. Once the count has ended it is the report that is
//! signed, printed and sent upward. It names copies and references, never a subject.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{
    Reading,
    custody::{
        Listed,
        musters::{MusterLine, MusterRow},
    },
    texts::Voice,
};
use registry::{
    Refusal,
    custody::muster::{Outcome, Tally},
};

use super::{State, address, kind, outcome, sighted};
use crate::{
    answer::WebError,
    app::App,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Facet, Fact, Form, Paging, Row, Section, Table, Tone, button, buttons,
        card, chip, facts, form, heading_with_acts, pills, reference, reference_link, table,
    },
    pages::{
        custody::{
            common::{Part, counted, holder, way},
            lists::{Asking, bare},
        },
        proving, shown,
        visit::{Sent, Visit, Wrong, done, id, labelled},
    },
    signed::Signed,
    words::registry_name,
};

/// The fields of the forms with the keys of their labels.
pub(super) const FIELDS: [(&str, &str); 2] = [("words", "muster-words"), ("password", "prove-password")];

/// What was sent to the page, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub sent: Sent,
    pub wrong: Wrong,
    /// Who sits here is to be proven once more.
    pub prove: Option<Refusal>,
}

/// The outcomes that are asked for; none: every one.
pub(super) fn outcomes(asking: &Asking) -> Vec<Outcome> {
    Outcome::ALL.into_iter().filter(|one| one.as_str() == asking.state).collect()
}

/// How many lines have an outcome.
pub(super) const fn many(tally: &Tally, outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Sighted => tally.sighted,
        Outcome::Covered => tally.covered,
        Outcome::UnderWay => tally.under_way,
        Outcome::Missing => tally.missing,
        Outcome::Open => tally.open,
        Outcome::Surplus => tally.surplus,
    }
}

/// The page.
pub async fn muster(
    visit: Visit,
    Path(muster): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let row = reading.muster(id(&muster)?).await?;
    let lines = reading.muster_lines(&row, &outcomes(&asking), asking.page(false)).await?;
    Ok(page(say, &app, &reading, &signed, (&row, &lines), &Said::default(), &asking))
}

pub(super) fn page(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    signed: &Signed,
    (row, lines): (&MusterRow, &Listed<MusterLine>),
    said: &Said,
    asking: &Asking,
) -> Response {
    let labels = FIELDS.map(|(name, key)| (name, say.t(key)));
    let number = row.view.muster.text();
    let title = say.tr("muster-title", &[("number", number.as_str().into())]);
    let proof = said.prove.as_ref().map(|refusal| proving::said(say, refusal));
    let staff = reading.viewer().handles(row.registry);
    let (report, file) = (say.t("paper-pdf"), format!("{}/report.pdf", address(row)));
    let pdf = Button::plain(&report).to(&file);
    let body = html! {
        (said.wrong.shown(say, &labels))
        @if let Some(proof) = &proof { (proof.shown(say, &labels)) }
        @if staff { (way(say, reading, row.registry, (Part::Musters, "muster-list-title"))) }
        (heading_with_acts(&title, &html! { (State::of(row).chip(say)) " " (kind(say, row)) }, &[pdf]))
        div.cols {
            div.stack {
                (card(&say.t("muster-result"), &html! {
                    (about(say, reading, row))
                    (result(say, row))
                }))
            }
            aside.stack.screen-only {
                @if staff && row.counts() { (ending(say, app, signed, row, said, &labels)) }
                @if row.unsigned() { (signing(say, app, reading, signed, row, said)) }
            }
        }
        (filtered(say, row, asking))
        (listed(say, reading, row, lines, asking))
    };
    let entries: Vec<_> = lines.rows.iter().map(|line| line.row.entry.clone()).collect();
    let marks = bare(reading, &entries);
    let path = address(row);
    let sheet = Sheet {
        shown: marks.iter().collect(),
        undetermined: shown::any_undetermined(entries.iter().map(|entry| &**entry)),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Custody), body)
    };
    frame::page(say, reading, &signed.form_token, sheet)
}

fn about(say: Voice<'_>, reading: &Reading, row: &MusterRow) -> Markup {
    let view = &row.view;
    let moment = |at: registry::Timestamp| html! { time datetime=(at) { (shown::moment(say, reading, at)) } };
    let mut list: Vec<(&str, Markup)> = vec![
        ("muster-number", reference(&view.muster.text())),
        ("column-registry", html! { (registry_name(reading, row.registry, say)) }),
        ("muster-opened", html! { (moment(view.opened_at)) ", " (row.opened_by) }),
    ];
    let logs = match view.muster.logs.as_slice() {
        [] => say.t("muster-logs-all"),
        some => some.join(", "),
    };
    list.push(("muster-logs", html! { (logs) }));
    if let Some(container) = &row.container {
        list.push(("muster-container", html! { (container) }));
    }
    if let Some(sample) = view.muster.sample {
        let words = say.tr(
            "muster-sample-drawn",
            &[
                ("n", view.muster.listed.into()),
                ("of", sample.out_of.into()),
                ("seed", sample.seed.to_string().into()),
            ],
        );
        list.push(("muster-sample", html! { (words) }));
    }
    if let Some((from, to)) = &row.hand_over {
        list.push(("muster-from", html! { (from) }));
        list.push(("muster-to", html! { (to) }));
    }
    if let Some(words) = &view.muster.words {
        list.push(("muster-words", html! { (words) }));
    }
    if let (Some((at, _)), Some(by)) = (view.closed, &row.closed_by) {
        list.push(("muster-closed", html! { (moment(at)) ", " (by) }));
    }
    if let Some(words) = &view.closing_words {
        list.push(("muster-closing-words", html! { (words) }));
    }
    if let Some(words) = &view.abandoned {
        list.push(("muster-abandoned", html! { (words) }));
    }
    for ((_, at), name) in view.signed.iter().zip(&row.signed) {
        list.push(("muster-signed", html! { strong { (name) } ", " (moment(*at)) }));
    }
    let labels: Vec<(String, Markup)> = list.into_iter().map(|(key, value)| (say.t(key), value)).collect();
    let known: Vec<Fact<'_>> =
        labels.iter().map(|(label, value)| Fact { label, value: value.clone() }).collect();
    facts(&known)
}

/// What it has come to, in numbers.
fn result(say: Voice<'_>, row: &MusterRow) -> Markup {
    let tally = &row.view.tally;
    let mut list = vec![(say.t("muster-listed"), row.view.muster.listed)];
    list.extend(Outcome::ALL.into_iter().rev().map(|one| (outcome(say, one), many(tally, one))));
    let known: Vec<Fact<'_>> =
        list.iter().map(|(label, n)| Fact { label, value: html! { (say.integer(*n)) } }).collect();
    facts(&known)
}

/// The outcomes to choose from.
fn filtered(say: Voice<'_>, row: &MusterRow, asking: &Asking) -> Markup {
    let path = address(row);
    let list: Vec<(String, String, Option<u64>, bool)> =
        std::iter::once((say.t("muster-view-all"), path.clone(), None, asking.state.is_empty()))
            .chain(Outcome::ALL.into_iter().map(|one| {
                let href = format!("{path}?state={}", one.as_str());
                let n = u64::from(many(&row.view.tally, one));
                (outcome(say, one), href, Some(n), asking.state == one.as_str())
            }))
            .collect();
    let values: Vec<Facet<'_>> = list
        .iter()
        .map(|(label, href, count, on)| Facet { label, marking: None, count: *count, href, on: *on })
        .collect();
    html! { div.screen-only { (pills(&say.t("muster-views"), &values, say)) } }
}

pub(super) fn tone(of: Outcome) -> Tone {
    match of {
        Outcome::Sighted | Outcome::Covered => Tone::Good,
        Outcome::Open | Outcome::UnderWay | Outcome::Surplus => Tone::Soon,
        Outcome::Missing => Tone::Late,
    }
}

fn listed(
    say: Voice<'_>,
    reading: &Reading,
    row: &MusterRow,
    lines: &Listed<MusterLine>,
    asking: &Asking,
) -> Markup {
    let heads = [
        "copies-copy",
        "column-reference",
        "copies-pages",
        "copies-with",
        "muster-outcome",
        "muster-sighted",
    ]
    .map(|key| say.t(key));
    let [copy, paper, pages, with, came, seen] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(copy, Cell::Main),
        column(paper, Cell::Short),
        column(pages, Cell::Number),
        column(with, Cell::Text),
        column(came, Cell::Short),
        column(seen, Cell::Text),
    ];
    let staff = reading.viewer().handles(row.registry);
    let names: Vec<String> = lines.rows.iter().map(|line| line.row.view.name()).collect();
    let rows: Vec<Row<'_>> = lines
        .rows
        .iter()
        .zip(&names)
        .map(|(line, name)| {
            let view = &line.row.view;
            let entry = &line.row.entry;
            Row {
                value: None,
                name,
                strong: matches!(line.outcome, Outcome::Missing),
                cells: vec![
                    html! {
                        @if staff { (reference_link(name, &format!("/custody/copies/{}", view.copy.id))) }
                        @else { (reference(name)) }
                    },
                    reference_link(&office::relations::called(entry), &shown::address(entry)),
                    html! { @if let Some(pages) = view.copy.pages { (say.integer(pages)) } },
                    html! { (holder(say, reading, &line.row.holder)) },
                    chip(tone(line.outcome), &outcome(say, line.outcome)),
                    html! { (sighted(say, reading, line)) },
                ],
            }
        })
        .collect();
    let path = address(row);
    let (caption, none, would) =
        (say.t("muster-lines"), say.t("muster-lines-none"), say.t("muster-lines-would"));
    let begin = asking.page(false).from;
    let step = asking.page(false).most;
    let at =
        |from: usize| asking.with(&path, "from", &if from == 0 { String::new() } else { from.to_string() });
    let previous = (begin > 0).then(|| at(begin.saturating_sub(step)));
    let next = (lines.all > begin + step).then(|| at(begin + step));
    let shown = counted(say, begin, rows.len(), lines.all);
    let file = |ending: &str| asking.with(&format!("{path}/lines.{ending}"), "from", "");
    let (values, workbook) = (file("csv"), file("xlsx"));
    let files = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &shown },
            exports: if rows.is_empty() { &[] } else { &files },
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

/// Counting, ending the count, giving it up.
fn ending(
    say: Voice<'_>,
    app: &App,
    signed: &Signed,
    row: &MusterRow,
    said: &Said,
    labels: &[(&'static str, String)],
) -> Markup {
    let (count, close, abandon) = (say.t("muster-count"), say.t("muster-close"), say.t("muster-abandon"));
    let to_count = format!("{}/count", address(row));
    let part = |which: &'static str, button: Button<'_>, text: &str, optional: bool| {
        let own = said.sent.get("form") == which;
        let (typed, wrong) = if own { (said.sent.get("words"), said.wrong.at("words")) } else { ("", None) };
        let command =
            if own { said.sent.get("command").to_owned() } else { app.office.new_command().to_string() };
        let action = format!("{}/{which}", address(row));
        let frame = Form {
            action: &action,
            token: Some(&signed.form_token),
            command: Some(&command),
            files: false,
            guard: false,
        };
        let id = format!("{which}-words");
        let field = labelled(labels, "words").known_as(&id).value(typed).error(wrong);
        let field = if optional { field.optional() } else { field };
        form(
            frame,
            &html! {
                input type="hidden" name="form" value=(which);
                p { (text) }
                (field.long(say, 2))
                (buttons(&[button]))
            },
        )
    };
    let open = row.view.tally.open;
    html! {
        (card(&count, &html! {
            p { (say.tr("muster-open-lines", &[("n", open.into())])) }
            p { (button(&Button::main(&count).to(&to_count))) }
        }))
        (card(&close, &part("close", Button::plain(&close), &say.t("muster-close-text"), true)))
        details.card.more open[said.sent.get("form") == "abandon"] {
            summary { (abandon) }
            (part("abandon", Button::grave(&abandon), &say.t("muster-abandon-text"), false))
        }
    }
}

/// Whether the reader is one whose signature is missing.
fn may_sign(reading: &Reading, row: &MusterRow) -> bool {
    let own = reading.person().id;
    let named = match row.view.muster.hand_over {
        Some(between) => [between.from, between.to].contains(&own),
        None => reading.viewer().handles(row.registry),
    };
    named && row.view.signed.iter().all(|(person, _)| *person != own)
}

fn signing(
    say: Voice<'_>,
    app: &App,
    reading: &Reading,
    signed: &Signed,
    row: &MusterRow,
    said: &Said,
) -> Markup {
    let title = say.t("muster-sign");
    if !may_sign(reading, row) {
        return card(&title, &html! { p.quiet { (say.t("muster-sign-others")) } });
    }
    let command = match said.sent.get("form") {
        "sign" => said.sent.get("command").to_owned(),
        _ => app.office.new_command().to_string(),
    };
    let action = format!("{}/sign", address(row));
    let frame = Form {
        action: &action,
        token: Some(&signed.form_token),
        command: Some(&command),
        files: false,
        guard: false,
    };
    card(
        &title,
        &html! {
            @if said.prove.is_some() { (proving::elsewhere(say, reading, &address(row))) }
            (form(frame, &html! {
                input type="hidden" name="form" value="sign";
                p { (say.t("muster-sign-text")) }
                @if let Some(refusal) = &said.prove { (proving::password(say, &proving::said(say, refusal))) }
                div.buttons {
                    (button(&Button::main(&title)))
                    @if said.prove.is_some() { (proving::passkey(say, reading)) }
                }
            }))
        },
    )
}
