//! The papers of the year: historic ones where they are beside the project, else made-up ones; and how each is marked, by whom
//! it is kept and in how many copies it is there.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// Papers that are kept and marked alike.
#[derive(Debug)]
pub struct Kind {
    pub registry: &'static str,
    pub policy: &'static str,
    pub level: &'static str,
    /// The log in which their copies are numbered.
    pub log: &'static str,
    /// How their copies came to be.
    pub origin: &'static str,
    /// How many papers of the kind come in each of the four seasons.
    pub seasons: [usize; 4],
}

const fn kind(
    registry: &'static str,
    marking: [&'static str; 3],
    origin: &'static str,
    seasons: [usize; 4],
) -> Kind {
    let [policy, level, log] = marking;
    Kind { registry, policy, level, log, origin, seasons }
}

/// Five hundred papers.
pub const KINDS: [Kind; 6] = [
    kind("REG", ["NATO", "SECRET", "NS"], "received", [90, 54, 18, 18]),
    kind("COS", ["NATO", "TOP SECRET", "CTS"], "received", [15, 9, 3, 3]),
    kind("COS", ["NATO", "TOP SECRET", "CTS"], "made", [15, 9, 3, 3]),
    kind("REG", ["EU", "SECRET", "S-UE"], "received", [30, 18, 6, 6]),
    kind("REG", ["EU", "CONFIDENTIAL", "C-UE"], "received", [20, 12, 4, 4]),
    kind("REG", ["US-HISTORIC", "TOP SECRET", "TS-US"], "received", [80, 48, 16, 16]),
];

impl Kind {
    pub fn label(&self) -> Value {
        json!({"policy": self.policy, "level": self.level})
    }
}

/// A paper that comes.
#[derive(Debug, Clone)]
pub struct Paper {
    pub kind: &'static Kind,
    /// In how many copies, and of how many pages.
    pub copies: u32,
    pub pages: u32,
    subject: String,
    date: String,
    originator: String,
    /// What it says; none: it comes on paper alone.
    pub text: Option<String>,
}

impl Paper {
    /// As a program registers it.
    pub fn entry(&self) -> Value {
        let mut entry = json!({
            "registry": self.kind.registry, "direction": "incoming", "kind": "memorandum", "date": self.date,
            "originator": self.originator, "subject": self.subject, "label": self.kind.label(),
            "action": ["Military Committee"],
        });
        if self.text.is_none() {
            entry["held_elsewhere"] = json!("on paper, in the registry");
        }
        entry
    }
}

/// Of so many papers one comes with its text.
const WITH_TEXT: usize = 10;

/// What papers are made of: subject, date, originator, text.
type Stuff = (String, String, String, String);

/// The papers of each season, and whether they are the historic ones.
pub fn papers() -> ([Vec<Paper>; 4], bool) {
    let all: usize = KINDS.iter().flat_map(|kind| kind.seasons).sum();
    let (stuff, real) = match historic(all) {
        Some(stuff) => (stuff, true),
        None => ((0..all).map(made_up).collect(), false),
    };
    let mut stuff = stuff.into_iter().enumerate();
    let mut seasons: [Vec<Paper>; 4] = Default::default();
    for kind in &KINDS {
        let mut of_kind = 0;
        for (season, many) in seasons.iter_mut().zip(kind.seasons) {
            for (n, (subject, date, originator, text)) in stuff.by_ref().take(many) {
                // Two to six, four on the average.
                let (copies, pages) = (2 + of_kind % 5, 1 + of_kind * 7 % 40);
                of_kind += 1;
                let text = n.is_multiple_of(WITH_TEXT).then_some(text);
                season.push(Paper { kind, copies, pages, subject, date, originator, text });
            }
        }
    }
    (seasons, real)
}

fn made_up(n: usize) -> Stuff {
    (
        format!("Winter stocks of depot {n}"),
        format!("2026-02-{:02}", 1 + n % 28),
        format!("Delegation {}", n % 17),
        format!("The stocks of depot {n} are low. They are counted again in spring."),
    )
}

/// So many of the historic papers that were secret.
fn historic(many: usize) -> Option<Vec<Stuff>> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/frus");
    let index = std::fs::read_to_string(folder.join("index.jsonl")).ok()?;
    let papers = index.lines().filter_map(|line| {
        let paper: Value = serde_json::from_str(line).ok()?;
        let of = |field: &str| paper[field].as_str().map(str::to_owned);
        of("classification").filter(|level| level.ends_with("SECRET"))?;
        let text = std::fs::read_to_string(folder.join(of("file")?)).ok()?;
        let subject = of("subject").or_else(|| of("title"))?;
        Some((subject, of("date")?, of("from").unwrap_or_else(|| "Department of State".into()), text))
    });
    let papers: Vec<Stuff> = papers.take(many).collect();
    (papers.len() == many).then_some(papers)
}
