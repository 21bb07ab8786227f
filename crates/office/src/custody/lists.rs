//! Distribution lists: to whom a registry gives papers again and again. They are data of the house (`distribution.toml` in the
//! data folder), read when a form asks for them; they give nobody anything, a form is filled from them.

use std::path::Path;

use registry::{Code, RegistryId, custody::book::Purpose, house::Names};
use serde::Deserialize;

use crate::{failure::Failure, reading::Reading};

/// The file, in the data folder.
pub const SETTINGS: &str = "distribution.toml";
/// Largest file (bytes).
const LARGEST: u64 = 1 << 20;
/// Most lists of a file, and most lines of a list.
const MANY: usize = 100;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    list: Vec<List>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// What it is called in forms and addresses.
    pub name: String,
    /// The code of the registry whose it is.
    pub registry: String,
    /// What it is called in both languages.
    pub title: Names,
    /// Whom it names.
    #[serde(default)]
    pub line: Vec<ListLine>,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListLine {
    /// To whom.
    pub to: To,
    /// For what.
    pub purpose: Purpose,
    /// How.
    #[serde(default)]
    pub by: By,
}

/// Whom a line names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum To {
    /// A person of the house, by login.
    Person(String),
    /// A registry of the house, by code.
    Registry(String),
    /// Somebody outside of it, by name.
    Elsewhere(String),
}

/// How a line gives a paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// By a numbered copy.
    #[default]
    Copy,
    /// To be opened here.
    Electronic,
}

/// The lists of a data folder; none where there is no file. Else what is wrong with it, in words for the log.
pub fn lists(folder: &Path) -> Result<Vec<List>, String> {
    let path = folder.join(SETTINGS);
    match std::fs::metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("{SETTINGS} cannot be read: {error}")),
        Ok(about) if about.len() > LARGEST => return Err(format!("{SETTINGS} is too large")),
        Ok(_) => {}
    }
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{SETTINGS} cannot be read: {e}"))?;
    read(&text)
}

/// The lists of a file's text.
pub fn read(text: &str) -> Result<Vec<List>, String> {
    let file: File = toml::from_str(text)
        .map_err(|e| format!("{SETTINGS} cannot be understood: {}", e.to_string().trim()))?;
    if file.list.len() > MANY || file.list.iter().any(|list| list.line.len() > MANY) {
        return Err(format!("{SETTINGS} has more than {MANY} lists, or a list has more lines"));
    }
    Ok(file.list)
}

impl Reading {
    /// The distribution lists of a registry, for its staff. A file that cannot be read is none, and says so in the log.
    pub fn lists_of(&self, registry: RegistryId) -> Result<Vec<List>, Failure> {
        self.keeps(registry)?;
        let code = &self.house.registry(registry).ok_or(Code::NotFound)?.code;
        let all = lists(self.office().folder().root()).unwrap_or_else(|wrong| {
            tracing::warn!("{wrong}");
            Vec::new()
        });
        Ok(all.into_iter().filter(|list| list.registry == *code).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{By, To, read};
    use crate::shipped::DEMO_LISTS;

    #[test]
    fn the_lists_of_the_demo_are_read_and_odd_ones_are_not() {
        let lists = read(DEMO_LISTS).unwrap();
        assert_eq!(lists.iter().map(|list| list.name.as_str()).collect::<Vec<_>>(), ["staff", "logistics"]);
        let line = &lists[0].line[2];
        assert_eq!(line.by, By::Copy);
        assert!(matches!(&line.to, To::Elsewhere(name) if name.starts_with("Sub-registry")));
        for odd in ["[[list]]\nname = \"a\"", "[[line]]", "list = 3"] {
            assert!(read(odd).unwrap_err().starts_with("distribution.toml"), "{odd}");
        }
    }
}
