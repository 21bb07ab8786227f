//! How the command line speaks: refusals in words with their remedy, progress on the side, JSON where asked; to the
//! terminal of this process, or to that of the one that sent the command here.

use std::{
    fmt::Display,
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
};

use office::{
    Failure,
    texts::{Arg, Language, Texts},
};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What a command says to whoever gave it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Said {
    /// Text on the output stream, as it is.
    Out(String),
    /// A line on the error stream.
    Note(String),
    /// How far it is.
    Progress(String, u64, u64),
    /// It ended, with this exit code.
    End(u8),
}

/// Where a command speaks, and from where its paths are meant.
pub struct Terminal {
    directory: PathBuf,
    guest: Option<UnboundedSender<Said>>,
    typed: Option<UnboundedReceiver<String>>,
    progress: Progress,
}

/// The lines of the input stream as they come. A thread of its own reads them: nothing waits for it where no more are wanted.
pub fn typed() -> UnboundedReceiver<String> {
    let (pass_on, typed) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if pass_on.send(line).is_err() {
                break;
            }
        }
    });
    typed
}

impl Terminal {
    /// That of this process.
    pub fn here() -> Self {
        Self { directory: PathBuf::new(), guest: None, typed: None, progress: Progress::new() }
    }
    /// That of another process, which stands in a directory.
    pub fn of_guest(directory: PathBuf, guest: UnboundedSender<Said>) -> Self {
        Self { directory, guest: Some(guest), typed: None, progress: Progress::new() }
    }
    /// The same, with the lines that are typed there.
    pub fn hearing(mut self, typed: UnboundedReceiver<String>) -> Self {
        self.typed = Some(typed);
        self
    }
    /// The next line that is typed; none: there are no more, or from another process none came with it.
    pub async fn line(&mut self) -> Option<String> {
        if self.typed.is_none() && self.guest.is_some() {
            return None;
        }
        self.typed.get_or_insert_with(typed).recv().await
    }
    /// A path as its giver means it.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.directory.join(path)
    }
    /// A line.
    pub fn say(&mut self, line: impl Display) {
        self.hear(Said::Out(format!("{line}\n")));
    }
    /// A JSON value on one line.
    pub fn json(&mut self, value: &serde_json::Value) {
        self.say(value);
    }
    /// A line beside the answer.
    pub fn note(&mut self, line: impl Display) {
        self.hear(Said::Note(line.to_string()));
    }
    /// How far it is.
    pub fn progress(&mut self, what: &str, done: u64, total: u64) {
        match &self.guest {
            // A guest hears of each hundredth, not of each item.
            Some(_) if done != total && !done.is_multiple_of((total / 100).max(1)) => {}
            Some(_) => self.hear(Said::Progress(what.to_owned(), done, total)),
            None => self.progress.tell(what, done, total),
        }
    }
    /// Passes on what was said. Whoever closed the pipe wants no more: nothing is wrong.
    pub fn hear(&mut self, said: Said) {
        if let Some(guest) = &self.guest {
            let _ = guest.send(said);
            return;
        }
        match said {
            Said::Out(text) => {
                let _ = std::io::stdout().lock().write_all(text.as_bytes());
            }
            Said::Note(line) => {
                let _ = writeln!(std::io::stderr().lock(), "{line}");
            }
            Said::Progress(what, done, total) => self.progress.tell(&what, done, total),
            Said::End(_) => {}
        }
    }
}

/// What went wrong, why, and what to do.
pub fn complaint(error: &anyhow::Error) -> String {
    let refusal = error.chain().find_map(|cause| {
        cause
            .downcast_ref::<Failure>()
            .and_then(Failure::refusal)
            .or_else(|| cause.downcast_ref::<registry::Refusal>())
    });
    match refusal {
        Some(refusal) => format!("chancery: {}", words(refusal)),
        None => {
            let mut words = error.to_string();
            // Many a failure names its cause in its own words.
            for cause in error.chain().skip(1).map(ToString::to_string) {
                if !words.ends_with(&cause) {
                    words.push_str(": ");
                    words.push_str(&cause);
                }
            }
            format!("chancery: {words}")
        }
    }
}

/// A refusal in English: what, the remedy, the code.
fn words(refusal: &registry::Refusal) -> String {
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

/// A line of progress that overwrites itself where somebody looks, and is silent elsewhere.
struct Progress {
    shown: bool,
    last: u64,
}

impl Progress {
    /// Begins.
    fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal(), last: 0 }
    }
    /// So far.
    fn tell(&mut self, what: &str, done: u64, total: u64) {
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
