//! Workbooks of Office Open XML (ISO 29500-1 section 18): every sheet's name, its rows as lines, its cells parted by tabs. Numbers stand as they are stored: a date is a
//! count of days, since only the style says that it is one.

use super::markup::{Declarations, Node, walk};
use super::office::{Package, passed};
use super::{Read, Stop, Words};
use crate::{Flag, Limit, Limits, Reading};

/// The content types of the main part.
pub(crate) const MAIN: &[&str] = &[
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.macroEnabled.main+xml",
    "ms-excel.template.macroEnabled.main+xml",
];

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main(MAIN).unwrap_or_else(|_| "xl/workbook.xml".to_owned());
    let workbook = package.container.needed(&main)?;
    let workbook = super::markup::decode(&workbook, workbook.len().saturating_mul(4))?;
    let mut reading = Reading::default();
    let mut names = Vec::new();
    walk(&workbook, Declarations::Forbidden, limits, &mut |node| {
        if let Node::Open("sheet", attributes) = node {
            names.push(attributes.get("name").unwrap_or_default());
            if matches!(attributes.get("state").as_deref(), Some("hidden" | "veryHidden")) {
                reading.flags.insert(Flag::HiddenText);
            }
        }
        Ok(())
    })?;
    reading.pages = u32::try_from(names.len()).ok();
    let shared = shared_strings(&mut package, limits)?;
    let mut words = Words::new(limits);
    let parts = package.parts("spreadsheetml.worksheet+xml");
    for (index, part) in parts.iter().enumerate() {
        let Some(xml) = package.xml(part)? else { continue };
        // Sheets are numbered in the order of the workbook by every writer that we know; a name in the wrong place harms no search.
        if let Some(name) = names.get(index) {
            words.fresh_line();
            words.push(name)?;
            words.line();
        }
        let found = rows(&xml, &shared, &mut words, limits);
        passed(found, &mut reading)?;
        words.line();
    }
    if !package.parts("spreadsheetml.comments+xml").is_empty() {
        reading.flags.insert(Flag::Comments);
    }
    package.describe(&mut reading, limits)?;
    reading.text = words.finish();
    Ok(reading)
}

pub(crate) fn shared_strings(package: &mut Package<'_>, limits: &Limits) -> Read<Vec<String>> {
    let mut strings: Vec<String> = Vec::new();
    for name in package.parts("spreadsheetml.sharedStrings+xml") {
        let Some(xml) = package.xml(&name)? else { continue };
        let (mut in_text, mut phonetic, mut size) = (false, false, 0_usize);
        let mut current = String::new();
        walk(&xml, Declarations::Forbidden, limits, &mut |node| {
            match node {
                Node::Open("si", _) => current.clear(),
                Node::Close("si") => strings.push(std::mem::take(&mut current)),
                Node::Open("rPh", _) => phonetic = true,
                Node::Close("rPh") => phonetic = false,
                Node::Open("t", _) => in_text = true,
                Node::Close("t") => in_text = false,
                Node::Text(text) if in_text && !phonetic => {
                    size += text.len();
                    if size > limits.text_bytes {
                        return Err(Stop::OverLimit(Limit::Text));
                    }
                    current.push_str(text);
                }
                _ => {}
            }
            Ok(())
        })?;
    }
    Ok(strings)
}

fn rows(xml: &str, shared: &[String], words: &mut Words, limits: &Limits) -> Read<()> {
    let (mut in_value, mut first) = (false, true);
    let mut kind = String::new();
    let mut value = String::new();
    walk(xml, Declarations::Forbidden, limits, &mut |node| {
        match node {
            Node::Open("row", _) => first = true,
            Node::Close("row") => words.fresh_line(),
            Node::Open("c", attributes) => {
                kind = attributes.get("t").unwrap_or_default();
                value.clear();
            }
            // `f` holds a formula, `v` what it came to.
            Node::Open("v" | "t", _) => in_value = true,
            Node::Close("v" | "t") => in_value = false,
            Node::Text(text) if in_value => {
                if value.len() + text.len() > limits.text_bytes {
                    return Err(Stop::OverLimit(Limit::Text));
                }
                value.push_str(text);
            }
            Node::Close("c") => {
                let said = match kind.as_str() {
                    "s" => value
                        .trim()
                        .parse::<usize>()
                        .ok()
                        .and_then(|index| shared.get(index))
                        .map_or("", String::as_str),
                    "b" if value == "1" => "TRUE",
                    "b" => "FALSE",
                    _ => value.as_str(),
                };
                if !said.is_empty() {
                    if !first {
                        words.tab();
                    }
                    // A cell is one line of a row, however many it has in itself.
                    words.push(&said.replace(['\r', '\n', '\t'], " "))?;
                    first = false;
                }
            }
            _ => {}
        }
        Ok(())
    })
}
