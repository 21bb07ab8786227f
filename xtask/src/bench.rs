//! The measurements: a table of subjects, each measured by a benchmark in crate `chancery`. Knows their names and
//! how to run them; what they measure is theirs.

use crate::Outcome;
use crate::postgres::{self, Attempt};
use crate::workplace::{self, Workplace};
use anyhow::Result;

/// Name on the command line, the benchmark in `crates/chancery/benches`, and what its figures say.
const SUBJECTS: [(&str, &str, &str); 9] = [
    ("import", "import", "documents a second, durable, hashed, sealed and indexed, against its parts alone"),
    ("commands", "commands", "durable commands a second by sixteen people at once"),
    ("custody", "custody", "scans of a muster counted by four people at once, and the pages that show it"),
    ("search", "large", "answers of twenty hits with exact total and facets, of who sees none, six and all"),
    ("pages", "large", "desk, list and document asked for by two hundred people, forty a second"),
    ("verify", "large", "entries a second from tables and exports, sealed files a second"),
    ("start", "large", "from the start of the program to its first word, and its memory"),
    ("memory", "large", "the same"),
    ("growth", "large", "pages and searches at a tenth of the documents and at all of them"),
];

/// `cargo xtask bench SUBJECT [ARGUMENTS]`.
///
/// # Errors
/// When a command cannot be started.
pub fn run(place: &Workplace, subject: &str, arguments: &[String]) -> Result<Outcome> {
    let Some((name, bench, shows)) = SUBJECTS.iter().find(|(name, ..)| *name == subject) else {
        eprintln!("There is no benchmark named {subject}. There are:");
        for (name, _, shows) in SUBJECTS {
            eprintln!("  {name:12}  {shows}");
        }
        return Ok(Outcome::NotThereYet);
    };
    println!("{shows}");
    let mut command = place.cargo(&["bench", "--package", "chancery", "--bench", bench, "--"]);
    if bench != name {
        command.arg(name);
    }
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
