//! The proofs of what is kept, which `cargo xtask prove` runs: what was acknowledged is there after any end of the process,
//! a flipped bit is found and named, what fails says so and goes on afterwards, two at once are told from each other, what
//! was destroyed is gone, and a backup is whole. All but the double of a disk run the program as it is installed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod backup;
mod crash;
#[path = "../prove/engines.rs"]
mod engines;
mod fault;
mod flush;
mod gone;
mod race;
mod rot;
mod served;
mod stamps;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One proof at a time: each keeps the machine busy by itself.
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

/// Numbers that look like chance and are the same each time.
pub struct Chance(u64);

impl Chance {
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }
}
