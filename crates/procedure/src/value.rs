//! What is filled in: typed, each value with one form as text and one in JSON.

mod check;
mod read;

use std::{cmp::Ordering, collections::BTreeMap, fmt};

use jiff::{Timestamp, civil::Date};
use serde::{Serialize, Serializer, ser::SerializeSeq};

pub use self::check::{Now, ValueCode, ValueFault};
pub(crate) use self::check::{alone, check_one};

/// What is filled in, by field. What is missing has no entry.
pub type Values = BTreeMap<String, Value>;

/// The largest number, likewise below zero: what every reader of JSON can hold.
pub const LARGEST: i64 = 9_007_199_254_740_991;
/// The most characters of a line.
pub const LONGEST_LINE: u32 = 300;
/// The most characters of a text.
pub const LONGEST_TEXT: u32 = 20_000;
/// The most entries of a list.
pub const MOST: u32 = 500;

/// What can be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One line of text.
    Line,
    /// Text of several lines.
    Text,
    /// A whole number.
    Number,
    /// An amount in a currency.
    Money,
    /// A day.
    Date,
    /// A moment.
    Moment,
    /// Yes or no.
    YesNo,
    /// One of some choices.
    Choice,
    /// Any of some choices.
    Choices,
    /// A person.
    Person,
    /// Persons, in their order.
    People,
    /// A post.
    Post,
    /// Posts, in their order.
    Posts,
    /// A unit.
    Unit,
    /// Units, in their order.
    Units,
    /// A document.
    Document,
    /// Documents, in their order.
    Documents,
    /// A country.
    Country,
    /// Countries, in their order.
    Countries,
    /// A case of this or another procedure.
    Case,
    /// From one to five.
    Rating,
}

pub(crate) const KINDS: [(&str, Kind); 21] = [
    ("line", Kind::Line),
    ("text", Kind::Text),
    ("number", Kind::Number),
    ("money", Kind::Money),
    ("date", Kind::Date),
    ("moment", Kind::Moment),
    ("yes-no", Kind::YesNo),
    ("choice", Kind::Choice),
    ("choices", Kind::Choices),
    ("person", Kind::Person),
    ("people", Kind::People),
    ("post", Kind::Post),
    ("posts", Kind::Posts),
    ("unit", Kind::Unit),
    ("units", Kind::Units),
    ("document", Kind::Document),
    ("documents", Kind::Documents),
    ("country", Kind::Country),
    ("countries", Kind::Countries),
    ("case", Kind::Case),
    ("rating", Kind::Rating),
];

impl Kind {
    /// As it is written in files: `yes-no`.
    pub fn text(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(text, _)| text)
    }

    /// Whether there can be several.
    pub const fn is_many(self) -> bool {
        use Kind::{Choices, Countries, Documents, People, Posts, Units};
        matches!(self, Choices | People | Posts | Units | Documents | Countries)
    }

    /// Of several: what each of them is.
    pub const fn each(self) -> Option<Self> {
        match self {
            Self::Choices => Some(Self::Choice),
            Self::People => Some(Self::Person),
            Self::Posts => Some(Self::Post),
            Self::Units => Some(Self::Unit),
            Self::Documents => Some(Self::Document),
            Self::Countries => Some(Self::Country),
            _ => None,
        }
    }

    /// Whether it is, or lists, somebody: a person, a post, a unit.
    pub const fn is_somebody(self) -> bool {
        use Kind::{People, Person, Post, Posts, Unit, Units};
        matches!(self, Person | People | Post | Posts | Unit | Units)
    }

    /// Whether it has an order in which it can be compared.
    pub const fn is_ordered(self) -> bool {
        matches!(self, Self::Number | Self::Money | Self::Date | Self::Moment | Self::Rating)
    }
}

/// An amount, in hundredths, and the three letters of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// In hundredths.
    pub hundredths: i64,
    /// Three upper-case letters.
    pub currency: [u8; 3],
}

/// What is filled in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A line or a text.
    Text(String),
    /// A number.
    Number(i64),
    /// An amount.
    Money(Money),
    /// A day.
    Date(Date),
    /// A moment.
    Moment(Timestamp),
    /// Yes or no.
    YesNo(bool),
    /// The code of a choice.
    Choice(String),
    /// The codes of choices, in their order of letters.
    Choices(Vec<String>),
    /// The identifier of somebody or something.
    Ref(String),
    /// Identifiers, in the order in which they were given.
    Refs(Vec<String>),
    /// From one to five.
    Rating(u8),
}

impl Value {
    /// What it lists, or itself as its only one; each as text.
    pub fn entries(&self) -> Vec<String> {
        match self {
            Self::Choices(all) | Self::Refs(all) => all.clone(),
            other => vec![other.to_string()],
        }
    }

    /// Whether something is among it.
    pub(crate) fn has(&self, text: &str) -> bool {
        match self {
            Self::Choices(all) | Self::Refs(all) => all.iter().any(|one| one == text),
            _ => false,
        }
    }

    /// A text as a value of the same type.
    pub(crate) fn like(&self, text: &str) -> Option<Self> {
        match self {
            Self::Text(_) => Some(Self::Text(text.to_owned())),
            Self::Choice(_) => Some(Self::Choice(text.to_owned())),
            Self::Ref(_) => Some(Self::Ref(text.to_owned())),
            Self::Number(_) => Kind::Number.read_text(text).ok().flatten(),
            Self::Money(_) => Kind::Money.read_text(text).ok().flatten(),
            Self::Date(_) => Kind::Date.read_text(text).ok().flatten(),
            Self::Moment(_) => Kind::Moment.read_text(text).ok().flatten(),
            Self::Rating(_) => Kind::Rating.read_text(text).ok().flatten(),
            Self::YesNo(_) | Self::Choices(_) | Self::Refs(_) => None,
        }
    }

    /// How it compares with another; none where they can't be compared, as amounts of two currencies.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Moment(a), Self::Moment(b)) => Some(a.cmp(b)),
            (Self::Rating(a), Self::Rating(b)) => Some(a.cmp(b)),
            (Self::Money(a), Self::Money(b)) if a.currency == b.currency => {
                Some(a.hundredths.cmp(&b.hundredths))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, whole) = (if self.hundredths < 0 { "-" } else { "" }, self.hundredths.unsigned_abs());
        let currency = std::str::from_utf8(&self.currency).map_err(|_| fmt::Error)?;
        write!(f, "{sign}{}.{:02} {currency}", whole / 100, whole % 100)
    }
}

/// As it is written in forms; read again by its field it is the same value.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Choice(text) | Self::Ref(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Money(money) => write!(f, "{money}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Moment(at) => write!(f, "{at}"),
            Self::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Self::Choices(all) | Self::Refs(all) => f.write_str(&all.join(",")),
            Self::Rating(rating) => write!(f, "{rating}"),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Rating(rating) => serializer.serialize_u8(*rating),
            Self::YesNo(yes) => serializer.serialize_bool(*yes),
            Self::Choices(all) | Self::Refs(all) => {
                let mut list = serializer.serialize_seq(Some(all.len()))?;
                for one in all {
                    list.serialize_element(one)?;
                }
                list.end()
            }
            other => serializer.collect_str(other),
        }
    }
}
