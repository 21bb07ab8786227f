//! Two versions of a text compared: paragraph by paragraph, and word by word inside those that changed. Owns the bounds of
//! the work; must not know documents, pages or who asks. Pure: the same two texts give the same comparison.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most paragraphs of a text that are compared.
const PARAGRAPHS: usize = 5_000;
/// The most bytes of a text that are compared.
const BYTES: usize = 8 * 1024 * 1024;
/// The most words and blanks of a paragraph that are compared one by one.
const WORDS: usize = 4_000;
/// What comparing words may cost in all: words of the one paragraph times words of the other. Paragraphs beyond it are
/// shown as taken out and put in whole.
const COST: usize = 100_000_000;
/// Of ten words this many must be the same, or two paragraphs are not one that was changed.
const ALIKE: usize = 3;

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It stands in both.
    Same,
    /// It stands in the newer one only.
    Inserted,
    /// It stands in the older one only.
    Deleted,
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What became of it.
    pub change: Change,
    /// As it stands, blanks and all.
    pub text: String,
}

/// A paragraph, in the order in which both are read. One that was changed has parts of several kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// Its number in the older text, counted from one; none if it is new.
    pub old: Option<usize>,
    /// Its number in the newer text; none if it was taken out.
    pub new: Option<usize>,
    /// Its text.
    pub parts: Vec<Part>,
}

impl Paragraph {
    /// True if it stands in both as it is.
    pub fn is_same(&self) -> bool {
        self.parts.iter().all(|part| part.change == Change::Same)
    }
}

/// Two texts compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Every paragraph of both.
    pub paragraphs: Vec<Paragraph>,
    /// The texts are longer than what was compared; the rest is not here.
    pub cut: bool,
}

impl Comparison {
    /// True if nothing differs in what was compared.
    pub fn is_same(&self) -> bool {
        self.paragraphs.iter().all(Paragraph::is_same)
    }
}

/// Compares two texts. A paragraph is a line that says something.
pub fn compare(old: &str, new: &str) -> Comparison {
    let ((old, old_cut), (new, new_cut)) = (paragraphs(old), paragraphs(new));
    let mut out = Comparison { paragraphs: Vec::new(), cut: old_cut || new_cut };
    let mut left = COST;
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (from, to) = (op.old_range(), op.new_range());
        if let DiffOp::Equal { .. } = op {
            for (old_at, new_at) in from.zip(to) {
                let text = old.get(old_at).copied().unwrap_or_default();
                out.paragraphs.push(whole(Some(old_at), Some(new_at), Change::Same, text));
            }
            continue;
        }
        let pairs = from.len().min(to.len());
        let (rest_of_old, rest_of_new) = (from.clone().skip(pairs), to.clone().skip(pairs));
        for (old_at, new_at) in from.zip(to) {
            let texts = old.get(old_at).copied().zip(new.get(new_at).copied());
            let Some((before, after)) = texts else { continue };
            match words_of(before, after, &mut left) {
                Some(parts) => {
                    out.paragraphs.push(Paragraph { old: Some(old_at + 1), new: Some(new_at + 1), parts });
                }
                None => {
                    out.paragraphs.push(whole(Some(old_at), None, Change::Deleted, before));
                    out.paragraphs.push(whole(None, Some(new_at), Change::Inserted, after));
                }
            }
        }
        for at in rest_of_old {
            let text = old.get(at).copied().unwrap_or_default();
            out.paragraphs.push(whole(Some(at), None, Change::Deleted, text));
        }
        for at in rest_of_new {
            let text = new.get(at).copied().unwrap_or_default();
            out.paragraphs.push(whole(None, Some(at), Change::Inserted, text));
        }
    }
    out
}

fn whole(old: Option<usize>, new: Option<usize>, change: Change, text: &str) -> Paragraph {
    let parts = vec![Part { change, text: text.to_owned() }];
    Paragraph { old: old.map(|at| at + 1), new: new.map(|at| at + 1), parts }
}

