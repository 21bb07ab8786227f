//! The pages, one module a subject: each reads through a [`office::Reading`], and shows.

pub mod assets;
pub mod door;
pub mod greeting;
