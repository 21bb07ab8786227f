//! Dates as documents write them, in English and French. Owns the forms of a date and what each means; must not know
//! where on a page a date counts.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use crate::tokens::{Token, gap, runs};

/// A date known to the day, to the month or to the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// The years that a document can bear, as in the register.
    pub const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

    /// A day; none if there is no such day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().and_then(Self::of)
    }

    /// A month; none if there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let real = Self::YEARS.contains(&year) && (1..=12).contains(&month);
        real.then_some(Self { year, month: Some(month), day: None })
    }

    /// A year; none if no document can bear it.
    pub fn year(year: i16) -> Option<Self> {
        Self::YEARS.contains(&year).then_some(Self { year, month: None, day: None })
    }

    /// A day of the calendar; none if no document can bear it.
    pub fn of(date: Date) -> Option<Self> {
        let real = Self::YEARS.contains(&date.year());
        real.then_some(Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) })
    }

    /// The civil date, if it is known to the day.
    pub fn civil(&self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }
}

impl fmt::Display for PartialDate {
    /// `1961-10-04`, `1961-10` or `1961`: what the register's date field takes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The month by its name, with a day.
    Named,
    /// A month by its name and a year.
    NamedMonth,
    /// `1961-10-04`.
    Iso,
    /// `1961-10`.
    IsoMonth,
    /// `04.10.1961`, day first as is the rule of the field, or in the only order that gives a day.
    Numeric,
    /// `041530Z OCT 61` (ACP 121: day, hour, minute, zone, month, year).
    Group,
    /// `19611004`.
    Compact,
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) value: PartialDate,
    /// What it is with the month first, where that is possible too and another day.
    pub(crate) other: Option<PartialDate>,
    pub(crate) form: Form,
    /// Its bytes in the text.
    pub(crate) bytes: Range<usize>,
}

/// Names of months and their usual abbreviations, in capitals without accents.
const MONTHS: [&[&str]; 12] = [
    &["JANUARY", "JAN", "JANVIER", "JANV"],
    &["FEBRUARY", "FEB", "FEVRIER", "FEVR", "FEV"],
    &["MARCH", "MAR", "MARS"],
    &["APRIL", "APR", "AVRIL", "AVR"],
    &["MAY", "MAI"],
    &["JUNE", "JUN", "JUIN"],
    &["JULY", "JUL", "JUILLET", "JUIL"],
    &["AUGUST", "AUG", "AOUT"],
    &["SEPTEMBER", "SEPT", "SEP", "SEPTEMBRE"],
    &["OCTOBER", "OCT", "OCTOBRE"],
    &["NOVEMBER", "NOV", "NOVEMBRE"],
    &["DECEMBER", "DEC", "DECEMBRE"],
];

