//! Search: what was found with the words in their places, counted by marking, kind, originator, year and registry;
//! a reference alone leads straight to its document.

use std::{collections::HashSet, sync::Arc};

use axum::{
    extract::Query as Parameters,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use office::{
    Failure, Reading,
    columns::Filed,
    own::{Keeping, Kept},
    search::{Found, FoundHit, MOST},
    texts::{Language, Texts, Voice},
};
use registry::{DocumentId, Refusal, query::Query};
use serde::Deserialize;
use store::{index::HitKey, planted::Leak, visible::EntryView};

use crate::{
    answer::WebError,
    api::request::{hit_key, read_hit_key},
    export::{self, Line},
    frame::{self, Sheet, escaped},
    look::{
        Applied, Cell, Column, Empty, Facet, FacetGroup, Hit, Notice, Paging, Row, Section, Table, Tone,
        applied, card, chip, facets, heading, snippet, table,
    },
    pages::{
        columns::{self, Beside, Col, OF_SEARCH, View},
        kept, many, shown,
        views::{self, Listed},
        visit::{Visit, done, notice, refused},
    },
    signed::Signed,
    words,
};

/// Hits of a page.
const PAGE: usize = 20;
/// The filters that facets set, with the keys of their titles.
const FACETS: [(&str, &str); 6] = [
    ("marking", "column-marking"),
    ("kind", "column-kind"),
    ("from", "column-originator"),
    ("year", "column-year"),
    ("registry", "column-registry"),
    ("file", "column-file"),
];

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    q: String,
    after: String,
    saved: String,
    new: String,
    done: String,
    cols: String,
    rows: String,
    density: String,
}

impl Asking {
    /// The kept search that is looked at, where it still asks this.
    async fn kept(&self, reading: &mut Reading) -> Result<Option<Kept>, Failure> {
        let Ok(number) = self.saved.parse::<u32>() else { return Ok(None) };
        let kept = reading.kept(Keeping::Search).await?.into_iter().find(|kept| kept.number == number);
        Ok(kept.filter(|kept| kept.query == self.q.trim()))
    }
}

/// What is asked and how it is shown.
#[derive(Clone, Copy)]
struct Asked<'a> {
    typed: &'a str,
    query: &'a Query,
    view: &'a View,
}

impl Asked<'_> {
    /// The address of a query, shown the same way.
    fn address(&self, query: &str) -> String {
        format!("/search?q={}{}", escaped(query), self.view.part())
    }
}

