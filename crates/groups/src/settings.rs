//! Which directory is read and how: server, account, where people and groups stand, limits. Owns the settings and
//! their checking; must not know how they are used.

use std::path::PathBuf;
use std::time::Duration;

use ldap3_proto::proto::LdapFilter;
use serde::Deserialize;

use crate::{Name, Security, Trouble, filter};

/// A directory as it is set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where it is, and who reads it.
    pub server: Server,
    /// How people stand in it.
    pub people: People,
    /// How groups stand in it.
    #[serde(default)]
    pub groups: Groups,
}

/// A server, and the account that reads there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Its name or address.
    pub host: String,
    /// Its port: 636 for [`Security::Tls`], 389 for [`Security::StartTls`], by custom.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Who signs in: the account's own name in the directory, or what Active Directory takes for it (`user@domain`).
    pub user: String,
    /// The file with its password.
    pub password_file: PathBuf,
}

impl Server {
    /// As it is named in messages: `host:port`.
    #[must_use]
    pub fn named(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The way to it.
    pub(crate) fn line(&self, connect: Duration) -> secured::Server<'_> {
        secured::Server { host: &self.host, port: self.port, security: &self.security, connect }
    }
}

/// How people stand in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Under which name they stand.
    pub base: String,
    /// Which entries are people.
    #[serde(default = "person")]
    pub filter: String,
    /// The attribute with the sign-in name: `sAMAccountName`, `userPrincipalName`, `uid`.
    #[serde(default = "uid")]
    pub login: String,
    /// What follows the sign-in name there and is left out here, such as `@hq.example.org`. Who has another ending is not
    /// one of ours.
    #[serde(default)]
    pub ending: String,
    /// The attribute with the name as it is written.
    #[serde(default = "cn")]
    pub name: String,
    /// The attribute with an id that is never given anew: `entryUUID`, `objectGUID`.
    #[serde(default)]
    pub lasting: Option<String>,
    /// How an account that is switched off is known.
    #[serde(default)]
    pub disabled: Option<Disabled>,
}

/// How an account that is switched off is known: by an attribute that is there at all, that has a value, or in whose number
/// a bit is set (Active Directory: `userAccountControl`, 2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disabled {
    /// The attribute.
    pub attribute: String,
    /// The value that it then has.
    #[serde(default)]
    pub value: Option<String>,
    /// The bit that is then set.
    #[serde(default)]
    pub bit: Option<u64>,
}

/// How groups stand in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Groups {
    /// Who says who belongs to a group, and how.
    pub way: Way,
    /// The attribute that says it, where it is not the usual one of the way.
    pub attribute: Option<String>,
    /// Which entries are groups.
    pub filter: String,
    /// Where the groups stand that may be within others, for [`Way::MemberOf`]; where people stand, unless it is set.
    pub base: Option<String>,
    /// How deep groups within groups are followed; 0 follows none. Where more stand within, nothing is read at all.
    pub nested: usize,
}

impl Default for Groups {
    fn default() -> Self {
        let filter = "(|(objectClass=group)(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)\
                      (objectClass=posixGroup))";
        Self { way: Way::Member, attribute: None, filter: filter.into(), base: None, nested: 10 }
    }
}

/// Who says who belongs to a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The group, by its members' names in the directory (`member`).
    #[default]
    Member,
    /// The group, by its members' sign-in names (`memberUid`). Such groups hold no groups.
    Login,
    /// Each member, by the names of its groups (`memberOf`).
    MemberOf,
}

impl Groups {
    /// The attribute that says who belongs to what.
    pub(crate) fn told_by(&self) -> &str {
        self.attribute.as_deref().unwrap_or(match self.way {
            Way::Member => "member",
            Way::Login => "memberUid",
            Way::MemberOf => "memberOf",
        })
    }
}

fn person() -> String {
    "(objectClass=person)".into()
}

fn uid() -> String {
    "uid".into()
}

