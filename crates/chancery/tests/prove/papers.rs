//! Invented papers by number: those that callers may see, and those that are hidden from them and share as much with
//! the others as papers can. Owns what stands in them; must not know how they are registered.

use std::collections::{BTreeMap, BTreeSet};

use label::NamedLabel;
use registry::id::Digest;

/// A word in every paper that may be seen, by which an answer is known to show one.
pub const MARK: &str = "averlund";
/// How many papers are seen by somebody.
pub const VISIBLE: usize = 120;
/// How many more hidden papers bear one reference that is also borne by visible ones.
pub const CROWD: usize = 1_300;
/// The reference that they bear.
pub const CROWDED: &str = "CROWD-1";

const ENGLISH: [&str; 40] = [
    "harbour",
    "convoy",
    "winter",
    "stocks",
    "bridge",
    "survey",
    "tide",
    "signal",
    "fuel",
    "railway",
    "crossing",
    "exercise",
    "readiness",
    "island",
    "ferry",
    "depot",
    "radar",
    "weather",
    "budget",
    "staff",
    "movement",
    "lantern",
    "meadow",
    "quarry",
    "anchor",
    "beacon",
    "canal",
    "ledger",
    "mast",
    "orchard",
    "pilot",
    "river",
    "sluice",
    "tower",
    "valley",
    "wharf",
    "airfield",
    "bakery",
    "cable",
    "dock",
];
const FRENCH: [&str; 20] = [
    "port",
    "convoi",
    "hiver",
    "réserves",
    "pont",
    "relevé",
    "marée",
    "signal",
    "carburant",
    "chemin",
    "passage",
    "exercice",
    "disponibilité",
    "île",
    "dépôt",
    "météo",
    "budget",
    "mouvement",
    "phare",
    "rivière",
];
/// Who writes.
pub const ORIGINATORS: [&str; 6] = [
    "Operations Division",
    "Harbour Master",
    "Agency for Bridges",
    "Division de la logistique",
    "Weather Service",
    "Élément avancé",
];
/// Who is written to.
pub const ADDRESSEES: [&str; 6] = [
    "Military Committee",
    "Air Staff",
    "Joint Movement Cell",
    "Bureau du port",
    "Budget Board",
    "Liaison Officer",
];
/// Kinds of paper.
pub const KINDS: [&str; 4] = ["memorandum", "letter", "report", "signal"];

/// A paper before it is registered.
#[derive(Debug, Clone)]
pub struct Paper {
    pub registry: &'static str,
    pub label: Option<NamedLabel>,
    pub subject_label: Option<NamedLabel>,
    pub date: Option<String>,
    pub language: &'static str,
    pub kind: &'static str,
    pub originator: &'static str,
    pub references: Vec<String>,
    /// The reference of what it supersedes.
    pub supersedes: Option<String>,
    pub action: Vec<&'static str>,
    pub info: Vec<&'static str>,
    pub subject: String,
    pub content: Option<String>,
    /// Codes of groups, one of which needs to know.
    pub need_to_know: Vec<&'static str>,
    /// Only for the one who keeps the lists.
    pub access_list: bool,
    /// The file of its registry in which it is put when it is registered: the first or the second.
    pub file: usize,
}

/// Numbers that look drawn and are the same each time.
pub struct Drawn(Digest, u32);

impl Drawn {
    pub fn of(what: &str) -> Self {
        Self(Digest::of(what.as_bytes()), 0)
    }
    pub fn below(&mut self, bound: usize) -> usize {
        self.1 += 1;
        let mut text = self.0.0.to_vec();
        text.extend(self.1.to_be_bytes());
        let bytes = Digest::of(&text).0;
        (u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize) % bound
    }
    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

pub fn nato(level: &str) -> NamedLabel {
    of_policy("NATO", level)
}

fn of_policy(policy: &str, level: &str) -> NamedLabel {
    NamedLabel {
        policy: policy.into(),
        level: level.into(),
        categories: BTreeMap::default(),
        privacy_mark: None,
    }
}

fn with(mut label: NamedLabel, set: &str, category: &str) -> NamedLabel {
    label.categories.insert(set.into(), BTreeSet::from([category.into()]));
    label
}

fn text(drawn: &mut Drawn, language: &str, words: usize) -> String {
    let mut out: Vec<String> = Vec::new();
    for n in 0..words {
        let word = if language == "fr" { drawn.pick(&FRENCH) } else { drawn.pick(&ENGLISH) };
        out.push(if n.is_multiple_of(11) { format!("{word}.\nThe") } else { word.to_owned() });
    }
    out.join(" ")
}

/// A text as a message that came by mail: what is not plain text is read by the limited child.
pub fn mail(text: &str) -> String {
    format!(
        "From: sender@example.org\r\nTo: registry@example.org\r\nSubject: Averlund\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        text.replace('\n', "\r\n")
    )
}

/// The name of a file with this in it.
pub fn file_name(text: &str) -> &'static str {
    if text.starts_with("From: ") { "paper.eml" } else { "paper.txt" }
}

