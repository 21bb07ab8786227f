//! Every parser that meets foreign bytes, fed with whatever a fuzzer thinks of: brings the fuzzer, writes the seeds, runs the
//! targets of `fuzz/` one after the other. Knows the targets by name; what each of them demands is theirs.

use crate::Outcome;
use crate::steps::{Steps, Verdict};
use crate::workplace::{self, Workplace};
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How long each target runs where nobody says otherwise: the size of the figures.
pub const SECONDS: u32 = 600;

/// A target for each parser. Add one here, in `fuzz/Cargo.toml`, and its seeds in `fuzz/src/seeds.rs`.
const TARGETS: [&str; 12] = [
    "policy",
    "label",
    "manifest",
    "reference",
    "marking",
    "query",
    "ooxml",
    "mail",
    "words",
    "outlook",
    "pdf",
    "entry",
];

/// The longest that one input may take (seconds): a fuzzed program is a few times slower than the product.
const LONGEST: u32 = 10;
/// The most memory that a target may have (MB), its corpus included.
const MEMORY: u32 = 2_048;
/// The longest input (bytes).
const INPUT: u32 = 64 << 10;

/// The variable that names the folder of the seeds.
const SEEDS: &str = "CHANCERY_FUZZ_SEEDS";

/// The compiler that the fuzzer needs.
const TOOLCHAIN: &str = "nightly";

/// What is needed beside the checkout.
struct Fuzzer {
    rustup: PathBuf,
    program: PathBuf,
    /// Where corpora, findings and builds are kept between runs.
    folder: PathBuf,
    root: PathBuf,
}

/// `cargo xtask fuzz [TARGET] [--seconds N]`.
///
/// # Errors
/// When a command cannot be started.
pub fn run(place: &Workplace, target: Option<&str>, seconds: u32) -> Result<Outcome> {
    let chosen: Vec<&str> =
        TARGETS.iter().copied().filter(|known| target.is_none_or(|wanted| wanted == *known)).collect();
    if chosen.is_empty() {
        eprintln!("There is no such target. There are: {}", TARGETS.join(", "));
        return Ok(Outcome::NotThereYet);
    }
    let fuzzer = match Fuzzer::find(place)? {
        Ok(fuzzer) => fuzzer,
        Err(missing) => {
            eprintln!("Nothing can be fuzzed here: {missing}.");
            return Ok(Outcome::Failed);
        }
    };
    let mut steps = Steps::default();
    let built = steps.take("build every target and write the seeds", || fuzzer.build());
    let mut table = String::from("target     seconds       runs   runs/s  branches  corpus   MiB  result\n");
    if *built == Verdict::Passed {
        for name in chosen {
            let row = &mut table;
            steps.take(&format!("fuzz {name}"), || fuzzer.fuzz(name, seconds, row));
        }
        println!("\n{table}");
    }
    println!("{}", steps.table());
    Ok(if steps.good() { Outcome::Passed } else { Outcome::Failed })
}

impl Fuzzer {
    /// Finds what is needed, installs the fuzzer where it is missing; or in words what is lacking.
    fn find(place: &Workplace) -> Result<Result<Self, String>> {
        let Some(rustup) = place.program("rustup") else {
            return Ok(Err("rustup is not installed, and the fuzzer needs a nightly compiler".into()));
        };
        let mut asked = Command::new(&rustup);
        if workplace::quiet(asked.args(["run", TOOLCHAIN, "rustc", "--version"])).is_none() {
            return Ok(Err(format!(
                "the nightly compiler is not installed: rustup toolchain install {TOOLCHAIN} --profile minimal"
            )));
        }
        let folder = place.cache.join("fuzz");
        let own = folder.join("tools");
        let program = place.program("cargo-fuzz").unwrap_or_else(|| own.join("bin").join("cargo-fuzz"));
        if !workplace::is_program(&program) {
            println!("cargo-fuzz is not installed; it is brought into {}", own.display());
            let mut install = place.cargo(&["install", "cargo-fuzz", "--locked", "--quiet", "--root"]);
            install.arg(&own).env("CARGO_TARGET_DIR", folder.join("tools-build"));
            if !workplace::show(&mut install)?.success() {
                return Ok(Err("cargo-fuzz could not be installed: cargo install cargo-fuzz".into()));
            }
        }
        Ok(Ok(Self { rustup, program, folder, root: place.root.clone() }))
    }

