//! In which language the text is written, English or French. Owns the words that tell; a guess, not a fact.

use label::Language;

use crate::Page;
use crate::tokens::words;
use crate::value::{Confidence, Proposed};

/// Words that one language uses all the time and the other hardly ever, in capitals without accents.
const ENGLISH: &[&str] = &[
    "THE", "AND", "OF", "IS", "THAT", "FOR", "WITH", "WAS", "THIS", "BE", "BY", "FROM", "WHICH", "HAVE",
    "ARE",
];
const FRENCH: &[&str] = &[
    "LE", "LES", "DES", "ET", "DU", "UNE", "EST", "DANS", "QUE", "QUI", "POUR", "PAR", "SUR", "AUX", "CETTE",
];
/// How many characters of the line are shown.
const SHOWN: usize = 80;
/// Fewer tell nothing.
const FEWEST: usize = 3;
/// From here on the guess is good.
const MANY: usize = 12;

pub(crate) fn propose(page: &Page<'_>) -> Vec<Proposed<Language>> {
    let (mut english, mut french) = (0_usize, 0_usize);
    let mut span: Option<std::ops::Range<usize>> = None;
    for line in page.lines.iter().filter(|line| !line.is_blank()) {
        let before = english + french;
        for token in words(line.text) {
            english += usize::from(ENGLISH.contains(&token.folded.as_str()));
            french += usize::from(FRENCH.contains(&token.folded.as_str()));
        }
        if span.is_none() && english + french > before {
            // Its beginning is enough to show where.
            let shown = line.text.char_indices().nth(SHOWN).map_or(line.text.len(), |(end, _)| end);
            span = Some(line.bytes(0..shown));
        }
    }
    let (most, least) = (english.max(french), english.min(french));
    let Some(bytes) = span.filter(|_| most >= FEWEST && most >= 2 * least) else { return Vec::new() };
    vec![Proposed {
        value: if english > french { Language::English } else { Language::French },
        confidence: if most >= MANY && most >= 4 * least { Confidence::Sure } else { Confidence::Likely },
        written: page.lines.at(&bytes).to_owned(),
        place: page.lines.place(bytes),
    }]
}
