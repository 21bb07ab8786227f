//! Sealed files copied from one vault folder to another, as a backup keeps them. They are copied as they are: no key is
//! needed, and none goes with them.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use crate::error::StoreError;

/// What was copied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// How many objects are there now.
    pub objects: u64,
    /// How many of them were not copied, for an earlier copy had them: they are one file with it.
    pub linked: u64,
    /// How many bytes were written.
    pub bytes: u64,
}

/// Copies every object of a vault folder into another one, and tells of them as they go: how many are done, and of how many.
/// Objects that `earlier`, a copy on the same disk, has already become one file with it. Durable when it returns.
///
/// A vault may be written meanwhile: whatever a register named before this began is copied whole, for an object has its name
/// only when it is durable. What was thrown away meanwhile is missing, and its key with it.
pub fn copy(
    from: &Path,
    to: &Path,
    earlier: Option<&Path>,
    mut told: impl FnMut(u64, u64),
) -> Result<Copied, StoreError> {
    fs::create_dir_all(to).map_err(|e| StoreError::file(to.display().to_string(), e))?;
    let shelves = shelves(from)?;
    let total = u64::try_from(shelves.iter().map(|(_, objects)| objects.len()).sum::<usize>()).unwrap_or(0);
    let (mut copied, mut done) = (Copied::default(), 0);
    for (shelf, objects) in shelves {
        let there = to.join(&shelf);
        fs::create_dir_all(&there).map_err(|e| StoreError::file(there.display().to_string(), e))?;
        for object in objects {
            let name = Path::new(&shelf).join(object);
            let one = place(
                &from.join(&name),
                &to.join(&name),
                earlier.map(|folder| folder.join(&name)).as_deref(),
            );
            match one {
                Ok(Placed::Linked) => {
                    copied = Copied { objects: copied.objects + 1, linked: copied.linked + 1, ..copied }
                }
                Ok(Placed::Copied(bytes)) => {
                    copied = Copied { objects: copied.objects + 1, bytes: copied.bytes + bytes, ..copied };
                }
                Err(e) if e.kind() == io::ErrorKind::NotFound && !from.join(&name).exists() => {}
                Err(e) => return Err(StoreError::file(to.join(&name).display().to_string(), e)),
            }
            done += 1;
            told(done, total);
        }
    }
    // One flush for all: a flush for each would take a disk's turn for each.
    let whole = || rustix::fs::syncfs(File::open(to)?).map_err(io::Error::from);
    whole().map_err(|e| StoreError::file(to.display().to_string(), e))?;
    Ok(copied)
}

enum Placed {
    Linked,
    Copied(u64),
}

fn place(from: &Path, to: &Path, earlier: Option<&Path>) -> io::Result<Placed> {
    if let Some(earlier) = earlier
        && fs::metadata(earlier)
            .is_ok_and(|have| fs::metadata(from).is_ok_and(|live| live.len() == have.len()))
        && fs::hard_link(earlier, to).is_ok()
    {
        return Ok(Placed::Linked);
    }
    fs::copy(from, to).map(Placed::Copied)
}

/// The shelves of a vault with the names of what lies on them; what is still being written lies on none.
fn shelves(root: &Path) -> Result<Vec<(String, Vec<String>)>, StoreError> {
    let failed = |e| StoreError::file(root.display().to_string(), e);
    let names = |folder: &Path| -> io::Result<Vec<String>> {
        let all = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut all: Vec<String> = all.collect::<io::Result<_>>()?;
        all.sort();
        Ok(all)
    };
    let shelves = names(root).map_err(failed)?;
    let shelves = shelves.into_iter().filter(|name| name.len() == 2);
    shelves.map(|shelf| names(&root.join(&shelf)).map(|objects| (shelf, objects)).map_err(failed)).collect()
}
