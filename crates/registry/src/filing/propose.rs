//! Which files a paper belongs in, as far as its originator, subject and kind tell: the best three, with the reason.
//! Pure, and blind to every file that is not given: whoever asks gives those that he sees.

use std::collections::BTreeSet;

use super::{FileState, plan::code_key};
use crate::{
    id::FileId,
    words::{TextLanguage, fold_value, words},
};

/// Most proposals.
const BEST: usize = 3;
/// What an originator of the file weighs, a word that was given for it, and a word of its names.
const WEIGHTS: [u32; 3] = [6, 3, 1];
/// The fewest letters of a word of a name that tells anything.
const TELLING: usize = 4;

/// Why a file is proposed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// By its originator.
    Originator(String),
    /// By a word.
    Word(String),
}

/// A file that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Which.
    pub file: FileId,
    /// How well it fits; more is better.
    pub score: u32,
    /// Why, the weightiest first.
    pub why: Vec<Why>,
}

/// The stems of a text in both languages, for the plan is in both.
fn stems(text: &str) -> BTreeSet<String> {
    let both = [TextLanguage::English, TextLanguage::French];
    words(text).flat_map(|w| both.map(|l| l.stem(&w.folded).into_owned())).collect()
}

/// The three files that fit best among the open ones that are given.
pub fn propose(
    plan: &[FileState],
    originator: Option<&str>,
    subject: &str,
    kind: Option<&str>,
) -> Vec<Proposed> {
    let about = stems(&format!("{subject} {}", kind.unwrap_or_default()));
    let from = originator.map(fold_value).unwrap_or_default();
    let [by_originator, by_word, by_name] = WEIGHTS;
    let mut found: Vec<(String, Proposed)> = Vec::new();
    for state in plan.iter().filter(|state| state.closed_on.is_none() && state.open_volume.is_some()) {
        let file = &state.file;
        let (mut score, mut why) = (0, Vec::new());
        let own = file.originators.iter().find(|name| {
            let name = fold_value(name);
            !name.is_empty() && !from.is_empty() && (from == name || within(&name, &from))
        });
        if let Some(name) = own {
            score += by_originator;
            why.push(Why::Originator(name.clone()));
        }
        for given in &file.words {
            // Of several words all must stand there.
            let mut wanted = words(given).peekable();
            let there = wanted.peek().is_some() && wanted.all(|word| has(&about, &word.folded));
            if there {
                score += by_word;
                why.push(Why::Word(given.clone()));
            }
        }
        let mut named = BTreeSet::new();
        for name in [&file.names.en, &file.names.fr] {
            for word in words(name).filter(|word| word.folded.chars().count() >= TELLING) {
                let known =
                    why.iter().any(|why| matches!(why, Why::Word(w) if stems(w).contains(&*word.folded)));
                if has(&about, &word.folded) && !known && named.insert(stem_of(&word.folded)) {
                    score += by_name;
                    why.push(Why::Word(word.folded.clone().into_owned()));
                }
            }
        }
        if score > 0 {
            found.push((code_key(&file.code), Proposed { file: file.id, score, why }));
        }
    }
    found.sort_by(|(a, x), (b, y)| y.score.cmp(&x.score).then_with(|| a.cmp(b)).then(x.file.cmp(&y.file)));
    found.truncate(BEST);
    found.into_iter().map(|(_, proposed)| proposed).collect()
}

/// A name within a longer one, at its beginning or after a blank or a comma: `Harbour Master` of `Navy, Harbour Master`.
fn within(name: &str, longer: &str) -> bool {
    let bounded = |at: usize| {
        let before = longer.get(..at).and_then(|s| s.chars().next_back());
        let after = longer.get(at + name.len()..).and_then(|s| s.chars().next());
        before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
    };
    longer.match_indices(name).any(|(at, _)| bounded(at))
}

fn stem_of(word: &str) -> String {
    TextLanguage::English.stem(word).into_owned()
}

fn has(about: &BTreeSet<String>, word: &str) -> bool {
    [TextLanguage::English, TextLanguage::French].iter().any(|l| about.contains(&*l.stem(word)))
}
