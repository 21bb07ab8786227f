//! Security policies, labels, clearances and the decision between them. Owns what a marking *means*; must
//! not know files, clocks, tables, pages, or who is asking.
//!
//! # How to read this crate
//!
//! 1. [`Policy`] is a security policy as written in an XML SPIF file: levels, categories, marking texts,
//!    equivalences, and house rules that SPIF has no word for. Policies are data; none is compiled in.
//! 2. [`Label`] says what a document is; [`Clearance`] says what a person may see. Both are codes of one
//!    policy. [`NamedLabel`] and [`NamedClearance`] are the same in words.
//! 3. [`Policy::decide`] compares the two and nothing else. [`Policy::admits`] adds what a registry asks
//!    besides: certificate, briefing, nationality and releasability, existence-only material.
//! 4. [`Policy::marking`] and [`Policy::portion_mark`] give the words that stand on the page.
//! 5. [`Policies`] is the set in use: it turns words into codes, finds the [`Highest`] of many labels and
//!    the equivalent of a label under another policy.
//! 6. [`xml4774`] and [`xml4778`] read and write labels and bindings for other systems.
//!
//! One rule runs through all of it: **what is not known is refused.** An unknown policy, level, category,
//! audience or date never grants anything.
//!
//! Everything that takes bytes bounds its work and returns an error; nothing here panics on any input.

mod admit;
mod clearance;
mod communities;
mod decide;
mod equivalence;
mod highest;
mod label;
mod marking;
mod named;
mod policies;
mod policy;
mod validate;
mod xml;
pub mod xml4774;
pub mod xml4778;

pub use admit::{Holder, Reached, Test, Tested};
pub use clearance::{Clearance, ClearanceError};
pub use communities::{Communities, Community, Membership, ReadAs};
pub use decide::{Decision, Reason};
pub use highest::Highest;
pub use label::{CategoryKey, Code, Label, LabelError, PolicyId, TagKind};
pub use marking::Language;
pub use named::{NamedClearance, NamedLabel};
pub use policies::Policies;
pub use policy::{
    Category, CategoryRule, Colour, Finding, Level, LevelRule, Policy, PolicyError, ReleaseRule, Tag, TagSet,
};
pub use validate::Purpose;
pub use xml::XmlError;
