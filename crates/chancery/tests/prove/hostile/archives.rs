//! Archives that attack whoever opens them, made here byte by byte: they unpack to far more than they are, lie within one
//! another, claim sizes, or name their entries so that a careless unpacker would write elsewhere.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const MEGABYTE: usize = 1 << 20;

/// A zip of these entries, packed.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, packed()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(6))
}

/// A zip whose last entry is so many megabytes of one piece, over and over.
pub fn swollen(before: &[(&str, &[u8])], name: &str, head: &str, piece: &[u8], megabytes: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in before {
        writer.start_file(*name, packed()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.start_file(name, packed().large_file(true)).unwrap();
    writer.write_all(head.as_bytes()).unwrap();
    let block = piece.repeat((MEGABYTE / piece.len()).max(1));
    for _ in 0..megabytes {
        writer.write_all(&block).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// One entry of two hundred megabytes of nothing.
pub fn one_bomb() -> Vec<u8> {
    swollen(&[], "report.bin", "", &[0; 4096], 200)
}

/// One entry of two gigabytes of nothing.
pub fn huge_bomb() -> Vec<u8> {
    swollen(&[], "report.bin", "", &[0; 4096], 2048)
}

/// A bomb three archives down.
pub fn bomb_within() -> Vec<u8> {
    let mut archive = swollen(&[], "zeros.bin", "", &[0; 4096], 60);
    for _ in 0..3 {
        archive = zipped(&[("readme.txt", b"words"), ("inner.zip", &archive)]);
    }
    archive
}

/// Archives within archives, a hundred deep.
pub fn nested() -> Vec<u8> {
    let mut archive = zipped(&[("words.txt", b"words")]);
    for _ in 0..100 {
        archive = zipped(&[("inner.zip", &archive)]);
    }
    archive
}

/// A thousand archives within one archive, each with nine thousand names.
pub fn many_within() -> Vec<u8> {
    let inner = empty_entries(9_000);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..1_000 {
        writer.start_file(format!("{n}.zip"), packed()).unwrap();
        writer.write_all(&inner).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An archive of so many empty files.
fn empty_entries(count: usize) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for n in 0..count {
        let name = format!("{n}");
        let entry = Entry { name: name.as_bytes(), packed: 0, size: 0, method: 0, crc: 0 };
        directory.extend(entry.central(archive.len() as u32));
        archive.extend(entry.local());
    }
    closed(archive, &directory, count)
}

/// Sixty thousand entries.
pub fn many_entries() -> Vec<u8> {
    empty_entries(60_000)
}

/// What the headers of an entry say of it (APPNOTE 4.3.7 and 4.3.12).
struct Entry<'a> {
    name: &'a [u8],
    packed: u32,
    size: u32,
    method: u16,
    crc: u32,
}

impl Entry<'_> {
    fn shared(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(20_u16.to_le_bytes());
        bytes.extend(0_u16.to_le_bytes());
        bytes.extend(self.method.to_le_bytes());
        bytes.extend([0, 0, 0x21, 0x5c]);
        bytes.extend(self.crc.to_le_bytes());
        bytes.extend(self.packed.to_le_bytes());
        bytes.extend(self.size.to_le_bytes());
        bytes.extend((self.name.len() as u16).to_le_bytes());
        bytes.extend(0_u16.to_le_bytes());
        bytes
    }

    fn local(&self) -> Vec<u8> {
        [b"PK\x03\x04".as_slice(), &self.shared(), self.name].concat()
    }

    fn central(&self, at: u32) -> Vec<u8> {
        let mut bytes = b"PK\x01\x02\x14\x00".to_vec();
        bytes.extend(self.shared());
        bytes.extend([0; 10]);
        bytes.extend(at.to_le_bytes());
        bytes.extend_from_slice(self.name);
        bytes
    }
}

/// The directory and its end behind the entries.
fn closed(mut archive: Vec<u8>, directory: &[u8], count: usize) -> Vec<u8> {
    let at = archive.len() as u32;
    archive.extend_from_slice(directory);
    archive.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    archive.extend([(count as u16).to_le_bytes(), (count as u16).to_le_bytes()].concat());
    archive.extend((directory.len() as u32).to_le_bytes());
    archive.extend(at.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// The check sum of a zip (CRC-32, as ISO 3309 has it).
fn checksum(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(u32::MAX, |mut sum, byte| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
        sum
    });
    !sum
}

/// Nine thousand entries over the same megabyte.
pub fn overlapping() -> Vec<u8> {
    let zeros = vec![0; MEGABYTE];
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&zeros).unwrap();
    let body = packer.finish().unwrap();
    let (packed, size, crc) = (body.len() as u32, zeros.len() as u32, checksum(&zeros));
    let first = Entry { name: b"0000", packed, size, method: 8, crc };
    let archive = [first.local(), body].concat();
    let mut directory = Vec::new();
    for n in 0..9_000 {
        let name = format!("{n:04}");
        directory.extend(Entry { name: name.as_bytes(), packed, size, method: 8, crc }.central(0));
    }
    closed(archive, &directory, 9_000)
}

/// Entries of ten bytes that say they are of four gigabytes, or of which the packed bytes lie beyond the end.
pub fn lying_sizes() -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (n, (packed, size)) in [(10, u32::MAX - 1), (u32::MAX - 1, 10), (10, 10)].into_iter().enumerate() {
        let name = format!("{n}.txt");
        let entry = Entry { name: name.as_bytes(), packed, size, method: 0, crc: 0 };
        directory.extend(entry.central(archive.len() as u32));
        archive.extend(entry.local());
        archive.extend_from_slice(b"0123456789");
    }
    closed(archive, &directory, 3)
}

/// Names that would lead elsewhere, were they used as paths.
pub fn path_tricks() -> Vec<u8> {
    let long = "x/".repeat(20_000);
    let names: [&[u8]; 9] = [
        b"../../../../etc/cron.d/chancery",
        b"/etc/passwd",
        b"C:\\Windows\\System32\\evil.dll",
        b"..\\..\\evil.dll",
        b"\\\\server\\share\\evil.dll",
        b"order.txt\0.exe",
        b"\xff\xfe\xfd",
        b"",
        long.as_bytes(),
    ];
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for name in names {
        let entry = Entry { name, packed: 5, size: 5, method: 0, crc: checksum(b"words") };
        directory.extend(entry.central(archive.len() as u32));
        archive.extend(entry.local());
        archive.extend_from_slice(b"words");
    }
    closed(archive, &directory, names.len())
}
