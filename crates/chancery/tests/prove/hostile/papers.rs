//! PDF, XML, HTML, RTF and plain text that attack: circles, depth, sizes that are claimed and sizes that are real.

use std::{fmt::Write as _, io::Write as _};

/// A PDF of these objects, numbered from one, with a table of where they are.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{n} 0 obj\n").into_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let at = file.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in places {
        writeln!(table, "{place:010} 00000 n ").unwrap();
    }
    write!(table, "trailer\n<</Root 1 0 R/Size {}{trailer}>>\nstartxref\n{at}\n%%EOF", objects.len() + 1)
        .unwrap();
    file.extend(table.into_bytes());
    file
}

fn stream(head: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{head}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    object.extend_from_slice(bytes);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A PDF of one page with this content and whatever else its objects from the sixth are.
fn page(content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>/Contents 4 0 R>>".to_vec(),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    objects.extend_from_slice(more);
    pdf(&objects, "")
}

/// A page tree in which a node is its own child, its own parent, and says that it has two thousand million pages.
pub fn pdf_ring() -> Vec<u8> {
    let kids = "2 0 R ".repeat(1_000);
    let tree = format!("<</Type/Pages/Parent 2 0 R/Kids[{kids}]/Count 2147483647>>");
    pdf(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), tree.into_bytes()], "")
}

/// A page tree in which every node has the next one twice: two to the fortieth pages.
pub fn pdf_doubling() -> Vec<u8> {
    let mut objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec()];
    for n in 3..43 {
        objects.push(format!("<</Type/Pages/Kids[{n} 0 R {n} 0 R]/Count 2>>").into_bytes());
    }
    objects.push(b"<</Type/Page/MediaBox[0 0 9 9]>>".to_vec());
    pdf(&objects, "")
}

/// A million pages that are one.
pub fn pdf_many_pages() -> Vec<u8> {
    let tree = format!("<</Type/Pages/Kids[{}]/Count 1000000>>", "3 0 R ".repeat(1_000_000));
    pdf(
        &[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            tree.into_bytes(),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_vec(),
        ],
        "",
    )
}

/// Tables of contents of which each names the one before, in a circle.
pub fn pdf_circle_of_tables() -> Vec<u8> {
    let file = pdf(&[b"<</Type/Catalog/Pages 1 0 R>>".to_vec()], "/Prev 9");
    let at = String::from_utf8_lossy(&file).rfind("startxref\n").unwrap() + "startxref\n".len();
    let own = String::from_utf8_lossy(&file[at..]).split('\n').next().unwrap().to_owned();
    pdf(&[b"<</Type/Catalog/Pages 1 0 R>>".to_vec()], &format!("/Prev {own}/XRefStm {own}"))
}

/// Object streams that extend one another, say that they hold two thousand million objects, and hold themselves.
pub fn pdf_circle_of_streams() -> Vec<u8> {
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        stream("/Type/ObjStm/N 2147483647/First 2147483647/Extends 4 0 R", b"3 0 4 5 3 0 R <<>>"),
        stream("/Type/ObjStm/N 2/First 8/Extends 3 0 R", b"4 0 3 9 4 0 R <<>>"),
        stream("/Type/XRef/W[8 8 8]/Index[0 2147483647]/Size 2147483647/Root 1 0 R/Prev 9", &[2; 240]),
    ];
    pdf(&objects, "/Prev 9")
}

/// A length that is its own, one of nine thousand petabytes, one below nothing.
pub fn pdf_lying_lengths() -> Vec<u8> {
    let endless = b"<</Length 4 0 R>>\nstream\nBT (words) Tj ET\nendstream".to_vec();
    let long = b"<</Length 9223372036854775807>>\nstream\nx\nendstream".to_vec();
    let short = b"<</Length -9223372036854775808>>\nstream\nx\nendstream".to_vec();
    page(endless, &[long, short])
}

/// A drawing that draws itself.
pub fn pdf_drawing_itself() -> Vec<u8> {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>";
    page(stream("", b"/X Do"), &[stream(form, b"/X Do /X Do")])
}

/// Arrays within arrays, a million deep.
pub fn pdf_deep() -> Vec<u8> {
    let deep = [b"[".repeat(1_000_000), b"]".repeat(1_000_000)].concat();
    page(
        stream("", b"BT (words) Tj ET"),
        &[deep.clone(), [b"<</A ".repeat(300_000), b">>".repeat(300_000)].concat()],
    )
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Two gigabytes of nothing, packed twice over, as what a page draws.
pub fn pdf_bomb() -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    let block = vec![b' '; 1 << 20];
    for _ in 0..2_048 {
        packer.write_all(&block).unwrap();
    }
    let twice = deflated(&packer.finish().unwrap());
    page(stream("/Filter[/FlateDecode/FlateDecode]", &twice), &[])
}

/// Rows of a predictor that are said to be two thousand million columns wide.
pub fn pdf_wide_rows() -> Vec<u8> {
    let words = deflated(b"BT (words) Tj ET");
    let filter = "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 2147483647/BitsPerComponent 16>>";
    page(stream(filter, &words), &[])
}

/// Thirty million instructions.
pub fn pdf_of_instructions() -> Vec<u8> {
    let mut content = b"BT /F 9 Tf ".to_vec();
    content.extend(b"q (words) Tj ".repeat(2_000_000));
    page(stream("/Filter/FlateDecode", &deflated(&content)), &[])
}

pub fn xml_deep() -> Vec<u8> {
    format!("<?xml version='1.0'?>{}", "<a>".repeat(100_000)).into_bytes()
}

/// Sixty-three megabytes in one piece, within the limit of what is taken.
pub fn xml_large() -> Vec<u8> {
    format!("<?xml version='1.0'?><a>{}</a>", "<b>words</b>".repeat(5_300_000)).into_bytes()
}

pub fn xml_hundred_megabytes() -> Vec<u8> {
    format!("<?xml version='1.0'?><a>{}</a>", "<b>words</b>".repeat(8_738_000)).into_bytes()
}

pub fn html_deep() -> Vec<u8> {
    format!("<!DOCTYPE html><html><body>{}words", "<div><b>".repeat(500_000)).into_bytes()
}

/// A page of which every tag, comment, script and entity is left open.
pub fn html_open() -> Vec<u8> {
    let open = "<!-- <script> <a href='&#x \"<style><![CDATA[ &amp <p title=".repeat(200_000);
    format!("<!DOCTYPE html><html><body>words {open}").into_bytes()
}

pub fn rtf_deep() -> Vec<u8> {
    format!("{{\\rtf1\\ansi words {}", "{\\b ".repeat(1_000_000)).into_bytes()
}

/// Binary runs of two gigabytes each, and pictures that are said to follow.
pub fn rtf_binary() -> Vec<u8> {
    format!("{{\\rtf1\\ansi words {}}}", "{\\pict\\bin2147483647 }{\\object\\objdata\\bin-1 }".repeat(10_000))
        .into_bytes()
}

/// Sixty megabytes of one line.
pub fn text_large() -> Vec<u8> {
    "words ".repeat(10_000_000).into_bytes()
}
