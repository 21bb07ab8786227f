//! A table as a document for a word processor: its marking at the top and the bottom of each page, a title, then the rows
//! under heads that stand on each page. Nothing tells who made it or when: the same rows give the same bytes.

use std::io::{Cursor, Write};

use axum::{body::Body, response::Response};
use store::StoreError;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>"#;
const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
/// A page of A4, lying.
const PAGE: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="r1"/><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#;
const BORDERS: [&str; 6] = ["top", "left", "bottom", "right", "insideH", "insideV"];

/// A document that is a table.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The language in which it is written, as a tag.
    pub language: String,
    /// Its marking, on each page.
    pub banner: String,
    /// Its title.
    pub title: String,
    /// What stands beneath the title.
    pub beneath: String,
    /// The heads of its columns, and how wide each is, in twentieths of a point.
    pub columns: Vec<(String, u32)>,
    /// Its rows, cell by cell, each in paragraphs.
    pub rows: Vec<Vec<Vec<String>>>,
}

impl Paper {
    /// Its bytes.
    ///
    /// # Errors
    /// When it can't be packed.
    pub fn made(&self) -> Result<Vec<u8>, StoreError> {
        let parts = [
            ("[Content_Types].xml", TYPES.to_owned()),
            ("_rels/.rels", RELATIONS.to_owned()),
            ("word/_rels/document.xml.rels", PARTS.to_owned()),
            ("word/document.xml", self.body()),
            ("word/header1.xml", self.margin("hdr", false)),
            ("word/footer1.xml", self.margin("ftr", true)),
        ];
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, part) in parts {
            out.start_file(name, options).map_err(StoreError::damaged)?;
            out.write_all(part.as_bytes()).map_err(StoreError::damaged)?;
        }
        Ok(out.finish().map_err(StoreError::damaged)?.into_inner())
    }

    /// The marking, at the bottom with the number of the page.
    fn margin(&self, element: &str, numbered: bool) -> String {
        let number = r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#;
        let number = if numbered { number } else { "" };
        let banner = self.paragraph(&self.banner, r#"<w:jc w:val="center"/>"#, "<w:b/>", 20);
        format!("{HEAD}<w:{element} {NAMES}>{number}{banner}</w:{element}>")
    }

    fn body(&self) -> String {
        let mut out = format!("{HEAD}<w:document {NAMES}><w:body>");
        out.push_str(&self.paragraph(&self.title, "", "<w:b/>", 28));
        out.push_str(&self.paragraph(&self.beneath, r#"<w:spacing w:after="200"/>"#, "", 22));
        let width: u32 = self.columns.iter().map(|(_, width)| width).sum();
        out.push_str(&format!(r#"<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>"#));
        for border in BORDERS {
            out.push_str(&format!(r#"<w:{border} w:val="single" w:sz="4" w:space="0" w:color="808080"/>"#));
        }
        out.push_str(r#"</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
        for (_, width) in &self.columns {
            out.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
        }
        out.push_str("</w:tblGrid>");
        let heads: Vec<Vec<String>> = self.columns.iter().map(|(head, _)| vec![head.clone()]).collect();
        out.push_str(&self.row(&heads, true));
        for row in &self.rows {
            out.push_str(&self.row(row, false));
        }
        // A table is followed by a paragraph, for programs that want one.
        out.push_str(&format!("</w:tbl><w:p/>{PAGE}</w:body></w:document>"));
        out
    }

    fn row(&self, cells: &[Vec<String>], head: bool) -> String {
        let (own, run) = if head { ("<w:tblHeader/>", "<w:b/>") } else { ("", "") };
        let mut out = format!("<w:tr><w:trPr><w:cantSplit/>{own}</w:trPr>");
        for (cell, (_, width)) in cells.iter().zip(&self.columns) {
            let shade = if head { r#"<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>"# } else { "" };
            out.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>"#));
            for text in cell {
                out.push_str(&self.paragraph(text, "", run, 18));
            }
            // A cell has a paragraph, be it empty.
            if cell.is_empty() {
                out.push_str("<w:p/>");
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
        out
    }

    /// A paragraph; `size` in half points.
    fn paragraph(&self, text: &str, own: &str, run: &str, size: u8) -> String {
        let language = escaped(&self.language);
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(line)))
            .collect();
        format!(
            r#"<w:p><w:pPr>{own}</w:pPr><w:r><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>{run}<w:sz w:val="{size}"/><w:lang w:val="{language}"/></w:rPr>{}</w:r></w:p>"#,
            lines.join("<w:br/>")
        )
    }
}

/// A text as it stands in XML: nothing in it is markup, and what no XML may hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The answer with a document.
pub fn answered(bytes: Vec<u8>, name: &str) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    super::answered(Body::from(bytes), kind, &format!("{name}.docx"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rows_give_the_same_bytes_and_no_text_is_markup() {
        let paper = Paper {
            language: "en".into(),
            banner: "NATO CONFIDENTIAL".into(),
            title: "A & <b>".into(),
            beneath: "\u{1}two\nlines".into(),
            columns: vec![("One".into(), 900), ("Two".into(), 900)],
            rows: vec![vec![vec!["</w:t>".into()], vec![]]],
        };
        assert_eq!(paper.made().unwrap(), paper.made().unwrap());
        let body = paper.body();
        assert!(
            body.contains("A &amp; &lt;b&gt;") && body.contains("&lt;/w:t&gt;") && !body.contains('\u{1}')
        );
        assert!(paper.margin("hdr", false).contains("NATO CONFIDENTIAL"));
    }
}
