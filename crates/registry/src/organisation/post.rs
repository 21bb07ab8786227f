//! Posts of a unit: what tasks belong to, whoever holds it; how they are established, changed and ended.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Days, Organisation, decide::Desk};
use crate::{
    fact::Fact,
    house::Names,
    id::{PostId, UnitId},
    refusal::{Code, Refusal},
};

/// A post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Its identifier.
    pub id: PostId,
    /// Short: `OPS-1`.
    pub code: String,
    /// What its holder is called, in both languages.
    pub titles: Names,
    /// The unit of which it is.
    pub unit: UnitId,
    /// Whether it is the head of the unit.
    pub head: bool,
    /// From when on, until when.
    pub days: Days,
}

/// What is given to establish a post, or to change one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostTerms {
    /// What its holder is called, in both languages.
    pub titles: Names,
    /// The unit of which it is.
    pub unit: UnitId,
    /// Whether it is the head of the unit.
    #[serde(default)]
    pub head: bool,
    /// Its first day.
    pub begins: Date,
    /// Its last day.
    #[serde(default)]
    pub ends: Option<Date>,
}

impl Organisation {
    /// The posts of a unit, whenever they were; its head first, then in the order of codes.
    pub fn posts_in(&self, unit: UnitId) -> Vec<&Post> {
        let mut all: Vec<_> = self.posts.values().filter(|post| post.unit == unit).collect();
        all.sort_by(|a, b| (!a.head, &a.code).cmp(&(!b.head, &b.code)));
        all
    }

    /// The post that is the head of a unit on a day.
    pub fn head_post(&self, unit: UnitId, day: Date) -> Option<&Post> {
        self.posts.values().find(|post| post.unit == unit && post.head && post.days.has(day))
    }
}

impl Desk<'_> {
    pub(super) fn establish_post(&self, code: &str, terms: &PostTerms) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let code = self.code(code)?;
        if self.organisation().post_by_code(&code).is_some() {
            return Err(Refusal::on("code", Code::CodeTaken).with("code", code));
        }
        let post = self.post_of(PostId::new(self.context.new_id(0)), code, terms)?;
        Ok(vec![Fact::PostEstablished { post: Box::new(post) }])
    }

    pub(super) fn change_post(
        &self,
        post: PostId,
        terms: &PostTerms,
        reason: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let was = self.known_post(post)?;
        let post = self.post_of(was.id, was.code.clone(), terms)?;
        if post == *was {
            return Err(Code::NothingChanged.into());
        }
        let held = self.organisation().tenures_of(post.id);
        if let Some(outside) = held.iter().find(|tenure| !tenure.days.within(&post.days)) {
            let field = if outside.days.from < post.days.from { "begins" } else { "ends" };
            let refusal = Refusal::on(field, Code::PostHeld).with("code", &post.code);
            return Err(refusal.with("person", self.name(outside.person)));
        }
        Ok(vec![Fact::PostChanged { post: Box::new(post), reason: self.reason(reason)? }])
    }

    /// The post as it would be: of a unit that is there on all its days, and its only head if it is one.
    fn post_of(&self, id: PostId, code: String, terms: &PostTerms) -> Result<Post, Refusal> {
        let days = Days::new(terms.begins, terms.ends, "ends")?;
        let unit = self.organisation().unit(terms.unit).ok_or(Refusal::on("unit", Code::NotOffered))?;
        self.inside(&days, unit)?;
        let mut others = self.organisation().posts_in(unit.id).into_iter();
        let other = others.find(|other| other.head && other.id != id && other.days.meets(&days));
        if let Some(other) = other.filter(|_| terms.head) {
            let refusal = Refusal::on("head", Code::HeadTaken);
            return Err(refusal.with("unit", &unit.code).with("code", &other.code));
        }
        let titles = self.names("titles", &terms.titles)?;
        Ok(Post { id, code, titles, unit: unit.id, head: terms.head, days })
    }

    /// A post that there is.
    pub(super) fn known_post(&self, post: PostId) -> Result<&Post, Refusal> {
        self.organisation().post(post).ok_or(Refusal::on("post", Code::NotOffered))
    }
}
