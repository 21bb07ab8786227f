//! Guesses at passwords: who waits for his turn to have one hashed, and the failures of logins that nobody has. In memory
//! alone; failures of those that somebody has are counted beside their password.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use registry::{Code, Timestamp, id::Digest};

use super::credential::{FAILURES, Kept, LOCKED};
use crate::{failure::Failure, office::Office};

/// Longest that a sign-in waits for its turn.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Passwords that are hashed at once.
const AT_ONCE: usize = 4;

/// Most unknown logins of which failures are remembered.
const STRANGERS: usize = 10_000;

/// Guesses at passwords: who waits for his turn, and failures of logins that nobody has. These are locked like those that
/// somebody has, or a lock would tell which is which.
#[derive(Debug)]
pub(crate) struct Guesses {
    turns: tokio::sync::Semaphore,
    strangers: Mutex<HashMap<Digest, (i64, Timestamp)>>,
}

impl Default for Guesses {
    fn default() -> Self {
        Self { turns: tokio::sync::Semaphore::new(AT_ONCE), strangers: Mutex::default() }
    }
}

impl Guesses {
    fn key(login: &str) -> Digest {
        Digest::of(login.trim().to_lowercase().as_bytes())
    }

    /// What is known of a login that nobody has; none: nobody guessed at it.
    pub(super) fn of(&self, login: &str, now: Timestamp) -> Option<Kept> {
        let strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        let (failures, until) = strangers.get(&Self::key(login)).copied()?;
        let locked_until = Some(until).filter(|until| failures >= FAILURES && *until > now);
        Some(Kept { password: None, code: None, locked_until })
    }

    /// Counts a failure.
    pub(super) fn count(&self, login: &str, now: Timestamp) {
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        if strangers.len() >= STRANGERS {
            strangers.retain(|_, (failures, until)| *failures >= FAILURES && *until > now);
        }
        if strangers.len() >= STRANGERS {
            strangers.clear();
        }
        let (failures, until) = strangers.entry(Self::key(login)).or_insert((0, now));
        // A lock that has ended counts anew, as that of a person does.
        *failures = if *failures >= FAILURES { 1 } else { *failures + 1 };
        *until = now.plus_seconds(LOCKED);
    }
}

impl Office {
    /// A turn to have a password hashed, which takes memory and a core: only some at once, and nobody waits for ever.
    pub(super) async fn turn(&self) -> Result<tokio::sync::SemaphorePermit<'_>, Failure> {
        let turn = tokio::time::timeout(PATIENCE, self.guesses().turns.acquire()).await;
        turn.map_err(|_| Code::Busy)?.map_err(|_| Code::Busy.into())
    }
}
