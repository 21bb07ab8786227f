//! A calendar's file as it is written.

use serde::{Deserialize, Deserializer, de::Error as _};
use toml::{Spanned, Value};

use crate::holiday::Names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub(super) code: Spanned<String>,
    pub(super) names: Spanned<Names>,
    pub(super) covers: Spanned<RawCovers>,
    #[serde(default)]
    pub(super) extends: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) without: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) zone: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) week: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    pub(super) hours: Option<RawHours>,
    #[serde(default)]
    pub(super) holiday: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCovers {
    pub(super) from: i16,
    pub(super) until: i16,
}

type Own = Option<Spanned<RawTimes>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHours {
    pub(super) opens: Spanned<String>,
    pub(super) closes: Spanned<String>,
    #[serde(default)]
    monday: Own,
    #[serde(default)]
    tuesday: Own,
    #[serde(default)]
    wednesday: Own,
    #[serde(default)]
    thursday: Own,
    #[serde(default)]
    friday: Own,
    #[serde(default)]
    saturday: Own,
    #[serde(default)]
    sunday: Own,
}

impl RawHours {
    /// Those of each day, from Monday.
    pub(super) const fn days(&self) -> [Option<&Spanned<RawTimes>>; 7] {
        [
            self.monday.as_ref(),
            self.tuesday.as_ref(),
            self.wednesday.as_ref(),
            self.thursday.as_ref(),
            self.friday.as_ref(),
            self.saturday.as_ref(),
            self.sunday.as_ref(),
        ]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTimes {
    #[serde(default)]
    pub(super) opens: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) closes: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHoliday {
    pub(super) id: Spanned<String>,
    pub(super) names: Spanned<Names>,
    pub(super) on: Spanned<RawOn>,
    #[serde(default)]
    pub(super) weekend: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) closes: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) from: Option<i16>,
    #[serde(default)]
    pub(super) until: Option<i16>,
}

/// One date or several, in quotation marks or, for single dates, without.
pub(super) struct RawOn(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for RawOn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let one = |value: Value| match value {
            Value::String(text) => Ok(text),
            Value::Datetime(date) => Ok(date.to_string()),
            _ => Err(D::Error::custom(
                "expected a date, as `\"05-01\"` or `2026-05-15`, or several in brackets",
            )),
        };
        match Value::deserialize(deserializer)? {
            Value::Array(all) => all.into_iter().map(one).collect::<Result<_, _>>().map(Self),
            value => one(value).map(|text| Self(vec![text])),
        }
    }
}
