//! Whose certificates and briefings end soon or have ended: a list for security officers, and the same as a file.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::{
    AuthorisationId, Code,
    person::Person,
    reference::sort_key,
    validity::{Band, Ending, Warning},
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Facet, Field, Paging, Row, Section, Sort, SortLink, Table, Tone,
        Width, chip, crumbs, heading, pills, table,
    },
    pages::{shown, visit::Visit},
};

/// Where the list is.
pub const PATH: &str = "/people/ending";
/// Rows of a page.
const PAGE: usize = 50;

/// What is asked of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    q: String,
    within: String,
    what: String,
    order: String,
    after: String,
}

/// One row: what ends, and whose it is.
type Line = (Warning, Person);

/// As a band stands in addresses and answers.
pub fn band_name(band: Band) -> String {
    match band {
        Band::Ended => "ended".to_owned(),
        Band::Within(days) => days.to_string(),
    }
}

impl Asking {
    /// The band, the kind and the words that narrow the list.
    fn fits(&self, (warning, person): &Line) -> bool {
        let wanted = sort_key(self.q.trim());
        (self.within.is_empty() || self.within == band_name(warning.band))
            && (self.what.is_empty() || self.what == warning.ending.as_str())
            && (wanted.is_empty()
                || [&person.name, &person.login].into_iter().any(|t| sort_key(t).contains(&wanted)))
    }

    fn sorted(&self, lines: &mut [Line]) {
        match self.order.as_str() {
            "latest" => lines.reverse(),
            "name" => lines.sort_by_cached_key(|(w, p)| (sort_key(&p.name), w.last, w.authorisation)),
            "name-down" => {
                lines.sort_by_cached_key(|(w, p)| (sort_key(&p.name), w.last, w.authorisation));
                lines.reverse();
            }
            _ => {}
        }
    }

    /// The list's address with one part of it changed, from its beginning.
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let part = |key: &'static str, own: &str| {
            let value = if key == name { value } else { own };
            (!value.is_empty()).then(|| format!("{key}={}", frame::escaped(value)))
        };
        let parts: Vec<String> = [
            part("q", &self.q),
            part("within", &self.within),
            part("what", &self.what),
            part("order", &self.order),
            part("after", ""),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
}

/// The lines that are asked for, in their order, of all that there are.
async fn lines(reading: &mut Reading, asking: &Asking) -> Result<(Vec<Line>, Vec<Line>), WebError> {
    let all = reading.warnings().await?;
    let mut found: Vec<Line> = all.iter().filter(|line| asking.fits(line)).cloned().collect();
    asking.sorted(&mut found);
    Ok((all, found))
}

/// The list.
pub async fn ending(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let (all, found) = lines(&mut reading, &asking).await?;
    let after: Option<AuthorisationId> = asking.after.parse().ok();
    let begin =
        after.and_then(|id| found.iter().position(|(w, _)| w.authorisation == id)).map_or(0, |at| at + 1);
    let part: Vec<&Line> = found.iter().skip(begin).take(PAGE).collect();
    let more = found.len() > begin + part.len();
    let next =
        part.last().filter(|_| more).map(|(w, _)| asking.with(PATH, "after", &w.authorisation.to_string()));
    let previous = (begin > 0).then(|| {
        let to = begin.checked_sub(PAGE + 1).and_then(|at| found.get(at));
        asking.with(PATH, "after", &to.map(|(w, _)| w.authorisation.to_string()).unwrap_or_default())
    });
    let (title, people) = (say.t("ending-title"), say.t("people-title"));
    let counted = say.tr("ending-total", &[("n", found.len().into())]);
    let place = Place { begin, previous, next, total: found.len() };
    let body = html! {
        (crumbs(say, &[Crumb { label: &people, href: "/people" }]))
        (heading(&title, &html! { p { (counted) } }))
        (bands(say, &reading, &all, &asking))
        (filter(say, &asking))
        (list(say, &reading, &part, &asking, &place))
    };
    Ok(frame::page(
        say,
        &reading,
        &signed.form_token,
        Sheet::plain(&title, &path, Some(Section::People), body),
    ))
}

