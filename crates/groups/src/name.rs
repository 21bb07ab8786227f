//! Names of entries (RFC 4514), made alike so that they can be compared: `CN=Ada\, Countess, OU=x` and `cn=ada\2c countess,ou=x`
//! are one. Owns when two names mean the same entry.

use std::fmt;

/// Most bytes of a name that is read.
const LONGEST: usize = 8 * 1024;

/// A name, made alike. Orders and compares as what it means: letters in any case, without the blanks around separators.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Vec<Vec<(String, String)>>);

impl Name {
    /// Reads a name; none where it is none, and the empty one, which is the server's own, is none here.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut letters = text.trim().chars().peekable();
        let (mut parts, mut part) = (Vec::new(), Vec::new());
        loop {
            let mut key = String::new();
            loop {
                match letters.next()? {
                    '=' => break,
                    c if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') || c == ' ' => key.push(c),
                    _ => return None,
                }
            }
            let key = key.trim().to_ascii_lowercase();
            if key.is_empty() || key.contains(' ') {
                return None;
            }
            let (value, end) = value(&mut letters)?;
            part.push((key, value));
            if end == Some('+') {
                continue;
            }
            part.sort();
            parts.push(std::mem::take(&mut part));
            if end.is_none() {
                return Some(Self(parts));
            }
        }
    }
}

/// The value up to its separator, and which that is.
fn value(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<(String, Option<char>)> {
    while letters.next_if_eq(&' ').is_some() {}
    let (mut bytes, mut kept) = (Vec::new(), 0);
    let mut put = [0; 4];
    let quoted = letters.next_if_eq(&'"').is_some();
    let end = loop {
        match letters.next() {
            None if quoted => return None,
            None => break None,
            Some('"') if quoted => break after_quote(letters)?,
            Some(end @ (',' | ';' | '+')) if !quoted => break Some(if end == ';' { ',' } else { end }),
            Some('\\') => {
                bytes.extend(escape(letters)?);
                kept = bytes.len();
            }
            Some(c) => {
                bytes.extend_from_slice(c.encode_utf8(&mut put).as_bytes());
                if c != ' ' || quoted {
                    kept = bytes.len();
                }
            }
        }
    };
    // Blanks before a separator are none of the value, unless they were escaped.
    bytes.truncate(kept);
    let text = String::from_utf8(bytes).ok()?.to_lowercase();
    Some((text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "), end))
}

fn after_quote(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Option<char>> {
    loop {
        match letters.next() {
            None => return Some(None),
            Some(' ') => {}
            Some(',' | ';') => return Some(Some(',')),
            Some('+') => return Some(Some('+')),
            Some(_) => return None,
        }
    }
}

/// What stands behind a backslash: two digits of a byte, or the letter itself.
fn escape(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Vec<u8>> {
    let first = letters.next()?;
    if let (Some(high), Some(low)) = (first.to_digit(16), letters.peek().and_then(|c| c.to_digit(16))) {
        letters.next();
        return u8::try_from(high * 16 + low).ok().map(|byte| vec![byte]);
    }
    let mut put = [0; 4];
    Some(first.encode_utf8(&mut put).as_bytes().to_vec())
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, part) in self.0.iter().enumerate() {
            for (m, (key, value)) in part.iter().enumerate() {
                let before = if n + m == 0 {
                    ""
                } else if m == 0 {
                    ","
                } else {
                    "+"
                };
                write!(f, "{before}{key}={value:?}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ways_of_writing_a_name_are_one() {
        let same = [
            ("CN=Ada Lovelace,OU=Staff,DC=hq", "cn=ada  lovelace , ou=staff;dc=HQ"),
            (r"CN=Lovelace\, Ada,DC=hq", r"cn=lovelace\2C ada,dc=hq"),
            (r#"CN="Lovelace, Ada",DC=hq"#, r"cn=lovelace\, ada,dc=hq"),
            (r"CN=\C3\89mile,DC=hq", "cn=émile,dc=hq"),
            ("uid=a+cn=b,dc=hq", "cn=b+uid=a,dc=hq"),
        ];
        for (one, other) in same {
            assert_eq!(Name::read(one).expect(one), Name::read(other).expect(other));
        }
        assert_ne!(Name::read("cn=a,dc=hq"), Name::read("cn=a,dc=hq2"));
        assert_ne!(Name::read(r"cn=a\,dc=hq"), Name::read("cn=a,dc=hq"));
        for none in ["", "nothing", "=x", "cn=\"a", "cn=a,", r"cn=a\", r"cn=\ff", "c n=a"] {
            assert_eq!(Name::read(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much_for_it(text in any::<String>()) {
            let _ = Name::read(&text);
        }

        #[test]
        fn what_is_escaped_by_its_bytes_is_the_same(value in "[a-zé(),+\"*]{1,12}") {
            let escaped: String = value.bytes().map(|b| format!("\\{b:02x}")).collect();
            let plain: String = value.chars().flat_map(|c| match c {
                ',' | '+' | '"' => vec!['\\', c],
                c => vec![c],
            }).collect();
            prop_assert_eq!(
                Name::read(&format!("cn={plain},dc=x")).unwrap(),
                Name::read(&format!("cn={escaped},dc=x")).unwrap()
            );
        }
    }
}
