//! The organisation of the demo: established on the first day, and what became of it lately: two posts are vacant, for one
//! of them another acts; somebody is on leave, and another stands in for him.

use std::collections::HashMap;

use jiff::{ToSpan as _, civil::Date};
use registry::{
    Answer, Command,
    custody::book::Purpose,
    house::Names,
    id::{ContactId, ListId, PostId, TenureId, UnitId},
    organisation::{
        Act, For, Thing, UnitKind,
        act::Corrected,
        contact::{ContactKind, ContactTerms},
        lists::{Addressee, ListLine, ListTerms},
        post::PostTerms,
        unit::UnitTerms,
    },
};
use serde::Deserialize;

use super::{Builder, damaged};
use crate::{door::Sender, failure::Failure, shipped};

/// Who administers the house.
const ADMINISTRATOR: &str = "kalnins";
/// Who is on leave, and who stands in for him.
const AWAY: (&str, &str) = ("bertolazzi", "stoyanov");
/// The post that nobody holds, and who acts for it.
const VACANT: (&str, &str) = ("COS", "ozbaran");
/// The post of whoever left the house.
const LEFT: (&str, &str) = ("OPS-EXE-2", "2026-06-30");
/// Somebody whose first day was written down wrongly.
const CORRECTED: &str = "REG-ARC-2";

#[derive(Deserialize)]
struct Data {
    unit: Vec<UnitData>,
    post: Vec<PostData>,
    contact: Vec<ContactTerms>,
    list: Vec<ListData>,
}

#[derive(Deserialize)]
struct UnitData {
    code: String,
    name: Names,
    is: UnitKind,
    parent: Option<String>,
    registry: Option<String>,
}

#[derive(Deserialize)]
struct PostData {
    code: String,
    unit: String,
    title: Names,
    #[serde(default)]
    head: bool,
    holder: Option<String>,
}

#[derive(Deserialize)]
struct ListData {
    code: String,
    name: Names,
    owner: String,
    action: Vec<Named>,
    information: Vec<Named>,
}

/// Whom a line names, by code, login or name.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Named {
    Unit(String),
    Post(String),
    Person(String),
    Registry(String),
    Contact(String),
}

/// What was made of the data.
#[derive(Default)]
pub(super) struct Organised {
    pub(super) units: HashMap<String, UnitId>,
    pub(super) posts: HashMap<String, PostId>,
    tenures: HashMap<String, TenureId>,
    contacts: HashMap<String, ContactId>,
    lists: HashMap<String, ListId>,
    begins: Option<Date>,
}

fn data() -> Result<Data, Failure> {
    toml::from_str(shipped::DEMO_ORGANISATION).map_err(damaged)
}

fn found<T: Copy>(of: &HashMap<String, T>, code: &str) -> Result<T, Failure> {
    of.get(code).copied().ok_or_else(|| damaged(code))
}

fn as_agreed() -> String {
    "As the staff meeting agreed".to_owned()
}

impl Builder {
    async fn changes(&mut self, act: Act) -> Result<Thing, Failure> {
        let said = format!("{act:?}");
        let by = self.known(ADMINISTRATOR)?;
        let done = self.does(Sender::person(by), Command::Organise { act: Box::new(act) }).await;
        match done.map_err(|failure| damaged(format!("{said}: {failure}")))? {
            Answer::Organised { thing } => Ok(thing),
            other => Err(damaged(format!("{other:?}"))),
        }
    }

    async fn day(&self) -> Result<Date, Failure> {
        Ok(self.tick.date(&self.office.house().await?.zone))
    }

    /// Establishes the organisation, before the first paper comes.
    pub(super) async fn organises(&mut self) -> Result<(), Failure> {
        let data = data()?;
        let begins = self.day().await?;
        self.organised.begins = Some(begins);
        for unit in &data.unit {
            let act = Act::EstablishUnit { code: unit.code.clone(), terms: self.unit_terms(unit, begins)? };
            if let Thing::Unit { unit: id } = self.changes(act).await? {
                self.organised.units.insert(unit.code.clone(), id);
            }
        }
        for post in &data.post {
            let terms = self.post_terms(post, begins)?;
            let act = Act::EstablishPost { code: post.code.clone(), terms };
            if let Thing::Post { post: id } = self.changes(act).await? {
                self.organised.posts.insert(post.code.clone(), id);
            }
            self.takes_up(post, begins).await?;
        }
        for terms in &data.contact {
            let act = Act::EnterContact { terms: Box::new(terms.clone()) };
            if let Thing::Contact { contact } = self.changes(act).await? {
                self.organised.contacts.insert(terms.name.clone(), contact);
            }
        }
        for list in &data.list {
            let act = Act::DrawUpList { code: list.code.clone(), terms: self.list_terms(list)? };
            if let Thing::List { list: id } = self.changes(act).await? {
                self.organised.lists.insert(list.code.clone(), id);
            }
        }
        Ok(())
    }

    async fn takes_up(&mut self, post: &PostData, from: Date) -> Result<(), Failure> {
        let Some(login) = &post.holder else { return Ok(()) };
        let person = self.known(login)?;
        let id = found(&self.organised.posts, &post.code)?;
        let act = Act::TakeUp { post: id, person, from, until: None };
        if let Thing::Tenure { tenure } = self.changes(act).await? {
            self.organised.tenures.insert(post.code.clone(), tenure);
        }
        Ok(())
    }

    fn unit_terms(&self, unit: &UnitData, begins: Date) -> Result<UnitTerms, Failure> {
        let parent = unit.parent.as_ref().map(|code| found(&self.organised.units, code)).transpose()?;
        let registry = unit.registry.as_ref().map(|code| found(&self.ids.registries, code)).transpose()?;
        Ok(UnitTerms { names: unit.name.clone(), is: unit.is, parent, registry, begins, ends: None })
    }

