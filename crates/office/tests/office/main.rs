//! The office from its two doors: what is commanded becomes true, is seen under clearance, and can be rebuilt.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod correcting;
mod engines;
mod filing;
mod handled;
mod importing;
mod importing_bad;
mod passkeys;
mod people;
mod registering;
mod takeover;
