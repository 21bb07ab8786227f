//! The organisation as people see it: the tree of units, posts with who holds them and who acts, what somebody answers for,
//! where nobody is, contacts and distribution lists. It is one for everybody in the house; what anybody may read is not told
//! by it.

use std::{collections::HashMap, sync::Arc};

use jiff::civil::Date;
use registry::{
    Code, PersonId, Refusal,
    authorisation::Role,
    id::{ListId, PostId, UnitId},
    organisation::{
        Acting, Because, Contact, DistributionList, Leave, Organisation, Post, StandIn, Thing, Unit,
        lists::{Expanded, Receiver},
    },
    reference::sort_key,
};
use store::organisation::Past;

use crate::{failure::Failure, reading::Reading};

/// A person with his name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub person: PersonId,
    /// As it is written on paper.
    pub name: String,
}

/// A unit of the tree on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow {
    /// The unit.
    pub unit: Unit,
    /// How many stand above it.
    pub depth: usize,
    /// Who acts as its head; none: nobody does, there or above.
    pub head: Option<Named>,
    /// The unit above whose head that is, where it has none of its own.
    pub head_of: Option<String>,
    /// How many posts it has.
    pub posts: usize,
    /// How many of them nobody holds.
    pub vacant: usize,
}

/// A post on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct PostRow {
    /// The post.
    pub post: Post,
    /// The code of its unit.
    pub unit: String,
    /// Who holds it.
    pub holder: Option<Named>,
    /// Until when, where that is known.
    pub held_until: Option<Date>,
    /// Who acts for it; none: nobody does.
    pub acting: Option<Named>,
    /// Why another than the holder.
    pub because: Option<Because>,
}

/// What somebody answers for on a day, and when he is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// Who.
    pub who: Named,
    /// The posts that he holds, and those for which he acts.
    pub posts: Vec<PostRow>,
    /// His leaves that are not over.
    pub leaves: Vec<Leave>,
    /// Where he stands in, from then on.
    pub stands_in: Vec<StandIn>,
}

/// Somebody whom a list means, by name.
#[derive(Debug, Clone, PartialEq)]
pub struct MeantRow {
    /// Who.
    pub receiver: Receiver,
    /// As he is called: a person or a contact by name, a registry by its code.
    pub name: String,
    /// For what.
    pub purpose: registry::custody::book::Purpose,
    /// By which lines, by their places from 0.
    pub lines: Vec<usize>,
}

impl Reading {
    /// The organisation as this reading sees it.
    pub async fn organisation(&mut self) -> Result<Arc<Organisation>, Failure> {
        let office = self.office().clone();
        Ok(office.organisation_in(self.conn()).await?)
    }

    /// What everybody is called: names stand beside posts, leave and stand-ins for whoever is signed in.
    pub async fn names(&mut self) -> Result<HashMap<PersonId, String>, Failure> {
        let all = store::house::persons(self.conn()).await?;
        Ok(all.into_iter().map(|person| (person.id, person.name)).collect())
    }

    /// Whether the reader organises the house.
    pub fn organises(&self) -> bool {
        self.viewer().has(Role::Administrator, None)
    }

    /// Who may be proposed where a name is typed: everyone of the house to administrators, to others who holds a post.
    pub async fn offered(&mut self, day: Date) -> Result<Vec<Named>, Failure> {
        let (organisation, names) = (self.organisation().await?, self.names().await?);
        let all = self.organises();
        let there = |person: &PersonId| {
            !organisation.has_left(*person, day) && (all || !organisation.held_by(*person, day).is_empty())
        };
        let mut found: Vec<Named> = names
            .into_iter()
            .filter(|(person, _)| there(person))
            .map(|(person, name)| Named { person, name })
            .collect();
        found.sort_by_cached_key(|one| (sort_key(&one.name), one.person));
        Ok(found)
    }

