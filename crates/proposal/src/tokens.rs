//! Words of a line, folded so that case and accents do not matter. Owns folding and cutting; must not know any word.

/// A run of letters, of digits, or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its first byte in the text that was cut.
    pub(crate) start: usize,
    /// The byte after its last.
    pub(crate) end: usize,
    /// In capitals, without accents.
    pub(crate) folded: String,
}

impl Token {
    pub(crate) fn is_digits(&self) -> bool {
        self.folded.bytes().all(|byte| byte.is_ascii_digit())
    }

    pub(crate) fn has_digit(&self) -> bool {
        self.folded.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// Its value, if it is digits and at most this many.
    pub(crate) fn number(&self, most_digits: usize) -> Option<i32> {
        let fits = self.is_digits() && self.folded.len() <= most_digits.min(9);
        if fits { self.folded.parse().ok() } else { None }
    }
}

/// Alphanumeric runs.
pub(crate) fn words(text: &str) -> Vec<Token> {
    cut(text, false)
}

/// Runs of letters and runs of digits: `041530ZOCT61` is three runs: `041530`, `ZOCT`, `61`.
pub(crate) fn runs(text: &str) -> Vec<Token> {
    cut(text, true)
}

fn cut(text: &str, apart: bool) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut open: Option<(Token, bool)> = None;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        if is_mark(character) {
            // A combining accent belongs to the letter before it.
            if let Some((token, _)) = &mut open {
                token.end = end;
            }
            continue;
        }
        if !character.is_alphanumeric() {
            out.extend(open.take().map(|(token, _)| token));
            continue;
        }
        let digit = character.is_ascii_digit();
        match &mut open {
            Some((token, digits)) if !apart || *digits == digit => {
                token.end = end;
                fold_into(character, &mut token.folded);
            }
            _ => {
                out.extend(open.take().map(|(token, _)| token));
                let mut folded = String::new();
                fold_into(character, &mut folded);
                open = Some((Token { start: at, end, folded }, digit));
            }
        }
    }
    out.extend(open.map(|(token, _)| token));
    out
}

fn is_mark(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

fn fold_into(character: char, out: &mut String) {
    let plain = match character {
        'À'..='Å' | 'à'..='å' => 'A',
        'Ç' | 'ç' => 'C',
        'È'..='Ë' | 'è'..='ë' => 'E',
        'Ì'..='Ï' | 'ì'..='ï' => 'I',
        'Ñ' | 'ñ' => 'N',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => 'O',
        'Ù'..='Ü' | 'ù'..='ü' => 'U',
        'Ý' | 'ý' | 'ÿ' | 'Ÿ' => 'Y',
        'Œ' | 'œ' => return out.push_str("OE"),
        'Æ' | 'æ' => return out.push_str("AE"),
        other => return out.extend(other.to_uppercase()),
    };
    out.push(plain);
}

/// The folded words of a text, for tables.
pub(crate) fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|token| token.folded).collect()
}

/// True if the tokens from `at` on begin with these words.
pub(crate) fn stands(tokens: &[Token], at: usize, wanted: &[String]) -> bool {
    !wanted.is_empty()
        && tokens.len() >= at.saturating_add(wanted.len())
        && tokens.iter().skip(at).zip(wanted).all(|(token, word)| token.folded == *word)
}

/// What stands between the token before `at` (or the beginning) and the token at `at` (or the end).
pub(crate) fn gap<'a>(text: &'a str, tokens: &[Token], at: usize) -> &'a str {
    let from = at.checked_sub(1).and_then(|before| tokens.get(before)).map_or(0, |token| token.end);
    let to = tokens.get(at).map_or(text.len(), |token| token.start);
    text.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_are_folded_and_places_kept() {
        let text = "Très  secret, l’Œuvre n° 12b";
        let tokens = words(text);
        let shown: Vec<_> = tokens.iter().map(|t| t.folded.as_str()).collect();
        assert_eq!(shown, ["TRES", "SECRET", "L", "OEUVRE", "N", "12B"]);
        assert_eq!(&text[tokens[3].start..tokens[3].end], "Œuvre");
        assert_eq!(folded("e\u{301}te"), ["ETE"]);
    }

    #[test]
    fn letters_and_digits_can_be_cut_apart() {
        let shown: Vec<_> = runs("041530ZOCT61").into_iter().map(|t| t.folded).collect();
        assert_eq!(shown, ["041530", "ZOCT", "61"]);
    }
}
