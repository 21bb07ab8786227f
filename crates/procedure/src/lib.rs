//! Procedures as data. Owns the language in which an office's procedures are written (`house/procedures/*.toml`), every check
//! that they pass before they are used, and what a case can do as it stands. Must not know papers, persons, tables, forms,
//! texts or clocks: values, replies and the moment are given, and what comes of a step is somebody else's.
//!
//! `house/procedures/README.md` tells the language to those who write one.
//!
//! # The contract
//!
//! *All or nothing, and all at once.* [`Procedures::load`] gives procedures that can be worked with, or every mistake that there
//! is: file, line, what is wrong, what to do. A file with a mistake of form isn't looked at further, so that nothing is told that
//! only follows from it. A [`Definition`] is never read from JSON: there is none that wasn't checked. Who keeps a version for its
//! running cases keeps its file, and gives it to the loader beside the newer one.
//!
//! *Nothing is left without an owner, a time and a way on.* Who answers for a stage, and by when, can be told whenever a case comes
//! there: a field that tells it is required on every way there ([`Code::WhoMissing`], [`Code::RuleMissing`]). Whatever is filled in
//! and replied, something can be done but calling off ([`Code::Stuck`]): the check looks through every situation that the
//! conditions of a stage tell apart, and names one in which nothing can.
//!
//! *A part is not due after the whole.* The check sees it where both are counted from the same ([`Code::DueAfterParent`]). Where
//! they aren't, whoever reckons a branch's due takes the earlier of it and the stage's.
//!
//! *What sends back, calls off or refuses waits for nothing.* Every other step waits for the replies, the evidence and the
//! required fields of its stage, unless it is taken `at_once`.
//!
//! # What thirteen procedures taught
//!
//! - A case needs a name in lists: `title`, a field that everybody sees who sees the case; and lists need `columns`.
//! - Who sees a case at all (`seen_by` of the file) is not who sees a field: inspectors see each other's inspections, a
//!   data protection officer sees requests that he doesn't own.
//! - A field may be asked only `when` another says so (the level, if anything classified is discussed); it may ask only about
//!   fields before it, so that none depends on itself.
//! - A deadline may have a second choice: `due = ["on field:extended_until", "1 month after field:received"]`. The first counts of
//!   which the field is filled in; the last must always be reckonable.
//! - `no reply of support counts no` is said more often than `every reply … counts yes`, which isn't its opposite: some count as
//!   neither.
//! - `otherwise` is taken where no condition is so, and spares writing a condition twice, once with `not`.
//! - `at_once` is how a lead hands in without those who don't answer, with a reason.
//! - `not_before` beside `after`: a visit of one day ends on the day on which it begins.
//! - `personal` marks what is about a person, so that it is erased when the person's matters are.
//! - Numbers start with the procedure's own letters, so that a number alone tells whose it is.

mod check;
mod cond;
mod definition;
mod fault;
mod field;
mod migrate;
mod names;
mod number;
mod procedures;
mod read;
mod running;
mod stage;
mod value;
mod who;
mod words;

pub use cond::{Compare, Cond, Counts, Many, ReplyTest, Test};
pub use definition::Definition;
pub use fault::{Code, Fault};
pub use field::{Choice, Field, OPENING, Picture};
pub use migrate::{Migrated, Migration};
pub use names::Names;
pub use number::{Number, Numbered};
pub use procedures::{House, Procedures};
pub use read::LARGEST_FILE;
pub use running::{Given, Hindrance, Opened, Opening, Replies, Standing, Way};
pub use stage::{
    Branch, Dues, End, Escalation, Evidence, Order, Product, Reply, Severity, Shown, Stage, Step, Waits,
};
pub use value::{
    Kind, LARGEST, LONGEST_LINE, LONGEST_TEXT, MOST, Money, Now, Value, ValueCode, ValueFault, Values,
};
pub use who::{Opens, Who};
