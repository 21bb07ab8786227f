//! Distribution lists: to whom papers go again and again, for action or for information, and whom that means on a day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Organisation, decide::Desk};
use crate::{
    custody::book::Purpose,
    fact::{Fact, present},
    house::Names,
    id::{ContactId, ListId, PersonId, PostId, RegistryId, UnitId},
    refusal::{Code, Refusal},
};

/// Most lines of a list.
pub const MANY: usize = 200;

/// Whom a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Addressee {
    /// Whoever acts for a post.
    Post {
        /// Which.
        post: PostId,
    },
    /// The head of a unit.
    Unit {
        /// Which.
        unit: UnitId,
    },
    /// A person of the house, whatever he holds.
    Person {
        /// Who.
        person: PersonId,
    },
    /// A registry.
    Registry {
        /// Which.
        registry: RegistryId,
    },
    /// A contact outside.
    Contact {
        /// Which.
        contact: ContactId,
    },
}

/// A line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListLine {
    /// To whom.
    pub addressee: Addressee,
    /// For what.
    pub purpose: Purpose,
}

/// A distribution list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistributionList {
    /// Its identifier.
    pub id: ListId,
    /// Short.
    pub code: String,
    /// In both languages.
    pub names: Names,
    /// The unit whose it is.
    pub owner: UnitId,
    /// Whom it names.
    pub lines: Vec<ListLine>,
    /// The last day on which it is used.
    #[serde(deserialize_with = "present")]
    pub ends: Option<Date>,
}

/// What is given to draw up a list, or to change one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListTerms {
    /// In both languages.
    pub names: Names,
    /// The unit whose it is.
    pub owner: UnitId,
    /// Whom it names.
    pub lines: Vec<ListLine>,
    /// The last day on which it is used.
    #[serde(default)]
    pub ends: Option<Date>,
}

/// Who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Receiver {
    /// A person of the house.
    Person(PersonId),
    /// A registry.
    Registry(RegistryId),
    /// A contact outside.
    Contact(ContactId),
}

/// Somebody whom a list means on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Who.
    pub receiver: Receiver,
    /// For what: for action, where one of the lines says so.
    pub purpose: Purpose,
    /// By which lines, by their places from 0.
    pub lines: Vec<usize>,
}

/// Whom a list means on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expanded {
    /// Each once, in the order of the lines that named him first.
    pub meant: Vec<Meant>,
    /// The lines behind which nobody is, by their places from 0.
    pub nobody: Vec<usize>,
}

impl DistributionList {
    /// Whether it is used on a day.
    pub fn is_on(&self, day: Date) -> bool {
        self.ends.is_none_or(|last| day <= last)
    }
}

impl Organisation {
    /// Whom a list means on a day.
    pub fn expand(&self, list: &DistributionList, day: Date) -> Expanded {
        let mut expanded = Expanded::default();
        let mut places: BTreeMap<Receiver, usize> = BTreeMap::new();
        for (place, line) in list.lines.iter().enumerate() {
            let Some(receiver) = self.receiver(line.addressee, day) else {
                expanded.nobody.push(place);
                continue;
            };
            let at = *places.entry(receiver).or_insert(expanded.meant.len());
            match expanded.meant.get_mut(at) {
                Some(meant) => {
                    meant.lines.push(place);
                    meant.purpose = meant.purpose.min(line.purpose);
                }
                None => {
                    expanded.meant.push(Meant { receiver, purpose: line.purpose, lines: vec![place] });
                }
            }
        }
        expanded
    }

    fn receiver(&self, addressee: Addressee, day: Date) -> Option<Receiver> {
        match addressee {
            Addressee::Post { post } => self.acting(post, day).map(|acting| Receiver::Person(acting.person)),
            Addressee::Unit { unit } => {
                self.unit(unit).filter(|unit| unit.days.has(day))?;
                self.head(unit, day).map(|head| Receiver::Person(head.acting.person))
            }
            Addressee::Person { person } => (!self.has_left(person, day)).then_some(Receiver::Person(person)),
            Addressee::Registry { registry } => Some(Receiver::Registry(registry)),
            Addressee::Contact { contact } => {
                self.contact(contact).filter(|c| c.is_on(day)).map(|c| Receiver::Contact(c.id))
            }
        }
    }
}

impl Desk<'_> {
    pub(super) fn draw_up_list(&self, code: &str, terms: &ListTerms) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let code = self.code(code)?;
        if self.organisation().list_by_code(&code).is_some() {
            return Err(Refusal::on("code", Code::CodeTaken).with("code", code));
        }
        let id = ListId::new(self.context.new_id(0));
        let list = self.list_of(id, code, terms, &BTreeSet::new())?;
        Ok(vec![Fact::ListDrawnUp { list: Box::new(list) }])
    }

    pub(super) fn change_list(
        &self,
        list: ListId,
        terms: &ListTerms,
        reason: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let was = self.organisation().list(list).ok_or(Refusal::on("list", Code::NotOffered))?;
        // What was named when it was there may go on being named.
        let kept = was.lines.iter().map(|line| line.addressee);
        let kept: BTreeSet<Addressee> = kept.collect();
        let list = self.list_of(was.id, was.code.clone(), terms, &kept)?;
        if list == *was {
            return Err(Code::NothingChanged.into());
        }
        Ok(vec![Fact::ListChanged { list: Box::new(list), reason: self.reason(reason)? }])
    }

    fn list_of(
        &self,
        id: ListId,
        code: String,
        terms: &ListTerms,
        kept: &BTreeSet<Addressee>,
    ) -> Result<DistributionList, Refusal> {
        if terms.lines.is_empty() {
            return Err(Refusal::on("lines", Code::Required));
        }
        if terms.lines.len() > MANY {
            return Err(Refusal::on("lines", Code::TooLong).with("limit", MANY));
        }
        let owner = self.organisation().unit(terms.owner).ok_or(Refusal::on("owner", Code::NotOffered))?;
        let mut named = BTreeSet::new();
        for line in &terms.lines {
            if !named.insert(line.addressee) {
                return Err(Refusal::on("lines", Code::NamedTwice));
            }
            if !kept.contains(&line.addressee) {
                self.is_there(line.addressee)?;
            }
        }
        Ok(DistributionList {
            id,
            code,
            names: self.names("names", &terms.names)?,
            owner: owner.id,
            lines: terms.lines.clone(),
            ends: terms.ends,
        })
    }

    /// Refused where nobody can be meant by it today or later.
    fn is_there(&self, addressee: Addressee) -> Result<(), Refusal> {
        let (organisation, today) = (self.organisation(), self.context.today);
        let yesterday = today.yesterday().unwrap_or(today);
        let there = match addressee {
            Addressee::Post { post } => organisation.post(post).is_some_and(|p| p.days.outlast(yesterday)),
            Addressee::Unit { unit } => organisation.unit(unit).is_some_and(|u| u.days.outlast(yesterday)),
            Addressee::Person { person } => return self.of_the_house("lines", person, today),
            Addressee::Registry { registry } => self.context.house.registry(registry).is_some(),
            Addressee::Contact { contact } => organisation.contact(contact).is_some_and(|c| c.is_on(today)),
        };
        if there { Ok(()) } else { Err(Refusal::on("lines", Code::NotOffered)) }
    }
}
