//! One date or one marking out of a field of its own, such as a cell of an old register. Owns saying what is uncertain
//! of it; must not know where the field stands.

use jiff::civil::Date;

use crate::date::{self, Form, PartialDate};
use crate::tokens::{runs, words};
use crate::value::Marking;
use crate::vocabulary::Vocabulary;

/// The longest field that is read, in bytes.
const LONGEST: usize = 200;

/// Which of two numbers of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `04/03/1999` is the fourth of March.
    DayFirst,
    /// `04/03/1999` is the third of April.
    MonthFirst,
}

/// A date that a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRead {
    /// What it is with the day first, or in the only order in which it is a date.
    pub value: PartialDate,
    /// What it is with the month first, where both are dates and differ.
    pub month_first: Option<PartialDate>,
    /// The order that it shows, where it is written in numbers and only one order gives a date.
    pub shows: Option<DateOrder>,
}

/// The date of a field that holds nothing else but an hour; none where it holds none, several or more words.
pub fn read_date(text: &str, registered: Option<Date>) -> Option<DateRead> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if let Some(value) = date::year_alone(text) {
        return Some(DateRead { value, month_first: None, shows: None });
    }
    let mut all = date::find(text, registered).into_iter();
    let found = all.next()?;
    let plain = |part: &str| {
        runs(part).iter().all(|token| {
            let word = token.folded.as_str();
            (token.is_digits() && word.len() <= 6)
                || matches!(
                    word,
                    "LE" | "THE" | "DATED" | "DU" | "T" | "Z" | "H" | "HRS" | "AM" | "PM" | "AT" | "A"
                )
        })
    };
    // "1999-02-30": what goes on after a date that is known to the month only is no hour.
    let before = text.get(..found.bytes.start)?;
    let after = text.get(found.bytes.end..)?;
    let goes_on = after.starts_with(['-', '/', '.']) && after.len() > 1;
    if all.next().is_some() || !before.trim().is_empty() && !plain(before) || !plain(after) || goes_on {
        return None;
    }
    // Numbers before a date are a part of what it really is.
    if words(before).iter().any(crate::tokens::Token::has_digit) {
        return None;
    }
    let mut shows = None;
    if found.form == Form::Numeric && found.other.is_none() {
        let numbers = runs(text.get(found.bytes.clone())?);
        let number = |at: usize| numbers.get(at).and_then(|token| token.number(2));
        shows = match (number(0)?, number(1)?) {
            (first, _) if first > 12 => Some(DateOrder::DayFirst),
            (_, second) if second > 12 => Some(DateOrder::MonthFirst),
            _ => None,
        };
    }
    Some(DateRead { value: found.value, month_first: found.other, shows })
}

impl Vocabulary {
    /// What a field that holds nothing but a marking, in words or abbreviated, can mean: under each adopted policy one
    /// at most. None where a word of it is unknown.
    pub fn marking(&self, text: &str) -> Vec<Marking> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return Vec::new();
        }
        let bare = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(text);
        let known = |label| Marking { label: Some(label), unknown: Vec::new() };
        let mut out: Vec<Marking> =
            self.readings(bare).into_iter().filter(|r| r.complete).map(|r| known(r.label)).collect();
        let portion = format!("({}) .", bare.to_uppercase());
        if let Some(portion) = self.portion(&portion) {
            for (label, _) in portion.labels.into_iter().filter(|(_, whole)| *whole) {
                let taken = out.iter().filter_map(|m| m.label.as_ref()).any(|l| l.policy == label.policy);
                if !taken {
                    out.push(known(label));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<String>, Option<DateOrder>)> {
        let read = read_date(text, None)?;
        Some((read.value.to_string(), read.month_first.map(|date| date.to_string()), read.shows))
    }

    #[test]
    fn a_field_of_one_date_says_what_is_uncertain() {
        let sure = |date: &str| Some((date.to_owned(), None, None));
        assert_eq!(read("1999-03-04"), sure("1999-03-04"));
        assert_eq!(read("1999-03-04T10:30:00"), sure("1999-03-04"));
        assert_eq!(read(" le 4 mars 1999 "), sure("1999-03-04"));
        assert_eq!(read("mars 1999"), sure("1999-03"));
        assert_eq!(read("1999"), sure("1999"));
        assert_eq!(read("04/03/1999"), Some(("1999-03-04".into(), Some("1999-04-03".into()), None)));
        assert_eq!(read("25/12/1999"), Some(("1999-12-25".into(), None, Some(DateOrder::DayFirst))));
        assert_eq!(read("12/25/1999"), Some(("1999-12-25".into(), None, Some(DateOrder::MonthFirst))));
        assert_eq!(read("04/04/1999"), sure("1999-04-04"));
        for text in [
            "31/02/1999",
            "1999-02-30",
            "31 June 1999",
            "in March",
            "4 March 1999 and 5 April 1999",
            "",
            "45",
            "see 4 March 1999",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
