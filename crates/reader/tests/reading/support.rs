//! What the tests share: readers, and files made here byte by byte.

use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::time::Duration;

use reader::{Limits, Outcome, Reader, Reading};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The child: the same code as the product's, in a binary of this crate.
pub const CHILD: &str = env!("CARGO_BIN_EXE_reader-child");

pub fn reader() -> Reader {
    Reader::new(CHILD, Limits::default())
}

/// Reads a file and demands that the reader itself had no trouble.
pub fn outcome(name: &str, bytes: &[u8]) -> Outcome {
    reader().read(name, bytes).unwrap()
}

/// Reads a file that must have words.
pub fn reading(name: &str, bytes: &[u8]) -> Reading {
    let outcome = outcome(name, bytes);
    outcome.clone().into_reading().unwrap_or_else(|| panic!("{name}: {outcome:?}"))
}

/// Reads a file with its tables.
pub fn tables(name: &str, bytes: &[u8]) -> Reading {
    let outcome = reader().tables(name, bytes).unwrap();
    outcome.clone().into_reading().unwrap_or_else(|| panic!("{name}: {outcome:?}"))
}

/// Limits under which a test of them ends soon.
pub fn tight() -> Limits {
    Limits {
        memory_bytes: 512 * 1024 * 1024,
        processor_seconds: 1,
        deadline: Duration::from_secs(3),
        answer_bytes: 1024 * 1024,
        ..Limits::default()
    }
}

/// A zip of these entries, packed.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>
<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

/// One part of a text document around this content.
pub fn story(root: &str, content: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{content}</w:{root}>"#
    )
}

/// A paragraph.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A DOCX with this body and these further parts.
pub fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = story("document", &format!("<w:body>{body}</w:body>"));
    let mut entries: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", document.as_bytes())];
    entries.extend(parts.iter().map(|(name, content)| (*name, content.as_bytes())));
    zipped(&entries)
}

/// The folder of real files, `CHANCERY_SHARED/data/office` or `../shared/data/office` beside the checkout; `None` where it is absent, and then the caller is told so.
#[expect(clippy::disallowed_methods, reason = "a test may be told where its data is")]
pub fn real_files() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder =
        std::env::var("CHANCERY_SHARED").map_or_else(|_| beside(), PathBuf::from).join("data/office");
    if folder.join("manifest.tsv").is_file() {
        Some(folder)
    } else {
        println!(
            "skipped: the real files are not in ../shared/data/office and not where CHANCERY_SHARED says"
        );
        None
    }
}
