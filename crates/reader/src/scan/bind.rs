//! Pages of a scan bound into a PDF: those of a PDF as they are, turned; pictures each on a page of its own. Only what a page
//! itself draws comes with it: nothing of the pages that become other documents, no program, no link. Runs only in the child.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use image::DynamicImage;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream, content::Content};

use super::{Leaf, Turn, look};
use crate::formats::pdf::{draw_annotations, give_size, inherited, load, name_the_tree};
use crate::formats::picture::{begun_at, dots_an_inch};
use crate::formats::{Read, Stop, picture, repair};
use crate::{Damage, Limit, Limits, MediaType};

/// How deep the values of an object may lie in one another.
const DEPTH: usize = 100;
/// Points of the longer side of a page of which nobody says how large it is: A4.
const LONGER: f32 = 842.0;

/// How many pages a scan has.
pub(super) fn count(bytes: &[u8], kind: MediaType, limits: &Limits) -> Read<usize> {
    match kind {
        MediaType::Pdf => Ok(open(bytes)?.get_pages().len()),
        _ => Ok(picture::read(bytes, kind, limits)?.pages.map_or(1, |pages| pages as usize)),
    }
}

/// Some pages as a PDF.
pub(super) fn bound(bytes: &[u8], kind: MediaType, leaves: &[Leaf], limits: &Limits) -> Read<Vec<u8>> {
    if leaves.is_empty() || leaves.len() > limits.leaves {
        return Err(Stop::OverLimit(Limit::Pages));
    }
    let mut book = Book::new();
    match kind {
        MediaType::Pdf => {
            let mut document = open(bytes)?;
            let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
            let mut copied = Copied::of(&document);
            for leaf in leaves {
                let page = *pages.get(leaf.page).ok_or(Stop::Damaged(Damage::MissingPart))?;
                give_size(&mut document, page);
                draw_annotations(&mut document, page);
                book.copy(&document, page, leaf.turn, &mut copied)?;
            }
        }
        _ => {
            for leaf in leaves {
                book.picture(bytes, kind, *leaf)?;
            }
        }
    }
    book.finish()
}

/// A PDF that can be taken apart; mended where its own table is wrong.
pub(super) fn open(bytes: &[u8]) -> Read<Document> {
    let usable = |document: Document| {
        let mut document = document;
        if document.is_encrypted() && document.decrypt("").is_err() {
            return Err(Stop::Encrypted);
        }
        name_the_tree(&mut document);
        if document.get_pages().is_empty() { Err(Stop::Damaged(Damage::Structure)) } else { Ok(document) }
    };
    match load(bytes).and_then(usable) {
        Err(Stop::Damaged(reason)) => {
            let mended = repair::rebuilt(bytes).ok_or(Stop::Damaged(reason))?;
            load(&mended.bytes).and_then(usable)
        }
        other => other,
    }
}

/// What was copied already: pages may share a font.
pub(super) struct Copied {
    /// Where what was copied is now.
    places: BTreeMap<ObjectId, ObjectId>,
    /// What is never copied: pages, and what holds them together.
    never: BTreeSet<ObjectId>,
}

impl Copied {
    pub(super) fn of(document: &Document) -> Self {
        let is_tree = |object: &Object| {
            let kind = object.as_dict().and_then(|dictionary| dictionary.get(b"Type"));
            let kind = kind.and_then(Object::as_name);
            kind.is_ok_and(|kind| matches!(kind, b"Page" | b"Pages" | b"Catalog"))
        };
        let tree = document.objects.iter().filter(|(_, object)| is_tree(object)).map(|(id, _)| *id);
        let never = tree.chain(document.get_pages().into_values()).collect();
        Self { places: BTreeMap::new(), never }
    }
}

/// A PDF in the making.
pub(super) struct Book {
    pub(super) document: Document,
    tree: ObjectId,
    pub(super) pages: Vec<ObjectId>,
}

impl Book {
    pub(super) fn new() -> Self {
        let mut document = Document::with_version("1.7");
        let tree = document.new_object_id();
        Self { document, tree, pages: Vec::new() }
    }

    fn page(&mut self, mut page: Dictionary, turn: i64) {
        page.set("Type", Object::Name(b"Page".to_vec()));
        page.set("Parent", Object::Reference(self.tree));
        page.set("Rotate", turn.rem_euclid(360));
        let id = self.document.add_object(page);
        self.pages.push(id);
    }

