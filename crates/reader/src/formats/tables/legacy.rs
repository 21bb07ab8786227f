//! Workbooks of Excel 97 to 2003, read by a library. Which rows and columns are hidden it does not say. Runs only in the child, like every parser.

use std::io::Cursor;

use calamine::{Data, Reader as _, SheetVisible, Xls, XlsError};

use super::super::{Read, Stop, Words};
use super::{Nature, Tables};
use crate::{Damage, Flag, Limits, Reading};

/// Their words, for those who ask for no tables.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let mut all = Tables::new(limits);
    tables(bytes, &mut all)?;
    let mut reading = Reading::default();
    if all.sheets.iter().any(|sheet| sheet.hidden) {
        reading.flags.insert(Flag::HiddenText);
    }
    let mut words = Words::new(limits);
    reading.pages = Some(all.into_text(&mut words)?);
    reading.text = words.finish();
    Ok(reading)
}

pub(crate) fn tables(bytes: &[u8], tables: &mut Tables) -> Read<()> {
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Stop::Encrypted,
        _ => Stop::Damaged(Damage::Structure),
    })?;
    for sheet in workbook.sheets_metadata().to_vec() {
        tables.sheet(&sheet.name, sheet.visible != SheetVisible::Visible);
        if tables.is_full() {
            tables.cut();
            break;
        }
        // A sheet of charts has no rows.
        let Ok(range) = workbook.worksheet_range(&sheet.name) else { continue };
        let formulas = workbook.worksheet_formula(&sheet.name).unwrap_or_default();
        let (top, left) = range.start().unwrap_or_default();
        for (row, cells) in range.rows().enumerate() {
            let row = row.saturating_add(top as usize);
            tables.row(row.saturating_add(1), false);
            for (column, cell) in cells.iter().enumerate() {
                let column = column.saturating_add(left as usize);
                let (text, date) = said(cell);
                if text.is_empty() {
                    continue;
                }
                let place = u32::try_from(row).ok().zip(u32::try_from(column).ok());
                let formula = place
                    .and_then(|place| formulas.get_value(place))
                    .is_some_and(|formula| !formula.is_empty());
                tables.cell(column, &text, Nature { date, formula });
            }
            if tables.is_full() {
                tables.cut();
                break;
            }
        }
    }
    tables.end_row();
    Ok(())
}

fn said(cell: &Data) -> (String, bool) {
    match cell {
        Data::Empty => (String::new(), false),
        Data::String(text) => (text.clone(), false),
        Data::Float(value) => (super::number::shown(&value.to_string(), Default::default(), false).0, false),
        Data::Int(value) => (value.to_string(), false),
        Data::Bool(value) => (if *value { "TRUE" } else { "FALSE" }.to_owned(), false),
        Data::DateTime(value) if value.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let clock = format!("{hour:02}:{minute:02}:{second:02}");
            match (value.as_f64() < 1.0, hour == 0 && minute == 0 && second == 0) {
                (true, _) => (clock, true),
                (false, true) => (date, true),
                (false, false) => (format!("{date}T{clock}"), true),
            }
        }
        Data::DateTime(value) => (value.as_f64().to_string(), false),
        Data::DateTimeIso(text) => (text.trim_end_matches("T00:00:00").to_owned(), true),
        Data::DurationIso(text) => (text.clone(), false),
        Data::Error(error) => (error.to_string(), false),
    }
}
