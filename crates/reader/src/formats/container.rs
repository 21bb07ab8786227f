//! Zip containers: entries unpacked one by one under limits. Owns the rules by which an archive is a bomb; entries' names are never paths here, only keys.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Read, Stop};
use crate::{Damage, Flag, Limit, Limits, Threat};

/// A part smaller than this is no bomb, whatever its ratio: a table of zeros packs well.
const BOMB_BYTES: u64 = 10 * 1024 * 1024;

/// An opened container.
pub(crate) struct Container<'bytes> {
    archive: ZipArchive<Cursor<&'bytes [u8]>>,
    unpacked: u64,
    limits: &'bytes Limits,
    names: Vec<String>,
    /// The first entry of each name, as [`key`] writes it.
    index: BTreeMap<String, usize>,
    flags: BTreeSet<Flag>,
}

/// What the directory says of one entry, without unpacking it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) encrypted: bool,
    pub(crate) folder: bool,
    pub(crate) packed: u64,
    pub(crate) size: u64,
}

impl<'bytes> Container<'bytes> {
    /// Opens a container and looks at its directory.
    pub(crate) fn open(bytes: &'bytes [u8], limits: &'bytes Limits) -> Read<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| stop(&error))?;
        if archive.len() > limits.entries {
            return Err(Stop::OverLimit(Limit::Entries));
        }
        let mut flags = BTreeSet::new();
        if archive.has_duplicate_names() {
            flags.insert(Flag::DuplicateNames);
        }
        let mut names = Vec::with_capacity(archive.len());
        let mut by_name = BTreeMap::new();
        for index in 0..archive.len() {
            let name = match archive.name_for_index(index) {
                Some(Ok(name)) => name.into_owned(),
                _ => String::new(),
            };
            if is_unsafe(&name) {
                flags.insert(Flag::UnsafeNames);
            }
            by_name.entry(key(&name)).or_insert(index);
            names.push(name);
        }
        // Many entries over the same packed bytes: little unpacks to much, though no single ratio shows it.
        if archive.has_overlapping_files().unwrap_or(false) {
            return Err(Stop::Hostile(Threat::OverlappingEntries));
        }
        Ok(Self { archive, unpacked: 0, limits, names, index: by_name, flags })
    }

    /// The names of the entries as they stand in the directory, in order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// What the directory showed.
    pub(crate) fn flags(&self) -> &BTreeSet<Flag> {
        &self.flags
    }

    /// What the directory says of one entry.
    pub(crate) fn entry(&mut self, index: usize) -> Option<Entry> {
        let file = self.archive.by_index_raw(index).ok()?;
        Some(Entry {
            encrypted: file.encrypted(),
            folder: file.is_dir(),
            packed: file.compressed_size(),
            size: file.size(),
        })
    }

    /// Unpacks the entry of that name; `None` where there is none. Names are compared as Office does, without regard to ASCII case or a leading slash.
    pub(crate) fn part(&mut self, name: &str) -> Read<Option<Vec<u8>>> {
        let index = self.index.get(&key(name)).copied();
        index.map(|index| self.unpack(index)).transpose()
    }

    /// Unpacks the entry of that name, which the format demands.
    pub(crate) fn needed(&mut self, name: &str) -> Read<Vec<u8>> {
        self.part(name)?.ok_or(Stop::Damaged(Damage::MissingPart))
    }

    /// Unpacks one entry.
    pub(crate) fn unpack(&mut self, index: usize) -> Read<Vec<u8>> {
        let mut file = self.archive.by_index(index).map_err(|error| stop(&error))?;
        let packed = file.compressed_size().max(1);
        let left = self.limits.unpacked_bytes.saturating_sub(self.unpacked);
        let mut bytes = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            // What the directory says of the size is the packer's word; what comes out is counted.
            let read = file.read(&mut chunk).map_err(|_| Stop::Damaged(Damage::Truncated))?;
            if read == 0 {
                break;
            }
            bytes.extend_from_slice(chunk.get(..read).unwrap_or(&[]));
            let size = bytes.len() as u64;
            if size > BOMB_BYTES && size / packed > self.limits.unpack_ratio {
                return Err(Stop::Hostile(Threat::ArchiveBomb));
            }
            if size > left {
                return Err(Stop::OverLimit(Limit::Unpacked));
            }
        }
        self.unpacked += bytes.len() as u64;
        Ok(bytes)
    }
}

/// A name as Office compares names (ISO 29500-2 section 6.3.5): without regard to ASCII case, a leading slash or the kind of slash.
fn key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// Whether by the directory's own figures an archive is a bomb.
pub(crate) fn declared_bomb(entries: &[Entry], limits: &Limits) -> bool {
    let size: u64 = entries.iter().map(|entry| entry.size).fold(0, u64::saturating_add);
    let packed: u64 = entries.iter().map(|entry| entry.packed).fold(0, u64::saturating_add);
    size > BOMB_BYTES && size / packed.max(1) > limits.unpack_ratio
}

/// Whether a name would climb out of a folder, were it used as a path: absolute, with a drive, or with a step up; by either kind of slash.
pub(crate) fn is_unsafe(name: &str) -> bool {
    let name = name.replace('\\', "/");
    name.starts_with('/')
        || name.contains('\0')
        || name.as_bytes().get(1) == Some(&b':')
        || name.split('/').any(|step| step == "..")
}

/// The last step of a name, for show.
pub(crate) fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|character| !character.is_control()).take(200).collect();
    if matches!(clean.as_str(), "." | "..") { String::new() } else { clean }
}

fn stop(error: &ZipError) -> Stop {
    match error {
        // The crate says so of an encrypted entry that is opened without a password.
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => Stop::Encrypted,
        ZipError::InvalidPassword => Stop::Encrypted,
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => Stop::Unsupported,
        ZipError::FileNotFound => Stop::Damaged(Damage::MissingPart),
        _ => Stop::Damaged(Damage::Container),
    }
}

#[cfg(test)]
mod tests {
    use super::{file_name, is_unsafe};

    #[test]
    fn names_that_climb_are_known_by_either_slash() {
        for name in ["../x", "a/../../x", "/etc/passwd", "\\\\server\\share", "C:\\x", "a\\..\\x", "x\0.txt"]
        {
            assert!(is_unsafe(name), "{name}");
        }
        for name in ["word/document.xml", "a..b", "...", "résumé.txt", ""] {
            assert!(!is_unsafe(name), "{name}");
        }
    }

    #[test]
    fn a_name_for_show_has_no_folder() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\temp\\order.docx"), "order.docx");
        assert_eq!(file_name("a/.."), "");
    }
}
