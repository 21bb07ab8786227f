//! Pages of scans made here dot by dot, and a TIFF of them. Also used by the tests of the binary.

use reader::scan;

const WIDE: usize = 827;
const HIGH: usize = 1169;

/// A page in greys, row by row.
pub type Page = Vec<u8>;

/// An empty page.
pub fn paper() -> Page {
    vec![250; WIDE * HIGH]
}

fn dark(page: &mut Page, left: usize, top: usize, wide: usize, high: usize) {
    for y in top..top + high {
        page[y * WIDE + left..y * WIDE + left + wide].fill(15);
    }
}

/// Up to ten lines of something like writing, shorter line by line.
pub fn written(lines: usize) -> Page {
    let mut page = paper();
    for line in 0..lines {
        for letter in 0..60 - line * 5 {
            dark(&mut page, 80 + letter * 10, 100 + line * 40, 2, 12);
            dark(&mut page, 80 + letter * 10, 106 + line * 40, 7, 2);
        }
    }
    page
}

/// A separator sheet that went through a scanner.
pub fn separator() -> Page {
    let (width, dots) = scan::sheet();
    let mut page = paper();
    for (at, _) in dots.iter().enumerate().filter(|(_, dot)| **dot) {
        dark(&mut page, 200 + at % width * 12, 300 + at / width * 12, 12, 12);
    }
    // A speck here and there, and the shadow of the lid.
    for at in 0..400 {
        dark(&mut page, at * 7919 % (WIDE - 2), at * 104_729 % (HIGH - 2), 2, 2);
    }
    dark(&mut page, 0, 0, WIDE, 9);
    page
}

/// A TIFF of greys, unpacked, at 100 dots an inch.
pub fn tiff(pages: &[Page]) -> Vec<u8> {
    let mut bytes = b"II\x2a\0".to_vec();
    let mut link = bytes.len();
    bytes.extend([0; 4]);
    for page in pages {
        let strip = bytes.len() as u32;
        bytes.extend_from_slice(page);
        let dots = bytes.len() as u32;
        bytes.extend([100_u32, 1].map(u32::to_le_bytes).concat());
        let here = (bytes.len() as u32).to_le_bytes();
        bytes[link..link + 4].copy_from_slice(&here);
        let entries: [(u16, u16, u32); 11] = [
            (256, 4, WIDE as u32),
            (257, 4, HIGH as u32),
            (258, 3, 8),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, strip),
            (277, 3, 1),
            (278, 4, HIGH as u32),
            (279, 4, page.len() as u32),
            (282, 5, dots),
            (283, 5, dots),
        ];
        bytes.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(1_u32.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        link = bytes.len();
        bytes.extend([0; 4]);
    }
    bytes
}
