//! What each format says, on files made here: the words, and what a registrar ought to know.

use std::io::{Cursor, Write};

use reader::{Flag, Language, MediaType, Outcome};

use crate::support::{docx, outcome, paragraph, reading, story, zipped};

#[test]
fn plain_text_is_decoded_and_said_so() {
    let french = reading(
        "note.txt",
        "Le conseil est convenu que les forces de l'alliance sont maintenues.".as_bytes(),
    );
    assert_eq!((french.kind, french.language), (MediaType::Text, Some(Language::French)));
    assert!(french.flags.is_empty());
    let latin = reading("note.txt", b"caf\xe9");
    assert_eq!(latin.text, "café");
    assert!(latin.flags.contains(&Flag::Decoded));
    assert!(matches!(outcome("empty.txt", b""), Outcome::Damaged { .. }));
}

#[test]
fn a_text_document_says_its_body_tables_headers_and_notes() {
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("a"),
        paragraph("b"),
        paragraph("d")
    );
    let body = format!(
        "{}{table}{}",
        paragraph("First &amp; last"),
        "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>"
    );
    let file = docx(
        &body,
        &[
            ("word/header1.xml", &story("hdr", &paragraph("NATO SECRET"))),
            ("word/footer1.xml", &story("ftr", &paragraph("Page"))),
            (
                "word/footnotes.xml",
                &story("footnotes", &format!("<w:footnote>{}</w:footnote>", paragraph("A note."))),
            ),
            (
                "docProps/core.xml",
                r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>The title</dc:title><dc:creator>J. Doe</dc:creator></cp:coreProperties>"#,
            ),
        ],
    );
    let reading = reading("x.docx", &file);
    assert_eq!(reading.text, "NATO SECRET\nFirst & last\na\tb\n\td\none\ttwo\nthree\nA note.\nPage");
    assert_eq!((reading.title.as_deref(), reading.author.as_deref()), (Some("The title"), Some("J. Doe")));
    assert!(reading.flags.is_empty());
}

#[test]
fn deletions_and_comments_are_flagged_and_their_words_left_out() {
    let body = concat!(
        "<w:p><w:r><w:t xml:space=\"preserve\">The force </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>withdrew</w:delText></w:r></w:del>",
        "<w:ins w:id=\"2\"><w:r><w:t>stayed</w:t></w:r></w:ins><w:r><w:commentReference w:id=\"0\"/></w:r>",
        "<w:moveFrom w:id=\"3\"><w:r><w:t>moved away</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t> unseen</w:t></w:r></w:p>",
    );
    let file = docx(
        body,
        &[(
            "word/comments.xml",
            &story("comments", &format!("<w:comment w:id=\"0\">{}</w:comment>", paragraph("Is this so?"))),
        )],
    );
    let reading = reading("x.docx", &file);
    assert_eq!(reading.text, "The force stayed unseen");
    assert_eq!(
        reading.flags.into_iter().collect::<Vec<_>>(),
        [Flag::TrackedDeletions, Flag::TrackedInsertions, Flag::Comments, Flag::HiddenText]
    );
}

#[test]
fn macros_embedded_files_and_content_from_outside_are_flagged() {
    let links = r#"<Relationships><Relationship Id="1" Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>"#;
    let file = docx(
        &paragraph("words"),
        &[
            ("word/vbaProject.bin", "x"),
            ("word/embeddings/oleObject1.bin", "x"),
            ("word/_rels/settings.xml.rels", links),
        ],
    );
    let flags = reading("x.docm", &file).flags;
    assert_eq!(
        flags.into_iter().collect::<Vec<_>>(),
        [Flag::Macros, Flag::EmbeddedFiles, Flag::ExternalContent]
    );
    // A hyperlink is fetched by a click only.
    let links = r#"<Relationships><Relationship Id="1" Type="http://x/hyperlink" Target="http://example.org" TargetMode="External"/></Relationships>"#;
    assert!(
        reading("x.docx", &docx(&paragraph("words"), &[("word/_rels/document.xml.rels", links)]))
            .flags
            .is_empty()
    );
}

