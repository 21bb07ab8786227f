//! What was typed into a form, as the act that is asked for. What cannot be read stands beside its field.

use jiff::civil::Date;
use office::{Failure, Reading, texts::Texts};
use registry::{
    Code, PersonId, Refusal,
    house::Names,
    id::{RegistryId, UnitId},
    organisation::{
        Act, For,
        act::Corrected,
        contact::{ContactKind, ContactTerms},
        lists::ListTerms,
        post::PostTerms,
        unit::UnitTerms,
    },
};

use super::{
    super::Look,
    about::{About, Deed, Doing},
    fields::KINDS,
    lines, slug,
};
use crate::pages::{
    custody::common::typed_day,
    visit::{Sent, Wrong},
};

/// A form that is read.
struct Typed<'a, 'l> {
    look: &'a Look<'l>,
    texts: &'a Texts,
    sent: &'a Sent,
    wrong: &'a mut Wrong,
}

impl Typed<'_, '_> {
    fn text(&self, name: &str) -> String {
        self.sent.get(name).to_owned()
    }

    /// A day that may be missing.
    fn maybe(&mut self, name: &'static str) -> Option<Date> {
        match typed_day(self.texts, name, self.sent.get(name)) {
            Ok(day) => day,
            Err(refusal) => {
                self.wrong.on(self.look.say, name, &refusal);
                None
            }
        }
    }

    /// A day that must be there.
    fn day(&mut self, name: &'static str) -> Option<Date> {
        if self.sent.get(name).trim().is_empty() {
            self.wrong.add(self.look.say, name, Code::Required);
        }
        self.maybe(name)
    }

    fn names(&mut self, en: &'static str, fr: &'static str) -> Names {
        for name in [en, fr] {
            if self.sent.get(name).trim().is_empty() {
                self.wrong.add(self.look.say, name, Code::Required);
            }
        }
        Names { en: self.text(en), fr: self.text(fr) }
    }

    fn unit(&mut self, name: &'static str) -> Option<UnitId> {
        let code = self.sent.get(name).trim();
        if code.is_empty() {
            return None;
        }
        let found = self.look.organisation.unit_by_code(code).map(|unit| unit.id);
        if found.is_none() {
            self.wrong.on(self.look.say, name, &Refusal::on(name, Code::NotOffered).with("value", code));
        }
        found
    }

    fn must_unit(&mut self, name: &'static str) -> Option<UnitId> {
        if self.sent.get(name).trim().is_empty() {
            self.wrong.add(self.look.say, name, Code::Required);
        }
        self.unit(name)
    }

    fn registry(&mut self) -> Option<RegistryId> {
        let typed = self.sent.get("registry").trim();
        let found = self.look.registries.iter().find(|(_, code)| *code == typed).map(|(id, _)| *id);
        if found.is_none() && !typed.is_empty() {
            self.wrong.add(self.look.say, "registry", Code::RegistryUnknown);
        }
        found
    }

    fn unit_terms(&mut self) -> Option<UnitTerms> {
        let names = self.names("names.en", "names.fr");
        let is = KINDS.into_iter().find(|kind| slug(kind) == self.sent.get("is"));
        if is.is_none() {
            self.wrong.add(self.look.say, "is", Code::Required);
        }
        let (parent, registry) = (self.unit("parent"), self.registry());
        let (begins, ends) = (self.day("begins"), self.maybe("ends"));
        Some(UnitTerms { names, is: is?, parent, registry, begins: begins?, ends })
    }

    fn post_terms(&mut self) -> Option<PostTerms> {
        let titles = self.names("titles.en", "titles.fr");
        let (unit, head) = (self.must_unit("unit"), !self.sent.get("head").is_empty());
        let (begins, ends) = (self.day("begins"), self.maybe("ends"));
        Some(PostTerms { titles, unit: unit?, head, begins: begins?, ends })
    }

    fn contact_terms(&mut self, about: &About) -> Option<Box<ContactTerms>> {
        let kinds = [ContactKind::Person, ContactKind::Office];
        let is = kinds.into_iter().find(|kind| slug(kind) == self.sent.get("is"));
        if is.is_none() {
            self.wrong.add(self.look.say, "is", Code::Required);
        }
        let languages = self.sent.get("languages").split([',', ';', ' ']).map(str::trim);
        let languages = languages.filter(|one| !one.is_empty()).map(str::to_owned).collect();
        let officer_of = match about {
            About::Contact(contact) => contact.officer_of,
            _ => None,
        };
        let ends = self.maybe("ends");
        Some(Box::new(ContactTerms {
            is: is?,
            name: self.text("name"),
            organisation: self.text("organisation"),
            nation: self.text("nation"),
            post: self.text("post"),
            address: self.text("address"),
            mail: self.text("mail"),
            telephone: self.text("telephone"),
            languages,
            notes: self.text("notes"),
            officer_of,
            ends,
        }))
    }

