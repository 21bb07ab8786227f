//! Scans as batches of pages: what is seen on each, and some of them bound into a PDF that reads back.

use std::path::Path;

use pdf_extract::{Dictionary, Document, Object, Stream};
use reader::scan::{self, Leaf, Sight, Turn};
use reader::{Limits, MediaType, Outcome, Reader, Recogniser};

use crate::leaves::{paper, separator, tiff, written};
use crate::support::{CHILD, tight};

/// A PDF with a line of words on each page. All pages share one list of what they draw with, as many programs make it.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let name = |name: &str| Object::Name(name.as_bytes().to_vec());
    let dictionary = |pairs: Vec<(&str, Object)>| {
        let mut all = Dictionary::new();
        for (name, value) in pairs {
            all.set(name, value);
        }
        all
    };
    let font = document.add_object(dictionary(vec![
        ("Type", name("Font")),
        ("Subtype", name("Type1")),
        ("BaseFont", name("Helvetica")),
    ]));
    let mut forms = Dictionary::new();
    for (n, line) in lines.iter().enumerate() {
        let fonts = dictionary(vec![("F1", Object::Reference(font))]);
        let head = dictionary(vec![
            ("Type", name("XObject")),
            ("Subtype", name("Form")),
            ("BBox", vec![0.into(), 0.into(), 612.into(), 792.into()].into()),
            ("Resources", dictionary(vec![("Font", Object::Dictionary(fonts))]).into()),
        ]);
        let words = format!("BT /F1 24 Tf 50 700 Td ({line}) Tj ET");
        forms.set(format!("Im{n}"), document.add_object(Stream::new(head, words.into_bytes())));
    }
    let resources = document.add_object(dictionary(vec![("XObject", Object::Dictionary(forms))]));
    let kids: Vec<Object> = (0..lines.len())
        .map(|n| {
            let words =
                document.add_object(Stream::new(Dictionary::new(), format!("/Im{n} Do").into_bytes()));
            let page = dictionary(vec![
                ("Type", name("Page")),
                ("Parent", Object::Reference(tree)),
                ("Contents", Object::Reference(words)),
            ]);
            document.add_object(page).into()
        })
        .collect();
    let pages = dictionary(vec![
        ("Type", name("Pages")),
        ("Count", (lines.len() as i64).into()),
        ("Kids", kids.into()),
        ("Resources", Object::Reference(resources)),
        ("MediaBox", vec![0.into(), 0.into(), 612.into(), 792.into()].into()),
    ]);
    document.objects.insert(tree, pages.into());
    let catalog = dictionary(vec![("Type", name("Catalog")), ("Pages", Object::Reference(tree))]);
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", Object::Reference(catalog));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn seeing() -> Reader {
    Reader::new(CHILD, Limits::default()).recognising(Recogniser::installed())
}

fn leaves(pages: &[usize]) -> Vec<Leaf> {
    pages.iter().map(|page| Leaf { page: *page, turn: Turn::None }).collect()
}

fn said(seen: &[Sight]) -> Vec<(bool, bool, bool)> {
    seen.iter().map(|one| (one.blank, one.separator, one.size > 0)).collect()
}

#[test]
fn the_pages_of_a_tiff_are_seen_each_for_what_it_is() {
    let bytes = tiff(&[written(8), separator(), written(8), paper(), written(8)]);
    let reader = seeing();
    assert_eq!(reader.leaves(&bytes).unwrap().unwrap(), 5);
    let seen = reader.sights(&bytes, 5).unwrap();
    let [page, sheet, blank] = [(false, false, true), (false, true, true), (true, false, true)];
    assert_eq!(said(&seen), [page, sheet, page, blank, page]);
    assert!(seen.iter().all(|one| one.size as usize == one.picture.len() && scan::is_picture(&one.picture)));
    let large = reader.page(&bytes, Leaf { page: 0, turn: Turn::Right }).unwrap().unwrap();
    assert!(large.len() > seen[0].picture.len());
}

#[test]
fn pictures_bound_read_back_as_pages_the_same_bytes_each_time() {
    let mut page = written(8);
    // One of bits, packed otherwise.
    for dot in &mut page {
        *dot = if *dot > 128 { 255 } else { 0 };
    }
    let bytes = tiff(&[written(8), separator(), page, paper()]);
    let reader = seeing();
    let wanted = [Leaf { page: 2, turn: Turn::Right }, Leaf { page: 0, turn: Turn::None }];
    let bound = reader.bind(&bytes, &wanted).unwrap().unwrap();
    assert_eq!(bound, reader.bind(&bytes, &wanted).unwrap().unwrap());
    assert_eq!(reader.leaves(&bound).unwrap().unwrap(), 2);
    let made = Document::load_mem(&bound).unwrap();
    let turned: Vec<i64> = made
        .get_pages()
        .values()
        .map(|page| made.get_dictionary(*page).unwrap().get(b"Rotate").unwrap().as_i64().unwrap())
        .collect();
    assert_eq!(turned, [90, 0]);
    let size =
        made.get_dictionary(made.get_pages()[&1]).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
    assert!((size[2].as_float().unwrap() - 827.0 * 0.72).abs() < 0.1, "as large as its dots say: {size:?}");
    if !reader.draws() {
        println!("skipped in part: pdftoppm is not installed");
        return;
    }
    let seen = reader.sights(&bound, 2).unwrap();
    assert_eq!(said(&seen), [(false, false, true); 2]);
    let sheet = reader.bind(&bytes, &leaves(&[1, 3])).unwrap().unwrap();
    let seen = reader.sights(&sheet, 2).unwrap();
    assert_eq!(said(&seen), [(false, true, true), (true, false, true)], "as they were");
}

