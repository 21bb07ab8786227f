//! A post: who holds it, held it and will; who acts on the day and why; who is named to stand in.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use registry::{
    Code,
    organisation::{For, Post, StandIn, Tenure, Thing},
};

use super::{Asking, Look, PATH, do_path, post_path, unit_path};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Crumb, Section, Tone, card, chip, crumbs, heading, heading_with_acts},
    pages::visit::{Visit, done},
};

/// The page.
pub async fn post(
    visit: Visit,
    Path(code): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let look = Look::of(say, &app.texts, &mut reading, &asking.day).await?;
    let post = look.organisation.post_by_code(&code).ok_or_else(|| WebError::page(Code::NotFound))?;
    let history = look.history(&mut reading, Thing::Post { post: post.id }).await?;
    let unit = look.organisation.unit(post.unit);
    let unit_code = unit.map(|unit| unit.code.clone()).unwrap_or_default();
    let (home, to_home) = (say.t("org-title-page"), look.at(PATH));
    let to_unit = look.at(&unit_path(&unit_code));
    let steps = [Crumb { label: &home, href: &to_home }, Crumb { label: &unit_code, href: &to_unit }];
    let title = look.words(&post.titles).to_owned();
    let beneath = html! {
        p {
            (post.code) " · " @if let Some(unit) = unit { (look.unit(unit)) }
            @if post.head { " " (chip(Tone::Plain, &say.t("org-is-head"))) }
        }
        p.quiet {
            (look.span(post.days.from, post.days.until))
            @if !post.days.has(look.day) { " " (chip(Tone::Late, &say.t("org-not-there"))) }
        }
    };
    let [take, name, change] =
        ["org-do-take-up", "org-do-name-stand-in", "org-do-change-post"].map(|key| say.t(key));
    let to = ["take-up", "name-stand-in", "change-post"].map(|act| do_path(act, &post.code));
    let [to_take, to_name, to_change] = &to;
    let mut acts = Vec::new();
    if look.organises {
        acts.push(Button::main(&take).to(to_take));
    }
    if look.may_name(For::Post { post: post.id }) {
        acts.push(Button::plain(&name).to(to_name));
    }
    if look.organises {
        acts.push(Button::plain(&change).to(to_change));
    }
    let body = html! {
        (crumbs(say, &steps))
        @if acts.is_empty() { (heading(&title, &beneath)) } @else { (heading_with_acts(&title, &beneath, &acts)) }
        (look.day_form(&post_path(&post.code)))
        (card(&say.tr("org-who-acts", &[("day", say.date(look.day).into())]), &acting(&look, post)))
        (card(&say.t("org-holders"), &holders(&look, post)))
        @let named = stand_ins(&look, post);
        @if !named.is_empty() { (card(&say.t("org-stand-ins"), &look.stand_ins(&named, false))) }
        (history)
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// Who acts on the day, and why, in sentences.
fn acting(look: &Look<'_>, post: &Post) -> Markup {
    let say = look.say;
    let organisation = &look.organisation;
    let holder = organisation.holder(post.id, look.day);
    html! {
        @if !post.days.has(look.day) {
            p { (say.t("org-not-there")) }
        } @else {
            @match organisation.acting(post.id, look.day) {
                None => p { (chip(Tone::Late, &say.t("org-nobody-acts"))) " " (say.t("org-nobody-acts-text")) },
                Some(acting) => {
                    p { strong { (look.person(acting.person)) } }
                    @if acting.because.is_none() { p.quiet { (say.t("org-holds-it")) } }
                },
            }
            @match holder {
                None => p.quiet { (say.t("org-vacant-text")) },
                Some(holder) => {
                    @if let Some(leave) = organisation.on_leave(holder, look.day) {
                        p.quiet {
                            (say.tr("org-on-leave", &[("name", look.name(holder).into()), ("until", say.date(leave.until).into())]))
                        }
                    }
                },
            }
            @if organisation.acting(post.id, look.day).is_some_and(|acting| acting.because.is_some()) {
                p.quiet { (say.t("org-own-clearance")) }
            }
        }
    }
}

/// Whoever is named for the post, or for its holder, and whose time is not over.
fn stand_ins<'l>(look: &'l Look<'_>, post: &Post) -> Vec<&'l StandIn> {
    let holder = look.organisation.holder(post.id, look.day);
    let named = |one: &&StandIn| {
        let fits = match one.of {
            For::Post { post: of } => of == post.id,
            For::Person { person } => Some(person) == holder,
        };
        fits && one.until >= look.day
    };
    look.organisation.stand_ins().into_iter().filter(named).collect()
}

/// Who will hold it, holds it and held it, the last first.
fn holders(look: &Look<'_>, post: &Post) -> Markup {
    let say = look.say;
    let tenures: Vec<&Tenure> = look.organisation.tenures_of(post.id).into_iter().rev().collect();
    html! {
        @if tenures.is_empty() { p.quiet { (say.t("org-never-held")) } }
        ul.stack.running {
            @for tenure in tenures {
                li {
                    (look.person(tenure.person)) " · " (look.span(tenure.days.from, tenure.days.until))
                    @if look.organisation.holder(post.id, look.day) == Some(tenure.person) && tenure.days.has(look.day) {
                        " " (chip(Tone::Good, &say.t("org-holds-now")))
                    } @else if tenure.days.from > look.day {
                        " " (chip(Tone::Plain, &say.t("org-will-hold")))
                    }
                    @if look.organises {
                        @let id = tenure.id.to_string();
                        div.quiet {
                            a href=(do_path("leave-post", &id)) { (say.t("org-do-leave-post")) } " · "
                            a href=(do_path("correct-tenure", &id)) { (say.t("org-do-correct-tenure")) }
                        }
                    }
                }
            }
        }
    }
}
