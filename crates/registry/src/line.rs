//! One line of text as people type it: what becomes of it before it is written down. Knows no field and no table.

use crate::refusal::{Code, Refusal};

/// Longest name of a person's post, an originator, addressee, place, reference, file (characters).
pub(crate) const NAME: usize = 400;

/// One line of text: spaces folded, control characters gone, none when nothing is left. What comes out can stand in
/// every table (PostgreSQL takes no NUL), in a header line and on a receipt.
///
/// Refused with `too-long` over `limit` characters.
pub(crate) fn line(field: &'static str, text: &str, limit: usize) -> Result<Option<String>, Refusal> {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let folded = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.chars().count() > limit {
        return Err(Refusal::on(field, Code::TooLong).with("limit", limit));
    }
    Ok((!folded.is_empty()).then_some(folded))
}

/// The same where something must be left.
pub(crate) fn required(field: &'static str, text: &str, limit: usize) -> Result<String, Refusal> {
    line(field, text, limit)?.ok_or_else(|| Refusal::on(field, Code::Required))
}