    async fn list_terms(&mut self, reading: &mut Reading) -> Result<Option<ListTerms>, Failure> {
        let names = self.names("names.en", "names.fr");
        let (owner, ends) = (self.must_unit("owner"), self.maybe("ends"));
        let lines = lines::read(self.look, reading, self.sent, self.wrong).await?;
        Ok(owner.map(|owner| ListTerms { names, owner, lines, ends }))
    }

    async fn person(
        &mut self,
        reading: &mut Reading,
        name: &'static str,
    ) -> Result<Option<PersonId>, Failure> {
        match reading.colleague(name, self.sent.get(name)).await {
            Ok(person) => Ok(Some(person)),
            Err(Failure::Refused(refusal)) => {
                self.wrong.on(self.look.say, name, &refusal);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }
}

impl Doing {
    /// The act that the form asks for; none where something is wrong with it.
    pub async fn read(
        &self,
        look: &Look<'_>,
        texts: &Texts,
        reading: &mut Reading,
        sent: &Sent,
        wrong: &mut Wrong,
    ) -> Result<Option<Act>, Failure> {
        let mut typed = Typed { look, texts, sent, wrong };
        Ok(match self.name {
            Deed::TakeUp | Deed::NameStandIn | Deed::RecordLeave => {
                self.of_people(&mut typed, reading).await?
            }
            Deed::DrawUpList => {
                let code = typed.text("code");
                typed.list_terms(reading).await?.map(|terms| Act::DrawUpList { code, terms })
            }
            Deed::ChangeList => {
                let reason = typed.text("reason");
                let terms = typed.list_terms(reading).await?;
                match (&self.about, terms) {
                    (About::List(list), Some(terms)) => {
                        Some(Act::ChangeList { list: list.id, terms, reason })
                    }
                    _ => None,
                }
            }
            _ => self.plain(&mut typed),
        })
    }

    /// Acts for which somebody is named.
    async fn of_people(
        &self,
        typed: &mut Typed<'_, '_>,
        reading: &mut Reading,
    ) -> Result<Option<Act>, Failure> {
        let from = typed.day("from");
        Ok(match (&self.about, self.name) {
            (About::Post(post), Deed::TakeUp) => {
                let (person, until) = (typed.person(reading, "person").await?, typed.maybe("until"));
                person.zip(from).map(|(person, from)| Act::TakeUp { post: post.id, person, from, until })
            }
            (About::Person(person), Deed::RecordLeave) => {
                let until = typed.day("until");
                let named = !typed.sent.get("by").trim().is_empty();
                let by = if named { typed.person(reading, "by").await? } else { None };
                from.zip(until).map(|(from, until)| Act::RecordLeave { person: *person, from, until, by })
            }
            (about, _) => {
                let (by, until) = (typed.person(reading, "by").await?, typed.day("until"));
                let of = match about {
                    About::Post(post) => For::Post { post: post.id },
                    About::Person(person) => For::Person { person: *person },
                    _ => return Ok(None),
                };
                match (by, from, until) {
                    (Some(by), Some(from), Some(until)) => Some(Act::NameStandIn { of, by, from, until }),
                    _ => None,
                }
            }
        })
    }

    /// Acts for which nobody is looked up.
    fn plain(&self, typed: &mut Typed<'_, '_>) -> Option<Act> {
        let (code, reason) = (typed.text("code"), typed.text("reason"));
        Some(match (&self.about, self.name) {
            (_, Deed::EstablishUnit) => Act::EstablishUnit { code, terms: typed.unit_terms()? },
            (About::Unit(unit), Deed::ChangeUnit) => {
                Act::ChangeUnit { unit: unit.id, terms: typed.unit_terms()?, reason }
            }
            (_, Deed::EstablishPost) => Act::EstablishPost { code, terms: typed.post_terms()? },
            (About::Post(post), Deed::ChangePost) => {
                Act::ChangePost { post: post.id, terms: typed.post_terms()?, reason }
            }
            (About::Tenure(tenure), Deed::LeavePost) => {
                Act::LeavePost { tenure: tenure.id, until: typed.day("until")?, reason }
            }
            (About::Tenure(tenure), _) => {
                let days = if typed.sent.get("never").is_empty() {
                    let (from, until) = (typed.day("from"), typed.maybe("until"));
                    Some(Corrected { from: from?, until })
                } else {
                    None
                };
                Act::CorrectTenure { tenure: tenure.id, days, reason }
            }
            (About::StandIn(one), _) => {
                Act::EndStandIn { stand_in: one.id, until: typed.maybe("until"), reason }
            }
            (About::Leave(one), _) => Act::EndLeave { leave: one.id, until: typed.maybe("until"), reason },
            (about, Deed::EnterContact) => Act::EnterContact { terms: typed.contact_terms(about)? },
            (About::Contact(contact), _) => {
                let terms = typed.contact_terms(&self.about)?;
                Act::ChangeContact { contact: contact.id, terms, reason }
            }
            _ => return None,
        })
    }
}
