//! The organisation of the house: units, posts, who holds a post from which day on, who stands in for whom, who is on
//! leave; contacts outside, and distribution lists.
//!
//! A post is what tasks belong to; a person holds it for a time. Everything here is counted in days, and a day has one
//! answer: at most one holder of a post, at most one who acts for it. Standing in gives nobody a clearance, a briefing or
//! a role: what somebody sees is decided by what he holds himself (`access`), and nothing of that is known here.

pub mod act;
pub mod acting;
pub mod contact;
mod days;
pub mod decide;
pub mod leave;
pub mod lists;
pub mod post;
pub mod stand_in;
pub mod tenure;
pub mod unit;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    fact::Fact,
    id::{ContactId, LeaveId, ListId, PersonId, PostId, StandInId, TenureId, UnitId},
};

pub use act::{Act, Thing};
pub use acting::{Acting, Because, Duty, Head};
pub use contact::Contact;
pub use days::Days;
pub use decide::{Needs, decide};
pub use leave::Leave;
pub use lists::DistributionList;
pub use post::Post;
pub use stand_in::{For, Settings, StandIn};
pub use tenure::Tenure;
pub use unit::{Unit, UnitKind};

/// All of it, as of one sequence of the house's ledger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Organisation {
    /// How many entries the house's ledger had.
    pub sequence: u64,
    units: BTreeMap<UnitId, Unit>,
    posts: BTreeMap<PostId, Post>,
    tenures: BTreeMap<TenureId, Tenure>,
    stand_ins: BTreeMap<StandInId, StandIn>,
    leaves: BTreeMap<LeaveId, Leave>,
    contacts: BTreeMap<ContactId, Contact>,
    lists: BTreeMap<ListId, DistributionList>,
    /// The last day in the house of those who have one.
    left: BTreeMap<PersonId, Date>,
    // What is asked for most often, by what it is asked for.
    held: BTreeMap<PostId, Vec<TenureId>>,
    holds: BTreeMap<PersonId, Vec<TenureId>>,
    stands: BTreeMap<For, Vec<StandInId>>,
    away: BTreeMap<PersonId, Vec<LeaveId>>,
}

fn index<K: Ord, V: Ord>(of: &mut BTreeMap<K, Vec<V>>, key: K, value: V) {
    let all = of.entry(key).or_default();
    if let Err(place) = all.binary_search(&value) {
        all.insert(place, value);
    }
}

fn forget<K: Ord, V: PartialEq>(of: &mut BTreeMap<K, Vec<V>>, key: &K, value: &V) {
    if let Some(all) = of.get_mut(key) {
        all.retain(|one| one != value);
        if all.is_empty() {
            of.remove(key);
        }
    }
}

impl Organisation {
    /// One in which nothing is, as of a sequence of the house's ledger.
    pub fn at(sequence: u64) -> Self {
        Self { sequence, ..Self::default() }
    }
    /// Puts a unit in, in the place of the one of its identifier.
    pub fn put_unit(&mut self, unit: Unit) {
        self.units.insert(unit.id, unit);
    }
    /// The same of a post.
    pub fn put_post(&mut self, post: Post) {
        self.posts.insert(post.id, post);
    }
    /// The same of a tenure.
    pub fn put_tenure(&mut self, tenure: Tenure) {
        self.remove_tenure(tenure.id);
        index(&mut self.held, tenure.post, tenure.id);
        index(&mut self.holds, tenure.person, tenure.id);
        self.tenures.insert(tenure.id, tenure);
    }
    /// The same of a stand-in.
    pub fn put_stand_in(&mut self, stand_in: StandIn) {
        self.remove_stand_in(stand_in.id);
        index(&mut self.stands, stand_in.of, stand_in.id);
        self.stand_ins.insert(stand_in.id, stand_in);
    }
    /// The same of a leave.
    pub fn put_leave(&mut self, leave: Leave) {
        self.remove_leave(leave.id);
        index(&mut self.away, leave.person, leave.id);
        self.leaves.insert(leave.id, leave);
    }
    /// The same of a contact.
    pub fn put_contact(&mut self, contact: Contact) {
        self.contacts.insert(contact.id, contact);
    }
    /// The same of a distribution list.
    pub fn put_list(&mut self, list: DistributionList) {
        self.lists.insert(list.id, list);
    }
    /// Says which is somebody's last day in the house.
    pub fn put_left(&mut self, person: PersonId, day: Option<Date>) {
        match day {
            Some(day) => self.left.insert(person, day),
            None => self.left.remove(&person),
        };
    }
    fn remove_tenure(&mut self, id: TenureId) {
        if let Some(tenure) = self.tenures.remove(&id) {
            forget(&mut self.held, &tenure.post, &id);
            forget(&mut self.holds, &tenure.person, &id);
        }
    }
    fn remove_stand_in(&mut self, id: StandInId) {
        if let Some(stand_in) = self.stand_ins.remove(&id) {
            forget(&mut self.stands, &stand_in.of, &id);
        }
    }
    fn remove_leave(&mut self, id: LeaveId) {
        if let Some(leave) = self.leaves.remove(&id) {
            forget(&mut self.away, &leave.person, &id);
        }
    }

