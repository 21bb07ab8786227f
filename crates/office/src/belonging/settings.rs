//! The settings of the directory whose groups are read (`groups.toml` in the data folder, or another file): where it is, what
//! each of its groups stands for here, and by what its people are known. Owns their reading.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::Duration,
};

use groups::{Name, Security};
use registry::{
    authorisation::{Grant, Role},
    house::House,
};
use serde::Deserialize;

/// The file of settings, in the data folder.
pub const SETTINGS: &str = "groups.toml";
/// Largest file of settings (bytes).
const LARGEST: u64 = 1 << 20;
/// Most groups that stand for something here.
const MANY: usize = 500;
/// How often the directory is read at most, unless somebody asks (minutes).
const OFTEN: u32 = 5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default = "quarter")]
    every_minutes: u32,
    #[serde(default)]
    elsewhere: Vec<String>,
    #[serde(default)]
    issuer: Option<String>,
    server: groups::Server,
    people: groups::People,
    #[serde(default)]
    groups: groups::Groups,
    #[serde(default, rename = "means")]
    meanings: Vec<Setting>,
}

fn quarter() -> u32 {
    15
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    directory: String,
    group: Option<String>,
    role: Option<String>,
}

/// A directory that is watched.
#[derive(Debug, Clone)]
pub struct Watched {
    /// Where and how it is read.
    pub directory: groups::Settings,
    /// How often; none: only when somebody asks.
    pub every: Option<Duration>,
    /// Sign-in names of people who stand in no directory on purpose, in small letters.
    pub elsewhere: BTreeSet<String>,
    /// The provider whose lasting ids are the directory's: people who signed in through it are known by theirs.
    pub issuer: Option<String>,
    /// What its groups stand for.
    pub meanings: Vec<Meaning>,
}

/// What a group of the directory stands for here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Its name there.
    pub directory: String,
    /// What it stands for.
    pub stands_for: StandsFor,
}

/// What a group of the directory may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StandsFor {
    /// A need-to-know group, by its code.
    Group(String),
    /// A role, with the code of its registry where it is one of a registry.
    Role(Role, Option<String>),
}

impl StandsFor {
    /// As it is set: `plans`, `clerk@REG`.
    pub fn words(&self) -> String {
        match self {
            Self::Group(code) => code.clone(),
            Self::Role(role, None) => role.as_str().to_owned(),
            Self::Role(role, Some(code)) => format!("{}@{code}", role.as_str()),
        }
    }

    /// What it is in this house today; none where the house has no such group or registry.
    pub fn grant(&self, house: &House) -> Option<Grant> {
        match self {
            Self::Group(code) => house.group_by_code(code).map(|group| Grant::Membership { group: group.id }),
            Self::Role(role, None) => Some(Grant::Role { role: *role, registry: None }),
            Self::Role(role, Some(code)) => {
                let registry = house.registry_by_code(code)?.id;
                Some(Grant::Role { role: *role, registry: Some(registry) })
            }
        }
    }
}

impl Watched {
    /// The names of the directory's groups, in the order in which they are asked for.
    pub fn asked(&self) -> Vec<String> {
        self.meanings.iter().map(|meaning| meaning.directory.clone()).collect()
    }

    /// Reads the settings from the data folder; none where there is no such file.
    ///
    /// # Errors
    /// What is wrong with them, in words.
    pub fn of_folder(root: &Path) -> Result<Option<Self>, String> {
        let path = root.join(SETTINGS);
        if path.exists() { Self::read(&path).map(Some) } else { Ok(None) }
    }

    /// Reads the settings from a file. Files that they name are beside it.
    ///
    /// # Errors
    /// What is wrong with them, in words.
    pub fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let failed = |error: std::io::Error| format!("{shown} cannot be read: {error}");
        if std::fs::metadata(path).map_err(failed)?.len() > LARGEST {
            return Err(format!("{shown} is larger than a file of settings can be"));
        }
        let text = std::fs::read_to_string(path).map_err(failed)?;
        let file: File = toml::from_str(&text)
            .map_err(|e| format!("{shown} cannot be understood: {}", e.to_string().trim()))?;
        file.checked(path.parent().unwrap_or(Path::new("."))).map_err(|why| format!("{shown}: {why}"))
    }
}

