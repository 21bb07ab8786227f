//! The pages as a browser without script meets them: signed in by the form, followed by links, sent by forms.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod belonging;
mod books;
mod browser;
mod cards;
mod copies;
mod correcting;
mod directory;
mod distribution;
mod documents;
mod doors;
mod explaining;
mod exports;
mod filing;
mod formal;
mod fresh;
mod handling;
mod house;
mod loans;
mod many;
mod musters;
mod own;
mod papers;
mod people;
mod quality;
mod reading_off;
mod receipts;
mod references;
mod registering;
mod searching;
mod specimens;
mod switch;
mod takeover;
mod tray;
