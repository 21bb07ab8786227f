//! The tree of units on a day: each with its head, how many posts it has and how many of them nobody holds; and below it the
//! posts that want looking at.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::organisation::{PostRow, UnitRow};

use super::{Asking, Look, PATH, Part, do_path, unit_path, ways};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    frame::{self, Sheet},
    look::{Button, Cell, Empty, Section, Tone, card, chip, empty, heading, heading_with_acts},
    pages::{
        custody::lists::{Shown, few},
        visit::{Visit, done},
    },
};

/// The columns of the file of posts.
const HEADS: [(&str, f64); 7] = [
    ("org-unit", 14.0),
    ("org-unit-name", 40.0),
    ("org-code", 14.0),
    ("org-title", 40.0),
    ("org-holder", 32.0),
    ("org-acting", 32.0),
    ("org-why", 24.0),
];

/// The page.
pub async fn tree(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, &asking.day).await?;
    let units = reading.units(look.day).await?;
    let posts = reading.posts(None, look.day).await?;
    let open: Vec<&PostRow> =
        posts.iter().filter(|row| row.holder.is_none() || row.acting.is_none()).collect();
    let title = say.t("org-title-page");
    let [unit, post] = ["org-do-establish-unit", "org-do-establish-post"].map(|key| say.t(key));
    let (new_unit, new_post) = (do_path("establish-unit", ""), do_path("establish-post", ""));
    let on = say.tr("org-on-day", &[("day", say.date(look.day).into())]);
    let beneath = html! { p { (on) } p.quiet { (say.t("org-text")) } };
    let body = html! {
        @if look.organises {
            (heading_with_acts(&title, &beneath, &[Button::plain(&unit).to(&new_unit), Button::plain(&post).to(&new_post)]))
        } @else {
            (heading(&title, &beneath))
        }
        (ways(say, Part::Tree))
        (look.day_form(PATH))
        @if units.is_empty() {
            (empty(&Empty { title: &say.t("org-none"), would: &say.t("org-none-would"), begin: None }))
        } @else {
            (card(&say.t("org-units"), &html! {
                (level(&look, &units, 0))
                @let files = ["csv", "xlsx"].map(|ending| look.at(&format!("{PATH}/posts.{ending}")));
                p.quiet {
                    (say.t("org-export-posts")) " "
                    @for (label, href) in ["CSV", "XLSX"].iter().zip(&files) { " " a href=(href) download { (label) } }
                }
            }))
        }
        @if !open.is_empty() { (vacant(&look, &open)) }
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The units of one depth, each with those below it.
fn level(look: &Look<'_>, units: &[UnitRow], depth: usize) -> Markup {
    let starts: Vec<usize> =
        units.iter().enumerate().filter(|(_, row)| row.depth <= depth).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([units.len()]);
    html! {
        ul.tree {
            @for (start, end) in starts.iter().zip(ends) {
                @if let Some((row, below)) = units.get(*start..end).and_then(<[UnitRow]>::split_first) {
                    li {
                        (one(look, row))
                        @if !below.is_empty() { (level(look, below, row.depth + 1)) }
                    }
                }
            }
        }
    }
}

fn one(look: &Look<'_>, row: &UnitRow) -> Markup {
    let say = look.say;
    html! {
        a.lead href=(look.at(&unit_path(&row.unit.code))) { (row.unit.code) } " " (look.words(&row.unit.names))
        @if row.vacant > 0 {
            " " (chip(Tone::Soon, &say.tr("org-vacant-posts", &[("n", row.vacant.into())])))
        }
        div.quiet { (head(look, row)) }
    }
}

/// Who heads a unit.
pub fn head(look: &Look<'_>, row: &UnitRow) -> Markup {
    let say = look.say;
    let own = look.organisation.head(row.unit.id, look.day);
    html! {
        @match (&row.head, &row.head_of, own) {
            (Some(head), None, Some(own)) => {
                (say.t("org-head")) " " (look.person(head.person))
                @if let Some(because) = own.acting.because { " (" (say.t("org-acting-head")) ", " (super::why(say, because)) ")" }
            },
            (Some(head), Some(above), _) => {
                (say.t("org-head-none")) " " (say.tr("org-head-above", &[("unit", above.as_str().into())])) " " (look.person(head.person))
            },
            _ => (chip(Tone::Late, &say.t("org-nobody-heads"))),
        }
    }
}

fn vacant(look: &Look<'_>, open: &[&PostRow]) -> Markup {
    let columns = [
        ("org-post", Cell::Main),
        ("org-unit", Cell::Short),
        ("org-holder", Cell::Text),
        ("org-acting", Cell::Text),
    ];
    let title = look.say.t("org-open-posts");
    let rows: Vec<Shown> = open.iter().map(|row| shown(look, row)).collect();
    html! { h2 { (title) } p.quiet { (look.say.t("org-open-posts-text")) } (few(look.say, &title, &columns, &rows)) }
}

/// A post in a list: what it is, of which unit, who holds it, who acts.
fn shown(look: &Look<'_>, row: &PostRow) -> Shown {
    Shown {
        name: row.post.code.clone(),
        strong: row.acting.is_none(),
        cells: vec![
            look.post(&row.post),
            html! { a href=(look.at(&unit_path(&row.unit))) { (row.unit) } },
            look.holds(row),
            look.acts_for(row),
        ],
    }
}

/// The posts of a day as comma-separated values.
pub async fn posts_values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "posts"))
}

/// The same rows as a workbook.
pub async fn posts_workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "posts").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, &asking.day).await?;
    let posts = reading.posts(None, look.day).await?;
    let line = |row: &PostRow| {
        let unit = look.organisation.unit(row.post.unit).map(|unit| look.words(&unit.names).to_owned());
        let name = |one: &Option<office::organisation::Named>| {
            one.as_ref().map(|one| one.name.clone()).unwrap_or_default()
        };
        let because = match (row.because, &row.acting) {
            (Some(because), _) => super::why(say, because),
            (None, None) => say.t("org-nobody-acts"),
            (None, Some(_)) => String::new(),
        };
        Line::plain([
            row.unit.clone(),
            unit.unwrap_or_default(),
            row.post.code.clone(),
            look.words(&row.post.titles).to_owned(),
            name(&row.holder),
            name(&row.acting),
            because,
        ])
    };
    let lines = posts.iter().map(line).collect();
    drop(look);
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}
