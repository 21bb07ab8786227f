//! Persons of the house: who they are, how one is added, and how what is known of him changes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::{REASON, Role},
    command::{Caller, Context},
    fact::{Fact, present},
    id::{BodyId, PersonId},
    line::{NAME, line, required},
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// A person as registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The identifier by which every other entry names the person.
    pub id: PersonId,
    /// The short name for signing in: lower-case letters, digits, dots, hyphens.
    pub login: String,
    /// As it is written on paper.
    pub name: String,
    /// ISO 3166 alpha-3.
    pub nationality: String,
    /// `en` or `fr`.
    pub language: String,
    /// Rank and post, as shown under the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The body to which the person belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyId>,
    /// The last day in the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Date>,
}

/// What is given to add a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// The short name for signing in.
    pub login: String,
    /// As it is written on paper.
    pub name: String,
    /// ISO 3166 alpha-3.
    pub nationality: String,
    /// `en` or `fr`.
    #[serde(default = "english")]
    pub language: String,
    /// Rank and post.
    #[serde(default)]
    pub title: String,
    /// The body.
    #[serde(default)]
    pub body: Option<BodyId>,
}

fn english() -> String {
    "en".to_owned()
}

impl NewPerson {
    /// Checks the form and gives the person an identifier.
    pub fn with_id(&self, id: PersonId) -> Result<Person, Refusal> {
        let login = self.login.trim().to_lowercase();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        if login.is_empty() {
            return Err(Refusal::on("login", Code::Required));
        }
        if login.len() > 64 || !login.chars().all(fits) {
            return Err(Refusal::on("login", Code::CodeForm).with("value", &self.login));
        }
        let name = required("name", &self.name, 200)?;
        Ok(Person {
            id,
            login,
            name,
            nationality: nation(&self.nationality)?,
            language: language(&self.language)?,
            title: line("title", &self.title, NAME)?.unwrap_or_default(),
            body: self.body,
            left: None,
        })
    }
}

/// The three letters of a nationality.
pub(crate) fn nation(given: &str) -> Result<String, Refusal> {
    let nationality = given.trim().to_uppercase();
    if nationality.len() != 3 || !nationality.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(Refusal::on("nationality", Code::NotOffered).with("value", given));
    }
    Ok(nationality)
}

fn language(given: &str) -> Result<String, Refusal> {
    if !matches!(given, "en" | "fr") {
        return Err(Refusal::on("language", Code::NotOffered).with("value", given));
    }
    Ok(given.to_owned())
}

/// What one person may change of another's registration: all of it but who he is, and his nationality, which takes two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particulars {
    /// As it is written on paper.
    pub name: String,
    /// `en` or `fr`.
    pub language: String,
    /// Rank and post.
    pub title: String,
    /// The body.
    #[serde(deserialize_with = "present")]
    pub body: Option<BodyId>,
    /// The last day in the house.
    #[serde(deserialize_with = "present")]
    pub left: Option<Date>,
}

impl Person {
    /// What of it one person may change.
    pub fn particulars(&self) -> Particulars {
        Particulars {
            name: self.name.clone(),
            language: self.language.clone(),
            title: self.title.clone(),
            body: self.body,
            left: self.left,
        }
    }

    /// True when his last day is over: he has no access and no session.
    pub fn has_left(&self, day: Date) -> bool {
        self.left.is_some_and(|left| left < day)
    }
}

/// What was and what is, of one change in a person's registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// What one person may change.
    Particulars {
        /// Before.
        from: Particulars,
        /// After.
        to: Particulars,
    },
    /// The nationality, which two changed.
    Nationality {
        /// Before.
        from: String,
        /// After.
        to: String,
    },
}

/// A change in a person's registration with who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The entry that tells it.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who; for a nationality, who confirmed it.
    pub by: PersonId,
    /// Why.
    pub reason: String,
    /// What.
    pub change: Change,
}

/// What the tables must tell before a change can be decided.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChangeNeeds {
    /// The person, when there is one.
    pub person: Option<Person>,
    /// Whether anything that two persons gave him still stands.
    pub holds: bool,
}

/// Changes what the house knows of a person. Setting his last day takes access away, and one person may; taking it back
/// once it is over would give access again, and nobody gives that alone: what he held must have been ended first.
pub fn change(
    caller: &Caller,
    context: &Context<'_>,
    person: PersonId,
    to: &Particulars,
    reason: &str,
    needs: &ChangeNeeds,
) -> Result<Vec<Fact>, Refusal> {
    let may = caller.is_operator()
        || caller.has(Role::Administrator, None)
        || caller.has(Role::SecurityOfficer, None);
    if !may {
        return Err(Code::Forbidden.into());
    }
    let Some(known) = needs.person.as_ref().filter(|known| known.id == person) else {
        return Err(Refusal::on("person", Code::PersonUnknown));
    };
    let from = known.particulars();
    let to = Particulars {
        name: required("name", &to.name, 200)?,
        language: language(&to.language)?,
        title: line("title", &to.title, NAME)?.unwrap_or_default(),
        body: to.body,
        left: to.left,
    };
    // A body that is none any more may stay; a new one must be there.
    if to.body != from.body && to.body.is_some_and(|b| context.house.body(b).is_none()) {
        return Err(Refusal::on("body", Code::NotOffered));
    }
    let comes_back = known.has_left(context.today) && to.left.is_none_or(|left| left >= context.today);
    if to.left != from.left && person == caller.person {
        return Err(Refusal::on("left", Code::OwnClearance));
    }
    if comes_back && needs.holds {
        return Err(Refusal::on("left", Code::StillHolds));
    }
    let reason = required("reason", reason, REASON)?;
    if from == to {
        return Err(Code::NothingChanged.into());
    }
    Ok(vec![Fact::PersonChanged { person, from, to, reason }])
}

/// Adds a person. He can do nothing yet: every authorisation is proposed and confirmed apart.
pub fn add(
    caller: &Caller,
    context: &Context<'_>,
    new: &NewPerson,
    login_taken: bool,
) -> Result<Vec<Fact>, Refusal> {
    let may = caller.is_operator()
        || caller.has(Role::Administrator, None)
        || caller.has(Role::SecurityOfficer, None);
    if !may {
        return Err(Code::Forbidden.into());
    }
    let person = new.with_id(PersonId::new(context.new_id(0)))?;
    if login_taken {
        return Err(Refusal::on("login", Code::LoginTaken).with("login", &person.login));
    }
    if person.body.is_some_and(|b| context.house.body(b).is_none()) {
        return Err(Refusal::on("body", Code::NotOffered));
    }
    Ok(vec![Fact::PersonAdded { person }])
}
