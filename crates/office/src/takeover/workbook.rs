//! The tables of a workbook that is kept sealed: read by the limited child, and remembered while they are looked at.

use std::sync::Arc;

use oldregister::{Row, Table};
use reader::Outcome;
use registry::{
    Code, Refusal, RegistryId,
    document::{Register, StagedContent},
};
use store::StoreError;

use super::{
    Asked,
    look::{planned, unusable},
};
use crate::{failure::Failure, office::Office, shipped};

/// Largest workbook (bytes): what the child takes.
const LARGEST: u64 = 64 << 20;
/// Workbooks whose tables are remembered.
const REMEMBERED: usize = 4;
/// Without the child: most cells of a file of separated values.
const CELLS: usize = 500_000;

impl Office {
    /// The sheets of a workbook that say anything.
    pub(super) async fn tables_of(
        &self,
        registry: RegistryId,
        content: &StagedContent,
    ) -> Result<Arc<Vec<Table>>, Failure> {
        let known = self.errands().tables.lock().ok().and_then(|tables| {
            tables.iter().find(|(object, _)| *object == content.object).map(|(_, tables)| tables.clone())
        });
        if let Some(known) = known {
            return Ok(known);
        }
        if content.size > LARGEST {
            return Err(Refusal::on("content", Code::OverSize).with("limit", LARGEST).into());
        }
        let bytes = self.vault().read(registry, content.object, LARGEST).await?;
        let (office, name) = (self.clone(), content.file_name.clone());
        let reading = tokio::task::spawn_blocking(move || read(&office, &name, &bytes));
        let tables = Arc::new(reading.await.map_err(StoreError::damaged)??);
        if let Ok(mut remembered) = self.errands().tables.lock() {
            remembered.retain(|(object, _)| *object != content.object);
            remembered.insert(0, (content.object, tables.clone()));
            remembered.truncate(REMEMBERED);
        }
        Ok(tables)
    }
}

fn read(office: &Office, name: &str, bytes: &[u8]) -> Result<Vec<Table>, Failure> {
    let refused = |code: Code| Failure::from(Refusal::on("content", code));
    let tables: Vec<Table> = match office.reader() {
        None => vec![separated(name, bytes).ok_or_else(|| refused(Code::WorkbookUnreadable))?],
        Some(reader) => {
            let outcome = reader.tables(name, bytes).map_err(StoreError::damaged)?;
            match outcome {
                Outcome::Encrypted { .. } => return Err(refused(Code::WorkbookLocked)),
                Outcome::OverLimit { .. } => {
                    return Err(Refusal::on("content", Code::OverSize).with("limit", LARGEST).into());
                }
                outcome => outcome.into_reading().map(|reading| reading.sheets).unwrap_or_default(),
            }
            .into_iter()
            .map(table)
            .collect()
        }
    };
    if tables.is_empty() {
        return Err(refused(Code::WorkbookUnreadable));
    }
    let tables: Vec<Table> = tables.into_iter().filter(|table| !table.rows.is_empty()).collect();
    if tables.is_empty() { Err(refused(Code::WorkbookEmpty)) } else { Ok(tables) }
}

fn table(sheet: reader::Sheet) -> Table {
    let rows = sheet.rows.into_iter();
    let rows = rows.map(|row| Row { number: row.number, hidden: row.hidden, cells: row.cells }).collect();
    Table { name: sheet.name, cut: sheet.cut, rows }
}

/// Without a limited child only plain text is read: separated values by the sign that the first line has most of.
fn separated(name: &str, bytes: &[u8]) -> Option<Table> {
    let kind = reader::sniff::sniff(bytes.get(..bytes.len().min(8192)).unwrap_or_default(), name);
    let decoded =
        kind.is_plain().then(|| reader::text::decode(bytes, bytes.len().saturating_mul(3)).ok())??;
    let first = decoded.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let sign =
        [b';', b',', b'\t'].into_iter().max_by_key(|sign| first.bytes().filter(|b| b == sign).count())?;
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(sign)
        .has_headers(false)
        .flexible(true)
        .from_reader(decoded.text.as_bytes());
    let mut table = Table::default();
    let mut cells = 0_usize;
    for record in rows.records() {
        let record = record.ok()?;
        cells = cells.saturating_add(record.len());
        if cells > CELLS {
            table.cut = true;
            break;
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let cells = record.iter().map(|cell| cell.trim().to_owned()).collect();
            table.rows.push(Row { number: u32::try_from(line).unwrap_or(u32::MAX), hidden: false, cells });
        }
    }
    Some(table)
}

impl Office {
    /// What the first row of the shipped register of old becomes.
    pub(crate) async fn first_of_demo_register(&self, name: &str) -> Result<Register, Failure> {
        let house = self.house().await?;
        let table = separated(name, shipped::DEMO_REGISTER.as_bytes()).ok_or(Code::WorkbookUnreadable)?;
        let asked = Asked { held_elsewhere: "Old register, shelf B".to_owned(), ..Asked::default() };
        let plan = planned(&house, self.now().date(&house.zone), &[table], &asked)?.plan;
        let plan = plan.map_err(|why| unusable(&why))?;
        let first = plan.planned.first().ok_or(Code::NothingToTakeOver)?;
        Ok(Register { old: Some(Box::new(first.old(name))), ..first.register.clone() })
    }
}
