//! The two lists of the in-tray: what waits, and what was dismissed.

use maud::{Markup, html};
use office::{
    Reading,
    texts::Voice,
    tray::{Dismissed, Item, Source},
};
use registry::{ObjectId, intake::DismissalReason};

use super::{
    Asking, PATH, form_of, rings,
    words::{called, file_name, origin, precedence_words, reason, said_remedy},
};
use crate::{
    look::{Button, Cell, Column, Empty, Paging, Row, SelectMany, Sort, SortLink, Table, Tone, chip, table},
    pages::shown,
    words,
};

/// Rows of a page.
const PAGE: usize = 50;
/// The reasons that need no words, and can be given for many things at once.
const PLAIN: [DismissalReason; 5] = [
    DismissalReason::Spam,
    DismissalReason::Private,
    DismissalReason::Duplicate,
    DismissalReason::Misdirected,
    DismissalReason::Ephemeral,
];

/// Which part of a list is shown: where it begins, and the ways on and back.
struct Place {
    begin: usize,
    previous: Option<String>,
    next: Option<String>,
}

fn place(ids: &[ObjectId], asking: &Asking) -> Place {
    let after: Option<ObjectId> = asking.after.parse().ok();
    let begin = after.and_then(|id| ids.iter().position(|i| *i == id)).map_or(0, |at| at + 1);
    let last = ids.get(..ids.len().min(begin + PAGE)).and_then(<[_]>::last);
    let next = last.filter(|_| ids.len() > begin + PAGE);
    let previous = (begin > 0).then(|| {
        let to = begin.checked_sub(PAGE + 1).and_then(|at| ids.get(at));
        asking.with(PATH, "after", &to.map(ToString::to_string).unwrap_or_default())
    });
    Place { begin, previous, next: next.map(|id| asking.with(PATH, "after", &id.to_string())) }
}

fn counted(say: Voice<'_>, place: &Place, rows: usize, total: usize) -> String {
    if rows == 0 {
        return String::new();
    }
    let (from, to) = (place.begin + 1, place.begin + rows);
    say.tr("paging-shown", &[("from", from.into()), ("to", to.into()), ("total", total.into())])
}

fn sorting(asking: &Asking, up: &str, down: &str) -> (String, Option<Sort>) {
    let now = match asking.order.as_str() {
        order if order == up => Some(Sort::Ascending),
        order if order == down => Some(Sort::Descending),
        _ => None,
    };
    (asking.with(PATH, "order", if now == Some(Sort::Ascending) { down } else { up }), now)
}

/// What waits. Many things can be dismissed at once for a reason that needs no words.
pub(super) fn waiting_list(
    say: Voice<'_>,
    reading: &Reading,
    token: &str,
    asking: &Asking,
    items: &[Item],
) -> Markup {
    let ids: Vec<ObjectId> = items.iter().map(|item| item.id).collect();
    let place = place(&ids, asking);
    let part: Vec<&Item> = items.iter().skip(place.begin).take(PAGE).collect();
    let heads =
        ["column-subject", "tray-sender", "tray-arrived", "column-marking", "tray-attached", "tray-origin"]
            .map(|key| say.t(key));
    let [subject, sender, arrived, marking, attached, origin] = &heads;
    let (subject_href, subject_now) = sorting(asking, "subject", "subject-down");
    let (sender_href, sender_now) = sorting(asking, "sender", "sender-down");
    let (arrived_href, arrived_now) = sorting(asking, "oldest", "");
    let column = |head, cell, sort| Column { head, cell, sort };
    let columns = [
        column(subject, Cell::Main, Some(SortLink { href: &subject_href, now: subject_now })),
        column(sender, Cell::Text, Some(SortLink { href: &sender_href, now: sender_now })),
        column(arrived, Cell::Short, Some(SortLink { href: &arrived_href, now: arrived_now })),
        column(marking, Cell::Short, None),
        column(attached, Cell::Number, None),
        column(origin, Cell::Text, None),
    ];
    let values: Vec<String> = ids.iter().skip(place.begin).take(PAGE).map(ToString::to_string).collect();
    let names: Vec<String> = part.iter().map(|item| called(say, item)).collect();
    let rows: Vec<Row<'_>> = part
        .iter()
        .zip(&values)
        .zip(&names)
        .map(|((item, value), name)| Row {
            value: Some(value),
            name,
            strong: rings(item),
            cells: cells(say, reading, item, name),
        })
        .collect();
    let shown = counted(say, &place, rows.len(), items.len());
    let labels = PLAIN.map(|reason| say.t(&format!("tray-as-{}", reason.as_str())));
    let (lead, back) = (say.t("tray-dismiss-because"), asking.here());
    let chosen: Vec<String> = asking.chosen.split(',').map(str::to_owned).collect();
    let acts = PLAIN
        .iter()
        .zip(&labels)
        .map(|(reason, label)| Button::plain(label).named("reason", reason.as_str()))
        .collect();
    let (csv, xlsx) = (asking.with("/tray.csv", "after", ""), asking.with("/tray.xlsx", "after", ""));
    let exports = [("CSV", csv.as_str()), ("XLSX", xlsx.as_str())];
    let (caption, title, would) = (say.t("tray-caption"), say.t("tray-empty"), say.t("tray-empty-would"));
    let new = say.t("register-new");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: Some(SelectMany {
                action: "/tray/dismiss",
                name: "item",
                token: Some(token),
                acts,
                lead: &lead,
                chosen: &chosen,
                kept: None,
                back: Some(&back),
            }),
            paging: Paging {
                previous: place.previous.as_deref(),
                next: place.next.as_deref(),
                shown: &shown,
            },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty {
                title: &title,
                would: &would,
                begin: Some(Button::plain(&new).to("/register/new")),
            },
        },
    )
}

