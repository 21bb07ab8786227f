//! The part of a text that is looked at: its first and its last lines, each with its place. Owns the bounds; must not
//! know what the lines say.

use std::ops::Range;

use crate::value::Where;

/// How many lines are looked at from the beginning.
const HEAD: usize = 200;
/// How many lines are looked at before the end.
const TAIL: usize = 50;
/// How many bytes of a line are looked at: more is running text.
const WIDTH: usize = 1_000;

/// A line, without its end and the blanks around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Counted from one.
    pub(crate) number: usize,
    /// Where its first byte stands in the whole text.
    pub(crate) start: usize,
    /// At most [`WIDTH`] bytes.
    pub(crate) text: &'a str,
    /// Only its beginning is here.
    pub(crate) cut: bool,
}

/// The lines that are looked at.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    pub(crate) whole: &'a str,
    /// The first.
    pub(crate) head: Vec<Line<'a>>,
    /// The last, none of which is among the first.
    pub(crate) tail: Vec<Line<'a>>,
}

impl Line<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The bytes of the whole text at these bytes of the line.
    pub(crate) fn bytes(&self, inside: Range<usize>) -> Range<usize> {
        self.start.saturating_add(inside.start)..self.start.saturating_add(inside.end)
    }

    pub(crate) fn all(&self) -> Range<usize> {
        self.bytes(0..self.text.len())
    }
}

impl<'a> Lines<'a> {
    pub(crate) fn of(whole: &'a str) -> Self {
        let mut head = Vec::new();
        let mut offset = 0;
        for (index, raw) in whole.split_inclusive('\n').take(HEAD).enumerate() {
            head.push(line(index + 1, offset, raw));
            offset += raw.len();
        }
        let rest = whole.get(offset..).unwrap_or_default();
        let count = rest.bytes().filter(|byte| *byte == b'\n').count() + usize::from(!rest.ends_with('\n'));
        let mut tail = Vec::new();
        let mut end = whole.len();
        for (back, raw) in rest.split_inclusive('\n').rev().take(TAIL).enumerate() {
            end -= raw.len();
            tail.push(line(head.len() + count.saturating_sub(back), end, raw));
        }
        tail.reverse();
        Lines { whole, head, tail }
    }

    /// First and last lines, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Line<'a>> {
        self.head.iter().chain(self.tail.iter())
    }

    /// The first lines that are not blank, with their index among the first lines.
    pub(crate) fn written(&self) -> impl Iterator<Item = (usize, &Line<'a>)> {
        self.head.iter().enumerate().filter(|(_, line)| !line.is_blank())
    }

    /// The place of these bytes: the line is that in which they begin.
    pub(crate) fn place(&self, bytes: Range<usize>) -> Where {
        let before = |part: &[Line<'_>]| part.partition_point(|line| line.start <= bytes.start);
        let line = match (before(&self.head), before(&self.tail)) {
            (_, at @ 1..) => self.tail.get(at - 1),
            (at, _) => self.head.get(at.saturating_sub(1)),
        };
        Where::Text { line: line.map_or(1, |line| line.number), bytes }
    }

    /// What stands at these bytes.
    pub(crate) fn at(&self, bytes: &Range<usize>) -> &'a str {
        self.whole.get(bytes.clone()).unwrap_or_default()
    }
}

fn line(number: usize, offset: usize, raw: &str) -> Line<'_> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    // Only the beginning of a line that is too long is trimmed: trimming must not walk through megabytes twice.
    let (shown, cut) = match raw.get(..floor(raw, WIDTH * 2)) {
        Some(begin) if begin.len() < raw.len() => (begin, true),
        _ => (raw, false),
    };
    let bare = shown.trim_start_matches(is_blank);
    let start = offset + (shown.len() - bare.len());
    let short = bare.get(..floor(bare, WIDTH)).unwrap_or_default();
    let text = short.trim_end_matches(is_blank);
    Line { number, start, text, cut: cut || short.len() < bare.trim_end_matches(is_blank).len() }
}

/// The greatest boundary of a character that is not after `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_places_at_both_ends() {
        let text: String = (1..=300).map(|n| format!("  line {n} \n")).collect();
        let lines = Lines::of(&text);
        assert_eq!((lines.head.len(), lines.tail.len()), (200, 50));
        for line in lines.iter() {
            assert_eq!(line.text, format!("line {}", line.number));
            assert_eq!(lines.at(&line.all()), line.text);
        }
        assert_eq!(lines.tail.last().unwrap().number, 300);
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let text = "é".repeat(5_000);
        let lines = Lines::of(&text);
        assert!(lines.head[0].cut && lines.head[0].text.len() <= WIDTH);
        assert!(Lines::of("").head.is_empty());
    }
}
