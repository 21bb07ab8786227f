//! Lines to servers of the organisation, secured as they are set: address, TCP, TLS that trusts the set authorities and no
//! others; and the file with the password. It owns whom we take a server for; it must not know what is said to one.
//!
//! Nothing of ours is said before it is known who listens. Where TLS comes after a first plain exchange, that exchange is the
//! caller's: [`Server::reach`] hands the plain line out, and [`Trust::secure`] goes on.

mod line;
mod password;
mod security;
mod trouble;

pub use line::{Line, Reached, Server, Trust};
pub use password::Password;
pub use security::{Security, Trusted};
pub use trouble::{Trouble, said};
