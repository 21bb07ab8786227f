//! Sheets, rows and cells, where somebody asks for them. Owns the bounds of what is handed back; a table that is larger is cut and says so. Must not know what a table
//! means.

mod delimited;
mod legacy;
mod number;
mod ods;
mod xlsx;

pub(crate) use legacy::read as read_legacy;

use super::Read;
use crate::{Limits, MediaType, Row, Sheet, text};

/// The columns of a row that are handed back.
const COLUMNS: usize = 1_024;
/// The characters of one cell: as many as Excel allows.
const CELL: usize = 32_767;
/// The characters of a sheet's name.
const NAME: usize = 200;

/// The tables of a file of this kind; none for kinds without tables.
pub(crate) fn read(bytes: &[u8], kind: MediaType, limits: &Limits) -> Read<Vec<Sheet>> {
    let mut tables = Tables::new(limits);
    match kind {
        MediaType::Xlsx => xlsx::read(bytes, limits, &mut tables)?,
        MediaType::Ods => ods::read(bytes, limits, &mut tables)?,
        MediaType::Xls => legacy::tables(bytes, &mut tables)?,
        MediaType::Csv => delimited::read(bytes, limits, &mut tables)?,
        _ => {}
    }
    Ok(tables.finish())
}

/// What a cell is besides its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Nature {
    pub(crate) date: bool,
    pub(crate) formula: bool,
}

/// Collects tables within the limits.
#[derive(Debug)]
pub(crate) struct Tables {
    sheets: Vec<Sheet>,
    row: Row,
    most_sheets: usize,
    cells_left: usize,
    bytes_left: usize,
    /// The sheet is one more than may be handed back.
    passed_over: bool,
}

