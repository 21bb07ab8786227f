//! The shipped calendars, and short ways to write days and moments.

use std::sync::LazyLock;

use calendar::{Calendar, Calendars};
use jiff::{Timestamp, civil::Date};

pub const BELGIUM: &str = include_str!("../../../../house/calendars/belgium.toml");
pub const NATO: &str = include_str!("../../../../house/calendars/nato-hq.toml");

pub static SHIPPED: LazyLock<Calendars> = LazyLock::new(|| {
    Calendars::read([("nato-hq.toml", NATO), ("belgium.toml", BELGIUM)]).expect("the shipped calendars")
});

pub fn belgium() -> &'static Calendar {
    SHIPPED.get("belgium").expect("shipped")
}

pub fn nato() -> &'static Calendar {
    SHIPPED.get("nato-hq").expect("shipped")
}

/// A calendar of one file.
pub fn of(text: &str) -> Calendar {
    let all = Calendars::read([("own.toml", text)]).unwrap_or_else(|error| panic!("{error}"));
    all.iter().next().expect("one").clone()
}

/// One in Brussels of which only this is of interest.
pub fn with(rest: &str) -> Calendar {
    of(&format!("{HEAD}{rest}"))
}

/// Monday to Friday from nine to five, 2020 to 2030, without a holiday.
pub const HEAD: &str = r#"
code = "own"
names = { en = "Own", fr = "Propre" }
covers = { from = 2020, until = 2030 }
zone = "Europe/Brussels"
week = ["monday", "tuesday", "wednesday", "thursday", "friday"]
[hours]
opens = "09:00"
closes = "17:00"
"#;

pub fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A moment in UTC.
pub fn utc(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A time in Brussels.
pub fn at(text: &str) -> Timestamp {
    let time: jiff::civil::DateTime = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    time.to_zoned(jiff::tz::TimeZone::get("Europe/Brussels").expect("bundled")).expect("near").timestamp()
}
