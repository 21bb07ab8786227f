//! What can go wrong before anything is said to a server. Those who speak to one have words and remedies of their own for each.

use thiserror::Error;

/// What went wrong and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    /// Nobody answers at that address.
    #[error("The server {server} cannot be reached: {why}.")]
    Unreachable {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// The file of authorities cannot be used.
    #[error("The file of trusted authorities {file} cannot be used: {why}.")]
    Authorities {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// The server's certificate is not one that we trust.
    #[error("The certificate of the server {server} is not trusted: {why}.")]
    NotTrusted {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// The connection cannot be secured.
    #[error("The connection to the server {server} cannot be secured: {why}.")]
    NotSecured {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// A plain connection was asked for to another machine.
    #[error("The server {server} is not this machine, and a plain connection would show what is said.")]
    PlainRefused {
        /// The server.
        server: String,
    },
    /// The connection broke while it was being secured.
    #[error("The connection to the server was lost.")]
    Lost,
    /// The server did not answer while the connection was being secured.
    #[error("The server has not answered within {seconds} seconds.")]
    Silent {
        /// How long we waited.
        seconds: u64,
    },
    /// The password cannot be read.
    #[error("The password file {file} cannot be used: {why}.")]
    PasswordFile {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
}

/// What a server said, fit for a log: one line, no control characters, not long.
#[must_use]
pub fn said(words: &str) -> String {
    let clean: String = words.chars().filter(|letter| !letter.is_control()).take(200).collect();
    let clean = clean.trim().trim_end_matches('.');
    if clean.is_empty() { "without a reason".into() } else { clean.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_one_short_line() {
        assert_eq!(said("go\r\n away\u{1b}[31m."), "go away[31m");
        assert_eq!(said(""), "without a reason");
        assert_eq!(said(&"x".repeat(10_000)).len(), 200);
    }
}
