//! Calendars and deadlines, by examples, by laws, and against another's reckoning.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod days;
mod files;
mod hours;
mod laws;
mod library;
mod recurrence;
mod remind;
mod rules;
mod support;
