//! The fields of each form, and what stands in them when it is opened.

use jiff::civil::Date;
use office::{Failure, Reading};
use registry::{
    house::Names,
    organisation::{Contact, UnitKind, contact::ContactKind},
};

use super::{
    super::Look,
    about::{About, Deed, Doing},
    lines::{self, Offered},
    slug,
};
use crate::{look::Width, pages::visit::Sent};

/// Every kind of unit, in the order in which they are offered.
pub const KINDS: [UnitKind; 9] = [
    UnitKind::Headquarters,
    UnitKind::Directorate,
    UnitKind::Division,
    UnitKind::Branch,
    UnitKind::Section,
    UnitKind::Office,
    UnitKind::Cell,
    UnitKind::CommitteeStaff,
    UnitKind::Delegation,
];

/// What a field takes.
pub enum Input {
    /// A line.
    Line(Width),
    /// Several lines.
    Long(u8),
    /// A day.
    Day,
    /// One of several.
    Select(Vec<(String, String)>),
    /// Yes or no, in the words of a key.
    Check(&'static str),
    /// Somebody of the house; names that are proposed.
    Person(Vec<String>),
    /// The lines of a distribution list.
    Lines(Offered),
}

/// A field.
pub struct Spec {
    /// As it is sent.
    pub name: &'static str,
    /// The key of its label.
    pub label: &'static str,
    /// What it takes.
    pub input: Input,
    /// Whether it may stay empty.
    pub optional: bool,
    /// The key of its hint.
    pub hint: Option<&'static str>,
}

const fn must(name: &'static str, label: &'static str, input: Input) -> Spec {
    Spec { name, label, input, optional: false, hint: None }
}

fn may(name: &'static str, label: &'static str, input: Input) -> Spec {
    Spec { optional: true, ..must(name, label, input) }
}

impl Spec {
    const fn hinted(mut self, key: &'static str) -> Self {
        self.hint = Some(key);
        self
    }
}

fn reason() -> Spec {
    must("reason", "org-reason", Input::Long(2))
}

fn code() -> Spec {
    must("code", "org-code", Input::Line(Width::Short)).hinted("org-code-hint")
}

fn none() -> Input {
    Input::Select(Vec::new())
}

fn somebody() -> Input {
    Input::Person(Vec::new())
}

fn of_unit() -> Vec<Spec> {
    vec![
        must("names.en", "org-name-en", Input::Line(Width::Full)),
        must("names.fr", "org-name-fr", Input::Line(Width::Full)),
        must("is", "org-kind", none()),
        may("parent", "org-parent", none()),
        may("registry", "org-registry", none()).hinted("org-registry-hint"),
        must("begins", "org-begins", Input::Day),
        may("ends", "org-ends", Input::Day).hinted("org-ends-hint"),
    ]
}

fn of_post() -> Vec<Spec> {
    vec![
        must("titles.en", "org-title-en", Input::Line(Width::Full)),
        must("titles.fr", "org-title-fr", Input::Line(Width::Full)),
        must("unit", "org-unit", none()),
        may("head", "org-heads", Input::Check("org-heads-yes")),
        must("begins", "org-begins", Input::Day),
        may("ends", "org-ends", Input::Day).hinted("org-ends-hint"),
    ]
}

fn of_contact() -> Vec<Spec> {
    vec![
        must("is", "org-contact-is", none()),
        must("name", "org-contact-name", Input::Line(Width::Full)).hinted("org-contact-name-hint"),
        must("organisation", "org-contact-organisation", Input::Line(Width::Full)),
        may("nation", "org-contact-nation", Input::Line(Width::Short)).hinted("org-contact-nation-hint"),
        may("post", "org-contact-post", Input::Line(Width::Full)),
        may("address", "org-contact-address", Input::Long(3)),
        may("mail", "org-contact-mail", Input::Line(Width::Medium)),
        may("telephone", "org-contact-telephone", Input::Line(Width::Medium)),
        may("languages", "org-contact-languages", Input::Line(Width::Short))
            .hinted("org-contact-languages-hint"),
        may("notes", "org-contact-notes", Input::Long(3)),
        may("ends", "org-contact-ends", Input::Day),
    ]
}

fn of_list() -> Vec<Spec> {
    vec![
        must("names.en", "org-name-en", Input::Line(Width::Full)),
        must("names.fr", "org-name-fr", Input::Line(Width::Full)),
        must("owner", "org-owner", none()),
        must("lines", "org-lines", Input::Lines(Offered::default())),
        may("ends", "org-list-ends", Input::Day),
    ]
}

fn behind(first: Spec, mut rest: Vec<Spec>) -> Vec<Spec> {
    rest.insert(0, first);
    rest
}

fn before(mut all: Vec<Spec>, last: Spec) -> Vec<Spec> {
    all.push(last);
    all
}

impl Doing {
    /// The fields of the form, in their order; nothing is offered in them yet.
    pub fn fields(&self) -> Vec<Spec> {
        let from = || must("from", "org-first", Input::Day);
        let until = || must("until", "org-last", Input::Day);
        match self.name {
            Deed::EstablishUnit => behind(code(), of_unit()),
            Deed::ChangeUnit => before(of_unit(), reason()),
            Deed::EstablishPost => behind(code(), of_post()),
            Deed::ChangePost => before(of_post(), reason()),
            Deed::TakeUp => vec![
                must("person", "org-person", somebody()).hinted("org-person-hint"),
                must("from", "org-first", Input::Day),
                may("until", "org-last", Input::Day).hinted("org-last-hint"),
            ],
            Deed::LeavePost => vec![until(), reason()],
            Deed::CorrectTenure => vec![
                may("never", "org-never", Input::Check("org-never-yes")),
                must("from", "org-first", Input::Day),
                may("until", "org-last", Input::Day).hinted("org-last-hint"),
                reason(),
            ],
            Deed::NameStandIn => {
                vec![must("by", "org-by", somebody()).hinted("org-person-hint"), from(), until()]
            }
            Deed::EndStandIn => {
                vec![may("until", "org-last", Input::Day).hinted("org-end-stand-in-hint"), reason()]
            }
            Deed::RecordLeave => {
                vec![from(), until(), may("by", "org-by", somebody()).hinted("org-leave-by-hint")]
            }
            Deed::EndLeave => {
                vec![may("until", "org-last", Input::Day).hinted("org-end-leave-hint"), reason()]
            }
            Deed::EnterContact => of_contact(),
            Deed::ChangeContact => before(of_contact(), reason()),
            Deed::DrawUpList => behind(code(), of_list()),
            Deed::ChangeList => before(of_list(), reason()),
        }
    }