/// The lines that say something, without the blanks at their ends, as far as they are compared.
fn paragraphs(text: &str) -> (Vec<&str>, bool) {
    let mut end = text.len().min(BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let seen = text.get(..end).unwrap_or_default();
    let mut lines = seen.lines().map(str::trim).filter(|line| !line.is_empty());
    let taken: Vec<&str> = lines.by_ref().take(PARAGRAPHS).collect();
    let cut = end < text.len() || lines.next().is_some();
    (taken, cut)
}

/// The words of a changed paragraph; none where they are too many, or too few are the same for it to be one paragraph.
fn words_of(before: &str, after: &str, left: &mut usize) -> Option<Vec<Part>> {
    let (old, new) = (words(before)?, words(after)?);
    *left = left.checked_sub(old.len().saturating_mul(new.len()))?;
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let is_word = |word: &&&str| !word.trim().is_empty();
    let mut parts: Vec<Part> = Vec::new();
    let mut same = 0;
    let mut add = |change: Change, words: &[&str]| {
        if words.is_empty() {
            return;
        }
        match parts.last_mut().filter(|last| last.change == change) {
            Some(last) => last.text.push_str(&words.concat()),
            None => parts.push(Part { change, text: words.concat() }),
        }
    };
    for op in ops {
        let old = old.get(op.old_range()).unwrap_or_default();
        if let DiffOp::Equal { .. } = op {
            same += old.iter().filter(is_word).count();
            add(Change::Same, old);
        } else {
            add(Change::Deleted, old);
            add(Change::Inserted, new.get(op.new_range()).unwrap_or_default());
        }
    }
    let most = old.iter().filter(is_word).count().max(new.iter().filter(is_word).count());
    (same * 10 >= most * ALIKE).then_some(parts)
}

/// Words, and the blanks and stops between them; none if they are too many.
fn words(text: &str) -> Option<Vec<&str>> {
    let mut out: Vec<&str> = Vec::new();
    let mut begin = 0;
    let mut previous: Option<(bool, bool)> = None;
    for (at, character) in text.char_indices() {
        let kind = (character.is_alphanumeric(), character.is_whitespace());
        // Each stop is a word of its own.
        let joins = previous == Some(kind) && kind != (false, false);
        if at > begin && !joins {
            out.push(text.get(begin..at)?);
            begin = at;
            if out.len() >= WORDS {
                return None;
            }
        }
        previous = Some(kind);
    }
    out.extend(text.get(begin..).filter(|rest| !rest.is_empty()));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(comparison: &Comparison) -> Vec<String> {
        let part = |part: &Part| match part.change {
            Change::Same => part.text.clone(),
            Change::Inserted => format!("[+{}]", part.text),
            Change::Deleted => format!("[-{}]", part.text),
        };
        comparison.paragraphs.iter().map(|p| p.parts.iter().map(part).collect()).collect()
    }

    #[test]
    fn words_are_compared_inside_paragraphs_that_changed() {
        let old = "Title\n\nThe Council met on 3 May.\nIt took note.\nThe end.\n";
        let new =
            "Title\nThe Council met again on 4 May.\n\nA paragraph of quite other words.\nThe end.\nSigned.";
        let got = compare(old, new);
        assert_eq!(
            shown(&got),
            [
                "Title",
                "The Council met [+again ]on [-3][+4] May.",
                "[-It took note.]",
                "[+A paragraph of quite other words.]",
                "The end.",
                "[+Signed.]"
            ]
        );
        let numbers: Vec<_> = got.paragraphs.iter().map(|p| (p.old, p.new)).collect();
        assert_eq!(
            numbers,
            [
                (Some(1), Some(1)),
                (Some(2), Some(2)),
                (Some(3), None),
                (None, Some(3)),
                (Some(4), Some(4)),
                (None, Some(5))
            ]
        );
        assert!(!got.is_same() && !got.cut && compare(old, old).is_same());
        assert_eq!(compare("", ""), Comparison::default());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the bound on work is a time")]
    fn hostile_texts_are_cut_and_end() {
        let begun = std::time::Instant::now();
        let lines = |word: &str| (0..6_000).map(|n| format!("{word} {}\n", n % 7)).collect::<String>();
        assert!(compare(&lines("a"), &lines("b")).cut);
        let long = |a: &str, b: &str| format!("{a} {b} ").repeat(900);
        let paragraphs = |a: &str, b: &str| format!("{}\n", long(a, b)).repeat(200);
        // Seven pairs of paragraphs may be compared by word; the others are taken out and put in whole.
        assert_eq!(compare(&paragraphs("a", "b"), &paragraphs("b", "c")).paragraphs.len(), 7 + 2 * 193);
        let huge = "word ".repeat(3_000_000);
        assert!(compare(&huge, &format!("{huge} more")).cut);
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_invented(old in "[ab .,\n\té]{0,80}", new in "[ab .,\n\té]{0,80}") {
            let got = compare(&old, &new);
            let side = |not: Change| -> Vec<String> {
                let text = |p: &Paragraph| p.parts.iter().filter(|q| q.change != not).map(|q| q.text.as_str()).collect();
                got.paragraphs.iter().map(text).filter(|text: &String| !text.is_empty()).collect()
            };
            let lines = |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(side(Change::Inserted), lines(&old));
            prop_assert_eq!(side(Change::Deleted), lines(&new));
            prop_assert_eq!(got.is_same(), lines(&old) == lines(&new));
        }
    }
}
