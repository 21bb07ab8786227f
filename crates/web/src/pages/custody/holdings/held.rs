//! What the reader answers for, registry by registry: a dispatch is of one registry, and so is what he chooses for one.

use maud::{Markup, html};
use office::{Reading, custody::CopyRow, texts::Voice};
use registry::{RegistryId, custody::copy::Standing};

use super::{Asking, HOLDINGS};
use crate::{
    look::{Button, Cell, Column, Empty, Paging, Row, SelectMany, Sort, SortLink, Table, empty, table},
    pages::custody::{
        common::{loan_chip, with_whom},
        told::Told,
    },
    words::registry_name,
};

/// Where what is chosen is sent.
pub(super) const SEND: &str = "/holdings/send";

/// What is told of a copy; under its state, to whom it is on its way.
const TOLD: [Told; 6] = [Told::Link, Told::Paper, Told::Marking, Told::State, Told::Since, Told::Pages];

/// A table for each registry; where there is nothing, what would be there. `due`: something waits for a receipt.
pub(super) fn tables(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    asking: &Asking,
    (held, due): (&[CopyRow], bool),
) -> Markup {
    let mut registries: Vec<RegistryId> = Vec::new();
    for row in held {
        if !registries.contains(&row.registry) {
            registries.push(row.registry);
        }
    }
    let [none, would] = ["holdings-none", "holdings-none-would"].map(|key| say.t(key));
    html! {
        @if held.is_empty() {
            h2 { (say.t("holdings-held")) }
            div.card.list { (empty(&Empty { title: &none, would: &would, begin: None })) }
            // What waits for a receipt is a list too.
            @if due {
                p.quiet {
                    (say.t("table-export"))
                    @for (label, ending) in [("CSV", "csv"), ("XLSX", "xlsx")] {
                        " " a href={ (HOLDINGS) "." (ending) } download { (label) }
                    }
                }
            }
        }
        @for (place, registry) in registries.iter().enumerate() {
            @let rows: Vec<&CopyRow> = held.iter().filter(|row| row.registry == *registry).collect();
            @let name = registry_name(reading, *registry, say);
            h2 { (say.tr("holdings-held-of", &[("registry", name.into())])) }
            (one(say, reading, token, asking, &rows, place + 1 == registries.len()))
        }
        p.quiet { (say.t("holdings-held-text")) }
    }
}

/// The copies of one registry; under the last stands where the whole is as a file.
fn one(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    asking: &Asking,
    held: &[&CopyRow],
    last: bool,
) -> Markup {
    let heads = TOLD.map(|told| say.t(told.column().0));
    let sorted = |up: &str, down: &str| {
        let now = match asking.order.as_str() {
            order if order == up => Some(Sort::Ascending),
            order if order == down => Some(Sort::Descending),
            _ => None,
        };
        (asking.address(HOLDINGS, if now == Some(Sort::Ascending) { down } else { up }), now)
    };
    let ((number_href, number_now), (since_href, since_now)) =
        (sorted("", "number-down"), sorted("since", "since-down"));
    let sort = |told| match told {
        Told::Link => Some(SortLink { href: &number_href, now: number_now }),
        Told::Since => Some(SortLink { href: &since_href, now: since_now }),
        _ => None,
    };
    let cell = |told: Told| if told == Told::State { Cell::Text } else { told.column().1 };
    let columns: Vec<Column<'_>> = TOLD
        .into_iter()
        .zip(&heads)
        .map(|(told, head)| Column { head, cell: cell(told), sort: sort(told) })
        .collect();
    let names: Vec<(String, String)> =
        held.iter().map(|row| (row.view.copy.id.to_string(), row.view.name())).collect();
    let rows: Vec<Row<'_>> =
        held.iter().zip(&names).map(|(row, (id, name))| line(say, reading, row, id, name)).collect();
    let [caption, back, on] =
        ["holdings-caption", "holdings-bring-back", "holdings-hand-on"].map(|key| say.t(key));
    let file = |ending: &str| asking.address(&format!("{HOLDINGS}.{ending}"), &asking.order);
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let many = SelectMany {
        action: SEND,
        name: "copy",
        token: Some(token),
        acts: vec![Button::plain(&back).named("to", "desk"), Button::plain(&on).named("to", "person")],
        lead: "",
        chosen: &[],
        kept: None,
        back: None,
    };
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: Some(many),
            paging: Paging::default(),
            exports: if last { &exports } else { &[] },
            empty: Empty { title: &caption, would: "", begin: None },
        },
    )
}

/// A copy; only what is in his hands can be chosen.
fn line<'a>(say: Voice<'_>, reading: &Reading, row: &CopyRow, id: &'a str, name: &'a str) -> Row<'a> {
    let copy = &row.view.copy;
    let (_, to) = with_whom(say, reading, row);
    let cell = |told: Told| {
        let known = told.cell(say, reading, &row.view, Some(&row.entry));
        let to = to.as_ref().filter(|_| told == Told::State);
        let loan = row.loan.filter(|_| told == Told::State);
        html! {
            (known)
            @if let Some(loan) = loan { " " (loan_chip(say, loan)) }
            @if let Some(to) = to { div.quiet { (to) } }
        }
    };
    Row {
        value: (copy.standing == Standing::Held).then_some(id),
        name,
        strong: matches!(copy.standing, Standing::Missing { .. })
            || row.loan.is_some_and(|loan| loan.late.is_some()),
        cells: TOLD.map(cell).to_vec(),
    }
}
