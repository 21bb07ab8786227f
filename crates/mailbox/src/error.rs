//! What can go wrong with a mailbox: what, why, and what to do about it, in words for a log; the codes are for texts in
//! other languages.

use thiserror::Error;

/// What was being done when something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doing {
    /// Finding the server and hearing its greeting.
    Connecting,
    /// Agreeing on TLS.
    Securing,
    /// Signing in.
    SigningIn,
    /// Listing the folders.
    Listing,
    /// Opening a folder.
    Opening,
    /// Looking for new messages.
    Searching,
    /// Reading a message.
    Reading,
    /// Marking a registered message as seen.
    Marking,
    /// Moving a registered message.
    Moving,
    /// Waiting for new mail.
    Waiting,
}

impl std::fmt::Display for Doing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Connecting => "connecting",
            Self::Securing => "securing the connection",
            Self::SigningIn => "signing in",
            Self::Listing => "listing the folders",
            Self::Opening => "opening a folder",
            Self::Searching => "looking for new messages",
            Self::Reading => "reading a message",
            Self::Marking => "marking a message as seen",
            Self::Moving => "moving a message",
            Self::Waiting => "waiting for new mail",
        })
    }
}

/// What went wrong and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    /// Nobody answers at that address.
    #[error("The mail server {server} cannot be reached: {why}.")]
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
    #[error("The certificate of the mail server {server} is not trusted: {why}.")]
    NotTrusted {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// The connection cannot be secured.
    #[error("The connection to the mail server {server} cannot be secured: {why}.")]
    NotSecured {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// A plain connection was asked for to another machine.
    #[error(
        "The mail server {server} is not this machine, and a plain connection would show the password and the mail."
    )]
    PlainRefused {
        /// The server.
        server: String,
    },
    /// The password cannot be read.
    #[error("The password file {file} cannot be used: {why}.")]
    PasswordFile {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// Name and password were not taken.
    #[error("The mail server does not let {user} in: {said}.")]
    LoginRefused {
        /// Who wanted to sign in.
        user: String,
        /// The server's words.
        said: String,
    },
    /// The server takes no password.
    #[error("The mail server offers no way to sign in with a password.")]
    LoginImpossible,
    /// There is no such folder.
    #[error("There is no folder “{folder}” in the mailbox ({said}). There are: {there_are}.")]
    FolderMissing {
        /// The folder.
        folder: String,
        /// The server's words.
        said: String,
        /// The folders that are there, the first of them.
        there_are: String,
    },
    /// The folder's messages have no lasting numbers.
    #[error("The mail server gives the messages of the folder “{folder}” no lasting numbers.")]
    Unfollowable {
        /// The folder.
        folder: String,
    },
    /// Too many registered messages wait for what the folder asks for.
    #[error("In the folder “{folder}” {count} registered messages could not be marked or moved.")]
    TooMuchOwed {
        /// The folder.
        folder: String,
        /// How many.
        count: usize,
    },
    /// The server refused what was asked.
    #[error("The mail server refused while {doing}: {said}.")]
    Refused {
        /// What was being done.
        doing: Doing,
        /// The server's words.
        said: String,
    },
    /// The server ended the conversation.
    #[error("The mail server ended the conversation while {doing}: {said}.")]
    Ended {
        /// What was being done.
        doing: Doing,
        /// The server's words.
        said: String,
    },
    /// The connection broke.
    #[error("The connection to the mail server was lost while {doing}.")]
    Lost {
        /// What was being done.
        doing: Doing,
    },
    /// The server does not answer.
    #[error("The mail server has not answered within {seconds} seconds while {doing}.")]
    Silent {
        /// What was being done.
        doing: Doing,
        /// How long we waited.
        seconds: u64,
    },
    /// The server says what the protocol does not allow.
    #[error("The mail server's answer while {doing} cannot be understood: {why}.")]
    Nonsense {
        /// What was being done.
        doing: Doing,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl Doing {
    /// A stable code for texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Securing => "securing",
            Self::SigningIn => "signing-in",
            Self::Listing => "listing",
            Self::Opening => "opening",
            Self::Searching => "searching",
            Self::Reading => "reading",
            Self::Marking => "marking",
            Self::Moving => "moving",
            Self::Waiting => "waiting",
        }
    }
}

