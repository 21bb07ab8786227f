//! The proofs: a table of subjects, each the tests of one name in the binary `prove` of crate `chancery`. Knows
//! their names and how to run them; what they prove is theirs.

use crate::Outcome;
use crate::postgres::{self, Attempt};
use crate::steps::{Steps, Verdict};
use crate::workplace::{self, Workplace};
use anyhow::Result;

/// A property that the house stands on.
pub struct Subject {
    /// The name on the command line, and the word that its tests' names contain.
    pub name: &'static str,
    /// What is shown when it passes.
    pub shows: &'static str,
}

/// Add a line here and tests whose names contain the word in `crates/chancery/tests/prove`.
pub const SUBJECTS: [Subject; 4] = [
    Subject { name: "interference", shows: "what a caller may not see changes no byte of any answer" },
    Subject { name: "coverage", shows: "every route answers every role as the matrix says" },
    Subject { name: "rebuild", shows: "register tables rebuilt from the ledger equal the live ones" },
    Subject { name: "verify", shows: "a ledger that was touched is found out, one that was not is good" },
];

/// The variable that tells the proofs how much to do: `small` or `full`.
const SIZE: &str = "CHANCERY_PROVE_SIZE";

/// `cargo xtask prove SUBJECT [--small]`.
///
/// # Errors
/// When a command cannot be started.
pub fn run(place: &Workplace, subject: &str, small: bool) -> Result<Outcome> {
    let chosen: Vec<&Subject> =
        SUBJECTS.iter().filter(|known| subject == "all" || known.name == subject).collect();
    if chosen.is_empty() {
        eprintln!("There is no proof named {subject}. There are:");
        for known in &SUBJECTS {
            eprintln!("  {:12}  {}", known.name, known.shows);
        }
        return Ok(Outcome::NotThereYet);
    }
    let server = match postgres::start(place)? {
        Attempt::Running(server) => Some(server),
        Attempt::Unavailable(why) => {
            println!("On SQLite only: {why}.");
            None
        }
    };
    let address = server.as_ref().map(|server| server.address.as_str());
    let mut steps = Steps::default();
    let mut absent = 0_usize;
    for subject in &chosen {
        let verdict = steps.take(&step_name(subject), || one(place, subject, small, address));
        absent += usize::from(matches!(verdict, Verdict::Skipped(_)));
    }
    println!("{}", steps.table());
    Ok(match (steps.good(), absent == chosen.len()) {
        (false, _) => Outcome::Failed,
        (true, true) => Outcome::NotThereYet,
        (true, false) => Outcome::Passed,
    })
}

/// The step's name in a closing table.
pub fn step_name(subject: &Subject) -> String {
    format!("prove {}", subject.name)
}

/// Runs one proof; skipped where its tests are not written yet.
///
/// # Errors
/// When cargo cannot be started.
pub fn one(place: &Workplace, subject: &Subject, small: bool, postgres: Option<&str>) -> Result<Verdict> {
    let tests = place.root.join("crates/chancery/tests");
    if !tests.join("prove.rs").is_file() && !tests.join("prove/main.rs").is_file() {
        return Ok(Verdict::Skipped("not there yet".into()));
    }
    println!("{}", subject.shows);
    let command = |last: &[&str]| {
        let mut command =
            place.cargo(&["test", "--package", "chancery", "--test", "prove", "--", subject.name]);
        command.args(last).env(SIZE, if small { "small" } else { "full" });
        if let Some(address) = postgres {
            command.env(postgres::VARIABLE, address);
        }
        command
    };
    // A name that no test bears would pass without proving anything.
    let listed = workplace::quiet(&mut command(&["--list"])).unwrap_or_default();
    if !listed.lines().any(|line| line.ends_with(": test")) {
        // Run it all the same if it did not build, so that the reason is seen.
        if listed.is_empty() {
            return Ok(Verdict::of(workplace::show(&mut command(&["--list"]))?));
        }
        return Ok(Verdict::Skipped("not there yet".into()));
    }
    Ok(Verdict::of(workplace::show(&mut command(&["--include-ignored", "--nocapture"]))?))
}
