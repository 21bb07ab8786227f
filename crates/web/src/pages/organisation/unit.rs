//! A unit: what it is, who heads it, its posts, the units below it.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::html;
use registry::{Code, organisation::Thing};

use super::{Asking, Look, PATH, do_path, tree, unit_path};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Cell, Crumb, Fact, Section, Tone, card, chip, crumbs, facts, heading, heading_with_acts},
    pages::{
        custody::lists::{Shown, few},
        visit::{Visit, done},
    },
    words,
};

/// The page.
pub async fn unit(
    visit: Visit,
    Path(code): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, &asking.day).await?;
    let unit = look.organisation.unit_by_code(&code).ok_or_else(|| WebError::page(Code::NotFound))?;
    let posts = reading.posts(Some(unit.id), look.day).await?;
    let history = look.history(&mut reading, Thing::Unit { unit: unit.id }).await?;
    let units = reading.units(look.day).await?;
    let own = units.iter().find(|row| row.unit.id == unit.id);
    let way: Vec<(String, String)> = look
        .organisation
        .path(unit.id)
        .into_iter()
        .skip(1)
        .filter_map(|id| look.organisation.unit(id))
        .map(|above| (above.code.clone(), look.at(&unit_path(&above.code))))
        .collect();
    let home = (say.t("org-title-page"), look.at(PATH));
    let steps: Vec<Crumb<'_>> =
        std::iter::once(&home).chain(way.iter().rev()).map(|(label, href)| Crumb { label, href }).collect();
    let title = format!("{} {}", unit.code, look.words(&unit.names));
    let [change, establish, below] =
        ["org-do-change-unit", "org-do-establish-post", "org-do-establish-unit"].map(|key| say.t(key));
    let to = ["change-unit", "establish-post", "establish-unit"].map(|act| do_path(act, &unit.code));
    let [to_change, to_establish, to_below] = &to;
    let acts = [
        Button::plain(&establish).to(to_establish),
        Button::plain(&below).to(to_below),
        Button::plain(&change).to(to_change),
    ];
    let beneath = html! {
        p {
            (say.t(&format!("org-kind-{}", super::acts::slug(&unit.is)))) " · " (look.span(unit.days.from, unit.days.until))
            @if !unit.days.has(look.day) { " " (chip(Tone::Late, &say.t("org-not-there"))) }
        }
    };
    let registry = look.organisation.registry_of(unit.id);
    let [head_label, registry_label] = ["org-head-label", "org-registry"].map(|key| say.t(key));
    let mut told = Vec::new();
    if let Some(own) = own {
        told.push(Fact { label: &head_label, value: tree::head(&look, own) });
    }
    if let Some(registry) = registry {
        told.push(Fact {
            label: &registry_label,
            value: html! { (words::registry_name(&reading, registry, say)) },
        });
    }
    let columns = [("org-post", Cell::Main), ("org-holder", Cell::Text), ("org-acting", Cell::Text)];
    let rows: Vec<Shown> = posts
        .iter()
        .map(|row| Shown {
            name: row.post.code.clone(),
            strong: row.acting.is_none(),
            cells: vec![
                html! { (look.post(&row.post)) @if row.post.head { " " (chip(Tone::Plain, &say.t("org-is-head"))) } },
                look.holds(row),
                look.acts_for(row),
            ],
        })
        .collect();
    let under: Vec<_> = units.iter().filter(|row| row.unit.parent == Some(unit.id)).collect();
    let caption = say.t("org-posts");
    let body = html! {
        (crumbs(say, &steps))
        @if look.organises { (heading_with_acts(&title, &beneath, &acts)) } @else { (heading(&title, &beneath)) }
        (look.day_form(&unit_path(&unit.code)))
        @if !told.is_empty() { section.card { (facts(&told)) } }
        h2 { (caption) }
        @if rows.is_empty() { p.quiet { (say.t("org-no-posts")) } } @else { (few(say, &caption, &columns, &rows)) }
        @if !under.is_empty() {
            (card(&say.t("org-below"), &html! {
                ul.stack.running { @for row in under { li { (look.unit(&row.unit)) div.quiet { (tree::head(&look, row)) } } } }
            }))
        }
        (history)
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}
