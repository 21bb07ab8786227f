//! Who is meant by what a procedure says of somebody, and whether a caller is he today. A task belongs to a post where there
//! is one; who acts for the post is told by the organisation, day by day.

use std::{collections::BTreeSet, fmt};

use jiff::civil::Date;
use procedure::{Definition, Kind, Value, Who};
use serde::{Deserialize, Serialize};

use super::Case;
use crate::{
    authorisation::Role,
    command::Caller,
    id::{PersonId, PostId, UnitId},
    organisation::{For, Organisation},
};

/// Who has something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "is", content = "of", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Doer {
    /// Whoever acts for a post.
    Post(PostId),
    /// A person.
    Person(PersonId),
    /// Whoever has a role, in the house or in any registry.
    Role(Role),
    /// Whoever sees what the label lets through.
    Anyone,
}

/// As a form sends it: `post:…`, `person:…`.
impl std::str::FromStr for Doer {
    type Err = NoDoer;
    fn from_str(text: &str) -> Result<Self, NoDoer> {
        let (kind, of) = text.split_once(':').ok_or(NoDoer)?;
        match kind {
            "post" => of.parse().map(Doer::Post).map_err(|_| NoDoer),
            "person" => of.parse().map(Doer::Person).map_err(|_| NoDoer),
            _ => Err(NoDoer),
        }
    }
}

/// A text that names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a post nor a person")]
pub struct NoDoer;

impl fmt::Display for Doer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doer::Post(post) => write!(f, "post:{post}"),
            Doer::Person(person) => write!(f, "person:{person}"),
            Doer::Role(role) => write!(f, "role:{}", role.as_str()),
            Doer::Anyone => f.write_str("anyone"),
        }
    }
}

impl Doer {
    /// Whether a caller is he, or acts for him, on a day. Standing in gives no clearance: what he sees is asked elsewhere.
    pub fn is(&self, caller: &Caller, organisation: &Organisation, day: Date) -> bool {
        match self {
            Doer::Anyone => true,
            Doer::Role(role) => caller.viewer.roles().iter().any(|(held, _)| held == role),
            Doer::Person(person) => {
                *person == caller.person
                    || !organisation.is_there(*person, day)
                        && organisation
                            .named_for(For::Person { person: *person }, day)
                            .is_some_and(|named| named.by == caller.person)
            }
            Doer::Post(post) => {
                organisation.holder(*post, day) == Some(caller.person)
                    || organisation.acting(*post, day).is_some_and(|acting| acting.person == caller.person)
            }
        }
    }
}

/// Whom a procedure means, for one case on one day.
pub(super) struct Whom<'a> {
    pub(super) organisation: &'a Organisation,
    pub(super) definition: &'a Definition,
    pub(super) values: &'a procedure::Values,
    pub(super) opener: Doer,
    /// None: it is being opened.
    pub(super) case: Option<&'a Case>,
    /// The entry for which a branch is opened, and its kind.
    pub(super) each: Option<(&'a str, Kind)>,
    pub(super) day: Date,
}

impl Whom<'_> {
    /// Those whom it means; nobody: there is no such post, or no head.
    pub(super) fn meant(&self, who: &Who) -> Vec<Doer> {
        match who {
            Who::Anyone => vec![Doer::Anyone],
            Who::Opener => vec![self.opener],
            Who::Owner => self.case.and_then(Case::main).map(|task| task.owner).into_iter().collect(),
            Who::Each => self.each.and_then(|(id, kind)| self.somebody(id, kind)).into_iter().collect(),
            Who::Post(code) => {
                let post = self.organisation.post_by_code(code).filter(|post| post.days.has(self.day));
                post.map(|post| Doer::Post(post.id)).into_iter().collect()
            }
            Who::Unit(code) => {
                let unit = self.organisation.unit_by_code(code);
                unit.and_then(|unit| self.head(unit.id)).into_iter().collect()
            }
            Who::Role(name) => Role::ALL
                .iter()
                .find(|role| role.as_str() == name)
                .map(|role| Doer::Role(*role))
                .into_iter()
                .collect(),
            Who::Field(code) => self.field(code).filter_map(|(id, kind)| self.somebody(&id, kind)).collect(),
            Who::HeadOf(code) => self.field(code).filter_map(|(id, kind)| self.head_of(&id, kind)).collect(),
            Who::Did(stage) => {
                let did = self.case.and_then(|case| case.did.get(stage));
                did.map(|person| Doer::Person(*person)).into_iter().collect()
            }
            Who::Contributors(branch) => {
                let tasks = self.case.into_iter().flat_map(|case| &case.tasks);
                tasks.filter(|task| task.branch.as_ref() == Some(branch)).map(|task| task.owner).collect()
            }
        }
    }

    /// Everything that a caller is to the case, of what the procedure asks about somewhere.
    pub(super) fn relations(&self, caller: &Caller) -> BTreeSet<Who> {
        let fields = self.definition.fields.iter();
        let asked = fields.flat_map(|field| field.seen_by.iter().flatten().chain(&field.changed_by));
        let all = asked.chain([&Who::Opener, &Who::Owner]).collect::<BTreeSet<_>>();
        let is = |who: &&Who| {
            self.meant(who).iter().any(|doer| doer.is(caller, self.organisation, self.day))
                || matches!(who, Who::Owner)
                    && self
                        .case
                        .and_then(Case::main)
                        .is_some_and(|task| task.doer().is(caller, self.organisation, self.day))
        };
        all.into_iter().filter(is).cloned().collect()
    }

    fn field(&self, code: &str) -> impl Iterator<Item = (String, Kind)> {
        let kind = self.definition.field(code).map(|field| field.kind.each().unwrap_or(field.kind));
        let entries = self.values.get(code).map_or_else(Vec::new, Value::entries);
        entries.into_iter().filter_map(move |id| Some((id, kind?)))
    }

    fn somebody(&self, id: &str, kind: Kind) -> Option<Doer> {
        match kind {
            Kind::Person => id.parse().ok().map(Doer::Person),
            Kind::Post => {
                let post = id.parse().ok().and_then(|id| self.organisation.post(id));
                post.filter(|post| post.days.has(self.day)).map(|post| Doer::Post(post.id))
            }
            Kind::Unit => id.parse().ok().and_then(|unit| self.head(unit)),
            _ => None,
        }
    }

    /// The post that heads a unit, or the nearest above it that has one, be somebody there or not.
    fn head(&self, unit: UnitId) -> Option<Doer> {
        let path = self.organisation.path(unit);
        path.into_iter()
            .find_map(|unit| self.organisation.head_post(unit, self.day))
            .map(|p| Doer::Post(p.id))
    }

    fn head_of(&self, id: &str, kind: Kind) -> Option<Doer> {
        let unit_of = |post: PostId| self.organisation.post(post).map(|post| post.unit);
        match kind {
            Kind::Unit => self.head(id.parse().ok()?),
            Kind::Post => self.head(unit_of(id.parse().ok()?)?),
            Kind::Person => {
                let posts = self.organisation.held_by(id.parse().ok()?, self.day);
                self.head(unit_of(*posts.first()?)?)
            }
            _ => None,
        }
    }
}
