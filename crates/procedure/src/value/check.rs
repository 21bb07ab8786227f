//! Whether a value is one that its field takes.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{Kind, LONGEST_LINE, LONGEST_TEXT, Value, Values};
use crate::field::Field;

/// The moment at which something is done, and its day in the zone of the procedure's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The moment.
    pub at: Timestamp,
    /// Its day.
    pub day: Date,
}

/// What is wrong with what is filled in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{field}: {code}")]
pub struct ValueFault {
    /// The field.
    pub field: String,
    /// What is wrong.
    #[serde(flatten)]
    pub code: ValueCode,
}

/// What can be wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "fault", content = "with", rename_all = "kebab-case")]
pub enum ValueCode {
    /// There is no such field.
    #[error("no such field")]
    Unknown,
    /// It must be filled in.
    #[error("must be filled in")]
    Missing,
    /// It is none of this type.
    #[error("is no {}", .0.text())]
    Type(Kind),
    /// It has more characters.
    #[error("at most {0} characters")]
    TooLong(u32),
    /// It lists more.
    #[error("at most {0}")]
    TooMany(u32),
    /// It lists one twice.
    #[error("lists `{0}` twice")]
    Twice(String),
    /// It is less than the least.
    #[error("at least {0}")]
    TooSmall(i64),
    /// It is more than the most.
    #[error("at most {0}")]
    TooLarge(i64),
    /// It is not written so.
    #[error("is to be written like {0}")]
    Pattern(String),
    /// It is none of the choices.
    #[error("`{0}` can't be chosen")]
    Choice(String),
    /// It is not after what is filled in there.
    #[error("is not after `{0}`")]
    NotAfter(String),
    /// It is before what is filled in there.
    #[error("is before `{0}`")]
    Before(String),
    /// It is past.
    #[error("is past")]
    Past,
}

/// What is wrong with a value by itself and beside the others.
pub(crate) fn check_one(field: &Field, value: &Value, values: &Values, now: Now) -> Vec<ValueCode> {
    let mut all = alone(field, value);
    if all.is_empty() {
        all.extend(beside(field, value, values));
        let past = match value {
            Value::Date(day) => *day < now.day,
            Value::Moment(at) => *at < now.at,
            _ => false,
        };
        if field.not_past && past {
            all.push(ValueCode::Past);
        }
    }
    all
}

/// What is wrong with it whatever else there is.
pub(crate) fn alone(field: &Field, value: &Value) -> Vec<ValueCode> {
    let mut all = Vec::new();
    // Whoever made the value made it of this type: what is written reads as it.
    match field.kind.read_text(&value.to_string()) {
        Ok(Some(read)) if read == *value => {}
        Err(code @ (ValueCode::TooMany(_) | ValueCode::Twice(_))) => return vec![code],
        _ => return vec![ValueCode::Type(field.kind)],
    }
    if let Value::Text(text) = value {
        let most =
            field.longest.unwrap_or(if field.kind == Kind::Line { LONGEST_LINE } else { LONGEST_TEXT });
        if u32::try_from(text.chars().count()).map_or(true, |length| length > most) {
            all.push(ValueCode::TooLong(most));
        }
        if let Some(pattern) = field.pattern.as_ref().filter(|pattern| !pattern.matches(text)) {
            all.push(ValueCode::Pattern(pattern.to_string()));
        }
    }
    let measure = match value {
        Value::Number(number) => Some((*number, 1)),
        Value::Rating(rating) => Some((i64::from(*rating), 1)),
        Value::Money(money) => Some((money.hundredths, 100)),
        _ => None,
    };
    if let Some((amount, unit)) = measure {
        if let Some(min) = field.min.filter(|min| amount < min.saturating_mul(unit)) {
            all.push(ValueCode::TooSmall(min));
        }
        if let Some(max) = field.max.filter(|max| amount > max.saturating_mul(unit)) {
            all.push(ValueCode::TooLarge(max));
        }
    }
    if matches!(value, Value::Choice(_) | Value::Choices(_)) {
        let unknown = value.entries().into_iter().find(|code| !field.choices.iter().any(|c| c.code == *code));
        all.extend(unknown.map(ValueCode::Choice));
    }
    if let (Value::Choices(list) | Value::Refs(list), Some(most)) = (value, field.most)
        && u32::try_from(list.len()).map_or(true, |length| length > most)
    {
        all.push(ValueCode::TooMany(most));
    }
    all
}

fn beside(field: &Field, value: &Value, values: &Values) -> Vec<ValueCode> {
    let ordering = |other: &String| values.get(other).and_then(|other| value.compare(other));
    let after = field.after.as_ref().filter(|other| ordering(other).is_some_and(|o| !o.is_gt()));
    let before = field.not_before.as_ref().filter(|other| ordering(other).is_some_and(|o| o.is_lt()));
    after
        .map(|code| ValueCode::NotAfter(code.clone()))
        .into_iter()
        .chain(before.map(|code| ValueCode::Before(code.clone())))
        .collect()
}
