//! The pages. Owns how the office is shown over HTTP; it must hold no rule of the register and no SQL.

pub mod look;
