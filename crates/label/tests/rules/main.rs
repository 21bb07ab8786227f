//! The rules of labels, one module a subject. Owns examples and properties; tests that need the published
//! policies find them beside the repository and say so when they are not there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod admission;
mod decision;
mod equivalents;
mod exchange;
mod highest;
mod hostile;
mod published;
mod shipped;
mod support;
mod validity;
