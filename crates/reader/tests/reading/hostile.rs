//! Files that attack their reader. Each ends as the outcome that sends it to quarantine, soon, and takes no memory of the parent's.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use reader::{Damage, Flag, Limit, Limits, MediaType, Outcome, Reader, Threat};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{CHILD, docx, outcome, paragraph, reading, story, tight, zipped};

fn hostile(threat: Threat) -> Outcome {
    Outcome::Hostile { threat }
}

#[test]
fn a_part_that_unpacks_to_a_hundred_megabytes_of_nothing_is_a_bomb() {
    let nothing = vec![b' '; 100 * 1024 * 1024];
    let document = [b"<w:document><w:body>".as_slice(), &nothing, b"</w:body></w:document>"].concat();
    let types = br#"<Types><Override PartName="/word/document.xml" ContentType="x.wordprocessingml.document.main+xml"/></Types>"#;
    let bomb = zipped(&[("[Content_Types].xml", types), ("word/document.xml", &document)]);
    assert!(bomb.len() < 200 * 1024);
    assert_eq!(outcome("order.docx", &bomb), hostile(Threat::ArchiveBomb));
    // The same as an archive of no use, by what its directory says.
    assert_eq!(outcome("all.zip", &zipped(&[("zeros.bin", &nothing)])), hostile(Threat::ArchiveBomb));
}

#[test]
fn much_that_unpacks_honestly_is_over_the_limit() {
    // Words that pack badly enough to be no bomb, but more of them than the reader may unpack.
    let words: String = (0..40_000_u64)
        .map(|number| format!("<p>{:x}</p>", number.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        .collect();
    let file = docx(&words, &[]);
    let limits = Limits { unpacked_bytes: 100_000, ..Limits::default() };
    assert_eq!(
        Reader::new(CHILD, limits).read("x.docx", file.as_slice()).unwrap(),
        Outcome::OverLimit { limit: Limit::Unpacked }
    );
    let limits = Limits { text_bytes: 1_000, ..Limits::default() };
    let file = docx(&paragraph(&"words ".repeat(1_000)), &[]);
    assert_eq!(
        Reader::new(CHILD, limits).read("x.docx", file.as_slice()).unwrap(),
        Outcome::OverLimit { limit: Limit::Text }
    );
}

#[test]
fn elements_too_deep_are_an_attack() {
    let deep = format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000));
    assert_eq!(outcome("x.docx", &docx(&deep, &[])), hostile(Threat::NestedTooDeep));
    let xml = format!("<?xml version='1.0'?>{}", "<a>".repeat(1_000_000));
    assert_eq!(outcome("x.xml", xml.as_bytes()), hostile(Threat::NestedTooDeep));
}

#[test]
fn archives_within_archives_are_followed_so_far_and_no_further() {
    let mut archive = zipped(&[("words.txt", b"words")]);
    for _ in 0..3 {
        archive = zipped(&[("inner.zip", &archive)]);
    }
    assert!(matches!(outcome("x.zip", &archive), Outcome::Text(_)));
    assert_eq!(outcome("x.zip", &zipped(&[("inner.zip", &archive)])), hostile(Threat::NestedTooDeep));
}

#[test]
fn a_bomb_within_an_archive_is_found() {
    let bomb = zipped(&[("zeros.bin", &vec![0; 50 * 1024 * 1024])]);
    assert_eq!(
        outcome("x.zip", &zipped(&[("readme.txt", b"words"), ("inner.zip", &bomb)])),
        hostile(Threat::ArchiveBomb)
    );
}

#[test]
fn entities_that_expand_into_one_another_are_an_attack() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>"#;
    assert_eq!(outcome("x.xml", laughs.as_bytes()), hostile(Threat::EntityBomb));
    let outside = r#"<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>"#;
    assert_eq!(outcome("x.xml", outside.as_bytes()), hostile(Threat::EntityBomb));
    // One that stands for a word is left out and said so.
    let plain = r#"<?xml version="1.0"?><!DOCTYPE l [<!ENTITY org "Alliance">]><l>The &org; met.</l>"#;
    let reading = reading("x.xml", plain.as_bytes());
    assert_eq!(reading.text, "The met.");
    assert!(reading.flags.contains(&Flag::EntitiesLeftOut));
    // No part of an Office file may declare anything.
    let body = r#"<?xml version="1.0"?><!DOCTYPE w><w:document><w:body/></w:document>"#;
    let types = br#"<Types><Override PartName="/word/document.xml" ContentType="x.wordprocessingml.document.main+xml"/></Types>"#;
    assert_eq!(
        outcome("x.docx", &zipped(&[("[Content_Types].xml", types), ("word/document.xml", body.as_bytes())])),
        hostile(Threat::EntityBomb)
    );
}

