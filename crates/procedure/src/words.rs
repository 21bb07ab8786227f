//! Cutting a text into words, and telling what is wrong with it.

use calendar::TextError;

/// The longest expression that is read (characters).
pub(crate) const LONGEST: usize = 1_000;

/// What is wrong at a byte of a text; none: at its end.
pub(crate) fn fault(text: &str, at: Option<usize>, expected: &'static str) -> TextError {
    let cut = |text: &str, most: usize| -> String {
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect()
    };
    let rest = at.and_then(|at| text.get(at..)).unwrap_or("");
    let near = match rest.split_whitespace().next() {
        Some(word) => format!("`{}`", cut(word, 40)),
        None => "the end".to_owned(),
    };
    let begins = if rest.is_empty() { text.len() } else { text.len() - rest.len() };
    let place = text.get(..begins).map_or(0, |before| before.chars().count()) + 1;
    TextError { text: cut(text, 80), near, place, expected }
}

/// The words of a text, each with the byte where it begins.
pub(crate) fn split(text: &str) -> Result<Vec<(usize, &str)>, TextError> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(fault(text, Some(0), "at most 1000 characters"));
    }
    let begins = |word: &str| word.as_ptr().addr() - text.as_ptr().addr();
    Ok(text.split_whitespace().map(|word| (begins(word), word)).collect())
}
