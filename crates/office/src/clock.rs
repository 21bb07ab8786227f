//! Time and chance, given to everything else from here.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use registry::{Timestamp, id::Digest};
use store::vault::Entropy;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::from(jiff::Timestamp::now())
    }
}

/// A clock that stands until it is set: for tests and for building the demo.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// Standing at a moment.
    pub fn at(moment: Timestamp) -> Self {
        Self(AtomicI64::new(moment.micros()))
    }
    /// Sets it.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.micros(), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Random bytes from the machine. Without them nothing can be sealed, so their failure ends the process.
pub fn machine_entropy() -> Entropy {
    Arc::new(|bytes: &mut [u8]| {
        if getrandom::fill(bytes).is_err() {
            tracing::error!("the machine gives no random bytes");
            std::process::abort();
        }
    })
}

/// Bytes that repeat for the same seed: for tests that compare two worlds.
pub fn seeded_entropy(seed: u64) -> Entropy {
    let drawn = AtomicU64::new(0);
    Arc::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            let n = drawn.fetch_add(1, Ordering::SeqCst);
            let mut text = seed.to_be_bytes().to_vec();
            text.extend_from_slice(&n.to_be_bytes());
            chunk.iter_mut().zip(Digest::of(&text).0).for_each(|(to, from)| *to = from);
        }
    })
}
