//! Reading what is written in words: holidays, rules, recurrences. Owns how a text is cut and how a mistake is told.

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

/// The longest text that is read (characters).
pub(crate) const LONGEST: usize = 200;

/// What becomes of a day on which nobody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Roll {
    /// The next working day.
    Following,
    /// The working day before.
    Preceding,
    /// It stays.
    AsIs,
}

impl Roll {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Following => "following",
            Self::Preceding => "preceding",
            Self::AsIs => "as is",
        }
    }
}

/// Which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nth {
    /// Counted from the beginning, from 1 to 5.
    At(u8),
    /// The last.
    Last,
}

const NTH: [(&str, Nth); 6] = [
    ("first", Nth::At(1)),
    ("second", Nth::At(2)),
    ("third", Nth::At(3)),
    ("fourth", Nth::At(4)),
    ("fifth", Nth::At(5)),
    ("last", Nth::Last),
];

impl std::fmt::Display for Nth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(NTH.iter().find(|(_, nth)| nth == self).map_or("", |(word, _)| word))
    }
}

pub(crate) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, day)| *day)
}

pub(crate) fn weekday_text(day: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, known)| *known == day).map_or("", |(name, _)| name)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A month by its English name, 1 to 12.
pub(crate) fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(word))?;
    i8::try_from(at + 1).ok()
}