/// Where the shown part of the list lies.
struct Place {
    begin: usize,
    previous: Option<String>,
    next: Option<String>,
    total: usize,
}

/// A band in words.
pub fn band_words(say: Voice<'_>, band: Band) -> String {
    match band {
        Band::Ended => say.t("ending-ended"),
        Band::Within(days) => say.tr("ending-within", &[("n", u64::from(days).into())]),
    }
}

fn bands(say: Voice<'_>, reading: &Reading, all: &[Line], asking: &Asking) -> Markup {
    // What the other filters leave, so that each count is what the link shows.
    let others = Asking { within: String::new(), ..asking.clone() };
    let left: Vec<&Line> = all.iter().filter(|line| others.fits(line)).collect();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let mut views = vec![(
        say.t("ending-all"),
        asking.with(PATH, "within", ""),
        count(left.len()),
        asking.within.is_empty(),
    )];
    for band in reading.house.validity.bands() {
        let name = band_name(band);
        let n = left.iter().filter(|(w, _)| w.band == band).count();
        let on = asking.within == name;
        views.push((band_words(say, band), asking.with(PATH, "within", &name), count(n), on));
    }
    let values: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, n, on)| Facet { label, marking: None, count: Some(*n), href, on: *on })
        .collect();
    pills(&say.t("ending-when"), &values, say)
}

fn filter(say: Voice<'_>, asking: &Asking) -> Markup {
    let (label, what, go) = (say.t("people-filter"), say.t("ending-what"), say.t("people-filter-go"));
    let kinds: Vec<(String, String)> = std::iter::once((String::new(), say.t("ending-all")))
        .chain(
            [Ending::Certificate, Ending::Briefing]
                .map(|e| (e.as_str().to_owned(), say.t(&format!("ending-{}", e.as_str())))),
        )
        .collect();
    let choices = super::marking_form::choices(&kinds);
    html! {
        form.with-button method="get" action=(PATH) {
            (Field::new("q", &label).value(&asking.q).optional().width(Width::Medium).text(say))
            (Field::new("what", &what).value(&asking.what).optional().select(say, &choices))
            @if !asking.within.is_empty() { input type="hidden" name="within" value=(asking.within); }
            @if !asking.order.is_empty() { input type="hidden" name="order" value=(asking.order); }
            button.button type="submit" { (go) }
            @if !asking.q.is_empty() || !asking.what.is_empty() || !asking.within.is_empty() {
                a href=(PATH) { (say.t("applied-clear")) }
            }
        }
    }
}

fn list(say: Voice<'_>, reading: &Reading, part: &[&Line], asking: &Asking, place: &Place) -> Markup {
    let heads =
        ["column-name", "person-what", "ending-what", "ending-last", "column-state"].map(|key| say.t(key));
    let [name, what, kind, last, state] = &heads;
    let by = |up: &str, down: &str| {
        let now = match asking.order.as_str() {
            order if order == up => Some(Sort::Ascending),
            order if order == down => Some(Sort::Descending),
            _ => None,
        };
        let next = if now == Some(Sort::Ascending) { down } else { up };
        (asking.with(PATH, "order", next), now)
    };
    let ((name_href, name_now), (last_href, last_now)) = (by("name", "name-down"), by("", "latest"));
    let column = |head, cell, sort| Column { head, cell, sort };
    let columns = [
        column(name, Cell::Main, Some(SortLink { href: &name_href, now: name_now })),
        column(what, Cell::Text, None),
        column(kind, Cell::Short, None),
        column(last, Cell::Short, Some(SortLink { href: &last_href, now: last_now })),
        column(state, Cell::Text, None),
    ];
    let rows: Vec<Row<'_>> = part
        .iter()
        .map(|(warning, person)| Row {
            value: None,
            name: &person.name,
            strong: warning.band == Band::Ended,
            cells: vec![
                html! {
                    a.lead href={ "/people/" (person.id) "#held" } { (person.name) }
                    @if !person.title.is_empty() { div.quiet { (person.title) } }
                },
                html! { (shown::grant(say, &reading.house, &warning.grant)) },
                html! { (say.t(&format!("ending-{}", warning.ending.as_str()))) },
                html! { time datetime=(warning.last) { (say.date(warning.last)) } },
                html! {
                    (when(say, reading, warning))
                    @if warning.extended { div.quiet { (say.t("ending-extended")) } }
                },
            ],
        })
        .collect();
    let to = place.begin + rows.len();
    let words = if rows.is_empty() {
        String::new()
    } else {
        let numbers = [("from", (place.begin + 1).into()), ("to", to.into()), ("total", place.total.into())];
        say.tr("paging-shown", &numbers)
    };
    let (values, workbook) =
        (asking.with("/people/ending.csv", "after", ""), asking.with("/people/ending.xlsx", "after", ""));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let (caption, title, would) = (say.t("ending-caption"), say.t("ending-none"), say.t("ending-none-would"));
    let back = say.t("people-title");
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
                shown: &words,
            },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &title, would: &would, begin: Some(Button::plain(&back).to("/people")) },
        },
    )
}

