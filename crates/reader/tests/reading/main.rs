//! The reader as its callers know it: bytes in, an outcome out, through the real child. One binary for all, so that it links once.

mod confinement;
mod corpus;
mod formats;
mod hostile;
mod speed;
mod support;
