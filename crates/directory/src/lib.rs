//! Sign-in through an organisation's own directory by OpenID Connect (authorisation code with PKCE): whom the provider
//! vouches for, as a login name and groups. It owns the protocol and its checks; it must not know persons, roles, pages or
//! registers. The HTTP client, the time and random bytes are arguments.
//!
//! # The way of a sign-in
//!
//! 1. [`Provider::discover`] asks the provider once what it is; keep it for a while.
//! 2. [`begin`] gives the address to send the browser to, and what to keep for this browser alone ([`Kept`]) in the local
//!    tables, under a cookie that no other browser has.
//! 3. The provider sends the browser back; [`finish`] takes what came with it and what was kept, which is used up whatever
//!    comes of it, and gives an [`Identity`].
//! 4. [`Identity::admit`] asks whether that login name is somebody here. A person that the register does not know is
//!    refused: a directory vouches for names, and only the two security officers make persons.
//!
//! # Why so little underneath
//!
//! Signatures are checked by `ring`, which the TLS library brings already. The finished client brings a second generation
//! of each cryptographic crate, among them one for RSA with an open advisory.

mod address;
mod claims;
mod flow;
mod provider;
mod refusal;
mod token;

pub use claims::Identity;
pub use flow::{Begun, Kept, Returned, begin, begin_anew, finish};
pub use provider::{Http, Method, Provider, Request, Response, Secret, Settings};
pub use refusal::Refusal;
