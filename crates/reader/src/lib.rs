//! What a file says: its kind, its text, some of its metadata. Owns every parser of foreign bytes and the limited child process in which they run. Must not know
//! documents, labels, people, the register, or where the bytes come from.
//!
//! Plain text is read in this process, but its tables ([`Reader::tables`]) are cut apart in the child. Everything else is read by a child ([`child::main`], the binary's hidden subcommand) that has given up new privileges, memory,
//! time, files and system calls before it looks at the first byte. The parent ([`Reader`]) trusts nothing that comes back: it bounds the answer, checks its frame and
//! kills the child's process group at the deadline.
//!
//! ```text
//! bytes -> sniff -> text?  yes: decode here
//!                          no:  memory file -> child (limits, landlock, seccomp) -> frame -> Outcome
//! ```

pub mod child;
mod confine;
mod formats;
mod frame;
mod language;
mod limits;
mod media;
mod outcome;
mod parent;
mod recognise;
pub mod scan;
mod sheets;
pub mod sniff;
pub mod text;
mod turns;

/// The parsers without the child, for fuzzing alone: nothing else may read foreign bytes in its own process.
#[cfg(feature = "bare-parsers")]
pub mod bare {
    use crate::{Limits, MediaType, Outcome, formats};

    /// Reads a file as the child does once it is confined.
    pub fn read(bytes: &[u8], claimed: Option<MediaType>, limits: &Limits, tables: bool) -> Outcome {
        formats::read(bytes, claimed, limits, tables)
    }
}

pub use confine::{Guard, Protection};
pub use language::Language;
pub use limits::Limits;
pub use media::MediaType;
pub use outcome::{Damage, Flag, Limit, Mail, Outcome, Part, Reading, Threat};
pub use parent::{ReadError, Reader};
pub use recognise::{Recogniser, Tool};
pub use sheets::{Row, Sheet};
pub use sniff::{mislabelled, sniff};
