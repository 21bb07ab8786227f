//! Pictures: how many of them a file holds. Their words are recognised elsewhere; nothing here looks at a dot of them.

use super::{Read, Stop};
use crate::{Damage, Flag, Limits, MediaType, Reading};

/// How many pictures a file holds, as pages without words.
pub(crate) fn read(bytes: &[u8], kind: MediaType, limits: &Limits) -> Read<Reading> {
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

/// A TIFF of which the first picture is the one at `place`, from nought: what knows only the first can read it.
pub(crate) fn begun_at(bytes: &[u8], place: usize) -> Option<Vec<u8>> {
    let little = bytes.get(..2)? == b"II";
    let number = |at: usize, length: usize| -> Option<usize> {
        let taken = bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if little { taken.iter().rev().fold(0, add) } else { taken.iter().fold(0, add) })
    };
    let mut at = number(4, 4)?;
    for _ in 0..place {
        let entries = number(at, 2)?;
        at = number(at.checked_add(2)?.checked_add(entries * 12)?, 4)?;
    }
    let at = u32::try_from(at).ok().filter(|at| *at != 0)?;
    let mut begun = bytes.to_vec();
    let place = begun.get_mut(4..8)?;
    place.copy_from_slice(&if little { at.to_le_bytes() } else { at.to_be_bytes() });
    Some(begun)
}

/// Dots an inch of the first picture of a TIFF, across and down, as its tags say (TIFF 6.0, tags 282, 283 and 296).
pub(crate) fn dots_an_inch(bytes: &[u8]) -> Option<(f32, f32)> {
    let little = bytes.get(..2)? == b"II";
    let number = |at: usize, length: usize| -> Option<usize> {
        let taken = bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if little { taken.iter().rev().fold(0, add) } else { taken.iter().fold(0, add) })
    };
    let directory = number(4, 4)?;
    let (mut across, mut down, mut unit) = (None, None, 2);
    for entry in 0..number(directory, 2)?.min(200) {
        let at = directory.checked_add(2 + entry * 12)?;
        let share = || {
            let place = number(at + 8, 4)?;
            let (above, below) = (number(place, 4)?, number(place.checked_add(4)?, 4)?);
            (below > 0).then_some(above as f32 / below as f32)
        };
        match number(at, 2)? {
            282 => across = share(),
            283 => down = share(),
            296 => unit = number(at + 8, 2)?,
            _ => {}
        }
    }
    let inch = match unit {
        2 => 1.0,
        3 => 2.54,
        _ => return None,
    };
    Some((across? * inch, down? * inch))
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