    /// The fields with what can be chosen in them.
    pub async fn form(&self, look: &Look<'_>, reading: &mut Reading) -> Result<Vec<Spec>, Failure> {
        let mut all = self.fields();
        for spec in &mut all {
            match (&mut spec.input, spec.name) {
                (Input::Person(names), _) => {
                    let offered = reading.offered(look.today).await?;
                    *names = offered.into_iter().map(|one| one.name).collect();
                }
                (Input::Select(choices), name) => *choices = self.choices(look, reading, name),
                (Input::Lines(offered), _) => *offered = Offered::of(look, reading).await?,
                _ => {}
            }
        }
        Ok(all)
    }

    fn choices(&self, look: &Look<'_>, reading: &Reading, name: &str) -> Vec<(String, String)> {
        let say = look.say;
        match (name, self.name) {
            ("is", Deed::EnterContact | Deed::ChangeContact) => [ContactKind::Person, ContactKind::Office]
                .iter()
                .map(|kind| (slug(kind), say.t(&format!("org-contact-{}", slug(kind)))))
                .collect(),
            ("is", _) => {
                KINDS.iter().map(|kind| (slug(kind), say.t(&format!("org-kind-{}", slug(kind))))).collect()
            }
            ("registry", _) => {
                let tag = say.language().tag();
                let all = reading.house.registries().into_iter();
                all.map(|r| (r.code.clone(), r.names.in_language(tag).to_owned())).collect()
            }
            _ => {
                let own = match &self.about {
                    About::Unit(unit) if self.name == Deed::ChangeUnit => Some(unit.id),
                    _ => None,
                };
                let living = |unit: &&registry::organisation::Unit| {
                    Some(unit.id) != own && unit.days.until.is_none_or(|until| until >= look.today)
                };
                let units = look.organisation.units().into_iter().filter(living);
                units
                    .map(|unit| (unit.code.clone(), format!("{} {}", unit.code, look.words(&unit.names))))
                    .collect()
            }
        }
    }

