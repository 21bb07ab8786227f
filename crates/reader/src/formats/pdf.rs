//! PDF (ISO 32000-1): the words of its pages and its information dictionary, by a pure Rust reader that panics on odd files. That is why it runs in the child, page by
//! page, each caught. Must not know layout beyond what the reader gives.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Dictionary, Document, Object, ObjectId, PlainTextOutput, output_doc_page};

use super::{Read, Stop, Words, repair, short};
use crate::{Damage, Flag, Limit, Limits, Reading};

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    match attempt(bytes, limits) {
        // A wrong cross-reference table is the commonest damage, and the objects are all there.
        Err(stop @ Stop::Damaged(_)) => {
            let mut reading = attempt(&repair::with_new_table(bytes).ok_or(stop)?, limits)
                .map_err(|again| if matches!(again, Stop::Damaged(_)) { stop } else { again })?;
            reading.flags.insert(Flag::Repaired);
            Ok(reading)
        }
        other => other,
    }
}

fn attempt(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let mut document = load(bytes)?;
    let mut reading = Reading::default();
    if document.is_encrypted() {
        // Many files are sealed with an empty password, only to forbid printing or copying. Text may be taken all the same: a registry has to find what it holds.
        let opened = catch_unwind(AssertUnwindSafe(|| document.decrypt("").is_ok())).unwrap_or(false);
        if !opened {
            return Err(Stop::Encrypted);
        }
    }
    if document.encryption_state.is_some() {
        reading.flags.insert(Flag::Restricted);
    }
    let pages = catch_unwind(AssertUnwindSafe(|| document.get_pages()))
        .map_err(|_| Stop::Damaged(Damage::ReaderFailed))?;
    if pages.len() > limits.pages {
        return Err(Stop::OverLimit(Limit::Pages));
    }
    if pages.is_empty() {
        return Err(Stop::Damaged(Damage::Structure));
    }
    for page in pages.values() {
        give_size(&mut document, *page);
    }
    let mut words = Words::new(limits);
    let (mut read, mut failed) = (0_u32, 0_u32);
    for page in pages.keys() {
        let mut text = String::new();
        let done = catch_unwind(AssertUnwindSafe(|| {
            output_doc_page(&document, &mut PlainTextOutput::new(&mut text), *page).is_ok()
        }));
        // What a page said before it failed is kept.
        if done.unwrap_or(false) {
            read += 1;
        } else {
            failed += 1;
        }
        for line in text.lines() {
            words.push_flowing(line)?;
            words.line();
        }
        words.fresh_line();
    }
    if read == 0 && words.len() == 0 {
        return Err(Stop::Damaged(Damage::ReaderFailed));
    }
    if failed > 0 {
        reading.flags.insert(Flag::PartlyRead);
    }
    reading.pages = u32::try_from(pages.len()).ok();
    describe(&document, &mut reading);
    reading.text = words.finish();
    Ok(reading)
}

/// How far up a page tree is followed: a loop in it must end.
const TREE: usize = 64;

/// Gives a page without a size that of a letter: the reader cannot do without one, and its words are there all the same.
fn give_size(document: &mut Document, page: ObjectId) {
    let mut at = page;
    for _ in 0..TREE {
        let Ok(dictionary) = document.get_dictionary(at) else { return };
        if dictionary.get(b"MediaBox").is_ok_and(|size| {
            document
                .dereference(size)
                .is_ok_and(|(_, size)| size.as_array().is_ok_and(|sides| sides.len() == 4))
        }) {
            return;
        }
        match dictionary.get(b"Parent").and_then(Object::as_reference) {
            Ok(parent) => at = parent,
            Err(_) => break,
        }
    }
    if let Ok(dictionary) = document.get_object_mut(page).and_then(Object::as_dict_mut) {
        dictionary.set("MediaBox", vec![0.into(), 0.into(), 612.into(), 792.into()]);
    }
}

fn load(bytes: &[u8]) -> Read<Document> {
    catch_unwind(|| Document::load_mem(bytes))
        .map_err(|_| Stop::Damaged(Damage::ReaderFailed))?
        .map_err(|_| Stop::Damaged(Damage::Structure))
}

/// What the file says about itself.
fn describe(document: &Document, reading: &mut Reading) {
    if let Some(info) = document.trailer.get(b"Info").ok().and_then(|info| dictionary(document, info)) {
        let field = |name: &[u8]| {
            info.get(name)
                .ok()
                .and_then(|value| document.dereference(value).ok())
                .and_then(|(_, value)| string(value))
        };
        reading.title = field(b"Title");
        reading.author = field(b"Author");
        reading.created = field(b"CreationDate");
        reading.modified = field(b"ModDate");
    }
    let Some(catalog) = document.trailer.get(b"Root").ok().and_then(|root| dictionary(document, root)) else {
        return;
    };
    let names = catalog.get(b"Names").ok().and_then(|names| dictionary(document, names));
    if names.is_some_and(|names| names.has(b"EmbeddedFiles")) {
        reading.flags.insert(Flag::EmbeddedFiles);
    }
    if names.is_some_and(|names| names.has(b"JavaScript"))
        || catalog
            .get(b"OpenAction")
            .ok()
            .and_then(|action| dictionary(document, action))
            .is_some_and(|action| action.has(b"JS"))
    {
        reading.flags.insert(Flag::Macros);
    }
}

fn dictionary<'document>(
    document: &'document Document,
    object: &'document Object,
) -> Option<&'document Dictionary> {
    document.dereference(object).ok().and_then(|(_, object)| object.as_dict().ok())
}

/// A text string (ISO 32000-1 section 7.9.2.2): UTF-16 with a mark, UTF-8 with a mark (ISO 32000-2), else PDFDocEncoding, which is Latin-1 for nearly all that is written.
fn string(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0,
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    short(&text)
}