    /// The fuzzer under the nightly compiler, in the workspace of the targets.
    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.rustup);
        command.args(["run", TOOLCHAIN]).arg(&self.program).arg(verb).current_dir(self.root.join("fuzz"));
        // No sanitizer: there is no unsafe code of ours to watch, and targets run several times as often. Without the
        // assertions that libraries have for their own debugging: what is fuzzed is what is shipped.
        command.args(["--fuzz-dir", ".", "--sanitizer", "none", "--release", "--target-dir"]);
        command.arg(self.folder.join("build"));
        // What cargo set for this program is of another compiler and another package.
        for inherited in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "CARGO_MANIFEST_DIR", "CARGO_TARGET_DIR"] {
            command.env_remove(inherited);
        }
        command
    }

    fn corpus(&self) -> PathBuf {
        self.folder.join("corpus")
    }

    fn build(&self) -> Result<Verdict> {
        let built = workplace::show(&mut self.command("build"))?;
        if !built.success() {
            return Ok(Verdict::of(built));
        }
        let seeds =
            find(&self.folder.join("build"), "seeds").context("the program of the seeds is not there")?;
        let mut write = Command::new(seeds);
        write.args(["-runs=0", "-verbosity=0"]).env(SEEDS, self.corpus());
        Ok(Verdict::of(workplace::show(&mut write)?))
    }

    /// Runs one target and adds its row.
    fn fuzz(&self, name: &str, seconds: u32, table: &mut String) -> Result<Verdict> {
        let findings = self.folder.join("findings").join(name);
        std::fs::create_dir_all(&findings).with_context(|| format!("making {}", findings.display()))?;
        let corpus = self.corpus().join(name);
        let mut command = self.command("run");
        command.arg(name).arg(&corpus).arg("--");
        command.args([
            format!("-max_total_time={seconds}"),
            format!("-timeout={LONGEST}"),
            format!("-rss_limit_mb={MEMORY}"),
            format!("-max_len={INPUT}"),
            format!("-artifact_prefix={}/", findings.display()),
            "-print_final_stats=1".to_owned(),
        ]);
        let done = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .with_context(|| format!("starting {}", self.program.display()))?;
        let said = String::from_utf8_lossy(&done.stderr);
        let good = done.status.success();
        let row = Row::of(&said);
        // Writing into a String cannot fail.
        let _ = writeln!(
            table,
            "{name:9} {:8} {:>10} {:>8} {:>9} {:>7} {:>5}  {}",
            seconds,
            row.runs,
            row.rate,
            row.branches,
            std::fs::read_dir(&corpus).map_or(0, Iterator::count),
            row.memory,
            if good { "no finding" } else { "FOUND" }
        );
        if good {
            println!(
                "{} runs, {} a second, {} branches, {} MiB",
                row.runs, row.rate, row.branches, row.memory
            );
            return Ok(Verdict::Passed);
        }
        let lines: Vec<&str> = said.lines().collect();
        for line in lines.iter().skip(lines.len().saturating_sub(60)) {
            println!("  {line}");
        }
        Ok(Verdict::Failed(format!("what it found lies in {}", findings.display())))
    }
}

/// What a run says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    runs: u64,
    rate: u64,
    branches: u64,
    memory: u64,
}

impl Row {
    fn of(said: &str) -> Self {
        let last = |name: &str| {
            let found = said.lines().rev().find_map(|line| line.split_once(name));
            found.and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
        };
        Self {
            runs: last("stat::number_of_executed_units:"),
            rate: last("stat::average_exec_per_sec:"),
            branches: last(" cov: "),
            memory: last("stat::peak_rss_mb:"),
        }
    }
}

/// The program of a name that was built for speed, wherever below the folder the target's triple puts it.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut places = vec![folder.to_owned()];
    places.extend(std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()));
    places.into_iter().map(|place| place.join("release").join(name)).find(|file| workplace::is_program(file))
}

#[cfg(test)]
mod tests {
    use super::{Row, TARGETS};

    #[test]
    fn what_a_run_says_of_itself_is_read_off() {
        let said = "#2\tINITED cov: 12 ft: 13 corp: 1/1b\n#9\tNEW    cov: 345 ft: 400 corp: 2/9b\nDone 77 runs in 2 second(s)\n\
                    stat::number_of_executed_units: 77\nstat::average_exec_per_sec:     38\nstat::peak_rss_mb:              61\n";
        assert_eq!(Row::of(said), Row { runs: 77, rate: 38, branches: 345, memory: 61 });
        assert_eq!(Row::of(""), Row::default());
    }

    #[test]
    fn every_target_is_a_program_with_seeds() {
        let manifest = include_str!("../../fuzz/Cargo.toml");
        let seeds = include_str!("../../fuzz/src/seeds.rs");
        for target in TARGETS {
            assert!(manifest.contains(&format!("path = \"targets/{target}.rs\"")), "{target}");
            assert!(seeds.contains(&format!("\"{target}\"")), "{target}");
        }
        assert_eq!(manifest.matches("path = \"targets/").count(), TARGETS.len());
    }
}
