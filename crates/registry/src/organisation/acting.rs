//! Who acts for a post on a day, who is the head of a unit, and where nobody is: read off posts, tenures, stand-ins and
//! leave, and stored nowhere.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{For, Organisation};
use crate::id::{PersonId, PostId, UnitId};

/// Why another than the holder acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// The holder is on leave.
    Leave,
    /// Nobody holds the post.
    Vacant,
}

/// Who acts for a post on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acting {
    /// Who.
    pub person: PersonId,
    /// The holder in whose place; none: he holds it himself, or nobody does.
    pub instead_of: Option<PersonId>,
    /// Why another than the holder; none: he is the holder.
    pub because: Option<Because>,
}

/// Who is the head of a unit on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The head of which unit: the one that was asked for, or the nearest above that has one.
    pub unit: UnitId,
    /// His post.
    pub post: PostId,
    /// Who acts for it.
    pub acting: Acting,
    /// Whether the unit that was asked for has none.
    pub from_above: bool,
}

/// A post for which somebody answers on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// Which.
    pub post: PostId,
    /// How he comes to act for another; none: he holds the post, be he there or on leave.
    pub standing_in: Option<Because>,
    /// In whose place, where there is a holder.
    pub instead_of: Option<PersonId>,
}

impl Organisation {
    /// Who acts for a post on a day: its holder; where he is on leave or there is none, whoever is named for the post, or
    /// for him; where that one is away too, whoever stands in for that one, and so on. Nobody is asked twice.
    pub fn acting(&self, post: PostId, day: Date) -> Option<Acting> {
        self.post(post).filter(|post| post.days.has(day))?;
        let holder = self.holder(post, day);
        if let Some(person) = holder.filter(|person| self.is_there(*person, day)) {
            return Some(Acting { person, instead_of: None, because: None });
        }
        let because = if holder.is_some() { Because::Leave } else { Because::Vacant };
        let named = [Some(For::Post { post }), holder.map(|person| For::Person { person })];
        let person = named.into_iter().flatten().find_map(|of| self.follow(of, holder, day))?;
        Some(Acting { person, instead_of: holder, because: Some(because) })
    }

    /// The first who is there, from one stand-in to the next.
    fn follow(&self, of: For, holder: Option<PersonId>, day: Date) -> Option<PersonId> {
        let mut asked: BTreeSet<PersonId> = holder.into_iter().collect();
        let mut of = of;
        loop {
            let next = self.named_for(of, day)?.by;
            if !asked.insert(next) {
                return None;
            }
            if self.is_there(next, day) {
                return Some(next);
            }
            of = For::Person { person: next };
        }
    }

    /// Who is the head of a unit on a day; where nobody acts for its head post, or it has none, the head of the unit above.
    pub fn head(&self, unit: UnitId, day: Date) -> Option<Head> {
        self.path(unit).into_iter().find_map(|above| {
            let post = self.head_post(above, day)?.id;
            let acting = self.acting(post, day)?;
            Some(Head { unit: above, post, acting, from_above: above != unit })
        })
    }

    /// The posts for which somebody answers on a day, by code: those that he holds, and those for which he acts.
    pub fn posts_of(&self, person: PersonId, day: Date) -> Vec<Duty> {
        let duty = |post: PostId| {
            if self.holder(post, day) == Some(person) {
                return Some(Duty { post, standing_in: None, instead_of: None });
            }
            let acting = self.acting(post, day).filter(|acting| acting.person == person)?;
            Some(Duty { post, standing_in: acting.because, instead_of: acting.instead_of })
        };
        self.posts().into_iter().filter_map(|post| duty(post.id)).collect()
    }

    /// The posts that nobody holds on a day, by code.
    pub fn vacant(&self, day: Date) -> Vec<PostId> {
        let living = self.posts().into_iter().filter(|post| post.days.has(day));
        living.map(|post| post.id).filter(|post| self.holder(*post, day).is_none()).collect()
    }

    /// The posts for which nobody acts on a day, by code.
    pub fn nobody_acts(&self, day: Date) -> Vec<PostId> {
        let living = self.posts().into_iter().filter(|post| post.days.has(day));
        living.map(|post| post.id).filter(|post| self.acting(*post, day).is_none()).collect()
    }

    /// Who acts on a day as head of the unit of a post; of a head post, as head of the unit above.
    pub fn heads_of_post(&self, post: PostId, day: Date) -> BTreeSet<PersonId> {
        let Some(post) = self.post(post) else { return BTreeSet::new() };
        let holder = self.holder(post.id, day);
        let above = self.path(post.unit).into_iter().find_map(|unit| {
            let head = self.head_post(unit, day).filter(|head| head.id != post.id)?;
            // Who is the head of both answers to neither of himself nor of his own stand-in.
            if holder.is_some() && self.holder(head.id, day) == holder {
                return None;
            }
            self.acting(head.id, day).map(|acting| acting.person)
        });
        above.into_iter().collect()
    }

    /// Whether somebody may record the leave of a person and name who stands in for him: himself, or the head of his unit.
    pub fn answers_for(&self, who: PersonId, person: PersonId, day: Date) -> bool {
        who == person || self.heads_of(person, day).contains(&who)
    }

    /// Whether somebody may name who stands in for a post: its holder, or the head of its unit.
    pub fn answers_for_post(&self, who: PersonId, post: PostId, day: Date) -> bool {
        self.holder(post, day) == Some(who) || self.heads_of_post(post, day).contains(&who)
    }

    /// Who acts on a day as head of a unit in which somebody holds a post.
    pub fn heads_of(&self, person: PersonId, day: Date) -> BTreeSet<PersonId> {
        let posts = self.held_by(person, day);
        posts
            .into_iter()
            .flat_map(|post| self.heads_of_post(post, day))
            .filter(|head| *head != person)
            .collect()
    }
}
