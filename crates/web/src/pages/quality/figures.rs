//! The figures of the quality report: each rule, completeness by month, and the parts that are told apart, each number leading
//! to its papers.

use maud::{Markup, html};
use office::{
    quality::{Figures, breaks, completeness},
    texts::Voice,
};
use registry::quality::{Matters, Profile, Rule};
use store::quality::Counted;

use super::{Asking, PAPERS, PATH, matters, name, percent};
use crate::look::{
    Cell, Column, Empty, Paging, Point, Row, Sort, SortLink, Table, card, line_chart, share_bar, table,
};

/// Most rows of the table of a report; a file has them all.
const LINES: usize = 200;

/// Every rule with how many papers it is asked of, how many break it, and how many do not, as a share with its bar.
pub(super) fn rules(say: Voice<'_>, profile: &Profile, all: &Counted, asking: &Asking) -> Markup {
    let heads = ["quality-rule", "quality-matters", "quality-asked", "quality-broken", "quality-good"]
        .map(|k| say.t(k));
    let [rule_head, weight, of, broken, good] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [
        column(rule_head, Cell::Main),
        column(weight, Cell::Short),
        column(of, Cell::Number),
        column(broken, Cell::Number),
        column(good, Cell::Text),
    ];
    let each = profile.rules.iter().zip(&all.asked).zip(&all.broken);
    let rows: Vec<Row<'_>> = each
        .map(|((rule, asked), broken)| {
            let said = rule.said(say.language().tag());
            let share = asked.saturating_sub(*broken).saturating_mul(10_000).checked_div(*asked);
            Row {
                value: None,
                name: &rule.code,
                strong: false,
                cells: vec![
                    html! { (said.says) div.quiet { (said.remedy) } },
                    matters(say, rule.matters, *broken > 0),
                    html! { (say.count(*asked)) },
                    html! {
                        @if *broken == 0 { (say.count(0)) }
                        @else {
                            a.lead href=(asking.papers(PAPERS, &rule.code, None)) aria-label=(say.tr("quality-papers", &[("n", (*broken).into()), ("rule", said.says.as_str().into())])) { (say.count(*broken)) }
                        }
                    },
                    html! { span.share { (share_bar(share)) span.n { (percent(say, share)) } } },
                ],
            }
        })
        .collect();
    let (caption, none) = (say.t("quality-rules"), say.t("quality-none"));
    html! {
        (table(say, &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &none, would: "", begin: None },
        }))
    }
}

/// Completeness by month as a line; the table below has the same numbers.
pub(super) fn months(say: Voice<'_>, profile: &Profile, figures: &[Figures]) -> Markup {
    if figures.len() < 2 {
        return html! {};
    }
    let mut ordered: Vec<&Figures> = figures.iter().collect();
    ordered.sort_by(|a, b| a.key.cmp(&b.key));
    let points: Vec<Point<'_>> =
        ordered.iter().map(|f| Point { label: &f.key, share: completeness(profile, &f.counts) }).collect();
    let end = |point: Option<&Point<'_>>| percent(say, point.and_then(|p| p.share));
    let label = |point: Option<&Point<'_>>| point.map_or(String::new(), |p| p.label.to_owned());
    let (first, last) = (points.first(), points.last());
    let says = say.tr(
        "quality-chart-says",
        &[
            ("from", label(first).into()),
            ("first", end(first).into()),
            ("to", label(last).into()),
            ("last", end(last).into()),
        ],
    );
    let title = say.t("quality-chart");
    card(&title, &line_chart("quality-months", &title, &says, &points))
}

/// The figures told apart, each sum leading to its papers.
pub(super) fn grouped(say: Voice<'_>, profile: &Profile, figures: &[Figures], asking: &Asking) -> Markup {
    let by = asking.by();
    let heads = [
        (say.t(&format!("quality-by-{}", by.as_str())), "name", Cell::Main),
        (say.t("quality-documents"), "papers", Cell::Number),
        (say.t("quality-complete"), "complete", Cell::Text),
        (say.t("quality-required"), "required", Cell::Number),
        (say.t("quality-wanted"), "wanted", Cell::Number),
        (say.t("quality-advice"), "advice", Cell::Number),
    ];
    let links: Vec<(String, Option<Sort>)> = heads
        .iter()
        .map(|(_, order, _)| {
            let falls = format!("-{order}");
            let now = match asking.order.as_str() {
                now if now == *order => Some(Sort::Ascending),
                now if now == falls => Some(Sort::Descending),
                _ => None,
            };
            let next = if now == Some(Sort::Ascending) { falls.as_str() } else { order };
            (asking.with(PATH, "order", next), now)
        })
        .collect();
    let columns: Vec<Column<'_>> = heads
        .iter()
        .zip(&links)
        .map(|((head, _, cell), (href, now))| Column {
            head,
            cell: *cell,
            sort: Some(SortLink { href, now: *now }),
        })
        .collect();
    let names: Vec<String> = figures.iter().map(|f| name(say, f, by)).collect();
    let rows: Vec<Row<'_>> = figures
        .iter()
        .zip(&names)
        .take(LINES)
        .map(|(f, name)| {
            let share = completeness(profile, &f.counts);
            let sum = |weight| worst(say, profile, f, weight, asking);
            Row {
                value: None,
                name,
                strong: false,
                cells: vec![
                    html! { (name) },
                    html! { (say.count(f.counts.documents)) },
                    html! { span.share { (share_bar(share)) span.n { (percent(say, share)) } } },
                    sum(Matters::Required),
                    sum(Matters::Wanted),
                    sum(Matters::Advice),
                ],
            }
        })
        .collect();
    let (values, workbook) = (asking.with("/quality.csv", "", ""), asking.with("/quality.xlsx", "", ""));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let (caption, none, would) = (say.t("quality-title"), say.t("quality-none"), say.t("quality-none-would"));
    let shown = if figures.len() > LINES {
        say.tr("paging-shown", &[("from", 1.into()), ("to", LINES.into()), ("total", figures.len().into())])
    } else {
        String::new()
    };
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { shown: &shown, ..Paging::default() },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}

/// How often rules of a weight are broken, with the papers of each rule behind it.
fn worst(say: Voice<'_>, profile: &Profile, f: &Figures, weight: Matters, asking: &Asking) -> Markup {
    let total = breaks(profile, &f.counts, weight);
    let each: Vec<(&Rule, u64)> = profile
        .rules
        .iter()
        .zip(&f.counts.broken)
        .filter(|(rule, n)| rule.matters == weight && **n > 0)
        .map(|(rule, n)| (rule, *n))
        .collect();
    html! {
        @if each.is_empty() { (say.count(0)) }
        @else {
            details.breaks {
                summary { (say.count(total)) }
                ul {
                    @for (rule, n) in each {
                        li { a href=(asking.papers(PAPERS, &rule.code, Some(&f.key))) { (rule.said(say.language().tag()).says) (say.t("colon")) " " (say.count(n)) } }
                    }
                }
            }
        }
    }
}
