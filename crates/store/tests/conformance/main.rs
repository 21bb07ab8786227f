//! What is kept, proven alike on both engines: values, transactions, locks, the group commit, lists, proofs,
//! durability. Without a PostgreSQL named by the test command, SQLite alone is tried, and that is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod cases;
mod classes;
mod commit;
mod durability;
mod engines;
mod facts;
mod facts_cases;
mod facts_custody;
mod facts_organisation;
mod figures;
mod filing;
mod guards;
mod ledgers;
mod lists;
mod musters;
mod order;
mod organisation;
mod people;
mod proofs;
mod quality;
mod references;
mod reminders;
mod told;
mod values;
