//! What a case asks for.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{
    cond::Cond,
    names::Names,
    running::Replies,
    value::{Kind, Value, Values},
    who::Who,
};

/// What stands for the opening of a case, where stages are named in which a field is asked.
pub const OPENING: &str = "opening";

/// A field of a procedure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its code.
    pub code: String,
    /// How it is called.
    pub names: Names,
    /// What to say in it.
    pub hint: Option<Names>,
    /// What can be filled in.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Whether it must be filled in where it is asked.
    pub required: bool,
    /// When it is asked at all; none: always.
    pub when: Option<Cond>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The least; of money in whole units.
    pub min: Option<i64>,
    /// The most; of money in whole units.
    pub max: Option<i64>,
    /// The most characters.
    pub longest: Option<u32>,
    /// The most entries of a list.
    pub most: Option<u32>,
    /// How it is written.
    pub pattern: Option<Picture>,
    /// The field after which it is, as a day or a moment.
    pub after: Option<String>,
    /// The field before which it is not: it may be the same day or moment.
    pub not_before: Option<String>,
    /// Whether it may not be past when it is filled in.
    pub not_past: bool,
    /// What stands in it from the beginning.
    pub initial: Option<Value>,
    /// Whether it is about a person's private matters: erased when those are.
    pub personal: bool,
    /// Who sees it; none: whoever sees the case.
    pub seen_by: Option<Vec<Who>>,
    /// The stages in which it is asked, [`OPENING`] among them.
    pub asked_in: Vec<String>,
    /// Who changes it apart from those who are asked.
    pub changed_by: Vec<Who>,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// How it is called.
    pub names: Names,
}

impl Field {
    /// Whether it is asked at all beside what else is filled in.
    pub fn applies(&self, values: &Values) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(values, &Replies::default()))
    }

    /// Whether somebody who is all these to a case sees it, where he sees the case.
    pub fn seen(&self, relations: &std::collections::BTreeSet<Who>) -> bool {
        self.seen_by
            .as_ref()
            .is_none_or(|by| by.iter().any(|who| *who == Who::Anyone || relations.contains(who)))
    }
}

/// How something is written: `A` an upper-case letter, `9` a figure, `X` either, anything else itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture(String);

impl Picture {
    /// Reads one; none where it has nothing to fill in, is over 40 characters, or can't be shown.
    pub fn read(text: &str) -> Option<Self> {
        let fits = crate::names::fits(text, 40) && text.contains(['A', '9', 'X']) && text.is_ascii();
        fits.then(|| Self(text.to_owned()))
    }

    /// Whether a text is written so.
    pub fn matches(&self, text: &str) -> bool {
        let mut letters = text.chars();
        let all = self.0.chars().all(|wanted| {
            letters.next().is_some_and(|letter| match wanted {
                'A' => letter.is_ascii_uppercase(),
                '9' => letter.is_ascii_digit(),
                'X' => letter.is_ascii_uppercase() || letter.is_ascii_digit(),
                other => letter == other,
            })
        });
        all && letters.next().is_none()
    }

    /// The same as the attribute `pattern` of a field in HTML.
    pub fn html(&self) -> String {
        let letter = |c: char| match c {
            'A' => "[A-Z]".to_owned(),
            '9' => "[0-9]".to_owned(),
            'X' => "[A-Z0-9]".to_owned(),
            c if c.is_ascii_alphanumeric() || c == ' ' => c.to_string(),
            c => format!("\\x{:02X}", u32::from(c)),
        };
        self.0.chars().map(letter).collect()
    }
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Picture {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
