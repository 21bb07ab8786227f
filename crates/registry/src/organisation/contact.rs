//! Contacts outside: a person or an office of another organisation. What is known of one stands in entries about this one
//! alone, so that it can be erased; everything else names him by identifier.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Organisation, decide::Desk};
use crate::{
    fact::{Fact, present},
    id::{BookItemId, ContactId, RegistryId},
    line::{NAME, line, required},
    reference::sort_key,
    refusal::{Code, Refusal},
};

/// Longest address or note (characters).
const WORDS: usize = 2_000;
/// Most languages of a contact.
const LANGUAGES: usize = 12;

/// What a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactKind {
    /// Somebody.
    Person,
    /// An office, a desk, a mailbox.
    Office,
}

/// The correspondent of a registry of which a contact is an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficerOf {
    /// Whose correspondent.
    pub registry: RegistryId,
    /// Which.
    pub item: BookItemId,
}

/// A contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Its identifier.
    pub id: ContactId,
    /// What it is.
    pub is: ContactKind,
    /// As it is written in letters.
    pub name: String,
    /// Of which organisation: a nation's delegation, an agency, a command.
    pub organisation: String,
    /// The nation, where it is one's (ISO 3166 alpha-3).
    #[serde(deserialize_with = "present")]
    pub nation: Option<String>,
    /// What somebody is there.
    #[serde(deserialize_with = "present")]
    pub post: Option<String>,
    /// Where letters go.
    #[serde(deserialize_with = "present")]
    pub address: Option<String>,
    /// Where mail goes.
    #[serde(deserialize_with = "present")]
    pub mail: Option<String>,
    /// The number to call.
    #[serde(deserialize_with = "present")]
    pub telephone: Option<String>,
    /// What is spoken and read there, the best first (ISO 639).
    pub languages: Vec<String>,
    /// What else is to be known.
    #[serde(deserialize_with = "present")]
    pub notes: Option<String>,
    /// The correspondent of which it is an officer.
    #[serde(deserialize_with = "present")]
    pub officer_of: Option<OfficerOf>,
    /// The last day on which it is one.
    #[serde(deserialize_with = "present")]
    pub ends: Option<Date>,
}

/// What is given to enter a contact, or to change one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactTerms {
    /// What it is.
    pub is: ContactKind,
    /// As it is written in letters.
    pub name: String,
    /// Of which organisation.
    pub organisation: String,
    /// The nation.
    #[serde(default)]
    pub nation: String,
    /// What somebody is there.
    #[serde(default)]
    pub post: String,
    /// Where letters go.
    #[serde(default)]
    pub address: String,
    /// Where mail goes.
    #[serde(default)]
    pub mail: String,
    /// The number to call.
    #[serde(default)]
    pub telephone: String,
    /// What is spoken and read there, the best first.
    #[serde(default)]
    pub languages: Vec<String>,
    /// What else is to be known.
    #[serde(default)]
    pub notes: String,
    /// The correspondent of which it is an officer.
    #[serde(default)]
    pub officer_of: Option<OfficerOf>,
    /// The last day on which it is one.
    #[serde(default)]
    pub ends: Option<Date>,
}

impl Contact {
    /// Whether it is one on a day.
    pub fn is_on(&self, day: Date) -> bool {
        self.ends.is_none_or(|last| day <= last)
    }
}

impl Organisation {
    /// The contacts of whose name, organisation or post each word is a part, by name. No words: all.
    pub fn contacts(&self, words: &str) -> Vec<&Contact> {
        let wanted = sort_key(words);
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let says = |contact: &Contact| {
            let post = contact.post.as_deref().unwrap_or_default();
            let said = sort_key(&format!("{} {} {post}", contact.name, contact.organisation));
            wanted.iter().all(|word| said.contains(word))
        };
        let mut found: Vec<_> = self.contacts.values().filter(|contact| says(contact)).collect();
        found.sort_by_cached_key(|contact| (sort_key(&contact.name), contact.id));
        found
    }
}

impl Desk<'_> {
    pub(super) fn enter_contact(&self, terms: &ContactTerms) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let contact = self.contact_of(ContactId::new(self.context.new_id(0)), terms)?;
        Ok(vec![Fact::ContactEntered { contact: Box::new(contact) }])
    }

    pub(super) fn change_contact(
        &self,
        contact: ContactId,
        terms: &ContactTerms,
        reason: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        self.administers()?;
        let was = self.organisation().contact(contact).ok_or(Refusal::on("contact", Code::NotOffered))?;
        let contact = self.contact_of(was.id, terms)?;
        if contact == *was {
            return Err(Code::NothingChanged.into());
        }
        Ok(vec![Fact::ContactChanged { contact: Box::new(contact), reason: self.reason(reason)? }])
    }

    fn contact_of(&self, id: ContactId, terms: &ContactTerms) -> Result<Contact, Refusal> {
        let nation = match line("nation", &terms.nation, 3)? {
            Some(nation) => Some(
                crate::person::nation(&nation)
                    .map_err(|_| Refusal::on("nation", Code::NotOffered).with("value", &terms.nation))?,
            ),
            None => None,
        };
        if terms.officer_of.is_some() && !self.needs.correspondent {
            return Err(Refusal::on("officer_of", Code::NotOffered));
        }
        Ok(Contact {
            id,
            is: terms.is,
            name: required("name", &terms.name, 200)?,
            organisation: required("organisation", &terms.organisation, NAME)?,
            nation,
            post: line("post", &terms.post, NAME)?,
            address: lines("address", &terms.address)?,
            mail: mail(&terms.mail)?,
            telephone: telephone(&terms.telephone)?,
            languages: languages(&terms.languages)?,
            notes: lines("notes", &terms.notes)?,
            officer_of: terms.officer_of,
            ends: terms.ends,
        })
    }
}

/// Several lines of text: each of them clean, none of them empty.
fn lines(field: &'static str, given: &str) -> Result<Option<String>, Refusal> {
    let mut kept = Vec::new();
    for one in given.lines() {
        kept.extend(line(field, one, WORDS)?);
    }
    let text = kept.join("\n");
    if text.chars().count() > WORDS {
        return Err(Refusal::on(field, Code::TooLong).with("limit", WORDS));
    }
    Ok((!text.is_empty()).then_some(text))
}

fn mail(given: &str) -> Result<Option<String>, Refusal> {
    let Some(mail) = line("mail", given, 254)? else { return Ok(None) };
    let fits = mail.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && !domain.is_empty() && !domain.contains('@') && !mail.contains(' ')
    });
    if fits { Ok(Some(mail)) } else { Err(Refusal::on("mail", Code::MailForm).with("value", given)) }
}

fn telephone(given: &str) -> Result<Option<String>, Refusal> {
    let Some(number) = line("telephone", given, 60)? else { return Ok(None) };
    if number.chars().any(|c| c.is_ascii_digit()) {
        Ok(Some(number))
    } else {
        Err(Refusal::on("telephone", Code::TelephoneForm).with("value", given))
    }
}

fn languages(given: &[String]) -> Result<Vec<String>, Refusal> {
    if given.len() > LANGUAGES {
        return Err(Refusal::on("languages", Code::TooLong).with("limit", LANGUAGES));
    }
    let mut kept: Vec<String> = Vec::new();
    for one in given {
        let code = one.trim().to_lowercase();
        if !(2..=3).contains(&code.len()) || !code.chars().all(|c| c.is_ascii_lowercase()) {
            return Err(Refusal::on("languages", Code::NotOffered).with("value", one));
        }
        if !kept.contains(&code) {
            kept.push(code);
        }
    }
    Ok(kept)
}
