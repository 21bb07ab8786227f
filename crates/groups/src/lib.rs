//! Who belongs to which group of an organisation's directory, read over LDAP. It owns the protocol and its bounds; it must
//! not know persons, roles, registers, tables, clock or randomness. What is made of a group is decided elsewhere, by people.
//!
//! # The contract
//!
//! [`read`] gives a whole [`Picture`] or a [`Trouble`], never a part: whoever is missing in half a list would look like
//! somebody who was taken off it. Pages are asked for (RFC 2696), so that a server's bound on one answer is none on the
//! list; a server that gives less than all says so, and that is trouble. Groups within groups are followed to a bounded
//! depth. Everything that comes in is bounded, in bytes, in number and in time.
//!
//! # Why this library underneath
//!
//! `ldap3_proto` makes messages of bytes, bounded in size and depth, and gives an error where it cannot; who connects, waits
//! and asks for the next page is here. The finished client (`ldap3`) keeps whatever size of answer a server announces in
//! memory, and ends its task by a panic on many a malformed one. A filter is a value and not text, so what stands in a
//! name cannot become a part of it; text is read (RFC 4515) only for the filters that are set.

mod connect;
mod entry;
mod filter;
mod name;
mod read;
mod settings;
mod trouble;
mod wire;

use filter::filter;

pub use entry::Account;
pub use name::Name;
pub use read::{Group, Picture, read};
pub use secured::{Password, Security, Trusted};
pub use settings::{Disabled, Groups, Limits, People, Server, Settings, Way};
pub use trouble::{Doing, Trouble};