#[test]
fn a_workbook_says_its_sheets_row_by_row() {
    let types = br#"<Types><Override PartName="/xl/workbook.xml" ContentType="a.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="a.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="a.spreadsheetml.worksheet+xml"/></Types>"#;
    let file = zipped(&[
        ("[Content_Types].xml", types),
        ("xl/workbook.xml", br#"<workbook><sheets><sheet name="Copies" sheetId="1"/></sheets></workbook>"#),
        ("xl/sharedStrings.xml", b"<sst><si><t>Holder</t></si><si><r><t>SHA</t></r><r><t>PE</t></r></si></sst>"),
        (
            "xl/worksheets/sheet1.xml",
            br#"<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Number</t></is></c></row><row><c t="s"><v>1</v></c><c><f>1+1</f><v>2</v></c><c t="b"><v>1</v></c></row></sheetData></worksheet>"#,
        ),
    ]);
    let reading = reading("x.xlsx", &file);
    assert_eq!(reading.text, "Copies\nHolder\tNumber\nSHAPE\t2\tTRUE");
    assert_eq!(reading.pages, Some(1));
}

#[test]
fn an_opendocument_text_says_its_paragraphs_and_not_its_deletions() {
    let content = concat!(
        "<office:document-content><office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>",
        "<text:h>A  heading</text:h><text:p>One<text:s/>two<text:line-break/>three<office:annotation><text:p>a comment</text:p></office:annotation></text:p></office:text></office:body></office:document-content>",
    );
    let meta = "<office:document-meta><office:meta><dc:title>T</dc:title><meta:initial-creator>A</meta:initial-creator><meta:document-statistic meta:page-count=\"3\"/></office:meta></office:document-meta>";
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", content),
        ("meta.xml", meta),
    ] {
        writer.start_file(name, stored).unwrap();
        writer.write_all(bytes.as_bytes()).unwrap();
    }
    let reading = reading("x.odt", &writer.finish().unwrap().into_inner());
    assert_eq!(reading.text, "A heading\nOne two\nthree");
    assert_eq!(
        (reading.title.as_deref(), reading.author.as_deref(), reading.pages),
        (Some("T"), Some("A"), Some(3))
    );
    assert!(reading.flags.contains(&Flag::TrackedDeletions) && reading.flags.contains(&Flag::Comments));
}

