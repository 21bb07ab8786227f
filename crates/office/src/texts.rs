//! Owns the words of the product: every text in English and French, and how dates, times, numbers and sizes are
//! written in each. It must not know pages, markings (their language is the document's) or who is reading.
//!
//! The texts are data, in `house/texts/<language>/*.ftl`; here is only the mechanism. A [`Voice`] is what a page is
//! given: the texts and the person's language together.

use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Zoned;
use jiff::civil::{Date, Weekday};
use unic_langid::langid;

/// The texts as shipped: name of the file, English, French. A new file is one line here.
const SOURCES: &[(&str, &str, &str)] = &[
    (
        "belonging.ftl",
        include_str!("../../../house/texts/en/belonging.ftl"),
        include_str!("../../../house/texts/fr/belonging.ftl"),
    ),
    (
        "common.ftl",
        include_str!("../../../house/texts/en/common.ftl"),
        include_str!("../../../house/texts/fr/common.ftl"),
    ),
    (
        "filing.ftl",
        include_str!("../../../house/texts/en/filing.ftl"),
        include_str!("../../../house/texts/fr/filing.ftl"),
    ),
    (
        "house.ftl",
        include_str!("../../../house/texts/en/house.ftl"),
        include_str!("../../../house/texts/fr/house.ftl"),
    ),
    (
        "look.ftl",
        include_str!("../../../house/texts/en/look.ftl"),
        include_str!("../../../house/texts/fr/look.ftl"),
    ),
    (
        "own.ftl",
        include_str!("../../../house/texts/en/own.ftl"),
        include_str!("../../../house/texts/fr/own.ftl"),
    ),
    (
        "pages.ftl",
        include_str!("../../../house/texts/en/pages.ftl"),
        include_str!("../../../house/texts/fr/pages.ftl"),
    ),
    (
        "people.ftl",
        include_str!("../../../house/texts/en/people.ftl"),
        include_str!("../../../house/texts/fr/people.ftl"),
    ),
    (
        "counter.ftl",
        include_str!("../../../house/texts/en/counter.ftl"),
        include_str!("../../../house/texts/fr/counter.ftl"),
    ),
    (
        "quality.ftl",
        include_str!("../../../house/texts/en/quality.ftl"),
        include_str!("../../../house/texts/fr/quality.ftl"),
    ),
    (
        "references.ftl",
        include_str!("../../../house/texts/en/references.ftl"),
        include_str!("../../../house/texts/fr/references.ftl"),
    ),
    (
        "refusals.ftl",
        include_str!("../../../house/texts/en/refusals.ftl"),
        include_str!("../../../house/texts/fr/refusals.ftl"),
    ),
    (
        "work.ftl",
        include_str!("../../../house/texts/en/work.ftl"),
        include_str!("../../../house/texts/fr/work.ftl"),
    ),
    (
        "tray.ftl",
        include_str!("../../../house/texts/en/tray.ftl"),
        include_str!("../../../house/texts/fr/tray.ftl"),
    ),
    (
        "scans.ftl",
        include_str!("../../../house/texts/en/scans.ftl"),
        include_str!("../../../house/texts/fr/scans.ftl"),
    ),
    (
        "takeover.ftl",
        include_str!("../../../house/texts/en/takeover.ftl"),
        include_str!("../../../house/texts/fr/takeover.ftl"),
    ),
];

/// The keys of the months, January first.
const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
    "month-10", "month-11", "month-12",
];

/// A language in which the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    /// English, dates as `12 March 2026`, numbers as `3,363`.
    #[default]
    En,
    /// French, dates as `12 mars 2026`, numbers as `3 363`.
    Fr,
}

impl Language {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The tag for `lang` and `hreflang`, after BCP 47.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language's own name, for a reader who has landed in the wrong one.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// The one of the two that this is not.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Fr,
            Self::Fr => Self::En,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.tag())
    }
}

/// A tag that is neither `en` nor `fr`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no texts in language {0:?}: use en or fr")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads `en`, `fr` and regional forms such as `fr-BE`, in either case.
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
            .ok_or_else(|| UnknownLanguage(tag.chars().take(40).collect()))
    }
}

/// A value put into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words, names, years: shown as they are.
    Text(String),
    /// A count: it chooses singular or plural and is shown with the language's grouping.
    Integer(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Why the texts could not be loaded. Only a mistake in `house/texts` leads here, and a test meets it first.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// The file is not well formed Fluent.
    #[error("{language}/{file} is not well formed: {detail}")]
    Malformed {
        /// The language of the file.
        language: Language,
        /// Its name.
        file: &'static str,
        /// What the parser says.
        detail: String,
    },
    /// A key stands twice in one language.
    #[error("{language}/{file} repeats a key: {detail}")]
    Repeated {
        /// The language of the file.
        language: Language,
        /// Its name.
        file: &'static str,
        /// Which key.
        detail: String,
    },
}

type Bundle = FluentBundle<FluentResource>;

