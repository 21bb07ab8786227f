//! Tables written as text (RFC 4180 and its relatives): what parts the cells is found out from the first lines. Owns the finding out; never fails on odd text.

use super::super::{Read, Stop};
use super::{Nature, Tables};
use crate::{Damage, Limit, Limits, text};

/// What may part cells, the likelier first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// How many bytes and rows are looked at to find out.
const SAMPLE: usize = 64 * 1024;
const SAMPLE_ROWS: usize = 100;

pub(crate) fn read(bytes: &[u8], limits: &Limits, tables: &mut Tables) -> Read<()> {
    let decoded = text::decode(bytes, limits.text_bytes).map_err(|error| match error {
        text::NotText::Binary => Stop::Damaged(Damage::Structure),
        text::NotText::OverLimit => Stop::OverLimit(Limit::Text),
    })?;
    // A first line "sep=;" is Excel's own word for it.
    let (said, text) = match decoded.text.split_once('\n') {
        Some((first, rest)) => match first.trim_end().strip_prefix("sep=") {
            Some(said) => (said.chars().next(), rest),
            None => (None, decoded.text.as_str()),
        },
        None => (None, decoded.text.as_str()),
    };
    let first_row = if said.is_some() { 2 } else { 1 };
    let delimiter = said.unwrap_or_else(|| find_delimiter(text));
    tables.sheet("", false);
    tables.delimited_by(delimiter);
    let mut row = first_row;
    let mut fresh = true;
    cells(text, delimiter, &mut |column, cell, last| {
        if fresh {
            tables.row(row, false);
        }
        tables.cell(column, cell, Nature::default());
        fresh = last;
        row += usize::from(last);
        if tables.is_full() {
            tables.cut();
        }
        !tables.is_full()
    });
    tables.end_row();
    Ok(())
}

/// The delimiter by which most rows have one number of cells, and more than one.
fn find_delimiter(text: &str) -> char {
    let mut end = SAMPLE.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or_default();
    let score = |delimiter: char| {
        let mut widths: Vec<usize> = Vec::new();
        cells(sample, delimiter, &mut |column, cell, last| {
            if last && (column > 0 || !cell.is_empty()) {
                widths.push(column + 1);
            }
            widths.len() < SAMPLE_ROWS
        });
        let usual = |width: usize| widths.iter().filter(|other| **other == width).count();
        widths.iter().filter(|width| **width > 1).map(|width| (usual(*width), *width)).max().unwrap_or((0, 0))
    };
    // The first of equals: `max_by_key` gives the last.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(',')
}

/// Hands over each cell with its column and whether it ends its row, until told to stop. Quotes that never end end with the text.
fn cells(text: &str, delimiter: char, take: &mut dyn FnMut(usize, &str, bool) -> bool) {
    let (mut column, mut quoted, mut cell) = (0_usize, false, String::new());
    let mut characters = text.chars().peekable();
    let mut begun = false;
    while let Some(character) = characters.next() {
        begun = true;
        if quoted {
            match character {
                '"' if characters.peek() == Some(&'"') => {
                    characters.next();
                    cell.push('"');
                }
                '"' => quoted = false,
                other => cell.push(other),
            }
        } else if character == delimiter || character == '\n' {
            let last = character == '\n';
            if !take(column, &cell, last) {
                return;
            }
            cell.clear();
            column = if last { 0 } else { column + 1 };
            begun = !last;
        } else if character == '"' && cell.trim().is_empty() {
            cell.clear();
            quoted = true;
        } else {
            cell.push(character);
        }
    }
    if begun {
        take(column, &cell, true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> (char, Vec<String>) {
        let limits = Limits::default();
        let mut tables = Tables::new(&limits);
        read(bytes, &limits, &mut tables).unwrap();
        let sheet = tables.finish().remove(0);
        let rows = sheet.rows.iter().map(|row| format!("{}:{}", row.number, row.cells.join("|"))).collect();
        (sheet.delimiter.unwrap(), rows)
    }

    #[test]
    fn the_delimiter_is_found_out() {
        let found = |text: &str| rows(text.as_bytes()).0;
        assert_eq!(found("No,Subject\n1,Fuel; food and water\n2,Guard\n"), ',');
        assert_eq!(found("No;Objet\n1;Eau, feu\n2;Garde, ronde, relève\n"), ';');
        assert_eq!(found("No\tSubject\n1\tFuel, food\n"), '\t');
        assert_eq!(found("No|Subject\n1|Fuel\n"), '|');
        assert_eq!(found("sep=|\na,b|c\n"), '|');
        assert_eq!(found("one column\nof words\n"), ',');
    }

    #[test]
    fn quotes_hold_what_they_hold_and_rows_keep_their_numbers() {
        let (_, got) = rows(b"a,\"b \"\"c\"\", d\ne\",f\r\n\r\n  \"g\" ,h\n,\n\"never ends, i\n");
        assert_eq!(got, ["1:a|b \"c\", d\ne|f", "3:g|h", "5:never ends, i"]);
    }

    #[test]
    fn the_encoding_is_found_out() {
        let (_, got) = rows(b"Num\xe9ro;Objet\n1;Caf\xe9\n");
        assert_eq!(got, ["1:Numéro|Objet", "2:1|Café"]);
        let wide: Vec<u8> =
            "\u{feff}Numéro;Objet\n1;Café\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(&wide).1, ["1:Numéro|Objet", "2:1|Café"]);
    }
}
