//! What an act on copies or an item of a book is called: "R-0001/2026". Forms print it with the code of its registry before it,
//! "HQR R-0001/2026", in words and as a code, and it is read back from what a clerk types or a scanner sends.

use std::fmt;

use super::{book::Book, name::figures};

/// Longest number that is read (characters).
const LONGEST: usize = 80;

/// What is counted through the year of a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Receipts of what was sent.
    Receipt,
    /// Certificates of destruction.
    Certificate,
    /// Incidents.
    Incident,
    /// Musters.
    Muster,
    /// Items of a book.
    Item(Book),
}

impl Counted {
    /// What stands before its numbers.
    pub const fn letters(self) -> &'static str {
        match self {
            Counted::Receipt => "R",
            Counted::Certificate => "D",
            Counted::Incident => "I",
            Counted::Muster => "M",
            Counted::Item(book) => book.letters(),
        }
    }

    fn lettered(letters: &str) -> Option<Self> {
        let acts = [Counted::Receipt, Counted::Certificate, Counted::Incident, Counted::Muster];
        let all = acts.into_iter().chain(Book::ALL.map(Counted::Item));
        all.into_iter().find(|counted| counted.letters() == letters)
    }
}

/// The number of an act or an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActNumber {
    /// The code of the registry whose it is, where it is said.
    pub registry: Option<String>,
    /// Of what.
    pub of: Counted,
    /// The year.
    pub year: i16,
    /// From 1 in each year of the registry.
    pub number: u64,
}

impl ActNumber {
    /// Reads a number as it was typed or scanned: spaces and lower case do not matter.
    pub fn read(text: &str) -> Option<Self> {
        if text.chars().count() > LONGEST {
            return None;
        }
        let text = text.trim().to_uppercase();
        let said = text.split_once([':', ' ']).and_then(|(code, rest)| {
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let code = code.trim();
            let bare = Self::bare(rest)?;
            (!code.is_empty() && code.chars().all(fits))
                .then(|| Self { registry: Some(code.to_owned()), ..bare })
        });
        said.or_else(|| Self::bare(&text))
    }

    fn bare(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (text, year) = text.split_once('/')?;
        let (letters, number) = text.split_once('-')?;
        let of = Counted::lettered(letters)?;
        Some(Self { registry: None, of, year: figures(year)?, number: figures(number)? })
    }
}

impl fmt::Display for ActNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(registry) = &self.registry {
            write!(f, "{registry} ")?;
        }
        write!(f, "{}-{:04}/{}", self.of.letters(), self.number, self.year)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::custody::name::CopyName;

    #[test]
    fn a_number_is_read_as_it_is_typed_or_scanned() {
        let receipt = ActNumber { registry: None, of: Counted::Receipt, year: 2026, number: 1 };
        let said = ActNumber { registry: Some("HQR".into()), ..receipt.clone() };
        for typed in ["R-0001/2026", " r-1/2026", "R - 0001 / 2026"] {
            assert_eq!(ActNumber::read(typed).as_ref(), Some(&receipt), "{typed}");
        }
        for typed in ["HQR R-0001/2026", "hqr:r-1/2026", "HQR: R-0001 /2026"] {
            assert_eq!(ActNumber::read(typed).as_ref(), Some(&said), "{typed}");
        }
        let courier = ActNumber::read("CC-0007/2026").unwrap();
        assert_eq!(courier.of, Counted::Item(Book::Journeys));
        for wrong in
            ["", "R-1", "R-1/2026/1", "NS-0012/2026", "R-+1/2026", ":R-1/2026", "a/b R-1/2026", "R/2026"]
        {
            assert_eq!(ActNumber::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_two_counts_share_their_letters() {
        let acts = [Counted::Receipt, Counted::Certificate, Counted::Incident, Counted::Muster];
        for counted in acts.into_iter().chain(Book::ALL.map(Counted::Item)) {
            assert_eq!(Counted::lettered(counted.letters()), Some(counted));
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back_and_is_no_copy(
            registry in proptest::option::of("[A-Z]{2,6}"), place in 0_usize..7,
            year in 1949_i16..2100, number in 1_u64..1_000_000,
        ) {
            let of = Counted::Item(Book::ALL[place]);
            let named = ActNumber { registry, of, year, number };
            prop_assert_eq!(CopyName::read(&named.to_string()), None);
            prop_assert_eq!(ActNumber::read(&named.to_string()), Some(named));
        }

        #[test]
        fn nothing_that_is_typed_is_a_fault(text in ".{0,100}") {
            let _ = ActNumber::read(&text);
        }
    }
}
