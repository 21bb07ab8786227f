//! OpenDocument texts, workbooks and presentations (OASIS ODF 1.3 part 3): paragraphs, tables, headers and footers, what the file says of itself.

use std::collections::BTreeSet;

use super::container::Container;
use super::markup::{Declarations, Node, decode, walk};
use super::office::passed;
use super::{Read, Stop, Words, short};
use crate::{Damage, Flag, Limits, Reading};

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let mut container = Container::open(bytes, limits)?;
    let mut reading = Reading::default();
    reading.flags.extend(container.flags());
    if let Some(manifest) = container.part("META-INF/manifest.xml")? {
        // A file whose parts are sealed says so here (part 2 section 4.4), while the container itself looks open.
        let mut sealed = false;
        let found =
            walk(&decode(&manifest, manifest.len() * 4)?, Declarations::PassedOver, limits, &mut |node| {
                sealed |= matches!(node, Node::Open("encryption-data" | "encrypted-key", _));
                Ok(())
            });
        passed(found, &mut reading)?;
        if sealed {
            return Err(Stop::Encrypted);
        }
    }
    for name in container.names() {
        if name.starts_with("Basic/") || name.starts_with("Scripts/") {
            reading.flags.insert(Flag::Macros);
        }
        if name.starts_with("Object ") || name.contains("/Object ") {
            reading.flags.insert(Flag::EmbeddedFiles);
        }
    }
    let mut words = Words::new(limits);
    if let Some(styles) = container.part("styles.xml")? {
        let found = story(
            &decode(&styles, styles.len() * 4)?,
            Where::HeadersAndFooters,
            &mut words,
            &mut reading.flags,
            limits,
        );
        passed(found.map(|_| ()), &mut reading)?;
    }
    let content = container.part("content.xml")?.ok_or(Stop::Damaged(Damage::MissingPart))?;
    words.fresh_line();
    let sheets =
        story(&decode(&content, content.len() * 4)?, Where::Body, &mut words, &mut reading.flags, limits)?;
    if sheets > 0 {
        reading.pages = Some(sheets);
    }
    if let Some(meta) = container.part("meta.xml")? {
        let found = describe(&decode(&meta, meta.len() * 4)?, &mut reading, limits);
        passed(found, &mut reading)?;
    }
    reading.text = words.finish();
    Ok(reading)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Body,
    HeadersAndFooters,
}

/// The words of one part. Returns how many sheets or slides it has.
fn story(
    xml: &str,
    place: Where,
    words: &mut Words,
    flags: &mut BTreeSet<Flag>,
    limits: &Limits,
) -> Read<u32> {
    let (mut sheets, mut silent, mut paragraphs) = (0, 0_usize, 0_usize);
    let mut inside = usize::from(place == Where::Body);
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut workbook = false;
    walk(xml, Declarations::PassedOver, limits, &mut |node| {
        match node {
            Node::Open(
                "header" | "footer" | "header-first" | "footer-first" | "header-left" | "footer-left",
                _,
            ) if place == Where::HeadersAndFooters => inside += 1,
            Node::Close(
                "header" | "footer" | "header-first" | "footer-first" | "header-left" | "footer-left",
            ) if place == Where::HeadersAndFooters => {
                inside = inside.saturating_sub(1);
                words.fresh_line();
            }
            Node::Open("tracked-changes", _) => silent += 1,
            Node::Close("tracked-changes" | "annotation") => silent = silent.saturating_sub(1),
            Node::Open("deletion", _) => {
                flags.insert(Flag::TrackedDeletions);
            }
            Node::Open("insertion", _) => {
                flags.insert(Flag::TrackedInsertions);
            }
            Node::Open("annotation", _) => {
                flags.insert(Flag::Comments);
                silent += 1;
            }
            Node::Open("hidden-text" | "hidden-paragraph", _) => {
                flags.insert(Flag::HiddenText);
            }
            Node::Open("spreadsheet", _) => workbook = true,
            Node::Open("table", attributes) if rows.is_empty() => {
                words.fresh_line();
                // In a text a table's name is the program's own ("Table1"), in a workbook a sheet's, which the author gave.
                if workbook && silent == 0 {
                    sheets += 1;
                    words.push(&attributes.get("name").unwrap_or_default())?;
                    words.line();
                }
            }
            Node::Open("page", _) if place == Where::Body => sheets += 1,
            Node::Close("page") => words.line(),
            Node::Open("p" | "h", _) => paragraphs += 1,
            Node::Close("p" | "h") => {
                paragraphs = paragraphs.saturating_sub(1);
                if silent == 0 && inside > 0 {
                    words.line();
                }
            }
            Node::Text(text) if silent == 0 && inside > 0 && paragraphs > 0 => words.push_flowing(text)?,
            Node::Open("s", _) if silent == 0 && inside > 0 => words.space(),
            Node::Open("tab", _) if silent == 0 && inside > 0 => words.tab(),
            Node::Open("line-break", _) if silent == 0 && inside > 0 => words.line(),
            Node::Open("table-row", _) => {
                if rows.is_empty() {
                    words.fresh_line();
                }
                rows.push((words.len(), 0));
            }
            Node::Open("table-cell", _) => {
                if let Some((began, cells)) = rows.last_mut() {
                    if *cells > 0 {
                        words.join_row(*began);
                        words.tab();
                    }
                    *cells += 1;
                }
            }
            Node::Close("table-row") => {
                if let Some((began, _)) = rows.pop() {
                    words.join_row(began);
                    words.fresh_line();
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(sheets)
}

fn describe(xml: &str, reading: &mut Reading, limits: &Limits) -> Read<()> {
    let mut value = String::new();
    walk(xml, Declarations::PassedOver, limits, &mut |node| {
        match node {
            Node::Open("document-statistic", attributes) => {
                if let Some(pages) = attributes.get("page-count").and_then(|count| count.parse().ok()) {
                    reading.pages = Some(pages);
                }
            }
            Node::Open(..) => value.clear(),
            Node::Text(words) if value.len() < 4_000 => value.push_str(words),
            Node::Close("title") => reading.title = short(&value),
            Node::Close("initial-creator") => reading.author = short(&value),
            Node::Close("creator") if reading.author.is_none() => reading.author = short(&value),
            Node::Close("creation-date") => reading.created = short(&value),
            Node::Close("date") => reading.modified = short(&value),
            _ => {}
        }
        Ok(())
    })
}
