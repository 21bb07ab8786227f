//! Owns how a text is cut into letters and figures before anything is recognised in it, and the key of a form that
//! nobody knows. Must not know series.

use std::ops::Range;

use crate::reference::plain;

/// The most characters of a text, folded, that are looked at: more than a reference may have in the register.
pub(super) const LONGEST: usize = 400;

/// What a run of characters is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// Letters of any script.
    Letters,
    /// The figures 0 to 9.
    Figures,
}

/// A run of letters or of figures; whatever stood between two runs is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Letters or figures.
    pub(super) run: Run,
    /// Upper case without accents; figures as written, with their leading zeros.
    pub(super) text: String,
    /// Where it stood, in bytes.
    pub(super) range: Range<usize>,
}

impl Token {
    /// The text of a run of letters.
    pub(super) fn letters(&self) -> Option<&str> {
        (self.run == Run::Letters).then_some(self.text.as_str())
    }
    /// The figures without leading zeros.
    pub(super) fn figures(&self) -> Option<&str> {
        (self.run == Run::Figures).then(|| without_zeros(&self.text))
    }
    /// The number that the figures are, where one can be counted so far.
    pub(super) fn number(&self) -> Option<u64> {
        self.figures().filter(|f| f.len() <= 12).and_then(|f| f.parse().ok())
    }
}

/// Figures without the zeros before them; all zeros are one.
pub(super) fn without_zeros(figures: &str) -> &str {
    let rest = figures.trim_start_matches('0');
    if rest.is_empty() { figures.get(figures.len().saturating_sub(1)..).unwrap_or_default() } else { rest }
}

/// An accent that stands as a character of its own behind its letter.
fn accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The runs of a text, as far as the first [`LONGEST`] folded characters go.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    // Blanks before the first of them are no part of it, however many.
    let blanks = text.len() - text.trim_start().len();
    tokens_from(text, blanks, LONGEST, usize::MAX)
}

/// The runs of a text from a byte on: at most so many folded characters and so many runs.
pub(super) fn tokens_from(text: &str, start: usize, characters: usize, most: usize) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut left = characters;
    let mut open = false;
    for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
        if left == 0 {
            break;
        }
        if accent(c) {
            continue;
        }
        let run = if c.is_ascii_digit() {
            Run::Figures
        } else if c.is_alphanumeric() {
            Run::Letters
        } else {
            open = false;
            left -= 1;
            continue;
        };
        let range = start + at..start + at + c.len_utf8();
        let fits = open && found.last().is_some_and(|token| token.run == run);
        if !fits {
            if found.len() == most {
                break;
            }
            found.push(Token { run, text: String::new(), range: range.clone() });
            open = true;
        }
        if let Some(token) = found.last_mut() {
            for folded in plain(c).to_uppercase().filter(|c| !accent(*c)) {
                if left > 0 {
                    token.text.push(folded);
                    left -= 1;
                }
            }
            token.range.end = range.end;
        }
    }
    found
}

/// The key of a form that no series knows: its runs, one blank between two.
pub(crate) fn plain_key(tokens: &[Token]) -> String {
    let runs: Vec<&str> = tokens.iter().map(|t| t.figures().unwrap_or(&t.text)).collect();
    runs.join(" ")
}

/// How many of the tokens, all letters, are together exactly this word (upper case, letters only).
pub(super) fn joined(tokens: &[Token], word: &str) -> Option<usize> {
    let mut rest = word;
    for (n, token) in tokens.iter().enumerate() {
        rest = rest.strip_prefix(token.letters()?)?;
        if rest.is_empty() {
            return Some(n + 1);
        }
    }
    None
}

/// A word as [`joined`] compares it: its letters alone, upper case, accents off.
pub(super) fn bare(word: &str) -> String {
    tokens(word).iter().filter_map(Token::letters).collect()
}