/// A page with these operators, and with these entries in its catalog and page.
fn pdf(content: &str, page: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{page}>>"
        ),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Title(An order)/Author(\u{fe}\u{ff}\u{0}J\u{0}D)>>".to_owned(),
    ];
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        // Bytes, not UTF-8.
        let object: Vec<u8> = object.chars().map(|character| character as u8).collect();
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    file.extend(
        format!(
            "trailer\n<</Root 1 0 R/Info 6 0 R/Size {}>>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    file
}

#[test]
fn a_pdf_says_its_words_and_its_information() {
    let file =
        pdf("BT /F1 12 Tf 50 700 Td (NATO SECRET) Tj 0 -20 Td (Caf\u{e9} in the second line) Tj ET", "");
    let reading = reading("x.pdf", &file);
    assert_eq!(reading.text, "NATO SECRET\nCafé in the second line");
    assert_eq!(
        (reading.title.as_deref(), reading.author.as_deref(), reading.pages),
        (Some("An order"), Some("JD"), Some(1))
    );
}

#[test]
fn a_pdf_with_a_wrong_table_is_repaired_and_one_without_words_is_flagged() {
    let mut file = pdf("BT /F1 12 Tf 50 700 Td (NATO SECRET) Tj ET", "");
    let at = file.windows(9).rposition(|window| window == b"startxref").unwrap();
    file.truncate(at);
    let repaired = reading("x.pdf", &file);
    assert_eq!(repaired.text, "NATO SECRET");
    assert!(repaired.flags.contains(&Flag::Repaired));
    let blank = reading("x.pdf", &pdf("0 0 10 10 re f", ""));
    assert!(blank.text.is_empty() && blank.flags.contains(&Flag::NoWords));
}

const MESSAGE: &str = "From: \"Doe, J.\" <j.doe@example.org>\r\nTo: registry@example.org, Other <o@example.org>\r\nCc: c@example.org\r\nDate: Fri, 21 Nov 2025 10:00:00 +0100\r\n\
    Message-ID: <abc@example.org>\r\nIn-Reply-To: <before@example.org>\r\nReferences: <first@example.org>\r\n <before@example.org>\r\nSubject: =?utf-8?q?R=C3=A9union?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n\
    --e\r\nContent-Type: multipart/alternative; boundary=f\r\n\r\n--f\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCaf=E9 at ten.\r\n\
    --f\r\nContent-Type: text/html\r\n\r\n<p>Caf&eacute; at ten.</p>\r\n--f--\r\n--e\r\nContent-Type: application/pdf; name=\"order.pdf\"\r\nContent-Disposition: attachment; filename=\"order.pdf\"\r\n\
    Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=\r\n--e--\r\n";

#[test]
fn a_message_has_a_head_a_body_and_parts() {
    let reading = reading("x.eml", MESSAGE.as_bytes());
    let mail = reading.mail.unwrap();
    assert_eq!(mail.from, ["Doe, J. <j.doe@example.org>"]);
    assert_eq!(mail.to, ["registry@example.org", "Other <o@example.org>"]);
    assert_eq!(mail.cc, ["c@example.org"]);
    assert_eq!(mail.subject.as_deref(), Some("Réunion"));
    assert_eq!(mail.date.as_deref(), Some("2025-11-21T10:00:00+01:00"));
    assert_eq!(
        (mail.message_id.as_deref(), mail.in_reply_to.as_deref()),
        (Some("abc@example.org"), Some("before@example.org"))
    );
    assert_eq!(mail.references, ["first@example.org", "before@example.org"]);
    assert_eq!(reading.text, "Café at ten.");
    assert_eq!(reading.parts.len(), 1);
    let part = &reading.parts[0];
    assert_eq!(
        (part.name.as_str(), part.declared.as_str(), part.kind, part.bytes.as_slice()),
        ("order.pdf", "application/pdf", MediaType::Pdf, b"%PDF-1.7".as_slice())
    );
}

#[test]
fn a_message_that_is_only_a_page_says_its_words() {
    let message =
        "From: a@example.org\r\nSubject: s\r\nContent-Type: text/html\r\n\r\n<p>First<p>Second &amp; last";
    assert_eq!(reading("x.eml", message.as_bytes()).text, "First\nSecond & last");
}

#[test]
fn a_message_within_a_message_is_a_part_that_can_be_read_again() {
    let inner = "From: in@example.org\r\nSubject: inner\r\n\r\ninner words\r\n";
    let outer = format!(
        "From: out@example.org\r\nSubject: outer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\n\r\nouter words\r\n--e\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--e--\r\n"
    );
    let outer = reading("x.eml", outer.as_bytes());
    assert_eq!(outer.text, "outer words");
    assert_eq!(outer.parts[0].kind, MediaType::Eml);
    assert_eq!(reading("part.eml", &outer.parts[0].bytes).text, "inner words");
}

#[test]
fn an_outlook_message_has_a_head_a_body_and_parts() {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    file.create_stream("/__properties_version1.0").unwrap().write_all(&[0; 32]).unwrap();
    for (property, text) in [
        ("0037", "Réunion"),
        ("0C1A", "J. Doe"),
        ("0C1F", "j@example.org"),
        ("0E04", "A; B"),
        ("1039", "<first@example.org>\r\n <before@example.org>"),
        ("1000", "Words.\r\nMore."),
    ] {
        file.create_stream(format!("/__substg1.0_{property}001F")).unwrap().write_all(&wide(text)).unwrap();
    }
    file.create_storage("/__attach_version1.0_#00000000").unwrap();
    file.create_stream("/__attach_version1.0_#00000000/__substg1.0_3707001F")
        .unwrap()
        .write_all(&wide("a.txt"))
        .unwrap();
    file.create_stream("/__attach_version1.0_#00000000/__substg1.0_37010102")
        .unwrap()
        .write_all(b"attached")
        .unwrap();
    let reading = reading("x.msg", &file.into_inner().into_inner());
    assert_eq!(reading.text, "Words.\nMore.");
    assert_eq!(
        (reading.title.as_deref(), reading.author.as_deref()),
        (Some("Réunion"), Some("J. Doe <j@example.org>"))
    );
    let mail = reading.mail.unwrap();
    assert_eq!(mail.to, ["A", "B"]);
    assert_eq!(mail.references, ["first@example.org", "before@example.org"]);
    assert_eq!(reading.parts[0].bytes, b"attached");
}

#[test]
fn an_outcome_can_be_written_down_and_read_again() {
    for outcome in [
        outcome("x.eml", b"From: a@example.org\r\nSubject: s\r\n\r\nwords"),
        outcome("x.png", b"\x89PNG\r\n\x1a\n"),
        outcome("x.docx", b"PK\x03\x04"),
    ] {
        let written = serde_json::to_string(&outcome).unwrap();
        assert_eq!(serde_json::from_str::<Outcome>(&written).unwrap(), outcome, "{written}");
    }
}
