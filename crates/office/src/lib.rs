//! (to be written)

pub mod texts;
