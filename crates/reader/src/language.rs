//! A guess at the language of a text, English or French. Owns the word lists; good enough to choose a stemmer, not to state a fact.

use serde::{Deserialize, Serialize};

/// The official languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

/// Words that one language uses all the time and the other hardly ever.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "is", "that", "for", "with", "was", "this", "be", "by", "from", "which",
    "have", "are", "it", "at", "will",
];
const FRENCH: &[&str] = &[
    "le", "la", "les", "des", "et", "du", "une", "est", "dans", "que", "qui", "pour", "par", "sur", "au",
    "aux", "ce", "cette", "avec", "sont",
];

/// How many words are looked at: the head of a text shows its language.
const WORDS: usize = 2_000;

/// The language that a text looks like; `None` where it is too short or neither stands out two to one.
pub(crate) fn guess(text: &str) -> Option<Language> {
    let (mut english, mut french) = (0_u32, 0_u32);
    let words = text
        .split(|character: char| !character.is_alphabetic())
        .filter(|word| !word.is_empty() && word.len() <= 8);
    for word in words.take(WORDS) {
        let word = word.to_lowercase();
        english += u32::from(ENGLISH.contains(&word.as_str()));
        french += u32::from(FRENCH.contains(&word.as_str()));
    }
    match (english, french) {
        _ if english.max(french) < 3 => None,
        _ if english >= 2 * french => Some(Language::English),
        _ if french >= 2 * english => Some(Language::French),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, guess};

    #[test]
    fn common_words_tell_english_from_french() {
        assert_eq!(
            guess("The council agreed that the force of the alliance is to be kept for the year."),
            Some(Language::English)
        );
        assert_eq!(
            guess("Le conseil est convenu que les forces de l'alliance sont maintenues pour la durée."),
            Some(Language::French)
        );
        assert_eq!(guess("NATO/OTAN 1957"), None);
    }
}
