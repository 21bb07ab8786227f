//! The table of copies with what narrows it: states, logs, one holder; and the acts for the rows that are chosen.

use std::collections::HashMap;

use maud::{Markup, html};
use office::{
    Reading,
    custody::{CopyRow, HolderName, LOANS, LoanCounts, OPEN},
    texts::Voice,
};
use registry::custody::Container;
use store::Visible;

use super::{
    super::{
        act::{CHOSEN, Doing, offered},
        common::{Kept, counted, day, loan_chip, paper, state, state_chip, with_whom},
        copy,
    },
    Asking, PAGE, PATH, STATES,
};
use crate::{
    look::{
        Applied, Button, Cell, Choice, Column, Empty, Facet, Field, Paging, Row, SelectMany, Sort, SortLink,
        Table, Tone, Width, applied, chip, pills, table,
    },
    pages::shown,
    papers::{labels, log},
    signed::Signed,
};

/// The part of the list that is shown.
pub(super) struct Shown<'a> {
    pub(super) asking: &'a Asking,
    pub(super) rows: &'a [CopyRow],
    pub(super) all: usize,
}

/// The states to choose from, each with how many copies are in it where that is known.
pub(super) fn states(say: Voice<'_>, asking: &Asking, counts: Option<&HashMap<String, u64>>) -> Markup {
    let count = |state: &str| counts.map(|counts| counts.get(state).copied().unwrap_or(0));
    let sum = |states: &[&str]| counts.map(|_| states.iter().filter_map(|state| count(state)).sum());
    let view = |value: &str, words: String, count: Option<u64>| {
        (words, asking.with(PATH, "state", value), count, asking.state == value)
    };
    let mut list = vec![view("", say.t("copies-open"), sum(&OPEN))];
    list.extend(STATES.map(|one| view(one, state(say, one), count(one))));
    list.push(view("all", say.t("copies-all"), sum(&STATES)));
    let values: Vec<Facet<'_>> = list
        .iter()
        .map(|(label, href, count, on)| Facet { label, marking: None, count: *count, href, on: *on })
        .collect();
    pills(&say.t("copies-states"), &values, say)
}

/// The loans to choose from, where there are any.
pub(super) fn loans(say: Voice<'_>, asking: &Asking, counts: LoanCounts) -> Markup {
    if counts.out == 0 && asking.loan.is_empty() {
        return html! {};
    }
    let each = LOANS.into_iter().zip([counts.out, counts.due, counts.overdue]);
    let list: Vec<(String, String, u64, bool)> = each
        .map(|(loan, count)| {
            let on = asking.loan == loan;
            let href = asking.with(PATH, "loan", if on { "" } else { loan });
            (say.t(&format!("copies-loan-{loan}")), href, count, on)
        })
        .collect();
    let values: Vec<Facet<'_>> = list
        .iter()
        .map(|(label, href, count, on)| Facet { label, marking: None, count: Some(*count), href, on: *on })
        .collect();
    pills(&say.t("copies-loans"), &values, say)
}