    /// Copies a page of another document with what it draws.
    pub(super) fn copy(
        &mut self,
        from: &Document,
        page: ObjectId,
        turn: Turn,
        copied: &mut Copied,
    ) -> Read<()> {
        let mut own = Dictionary::new();
        for name in ["Contents", "MediaBox", "CropBox", "UserUnit"] {
            if let Some(value) = inherited(from, page, name.as_bytes()) {
                // What it draws with is its own; what it says is taken as it is named, so that shared streams stay one.
                let named = from.get_dictionary(page).ok().and_then(|page| page.get(name.as_bytes()).ok());
                let value = named.unwrap_or(value).clone();
                own.set(name, self.taken(from, &value, copied)?);
            }
        }
        let resources = inherited(from, page, b"Resources").and_then(|found| found.as_dict().ok()).cloned();
        let resources = used(from, page, resources.unwrap_or_default());
        own.set("Resources", self.taken(from, &Object::Dictionary(resources), copied)?);
        let was = inherited(from, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0);
        self.page(own, was + i64::from(turn.quarters()) * 90);
        Ok(())
    }

    /// A value with all that it names, under the names that it has here.
    fn taken(&mut self, from: &Document, value: &Object, copied: &mut Copied) -> Read<Object> {
        let mut open = Vec::new();
        let value = self.renamed(value, copied, &mut open, 0)?;
        while let Some((old, new)) = open.pop() {
            let object = from.get_object(old).cloned().unwrap_or(Object::Null);
            let object = self.renamed(&object, copied, &mut open, 0)?;
            self.document.objects.insert(new, object);
        }
        Ok(value)
    }

    fn renamed(
        &mut self,
        value: &Object,
        copied: &mut Copied,
        open: &mut Vec<(ObjectId, ObjectId)>,
        depth: usize,
    ) -> Read<Object> {
        if depth > DEPTH {
            return Err(Stop::Hostile(crate::Threat::NestedTooDeep));
        }
        Ok(match value {
            Object::Reference(id) if copied.never.contains(id) => Object::Null,
            Object::Reference(id) => {
                let place = match copied.places.get(id) {
                    Some(place) => *place,
                    None => {
                        let place = self.document.new_object_id();
                        copied.places.insert(*id, place);
                        open.push((*id, place));
                        place
                    }
                };
                Object::Reference(place)
            }
            Object::Array(values) => Object::Array(
                values
                    .iter()
                    .map(|value| self.renamed(value, copied, open, depth + 1))
                    .collect::<Read<_>>()?,
            ),
            Object::Dictionary(values) => {
                Object::Dictionary(self.renamed_all(values, copied, open, depth + 1)?)
            }
            Object::Stream(stream) => {
                let dict = self.renamed_all(&stream.dict, copied, open, depth + 1)?;
                Object::Stream(Stream { dict, ..stream.clone() })
            }
            plain => plain.clone(),
        })
    }

    fn renamed_all(
        &mut self,
        values: &Dictionary,
        copied: &mut Copied,
        open: &mut Vec<(ObjectId, ObjectId)>,
        depth: usize,
    ) -> Read<Dictionary> {
        let mut all = Dictionary::new();
        for (name, value) in values {
            all.set(name.clone(), self.renamed(value, copied, open, depth)?);
        }
        Ok(all)
    }

    /// Puts a picture on a page of its own.
    fn picture(&mut self, bytes: &[u8], kind: MediaType, leaf: Leaf) -> Read<()> {
        let mut upright = Turn::None;
        let begun;
        let (stream, (width, height), dots) = match kind {
            MediaType::Jpeg => match (frame_of(bytes), look::upright(bytes)) {
                (Some((width, height, colours)), Some(turn)) => {
                    upright = turn;
                    (packed_already(bytes, width, height, colours), (width, height), density(bytes))
                }
                _ => {
                    let picture = look::picture(bytes, kind, leaf.page)?;
                    (packed(&picture)?, (picture.width(), picture.height()), density(bytes))
                }
            },
            _ => {
                let picture = look::picture(bytes, kind, leaf.page)?;
                let dots = match kind {
                    MediaType::Tiff => {
                        begun = begun_at(bytes, leaf.page);
                        begun.as_deref().and_then(dots_an_inch)
                    }
                    _ => None,
                };
                (packed(&picture)?, (picture.width(), picture.height()), dots)
            }
        };
        let (wide, high) = points(width, height, dots);
        let image = self.document.add_object(stream);
        let drawing = format!("q {wide:.2} 0 0 {high:.2} 0 0 cm /Scan Do Q");
        let contents = self.document.add_object(Stream::new(Dictionary::new(), drawing.into_bytes()));
        let mut named = Dictionary::new();
        named.set("Scan", Object::Reference(image));
        let mut resources = Dictionary::new();
        resources.set("XObject", Object::Dictionary(named));
        let mut page = Dictionary::new();
        page.set("MediaBox", vec![0.into(), 0.into(), Object::Real(wide), Object::Real(high)]);
        page.set("Resources", Object::Dictionary(resources));
        page.set("Contents", Object::Reference(contents));
        self.page(page, i64::from(leaf.turn.and(upright).quarters()) * 90);
        Ok(())
    }

