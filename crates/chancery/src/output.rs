//! How the command line speaks: refusals in words with their remedy, progress on the side, JSON where asked.

use std::io::{IsTerminal, Write};

use office::{
    Failure,
    texts::{Arg, Language, Texts},
};

/// Says on the error stream what went wrong, why, and what to do.
pub fn complain(error: &anyhow::Error) {
    let refusal = error.chain().find_map(|cause| {
        cause
            .downcast_ref::<Failure>()
            .and_then(Failure::refusal)
            .or_else(|| cause.downcast_ref::<registry::Refusal>())
    });
    match refusal {
        Some(refusal) => eprintln!("chancery: {}", words(refusal)),
        None => eprintln!("chancery: {error:#}"),
    }
}

/// A refusal in English: what, the remedy, the code.
pub fn words(refusal: &registry::Refusal) -> String {
    let Ok(texts) = Texts::new() else { return refusal.to_string() };
    let args: Vec<(&str, Arg)> = refusal.arguments.iter().map(|(n, v)| (*n, Arg::from(v.as_str()))).collect();
    let say = |key: String| texts.get(Language::En, &key, &args);
    let field = refusal.field.map(|f| format!(" [{f}]")).unwrap_or_default();
    format!(
        "{}{field}\n  {}\n  ({})",
        say(format!("refusal-{}", refusal.code)),
        say(format!("refusal-{}-remedy", refusal.code)),
        refusal.code
    )
}

/// Prints a JSON value on one line.
pub fn json(value: &serde_json::Value) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    Ok(writeln!(out)?)
}

/// A line of progress that overwrites itself where somebody looks, and is silent elsewhere.
pub struct Progress {
    shown: bool,
    last: u64,
}

impl Progress {
    /// Begins.
    pub fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal(), last: 0 }
    }
    /// So far.
    pub fn tell(&mut self, what: &str, done: u64, total: u64) {
        let percent = done.saturating_mul(100) / total.max(1);
        if self.shown && (percent != self.last || done == total) {
            self.last = percent;
            let width = 30_u64;
            let full = usize::try_from(percent * width / 100).unwrap_or(0);
            let bar = format!("{}{}", "█".repeat(full), "░".repeat(30_usize.saturating_sub(full)));
            eprint!("\r{what} {bar} {done} of {total}");
            if done == total {
                eprintln!();
            }
        }
    }
}
