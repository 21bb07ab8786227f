//! What a copy is called: the number of its document in its log and its own, "NS-0012/2026/3". It is printed as a barcode
//! with the code of its registry before it, "HQR:NS-0012/2026/3", and read back from what a clerk types or a scanner sends.

use std::fmt;

use super::fact::Control;

/// Longest name that is read (characters).
const LONGEST: usize = 80;

/// The name of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyName {
    /// The code of the registry whose copy it is, where the name says it.
    pub registry: Option<String>,
    /// The number of its document.
    pub control: Control,
    /// Its own.
    pub number: u32,
}

impl CopyName {
    /// Reads a name as it was typed or scanned: spaces and lower case do not matter.
    pub fn read(text: &str) -> Option<Self> {
        if text.chars().count() > LONGEST {
            return None;
        }
        let text: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let (registry, text) = match text.split_once(':') {
            Some((code, rest)) if !code.is_empty() => (Some(code.to_owned()), rest),
            Some(_) => return None,
            None => (None, text.as_str()),
        };
        let (text, number) = text.rsplit_once('/')?;
        let (text, year) = text.rsplit_once('/')?;
        let (log, serial) = text.rsplit_once('-')?;
        if log.is_empty() {
            return None;
        }
        let control = Control { log: log.to_owned(), year: figures(year)?, serial: figures(serial)? };
        Some(Self { registry, control, number: figures(number)? })
    }
}

/// A number of figures alone: no sign, no point.
pub(super) fn figures<T: std::str::FromStr>(text: &str) -> Option<T> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

impl fmt::Display for CopyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(registry) = &self.registry {
            write!(f, "{registry}:")?;
        }
        write!(f, "{}/{}", self.control.text(), self.number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_typed_or_scanned() {
        let name = CopyName::read(" hqr: ns-0012/2026 / 3").unwrap();
        assert_eq!(name.registry.as_deref(), Some("HQR"));
        assert_eq!(name.control, Control { log: "NS".into(), year: 2026, serial: 12 });
        assert_eq!(name.number, 3);
        assert_eq!(name.to_string(), "HQR:NS-0012/2026/3");
        let spoken = CopyName::read("TS-UE-7/2026/1").unwrap();
        assert_eq!(spoken.control.log, "TS-UE");
        for wrong in
            ["", "NS-0012/2026", "NS-0012/2026/+3", ":NS-1/2026/1", "-1/2026/1", "NS/2026/1", "NS-1/99999/1"]
        {
            assert_eq!(CopyName::read(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(
            registry in proptest::option::of("[A-Z]{2,6}"),
            log in "[A-Z]{2,4}(-[A-Z0-9]{1,4})?",
            year in 1949_i16..2100, serial in 1_u64..1_000_000, number in 1_u32..100_000,
        ) {
            let name = CopyName { registry, control: Control { log, year, serial }, number };
            prop_assert_eq!(CopyName::read(&name.to_string()), Some(name));
        }

        #[test]
        fn nothing_that_is_typed_is_a_fault(text in ".{0,100}") {
            let _ = CopyName::read(&text);
        }
    }
}
