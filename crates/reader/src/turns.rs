//! How many reading children there are at once. Each may have all the memory of the limits, so that many files brought together
//! would have the machine's; whoever reads more waits for his turn. Must not know what is read.

use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The turns of all clones of a reader.
#[derive(Clone, Debug)]
pub(crate) struct Turns(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    free: Mutex<usize>,
    freed: Condvar,
}

/// A turn; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn<'turns>(&'turns Shared);

impl Turns {
    /// So many at once.
    pub(crate) fn new(at_once: NonZeroUsize) -> Self {
        Self(Arc::new(Shared { free: Mutex::new(at_once.get()), freed: Condvar::new() }))
    }

    /// As many as the machine has processors, and two at least, so that one long reading is not everybody's.
    pub(crate) fn of_machine() -> Self {
        let processors = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self::new(processors.saturating_add(usize::from(processors.get() < 2)))
    }

    /// Waits for a turn.
    pub(crate) fn take(&self) -> Turn<'_> {
        // A count is right whoever panicked while he held it.
        let mut free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = self.0.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Turn(&self.0)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_than_so_many_have_a_turn_at_once_and_everybody_has_one() {
        let turns = Turns::new(NonZeroUsize::new(3).unwrap());
        let (now, most, all) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| {
                    let _turn = turns.take();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(2));
                    now.fetch_sub(1, Ordering::SeqCst);
                    all.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(all.into_inner(), 20);
        assert!(most.into_inner() <= 3);
    }
}
