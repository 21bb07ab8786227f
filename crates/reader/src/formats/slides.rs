//! Presentations of Office Open XML (ISO 29500-1 section 19): the words of every slide, then of its notes.

use super::markup::{Declarations, Node, walk};
use super::office::{Package, passed};
use super::{Read, Words};
use crate::{Flag, Limits, Reading};

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let mut package = Package::open(bytes, limits)?;
    package.container.needed("ppt/presentation.xml")?;
    let mut reading = Reading::default();
    let slides = package.parts("presentationml.slide+xml");
    reading.pages = u32::try_from(slides.len()).ok();
    let mut words = Words::new(limits);
    // Slides stand in the order of their numbers, which is that in which they were made; the order of showing is another part's.
    let notes = package.parts("presentationml.notesSlide+xml");
    for part in slides.iter().chain(&notes) {
        let Some(xml) = package.xml(part)? else { continue };
        let found = slide(&xml, &mut words, &mut reading, limits);
        passed(found, &mut reading)?;
        words.fresh_line();
        words.line();
    }
    if !package.parts("presentationml.comments+xml").is_empty() {
        reading.flags.insert(Flag::Comments);
    }
    package.describe(&mut reading, limits)?;
    reading.text = words.finish();
    Ok(reading)
}

fn slide(xml: &str, words: &mut Words, reading: &mut Reading, limits: &Limits) -> Read<()> {
    let (mut in_text, mut silent) = (false, 0_usize);
    // Where the open row of a table began, and how many cells it has so far.
    let mut row: Option<(usize, usize)> = None;
    walk(xml, Declarations::Forbidden, limits, &mut |node| {
        match node {
            Node::Open("sld", attributes) if attributes.get("show").as_deref() == Some("0") => {
                reading.flags.insert(Flag::HiddenText);
            }
            Node::Open("Fallback", _) => silent += 1,
            Node::Close("Fallback") => silent = silent.saturating_sub(1),
            Node::Open("t", _) => in_text = true,
            Node::Close("t") => in_text = false,
            Node::Text(text) if in_text && silent == 0 => words.push(text)?,
            Node::Open("br", _) => words.line(),
            Node::Close("p") => words.fresh_line(),
            Node::Open("tr", _) => {
                words.fresh_line();
                row = Some((words.len(), 0));
            }
            Node::Open("tc", _) => {
                if let Some((began, cells)) = &mut row {
                    if *cells > 0 {
                        words.join_row(*began);
                        words.tab();
                    }
                    *cells += 1;
                }
            }
            Node::Close("tr") => {
                row = None;
                words.fresh_line();
            }
            _ => {}
        }
        Ok(())
    })
}
