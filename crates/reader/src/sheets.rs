//! The tables of a workbook as they are handed back: sheets, rows, cells as text. Owns their form; must not know how they are read or what they mean.

use serde::{Deserialize, Serialize};

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name; empty where the file has only one table and no name for it.
    pub name: String,
    /// It is not shown by an office program until somebody asks for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Columns that are not shown, counted from nought.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_columns: Vec<u32>,
    /// What parts the cells, where the file is text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// It has more rows, columns or text than are handed back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
    /// Its rows in the order of the file, without those that say nothing.
    pub rows: Vec<Row>,
}

/// One row that says something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number, counted from one as an office program shows it.
    pub number: u32,
    /// It is not shown, or a filter leaves it out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Its cells from the first column on, up to the last that says something. A date is written as ISO 8601 writes it, a formula is what it came to when the file was
    /// saved. Line feeds stay, other control characters do not.
    pub cells: Vec<String>,
    /// The columns whose cell is a date by the file's own word, not by its looks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<u32>,
    /// The columns whose cell is a formula.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formulas: Vec<u32>,
}
