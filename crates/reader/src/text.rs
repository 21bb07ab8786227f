//! Plain text out of bytes. Owns encodings and the dropping of control characters; safe to call in any process, bounded, and never fails on odd bytes. Must not know
//! formats.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text: lines end with a line feed, tabs stay, other control characters are gone.
    pub text: String,
    /// The encoding, by its name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// Whether the bytes were UTF-8 (ASCII is).
    pub was_utf8: bool,
    /// Whether characters were lost: undecodable ones, or control characters.
    pub lost: bool,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Too many NUL or control bytes for any text.
    #[error("the bytes are no text")]
    Binary,
    /// The text would be longer than the limit.
    #[error("the text is longer than the limit")]
    OverLimit,
}

/// Decodes text: by its byte order mark, else as UTF-8 where it is that, else as UTF-16 where every second byte is NUL, else as windows-1252 (a superset of Latin-1,
/// so that nothing is undecodable).
///
/// # Errors
/// [`NotText::Binary`] where NUL or control bytes say that this is no text; [`NotText::OverLimit`] where the text has more than `limit` bytes as UTF-8.
pub fn decode(bytes: &[u8], limit: usize) -> Result<Decoded, NotText> {
    let encoding = encoding_of(bytes).ok_or(NotText::Binary)?;
    decode_as(bytes, encoding, limit)
}

/// Decodes text in an encoding that is known, unless a byte order mark says another.
///
/// # Errors
/// [`NotText::OverLimit`] where the text has more than `limit` bytes as UTF-8.
pub fn decode_as(bytes: &[u8], encoding: &'static Encoding, limit: usize) -> Result<Decoded, NotText> {
    // No encoding makes less than a quarter of a byte of text out of one byte, so this bounds the work before it is done.
    if bytes.len() / 4 > limit {
        return Err(NotText::OverLimit);
    }
    let (raw, used, undecodable) = encoding.decode(bytes);
    let mut text = String::with_capacity(raw.len().min(limit));
    let dropped = push_clean(&raw, &mut text);
    if text.len() > limit {
        return Err(NotText::OverLimit);
    }
    Ok(Decoded {
        text,
        encoding: used.name(),
        was_utf8: used == UTF_8 && !undecodable,
        lost: undecodable || dropped,
    })
}

/// Whether the beginning of a file looks like text.
#[must_use]
pub fn looks_like_text(head: &[u8]) -> bool {
    !head.is_empty() && encoding_of(head).is_some()
}

/// Appends text without control characters: carriage returns become line feeds, tabs and line feeds stay, form feeds become line feeds, the rest goes. Says whether
/// something went.
pub(crate) fn push_clean(raw: &str, text: &mut String) -> bool {
    let mut dropped = false;
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' | '\t' => text.push(character),
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    text.push('\n');
                }
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push('\n'),
            '\u{feff}' => {}
            other if other.is_control() => dropped = true,
            other => text.push(other),
        }
    }
    dropped
}

/// The encoding that the bytes are most likely in; `None` where they are no text.
fn encoding_of(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    let sample = bytes.get(..64 * 1024).unwrap_or(bytes);
    if sample.contains(&0) {
        return wide_without_mark(sample);
    }
    // Tab, line feed, form feed, carriage return and escape (which old terminals wrote) are fit for text.
    let odd = sample
        .iter()
        .filter(|byte| matches!(byte, 0x01..=0x08 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f))
        .count();
    if odd * 50 > sample.len() {
        return None;
    }
    Some(if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 })
}

/// UTF-16 without a byte order mark: western text has NUL in nearly every second byte and only there.
fn wide_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd) = (0_usize, 0_usize);
    for (index, byte) in sample.iter().enumerate() {
        if *byte == 0 {
            if index % 2 == 0 {
                even += 1;
            } else {
                odd += 1;
            }
        }
    }
    let half = sample.len() / 2;
    if half < 4 {
        None
    } else if odd * 10 >= half * 7 && even * 20 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 20 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn utf8_stays_and_its_mark_goes() {
        let decoded = decode("\u{feff}Généralités\r\nsuite".as_bytes(), 1000).unwrap();
        assert_eq!(decoded.text, "Généralités\nsuite");
        assert!(decoded.was_utf8 && !decoded.lost);
    }

    #[test]
    fn utf16_is_known_by_its_mark_and_without_it() {
        let wide = |mark: bool, big: bool| -> Vec<u8> {
            let text = if mark { "\u{feff}Secret – OTAN" } else { "Secret, OTAN, Bruxelles" };
            text.encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        for big in [false, true] {
            assert_eq!(decode(&wide(true, big), 1000).unwrap().text, "Secret – OTAN");
            let unmarked = decode(&wide(false, big), 1000).unwrap();
            assert_eq!(unmarked.text, "Secret, OTAN, Bruxelles");
            assert!(!unmarked.was_utf8);
        }
    }

    #[test]
    fn what_is_not_utf8_is_read_as_windows_1252() {
        let decoded = decode(b"caf\xe9 \x93quoted\x94", 1000).unwrap();
        assert_eq!(decoded.text, "café “quoted”");
        assert!(!decoded.was_utf8);
        assert_eq!(decoded.encoding, "windows-1252");
    }

    #[test]
    fn bytes_full_of_nul_or_controls_are_no_text() {
        assert_eq!(decode(&[0; 100], 1000), Err(NotText::Binary));
        assert_eq!(decode(b"abc\0def\0\0\0ghi", 1000), Err(NotText::Binary));
        let noise: Vec<u8> = (0..=255).cycle().take(2000).collect();
        assert_eq!(decode(&noise, 10_000), Err(NotText::Binary));
    }

    #[test]
    fn a_stray_control_character_is_dropped_and_said_so() {
        let text = format!("{}\u{7}end\u{1b}", "words ".repeat(50));
        let decoded = decode(text.as_bytes(), 1000).unwrap();
        assert!(decoded.text.ends_with("words end"));
        assert!(decoded.lost && decoded.was_utf8);
    }

    #[test]
    fn the_limit_counts_the_text_not_the_bytes() {
        assert_eq!(decode(&[0xe9; 60], 100), Err(NotText::OverLimit));
        assert_eq!(decode(&[0xe9; 50], 100).unwrap().text.len(), 100);
    }

    proptest! {
        #[test]
        fn any_bytes_end_within_the_limit_without_controls(bytes in proptest::collection::vec(any::<u8>(), 0..400), limit in 0_usize..500) {
            if let Ok(decoded) = decode(&bytes, limit) {
                prop_assert!(decoded.text.len() <= limit);
                prop_assert!(decoded.text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()));
            }
        }

        #[test]
        fn any_text_comes_back_as_it_was(text in "[a-zA-Zéàçœ€ 0-9\\n\\t]{0,200}") {
            prop_assert_eq!(decode(text.as_bytes(), 10_000).unwrap().text, text);
        }
    }
}