    /// Somebody of the house, by what he signs in with, by name, or by a part of the name of one who is proposed.
    pub async fn colleague(&mut self, field: &'static str, typed: &str) -> Result<PersonId, Failure> {
        let wanted = sort_key(typed.trim());
        if wanted.is_empty() {
            return Err(Refusal::on(field, Code::Required).into());
        }
        let people = store::house::persons(self.conn()).await?;
        let exact = people.iter().find(|p| p.login.eq_ignore_ascii_case(typed.trim()));
        if let Some(exact) = exact {
            return Ok(exact.id);
        }
        let named = people.iter().filter(|p| sort_key(&p.name) == wanted);
        let mut meant: Vec<PersonId> = named.map(|person| person.id).collect();
        if meant.is_empty() {
            let offered = self.offered(self.today()).await?;
            let partly = offered.iter().filter(|one| sort_key(&one.name).contains(&wanted));
            meant = partly.map(|one| one.person).collect();
        }
        let refused = |code: Code| Refusal::on(field, code).with("person", typed.trim());
        match meant.as_slice() {
            [only] => Ok(*only),
            [] => Err(refused(Code::PersonUnknown).into()),
            _ => Err(refused(Code::PersonAmbiguous).into()),
        }
    }

    /// The units that are there on a day, each behind the one above it.
    pub async fn units(&mut self, day: Date) -> Result<Vec<UnitRow>, Failure> {
        let (organisation, names) = (self.organisation().await?, self.names().await?);
        let roots = organisation.units().into_iter().filter(|unit| unit.parent.is_none());
        let all = roots.flat_map(|root| organisation.below(root.id));
        let living = all.filter_map(|id| organisation.unit(id)).filter(|unit| unit.days.has(day));
        Ok(living.map(|unit| unit_row(&organisation, &names, unit, day)).collect())
    }

    /// The posts that are there on a day: of one unit, or all.
    pub async fn posts(&mut self, of: Option<UnitId>, day: Date) -> Result<Vec<PostRow>, Failure> {
        let (organisation, names) = (self.organisation().await?, self.names().await?);
        let all = match of {
            Some(unit) => organisation.posts_in(unit),
            None => organisation.posts(),
        };
        let living = all.into_iter().filter(|post| post.days.has(day));
        Ok(living.map(|post| post_row(&organisation, &names, post, day)).collect())
    }

    /// The posts of a day for which nobody acts: what an administrator should look at.
    pub async fn posts_without_anybody(&mut self, day: Date) -> Result<Vec<PostRow>, Failure> {
        let nobody = self.organisation().await?.nobody_acts(day);
        let mut posts = self.posts(None, day).await?;
        posts.retain(|row| nobody.contains(&row.post.id));
        Ok(posts)
    }

    /// What somebody answers for on a day. Refused where there is no such person.
    pub async fn person_in_posts(&mut self, person: PersonId, day: Date) -> Result<PersonRow, Failure> {
        let (organisation, names) = (self.organisation().await?, self.names().await?);
        let name = names.get(&person).cloned().ok_or(Code::NotFound)?;
        let duties = organisation.posts_of(person, day);
        let posts = duties.iter().filter_map(|duty| organisation.post(duty.post));
        let posts = posts.map(|post| post_row(&organisation, &names, post, day)).collect();
        let leaves = organisation.leaves_of(person).into_iter().filter(|leave| leave.until >= day);
        let stands_in = organisation.stand_ins().into_iter();
        let stands_in = stands_in.filter(|stand_in| stand_in.by == person && stand_in.until >= day);
        Ok(PersonRow {
            who: Named { person, name },
            posts,
            leaves: leaves.copied().collect(),
            stands_in: stands_in.copied().collect(),
        })
    }

    /// Who acts for a post on a day, by name.
    pub async fn acting(&mut self, post: PostId, day: Date) -> Result<Option<(Named, Acting)>, Failure> {
        let (organisation, names) = (self.organisation().await?, self.names().await?);
        Ok(organisation.acting(post, day).map(|acting| (named(&names, acting.person), acting)))
    }

