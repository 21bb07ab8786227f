//! What the reading of one file costs: its time, the most memory that its children had at once, the length of what came of it.

use std::{
    fs,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use reader::{Outcome, Reader};

/// Programs that a reading starts, by their short names: the child, and what it may become.
const PROGRAMS: [&str; 3] = ["chancery", "tesseract", "pdftoppm"];

pub struct Measured {
    pub outcome: Outcome,
    pub took: Duration,
    /// The most resident memory of any child (bytes).
    pub memory: u64,
    /// Bytes of text and parts.
    pub output: usize,
}

/// The high-water mark of a process's resident memory, in bytes, once it is one of the programs.
fn peak(process: &str) -> Option<u64> {
    let name = fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
    if !PROGRAMS.contains(&name.trim()) {
        return None;
    }
    high_water(process)
}

/// The high-water mark of a process's resident memory, in bytes.
pub fn high_water(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
}

/// The processes that threads of a process have started and not yet waited for.
pub fn children(process: &str) -> Vec<String> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let of = |thread: fs::DirEntry| fs::read_to_string(thread.path().join("children")).unwrap_or_default();
    threads
        .flatten()
        .flat_map(|thread| of(thread).split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Reads a file with the product's own reader and looks every other millisecond what its children have.
pub fn read(reader: &Reader, name: &str, bytes: &[u8]) -> Measured {
    let (most, done) = (AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for child in children("self") {
                    most.fetch_max(peak(&child).unwrap_or(0), Ordering::Relaxed);
                }
                thread::sleep(Duration::from_millis(2));
            }
        });
        #[expect(clippy::disallowed_methods, reason = "what a reading costs is measured")]
        let begun = Instant::now();
        let outcome = reader.read(name, bytes);
        let took = begun.elapsed();
        done.store(true, Ordering::Relaxed);
        let outcome = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
        let said = outcome.reading();
        let output = said.map_or(0, |said| {
            said.text.len() + said.parts.iter().map(|part| part.bytes.len()).sum::<usize>()
        });
        Measured { outcome, took, memory: most.load(Ordering::Relaxed), output }
    })
}
