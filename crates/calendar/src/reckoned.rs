//! What is reckoned, and how far it is known.

use serde::{Deserialize, Serialize};

/// Whether the years that were looked at are among those for which the calendar is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covered {
    /// All of them.
    Yes,
    /// This one, and perhaps others, is not: closures and days of that year may be missing.
    Not(i16),
}

impl Covered {
    /// Both, or the first of them that is not.
    pub const fn and(self, other: Self) -> Self {
        match self {
            Self::Yes => other,
            Self::Not(_) => self,
        }
    }
    /// Whether all of it is known.
    pub const fn is_known(self) -> bool {
        matches!(self, Self::Yes)
    }
}

/// An answer, and whether all that went into it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoned<T> {
    /// The answer.
    pub value: T,
    /// Whether the calendar covers what was looked at.
    pub covered: Covered,
}

impl<T> Reckoned<T> {
    /// The same of something made of the answer.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Reckoned<U> {
        Reckoned { value: make(self.value), covered: self.covered }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreckonable {
    /// Beyond the days that can be counted: over 73,000 days, or a year after 9999.
    #[error("too far to be reckoned")]
    TooFar,
    /// Over a thousand days on which nobody works.
    #[error("no working day within a thousand days")]
    NoWorkingDay,
}
