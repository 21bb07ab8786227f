//! What is kept and how it is read back: tables on two engines, the ledger's head and entries, the vault, the
//! keys, the index. No rule is decided here; every read of documents takes a scope.

pub mod apply;
pub mod cases;
pub mod changed;
pub mod classes;
pub mod commit;
pub mod copy;
pub mod custody;
pub mod description;
pub mod documents;
pub mod error;
pub mod figures;
pub mod filing;
pub mod following;
pub mod handling;
pub mod house;
pub mod index;
pub mod load;
pub mod more;
pub mod numbers;
pub mod old;
pub mod organisation;
pub mod planted;
pub mod proof;
pub mod quality;
pub mod relations;
pub mod reminders;
pub mod ringing;
pub mod sql;
pub mod tables;
pub mod transaction;
pub mod vault;
pub mod visible;

pub use error::StoreError;
pub use visible::Visible;