/// A paper that somebody among the callers may see.
pub fn visible(n: usize) -> Paper {
    let mut drawn = Drawn::of(&format!("visible {n}"));
    let registry = ["HQR", "HQR", "HQR", "ARC", "COS", "HQR", "HQR", "ARC", "ARC", "COS"][n % 10];
    let level = ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET"][n / 2 % 4];
    let label = match (registry, n % 4) {
        ("COS", _) if n % 30 == 9 => None,
        ("COS", 0) => Some(with(nato("TOP SECRET"), "Additional Sensitivity", "ATOMAL")),
        ("COS", _) => Some(nato("TOP SECRET")),
        ("ARC", 1) => Some(with(nato("CONFIDENTIAL"), "Releasable To", "CHE")),
        _ => Some(nato(level)),
    };
    let language = if n % 4 == 3 { "fr" } else { "en" };
    let subject_label = (n.is_multiple_of(3) && label.is_some()).then(|| nato("UNCLASSIFIED"));
    let date = match n % 20 {
        7 => None,
        11 => Some("1999-04".to_owned()),
        _ => Some(format!("20{:02}-{:02}-{:02}", 18 + n % 8, 1 + n / 5 % 12, 1 + n / 7 % 28)),
    };
    let mut references = vec![format!("AVL/{n}/26")];
    if n.is_multiple_of(7) {
        references.push(format!("CYCLE-{}", n % 3));
    }
    if registry == "ARC" && n < 60 {
        references.push(CROWDED.to_owned());
    }
    // A series that HQR numbers, as papers of old bear it: with revisions, and every fifth one superseding another.
    if n.is_multiple_of(4) {
        references.push(format!(
            "MCM-{:04}-2024{}",
            1 + n / 8,
            if n.is_multiple_of(8) { "" } else { "-REV1" }
        ));
    }
    let supersedes = n.is_multiple_of(5).then(|| format!("mcm {} 24", 1 + n / 3 % 15));
    let about = text(&mut drawn, language, 4).replace(".\nThe", "");
    // Two words, each heavy in every second paper: which comes first hangs on how rare each is held to be.
    let heavy = if n.is_multiple_of(2) {
        ["harbour harbour harbour harbour", "convoy"]
    } else {
        ["harbour", "convoy convoy convoy convoy"]
    };
    let body = format!(
        "{}\n{} {MARK} {}\n{}\nSee MCM-{:04}-2024, MCM-{:04}-2024-REV1 and C-M(2002)49.",
        text(&mut drawn, language, 60),
        heavy[0],
        heavy[1],
        text(&mut drawn, language, 40 + n % 50),
        1 + n % 15,
        1 + n % 7,
    );
    Paper {
        registry,
        label,
        subject_label,
        date,
        language,
        kind: KINDS[n % 4],
        originator: drawn.pick(&ORIGINATORS),
        references,
        supersedes,
        action: vec![drawn.pick(&ADDRESSEES)],
        info: if n.is_multiple_of(2) { vec![drawn.pick(&ADDRESSEES)] } else { vec![] },
        subject: format!("Averlund {n}: {about}"),
        content: (n % 3 != 1).then(|| if n.is_multiple_of(9) { mail(&body) } else { body }),
        need_to_know: if n % 6 == 2 { vec!["air"] } else { vec![] },
        access_list: false,
        file: n / 2 % 2,
    }
}

/// The same entry with another inside: what one who only handles it can't tell.
pub fn another_inside(n: usize) -> Paper {
    let paper = visible(n);
    if paper.registry != "COS" || paper.label.is_none() {
        return paper;
    }
    let mut drawn = Drawn::of(&format!("inside {n}"));
    let subject = match paper.subject_label {
        Some(_) => paper.subject.clone(),
        None => format!("Something else entirely: {}", text(&mut drawn, "en", 3)),
    };
    Paper {
        subject,
        kind: KINDS[(n + 1) % 4],
        originator: ORIGINATORS[(n + 1) % 6],
        language: if paper.language == "fr" { "en" } else { "fr" },
        references: vec![format!("ELSE/{n}"), "CYCLE-1".to_owned()],
        action: vec![ADDRESSEES[(n + 3) % 6]],
        info: vec![],
        content: paper.content.is_some().then(|| text(&mut drawn, "en", 90)),
        need_to_know: vec!["inner"],
        file: 1 - paper.file,
        ..paper
    }
}

