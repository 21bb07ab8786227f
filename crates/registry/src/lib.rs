//! The rules of a registry, pure: what a command means, who may give it, what becomes true when it is carried out.
//!
//! One module a subject. Nothing here knows SQL, HTTP, files, clocks or randomness: time, identifiers and what
//! the tables say are arguments, and what comes back is either a list of [`Fact`]s to append or a [`Refusal`].

pub mod access;
pub mod audit;
pub mod authorisation;
pub mod cases;
pub mod command;
pub mod correction;
pub mod custody;
pub mod date;
pub mod disclosure;
pub mod document;
pub mod fact;
pub mod filing;
pub mod formal;
pub mod house;
pub mod id;
pub mod intake;
mod line;
pub mod numbering;
pub mod old;
pub mod organisation;
pub mod person;
pub mod quality;
pub mod query;
pub mod reference;
pub mod refusal;
pub mod relation;
pub mod series;
pub mod snippet;
pub mod time;
pub mod validity;
pub mod words;
pub mod working;

pub use access::{AccessRule, AccessScope, ClassNumber, RegistryScope, Sight, Viewer};
pub use command::{Answer, Caller, Channel, Command, Context};
pub use date::DocumentDate;
pub use fact::{Entry, Fact};
pub use id::{
    AuthorisationId, BodyId, CASES, CaseId, CommandId, CommentId, CopyId, DispatchId, DocumentId, FileId,
    GroupId, HOUSE, IdSource, ObjectId, PersonId, RegistryId, ReproductionId, ReservationId, TaskId,
    VersionId,
};
pub use refusal::{Code, Refusal};
pub use time::Timestamp;
