//! What the organisation's directory says of its groups and where the house differs: a list for security officers, with what
//! each may do about it; and the same as a file. Nothing is done here: every act leads to the ordinary form for it.

use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Reading,
    belonging::{Difference, Kind, Report},
    texts::Voice,
};
use registry::{Code, authorisation::Grant, reference::sort_key};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Facet, Field, Paging, Row, Section, Sort, SortLink, Table, Tone,
        Width, chip, crumbs, heading_with_acts, pills, table,
    },
    pages::{
        belonging_said as said, shown,
        visit::{Posted, Visit, done},
    },
};

/// Where the list is.
pub const PATH: &str = "/people/directory";
/// Rows of a page.
const PAGE: usize = 50;

/// What is asked of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    q: String,
    kind: String,
    order: String,
    after: usize,
    done: String,
}

impl Asking {
    fn fits(&self, one: &Difference) -> bool {
        let wanted = sort_key(self.q.trim());
        (self.kind.is_empty() || self.kind == one.kind.as_str())
            && (wanted.is_empty()
                || [&one.name, &one.login]
                    .into_iter()
                    .chain(&one.directory)
                    .any(|t| sort_key(t).contains(&wanted)))
    }

    fn sorted(&self, say: Voice<'_>, reading: &Reading, found: &mut [Difference]) {
        let name = |one: &Difference| (sort_key(&one.name), one.login.clone());
        match self.order.as_str() {
            "name" | "name-down" => found.sort_by_cached_key(name),
            "what" | "what-down" => {
                found.sort_by_cached_key(|one| (sort_key(&about(say, reading, one)), name(one)));
            }
            // By what differs, as it comes.
            _ => {}
        }
        if self.order.ends_with("down") {
            found.reverse();
        }
    }

    /// The list's address with one part of it changed, from its beginning.
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let part = |key: &'static str, own: &str| {
            let value = if key == name { value } else { own };
            (!value.is_empty()).then(|| format!("{key}={}", frame::escaped(value)))
        };
        let parts: Vec<String> =
            [part("q", &self.q), part("kind", &self.kind), part("order", &self.order), part("after", "")]
                .into_iter()
                .flatten()
                .collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
}

/// What a difference is about, in words; nothing where it is about the person.
fn about(say: Voice<'_>, reading: &Reading, one: &Difference) -> String {
    one.grant.as_ref().map(|grant| shown::grant(say, &reading.house, grant)).unwrap_or_default()
}

/// Why it is listed.
fn why(say: Voice<'_>, one: &Difference) -> String {
    let key = match one.kind {
        Kind::Doubled => "belonging-why-doubled".to_owned(),
        kind => format!("belonging-why-{}-{}", kind.as_str(), one.there.as_str()),
    };
    say.maybe(&key, &[]).unwrap_or_default()
}

fn kind_words(say: Voice<'_>, kind: Kind) -> String {
    say.maybe(&format!("belonging-kind-{}", kind.as_str()), &[]).unwrap_or_default()
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// The lines that are asked for, in their order.
fn lines(say: Voice<'_>, reading: &Reading, report: Option<&Report>, asking: &Asking) -> Vec<Difference> {
    let all = report.map(|report| report.differences.as_slice()).unwrap_or_default();
    let mut found: Vec<Difference> = all.iter().filter(|one| asking.fits(one)).cloned().collect();
    asking.sorted(say, reading, &mut found);
    found
}

/// The list.
pub async fn page(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let report = reading.belonging().await?;
    let found = lines(say, &reading, report.as_ref(), &asking);
    let (title, people) = (say.t("belonging-title"), say.t("people-title"));
    let ending = say.t("ending-title");
    let acts = [Button::plain(&ending).to(super::ending::PATH).key("w")];
    let body = html! {
        (crumbs(say, &[Crumb { label: &people, href: "/people" }]))
        (heading_with_acts(&title, &html! { p { (say.t("belonging-text")) } }, &acts))
        @match &report {
            None => (said::none_set(say, reading.directory_settings_wrong())),
            Some(report) => {
                (said::standing(say, &reading, report, &signed.form_token))
                (said::meant(say, &reading, report))
                @if report.read.is_some() {
                    (pills_of(say, report, &asking))
                    (filter(say, &asking))
                    (list(say, &reading, &found, &asking))
                }
            },
        }
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::People), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// Has the directory read now.
pub async fn read(posted: Posted) -> Result<Response, WebError> {
    let finished = posted.read().await?.read_directory_now().await?;
    let done = if finished { "directory-read" } else { "directory-reading" };
    Ok(Redirect::to(&format!("{PATH}?done={done}")).into_response())
}

fn pills_of(say: Voice<'_>, report: &Report, asking: &Asking) -> Markup {
    // What the other filters leave, so that each count is what the link shows.
    let others = Asking { kind: String::new(), ..asking.clone() };
    let left: Vec<&Difference> = report.differences.iter().filter(|one| others.fits(one)).collect();
    let all = (say.t("belonging-all"), asking.with(PATH, "kind", ""), left.len(), asking.kind.is_empty());
    let each = Kind::ALL.into_iter().filter_map(|kind| {
        let n = left.iter().filter(|one| one.kind == kind).count();
        let on = asking.kind == kind.as_str();
        (n > 0 || on).then(|| (kind_words(say, kind), asking.with(PATH, "kind", kind.as_str()), n, on))
    });
    let views: Vec<(String, String, usize, bool)> = std::iter::once(all).chain(each).collect();
    let values: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, n, on)| Facet { label, marking: None, count: Some(number(*n)), href, on: *on })
        .collect();
    pills(&say.t("belonging-kind"), &values, say)
}

