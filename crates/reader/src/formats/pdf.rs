//! PDF (ISO 32000-1): the words of its pages and its information dictionary, by a pure Rust reader that panics on odd files. That is why it runs in the child, page by
//! page, each caught. Must not know layout beyond what the reader gives.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Dictionary, Document, Object, ObjectId, PlainTextOutput, Stream, output_doc_page};

use super::{Read, Stop, Words, repair, short};
use crate::{Damage, Flag, Limit, Limits, Reading};

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read<Reading> {
    let first = attempt(bytes, limits);
    // A wrong table and a wrong length are the commonest damages, and the words are all there.
    let rebuilt = match &first {
        Err(Stop::Damaged(_)) => repair::rebuilt(bytes),
        Ok(reading) if reading.text.is_empty() => {
            repair::rebuilt(bytes).filter(|rebuilt| rebuilt.lengths_mended > 0)
        }
        _ => None,
    };
    let Some(rebuilt) = rebuilt else { return first };
    match attempt(&rebuilt.bytes, limits) {
        Ok(mut reading) => {
            reading.flags.insert(Flag::Repaired);
            Ok(reading)
        }
        Err(Stop::Damaged(_)) => first,
        Err(stop) => Err(stop),
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
    name_the_tree(&mut document);
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
        draw_annotations(&mut document, *page);
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
            words.fresh_line();
        }
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

/// Gives the nodes of the page tree the types that they are by their place, where they do not say them: the reader finds pages by their types only.
pub(crate) fn name_the_tree(document: &mut Document) {
    let Ok(catalog) = document.trailer.get(b"Root").and_then(Object::as_reference) else { return };
    let mut open: Vec<(ObjectId, usize)> = Vec::new();
    if let Ok(dictionary) = document.get_object_mut(catalog).and_then(Object::as_dict_mut) {
        dictionary.set("Type", Object::Name(b"Catalog".to_vec()));
        open.extend(dictionary.get(b"Pages").and_then(Object::as_reference).ok().map(|pages| (pages, 0)));
    }
    let mut seen = BTreeSet::new();
    while let Some((node, level)) = open.pop() {
        if level > TREE || !seen.insert(node) {
            continue;
        }
        let Ok(dictionary) = document.get_object_mut(node).and_then(Object::as_dict_mut) else { continue };
        let kind = if dictionary.has(b"Kids") { "Pages" } else { "Page" };
        if !dictionary.has(b"Type") {
            dictionary.set("Type", Object::Name(kind.as_bytes().to_vec()));
        }
        let kids = dictionary.get(b"Kids").cloned();
        if let Some(kids) = kids
            .ok()
            .as_ref()
            .and_then(|kids| document.dereference(kids).ok())
            .and_then(|(_, kids)| kids.as_array().ok())
        {
            open.extend(kids.iter().filter_map(|kid| kid.as_reference().ok()).map(|kid| (kid, level + 1)));
        }
    }
}

/// How far up a page tree is followed: a loop in it must end.
const TREE: usize = 64;

/// Gives a page without a size that of a letter: the reader cannot do without one, and its words are there all the same.
pub(crate) fn give_size(document: &mut Document, page: ObjectId) {
    if inherited(document, page, b"MediaBox")
        .is_some_and(|size| size.as_array().is_ok_and(|sides| sides.len() == 4))
    {
        return;
    }
    if let Ok(dictionary) = document.get_object_mut(page).and_then(Object::as_dict_mut) {
        dictionary.set("MediaBox", vec![0.into(), 0.into(), 612.into(), 792.into()]);
    }
}

/// How many annotations of one page are read: a form has hundreds of fields, a trap has millions.
const ANNOTATIONS: usize = 2_000;

/// Draws a page's annotations (fields of forms, stamps, notes in the margin) upon it, as they look on paper, so that they are read with it: ISO 32000-1 section 12.5.5.
/// Their appearances are form objects, so the page's last content calls each by a name of its own.
pub(crate) fn draw_annotations(document: &mut Document, page: ObjectId) {
    let Ok(dictionary) = document.get_dictionary(page) else { return };
    let Some(annotations) = dictionary
        .get(b"Annots")
        .ok()
        .and_then(|list| document.dereference(list).ok())
        .and_then(|(_, list)| list.as_array().ok())
    else {
        return;
    };
    let looks: Vec<(ObjectId, [f32; 2])> = annotations
        .iter()
        .take(ANNOTATIONS)
        .filter_map(|annotation| appearance(document, annotation))
        .collect();
    if looks.is_empty() {
        return;
    }
    let mut resources = inherited(document, page, b"Resources")
        .and_then(|object| object.as_dict().ok())
        .cloned()
        .unwrap_or_default();
    let mut objects = resources
        .get(b"XObject")
        .ok()
        .and_then(|list| dictionary_of(document, list))
        .cloned()
        .unwrap_or_default();
    let mut drawing = Vec::new();
    for (index, (look, [x, y])) in looks.iter().enumerate() {
        let name = format!("RegistryAnnotation{index}");
        // `q` and `Q` around each, so that none moves the next.
        drawing.extend_from_slice(format!("\nq 1 0 0 1 {x} {y} cm /{name} Do Q\n").as_bytes());
        objects.set(name, Object::Reference(*look));
    }
    resources.set("XObject", Object::Dictionary(objects));
    // The page's own content may leave a `q` open; a balanced one around it would need its bytes, and words need no exact place.
    let drawing = document.add_object(Stream::new(Dictionary::new(), drawing));
    let mut contents = match document.get_dictionary(page).ok().and_then(|page| page.get(b"Contents").ok()) {
        Some(Object::Reference(one)) => match document.get_object(*one) {
            Ok(Object::Array(several)) => several.clone(),
            _ => vec![Object::Reference(*one)],
        },
        Some(Object::Array(several)) => several.clone(),
        _ => Vec::new(),
    };
    contents.push(Object::Reference(drawing));
    if let Ok(page) = document.get_object_mut(page).and_then(Object::as_dict_mut) {
        page.set("Resources", Object::Dictionary(resources));
        page.set("Contents", Object::Array(contents));
    }
}

/// The normal appearance of an annotation that is to be seen, and its lower left corner.
fn appearance(document: &Document, annotation: &Object) -> Option<(ObjectId, [f32; 2])> {
    /// ISO 32000-1 table 165: the bits of `Invisible`, `Hidden` and `NoView`.
    const UNSEEN: i64 = 0b10_0011;
    let annotation = dictionary_of(document, annotation)?;
    if annotation.get(b"F").and_then(Object::as_i64).is_ok_and(|flags| flags & UNSEEN != 0) {
        return None;
    }
    let normal = dictionary_of(document, annotation.get(b"AP").ok()?)?.get(b"N").ok()?;
    let look = match document.dereference(normal).ok()?.1 {
        Object::Stream(_) => normal.as_reference().ok()?,
        // One appearance for each state; the state names one.
        Object::Dictionary(states) => states
            .get(annotation.get(b"AS").and_then(Object::as_name).ok()?)
            .and_then(Object::as_reference)
            .ok()?,
        _ => return None,
    };
    // A form object without the marks of one is passed over by readers.
    let stream = document.get_object(look).ok()?.as_stream().ok()?;
    if !stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form") {
        return None;
    }
    let corner = |index: usize| {
        let sides = annotation
            .get(b"Rect")
            .ok()
            .and_then(|sides| document.dereference(sides).ok())
            .and_then(|(_, sides)| sides.as_array().ok())?;
        sides.get(index).and_then(|side| side.as_float().ok())
    };
    Some((look, [corner(0).unwrap_or(0.0), corner(1).unwrap_or(0.0)]))
}

