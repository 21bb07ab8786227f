//! What can go wrong at a directory: what, why, and what to do about it, in words for a log; the codes are for texts in other
//! languages.

use thiserror::Error;

/// What was being done when something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doing {
    /// Finding the server.
    Connecting,
    /// Agreeing on TLS.
    Securing,
    /// Signing in.
    SigningIn,
    /// Reading who is there.
    People,
    /// Reading who belongs to a group.
    Groups,
}

impl Doing {
    /// A stable code for texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Securing => "securing",
            Self::SigningIn => "signing-in",
            Self::People => "people",
            Self::Groups => "groups",
        }
    }
}

impl std::fmt::Display for Doing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Connecting => "connecting",
            Self::Securing => "securing the connection",
            Self::SigningIn => "signing in",
            Self::People => "reading who is there",
            Self::Groups => "reading who belongs to a group",
        })
    }
}

/// What went wrong and why. A reading that met with any of these is no reading: half of a list would look like people who
/// were taken off it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    /// The settings cannot be right.
    #[error("The settings of the directory cannot be used: {why}.")]
    Settings {
        /// Why.
        why: String,
    },
    /// Nobody answers at that address.
    #[error("The directory {server} cannot be reached: {why}.")]
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
    #[error("The certificate of the directory {server} is not trusted: {why}.")]
    NotTrusted {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// The connection cannot be secured.
    #[error("The connection to the directory {server} cannot be secured: {why}.")]
    NotSecured {
        /// The server.
        server: String,
        /// Why.
        why: String,
    },
    /// A plain connection was asked for to another machine.
    #[error(
        "The directory {server} is not this machine, and a plain connection would show the password and the names."
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
    #[error("The directory does not let {user} in: {said}.")]
    LoginRefused {
        /// Who wanted to sign in.
        user: String,
        /// The server's words.
        said: String,
    },
    /// There is nothing under the name at which the search begins.
    #[error("There is no “{base}” in the directory, or the account may not see it.")]
    BaseMissing {
        /// Where the search was to begin.
        base: String,
    },
    /// Nobody was found.
    #[error("The directory shows nobody under “{base}” to whom the filter fits.")]
    Nobody {
        /// Where the search began.
        base: String,
    },
    /// More came than is taken.
    #[error("The directory gives more than {limit} {what}.")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// How many are taken.
        limit: usize,
    },
    /// Groups stand within groups deeper than is followed.
    #[error("In “{group}” groups stand within groups more than {limit} deep.")]
    TooDeep {
        /// The outermost.
        group: String,
        /// How deep they are followed.
        limit: usize,
    },
    /// The server gives only a part.
    #[error("The directory gave only a part while {doing}: {said}.")]
    Part {
        /// What was being done.
        doing: Doing,
        /// The server's words.
        said: String,
    },
    /// The server refused what was asked.
    #[error("The directory refused while {doing}: {said}.")]
    Refused {
        /// What was being done.
        doing: Doing,
        /// The server's words.
        said: String,
    },
    /// The connection broke.
    #[error("The connection to the directory was lost while {doing}.")]
    Lost {
        /// What was being done.
        doing: Doing,
    },
    /// The server does not answer.
    #[error("The directory has not answered within {seconds} seconds while {doing}.")]
    Silent {
        /// What was being done.
        doing: Doing,
        /// How long we waited.
        seconds: u64,
    },
    /// Reading all of it took too long.
    #[error("The directory was not read within {seconds} seconds.")]
    TooLong {
        /// How long we read.
        seconds: u64,
    },
    /// The server says what the protocol does not allow.
    #[error("The directory's answer while {doing} cannot be understood: {why}.")]
    Nonsense {
        /// What was being done.
        doing: Doing,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl Trouble {
    /// A stable code for texts and logs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "groups.settings",
            Self::Unreachable { .. } => "groups.unreachable",
            Self::Authorities { .. } => "groups.authorities",
            Self::NotTrusted { .. } => "groups.not-trusted",
            Self::NotSecured { .. } => "groups.not-secured",
            Self::PlainRefused { .. } => "groups.plain-refused",
            Self::PasswordFile { .. } => "groups.password-file",
            Self::LoginRefused { .. } => "groups.login-refused",
            Self::BaseMissing { .. } => "groups.base-missing",
            Self::Nobody { .. } => "groups.nobody",
            Self::TooMuch { .. } => "groups.too-much",
            Self::TooDeep { .. } => "groups.too-deep",
            Self::Part { .. } => "groups.part",
            Self::Refused { .. } => "groups.refused",
            Self::Lost { .. } => "groups.lost",
            Self::Silent { .. } => "groups.silent",
            Self::TooLong { .. } => "groups.too-long",
            Self::Nonsense { .. } => "groups.nonsense",
        }
    }

    /// What the texts of its code speak of, by name. `doing` is a code of [`Doing`].
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Settings { why } => vec![("why", why.clone())],
            Self::Unreachable { server, why }
            | Self::NotTrusted { server, why }
            | Self::NotSecured { server, why } => vec![("server", server.clone()), ("why", why.clone())],
            Self::Authorities { file, why } | Self::PasswordFile { file, why } => {
                vec![("file", file.clone()), ("why", why.clone())]
            }
            Self::PlainRefused { server } => vec![("server", server.clone())],
            Self::LoginRefused { user, said } => vec![("user", user.clone()), ("said", said.clone())],
            Self::BaseMissing { base } | Self::Nobody { base } => vec![("base", base.clone())],
            Self::TooMuch { what, limit } => {
                vec![("what", (*what).to_owned()), ("limit", limit.to_string())]
            }
            Self::TooDeep { group, limit } => {
                vec![("group", group.clone()), ("limit", limit.to_string())]
            }
            Self::Part { doing, said } | Self::Refused { doing, said } => {
                vec![("doing", doing.code().to_owned()), ("said", said.clone())]
            }
            Self::Lost { doing } => vec![("doing", doing.code().to_owned())],
            Self::Silent { doing, seconds } => {
                vec![("doing", doing.code().to_owned()), ("seconds", seconds.to_string())]
            }
            Self::TooLong { seconds } => vec![("seconds", seconds.to_string())],
            Self::Nonsense { doing, why } => {
                vec![("doing", doing.code().to_owned()), ("why", (*why).to_owned())]
            }
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Settings { .. } => {
                "Mend the settings; what each means stands in the administrators' guide."
            }
            Self::Unreachable { .. } => "Check that the server runs and that name and port are right.",
            Self::Authorities { .. } => {
                "Put the certificate of the authority that signed the server's, in PEM form, into that file."
            }
            Self::NotTrusted { .. } => {
                "Ask who runs the directory which authority signed its certificate and for which name, and set both. Nothing was sent to the server."
            }
            Self::NotSecured { .. } => {
                "Set the way that the server offers (TLS or StartTLS) and its port. No password was sent to the server."
            }
            Self::PlainRefused { .. } => "Use TLS or StartTLS.",
            Self::PasswordFile { .. } => {
                "Write the password into that file, one line, readable by the service's user alone (mode 0600)."
            }
            Self::LoginRefused { .. } => {
                "Check the account's name and password, and that it is neither locked nor expired."
            }
            Self::BaseMissing { .. } => {
                "Set the name of a branch that is there and that the account may read."
            }
            Self::Nobody { .. } => {
                "Check base, filter and the attribute with the sign-in name, and what the account may read. Nobody is taken to have gone."
            }
            Self::TooMuch { .. } => "Set a narrower base or filter.",
            Self::TooDeep { .. } => {
                "Set nested to a greater number, or to 0 if groups within this one are not meant."
            }
            Self::Part { .. } => {
                "Ask who runs the directory to let the account read all, page by page. What came is not used."
            }
            Self::Refused { .. } => "Ask who runs the directory; its words say why.",
            Self::Lost { .. } | Self::Silent { .. } | Self::TooLong { .. } => {
                "It is tried again by itself. What was read before stays until then."
            }
            Self::Nonsense { .. } => {
                "Check that an LDAP server listens at that port, and in the way that is set. If it does, report its name and version."
            }
        }
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
