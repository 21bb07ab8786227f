//! Children that do what a taken-over parser would do. Each tells by its outcome whether it got away with it.

#![expect(clippy::panic, reason = "a child that panics is one of the deeds")]

use std::io::{Read, Write};
use std::process::ExitCode;

use reader::child::{self, Confinement};
use reader::{Damage, MediaType, Outcome};

/// The outcome of a child that was denied what it tried, and lived.
const DENIED: Outcome = Outcome::Encrypted { kind: MediaType::Unknown };
/// The outcome of a child that got away with it.
const GOT_AWAY: Outcome = Outcome::Damaged { kind: MediaType::Unknown, reason: Damage::Empty };

/// `misbehave DEED [landlock|system-calls]`
pub fn main(arguments: &[String]) -> ExitCode {
    let deed = arguments.get(1).cloned().unwrap_or_default();
    let confinement = match arguments.get(2).map(String::as_str) {
        Some("landlock") => Confinement::LandlockAlone,
        Some("system-calls") => Confinement::SystemCallsAlone,
        _ => Confinement::Full,
    };
    if deed == "forge" {
        // An answer that is not in the agreed form, before anything else.
        let _ = std::io::stdout().write_all(b"CHREAD01\x05\0\0\0{{{{{");
        return ExitCode::SUCCESS;
    }
    if deed == "flood" {
        // An answer without end.
        while std::io::stdout().write_all(&[b'x'; 4096]).is_ok() {}
        return ExitCode::SUCCESS;
    }
    if deed == "mute" {
        return ExitCode::SUCCESS;
    }
    if deed == "handed-down" {
        // Open before anything is given up, like a descriptor that some parent forgot to close.
        let Ok(mut forgotten) = std::fs::File::open("/etc/passwd") else { return ExitCode::FAILURE };
        return child::run_with(confinement, move |_, _| {
            let mut bytes = [0; 16];
            if forgotten.read(&mut bytes).is_ok() { GOT_AWAY } else { DENIED }
        });
    }
    child::run_with(confinement, |_, _| if attempt(&deed) { GOT_AWAY } else { DENIED })
}

/// Tries a deed; says whether it succeeded.
fn attempt(deed: &str) -> bool {
    match deed {
        "socket" => std::net::TcpListener::bind("127.0.0.1:0").is_ok(),
        "connect" => std::net::TcpStream::connect("127.0.0.1:9").is_ok(),
        "local-socket" => std::os::unix::net::UnixStream::pair().is_ok(),
        "open" => std::fs::File::open("/etc/passwd").is_ok(),
        "folder" => std::fs::read_dir("/").is_ok(),
        "write" => std::fs::write("/tmp/reader-child-was-here", b"x").is_ok(),
        "program" => std::process::Command::new("/bin/true").status().is_ok(),
        "thread" => std::thread::Builder::new().spawn(|| {}).is_ok(),
        "kill" => rustix::process::Pid::from_raw(1)
            .is_some_and(|init| rustix::process::test_kill_process(init).is_ok()),
        "limits" => {
            let generous = rustix::process::Rlimit { current: None, maximum: None };
            rustix::process::setrlimit(rustix::process::Resource::As, generous).is_ok()
        }
        "memory" => {
            let mut hoard: Vec<Vec<u8>> = Vec::new();
            for _ in 0..64 {
                hoard.push(vec![1; 64 * 1024 * 1024]);
            }
            hoard.len() == 64
        }
        "stack" => deep(1) > 0,
        "loop" => {
            let mut number = 1_u64;
            loop {
                number = std::hint::black_box(number.wrapping_mul(3));
            }
        }
        "sleep" => {
            std::thread::sleep(std::time::Duration::from_secs(600));
            true
        }
        "print" => loop {
            // Standard output is the answer's pipe no longer: this goes nowhere near the parent's answer.
            if std::io::stdout().write_all(&[b'x'; 4096]).is_err() {
                return false;
            }
        },
        "panic" => panic!("a parser failed"),
        "environment" => std::env::vars_os().next().is_some(),
        _ => true,
    }
}

fn deep(level: u64) -> u64 {
    let ballast = std::hint::black_box([level; 128]);
    let below = if level == 0 { 0 } else { deep(level + 1) };
    below.wrapping_add(ballast.iter().sum())
}