impl Trouble {
    /// What the texts of its code speak of, by name. `doing` is a code of [`Doing`].
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreachable { server, why }
            | Self::NotTrusted { server, why }
            | Self::NotSecured { server, why } => vec![("server", server.clone()), ("why", why.clone())],
            Self::Authorities { file, why } | Self::PasswordFile { file, why } => {
                vec![("file", file.clone()), ("why", why.clone())]
            }
            Self::PlainRefused { server } => vec![("server", server.clone())],
            Self::LoginRefused { user, said } => vec![("user", user.clone()), ("said", said.clone())],
            Self::LoginImpossible => Vec::new(),
            Self::FolderMissing { folder, said, there_are } => {
                vec![("folder", folder.clone()), ("said", said.clone()), ("there", there_are.clone())]
            }
            Self::Unfollowable { folder } => vec![("folder", folder.clone())],
            Self::TooMuchOwed { folder, count } => {
                vec![("folder", folder.clone()), ("count", count.to_string())]
            }
            Self::Refused { doing, said } | Self::Ended { doing, said } => {
                vec![("doing", doing.code().to_owned()), ("said", said.clone())]
            }
            Self::Lost { doing } => vec![("doing", doing.code().to_owned())],
            Self::Silent { doing, seconds } => {
                vec![("doing", doing.code().to_owned()), ("seconds", seconds.to_string())]
            }
            Self::Nonsense { doing, why } => {
                vec![("doing", doing.code().to_owned()), ("why", (*why).to_owned())]
            }
        }
    }

    /// A stable code for texts, logs and the API.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "mailbox.unreachable",
            Self::Authorities { .. } => "mailbox.authorities",
            Self::NotTrusted { .. } => "mailbox.not-trusted",
            Self::NotSecured { .. } => "mailbox.not-secured",
            Self::PlainRefused { .. } => "mailbox.plain-refused",
            Self::PasswordFile { .. } => "mailbox.password-file",
            Self::LoginRefused { .. } => "mailbox.login-refused",
            Self::LoginImpossible => "mailbox.login-impossible",
            Self::FolderMissing { .. } => "mailbox.folder-missing",
            Self::Unfollowable { .. } => "mailbox.unfollowable",
            Self::TooMuchOwed { .. } => "mailbox.too-much-owed",
            Self::Refused { .. } => "mailbox.refused",
            Self::Ended { .. } => "mailbox.ended",
            Self::Lost { .. } => "mailbox.lost",
            Self::Silent { .. } => "mailbox.silent",
            Self::Nonsense { .. } => "mailbox.nonsense",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => {
                "Check that the server runs and that name and port are right. It is tried again by itself."
            }
            Self::Authorities { .. } => {
                "Put the certificate of the authority that signed the server's, in PEM form, into that file."
            }
            Self::NotTrusted { .. } => {
                "Ask who runs the server which authority signed its certificate and for which name, and set both. Nothing was sent to the server."
            }
            Self::NotSecured { .. } => {
                "Set the way that the server offers (TLS or STARTTLS) and its port. Nothing was sent to the server."
            }
            Self::PlainRefused { .. } => "Use TLS or STARTTLS.",
            Self::PasswordFile { .. } => {
                "Write the password into that file, one line, readable by the service's user alone (mode 0600)."
            }
            Self::LoginRefused { .. } => {
                "Check the name and the password, and that the account may use IMAP. It is tried again only rarely, so that the account is not locked."
            }
            Self::LoginImpossible => {
                "Ask who runs the server to allow PLAIN or LOGIN over TLS for this account."
            }
            Self::FolderMissing { .. } => {
                "Set one of the folders that are there, or make the folder in the mailbox."
            }
            Self::Unfollowable { .. } => "Follow another folder, or ask who runs the server.",
            Self::TooMuchOwed { .. } => {
                "Give the account the right to change this folder, or set that messages are left as they are."
            }
            Self::Refused { .. } => {
                "Ask who runs the server; its words say why. It is tried again by itself."
            }
            Self::Ended { .. } | Self::Lost { .. } | Self::Silent { .. } => {
                "Nothing: what was registered stays, and the rest is read when the server is back."
            }
            Self::Nonsense { .. } => {
                "Check that an IMAP server listens at that port. If it does, report its name and version."
            }
        }
    }

    /// Whether only a person can mend it, so that trying again soon is of no use.
    #[must_use]
    pub const fn is_lasting(&self) -> bool {
        matches!(
            self,
            Self::Authorities { .. }
                | Self::NotTrusted { .. }
                | Self::NotSecured { .. }
                | Self::PlainRefused { .. }
                | Self::PasswordFile { .. }
                | Self::LoginRefused { .. }
                | Self::LoginImpossible
                | Self::FolderMissing { .. }
                | Self::Unfollowable { .. }
                | Self::TooMuchOwed { .. }
        )
    }

    /// Whether the connection is of no use any more.
    #[must_use]
    pub const fn ends_connection(&self) -> bool {
        !matches!(
            self,
            Self::FolderMissing { .. }
                | Self::Unfollowable { .. }
                | Self::TooMuchOwed { .. }
                | Self::Refused { .. }
        )
    }
}

impl From<secured::Trouble> for Trouble {
    fn from(trouble: secured::Trouble) -> Self {
        match trouble {
            secured::Trouble::Unreachable { server, why } => Self::Unreachable { server, why },
            secured::Trouble::Authorities { file, why } => Self::Authorities { file, why },
            secured::Trouble::NotTrusted { server, why } => Self::NotTrusted { server, why },
            secured::Trouble::NotSecured { server, why } => Self::NotSecured { server, why },
            secured::Trouble::PlainRefused { server } => Self::PlainRefused { server },
            secured::Trouble::Lost => Self::Lost { doing: Doing::Securing },
            secured::Trouble::Silent { seconds } => Self::Silent { doing: Doing::Securing, seconds },
            secured::Trouble::PasswordFile { file, why } => Self::PasswordFile { file, why },
        }
    }
}