    pub(super) fn finish(mut self) -> Read<Vec<u8>> {
        let kids: Vec<Object> = self.pages.iter().map(|page| Object::Reference(*page)).collect();
        let mut tree = Dictionary::new();
        tree.set("Type", Object::Name(b"Pages".to_vec()));
        tree.set("Count", i64::try_from(kids.len()).unwrap_or(i64::MAX));
        tree.set("Kids", kids);
        self.document.objects.insert(self.tree, Object::Dictionary(tree));
        let mut catalog = Dictionary::new();
        catalog.set("Type", Object::Name(b"Catalog".to_vec()));
        catalog.set("Pages", Object::Reference(self.tree));
        let catalog = self.document.add_object(catalog);
        self.document.trailer.set("Root", Object::Reference(catalog));
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).map_err(|_| Stop::Damaged(Damage::ReaderFailed))?;
        Ok(bytes)
    }
}

/// What a page draws with, without the pictures that only other pages show: many programs give all pages one list.
fn used(from: &Document, page: ObjectId, mut resources: Dictionary) -> Dictionary {
    let objects = resources.get(b"XObject").ok().and_then(|list| from.dereference(list).ok());
    let Some(objects) = objects.and_then(|(_, list)| list.as_dict().ok()) else { return resources };
    let Ok(content) = from.get_page_content(page) else { return resources };
    let (mut kept, mut open) = (Dictionary::new(), called(&content));
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        let Ok(object) = objects.get(&name) else { continue };
        if !seen.insert(name.clone()) {
            continue;
        }
        kept.set(name, object.clone());
        // A form without a list of its own draws with that of the page.
        let form = from.dereference(object).ok().and_then(|(_, form)| form.as_stream().ok());
        if let Some(form) = form.filter(|form| !form.dict.has(b"Resources")) {
            let is_form =
                form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form");
            if is_form && let Ok(content) = form.decompressed_content().or_else(|_| form.get_plain_content())
            {
                open.extend(called(&content));
            }
        }
    }
    resources.set("XObject", Object::Dictionary(kept));
    resources
}

/// The names that a drawing calls.
fn called(content: &[u8]) -> Vec<Vec<u8>> {
    let Ok(content) = Content::decode(content) else { return Vec::new() };
    content
        .operations
        .iter()
        .filter(|operation| operation.operator == "Do")
        .filter_map(|operation| operation.operands.first()?.as_name().ok().map(<[u8]>::to_vec))
        .collect()
}

/// Points of a page: as its dots say, else as long as A4.
fn points(width: u32, height: u32, dots: Option<(f32, f32)>) -> (f32, f32) {
    let (width, height) = (width as f32, height as f32);
    let said = dots.map(|(across, down)| (width * 72.0 / across, height * 72.0 / down));
    let fits = |(wide, high): &(f32, f32)| {
        [wide, high].iter().all(|side| side.is_finite() && (36.0..=14_400.0).contains(*side))
    };
    said.filter(fits).unwrap_or_else(|| {
        let share = LONGER / width.max(height).max(1.0);
        ((width * share).max(1.0), (height * share).max(1.0))
    })
}

fn image_head(width: u32, height: u32, colours: &str, bits: i64, filter: &str) -> Dictionary {
    let mut head = Dictionary::new();
    let name = |name: &str| Object::Name(name.as_bytes().to_vec());
    head.set("Type", name("XObject"));
    head.set("Subtype", name("Image"));
    head.set("Width", i64::from(width));
    head.set("Height", i64::from(height));
    head.set("ColorSpace", name(colours));
    head.set("BitsPerComponent", bits);
    head.set("Filter", name(filter));
    head
}

/// A JPEG as it is: packing it anew would lose some of it.
fn packed_already(bytes: &[u8], width: u32, height: u32, colours: u8) -> Stream {
    let colours = if colours == 1 { "DeviceGray" } else { "DeviceRGB" };
    Stream::new(image_head(width, height, colours, 8, "DCTDecode"), bytes.to_vec()).with_compression(false)
}

