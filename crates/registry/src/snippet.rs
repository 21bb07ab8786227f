//! The few words of a document that a page of hits shows. Owns how they are chosen and cut; must not know the index:
//! the text is given by one who may read it, and nothing but the text and the query decides.
//!
//! The text is read once and never held: of its words only the last [`WINDOW`] are kept, so that a hostile text costs
//! time in proportion to its length and no memory.

use std::collections::VecDeque;

use crate::{
    query::Query,
    words::{TextLanguage, words},
};

/// The words of a snippet.
pub const WINDOW: usize = 30;

/// The most characters between two words that are shown as they are.
pub const LONGEST_STRETCH: usize = 100;

/// A piece of a document's text with the words that were searched for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// Pieces in order, each with whether it is a word that was searched for. Two plain pieces never follow each
    /// other.
    pub parts: Vec<(String, bool)>,
}

impl Snippet {
    /// All pieces as one text.
    pub fn text(&self) -> String {
        self.parts.iter().map(|(text, _)| text.as_str()).collect()
    }

    fn plain(&mut self, text: &str) {
        match self.parts.last_mut() {
            _ if text.is_empty() => {}
            Some((last, false)) => last.push_str(text),
            _ => self.parts.push((text.to_owned(), false)),
        }
    }
}

/// Cuts a snippet: from the body; when only the subject holds a word of the query, from the subject.
///
/// Of all runs of [`WINDOW`] words the one with the most distinct words of the query, then the most occurrences, then
/// the earliest. Words are compared by their stems in the document's language; those of phrases count singly.
pub fn snippet(text: &str, subject: &str, language: TextLanguage, query: &Query) -> Snippet {
    let stems = query.stems(language);
    let body = best(text, language, &stems);
    if body.found() {
        return body.written(text, language, &stems);
    }
    let line = best(subject, language, &stems);
    if line.found() { line.written(subject, language, &stems) } else { body.written(text, language, &stems) }
}

/// A run of words of a text.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    distinct: usize,
    matches: usize,
    first_word: usize,
    words: usize,
    start: usize,
    end: usize,
    text_words: usize,
}

/// Which word of the query a word of the text is.
fn place(language: TextLanguage, stems: &[String], folded: &str) -> Option<usize> {
    // Stemming changes ends of words alone and costs more than all the rest here: most words are no word of the query by
    // their first letter.
    let first = folded.chars().next();
    if !stems.iter().any(|stem| stem.chars().next() == first) {
        return None;
    }
    let stem = language.stem(folded);
    stems.iter().position(|s| *s == stem)
}

fn best(text: &str, language: TextLanguage, stems: &[String]) -> Run {
    let mut counts = vec![0_usize; stems.len()];
    let mut now = Run::default();
    let mut best: Option<Run> = None;
    let mut last: VecDeque<(usize, Option<usize>)> = VecDeque::with_capacity(WINDOW + 1);
    for word in words(text) {
        let found = place(language, stems, &word.folded);
        if last.len() == WINDOW {
            if let Some(count) = last.pop_front().and_then(|(_, gone)| counts.get_mut(gone?)) {
                *count -= 1;
                now.matches -= 1;
                now.distinct -= usize::from(*count == 0);
            }
            now.first_word += 1;
        }
        last.push_back((word.start, found));
        if let Some(count) = found.and_then(|at| counts.get_mut(at)) {
            now.distinct += usize::from(*count == 0);
            *count += 1;
            now.matches += 1;
        }
        now.text_words += 1;
        now.words = last.len();
        now.end = word.end;
        now.start = last.front().map_or(0, |(start, _)| *start);
        // Before the window is full there is only one that begins here, so the fuller one replaces it.
        let grows = now.first_word == 0;
        let better = best.is_none_or(|b| (now.distinct, now.matches) > (b.distinct, b.matches));
        if grows || better {
            best = Some(now);
        }
    }
    let mut best = best.unwrap_or_default();
    best.text_words = now.text_words;
    best
}

impl Run {
    const fn found(&self) -> bool {
        self.matches > 0
    }

    fn written(&self, text: &str, language: TextLanguage, stems: &[String]) -> Snippet {
        let mut out = Snippet::default();
        let Some(run) = text.get(self.start..self.end).filter(|run| !run.is_empty()) else { return out };
        if self.first_word > 0 {
            out.plain("… ");
        }
        let mut from = 0;
        for word in words(run) {
            out.plain(&stretch(run.get(from..word.start).unwrap_or_default()));
            let written = run.get(word.start..word.end).unwrap_or_default();
            if place(language, stems, &word.folded).is_some() {
                out.parts.push((written.to_owned(), true));
            } else {
                out.plain(written);
            }
            from = word.end;
        }
        if self.first_word + self.words < self.text_words {
            out.plain(" …");
        }
        out
    }
}

