//! The proofs that `cargo xtask prove` runs: what is hidden changes no answer, every route answers every role as
//! declared, the register is what its ledger says, a ledger that was touched is found out, and a hostile file stops nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod acts;
mod asks;
mod coverage;
mod engines;
mod hostile;
mod house;
mod interference;
mod papers;
mod rebuild;
mod send;
mod verify;
mod worlds;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One proof at a time: a planted leak is the whole process's, and what is measured is measured alone.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// True when the proofs shall do all they can.
#[expect(clippy::disallowed_methods, reason = "the test command says here how much to do")]
fn full() -> bool {
    std::env::var("CHANCERY_PROVE_SIZE").is_ok_and(|size| size == "full")
}

fn run(story: impl Future<Output = ()>) {
    let _alone = alone();
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story);
}