fn filter(say: Voice<'_>, asking: &Asking) -> Markup {
    let (label, go) = (say.t("belonging-filter"), say.t("people-filter-go"));
    html! {
        form.with-button method="get" action=(PATH) {
            (Field::new("q", &label).value(&asking.q).optional().width(Width::Medium).text(say))
            @if !asking.kind.is_empty() { input type="hidden" name="kind" value=(asking.kind); }
            @if !asking.order.is_empty() { input type="hidden" name="order" value=(asking.order); }
            button.button type="submit" { (go) }
            @if !asking.q.is_empty() || !asking.kind.is_empty() {
                a href=(PATH) { (say.t("applied-clear")) }
            }
        }
    }
}

fn list(say: Voice<'_>, reading: &Reading, found: &[Difference], asking: &Asking) -> Markup {
    let begin = asking.after.min(found.len());
    let part: Vec<&Difference> = found.iter().skip(begin).take(PAGE).collect();
    let heads = ["column-name", "belonging-kind", "belonging-what", "belonging-why", "belonging-act"]
        .map(|key| say.t(key));
    let [name, kind, what, why_head, act_head] = &heads;
    let by = |up: &str, down: &str| {
        let now = match asking.order.as_str() {
            order if order == up => Some(Sort::Ascending),
            order if order == down => Some(Sort::Descending),
            _ => None,
        };
        let next = if now == Some(Sort::Ascending) { down } else { up };
        (asking.with(PATH, "order", next), now)
    };
    let sorts = [by("name", "name-down"), by("", "down"), by("what", "what-down")];
    let [by_name, by_kind, by_what] = &sorts;
    let sort = |(href, now): &(String, Option<Sort>)| Some((href.clone(), *now));
    let columns_of = [
        (name, Cell::Main, sort(by_name)),
        (kind, Cell::Text, sort(by_kind)),
        (what, Cell::Text, sort(by_what)),
        (why_head, Cell::Text, None),
        (act_head, Cell::Text, None),
    ];
    let columns: Vec<Column<'_>> = columns_of
        .iter()
        .map(|(head, cell, sort)| Column {
            head,
            cell: *cell,
            sort: sort.as_ref().map(|(href, now)| SortLink { href, now: *now }),
        })
        .collect();
    let rows: Vec<Row<'_>> = part.iter().map(|one| row(say, reading, one)).collect();
    let to = begin + rows.len();
    let words = match rows.is_empty() {
        true => String::new(),
        false => {
            let numbers = [("from", (begin + 1).into()), ("to", to.into()), ("total", found.len().into())];
            say.tr("paging-shown", &numbers)
        }
    };
    let next = (to < found.len()).then(|| asking.with(PATH, "after", &to.to_string()));
    let previous = begin.checked_sub(PAGE).or((begin > 0).then_some(0));
    let previous =
        previous.map(|at| asking.with(PATH, "after", &if at == 0 { String::new() } else { at.to_string() }));
    let exports = ["csv", "xlsx"].map(|kind| asking.with(&format!("{PATH}.{kind}"), "after", ""));
    let [values, workbook] = &exports;
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let narrowed = !asking.q.trim().is_empty() || !asking.kind.is_empty();
    let (caption, would) = (say.t("belonging-caption"), say.t("belonging-empty-would"));
    let (title, back, to) = match narrowed {
        true => (say.t("belonging-none-found"), say.t("belonging-clear"), PATH),
        false => (say.t("belonging-empty"), say.t("people-title"), "/people"),
    };
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: previous.as_deref(), next: next.as_deref(), shown: &words },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &title, would: &would, begin: Some(Button::plain(&back).to(to)) },
        },
    )
}