/// The page of a search.
pub async fn search(visit: Visit, Parameters(asking): Parameters<Asking>) -> Result<Response, WebError> {
    let typed = asking.q.trim();
    if typed.is_empty() {
        return Ok(said(visit, "", None));
    }
    let Visit { app, signed, asked, path, mut reading } = visit;
    if asking.after.is_empty()
        && asking.saved.is_empty()
        && typed.chars().any(|c| c.is_ascii_digit())
        && let [only] = reading.by_reference(typed).await?.as_slice()
    {
        return Ok(Redirect::to(&shown::address(only)).into_response());
    }
    if let Some(betrayed) = app.office.betrayed_reference(typed).await {
        return Ok(Redirect::to(&format!("/documents/{betrayed}")).into_response());
    }
    let query = match office::search::query(typed) {
        Ok(query) => query,
        Err(refusal) => {
            return Ok(said(Visit { app, signed, asked, path, reading }, typed, Some(&refusal)));
        }
    };
    let after = if asking.after.is_empty() { None } else { read_hit_key(&asking.after).ok() };
    let kept = asking.kept(&mut reading).await?;
    let new = match &kept {
        Some(kept) => reading.new_ids(kept).await?,
        None => HashSet::new(),
    };
    let own = reading.kept(Keeping::View).await?;
    let said = [asking.cols.as_str(), asking.rows.as_str(), asking.density.as_str()];
    let view = views::view(&own, Listed::Search, said, &OF_SEARCH, PAGE);
    let found = match &kept {
        Some(kept) if !asking.new.is_empty() => reading.found_new(kept, MOST, true).await?,
        _ => reading.search(&query, view.rows, after.as_ref(), true).await?,
    };
    let filed = if asking.new.is_empty() { reading.files_of(&query, found.total).await? } else { Vec::new() };
    let plain: Vec<&EntryView> = found.hits.iter().map(|hit| &*hit.entry).collect();
    let beside = view.beside(&mut reading, &plain).await?;
    if let Some(kept) = &kept {
        app.office.looked(signed.open.person, kept.number).await;
    }
    let say = asked.voice_for(&app, &reading);
    let labels: Vec<_> = found.hits.iter().filter_map(|hit| hit.entry.label.clone()).collect();
    let title = format!("{typed} · {}", say.t("search-title"));
    let mut notices = done(say, &asking.done);
    if found.behind {
        notices.push(Notice { tone: Tone::Plain, words: html! { p { (say.t("document-indexing")) } } });
    }
    let base = format!("q={}", escaped(typed));
    let asked_for = Asked { typed, query: &query, view: &view };
    let body = html! {
        (heading(&say.tr("search-total", &[("n", found.total.into())]), &html! { p.quiet { (say.t("search-help")) } }))
        (filters(say, &reading, asked_for))
        (kept::keeping(say, &signed, typed, view.part().trim_start_matches('&')))
        (views::kept_views(say, &own, Listed::Search, &base, &view))
        (views::choosing(say, &signed, &own, Listed::Search, &base, &view))
        div.cols.left {
            (narrowing(say, &reading, asked_for, &found, &filed))
            div.tight[view.tight] { (list(say, &reading, &signed, &path, asked_for, &found, &new, &beside, after.is_some())) }
        }
    };
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(found.hits.iter().map(|hit| &*hit.entry)),
        query: typed,
        notices,
        ..Sheet::plain(&title, &path, Some(Section::Search), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The page of nothing asked, or of something that can't be: how to search.
fn said(visit: Visit, typed: &str, refusal: Option<&Refusal>) -> Response {
    let Visit { app, signed, asked, path, reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let title = say.t("search-title");
    let body = html! {
        @if let Some(refusal) = refusal { (notice(say, refusal)) }
        (heading(&title, &html! { p { (say.t("search-begin")) " " a href=(kept::PATH) { (say.t("kept-title")) } } }))
        (help(say))
    };
    let sheet = Sheet { query: typed, ..Sheet::plain(&title, &path, Some(Section::Search), body) };
    let page = frame::page(say, &reading, &signed.form_token, sheet);
    match refusal {
        Some(refusal) => refused(page, refusal.code),
        None => page,
    }
}

/// How to search, in a card.
pub fn help(say: Voice<'_>) -> Markup {
    let rows = [
        "search-help-words",
        "search-help-phrase",
        "search-help-from",
        "search-help-marking",
        "search-help-dates",
        "search-help-ref",
        "search-help-file",
    ]
    .map(|key| say.t(key));
    card(&say.t("search-help-title"), &html! { ul.stack { @for row in &rows { li { (row) } } } })
}

/// A value of a filter as people read it.
pub fn value_words(say: Voice<'_>, reading: &Reading, name: &str, value: &str) -> String {
    match name {
        "kind" => words::kind(say, value),
        "registry" => reading
            .house
            .registry_by_code(value)
            .map_or_else(|| value.to_owned(), |r| r.names.in_language(say.language().tag()).to_owned()),
        _ => value.to_owned(),
    }
}

/// The filters that are set, each removable.
fn filters(say: Voice<'_>, reading: &Reading, asked: Asked<'_>) -> Markup {
    let query = asked.query;
    let set: Vec<(String, String)> = query
        .filters()
        .filter_map(|filter| {
            let (_, title) = FACETS.iter().find(|(name, _)| *name == filter.name())?;
            let value = filter.value();
            let words = value_words(say, reading, filter.name(), &value);
            let label = say.tr("applied-pair", &[("field", say.t(title).into()), ("value", words.into())]);
            Some((label, asked.address(&query.without(filter.name(), &value).to_string())))
        })
        .collect();
    let each: Vec<Applied<'_>> = set.iter().map(|(label, without)| Applied { label, without }).collect();
    let bare = query.filters().fold(query.clone(), |query, filter| {
        if FACETS.iter().any(|(name, _)| *name == filter.name()) {
            query.without(filter.name(), &filter.value())
        } else {
            query
        }
    });
    applied(say, &each, &asked.address(&bare.to_string()))
}

/// What the list can be narrowed to.
fn narrowing(say: Voice<'_>, reading: &Reading, asked: Asked<'_>, found: &Found, filed: &[Filed]) -> Markup {
    let query = asked.query;
    let files: store::index::Facet = filed.iter().map(|f| (f.code.clone(), f.documents)).collect();
    let counted = [
        &found.facets.marking,
        &found.facets.kind,
        &found.facets.originator,
        &found.facets.year,
        &found.facets.registry,
        &files,
    ];
    struct Value {
        label: String,
        href: String,
        count: u64,
        on: bool,
    }
    let groups: Vec<(String, Vec<Value>)> = FACETS
        .iter()
        .zip(counted)
        .map(|((name, title), facet)| {
            let values = facet
                .iter()
                .filter_map(|(value, count)| {
                    let on = query.filters().any(|f| f.name() == *name && f.value() == value.as_str());
                    let next =
                        if on { query.without(name, value) } else { query.with_filter(name, value).ok()? };
                    let label = match filed.iter().find(|f| *name == "file" && f.code == *value) {
                        Some(f) => format!("{value} {}", f.names.in_language(say.language().tag())),
                        None => value_words(say, reading, name, value),
                    };
                    Some(Value { label, href: asked.address(&next.to_string()), count: *count, on })
                })
                .collect();
            (say.t(title), values)
        })
        .collect();
    let lists: Vec<Vec<Facet<'_>>> = groups
        .iter()
        .map(|(_, values)| {
            let one = |v: &'_ Value| (v.count, v.on);
            values
                .iter()
                .map(|v| {
                    let (count, on) = one(v);
                    Facet { label: &v.label, marking: None, count: Some(count), href: &v.href, on }
                })
                .collect()
        })
        .collect();
    let shown: Vec<FacetGroup<'_>> = groups
        .iter()
        .zip(&lists)
        .map(|((title, _), values)| FacetGroup { title, values, more: None })
        .collect();
    facets(say, &shown)
}

#[expect(clippy::too_many_arguments, reason = "a list is made of them")]
fn list(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    path: &str,
    asked: Asked<'_>,
    found: &Found,
    new: &HashSet<DocumentId>,
    beside: &Beside,
    later: bool,
) -> Markup {
    let cols = &asked.view.cols;
    let heads: Vec<String> = cols.iter().map(|col| say.t(col.title())).collect();
    let columns: Vec<Column<'_>> = cols
        .iter()
        .zip(&heads)
        .map(|(col, head)| Column { head, cell: col.cell(cols), sort: None })
        .collect();
    let cell = |hit: &FoundHit, col: Col| {
        let is_new = new.contains(&hit.entry.document);
        html! {
            (columns::cell(say, reading, col, cols, &hit.entry, beside))
            @if col.cell(cols) == Cell::Main {
                @if is_new { " " (chip(Tone::Soon, &say.t("kept-is-new"))) }
                (cut(say, hit))
            }
        }
    };
    let values_of: Vec<String> = found.hits.iter().map(|hit| hit.entry.document.to_string()).collect();
    let words_of = many::words(say);
    let rows: Vec<Row<'_>> = found
        .hits
        .iter()
        .zip(&values_of)
        .map(|(hit, value)| Row {
            value: Some(value),
            name: &hit.entry.reference,
            strong: new.contains(&hit.entry.document),
            cells: cols.iter().map(|col| cell(hit, *col)).collect(),
        })
        .collect();
    let next = found
        .next
        .as_ref()
        .map(|key| format!("{}&after={}", asked.address(asked.typed), escaped(&hit_key(key))));
    let to = u64::try_from(rows.len()).unwrap_or(0);
    let shown_words = if later || rows.is_empty() {
        String::new()
    } else {
        say.tr("paging-shown", &[("from", 1.into()), ("to", to.into()), ("total", found.total.into())])
    };
    let file = |ending: &str| format!("/search.{ending}?q={}&{}", escaped(asked.typed), asked.view.columns());
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let (caption, none, would) = (say.t("search-caption"), say.t("search-none"), say.t("search-none-would"));
    html! {
        (table(say, &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: Some(many::acts(reading, signed, path, &words_of)),
            paging: Paging { previous: None, next: next.as_deref(), shown: &shown_words },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: None },
        }))
        @if later { p.foot { a href=(asked.address(asked.typed)) { (say.t("register-first-page")) } } }
    }
}

/// Where the words stand.
pub fn cut(say: Voice<'_>, hit: &FoundHit) -> Markup {
    let mut text = String::new();
    let mut lit: Vec<Hit> = Vec::new();
    for (part, searched) in &hit.snippet.parts {
        let from = text.len();
        text.push_str(part);
        if *searched {
            lit.push(from..text.len());
        }
    }
    let language = words::document_language(hit.entry.language.as_deref(), say);
    html! { @if !text.is_empty() { (snippet(say, &text, &lit, language)) } }
}

/// Everything that was found, as it is read.
pub async fn export(visit: Visit, Parameters(asking): Parameters<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking)?, "search"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Parameters(asking): Parameters<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking)?, "search").await
}

