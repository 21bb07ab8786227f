//! How figures of cases stand on their page: at a glance, by procedure, by unit, by who has the tasks, week by week.

use jiff::{ToSpan, civil::Date};
use maud::{Markup, html};
use office::{
    Reading,
    cases::figures::{Age, Counts, Figures, Load},
    texts::Voice,
};
use registry::{cases::Doer, organisation::Unit};

use super::{doer, figures::Asking, named, spans};
use crate::look::{Bar, Cell, Column, Empty, Paging, Pair, Row, Table, Tone, bars, card, pair_chart, table};

/// The figures, and what was asked for them.
pub(super) struct Shown<'a> {
    pub(super) say: Voice<'a>,
    pub(super) reading: &'a Reading,
    pub(super) asking: &'a Asking,
    pub(super) figures: &'a Figures,
    pub(super) days: (Date, Date),
}

/// What a procedure is called.
pub(super) fn procedure(say: Voice<'_>, reading: &Reading, code: &str) -> String {
    let definition = reading.house.procedures().get(code);
    definition.map_or_else(|| code.to_owned(), |definition| named(say, &definition.names).to_owned())
}

/// What a unit is called.
pub(super) fn unit(say: Voice<'_>, unit: &Unit) -> String {
    format!("{} · {}", unit.code, unit.names.in_language(say.language().tag()))
}

/// A share in whole hundredths.
fn share(say: Voice<'_>, part: u64, of: u64) -> String {
    let hundredths = part.saturating_mul(100).saturating_add(of / 2).checked_div(of);
    hundredths.map_or_else(|| "–".to_owned(), |n| say.tr("cases-percent", &[("n", n.into())]))
}

