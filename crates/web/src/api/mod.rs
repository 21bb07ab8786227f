//! The HTTP API: the same two doors for programs. Owns JSON in and out, failures of one form (RFC 9457), idempotency
//! keys, paging by key, entity tags; it must hold no rule of the register. Labels stand in words, never in codes.
//!
//! Every route under `/api/` stands in [`crate::routes::ROUTES`] with its [`Shape`]; the description that programs
//! read ([`openapi`]) is made from that table, so the two can't differ.

pub mod belonging;
pub mod cases;
pub mod comments;
pub mod corrections;
pub mod custody;
pub mod documents;
pub mod figures;
pub mod filing;
pub mod handling;
pub mod house;
pub mod keeping;
pub mod ledgers;
pub mod openapi;
pub mod organisation;
pub mod own;
pub mod people;
pub mod problem;
pub mod quality;
pub mod references;
pub mod register;
pub mod request;
pub mod scans;
pub mod schema;
pub mod search;
pub mod shape;
pub mod sign_in;
pub mod takeover;
pub mod tray;
pub mod view;
pub mod why;

pub use problem::{Problem, speak};
pub use shape::Shape;
