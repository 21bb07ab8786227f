//! The house for those who keep it: its bodies, its registries with what each may hold, its need-to-know groups, its
//! policies, and which registry gives the numbers of a series. The forms are in `house_form`.

use axum::{extract::Query, response::Response};
use label::Label;
use maud::{Markup, html};
use office::{Reading, texts::Voice};
use registry::{
    Code,
    authorisation::Role,
    house::{Names, Registry},
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Empty, Paging, Row, Section, Table, Tone, buttons, card, chip, heading, table,
    },
    pages::{
        shown,
        visit::{Visit, done},
    },
};

/// The path of the page.
pub const PATH: &str = "/house";

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    done: String,
}

/// Whether the reader changes the house.
pub fn administers(reading: &Reading) -> bool {
    reading.viewer().has(Role::Administrator, None)
}

/// The page.
pub async fn house(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, reading } = visit;
    let say = asked.voice_for(&app, &reading);
    if !reading.sees_people() {
        return Err(WebError::page(Code::NotFound));
    }
    let title = say.t("house-title");
    let body = html! {
        (heading(&title, &html! { p { (say.t("house-text")) } }))
        div.stack {
            (registries(say, &reading))
            (groups(say, &reading))
            (bodies(say, &reading))
            (series(say, &reading))
            (policies(say, &reading))
        }
    };
    let sheet =
        Sheet { notices: done(say, &asking.done), ..Sheet::plain(&title, &path, Some(Section::House), body) };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// A list of a few things, whole on the page, with the act that makes another.
fn listed(
    say: Voice<'_>,
    key: &str,
    heads: &[(&str, Cell)],
    rows: Vec<(String, Vec<Markup>)>,
    act: Option<(&str, String)>,
) -> Markup {
    let heads: Vec<(String, Cell)> = heads.iter().map(|(key, cell)| (say.t(key), *cell)).collect();
    let columns: Vec<Column<'_>> =
        heads.iter().map(|(head, cell)| Column { head, cell: *cell, sort: None }).collect();
    let (names, cells): (Vec<String>, Vec<Vec<Markup>>) = rows.into_iter().unzip();
    let rows: Vec<Row<'_>> = names
        .iter()
        .zip(cells)
        .map(|(name, cells)| Row { value: None, name, strong: false, cells })
        .collect();
    let [title, text, none, would] =
        ["title", "text", "none", "would"].map(|part| say.t(&format!("house-{key}-{part}")));
    let act = act.map(|(label, href)| (say.t(label), href));
    card(
        &title,
        &html! {
            p { (text) }
            (table(say, &Table {
                caption: &title,
                columns: &columns,
                rows: &rows,
                many: None,
                paging: Paging { previous: None, next: None, shown: "" },
                exports: &[],
                empty: Empty { title: &none, would: &would, begin: None },
            }))
            @if let Some((label, href)) = &act { (buttons(&[Button::plain(label).to(href)])) }
        },
    )
}

fn both(names: &Names, say: Voice<'_>) -> Markup {
    let (own, other) = match say.language() {
        office::texts::Language::Fr => (&names.fr, ("en", &names.en)),
        office::texts::Language::En => (&names.en, ("fr", &names.fr)),
    };
    html! { (own) @if own != other.1 { div.quiet lang=(other.0) { (other.1) } } }
}

fn act(reading: &Reading, label: &'static str, what: &str) -> Option<(&'static str, String)> {
    administers(reading).then(|| (label, format!("{PATH}/new?what={what}")))
}

fn registries(say: Voice<'_>, reading: &Reading) -> Markup {
    let tag = say.language().tag();
    let row = |registry: &Registry| {
        let kept = registry.body.and_then(|body| reading.house.body(body));
        let cells = vec![
            html! {
                @if administers(reading) {
                    a.lead href=(address(&registry.code)) { (registry.code) }
                } @else { (registry.code) }
            },
            both(&registry.names, say),
            html! { @if let Some(body) = kept { (body.names.in_language(tag)) } },
            html! { @if let Some(above) = registry.parent.and_then(|id| reading.house.registry(id)) { (above.code) } },
            ceilings(say, reading, registry),
        ];
        (registry.code.clone(), cells)
    };
    let rows = reading.house.registries().into_iter().map(row).collect();
    let heads = [
        ("house-code", Cell::Main),
        ("house-name", Cell::Text),
        ("house-kept-by", Cell::Text),
        ("house-above", Cell::Text),
        ("house-may-hold", Cell::Text),
    ];
    listed(say, "registries", &heads, rows, act(reading, "house-open-registry", "registry"))
}