fn digits(word: &str, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = count.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

/// A number of up to five figures.
pub(crate) fn number(word: &str) -> Option<u32> {
    digits(word, 1..=5)
}

/// `08:30`.
pub(crate) fn time(word: &str) -> Option<Time> {
    let (hour, minute) = word.split_once(':')?;
    let part = |text: &str| digits(text, 2..=2).and_then(|n| i8::try_from(n).ok());
    Time::new(part(hour)?, part(minute)?, 0, 0).ok()
}

/// `08:30`.
pub(crate) fn time_text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `2026-12-24`.
pub(crate) fn date(word: &str) -> Option<Date> {
    let (year, rest) = word.split_once('-')?;
    let (month, day) = month_day(rest)?;
    let year = i16::try_from(digits(year, 4..=4)?).ok()?;
    Date::new(year, month, day).ok()
}

/// `12-24`, of any year: 02-29 is one.
pub(crate) fn month_day(word: &str) -> Option<(i8, i8)> {
    let (month, day) = word.split_once('-')?;
    let part = |text: &str| digits(text, 2..=2).and_then(|n| i8::try_from(n).ok());
    let (month, day) = (part(month)?, part(day)?);
    Date::new(2000, month, day).ok().map(|_| (month, day))
}

/// `1st` to `31st`.
pub(crate) fn day_of_month(word: &str) -> Option<i8> {
    let figures = word.len().checked_sub(2)?;
    let (number, _) = word.split_at_checked(figures)?;
    let day = i8::try_from(digits(number, 1..=2)?).ok()?;
    ((1..=31).contains(&day) && ordinal(day).eq_ignore_ascii_case(word)).then_some(day)
}

/// `1st`.
pub(crate) fn ordinal(day: i8) -> String {
    let ending = match (day, day % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}

/// `1st, 10th and 20th`.
pub(crate) fn list(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Why a text can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}`: at {near}, character {place}: expected {expected}")]
pub struct TextError {
    /// As given, at most 80 characters of it.
    pub text: String,
    /// The word that is wrong, or "the end".
    pub near: String,
    /// Where it begins, from 1.
    pub place: usize,
    /// What may stand there.
    pub expected: &'static str,
}

/// The words of a text, read from left to right. A comma is a word of its own.
#[derive(Clone)]
pub(crate) struct Words<'a> {
    text: &'a str,
    words: Vec<(usize, &'a str)>,
    at: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn new(text: &'a str) -> Result<Self, TextError> {
        let mut words = Vec::new();
        if text.chars().nth(LONGEST).is_some() {
            return Err(Self { text, words, at: 0 }.fault("at most 200 characters"));
        }
        for part in text.split_inclusive(|c: char| c.is_whitespace() || c == ',') {
            let word = part.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
            let begins = part.as_ptr().addr() - text.as_ptr().addr();
            if !word.is_empty() {
                words.push((begins, word));
            }
            if part.ends_with(',') {
                words.push((begins + word.len(), ","));
            }
        }
        Ok(Self { text, words, at: 0 })
    }

    pub(crate) fn peek(&self) -> Option<&'a str> {
        self.words.get(self.at).map(|(_, word)| *word)
    }

    /// What the next word is, if it is one that can be read; else where it went wrong.
    pub(crate) fn read<T>(
        &mut self,
        expected: &'static str,
        reading: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<T, TextError> {
        let read = self.peek().and_then(reading).ok_or_else(|| self.fault(expected))?;
        self.at += 1;
        Ok(read)
    }

    /// Goes on when the next words are these.
    pub(crate) fn take(&mut self, phrase: &str) -> bool {
        let mut at = self.at;
        for wanted in phrase.split(' ') {
            if !self.words.get(at).is_some_and(|(_, word)| word.eq_ignore_ascii_case(wanted)) {
                return false;
            }
            at += 1;
        }
        self.at = at;
        true
    }

    /// Takes these words, or says that they are expected.
    pub(crate) fn want(&mut self, phrase: &str, expected: &'static str) -> Result<(), TextError> {
        if self.take(phrase) { Ok(()) } else { Err(self.fault(expected)) }
    }

    /// Takes the first of some phrases that stands here.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        all: &[(&str, T)],
        expected: &'static str,
    ) -> Result<T, TextError> {
        let found = all.iter().find(|(phrase, _)| self.take(phrase)).map(|(_, value)| *value);
        found.ok_or_else(|| self.fault(expected))
    }

    pub(crate) fn nth(&mut self) -> Option<Nth> {
        self.one_of(&NTH, "").ok()
    }

    /// What is written with a comma, `and` or both between.
    pub(crate) fn listed<T: PartialEq>(
        &mut self,
        expected: &'static str,
        reading: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, TextError> {
        let mut all = vec![self.read(expected, &reading)?];
        loop {
            let before = self.at;
            let comma = self.take(",");
            if !self.take("and") && !comma {
                return Ok(all);
            }
            match self.read(expected, &reading) {
                Ok(next) if !all.contains(&next) => all.push(next),
                Ok(_) => {
                    self.at -= 1;
                    return Err(self.fault("each only once"));
                }
                // A comma may also stand before what follows a list.
                Err(_) if comma && self.at == before + 1 => {
                    self.at = before;
                    return Ok(all);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// `, following` and the like at the end, and then nothing more.
    pub(crate) fn ending(mut self, without: Roll) -> Result<Roll, TextError> {
        const ROLLS: [(&str, Roll); 3] =
            [("following", Roll::Following), ("preceding", Roll::Preceding), ("as is", Roll::AsIs)];
        if self.peek().is_none() {
            return Ok(without);
        }
        if !self.take(",") {
            return Err(self.fault("the end, or a comma and `following`, `preceding` or `as is`"));
        }
        let roll = self.one_of(&ROLLS, "`following`, `preceding` or `as is`")?;
        self.end()?;
        Ok(roll)
    }

    pub(crate) fn end(&self) -> Result<(), TextError> {
        if self.peek().is_none() { Ok(()) } else { Err(self.fault("the end")) }
    }

    /// What is wrong here.
    pub(crate) fn fault(&self, expected: &'static str) -> TextError {
        let cut = |text: &str, most: usize| -> String {
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect()
        };
        let (near, begins) = match self.words.get(self.at) {
            Some((begins, word)) => (format!("`{}`", cut(word, 40)), *begins),
            None => ("the end".to_owned(), self.text.len()),
        };
        let place = self.text.get(..begins).map_or(0, |before| before.chars().count()) + 1;
        TextError { text: cut(self.text, 80), near, place, expected }
    }
}
