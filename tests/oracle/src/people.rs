//! The people who ask, and which papers each may read: the rule at the top of `people.toml`, derived here and
//! nowhere else in this program. Knows no queries.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Deserialize;

use crate::{
    error::{OracleError, form, read},
    marking::{CAPTIONS, Level, Marking},
};

/// What a paper bears, or nothing: undetermined.
pub type Class = Option<Marking>;

/// True where each reading of a paper is a line of its record: a list quotes nothing of its text.
pub fn is_recorded(class: &Class) -> bool {
    class.as_ref().is_none_or(|marking| marking.level == Level::TopSecret)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    policy: String,
    #[serde(rename = "set")]
    _set: String,
    person: Vec<PersonRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonRow {
    login: String,
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "nationality")]
    _nationality: String,
    #[serde(default)]
    controller: bool,
    level: Option<String>,
    #[serde(default)]
    captions: BTreeSet<String>,
}

/// A person, with all that bears on what he may read.
#[derive(Debug, Clone)]
pub struct Person {
    /// The short name by which answers are told apart.
    pub login: String,
    /// True for a controller of the registry that holds the papers.
    pub controller: bool,
    /// The level of the certificate; none: no certificate.
    pub level: Option<Level>,
    /// The captions on the certificate.
    pub captions: BTreeSet<String>,
}

impl Person {
    /// True when the person may read what bears this.
    pub fn may_read(&self, class: &Class) -> bool {
        let Some(marking) = class else { return self.controller };
        let high_enough = match (marking.level, self.level) {
            (Level::Unclassified, _) => true,
            (needed, Some(held)) => held.place() >= needed.place(),
            (_, None) => false,
        };
        high_enough && marking.captions().all(|caption| self.captions.contains(caption))
    }
}

/// Reads `people.toml`.
///
/// # Errors
/// A file that cannot be read or is not of its form; a level or caption that the policy does not have; a person
/// named twice.
pub fn load(path: &Path) -> Result<Vec<Person>, OracleError> {
    let file: PeopleFile = toml::from_str(&read(path)?).map_err(|why| form(path, 0, why))?;
    if file.policy != "US-HISTORIC" {
        return Err(form(path, 0, format!("policy {:?} is not the one that this oracle knows", file.policy)));
    }
    let mut people: Vec<Person> = Vec::new();
    for row in file.person {
        if people.iter().any(|p| p.login == row.login) {
            return Err(form(path, 0, format!("{} stands twice", row.login)));
        }
        if let Some(unknown) = row.captions.iter().find(|c| !CAPTIONS.contains(&c.as_str())) {
            return Err(form(path, 0, format!("{}: unknown caption {unknown:?}", row.login)));
        }
        let level = match &row.level {
            None => None,
            Some(name) => {
                let unknown = || form(path, 0, format!("{}: unknown level {name:?}", row.login));
                Some(Level::named(name).ok_or_else(unknown)?)
            }
        };
        if level.is_none() && !row.captions.is_empty() {
            return Err(form(path, 0, format!("{}: captions without a level", row.login)));
        }
        people.push(Person { login: row.login, controller: row.controller, level, captions: row.captions });
    }
    Ok(people)
}

/// The classes that a person may read, of those there are (each with its number of papers).
///
/// With `wrong`, one class too many: of the hidden ones that with most papers. It is there to show that a
/// comparison with a wrong scope fails.
pub fn scope(person: &Person, classes: &BTreeMap<Class, usize>, wrong: bool) -> BTreeSet<Class> {
    let (seen, hidden): (Vec<_>, Vec<_>) = classes.iter().partition(|(class, _)| person.may_read(class));
    let planted = hidden.into_iter().filter(|_| wrong).max_by_key(|(_, papers)| **papers);
    seen.into_iter().chain(planted).map(|(class, _)| class.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(level: &str, caveats: &[&str]) -> Class {
        let caveats: Vec<String> = caveats.iter().map(|c| (*c).to_owned()).collect();
        Marking::from_manifest(Some(level), &caveats).unwrap()
    }

    fn person(level: Option<&str>, captions: &[&str], controller: bool) -> Person {
        Person {
            login: "p".to_owned(),
            controller,
            level: level.map(|l| Level::named(l).unwrap()),
            captions: captions.iter().map(|c| (*c).to_owned()).collect(),
        }
    }

    #[test]
    fn levels_dominate_and_three_share_a_place() {
        let secret = person(Some("SECRET"), &[], false);
        assert!(secret.may_read(&class("SECRET", &[])));
        assert!(secret.may_read(&class("RESTRICTED", &[])));
        assert!(!secret.may_read(&class("TOP SECRET", &[])));
        let restricted = person(Some("RESTRICTED"), &[], false);
        assert!(restricted.may_read(&class("OFFICIAL USE ONLY", &[])));
        assert!(!restricted.may_read(&class("CONFIDENTIAL", &[])));
    }

    #[test]
    fn every_caption_is_needed_and_handling_is_not() {
        let holder = person(Some("TOP SECRET"), &["NODIS"], false);
        assert!(holder.may_read(&class("SECRET", &["NODIS", "PERSONAL"])));
        assert!(!holder.may_read(&class("SECRET", &["NODIS", "EXDIS"])));
        assert!(!person(None, &[], false).may_read(&class("UNCLASSIFIED", &["NODIS"])));
    }

    #[test]
    fn without_certificate_only_the_unclassified_and_undetermined_only_for_controllers() {
        let nobody = person(None, &[], false);
        assert!(nobody.may_read(&class("NO MARKING", &[])));
        assert!(!nobody.may_read(&class("LIMITED OFFICIAL USE", &[])));
        assert!(!person(Some("TOP SECRET"), &CAPTIONS, false).may_read(&None));
        let controller = person(None, &[], true);
        assert!(controller.may_read(&None));
        assert!(!controller.may_read(&class("SECRET", &[])));
    }

    #[test]
    fn a_wrong_scope_has_the_largest_hidden_class_too_many() {
        let classes = BTreeMap::from([(class("UNCLASSIFIED", &[]), 9), (class("SECRET", &[]), 5), (None, 2)]);
        let nobody = person(None, &[], false);
        assert_eq!(scope(&nobody, &classes, false).len(), 1);
        let wrong = scope(&nobody, &classes, true);
        assert_eq!(wrong.len(), 2);
        assert!(wrong.contains(&class("SECRET", &[])));
    }
}