fn cn() -> String {
    "cn".into()
}

impl Settings {
    /// Whether they can be right at all.
    ///
    /// # Errors
    /// [`Trouble::Settings`] with what is wrong.
    pub fn check(&self) -> Result<(), Trouble> {
        let wrong = |why: String| Err(Trouble::Settings { why });
        if self.server.host.trim().is_empty() || self.server.user.trim().is_empty() {
            // Without a name a server takes any password, and shows what it shows to anybody.
            return wrong("the server's host or the account that reads there is empty".into());
        }
        let people = &self.people;
        let attributes = [&people.login, &people.name];
        let more = people.lasting.iter().chain(people.disabled.as_ref().map(|d| &d.attribute));
        for attribute in attributes.into_iter().chain(more).chain(&self.groups.attribute) {
            if !is_attribute(attribute) {
                return wrong(format!("“{attribute}” is no name of an attribute"));
            }
        }
        if people.disabled.as_ref().is_some_and(|d| d.value.is_some() && d.bit.is_some()) {
            return wrong(
                "an account that is switched off is known by a value or by a bit, not by both".into(),
            );
        }
        for base in std::iter::once(&people.base).chain(&self.groups.base) {
            if Name::read(base).is_none() {
                return wrong(format!("“{base}” is no name in a directory"));
            }
        }
        self.filters().map(|_| ())
    }

    /// The filters of people and groups.
    pub(crate) fn filters(&self) -> Result<(LdapFilter, LdapFilter), Trouble> {
        let read = |of: &str, text: &str| {
            filter(text).map_err(|why| Trouble::Settings { why: format!("the filter of {of}: {why}") })
        };
        Ok((read("people", &self.people.filter)?, read("groups", &self.groups.filter)?))
    }
}

/// A name of an attribute, without options (RFC 4512 section 2.5).
pub(crate) fn is_attribute(text: &str) -> bool {
    text.len() <= 100
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
}

/// What one reading may take at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// People.
    pub people: usize,
    /// Groups, with those within others; and names of members that have to be looked up, being none of the people.
    pub groups: usize,
    /// Entries of a page.
    pub page: u16,
    /// Bytes of all answers.
    pub bytes: u64,
    /// Time for finding the server and agreeing on TLS.
    pub connect: Duration,
    /// Time for one answer.
    pub answer: Duration,
    /// Time for all of it.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            people: 100_000,
            groups: 2_000,
            page: 500,
            bytes: 512 * 1024 * 1024,
            connect: Duration::from_secs(20),
            answer: Duration::from_secs(60),
            whole: Duration::from_secs(600),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(more: &str) -> Settings {
        let text = format!(
            "[server]\nhost = \"dc.example\"\nport = 636\nuser = \"reader@example\"\npassword_file = \"p\"\n\
             security = {{ kind = \"tls\", authorities = \"a.pem\" }}\n[people]\nbase = \"dc=example\"\n{more}"
        );
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn settings_are_data_and_what_cannot_be_right_is_told() {
        assert_eq!(settings("").check(), Ok(()));
        let ad = "login = \"sAMAccountName\"\ndisabled = { attribute = \"userAccountControl\", bit = 2 }\n\
                  lasting = \"objectGUID\"\n[groups]\nway = \"member-of\"\nnested = 3\n";
        assert_eq!(settings(ad).check(), Ok(()));
        assert_eq!(settings(ad).groups.told_by(), "memberOf");
        for wrong in [
            "login = \"uid)(x=\"",
            "filter = \"(uid=\"",
            "disabled = { attribute = \"a\", bit = 2, value = \"x\" }",
            "lasting = \"\"",
            "[groups]\nbase = \"no name\"",
        ] {
            assert!(matches!(settings(wrong).check(), Err(Trouble::Settings { .. })), "{wrong}");
        }
        let mut nobody = settings("");
        nobody.server.user = " ".into();
        assert!(nobody.check().is_err());
    }
}