/// The log to which the list is narrowed.
pub(super) fn logs(say: Voice<'_>, reading: &Reading, asking: &Asking) -> Markup {
    let tag = say.language().tag();
    let logs: Vec<(String, String)> = reading
        .house
        .custody
        .policy
        .iter()
        .flat_map(|policy| &policy.log)
        .map(|log| (log.code.clone(), format!("{} – {}", log.code, log.names.in_language(tag))))
        .collect();
    let choices: Vec<Choice<'_>> = logs.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let (label, go) = (say.t("copies-log"), say.t("people-filter-go"));
    let kept = [
        ("registry", &asking.registry),
        ("state", &asking.state),
        ("person", &asking.person),
        ("container", &asking.container),
        ("document", &asking.document),
        ("loan", &asking.loan),
        ("order", &asking.order),
    ];
    html! {
        form.with-button method="get" action=(PATH) {
            (Field::new("log", &label).value(&asking.log).optional().select(say, &choices))
            @for (name, value) in kept {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            button.button type="submit" { (go) }
            @if !asking.log.is_empty() { a href=(asking.with(PATH, "log", "")) { (say.t("applied-clear")) } }
        }
    }
}

/// The log to which the list is narrowed as the pages of a register, a year of it.
pub(super) fn register(say: Voice<'_>, reading: &Reading, kept: &Kept, asking: &Asking) -> Markup {
    if reading.house.custody.by_code(&asking.log).is_none() {
        return html! {};
    }
    let (label, year, go) = (say.t("paper-log-year"), reading.today().year().to_string(), say.t("paper-log"));
    html! {
        form.with-button method="get" action=(log::PATH) {
            input type="hidden" name="registry" value=(kept.chosen.code);
            input type="hidden" name="log" value=(asking.log);
            (Field::new("year", &label).value(&year).width(Width::Short).text(say))
            button.button type="submit" { (go) }
        }
    }
}

/// To whose copies, or those of which paper, the list is narrowed; each can be taken away. A name is said only where a row
/// of the list says it, or where it is a container of the registry.
pub(super) fn narrowed(
    say: Voice<'_>,
    asking: &Asking,
    rows: &[CopyRow],
    containers: &[Visible<(Container, u64)>],
) -> Markup {
    let mut list: Vec<(String, String)> = Vec::new();
    if !asking.person.is_empty() {
        let name = rows.iter().find_map(|row| match &row.holder {
            HolderName::Person(id, name) if id.to_string() == asking.person => Some(name.clone()),
            _ => None,
        });
        let words = match name {
            Some(name) => say.tr("copies-held-by", &[("name", name.into())]),
            None => say.t("copies-held-by-one"),
        };
        list.push((words, asking.with(PATH, "person", "")));
    }
    if !asking.container.is_empty() {
        let found = containers.iter().find(|one| one.0.id.to_string() == asking.container);
        let words = match found {
            Some(one) => say.tr("copies-lie-in", &[("name", one.0.name.as_str().into())]),
            None => say.t("copies-lie-in-one"),
        };
        list.push((words, asking.with(PATH, "container", "")));
    }
    if !asking.document.is_empty() {
        let words = match rows.first() {
            Some(row) => say.tr(
                "copies-of-paper",
                &[("reference", office::relations::called(&row.entry).as_str().into())],
            ),
            None => say.t("copies-of-paper-one"),
        };
        list.push((words, asking.with(PATH, "document", "")));
    }
    let filters: Vec<Applied<'_>> = list.iter().map(|(label, without)| Applied { label, without }).collect();
    applied(say, &filters, PATH)
}

/// The table.
pub(super) fn table_of(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    kept: &Kept,
    shown: &Shown<'_>,
) -> Markup {
    let Shown { asking, rows, all } = shown;
    let begin = asking.begin();
    let heads = [
        "copies-copy",
        "copies-paper",
        "column-marking",
        "column-state",
        "copies-with",
        "copies-since",
        "copies-pages",
    ]
    .map(|key| say.t(key));
    let [copy, paper, marking, state, with, since, pages] = &heads;
    let (number_href, number_now) = sorting(asking, "", "number-down");
    let (since_href, since_now) = sorting(asking, "since", "since-down");
    let (back_href, back_now) = sorting(asking, "back", "back-down");
    let back_head = say.t("copies-back-by");
    let column = |head, cell, sort| Column { head, cell, sort };
    let columns = [
        column(copy, Cell::Short, Some(SortLink { href: &number_href, now: number_now })),
        column(paper, Cell::Main, None),
        column(marking, Cell::Short, None),
        column(state, Cell::Short, None),
        column(with, Cell::Text, None),
        column(since, Cell::Short, Some(SortLink { href: &since_href, now: since_now })),
        column(pages, Cell::Number, None),
    ];
    let mut columns = columns.to_vec();
    if !asking.loan.is_empty() {
        columns.push(column(&back_head, Cell::Short, Some(SortLink { href: &back_href, now: back_now })));
    }
    let names: Vec<String> = rows.iter().map(|row| row.view.name()).collect();
    let rows: Vec<Row<'_>> = rows
        .iter()
        .zip(&names)
        .map(|(row, name)| Row {
            value: Some(name),
            name,
            strong: row.view.copy.standing.as_str() == "missing",
            cells: cells(say, reading, kept, row, name, !asking.loan.is_empty()),
        })
        .collect();
    let (acts, lead, labels) =
        (offered(say, !asking.loan.is_empty()), say.t("copies-chosen"), say.t("paper-labels"));
    let (here, words) = (asking.at(begin), counted(say, begin, rows.len(), *all));
    let previous = (begin > 0).then(|| asking.at(begin.saturating_sub(PAGE)));
    let next = (*all > begin + PAGE).then(|| asking.at(begin + PAGE));
    let file = |ending: &str| asking.with(&format!("{PATH}.{ending}"), "from", "");
    let (csv, xlsx) = (file("csv"), file("xlsx"));
    let exports = [("CSV", csv.as_str()), ("XLSX", xlsx.as_str())];
    let action = format!("{CHOSEN}?registry={}", kept.chosen.code);
    let (caption, none) = (say.t("copies-caption"), say.t("copies-none"));
    let would = say.t("copies-none-would");
    let register = say.t("register-title");
    let href = format!("/register?registry={}", kept.chosen.code);
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: Some(SelectMany {
                action: &action,
                name: "copies",
                token: Some(&signed.form_token),
                acts: buttons_of(&acts, &labels),
                lead: &lead,
                chosen: &[],
                kept: None,
                back: Some(&here),
            }),
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &words },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: Some(Button::plain(&register).to(&href)) },
        },
    )
}

