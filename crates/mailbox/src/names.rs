//! Folder names on the wire (RFC 3501 section 5.1.3, modified UTF-7). Owns the encoding; servers that speak UTF-8 take it
//! just as well.

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const MODIFIED: GeneralPurpose = GeneralPurpose::new(
    &IMAP_MUTF7,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// A folder's name as the protocol wants it.
pub(crate) fn encode(name: &str) -> String {
    let mut out = String::new();
    let mut wide: Vec<u8> = Vec::new();
    for letter in name.chars() {
        if (' '..='~').contains(&letter) {
            flush(&mut out, &mut wide);
            out.push(letter);
            if letter == '&' {
                out.push('-');
            }
        } else {
            let mut units = [0_u16; 2];
            wide.extend(letter.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    flush(&mut out, &mut wide);
    out
}

fn flush(out: &mut String, wide: &mut Vec<u8>) {
    if !wide.is_empty() {
        out.push('&');
        MODIFIED.encode_string(&wide, out);
        out.push('-');
        wide.clear();
    }
}

/// A folder's name for people. What is not properly encoded is shown as it stands.
pub(crate) fn decode(name: &str) -> String {
    try_decode(name).unwrap_or_else(|| name.to_owned())
}

fn try_decode(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (run, after) = after.split_once('-')?;
        if run.is_empty() {
            out.push('&');
        } else {
            let wide = MODIFIED.decode(run).ok()?;
            let units: Vec<u16> =
                wide.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            out.push_str(&String::from_utf16(&units).ok()?);
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_the_standard_and_of_french_servers() {
        for (name, wire) in [
            ("INBOX", "INBOX"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Éléments envoyés", "&AMk-l&AOk-ments envoy&AOk-s"),
            ("Q&A", "Q&-A"),
            ("📬", "&2D3c7A-"),
        ] {
            assert_eq!(encode(name), wire);
            assert_eq!(decode(wire), name);
        }
        assert_eq!(decode("broken &AMk"), "broken &AMk");
        assert_eq!(decode("&!!!-"), "&!!!-");
    }

    proptest! {
        #[test]
        fn every_name_comes_back(name in any::<String>()) {
            let wire = encode(&name);
            prop_assert!(wire.is_ascii());
            prop_assert_eq!(decode(&wire), name);
        }

        #[test]
        fn no_name_on_the_wire_panics(wire in any::<String>()) {
            let _ = decode(&wire);
        }
    }
}
