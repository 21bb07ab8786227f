//! Who holds a post: taken up on a day, left on another, one holder a day. The day of a hand-over is the newcomer's.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Days, Organisation, decide::Desk};
use crate::{
    fact::Fact,
    id::{PersonId, PostId, TenureId},
    refusal::{Code, Refusal},
};

/// A person in a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenure {
    /// Its identifier.
    pub id: TenureId,
    /// Which post.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
    /// From when on, until when. Where a successor begins on the last day, the day is his.
    pub days: Days,
}

impl Tenure {
    /// Whether two of one post leave no doubt who holds it on any day: the one begins after the other, and not before the
    /// other's last day.
    fn follows_or_precedes(&self, other: &Days) -> bool {
        let after = |later: &Days, earlier: &Days| {
            earlier.from < later.from && earlier.until.is_some_and(|until| until <= later.from)
        };
        after(&self.days, other) || after(other, &self.days)
    }
}

impl Organisation {
    /// Who holds a post on a day; nobody where it is vacant, or its holder has left the house.
    pub fn holder(&self, post: PostId, day: Date) -> Option<PersonId> {
        self.post(post).filter(|post| post.days.has(day))?;
        let held = self.held.get(&post).into_iter().flatten().filter_map(|id| self.tenures.get(id));
        let last = held.filter(|tenure| tenure.days.has(day)).max_by_key(|tenure| tenure.days.from)?;
        (!self.has_left(last.person, day)).then_some(last.person)
    }

    /// Whether somebody's last day in the house is over.
    pub fn has_left(&self, person: PersonId, day: Date) -> bool {
        self.left.get(&person).is_some_and(|last| *last < day)
    }

    /// The posts that somebody holds on a day, by code.
    pub fn held_by(&self, person: PersonId, day: Date) -> Vec<PostId> {
        let mut posts: Vec<_> = self
            .tenures_by(person)
            .into_iter()
            .filter(|tenure| tenure.days.has(day) && self.holder(tenure.post, day) == Some(person))
            .filter_map(|tenure| self.post(tenure.post))
            .collect();
        posts.sort_by(|a, b| a.code.cmp(&b.code));
        posts.dedup_by_key(|post| post.id);
        posts.iter().map(|post| post.id).collect()
    }
}

impl Desk<'_> {
    pub(super) fn take_up(
        &self,
        post: PostId,
        person: PersonId,
        from: Date,
        until: Option<Date>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let days = Days::new(from, until, "until")?;
        self.of_the_house("person", person, from)?;
        let id = TenureId::new(self.context.new_id(0));
        let tenure = Tenure { id, post, person, days };
        self.fits(&tenure)?;
        self.without_loop(Fact::PostTakenUp { tenure }, days)
    }

    pub(super) fn leave_post(
        &self,
        tenure: TenureId,
        until: Date,
        reason: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let held = self.held(tenure)?;
        Days::new(held.days.from, Some(until), "until")?;
        if let Some(last) = held.days.until.filter(|last| *last <= until) {
            return Err(Refusal::on("until", Code::AlreadyEnded).with("day", last));
        }
        Ok(vec![Fact::PostLeft { tenure, until, reason: self.reason(reason)? }])
    }

    pub(super) fn correct_tenure(
        &self,
        tenure: TenureId,
        days: Option<(Date, Option<Date>)>,
        reason: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let was = *self.held(tenure)?;
        let reason = self.reason(reason)?;
        let Some((from, until)) = days else {
            return Ok(vec![Fact::TenureCorrected { tenure, days: None, reason }]);
        };
        let days = Days::new(from, until, "until")?;
        if days == was.days {
            return Err(Code::NothingChanged.into());
        }
        self.fits(&Tenure { days, ..was })?;
        self.without_loop(Fact::TenureCorrected { tenure, days: Some(days), reason }, days)
    }

    fn held(&self, tenure: TenureId) -> Result<&Tenure, Refusal> {
        self.organisation().tenure(tenure).ok_or(Refusal::on("tenure", Code::NotOffered))
    }

    /// Refused where the post is not there on all days, or another holds it on one of them.
    fn fits(&self, tenure: &Tenure) -> Result<(), Refusal> {
        let post = self.known_post(tenure.post)?;
        if !tenure.days.within(&post.days) {
            let before = tenure.days.from < post.days.from;
            let (field, code) = if before { ("from", Code::BeforePost) } else { ("until", Code::PostEnded) };
            let day = if before { Some(post.days.from) } else { post.days.until };
            return Err(Refusal::on(field, code)
                .with("code", &post.code)
                .with("day", day.map(|day| day.to_string()).unwrap_or_default()));
        }
        let others = self.organisation().tenures_of(post.id);
        let other = others
            .into_iter()
            .filter(|other| other.id != tenure.id)
            .find(|other| !tenure.follows_or_precedes(&other.days));
        match other {
            Some(other) => Err(Refusal::on("from", Code::PostTaken)
                .with("code", &post.code)
                .with("person", self.name(other.person))
                .with("day", other.days.from)),
            None => Ok(()),
        }
    }
}
