//! The organisation of the house: the tree of units, posts and who acts for them, people, leave, contacts outside and
//! distribution lists. What all of its pages have in common: the day that is looked at, links, and the tabs above them.

mod acts;
mod contacts;
mod leave;
mod lists;
mod person;
mod post;
mod rows;
mod tree;
mod unit;

use std::{collections::HashMap, sync::Arc};

use jiff::civil::Date;
use maud::{Markup, html};
use office::{
    Failure, Reading,
    organisation::PostRow,
    texts::{Texts, Voice},
};
use registry::{
    PersonId,
    house::Names,
    id::{PostId, RegistryId},
    organisation::{Because, For, Organisation, Post, StandIn, Thing, Unit},
};
use serde::Deserialize;

use crate::{
    frame,
    look::{Event, Field, Tab, Tone, Width, card, chip, tabs, timeline},
    pages::{custody::common::typed_day, shown},
};

pub use acts::{act, form_page};
pub use contacts::{contact, contacts, contacts_values, contacts_workbook};
pub use leave::{leave, record};
pub use lists::{list, lists, lists_values, lists_workbook};
pub use person::person;
pub use post::post;
pub use tree::{posts_values, posts_workbook, tree};
pub use unit::unit;

/// Where the tree is.
pub const PATH: &str = "/organisation";

/// What is asked of a page of one thing.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// The day that is looked at.
    pub day: String,
    /// What was just done.
    pub done: String,
}

/// A page that has a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Tree,
    Contacts,
    Lists,
    Leave,
}

impl Part {
    const ALL: [Part; 4] = [Part::Tree, Part::Contacts, Part::Lists, Part::Leave];

    const fn path(self) -> &'static str {
        match self {
            Part::Tree => PATH,
            Part::Contacts => "/contacts",
            Part::Lists => "/lists",
            Part::Leave => "/leave",
        }
    }

    fn label(self, say: Voice<'_>) -> String {
        match self {
            Part::Tree => say.t("org-part-tree"),
            Part::Contacts => say.t("org-part-contacts"),
            Part::Lists => say.t("org-part-lists"),
            Part::Leave => say.t("org-part-leave"),
        }
    }
}

/// The tabs above each page.
fn ways(say: Voice<'_>, part: Part) -> Markup {
    let labels = Part::ALL.map(|one| (one.label(say), one));
    let list: Vec<Tab<'_>> = labels
        .iter()
        .map(|(label, one)| Tab { label, href: one.path(), count: None, current: *one == part })
        .collect();
    tabs(say, &say.t("rail-organisation"), &list)
}

/// The organisation on a day, as the pages of one reader show it.
struct Look<'a> {
    say: Voice<'a>,
    organisation: Arc<Organisation>,
    names: HashMap<PersonId, String>,
    /// The codes of the registries of the house.
    registries: HashMap<RegistryId, String>,
    day: Date,
    today: Date,
    me: PersonId,
    organises: bool,
    /// What was typed for a day and is none.
    wrong: Option<String>,
}

