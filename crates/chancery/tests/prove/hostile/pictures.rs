//! Pictures that attack: sizes that are claimed, directories that lead in circles.

use std::io::Write as _;

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    // The check sum is wrong on purpose in none of them: a reader that looks at it goes on.
    let mut sum = u32::MAX;
    for byte in kind.iter().chain(body) {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    [&(body.len() as u32).to_be_bytes(), kind.as_slice(), body, &(!sum).to_be_bytes()].concat()
}

/// A PNG of so many dots each way, with the bytes of a few.
pub fn png(side: u32) -> Vec<u8> {
    let head = [side.to_be_bytes().as_slice(), &side.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![0; 4 << 20]).unwrap();
    let dots = packer.finish().unwrap();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &head), &chunk(b"IDAT", &dots), &chunk(b"IEND", &[])]
        .concat()
}

pub fn png_huge() -> Vec<u8> {
    png(100_000)
}

/// A TIFF of one directory with these entries (tag, kind, count, value), and where the next directory is.
fn tiff(entries: &[(u16, u16, u32, u32)], next: u32) -> Vec<u8> {
    let mut file = b"II\x2a\0\x08\0\0\0".to_vec();
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        file.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        file.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
    }
    file.extend(next.to_le_bytes());
    file.extend([0; 4_096]);
    file
}

fn entries(side: u32, bytes: u32) -> Vec<(u16, u16, u32, u32)> {
    vec![
        (256, 4, 1, side),
        (257, 4, 1, side),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 200),
        (277, 3, 1, 1),
        (278, 4, 1, side),
        (279, 4, 1, bytes),
    ]
}

pub fn tiff_huge() -> Vec<u8> {
    tiff(&entries(100_000, 4_000), 0)
}

/// A directory that is followed by itself.
pub fn tiff_circle() -> Vec<u8> {
    tiff(&entries(32, 1_024), 8)
}

/// Counts of four thousand million values.
pub fn tiff_claims() -> Vec<u8> {
    let mut all = entries(32, u32::MAX);
    all.push((320, 3, u32::MAX, 8));
    all.push((33432, 2, u32::MAX, 8));
    tiff(&all, 0xffff_fff0)
}
