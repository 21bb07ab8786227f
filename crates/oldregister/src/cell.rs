//! What a cell says: copy numbers, counts, lists of names, lines of text. Owns their forms; must not know rows.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The highest copy number, and the most copies of one entry.
pub(crate) const MOST_COPIES: u32 = 500;

/// Copy numbers of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// Which, in order.
    pub numbers: Vec<u32>,
    /// Of how many, where the cell says.
    pub of: Option<u32>,
}

/// `2`, `2 of 5`, `No 2/5`, `copie 2 sur 5`, `1-3`, `1, 2 and 4 of 5`; none where it is not understood.
pub(crate) fn copies(text: &str) -> Option<Copies> {
    let folded = registry::reference::sort_key(text);
    let (these, of) = match split_of(&folded) {
        Some((these, of)) => (these, Some(number(of)?)),
        None => (folded.as_str(), None),
    };
    let (mut numbers, mut known) = (Vec::new(), BTreeSet::new());
    for part in these
        .split([',', ';', '+', '&', '\n'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|p| p.split(" et "))
    {
        let range = range(part)?;
        for number in range {
            if numbers.len() >= MOST_COPIES as usize {
                return None;
            }
            if known.insert(number) {
                numbers.push(number);
            }
        }
    }
    (!numbers.is_empty()).then_some(Copies { numbers, of })
}

/// What stands before and after "of", "sur", "de" or a stroke.
fn split_of(text: &str) -> Option<(&str, &str)> {
    [" of ", " sur ", " de ", "/"].iter().find_map(|word| text.split_once(word))
}

fn range(text: &str) -> Option<RangeInclusive<u32>> {
    let dashes = ['-', '–', '—'];
    match text.split_once(dashes).or_else(|| text.split_once(" to ")).or_else(|| text.split_once(" a ")) {
        Some((from, to)) => {
            let (from, to) = (number(from)?, number(to)?);
            (from <= to).then_some(from..=to)
        }
        None => number(text).map(|one| one..=one),
    }
}

/// A number from 1 on, with "copy", "no" and the like before or after it.
fn number(text: &str) -> Option<u32> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut found = None;
    for word in words {
        match word {
            "copy" | "copies" | "no" | "nr" | "n" | "number" | "copie" | "exemplaire" | "exemplaires"
            | "ex" | "cy" | "numero" => {}
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) && found.is_none() => {
                found = Some(digits.parse().ok().filter(|n| (1..=MOST_COPIES).contains(n))?);
            }
            _ => return None,
        }
    }
    found
}

/// A whole number of pages or copies.
pub(crate) fn count(text: &str, most: u32) -> Option<u32> {
    let bare = text.trim().trim_end_matches(".0");
    let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
    let rest = registry::reference::sort_key(bare.get(digits.len()..)?);
    let unit = matches!(
        rest.trim().trim_end_matches('.'),
        "" | "p" | "pp" | "page" | "pages" | "copies" | "copy" | "ex" | "exemplaires"
    );
    if !unit { None } else { digits.parse().ok().filter(|n| *n <= most) }
}

/// The names of a cell: lines and what is parted by semicolons.
pub(crate) fn names(text: &str) -> Vec<String> {
    text.split(['\n', ';']).filter_map(line).collect()
}

/// One line: blanks folded, control characters gone; none when nothing is left.
pub(crate) fn line(text: &str) -> Option<String> {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let folded = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_numbers_are_understood_in_both_languages() {
        let of = |text: &str| copies(text).map(|got| (got.numbers, got.of));
        for text in ["2 of 5", "2/5", "Copy No. 2 of 5 copies", "Ex. n° 2 sur 5", "2 OF 5", "copie 2 de 5"] {
            assert_eq!(of(text), Some((vec![2], Some(5))), "{text}");
        }
        assert_eq!(of("3"), Some((vec![3], None)));
        assert_eq!(of("1-3"), Some((vec![1, 2, 3], None)));
        assert_eq!(of("1, 2 and 4 of 5"), Some((vec![1, 2, 4], Some(5))));
        assert_eq!(of("1 à 3 sur 4"), Some((vec![1, 2, 3], Some(4))));
        for text in ["", "master", "0", "5-3", "1-100000", "2 of many", "2 3"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn counts_and_names_are_understood() {
        assert_eq!([count("12", 99), count("12 pp.", 99), count("12.0", 99)], [Some(12); 3]);
        assert_eq!([count("12a", 99), count("", 99), count("100", 99), count("-1", 99)], [None; 4]);
        assert_eq!(names(" IMS;\n  DG\tIMS \n;"), ["IMS", "DG IMS"]);
    }
}
