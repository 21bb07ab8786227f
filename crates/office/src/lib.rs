//! The two doors. In: [`Office::command`]. Out: [`Reading`]. And what follows the ledger: the index.
//!
//! The office joins the pure rules with what is kept; it holds the clock and the random source and gives them to
//! whoever needs them. It must not know HTTP or how a page looks.

pub mod account;
pub mod backup;
pub mod belonging;
pub mod cases;
pub mod clock;
pub mod codes;
pub mod columns;
pub mod compare;
pub mod content;
mod correcting;
pub mod custody;
pub mod demo;
mod destroying;
pub mod door;
pub mod doors;
pub mod drafts;
pub mod failure;
pub mod filing;
pub mod folder;
mod follow;
mod followed;
pub mod handling;
pub mod import;
pub mod intake;
pub mod mail;
pub mod many;
pub mod map;
pub mod numbers;
pub mod office;
pub mod organisation;
pub mod own;
pub mod people;
mod planted;
pub mod proofs;
pub mod quality;
pub mod reading;
pub mod registering;
pub mod relations;
pub mod scans;
pub mod search;
pub mod shipped;
pub mod signin;
pub mod specimen;
pub mod staging;
pub mod stamping;
pub mod synth;
pub mod takeover;
pub mod texts;
pub mod tray;

pub use door::Sender;
pub use failure::Failure;
pub use office::{Held, Office, Opening};
pub use reading::{Reader, Reading};
pub use signin::Session;
