//! The quality report: how complete the register is, field by field, which rules are broken how often, by registry,
//! originator, division and month. The papers behind each number stand beside this.

mod export;
mod figures;
pub mod papers;

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
    quality::{Matters, Profile},
    reference::sort_key,
};
use serde::Deserialize;
use store::{quality::Counted, visible::EntryView};

use crate::{
    answer::WebError,
    frame::{self, Sheet, escaped},
    look::{Facet, Section, Tab, Tone, chip, heading, pills, share_bar, tabs},
    pages::{series::registers_anywhere, shown, visit::Visit},
};

pub use export::{values, workbook};
use figures::{grouped, months, rules};
pub use papers::PAPERS;

/// Where the report is.
pub const PATH: &str = "/quality";

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
