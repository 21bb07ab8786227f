//! What a page speaks with: the texts in one language, and how dates, times, numbers, sizes and lists are written in it.

use jiff::Zoned;
use jiff::civil::{Date, Weekday};

use super::{Arg, Language, MONTHS, Texts};

/// A whole number with the language's grouping: `3,363`, or `3 363` with a narrow no-break space.
#[must_use]
pub fn integer(language: Language, number: i64) -> String {
    let separator = match language {
        Language::En => ',',
        Language::Fr => '\u{202f}',
    };
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The texts together with the language of the person who reads: what a page speaks with.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    pub(super) texts: &'a Texts,
    pub(super) language: Language,
}

impl<'a> Voice<'a> {
    /// The language spoken.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The same texts in the other language, for the few words that are addressed to its readers.
    #[must_use]
    pub const fn other(&self) -> Voice<'a> {
        self.texts.voice(self.language.other())
    }

    /// A text without arguments.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.texts.get(self.language, key, &[])
    }

    /// A text with arguments.
    #[must_use]
    pub fn tr(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.texts.get(self.language, key, args)
    }

    /// A text under a key that is made from a code, or none when the code has no text.
    #[must_use]
    pub fn maybe(&self, key: &str, args: &[(&str, Arg)]) -> Option<String> {
        self.texts.has(self.language, key).then(|| self.texts.get(self.language, key, args))
    }

    /// A whole number with grouping.
    #[must_use]
    pub fn integer(&self, number: impl Into<i64>) -> String {
        integer(self.language, number.into())
    }

    /// A count of things, which may be larger than a signed number holds.
    #[must_use]
    pub fn count(&self, number: u64) -> String {
        integer(self.language, i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A date: `12 March 2026`, `12 mars 2026`, `1er mars 2026`.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        self.tr(
            "date-full",
            &[
                ("day", self.day_of_month(date)),
                ("month", self.month(date).into()),
                ("year", date.year().to_string().into()),
            ],
        )
    }

    /// A date within the year that the reader is in: `12 March`.
    #[must_use]
    pub fn date_short(&self, date: Date) -> String {
        self.tr("date-short", &[("day", self.day_of_month(date)), ("month", self.month(date).into())])
    }

    /// A date with its weekday, for the head of the desk: `Saturday 21 November 2026`.
    #[must_use]
    pub fn date_long(&self, date: Date) -> String {
        self.tr(
            "date-long",
            &[("weekday", self.weekday(date.weekday()).into()), ("date", self.date(date).into())],
        )
    }

    /// A moment, always with its zone: `12 March 2026, 16:05 CET`.
    #[must_use]
    pub fn moment(&self, moment: &Zoned) -> String {
        self.tr(
            "date-moment",
            &[("date", self.date(moment.date()).into()), ("time", self.time(moment).into())],
        )
    }

    /// A time of day with its zone: `16:05 CET`, `16 h 05 CET`.
    #[must_use]
    pub fn time(&self, moment: &Zoned) -> String {
        let offset = moment.time_zone().to_offset_info(moment.timestamp());
        self.tr(
            "date-time",
            &[
                ("hour", format!("{:02}", moment.hour()).into()),
                ("minute", format!("{:02}", moment.minute()).into()),
                ("zone", offset.abbreviation().into()),
            ],
        )
    }

    /// A date seen from `today`: "today", "2 days ago", "in 3 weeks". Calendar days, not working days.
    #[must_use]
    pub fn relative(&self, date: Date, today: Date) -> String {
        let days = today.until(date).map_or(0, |span| i64::from(span.get_days()));
        let size = days.abs();
        let past = days < 0;
        // Below a fortnight people count days, below two months weeks, below two years months.
        let (past_key, future_key, amount) = match size {
            0 => return self.t("relative-today"),
            1 if past => return self.t("relative-yesterday"),
            1 => return self.t("relative-tomorrow"),
            2..=13 => ("relative-days-ago", "relative-days-ahead", size),
            14..=59 => ("relative-weeks-ago", "relative-weeks-ahead", size / 7),
            60..=729 => ("relative-months-ago", "relative-months-ahead", size / 30),
            _ => ("relative-years-ago", "relative-years-ahead", size / 365),
        };
        let key = if past { past_key } else { future_key };
        self.tr(key, &[("n", amount.into())])
    }

    /// The size of a file, from bytes, in decimal units: `1.4 MB`, `1,4 Mo`.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        const UNITS: [(&str, u64); 4] = [
            ("size-terabytes", 1_000_000_000_000),
            ("size-gigabytes", 1_000_000_000),
            ("size-megabytes", 1_000_000),
            ("size-kilobytes", 1_000),
        ];
        let Some((key, unit)) = UNITS.into_iter().find(|(_, unit)| bytes >= *unit) else {
            return self.tr("size-bytes", &[("n", bytes.into())]);
        };
        let whole = bytes / unit;
        let tenth = (bytes % unit) / (unit / 10);
        let mut number = self.count(whole);
        // One decimal where it still says something.
        if whole < 10 && tenth > 0 {
            number.push(match self.language {
                Language::En => '.',
                Language::Fr => ',',
            });
            number.push_str(&tenth.to_string());
        }
        self.tr(key, &[("n", number.into())])
    }

    /// Names in a row: "A", "A and B", "A, B and C".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                self.tr("list-and", &[("items", first.join(", ").into()), ("last", last.into())])
            }
        }
    }

    fn day_of_month(&self, date: Date) -> Arg {
        match (self.language, date.day()) {
            (Language::Fr, 1) => "1er".into(),
            (_, day) => day.to_string().into(),
        }
    }

    fn month(&self, date: Date) -> String {
        let place = usize::from(date.month().unsigned_abs()).saturating_sub(1);
        MONTHS.get(place).map(|key| self.t(key)).unwrap_or_default()
    }

    fn weekday(&self, weekday: Weekday) -> String {
        let key = match weekday {
            Weekday::Monday => "weekday-1",
            Weekday::Tuesday => "weekday-2",
            Weekday::Wednesday => "weekday-3",
            Weekday::Thursday => "weekday-4",
            Weekday::Friday => "weekday-5",
            Weekday::Saturday => "weekday-6",
            Weekday::Sunday => "weekday-7",
        };
        self.t(key)
    }
}
