//! Text documents of Office Open XML (ISO 29500-1 section 17): paragraphs, tables, headers, footers, notes. Tracked deletions and comments are flagged and their words
//! left out, for they are not what the document says. Must not know styles or layout; document control reads those by itself.

use std::collections::BTreeSet;

use super::markup::{Declarations, Node, walk};
use super::office::{Package, passed};
use super::{Read, Words};
use crate::{Flag, Limits, Reading};

/// The content types of the main part: document and template, each with and without macros.
const MAIN: &[&str] = &[
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
    "ms-word.template.macroEnabledTemplate.main+xml",
];

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let mut package = Package::open(bytes, limits)?;
    // A package that declares no main part by type may still have it in its usual place.
    let main = package.main(MAIN).unwrap_or_else(|_| "word/document.xml".to_owned());
    let body = package.container.needed(&main)?;
    let body = super::markup::decode(&body, body.len().saturating_mul(4))?;
    let mut reading = Reading::default();
    let mut words = Words::new(limits);
    let mut said = BTreeSet::new();
    side_parts(&mut package, "wordprocessingml.header+xml", &mut words, &mut said, &mut reading, limits)?;
    story(&body, &mut words, &mut reading.flags, limits)?;
    for kind in
        ["wordprocessingml.footnotes+xml", "wordprocessingml.endnotes+xml", "wordprocessingml.footer+xml"]
    {
        side_parts(&mut package, kind, &mut words, &mut said, &mut reading, limits)?;
    }
    for name in package.parts("wordprocessingml.comments+xml") {
        let xml = package.xml(&name)?.unwrap_or_default();
        if xml.contains(":comment ") || xml.contains("<comment ") {
            reading.flags.insert(Flag::Comments);
        }
    }
    reading.pages = pages(&mut package, limits)?;
    package.describe(&mut reading, limits)?;
    reading.text = words.finish();
    Ok(reading)
}

/// Parts beside the body. The same header on first, odd and even pages is said once.
fn side_parts(
    package: &mut Package<'_>,
    kind: &str,
    words: &mut Words,
    said: &mut BTreeSet<String>,
    reading: &mut Reading,
    limits: &Limits,
) -> Read<()> {
    for name in package.parts(kind) {
        let Some(xml) = package.xml(&name)? else { continue };
        let mut own = Words::new(limits);
        let found = story(&xml, &mut own, &mut reading.flags, limits);
        passed(found, reading)?;
        let own = own.finish();
        if !own.is_empty() && said.insert(own.clone()) {
            words.fresh_line();
            words.push(&own)?;
            words.line();
        }
    }
    Ok(())
}

/// The words of one story (body, header, note).
fn story(xml: &str, words: &mut Words, flags: &mut BTreeSet<Flag>, limits: &Limits) -> Read<()> {
    // Depths of elements whose words are not the document's: deletions, instructions of fields, second renderings of the same.
    let mut silent = 0_usize;
    let mut in_text = false;
    // Where each open row began in the text, and how many cells it has so far.
    let mut rows: Vec<(usize, usize)> = Vec::new();
    walk(xml, Declarations::Forbidden, limits, &mut |node| {
        match node {
            // In the properties of a paragraph or a row the same names hold no words; either way something was deleted.
            Node::Open("del" | "moveFrom", _) => {
                flags.insert(Flag::TrackedDeletions);
                silent += 1;
            }
            Node::Open("Fallback" | "instrText" | "delText" | "delInstrText", _) => silent += 1,
            Node::Close("del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "delInstrText") => {
                silent = silent.saturating_sub(1)
            }
            Node::Open("ins" | "moveTo", _) => {
                flags.insert(Flag::TrackedInsertions);
            }
            Node::Open("commentReference", _) => {
                flags.insert(Flag::Comments);
            }
            Node::Open("vanish", attributes) if attributes.is_on() => {
                flags.insert(Flag::HiddenText);
            }
            Node::Open("t", _) => in_text = true,
            Node::Close("t") => in_text = false,
            Node::Text(text) if in_text && silent == 0 => words.push(text)?,
            Node::Open("tab" | "ptab", attributes) if silent == 0 && attributes.get("pos").is_none() => {
                words.tab()
            }
            Node::Open("br" | "cr", _) if silent == 0 => words.line(),
            Node::Open("noBreakHyphen", _) if silent == 0 => words.push("-")?,
            Node::Open("sym", attributes) if silent == 0 => {
                if let Some(symbol) = symbol(&attributes.get("char").unwrap_or_default()) {
                    words.push(symbol.encode_utf8(&mut [0; 4]))?;
                }
            }
            Node::Close("p") if silent == 0 => words.line(),
            Node::Open("tbl", _) if silent == 0 => words.fresh_line(),
            Node::Open("tr", _) => {
                if rows.is_empty() {
                    words.fresh_line();
                }
                rows.push((words.len(), 0));
            }
            Node::Open("tc", _) if silent == 0 => {
                if let Some((began, cells)) = rows.last_mut() {
                    if *cells > 0 {
                        words.join_row(*began);
                        words.tab();
                    }
                    *cells += 1;
                }
            }
            Node::Close("tr") => {
                if let Some((began, _)) = rows.pop() {
                    words.join_row(began);
                    words.fresh_line();
                }
            }
            _ => {}
        }
        Ok(())
    })
}

/// A symbol by its code. Codes of symbol fonts lie in the private area and mean nothing without the font.
fn symbol(code: &str) -> Option<char> {
    u32::from_str_radix(code, 16)
        .ok()
        .and_then(char::from_u32)
        .filter(|symbol| !matches!(*symbol, '\u{e000}'..='\u{f8ff}'))
}

/// The number of pages that the last program to save it counted.
fn pages(package: &mut Package<'_>, limits: &Limits) -> Read<Option<u32>> {
    let mut pages = None;
    for name in package.parts("extended-properties+xml") {
        let Some(xml) = package.xml(&name)? else { continue };
        let mut inside = false;
        // Only a figure for show: a damaged part gives none.
        let _ = walk(&xml, Declarations::Forbidden, limits, &mut |node| {
            match node {
                Node::Open(name, _) => inside = name == "Pages",
                Node::Text(text) if inside => pages = text.trim().parse().ok(),
                Node::Close(_) => inside = false,
                _ => {}
            }
            Ok(())
        });
    }
    Ok(pages)
}