#[test]
fn a_hundred_megabytes_of_xml_never_reach_the_child() {
    struct Endless(u64);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let words = b"<?xml version='1.0'?><a>words </a>";
            let count = buffer.len().min(words.len());
            buffer[..count].copy_from_slice(&words[..count]);
            self.0 += count as u64;
            Ok(count)
        }
    }
    let mut endless = Endless(0);
    let outcome = Reader::new(CHILD, Limits::default()).read("x.xml", &mut endless).unwrap();
    assert_eq!(outcome, Outcome::OverLimit { limit: Limit::Input });
    assert!(endless.0 < 70 * 1024 * 1024, "the reading stopped at the limit");
}

#[test]
fn sixty_megabytes_of_xml_end_in_time() {
    let xml = format!("<?xml version='1.0'?><a>{}</a>", "<b>words and more of them</b>".repeat(2_000_000));
    let outcome = outcome("x.xml", xml.as_bytes());
    assert!(matches!(outcome, Outcome::OverLimit { .. }), "{}", outcome.code());
}

#[test]
fn a_document_cut_anywhere_is_damaged() {
    let whole = docx(&paragraph("words"), &[]);
    for end in (10..whole.len()).step_by(37) {
        let outcome = outcome("x.docx", &whole[..end]);
        assert!(
            matches!(outcome, Outcome::Damaged { .. } | Outcome::Mislabelled { .. }),
            "{end}: {}",
            outcome.code()
        );
    }
    let truncated = format!("<?xml version='1.0'?>{}", "<w:document><w:body><w:p>");
    let types = br#"<Types><Override PartName="/word/document.xml" ContentType="x.wordprocessingml.document.main+xml"/></Types>"#;
    let file = zipped(&[("[Content_Types].xml", types), ("word/document.xml", truncated.as_bytes())]);
    assert_eq!(
        outcome("x.docx", &file),
        Outcome::Damaged { kind: MediaType::Docx, reason: Damage::Truncated }
    );
}

#[test]
fn a_part_whose_checksum_is_wrong_is_damaged() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file("[Content_Types].xml", stored).unwrap();
    writer.write_all(br#"<Types><Override PartName="/word/document.xml" ContentType="x.wordprocessingml.document.main+xml"/></Types>"#).unwrap();
    writer.start_file("word/document.xml", stored).unwrap();
    writer.write_all(story("document", &paragraph("SECRET")).as_bytes()).unwrap();
    let mut file = writer.finish().unwrap().into_inner();
    let at = file.windows(6).position(|window| window == b"SECRET").unwrap();
    file[at] = b'X';
    assert_eq!(
        outcome("x.docx", &file),
        Outcome::Damaged { kind: MediaType::Docx, reason: Damage::Truncated }
    );
}

#[test]
fn an_office_file_sealed_with_a_password_is_encrypted() {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(&[7; 5_000]).unwrap();
    file.create_stream("/EncryptionInfo").unwrap().write_all(&[4, 0, 4, 0]).unwrap();
    let bytes = file.into_inner().into_inner();
    for name in ["x.docx", "x.xlsx", "x"] {
        assert_eq!(outcome(name, &bytes), Outcome::Encrypted { kind: MediaType::EncryptedOffice }, "{name}");
    }
}

#[test]
fn a_message_of_ten_thousand_parts_is_over_the_limit() {
    let mut message = String::from(
        "From: a@example.org\r\nSubject: parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n",
    );
    for number in 0..10_000 {
        message += &format!("--edge\r\nContent-Type: application/octet-stream; name=f{number}\r\n\r\nx\r\n");
    }
    message += "--edge--\r\n";
    assert_eq!(outcome("x.eml", message.as_bytes()), Outcome::OverLimit { limit: Limit::Parts });
}

#[test]
fn of_a_hundred_thousand_references_the_first_and_the_nearest_are_kept() {
    let mut message = String::from("Subject: s\r\nReferences:");
    for number in 0..100_000 {
        message.push_str(&format!(" <{number}@x>\r\n"));
    }
    message.push_str("\r\nwords");
    let mail = outcome("x.eml", message.as_bytes()).into_reading().unwrap().mail.unwrap();
    assert_eq!(mail.references.len(), 100);
    assert_eq!((mail.references[0].as_str(), mail.references[99].as_str()), ("0@x", "99999@x"));
}