    /// What stands in the form when it is opened.
    pub fn filled(&self, look: &Look<'_>) -> Sent {
        let mut sent = Sent::default();
        let day = |day: Date| look.say.date(day);
        let maybe = |at: Option<Date>| at.map(day).unwrap_or_default();
        let code = |id| look.organisation.unit(id).map(|unit| unit.code.clone()).unwrap_or_default();
        match (&self.about, self.name) {
            (About::Unit(unit), Deed::ChangeUnit) => {
                names(&mut sent, ["names.en", "names.fr"], &unit.names);
                sent.push("is", slug(&unit.is));
                sent.push("parent", unit.parent.map(code).unwrap_or_default());
                let registry = unit.registry.and_then(|id| look.registries.get(&id).cloned());
                sent.push("registry", registry.unwrap_or_default());
                sent.push("begins", day(unit.days.from));
                sent.push("ends", maybe(unit.days.until));
            }
            (About::Post(post), Deed::ChangePost) => {
                names(&mut sent, ["titles.en", "titles.fr"], &post.titles);
                sent.push("unit", code(post.unit));
                sent.push("head", if post.head { "yes" } else { "" });
                sent.push("begins", day(post.days.from));
                sent.push("ends", maybe(post.days.until));
            }
            (About::Unit(unit), _) => {
                sent.push("parent", unit.code.clone());
                sent.push("unit", unit.code.clone());
                sent.push("begins", day(look.today.max(unit.days.from)));
            }
            (About::Tenure(tenure), Deed::CorrectTenure) => {
                sent.push("from", day(tenure.days.from));
                sent.push("until", maybe(tenure.days.until));
            }
            (About::StandIn(one), _) if one.from <= look.today => sent.push("until", day(look.today)),
            (About::Leave(one), _) if one.from <= look.today => sent.push("until", day(look.today)),
            (About::Post(_), Deed::TakeUp) => sent.push("from", day(look.today)),
            (About::Post(_) | About::Person(_), Deed::NameStandIn) => sent.push("from", day(look.today)),
            (About::Contact(contact), _) => filled_contact(&mut sent, contact, maybe(contact.ends)),
            (About::List(list), _) => {
                names(&mut sent, ["names.en", "names.fr"], &list.names);
                sent.push("owner", code(list.owner));
                sent.push("ends", maybe(list.ends));
                lines::fill(look, list, &mut sent);
            }
            (About::Nothing, Deed::EstablishUnit | Deed::EstablishPost) => {
                sent.push("begins", day(look.today));
            }
            _ => {}
        }
        sent
    }
}

fn names(sent: &mut Sent, [en, fr]: [&str; 2], names: &Names) {
    sent.push(en, names.en.clone());
    sent.push(fr, names.fr.clone());
}

fn filled_contact(sent: &mut Sent, contact: &Contact, ends: String) {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    sent.push("is", slug(&contact.is));
    sent.push("name", contact.name.clone());
    sent.push("organisation", contact.organisation.clone());
    sent.push("nation", text(&contact.nation));
    sent.push("post", text(&contact.post));
    sent.push("address", text(&contact.address));
    sent.push("mail", text(&contact.mail));
    sent.push("telephone", text(&contact.telephone));
    sent.push("languages", contact.languages.join(", "));
    sent.push("notes", text(&contact.notes));
    sent.push("ends", ends);
}
