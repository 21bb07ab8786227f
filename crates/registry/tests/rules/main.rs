//! The rules of a registry, each tested where it lives: who may, what is refused and why, what becomes true.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod access;
mod audit;
mod authorisation;
mod books;
mod cases;
mod cases_random;
mod comments;
mod counted;
mod custody;
mod distribution;
mod document;
mod filing;
mod formal;
mod golden;
mod golden_cases;
mod golden_custody;
mod golden_handled;
mod golden_organisation;
mod handling;
mod house;
mod intake;
mod items;
mod loans;
mod muster;
mod organisation;
mod organisation_days;
mod organisation_random;
mod people;
mod references;
mod reminders;
mod series;
mod series_numbers;
mod support;
