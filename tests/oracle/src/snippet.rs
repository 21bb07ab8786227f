//! Snippets: the thirty words that show best why a paper was found. Knows the paper and the query, not who asks.

use std::collections::BTreeSet;

use crate::{
    corpus::Document,
    words::{Stem, Vocabulary, fold_blanks, words},
};

/// Words in a snippet.
const LENGTH: usize = 30;

/// Longest stretch without a word that is written out, in characters.
const STRETCH: usize = 100;

/// The best window: most distinct wanted stems, then most matches, then the earliest. Gives its first word.
fn best_window(stems: &[Stem], wanted: &BTreeSet<Stem>) -> usize {
    let mut best = (0, 0, 0);
    for (start, window) in stems.windows(LENGTH.min(stems.len()).max(1)).enumerate() {
        let matches = window.iter().filter(|stem| wanted.contains(stem));
        let distinct = matches.clone().collect::<BTreeSet<_>>().len();
        let count = matches.count();
        if (distinct, count) > (best.0, best.1) {
            best = (distinct, count, start);
        }
    }
    best.2
}

/// The snippet of a paper of which nothing is quoted but its subject, where that has what a query wants.
pub fn of_subject(document: &Document, wanted: &BTreeSet<Stem>, vocabulary: &mut Vocabulary) -> String {
    let has = document.subject_stems.iter().any(|stem| wanted.contains(stem));
    if has { cut(&document.subject, wanted, vocabulary) } else { String::new() }
}

/// The snippet of a paper for the stems that a query wants.
pub fn snippet(document: &Document, wanted: &BTreeSet<Stem>, vocabulary: &mut Vocabulary) -> String {
    let has = |stems: &[Stem]| stems.iter().any(|stem| wanted.contains(stem));
    let text = if !has(&document.body_stems) && has(&document.subject_stems) {
        &document.subject
    } else {
        &document.body
    };
    cut(text, wanted, vocabulary)
}

fn cut(text: &str, wanted: &BTreeSet<Stem>, vocabulary: &mut Vocabulary) -> String {
    let found = words(text);
    let stems: Vec<Stem> = found.iter().map(|word| vocabulary.stem(&word.folded)).collect();
    let start = best_window(&stems, wanted);
    let mut cut = String::new();
    let mut end_before: Option<usize> = None;
    for word in found.iter().skip(start).take(LENGTH) {
        if let Some(end) = end_before {
            let between = fold_blanks(text.get(end..word.start).unwrap_or_default());
            cut.push_str(if between.chars().count() > STRETCH { " … " } else { &between });
        }
        cut.push_str(text.get(word.start..word.end).unwrap_or_default());
        end_before = Some(word.end);
    }
    let before = if start > 0 { "… " } else { "" };
    let after = if start + LENGTH < found.len() { " …" } else { "" };
    format!("{before}{cut}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, tests::folder};

    fn snippet_of(title: &str, body: &str, wanted: &[&str]) -> String {
        let folder = folder(&[(&format!(r#"{{"title":"{title}"}}"#), body)]);
        let mut corpus = Corpus::load(folder.path()).unwrap();
        let wanted = wanted.iter().map(|word| corpus.vocabulary.stem(word)).collect();
        snippet(&corpus.documents[0], &wanted, &mut corpus.vocabulary)
    }

    fn filler(words: usize) -> String {
        "so ".repeat(words)
    }

    #[test]
    fn a_short_text_is_shown_whole_from_its_first_word_to_its_last() {
        assert_eq!(snippet_of("Note", "“The\n\n Wall,  it stands.”", &["wall"]), "The Wall, it stands");
    }

    #[test]
    fn distinct_words_come_before_matches_and_those_before_the_place() {
        let body = format!("wall wall wall {}treaty wall {}", filler(60), filler(60));
        let found = snippet_of("Note", &body, &["wall", "treaty"]);
        assert!(found.starts_with("… so") && found.ends_with("treaty wall …"), "{found}");
        let body = format!("wall {}wall wall {}", filler(60), filler(60));
        assert!(snippet_of("Note", &body, &["wall"]).ends_with("wall wall …"));
        let body = format!("{}wall {}wall {}", filler(40), filler(60), filler(60));
        let found = snippet_of("Note", &body, &["wall"]);
        assert!(found.starts_with("… so ") && found.ends_with(" wall …"), "{found}");
        assert_eq!(found.matches("so").count(), 29);
    }

    #[test]
    fn a_long_stretch_without_words_is_left_out() {
        let dots = |n| format!("a{}b", ".".repeat(n));
        assert_eq!(snippet_of("Note", &dots(100), &["a"]), dots(100));
        assert_eq!(snippet_of("Note", &dots(101), &["a"]), "a … b");
    }

    #[test]
    fn the_subject_serves_where_the_body_has_no_match_and_the_beginning_where_nothing_has() {
        let body = format!("begin {}", filler(40));
        assert_eq!(snippet_of("The Wall", &body, &["wall"]), "The Wall");
        let found = snippet_of("Note", &body, &["wall"]);
        assert!(found.starts_with("begin so") && found.ends_with("so …"));
        assert_eq!(snippet_of("Note", "", &[]), "");
    }
}