#[test]
fn pages_of_a_pdf_bound_say_their_words_and_carry_nothing_of_the_others() {
    let bytes = pdf(&["Alpha order", "Bravo order", "Charlie order"]);
    let reader = seeing();
    assert_eq!(reader.leaves(&bytes).unwrap().unwrap(), 3);
    let wanted = [Leaf { page: 2, turn: Turn::Half }, Leaf { page: 0, turn: Turn::None }];
    let bound = reader.bind(&bytes, &wanted).unwrap().unwrap();
    let reading = reader.read("x.pdf", bound.as_slice()).unwrap().into_reading().unwrap();
    assert_eq!((reading.pages, reading.kind), (Some(2), MediaType::Pdf));
    let (charlie, alpha) = (reading.text.find("Charlie").unwrap(), reading.text.find("Alpha").unwrap());
    assert!(charlie < alpha && !reading.text.contains("Bravo"), "{}", reading.text);
    let made = Document::load_mem(&bound).unwrap();
    let streams: Vec<String> = made
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .map(|stream| String::from_utf8_lossy(&stream.get_plain_content().unwrap_or_default()).into_owned())
        .collect();
    assert!(!streams.iter().any(|words| words.contains("Bravo")), "what is no page of it is not in it");
}

#[test]
fn what_is_no_scan_or_broken_or_too_long_says_so() {
    let reader = seeing();
    let code = |bytes: &[u8]| reader.leaves(bytes).unwrap().unwrap_err().code();
    assert_eq!(code(b"Words."), "unsupported");
    assert_eq!(code(b"%PDF-1.7\nnothing of one"), "damaged.structure");
    let few = Reader::new(CHILD, Limits { leaves: 2, ..Limits::default() });
    let long = few.leaves(&tiff(&[paper(), paper(), paper()])).unwrap().unwrap_err();
    assert_eq!(long.code(), "over-limit.pages");
    let mut torn = tiff(&[written(8)]);
    torn.drain(1_000..400_000);
    let seen = reader.sights(&torn, 1).unwrap();
    assert_eq!(seen, [Sight::default()], "kept, without a picture");
    // A picture that says it is as large as a field.
    let mut vast = tiff(&[paper()]);
    let at = vast.windows(8).rposition(|bytes| bytes == [0, 1, 4, 0, 1, 0, 0, 0]).unwrap();
    vast[at + 8..at + 12].copy_from_slice(&60_000_u32.to_le_bytes());
    assert_eq!(reader.sights(&vast, 1).unwrap(), [Sight::default()]);
    let strict = Reader::new(CHILD, tight());
    assert!(strict.bind(&vast, &leaves(&[0])).unwrap().is_err());
    assert!(matches!(reader.bind(&vast, &[]).unwrap(), Err(Outcome::OverLimit { .. })));
}

#[test]
fn without_a_program_that_draws_a_pdf_has_pages_without_pictures_and_can_be_bound() {
    let plain = Reader::new(CHILD, Limits::default());
    let bytes = pdf(&["Alpha", "Bravo"]);
    assert_eq!(plain.leaves(&bytes).unwrap().unwrap(), 2);
    assert_eq!(plain.sights(&bytes, 2).unwrap(), [Sight::default(), Sight::default()]);
    assert_eq!(plain.page(&bytes, leaves(&[0])[0]).unwrap(), None);
    assert!(plain.bind(&bytes, &leaves(&[1])).unwrap().is_ok());
}

#[test]
fn no_page_of_the_real_scans_is_blank_or_a_separator() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/office/scans_truth");
    let folder = std::env::var("CHANCERY_SHARED")
        .map_or(folder, |shared| Path::new(&shared).join("data/office/scans_truth"));
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: the real scans are not there");
        return;
    };
    let reader = seeing();
    if !reader.draws() {
        println!("skipped: pdftoppm is not installed");
        return;
    }
    let mut names: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    names.retain(|name| name.extension().is_some_and(|ending| ending == "pdf" || ending == "tif"));
    names.sort();
    for name in names.iter().take(12) {
        let bytes = std::fs::read(name).unwrap();
        let pages = reader.leaves(&bytes).unwrap().unwrap();
        let seen = reader.sights(&bytes, pages).unwrap();
        let plain = seen.iter().all(|one| !one.blank && !one.separator && one.size > 0);
        assert!(plain, "{}: {:?}", name.display(), said(&seen));
        let bound = reader.bind(&bytes, &leaves(&[0])).unwrap().unwrap();
        println!("{} {} bytes, bound {}", name.display(), bytes.len(), bound.len());
    }
}
