//! What a register of old said of a document, kept with its registration: its number there, its copies and who held
//! them, when it came, what else was remarked. Owns its form and its bounds; must not know workbooks or custody.

use serde::{Deserialize, Serialize};

use crate::{
    date::DocumentDate,
    document::date,
    id::Digest,
    line::{NAME, line, required},
    refusal::{Code, Refusal},
};

/// Most copies of one document, and most remarks.
const MANY: usize = 1_000;
/// Longest remark (characters).
pub const LONGEST_REMARK: usize = 4_000;

/// A document as it stood in a register of old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OldEntry {
    /// What the register was called: the name of its workbook, and of its sheet.
    pub register: String,
    /// What its row said, cell by cell, as a digest: the same row is taken over once.
    pub source: Digest,
    /// Its number there, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// When it came or was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<DocumentDate>,
    /// Its marking, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<String>,
    /// How many pages it had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// How many copies there were in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies_in_all: Option<u32>,
    /// The copies that it listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<OldCopy>,
    /// What else it said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// A copy as it stood in a register of old.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OldCopy {
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Who held it, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// When its receipt was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipted: Option<DocumentDate>,
    /// When it was destroyed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destroyed: Option<DocumentDate>,
}

/// The same with every text as one clean line, within its bounds.
pub(crate) fn checked(old: &OldEntry) -> Result<OldEntry, Refusal> {
    if old.copies.len() > MANY || old.remarks.len() > MANY {
        return Err(Refusal::on("old", Code::TooLong).with("limit", MANY));
    }
    let one = |text: &Option<String>, limit: usize| match text {
        Some(text) => line("old", text, limit),
        None => Ok(None),
    };
    let day = |given: &Option<DocumentDate>| given.as_ref().map(|given| date(Some(given))).transpose();
    let copies = old.copies.iter().map(|copy| {
        Ok(OldCopy {
            number: copy.number,
            holder: one(&copy.holder, NAME)?,
            receipted: day(&copy.receipted)?,
            destroyed: day(&copy.destroyed)?,
        })
    });
    let remarks = old.remarks.iter().filter_map(|text| line("old", text, LONGEST_REMARK).transpose());
    Ok(OldEntry {
        register: required("old", &old.register, NAME)?,
        source: old.source,
        number: one(&old.number, NAME)?,
        received: day(&old.received)?,
        marking: one(&old.marking, LONGEST_REMARK)?,
        pages: old.pages,
        copies_in_all: old.copies_in_all,
        copies: copies.collect::<Result<_, Refusal>>()?,
        remarks: remarks.collect::<Result<_, Refusal>>()?,
    })
}