    fn post_terms(&self, post: &PostData, begins: Date) -> Result<PostTerms, Failure> {
        let unit = found(&self.organised.units, &post.unit)?;
        Ok(PostTerms { titles: post.title.clone(), unit, head: post.head, begins, ends: None })
    }

    fn list_terms(&self, list: &ListData) -> Result<ListTerms, Failure> {
        let line = |named: &Named, purpose| {
            let made = &self.organised;
            let addressee = match named {
                Named::Unit(code) => Addressee::Unit { unit: found(&made.units, code)? },
                Named::Post(code) => Addressee::Post { post: found(&made.posts, code)? },
                Named::Person(login) => Addressee::Person { person: self.known(login)? },
                Named::Registry(code) => Addressee::Registry { registry: found(&self.ids.registries, code)? },
                Named::Contact(name) => Addressee::Contact { contact: found(&made.contacts, name)? },
            };
            Ok(ListLine { addressee, purpose })
        };
        let action = list.action.iter().map(|named| line(named, Purpose::Action));
        let information = list.information.iter().map(|named| line(named, Purpose::Information));
        let lines = action.chain(information).collect::<Result<_, Failure>>()?;
        let owner = found(&self.organised.units, &list.owner)?;
        Ok(ListTerms { names: list.name.clone(), owner, lines, ends: None })
    }

    /// What became of it lately.
    pub(super) async fn reorganises(&mut self) -> Result<(), Failure> {
        let today = self.day().await?;
        self.leaves_posts(today).await?;
        self.goes_on_leave(today).await?;
        self.changes_terms(&data()?).await
    }

    async fn leaves_posts(&mut self, today: Date) -> Result<(), Failure> {
        let tenure = found(&self.organised.tenures, LEFT.0)?;
        let last: Date = LEFT.1.parse().map_err(damaged)?;
        let until = last.min(today);
        self.changes(Act::LeavePost { tenure, until, reason: "End of tour.".to_owned() }).await?;
        let tenure = found(&self.organised.tenures, CORRECTED)?;
        let begins = self.organised.begins.unwrap_or(today);
        let days = Corrected { from: begins.saturating_add(14.days()), until: None };
        let reason = "The course at the school came first.".to_owned();
        self.changes(Act::CorrectTenure { tenure, days: Some(days), reason }).await?;
        let (post, by) = (found(&self.organised.posts, VACANT.0)?, self.known(VACANT.1)?);
        let from = self.day().await?;
        let until = from.saturating_add(3.months());
        self.changes(Act::NameStandIn { of: For::Post { post }, by, from, until }).await.map(|_| ())
    }

    async fn goes_on_leave(&mut self, today: Date) -> Result<(), Failure> {
        let (person, by) = (self.known(AWAY.0)?, self.known(AWAY.1)?);
        let day = |n: i64| today.saturating_add(n.days());
        self.changes(Act::RecordLeave { person, from: day(-3), until: day(11), by: None }).await?;
        let from = self.day().await?;
        let named = Act::NameStandIn { of: For::Person { person }, by, from, until: day(18) };
        // He is back a week before that.
        if let Thing::StandIn { stand_in } = self.changes(named).await? {
            let (until, reason) = (Some(day(11)), as_agreed());
            self.changes(Act::EndStandIn { stand_in, until, reason }).await?;
        }
        let person = self.known("marchandeau")?;
        let later = Act::RecordLeave { person, from: day(28), until: day(45), by: None };
        if let Thing::Leave { leave } = self.changes(later).await? {
            self.changes(Act::EndLeave { leave, until: Some(day(40)), reason: as_agreed() }).await?;
        }
        Ok(())
    }

    /// One unit, one post, one contact and one list are not what they were on the first day.
    async fn changes_terms(&mut self, data: &Data) -> Result<(), Failure> {
        let begins = self.organised.begins.ok_or_else(|| damaged("no organisation"))?;
        if let Some(unit) = data.unit.iter().find(|unit| unit.code == "CIS-NET") {
            let terms = UnitTerms { is: UnitKind::Branch, ..self.unit_terms(unit, begins)? };
            let unit = found(&self.organised.units, &unit.code)?;
            self.changes(Act::ChangeUnit { unit, terms, reason: as_agreed() }).await?;
        }
        if let Some(post) = data.post.iter().find(|post| post.code == "CIS-NET-1") {
            let titles = Names { en: "Head of networks".to_owned(), fr: "Chef des réseaux".to_owned() };
            let terms = PostTerms { titles, ..self.post_terms(post, begins)? };
            let post = found(&self.organised.posts, &post.code)?;
            self.changes(Act::ChangePost { post, terms, reason: as_agreed() }).await?;
        }
        if let Some(terms) = data.contact.iter().find(|contact| contact.is == ContactKind::Person) {
            let contact = found(&self.organised.contacts, &terms.name)?;
            let terms = Box::new(ContactTerms { telephone: "+45 55 01 01 41".to_owned(), ..terms.clone() });
            let reason = "She has moved to another office.".to_owned();
            self.changes(Act::ChangeContact { contact, terms, reason }).await?;
        }
        if let Some(list) = data.list.iter().find(|list| list.code == "FUEL") {
            let mut terms = self.list_terms(list)?;
            let post = found(&self.organised.posts, "LOR-FUE-2")?;
            terms.lines.push(ListLine { addressee: Addressee::Post { post }, purpose: Purpose::Action });
            let list = found(&self.organised.lists, &list.code)?;
            self.changes(Act::ChangeList { list, terms, reason: as_agreed() }).await?;
        }
        Ok(())
    }
}
