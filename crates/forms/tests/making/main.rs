//! Forms made from the templates that ship: every one in both languages, of much data, of hostile data, and of templates
//! that are wrong or reach for what they may not have. The PDFs stay in the build's folder for temporary files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod bounds;
mod codes;
mod hostile;
mod outside;
mod samples;
mod shipped;
mod support;
