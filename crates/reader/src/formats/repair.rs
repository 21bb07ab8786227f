//! A PDF made anew from the objects of one whose cross-reference table (ISO 32000-1 section 7.5.4) or stream lengths (7.3.8) are wrong, found by searching its bytes. The
//! result is read like any other file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// More objects than this in one file are no document's.
const OBJECTS: usize = 1_000_000;

/// Generation and offset of each object, by its number.
type Numbered = BTreeMap<u32, (u16, usize)>;

/// A file made anew.
pub(crate) struct Rebuilt {
    pub(crate) bytes: Vec<u8>,
    /// How many streams were longer or shorter than they said.
    pub(crate) lengths_mended: usize,
}

/// The file made anew. `None` where no objects or no root are found.
pub(crate) fn rebuilt(bytes: &[u8]) -> Option<Rebuilt> {
    let start = find(bytes, b"%PDF-", 0)?;
    let body = bytes.get(start..)?;
    let (objects, starts) = objects(body)?;
    let root = last_reference(body, b"/Root")
        .filter(|(number, _)| objects.contains_key(number))
        .or_else(|| catalog(body, &objects))?;
    let size = objects.keys().next_back()?.checked_add(1)?;
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
    let mut lengths_mended = 0;
    for (number, (generation, offset)) in &objects {
        let end = starts.get(starts.partition_point(|other| other <= offset)).copied().unwrap_or(body.len());
        // Writing to a string never fails.
        let _ = write!(table, "{number} 1\n{:010} {generation:05} n \n", file.len());
        match object_at(body.get(*offset..)?, end - offset) {
            Found::AsItIs(object) => file.extend_from_slice(object),
            Found::Mended(object) => {
                lengths_mended += 1;
                file.extend_from_slice(&object);
            }
        }
        file.push(b'\n');
    }
    let table_at = file.len();
    file.extend_from_slice(table.as_bytes());
    let mut trailer = format!("trailer\n<</Size {size} /Root {} {} R", root.0, root.1);
    for name in ["Info", "Encrypt"] {
        if let Some((number, generation)) = last_reference(body, format!("/{name}").as_bytes())
            .filter(|(number, _)| objects.contains_key(number))
        {
            let _ = write!(trailer, " /{name} {number} {generation} R");
        }
    }
    file.extend_from_slice(trailer.as_bytes());
    // A sealed file cannot be opened without the identifier that its key was made from.
    if let Some(identifier) = identifier(body) {
        file.extend_from_slice(b" /ID ");
        file.extend_from_slice(identifier);
    }
    file.extend_from_slice(format!(">>\nstartxref\n{table_at}\n%%EOF\n").as_bytes());
    Some(Rebuilt { bytes: file, lengths_mended })
}

enum Found<'body> {
    AsItIs(&'body [u8]),
    Mended(Vec<u8>),
}

/// The object at the beginning of these bytes, which the next one follows after `reach` bytes. A stream that is as long as it says may hold what looks like objects; one
/// that is not gets its length put right.
fn object_at(rest: &[u8], reach: usize) -> Found<'_> {
    let near = rest.get(..reach).unwrap_or(rest);
    let whole = Found::AsItIs(near.get(..end_of_object(near)).unwrap_or(near));
    let Some(stream) = stream_of(near) else { return whole };
    let right = stream.begin.checked_add(stream.said).filter(|end| {
        rest.get(*end..).is_some_and(|behind| behind.trim_ascii_start().starts_with(b"endstream"))
    });
    if let Some(end) = right {
        let end = find(rest, b"endobj", end).map_or(rest.len(), |at| at + 6);
        return Found::AsItIs(rest.get(..end).unwrap_or(rest));
    }
    let data = near.get(stream.begin..).unwrap_or_default();
    let end = find(data, b"endstream", 0).or_else(|| find(data, b"endobj", 0)).unwrap_or(data.len());
    let data = data.get(..end).unwrap_or_default();
    let mut mended = stream.before.to_vec();
    mended.extend_from_slice(data.len().to_string().as_bytes());
    mended.extend_from_slice(stream.behind);
    mended.extend_from_slice(b"stream\n");
    mended.extend_from_slice(data);
    mended.extend_from_slice(b"\nendstream\nendobj");
    Found::Mended(mended)
}

/// Where an object without a stream ends: behind its `endobj`, before whatever follows (a table, a trailer).
fn end_of_object(object: &[u8]) -> usize {
    find(object, b"endobj", 0).map_or(object.len(), |at| at + 6)
}

/// A stream with the length that its dictionary says.
struct StreamOf<'body> {
    /// The dictionary before the figure and behind it.
    before: &'body [u8],
    behind: &'body [u8],
    said: usize,
    /// Where its data begins.
    begin: usize,
}

