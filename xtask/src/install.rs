//! The programs that the full test wants beside Rust: which are missing, and how Debian's packages bring them.
//! Installs only what is missing and only where it may; says what it left out.

use crate::steps::Verdict;
use crate::workplace::{self, Workplace, is_root};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Something the tests use, how to see that it is there, and the package that brings it.
struct Wanted {
    package: &'static str,
    sign: Sign,
    used_for: &'static str,
}

enum Sign {
    /// A program on the search path.
    Program(&'static str),
    /// One of these files.
    File(&'static [&'static str]),
}

const WANTED: [Wanted; 10] = [
    Wanted {
        package: "postgresql-15",
        sign: Sign::File(&["/usr/lib/postgresql/15/bin/initdb"]),
        used_for: "every storage test on the second engine",
    },
    Wanted { package: "chromium", sign: Sign::Program("chromium"), used_for: "the browser tests" },
    Wanted {
        package: "libxml2-utils",
        sign: Sign::Program("xmllint"),
        used_for: "labels checked against their schema",
    },
    Wanted { package: "strace", sign: Sign::Program("strace"), used_for: "the flush seen before the answer" },
    Wanted { package: "poppler-utils", sign: Sign::Program("pdftotext"), used_for: "text of PDF files" },
    Wanted { package: "tesseract-ocr", sign: Sign::Program("tesseract"), used_for: "text of scans" },
    Wanted {
        package: "tesseract-ocr-fra",
        sign: Sign::File(&[
            "/usr/share/tesseract-ocr/5/tessdata/fra.traineddata",
            "/usr/share/tesseract-ocr/4.00/tessdata/fra.traineddata",
            "/usr/share/tessdata/fra.traineddata",
        ]),
        used_for: "text of French scans",
    },
    Wanted {
        package: "python3-venv",
        sign: Sign::Program("python3"),
        used_for: "the API held to its description by schemathesis",
    },
    // The tests of `crates/mailbox` start it themselves, each in a folder of its own.
    Wanted {
        package: "dovecot-imapd",
        sign: Sign::Program("dovecot"),
        used_for: "mailboxes on a real server",
    },
    // Those of `crates/groups` likewise.
    Wanted {
        package: "slapd",
        sign: Sign::File(&["/usr/sbin/slapd"]),
        used_for: "groups of a real directory",
    },
];

impl Wanted {
    fn is_there(&self, place: &Workplace) -> bool {
        match self.sign {
            Sign::Program(name) => place.program(name).is_some(),
            Sign::File(files) => files.iter().any(|file| Path::new(file).exists()),
        }
    }
}

fn missing(place: &Workplace) -> Vec<&'static Wanted> {
    WANTED.iter().filter(|wanted| !wanted.is_there(place)).collect()
}

/// Installs what is missing. Where that cannot be done, the step is skipped with the reason and each thing that
/// will be missed; the tests that need it then say so themselves.
pub fn run(place: &Workplace) -> Result<Verdict> {
    let before = missing(place);
    if before.is_empty() {
        println!("nothing is missing");
        return Ok(Verdict::Passed);
    }
    for wanted in &before {
        println!("missing: {} ({})", wanted.package, wanted.used_for);
    }
    if let Some(why) = hindrance(place) {
        return Ok(Verdict::Skipped(format!("{why}; without {}", names(&before))));
    }
    let updated = workplace::show(&mut apt(&["update", "-q"]))?.success();
    let packages: Vec<&str> = before.iter().map(|wanted| wanted.package).collect();
    let mut installed = install(&packages)?;
    if !installed && packages.len() > 1 {
        // One package that is not to be had must not cost the others.
        installed =
            packages.iter().map(|package| install(&[package])).collect::<Result<Vec<_>>>()?.contains(&true);
    }
    let after = missing(place);
    Ok(match (after.is_empty(), updated, installed) {
        (true, ..) => Verdict::Passed,
        (false, false, _) => {
            Verdict::Skipped(format!("the package lists could not be fetched; without {}", names(&after)))
        }
        (false, true, _) => Verdict::Skipped(format!("apt-get did not install {}", names(&after))),
    })
}

fn hindrance(place: &Workplace) -> Option<&'static str> {
    if place.program("apt-get").is_none() {
        return Some("this machine has no apt-get");
    }
    if !is_root() {
        return Some("only root may install packages");
    }
    None
}

fn install(packages: &[&str]) -> Result<bool> {
    let mut arguments = vec!["install", "-y", "-q", "--no-install-recommends"];
    arguments.extend_from_slice(packages);
    Ok(workplace::show(&mut apt(&arguments))?.success())
}

/// apt-get that asks nothing, waits for another one's lock and gives up on a network that is not there.
fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .args([
            "-o",
            "DPkg::Lock::Timeout=300",
            "-o",
            "Acquire::Retries=2",
            "-o",
            "Acquire::http::Timeout=20",
        ])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn names(wanted: &[&Wanted]) -> String {
    wanted.iter().map(|wanted| wanted.package).collect::<Vec<_>>().join(", ")
}
