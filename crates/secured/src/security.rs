//! How a line is secured, as it is set.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How the connection is secured. There is no way from a secured one to a plain one: a server that cannot is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum Security {
    /// TLS from the first byte.
    Tls(Trusted),
    /// TLS after a first plain exchange (IMAP: RFC 3501 section 6.2.1; LDAP: RFC 4511 section 4.14), before anything else is
    /// said.
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

    /// TLS after a first plain exchange, trusting the authorities of this file.
    #[must_use]
    pub fn start_tls(authorities: impl Into<PathBuf>) -> Self {
        Self::StartTls(Trusted { authorities: authorities.into(), name: None })
    }
}
