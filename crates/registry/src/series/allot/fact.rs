//! What becomes true of a number, and of which count it is. Data alone.

use serde::{Deserialize, Serialize};

use crate::series::{Field, ParsedReference, Series};

/// One count of a series: what of a reference starts a count of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// The year, where each year has its count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The committee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<u64>,
    /// The sub-committee; none beside a committee that counts its own papers too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_body: Option<u64>,
    /// The kind of paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// The division.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<String>,
}

impl Counter {
    /// The count to which a reference belongs, as it stands.
    pub fn of(series: &Series, reference: &ParsedReference) -> Self {
        let mut counter = Self::default();
        for field in &series.counter {
            match field {
                Field::Year => counter.year = reference.year,
                Field::Body => counter.body = reference.body,
                Field::SubBody => counter.sub_body = reference.sub_body,
                Field::Paper => counter.paper.clone_from(&reference.paper),
                Field::Division => counter.division.clone_from(&reference.division),
                Field::Number | Field::Stroke => {}
            }
        }
        counter
    }
    /// True for the one count of a series that counts on for ever.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
    /// As it stands in tables.
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What becomes true of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "became", deny_unknown_fields)]
pub enum NumberFact {
    /// A count begins at a number that is not the series' first: the old register ended before it.
    Opened {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// The first number given here.
        first: u64,
    },
    /// The number is that of a paper.
    Allotted {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// The number.
        number: u64,
        /// Whose.
        holder: String,
    },
    /// The number is kept for a paper.
    Reserved {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// The number.
        number: u64,
        /// For whom.
        holder: String,
        /// For what, as a person reads it.
        purpose: String,
    },
    /// The number will never be that of a paper.
    Void {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// The number.
        number: u64,
        /// Why.
        reason: String,
    },
    /// No more numbers of this count, save those reserved.
    Closed {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
    },
}
