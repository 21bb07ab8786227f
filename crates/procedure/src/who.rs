//! Somebody, told by what he is to a case: `opener`, `post:COS`, `head-of field:lead`.

use std::fmt;

use calendar::TextError;
use serde::{Serialize, Serializer};

use crate::{
    names::{is_code, is_long_code, is_post},
    words::{fault, split},
};

/// Somebody, told by what he is to a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// `anyone`: whoever may use this procedure's cases at all.
    Anyone,
    /// `opener`: who opened the case.
    Opener,
    /// `owner`: who answers for the stage that runs.
    Owner,
    /// `each`: in a branch that is opened for each of several, that one.
    Each,
    /// `post:COS`: who holds a post.
    Post(String),
    /// `unit:LOG`: the head of a unit.
    Unit(String),
    /// `role:clerk`: who has a role.
    Role(String),
    /// `field:lead`: the person, the post or the head of the unit that is filled in; any of them where there are several.
    Field(String),
    /// `head-of field:person`: the head of the unit that is filled in, or of the unit of the person or post.
    HeadOf(String),
    /// `who did assessment`: who took the step out of a stage last.
    Did(String),
    /// `contributors of support`: to whom a branch is opened.
    Contributors(String),
}

/// Who may open a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opens {
    /// Anyone of the house.
    Anyone,
    /// The members of a unit.
    Unit(String),
    /// Who holds a post.
    Post(String),
    /// Who has a role.
    Role(String),
}

const EXPECTED: &str = "`opener`, `owner`, `each`, `anyone`, `post:CODE`, `unit:CODE`, `role:name`, `field:code`, \
                        `head-of field:code`, `who did STAGE` or `contributors of BRANCH`";
const OPENS: &str = "`anyone`, `unit:CODE`, `post:CODE` or `role:name`";

impl Who {
    /// Reads an expression. A mistake is told with its place and with what may stand there.
    pub fn read(text: &str) -> Result<Self, TextError> {
        let words = split(text)?;
        let parts: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
        let field = |word: &str| word.strip_prefix("field:").filter(|code| is_code(code)).map(str::to_owned);
        let read = match parts.as_slice() {
            ["anyone"] => Some(Self::Anyone),
            ["opener"] => Some(Self::Opener),
            ["owner"] => Some(Self::Owner),
            ["each"] => Some(Self::Each),
            ["head-of", of] => field(of).map(Self::HeadOf),
            ["who", "did", stage] if is_code(stage) => Some(Self::Did((*stage).to_owned())),
            ["contributors", "of", branch] if is_code(branch) => {
                Some(Self::Contributors((*branch).to_owned()))
            }
            [word] => match named(word) {
                Some(("post", code)) => Some(Self::Post(code)),
                Some(("unit", code)) => Some(Self::Unit(code)),
                Some(("role", code)) => Some(Self::Role(code)),
                _ => field(word).map(Self::Field),
            },
            _ => None,
        };
        read.ok_or_else(|| fault(text, words.first().map(|(at, _)| *at), EXPECTED))
    }

    /// The field that it is told by.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Field(code) | Self::HeadOf(code) => Some(code),
            _ => None,
        }
    }
}

impl Opens {
    /// Reads who may open a case.
    pub fn read(text: &str) -> Result<Self, TextError> {
        match (text, named(text)) {
            ("anyone", _) => Ok(Self::Anyone),
            (_, Some(("post", code))) => Ok(Self::Post(code)),
            (_, Some(("unit", code))) => Ok(Self::Unit(code)),
            (_, Some(("role", code))) => Ok(Self::Role(code)),
            _ => Err(fault(text, Some(0), OPENS)),
        }
    }
}

fn named(word: &str) -> Option<(&str, String)> {
    let (kind, code) = word.split_once(':')?;
    let fits = match kind {
        "post" | "unit" => is_post(code),
        "role" => is_long_code(code),
        _ => false,
    };
    fits.then(|| (kind, code.to_owned()))
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("anyone"),
            Self::Opener => f.write_str("opener"),
            Self::Owner => f.write_str("owner"),
            Self::Each => f.write_str("each"),
            Self::Post(code) => write!(f, "post:{code}"),
            Self::Unit(code) => write!(f, "unit:{code}"),
            Self::Role(code) => write!(f, "role:{code}"),
            Self::Field(code) => write!(f, "field:{code}"),
            Self::HeadOf(code) => write!(f, "head-of field:{code}"),
            Self::Did(stage) => write!(f, "who did {stage}"),
            Self::Contributors(branch) => write!(f, "contributors of {branch}"),
        }
    }
}

impl fmt::Display for Opens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("anyone"),
            Self::Unit(code) => write!(f, "unit:{code}"),
            Self::Post(code) => write!(f, "post:{code}"),
            Self::Role(code) => write!(f, "role:{code}"),
        }
    }
}

impl Serialize for Who {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Opens {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
