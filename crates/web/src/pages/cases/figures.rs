//! Figures of the cases that the reader sees, of a stretch of days: on one page what is late, what runs, who has the ball, how
//! long it takes. Every figure is a link to the list that it counts.

use axum::{extract::Query, response::Response};
use jiff::{ToSpan, civil::Date};
use maud::{Markup, html};
use office::{
    Reading,
    cases::figures::{Counts, FiguresAsked, MOST_DAYS},
    texts::{Texts, Voice},
};
use registry::organisation::Organisation;
use serde::Deserialize;

use super::{
    PATH,
    every::EVERY,
    figured::{self, Shown},
    named,
    spans::{self, Period},
};
use crate::{
    answer::WebError,
    export::{self, Cell as FileCell, Line, Ready},
    frame::{self, Sheet},
    look::{Choice, Facet, Field, Section, Width, heading, pills},
    pages::{
        custody::{common::typed_day, lists::changed},
        visit::Visit,
    },
};

/// Where they are.
pub const FIGURES: &str = "/cases/figures";

/// The columns of the files.
const HEADS: [(&str, f64); 16] = [
    ("cases-figures-of", 18.0),
    ("cases-name", 44.0),
    ("cases-figures-opened", 12.0),
    ("cases-figures-ended", 12.0),
    ("cases-figures-running", 12.0),
    ("cases-figures-open", 12.0),
    ("cases-age-1-5", 14.0),
    ("cases-age-6-20", 14.0),
    ("cases-age-over-20", 14.0),
    ("cases-figures-done", 12.0),
    ("cases-kept-first", 14.0),
    ("cases-kept-approved", 14.0),
    ("cases-time-asked", 14.0),
    ("cases-time-granted", 14.0),
    ("cases-figures-median", 14.0),
    ("cases-figures-ninety", 14.0),
];

/// What is asked.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// `week`, `quarter`, `year`, `days`; else the month.
    period: String,
    /// A day in it; of `days` the first.
    from: String,
    /// Of `days` the last.
    until: String,
    /// The code of a unit.
    pub(super) unit: String,
    pub(super) procedure: String,
}

impl Asking {
    fn period(&self) -> Period {
        Period::of(&self.period).unwrap_or(Period::Month)
    }

    /// The days, at most as many as figures are made of.
    fn days(&self, texts: &Texts, today: Date) -> (Date, Date) {
        let day = |typed: &str| typed_day(texts, "from", typed).ok().flatten();
        let from = day(&self.from).unwrap_or(today);
        let (first, last) = self.period().around(from);
        if self.period() != Period::Days {
            return (first, last);
        }
        let most = first.checked_add(MOST_DAYS.days()).unwrap_or(first);
        (first, day(&self.until).unwrap_or(last).clamp(first, most.max(first)))
    }

    fn asked(&self, texts: &Texts, organisation: &Organisation, today: Date) -> FiguresAsked {
        let (from, until) = self.days(texts, today);
        FiguresAsked {
            unit: spans::unit_of(organisation, &self.unit),
            procedure: Some(self.procedure.clone()).filter(|code| !code.is_empty()),
            from,
            until,
        }
    }

    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let parts = [
            ("period", &*self.period),
            ("from", &*self.from),
            ("until", &*self.until),
            ("unit", &*self.unit),
            ("procedure", &*self.procedure),
        ];
        changed(path, &parts, name, value)
    }

    /// The figures of another stretch of days.
    fn at(&self, period: Period, from: Date) -> String {
        let other = Self { period: period.text().to_owned(), until: String::new(), ..self.clone() };
        other.with(FIGURES, "from", &from.to_string())
    }

    /// Of which unit and procedure a list is, as its address says it.
    pub(super) fn list(&self, path: &str, more: &[(&str, &str)]) -> String {
        let own = |name: &str| !more.iter().any(|(other, _)| *other == name);
        let mut parts = more.to_vec();
        if own("unit") {
            parts.push(("unit", &self.unit));
        }
        if own("procedure") {
            parts.push(("procedure", &self.procedure));
        }
        changed(path, &parts, "", "")
    }

    /// A list of cases.
    pub(super) fn cases(&self, more: &[(&str, &str)]) -> String {
        self.list(PATH, more)
    }

    /// A list of tasks.
    pub(super) fn tasks(&self, more: &[(&str, &str)]) -> String {
        self.list(EVERY, more)
    }
}