/// Every date of a text, none inside another.
pub(crate) fn find(text: &str, registered: Option<Date>) -> Vec<Found> {
    let tokens = runs(text);
    let scan = Scan { text, tokens: &tokens, registered };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match scan.date_at(at) {
            Some((one, next)) => {
                found.push(one);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// A year alone: all that the text says.
pub(crate) fn year_alone(text: &str) -> Option<PartialDate> {
    let bare = text.trim();
    if bare.len() != 4 || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    PartialDate::year(bare.parse().ok()?)
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
    registered: Option<Date>,
}

impl Scan<'_> {
    fn date_at(&self, at: usize) -> Option<(Found, usize)> {
        let first = self.tokens.get(at)?;
        if first.is_digits() {
            // A number that goes on before this run ("1.04.10.1961", "12/04/...") is not the beginning of a date.
            let glued = at > 0
                && matches!(gap(self.text, self.tokens, at), "." | "/" | "-")
                && self.tokens.get(at - 1).is_some_and(Token::is_digits);
            self.group(at)
                .or_else(|| (!glued).then(|| self.iso(at)).flatten())
                .or_else(|| (!glued).then(|| self.numeric(at)).flatten())
                .or_else(|| self.day_first(at))
                .or_else(|| self.compact(at))
        } else {
            self.month_first(at)
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|token| token.folded.as_str())
    }

    fn month(&self, at: usize) -> Option<i8> {
        month_named(self.word(at)?)
    }

    fn day(&self, at: usize) -> Option<i8> {
        let day = self.tokens.get(at)?.number(2)?;
        i8::try_from(day).ok().filter(|day| (1..=31).contains(day))
    }

    fn four_digits(&self, at: usize) -> Option<i16> {
        let token = self.tokens.get(at).filter(|token| token.folded.len() == 4)?;
        i16::try_from(token.number(4)?).ok().filter(|year| PartialDate::YEARS.contains(year))
    }

    fn two_digits(&self, at: usize) -> Option<i16> {
        let token = self.tokens.get(at).filter(|token| token.folded.len() == 2)?;
        let short = i16::try_from(token.number(2)?).ok()?;
        let latest = self.registered.map_or(2048, |date| date.year());
        let century = latest - latest.rem_euclid(100);
        Some(if century + short <= latest { century + short } else { century - 100 + short })
    }

    /// Nothing but blanks and these characters before the token, and not many.
    fn near(&self, at: usize, allowed: &str) -> bool {
        let between = gap(self.text, self.tokens, at);
        between.len() <= 6 && between.chars().all(|c| c.is_whitespace() || allowed.contains(c))
    }

    /// Directly before the token: exactly this.
    fn exactly(&self, at: usize, wanted: &str) -> bool {
        gap(self.text, self.tokens, at) == wanted
    }

    /// Past "st", "nd", "rd", "th", "er" written to a day.
    fn past_ordinal(&self, at: usize) -> usize {
        let is_one = matches!(self.word(at), Some("ST" | "ND" | "RD" | "TH" | "ER"));
        at + usize::from(is_one && self.exactly(at, ""))
    }

    /// Past "–21", "/31", " and 31" after a day.
    fn past_range(&self, at: usize) -> usize {
        let joined = matches!(gap(self.text, self.tokens, at).trim(), "-" | "–" | "—" | "/");
        if joined && self.day(at).is_some() && self.tokens.get(at).is_some_and(|t| t.folded.len() <= 2) {
            return self.past_ordinal(at + 1);
        }
        if matches!(self.word(at), Some("AND" | "ET")) && self.day(at + 1).is_some() && self.near(at + 1, "")
        {
            return self.past_ordinal(at + 2);
        }
        at
    }

    fn found(&self, value: PartialDate, form: Form, from: usize, next: usize) -> Option<(Found, usize)> {
        let start = self.tokens.get(from)?.start;
        let end = self.tokens.get(next.checked_sub(1)?)?.end;
        Some((Found { value, other: None, form, bytes: start..end }, next))
    }

    /// `October 4, 1961`, `July 30/31, 1957`, `August 30–September 2, 1961`, `October 1961`.
    fn month_first(&self, at: usize) -> Option<(Found, usize)> {
        let month = self.month(at)?;
        if let Some(day) = self.day(at + 1).filter(|_| self.near(at + 1, ".")) {
            let mut next = self.past_ordinal(at + 2);
            next = self.past_range(next);
            let again = matches!(gap(self.text, self.tokens, next).trim(), "-" | "–" | "—");
            if again && self.month(next).is_some() && self.day(next + 1).is_some() {
                next = self.past_ordinal(next + 2);
            }
            if let Some(year) = self.four_digits(next).filter(|_| self.near(next, ",.'’")) {
                return self.found(PartialDate::day(year, month, day)?, Form::Named, at, next + 1);
            }
        }
        let year = self.four_digits(at + 1).filter(|_| self.near(at + 1, ",."))?;
        self.found(PartialDate::month(year, month)?, Form::NamedMonth, at, at + 2)
    }

    /// `4 October 1961`, `le 1er octobre 1961`, `19–21 September 1957`, `26 Nov 58`.
    fn day_first(&self, at: usize) -> Option<(Found, usize)> {
        let day = self.day(at)?;
        let mut next = self.past_range(self.past_ordinal(at + 1));
        if matches!(self.word(next), Some("OF" | "DE")) {
            next += 1;
        }
        let month = self.month(next).filter(|_| self.near(next, ".-‑"))?;
        let next = next + 1;
        if !self.near(next, ",.'’-‑") {
            return None;
        }
        // Two digits are a year only where no more follow: "4 Oct 15.30" is an hour.
        let short = || {
            let ends =
                !self.exactly(next + 1, ".") && !self.exactly(next + 1, ":") && !self.exactly(next + 1, "");
            let last = next + 1 >= self.tokens.len();
            self.two_digits(next).filter(|_| ends || last)
        };
        let year = self.four_digits(next).or_else(short)?;
        self.found(PartialDate::day(year, month, day)?, Form::Named, at, next + 1)
    }

    /// `1961-10-04`, `1961-10`.
    fn iso(&self, at: usize) -> Option<(Found, usize)> {
        let year = self.four_digits(at)?;
        let two = |at: usize| {
            let token = self.tokens.get(at).filter(|token| token.folded.len() == 2)?;
            i8::try_from(token.number(2)?).ok()
        };
        let month = two(at + 1).filter(|_| self.exactly(at + 1, "-"))?;
        let day = two(at + 2).filter(|_| self.exactly(at + 2, "-"));
        match day {
            Some(day) => self.found(PartialDate::day(year, month, day)?, Form::Iso, at, at + 3),
            None if self.exactly(at + 2, "-") => None,
            None => self.found(PartialDate::month(year, month)?, Form::IsoMonth, at, at + 2),
        }
    }

    /// `04.10.1961`, `4/10/1961`, `4-10-1961`, `04.10.61`.
    fn numeric(&self, at: usize) -> Option<(Found, usize)> {
        let (first, second) = (self.day(at)?, self.day(at + 1)?);
        let stop = gap(self.text, self.tokens, at + 1);
        if !matches!(stop, "." | "/" | "-") || !self.exactly(at + 2, stop) {
            return None;
        }
        let short = || self.two_digits(at + 2).filter(|_| stop != "-");
        let year = self.four_digits(at + 2).or_else(short)?;
        // A fourth number: an address or a paragraph.
        let goes_on = matches!(gap(self.text, self.tokens, at + 3), "." | "/" | "-");
        if goes_on && self.tokens.get(at + 3).is_some_and(Token::is_digits) {
            return None;
        }
        let (day_first, month_first) =
            (PartialDate::day(year, second, first), PartialDate::day(year, first, second));
        let (mut found, next) = self.found(day_first.or(month_first)?, Form::Numeric, at, at + 3)?;
        found.other = month_first.filter(|other| *other != found.value);
        Some((found, next))
    }

    /// `041530Z OCT 61`, `041530ZOCT61`.
    fn group(&self, at: usize) -> Option<(Found, usize)> {
        let digits = self.tokens.get(at).filter(|token| token.folded.len() == 6 && token.is_digits())?;
        let part = |from: usize| digits.folded.get(from..from + 2)?.parse::<i8>().ok();
        let (day, hour, minute) = (part(0)?, part(2)?, part(4)?);
        let zone = self.word(at + 1).filter(|_| self.near(at + 1, ""))?;
        let (month, next) = match zone.len() {
            1 => (self.month(at + 2).filter(|_| self.near(at + 2, ""))?, at + 3),
            _ => (month_named(zone.get(1..)?)?, at + 2),
        };
        if hour > 23 || minute > 59 || !zone.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let year =
            self.four_digits(next).or_else(|| self.two_digits(next)).filter(|_| self.near(next, ""))?;
        self.found(PartialDate::day(year, month, day)?, Form::Group, at, next + 1)
    }

    /// `19611004`, as names of files have it.
    fn compact(&self, at: usize) -> Option<(Found, usize)> {
        let digits = self.tokens.get(at).filter(|token| token.folded.len() == 8)?;
        let year: i16 = digits.folded.get(..4)?.parse().ok().filter(|year| (1900..2100).contains(year))?;
        let (month, day) = (digits.folded.get(4..6)?.parse().ok()?, digits.folded.get(6..)?.parse().ok()?);
        self.found(PartialDate::day(year, month, day)?, Form::Compact, at, at + 1)
    }
}

/// The month of a name or abbreviation in capitals without accents.
pub(crate) fn month_named(word: &str) -> Option<i8> {
    let index = MONTHS.iter().position(|names| names.contains(&word))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        find(text, None)
            .iter()
            .map(|found| format!("{}={}", found.value, &text[found.bytes.clone()]))
            .collect()
    }

    #[test]
    fn english_and_french_forms() {
        let one = |text: &str, wanted: &str| assert_eq!(all(text), [wanted], "{text}");
        one("Washington, October 4, 1961, 3 p.m.", "1961-10-04=October 4, 1961");
        one("Paris, le 4 octobre 1961", "1961-10-04=4 octobre 1961");
        one("Paris, le 1er août 1961", "1961-08-01=1er août 1961");
        one("the 3rd of March 1950", "1950-03-03=3rd of March 1950");
        one("February 29, 1960", "1960-02-29=February 29, 1960");
        one("December2, 1961", "1961-12-02=December2, 1961");
        one("July 9/10, 1957", "1957-07-09=July 9/10, 1957");
        one("September 19–21, 1957", "1957-09-19=September 19–21, 1957");
        one("August 30–September 2, 1961", "1961-08-30=August 30–September 2, 1961");
        one("May 29 and 30, 1956", "1956-05-29=May 29 and 30, 1956");
        one("26 Nov 58", "1958-11-26=26 Nov 58");
        one("June 1955", "1955-06=June 1955");
        one("sent 041530Z OCT 61 to all", "1961-10-04=041530Z OCT 61");
        one("041530ZOCT2019", "2019-10-04=041530ZOCT2019");
        one("2019-02-13T10:00:00Z", "2019-02-13=2019-02-13");
        one("1955-06", "1955-06=1955-06");
        one("le 04.10.1961", "1961-10-04=04.10.1961");
        one("12/25/1961", "1961-12-25=12/25/1961");
        one("20190213", "2019-02-13=20190213");
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in [
            "February 30, 1960",
            "31.02.1961",
            "10.12.19.61",
            "C-M(2002)49",
            "02-8811 45 67",
            "1.2.3",
            "May 12, noon",
            "04.10.1961.7",
            "page 12 of 1961",
            "255961Z OCT 61",
        ] {
            assert_eq!(all(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_numeric_date_may_be_read_in_two_ways() {
        let found = find("04/10/1961", None);
        assert_eq!(found[0].value.to_string(), "1961-10-04");
        assert_eq!(found[0].other.unwrap().to_string(), "1961-04-10");
        assert_eq!(find("05/05/1961", None)[0].other, None);
    }

    #[test]
    fn years_of_two_digits_are_not_after_the_day_of_registration() {
        let year = |registered| find("4 Oct 26", registered)[0].value.civil().unwrap().year();
        assert_eq!(year(Date::new(2026, 11, 1).ok()), 2026);
        assert_eq!(year(Date::new(2025, 11, 1).ok()), 1926);
        assert_eq!(find("4 Oct 49", None)[0].value.civil().unwrap().year(), 1949);
        assert_eq!(find("4 Oct 48", None)[0].value.civil().unwrap().year(), 2048);
    }
}
