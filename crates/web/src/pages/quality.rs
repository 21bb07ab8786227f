//! The quality report: how complete the register is, field by field, which rules are broken how often, by registry,
//! originator, division and month; behind each number the papers, from which one corrects.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{
    Reading,
    quality::{Figures, Grouped, breaks, completeness, profile},
    texts::Voice,
};
use registry::{
    Code, RegistryId,
    house::Registry,
    quality::{Matters, Profile, Rule},
    reference::sort_key,
};
use serde::Deserialize;
use store::{
    quality::Counted,
    visible::{EntryView, Page},
};

use crate::{
    answer::WebError,
    export::{self, Line},
    frame::{self, Sheet, escaped},
    look::{
        Cell, Column, Crumb, Empty, Facet, Paging, Point, Row, Section, Sort, SortLink, Tab, Table, Tone,
        card, chip, crumbs, heading, line_chart, pills, share_bar, table, tabs,
    },
    pages::{
        columns::{self, Col},
        register::{key, key_text},
        series::registers_anywhere,
        shown,
        visit::Visit,
    },
};

/// Where the report is.
pub const PATH: &str = "/quality";
/// Where the papers behind a number are.
pub const PAPERS: &str = "/quality/papers";
/// Rows of a page of papers, and of a file at once.
const PAGE: usize = 50;
const CHUNK: usize = 500;
/// Most rows of the table of a report; a file has them all.
const LINES: usize = 200;

/// What is asked.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    registry: String,
    by: String,
    order: String,
    rule: String,
    value: Option<String>,
    after: String,
}

impl Asking {
    fn by(&self) -> Grouped {
        Grouped::of(&self.by).unwrap_or_default()
    }
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let part = |key: &str, own: &str| {
            let value = if key == name { value } else { own };
            (!value.is_empty()).then(|| format!("{key}={}", escaped(value)))
        };
        let parts = [part("registry", &self.registry), part("by", &self.by), part("order", &self.order)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
    /// The papers that break a rule, of all or of those with something in common.
    fn papers(&self, path: &str, rule: &str, common: Option<&str>) -> String {
        let mut to = format!("{path}?rule={}", escaped(rule));
        if !self.registry.is_empty() {
            to.push_str(&format!("&registry={}", escaped(&self.registry)));
        }
        if let Some(value) = common {
            to.push_str(&format!("&by={}&value={}", self.by().as_str(), escaped(value)));
        }
        to
    }
}

/// Whoever registers somewhere sees the report; the registry that he asks for is one that he knows of.
async fn chosen(
    reading: &mut Reading,
    asking: &Asking,
) -> Result<(Vec<(Registry, u64)>, Option<RegistryId>), WebError> {
    if !registers_anywhere(reading) {
        return Err(WebError::page(Code::NotFound));
    }
    let known = reading.registries().await?;
    if asking.registry.is_empty() {
        return Ok((known, None));
    }
    let found = known.iter().find(|(r, _)| r.code.eq_ignore_ascii_case(&asking.registry)).map(|(r, _)| r.id);
    let found = found.ok_or_else(|| WebError::page(Code::NotFound))?;
    Ok((known, Some(found)))
}

/// A share in words, to a tenth of a per cent.
pub fn percent(say: Voice<'_>, share: Option<u64>) -> String {
    match share {
        None => "–".to_owned(),
        Some(share) => {
            let tenths = share / 10;
            say.tr("quality-percent", &[("whole", (tenths / 10).into()), ("tenth", (tenths % 10).into())])
        }
    }
}

fn all_of(figures: &[Figures]) -> Counted {
    figures.iter().fold(Counted::default(), |mut sum, f| {
        sum.add(&f.counts);
        sum
    })
}

fn name(say: Voice<'_>, figures: &Figures, by: Grouped) -> String {
    let [en, fr] = &figures.names;
    common(say, if say.language().tag() == "fr" && !fr.is_empty() { fr } else { en }, by)
}

/// What papers have in common, in words also where it is nothing.
fn common(say: Voice<'_>, name: &str, by: Grouped) -> String {
    match (name.is_empty(), by) {
        (true, Grouped::Originator) => say.t("quality-nobody"),
        (true, _) => say.t("quality-no-division"),
        (false, _) => name.to_owned(),
    }
}

/// The figures in the order that is asked for.
fn sorted(say: Voice<'_>, profile: &Profile, asking: &Asking, mut all: Vec<Figures>) -> Vec<Figures> {
    let by = asking.by();
    let (order, down) = match asking.order.strip_prefix('-') {
        Some(order) => (order, true),
        None => (asking.order.as_str(), false),
    };
    match order {
        "papers" => all.sort_by_key(|f| f.counts.documents),
        "complete" => all.sort_by_key(|f| completeness(profile, &f.counts)),
        "required" => all.sort_by_key(|f| breaks(profile, &f.counts, Matters::Required)),
        "wanted" => all.sort_by_key(|f| breaks(profile, &f.counts, Matters::Wanted)),
        "advice" => all.sort_by_key(|f| breaks(profile, &f.counts, Matters::Advice)),
        "name" => all.sort_by_cached_key(|f| sort_key(&name(say, f, by))),
        _ if by == Grouped::Month => all.reverse(),
        _ => all.sort_by(|a, b| b.counts.documents.cmp(&a.counts.documents).then_with(|| a.key.cmp(&b.key))),
    }
    if down {
        all.reverse();
    }
    all
}

/// The report.
pub async fn report(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let (known, registry) = chosen(&mut reading, &asking).await?;
    let (profile, by) = (profile()?, asking.by());
    let figures = reading.quality(registry, by).await?;
    let all = all_of(&figures);
    let figures = sorted(say, profile, &asking, figures);
    let title = say.t("quality-title");
    let views: Vec<(String, String, bool)> = Grouped::ALL
        .into_iter()
        .map(|g| {
            let label = say.t(&format!("quality-by-{}", g.as_str()));
            (label, Asking { order: String::new(), ..asking.clone() }.with(PATH, "by", g.as_str()), g == by)
        })
        .collect();
    let views: Vec<Tab<'_>> = views
        .iter()
        .map(|(label, href, current)| Tab { label, href, count: None, current: *current })
        .collect();
    let summary = say.tr(
        "quality-summary",
        &[("n", all.documents.into()), ("share", percent(say, completeness(profile, &all)).into())],
    );
    let body = html! {
        (heading(&title, &html! { p { (summary) } p.quiet { (say.t("quality-yours")) } }))
        (registries(say, &known, registry, &asking))
        (rules(say, profile, &all, &asking))
        (tabs(say, &say.t("quality-by"), &views))
        @if by == Grouped::Month { (months(say, profile, &figures)) }
        (grouped(say, profile, &figures, &asking))
    };
    Ok(frame::page(
        say,
        &reading,
        &signed.form_token,
        Sheet::plain(&title, &path, Some(Section::Quality), body),
    ))
}

fn registries(say: Voice<'_>, known: &[(Registry, u64)], on: Option<RegistryId>, asking: &Asking) -> Markup {
    if known.len() < 2 {
        return html! {};
    }
    let all = (say.t("register-all"), asking.with(PATH, "registry", ""), on.is_none());
    let each = known.iter().map(|(registry, _)| {
        let name = registry.names.in_language(say.language().tag()).to_owned();
        (name, asking.with(PATH, "registry", &registry.code), on == Some(registry.id))
    });
    let views: Vec<(String, String, bool)> = std::iter::once(all).chain(each).collect();
    let values: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on })
        .collect();
    pills(&say.t("column-registry"), &values, say)
}