/// The page.
pub async fn figures(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let organisation = reading.organisation().await?;
    let wanted = asking.asked(&app.texts, &organisation, reading.today());
    let figures = reading.case_figures(&wanted).await?;
    let days = (wanted.from, wanted.until);
    let title = say.t("cases-figures");
    let shown = Shown { say, reading: &reading, asking: &asking, figures: &figures, days };
    let body = html! {
        (heading(&title, &html! { p { (say.t("cases-figures-text")) } }))
        (super::ways(say, FIGURES))
        (periods(say, &asking, days))
        (filters(say, &reading, &organisation, &asking, days))
        (other_days(say, &app.texts, &asking, days))
        (files(&asking))
        (shown.all())
    };
    let sheet = Sheet::plain(&title, &path, Some(Section::Cases), body);
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The stretch of days: by name, the one before and the one after.
fn periods(say: Voice<'_>, asking: &Asking, days: (Date, Date)) -> Markup {
    let on = asking.period();
    let views: Vec<(String, String, bool)> = Period::NAMED
        .into_iter()
        .map(|period| {
            (say.t(&format!("cases-period-{}", period.text())), asking.at(period, days.0), period == on)
        })
        .collect();
    let facets: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on })
        .collect();
    let before = days.0.yesterday().ok().map(|day| asking.at(on, day));
    let after = days.1.tomorrow().ok().map(|day| asking.at(on, day));
    html! {
        (pills(&say.t("cases-period"), &facets, say))
        p.row {
            @if on != Period::Days && let Some(before) = &before { a href=(before) rel="prev" { (say.t("cases-period-before")) } }
            strong { (spans::told(say, days)) }
            @if on != Period::Days && let Some(after) = &after { a href=(after) rel="next" { (say.t("cases-period-after")) } }
        }
    }
}

/// Unit, procedure and days of one's own choice.
fn filters(
    say: Voice<'_>,
    reading: &Reading,
    organisation: &Organisation,
    asking: &Asking,
    days: (Date, Date),
) -> Markup {
    let every = say.t("cases-state-all");
    let units = spans::units(say, organisation, reading.today());
    let mut procedures: Vec<(String, String)> = reading
        .house
        .procedures()
        .iter()
        .map(|definition| (definition.code.clone(), named(say, &definition.names).to_owned()))
        .collect();
    procedures.sort_by_cached_key(|(_, name)| registry::reference::sort_key(name));
    let choices = |list: &[(String, String)]| -> Vec<(String, String)> {
        std::iter::once((String::new(), every.clone())).chain(list.iter().cloned()).collect()
    };
    let (units, procedures) = (choices(&units), choices(&procedures));
    let pick = |list: &[(String, String)], name: &str, label: &str, value: &str| {
        let list: Vec<Choice<'_>> = list.iter().map(|(code, name)| Choice::new(code, name)).collect();
        Field::new(name, label).value(value).optional().width(Width::Medium).select(say, &list)
    };
    let [unit, procedure] = ["cases-figures-unit", "cases-procedure"].map(|key| say.t(key));
    html! {
        form.with-button method="get" action=(FIGURES) {
            input type="hidden" name="period" value=(asking.period().text());
            input type="hidden" name="from" value=(days.0);
            @if asking.period() == Period::Days { input type="hidden" name="until" value=(days.1); }
            (pick(&units, "unit", &unit, &asking.unit))
            (pick(&procedures, "procedure", &procedure, &asking.procedure))
            button.button type="submit" { (say.t("people-filter-go")) }
        }
    }
}

