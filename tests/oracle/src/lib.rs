//! The oracle of the FRUS scenario: says afresh, from the manifest and the texts alone, what each of eight people
//! finds with each of forty queries. Uses none of the product's crates, so that it shares no mistake with them.
//!
//! It is slow and plain where the product is quick: every query looks at every word of every document. A
//! document's score and snippet are computed without knowing who asks; the person decides only which documents
//! count. So its answers cannot depend on what the person may not see.
//!
//! [`corpus`] reads the papers, [`marking`] says what is written on them, [`people`] who may read them;
//! [`words`] cuts and stems, [`query`] reads a query, [`search`] finds, scores and counts, [`snippet`] cuts;
//! [`report`] puts it together, [`csv`] as a spreadsheet, and [`compare`] sets it against what the product said.

pub mod compare;
pub mod corpus;
pub mod csv;
pub mod date;
pub mod error;
pub mod marking;
pub mod people;
pub mod query;
pub mod report;
pub mod search;
pub mod snippet;
pub mod words;

pub use error::OracleError;
