//! Which mailbox is followed and how: server, account, folders, limits. Owns the settings and their checking; must
//! not know how they are used.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Security;

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

    /// The way to it.
    pub(crate) fn line(&self, connect: Duration) -> secured::Server<'_> {
        secured::Server { host: &self.host, port: self.port, security: &self.security, connect }
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

#[cfg(test)]
mod tests {
    use super::*;

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
