//! The pages, one module a subject: each reads through a [`office::Reading`], and shows.

pub mod account;
pub mod ask;
pub mod assets;
pub mod codes;
pub mod correcting;
pub mod desk;
pub mod document;
pub mod door;
pub mod draft;
pub mod enclosures;
pub mod file;
pub mod grant_form;
pub mod grants;
pub mod greeting;
pub mod history;
pub mod ledger;
pub mod marking_form;
pub mod people;
pub mod person;
pub mod proving;
pub mod register;
pub mod registering;
pub mod search;
pub mod shown;
pub mod visit;
