//! What kind of file bytes are, by their content; and whether a name says otherwise. Owns the signatures; looks at bytes only, never unpacks any.

use crate::MediaType;
use crate::text;

/// Bytes of a file's beginning that are enough to sniff it.
pub const HEAD: usize = 64 * 1024;

/// The kind of a file, by the content of its beginning. The name only decides between kinds of text, which no signature tells apart (a table, a note, a message).
/// More bytes than [`HEAD`] tell more: the parts of a zip or a compound file may stand anywhere.
#[must_use]
pub fn sniff(head: &[u8], name: &str) -> MediaType {
    refine(by_content(head), MediaType::from_name(name), head)
}

/// The kind that a name claims where the content is plainly another.
///
/// A container is not mislabelled by being a kind of itself (a workbook named `.zip`), a sealed Office file not by its seal, and text not by being text of another use.
#[must_use]
pub fn mislabelled(name: &str, found: MediaType) -> Option<MediaType> {
    MediaType::from_name(name).filter(|claimed| disagrees(*claimed, found))
}

/// Whether content of one kind belies a claim of another.
pub(crate) fn disagrees(claimed: MediaType, found: MediaType) -> bool {
    use MediaType as M;
    if claimed == found || found == M::Empty {
        return false;
    }
    match (claimed, found) {
        (M::Zip, _) => !found.is_zipped(),
        (M::Docx | M::Xlsx | M::Pptx | M::Xlsb | M::Doc | M::Xls | M::Ppt, M::EncryptedOffice) => false,
        // The directory of a compound file may lie beyond the head, the parts of a zip too: no contradiction.
        (_, M::CompoundFile) => !claimed.is_compound(),
        (_, M::Zip) => !claimed.is_zipped(),
        (_, M::Unknown) => claimed.is_plain(),
        (M::Xml, M::Html) | (M::Html, M::Xml) => false,
        (M::Tar, M::Gzip | M::Bzip2 | M::Xz | M::Zstd) => false,
        _ if claimed.is_plain() => !found.is_textual() || found == M::Rtf,
        _ => true,
    }
}

/// Settles the kinds of text by the claim.
pub(crate) fn refine(found: MediaType, claimed: Option<MediaType>, head: &[u8]) -> MediaType {
    use MediaType as M;
    match (claimed, found) {
        (Some(claimed), found) if claimed.is_plain() && found.is_textual() && found != M::Rtf => claimed,
        (Some(M::Html), M::Text | M::Xml) => M::Html,
        (Some(M::Xml), M::Text) if starts_with_markup(head) => M::Xml,
        (Some(M::Eml), M::Mbox) => M::Eml,
        (Some(M::Eml), M::Text) if has_header_field(head) => M::Eml,
        (_, found) => found,
    }
}

/// The kind by content alone.
#[must_use]
pub fn by_content(head: &[u8]) -> MediaType {
    if head.is_empty() {
        return MediaType::Empty;
    }
    if let Some(kind) = by_signature(head) {
        return kind;
    }
    if text::looks_like_text(head) {
        return by_markup(head);
    }
    // A message may carry bytes as they are (RFC 3030); its head is text nevertheless.
    let end = head
        .windows(2)
        .position(|pair| pair == b"\n\n")
        .or_else(|| head.windows(4).position(|pair| pair == b"\r\n\r\n"));
    match end.and_then(|end| head.get(..end)) {
        Some(fields) if text::looks_like_text(fields) && by_markup(fields) == MediaType::Eml => {
            MediaType::Eml
        }
        _ => MediaType::Unknown,
    }
}

fn by_signature(head: &[u8]) -> Option<MediaType> {
    use MediaType as M;
    const SIGNATURES: &[(&[u8], MediaType)] = &[
        (b"{\\rtf", M::Rtf),
        (b"\x89PNG\r\n\x1a\n", M::Png),
        (b"\xff\xd8\xff", M::Jpeg),
        (b"GIF87a", M::Gif),
        (b"GIF89a", M::Gif),
        (b"II*\0", M::Tiff),
        (b"MM\0*", M::Tiff),
        (b"II+\0", M::Tiff),
        (b"MM\0+", M::Tiff),
        (b"\0\0\0\x0cjP  \r\n", M::Jpeg2000),
        (b"\xff\x4f\xff\x51", M::Jpeg2000),
        (b"\x1f\x8b", M::Gzip),
        (b"BZh", M::Bzip2),
        (b"\xfd7zXZ\0", M::Xz),
        (b"\x28\xb5\x2f\xfd", M::Zstd),
        (b"7z\xbc\xaf\x27\x1c", M::SevenZip),
        (b"Rar!\x1a\x07", M::Rar),
        (b"\x78\x9f\x3e\x22", M::Tnef),
        (b"\xffWPC", M::WordPerfect),
        (b"\x7fELF", M::Program),
        (b"ID3", M::Recording),
        (b"OggS", M::Recording),
        (b"fLaC", M::Recording),
        (b"\x1aE\xdf\xa3", M::Recording),
    ];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") || head.starts_with(b"PK\x07\x08") {
        return Some(by_zip_parts(head));
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(by_compound_entries(head));
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Some(*kind);
    }
    // ISO 32000-1 annex H.3.4.1: readers accept the header anywhere in the first 1,024 bytes.
    if contains(head.get(..1024 + 5).unwrap_or(head), b"%PDF-") {
        return Some(M::Pdf);
    }
    if head.starts_with(b"MZ") && head.len() > 64 && head.contains(&0) {
        return Some(M::Program);
    }
    if head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) {
        return Some(M::Bmp);
    }
    if head.starts_with(b"RIFF") {
        return Some(if head.get(8..12) == Some(b"WEBP") { M::Webp } else { M::Recording });
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Some(M::Recording);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(M::Tar);
    }
    None
}

