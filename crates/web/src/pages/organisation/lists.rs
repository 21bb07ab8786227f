//! Distribution lists: which there are, and whom one of them means on a day.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::{Failure, Reading, organisation::MeantRow};
use registry::{
    Code,
    organisation::{
        DistributionList, Thing,
        lists::{Addressee, Receiver},
    },
};

use super::{
    Asking as OfOne, Look, Part, do_path, list_path, post_path,
    rows::{Asking, List, Shown},
    unit_path, ways,
};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    frame::{self, Sheet},
    look::{Button, Cell, Crumb, Section, Tone, chip, crumbs, heading, heading_with_acts},
    pages::{
        custody::lists::{Shown as Few, few},
        visit::{Visit, done},
    },
};

/// Where they are.
const PATH: &str = "/lists";
/// The columns of the list.
const COLUMNS: [(&str, Cell, &str); 4] = [
    ("org-code", Cell::Main, "code"),
    ("org-list-name", Cell::Text, "name"),
    ("org-owner", Cell::Short, "owner"),
    ("org-lines", Cell::Number, "lines"),
];
/// The columns of the file: a row for each line of each list.
const HEADS: [(&str, f64); 7] = [
    ("org-code", 16.0),
    ("org-list-name", 36.0),
    ("org-owner", 14.0),
    ("org-line-is", 14.0),
    ("org-line-to", 34.0),
    ("org-line-purpose", 16.0),
    ("org-meant-today", 34.0),
];

fn listed<'a>(look: &Look<'_>, asking: &'a Asking) -> List<'a> {
    let first = (look.say.t("org-do-draw-up-list"), do_path("draw-up-list", ""));
    List {
        path: PATH,
        asking,
        columns: &COLUMNS,
        words: ["org-lists-caption", "org-lists-none", "org-lists-would"],
        begin: Some(first).filter(|_| look.organises && asking.q.is_empty()),
    }
}

/// The lists that are asked for, in their order.
fn rows<'l>(look: &'l Look<'_>, list: &List<'_>) -> Vec<(Shown, &'l DistributionList)> {
    let say = look.say;
    let all = look.organisation.lists().into_iter();
    let there = all.filter(|one| list.asking.all() || one.is_on(look.today));
    let mut rows: Vec<Shown> = there
        .map(|one| {
            let owner = look.organisation.unit(one.owner).map(|unit| unit.code.clone()).unwrap_or_default();
            let (name, lines) = (look.words(&one.names).to_owned(), one.lines.len());
            Shown {
                name: one.code.clone(),
                cells: vec![
                    html! {
                        a.lead href=(list_path(&one.code)) { (one.code) }
                        @if !one.is_on(look.today) { " " (chip(Tone::Plain, &say.t("org-contact-ended"))) }
                    },
                    html! { (name) },
                    html! { a href=(unit_path(&owner)) { (owner) } },
                    html! { (lines) },
                ],
                texts: vec![one.code.clone(), name, owner, format!("{lines:06}")],
            }
        })
        .filter(|row| list.asking.fits(&row.texts.join(" ")))
        .collect();
    list.sort(&mut rows);
    let whole = |row: Shown| look.organisation.list_by_code(&row.name).map(|one| (row, one));
    rows.into_iter().filter_map(whole).collect()
}

/// The page.
pub async fn lists(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, "").await?;
    let list = listed(&look, &asking);
    let rows: Vec<Shown> = rows(&look, &list).into_iter().map(|(row, _)| row).collect();
    let title = say.t("org-lists-title");
    let draw = say.t("org-do-draw-up-list");
    let to = do_path("draw-up-list", "");
    let beneath = html! { p { (say.t("org-lists-text")) } };
    let body = html! {
        @if look.organises { (heading_with_acts(&title, &beneath, &[Button::main(&draw).to(&to)])) } @else { (heading(&title, &beneath)) }
        (ways(say, Part::Lists))
        (list.filter(say, "org-lists-filter", "org-lists-ended"))
        (list.shown(say, &rows))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// All lines of the lists as comma-separated values.
pub async fn lists_values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "lists"))
}

/// The same rows as a workbook.
pub async fn lists_workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "lists").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, "").await?;
    let mut lines = Vec::new();
    for (row, list) in rows(&look, &listed(&look, asking)) {
        let (meant, _) = reading.meant_by(list.id, look.today).await?;
        for (place, line) in list.lines.iter().enumerate() {
            let who = meant.iter().find(|one| one.lines.contains(&place));
            let (is, to) = named(&look, line.addressee);
            let cells = row.texts.iter().take(3).cloned().chain([
                say.t(&format!("org-line-is-{is}")),
                to,
                say.t(&format!("org-line-purpose-{}", line.purpose.as_str())),
                who.map(|one| one.name.clone()).unwrap_or_default(),
            ]);
            lines.push(Line::plain(cells));
        }
    }
    drop(look);
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}

