//! The date of a document: a civil date, a part of one kept as it was written, or none.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::refusal::{Code, Refusal};

/// When a document says that it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentDate {
    /// The civil date, when it is known to the day. `before:` and `after:` and every order by date use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civil: Option<Date>,
    /// As it was written, when that says less (`June 1955`) or more (a time of day) than the civil date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}

impl DocumentDate {
    /// The years that a document can bear.
    pub const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;

    /// A date known to the day.
    pub fn day(date: Date) -> Self {
        Self { civil: Some(date), written: None }
    }

    /// Reads what a form or a manifest gives: `2026-03-12`, a time after it (`1955-08-05T12:30:00Z`, whose civil
    /// date is the day as written), or a part (`1955-06`, `1955`), which is kept as written and leaves the
    /// document undated for `before:` and `after:`.
    ///
    /// Refused with `impossible-date` when it has the form of a date and is none (31 June), or is no date at all.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let impossible = || Refusal::on("date", Code::ImpossibleDate).with("date", text);
        let (day, rest) = match text.char_indices().nth(10) {
            Some((at, _)) => text.split_at(at),
            None => (text, ""),
        };
        if day.len() == 10 {
            let civil: Date = day.parse().map_err(|_| impossible())?;
            if !Self::YEARS.contains(&civil.year()) {
                return Err(impossible());
            }
            return match rest.chars().next() {
                None => Ok(Self::day(civil)),
                Some('T' | ' ') => Ok(Self { civil: Some(civil), written: Some(text.to_owned()) }),
                Some(_) => Err(impossible()),
            };
        }
        let mut parts = text.split('-');
        let year = parts.next().filter(|y| y.len() == 4).and_then(|y| y.parse::<u16>().ok());
        let month = parts.next().map(|m| m.parse::<u8>().ok().filter(|m| (1..=12).contains(m)));
        match (year, month, parts.next()) {
            (Some(1000..=2999), None | Some(Some(_)), None) => {
                Ok(Self { civil: None, written: Some(text.to_owned()) })
            }
            _ => Err(impossible()),
        }
    }

    /// `YYYY-MM-DD` when known to the day.
    pub fn iso(&self) -> Option<String> {
        self.civil.map(|d| d.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_a_moment_and_a_part_of_a_date_are_each_kept() {
        assert_eq!(DocumentDate::parse("2026-03-12").unwrap().iso().as_deref(), Some("2026-03-12"));
        let moment = DocumentDate::parse("1955-08-05T12:30:00Z").unwrap();
        assert_eq!(moment.iso().as_deref(), Some("1955-08-05"));
        assert_eq!(moment.written.as_deref(), Some("1955-08-05T12:30:00Z"));
        let part = DocumentDate::parse("1955-06").unwrap();
        assert_eq!((part.civil, part.written.as_deref()), (None, Some("1955-06")));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["2026-02-30", "2026-13", "31 June", "", "2026-03-12x", "0001-01-01", "१२३४-०१-०१"]
        {
            assert_eq!(DocumentDate::parse(text).unwrap_err().code, Code::ImpossibleDate, "{text}");
        }
    }
}
