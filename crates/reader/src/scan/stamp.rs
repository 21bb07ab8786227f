//! Words stamped into the margin of every page of a PDF: the pages as they draw themselves, each closed into a form of its own so
//! that nothing of it bears on the stamp, and the words over it at the foot as it is seen. Runs only in the child.

use std::fmt::Write as _;

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::{
    Turn,
    bind::{Book, Copied, open},
};
use crate::formats::pdf::{draw_annotations, give_size};
use crate::formats::{Read, Stop};
use crate::{Damage, Limit, Limits};

/// Most lines of a stamp.
const LINES: usize = 4;
/// Longest line (characters).
const LONG: usize = 200;
/// Points of the letters, where the page is wide enough.
const SIZE: f32 = 7.5;
/// Points between the words and the edge.
const EDGE: f32 = 9.0;
/// How wide a letter is on the average, in parts of its size.
const WIDE: f32 = 0.56;

/// A PDF with words in the margin of each of its pages.
pub(super) fn stamped(bytes: &[u8], lines: &[String], limits: &Limits) -> Read<Vec<u8>> {
    let mut document = open(bytes)?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.len() > limits.leaves {
        return Err(Stop::OverLimit(Limit::Pages));
    }
    let mut book = Book::new();
    let font = book.document.add_object(letters());
    let mut copied = Copied::of(&document);
    for page in pages {
        give_size(&mut document, page);
        draw_annotations(&mut document, page);
        book.copy(&document, page, Turn::None, &mut copied)?;
        let own = *book.pages.last().ok_or(Stop::Damaged(Damage::Structure))?;
        over(&mut book.document, own, font, lines)?;
    }
    book.finish()
}

fn letters() -> Dictionary {
    let mut font = Dictionary::new();
    for (key, value) in
        [("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"), ("Encoding", "WinAnsiEncoding")]
    {
        font.set(key, Object::Name(value.as_bytes().to_vec()));
    }
    font
}

