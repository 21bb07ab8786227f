//! Registers of old, kept in a workbook, taken over: what the rows of a sheet would become here. Owns the reading of
//! columns and rows and the plan; must not know files, tables of a database, HTTP, clocks, or who asks.
//!
//! # How to read this crate
//!
//! 1. [`Table`] is a sheet as a reader of workbooks gives it. [`Headings`] is the house's data (`house/registers.toml`):
//!    the words by which columns are named, in English and French.
//! 2. [`propose`] says which column is what, in a [`Mapping`] that a person may change.
//! 3. [`plan`] makes a [`Plan`] of table and mapping: for each document what would be registered, its copies and their
//!    holders, the last number of each count, and every [`Problem`] with its row and column. [`Plan::report`] is the dry
//!    run.
//!
//! Nothing is guessed in silence. Every value names the cells from which it comes; a date that could be two, a marking
//! that could be of two policies, a number without its year are problems, and the rule by which one was decided is in
//! the plan. What cannot be read is kept as it was written, or its row is not taken over.
//!
//! Time and memory are bounded by the length of the table; nothing here panics on any table.

mod cell;
mod column;
mod count;
mod number;
mod plan;
mod problem;
mod row;
mod table;

pub use cell::Copies;
pub use column::{Field, Headings, HeadingsError, Mapping, MappingError, propose};
pub use count::{Count, Counting};
pub use number::OldNumber;
pub use plan::{Copy, Plan, Planned, Report, Settings, plan};
pub use problem::{Code, Problem};
pub use proposal::DateOrder;
pub use table::{Cell, Row, Table, letters};
