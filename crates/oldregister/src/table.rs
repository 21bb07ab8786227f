//! A sheet as it is taken in. Owns its form and the names of cells; must not know what is in them.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// The rows that are looked at; a register of more is taken over in parts.
pub(crate) const MOST_ROWS: usize = 200_000;

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// It has more rows or columns than were read.
    pub cut: bool,
    /// Its rows that say something, in order.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number, counted from one as a person sees it.
    pub number: u32,
    /// It is not shown in the workbook.
    pub hidden: bool,
    /// Its cells from the first column on.
    pub cells: Vec<String>,
}

impl Row {
    /// What stands in a column; empty where nothing does.
    pub fn cell(&self, column: u32) -> &str {
        let text = usize::try_from(column).ok().and_then(|column| self.cells.get(column));
        text.map_or("", |text| text.trim())
    }
}

/// The place of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The row, counted from one.
    pub row: u32,
    /// The column, counted from nought.
    pub column: u32,
}

impl fmt::Display for Cell {
    /// `AB12`, as a workbook names it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", letters(self.column), self.row)
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The letters of a column: `A`, `Z`, `AA`.
pub fn letters(column: u32) -> String {
    let mut left = u64::from(column) + 1;
    let mut out = Vec::new();
    while left > 0 {
        left -= 1;
        // Below 26: a letter.
        out.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn cells_are_named_as_in_a_workbook() {
        let named = |row, column| Cell { row, column }.to_string();
        assert_eq!(
            [named(1, 0), named(9, 25), named(12, 26), named(3, 701), named(3, 702)],
            ["A1", "Z9", "AA12", "ZZ3", "AAA3"]
        );
        assert_eq!(named(1, u32::MAX), "MWLQKWV1");
    }
}
