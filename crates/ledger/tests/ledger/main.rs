//! Owns the tests of the ledger's published format, seen from outside the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests may fail loudly

mod export;
mod format;
mod help;
mod notes;
mod tree;
mod vectors;
mod verify;
