//! The steps of a long task: each is announced, timed and kept for the closing table. Knows no step by name.

use anyhow::Result;
use std::fmt::Write as _;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Good.
    Passed,
    /// Wrong; in a few words what, the details having been printed already.
    Failed(String),
    /// Not done on this machine; the reason, for the person who reads the table.
    Skipped(String),
}

impl Verdict {
    /// The verdict of a command that printed its own story.
    pub fn of(status: ExitStatus) -> Self {
        if status.success() { Self::Passed } else { Self::Failed(status.to_string()) }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed(_) => "FAILED",
            Self::Skipped(_) => "skipped",
        }
    }

    fn remark(&self) -> &str {
        match self {
            Self::Passed => "",
            Self::Failed(why) | Self::Skipped(why) => why,
        }
    }
}

#[derive(Debug)]
struct Step {
    name: String,
    verdict: Verdict,
    took: Duration,
}

/// The steps taken so far.
#[derive(Debug, Default)]
pub struct Steps {
    taken: Vec<Step>,
}

impl Steps {
    /// Announces a step, takes it and keeps how it ended. An error is a failed step, so that the later steps, the
    /// closing table and every clean-up still come.
    pub fn take(&mut self, name: &str, step: impl FnOnce() -> Result<Verdict>) -> &Verdict {
        println!("\n== {name}");
        #[expect(
            clippy::disallowed_methods,
            reason = "measuring how long a step takes is what this file is for"
        )]
        let began = Instant::now();
        let verdict = step().unwrap_or_else(|error| Verdict::Failed(format!("{error:#}")));
        let took = began.elapsed();
        println!("== {name}: {} after {:.1} s {}", verdict.word(), took.as_secs_f64(), verdict.remark());
        self.taken.push(Step { name: name.to_owned(), verdict, took });
        self.taken.last().map_or(&Verdict::Passed, |step| &step.verdict)
    }

    /// Whether no step failed.
    pub fn good(&self) -> bool {
        self.count(|verdict| matches!(verdict, Verdict::Failed(_))) == 0
    }

    /// The closing table: a line a step, then one line with the sums.
    pub fn table(&self) -> String {
        let width = self.taken.iter().map(|step| step.name.chars().count()).max().unwrap_or(0).max(4);
        let mut table = format!("\n{:width$}  result   seconds  remark\n", "step");
        for step in &self.taken {
            let line = format!(
                "{:width$}  {:7}  {:7.1}  {}",
                step.name,
                step.verdict.word(),
                step.took.as_secs_f64(),
                step.verdict.remark()
            );
            table.push_str(line.trim_end());
            table.push('\n');
        }
        let total: Duration = self.taken.iter().map(|step| step.took).sum();
        // Writing into a String cannot fail.
        let _ = writeln!(table, "{:width$}  {:7}  {:7.1}", "all", "", total.as_secs_f64());
        let _ = writeln!(
            table,
            "\nSteps: {} passed, {} failed, {} skipped",
            self.count(|verdict| matches!(verdict, Verdict::Passed)),
            self.count(|verdict| matches!(verdict, Verdict::Failed(_))),
            self.count(|verdict| matches!(verdict, Verdict::Skipped(_)))
        );
        table
    }

    fn count(&self, which: impl Fn(&Verdict) -> bool) -> usize {
        self.taken.iter().filter(|step| which(&step.verdict)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_a_failed_step_and_the_next_one_still_comes() {
        let mut steps = Steps::default();
        steps.take("first", || anyhow::bail!("the reason"));
        steps.take("second", || Ok(Verdict::Skipped("no browser".into())));
        steps.take("third", || Ok(Verdict::Passed));
        assert!(!steps.good());
        let table = steps.table();
        assert!(table.contains("first") && table.contains("the reason"), "{table}");
        assert!(table.contains("Steps: 1 passed, 1 failed, 1 skipped"), "{table}");
    }

    #[test]
    fn a_skipped_step_is_no_failure_but_is_told() {
        let mut steps = Steps::default();
        steps.take("browser", || Ok(Verdict::Skipped("no browser here".into())));
        assert!(steps.good());
        assert!(steps.table().contains("no browser here"));
    }
}
