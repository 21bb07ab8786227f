//! The API as people would script it. Every answer that passes through here is held against the description.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod books;
mod cases;
mod correcting;
mod custody;
mod description;
mod door;
mod explaining;
mod filing;
mod fits;
mod fresh;
mod given;
mod handling;
mod keeping;
mod many;
mod organisation;
mod own;
mod people;
mod quality;
mod reading;
mod references;
mod refusals;
mod registering;
mod scans;
mod support;
mod takeover;
mod tray;