/// The acts and the labels as buttons that send what is chosen.
pub(in crate::pages::custody) fn buttons_of<'a>(
    acts: &'a [(Doing, String)],
    labels: &'a str,
) -> Vec<Button<'a>> {
    let acts = acts.iter().map(|(doing, words)| Button::plain(words).named("act", doing.as_str()));
    acts.chain([Button::plain(labels).named("act", labels::CHOICE)]).collect()
}

fn sorting(asking: &Asking, up: &str, down: &str) -> (String, Option<Sort>) {
    let now = match asking.order.as_str() {
        order if order == up => Some(Sort::Ascending),
        order if order == down => Some(Sort::Descending),
        _ => None,
    };
    (asking.with(PATH, "order", if now == Some(Sort::Ascending) { down } else { up }), now)
}

fn cells(
    say: Voice<'_>,
    reading: &Reading,
    kept: &Kept,
    row: &CopyRow,
    name: &str,
    loans: bool,
) -> Vec<Markup> {
    let view = &row.view;
    let (with, to) = with_whom(say, reading, row);
    let code = &kept.chosen.code;
    let narrow = match &row.holder {
        HolderName::Person(id, _) => Some(format!("{PATH}?registry={code}&person={id}")),
        HolderName::Container(id, _) => Some(format!("{PATH}?registry={code}&container={id}")),
        _ => None,
    };
    let mut cells = vec![
        html! { a.lead.ref translate="no" href=(copy::address(view.copy.id)) { (name) } },
        paper(say, &row.entry),
        shown::marking(say, &reading.house, &row.entry),
        html! {
            (state_chip(say, &view.copy))
            @if view.drawn_up.is_some() { " " (chip(Tone::Soon, &say.t("copies-drawn-up"))) }
            @if let Some(loan) = row.loan { " " (loan_chip(say, loan)) }
        },
        html! {
            @match narrow.filter(|_| !with.is_empty()) { Some(href) => a href=(href) { (with) }, None => (with), }
            @if let Some(to) = to { div.quiet { (to) } }
        },
        day(say, reading, view.copy.since),
        html! { @if let Some(pages) = view.copy.pages { (say.count(pages.into())) } },
    ];
    if loans {
        cells.push(html! { @if let Some(loan) = row.loan { (say.date(loan.back_by)) } });
    }
    cells
}