/// The use of a zip, by the names of its entries as they stand in the local and central headers.
fn by_zip_parts(bytes: &[u8]) -> MediaType {
    use MediaType as M;
    // OpenDocument and EPUB put an uncompressed `mimetype` first (ODF 1.3 part 2 section 3.3).
    if bytes.get(30..38) == Some(b"mimetype") {
        let kind = bytes.get(38..138).unwrap_or(&[]);
        for (mark, media) in [
            (&b"application/vnd.oasis.opendocument.text"[..], M::Odt),
            (b"application/vnd.oasis.opendocument.spreadsheet", M::Ods),
            (b"application/vnd.oasis.opendocument.presentation", M::Odp),
            (b"application/epub+zip", M::Epub),
        ] {
            if contains(kind, mark) {
                return media;
            }
        }
    }
    let mut main = None;
    let mut office = false;
    for name in zip_names(bytes) {
        // Some producers write the slash of another system.
        let turned: Vec<u8>;
        let name = if name.contains(&b'\\') {
            turned = name.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
            &turned
        } else {
            name
        };
        office |= name == b"[Content_Types].xml";
        let kind = match name {
            b"word/document.xml" => Some(M::Docx),
            b"xl/workbook.bin" => Some(M::Xlsb),
            b"xl/workbook.xml" => Some(M::Xlsx),
            b"ppt/presentation.xml" => Some(M::Pptx),
            // Some producers name the main part otherwise; the folder still tells.
            _ if name.starts_with(b"word/") => Some(M::Docx),
            _ if name.starts_with(b"ppt/") => Some(M::Pptx),
            _ if name.starts_with(b"xl/") && !name.ends_with(b".bin") => Some(M::Xlsx),
            _ => None,
        };
        if matches!(
            name,
            b"word/document.xml" | b"xl/workbook.bin" | b"xl/workbook.xml" | b"ppt/presentation.xml"
        ) {
            main = kind;
            if office {
                break;
            }
        } else if main.is_none() {
            main = kind;
        }
    }
    match main {
        Some(kind) if office => kind,
        _ => M::Zip,
    }
}

/// The names in local (APPNOTE 4.3.7) and central (4.3.12) headers, found by their signatures without following any offset.
fn zip_names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.windows(4).enumerate().filter_map(move |(at, mark)| {
        let (length_at, name_at) = match mark {
            b"PK\x03\x04" => (at + 26, at + 30),
            b"PK\x01\x02" => (at + 28, at + 46),
            _ => return None,
        };
        let length = match bytes.get(length_at..length_at + 2) {
            Some(&[low, high]) => usize::from(u16::from_le_bytes([low, high])),
            _ => return None,
        };
        bytes.get(name_at..name_at + length)
    })
}

/// The use of a compound file, by the names of its directory entries (MS-CFB 2.6.1: 128 bytes each, name first, its length at 64).
fn by_compound_entries(bytes: &[u8]) -> MediaType {
    use MediaType as M;
    let mut kind = M::CompoundFile;
    for entry in bytes.chunks_exact(128) {
        let Some(&[low, high]) = entry.get(64..66) else { continue };
        let length = usize::from(u16::from_le_bytes([low, high]));
        let Some(name) =
            length.checked_sub(2).and_then(|length| entry.get(..length)).filter(|_| length <= 64)
        else {
            continue;
        };
        let name: String =
            name.chunks_exact(2).filter_map(|unit| unit.first()).map(|byte| char::from(*byte)).collect();
        match name.as_str() {
            "EncryptedPackage" => return M::EncryptedOffice,
            "__properties_version1.0" | "__nameid_version1.0" => return M::Msg,
            "WordDocument" => kind = M::Doc,
            "Workbook" | "Book" if kind == M::CompoundFile => kind = M::Xls,
            "PowerPoint Document" => kind = M::Ppt,
            _ => {}
        }
    }
    kind
}