fn exported(visit: Visit, asking: &Asking) -> Result<Export, WebError> {
    let Visit { app, asked, reading, .. } = visit;
    let query = office::search::query(asking.q.trim()).map_err(Failure::from)?;
    let language = asked.voice_for(&app, &reading).language();
    let cols = columns::of_file(&asking.cols);
    Ok(Export { reading, texts: app.texts.clone(), language, query, cols, after: None, ended: false })
}

struct Export {
    reading: Reading,
    texts: Arc<Texts>,
    language: Language,
    query: Query,
    cols: Vec<Col>,
    after: Option<HitKey>,
    ended: bool,
}

impl export::List for Export {
    async fn lines(&mut self) -> Result<Option<Vec<Line>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        let found = self.reading.search(&self.query, MOST, self.after.as_ref(), false).await?;
        self.after = found.next;
        self.ended = found.next.is_none();
        let say = self.texts.voice(self.language);
        let entries: Vec<_> = found.hits.into_iter().map(|hit| hit.entry).collect();
        let mut rows: Vec<Line> = columns::lines(say, &mut self.reading, &self.cols, &entries).await?;
        if self.ended {
            let betrayed = self.reading.office().betrayed_rows(Leak::CsvRows).await / 1_000;
            rows.extend((0..betrayed).map(|_| Line::plain(vec![String::new(); self.cols.len()])));
        }
        Ok(Some(rows))
    }
    fn heads(&self) -> Vec<export::Head> {
        columns::heads(self.voice(), &self.cols)
    }
    fn reading(&self) -> &Reading {
        &self.reading
    }
    fn voice(&self) -> Voice<'_> {
        self.texts.voice(self.language)
    }
}