/// What stands between two words: white space folded, and left out when it is long.
fn stretch(between: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    let mut space = false;
    for c in between.chars() {
        if c.is_whitespace() && space {
            continue;
        }
        space = c.is_whitespace();
        out.push(if space { ' ' } else { c });
        length += 1;
        if length > LONGEST_STRETCH {
            return " … ".to_owned();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str, subject: &str, query: &str) -> String {
        let query = Query::parse(query).unwrap();
        let snippet = snippet(text, subject, TextLanguage::English, &query);
        snippet.parts.iter().map(|(t, hit)| if *hit { format!("[{t}]") } else { t.clone() }).collect()
    }

    fn numbers(range: std::ops::Range<usize>) -> String {
        range.map(|n| format!("n{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_short_text_is_shown_whole_with_its_words_as_written() {
        assert_eq!(cut("(The  Assembly,\n assembled.)", "x", "assemble"), "The [Assembly], [assembled]");
        assert_eq!(cut("The nation's  «Nations» ", "x", "nation"), "The [nation]'s «[Nations]");
    }

    #[test]
    fn without_a_match_the_first_thirty_words_are_shown() {
        assert_eq!(cut(&numbers(0..40), "subject", "absent"), format!("{} …", numbers(0..30)));
        assert_eq!(cut(&numbers(0..30), "subject", ""), numbers(0..30));
        assert_eq!(cut("", "subject", ""), "");
        assert_eq!(cut("", "the subject", "subject"), "the [subject]");
    }

    #[test]
    fn the_window_with_most_distinct_words_then_most_matches_then_the_earliest_is_chosen() {
        let text = format!("alpha alpha alpha {} beta alpha {} beta", numbers(0..40), numbers(40..80));
        let shown = cut(&text, "", "alpha beta");
        assert!(shown.starts_with("… n12 n13") && shown.ends_with("n39 [beta] [alpha] …"), "{shown}");
        let shown = cut(&text, "", "alpha");
        assert!(shown.starts_with("[alpha] [alpha] [alpha] n0") && shown.ends_with("n26 …"), "{shown}");
        let text = format!("{} beta", numbers(0..60));
        let shown = cut(&text, "", "beta");
        assert!(shown.starts_with("… n31") && shown.ends_with("n59 [beta]"), "{shown}");
    }

    #[test]
    fn words_of_phrases_count_singly_and_exclusions_not_at_all() {
        assert_eq!(cut("routes of access", "", "\"access routes\" -of kind:of"), "[routes] of [access]");
    }

    #[test]
    fn a_long_stretch_between_words_is_left_out() {
        let text = format!("one {} two {} three", ".".repeat(99), "x".repeat(200));
        assert_eq!(cut(&text, "", "two"), "one … [two] … three");
        let text = format!("one{}two", ".".repeat(100));
        assert_eq!(cut(&text, "", "two"), format!("one{}[two]", ".".repeat(100)));
    }

    /// Every window, tried one after the other.
    fn plainly(text: &str, stems: &[String]) -> (usize, usize) {
        let all: Vec<String> = words(text).map(|w| w.folded.into_owned()).collect();
        let last = all.len().saturating_sub(WINDOW);
        let mut best = (0, 0, 0);
        for first in 0..=last {
            let window = &all[first..(first + WINDOW).min(all.len())];
            let distinct = stems.iter().filter(|s| window.contains(s)).count();
            let matches = window.iter().filter(|w| stems.contains(w)).count();
            if (distinct, matches) > (best.0, best.1) {
                best = (distinct, matches, first);
            }
        }
        (best.2, last)
    }

    proptest! {
        #[test]
        fn the_window_is_the_one_that_trying_all_would_choose(text in "([abcx] ){0,120}", query in "([abc] ){0,3}") {
            let query = Query::parse(&query).unwrap();
            let stems = query.stems(TextLanguage::Other);
            let run = best(&text, TextLanguage::Other, &stems);
            let (first, last) = plainly(&text, &stems);
            prop_assert_eq!(run.first_word, first);
            let shown = snippet(&text, "", TextLanguage::Other, &query).text();
            prop_assert_eq!(shown.starts_with('…'), first > 0);
            prop_assert_eq!(shown.ends_with('…'), first < last);
        }

        #[test]
        fn no_text_breaks_it_and_what_is_shown_is_short(text in "\\PC{0,400}", query in "\\PC{0,20}") {
            if let Ok(query) = Query::parse(&query) {
                let shown = snippet(&text, &text, TextLanguage::French, &query).text();
                prop_assert!(shown.chars().count() <= WINDOW * (64 + LONGEST_STRETCH) + 4);
            }
        }
    }
}