/// What a line names, and how it is called.
fn named(look: &Look<'_>, addressee: Addressee) -> (&'static str, String) {
    let all = &look.organisation;
    match addressee {
        Addressee::Post { post } => {
            ("post", all.post(post).map(|post| post.code.clone()).unwrap_or_default())
        }
        Addressee::Unit { unit } => {
            ("unit", all.unit(unit).map(|unit| unit.code.clone()).unwrap_or_default())
        }
        Addressee::Person { person } => ("person", look.name(person).to_owned()),
        Addressee::Registry { registry } => {
            ("registry", look.registries.get(&registry).cloned().unwrap_or_default())
        }
        Addressee::Contact { contact } => {
            ("contact", all.contact(contact).map(|one| one.name.clone()).unwrap_or_default())
        }
    }
}

fn link(look: &Look<'_>, addressee: Addressee) -> Markup {
    let (is, name) = named(look, addressee);
    let href = match addressee {
        Addressee::Post { .. } => Some(post_path(&name)),
        Addressee::Unit { .. } => Some(unit_path(&name)),
        Addressee::Person { person } => Some(format!("{}/people/{person}", super::PATH)),
        Addressee::Registry { .. } => None,
        Addressee::Contact { contact } => Some(format!("/contacts/{contact}")),
    };
    html! {
        @match href { Some(href) => a href=(look.at(&href)) { (name) }, None => (name), }
        div.quiet { (look.say.t(&format!("org-line-is-{is}"))) }
    }
}

fn receiver(look: &Look<'_>, one: &MeantRow) -> Markup {
    match one.receiver {
        Receiver::Person(person) => look.person(person),
        Receiver::Registry(_) => html! { (one.name) },
        Receiver::Contact(contact) => html! { a href={ "/contacts/" (contact) } { (one.name) } },
    }
}

/// One of them.
pub async fn list(
    visit: Visit,
    Path(code): Path<String>,
    Query(asking): Query<OfOne>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, &asking.day).await?;
    let list = look.organisation.list_by_code(&code).ok_or_else(|| WebError::page(Code::NotFound))?;
    let history = look.history(&mut reading, Thing::List { list: list.id }).await?;
    let table = lines(&look, &mut reading, list).await?;
    let (home, change) = (say.t("org-lists-title"), say.t("org-do-change-list"));
    let to = do_path("change-list", &list.code);
    let owner = look.organisation.unit(list.owner);
    let title = look.words(&list.names);
    let beneath = html! {
        p {
            (list.code) @if let Some(owner) = owner { " · " (look.unit(owner)) }
            @if let Some(ends) = list.ends { " · " (say.tr("org-until", &[("until", say.date(ends).into())])) }
        }
        p.quiet { (say.t("org-list-text")) }
    };
    let body = html! {
        (crumbs(say, &[Crumb { label: &home, href: PATH }]))
        @if look.organises { (heading_with_acts(title, &beneath, &[Button::plain(&change).to(&to)])) } @else { (heading(title, &beneath)) }
        (look.day_form(&list_path(&list.code)))
        (table)
        (history)
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(title, &path, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// Each line with whom it means on the day.
async fn lines(look: &Look<'_>, reading: &mut Reading, list: &DistributionList) -> Result<Markup, Failure> {
    let say = look.say;
    let (meant, _) = reading.meant_by(list.id, look.day).await?;
    let columns =
        [("org-line-to", Cell::Main), ("org-line-purpose", Cell::Short), ("org-line-means", Cell::Text)];
    let rows: Vec<Few> = list
        .lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let who = meant.iter().find(|one| one.lines.contains(&place));
            let again = who.is_some_and(|one| one.lines.first() != Some(&place));
            Few {
                name: named(look, line.addressee).1,
                strong: who.is_none(),
                cells: vec![
                    link(look, line.addressee),
                    html! { (say.t(&format!("org-line-purpose-{}", line.purpose.as_str()))) },
                    html! {
                        @match who {
                            Some(one) => {
                                (receiver(look, one))
                                @if again { div.quiet { (say.t("org-line-again")) } }
                            },
                            None => (chip(Tone::Late, &say.t("org-line-nobody"))),
                        }
                    },
                ],
            }
        })
        .collect();
    Ok(few(say, &say.t("org-lines"), &columns, &rows))
}
