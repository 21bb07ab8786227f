//! Owns what a verification says: faults, where they are, and the reports that hold them. Must not know how they are
//! found.

use std::fmt;

use crate::checkpoint::Checkpoint;
use crate::export::{LineFault, Mode};
use crate::header::{Hash, HeaderError};
use crate::note::{NoteError, hex};

/// The most findings that a report lists; the rest are counted.
pub const MAX_FINDINGS: usize = 1_000;

/// The most characters of a rule's own words that a finding keeps.
const MAX_WORDS: usize = 300;

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The line of the entry cannot be read.
    #[error("the line cannot be read: {0}")]
    Line(#[from] LineFault),
    /// The header is not well formed.
    #[error("{0}")]
    Header(#[from] HeaderError),
    /// The header is not the one whose hash was kept beside it.
    #[error("header does not match the hash kept beside it")]
    LeafHash,
    /// The entry belongs to another ledger.
    #[error("entry of another registry, {}", hex(.found))]
    Registry {
        /// The registry that the header names.
        found: [u8; 16],
    },
    /// Entries are missing, repeated or out of order.
    #[error("sequence {found} where {expected} is due")]
    Sequence {
        /// The sequence that follows from the entries before.
        expected: u64,
        /// The sequence in the header.
        found: u64,
    },
    /// The time is earlier than that of the entry before.
    #[error("time {found} is before {previous}, that of the entry before")]
    TimeWentBack {
        /// Microseconds since 1970 of the entry before.
        previous: i64,
        /// Microseconds since 1970 of this entry.
        found: i64,
    },
    /// The payload or its salt was changed.
    #[error("payload does not match its commitment")]
    Commitment,
    /// A rule of the caller's own is broken.
    #[error("{0}")]
    Rule(String),
    /// There are fewer or more entries than were signed for.
    #[error("{found} entries where the checkpoint says {signed}")]
    Size {
        /// The size in the checkpoint.
        signed: u64,
        /// The number of entries.
        found: u64,
    },
    /// The headers are not those that were signed for.
    #[error("the root of the entries is not that of the checkpoint")]
    Root,
    /// Lines that could not be read have no leaf hash, so no root can be had.
    #[error("the root cannot be computed, because lines could not be read")]
    RootUnknown,
    /// The checkpoint is that of another ledger.
    #[error("the checkpoint is of another origin, {found}")]
    Origin {
        /// The origin in the checkpoint.
        found: String,
    },
    /// The ledger has been rewritten since a checkpoint that the verifier holds.
    #[error("not the ledger of the checkpoint held: the root at size {size} is another")]
    Rewritten {
        /// The size of the checkpoint held.
        size: u64,
    },
    /// The ledger ends before a checkpoint that the verifier holds.
    #[error("shorter than the checkpoint held, of size {size}")]
    Shortened {
        /// The size of the checkpoint held.
        size: u64,
    },
    /// The verifier holds a checkpoint of a ledger that is not in the export.
    #[error("no ledger of origin {origin}, of which a checkpoint is held")]
    Missing {
        /// The origin in the checkpoint held.
        origin: String,
    },
    /// The checkpoint is not signed as it should be.
    #[error("{0}")]
    Note(#[from] NoteError),
    /// The registry or the origin has a section already.
    #[error("a second section of the same registry or origin")]
    Repeated,
    /// A number at the end of a section or of the file is not that of what was read.
    #[error("{found} were read where {declared} are declared")]
    Count {
        /// The number in the file.
        declared: u64,
        /// The number read.
        found: u64,
    },
    /// The file can be read no further; nothing after this point was verified.
    #[error("{0}")]
    Unreadable(String),
}

impl Fault {
    /// A rule's own words, cut to a length that a report can bear.
    pub(crate) fn rule(words: String) -> Self {
        match words.char_indices().nth(MAX_WORDS) {
            None => Fault::Rule(words),
            Some((end, _)) => Fault::Rule(format!("{}…", words.get(..end).unwrap_or_default())),
        }
    }
}

/// One fault and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The registry whose ledger it is in; none when it concerns the whole file.
    pub registry: Option<[u8; 16]>,
    /// The entry, by its place in the ledger from 0; none when it concerns the whole ledger.
    pub sequence: Option<u64>,
    /// The line of the export, from 1; none when the entries come from elsewhere.
    pub line: Option<u64>,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.registry {
            None => write!(f, "export")?,
            Some(registry) => write!(f, "ledger {}", hex(&registry))?,
        }
        if let Some(sequence) = self.sequence {
            write!(f, " entry {sequence}")?;
        }
        if let Some(line) = self.line {
            write!(f, " (line {line})")?;
        }
        write!(f, ": {}", self.fault)
    }
}

/// Findings in the order in which they were made: the first [`MAX_FINDINGS`], and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    listed: Vec<Finding>,
    total: u64,
}

impl Findings {
    /// The findings listed, first first.
    #[must_use]
    pub fn listed(&self) -> &[Finding] {
        &self.listed
    }

    /// How many there are, listed or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub(crate) fn add(&mut self, finding: Finding) {
        self.total = self.total.saturating_add(1);
        if self.listed.len() < MAX_FINDINGS {
            self.listed.push(finding);
        }
    }

    pub(crate) fn absorb(&mut self, other: Findings) {
        let unlisted = other.total.saturating_sub(u64::try_from(other.listed.len()).unwrap_or(u64::MAX));
        for finding in other.listed {
            self.add(finding);
        }
        self.total = self.total.saturating_add(unlisted);
    }
}

/// What was found of one ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerReport {
    /// The registry.
    pub registry: [u8; 16],
    /// The origin under which its checkpoints are signed.
    pub origin: String,
    /// The number of entries, readable or not.
    pub entries: u64,
    /// Payloads held against their commitments.
    pub payloads: u64,
    /// Entries whose payload has been erased.
    pub erased: u64,
    /// The root of the entries; none when a line could not be read.
    pub root: Option<Hash>,
    /// The signed checkpoint, when its signature is good; whether the entries match it, the findings say.
    pub checkpoint: Option<Checkpoint>,
    /// The names of the known keys that signed the checkpoint.
    pub signers: Vec<String>,
    /// Checkpoints held by the verifier that lie on the way to this one.
    pub confirmed: u64,
    /// The number of findings.
    pub findings: u64,
}

/// What was found of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whether payloads could be checked.
    pub mode: Mode,
    /// The ledgers, in the order of the file. Whoever relies on the report checks that all that should be there are.
    pub ledgers: Vec<LedgerReport>,
    /// What is wrong, first first.
    pub findings: Findings,
}

impl Report {
    /// Whether nothing was found wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    /// The number of entries of all ledgers.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.ledgers.iter().fold(0, |sum, ledger| sum.saturating_add(ledger.entries))
    }
}