/// The kind of a text by its first words.
fn by_markup(head: &[u8]) -> MediaType {
    use MediaType as M;
    let Ok(decoded) = text::decode(head.get(..4096).unwrap_or(head), 64 * 1024) else {
        return M::Text;
    };
    let start = decoded.text.trim_start();
    let lower: String = start.chars().take(1024).collect::<String>().to_ascii_lowercase();
    if start.starts_with("{\\rtf") {
        return M::Rtf;
    }
    if lower.starts_with("<?xml") {
        let root_is_html = lower.contains("<html") || lower.contains("<!doctype html");
        return if root_is_html { M::Html } else { M::Xml };
    }
    if lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || (lower.starts_with('<') && (lower.contains("<html") || lower.contains("<body")))
    {
        return M::Html;
    }
    if start.starts_with("From ") && start.lines().nth(1).is_some_and(is_header_line) {
        return M::Mbox;
    }
    if is_message(start) { M::Eml } else { M::Text }
}

/// Whether text begins like a message: its first line is a field and two of the fields that every message has follow before the empty line.
fn is_message(start: &str) -> bool {
    if !start.lines().next().is_some_and(is_header_line) {
        return false;
    }
    let mut known = 0;
    for line in start.lines().take(200).take_while(|line| !line.trim().is_empty()) {
        let name = line.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
        let fields = [
            "from",
            "to",
            "date",
            "subject",
            "message-id",
            "received",
            "mime-version",
            "return-path",
            "content-type",
            "delivered-to",
            "reply-to",
            "cc",
        ];
        known += u32::from(fields.contains(&name.as_str()));
        if known >= 2 && line.contains(':') {
            return true;
        }
    }
    false
}

/// A header field: a name of printable ASCII without spaces, a colon (RFC 5322 section 2.2).
fn is_header_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.len() < 80 && name.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

fn has_header_field(head: &[u8]) -> bool {
    text::decode(head.get(..4096).unwrap_or(head), 64 * 1024)
        .is_ok_and(|decoded| decoded.text.trim_start().lines().next().is_some_and(is_header_line))
}

fn starts_with_markup(head: &[u8]) -> bool {
    text::decode(head.get(..4096).unwrap_or(head), 64 * 1024)
        .is_ok_and(|decoded| decoded.text.trim_start().starts_with('<'))
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use MediaType as M;
    use proptest::prelude::*;

    #[test]
    fn content_decides_and_the_name_only_between_kinds_of_text() {
        assert_eq!(sniff(b"%PDF-1.7\n", "note.txt"), M::Pdf);
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n", "x.pdf"), M::Png);
        assert_eq!(sniff(b"a,b\n1,2\n", "table.csv"), M::Csv);
        assert_eq!(sniff(b"a,b\n1,2\n", "table"), M::Text);
        assert_eq!(sniff(b"<!DOCTYPE html><html><body>x", "page"), M::Html);
        assert_eq!(sniff(b"<?xml version='1.0'?><a/>", "page"), M::Xml);
        assert_eq!(sniff(b"<p>a fragment</p>", "page.html"), M::Html);
        assert_eq!(sniff(b"From: a@b.c\nSubject: x\n\nbody", ""), M::Eml);
        assert_eq!(sniff(b"From: a@b.c\nSubject: x\n\nbody", "saved.txt"), M::Text);
        assert_eq!(sniff(b"Note: this is only a note\n\nbody", ""), M::Text);
        assert_eq!(sniff(b"Date: x\nSubject: y\n\nT\0e\0s\0t\0\x01\x02\x03", ""), M::Eml);
        assert_eq!(sniff(b"", "x.docx"), M::Empty);
    }

    #[test]
    fn a_name_that_belies_the_content_is_named() {
        assert_eq!(mislabelled("order.docx", M::Pdf), Some(M::Docx));
        assert_eq!(mislabelled("order.txt", M::Program), Some(M::Text));
        assert_eq!(mislabelled("photo.jpg", M::Png), Some(M::Jpeg));
        assert_eq!(mislabelled("letter.doc", M::Docx), Some(M::Doc));
        assert_eq!(mislabelled("letter.docx", M::EncryptedOffice), None);
        assert_eq!(mislabelled("saved.txt", M::Eml), None);
        assert_eq!(mislabelled("all.zip", M::Docx), None);
        assert_eq!(mislabelled("odd.docx", M::Unknown), None);
        assert_eq!(mislabelled("no-extension", M::Pdf), None);
    }

    #[test]
    fn a_compound_file_is_told_by_its_directory() {
        let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        file.resize(512, 0);
        assert_eq!(by_content(&file), M::CompoundFile);
        let mut entry: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        entry[64] = 34;
        file.extend(entry);
        assert_eq!(by_content(&file), M::EncryptedOffice);
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_kind(bytes in proptest::collection::vec(any::<u8>(), 0..600), name in "[a-z./]{0,12}") {
            let kind = sniff(&bytes, &name);
            let _ = mislabelled(&name, kind);
        }

        #[test]
        fn any_bytes_behind_a_signature_have_a_kind(
            signature in prop_oneof![Just(b"PK\x03\x04".to_vec()), Just(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec())],
            rest in proptest::collection::vec(any::<u8>(), 0..600),
        ) {
            let bytes = [signature, rest].concat();
            prop_assert!(by_content(&bytes).is_zipped() || by_content(&bytes).is_compound());
        }
    }
}