/// A page's value, or that of the first of its ancestors that has one.
pub(crate) fn inherited<'document>(
    document: &'document Document,
    page: ObjectId,
    name: &[u8],
) -> Option<&'document Object> {
    let mut at = page;
    for _ in 0..TREE {
        let dictionary = document.get_dictionary(at).ok()?;
        if let Ok(value) = dictionary.get(name) {
            return document.dereference(value).ok().map(|(_, value)| value);
        }
        at = dictionary.get(b"Parent").and_then(Object::as_reference).ok()?;
    }
    None
}

pub(crate) fn load(bytes: &[u8]) -> Read<Document> {
    catch_unwind(|| Document::load_mem(bytes))
        .map_err(|_| Stop::Damaged(Damage::ReaderFailed))?
        .map_err(|_| Stop::Damaged(Damage::Structure))
}

/// What the file says about itself.
fn describe(document: &Document, reading: &mut Reading) {
    if let Some(info) = document.trailer.get(b"Info").ok().and_then(|info| dictionary_of(document, info)) {
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
    let Some(catalog) = document.trailer.get(b"Root").ok().and_then(|root| dictionary_of(document, root))
    else {
        return;
    };
    let names = catalog.get(b"Names").ok().and_then(|names| dictionary_of(document, names));
    if names.is_some_and(|names| names.has(b"EmbeddedFiles")) {
        reading.flags.insert(Flag::EmbeddedFiles);
    }
    if names.is_some_and(|names| names.has(b"JavaScript"))
        || catalog
            .get(b"OpenAction")
            .ok()
            .and_then(|action| dictionary_of(document, action))
            .is_some_and(|action| action.has(b"JS"))
    {
        reading.flags.insert(Flag::Macros);
    }
}

fn dictionary_of<'document>(
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
