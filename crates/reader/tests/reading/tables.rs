//! Tables of workbooks and of text: cells in their places, dates by their formats, what is hidden, what is too much, and every real workbook.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use reader::{Limits, MediaType, Outcome, Reader, Sheet};

use crate::support::{CHILD, reader, reading, real_files, tables, zipped};

const TYPES: &str = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="a.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="a.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="a.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="a.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="a.spreadsheetml.worksheet+xml"/></Types>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/><numFmt numFmtId="165" formatCode="0000"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"#;
const LINKS: &str = r#"<Relationships><Relationship Id="r1" Target="worksheets/sheet2.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet1.xml"/></Relationships>"#;

fn workbook(properties: &str, first: &str, second: &str) -> Vec<u8> {
    let book = format!(
        r#"<workbook>{properties}<sheets><sheet name="Register" sheetId="7" r:id="r1" xmlns:r="r"/><sheet name="Old" sheetId="1" state="hidden" r:id="r2" xmlns:r="r"/></sheets></workbook>"#
    );
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        (
            "xl/sharedStrings.xml",
            b"<sst><si><t>Fuel</t></si><si><r><t>Gu</t></r><r><t>ard</t></r></si></sst>",
        ),
        ("xl/worksheets/sheet2.xml", first.as_bytes()),
        ("xl/worksheets/sheet1.xml", second.as_bytes()),
    ])
}

fn rows(sheet: &Sheet) -> Vec<String> {
    sheet.rows.iter().map(|row| format!("{}:{}", row.number, row.cells.join("|"))).collect()
}

