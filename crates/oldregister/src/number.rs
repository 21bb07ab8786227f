//! The number of an entry in its old register. Owns taking one apart: by the series that are known, else by letters,
//! year and figures; must not know other rows.

use registry::reference::key;
use registry::series::{Catalogue, Field, allot::Counter};
use serde::Serialize;

/// A number of an old register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldNumber {
    /// As it is written.
    pub written: String,
    /// The series: its code where it is known here, else the letters before the number; empty where it has none.
    pub series: String,
    /// True if the series is known here.
    pub known: bool,
    /// What starts a count of its own. The year is the written one; of a number without one it is decided with the
    /// whole table ([`crate::Counting`]).
    pub counter: Counter,
    /// The number.
    pub number: u64,
    /// True if the year is not written.
    pub bare: bool,
}

/// A number taken apart, and the key under which it is the same as another.
pub(crate) struct Read {
    pub(crate) number: OldNumber,
    pub(crate) key: String,
}

/// Takes a number apart. The year of the row helps with years of two figures.
pub(crate) fn read(text: &str, catalogue: &Catalogue, year: Option<i16>) -> Option<Read> {
    known(text, catalogue).or_else(|| plain(text, year))
}

fn known(text: &str, catalogue: &Catalogue) -> Option<Read> {
    let parsed = catalogue.parse(text);
    let reference = parsed.reference()?;
    let series = catalogue.get(&reference.series)?;
    let counts = |field: Field| series.counter.contains(&field);
    let counter = Counter {
        year: reference.year.filter(|_| counts(Field::Year)),
        body: reference.body.filter(|_| counts(Field::Body)),
        sub_body: reference.sub_body.filter(|_| counts(Field::SubBody)),
        paper: reference.paper.clone().filter(|_| counts(Field::Paper)),
        division: reference.division.clone().filter(|_| counts(Field::Division)),
    };
    let number = OldNumber {
        written: text.to_owned(),
        series: reference.series.clone(),
        known: true,
        counter,
        number: reference.number,
        bare: false,
    };
    Some(Read { key: catalogue.key(text), number })
}

/// `45`, `HQR 45`, `HQR-1999-45`, `45/99` where the row is of 1999.
fn plain(text: &str, row_year: Option<i16>) -> Option<Read> {
    let folded = key(text);
    let parts: Vec<&str> = folded.split(' ').filter(|part| !part.is_empty()).collect();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let figures: Vec<u64> =
        parts.iter().filter(|part| is_number(part)).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let letters = parts.iter().take_while(|part| !is_number(part)).copied().collect::<Vec<_>>().join(" ");
    // More than one word of letters behind a number is a remark.
    let behind = parts.iter().skip_while(|part| !is_number(part)).filter(|part| !is_number(part)).count();
    if behind > 1 || letters.len() > 40 {
        return None;
    }
    let whole = |figure: u64| i16::try_from(figure).ok().filter(|year| (1900..=2999).contains(year));
    let short = |figure: u64| {
        row_year.filter(|year| figure < 100 && u64::try_from(year.rem_euclid(100)) == Ok(figure))
    };
    let (number, year) = match *figures.as_slice() {
        [number] => (number, None),
        [first, second] => match (whole(first), whole(second)) {
            (Some(year), None) => (second, Some(year)),
            (None, Some(year)) => (first, Some(year)),
            // Both could be years: the row must say which it is.
            (Some(a), Some(b)) => match row_year {
                Some(year) if year == a && year != b => (second, Some(year)),
                Some(year) if year == b && year != a => (first, Some(year)),
                _ => return None,
            },
            (None, None) => match (short(first), short(second)) {
                (None, Some(year)) => (first, Some(year)),
                (Some(year), None) => (second, Some(year)),
                // "99/99" of 1999.
                (Some(year), Some(_)) => (first, Some(year)),
                (None, None) => return None,
            },
        },
        _ => return None,
    };
    let counter = Counter { year, ..Counter::default() };
    let number = OldNumber {
        written: text.to_owned(),
        series: letters,
        known: false,
        counter,
        number,
        bare: year.is_none(),
    };
    Some(Read { number, key: folded })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(text: &str, year: Option<i16>) -> Option<(String, Option<i16>, u64)> {
        plain(text, year).map(|read| (read.number.series, read.number.counter.year, read.number.number))
    }

    #[test]
    fn numbers_are_taken_apart_only_where_that_is_certain() {
        let got = |series: &str, year, number| Some((series.to_owned(), year, number));
        assert_eq!(apart("45", None), got("", None, 45));
        assert_eq!(apart("0045", Some(1999)), got("", None, 45));
        assert_eq!(apart("HQR-1999-045", None), got("HQR", Some(1999), 45));
        assert_eq!(apart("45/1999", None), got("", Some(1999), 45));
        assert_eq!(apart("45/99", Some(1999)), got("", Some(1999), 45));
        assert_eq!(apart("99/45", Some(1999)), got("", Some(1999), 45));
        assert_eq!(apart("N° 45", None), got("N", None, 45));
        assert_eq!(apart("2001/1999", Some(1999)), got("", Some(1999), 2001));
        for (text, year) in [
            ("45/99", None),
            ("45/99", Some(2001)),
            ("1/2/3", None),
            ("none", None),
            ("", None),
            ("2001/1999", None),
        ] {
            assert_eq!(apart(text, year), None, "{text}");
        }
        assert_eq!(apart("99999999999999999999999", None), None);
    }
}
