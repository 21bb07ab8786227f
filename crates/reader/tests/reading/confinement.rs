//! A child that is taken over can do nothing with it: each deed is tried by a real child, under all guards and, where two layers cover it, under each alone.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use reader::{Damage, Guard, Limit, Limits, MediaType, Outcome, ReadError, Reader, Threat};

use crate::support::{CHILD, reader, tight};

/// The misbehaving child's word for "I was denied it".
const DENIED: Outcome = Outcome::Encrypted { kind: MediaType::Unknown };
const FORBIDDEN: Outcome = Outcome::Hostile { threat: Threat::ForbiddenCall };

fn attempt(deed: &[&str]) -> Outcome {
    attempt_within(deed, tight()).unwrap()
}

fn attempt_within(deed: &[&str], limits: Limits) -> Result<Outcome, ReadError> {
    let arguments = ["misbehave"].iter().chain(deed).copied();
    Reader::new(CHILD, limits).with_arguments(arguments).read("x.docx", b"PK\x03\x04 whatever".as_slice())
}

/// The guards that this kernel grants. Those that it lacks are printed.
fn in_force() -> BTreeMap<Guard, bool> {
    let protections = reader().protections().unwrap();
    for protection in protections.iter().filter(|protection| !protection.available) {
        println!("skipped: this kernel lacks {:?}: {}", protection.guard, protection.why);
    }
    protections.into_iter().map(|protection| (protection.guard, protection.available)).collect()
}

#[test]
fn every_guard_is_reported_once() {
    let protections = reader().protections().unwrap();
    let guards = in_force();
    assert_eq!(guards.len(), protections.len());
    for guard in [
        Guard::NoNewPrivileges,
        Guard::NoDumps,
        Guard::DiesWithParent,
        Guard::Memory,
        Guard::ProcessorTime,
        Guard::NoFileWritten,
        Guard::NoFileOpened,
        Guard::NoProcess,
        Guard::Landlock,
        Guard::SystemCalls,
    ] {
        assert!(guards.contains_key(&guard), "{guard:?}");
    }
}

#[test]
fn leaving_the_child_kills_it_and_the_file_is_hostile() {
    if !in_force()[&Guard::SystemCalls] {
        return;
    }
    for deed in ["socket", "connect", "local-socket", "program", "thread", "kill"] {
        for layers in [&[deed][..], &[deed, "system-calls"][..]] {
            assert_eq!(attempt(layers), FORBIDDEN, "{layers:?}");
        }
    }
}

#[test]
fn no_file_opens_and_no_folder_lists_by_either_layer() {
    let guards = in_force();
    for deed in ["open", "folder", "write"] {
        assert_eq!(attempt(&[deed]), DENIED, "{deed}");
        if guards[&Guard::Landlock] {
            assert_eq!(attempt(&[deed, "landlock"]), DENIED, "{deed}, landlock alone");
        }
        if guards[&Guard::SystemCalls] {
            assert_eq!(attempt(&[deed, "system-calls"]), DENIED, "{deed}, system calls alone");
        }
    }
    assert!(!std::path::Path::new("/tmp/reader-child-was-here").exists());
}

#[test]
fn landlock_alone_opens_no_port() {
    if in_force()[&Guard::Landlock] {
        for deed in ["socket", "connect"] {
            assert_eq!(attempt(&[deed, "landlock"]), DENIED, "{deed}");
        }
    }
}

#[test]
fn limits_cannot_be_raised_again() {
    assert_eq!(attempt(&["limits"]), DENIED);
}

#[test]
fn four_gigabytes_are_over_the_limit() {
    assert_eq!(attempt(&["memory"]), Outcome::OverLimit { limit: Limit::Memory });
}

#[test]
fn a_stack_without_end_is_an_attack() {
    assert_eq!(attempt(&["stack"]), Outcome::Hostile { threat: Threat::NestedTooDeep });
}