impl<'a> Look<'a> {
    /// Of the day that is asked for; of today where none is, or what is typed is no day.
    async fn of(
        say: Voice<'a>,
        texts: &Texts,
        reading: &mut Reading,
        typed: &str,
    ) -> Result<Look<'a>, Failure> {
        let today = reading.today();
        let (day, wrong) = match typed_day(texts, "day", typed) {
            Ok(day) => (day.unwrap_or(today), None),
            Err(refusal) => (today, Some(crate::pages::visit::told(say, &refusal))),
        };
        Ok(Look {
            say,
            organisation: reading.organisation().await?,
            names: reading.names().await?,
            registries: reading.house.registries().iter().map(|r| (r.id, r.code.clone())).collect(),
            day,
            today,
            me: reading.person().id,
            organises: reading.organises(),
            wrong,
        })
    }

    fn name(&self, person: PersonId) -> &str {
        self.names.get(&person).map(String::as_str).unwrap_or_default()
    }

    fn words<'n>(&self, names: &'n Names) -> &'n str {
        names.in_language(self.say.language().tag())
    }

    /// An address of the day that is looked at.
    fn at(&self, path: &str) -> String {
        if self.day == self.today { path.to_owned() } else { format!("{path}?day={}", self.day) }
    }

    fn person(&self, person: PersonId) -> Markup {
        html! { a href=(self.at(&format!("{PATH}/people/{person}"))) { (self.name(person)) } }
    }

    fn unit(&self, unit: &Unit) -> Markup {
        html! { a href=(self.at(&unit_path(&unit.code))) { (unit.code) } " " (self.words(&unit.names)) }
    }

    fn post(&self, post: &Post) -> Markup {
        html! { a.lead href=(self.at(&post_path(&post.code))) { (self.words(&post.titles)) } div.quiet { (post.code) } }
    }

    fn post_by(&self, id: PostId) -> Markup {
        html! {
            @if let Some(post) = self.organisation.post(id) {
                a href=(self.at(&post_path(&post.code))) { (self.words(&post.titles)) } " (" (post.code) ")"
            }
        }
    }

    /// What a stand-in is for.
    fn of_what(&self, of: For) -> Markup {
        match of {
            For::Post { post } => self.post_by(post),
            For::Person { person } => self.person(person),
        }
    }

    /// From when until when, in words.
    fn span(&self, from: Date, until: Option<Date>) -> String {
        let from = self.say.date(from);
        match until {
            Some(until) => {
                let until = self.say.date(until);
                self.say.tr("org-from-until", &[("from", from.into()), ("until", until.into())])
            }
            None => self.say.tr("org-from", &[("from", from.into())]),
        }
    }

    /// Who acts for a post and why, in a cell: the holder himself, another, or nobody.
    fn acts_for(&self, row: &PostRow) -> Markup {
        let say = self.say;
        html! {
            @match (&row.acting, row.because) {
                (None, _) => (chip(Tone::Late, &say.t("org-nobody-acts"))),
                (Some(_), None) => span.quiet { (say.t("org-acts-himself")) },
                (Some(acting), Some(because)) => {
                    (self.person(acting.person)) div.quiet { (why(say, because)) }
                },
            }
        }
    }

    fn holds(&self, row: &PostRow) -> Markup {
        html! {
            @match &row.holder {
                Some(holder) => {
                    (self.person(holder.person))
                    @if let Some(until) = row.held_until {
                        div.quiet { (self.say.tr("org-until", &[("until", self.say.date(until).into())])) }
                    }
                },
                None => (chip(Tone::Soon, &self.say.t("org-vacant"))),
            }
        }
    }

    /// Whether the reader records the leave of a person and names who stands in for him.
    fn may_for(&self, person: PersonId) -> bool {
        self.organises || self.organisation.answers_for(self.me, person, self.today)
    }

    /// Whether the reader names who stands in for a post.
    fn may_name(&self, of: For) -> bool {
        match of {
            For::Person { person } => self.may_for(person),
            For::Post { post } => {
                self.organises || self.organisation.answers_for_post(self.me, post, self.today)
            }
        }
    }

    /// The stand-ins in a list, each with the way to end it for who may.
    fn stand_ins(&self, all: &[&StandIn], whom: bool) -> Markup {
        let say = self.say;
        html! {
            ul.stack.running {
                @for one in all {
                    li {
                        @if whom { (self.of_what(one.of)) } @else {
                            (self.person(one.by))
                            @if let For::Person { person } = one.of {
                                " " span.quiet { (say.tr("org-for-person", &[("name", self.name(person).into())])) }
                            }
                        }
                        " · " (self.span(one.from, Some(one.until)))
                        @if self.may_name(one.of) && one.until > self.today {
                            " · " a href=(do_path("end-stand-in", &one.id.to_string())) { (say.t("org-do-end-stand-in")) }
                        }
                    }
                }
            }
        }
    }

    /// The form that chooses the day.
    fn day_form(&self, path: &str) -> Markup {
        let say = self.say;
        let [label, go] = ["org-day", "org-day-go"].map(|key| say.t(key));
        let typed = if self.day == self.today { String::new() } else { say.date(self.day) };
        let hint = say.t("org-day-hint");
        let field = Field::new("day", &label).value(&typed).hint(&hint).optional();
        html! {
            form.with-button method="get" action=(path) {
                (field.error(self.wrong.as_deref()).width(Width::Medium).text(say))
                button.button type="submit" { (go) }
                @if self.day != self.today { a href=(path) { (say.t("org-today")) } }
            }
        }
    }

    /// What became of something, the newest first: for administrators.
    async fn history(&self, reading: &mut Reading, of: Thing) -> Result<Markup, Failure> {
        if !self.organises {
            return Ok(html! {});
        }
        let past = reading.organisation_history(of).await?;
        let when: Vec<(String, String)> =
            past.iter().map(|one| (shown::moment(self.say, reading, one.at), one.at.to_string())).collect();
        let events: Vec<Event<'_>> = past
            .iter()
            .zip(&when)
            .rev()
            .map(|(one, (words, at))| Event {
                what: html! { (self.say.t(happened(&one.fact).0)) },
                when: words,
                datetime: Some(at),
                detail: Some(html! {
                    (self.name(one.by))
                    @if let Some(reason) = happened(&one.fact).1 { ": " (reason) }
                }),
                now: false,
            })
            .collect();
        Ok(card(&self.say.t("org-history"), &timeline(&events)))
    }
}

/// What happened, as the key that says it, and why.
fn happened(fact: &registry::Fact) -> (&'static str, Option<&str>) {
    use registry::Fact;
    match fact {
        Fact::UnitChanged { reason, .. }
        | Fact::PostChanged { reason, .. }
        | Fact::ContactChanged { reason, .. }
        | Fact::ListChanged { reason, .. } => ("org-changed", Some(reason)),
        _ => ("org-begun", None),
    }
}

fn why(say: Voice<'_>, because: Because) -> String {
    match because {
        Because::Leave => say.t("org-because-leave"),
        Because::Vacant => say.t("org-because-vacant"),
    }
}

fn unit_path(code: &str) -> String {
    format!("{PATH}/units/{}", frame::escaped(code))
}

fn post_path(code: &str) -> String {
    format!("{PATH}/posts/{}", frame::escaped(code))
}

fn list_path(code: &str) -> String {
    format!("/lists/{}", frame::escaped(code))
}

/// Where the form of an act is, about something.
fn do_path(act: &str, of: &str) -> String {
    if of.is_empty() {
        return format!("{PATH}/do/{act}");
    }
    format!("{PATH}/do/{act}?of={}", frame::escaped(of))
}

/// Names that are proposed while one types.
fn proposed(id: &str, values: impl IntoIterator<Item = (String, String)>) -> Markup {
    html! {
        datalist id=(id) {
            @for (value, label) in values {
                option value=(value) { @if label != value { (label) } }
            }
        }
    }
}
