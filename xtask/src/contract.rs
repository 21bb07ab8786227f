//! The API held to its own description: brings schemathesis into the cache, builds the binary, hands both to
//! `tests/contract/run.py`. Knows no operation; those are in the description.

use crate::Outcome;
use crate::steps::{Steps, Verdict};
use crate::workplace::{self, Workplace};
use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::process::Command;

/// How long each person asks within the test command.
pub const SECONDS: u32 = 25;

/// What is installed, with the version of each.
const WANTED: &str = "tests/contract/requirements.txt";

/// `cargo xtask contract`.
///
/// # Errors
/// None of its own: what goes wrong is a failed step.
pub fn run(place: &Workplace, seconds: u32) -> Result<Outcome> {
    let mut steps = Steps::default();
    take(place, &mut steps, seconds, None);
    println!("{}", steps.table());
    Ok(if steps.good() { Outcome::Passed } else { Outcome::Failed })
}

/// Takes the step; with a seed, the same requests each time.
pub fn take(place: &Workplace, steps: &mut Steps, seconds: u32, seed: Option<u32>) {
    steps.take("the API held to its description", || {
        let python = match python(place)? {
            Ok(python) => python,
            Err(why) => return Ok(Verdict::Skipped(why)),
        };
        let mut script = Command::new(python);
        script
            .arg(place.root.join("tests/contract/run.py"))
            .arg("--chancery")
            .arg(place.chancery()?)
            .args(["--seconds", &seconds.to_string()]);
        if let Some(seed) = seed {
            script.args(["--seed", &seed.to_string()]);
        }
        Ok(Verdict::of(workplace::show(&mut script)?))
    });
}

/// A python of its own with what the script wants, made once for each list of versions; or in words what is lacking.
fn python(place: &Workplace) -> Result<Result<PathBuf, String>> {
    let Some(python) = place.program("python3") else { return Ok(Err("python3 is not installed".into())) };
    let wanted = place.root.join(WANTED);
    let mut hasher = DefaultHasher::new();
    std::fs::read(&wanted).with_context(|| format!("reading {WANTED}"))?.hash(&mut hasher);
    let folder = place.cache.join(format!("contract-{:016x}", hasher.finish()));
    let own = folder.join("bin").join("python");
    // Such a folder cannot be renamed; a file says that it is whole.
    let whole = folder.join("whole");
    if whole.is_file() {
        return Ok(Ok(own));
    }
    if !workplace::show(Command::new(python).args(["-m", "venv", "--clear"]).arg(&folder))?.success() {
        return Ok(Err("python3 makes no environment of its own (Debian: python3-venv)".into()));
    }
    let mut install = Command::new(&own);
    install
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(&wanted);
    if !workplace::show(&mut install)?.success() {
        return Ok(Err(format!("pip could not install {WANTED}")));
    }
    std::fs::write(&whole, "").with_context(|| format!("writing {}", whole.display()))?;
    Ok(Ok(own))
}