#[test]
fn a_loop_without_end_is_stopped_by_the_processor_limit() {
    let start = Instant::now();
    assert_eq!(
        attempt_within(&["loop"], Limits { deadline: Duration::from_secs(60), ..tight() }).unwrap(),
        Outcome::OverLimit { limit: Limit::Time }
    );
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn sleep_without_end_is_stopped_by_the_deadline() {
    let start = Instant::now();
    assert_eq!(
        attempt_within(&["sleep"], Limits { deadline: Duration::from_millis(300), ..tight() }).unwrap(),
        Outcome::OverLimit { limit: Limit::Time }
    );
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn an_answer_without_end_is_cut() {
    assert_eq!(attempt(&["flood"]), Outcome::OverLimit { limit: Limit::Answer });
}

#[test]
fn what_a_library_prints_does_not_reach_the_answer() {
    // It fills a pipe that nobody empties, and waits there for its end.
    let limits = Limits { deadline: Duration::from_millis(500), ..tight() };
    assert_eq!(attempt_within(&["print"], limits).unwrap(), Outcome::OverLimit { limit: Limit::Time });
}

#[test]
fn a_forged_answer_is_hostile() {
    assert_eq!(attempt(&["forge"]), Outcome::Hostile { threat: Threat::ForgedAnswer });
}

#[test]
fn a_panic_is_damage() {
    assert_eq!(
        attempt(&["panic"]),
        Outcome::Damaged { kind: MediaType::Unknown, reason: Damage::ReaderFailed }
    );
}

#[test]
fn the_environment_is_empty() {
    assert_eq!(attempt(&["environment"]), DENIED);
}

#[test]
fn a_descriptor_that_was_handed_down_cannot_be_read() {
    if in_force()[&Guard::SystemCalls] {
        assert_eq!(attempt(&["handed-down"]), DENIED);
    }
    // The same deed without the list of system calls shows that the test can fail.
    assert_ne!(attempt(&["handed-down", "landlock"]), DENIED);
}

#[test]
fn a_program_that_does_not_answer_is_the_installations_fault_not_the_files() {
    assert!(matches!(attempt_within(&["mute"], tight()), Err(ReadError::Child(_))));
    let missing = Reader::new("/nonexistent/program", tight()).read("x.pdf", b"%PDF-1.7".as_slice());
    assert!(matches!(missing, Err(ReadError::Child(_))));
    // Plain text needs no child.
    assert!(Reader::new("/nonexistent/program", tight()).read("x.txt", b"words".as_slice()).is_ok());
}

#[test]
fn a_child_without_its_parent_reads_nothing_it_was_not_asked() {
    let mut child =
        Command::new(CHILD).arg("read").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\xff\xff\xff\xff garbage").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
}

#[test]
fn all_protections_can_be_demanded() {
    let demanding = reader().demanding_all_protections();
    let outcome = demanding.read("x.html", b"<html><body>words".as_slice());
    if in_force().values().all(|available| *available) {
        assert_eq!(outcome.unwrap().reading().unwrap().text, "words");
    } else {
        assert!(matches!(outcome, Err(ReadError::Unprotected(_))));
    }
}

#[test]
fn who_comes_later_waits_for_his_turn() {
    let limits = Limits { deadline: Duration::from_millis(400), ..tight() };
    let one = std::num::NonZeroUsize::MIN;
    let sleeping = Reader::new(CHILD, limits).with_arguments(["misbehave", "sleep"]).with_children(one);
    let start = Instant::now();
    let readings: Vec<_> = (0..3)
        .map(|_| {
            let sleeping = sleeping.clone();
            std::thread::spawn(move || sleeping.read("x.docx", b"PK\x03\x04 whatever".as_slice()).unwrap())
        })
        .collect();
    for reading in readings {
        assert_eq!(reading.join().unwrap(), Outcome::OverLimit { limit: Limit::Time });
    }
    assert!(start.elapsed() >= Duration::from_millis(1_200), "one after the other");
}
