//! Communities of nations with the dates of their membership: an alliance, a union, a partnership, an
//! operation. Owns who belongs when; must not know labels. Read from the house's data.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// All communities known to the house.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "File", into = "File")]
pub struct Communities {
    all: Vec<Community>,
}

/// A community of nations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Community {
    /// Its name on labels, "EAPC".
    pub name: String,
    /// Its full name in English.
    pub english: String,
    /// Its full name in French.
    pub french: String,
    /// The day whose membership counts.
    pub read: ReadAs,
    /// Who belongs, and when. A nation may be there more than once.
    pub members: Vec<Membership>,
}

/// The day whose membership counts for a release to a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadAs {
    /// Today's: who joins gains what was released before, who leaves loses it. The Alliance is read so.
    Today,
    /// That of the day of release: who joins later gains nothing by it.
    Release,
}

/// A time during which a nation belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The nation, ISO 3166-1 alpha-3.
    pub nation: String,
    /// First day.
    pub from: Date,
    /// Last day, where it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// The form of the file: `[[community]]`, each with its members.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    community: Vec<Community>,
}

impl TryFrom<File> for Communities {
    type Error = String;
    fn try_from(file: File) -> Result<Self, String> {
        let mut names = BTreeSet::new();
        for community in &file.community {
            if !names.insert(community.name.as_str()) {
                return Err(format!("community {:?} is given twice", community.name));
            }
            for member in &community.members {
                let at = || format!("{} of community {:?}", member.nation, community.name);
                if !is_nation(&member.nation) {
                    return Err(format!("{} is not an ISO 3166-1 alpha-3 code", at()));
                }
                if member.until.is_some_and(|until| until < member.from) {
                    return Err(format!("{} ends before it begins", at()));
                }
            }
        }
        Ok(Communities { all: file.community })
    }
}

impl From<Communities> for File {
    fn from(communities: Communities) -> File {
        File { community: communities.all }
    }
}

/// Three capital letters: the form of ISO 3166-1 alpha-3.
pub(crate) fn is_nation(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

impl Communities {
    /// The community of a name.
    pub fn get(&self, name: &str) -> Option<&Community> {
        self.all.iter().find(|community| community.name == name)
    }

    /// All of them, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Community> {
        self.all.iter()
    }
}

impl Community {
    /// True if the nation belongs on that day.
    pub fn includes(&self, nation: &str, on: Date) -> bool {
        self.members.iter().any(|member| {
            member.nation == nation && member.from <= on && member.until.is_none_or(|until| on <= until)
        })
    }

    /// The nations that belong on that day, each once, in the order of their codes.
    pub fn members_on(&self, on: Date) -> Vec<&str> {
        let there = self.members.iter().map(|member| member.nation.as_str());
        let there: BTreeSet<&str> = there.filter(|nation| self.includes(nation, on)).collect();
        there.into_iter().collect()
    }
}