/// The numbers of a box: left, foot, right, head.
fn corners(document: &Document, page: &Dictionary, name: &[u8]) -> Option<[f32; 4]> {
    let (_, found) = document.dereference(page.get(name).ok()?).ok()?;
    let mut numbers = [0.0_f32; 4];
    let values = found.as_array().ok().filter(|values| values.len() == 4)?;
    for (place, value) in numbers.iter_mut().zip(values) {
        *place = document.dereference(value).ok()?.1.as_float().ok().filter(|number| number.is_finite())?;
    }
    let [a, b, c, d] = numbers;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

/// Closes what a page draws into a form, and puts the words over it.
fn over(document: &mut Document, id: ObjectId, font: ObjectId, lines: &[String]) -> Read<()> {
    let damaged = || Stop::Damaged(Damage::Structure);
    let page = document.get_dictionary(id).map_err(|_| damaged())?.clone();
    let media = corners(document, &page, b"MediaBox").ok_or_else(damaged)?;
    let seen = corners(document, &page, b"CropBox").map_or(media, |crop| {
        let [a, b, c, d] = media;
        let [e, f, g, h] = crop;
        [a.max(e), b.max(f), c.min(g), d.min(h)]
    });
    let turn = page.get(b"Rotate").and_then(Object::as_i64).unwrap_or(0);
    let drawn = document.get_page_content(id).map_err(|_| damaged())?;
    let number = |values: [f32; 4]| values.map(Object::Real).to_vec();
    let mut head = Dictionary::new();
    head.set("Type", Object::Name(b"XObject".to_vec()));
    head.set("Subtype", Object::Name(b"Form".to_vec()));
    head.set("BBox", number(media));
    if let Ok(resources) = page.get(b"Resources") {
        head.set("Resources", resources.clone());
    }
    let mut form = Stream::new(head, drawn);
    form.compress().map_err(|_| Stop::Damaged(Damage::ReaderFailed))?;
    let form = document.add_object(form);
    let words = format!("q /Page Do Q\n{}", words(seen, turn, lines));
    let words = document.add_object(Stream::new(Dictionary::new(), words.into_bytes()));
    let named = |name: &str, id: ObjectId| {
        let mut one = Dictionary::new();
        one.set(name, Object::Reference(id));
        Object::Dictionary(one)
    };
    let mut resources = Dictionary::new();
    resources.set("XObject", named("Page", form));
    resources.set("Font", named("Stamp", font));
    let page = document.get_dictionary_mut(id).map_err(|_| damaged())?;
    page.set("Resources", resources);
    page.set("Contents", Object::Reference(words));
    Ok(())
}

/// The drawing of the words: white about each letter, then the letter, at the foot of the page as it is seen.
fn words(seen: [f32; 4], turn: i64, lines: &[String]) -> String {
    let [left, foot, right, head] = seen;
    let (wide, place) = match turn.rem_euclid(360) {
        90 => (head - foot, [0.0, 1.0, -1.0, 0.0, right - EDGE, foot + EDGE]),
        180 => (right - left, [-1.0, 0.0, 0.0, -1.0, right - EDGE, head - EDGE]),
        270 => (head - foot, [0.0, -1.0, 1.0, 0.0, left + EDGE, head - EDGE]),
        _ => (right - left, [1.0, 0.0, 0.0, 1.0, left + EDGE, foot + EDGE]),
    };
    let lines: Vec<String> = lines.iter().take(LINES).map(|line| line.chars().take(LONG).collect()).collect();
    let longest = lines.iter().map(|line: &String| line.chars().count()).max().unwrap_or(0).max(1);
    let room = (wide - 2.0 * EDGE).max(1.0);
    let size = SIZE.min(room / (longest as f32 * WIDE)).max(1.0);
    let [a, b, c, d, e, f] = place;
    let mut drawing = format!("q {a} {b} {c} {d} {e:.2} {f:.2} cm\n");
    for (mode, colour, width) in [(1, "1 G", size * 0.35), (0, "0 g", 0.0)] {
        for (place, line) in lines.iter().rev().enumerate() {
            let up = place as f32 * size * 1.25;
            let _ = writeln!(
                drawing,
                "BT {colour} {width:.2} w {mode} Tr /Stamp {size:.2} Tf 0 {up:.2} Td <{}> Tj ET",
                coded(line)
            );
        }
    }
    drawing.push('Q');
    drawing
}

/// The letters as a PDF of western letters has them, each in two figures; one that it has not is a question mark.
fn coded(line: &str) -> String {
    line.chars().fold(String::new(), |mut all, letter| {
        let code = match letter {
            '’' => 0x92,
            '‘' => 0x91,
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            '—' => 0x97,
            '€' => 0x80,
            '…' => 0x85,
            'œ' => 0x9c,
            'Œ' => 0x8c,
            letter => match u32::from(letter) {
                code @ (0x20..=0x7e | 0xa0..=0xff) => code,
                _ => 0x3f,
            },
        };
        let _ = write!(all, "{code:02x}");
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_coded_and_no_word_ends_the_drawing() {
        assert_eq!(coded("é’)"), "e99229");
        assert_eq!(coded("ж"), "3f");
        let drawn = words([0.0, 0.0, 595.0, 842.0], 0, &["NS-0012/2026 (1)".to_owned()]);
        assert!(drawn.contains(&coded("NS-0012/2026 (1)")) && !drawn.contains("(1)"));
    }

    #[test]
    fn the_words_stand_at_the_foot_however_the_page_is_turned() {
        let line = vec!["x".to_owned()];
        for (turn, begins) in [
            (0, "q 1 0 0 1 9.00 9.00 cm"),
            (90, "q 0 1 -1 0 91.00 9.00 cm"),
            (180, "q -1 0 0 -1 91.00 191.00 cm"),
            (-90, "q 0 -1 1 0 9.00 191.00 cm"),
        ] {
            assert!(words([0.0, 0.0, 100.0, 200.0], turn, &line).starts_with(begins), "{turn}");
        }
    }
}
