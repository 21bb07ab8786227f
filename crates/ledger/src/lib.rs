//! Owns the ledger's published format: entries, the Merkle tree over them, signed checkpoints, the export file, and a
//! verifier that shares nothing with the rest of the product but that format. Must not know tables, files, the clock,
//! randomness, or what a kind of entry means: bytes, times and readers are arguments.
#![doc = include_str!("../../../docs/ledger-format.md")]

mod checkpoint;
mod export;
mod finding;
mod header;
mod note;
mod tree;
mod verify;

pub use checkpoint::{Checkpoint, CheckpointError, MAX_EXTENSIONS, MAX_ORIGIN};
pub use export::{
    Body, ExportError, ExportReader, ExportWriter, LineFault, MAX_LINE, MAX_PAYLOAD, Mode, Record,
    SectionWriter, WriteError,
};
pub use finding::{Fault, Finding, Findings, LedgerReport, MAX_FINDINGS, Report};
pub use header::{Hash, Header, HeaderError, HeaderView, MAGIC, MAX_HEADER, MAX_KIND, SALT_LEN, commitment};
pub use note::{
    KeyError, MAX_NAME, MAX_NOTE, MAX_SIGNATURES, Note, NoteError, NoteSignature, SigningKey, VerifierKey,
};
pub use tree::{
    Frontier, FrontierError, MAX_SIZE, ProofError, RangeError, consistency_proof, consistency_ranges,
    empty_root, inclusion_proof, inclusion_ranges, leaf_hash, node_hash, root_of, verify_consistency,
    verify_inclusion,
};
pub use verify::{MAX_LEDGERS, Rule, Verifier, VerifyOptions, verify_export, verify_export_with};
