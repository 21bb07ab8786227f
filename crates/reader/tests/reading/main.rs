//! The reader as its callers know it: bytes in, an outcome out, through the real child. One binary for all, so that it links once.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "these are tests, helpers included, and they measure"
)]

mod batches;
mod confinement;
mod corpus;
mod formats;
mod hostile;
mod leaves;
mod scans;
mod speed;
mod stamps;
mod support;
mod tables;
