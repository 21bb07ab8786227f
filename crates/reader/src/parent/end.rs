//! How a child ends, and what its death means. Knows nothing of what it read.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};

use rustix::process::{Pid, Signal};

use crate::{Limit, Outcome, Threat};

/// A child that does not outlive its use.
pub(super) struct Running(pub(super) Child);

impl Running {
    /// Kills what is left of the process group and reaps the child.
    pub(super) fn end(&mut self) -> io::Result<ExitStatus> {
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            // It may have ended by itself.
            let _ = rustix::process::kill_process_group(group, Signal::KILL);
        }
        self.0.wait()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            let _ = self.end();
        }
    }
}

/// What it means that a child died without a full answer.
pub(super) fn cause_of_death(status: ExitStatus, last_words: &[u8]) -> io::Result<Outcome> {
    let said = |words: &str| last_words.windows(words.len()).any(|window| window == words.as_bytes());
    Ok(match status.signal() {
        Some(libc::SIGSYS | libc::SIGXFSZ) => Outcome::Hostile { threat: Threat::ForbiddenCall },
        Some(libc::SIGXCPU) => Outcome::OverLimit { limit: Limit::Time },
        // Ours comes only after the answer or the deadline, so another killed it: the kernel, for memory or for time.
        Some(libc::SIGKILL) => Outcome::OverLimit { limit: Limit::Memory },
        // The words with which the runtime gives up, fixed by its own source.
        Some(libc::SIGABRT) if said("memory allocation of") => Outcome::OverLimit { limit: Limit::Memory },
        Some(libc::SIGABRT | libc::SIGSEGV) if said("has overflowed its stack") => {
            Outcome::Hostile { threat: Threat::NestedTooDeep }
        }
        Some(_) => Outcome::Hostile { threat: Threat::Crash },
        // It ended by itself without an answer: the program is not ours, or could not take the request. That is no fault of the file.
        None => return Err(io::Error::other(format!("it ended with {status} and without an answer"))),
    })
}
