//! Sign-in through a real OpenID Connect provider (`oidc-provider`, run by node). Where node or the module is not there the
//! tests say that they are skipped and why.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod actors;
mod signing_in;
