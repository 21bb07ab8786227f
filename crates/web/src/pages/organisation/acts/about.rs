//! Which act a form is for, what it is about, whether the reader may do it, and where one goes back to.

use maud::{Markup, html};
use registry::{
    PersonId,
    organisation::{Contact, DistributionList, For, Leave, Post, StandIn, Tenure, Unit},
};

use super::super::{Look, PATH, do_path, list_path, post_path, unit_path};

macro_rules! names {
    ($($name:ident $slug:literal,)*) => {
        /// The acts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Deed { $(#[doc = $slug] $name,)* }

        impl Deed {
            /// All of them.
            pub const ALL: &[Deed] = &[$(Deed::$name,)*];

            /// How it is written in addresses and keys.
            pub const fn slug(self) -> &'static str {
                match self { $(Deed::$name => $slug,)* }
            }
        }
    };
}

names! {
    EstablishUnit "establish-unit",
    ChangeUnit "change-unit",
    EstablishPost "establish-post",
    ChangePost "change-post",
    TakeUp "take-up",
    LeavePost "leave-post",
    CorrectTenure "correct-tenure",
    NameStandIn "name-stand-in",
    EndStandIn "end-stand-in",
    RecordLeave "record-leave",
    EndLeave "end-leave",
    EnterContact "enter-contact",
    ChangeContact "change-contact",
    DrawUpList "draw-up-list",
    ChangeList "change-list",
}

impl Deed {
    /// Whether something ends by it.
    pub const fn ends(self) -> bool {
        matches!(self, Deed::LeavePost | Deed::EndStandIn | Deed::EndLeave)
    }
}

/// What a form is about.
#[derive(Debug, Clone)]
pub enum About {
    Nothing,
    Unit(Unit),
    Post(Post),
    Tenure(Tenure),
    StandIn(StandIn),
    Leave(Leave),
    Person(PersonId),
    Contact(Contact),
    List(DistributionList),
}

/// An act about something, which the reader may do.
#[derive(Debug, Clone)]
pub struct Doing {
    /// Which.
    pub name: Deed,
    /// What it is about, as it was asked for.
    pub of: String,
    /// The same, found.
    pub about: About,
}

impl Doing {
    /// Of a name in an address and what it is about; none where there is no such thing, or it is not the reader's to do.
    pub fn of(look: &Look<'_>, name: &str, of: &str) -> Option<Self> {
        let name = *Deed::ALL.iter().find(|one| one.slug() == name)?;
        let about = found(look, name, of)?;
        let may = match (&about, name) {
            (About::Person(person), Deed::RecordLeave) => look.may_for(*person),
            (About::Person(person), _) => look.may_name(For::Person { person: *person }),
            (About::Post(post), Deed::NameStandIn) => look.may_name(For::Post { post: post.id }),
            (About::StandIn(one), _) => look.may_name(one.of),
            (About::Leave(leave), _) => look.may_for(leave.person),
            _ => look.organises,
        };
        may.then(|| Self { name, of: of.to_owned(), about })
    }

    /// One's own leave.
    pub fn own_leave(look: &Look<'_>) -> Self {
        Self { name: Deed::RecordLeave, of: look.me.to_string(), about: About::Person(look.me) }
    }

    /// Where its form is.
    pub fn address(&self) -> String {
        do_path(self.name.slug(), &self.of)
    }

    /// Where its form is sent.
    pub fn action(&self) -> String {
        format!("{PATH}/do/{}", self.name.slug())
    }

    /// What it is about, in words.
    pub fn called(&self, look: &Look<'_>) -> Option<Markup> {
        let span = |from, until| look.span(from, until);
        Some(match &self.about {
            About::Nothing => return None,
            About::Unit(unit) => look.unit(unit),
            About::Post(post) => look.post_by(post.id),
            About::Tenure(tenure) => html! {
                (look.post_by(tenure.post)) " · " (look.person(tenure.person)) " · "
                (span(tenure.days.from, tenure.days.until))
            },
            About::StandIn(one) => html! {
                (look.of_what(one.of)) " · " (look.person(one.by)) " · " (span(one.from, Some(one.until)))
            },
            About::Leave(leave) => html! {
                (look.person(leave.person)) " · " (span(leave.from, Some(leave.until)))
            },
            About::Person(person) => look.person(*person),
            About::Contact(contact) => html! { (contact.name) ", " (contact.organisation) },
            About::List(list) => html! { (list.code) " " (look.words(&list.names)) },
        })
    }

    /// Where one goes back to.
    pub fn back(&self, look: &Look<'_>) -> String {
        let of_post = |id| look.organisation.post(id).map(|post| post_path(&post.code));
        let of_person = |person: PersonId| {
            if person == look.me { "/leave".to_owned() } else { format!("{PATH}/people/{person}") }
        };
        match (&self.about, self.name) {
            (About::Unit(unit), _) => unit_path(&unit.code),
            (About::Post(post), _) => post_path(&post.code),
            (About::Tenure(tenure), _) => of_post(tenure.post).unwrap_or_else(|| PATH.to_owned()),
            (About::StandIn(StandIn { of: For::Post { post }, .. }), _) => {
                of_post(*post).unwrap_or_else(|| PATH.to_owned())
            }
            (About::StandIn(StandIn { of: For::Person { person }, .. }), _) | (About::Person(person), _) => {
                of_person(*person)
            }
            (About::Leave(leave), _) => of_person(leave.person),
            (About::Contact(contact), _) => format!("/contacts/{}", contact.id),
            (About::List(list), _) => list_path(&list.code),
            (About::Nothing, Deed::EnterContact) => "/contacts".to_owned(),
            (About::Nothing, Deed::DrawUpList) => "/lists".to_owned(),
            (About::Nothing, _) => PATH.to_owned(),
        }
    }
}

/// What an act is about; for some of them nothing is said yet.
fn found(look: &Look<'_>, name: Deed, of: &str) -> Option<About> {
    let all = &look.organisation;
    Some(match name {
        Deed::EnterContact | Deed::DrawUpList => About::Nothing,
        Deed::EstablishUnit | Deed::EstablishPost if of.is_empty() => About::Nothing,
        Deed::EstablishUnit | Deed::EstablishPost | Deed::ChangeUnit => {
            About::Unit(all.unit_by_code(of)?.clone())
        }
        Deed::ChangePost | Deed::TakeUp => About::Post(all.post_by_code(of)?.clone()),
        Deed::LeavePost | Deed::CorrectTenure => About::Tenure(*all.tenure(of.parse().ok()?)?),
        Deed::NameStandIn => match of.parse::<PersonId>() {
            Ok(person) => About::Person(look.names.contains_key(&person).then_some(person)?),
            Err(_) => About::Post(all.post_by_code(of)?.clone()),
        },
        Deed::EndStandIn => About::StandIn(*all.stand_in(of.parse().ok()?)?),
        Deed::RecordLeave => About::Person(of.parse().ok().filter(|person| look.names.contains_key(person))?),
        Deed::EndLeave => About::Leave(*all.leave(of.parse().ok()?)?),
        Deed::ChangeContact => About::Contact(all.contact(of.parse().ok()?)?.clone()),
        Deed::ChangeList => About::List(all.list_by_code(of)?.clone()),
    })
}
