//! Somebody in the organisation: the posts for which he answers, when he is on leave, who stands in for him and for whom he does.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use maud::{Markup, html};
use office::organisation::{PersonRow, PostRow};
use registry::{
    PersonId,
    organisation::{For, Leave, StandIn},
};

use super::{Asking, Look, PATH, do_path, post_path, unit_path};
use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Cell, Crumb, Section, Tone, card, chip, crumbs, heading, heading_with_acts},
    pages::{
        custody::lists::{Shown, few},
        visit::{Visit, done, id},
    },
};

/// The page.
pub async fn person(
    visit: Visit,
    Path(who): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let who: PersonId = id(&who)?;
    let look = Look::of(say, &app.texts, &mut reading, &asking.day).await?;
    let row = reading.person_in_posts(who, look.day).await?;
    let home = say.t("org-title-page");
    let to_home = look.at(PATH);
    let own = format!("{PATH}/people/{who}");
    let away = look.organisation.on_leave(who, look.day);
    let beneath = html! {
        p {
            (say.tr("org-on-day", &[("day", say.date(look.day).into())]))
            @if let Some(leave) = away {
                " " (chip(Tone::Soon, &say.tr("org-away-until", &[("until", say.date(leave.until).into())])))
            }
        }
        @if reading.sees_people() || who == look.me { p { a href={ "/people/" (who) } { (say.t("org-file")) } } }
    };
    let record = say.t("org-do-record-leave");
    let name = say.t("org-do-name-stand-in");
    let to = if who == look.me { "/leave".to_owned() } else { do_path("record-leave", &who.to_string()) };
    let to_name = do_path("name-stand-in", &who.to_string());
    let acts = [Button::plain(&record).to(&to), Button::plain(&name).to(&to_name)];
    let title = &row.who.name;
    let body = html! {
        (crumbs(say, &[Crumb { label: &home, href: &to_home }]))
        @if look.may_for(who) { (heading_with_acts(title, &beneath, &acts)) } @else { (heading(title, &beneath)) }
        (look.day_form(&own))
        (duties(&look, &row))
        (absence(&look, who, &row.leaves))
        @if !row.stands_in.is_empty() {
            (card(&say.t("org-stands-in"), &look.stand_ins(&row.stands_in.iter().collect::<Vec<_>>(), true)))
        }
        (career(&look, who))
    };
    let sheet = Sheet {
        notices: done(say, &asking.done),
        ..Sheet::plain(title, &path, Some(Section::Organisation), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The posts for which he answers.
fn duties(look: &Look<'_>, row: &PersonRow) -> Markup {
    let say = look.say;
    let columns = [("org-post", Cell::Main), ("org-unit", Cell::Short), ("org-how", Cell::Text)];
    let how = |post: &PostRow| {
        let holds = post.holder.as_ref().is_some_and(|holder| holder.person == row.who.person);
        html! {
            @if holds {
                (say.t("org-holds-it"))
                @if let Some(acting) = post.acting.as_ref().filter(|acting| acting.person != row.who.person) {
                    div.quiet { (say.tr("org-acts-meanwhile", &[("name", acting.name.as_str().into())])) }
                } @else if post.acting.is_none() {
                    div { (chip(Tone::Late, &say.t("org-nobody-acts"))) }
                }
            } @else {
                @match &post.holder {
                    Some(holder) => (say.tr("org-acts-for", &[("name", holder.name.as_str().into())])),
                    None => (say.t("org-acts-for-vacant")),
                }
            }
        }
    };
    let rows: Vec<Shown> = row
        .posts
        .iter()
        .map(|post| Shown {
            name: post.post.code.clone(),
            strong: false,
            cells: vec![
                look.post(&post.post),
                html! { a href=(look.at(&unit_path(&post.unit))) { (post.unit) } },
                how(post),
            ],
        })
        .collect();
    let title = say.t("org-duties");
    html! {
        h2 { (title) }
        @if rows.is_empty() { p.quiet { (say.t("org-no-duties")) } } @else { (few(say, &title, &columns, &rows)) }
    }
}

/// When he is not there, and who stands in for him.
pub fn absence(look: &Look<'_>, who: PersonId, leaves: &[Leave]) -> Markup {
    let say = look.say;
    let may = look.may_for(who);
    let named: Vec<&StandIn> = look
        .organisation
        .stand_ins()
        .into_iter()
        .filter(|one| one.of == For::Person { person: who } && one.until >= look.day)
        .collect();
    html! {
        @if !leaves.is_empty() {
            (card(&say.t("org-leaves"), &html! {
                ul.stack.running {
                    @for leave in leaves {
                        li {
                            (look.span(leave.from, Some(leave.until)))
                            @if leave.days().has(look.today) { " " (chip(Tone::Soon, &say.t("org-now"))) }
                            @if may {
                                " · " a href=(do_path("end-leave", &leave.id.to_string())) { (say.t("org-do-end-leave")) }
                            }
                        }
                    }
                }
            }))
        }
        @if !named.is_empty() { (card(&say.t("org-stand-ins"), &look.stand_ins(&named, false))) }
    }
}

/// What he held, holds and will hold.
fn career(look: &Look<'_>, who: PersonId) -> Markup {
    let all = look.organisation.tenures_by(who);
    html! {
        @if !all.is_empty() {
            (card(&look.say.t("org-career"), &html! {
                ul.stack.running {
                    @for tenure in all.into_iter().rev() {
                        @if let Some(post) = look.organisation.post(tenure.post) {
                            li {
                                a href=(look.at(&post_path(&post.code))) { (look.words(&post.titles)) } " (" (post.code) ") · "
                                (look.span(tenure.days.from, tenure.days.until))
                            }
                        }
                    }
                }
            }))
        }
    }
}
