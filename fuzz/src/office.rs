//! Office files around one part that is given: sound but for that part.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const MAIN: &str = "application/vnd.openxmlformats-officedocument";

/// A container of these entries, as they are.
fn stored(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn types(parts: &[(&str, &str)]) -> String {
    let all: String = parts
        .iter()
        .map(|(part, kind)| format!("<Override PartName=\"{part}\" ContentType=\"{MAIN}.{kind}+xml\"/>"))
        .collect();
    format!("<Types>{all}</Types>")
}

/// A text document with this story.
pub fn docx(story: &[u8]) -> Vec<u8> {
    let types = types(&[("/word/document.xml", "wordprocessingml.document.main")]);
    stored(&[("[Content_Types].xml", types.as_bytes()), ("word/document.xml", story)])
}

/// A workbook with this sheet and these strings.
pub fn xlsx(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let types = types(&[
        ("/xl/workbook.xml", "spreadsheetml.sheet.main"),
        ("/xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
        ("/xl/sharedStrings.xml", "spreadsheetml.sharedStrings"),
    ]);
    let links = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
    let book =
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    stored(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
    ])
}

/// A presentation with this slide.
pub fn pptx(slide: &[u8]) -> Vec<u8> {
    let types = types(&[
        ("/ppt/presentation.xml", "presentationml.presentation.main"),
        ("/ppt/slides/slide1.xml", "presentationml.slide"),
    ]);
    stored(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("ppt/presentation.xml", b"<presentation/>"),
        ("ppt/slides/slide1.xml", slide),
    ])
}

/// An OpenDocument file of a kind with this content.
pub fn odf(kind: &str, content: &[u8]) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    stored(&[
        ("mimetype", kind.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content),
    ])
}
