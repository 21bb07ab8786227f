//! A person's file: who it is, what he holds and is proposed for, what can be done about it.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use office::{Reading, own::Opened, texts::Voice};
use registry::{
    PersonId,
    authorisation::{Authorisation, Grant, Role, Standing},
    person::Person,
};
use serde::Deserialize;

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{
        Button, Cell, Column, Crumb, Empty, Event, Fact, Field, Form, Paging, Row, Section, Table, Tone,
        Width, button, buttons, card, chip, crumbs, facts, form, heading, table, timeline,
    },
    pages::{
        changing, doors,
        grant_form::Kind,
        marking_form,
        people::state,
        shown,
        visit::{Visit, done, id},
    },
    signed::Signed,
    words,
};

/// Most events of the history that are shown.
const EVENTS: usize = 12;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    done: String,
}

/// The names of those who proposed, confirmed and ended.
type Names = HashMap<PersonId, String>;

/// The file of a person.
pub async fn person(
    visit: Visit,
    Path(asked_id): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let (person, mut held) = reading.person_file(id(&asked_id)?).await?;
    if person.id != signed.open.person {
        reading.note_opened(Opened::Person(person.id)).await;
    }
    held.reverse();
    held.sort_by_key(place);
    let mut names = Names::new();
    let others: Vec<PersonId> = held
        .iter()
        .flat_map(|a| [a.proposed_by, a.confirmed_by, a.revoked.as_ref().map(|r| r.by)])
        .flatten()
        .collect();
    for by in others {
        if let std::collections::hash_map::Entry::Vacant(empty) = names.entry(by) {
            empty.insert(reading.name_of(by).await?.unwrap_or_default());
        }
    }
    let mut changes = Vec::new();
    for changed in reading.person_changes(person.id).await? {
        let by = reading.name_of(changed.by).await?.unwrap_or_default();
        changes.push((changed, by));
    }
    let own = person.id == signed.open.person;
    let bound = match !own && reading.sees_authorisations() {
        true => app.office.bound_names(person.id).await?,
        false => Vec::new(),
    };
    let sees = own || reading.sees_authorisations();
    let waits = held.iter().any(|a| a.standing == Standing::Proposed);
    let title = say.t("people-title");
    let body = html! {
        @if reading.sees_people() { (crumbs(say, &[Crumb { label: &title, href: "/people" }])) }
        (heading(&person.name, &html! {
            @if !person.title.is_empty() { p { (person.title) } }
            @if waits { (chip(Tone::Soon, &say.t("person-proposed"))) }
            @if let Some(left) = person.left {
                (chip(Tone::Plain, &say.tr(
                    if person.has_left(reading.today()) { "person-has-left" } else { "person-leaves" },
                    &[("when", say.date(left).into())],
                )))
            }
        }))
        div.cols {
            div.stack {
                @if sees {
                    section.stack id="held" {
                        h2 { (say.t("person-held")) }
                        @if own && reading.sees_authorisations() { p.quiet { (say.t("person-not-yourself")) } }
                        (holdings(say, &reading, &signed, &held, &names))
                    }
                } @else {
                    p.quiet { (say.t("person-held-unseen")) }
                }
            }
            aside.stack {
                (card(&say.t("document-about"), &about(say, &reading, &person)))
                (acts(say, &reading, &signed, &person))
                (doors::of_person(say, &reading, &signed, &person, &bound))
                @if !changes.is_empty() {
                    (card(&say.t("person-changes"), &changing::history(say, &reading, &changes)))
                }
                @if sees && !held.is_empty() { (card(&say.t("document-history"), &history(say, &reading, &held, &names))) }
            }
        }
    };
    let section = if reading.sees_people() { Some(Section::People) } else { None };
    let sheet =
        Sheet { notices: done(say, &asking.done), ..Sheet::plain(&person.name, &path, section, body) };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// What stands first in a file: what waits, then what holds by weight, then what has ended.
fn place(held: &Authorisation) -> (u8, u8) {
    let standing = match held.standing {
        Standing::Proposed => 0,
        Standing::Confirmed => 1,
        Standing::Revoked => 2,
    };
    let weight = match held.grant {
        Grant::Clearance { .. } => 0,
        Grant::Extension { .. } => 1,
        Grant::Role { .. } => 2,
        Grant::Briefing { .. } => 3,
        Grant::Membership { .. } => 4,
        Grant::Nationality { .. } => 5,
        Grant::Certificate { .. } => 6,
        Grant::Specimen { .. } => 7,
    };
    (standing, weight)
}

fn about(say: Voice<'_>, reading: &Reading, person: &Person) -> Markup {
    let labels = ["column-post", "person-body", "person-nation", "person-login", "person-language"]
        .map(|key| say.t(key));
    let [post, body, nation, login, language] = &labels;
    let mut list = Vec::new();
    if !person.title.is_empty() {
        list.push(Fact { label: post, value: html! { (person.title) } });
    }
    if let Some(known) = person.body.and_then(|id| reading.house.body(id)) {
        list.push(Fact { label: body, value: html! { (known.names.in_language(say.language().tag())) } });
    }
    let nationality = words::nation(&person.nationality, &reading.house.policies, say);
    list.push(Fact { label: nation, value: html! { (nationality) } });
    list.push(Fact { label: login, value: html! { code { (person.login) } } });
    list.push(Fact { label: language, value: html! { (say.t(&format!("language-{}", person.language))) } });
    let change = say.t("person-change");
    let changing = format!("/people/{}/change", person.id);
    let beneath = reading.sees_people() && !reading.sees_authorisations() && person.id != reading.person().id;
    html! {
        (facts(&list))
        @if beneath { (buttons(&[Button::plain(&change).to(&changing).key("e")])) }
    }
}

fn holdings(
    say: Voice<'_>,
    reading: &Reading,
    signed: &Signed,
    held: &[Authorisation],
    names: &Names,
) -> Markup {
    let today = reading.today();
    let heads = ["person-what", "column-valid", "column-state"].map(|key| say.t(key));
    let [what, valid, stands] = &heads;
    let column = |head, cell| Column { head, cell, sort: None };
    let columns = [column(what, Cell::Main), column(valid, Cell::Short), column(stands, Cell::Short)];
    let named: Vec<String> = held.iter().map(|a| shown::grant(say, &reading.house, &a.grant)).collect();
    let rows: Vec<Row<'_>> = held
        .iter()
        .zip(&named)
        .map(|(authorisation, name)| {
            let until = authorisation.last_day(held);
            Row {
                value: None,
                name,
                strong: authorisation.standing == Standing::Proposed,
                cells: vec![
                    html! {
                        (what_cell(say, reading, held, authorisation, name))
                        div.quiet { (by(say, reading, authorisation, names)) }
                        (answer(say, reading, signed, authorisation))
                    },
                    valid_cell(say, authorisation, held),
                    state(say, authorisation.standing, until, today),
                ],
            }
        })
        .collect();
    let (none, text, caption) =
        (say.t("person-holds-nothing"), say.t("person-no-clearance-text"), say.t("person-clearance-caption"));
    table(
        say,
        &Table {
            caption: &caption,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging::default(),
            exports: &[],
            empty: Empty { title: &none, would: &text, begin: None },
        },
    )
}

fn what_cell(
    say: Voice<'_>,
    reading: &Reading,
    held: &[Authorisation],
    held_by: &Authorisation,
    name: &str,
) -> Markup {
    match &held_by.grant {
        Grant::Clearance { clearance, authority, number, .. } => {
            let label = shown::reach(clearance);
            html! {
                (shown::label(say, &reading.house, Some(&label), say.language()))
                div.quiet { (say.t("person-authority")) (say.t("colon")) " " (authority) }
                @if let Some(number) = number {
                    div.quiet { (say.t("person-certificate-number")) (say.t("colon")) " " (number) }
                }
            }
        }
        Grant::Extension { of, authority, reason, .. } => {
            let extended = held.iter().find(|a| a.id == *of);
            html! {
                (name)
                @if let Some(extended) = extended { div.quiet { (shown::grant(say, &reading.house, &extended.grant)) } }
                div.quiet { (say.t("person-authority")) (say.t("colon")) " " (authority) }
                div.quiet { (reason) }
            }
        }
        Grant::Nationality { reason, .. } => html! { (name) div.quiet { (reason) } },
        Grant::Specimen { .. } => html! {
            (name)
            @if reading.sees_authorisations() { img.specimen src={ "/people/" (held_by.person) "/specimens/" (held_by.id) } alt=(say.t("held-specimen")); }
        },
        _ => html! { (name) },
    }
}

fn valid_cell(say: Voice<'_>, authorisation: &Authorisation, held: &[Authorisation]) -> Markup {
    match &authorisation.grant {
        Grant::Clearance { from, until, .. } => {
            let extended = authorisation.extended_until(held).filter(|later| later > until);
            html! {
                time datetime=(until) { (say.date(*until)) }
                @if let Some(later) = extended {
                    div { (say.tr("person-extended-until", &[("until", say.date(later).into())])) }
                }
                div.quiet { (say.t("person-valid-from")) " " (say.date(*from)) }
            }
        }
        Grant::Briefing { on, refresh, .. } => html! {
            @if let Some(refresh) = refresh {
                div { (say.tr("person-refresh-on", &[("day", say.date(*refresh).into())])) }
            }
            div.quiet { (say.t("person-valid-from")) " " (say.date(*on)) }
        },
        Grant::Extension { until, .. } => html! { time datetime=(until) { (say.date(*until)) } },
        Grant::Role { .. }
        | Grant::Membership { .. }
        | Grant::Nationality { .. }
        | Grant::Certificate { .. }
        | Grant::Specimen { .. } => html! {},
    }
}

/// Who proposed it, who confirmed it, and who ended it for what reason.
fn by(say: Voice<'_>, reading: &Reading, held: &Authorisation, names: &Names) -> Markup {
    let day = |at: registry::Timestamp| say.date(at.date(&reading.house.zone));
    let told = |key: &str, by: PersonId, at: registry::Timestamp| {
        let name = names.get(&by).cloned().unwrap_or_default();
        say.tr(key, &[("name", name.into()), ("when", day(at).into())])
    };
    html! {
        @match held.proposed_by {
            Some(by) => (told("person-proposed-by", by, held.proposed_at)),
            None => (say.t("person-founding")),
        }
        @if let (Some(by), Some(at)) = (held.confirmed_by, held.confirmed_at) { br; (told("person-confirmed-by", by, at)) }
        @if let Some(end) = &held.revoked {
            br; (told("person-revoked-by", end.by, end.at))
            br; (say.t("revoke-reason")) (say.t("colon")) " " (end.reason)
        }
    }
}

/// What the reader may do about an authorisation: confirm what another proposed, end what is held.
fn answer(say: Voice<'_>, reading: &Reading, signed: &Signed, held: &Authorisation) -> Markup {
    let (confirm, revoke) = (say.t("person-confirm"), say.t("person-revoke"));
    let action = format!("/proposals/{}/confirm", held.id);
    let command = reading.office().new_command().to_string();
    let end = format!("/authorisations/{}/revoke", held.id);
    // A nationality that was confirmed is replaced, not ended.
    let stands = matches!(held.grant, Grant::Nationality { .. }) && held.standing == Standing::Confirmed;
    let may_end = reading.sees_authorisations()
        && held.person != signed.open.person
        && held.standing != Standing::Revoked
        && !stands;
    let extends = matches!(held.grant, Grant::Clearance { .. }) && held.standing == Standing::Confirmed;
    let (extend, way) =
        (say.t("person-extend"), format!("/people/{}/propose?is=extension&of={}", held.person, held.id));
    html! {
        @if reading.may_confirm(held) || may_end {
            div.buttons {
                @if reading.may_confirm(held) {
                    (form(Form { action: &action, token: Some(&signed.form_token), command: Some(&command), files: false, guard: false }, &html! {
                        input type="hidden" name="proposal" value=(held.proposal);
                        (button(&Button::main(&confirm)))
                    }))
                }
                @if may_end && extends { (button(&Button::plain(&extend).to(&way))) }
                @if may_end { (button(&Button::plain(&revoke).to(&end))) }
            }
        }
    }
}

fn acts(say: Voice<'_>, reading: &Reading, signed: &Signed, person: &Person) -> Markup {
    let own = person.id == signed.open.person;
    if own {
        let account = say.t("account-title");
        return card(&say.t("person-acts"), &button(&Button::plain(&account).to("/account").key("o")));
    }
    let offers = Kind::ALL.map(|kind| (kind.as_str(), say.t(kind.title())));
    let change = say.t("person-change");
    let changing = format!("/people/{}/change", person.id);
    let code = say.t("person-new-code");
    let give = format!("/people/{}/code", person.id);
    html! {
        @if reading.sees_authorisations() {
            div.screen-only { (card(&say.t("person-acts"), &html! {
                ul.stack {
                    @if reading.sees_people() {
                        li { a href=(changing) data-action=(change) data-key="e" { (change) } }
                    }
                    @for (is, words) in &offers {
                        li { a href={ "/people/" (person.id) "/propose?is=" (is) } data-action=(words) data-key=[(*is == "clearance").then_some("c")] { (words) } }
                    }
                }
                (form(Form { action: &give, token: Some(&signed.form_token), command: None, files: false, guard: false }, &html! {
                    p.quiet { (say.t("person-new-code-text")) }
                    (button(&Button::plain(&code)))
                }))
            })) }
        }
        @if reading.sees_people() {
            div.screen-only { (card(&say.t("person-assign"), &assign(say, reading, signed, person))) }
        }
    }
}

/// A role in a registry that shows no content: one person gives it.
fn assign(say: Voice<'_>, reading: &Reading, signed: &Signed, person: &Person) -> Markup {
    let action = format!("/people/{}/role", person.id);
    let command = reading.office().new_command().to_string();
    let roles: Vec<(String, String)> = [Role::Clerk, Role::Assistant]
        .iter()
        .map(|role| (role.as_str().to_owned(), shown::role(say, *role)))
        .collect();
    let tag = say.language().tag();
    let registries: Vec<(String, String)> = reading
        .house
        .registries()
        .iter()
        .map(|r| (r.id.to_string(), r.names.in_language(tag).to_owned()))
        .collect();
    let (role, registry, give) = (say.t("person-role"), say.t("form-registry"), say.t("person-assign-go"));
    form(
        Form {
            action: &action,
            token: Some(&signed.form_token),
            command: Some(&command),
            files: false,
            guard: false,
        },
        &html! {
            p.quiet { (say.t("person-assign-text")) }
            (Field::new("role", &role).width(Width::Full).select(say, &marking_form::choices(&roles)))
            (Field::new("registry", &registry).width(Width::Full).select(say, &marking_form::choices(&registries)))
            (button(&Button::plain(&give)))
        },
    )
}

fn history(say: Voice<'_>, reading: &Reading, held: &[Authorisation], names: &Names) -> Markup {
    /// What happened to one authorisation, the latest last.
    const HAPPENED: [&str; 3] = ["person-was-proposed", "person-was-confirmed", "person-was-revoked"];
    let mut moments: Vec<(registry::Timestamp, usize, String, String)> = Vec::new();
    for one in held {
        let what = shown::grant(say, &reading.house, &one.grant);
        let name = |by: Option<PersonId>| {
            by.and_then(|by| names.get(&by).cloned()).unwrap_or_else(|| say.t("person-founding"))
        };
        moments.push((one.proposed_at, 0, what.clone(), name(one.proposed_by)));
        if let Some(at) = one.confirmed_at.filter(|_| one.confirmed_by.is_some()) {
            moments.push((at, 1, what.clone(), name(one.confirmed_by)));
        }
        if let Some(end) = &one.revoked {
            let detail = format!("{}{} {}", name(Some(end.by)), say.t("colon"), end.reason);
            moments.push((end.at, 2, what, detail));
        }
    }
    moments.sort_by_key(|(at, happened, _, _)| std::cmp::Reverse((*at, *happened)));
    moments.truncate(EVENTS);
    let whens: Vec<(String, String)> =
        moments.iter().map(|(at, ..)| (shown::moment(say, reading, *at), at.to_string())).collect();
    let events: Vec<Event<'_>> = moments
        .iter()
        .zip(&whens)
        .enumerate()
        .map(|(place, ((_, happened, what, name), (when, machine)))| Event {
            what: html! {
                (say.tr(HAPPENED.get(*happened).copied().unwrap_or_default(), &[("what", what.as_str().into())]))
            },
            when,
            datetime: Some(machine),
            detail: Some(html! { (name) }),
            now: place == 0,
        })
        .collect();
    timeline(&events)
}
