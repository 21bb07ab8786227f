//! Which rule decides which act of the organisation, and what they have in common: who may, who is of the house, how a code
//! and a reason are written.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Act, Organisation};
use crate::{
    authorisation::{REASON, Role},
    command::{Caller, Context},
    fact::Fact,
    house::Names,
    id::PersonId,
    line::{NAME, required},
    person::Person,
    refusal::{Code, Refusal},
};

/// What the tables must tell before an act can be decided.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Needs {
    /// The organisation as it is.
    pub organisation: Organisation,
    /// Everyone of the house.
    pub people: BTreeMap<PersonId, Person>,
    /// Whether the correspondent that the act names is in the book of the registry that it names.
    pub correspondent: bool,
}

/// Decides an act. Administrators of the house organise it; leave and a stand-in are named by the person himself, the head
/// of his unit, or an administrator.
pub fn decide(
    caller: &Caller,
    context: &Context<'_>,
    act: &Act,
    needs: &Needs,
) -> Result<Vec<Fact>, Refusal> {
    let desk = Desk { caller, context, needs };
    match act {
        Act::EstablishUnit { code, terms } => desk.establish_unit(code, terms),
        Act::ChangeUnit { unit, terms, reason } => desk.change_unit(*unit, terms, reason),
        Act::EstablishPost { code, terms } => desk.establish_post(code, terms),
        Act::ChangePost { post, terms, reason } => desk.change_post(*post, terms, reason),
        Act::TakeUp { post, person, from, until } => desk.take_up(*post, *person, *from, *until),
        Act::LeavePost { tenure, until, reason } => desk.leave_post(*tenure, *until, reason),
        Act::CorrectTenure { tenure, days, reason } => {
            desk.correct_tenure(*tenure, days.map(|days| (days.from, days.until)), reason)
        }
        Act::NameStandIn { of, by, from, until } => desk.name_stand_in(*of, *by, *from, *until),
        Act::EndStandIn { stand_in, until, reason } => desk.end_stand_in(*stand_in, *until, reason),
        Act::RecordLeave { person, from, until, by } => desk.record_leave(*person, *from, *until, *by),
        Act::EndLeave { leave, until, reason } => desk.end_leave(*leave, *until, reason),
        Act::EnterContact { terms } => desk.enter_contact(terms),
        Act::ChangeContact { contact, terms, reason } => desk.change_contact(*contact, terms, reason),
        Act::DrawUpList { code, terms } => desk.draw_up_list(code, terms),
        Act::ChangeList { list, terms, reason } => desk.change_list(*list, terms, reason),
    }
}

/// What a decision has at hand.
pub(super) struct Desk<'a> {
    pub(super) caller: &'a Caller,
    pub(super) context: &'a Context<'a>,
    pub(super) needs: &'a Needs,
}

impl Desk<'_> {
    pub(super) fn organisation(&self) -> &Organisation {
        &self.needs.organisation
    }

    /// Refused to whoever does not administer the house.
    pub(super) fn administers(&self) -> Result<(), Refusal> {
        if self.caller.has(Role::Administrator, None) || self.caller.is_operator() {
            Ok(())
        } else {
            Err(Code::Forbidden.into())
        }
    }

    /// Refused to whoever is neither the person, nor the head of a unit in which he is, nor an administrator.
    pub(super) fn may_for(&self, person: PersonId) -> Result<(), Refusal> {
        let own = self.organisation().answers_for(self.caller.person, person, self.context.today);
        if own { Ok(()) } else { self.administers() }
    }

    /// Refused where nobody is that person, or his last day is before another.
    pub(super) fn of_the_house(
        &self,
        field: &'static str,
        person: PersonId,
        day: Date,
    ) -> Result<(), Refusal> {
        let known = self.needs.people.get(&person).ok_or(Refusal::on(field, Code::PersonUnknown))?;
        match known.left {
            Some(last) if last < day => {
                Err(Refusal::on(field, Code::PersonLeft).with("person", &known.name).with("day", last))
            }
            _ => Ok(()),
        }
    }

    /// What somebody is called.
    pub(super) fn name(&self, person: PersonId) -> String {
        self.needs.people.get(&person).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// The code of a unit, a post, a list: capital letters and digits, with single hyphens between, two to twenty-four,
    /// beginning with a letter.
    pub(super) fn code(&self, given: &str) -> Result<String, Refusal> {
        let code = given.trim().to_ascii_uppercase();
        let parts = code.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        });
        let begins = code.chars().next().is_some_and(|c| c.is_ascii_uppercase());
        if parts && begins && (2..=24).contains(&code.len()) {
            Ok(code)
        } else {
            Err(Refusal::on("code", Code::CodeForm).with("value", given))
        }
    }

    pub(super) fn names(&self, field: &'static str, names: &Names) -> Result<Names, Refusal> {
        Ok(Names { en: required(field, &names.en, NAME)?, fr: required(field, &names.fr, NAME)? })
    }

    pub(super) fn reason(&self, given: &str) -> Result<String, Refusal> {
        required("reason", given, REASON)
    }
}