/// The cells of something that waits.
fn cells(say: Voice<'_>, reading: &Reading, item: &Item, name: &str) -> Vec<Markup> {
    let house = &reading.house;
    let attached = item.content.as_ref().map_or(0, |content| content.enclosures.len());
    let direction = say.t(&format!("kind-{}", item.direction.as_str()));
    let several = reading.trays().len() > 1;
    vec![
        html! {
            @if item.content.is_some() {
                a.lead href=(form_of(item)) { (name) }
            } @else {
                span { (name) }
                @if let Some(said) = &item.head.trouble { div.quiet { (said_remedy(say, said)) } }
            }
            @if let Some(precedence) = &item.head.precedence {
                " " (chip(if rings(item) { Tone::Late } else { Tone::Plain }, &precedence_words(say, precedence)))
            }
            @if let Some(content) = item.content.as_ref().filter(|content| shown::in_trouble(content.reading)) {
                " " (shown::reading_chip(say, content.reading))
            }
            (shown::flags(say, &item.head.flags))
            @if item.source != Source::Mailbox && name != file_name(item) { div.quiet { (file_name(item)) } }
            @if several { div.quiet { (words::registry_name(reading, item.registry, say)) } }
        },
        html! { span.address { (item.sender()) } },
        html! { time datetime=(item.arrived) { (say.relative(item.arrived.date(&house.zone), reading.today())) } },
        html! {
            @let label = item.head.marking.as_ref().filter(|label| house.policies.of(label).is_ok());
            (shown::label(say, house, label, say.language()))
        },
        html! { @if attached > 0 { (attached) } },
        html! { (origin(say, item)) div.quiet { (direction) } },
    ]
}

/// What was dismissed, why and by whom.
pub(super) fn dismissed_list(
    say: Voice<'_>,
    reading: &Reading,
    asking: &Asking,
    all: &[(Dismissed, String)],
) -> Markup {
    let ids: Vec<ObjectId> = all.iter().map(|(one, _)| one.id).collect();
    let place = place(&ids, asking);
    let heads = ["tray-why", "tray-words", "tray-origin", "tray-by", "tray-when"].map(|key| say.t(key));
    let [why, in_words, origin, by, when] = &heads;
    let (when_href, when_now) = sorting(asking, "oldest", "");
    let column = |head, cell, sort| Column { head, cell, sort };
    let columns = [
        column(why, Cell::Main, None),
        column(in_words, Cell::Text, None),
        column(origin, Cell::Text, None),
        column(by, Cell::Text, None),
        column(when, Cell::Short, Some(SortLink { href: &when_href, now: when_now })),
    ];
    let zone = &reading.house.zone;
    let reasons: Vec<String> = all.iter().map(|(one, _)| reason(say, &one.reason)).collect();
    let rows: Vec<Row<'_>> = all
        .iter()
        .zip(&reasons)
        .skip(place.begin)
        .take(PAGE)
        .map(|((one, by), reason)| Row {
            value: None,
            name: reason,
            strong: false,
            cells: vec![
                html! { (reason) },
                html! { (one.words.as_deref().unwrap_or_default()) },
                html! { (one.origin.as_deref().unwrap_or_default()) },
                html! { (by) },
                html! { time datetime=(one.at) { (say.date(one.at.date(zone))) } },
            ],
        })
        .collect();
    let shown = counted(say, &place, rows.len(), all.len());
    let (csv, xlsx) = (asking.with("/tray.csv", "after", ""), asking.with("/tray.xlsx", "after", ""));
    let exports = [("CSV", csv.as_str()), ("XLSX", xlsx.as_str())];
    let (caption, title) = (say.t("tray-dismissed-caption"), say.t("tray-dismissed-none"));
    let would = say.t("tray-dismissed-would");
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging {
                previous: place.previous.as_deref(),
                next: place.next.as_deref(),
                shown: &shown,
            },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &title, would: &would, begin: None },
        },
    )
}