impl File {
    fn checked(self, beside: &Path) -> Result<Watched, String> {
        let Self { every_minutes, elsewhere, issuer, mut server, people, groups, meanings } = self;
        if meanings.is_empty() || meanings.len() > MANY {
            return Err(format!("from one to {MANY} groups must stand for something ([[means]])"));
        }
        let meanings = meanings.into_iter().map(meaning).collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeMap::new();
        for meaning in &meanings {
            let name = Name::read(&meaning.directory)
                .ok_or_else(|| format!("“{}” is no name in a directory", meaning.directory))?;
            if seen.insert((name, meaning.stands_for.words().to_lowercase()), ()).is_some() {
                return Err(format!("{} stands twice for the same", meaning.directory));
            }
        }
        if issuer.is_some() && people.lasting.is_none() {
            return Err("an issuer is set, and no attribute with the lasting id (people.lasting)".to_owned());
        }
        let put = |file: &mut PathBuf| *file = beside.join(&*file);
        put(&mut server.password_file);
        if let Security::Tls(trusted) | Security::StartTls(trusted) = &mut server.security {
            put(&mut trusted.authorities);
        }
        let directory = groups::Settings { server, people, groups };
        directory.check().map_err(|trouble| trouble.to_string())?;
        let minutes = every_minutes.max(OFTEN);
        Ok(Watched {
            directory,
            every: (every_minutes > 0).then(|| Duration::from_secs(u64::from(minutes) * 60)),
            elsewhere: elsewhere.iter().map(|login| login.trim().to_lowercase()).collect(),
            issuer,
            meanings,
        })
    }
}

fn meaning(set: Setting) -> Result<Meaning, String> {
    let Setting { directory, group, role } = set;
    let stands_for = match (group, role) {
        (Some(group), None) => StandsFor::Group(group.trim().to_owned()),
        (None, Some(role)) => {
            let (word, registry) = match role.split_once('@') {
                Some((word, registry)) => (word.trim(), Some(registry.trim().to_owned())),
                None => (role.trim(), None),
            };
            let known = Role::ALL.into_iter().find(|known| known.as_str() == word);
            let known = known.ok_or_else(|| format!("there is no role “{word}”"))?;
            if known.is_of_a_registry() != registry.is_some() {
                return Err(format!(
                    "“{role}”: clerk, controller and assistant name a registry, as clerk@REG; others none"
                ));
            }
            StandsFor::Role(known, registry)
        }
        _ => return Err(format!("{directory} must stand for either a group or a role")),
    };
    Ok(Meaning { directory, stands_for })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        every_minutes = 1
        elsewhere = ["Chief"]
        [server]
        host = "dc.example"
        port = 636
        user = "reader@hq.example"
        password_file = "groups.password"
        security = { kind = "tls", authorities = "authorities.pem" }
        [people]
        base = "ou=people,dc=hq"
        login = "sAMAccountName"
        [[means]]
        directory = "cn=plans,dc=hq"
        group = "plans"
        [[means]]
        directory = "cn=clerks,dc=hq"
        role = "clerk@REG"
        [[means]]
        directory = "cn=inspectors,dc=hq"
        role = "inspector"
    "#;

    fn read(text: &str) -> Result<Watched, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(SETTINGS), text).unwrap();
        Watched::of_folder(folder.path()).map(Option::unwrap)
    }

    #[test]
    fn what_groups_stand_for_is_data() {
        let watched = read(GOOD).unwrap();
        let words: Vec<String> = watched.meanings.iter().map(|m| m.stands_for.words()).collect();
        assert_eq!(words, ["plans", "clerk@REG", "inspector"]);
        assert_eq!(watched.every, Some(Duration::from_secs(300)), "not more often than that");
        assert!(watched.elsewhere.contains("chief"));
        assert!(watched.directory.server.password_file.is_absolute(), "beside the settings");
        assert_eq!(read(&GOOD.replace("every_minutes = 1", "every_minutes = 0")).unwrap().every, None);
        assert!(Watched::of_folder(tempfile::tempdir().unwrap().path()).unwrap().is_none());
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        for (was, is, told) in [
            ("role = \"clerk@REG\"", "role = \"clerk\"", "name a registry"),
            ("role = \"inspector\"", "role = \"king\"", "no role"),
            ("role = \"inspector\"", "", "either a group or a role"),
            ("cn=plans,dc=hq", "plans", "no name in a directory"),
            ("user = \"reader@hq.example\"", "user = \"\"", "is empty"),
            ("[people]", "[people]\nlost = 1", "cannot be understood"),
            ("every_minutes = 1", "issuer = \"https://id.example\"", "lasting"),
            (
                "role = \"inspector\"",
                "role = \"inspector\"\n[[means]]\ndirectory = \"CN=Plans, DC=hq\"\ngroup = \"Plans\"",
                "twice",
            ),
        ] {
            let wrong = read(&GOOD.replace(was, is)).unwrap_err();
            assert!(wrong.contains(told), "{told}: {wrong}");
        }
    }
}
