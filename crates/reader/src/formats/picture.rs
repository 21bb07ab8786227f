//! Pictures: how many of them a file holds. Their words are recognised elsewhere; nothing here looks at a dot of them.

use super::{Read, Stop};
use crate::{Damage, Flag, Limits, MediaType, Reading};

/// How many pictures a file holds, as pages without words.
pub(super) fn read(bytes: &[u8], kind: MediaType, limits: &Limits) -> Read<Reading> {
    let pages = match kind {
        MediaType::Tiff => directories(bytes, limits.pages).ok_or(Stop::Damaged(Damage::Structure))?,
        _ => 1,
    };
    let pages = u32::try_from(pages).ok();
    Ok(Reading { pages, flags: [Flag::NoWords].into(), ..Reading::default() })
}

/// The image file directories of a TIFF (6.0, section 2), each of which names the next. A ring of them ends at `most`.
fn directories(bytes: &[u8], most: usize) -> Option<usize> {
    let little = match bytes.get(..4)? {
        b"II\x2a\0" => true,
        b"MM\0\x2a" => false,
        // A large one (version 43) counts as one picture.
        _ => return Some(1),
    };
    let number = |at: usize, length: usize| -> Option<usize> {
        let taken = bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if little { taken.iter().rev().fold(0, add) } else { taken.iter().fold(0, add) })
    };
    let (mut at, mut count) = (number(4, 4)?, 0);
    while at != 0 && count < most {
        let Some(entries) = number(at, 2) else { break };
        count += 1;
        let Some(next) = number(at + 2 + entries * 12, 4) else { break };
        at = next;
    }
    (count > 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::directories;

    /// Directories of no entries, one after the other; the last names `end`.
    fn tiff(count: u32, end: u32) -> Vec<u8> {
        let mut bytes = b"II\x2a\0\x08\0\0\0".to_vec();
        for n in 1..=count {
            bytes.extend_from_slice(&[0, 0]);
            let next = if n == count { end } else { 8 + n * 6 };
            bytes.extend_from_slice(&next.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn directories_are_counted_and_rings_and_lies_end() {
        assert_eq!(directories(&tiff(3, 0), 100), Some(3));
        assert_eq!(directories(&tiff(3, 8), 100), Some(100), "a ring");
        assert_eq!(directories(&tiff(3, u32::MAX), 100), Some(3), "an offset behind the end");
        assert_eq!(directories(b"II\x2a\0\x08\0\0\0", 100), None, "no directory");
        assert_eq!(directories(b"II\x2a\0\xff\xff\xff\xff\x01", 100), None);
        assert_eq!(directories(b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\0", 100), Some(1));
        assert_eq!(directories(b"MM", 100), None);
    }
}
