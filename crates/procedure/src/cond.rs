//! Conditions: `field:cost > 5000 and every reply of support counts yes`.
//!
//! ```text
//! field:classified is yes            is no, is given, is missing       field:kind is "escorted"
//! field:level in ("secret", "top")   field:nations has "BEL"           field:cost >= "5000 EUR"
//! field:visitors > 20                field:visit_from < 2027-01-01
//! every reply of support counts yes  some reply of support counts no   no reply of support is "non_concur"
//! and   or   not   ( )               `and` binds closer than `or`
//! ```
//!
//! Of a field that is missing only `is missing` is so. Where nobody replied, `every` and `no` are so and `some` is not.

mod read;

use std::fmt;

use calendar::TextError;
use serde::{Serialize, Serializer};

use crate::{
    running::Replies,
    value::{Value, Values},
};

/// What must be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// All of them.
    All(Vec<Cond>),
    /// Any of them.
    Any(Vec<Cond>),
    /// It is not so.
    Not(Box<Cond>),
    /// Something of a field.
    Field {
        /// Its code.
        field: String,
        /// What.
        test: Test,
    },
    /// Something of the replies of a branch.
    Reply {
        /// Of how many.
        many: Many,
        /// The branch.
        branch: String,
        /// What.
        reply: ReplyTest,
    },
}

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It is yes.
    Yes,
    /// It is no.
    No,
    /// It is filled in.
    Given,
    /// It is not.
    Missing,
    /// It is this.
    Is(String),
    /// It is one of these.
    In(Vec<String>),
    /// This is among it.
    Has(String),
    /// It compares so with this.
    Compare(Compare, String),
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// Less, or earlier.
    Less,
    /// Not more, or not later.
    AtMost,
    /// More, or later.
    More,
    /// Not less, or not earlier.
    AtLeast,
}

/// Of how many replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Many {
    /// Of all that were given.
    Every,
    /// Of one or more.
    Some,
    /// Of none.
    No,
}

/// What is asked of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyTest {
    /// How it counts.
    Counts(Counts),
    /// Which it is.
    Is(String),
}

/// How a reply counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Neither.
    Neither,
}

pub(crate) const COMPARES: [(&str, Compare); 4] =
    [("<", Compare::Less), ("<=", Compare::AtMost), (">", Compare::More), (">=", Compare::AtLeast)];
pub(crate) const MANIES: [(&str, Many); 3] = [("every", Many::Every), ("some", Many::Some), ("no", Many::No)];
pub(crate) const COUNTS: [(&str, Counts); 3] =
    [("yes", Counts::Yes), ("no", Counts::No), ("neither", Counts::Neither)];

impl Cond {
    /// Reads a condition. A mistake is told with its place and with what may stand there.
    pub fn read(text: &str) -> Result<Self, TextError> {
        read::condition(text)
    }

    /// Whether it is so.
    pub fn holds(&self, values: &Values, replies: &Replies) -> bool {
        match self {
            Self::All(all) => all.iter().all(|cond| cond.holds(values, replies)),
            Self::Any(any) => any.iter().any(|cond| cond.holds(values, replies)),
            Self::Not(cond) => !cond.holds(values, replies),
            Self::Field { field, test } => test.holds(values.get(field.as_str())),
            Self::Reply { many, branch, reply } => {
                let mut given = replies.given(branch).map(|given| match reply {
                    ReplyTest::Counts(counts) => given.counts == *counts,
                    ReplyTest::Is(code) => given.reply == *code,
                });
                match many {
                    Many::Every => given.all(|is| is),
                    Many::Some => given.any(|is| is),
                    Many::No => !given.any(|is| is),
                }
            }
        }
    }

    /// All that is asked of a field or of replies, in the order in which it is written.
    pub fn atoms(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::atoms).collect(),
            Self::Not(cond) => cond.atoms(),
            Self::Field { .. } | Self::Reply { .. } => vec![self],
        }
    }
}

impl Test {
    /// Whether it is so of what is filled in.
    pub fn holds(&self, value: Option<&Value>) -> bool {
        let Some(value) = value else { return *self == Self::Missing };
        match self {
            Self::Given => true,
            Self::Missing => false,
            Self::Yes => *value == Value::YesNo(true),
            Self::No => *value == Value::YesNo(false),
            Self::Is(text) => is(value, text),
            Self::In(texts) => texts.iter().any(|text| is(value, text)),
            Self::Has(text) => value.has(text),
            Self::Compare(compare, text) => {
                let Some(ordering) = value.like(text).and_then(|other| value.compare(&other)) else {
                    return false;
                };
                match compare {
                    Compare::Less => ordering.is_lt(),
                    Compare::AtMost => ordering.is_le(),
                    Compare::More => ordering.is_gt(),
                    Compare::AtLeast => ordering.is_ge(),
                }
            }
        }
    }

    /// The values with which it compares, as written.
    pub fn literals(&self) -> Vec<&str> {
        match self {
            Self::Is(text) | Self::Has(text) | Self::Compare(_, text) => vec![text],
            Self::In(texts) => texts.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

fn is(value: &Value, text: &str) -> bool {
    value.like(text).is_some_and(|other| other == *value)
}

/// As it is written; read again it is the same condition.
impl fmt::Display for Cond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(f, parts, " and "),
            Self::Any(parts) => joined(f, parts, " or "),
            Self::Not(cond) => match cond.as_ref() {
                Self::All(_) | Self::Any(_) => write!(f, "not ({cond})"),
                _ => write!(f, "not {cond}"),
            },
            Self::Field { field, test } => write!(f, "field:{field} {test}"),
            Self::Reply { many, branch, reply } => {
                let (many, _) = MANIES.iter().find(|(_, known)| known == many).ok_or(fmt::Error)?;
                write!(f, "{many} reply of {branch} ")?;
                match reply {
                    ReplyTest::Is(code) => write!(f, "is \"{code}\""),
                    ReplyTest::Counts(counts) => {
                        let (counts, _) =
                            COUNTS.iter().find(|(_, known)| known == counts).ok_or(fmt::Error)?;
                        write!(f, "counts {counts}")
                    }
                }
            }
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Cond], between: &str) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(between)?;
        }
        match part {
            Cond::All(_) | Cond::Any(_) => write!(f, "({part})")?,
            _ => write!(f, "{part}")?,
        }
    }
    Ok(())
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes => f.write_str("is yes"),
            Self::No => f.write_str("is no"),
            Self::Given => f.write_str("is given"),
            Self::Missing => f.write_str("is missing"),
            Self::Is(text) => write!(f, "is \"{text}\""),
            Self::Has(text) => write!(f, "has \"{text}\""),
            Self::In(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
                write!(f, "in ({})", texts.join(", "))
            }
            Self::Compare(compare, text) => {
                let (sign, _) = COMPARES.iter().find(|(_, known)| known == compare).ok_or(fmt::Error)?;
                write!(f, "{sign} \"{text}\"")
            }
        }
    }
}

impl Serialize for Cond {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
