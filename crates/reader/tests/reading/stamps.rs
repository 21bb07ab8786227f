//! Words stamped into the margin of each page of a PDF, in the child.

use reader::{Outcome, scan::Leaf, scan::Turn};

use crate::support::{outcome, reader, reading};

/// A PDF of pages with a line each; the second lies across, and leaves its drawing unfinished.
fn pages() -> Vec<u8> {
    let drawing = |text: &str, end: &str| {
        let content = format!("q 2 0 0 2 0 0 cm BT /F1 12 Tf 20 200 Td ({text}) Tj ET {end}");
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
    };
    let page = |content: u32, turn: u32| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {turn} /Contents {content} 0 R /Resources << /Font << /F1 7 0 R >> >> >>"
        )
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_owned(),
        page(5, 0),
        page(6, 90),
        drawing("Rotation of the detachment", "Q"),
        drawing("Second page of it", ""),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).into_bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in &places {
        bytes.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    bytes
        .extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").into_bytes());
    bytes
}

#[test]
fn every_page_bears_the_words_and_keeps_its_own() {
    let lines = ["NS-0012/2026 · REPRODUCTION 1 of 2".to_owned(), "Authority (5b67) of É. Dubois".to_owned()];
    let stamped = reader().stamp(&pages(), &lines).unwrap().unwrap();
    assert_eq!(reader().leaves(&stamped).unwrap(), Ok(2));
    assert_eq!(reader().stamp(&pages(), &lines).unwrap().unwrap(), stamped, "the same twice");
    for page in 0..2 {
        let alone = reader().bind(&stamped, &[Leaf { page, turn: Turn::None }]).unwrap().unwrap();
        let text = reading("page.pdf", &alone).text;
        assert!(text.contains("NS-0012/2026") && text.contains("É. Dubois"), "{page}: {text}");
        assert!(text.contains(["Rotation of the detachment", "Second page of it"][page]), "{page}: {text}");
    }
    // What is stamped can be stamped once more.
    assert!(reader().stamp(&stamped, &lines).unwrap().is_ok());
}

#[test]
fn what_is_no_pdf_or_is_damaged_is_told_and_not_stamped() {
    let lines = ["NS-0012/2026".to_owned()];
    for (bytes, name) in [(b"A text".to_vec(), "a.txt"), (b"%PDF-1.4\nnothing".to_vec(), "b.pdf")] {
        let refused = reader().stamp(&bytes, &lines).unwrap().unwrap_err();
        assert!(!matches!(refused, Outcome::Text(_)), "{name}: {refused:?}");
    }
    assert!(matches!(outcome("b.pdf", b"%PDF-1.4\nnothing"), Outcome::Damaged { .. }));
}
