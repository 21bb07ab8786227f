//! Procedures: what is shipped, what is refused, what runs.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod across;
mod faults;
mod own;
mod reading;
mod shipped;

use std::path::PathBuf;

/// The files that are shipped, each with its name.
pub fn shipped() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../house/procedures");
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    all.sort();
    all
}

/// The same as the loader takes it.
pub fn pairs(files: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
}

/// Noon of a Monday.
pub fn now() -> procedure::Now {
    procedure::Now { at: "2026-11-23T11:00:00Z".parse().unwrap(), day: "2026-11-23".parse().unwrap() }
}
