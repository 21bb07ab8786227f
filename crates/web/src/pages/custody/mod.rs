//! Numbered copies: where each is, who answers for it, and what is done with it. Every page of it reads through the office's
//! custody, which shows lists to the staff of a registry and to everybody what he himself has.

pub mod act;
pub mod books;
pub mod common;
pub mod containers;
pub mod copies;
pub mod copy;
pub mod destruction;
pub mod distribute;
pub mod emergency;
pub mod holdings;
pub mod home;
pub mod incidents;
pub mod lists;
pub mod musters;
pub mod paper;
pub mod receipts;
pub mod told;
pub mod unlogged;

/// Where the staff begins.
pub const PATH: &str = "/custody";
/// Where everybody finds what he himself has.
pub const HOLDINGS: &str = "/holdings";