#[test]
fn a_workbook_has_its_cells_in_their_places() {
    let first = r#"<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData>
        <row r="2"><c r="A2" t="inlineStr"><is><t>No</t></is></c><c r="D2" t="s"><v>0</v></c></row>
        <row r="4" hidden="1"><c r="A4" s="3"><v>7</v></c><c r="B4" s="1"><v>46093</v></c><c r="C4" s="2"><v>46093.645833333336</v></c><c r="D4" t="s"><v>1</v></c></row>
        <row><c s="3"><f>A4+1</f><v>8</v></c><c t="str"><f>"a"</f><v>a</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="d"><v>2026-03-12T00:00:00</v></c></row>
        <row r="9"><c r="A9"/></row></sheetData></worksheet>"#;
    let second = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>0.30000000000000004</v></c></row></sheetData></worksheet>"#;
    let file = workbook("", first, second);
    let got = tables("register.xlsx", &file);
    let [register, old] = got.sheets.as_slice() else { panic!("{:?}", got.sheets) };
    assert_eq!(
        (register.name.as_str(), register.hidden, &register.hidden_columns),
        ("Register", false, &vec![1, 2])
    );
    assert_eq!(
        rows(register),
        ["2:No|||Fuel", "4:0007|2026-03-12|2026-03-12T15:30:00|Guard", "5:0008|a|TRUE|#REF!|2026-03-12"]
    );
    let hidden: Vec<bool> = register.rows.iter().map(|row| row.hidden).collect();
    assert_eq!((hidden, &register.rows[1].dates), (vec![false, true, false], &vec![1, 2]));
    assert_eq!((&register.rows[2].dates, &register.rows[2].formulas), (&vec![4], &vec![0, 1]));
    assert_eq!((old.name.as_str(), old.hidden, rows(old)), ("Old", true, vec!["1:0.3".to_owned()]));
    assert!(!register.cut && !old.cut);
    // Who asks for no tables gets none, and the same words.
    let plain = reading("register.xlsx", &file);
    assert!(plain.sheets.is_empty());
    assert_eq!(plain.text, got.text);
    // The other beginning of the count of days.
    let file = workbook(r#"<workbookPr date1904="1"/>"#, first, second);
    assert_eq!(tables("register.xlsx", &file).sheets[0].rows[1].cells[1], "2030-03-13");
}

fn opendocument(content: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]
    {
        writer.start_file(name, stored).unwrap();
        writer.write_all(bytes.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_opendocument_workbook_has_its_cells_in_their_places() {
    let content = r#"<office:document-content><office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
        <table:table table:name="Register" table:style-name="ta1"><table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1000"/></table:table-row>
        <table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><text:p>Fuel<text:s/>and</text:p><text:p>water</text:p><office:annotation><text:p>a remark</text:p></office:annotation></table:table-cell><table:table-cell/><table:table-cell office:value-type="date" office:date-value="2026-03-12"><text:p>12/03/26</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="7" table:formula="of:=1"><text:p>0007</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>
        <table:table table:name="Old" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="date" office:date-value="2026-03-12T15:30:00"/></table:table-row></table:table>
        </office:spreadsheet></office:body></office:document-content>"#;
    let file = opendocument(content);
    let got = tables("register.ods", &file);
    let [register, old] = got.sheets.as_slice() else { panic!("{:?}", got.sheets) };
    assert_eq!(rows(register), ["3:Fuel and\nwater||2026-03-12|0007", "4:x|x", "5:x|x", "6:x|x"]);
    assert_eq!(
        (register.rows[0].hidden, &register.rows[0].dates, &register.rows[0].formulas),
        (true, &vec![2], &vec![3])
    );
    assert_eq!((&register.hidden_columns, register.hidden, register.cut), (&vec![1, 2], false, false));
    assert_eq!((old.hidden, rows(old)), (true, vec!["1:2026-03-12T15:30:00".to_owned()]));
}

#[test]
fn a_million_rows_alike_are_cut() {
    let content = r#"<d><spreadsheet><table name="A"><table-row number-rows-repeated="1000000"><table-cell number-columns-repeated="16384" value-type="string"><p>x</p></table-cell></table-row></table></spreadsheet></d>"#;
    let file = opendocument(content);
    let got = tables("x.ods", &file);
    assert!(got.sheets[0].cut);
    assert!(got.sheets[0].rows.iter().map(|row| row.cells.len()).sum::<usize>() <= Limits::default().cells);
}

#[test]
fn tables_of_text_are_read_in_the_child() {
    let got = tables("register.csv", b"Num\xe9ro;Objet\r\n1;\"Caf\xe9; th\xe9\"\r\n");
    assert_eq!(
        (rows(&got.sheets[0]), got.sheets[0].delimiter),
        (vec!["1:Numéro|Objet".into(), "2:1|Café; thé".into()], Some(';'))
    );
    assert!(reading("register.csv", b"a,b\n").sheets.is_empty());
    // A child that cannot be run shows that it was asked.
    let nobody = Reader::new("/nowhere", Limits::default());
    assert!(nobody.tables("register.csv", b"a,b\n".as_slice()).is_err());
    assert!(nobody.read("register.csv", b"a,b\n".as_slice()).is_ok());
    assert!(tables("note.txt", b"a,b\n").sheets.is_empty());
}

#[test]
fn what_is_over_a_limit_is_cut_or_refused() {
    let many: String = (0..2_000).map(|n| format!("{n},x,y\n")).collect();
    let few = Reader::new(CHILD, Limits { cells: 30, ..Limits::default() });
    let got = few.tables("x.csv", many.as_bytes()).unwrap().into_reading().unwrap();
    assert_eq!((got.sheets[0].rows.len(), got.sheets[0].cut), (10, true));
    let short = Reader::new(CHILD, Limits { text_bytes: 100, ..Limits::default() });
    assert_eq!(short.tables("x.csv", many.as_bytes()).unwrap().code(), "over-limit.text");
    let wide = format!("{}end\n", ",".repeat(5_000));
    let got = tables("x.csv", wide.as_bytes());
    assert!(got.sheets[0].cut && got.sheets[0].rows.is_empty());
}

#[test]
fn every_real_workbook_is_read_or_refused_with_a_reason() {
    let Some(folder) = real_files() else { return };
    let mut counts: BTreeMap<(String, String), (usize, usize, usize)> = BTreeMap::new();
    let mut all = 0;
    let mut slowest = Duration::ZERO;
    for kind in ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"] {
        let mut files: Vec<_> =
            std::fs::read_dir(folder.join(kind)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        for path in files {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let begun = Instant::now();
            let outcome = reader().tables(&name, std::fs::File::open(&path).unwrap()).unwrap();
            slowest = slowest.max(begun.elapsed());
            all += 1;
            let sheets = outcome.reading().map(|reading| reading.sheets.as_slice()).unwrap_or_default();
            let rows = sheets.iter().map(|sheet| sheet.rows.len()).sum::<usize>();
            let dates: usize = sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.dates.len()).sum();
            let count = counts.entry((kind.to_owned(), outcome.code())).or_default();
            *count = (count.0 + 1, count.1 + sheets.len(), count.2 + rows);
            if !matches!(outcome, Outcome::Text(_)) || rows == 0 {
                println!("  {kind}/{name}: {}, {} sheets, {rows} rows", outcome.code(), sheets.len());
            }
            assert!(
                !matches!(outcome, Outcome::Hostile { .. } | Outcome::OverLimit { .. }),
                "{name}: {}",
                outcome.code()
            );
            if let Some(read) = outcome.reading().filter(|read| read.kind != MediaType::Text) {
                assert!(!read.sheets.is_empty(), "{name}: {:?}", read.kind);
            }
            if name.contains("calamine__date.") {
                assert!(dates >= 2, "{name}: {dates} dates");
            }
        }
    }
    println!("workbooks: {all}, slowest {slowest:?}");
    for ((kind, code), (files, sheets, rows)) in &counts {
        println!("{kind:5} {code:22} {files:3} files {sheets:4} sheets {rows:6} rows");
    }
    assert!(all >= 60);
}