/// The address of the form for changing a registry.
pub fn address(code: &str) -> String {
    format!("{PATH}/registries/{}", frame::escaped(code))
}

fn ceilings(say: Voice<'_>, reading: &Reading, registry: &Registry) -> Markup {
    html! {
        @if registry.ceilings.is_empty() { (chip(Tone::Soon, &say.t("house-holds-anything"))) }
        @for ceiling in &registry.ceilings {
            div { (shown::label(say, &reading.house, Some(&Label::plain(ceiling.policy.clone(), ceiling.level.clone())), say.language())) }
        }
    }
}

fn groups(say: Voice<'_>, reading: &Reading) -> Markup {
    let mut all: Vec<_> = reading.house.groups().collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let row = |group: &&registry::house::Group| {
        (group.code.clone(), vec![html! { code { (group.code) } }, both(&group.names, say)])
    };
    let heads = [("house-code", Cell::Main), ("house-name", Cell::Text)];
    // The security officer forms groups too.
    let act = Some(("house-form-group", format!("{PATH}/new?what=group")));
    listed(say, "groups", &heads, all.iter().map(row).collect(), act)
}

fn bodies(say: Voice<'_>, reading: &Reading) -> Markup {
    let mut all: Vec<_> = reading.house.bodies().collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let row = |body: &&registry::house::Body| {
        (body.code.clone(), vec![html! { (body.code) }, both(&body.names, say)])
    };
    let heads = [("house-code", Cell::Main), ("house-name", Cell::Text)];
    listed(say, "bodies", &heads, all.iter().map(row).collect(), act(reading, "house-establish-body", "body"))
}

fn series(say: Voice<'_>, reading: &Reading) -> Markup {
    let tag = say.language().tag();
    let counted = reading.house.catalogue().iter().filter(|series| !series.foreign);
    let rows = counted.map(|series| {
        let by = reading.house.numbered_by(&series.code);
        let own = by.is_some_and(|registry| registry.code == series.code);
        let cells = vec![
            html! { (series.code) },
            html! { (series.names.in_language(tag)) },
            html! {
                @match by {
                    Some(registry) if own => span.quiet { (say.tr("house-its-own", &[("registry", registry.code.as_str().into())])) },
                    Some(registry) => (registry.code),
                    None if administers(reading) => {
                        a href={ (PATH) "/new?what=entrust&series=" (frame::escaped(&series.code)) } { (say.t("house-entrust")) }
                    }
                    None => span.quiet { (say.t("series-nobody")) },
                }
            },
        ];
        (series.code.clone(), cells)
    });
    let heads = [("house-code", Cell::Main), ("house-name", Cell::Text), ("series-numbered-by", Cell::Text)];
    listed(say, "series", &heads, rows.collect(), act(reading, "house-adopt-series", "series"))
}

fn policies(say: Voice<'_>, reading: &Reading) -> Markup {
    let row = |policy: &label::Policy| {
        let levels: Vec<String> = policy
            .levels()
            .iter()
            .map(|level| super::marking_form::level_words(&reading.house.policies, policy, level, say))
            .collect();
        let cells =
            vec![html! { (policy.name()) }, html! { (policy.version()) }, html! { (levels.join(" · ")) }];
        (policy.name().to_owned(), cells)
    };
    let rows = reading.house.policies.iter().map(row).collect();
    let heads = [("house-name", Cell::Main), ("house-version", Cell::Short), ("house-levels", Cell::Text)];
    listed(say, "policies", &heads, rows, None)
}
