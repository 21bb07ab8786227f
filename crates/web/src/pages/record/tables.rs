//! What a disclosure record lists: who had the paper before him, by whose authority it is reproduced, who must be told.

use maud::{Markup, html};
use office::{Reading, texts::Voice};
use store::handling::Disclosed;

use super::Subject;
use crate::{
    look::{Cell, Column, Empty, Paging, Row, Table, Tone, chip, form::token_field, table},
    pages::{shown, visit::Sent},
    signed::Signed,
};

/// By what means a paper was before somebody, in words.
pub fn means(say: Voice<'_>, line: &Disclosed) -> String {
    let means = say.t(&format!("record-means-{}", line.means.as_str()));
    match line.enclosure {
        Some(position) => {
            say.tr("record-enclosure", &[("means", means.as_str().into()), ("position", position.into())])
        }
        None => means,
    }
}

const fn column(head: &str, cell: Cell) -> Column<'_> {
    Column { head, cell, sort: None }
}

/// Who had the paper before him.
pub(super) fn record(say: Voice<'_>, reading: &Reading, subject: &Subject) -> Markup {
    let heads = ["record-who", "record-when", "record-version", "record-means"].map(|key| say.t(key));
    let [who, when, version, by] = &heads;
    let columns = [
        column(who, Cell::Main),
        column(when, Cell::Short),
        column(version, Cell::Number),
        column(by, Cell::Text),
    ];
    let rows: Vec<Row<'_>> = subject
        .lines
        .iter()
        .map(|(line, name)| Row {
            value: None,
            name,
            strong: false,
            cells: vec![
                html! { (name) },
                html! { time { (shown::moment(say, reading, line.at)) } },
                html! { (line.version) },
                html! { (means(say, line)) },
            ],
        })
        .collect();
    let file = |ending: &str| format!("{}/record.{ending}", subject.address());
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    table(
        say,
        &Table {
            caption: &say.t("record-title"),
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &say.t("record-none"), would: &say.t("record-none-would"), begin: None },
        },
    )
}

/// By whose authority it is reproduced.
pub(super) fn authorities(say: Voice<'_>, reading: &Reading, subject: &Subject) -> Markup {
    let heads = ["record-for", "record-purpose", "record-version", "record-copies", "work-until"]
        .map(|key| say.t(key));
    let [person, purpose, version, copies, until] = &heads;
    let columns = [
        column(person, Cell::Main),
        column(purpose, Cell::Text),
        column(version, Cell::Number),
        column(copies, Cell::Short),
        column(until, Cell::Short),
    ];
    let rows: Vec<Row<'_>> = subject
        .authorities
        .iter()
        .map(|(one, name)| {
            let ended = one.given.until < reading.today() || one.used >= one.given.copies;
            let used = [("used", one.used.into()), ("copies", one.given.copies.into())];
            Row {
                value: None,
                name,
                strong: false,
                cells: vec![
                    html! { (name) },
                    html! { (one.given.purpose) },
                    html! { (one.given.version) },
                    html! {
                        (say.tr("record-used", &used)) " "
                        @if ended { (chip(Tone::Plain, &say.t("record-ended"))) }
                    },
                    html! { time datetime=(one.given.until) { (say.date(one.given.until)) } },
                ],
            }
        })
        .collect();
    table(
        say,
        &Table {
            caption: &say.t("record-authorities"),
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty {
                title: &say.t("record-no-authority"),
                would: &say.t("record-no-authority-would"),
                begin: None,
            },
        },
    )
}

/// Who had it and is to know what it is now, each with a button where he must be told.
pub(super) fn holders(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    path: &str,
    subject: &Subject,
    sent: &Sent,
) -> Markup {
    let heads = ["record-who", "record-opened", "column-state", ""]
        .map(|key| if key.is_empty() { String::new() } else { say.t(key) });
    let [who, opened, state, act] = &heads;
    let columns = [
        column(who, Cell::Main),
        column(opened, Cell::Short),
        column(state, Cell::Text),
        column(act, Cell::Short),
    ];
    let told = say.t("record-tell");
    let rows: Vec<Row<'_>> = subject
        .holders
        .iter()
        .map(|holder| Row {
            value: None,
            name: &holder.name,
            strong: holder.tell.is_some(),
            cells: vec![
                html! { (holder.name) },
                html! { time { (shown::moment(say, reading, holder.last)) } },
                html! {
                    @match (holder.admitted, holder.tell) {
                        (true, _) => (say.t("record-admitted")),
                        (false, Some(_)) => (chip(Tone::Late, &say.t("record-must-tell"))),
                        (false, None) => (say.t("record-no-more")),
                    }
                },
                html! {
                    @if let Some(change) = holder.tell {
                        form method="post" action=(path) {
                            (token_field(Some(&signed.form_token)))
                            input type="hidden" name="command" value={ (sent.get("command")) };
                            input type="hidden" name="act" value="told";
                            input type="hidden" name="person" value=(holder.person);
                            input type="hidden" name="change" value=(change);
                            button.button.small type="submit" aria-label={ (told) (say.t("colon")) " " (holder.name) } { (told) }
                        }
                    }
                },
            ],
        })
        .collect();
    table(
        say,
        &Table {
            caption: &say.t("record-holders"),
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty {
                title: &say.t("record-nobody"),
                would: &say.t("record-nobody-would"),
                begin: None,
            },
        },
    )
}
