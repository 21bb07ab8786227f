//! What a search exports, as a reader's spreadsheet gets it: the columns and words of the page in English, every hit,
//! quotes where RFC 4180 wants them. Knows which documents, in which order, from its caller.

use std::collections::BTreeMap;

use crate::{corpus::Document, report::Registry};

/// The heads of the columns.
const HEADS: [&str; 7] = ["Reference", "Subject", "Marking", "Date", "Originator", "Kind", "Registry"];
/// What stands where nobody has marked a paper yet.
const UNDETERMINED: &str = "Marking undetermined";

/// The file of these documents, in this order. Where no reference is given, the number is the paper's place in the
/// manifest.
pub fn file<'a>(
    documents: impl Iterator<Item = &'a Document>,
    registry: &Registry,
    numbers: &BTreeMap<String, String>,
) -> String {
    let mut out = row(HEADS.map(str::to_owned));
    for document in documents {
        let number = numbers.get(&document.id).cloned();
        out.push_str(&row([
            number.unwrap_or_else(|| format!("{}-{}-{}", registry.code, registry.year, document.number)),
            document.subject.clone(),
            document.marking.clone().unwrap_or_else(|| UNDETERMINED.to_owned()),
            document.date.clone().unwrap_or_default(),
            document.originator.clone().unwrap_or_default(),
            kind(&document.kind),
            registry.name.clone(),
        ]));
    }
    out
}

/// A kind as people read it: the words of its key, the first with a capital.
fn kind(key: &str) -> String {
    let words = key.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn row(cells: [String; 7]) -> String {
    cells.map(|text| cell(&harmless(text))).join(",") + "\r\n"
}

/// What a spreadsheet would take for a formula has an apostrophe before it.
fn harmless(text: String) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text,
    }
}

/// A cell, in quotes where it must be (RFC 4180).
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_no_cell_is_a_formula() {
        let cells = ["=1+1", "a \"b\", c", "", "é", "-", "x\ny", "a-b"].map(str::to_owned);
        assert_eq!(row(cells), "'=1+1,\"a \"\"b\"\", c\",,é,'-,\"x\ny\",a-b\r\n");
    }

    #[test]
    fn a_kind_is_read_as_words() {
        assert_eq!(kind("memorandum-of-conversation"), "Memorandum of conversation");
        assert_eq!(kind(""), "");
    }
}