/// How much a rule matters, as a chip; in colour where papers break it.
fn matters(say: Voice<'_>, matters: Matters, broken: bool) -> Markup {
    let tone = match matters {
        Matters::Required if broken => Tone::Late,
        Matters::Wanted if broken => Tone::Soon,
        Matters::Required | Matters::Wanted | Matters::Advice => Tone::Plain,
    };
    chip(tone, &say.t(&format!("quality-{}", matters.as_str())))
}

/// Every rule with how many papers it is asked of, how many break it, and how many do not, as a share with its bar.
fn rules(say: Voice<'_>, profile: &Profile, all: &Counted, asking: &Asking) -> Markup {
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
fn months(say: Voice<'_>, profile: &Profile, figures: &[Figures]) -> Markup {
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
fn grouped(say: Voice<'_>, profile: &Profile, figures: &[Figures], asking: &Asking) -> Markup {
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

/// The rule that is asked about.
fn rule(asking: &Asking) -> Result<&'static Rule, WebError> {
    profile()?.rule(&asking.rule).ok_or_else(|| WebError::page(Code::NotFound))
}

async fn part(
    reading: &mut Reading,
    asking: &Asking,
    after: Option<store::visible::PageKey>,
    limit: usize,
) -> Result<Page<EntryView>, WebError> {
    let (_, registry) = chosen(reading, asking).await?;
    let common = asking.value.as_deref().map(|value| (asking.by(), value));
    Ok(reading.breaking(rule(asking)?, registry, common, after, limit).await?)
}

/// The columns of the papers behind a number.
const COLS: [Col; 6] = [Col::Subject, Col::Number, Col::Marking, Col::Date, Col::Originator, Col::Registry];

/// The papers that break a rule.
pub async fn papers(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let after = key(&asking.after);
    let page = part(&mut reading, &asking, after, PAGE).await?;
    let rule = rule(&asking)?;
    let said = rule.said(say.language().tag());
    let heads: Vec<String> = COLS.iter().map(|col| say.t(col.title())).chain([String::new()]).collect();
    let columns: Vec<Column<'_>> = COLS
        .iter()
        .map(|col| col.cell(&COLS))
        .chain([Cell::Short])
        .zip(&heads)
        .map(|(cell, head)| Column { head, cell, sort: None })
        .collect();
    let beside = columns::Beside::new();
    let correct = say.t("quality-correct");
    let rows: Vec<Row<'_>> = page
        .rows
        .iter()
        .map(|entry| {
            let may = reading.viewer().registers(entry.registry);
            let mut cells: Vec<Markup> =
                COLS.iter().map(|col| columns::cell(say, &reading, *col, &COLS, entry, &beside)).collect();
            cells.push(html! {
                @if may {
                    a href={ (shown::address(entry)) "/correct" } {
                        (correct) span.unseen { (say.t("colon")) " " (entry.reference) }
                    }
                }
            });
            Row { value: None, name: &entry.reference, strong: false, cells }
        })
        .collect();
    let here = asking.papers(PAPERS, &rule.code, asking.value.as_deref());
    let next = page.rows.last().filter(|_| page.more).map(|e| format!("{here}&after={}", key_text(e.key)));
    let file =
        |ending: &str| asking.papers(&format!("{PAPERS}.{ending}"), &rule.code, asking.value.as_deref());
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let labels: Vec<_> = page.rows.iter().filter_map(|e| shown::shown_of(&reading.house, e)).collect();
    let (all, none, would) = (say.t("quality-title"), say.t("quality-kept"), say.t("quality-kept-would"));
    let back = Asking { value: None, ..asking.clone() }.with(PATH, "", "");
    let body = html! {
        (crumbs(say, &[Crumb { label: &all, href: &back }]))
        (heading(&said.says, &html! {
            (matters(say, rule.matters, true)) p { (said.remedy) }
            @if let Some(value) = &asking.value {
                p.quiet { (say.t(&format!("quality-by-{}", asking.by().as_str()))) (say.t("colon")) " " (common(say, value, asking.by())) }
            }
        }))
        (table(say, &Table {
            caption: &said.says,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: after.map(|_| here.as_str()), next: next.as_deref(), shown: "" },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: None },
        }))
    };
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(page.rows.iter().map(|e| &**e)),
        ..Sheet::plain(&said.says, &path, Some(Section::Quality), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The papers that break a rule as comma-separated values.
pub async fn papers_csv(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported_papers(visit, &asking).await?, "quality-papers"))
}

