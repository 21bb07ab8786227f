//! A new cross-reference table for a PDF whose own is wrong (ISO 32000-1 section 7.5.4), made by searching the bytes for objects. Looks at bytes only; the result is
//! read like any other file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// More objects than this in one file are no document's.
const OBJECTS: usize = 1_000_000;

/// The file with a new table and trailer behind its old end. `None` where no objects or no root are found.
pub(crate) fn with_new_table(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = find(bytes, b"%PDF-", 0)?;
    let body = bytes.get(start..)?;
    let objects = objects(body)?;
    let root = last_reference(body, b"/Root")
        .filter(|(number, _)| objects.contains_key(number))
        .or_else(|| catalog(body, &objects))?;
    let size = objects.keys().next_back()?.checked_add(1)?;
    let mut table = String::from("\nxref\n0 1\n0000000000 65535 f \n");
    for (number, (generation, offset)) in &objects {
        // Writing to a string never fails.
        let _ = write!(table, "{number} 1\n{offset:010} {generation:05} n \n");
    }
    let _ = write!(table, "trailer\n<</Size {size} /Root {} {} R", root.0, root.1);
    for name in ["Info", "Encrypt"] {
        if let Some((number, generation)) = last_reference(body, format!("/{name}").as_bytes())
            .filter(|(number, _)| objects.contains_key(number))
        {
            let _ = write!(table, " /{name} {number} {generation} R");
        }
    }
    let mut repaired = body.to_vec();
    let table_at = repaired.len() + 1;
    repaired.extend_from_slice(table.as_bytes());
    // A sealed file cannot be opened without the identifier that its key was made from.
    if let Some(identifier) = identifier(body) {
        repaired.extend_from_slice(b" /ID ");
        repaired.extend_from_slice(identifier);
    }
    repaired.extend_from_slice(format!(">>\nstartxref\n{table_at}\n%%EOF\n").as_bytes());
    Some(repaired)
}

/// Every `n g obj`, the last of each number, with its offset.
fn objects(body: &[u8]) -> Option<BTreeMap<u32, (u16, usize)>> {
    let mut found = BTreeMap::new();
    let mut from = 0;
    while let Some(at) = find(body, b"obj", from) {
        from = at + 3;
        // "endobj" has a letter before.
        let Some((generation, before)) = number_before(body, at) else { continue };
        let Some((number, offset)) = number_before(body, before) else { continue };
        if let (Ok(number), Ok(generation)) = (u32::try_from(number), u16::try_from(generation)) {
            found.insert(number, (generation, offset));
        }
        if found.len() > OBJECTS {
            return None;
        }
    }
    (!found.is_empty()).then_some(found)
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
        if let (Some(Ok(number)), Some(Ok(generation)), Some(mark)) =
            (words.next().map(str::parse), words.next().map(str::parse), words.next())
        {
            if mark.starts_with('R') {
                last = Some((number, generation));
            }
        }
    }
    last
}

/// An object that says that it is the catalog, where no trailer names it.
fn catalog(body: &[u8], objects: &BTreeMap<u32, (u16, usize)>) -> Option<(u32, u16)> {
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
    use super::with_new_table;
    use proptest::prelude::*;

    #[test]
    fn the_last_of_each_object_is_in_the_table() {
        let file = b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\n2 0 obj (old) endobj\n2 0 obj (new) endobj\ntrailer <</Root 1 0 R>>";
        let repaired = String::from_utf8(with_new_table(file).unwrap()).unwrap();
        let new = repaired.find("2 0 obj (new)").unwrap();
        assert!(repaired.contains(&format!("2 1\n{new:010} 00000 n")));
        assert!(repaired.contains("/Root 1 0 R"));
    }

    #[test]
    fn what_has_no_objects_is_beyond_repair() {
        assert_eq!(with_new_table(b"%PDF-1.4\nno such thing"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_end(pieces in proptest::collection::vec(prop_oneof![Just("1 0 obj"), Just("endobj"), Just("/Root 1 0 R"), Just("/ID["), Just(" "), Just("9999999999 obj")], 0..40)) {
            let _ = with_new_table(format!("%PDF-{}", pieces.concat()).as_bytes());
        }
    }
}
