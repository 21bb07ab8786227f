//! The subcommands, one file each.

pub mod backup;
pub mod books;
pub mod custody;
pub mod demo;
pub mod directory;
pub mod doctor;
pub mod import;
pub mod import_register;
pub mod init;
pub mod muster;
pub mod person;
pub mod policy;
pub mod proofs;
pub mod search;
pub mod serve;
pub mod show;
pub mod synth;