fn row<'a>(say: Voice<'_>, reading: &Reading, one: &'a Difference) -> Row<'a> {
    let tone = match one.kind {
        Kind::Gone | Kind::Doubled => Tone::Late,
        _ => Tone::Soon,
    };
    Row {
        value: None,
        name: &one.name,
        strong: one.kind == Kind::Gone,
        cells: vec![
            html! {
                @match one.person {
                    Some(person) => a.lead href={ "/people/" (person) } { (one.name) },
                    None => (one.name),
                }
                div.quiet { (one.login) }
            },
            chip(tone, &kind_words(say, one.kind)),
            html! { (about(say, reading, one)) },
            html! {
                (why(say, one))
                @for group in &one.directory { div.quiet title=(group) { (said::own_name(group)) } }
            },
            act(say, reading, one),
        ],
    }
}

/// What may be done about it: where it leads, in words.
fn act(say: Voice<'_>, reading: &Reading, one: &Difference) -> Markup {
    if one.person == Some(reading.person().id) && one.kind != Kind::Doubled {
        return html! { span.quiet { (say.t("belonging-own")) } };
    }
    let place = match (one.kind, one.person, one.authorisation) {
        (Kind::Lacking, Some(person), _) => proposal(reading, one)
            .map(|asked| ("belonging-propose", format!("/people/{person}/propose?{asked}"))),
        (Kind::Unlisted, _, Some(held)) => {
            Some(("belonging-revoke", format!("/authorisations/{held}/revoke")))
        }
        (Kind::Gone, Some(person), _) => Some(("belonging-last-day", format!("/people/{person}/change"))),
        (Kind::Waiting, Some(person), _) => Some(("belonging-confirm", format!("/people/{person}#held"))),
        (Kind::Unknown, ..) => {
            let (login, name) = (frame::escaped(&one.login), frame::escaped(&one.name));
            Some(("belonging-add", format!("/people/new?login={login}&name={name}")))
        }
        _ => None,
    };
    let Some((key, href)) = place else { return html! {} };
    let words = say.maybe(key, &[]).unwrap_or_default();
    html! { a href=(href) aria-label={ (words) " – " (one.name) } { (words) } }
}

/// What the form for a proposal is asked to begin with.
fn proposal(reading: &Reading, one: &Difference) -> Option<String> {
    match one.grant.as_ref()? {
        Grant::Membership { group } => Some(format!("is=membership&group={group}")),
        Grant::Role { role, registry } => {
            let code = registry.and_then(|id| reading.house.registry(id)).map(|r| r.code.clone());
            let place = code.map(|code| format!("&registry={}", frame::escaped(&code))).unwrap_or_default();
            Some(format!("is=role&role={}{place}", role.as_str()))
        }
        _ => None,
    }
}

/// The list as comma-separated values, whole.
pub async fn export(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(crate::export::values(exported(visit, &asking).await?, "people-directory"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    crate::export::workbook(exported(visit, &asking).await?, "people-directory").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<crate::export::Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    if !reading.sees_authorisations() {
        return Err(WebError::page(Code::NotFound));
    }
    let report = reading.belonging().await?;
    let found = lines(say, &reading, report.as_ref(), asking);
    let heads = [
        ("column-name", 30.0),
        ("person-login", 16.0),
        ("belonging-kind", 22.0),
        ("belonging-what", 40.0),
        ("belonging-why", 60.0),
        ("belonging-groups", 50.0),
    ]
    .map(|(key, width)| (say.t(key), width))
    .to_vec();
    let rows = found.iter().map(|one| {
        crate::export::Line::plain([
            one.name.clone(),
            one.login.clone(),
            kind_words(say, one.kind),
            about(say, &reading, one),
            why(say, one),
            one.directory.join(" \u{b7} "),
        ])
    });
    let (lines, language) = (Some(rows.collect()), say.language());
    let texts = app.texts.clone();
    Ok(crate::export::Ready { reading, texts, language, heads, lines })
}
