//! Why a sign-in through the directory is refused: what, why and what to do, in words for a log; the codes are for texts.

use thiserror::Error;

/// Why a sign-in was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The settings cannot be right.
    #[error("The directory's settings cannot be used: {0}.")]
    Settings(&'static str),
    /// The provider does not answer.
    #[error("The directory {issuer} does not answer: {why}.")]
    Gone {
        /// The provider.
        issuer: String,
        /// Why.
        why: String,
    },
    /// The provider answers what the protocol does not allow.
    #[error("The directory's answer cannot be used: {0}.")]
    Nonsense(&'static str),
    /// The provider does not take our client id or secret.
    #[error("The directory does not know this installation ({said}).")]
    ClientRefused {
        /// The provider's word.
        said: String,
    },
    /// The provider does not take the code: used before, too old, or not ours.
    #[error("The directory does not take back its own code ({said}).")]
    CodeRefused {
        /// The provider's word.
        said: String,
    },
    /// The provider, or the person at it, said no.
    #[error("The directory did not sign you in ({said}).")]
    Declined {
        /// The provider's word.
        said: String,
    },
    /// What came back does not belong to a sign-in that this browser began.
    #[error("This sign-in was not begun in this browser.")]
    WrongState,
    /// The answer comes from another provider than was asked.
    #[error("The answer comes from another directory than was asked.")]
    WrongIssuer,
    /// More time passed than a sign-in may take.
    #[error("The sign-in took too long.")]
    TooLate,
    /// The identity was made for another sign-in.
    #[error("The directory's word was given for another sign-in.")]
    WrongNonce,
    /// The identity was made for another client.
    #[error("The directory's word was given to another program.")]
    WrongAudience,
    /// The identity is not valid any more, or not yet.
    #[error("The directory's word has expired, or the clocks differ.")]
    Expired,
    /// The signature is not the provider's.
    #[error("The directory's word is not signed by the directory.")]
    WrongSignature,
    /// The person should have proven anew who he is, and the provider does not say that he did.
    #[error("The directory did not ask anew who you are.")]
    NotAnew,
    /// The claim that should name the person is not there.
    #[error("The directory says no login name (claim “{claim}”).")]
    NoLogin {
        /// The claim that was looked for.
        claim: String,
    },
    /// Nobody here has that login name.
    #[error("The directory vouches for {login}, who is no person of this installation.")]
    Unknown {
        /// The login name.
        login: String,
    },
}

impl Refusal {
    /// A stable code for texts, logs and the API.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Settings(_) => "directory.settings",
            Self::Gone { .. } => "directory.gone",
            Self::Nonsense(_) => "directory.nonsense",
            Self::ClientRefused { .. } => "directory.client-refused",
            Self::CodeRefused { .. } => "directory.code-refused",
            Self::Declined { .. } => "directory.declined",
            Self::WrongState => "directory.wrong-state",
            Self::WrongIssuer => "directory.wrong-issuer",
            Self::TooLate => "directory.too-late",
            Self::WrongNonce => "directory.wrong-nonce",
            Self::WrongAudience => "directory.wrong-audience",
            Self::Expired => "directory.expired",
            Self::WrongSignature => "directory.wrong-signature",
            Self::NotAnew => "directory.not-anew",
            Self::NoLogin { .. } => "directory.no-login",
            Self::Unknown { .. } => "directory.unknown",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Settings(_) | Self::ClientRefused { .. } => {
                "An administrator checks issuer, client id, secret and return address, here and at the directory."
            }
            Self::Gone { .. } => "Try again in a moment, or sign in with your password here.",
            Self::Nonsense(_) | Self::WrongIssuer | Self::WrongAudience | Self::WrongSignature => {
                "Do not try again; tell the security officer. An administrator compares issuer and client id with the directory's own."
            }
            Self::Expired => {
                "Begin the sign-in anew. If it happens again, an administrator compares the clocks."
            }
            Self::CodeRefused { .. } | Self::WrongState | Self::WrongNonce | Self::TooLate => {
                "Begin the sign-in anew, in one window, and do not go back in it."
            }
            Self::Declined { .. } => "Begin the sign-in anew, or ask who runs the directory.",
            Self::NotAnew => {
                "Begin the sign-in anew. If it happens again, an administrator looks whether the directory heeds “prompt” and “max_age”."
            }
            Self::NoLogin { .. } => {
                "An administrator sets the claim that holds the login name, or has the directory give it."
            }
            Self::Unknown { .. } => "Ask a security officer to propose you as a person of this installation.",
        }
    }
}

/// A word of the provider, fit for a log.
pub(crate) fn said(word: &str) -> String {
    let clean: String = word.chars().filter(|letter| !letter.is_control()).take(100).collect();
    if clean.is_empty() { "without a reason".into() } else { clean }
}