    /// The contacts of whose name, organisation or post each word is a part, by name: those of a day.
    pub async fn contacts(&mut self, words: &str, day: Date) -> Result<Vec<Contact>, Failure> {
        let organisation = self.organisation().await?;
        Ok(organisation.contacts(words).into_iter().filter(|contact| contact.is_on(day)).cloned().collect())
    }

    /// The distribution lists that are used on a day, by code.
    pub async fn distribution_lists(&mut self, day: Date) -> Result<Vec<DistributionList>, Failure> {
        let organisation = self.organisation().await?;
        Ok(organisation.lists().into_iter().filter(|list| list.is_on(day)).cloned().collect())
    }

    /// Whom a list means on a day, by name, and the lines behind which nobody is. Refused where there is no such list.
    pub async fn meant_by(
        &mut self,
        list: ListId,
        day: Date,
    ) -> Result<(Vec<MeantRow>, Vec<usize>), Failure> {
        let (organisation, names) = (self.organisation().await?, self.names().await?);
        let list = organisation.list(list).ok_or(Code::NotFound)?;
        let Expanded { meant, nobody } = organisation.expand(list, day);
        let house = self.house.clone();
        let row = |meant: registry::organisation::lists::Meant| {
            let name = match meant.receiver {
                Receiver::Person(person) => named(&names, person).name,
                Receiver::Registry(id) => house.registry(id).map(|r| r.code.clone()).unwrap_or_default(),
                Receiver::Contact(id) => {
                    organisation.contact(id).map(|contact| contact.name.clone()).unwrap_or_default()
                }
            };
            MeantRow { receiver: meant.receiver, name, purpose: meant.purpose, lines: meant.lines }
        };
        Ok((meant.into_iter().map(row).collect(), nobody))
    }

    /// What became of something of the organisation, the first first.
    pub async fn organisation_history(&mut self, of: Thing) -> Result<Vec<Past>, Failure> {
        Ok(store::organisation::history(self.conn(), of).await?)
    }
}

fn named(names: &HashMap<PersonId, String>, person: PersonId) -> Named {
    Named { person, name: names.get(&person).cloned().unwrap_or_default() }
}

fn unit_row(
    organisation: &Organisation,
    names: &HashMap<PersonId, String>,
    unit: &Unit,
    day: Date,
) -> UnitRow {
    let head = organisation.head(unit.id, day);
    let above = head.filter(|head| head.from_above).and_then(|head| organisation.unit(head.unit));
    let posts: Vec<&Post> =
        organisation.posts_in(unit.id).into_iter().filter(|post| post.days.has(day)).collect();
    UnitRow {
        unit: unit.clone(),
        depth: organisation.path(unit.id).len().saturating_sub(1),
        head: head.map(|head| named(names, head.acting.person)),
        head_of: above.map(|above| above.code.clone()),
        posts: posts.len(),
        vacant: posts.iter().filter(|post| organisation.holder(post.id, day).is_none()).count(),
    }
}

fn post_row(
    organisation: &Organisation,
    names: &HashMap<PersonId, String>,
    post: &Post,
    day: Date,
) -> PostRow {
    let holder = organisation.holder(post.id, day);
    let tenures = organisation.tenures_of(post.id);
    let held = tenures.iter().rev().find(|tenure| tenure.days.has(day) && Some(tenure.person) == holder);
    let acting = organisation.acting(post.id, day);
    PostRow {
        post: post.clone(),
        unit: organisation.unit(post.unit).map(|unit| unit.code.clone()).unwrap_or_default(),
        holder: holder.map(|person| named(names, person)),
        held_until: held.and_then(|tenure| tenure.days.until),
        acting: acting.map(|acting| named(names, acting.person)),
        because: acting.and_then(|acting| acting.because),
    }
}