impl Shown<'_> {
    /// All of them.
    pub(super) fn all(&self) -> Markup {
        let say = self.say;
        html! {
            div.cols.even {
                (card(&say.t("cases-figures-cases"), &self.cases()))
                (card(&say.t("cases-figures-late"), &self.late()))
                (card(&say.t("cases-figures-kept"), &self.kept()))
            }
            (card(&say.t("cases-figures-weeks"), &self.weeks()))
            section { h2 { (say.t("cases-figures-by-procedure")) } (self.procedures()) }
            @if !self.figures.units.is_empty() {
                section { h2 { (say.t("cases-figures-by-unit")) } p.quiet { (say.t("cases-figures-unit-text")) } (self.units()) }
            }
            @if !self.figures.loads.is_empty() {
                (card(&say.t("cases-figures-load"), &self.loads()))
            }
        }
    }

    fn link(&self, count: u64, href: &str) -> Markup {
        html! { @if count > 0 { a.n href=(href) { (self.say.count(count)) } } @else { span.n { (self.say.count(0)) } } }
    }

    fn cases(&self) -> Markup {
        let (say, all) = (self.say, &self.figures.all);
        let days = spans::written(self.days);
        html! {
            dl.facts.wide {
                div { dt { (say.t("cases-figures-opened")) } dd { (self.link(all.opened, &self.asking.cases(&[("state", "all"), ("opened", &days)]))) } }
                div { dt { (say.t("cases-figures-ended")) } dd { (self.link(all.ended, &self.asking.cases(&[("state", "ended"), ("over", &days)]))) } }
                div { dt { (say.t("cases-figures-running")) } dd { (self.link(all.running, &self.asking.cases(&[]))) } }
                div { dt { (say.t("cases-figures-took")) } dd { (self.took(all)) } }
            }
        }
    }

    fn took(&self, counts: &Counts) -> String {
        counts.took.map_or_else(
            || "–".to_owned(),
            |(median, ninety)| {
                self.say
                    .tr("cases-figures-took-days", &[("median", median.into()), ("ninety", ninety.into())])
            },
        )
    }

    fn late(&self) -> Markup {
        let (say, all) = (self.say, &self.figures.all);
        let ages = Age::ALL.map(|age| {
            let text = age.text();
            (say.t(&format!("cases-age-{text}")), self.asking.tasks(&[("state", "late"), ("age", text)]))
        });
        let list: Vec<Bar<'_>> = ages
            .iter()
            .zip(all.late)
            .map(|((label, href), count)| Bar { label, href: Some(href), count, tone: Tone::Late })
            .collect();
        let (what, many) = (say.t("cases-figures-age"), say.t("column-count"));
        html! {
            (bars(say, &say.t("cases-figures-late"), [&what, &many], &list))
            p.foot {
                a href=(self.asking.tasks(&[("state", "late")])) { (say.tr("cases-figures-late-of", &[("n", all.late_all().into()), ("all", all.open.into())])) }
                " · " a href=(self.asking.tasks(&[])) { (say.t("cases-tasks-open")) }
            }
        }
    }

    fn kept(&self) -> Markup {
        let (say, all) = (self.say, &self.figures.all);
        let days = spans::written(self.days);
        let tasks =
            |name: &str, value: &str| self.asking.tasks(&[("state", "done"), ("over", &days), (name, value)]);
        html! {
            dl.facts.wide {
                div { dt { (say.t("cases-figures-done")) } dd { (self.link(all.done, &tasks("kept", ""))) } }
                @for (key, count) in [("first", all.first), ("approved", all.approved)] {
                    div { dt { (say.t(&format!("cases-kept-{key}"))) } dd { (self.link(count, &tasks("kept", key))) " · " (share(say, count, all.done)) } }
                }
                @for (key, count) in [("asked", all.asked), ("granted", all.granted)] {
                    div { dt { (say.t(&format!("cases-time-{key}"))) } dd { (self.link(count, &tasks("time", key))) } }
                }
            }
        }
    }

    /// What was opened and ended each week, as a chart and as a table of the same figures.
    fn weeks(&self) -> Markup {
        let say = self.say;
        let labels: Vec<String> = self.figures.weeks.iter().map(|week| say.date_short(week.monday)).collect();
        let pairs: Vec<Pair<'_>> = self
            .figures
            .weeks
            .iter()
            .zip(&labels)
            .map(|(week, label)| Pair { label, one: week.opened, other: week.ended })
            .collect();
        let [title, opened, ended] =
            ["cases-figures-weeks", "cases-figures-opened", "cases-figures-ended"].map(|key| say.t(key));
        let says = say.tr(
            "cases-figures-weeks-say",
            &[("opened", self.figures.all.opened.into()), ("ended", self.figures.all.ended.into())],
        );
        html! {
            (pair_chart("weeks", &title, &says, [&opened, &ended], &pairs))
            details {
                summary { (say.t("cases-figures-as-table")) }
                (self.weeks_table(&title, &opened, &ended))
            }
        }
    }

    fn weeks_table(&self, title: &str, opened: &str, ended: &str) -> Markup {
        let say = self.say;
        let week = say.t("cases-figures-week");
        let column = |head, cell| Column { head, cell, sort: None };
        let columns =
            [column(week.as_str(), Cell::Main), column(opened, Cell::Number), column(ended, Cell::Number)];
        let names: Vec<String> = self.figures.weeks.iter().map(|week| say.date(week.monday)).collect();
        let rows: Vec<Row<'_>> = self
            .figures
            .weeks
            .iter()
            .zip(&names)
            .map(|(week, name)| {
                // A week at an edge has days that are not asked for.
                let last = week.monday.checked_add(6.days()).unwrap_or(week.monday);
                let days = spans::written((week.monday.max(self.days.0), last.min(self.days.1)));
                Row {
                    value: None,
                    name,
                    strong: false,
                    cells: vec![
                        html! { (name) },
                        self.link(week.opened, &self.asking.cases(&[("state", "all"), ("opened", &days)])),
                        self.link(week.ended, &self.asking.cases(&[("state", "ended"), ("over", &days)])),
                    ],
                }
            })
            .collect();
        shown(say, title, &columns, &rows)
    }

    fn procedures(&self) -> Markup {
        let say = self.say;
        let days = spans::written(self.days);
        let keys = [
            "cases-procedure",
            "cases-short-opened",
            "cases-short-ended",
            "cases-short-running",
            "cases-tasks-open",
            "cases-tasks-late",
            "cases-figures-done",
            "cases-short-first",
            "cases-short-approved",
            "cases-short-took",
        ];
        let names: Vec<(String, &Counts)> = self
            .figures
            .procedures
            .iter()
            .map(|(code, counts)| (procedure(say, self.reading, code), counts))
            .collect();
        let rows: Vec<Row<'_>> = self
            .figures
            .procedures
            .iter()
            .zip(&names)
            .map(|((code, _), (name, counts))| {
                let of = ("procedure", code.as_str());
                let mut cells = vec![
                    html! { (name) },
                    self.link(counts.opened, &self.asking.cases(&[of, ("state", "all"), ("opened", &days)])),
                    self.link(counts.ended, &self.asking.cases(&[of, ("state", "ended"), ("over", &days)])),
                    self.link(counts.running, &self.asking.cases(&[of])),
                ];
                cells.extend(self.task_cells(counts, of));
                cells.push(html! { @match counts.took { Some((median, ninety)) => { (median) " / " (ninety) }, None => "–" } });
                Row { value: None, name, strong: false, cells }
            })
            .collect();
        self.counted(&keys, &say.t("cases-figures-by-procedure"), &rows)
    }

    fn units(&self) -> Markup {
        let say = self.say;
        let keys = [
            "cases-figures-unit",
            "cases-tasks-open",
            "cases-tasks-late",
            "cases-figures-done",
            "cases-kept-first",
            "cases-kept-approved",
        ];
        let names: Vec<String> = self.figures.units.iter().map(|(one, _)| unit(say, one)).collect();
        let rows: Vec<Row<'_>> = self
            .figures
            .units
            .iter()
            .zip(&names)
            .map(|((one, counts), name)| {
                let below = self.asking.list(super::FIGURES, &[("unit", &one.code)]);
                let mut cells = vec![html! { a.lead href=(below) { (name) } }];
                cells.extend(self.task_cells(counts, ("unit", one.code.as_str())));
                Row { value: None, name, strong: false, cells }
            })
            .collect();
        self.counted(&keys, &say.t("cases-figures-by-unit"), &rows)
    }

    fn task_cells(&self, counts: &Counts, of: (&str, &str)) -> Vec<Markup> {
        let days = spans::written(self.days);
        let done = |kept: &str| self.asking.tasks(&[of, ("state", "done"), ("over", &days), ("kept", kept)]);
        let kept = |count: u64, key: &str| html! { (self.link(count, &done(key))) " (" (share(self.say, count, counts.done)) ")" };
        vec![
            self.link(counts.open, &self.asking.tasks(&[of])),
            self.link(counts.late_all(), &self.asking.tasks(&[of, ("state", "late")])),
            self.link(counts.done, &done("")),
            kept(counts.first, "first"),
            kept(counts.approved, "approved"),
        ]
    }

    fn counted(&self, keys: &[&str], caption: &str, rows: &[Row<'_>]) -> Markup {
        let heads: Vec<String> = keys.iter().map(|key| self.say.t(key)).collect();
        let columns: Vec<Column<'_>> = heads
            .iter()
            .enumerate()
            .map(|(place, head)| Column {
                head,
                cell: if place == 0 { Cell::Main } else { Cell::Number },
                sort: None,
            })
            .collect();
        shown(self.say, caption, &columns, rows)
    }

    fn loads(&self) -> Markup {
        let say = self.say;
        let most = self.figures.loads.iter().map(|load| load.open).max().unwrap_or(1).max(1);
        let heads = ["cases-with", "cases-tasks-open", "cases-tasks-late"].map(|key| say.t(key));
        html! {
            table.bars {
                caption.unseen { (say.t("cases-figures-load")) }
                thead.unseen { tr { @for head in &heads { th scope="col" { (head) } } } }
                tbody { @for load in &self.figures.loads { (self.load(load, most)) } }
            }
        }
    }

    fn load(&self, load: &Load, most: u64) -> Markup {
        let with = load.who.doer.to_string();
        // A role is no one of whom a list is asked.
        let listed = matches!(load.who.doer, Doer::Post(_) | Doer::Person(_));
        let href = |state: &str| self.asking.tasks(&[("with", &with), ("state", state)]);
        let number = |count: u64, state: &str| {
            if listed {
                self.link(count, &href(state))
            } else {
                html! { span.n { (self.say.count(count)) } }
            }
        };
        html! {
            tr {
                th scope="row" { (doer(self.say, &load.who)) }
                td {
                    svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                        rect.track width="100" height="8" {}
                        rect.fill width=(load.open.saturating_mul(100) / most) height="8" {}
                    }
                    (number(load.open, ""))
                }
                td { @if load.late > 0 { span.chip.late { (number(load.late, "late")) " " (self.say.t("cases-late")) } } }
            }
        }
    }
}

fn shown(say: Voice<'_>, caption: &str, columns: &[Column<'_>], rows: &[Row<'_>]) -> Markup {
    let (none, would) = (say.t("cases-none"), say.t("cases-would"));
    table(
        say,
        &Table {
            caption,
            columns,
            rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &none, would: &would, begin: None },
        },
    )
}