/// The same rows as a workbook.
pub async fn papers_workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported_papers(visit, &asking).await?, "quality-papers").await
}

async fn exported_papers(visit: Visit, asking: &Asking) -> Result<export::Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let mut lines = Vec::new();
    let mut after = None;
    loop {
        let page = part(&mut reading, asking, after, CHUNK).await?;
        after = page.rows.last().map(|e| e.key);
        lines.extend(columns::lines(say, &mut reading, &COLS, &page.rows).await?);
        if !page.more || after.is_none() || lines.len() >= export::MOST_ROWS {
            break;
        }
    }
    let (heads, language) = (columns::heads(say, &COLS), say.language());
    Ok(export::Ready { reading, texts: app.texts.clone(), language, heads, lines: Some(lines) })
}

/// The report as comma-separated values: a row for each part, a column for each rule.
pub async fn csv(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "quality"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "quality").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<export::Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let (_, registry) = chosen(&mut reading, asking).await?;
    let (profile, by) = (profile()?, asking.by());
    let figures = sorted(say, profile, asking, reading.quality(registry, by).await?);
    let lines = figures.iter().map(|f| {
        let sums = [Matters::Required, Matters::Wanted, Matters::Advice];
        let sums = sums.map(|m| breaks(profile, &f.counts, m).to_string());
        let first = [
            name(say, f, by),
            f.counts.documents.to_string(),
            percent(say, completeness(profile, &f.counts)),
        ];
        Line::plain(first.into_iter().chain(sums).chain(f.counts.broken.iter().map(u64::to_string)))
    });
    let lines = Some(lines.collect());
    let heads = [
        (say.t(&format!("quality-by-{}", by.as_str())), 40.0),
        (say.t("quality-documents"), 12.0),
        (say.t("quality-complete"), 14.0),
        (say.t("quality-required"), 12.0),
        (say.t("quality-wanted"), 12.0),
        (say.t("quality-advice"), 12.0),
    ];
    let each = profile.rules.iter().map(|rule| (rule.said(say.language().tag()).says.clone(), 24.0));
    let (heads, language) = (heads.into_iter().chain(each).collect(), say.language());
    Ok(export::Ready { reading, texts: app.texts.clone(), language, heads, lines })
}

/// What a paper lacks, for the page of the paper: for those who may correct it.
pub fn lacking(say: Voice<'_>, lacking: &office::quality::Lacking, entry: &EntryView) -> Markup {
    html! {
        p { span.share { (share_bar(lacking.complete)) span.n { (percent(say, lacking.complete)) } } }
        @if lacking.rules.is_empty() { p.quiet { (say.t("quality-nothing")) } }
        ul.stack {
            @for rule in &lacking.rules {
                @let said = rule.said(say.language().tag());
                li { (matters(say, rule.matters, true)) " " (said.says) div.quiet { (said.remedy) } }
            }
        }
        @if !lacking.rules.is_empty() { p.foot { a href={ (shown::address(entry)) "/correct" } { (say.t("quality-correct")) } } }
    }
}