/// The stream of an object. `None` where there is none, or its length stands in another object (`/Length 8 0 R`).
fn stream_of(object: &[u8]) -> Option<StreamOf<'_>> {
    let keyword = find(object, b"stream", 0)?;
    let head = object.get(..keyword)?;
    let mut begin = keyword + 6;
    begin += usize::from(object.get(begin) == Some(&b'\r'));
    begin += usize::from(object.get(begin) == Some(&b'\n'));
    let length_at = find(head, b"/Length", 0)? + 7;
    let digits_at =
        length_at + head.get(length_at..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let digits = head.get(digits_at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let said = std::str::from_utf8(head.get(digits_at..digits_at + digits)?).ok()?.parse().ok()?;
    let behind = head.get(digits_at + digits..)?;
    let elsewhere = behind.trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
    (!elsewhere).then_some(StreamOf { before: head.get(..digits_at)?, behind, said, begin })
}

/// Every `n g obj`: the last of each number with its generation and offset, and the offsets of all.
fn objects(body: &[u8]) -> Option<(Numbered, Vec<usize>)> {
    let mut last = Numbered::new();
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(at) = find(body, b"obj", from) {
        from = at + 3;
        // "endobj" has a letter before.
        let Some((generation, before)) = number_before(body, at) else { continue };
        let Some((number, offset)) = number_before(body, before) else { continue };
        if let (Ok(number), Ok(generation)) = (u32::try_from(number), u16::try_from(generation)) {
            last.insert(number, (generation, offset));
            starts.push(offset);
        }
        if starts.len() > OBJECTS {
            return None;
        }
    }
    (!last.is_empty()).then_some((last, starts))
}

/// A number that ends, but for white space, before a place; and where it begins.
fn number_before(body: &[u8], end: usize) -> Option<(u64, usize)> {
    let before = body.get(..end)?;
    let trimmed = before.trim_ascii_end();
    if trimmed.len() == before.len() && !before.is_empty() {
        return None;
    }
    let digits = trimmed.iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let start = trimmed.len().checked_sub(digits)?;
    let number = std::str::from_utf8(trimmed.get(start..)?).ok()?.parse().ok()?;
    Some((number, start))
}

/// The last `/Name n g R`.
fn last_reference(body: &[u8], name: &[u8]) -> Option<(u32, u16)> {
    let mut last = None;
    let mut from = 0;
    while let Some(at) = find(body, name, from) {
        from = at + name.len();
        let behind = body.get(from..).unwrap_or_default();
        let behind = String::from_utf8_lossy(behind.get(..40).unwrap_or(behind)).into_owned();
        let mut words = behind.split_ascii_whitespace();
        if let (Some(Ok(number)), Some(Ok(generation)), Some(_)) = (
            words.next().map(str::parse),
            words.next().map(str::parse),
            words.next().filter(|mark| mark.starts_with('R')),
        ) {
            last = Some((number, generation));
        }
    }
    last
}

/// An object that says that it is the catalog, where no trailer names it.
fn catalog(body: &[u8], objects: &Numbered) -> Option<(u32, u16)> {
    let at = find(body, b"/Catalog", 0)?;
    let (number, (generation, _)) =
        objects.iter().filter(|(_, (_, offset))| *offset < at).max_by_key(|(_, (_, offset))| *offset)?;
    Some((*number, *generation))
}

fn identifier(body: &[u8]) -> Option<&[u8]> {
    let at = find(body, b"/ID", 0)?;
    let array = body.get(at + 3..)?.trim_ascii_start();
    let end = array.iter().take(400).position(|byte| *byte == b']')?;
    array.get(..=end).filter(|array| array.starts_with(b"["))
}

fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    loop {
        let rest = haystack.get(at..)?;
        at += rest.iter().position(|byte| *byte == first)?;
        if haystack.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::rebuilt;
    use proptest::prelude::*;

    fn text(file: &[u8]) -> String {
        String::from_utf8(rebuilt(file).unwrap().bytes).unwrap()
    }

    #[test]
    fn the_last_of_each_object_is_in_the_table() {
        let file = b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\n2 0 obj (old) endobj\n2 0 obj (new) endobj\ntrailer <</Root 1 0 R>>";
        let rebuilt = text(file);
        let new = rebuilt.find("2 0 obj (new)").unwrap();
        assert!(rebuilt.contains(&format!("2 1\n{new:010} 00000 n")));
        assert!(rebuilt.contains("/Root 1 0 R") && !rebuilt.contains("(old)"));
    }

    #[test]
    fn a_wrong_length_is_put_right_and_a_right_one_left() {
        let wrong = b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\n2 0 obj <</Length 99>>\nstream\nBT ET\nendstream endobj\ntrailer <</Root 1 0 R>>";
        assert!(text(wrong).contains("<</Length 6>>\nstream\nBT ET\n\nendstream"));
        let right = b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\n2 0 obj <</Length 5>>\nstream\nBT ET\nendstream endobj\ntrailer <</Root 1 0 R>>";
        assert_eq!(rebuilt(right).unwrap().lengths_mended, 0);
    }

    #[test]
    fn what_has_no_objects_is_beyond_repair() {
        assert!(rebuilt(b"%PDF-1.4\nno such thing").is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_end(pieces in proptest::collection::vec(prop_oneof![
            Just("1 0 obj"), Just("endobj"), Just("/Root 1 0 R"), Just("/ID["), Just(" "), Just("9999999999 obj"), Just("/Length 9"), Just("stream"), Just("endstream"),
        ], 0..40)) {
            let _ = rebuilt(format!("%PDF-{}", pieces.concat()).as_bytes());
        }
    }
}
