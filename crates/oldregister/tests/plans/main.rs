//! Tests of taking over old registers: what columns are proposed, what rows become, what is said against them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod columns;
mod hostile;
mod rows;
mod support;