    /// What an entry of the house's ledger makes of it. Entries about other things change nothing.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::UnitEstablished { unit } | Fact::UnitChanged { unit, .. } => {
                self.put_unit((**unit).clone())
            }
            Fact::PostEstablished { post } | Fact::PostChanged { post, .. } => {
                self.put_post((**post).clone())
            }
            Fact::PostTakenUp { tenure } => self.put_tenure(*tenure),
            Fact::PostLeft { tenure, until, .. } => {
                if let Some(tenure) = self.tenures.get_mut(tenure) {
                    tenure.days.until = Some(*until);
                }
            }
            Fact::TenureCorrected { tenure, days: None, .. } => self.remove_tenure(*tenure),
            Fact::TenureCorrected { tenure, days: Some(days), .. } => {
                if let Some(tenure) = self.tenures.get_mut(tenure) {
                    tenure.days = *days;
                }
            }
            Fact::StandInNamed { stand_in } => self.put_stand_in(*stand_in),
            Fact::StandInEnded { stand_in, until: None, .. } => self.remove_stand_in(*stand_in),
            Fact::StandInEnded { stand_in, until: Some(until), .. } => {
                if let Some(stand_in) = self.stand_ins.get_mut(stand_in) {
                    stand_in.until = *until;
                }
            }
            Fact::LeaveRecorded { leave } => self.put_leave(*leave),
            Fact::LeaveEnded { leave, until: None, .. } => self.remove_leave(*leave),
            Fact::LeaveEnded { leave, until: Some(until), .. } => {
                if let Some(leave) = self.leaves.get_mut(leave) {
                    leave.until = *until;
                }
            }
            Fact::ContactEntered { contact } | Fact::ContactChanged { contact, .. } => {
                self.put_contact((**contact).clone());
            }
            Fact::ListDrawnUp { list } | Fact::ListChanged { list, .. } => self.put_list((**list).clone()),
            Fact::PersonAdded { person } => self.put_left(person.id, person.left),
            Fact::PersonChanged { person, to, .. } => self.put_left(*person, to.left),
            Fact::InstallationFounded { officers, .. } => {
                officers.iter().for_each(|person| self.put_left(person.id, person.left));
            }
            _ => {}
        }
    }

    /// A unit by its identifier.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }
    /// A unit by its code, in either case.
    pub fn unit_by_code(&self, code: &str) -> Option<&Unit> {
        self.units.values().find(|unit| unit.code.eq_ignore_ascii_case(code.trim()))
    }
    /// Every unit there ever was, by code.
    pub fn units(&self) -> Vec<&Unit> {
        let mut all: Vec<_> = self.units.values().collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }
    /// A post by its identifier.
    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.get(&id)
    }
    /// A post by its code, in either case.
    pub fn post_by_code(&self, code: &str) -> Option<&Post> {
        self.posts.values().find(|post| post.code.eq_ignore_ascii_case(code.trim()))
    }
    /// Every post there ever was, by code.
    pub fn posts(&self) -> Vec<&Post> {
        let mut all: Vec<_> = self.posts.values().collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }
    /// A tenure by its identifier.
    pub fn tenure(&self, id: TenureId) -> Option<&Tenure> {
        self.tenures.get(&id)
    }
    /// Who held a post, holds it and will, the first first.
    pub fn tenures_of(&self, post: PostId) -> Vec<&Tenure> {
        Self::tenures_in(&self.tenures, self.held.get(&post))
    }
    /// What somebody held, holds and will, the first first.
    pub fn tenures_by(&self, person: PersonId) -> Vec<&Tenure> {
        Self::tenures_in(&self.tenures, self.holds.get(&person))
    }
    fn tenures_in<'a>(all: &'a BTreeMap<TenureId, Tenure>, some: Option<&Vec<TenureId>>) -> Vec<&'a Tenure> {
        let mut found: Vec<_> = some.into_iter().flatten().filter_map(|id| all.get(id)).collect();
        found.sort_by_key(|tenure| (tenure.days.from, tenure.id));
        found
    }
    /// A stand-in by its identifier.
    pub fn stand_in(&self, id: StandInId) -> Option<&StandIn> {
        self.stand_ins.get(&id)
    }
    /// Every stand-in, the first first.
    pub fn stand_ins(&self) -> Vec<&StandIn> {
        let mut all: Vec<_> = self.stand_ins.values().collect();
        all.sort_by_key(|stand_in| (stand_in.from, stand_in.id));
        all
    }
    /// A leave by its identifier.
    pub fn leave(&self, id: LeaveId) -> Option<&Leave> {
        self.leaves.get(&id)
    }
    /// Somebody's leaves, the first first.
    pub fn leaves_of(&self, person: PersonId) -> Vec<&Leave> {
        let mut all: Vec<_> =
            self.away.get(&person).into_iter().flatten().filter_map(|id| self.leaves.get(id)).collect();
        all.sort_by_key(|leave| leave.from);
        all
    }
    /// A contact by its identifier.
    pub fn contact(&self, id: ContactId) -> Option<&Contact> {
        self.contacts.get(&id)
    }
    /// A distribution list by its identifier.
    pub fn list(&self, id: ListId) -> Option<&DistributionList> {
        self.lists.get(&id)
    }
    /// A distribution list by its code, in either case.
    pub fn list_by_code(&self, code: &str) -> Option<&DistributionList> {
        self.lists.values().find(|list| list.code.eq_ignore_ascii_case(code.trim()))
    }
    /// Every distribution list there ever was, by code.
    pub fn lists(&self) -> Vec<&DistributionList> {
        let mut all: Vec<_> = self.lists.values().collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }
}
