//! Which mailbox is followed and how: server, account, folders, limits, password. Owns the settings and their checking; must
//! not know how they are used.

use std::fmt;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Trouble;

/// One account on one server, and the folders of it that are followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The server's name or address.
    pub host: String,
    /// Its port: 993 for [`Security::Tls`], 143 for [`Security::StartTls`], by custom.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// Who signs in.
    pub user: String,
    /// What is followed, in the order in which it is read.
    pub folders: Vec<Folder>,
}

impl Account {
    /// The server as it is named in messages: `host:port`.
    #[must_use]
    pub fn server(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

/// How the connection is secured. There is no way from a secured one to a plain one: a server that cannot is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum Security {
    /// TLS from the first byte.
    Tls(Trusted),
    /// TLS after a first plain exchange (RFC 3501 section 6.2.1), before anything else is said.
    StartTls(Trusted),
    /// No TLS at all, and only to this machine itself.
    PlainLoopback,
}

/// Whom we take the server for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trusted {
    /// A PEM file with the certificates of the authorities that are trusted, and of no others.
    pub authorities: PathBuf,
    /// The name that the certificate must bear, where it is not the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Security {
    /// TLS from the first byte, trusting the authorities of this file.
    #[must_use]
    pub fn tls(authorities: impl Into<PathBuf>) -> Self {
        Self::Tls(Trusted { authorities: authorities.into(), name: None })
    }

    /// STARTTLS, trusting the authorities of this file.
    #[must_use]
    pub fn start_tls(authorities: impl Into<PathBuf>) -> Self {
        Self::StartTls(Trusted { authorities: authorities.into(), name: None })
    }
}

/// A folder that is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folder {
    /// Its full name as the server shows it to people, such as `INBOX` or `Éléments envoyés`.
    pub name: String,
    /// Whether what lies in it came in or went out.
    pub direction: Direction,
    /// What is done at the server with a message that was registered.
    #[serde(default)]
    pub afterwards: Afterwards,
}

/// Whether messages of a folder came in or went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// They came to the mailbox.
    Incoming,
    /// They were sent from it.
    Outgoing,
}

/// What is done at the server with a message that was registered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Afterwards {
    /// Nothing. The folder is opened so that it cannot be changed.
    #[default]
    Leave,
    /// It is marked as seen.
    MarkSeen,
    /// It is moved to the folder of this name, which must exist.
    MoveTo(String),
}

/// What one poll may take at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of one message. A larger one is named and passed over. The default is what the reader takes.
    pub message_bytes: u64,
    /// Events of one poll, so that a mailbox of years does not keep everything else waiting.
    pub events: usize,
    /// Time for finding the server and agreeing on TLS.
    pub connect: Duration,
    /// Time for one answer of the server, a megabyte of a message at most.
    pub answer: Duration,
    /// Where the server cannot say by itself that mail came: how often it is asked.
    pub ask_every: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: 64 * 1024 * 1024,
            events: 200,
            connect: Duration::from_secs(20),
            answer: Duration::from_secs(60),
            ask_every: Duration::from_secs(60),
        }
    }
}

/// A password. It is shown nowhere, not even for debugging.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A password that the caller already holds.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// Reads it from a file of one line that nobody but its owner may read.
    ///
    /// # Errors
    /// [`Trouble::PasswordFile`] where the file cannot be read, others may read it, or it is no line of text.
    pub fn from_file(file: &Path) -> Result<Self, Trouble> {
        let refused =
            |why: &str| Trouble::PasswordFile { file: file.display().to_string(), why: why.to_owned() };
        let opened = std::fs::File::open(file).map_err(|error| refused(&error.to_string()))?;
        let about = opened.metadata().map_err(|error| refused(&error.to_string()))?;
        if about.permissions().mode() & 0o077 != 0 {
            return Err(refused("others than its owner may read it"));
        }
        let mut words = String::new();
        opened
            .take(4_096)
            .read_to_string(&mut words)
            .map_err(|_| refused("it holds something else than text"))?;
        let line = words.strip_suffix('\n').unwrap_or(&words);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() || line.contains(['\n', '\r', '\0']) {
            return Err(refused("it must hold one line, the password"));
        }
        Ok(Self(line.to_owned()))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(not shown)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_read_from_a_file_that_is_its_owners_alone_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "öpen sesame\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        let told = Password::from_file(&file).unwrap_err().to_string();
        assert!(told.contains("others than its owner"), "{told}");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let password = Password::from_file(&file).unwrap();
        assert_eq!(password.reveal(), "öpen sesame");
        assert!(!format!("{password:?}").contains("sesame"));
        std::fs::write(&file, "two\nlines\n").unwrap();
        assert!(Password::from_file(&file).is_err());
        assert!(Password::from_file(&folder.path().join("absent")).is_err());
    }

    #[test]
    fn an_account_is_data() {
        let account = Account {
            host: "mail.example".into(),
            port: 993,
            security: Security::tls("/etc/authority.pem"),
            user: "registry".into(),
            folders: vec![Folder {
                name: "INBOX".into(),
                direction: Direction::Incoming,
                afterwards: Afterwards::MoveTo("Registered".into()),
            }],
        };
        let words = serde_json::to_string(&account).unwrap();
        assert_eq!(serde_json::from_str::<Account>(&words).unwrap(), account);
        assert!(serde_json::from_str::<Account>(&words.replace("\"user\"", "\"usher\"")).is_err());
    }
}
