//! The test command: the order of its steps, full and quick. What a step does lies in its own module.

use crate::postgres::{self, Attempt, Postgres};
use crate::prove::{self, SUBJECTS};
use crate::steps::{Steps, Verdict};
use crate::workplace::{self, Workplace};
use crate::{Outcome, browser, contract, install};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// The variable that names the folder with the modules of the provider.
const PROVIDER: &str = "CHANCERY_TEST_OIDC";

/// `cargo xtask test [--quick]`. A failed step does not keep the others from running: one run tells everything.
///
/// # Errors
/// None of its own: what goes wrong is a failed step.
pub fn run(place: &Workplace, quick: bool) -> Result<Outcome> {
    let mut steps = Steps::default();
    if !quick {
        steps.take("install what is missing", || install::run(place));
    }
    cargo(place, &mut steps, "formatting", &["fmt", "--all", "--check"]);
    cargo(place, &mut steps, "lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    if !quick {
        licences(place, &mut steps);
    }

    let mut server = None;
    steps.take("start PostgreSQL", || start_postgres(place, &mut server));
    let address = server.as_ref().map(|server| server.address.as_str());
    let mut provider = None;
    if !quick {
        steps.take("bring the provider of sign-ins", || bring_provider(place, &mut provider));
    }
    let provider = provider.as_deref();
    if quick {
        // Without documentation examples: each is a binary of its own, which takes minutes.
        tests(place, &mut steps, &["--lib", "--bins", "--tests"], address, provider);
    } else {
        tests(place, &mut steps, &[], address, provider);
        for subject in &SUBJECTS {
            steps.take(&prove::step_name(subject), || prove::one(place, subject, true, address));
        }
    }
    drop(server);
    if !quick {
        // The same requests each time: what a test command finds was written since. Others are asked by `cargo xtask contract`.
        contract::take(place, &mut steps, contract::SECONDS, Some(1));
        browser::take(place, &mut steps, &browser::Wish { some: true, ..browser::Wish::default() });
    }
    println!("{}", steps.table());
    Ok(if steps.good() { Outcome::Passed } else { Outcome::Failed })
}

fn cargo(place: &Workplace, steps: &mut Steps, name: &str, arguments: &[&str]) {
    steps.take(name, || Ok(Verdict::of(workplace::show(&mut place.cargo(arguments))?)));
}

fn tests(
    place: &Workplace,
    steps: &mut Steps,
    kinds: &[&str],
    postgres: Option<&str>,
    provider: Option<&Path>,
) {
    steps.take("tests", || {
        let mut command = place.cargo(&["test", "--workspace", "--no-fail-fast"]);
        command.args(kinds);
        if let Some(address) = postgres {
            command.env(postgres::VARIABLE, address);
        }
        if let Some(modules) = provider {
            command.env(PROVIDER, modules);
        }
        Ok(Verdict::of(workplace::show(&mut command)?))
    });
}

/// The modules of the OpenID Connect provider that the tests of `crates/directory` sign in at.
fn bring_provider(place: &Workplace, modules: &mut Option<PathBuf>) -> Result<Verdict> {
    if place.program("node").is_none() {
        return Ok(Verdict::Skipped("node is not installed; no sign-in at a real provider".into()));
    }
    Ok(match browser::modules(place, "tests/directory")? {
        Ok(folder) => {
            println!("the tests find it by {PROVIDER}");
            *modules = Some(folder);
            Verdict::Passed
        }
        Err(why) => Verdict::Skipped(format!("{why}; no sign-in at a real provider")),
    })
}

/// Advisories need a list from the network; they are asked for by hand (`cargo deny check`).
fn licences(place: &Workplace, steps: &mut Steps) {
    steps.take("licences and duplicates", || {
        if workplace::quiet(&mut place.cargo(&["deny", "--version"])).is_none() {
            return Ok(Verdict::Skipped("cargo-deny is not installed".into()));
        }
        Ok(Verdict::of(workplace::show(&mut place.cargo(&["deny", "check", "licenses", "bans"]))?))
    });
}

fn start_postgres(place: &Workplace, server: &mut Option<Postgres>) -> Result<Verdict> {
    match postgres::start(place)? {
        Attempt::Unavailable(why) => Ok(Verdict::Skipped(format!("{why}; tests run on SQLite only"))),
        Attempt::Running(running) => {
            println!("the tests find it by {}", postgres::VARIABLE);
            *server = Some(running);
            Ok(Verdict::Passed)
        }
    }
}
