//! Zip archives of no office use: a list of what is in them, and whether they are traps. Nothing is unpacked but archives within, and these only to look for traps.

use super::container::{Container, declared_bomb};
use super::{Read, Stop, Words, html};
use crate::{Flag, Limit, Limits, MediaType, Reading, Threat, sniff};

/// An archive within an archive is looked into up to this size; a larger one is content like any other.
const INNER_BYTES: u64 = 32 * 1024 * 1024;

pub(crate) fn read(bytes: &[u8], kind: MediaType, limits: &Limits) -> Read<Reading> {
    let mut reading = Reading::default();
    let mut words = Words::new(limits);
    let mut container = Container::open(bytes, limits)?;
    reading.flags.extend(container.flags());
    if kind == MediaType::Epub {
        book(&mut container, &mut words, &mut reading, limits)?;
        reading.text = words.finish();
        return Ok(reading);
    }
    drop(container);
    look_into(bytes, limits, 0)?;
    if kind == MediaType::Xlsb {
        return Err(Stop::Unsupported);
    }
    let mut container = Container::open(bytes, limits)?;
    let (mut files, mut encrypted) = (0, 0);
    for index in 0..container.names().len() {
        let Some(entry) = container.entry(index) else { continue };
        files += usize::from(!entry.folder);
        encrypted += usize::from(entry.encrypted);
    }
    if encrypted > 0 && encrypted == files {
        return Err(Stop::Encrypted);
    }
    for name in container.names() {
        words.push(name)?;
        words.line();
    }
    reading.flags.insert(Flag::ArchiveListing);
    reading.text = words.finish();
    Ok(reading)
}

/// Looks for traps by the directories of an archive and of those within it. The recursion is bounded by `limits.nesting`.
fn look_into(bytes: &[u8], limits: &Limits, level: usize) -> Read<()> {
    if level > limits.nesting {
        return Err(Stop::Hostile(Threat::NestedTooDeep));
    }
    let mut container = match Container::open(bytes, limits) {
        Ok(container) => container,
        // Within another archive, something broken is content like any other.
        Err(Stop::Damaged(_) | Stop::Encrypted | Stop::Unsupported) if level > 0 => return Ok(()),
        Err(stop) => return Err(stop),
    };
    let entries: Vec<_> = (0..container.names().len()).map(|index| container.entry(index)).collect();
    let known: Vec<_> = entries.iter().flatten().copied().collect();
    if declared_bomb(&known, limits) {
        return Err(Stop::Hostile(Threat::ArchiveBomb));
    }
    for (index, entry) in entries.iter().enumerate() {
        let Some(entry) =
            entry.filter(|entry| !entry.folder && !entry.encrypted && entry.size <= INNER_BYTES)
        else {
            continue;
        };
        let archive = container
            .names()
            .get(index)
            .is_some_and(|name| MediaType::from_name(name).is_some_and(MediaType::is_zipped));
        if archive && entry.packed > 0 {
            match container.unpack(index) {
                Ok(inner) if sniff::by_content(&inner).is_zipped() => look_into(&inner, limits, level + 1)?,
                Err(stop @ (Stop::Hostile(_) | Stop::OverLimit(Limit::Unpacked))) => return Err(stop),
                _ => {}
            }
        }
    }
    Ok(())
}

/// An electronic book: its pages in the order of their names.
fn book(
    container: &mut Container<'_>,
    words: &mut Words,
    reading: &mut Reading,
    limits: &Limits,
) -> Read<()> {
    let mut pages: Vec<String> = container
        .names()
        .iter()
        .filter(|name| MediaType::from_name(name) == Some(MediaType::Html))
        .cloned()
        .collect();
    pages.sort();
    for name in pages {
        let Some(bytes) = container.part(&name)? else { continue };
        let page = html::read(&bytes, limits)?;
        reading.title = reading.title.take().or(page.title);
        words.fresh_line();
        words.push(&page.text)?;
        words.line();
    }
    Ok(())
}
