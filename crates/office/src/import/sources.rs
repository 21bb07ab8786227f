//! Where an import's items come from: the files of a folder, or a manifest read through its map. Knows no vault and
//! no ledger; an item that can't be understood is an item that failed, with its reason.

use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use label::Label;
use registry::{
    CommandId, RegistryId,
    document::{Direction, Register},
    house::House,
    id::Digest,
};
use store::StoreError;

use crate::{
    failure::Failure,
    map::{Map, Mapped},
};

/// One item before it is sealed.
pub(super) struct Waiting {
    /// As the report names it.
    pub(super) identifier: String,
    /// Under which it is registered once, however often it is imported.
    pub(super) command: CommandId,
    /// Where its content lies.
    pub(super) file: Option<PathBuf>,
    /// What is asked, or why that could not be understood.
    pub(super) document: Result<Register, String>,
    /// The files in which it stands, from general to specific, by name.
    pub(super) path: Vec<String>,
}

pub(super) fn command_id(space: &str, identifier: &str) -> CommandId {
    let digest = Digest::of(format!("import\n{space}\n{identifier}").as_bytes());
    let mut id = [0; 16];
    id.iter_mut().zip(digest.0).for_each(|(to, from)| *to = from);
    CommandId::new(id)
}

pub(super) fn folder_items(
    path: &Path,
    label: Option<&Label>,
    registry: RegistryId,
) -> Result<Vec<Waiting>, Failure> {
    let mut files = Vec::new();
    gather(path, &mut files, 0)?;
    files.sort();
    Ok(files
        .into_iter()
        .map(|file| {
            let relative = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned();
            let identifier = if relative.is_empty() { file.to_string_lossy().into_owned() } else { relative };
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let mail = name.to_lowercase().ends_with(".eml");
            Waiting {
                command: command_id(&format!("{registry} folder"), &identifier),
                document: Ok(Register {
                    label: label.cloned(),
                    ..Register::plain(Direction::Incoming, if mail { "e-mail" } else { "document" }, "")
                }),
                path: Vec::new(),
                identifier,
                file: Some(file),
            }
        })
        .collect())
}

/// Files below a folder, to a depth that no honest tree exceeds; links are not followed.
fn gather(path: &Path, files: &mut Vec<PathBuf>, depth: usize) -> Result<(), StoreError> {
    let failed = |e| StoreError::file(path.display().to_string(), e);
    let kind = std::fs::symlink_metadata(path).map_err(failed)?;
    if kind.is_file() {
        files.push(path.to_owned());
    } else if kind.is_dir() && depth < 64 {
        for entry in std::fs::read_dir(path).map_err(failed)? {
            gather(&entry.map_err(failed)?.path(), files, depth + 1)?;
        }
    }
    Ok(())
}

pub(super) fn manifest_items(
    manifest: &Path,
    root: &Path,
    map: &Map,
    house: &Arc<House>,
    space: &str,
) -> Result<Vec<Waiting>, Failure> {
    let text =
        std::fs::read_to_string(manifest).map_err(|e| StoreError::file(manifest.display().to_string(), e))?;
    let items = map.format.items(&text).map_err(StoreError::damaged)?;
    Ok((1_u64..)
        .zip(items)
        .map(|(line, item)| {
            let fallback = format!("item {line}");
            let item = match item {
                Ok(item) => item,
                Err(why) => {
                    return Waiting {
                        command: command_id(space, &fallback),
                        identifier: fallback,
                        file: None,
                        document: Err(why),
                        path: Vec::new(),
                    };
                }
            };
            let identifier = map.identifier(&item).unwrap_or(fallback);
            let command = command_id(space, &identifier);
            let mapped =
                map.apply(&item, &house.policies).and_then(|Mapped { file, document, path, .. }| {
                    let file = file.map(|file| below(root, &file)).transpose()?;
                    Ok((file, document, path))
                });
            match mapped {
                Ok((file, document, path)) => {
                    Waiting { identifier, command, file, document: Ok(document), path }
                }
                Err(why) => Waiting { identifier, command, file: None, document: Err(why), path: Vec::new() },
            }
        })
        .collect())
}

/// A path below the manifest's folder, never above it.
fn below(root: &Path, file: &str) -> Result<PathBuf, String> {
    let path = Path::new(file);
    if path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
        Ok(root.join(path))
    } else {
        Err(format!("path {file} leaves the folder of the manifest"))
    }
}
