//! The proofs: a table of subjects, each the tests of one name in the binaries `prove` and `endure` of
//! crate `chancery`. Knows
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
    /// The folder of its tests in `crates/chancery/tests`: what is learned, or what is kept.
    pub tests: &'static str,
    /// What is shown when it passes.
    pub shows: &'static str,
}

const fn learned(name: &'static str, shows: &'static str) -> Subject {
    Subject { name, tests: "prove", shows }
}

const fn kept(name: &'static str, shows: &'static str) -> Subject {
    Subject { name, tests: "endure", shows }
}

/// Add a line here and tests whose names contain the word.
pub const SUBJECTS: [Subject; 11] = [
    learned("interference", "what a caller may not see changes no byte of any answer"),
    learned("coverage", "every route answers every role as the matrix says"),
    learned("rebuild", "register tables rebuilt from the ledger equal the live ones"),
    learned("verify", "a ledger that was touched is found out, one that was not is good"),
    learned(
        "hostile",
        "a hostile file ends at the reader's limits, is kept and told of, and the server answers meanwhile",
    ),
    kept("crash", "a killed process loses nothing that it acknowledged, and flushes before it answers"),
    kept("rot", "whatever rots is found, and the finding names it"),
    kept("gone", "no word of what was destroyed is left, in backups neither"),
    kept("fault", "what the machine fails at is said, and work goes on when it is mended"),
    kept("race", "of many at once each gets his own, and the others are told"),
    kept("backup", "a backup taken under load is whole and comes back on either engine"),
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
    for subject in &chosen {
        steps.take(&step_name(subject), || one(place, subject, small, address));
    }
    println!("{}", steps.table());
    Ok(if steps.good() { Outcome::Passed } else { Outcome::Failed })
}

/// The step's name in a closing table.
pub fn step_name(subject: &Subject) -> String {
    format!("prove {}", subject.name)
}

/// Runs one proof; one that has no tests fails.
///
/// # Errors
/// When cargo cannot be started.
pub fn one(place: &Workplace, subject: &Subject, small: bool, postgres: Option<&str>) -> Result<Verdict> {
    println!("{}", subject.shows);
    let command = |last: &[&str]| {
        let mut command =
            place.cargo(&["test", "--package", "chancery", "--test", subject.tests, "--", subject.name]);
        command.args(last).env(SIZE, if small { "small" } else { "full" });
        if let Some(address) = postgres {
            command.env(postgres::VARIABLE, address);
        }
        command
    };
    // A name that no test bears would pass without proving anything.
    let listed = workplace::quiet(&mut command(&["--list"])).unwrap_or_default();
    if !listed.lines().any(|line| line.ends_with(": test")) {
        // If it did not build, the reason is seen here.
        workplace::show(&mut command(&["--list"]))?;
        return Ok(Verdict::Failed(format!(
            "no test in crates/chancery/tests/{} is named {}",
            subject.tests, subject.name
        )));
    }
    Ok(Verdict::of(workplace::show(&mut command(&["--include-ignored", "--nocapture"]))?))
}