/// A picture packed without loss: black and white by the bit, else greys or colours by what is new in each row.
fn packed(picture: &DynamicImage) -> Read<Stream> {
    let (width, height) = (picture.width(), picture.height());
    let coloured = picture.color().has_color();
    let plain = on_white(picture);
    let greys = if coloured { None } else { Some(plain.to_luma8().into_raw()) };
    let row = usize::try_from(width).unwrap_or(1).max(1);
    let (head, data) = match greys {
        Some(greys) if greys.iter().all(|dot| matches!(dot, 0 | 255)) => {
            let bits = greys.chunks(row).flat_map(|row| row.chunks(8).map(byte)).collect();
            (image_head(width, height, "DeviceGray", 1, "FlateDecode"), bits)
        }
        Some(greys) => {
            let head = by_rows(image_head(width, height, "DeviceGray", 8, "FlateDecode"), width, 1);
            (head, differences(&greys, row))
        }
        None => {
            let head = by_rows(image_head(width, height, "DeviceRGB", 8, "FlateDecode"), width, 3);
            (head, differences(&plain.to_rgb8().into_raw(), row * 3))
        }
    };
    let mut packing = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let done = packing.write_all(&data).and_then(|()| packing.finish());
    let data = done.map_err(|_| Stop::Damaged(Damage::ReaderFailed))?;
    Ok(Stream::new(head, data).with_compression(false))
}

/// What is transparent shows the paper.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture.clone();
    }
    let mut dots = picture.to_rgba8();
    for dot in dots.pixels_mut() {
        let [red, green, blue, alpha] = dot.0;
        let over = |colour: u8| {
            let shown = u32::from(colour) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from(shown / 255).unwrap_or(255)
        };
        dot.0 = [over(red), over(green), over(blue), 255];
    }
    DynamicImage::ImageRgba8(dots)
}

/// Eight dots as bits, white as one; what is missing is white.
fn byte(dots: &[u8]) -> u8 {
    (0..8).fold(0, |bits, at| bits << 1 | u8::from(dots.get(at).is_none_or(|dot| *dot > 127)))
}

fn by_rows(mut head: Dictionary, width: u32, colours: i64) -> Dictionary {
    let mut how = Dictionary::new();
    how.set("Predictor", 15);
    how.set("Colors", colours);
    how.set("BitsPerComponent", 8);
    how.set("Columns", i64::from(width));
    head.set("DecodeParms", Object::Dictionary(how));
    head
}

/// Each row as what is new since the one above (PNG filter 2).
fn differences(dots: &[u8], row: usize) -> Vec<u8> {
    let mut all = Vec::with_capacity(dots.len() + dots.len() / row.max(1) + 1);
    let above = vec![0; row];
    let mut above = above.as_slice();
    for now in dots.chunks(row) {
        all.push(2);
        all.extend(now.iter().zip(above).map(|(now, above)| now.wrapping_sub(*above)));
        above = now;
    }
    all
}

/// Width, height and colours of a JPEG that every reader of PDF knows: eight bits, greys or three colours.
fn frame_of(bytes: &[u8]) -> Option<(u32, u32, u8)> {
    segments(bytes).find_map(|(mark, data)| match mark {
        // Frames of every process but the arithmetic and the lossless ones.
        0xc0..=0xc2 => match *data.get(..6)? {
            [8, a, b, c, d, colours @ (1 | 3)] => {
                let number = |high, low| u32::from(u16::from_be_bytes([high, low]));
                Some((number(c, d), number(a, b), colours)).filter(|(wide, high, _)| *wide > 0 && *high > 0)
            }
            _ => None,
        },
        _ => None,
    })
}

/// Dots an inch of a JPEG, as its JFIF head says.
fn density(bytes: &[u8]) -> Option<(f32, f32)> {
    segments(bytes).find_map(|(mark, data)| {
        let [unit, a, b, c, d] = *data.strip_prefix(b"JFIF\0").filter(|_| mark == 0xe0)?.get(2..7)? else {
            return None;
        };
        let inch = match unit {
            1 => 1.0,
            2 => 2.54,
            _ => return None,
        };
        let of = |high, low| f32::from(u16::from_be_bytes([high, low])) * inch;
        Some((of(a, b), of(c, d)))
    })
}

/// The segments of a JPEG before its dots, each with its mark.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    std::iter::from_fn(move || {
        while let [0xff, 0xff, ..] = rest {
            rest = rest.get(1..)?;
        }
        let [0xff, mark, high, low, ..] = *rest else { return None };
        if mark == 0xda {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let data = rest.get(4..length.max(2) + 2)?;
        rest = rest.get(length.max(2) + 2..)?;
        Some((mark, data))
    })
    .take(1_000)
}
