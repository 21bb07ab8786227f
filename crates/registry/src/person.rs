//! Persons of the house: who they are, and how one is added.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    authorisation::Role,
    command::{Caller, Context},
    fact::Fact,
    id::{BodyId, PersonId},
    line::{NAME, line, required},
    refusal::{Code, Refusal},
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
        let nationality = self.nationality.trim().to_uppercase();
        if nationality.len() != 3 || !nationality.chars().all(|c| c.is_ascii_uppercase()) {
            return Err(Refusal::on("nationality", Code::NotOffered).with("value", &self.nationality));
        }
        if !matches!(self.language.as_str(), "en" | "fr") {
            return Err(Refusal::on("language", Code::NotOffered).with("value", &self.language));
        }
        Ok(Person {
            id,
            login,
            name,
            nationality,
            language: self.language.clone(),
            title: line("title", &self.title, NAME)?.unwrap_or_default(),
            body: self.body,
            left: None,
        })
    }
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
