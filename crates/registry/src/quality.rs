//! What the register should say of a paper: the rules of a house as data, read and checked. Owns their form; how papers
//! that break them are found is the store's matter.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use crate::document::Direction;

/// Most rules of a house: each is asked of every paper.
pub const MOST_RULES: usize = 40;
/// Most names of a list.
pub const MOST_NAMES: usize = 500;

/// How much a rule matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matters {
    /// A paper is not complete without.
    Required,
    /// It should be so.
    Wanted,
    /// Worth a look.
    Advice,
}

impl Matters {
    /// As it stands in data and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Matters::Required => "required",
            Matters::Wanted => "wanted",
            Matters::Advice => "advice",
        }
    }
}

/// A field that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Any date.
    Date,
    /// A date with its day.
    Day,
    /// Who wrote or sent it.
    Originator,
    /// To whom it went.
    Addressee,
    /// The originator's reference.
    Reference,
    /// The language of the text.
    Language,
    /// A text, where the content is held here.
    Text,
}

/// What is checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "check", rename_all = "kebab-case")]
pub enum Check {
    /// A field is not filled.
    Missing {
        /// Which.
        field: Field,
    },
    /// The subject has fewer words.
    ShortSubject {
        /// Than this.
        words: u32,
    },
    /// The subject is the name of the file.
    FileNameSubject,
    /// No reference is of a known series.
    UnknownReference,
    /// Dated after it was registered.
    AfterRegistration,
    /// Dated before its originator existed.
    BeforeOriginator,
    /// The marking says nothing of release.
    NoRelease {
        /// The policy whose markings do.
        policy: String,
    },
    /// Sent to somebody unknown.
    UnknownAddressee,
    /// Another paper bears the originator's reference.
    SharedReference,
    /// The marking is undetermined.
    Undetermined,
}

/// The words of a rule in a language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// What is wrong with a paper that breaks it.
    pub says: String,
    /// What to do.
    pub remedy: String,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// Its code.
    pub code: String,
    /// How much it matters.
    pub matters: Matters,
    /// What is checked.
    #[serde(flatten)]
    pub check: Check,
    /// Which ways of papers it is for; none: all.
    #[serde(default)]
    pub directions: Vec<Direction>,
    /// Which kinds it is for; none: all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Its words in English.
    pub en: Said,
    /// Its words in French.
    pub fr: Said,
}

impl Rule {
    /// Its words in a language.
    pub fn said(&self, language: &str) -> &Said {
        if language == "fr" { &self.fr } else { &self.en }
    }
    /// True when it says whether a field is filled, so that it counts for completeness.
    pub const fn is_of_a_field(&self) -> bool {
        matches!(self.check, Check::Missing { .. } | Check::Undetermined)
            && !matches!(self.matters, Matters::Advice)
    }
}

/// Since when an originator exists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// As it stands in the register.
    pub name: String,
    /// Its first day.
    pub since: Date,
}

/// A name that is known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// As it stands in the register.
    pub name: String,
}

/// What a house wants of its register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The rules, in the order in which they are shown.
    #[serde(default, rename = "rule")]
    pub rules: Vec<Rule>,
    /// Since when originators exist.
    #[serde(default, rename = "originator")]
    pub originators: Vec<Since>,
    /// Addressees who are known beside the bodies of the house.
    #[serde(default, rename = "addressee")]
    pub addressees: Vec<Name>,
}

impl Profile {
    /// What is wrong with it, in words for whoever keeps the data; none: nothing.
    pub fn wrong(&self) -> Option<String> {
        let mut codes = BTreeSet::new();
        for rule in &self.rules {
            let plain = !rule.code.is_empty()
                && rule.code.len() <= 40
                && rule.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            if !plain {
                return Some(format!("the code {:?}: small letters and hyphens, forty at most", rule.code));
            }
            if !codes.insert(&rule.code) {
                return Some(format!("two rules of the code {}", rule.code));
            }
            if [&rule.en, &rule.fr].iter().any(|said| said.says.is_empty() || said.remedy.is_empty()) {
                return Some(format!("the rule {} lacks words", rule.code));
            }
        }
        if self.rules.len() > MOST_RULES {
            return Some(format!("more than {MOST_RULES} rules"));
        }
        (self.originators.len().max(self.addressees.len()) > MOST_NAMES)
            .then(|| format!("a list of more than {MOST_NAMES} names"))
    }

    /// The rule of a code.
    pub fn rule(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(code: &str) -> Rule {
        let said = Said { says: "x".into(), remedy: "y".into() };
        let check = Check::Missing { field: Field::Date };
        Rule {
            code: code.into(),
            matters: Matters::Required,
            check,
            directions: Vec::new(),
            kinds: Vec::new(),
            en: said.clone(),
            fr: said,
        }
    }

    #[test]
    fn a_profile_that_cannot_be_used_says_why() {
        let of = |rules: Vec<Rule>| Profile { rules, ..Profile::default() };
        assert_eq!(of(vec![rule("no-date"), rule("no-day")]).wrong(), None);
        assert!(of(vec![rule("no-date"), rule("no-date")]).wrong().unwrap().contains("two rules"));
        assert!(of(vec![rule("No Date")]).wrong().unwrap().contains("small letters"));
        let dumb = Rule { fr: Said { says: String::new(), remedy: "y".into() }, ..rule("a") };
        assert!(of(vec![dumb]).wrong().unwrap().contains("lacks words"));
        let many = (0..41).map(|n| rule(&"a".repeat(n % 40 + 1))).collect();
        assert!(of(many).wrong().is_some());
    }
}
