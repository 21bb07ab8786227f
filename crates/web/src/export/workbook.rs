//! A list as a workbook: its marking on top, then its heads, which stay in sight, then its rows. Owns widths and forms of
//! cells. Nothing in it is a formula, a link or a macro, and nothing tells who made it or when: the same list gives the
//! same bytes.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use store::StoreError;

use super::{Cell, Head, Line};

/// The most characters of a marking at the top and the bottom of a printed page.
const PRINTED: usize = 200;
/// The first year of which a workbook has days.
const FIRST_YEAR: i16 = 1900;

/// The bytes of the workbook.
pub(super) fn made(title: &str, banner: &str, heads: &[Head], rows: &[Line]) -> Result<Vec<u8>, StoreError> {
    written(title, banner, heads, rows).map_err(StoreError::damaged)
}

fn written(title: &str, banner: &str, heads: &[Head], rows: &[Line]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Else the day and hour of making would stand in it.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name(title)?;
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, banner, &bold)?;
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    for (column, (text, width)) in (0_u16..).zip(heads) {
        sheet.write_string_with_format(1, column, text, &head)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(2, 0)?;
    fill(sheet, rows)?;
    // A stroke and a letter would be a command of the printed page.
    let printed: String = banner.chars().take(PRINTED).collect();
    let printed = format!("&C{}", printed.replace('&', "&&"));
    sheet.set_header(&printed).set_footer(&printed);
    sheet.set_repeat_rows(0, 1)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, rows: &[Line]) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let plain = Format::new().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    for (row, line) in (2_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(&line.cells) {
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    sheet.write_string_with_format(row, column, text, &wrapped)?;
                }
                Cell::Day(date) if date.year() >= FIRST_YEAR => {
                    let part = |part: i8| u8::try_from(part).unwrap_or(1);
                    let year = u16::try_from(date.year()).unwrap_or_default();
                    let date = ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))?;
                    sheet.write_datetime_with_format(row, column, &date, &day)?;
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &plain)?;
                }
                // Days before 1900 a workbook doesn't have.
                Cell::Day(date) => {
                    sheet.write_string_with_format(row, column, date.to_string(), &wrapped)?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use calamine::{Data, Reader, Xlsx};
    use jiff::civil::date;

    use super::*;

    fn rows() -> Vec<Line> {
        let texts = ["=1+1", "+x", "-2", "@SUM(A1)", "http://example.org", "two\nlines & <more>", "01"];
        let mut line = Line::plain(texts.map(str::to_owned));
        line.cells.push(Cell::Day(date(2026, 3, 12)));
        line.cells.push(Cell::Day(date(1899, 12, 31)));
        line.cells.push(Cell::Text(String::new()));
        vec![line]
    }

    fn book() -> Vec<u8> {
        made("List", "NATO SECRET & <more>", &[("A".into(), 10.0), ("B".into(), 60.0)], &rows()).unwrap()
    }

    #[test]
    fn every_cell_is_what_the_values_have_and_none_is_a_formula_or_a_link() {
        let bytes = book();
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
        let range = read.worksheet_range("List").unwrap();
        assert_eq!(range.get_value((0, 0)), Some(&Data::String("NATO SECRET & <more>".into())));
        assert_eq!(range.get_value((1, 1)), Some(&Data::String("B".into())));
        for (column, cell) in (0..).zip(&rows()[0].cells) {
            let got = match range.get_value((2, column)) {
                Some(Data::String(text)) => text.clone(),
                Some(Data::DateTime(day)) => {
                    assert_eq!(column, 7, "only a day is a day");
                    let (year, month, day, ..) = day.to_ymd_hms_milli();
                    format!("{year:04}-{month:02}-{day:02}")
                }
                Some(Data::Empty) | None => String::new(),
                other => panic!("{other:?}"),
            };
            assert_eq!(got, cell.text(), "column {column}");
        }
        assert!(read.worksheet_formula("List").unwrap().is_empty());
        let mut parts = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let names: Vec<String> = parts.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert!(
            names.iter().all(|name| !name.contains("vba") && !name.contains("worksheets/_rels")),
            "{names:?}"
        );
        let mut sheet = String::new();
        parts.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        assert!(
            sheet.contains(r#"<pane ySplit="2""#) && !sheet.contains("hyperlink") && !sheet.contains("<f>")
        );
        assert!(sheet.contains("&amp;CNATO SECRET &amp;&amp; &lt;more&gt;"), "{sheet}");
    }

    #[test]
    fn the_same_list_gives_the_same_bytes_and_nothing_tells_who_or_when() {
        let bytes = book();
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        assert_eq!(bytes, book());
        let mut parts = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut core = String::new();
        parts.by_name("docProps/core.xml").unwrap().read_to_string(&mut core).unwrap();
        assert!(
            core.contains("2000-01-01T00:00:00Z") && core.contains("<dc:creator></dc:creator>"),
            "{core}"
        );
    }
}
