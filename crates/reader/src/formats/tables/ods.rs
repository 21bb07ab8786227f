//! The tables of OpenDocument workbooks (ODF 1.3 part 3 section 9): cells that stand for many, dates by their own value, hidden sheets, rows and columns.

use std::collections::BTreeSet;

use super::super::container::Container;
use super::super::markup::{Attributes, Declarations, Node, decode, walk};
use super::super::{Read, Stop};
use super::{COLUMNS, Nature, Tables};
use crate::{Damage, Limit, Limits};

/// Rows alike that are handed back one by one; a file may claim a million of them in a few bytes.
const ALIKE: usize = 10_000;

/// A cell that says something, and for how many columns it stands.
struct Cell {
    column: usize,
    times: usize,
    text: String,
    nature: Nature,
}

#[derive(Default)]
struct Story {
    /// Styles of sheets that are not shown.
    unseen: BTreeSet<String>,
    style: String,
    /// Tables within tables; only the outermost are sheets.
    depth: usize,
    column: usize,
    columns: usize,
    row: usize,
    row_times: usize,
    row_hidden: bool,
    cells: Vec<Cell>,
    /// The cell that is open: its columns, its value where it is a date, its nature.
    times: usize,
    value: Option<String>,
    nature: Nature,
    text: String,
    silent: usize,
    paragraphs: usize,
    workbook: bool,
}

pub(crate) fn read(bytes: &[u8], limits: &Limits, tables: &mut Tables) -> Read<()> {
    let mut container = Container::open(bytes, limits)?;
    let content = container.part("content.xml")?.ok_or(Stop::Damaged(Damage::MissingPart))?;
    let xml = decode(&content, content.len().saturating_mul(4))?;
    let mut story = Story::default();
    walk(&xml, Declarations::PassedOver, limits, &mut |node| story.node(&node, limits, tables))?;
    tables.end_row();
    Ok(())
}

fn count(attributes: &Attributes<'_>, name: &str) -> usize {
    attributes.get(name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

fn is_unseen(attributes: &Attributes<'_>) -> bool {
    matches!(attributes.get("visibility").as_deref(), Some("collapse" | "filter"))
}

impl Story {
    fn node(&mut self, node: &Node<'_>, limits: &Limits, tables: &mut Tables) -> Read<()> {
        match node {
            Node::Open("style", attributes) => self.style = attributes.get("name").unwrap_or_default(),
            Node::Open("table-properties", attributes)
                if attributes.get("display").as_deref() == Some("false")
                    && self.unseen.len() < limits.entries =>
            {
                self.unseen.insert(self.style.clone());
            }
            Node::Open("spreadsheet", _) => self.workbook = true,
            Node::Open("table", attributes) if self.workbook => {
                if self.depth == 0 {
                    let style = attributes.get("style-name").unwrap_or_default();
                    tables.sheet(&attributes.get("name").unwrap_or_default(), self.unseen.contains(&style));
                    (self.row, self.columns) = (0, 0);
                }
                self.depth += 1;
            }
            Node::Close("table") if self.workbook => self.depth = self.depth.saturating_sub(1),
            _ if self.depth != 1 => {}
            Node::Open("table-column", attributes) => {
                let times = count(attributes, "number-columns-repeated");
                let next = self.columns.saturating_add(times);
                if is_unseen(attributes) {
                    tables.hide_columns(self.columns, next - 1);
                }
                self.columns = next;
            }
            Node::Open("table-row", attributes) => {
                self.column = 0;
                self.cells.clear();
                self.row_times = count(attributes, "number-rows-repeated");
                self.row_hidden = is_unseen(attributes);
            }
            Node::Close("table-row") => self.end_row(tables),
            Node::Open("table-cell" | "covered-table-cell", attributes) => {
                self.times = count(attributes, "number-columns-repeated");
                let kind = attributes.get("value-type").unwrap_or_default();
                self.value = match kind.as_str() {
                    "date" => attributes.get("date-value"),
                    "float" | "percentage" | "currency" => attributes.get("value"),
                    _ => None,
                };
                let date = kind == "date" && self.value.is_some();
                self.nature = Nature { date, formula: attributes.get("formula").is_some() };
                self.text.clear();
                self.paragraphs = 0;
            }
            Node::Open("annotation" | "shapes", _) => self.silent += 1,
            Node::Close("annotation" | "shapes") => self.silent = self.silent.saturating_sub(1),
            _ if self.silent > 0 => {}
            Node::Open("p", _) => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            Node::Open("s" | "tab", _) => self.text.push(' '),
            Node::Open("line-break", _) => self.text.push('\n'),
            Node::Text(text) if self.paragraphs > 0 => {
                if self.text.len() + text.len() > limits.text_bytes {
                    return Err(Stop::OverLimit(Limit::Text));
                }
                self.text.push_str(text);
            }
            Node::Close("table-cell" | "covered-table-cell") => self.end_cell(),
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let text = match self.value.take() {
            Some(value) if self.nature.date || self.text.trim().is_empty() => {
                value.trim_end_matches("T00:00:00").to_owned()
            }
            _ => std::mem::take(&mut self.text),
        };
        self.paragraphs = 0;
        if !text.trim().is_empty() && self.column < COLUMNS {
            let times = self.times.min(COLUMNS - self.column);
            self.cells.push(Cell { column: self.column, times, text, nature: self.nature });
        } else if !text.trim().is_empty() {
            self.cells.push(Cell { column: self.column, times: 1, text, nature: self.nature });
        }
        self.column = self.column.saturating_add(self.times);
    }

    fn end_row(&mut self, tables: &mut Tables) {
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            for time in 0..self.row_times.min(ALIKE) {
                if tables.is_full() {
                    break;
                }
                tables.row(self.row.saturating_add(time).saturating_add(1), self.row_hidden);
                for cell in &cells {
                    for nth in 0..cell.times {
                        tables.cell(cell.column.saturating_add(nth), &cell.text, cell.nature);
                    }
                }
                tables.end_row();
            }
            if self.row_times > ALIKE || tables.is_full() {
                tables.cut();
            }
        }
        self.row = self.row.saturating_add(self.row_times);
    }
}
