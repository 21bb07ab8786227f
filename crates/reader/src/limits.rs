//! The limits under which one file is read. Owns the figures; must not know how they are enforced.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What one reading may cost at most. The defaults fit a desk's documents; an installation may lower or raise them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file itself.
    pub input_bytes: u64,
    /// Bytes of text taken from the file, as UTF-8.
    pub text_bytes: usize,
    /// Bytes that all parts of a container may unpack to, together.
    pub unpacked_bytes: u64,
    /// A part that unpacks to more than ten megabytes and to more than this many times its packed size is a bomb.
    pub unpack_ratio: u64,
    /// Entries of a container.
    pub entries: usize,
    /// Elements within elements of one XML part, groups within groups of one RTF.
    pub depth: usize,
    /// Containers within containers.
    pub nesting: usize,
    /// Parts (attachments) handed back.
    pub parts: usize,
    /// Bytes of all parts handed back.
    pub part_bytes: u64,
    /// Pages of which text is taken.
    pub pages: usize,
    /// Pages of a scan whose words are recognised.
    pub scanned_pages: usize,
    /// Time after which no further page of a scan is begun.
    pub recognising: Duration,
    /// Pages of a scan that are looked at one by one.
    pub leaves: usize,
    /// Time after which no further page of a scan is looked at.
    pub looking: Duration,
    /// Sheets whose tables are handed back.
    pub sheets: usize,
    /// Cells of all tables handed back, the empty ones between others among them.
    pub cells: usize,
    /// Bytes of the child's address space.
    pub memory_bytes: u64,
    /// Seconds of processor time that the child may use.
    pub processor_seconds: u64,
    /// Time after which the parent kills the child.
    pub deadline: Duration,
    /// Bytes of the child's whole answer.
    pub answer_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MEGABYTE: u64 = 1024 * 1024;
        Self {
            input_bytes: 64 * MEGABYTE,
            text_bytes: 16 * 1024 * 1024,
            unpacked_bytes: 512 * MEGABYTE,
            unpack_ratio: 200,
            entries: 10_000,
            depth: 512,
            nesting: 3,
            parts: 1_000,
            part_bytes: 64 * MEGABYTE,
            pages: 5_000,
            scanned_pages: 20,
            recognising: Duration::from_secs(60),
            leaves: 500,
            looking: Duration::from_secs(300),
            sheets: 256,
            cells: 500_000,
            memory_bytes: 1024 * MEGABYTE,
            processor_seconds: 15,
            deadline: Duration::from_secs(20),
            answer_bytes: 160 * MEGABYTE,
        }
    }
}
