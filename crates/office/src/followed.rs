//! Files of settings that name what is followed for registries, one entry each: mailboxes, scan folders. Owns how such a file
//! is read, and what every entry of one must have: a name of its own and a registry. What else is set, and how it is followed,
//! is told by who follows it.

use std::{collections::BTreeSet, io::ErrorKind, path::Path};

use registry::{RegistryId, house::House};
use serde::de::DeserializeOwned;

/// Largest file of settings (bytes).
const LARGEST: u64 = 1 << 20;
/// Most entries of one file.
pub(crate) const MANY: usize = 100;

/// One entry of such a file.
pub(crate) trait Setting: Sized {
    /// The whole file.
    type File: DeserializeOwned;
    /// What is followed as it is set.
    type Followed;
    /// The file's name, in the data folder.
    const FILE: &'static str;
    /// What is set, and several of it, in words for the log.
    const WORDS: (&'static str, &'static str);

    /// The entries of a file.
    fn all(file: Self::File) -> Vec<Self>;
    /// What it is called.
    fn name(&self) -> &str;
    /// The code of its registry.
    fn registry(&self) -> &str;
    /// As it is followed; files that it names are beside the settings. Else what is wrong with it, in words.
    fn followed(self, registry: RegistryId, beside: &Path) -> Result<Self::Followed, String>;
}

/// Reads the settings: what can be followed, and what is wrong with the rest, in words for the log. No file: nothing is set.
pub(crate) fn settings<S: Setting>(
    folder: &Path,
    registry: impl Fn(&str) -> Option<RegistryId>,
) -> (Vec<S::Followed>, Vec<String>) {
    let path = folder.join(S::FILE);
    let shown = path.display();
    let all = match read::<S>(&path) {
        Ok(Some(file)) => S::all(file),
        Ok(None) => return (Vec::new(), Vec::new()),
        Err(why) => return (Vec::new(), vec![format!("{shown} {why}.")]),
    };
    let (one, several) = S::WORDS;
    let (mut good, mut wrong, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    if all.len() > MANY {
        wrong.push(format!("{shown} names more than {MANY} {several}; those after them are not followed."));
    }
    for setting in all.into_iter().take(MANY) {
        let name = setting.name().to_owned();
        match checked(folder, setting, &registry, &mut names) {
            Ok(followed) => good.push(followed),
            Err(why) => {
                wrong.push(format!("{shown}: the {one} \u{201c}{name}\u{201d} is not followed: {why}."));
            }
        }
    }
    (good, wrong)
}

/// The file; none: there is no such file. Else what is wrong with it, in words that go on from its name.
fn read<S: Setting>(path: &Path) -> Result<Option<S::File>, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
        Ok(about) if about.len() > LARGEST => {
            return Err("is larger than a file of settings can be".to_owned());
        }
        Ok(_) => {}
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    toml::from_str(&text)
        .map(Some)
        .map_err(|error| format!("cannot be understood: {}", error.to_string().trim()))
}

fn checked<S: Setting>(
    folder: &Path,
    setting: S,
    registry: &impl Fn(&str) -> Option<RegistryId>,
    names: &mut BTreeSet<String>,
) -> Result<S::Followed, String> {
    let name = setting.name();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !(1..=40).contains(&name.len()) || !name.chars().all(plain) {
        return Err("its name must be small letters, digits and hyphens, forty at most".to_owned());
    }
    if !names.insert(name.to_owned()) {
        return Err("another has the same name".to_owned());
    }
    let code = setting.registry();
    let Some(registry) = registry(code) else { return Err(format!("there is no registry {code}")) };
    setting.followed(registry, folder)
}

/// The registries of a house by their codes, as settings name them.
pub(crate) fn by_code(house: &House) -> impl Fn(&str) -> Option<RegistryId> {
    |code| house.registry_by_code(code).map(|registry| registry.id)
}