/// How near the end is, as a chip.
pub fn when(say: Voice<'_>, reading: &Reading, warning: &Warning) -> Markup {
    let relative = say.relative(warning.last, reading.today());
    let tone = if warning.band == Band::Ended { Tone::Late } else { Tone::Soon };
    let key = match (warning.ending, warning.band) {
        (Ending::Certificate, Band::Ended) => "ending-has-ended",
        (Ending::Certificate, Band::Within(_)) => "person-expires-soon",
        (Ending::Briefing, Band::Ended) => "ending-was-due",
        (Ending::Briefing, Band::Within(_)) => "ending-due",
    };
    chip(tone, &say.tr(key, &[("when", relative.into())]))
}

/// How many there are in each band, with the way to them: for the desk of a security officer.
pub fn counts(say: Voice<'_>, reading: &Reading, all: &[Line]) -> Markup {
    let rows: Vec<(Band, usize)> = reading
        .house
        .validity
        .bands()
        .into_iter()
        .map(|band| (band, all.iter().filter(|(w, _)| w.band == band).count()))
        .collect();
    html! {
        @if all.is_empty() { p.quiet { (say.t("ending-none")) } }
        @else {
            ul.stack {
                @for (band, n) in &rows {
                    @if *n > 0 {
                        li {
                            a href={ (PATH) "?within=" (band_name(*band)) } { (band_words(say, *band)) }
                            " " span.n { (say.count(u64::try_from(*n).unwrap_or(u64::MAX))) }
                        }
                    }
                }
            }
        }
    }
}

/// The list as comma-separated values, whole.
pub async fn export(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(crate::export::values(exported(visit, &asking).await?, "people-ending"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    crate::export::workbook(exported(visit, &asking).await?, "people-ending").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<crate::export::Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    if !reading.sees_authorisations() {
        return Err(WebError::page(Code::NotFound));
    }
    let (_, found) = lines(&mut reading, asking).await?;
    let heads = [
        ("column-name", 30.0),
        ("person-login", 16.0),
        ("person-what", 40.0),
        ("ending-what", 24.0),
        ("ending-last", 14.0),
        ("ending-days", 10.0),
        ("column-state", 22.0),
    ]
    .map(|(key, width)| (say.t(key), width))
    .to_vec();
    let rows = found.iter().map(|(warning, person)| {
        crate::export::Line::plain([
            person.name.clone(),
            person.login.clone(),
            shown::grant(say, &reading.house, &warning.grant),
            say.t(&format!("ending-{}", warning.ending.as_str())),
            warning.last.to_string(),
            warning.days.to_string(),
            if warning.extended { say.t("ending-extended") } else { band_words(say, warning.band) },
        ])
    });
    let (lines, language) = (Some(rows.collect()), say.language());
    let texts = app.texts.clone();
    Ok(crate::export::Ready { reading, texts, language, heads, lines })
}