/// From whom a hidden paper is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// All eight callers, whatever they hold.
    All,
    /// Whoever holds less than NATO SECRET and keeps no registry.
    Uncleared,
}

/// A hidden paper: like one that is seen, in all but who may see it.
pub fn hidden(m: usize, from: From) -> Paper {
    let twin = visible(m * 7 % VISIBLE);
    let classified =
        twin.label.as_ref().is_some_and(|l| l.level != "UNCLASSIFIED" && l.level != "RESTRICTED");
    let mut drawn = Drawn::of(&format!("hidden {m}"));
    let mut own = || {
        let words = text(&mut drawn, "en", 50);
        let cited = 1 + m % 15;
        format!("{0} {MARK} {0}\n{words}\nSee MCM-{cited:04}-2024.", "harbour ".repeat(9))
    };
    // Every second one has the very bytes of its twin, once: their registrar may not see them a second time either.
    let content = match (&twin.content, m % 2) {
        (Some(same), 0) if classified && m < VISIBLE => Some(same.clone()),
        _ if m % 9 == 6 => Some(mail(&own())),
        _ => Some(own()),
    };
    // Every third one supersedes what somebody sees, and bears a number that would be out of order.
    let supersedes = m.is_multiple_of(3).then(|| format!("MCM-{:04}-2024", 1 + m / 3 % 15));
    let mut references = twin.references.clone();
    if m.is_multiple_of(3) {
        references.push(format!("MCM-{:04}-2024", 500 + m));
    }
    let base = Paper { references, supersedes, ..twin };
    let paper = Paper { content, need_to_know: vec![], access_list: false, subject_label: None, ..base };
    let level = ["UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"][m % 5];
    match (from, m % 4) {
        (From::All, 0) => Paper { registry: "ARC", label: Some(nato(level)), access_list: true, ..paper },
        (From::All, 1) => {
            Paper { registry: "ARC", label: Some(nato(level)), need_to_know: vec!["inner"], ..paper }
        }
        (_, 2) => Paper { registry: "HQR", label: None, ..paper },
        (From::All, _) => Paper { registry: "SCR", label: Some(nato("SECRET")), access_list: true, ..paper },
        (From::Uncleared, 0) => Paper { registry: "HQR", label: Some(nato("SECRET")), ..paper },
        (From::Uncleared, 1) => Paper { registry: "COS", label: Some(nato("TOP SECRET")), ..paper },
        (From::Uncleared, _) => {
            Paper { registry: "ARC", label: Some(nato("RESTRICTED")), need_to_know: vec!["inner"], ..paper }
        }
    }
}

/// A hidden paper of which there are numbered copies. Where callers are of the staff they see the entry of each marked paper
/// but of those of the Union, to which none of them belongs; in the archive none of them is.
pub fn in_custody(registry: &'static str, accountable: bool) -> Paper {
    let policy = if registry == "ARC" { "NATO" } else { "EU" };
    let level = if accountable { "SECRET" } else { "CONFIDENTIAL" };
    Paper {
        registry,
        label: Some(of_policy(policy, level)),
        subject_label: None,
        need_to_know: vec![],
        access_list: true,
        content: None,
        file: 1,
        ..visible(22)
    }
}

/// How many papers of a registry have their own reference borne by others.
pub const SHARED: usize = 20;

/// One of many that some handle and may not read: it bears the own references of others, as foreign ones, or none.
pub fn sharing(m: usize, with_others: bool) -> Paper {
    let references = if with_others {
        (1..=SHARED).map(|n| format!("COS-2026-{n}")).collect()
    } else {
        (1..=SHARED).map(|n| format!("ELSEWHERE-{n}")).collect()
    };
    let subject = format!("Averlund, one of many: {m}");
    Paper { label: Some(nato("TOP SECRET")), references, subject, content: None, ..visible(4) }
}

/// One of many that bear the same reference as some that are seen.
pub fn crowd(m: usize) -> Paper {
    let mut paper = hidden(m, From::All);
    paper.registry = "ARC";
    paper.label = Some(nato("SECRET"));
    paper.access_list = true;
    paper.need_to_know = vec![];
    paper.references = vec![CROWDED.to_owned()];
    paper.content = None;
    paper
}