#[test]
fn messages_within_messages_without_end_do_not_harm() {
    let mut message = String::from("words");
    for _ in 0..200 {
        message =
            format!("From: a@example.org\r\nSubject: in\r\nContent-Type: message/rfc822\r\n\r\n{message}");
    }
    let outcome = outcome("x.eml", message.as_bytes());
    assert!(
        matches!(outcome, Outcome::Text(_) | Outcome::Hostile { threat: Threat::NestedTooDeep }),
        "{}",
        outcome.code()
    );
}

#[test]
fn names_that_climb_are_flagged_and_never_paths() {
    let archive = reading("x.zip", &zipped(&[("../../etc/passwd", b"x"), ("good.txt", b"x")]));
    assert!(archive.flags.contains(&Flag::UnsafeNames));
    let document = docx(&paragraph("words"), &[("..\\..\\evil.dll", "x")]);
    assert!(reading("x.docx", &document).flags.contains(&Flag::UnsafeNames));
    let message = "From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\n\r\nwords\r\n--e\r\n\
        Content-Disposition: attachment; filename=\"../../../root/.profile\"\r\nContent-Type: text/plain\r\n\r\nx\r\n--e--\r\n";
    let message = reading("x.eml", message.as_bytes());
    assert!(message.flags.contains(&Flag::UnsafeNames));
    assert_eq!(message.parts[0].name, ".profile");
}

#[test]
fn a_file_is_told_from_its_name() {
    let document = docx(&paragraph("words"), &[]);
    match outcome("picture.png", &document) {
        Outcome::Mislabelled { claimed: MediaType::Png, found: MediaType::Docx, reading: Some(reading) } => {
            assert_eq!(reading.text, "words")
        }
        other => panic!("{other:?}"),
    }
    match outcome("order.docx", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0") {
        Outcome::Mislabelled { claimed: MediaType::Docx, found: MediaType::Program, reading: None } => {}
        other => panic!("{other:?}"),
    }
    // Hostile whatever it is called.
    let bomb = zipped(&[("zeros.bin", &vec![0; 50 * 1024 * 1024])]);
    assert_eq!(outcome("letter.pdf", &bomb), hostile(Threat::ArchiveBomb));
}

#[test]
fn a_pdf_whose_tables_lead_in_circles_ends() {
    let circle = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>> endobj\ntrailer <</Root 1 0 R/Size 3/Prev 9>>\nstartxref\n9\n%%EOF";
    let outcome = Reader::new(CHILD, tight()).read("x.pdf", circle.as_slice()).unwrap();
    assert!(!matches!(outcome, Outcome::Text(_)), "{}", outcome.code());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Real parsers behind real signatures, fed with broken bytes: every file ends as an outcome.
    #[test]
    fn broken_files_of_every_kind_end(seed in any::<u64>(), kind in 0_usize..6) {
        let (name, mut bytes) = match kind {
            0 => ("x.docx", docx(&paragraph("words of a document"), &[])),
            1 => ("x.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj 4 0 obj<</Length 20>>stream\nBT (words) Tj ET    \nendstream endobj\ntrailer<</Root 1 0 R>>".to_vec()),
            2 => ("x.rtf", b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}words \\'e9 \\u8364? \\par}".to_vec()),
            3 => ("x.eml", b"From: a@example.org\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\n\r\nwords\r\n--e--".to_vec()),
            4 => ("x.html", b"<html><body><p title='x'>words &eacute; <script>x</script></body></html>".to_vec()),
            _ => ("x.xml", b"<?xml version='1.0' encoding='utf-16'?><a b='c'>words &amp; more</a>".to_vec()),
        };
        // A handful of bytes changed, anywhere behind the signature.
        let mut state = seed | 1;
        for _ in 0..6 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = 8 + (state >> 33) as usize % (bytes.len() - 8);
            bytes[at] = (state >> 24) as u8;
        }
        let outcome = Reader::new(CHILD, tight()).read(name, bytes.as_slice()).unwrap();
        prop_assert!(!matches!(outcome, Outcome::Hostile { threat: Threat::ForbiddenCall | Threat::Crash | Threat::ForgedAnswer }), "{}", outcome.code());
    }
}
