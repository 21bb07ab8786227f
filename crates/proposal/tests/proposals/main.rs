//! Tests of what is proposed. Own examples by field, hostile texts, and the evaluation on real papers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod dates;
mod fields;
mod frus;
mod hostile;
mod markings;
mod messages;
mod scans;
mod support;
