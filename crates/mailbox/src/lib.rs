//! A functional mailbox read over IMAP: speaking to the server, following folders, saying who answers whom. It owns the
//! protocol and what has been read so far; it must not know registers, tables, labels, or what a message says.
//!
//! # The contract
//!
//! [`Mailbox::poll`] hands out what is new, folder by folder, in the order of the server's numbers (UIDs), one event at a
//! time. An event is *settled* by the caller, and only then the [`State`] moves past it:
//!
//! 1. [`Poll::next`] gives an [`Event`].
//! 2. The caller makes what it wants of it durable (registers the bytes) **and** writes [`Poll::state_after`] down, best in
//!    one transaction. Then the message is registered exactly once, whatever crashes when.
//! 3. [`Poll::settle`] moves the state and does what the folder asks for at the server (mark as seen, move).
//!
//! A caller that cannot write both in one transaction registers first and writes the state second. If it dies between the
//! two, the message is handed out again by the next poll: nothing is lost, and the caller recognises it by the SHA-256 of
//! its bytes (a message's own Message-ID is written by its sender, and is a hint only). The same holds where the server
//! renumbers a folder ([`Event::Renumbered`]): everything in it is handed out anew.
//!
//! What could not be done at the server because the connection broke is *owed*: it stands in the state, and the next poll
//! does it first. An event that was not settled holds its folder back for this poll, so that the order stays; the poll goes
//! on with the next folder, and the next poll begins with that event again.
//!
//! Nothing is passed over in silence: a message that is too large, was deleted meanwhile or cannot be read is an event too.
//!
//! # Why this library underneath
//!
//! `imap-codec` parses the protocol's lines, of a bounded size, and is fuzzed by its authors; who speaks and waits is
//! `wire.rs`. The finished clients keep whatever size of answer a server announces in memory.

mod account;
mod backoff;
mod connect;
mod error;
mod follow;
mod names;
mod session;
mod state;
pub mod thread;
mod wire;

pub use account::{Account, Afterwards, Direction, Folder, Limits};
pub use backoff::pause;
pub use error::{Doing, Trouble};
pub use follow::{Arrived, Event, Mailbox, PassedOver, Poll, Settled, Woken};
pub use secured::{Password, Security, Trusted};
pub use state::{Mark, State};