impl Tables {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            sheets: Vec::new(),
            row: Row::default(),
            most_sheets: limits.sheets,
            cells_left: limits.cells,
            bytes_left: limits.text_bytes,
            passed_over: false,
        }
    }

    /// Begins a sheet.
    pub(crate) fn sheet(&mut self, name: &str, hidden: bool) {
        self.end_row();
        self.passed_over = self.sheets.len() >= self.most_sheets;
        if self.passed_over {
            self.cut();
            return;
        }
        let mut clean = String::new();
        text::push_clean(name, &mut clean);
        let name = clean.replace(['\n', '\t'], " ").chars().take(NAME).collect();
        self.sheets.push(Sheet { name, hidden, ..Sheet::default() });
    }

    pub(crate) fn delimited_by(&mut self, delimiter: char) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.delimiter = Some(delimiter);
        }
    }

    /// These columns, counted from nought, are not shown.
    pub(crate) fn hide_columns(&mut self, from: usize, to: usize) {
        let Some(sheet) = self.sheets.last_mut().filter(|_| !self.passed_over) else { return };
        for column in from..=to.min(COLUMNS - 1) {
            if let Ok(column) = u32::try_from(column)
                && sheet.hidden_columns.len() < COLUMNS
                && !sheet.hidden_columns.contains(&column)
            {
                sheet.hidden_columns.push(column);
            }
        }
    }

    /// Begins a row, by its number counted from one.
    pub(crate) fn row(&mut self, number: usize, hidden: bool) {
        self.end_row();
        self.row = Row { number: u32::try_from(number).unwrap_or(u32::MAX), hidden, ..Row::default() };
    }

    /// Adds a cell in a column, counted from nought. A cell that says nothing is not kept, nor is a second one in one place.
    pub(crate) fn cell(&mut self, column: usize, said: &str, nature: Nature) {
        if self.passed_over {
            return;
        }
        let mut clean = String::new();
        match said.char_indices().nth(CELL) {
            Some((end, _)) => {
                self.cut();
                text::push_clean(said.get(..end).unwrap_or_default(), &mut clean);
            }
            None => {
                text::push_clean(said, &mut clean);
            }
        }
        let bare = clean.trim().replace('\t', " ");
        if bare.is_empty() || column < self.row.cells.len() {
            return;
        }
        // The empty cells before it are handed back too.
        let needed = column - self.row.cells.len() + 1;
        let fits = column < COLUMNS && needed <= self.cells_left && bare.len() <= self.bytes_left;
        let Some(index) = u32::try_from(column).ok().filter(|_| fits) else {
            self.cut();
            return;
        };
        self.cells_left -= needed;
        self.bytes_left -= bare.len();
        self.row.cells.resize(column, String::new());
        self.row.cells.push(bare);
        if nature.date {
            self.row.dates.push(index);
        }
        if nature.formula {
            self.row.formulas.push(index);
        }
    }

    /// Ends the row: one that says nothing is left out.
    pub(crate) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if let Some(sheet) = self.sheets.last_mut().filter(|_| !row.cells.is_empty() && !self.passed_over) {
            sheet.rows.push(row);
        }
    }

    /// Whether nothing more can be taken, so that reading on is of no use.
    pub(crate) fn is_full(&self) -> bool {
        self.cells_left == 0 || self.passed_over
    }

    pub(crate) fn cut(&mut self) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.cut = true;
        }
    }

    fn finish(mut self) -> Vec<Sheet> {
        self.end_row();
        for sheet in &mut self.sheets {
            sheet.hidden_columns.sort_unstable();
        }
        self.sheets
    }

    /// What the tables say, a sheet's name on a line, a row on a line, cells parted by tabs.
    pub(crate) fn into_text(self, words: &mut super::Words) -> Read<u32> {
        let sheets = self.finish();
        for sheet in &sheets {
            words.fresh_line();
            words.push(&sheet.name)?;
            words.line();
            for row in &sheet.rows {
                let cells: Vec<String> = row.cells.iter().map(|cell| cell.replace('\n', " ")).collect();
                words.push(&cells.join("\t"))?;
                words.fresh_line();
            }
            words.line();
        }
        Ok(u32::try_from(sheets.len()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(sheets: usize, cells: usize) -> Tables {
        Tables::new(&Limits { sheets, cells, ..Limits::default() })
    }

    #[test]
    fn rows_keep_their_places_and_say_nothing_twice() {
        let mut all = tables(2, 100);
        all.sheet("A\u{0}\tB", true);
        all.hide_columns(1, 2);
        all.row(3, false);
        all.cell(2, " x\ty\u{7} ", Nature { date: true, formula: false });
        all.cell(1, "before", Nature::default());
        all.row(4, true);
        all.row(9, true);
        all.cell(0, "z\nz", Nature { date: false, formula: true });
        let sheets = all.finish();
        let rows = &sheets[0].rows;
        assert_eq!((sheets[0].name.as_str(), &sheets[0].hidden_columns), ("A B", &vec![1, 2]));
        assert_eq!(
            (rows[0].number, rows[0].cells.join("|").as_str(), &rows[0].dates),
            (3, "||x y", &vec![2])
        );
        assert_eq!((rows[1].number, rows[1].hidden, rows[1].cells[0].as_str()), (9, true, "z\nz"));
        assert_eq!((rows.len(), &rows[1].formulas, sheets[0].cut), (2, &vec![0], false));
    }

    #[test]
    fn what_is_too_much_is_cut_and_says_so() {
        let mut all = tables(1, 5);
        all.sheet("A", false);
        all.row(1, false);
        all.cell(9, "far", Nature::default());
        all.cell(1, "near", Nature::default());
        all.row(2, false);
        all.cell(COLUMNS, "far", Nature::default());
        all.cell(2, &"é".repeat(CELL + 1), Nature::default());
        all.sheet("B", false);
        all.row(1, false);
        all.cell(0, "lost", Nature::default());
        let sheets = all.finish();
        assert_eq!((sheets.len(), sheets[0].rows.len(), sheets[0].cut), (1, 2, true));
        assert_eq!(sheets[0].rows[1].cells[2].chars().count(), CELL);
    }
}
