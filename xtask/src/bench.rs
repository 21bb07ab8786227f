//! The measurements: a table of subjects, each a benchmark of that name in crate `chancery`. Knows their names and
//! how to run them; what they measure is theirs.

use crate::Outcome;
use crate::postgres::{self, Attempt};
use crate::workplace::{self, Workplace};
use anyhow::Result;

/// Name on the command line and of the benchmark in `crates/chancery/benches`, and what its figures say.
const SUBJECTS: [(&str, &str); 3] = [
    ("import", "documents a second, durable, hashed, sealed and indexed, against its parts alone"),
    ("search", "an answer of twenty hits with exact total and facets, scoped against unscoped"),
    ("commands", "durable commands a second by sixteen people at once"),
];

/// `cargo xtask bench SUBJECT [ARGUMENTS]`.
///
/// # Errors
/// When a command cannot be started.
pub fn run(place: &Workplace, subject: &str, arguments: &[String]) -> Result<Outcome> {
    let Some((name, shows)) = SUBJECTS.iter().find(|(name, _)| *name == subject) else {
        eprintln!("There is no benchmark named {subject}. There are:");
        for (name, shows) in SUBJECTS {
            eprintln!("  {name:12}  {shows}");
        }
        return Ok(Outcome::NotThereYet);
    };
    let benches = place.root.join("crates/chancery/benches");
    if !benches.join(format!("{name}.rs")).is_file() && !benches.join(name).join("main.rs").is_file() {
        eprintln!("bench {name} ({shows}): not there yet");
        return Ok(Outcome::NotThereYet);
    }
    println!("{shows}");
    let mut command = place.cargo(&["bench", "--package", "chancery", "--bench", name, "--"]);
    command.args(arguments);
    let server = postgres::start(place)?;
    match &server {
        Attempt::Running(server) => {
            command.env(postgres::VARIABLE, &server.address);
        }
        Attempt::Unavailable(why) => println!("On SQLite only: {why}."),
    }
    let status = workplace::show(&mut command)?;
    Ok(if status.success() { Outcome::Passed } else { Outcome::Failed })
}
