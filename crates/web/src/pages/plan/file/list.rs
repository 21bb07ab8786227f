//! The documents of a file, page by page, in an order and of one volume or all.

use maud::{Markup, html};
use office::{Failure, Reading, filing::Leaf, texts::Voice};
use registry::FileId;
use store::{Visible, documents::Order, filing::PlanFile, visible::EntryView};

use super::{Asking, Opened};
use crate::{
    look::{Button, Cell, Column, Empty, Facet, Paging, Row, Sort, SortLink, Table, pills, table},
    pages::{
        register::{key, key_text, name_of},
        shown,
    },
};

/// Rows of a page.
const PAGE: usize = 50;

fn link(file: FileId, volume: Option<u32>, order: Order, rest: &str) -> String {
    let volume = volume.map(|n| format!("volume={n}&")).unwrap_or_default();
    format!("/files/{file}?{volume}order={}{rest}", name_of(order))
}

/// The volumes, to choose one.
pub(super) fn volume_pills(say: Voice<'_>, opened: &Opened, asking: &Asking) -> Markup {
    if opened.volumes.len() < 2 {
        return html! {};
    }
    let (file, order, now) = (opened.id(), asking.order(), asking.volume());
    let all = (say.t("plan-all-volumes"), link(file, None, order, ""), opened.file.documents, now.is_none());
    let each = opened.volumes.iter().map(|v| {
        let label = say.tr("plan-volume", &[("n", v.number.into())]);
        (label, link(file, Some(v.number), order, ""), v.documents, now == Some(v.number))
    });
    let views: Vec<(String, String, u64, bool)> = std::iter::once(all).chain(each).collect();
    let values: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, count, on)| Facet { label, marking: None, count: Some(*count), href, on: *on })
        .collect();
    pills(&say.t("plan-volumes"), &values, say)
}

/// A page of the list, and whether there is something before and after it.
pub(super) struct Part {
    pub(super) rows: Vec<Visible<EntryView>>,
    previous: bool,
    next: bool,
}

/// The page that is asked for.
pub(super) async fn part(
    reading: &mut Reading,
    file: &Visible<PlanFile>,
    asking: &Asking,
) -> Result<Part, Failure> {
    let (volume, order, limit) = (asking.volume(), asking.order(), PAGE);
    if let Some(before) = key(&asking.before) {
        let leaf = Leaf { volume, order: order.reversed(), after: Some(before), limit };
        let page = reading.in_file(file, leaf).await?;
        if page.rows.len() == PAGE {
            let mut rows = page.rows;
            rows.reverse();
            return Ok(Part { rows, previous: page.more, next: true });
        }
    }
    let after = key(&asking.after);
    let page = reading.in_file(file, Leaf { volume, order, after, limit }).await?;
    Ok(Part { rows: page.rows, previous: after.is_some(), next: page.more })
}

/// The list as it is shown.
pub(super) fn list(
    say: Voice<'_>,
    reading: &Reading,
    opened: &Opened,
    asking: &Asking,
    part: &Part,
) -> Markup {
    let (file, volume, order) = (opened.id(), asking.volume(), asking.order());
    let heads = ["column-subject", "column-reference", "column-marking", "column-date"].map(|key| say.t(key));
    let [subject, number, marking, dated] = &heads;
    let by = |falling: Order, rising: Order| {
        let now = [(falling, Sort::Descending), (rising, Sort::Ascending)];
        let now = now.into_iter().find(|(o, _)| *o == order).map(|(_, s)| s);
        (link(file, volume, if order == falling { rising } else { falling }, ""), now)
    };
    let (date_href, date_now) = by(Order::Newest, Order::Oldest);
    let (number_href, number_now) = by(Order::LastRegistered, Order::FirstRegistered);
    let column = |head, cell, sort| Column { head, cell, sort };
    let columns = [
        column(subject, Cell::Main, None),
        column(number, Cell::Short, Some(SortLink { href: &number_href, now: number_now })),
        column(marking, Cell::Short, None),
        column(dated, Cell::Short, Some(SortLink { href: &date_href, now: date_now })),
    ];
    let rows: Vec<Row<'_>> = part
        .rows
        .iter()
        .map(|entry| Row {
            value: None,
            name: &entry.reference,
            strong: false,
            cells: vec![
                shown::lead(say, entry),
                shown::number(entry),
                shown::marking(say, &reading.house, entry),
                shown::dated(say, entry),
            ],
        })
        .collect();
    let beyond = |entry: &Visible<EntryView>, word: &str| {
        link(file, volume, order, &format!("&{word}={}", key_text(entry.key)))
    };
    let previous = part.rows.first().filter(|_| part.previous).map(|e| beyond(e, "before"));
    let next = part.rows.last().filter(|_| part.next).map(|e| beyond(e, "after"));
    let total = match volume {
        None => opened.file.documents,
        Some(n) => opened.volumes.iter().find(|v| v.number == n).map_or(0, |v| v.documents),
    };
    let shown_words = if part.previous || rows.is_empty() {
        String::new()
    } else {
        let to = u64::try_from(rows.len()).unwrap_or(0);
        say.tr("paging-shown", &[("from", 1.into()), ("to", to.into()), ("total", total.into())])
    };
    let export = |ending: &str| {
        let to = format!("/files/{file}/documents.{ending}?");
        link(file, volume, order, "").replacen(&format!("/files/{file}?"), &to, 1)
    };
    let (values, workbook) = (export("csv"), export("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let (caption, back) = (say.t("plan-list"), say.t("register-first-page"));
    let beginning = link(file, None, order, "");
    let turned = part.previous || volume.is_some();
    let (title, would) = if turned {
        (say.t("register-none-match"), say.t("register-none-beyond"))
    } else {
        (say.t("plan-file-empty"), say.t("plan-file-empty-would"))
    };
    let begin = turned.then(|| Button::plain(&back).to(&beginning));
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &shown_words },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &title, would: &would, begin },
        },
    )
}