/// From a day until another, as they are typed.
fn other_days(say: Voice<'_>, texts: &Texts, asking: &Asking, days: (Date, Date)) -> Markup {
    let own = asking.period() == Period::Days;
    let field = |name: &'static str, label: &str, typed: &str, day: Date| {
        let wrong = own && typed_day(texts, name, typed).is_err();
        let error = wrong.then(|| say.t("refusal-impossible-date"));
        let shown = if wrong { typed.to_owned() } else { say.date(day) };
        let id = format!("days-{name}");
        let field = Field::new(name, label).known_as(&id).value(&shown).width(Width::Short);
        field.error(error.as_deref()).date(say)
    };
    let [from, until] = ["cases-from", "cases-until"].map(|key| say.t(key));
    html! {
        details.quiet open[own] {
            summary { (say.t("cases-period-days")) }
            form.with-button method="get" action=(FIGURES) {
                input type="hidden" name="period" value="days";
                @for (name, value) in [("unit", &asking.unit), ("procedure", &asking.procedure)] {
                    @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
                }
                (field("from", &from, &asking.from, days.0))
                (field("until", &until, &asking.until, days.1))
                button.button type="submit" { (say.t("people-filter-go")) }
            }
        }
    }
}

fn files(asking: &Asking) -> Markup {
    let file = |end: &str| asking.with(&format!("{FIGURES}.{end}"), "", "");
    html! { p.quiet { a href=(file("csv")) { "CSV" } " · " a href=(file("xlsx")) { "XLSX" } } }
}

/// The figures as comma-separated values.
pub async fn figures_values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "case-figures"))
}

/// The same rows as a workbook.
pub async fn figures_workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "case-figures").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let organisation = reading.organisation().await?;
    let wanted = asking.asked(&app.texts, &organisation, reading.today());
    let figures = reading.case_figures(&wanted).await?;
    let whole = spans::told(say, (wanted.from, wanted.until));
    let mut lines = vec![of_counts(&say.t("cases-figures-whole"), &whole, &figures.all)];
    for (code, counts) in &figures.procedures {
        let name = figured::procedure(say, &reading, code);
        lines.push(of_counts(&say.t("cases-procedure"), &name, counts));
    }
    for (unit, counts) in &figures.units {
        lines.push(of_counts(&say.t("cases-figures-unit"), &figured::unit(say, unit), counts));
    }
    for load in &figures.loads {
        let counts = Counts { open: load.open, ..Counts::default() };
        lines.push(of_counts(&say.t("cases-with"), &super::doer_words(say, &load.who), &counts));
    }
    for week in &figures.weeks {
        let counts = Counts { opened: week.opened, ended: week.ended, ..Counts::default() };
        lines.push(of_counts(&say.t("cases-figures-week"), &week.monday.to_string(), &counts));
    }
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}

fn of_counts(of: &str, name: &str, counts: &Counts) -> Line {
    let number = |count: u64| FileCell::Number(u32::try_from(count).unwrap_or(u32::MAX));
    let took = |days: Option<u32>| days.map_or_else(|| FileCell::Text(String::new()), FileCell::Number);
    let [fresh, aged, old] = counts.late;
    let mut cells = vec![FileCell::Text(of.to_owned()), FileCell::Text(name.to_owned())];
    let numbers = [
        counts.opened,
        counts.ended,
        counts.running,
        counts.open,
        fresh,
        aged,
        old,
        counts.done,
        counts.first,
        counts.approved,
        counts.asked,
        counts.granted,
    ];
    cells.extend(numbers.map(number));
    cells.extend([took(counts.took.map(|took| took.0)), took(counts.took.map(|took| took.1))]);
    Line { cells, labels: Vec::new(), undetermined: false }
}
