//! What the vault asks of a disk, and what it may believe: bytes stay when their file is flushed, a name when its folder is.
//! The tests have a disk that forgets all else.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

/// A disk.
pub(super) trait Disk: Send + Sync {
    /// Makes the bytes of a file durable.
    fn flush(&self, file: &File, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder durable.
    fn flush_folder(&self, folder: &Path) -> io::Result<()>;
    /// Gives a file another name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a folder.
    fn make(&self, folder: &Path) -> io::Result<()>;
}

/// The machine's own.
pub(super) struct Machine;

impl Disk for Machine {
    fn flush(&self, file: &File, _: &Path) -> io::Result<()> {
        file.sync_data()
    }
    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }
    fn make(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }
}
