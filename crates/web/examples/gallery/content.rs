//! Owns the invented content of the gallery. It must not know how it is shown.

use office::texts::Language;
use web::look::colour::NotAColour;
use web::look::{Colour, LevelClass, LevelColour, Marking};

/// The classes of the levels of an invented policy.
pub struct Levels {
    pub unclassified: LevelClass,
    pub restricted: LevelClass,
    pub confidential: LevelClass,
    pub secret: LevelClass,
    pub top: LevelClass,
    pub undetermined: LevelClass,
}

impl Levels {
    pub fn new() -> Self {
        let class = |level| LevelClass::new("nato", level);
        Self {
            unclassified: class("1"),
            restricted: class("2"),
            confidential: class("3"),
            secret: class("4"),
            top: class("5"),
            undetermined: LevelClass::undetermined(),
        }
    }

    pub fn colours(&self) -> Result<Vec<LevelColour>, NotAColour> {
        [
            (&self.unclassified, "#2f7d4f"),
            (&self.restricted, "#2d6cb0"),
            (&self.confidential, "#7a4fb3"),
            (&self.secret, "#b3261e"),
            (&self.top, "#9a6200"),
        ]
        .into_iter()
        .map(|(class, colour)| Ok(LevelColour { class: class.clone(), colour: colour.parse::<Colour>()? }))
        .collect()
    }

    /// The marking in words for one of the letters U, R, C, S, T, A (with a release), F (in French), X (undetermined).
    pub const fn marking(&self, letter: char) -> Marking<'_> {
        let (text, level, language) = match letter {
            'R' => ("NATO RESTRICTED", &self.restricted, Language::En),
            'C' => ("NATO CONFIDENTIAL", &self.confidential, Language::En),
            'S' => ("NATO SECRET", &self.secret, Language::En),
            'T' => ("COSMIC TOP SECRET ATOMAL", &self.top, Language::En),
            'A' => ("NATO SECRET RELEASABLE TO AUSTRALIA", &self.secret, Language::En),
            'F' => ("NATO DIFFUSION RESTREINTE", &self.restricted, Language::Fr),
            'X' => ("MARKING UNDETERMINED", &self.undetermined, Language::En),
            _ => ("NATO UNCLASSIFIED", &self.unclassified, Language::En),
        };
        Marking { text, language, level }
    }
}

/// A paper: reference, subject, language, marking, date (year, month, day), originator, kind, how told.
pub struct Paper {
    pub reference: &'static str,
    pub subject: &'static str,
    pub language: Language,
    pub marking: char,
    pub date: Option<(i16, i8, i8)>,
    pub originator: &'static str,
    pub snippet: &'static str,
    pub lit: &'static [&'static str],
}

const fn paper(
    reference: &'static str,
    subject: &'static str,
    marking: char,
    date: Option<(i16, i8, i8)>,
    originator: &'static str,
) -> Paper {
    Paper { reference, subject, language: Language::En, marking, date, originator, snippet: "", lit: &[] }
}

pub const PAPERS: &[Paper] = &[
    Paper {
        snippet: "… proposals on the rotation of detachments from the second half of the year, with the winter arrangements …",
        lit: &["rotation", "arrangements"],
        ..paper(
            "IMS-2026-0211",
            "Revised arrangements for the rotation of air policing detachments",
            'A',
            Some((2026, 3, 12)),
            "Director General",
        )
    },
    Paper {
        language: Language::Fr,
        snippet: "… la rotation des véhicules de soutien, selon les arrangements convenus avec le pays hôte …",
        lit: &["rotation", "arrangements"],
        ..paper(
            "IMS-2026-0207",
            "Compte rendu de la réunion sur le soutien du pays hôte pendant l’exercice d’hiver",
            'F',
            Some((2026, 3, 11)),
            "Division Logistique",
        )
    },
    Paper {
        snippet: "… arrangements for the reading room: two visitors at a time, in rotation …",
        lit: &["arrangements", "rotation"],
        ..paper("IMS-2026-0204", "Opening hours of the reading room", 'U', Some((2026, 3, 10)), "Archives")
    },
    paper(
        "IMS-2026-0198",
        "Request for a courier to the Delegation of Norway, with return of receipts outstanding since January",
        'C',
        Some((2026, 3, 9)),
        "Registry",
    ),
    paper("IMS-2026-0193", "Scanned letter without date, second page missing", 'X', None, "Mail room"),
    Paper {
        snippet: "… the rotation of the committee’s chair …",
        lit: &["rotation"],
        ..paper(
            "IMS-2026-0190",
            "Corrigendum to the record of the fourteenth meeting",
            'R',
            Some((2026, 3, 6)),
            "Committee secretary",
        )
    },
    paper(
        "IMS-2026-0187",
        "Translation of the medical support plan",
        'R',
        Some((2026, 3, 5)),
        "Language Service",
    ),
    paper(
        "IMS-2026-0181",
        "Budget forecast, infrastructure, second quarter",
        'U',
        Some((2026, 3, 2)),
        "Financial Controller",
    ),
];

pub const TEXT: &str = "IMS-2026-0211
12 March 2026

MEMORANDUM FOR THE MILITARY COMMITTEE

REVISED ARRANGEMENTS FOR THE ROTATION OF AIR POLICING DETACHMENTS (NU)

References: A. MC 0472/1, dated 4 May 2024 (NU)
B. MCM-0041-2025, dated 11 June 2025 (NS)

1. (NR) At Reference B the Committee asked for proposals on the rotation of detachments from the second half of the year.

2. (NS) The proposals at Enclosure 1 shorten each period by two weeks and keep readiness as agreed at Reference A. Nations that provide detachments have been consulted; their comments are at Enclosure 2.

3. (NU) The Committee is invited to agree the proposals by 26 March 2026.";

/// Where each of the words stands in a text, in order.
pub fn hits(text: &str, words: &[&str]) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<_> = words
        .iter()
        .flat_map(|word| text.match_indices(word).map(|(at, word)| at..at + word.len()))
        .collect();
    found.sort_by_key(|hit| hit.start);
    found
}
