//! Office files that attack: entities, depth, sizes, claims of size, macros.

use std::fmt::Write as _;

use super::archives::{swollen, zipped};

const MAIN: &str = "application/vnd.openxmlformats-officedocument";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const CELLS: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
/// Eight entities, each ten of the one before: a gigabyte from a few hundred bytes.
const LAUGHS: &str = "<!DOCTYPE w [<!ENTITY a \"ha ha ha ha ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\
<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">\
<!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;\">]>";
/// One entity that is a file of the machine.
const OUTSIDE: &str = "<!DOCTYPE w [<!ENTITY h SYSTEM \"file:///etc/passwd\">]>";

fn types(parts: &[(&str, &str)]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    );
    for (part, kind) in parts {
        write!(text, "<Override PartName=\"{part}\" ContentType=\"{MAIN}.{kind}+xml\"/>").unwrap();
    }
    text + "</Types>"
}

fn word_types() -> String {
    types(&[("/word/document.xml", "wordprocessingml.document.main")])
}

/// A text document with this part as its story.
fn docx(document: &str) -> Vec<u8> {
    let types = word_types();
    zipped(&[("[Content_Types].xml", types.as_bytes()), ("word/document.xml", document.as_bytes())])
}

fn story(declared: &str, body: &str) -> String {
    format!("<?xml version=\"1.0\"?>{declared}<w:document {WORD}><w:body>{body}</w:body></w:document>")
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

pub fn docx_laughs() -> Vec<u8> {
    docx(&story(LAUGHS, &paragraph("&h;")))
}

pub fn docx_outside() -> Vec<u8> {
    docx(&story(OUTSIDE, &paragraph("&h;")))
}

/// Spaces and nothing else: a hundred megabytes from a hundred kilobytes.
pub fn docx_of_spaces() -> Vec<u8> {
    let types = word_types();
    let head = format!("<?xml version=\"1.0\"?><w:document {WORD}><w:body>");
    swollen(&[("[Content_Types].xml", types.as_bytes())], "word/document.xml", &head, &[b' '; 4096], 100)
}

/// A hundred megabytes of honest paragraphs.
pub fn docx_of_paragraphs() -> Vec<u8> {
    let types = word_types();
    let head = format!("<?xml version=\"1.0\"?><w:document {WORD}><w:body>");
    let mut state = 1_u64;
    let mut piece = String::new();
    while piece.len() < 1 << 20 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        piece.push_str(&paragraph(&format!("{:x}", state >> 20)));
    }
    swollen(&[("[Content_Types].xml", types.as_bytes())], "word/document.xml", &head, piece.as_bytes(), 100)
}

pub fn docx_deep() -> Vec<u8> {
    let deep = format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000));
    docx(&story("", &deep))
}

/// An element with a million attributes.
pub fn docx_of_attributes() -> Vec<u8> {
    let mut wide = String::from("<w:p ");
    for n in 0..1_000_000 {
        write!(wide, "w:a{n}=\"\" ").unwrap();
    }
    docx(&story("", &(wide + "/>")))
}

/// Macros beside a word.
pub fn docx_macros() -> Vec<u8> {
    let types = types(&[("/word/document.xml", "wordprocessingml.document.main")]);
    let (words, macros) =
        (story("", &paragraph("words")), [b"\xd0\xcf\x11\xe0".as_slice(), &[7; 4_000]].concat());
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", words.as_bytes()),
        ("word/vbaProject.bin", &macros),
        ("word/embeddings/oleObject1.bin", &macros),
    ])
}

/// A workbook of one sheet.
fn xlsx(sheet: &str, shared: &str) -> Vec<u8> {
    let types = types(&[
        ("/xl/workbook.xml", "spreadsheetml.sheet.main"),
        ("/xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
        ("/xl/sharedStrings.xml", "spreadsheetml.sharedStrings"),
    ]);
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<?xml version=\"1.0\"?><workbook {CELLS} xmlns:r=\"{relations}\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let links = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{relations}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let root = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
    ])
}

fn sheet(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><worksheet {CELLS}><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
    )
}

/// A sheet that says it has 1,048,576 rows of 16,384 cells, and has its first and its last.
pub fn xlsx_claims() -> Vec<u8> {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>first</t></is></c></row>\
                <row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>last</t></is></c></row>";
    xlsx(&sheet(rows), &format!("<sst {CELLS}/>"))
}

/// Twenty thousand cells that each name the same string of a megabyte.
pub fn xlsx_one_string() -> Vec<u8> {
    let mut rows = String::new();
    for n in 1..=20_000 {
        write!(rows, "<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>").unwrap();
    }
    let mut long = String::new();
    for n in 0..160_000 {
        write!(long, "{:x} ", n * 7_919).unwrap();
    }
    xlsx(&sheet(&rows), &format!("<sst {CELLS}><si><t>{long}</t></si></sst>"))
}

pub fn xlsx_laughs() -> Vec<u8> {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    xlsx(&sheet(rows), &format!("<?xml version=\"1.0\"?>{LAUGHS}<sst {CELLS}><si><t>&h;</t></si></sst>"))
}

/// A cell that names a string far behind the last.
pub fn xlsx_no_such_string() -> Vec<u8> {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>18446744073709551615</v></c><c r=\"ZZZZZZZZZZ99999999999999999999\"><v>1e999999</v></c></row>";
    xlsx(&sheet(rows), &format!("<sst {CELLS}/>"))
}

/// A presentation whose slide is a hundred thousand groups within one another.
pub fn pptx_deep() -> Vec<u8> {
    let types = types(&[
        ("/ppt/presentation.xml", "presentationml.presentation.main"),
        ("/ppt/slides/slide1.xml", "presentationml.slide"),
    ]);
    let slide = format!(
        "<?xml version=\"1.0\"?><p:sld xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\">{}{}</p:sld>",
        "<p:grpSp>".repeat(100_000),
        "</p:grpSp>".repeat(100_000)
    );
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("ppt/presentation.xml", b"<?xml version=\"1.0\"?><p:presentation xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>"),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
    ])
}

fn odf(kind: &str, content: &str) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    let manifest =
        "<?xml version=\"1.0\"?><m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in
        [("mimetype", kind.as_str()), ("META-INF/manifest.xml", manifest), ("content.xml", content)]
    {
        writer.start_file(name, if name == "mimetype" { stored } else { Default::default() }).unwrap();
        std::io::Write::write_all(&mut writer, bytes.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn open(declared: &str, kind: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>{declared}<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">\
         <office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
}

pub fn odt_laughs() -> Vec<u8> {
    odf("text", &open(LAUGHS, "text", "<text:p>&h;</text:p>"))
}

pub fn odt_deep() -> Vec<u8> {
    let deep = format!("{}{}", "<text:section>".repeat(100_000), "</text:section>".repeat(100_000));
    odf("text", &open("", "text", &deep))
}

/// One `text:s` that stands for four thousand million spaces.
pub fn odt_of_spaces() -> Vec<u8> {
    odf("text", &open("", "text", "<text:p>words<text:s text:c=\"4294967295\"/>and more</text:p>"))
}

/// A row that is said to stand a million times, each of sixteen thousand cells alike.
pub fn ods_claims() -> Vec<u8> {
    let row = "<table:table table:name=\"One\"><table:table-row table:number-rows-repeated=\"1048576\">\
               <table:table-cell table:number-columns-repeated=\"16384\"><text:p>words</text:p></table:table-cell>\
               </table:table-row></table:table>";
    odf("spreadsheet", &open("", "spreadsheet", row))
}
