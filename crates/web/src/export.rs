//! Lists as comma-separated values: the same rows and columns for the register and for what a search found.
//!
//! A cell that a spreadsheet would read as a formula is preceded by an apostrophe, for subjects are other people's
//! words.

use office::{Failure, Reading, texts::Voice};
use store::{StoreError, visible::EntryView};

use crate::words;

/// The heads of the columns.
pub fn heads(say: Voice<'_>) -> Vec<String> {
    [
        "column-reference",
        "column-subject",
        "column-marking",
        "column-date",
        "column-originator",
        "column-kind",
        "column-registry",
    ]
    .map(|key| say.t(key))
    .to_vec()
}

/// The cells of an entry. What the reader may not see of it is empty.
pub fn cells(say: Voice<'_>, reading: &Reading, entry: &EntryView) -> Vec<String> {
    let language = words::document_language(entry.language.as_deref(), say);
    let marking = match &entry.label {
        Some(label) => words::marking(label, &reading.house.policies, language),
        None => say.t("document-undetermined"),
    };
    let date = entry.date.iso().or_else(|| entry.date.written.clone()).unwrap_or_default();
    vec![
        entry.reference.clone(),
        entry.subject.clone().unwrap_or_default(),
        marking,
        date,
        entry.originator.clone().unwrap_or_default(),
        entry.kind.as_deref().map(|k| words::kind(say, k)).unwrap_or_default(),
        words::registry_name(reading, entry.registry, say),
    ]
}

/// Rows as lines.
pub fn lines(rows: &[Vec<String>]) -> Result<Vec<u8>, Failure> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        out.write_record(row.iter().map(|cell| harmless(cell))).map_err(StoreError::damaged)?;
    }
    Ok(out.into_inner().map_err(StoreError::damaged)?)
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_quotes_are_doubled() {
        let rows = vec![vec!["=1+1".to_owned(), "a \"b\", c".to_owned(), "é".to_owned()]];
        let text = String::from_utf8(lines(&rows).unwrap()).unwrap();
        assert_eq!(text, "'=1+1,\"a \"\"b\"\", c\",é\r\n");
    }
}