/// All texts, in both languages. Made once, shared by every request.
pub struct Texts {
    english: Bundle,
    french: Bundle,
}

impl fmt::Debug for Texts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Texts")
    }
}

impl Texts {
    /// Loads the texts that ship with the product.
    ///
    /// # Errors
    /// [`TextsError`] when a file of `house/texts` is malformed or repeats a key.
    pub fn new() -> Result<Self, TextsError> {
        Ok(Self { english: bundle(Language::En)?, french: bundle(Language::Fr)? })
    }

    /// The text under `key`. A missing key is shown as itself, so that a page is still usable and the fault visible.
    #[must_use]
    pub fn get(&self, language: Language, key: &str, args: &[(&str, Arg)]) -> String {
        let bundle = self.bundle(language);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            let value = match arg {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Integer(number) => FluentValue::from(*number),
            };
            values.set((*name).to_owned(), value);
        }
        // A missing argument is written as `{$name}` by Fluent: visible, harmless, and no reason to fail a page.
        let mut faults = Vec::new();
        bundle.format_pattern(pattern, Some(&values), &mut faults).into_owned()
    }

    /// Whether there is a text under `key`, for callers that build a key out of a code.
    #[must_use]
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.bundle(language).has_message(key)
    }

    /// The texts in one language, to hand to a page.
    #[must_use]
    pub const fn voice(&self, language: Language) -> Voice<'_> {
        Voice { texts: self, language }
    }

    /// Reads a date as people type it, in either language and whatever the page's: `12 March 2026`, `12 MAR 2026`,
    /// `1er mars 2026`, `March 2026`. The answer has the form that the register reads (`2026-03-12`, `2026-03`); it is
    /// none where the words are no such date, and then the register decides about them as they stand. Whether the day
    /// exists is also for the register to say. `3/12/2026` is not read: half of the readers would mean another day.
    #[must_use]
    pub fn typed_date(&self, typed: &str) -> Option<String> {
        let words: Vec<&str> = typed.split_whitespace().take(4).collect();
        let (day, month, year) = match words.as_slice() {
            [day, month, year] => (Some(*day), *month, *year),
            [month, year] => (None, *month, *year),
            _ => return None,
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !digits(year) {
            return None;
        }
        let month = self.month_named(month)?;
        let Some(day) = day else {
            return Some(format!("{year}-{month:02}"));
        };
        let day = day.strip_suffix("er").unwrap_or(day);
        if day.is_empty() || day.len() > 2 || !digits(day) {
            return None;
        }
        Some(format!("{year}-{month:02}-{day:0>2}"))
    }

    /// The month that a word names or begins to name, with three letters at least and only one month meant.
    fn month_named(&self, word: &str) -> Option<usize> {
        let plain = unaccented(word.trim_end_matches('.'));
        if plain.chars().count() < 3 {
            return None;
        }
        let mut meant = Language::ALL.into_iter().flat_map(|language| {
            MONTHS
                .iter()
                .enumerate()
                .filter(|(_, key)| unaccented(&self.get(language, key, &[])).starts_with(&plain))
                .map(|(place, _)| place + 1)
                .collect::<Vec<_>>()
        });
        let first = meant.next()?;
        meant.all(|other| other == first).then_some(first)
    }

    const fn bundle(&self, language: Language) -> &Bundle {
        match language {
            Language::En => &self.english,
            Language::Fr => &self.french,
        }
    }
}

fn bundle(language: Language) -> Result<Bundle, TextsError> {
    let (tag, grouping): (_, fn(&FluentValue<'_>, &_) -> Option<String>) = match language {
        Language::En => (langid!("en"), |value, _| grouped(Language::En, value)),
        Language::Fr => (langid!("fr"), |value, _| grouped(Language::Fr, value)),
    };
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Isolation marks would end up in copied references and in exports; both languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(grouping));
    for (file, english, french) in SOURCES {
        let source = match language {
            Language::En => english,
            Language::Fr => french,
        };
        let resource = FluentResource::try_new((*source).to_owned())
            .map_err(|(_, faults)| TextsError::Malformed { language, file, detail: format!("{faults:?}") })?;
        bundle.add_resource(resource).map_err(|faults| TextsError::Repeated {
            language,
            file,
            detail: format!("{faults:?}"),
        })?;
    }
    Ok(bundle)
}

fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    // Only integers come in (see `Arg`), and counts stay far below the 2^53 up to which f64 is exact.
    #[expect(clippy::cast_possible_truncation, reason = "integers went in, and a cast to i64 saturates")]
    let whole = number.value as i64;
    Some(integer(language, whole))
}

/// Small letters without the accents of French month names: people type `fevrier` and `AOUT`.
fn unaccented(word: &str) -> String {
    word.chars()
        .take(20)
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'é' => 'e',
            'û' => 'u',
            other => other,
        })
        .collect()
}

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
    texts: &'a Texts,
    language: Language,
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

#[cfg(test)]
mod tests;
