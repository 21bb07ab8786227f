//! Reading a value from a form or from JSON.

use jiff::{Timestamp, civil::Date};
use serde_json::Value as Json;

use super::{Kind, LARGEST, MOST, Money, Value, ValueCode};
use crate::names::is_long_code;

impl Kind {
    /// Reads what a form or a file gives; none where it is empty. Entries of a list are divided by commas or line breaks.
    pub fn read_text(self, text: &str) -> Result<Option<Value>, ValueCode> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let read = match self {
            Self::Line => line(text)?,
            Self::Text => Value::Text(paragraphs(text)?),
            Self::Number => Value::Number(number(text.trim()).ok_or(ValueCode::Type(self))?),
            Self::Money => Value::Money(money(text.trim()).ok_or(ValueCode::Type(self))?),
            Self::Date => Value::Date(date(text.trim()).ok_or(ValueCode::Type(self))?),
            Self::Moment => {
                let at: Timestamp = text.trim().parse().map_err(|_| ValueCode::Type(self))?;
                Value::Moment(at)
            }
            Self::YesNo => match text.trim() {
                "yes" => Value::YesNo(true),
                "no" => Value::YesNo(false),
                _ => return Err(ValueCode::Type(self)),
            },
            Self::Rating => {
                let rating = number(text.trim()).and_then(|n| u8::try_from(n).ok());
                Value::Rating(rating.filter(|r| (1..=5).contains(r)).ok_or(ValueCode::Type(self))?)
            }
            _ if self.is_many() => {
                let entries = text.split([',', '\n']).map(str::trim).filter(|entry| !entry.is_empty());
                return self.list(entries);
            }
            _ => self.one(text.trim())?,
        };
        Ok(Some(read))
    }

    /// Reads what an answer in JSON gives; none where it is `null` or empty.
    pub fn read_json(self, json: &Json) -> Result<Option<Value>, ValueCode> {
        match (self, json) {
            (_, Json::Null) => Ok(None),
            (Self::YesNo, Json::Bool(yes)) => Ok(Some(Value::YesNo(*yes))),
            (Self::Number | Self::Rating, Json::Number(number)) => self.read_text(&number.to_string()),
            (Self::YesNo | Self::Number | Self::Rating, _) => Err(ValueCode::Type(self)),
            (_, Json::Array(all)) if self.is_many() => {
                let texts: Option<Vec<&str>> = all.iter().map(Json::as_str).collect();
                self.list(texts.ok_or(ValueCode::Type(self))?.into_iter())
            }
            (_, Json::String(text)) if !self.is_many() => self.read_text(text),
            _ => Err(ValueCode::Type(self)),
        }
    }

    fn one(self, text: &str) -> Result<Value, ValueCode> {
        let fits = match self {
            Self::Choice => is_long_code(text),
            Self::Country => (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase()),
            // An identifier, or a reference such as `C-M(2002)49`.
            _ => text.len() <= 80 && text.chars().all(|c| c.is_ascii_graphic() && c != ','),
        };
        match (fits, self) {
            (false, _) => Err(ValueCode::Type(self)),
            (true, Self::Choice) => Ok(Value::Choice(text.to_owned())),
            (true, _) => Ok(Value::Ref(text.to_owned())),
        }
    }

    fn list<'a>(self, entries: impl Iterator<Item = &'a str>) -> Result<Option<Value>, ValueCode> {
        let each = self.each().ok_or(ValueCode::Type(self))?;
        let mut all: Vec<String> = Vec::new();
        for entry in entries {
            if u32::try_from(all.len()).is_ok_and(|length| length >= MOST) {
                return Err(ValueCode::TooMany(MOST));
            }
            let entry = match each.one(entry) {
                Ok(one) => one.to_string(),
                Err(_) => return Err(ValueCode::Type(self)),
            };
            if all.contains(&entry) {
                return Err(ValueCode::Twice(entry));
            }
            all.push(entry);
        }
        if all.is_empty() {
            return Ok(None);
        }
        if self == Self::Choices {
            all.sort();
            return Ok(Some(Value::Choices(all)));
        }
        Ok(Some(Value::Refs(all)))
    }
}

fn line(text: &str) -> Result<Value, ValueCode> {
    let line = text.trim();
    if line.chars().any(char::is_control) {
        return Err(ValueCode::Type(Kind::Line));
    }
    Ok(Value::Text(line.to_owned()))
}

fn paragraphs(text: &str) -> Result<String, ValueCode> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(ValueCode::Type(Kind::Text));
    }
    Ok(text.trim().to_owned())
}

/// As it is written canonically: no sign but `-`, no zero before others.
fn number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text && (-LARGEST..=LARGEST).contains(&number)).then_some(number)
}

/// `2026-11-23`, years from 1900 to 2200.
fn date(text: &str) -> Option<Date> {
    let shape = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date: Date = shape.then(|| text.parse().ok()).flatten()?;
    (1900..=2200).contains(&date.year()).then_some(date)
}

/// `1234.5 EUR`, `1234 EUR`.
fn money(text: &str) -> Option<Money> {
    let (amount, currency) = text.split_once(' ')?;
    let currency: [u8; 3] = currency.trim().as_bytes().try_into().ok()?;
    if !currency.iter().all(u8::is_ascii_uppercase) {
        return None;
    }
    let (negative, amount) = match amount.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, amount),
    };
    let (whole, part) = amount.split_once('.').unwrap_or((amount, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 13 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    let hundredths = whole.checked_mul(100)?.checked_add(part)?;
    Some(Money { hundredths: if negative { -hundredths } else { hundredths }, currency })
}
