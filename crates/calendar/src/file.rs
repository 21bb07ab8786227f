//! The form in which calendars are written down (TOML), and every check that they pass before they are used. Must not know
//! where the texts lie.

mod raw;

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use toml::Spanned;

use self::raw::{RawFile, RawHoliday, RawHours, RawTimes};
use crate::{
    calendar::{Calendar, Week},
    days::MOST_DAYS_OFF,
    holiday::{Holiday, Names, When},
    hours::Hours,
    words::{self, Roll, TextError},
};

/// The most bytes of one file.
pub const LARGEST_FILE: usize = 256 * 1024;
/// The most calendars, and the most days of one.
const MOST: usize = 512;
/// The most years that a calendar covers.
const MOST_YEARS: i16 = 200;

/// What is wrong with a file, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {fault}")]
pub struct FileError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Over [`LARGEST_FILE`].
    #[error("over 256 KiB")]
    TooLarge,
    /// Over 512 calendars, days of one, or dates of one day.
    #[error("more than 512")]
    TooMany,
    /// Not TOML, or not of the form of a calendar.
    #[error("{0}")]
    Form(String),
    /// A code that can't be one.
    #[error(
        "`{0}` can't be a code: expected 2 to 32 lower-case letters, digits and \"-\", the first a letter"
    )]
    Code(String),
    /// Two calendars, or two days of one, with one code.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// A name that is empty, too long or has characters that can't be shown.
    #[error("a name is missing, or can't be used: expected 1 to 200 characters in `en` and in `fr`")]
    Name,
    /// Neither said nor taken from another calendar.
    #[error(
        "`{0}` is missing: expected here, or `extends` with the code of the calendar from which it is taken"
    )]
    Missing(&'static str),
    /// No calendar has this code.
    #[error("no calendar has the code `{0}`")]
    Unknown(String),
    /// It extends itself.
    #[error("`{0}` extends itself, through others or not")]
    Circle(String),
    /// Not a zone.
    #[error("`{0}` is no zone: expected a name such as `Europe/Brussels`")]
    Zone(String),
    /// Not a day of the week, or twice.
    #[error("`{0}`: expected days of the week, `monday` to `sunday`, each once and at least one")]
    Week(String),
    /// Not a time.
    #[error("`{0}`: expected a time such as `08:30`")]
    Time(String),
    /// It closes before it opens.
    #[error("closes at {closes} and opens at {opens}: expected to open before it closes")]
    Order {
        /// When it opens.
        opens: String,
        /// When it closes.
        closes: String,
    },
    /// Hours of a day on which nobody works.
    #[error("hours of a {0}, which is not in `week`")]
    HoursOff(&'static str),
    /// Years that can't be covered.
    #[error(
        "covers {0} to {1}: expected years from 1900 to 2200, the last not before the first, at most 200"
    )]
    Covers(i16, i16),
    /// More years than those of the calendar that it extends.
    #[error("covers {0} to {1}, and `{2}`, which it extends, does not")]
    CoversMore(i16, i16, String),
    /// A date that can't be read.
    #[error("{0}")]
    When(#[from] TextError),
    /// No date at all.
    #[error("`on` is empty: expected a date, or several in brackets")]
    Never,
    /// Years that end before they begin.
    #[error("from {0} until {1}: expected the last year not before the first")]
    Years(i16, i16),
    /// A closure or half a day that would be moved.
    #[error("`weekend` can't stand with several days on end, nor with `closes`: expected one whole day")]
    Moved,
    /// A word for what becomes of a day on a weekend.
    #[error("`{0}`: expected `following`, `preceding` or `none`")]
    Weekend(String),
    /// A day that the extended calendar doesn't have.
    #[error("`{0}` is no day of the calendar that this one extends")]
    Without(String),
    /// A covered year with too few working days.
    #[error("more than {MOST_DAYS_OFF} days on end on which nobody works, in or around {0}")]
    NoWork(i16),
}

/// The calendars of a house.
#[derive(Debug, Clone, Default)]
pub struct Calendars {
    all: BTreeMap<String, Calendar>,
}

/// What is written in one file, its parts read and itself not yet joined to what it extends.
struct Written<'a> {
    file: &'a str,
    text: &'a str,
    raw: RawFile,
}

type Raws<'a> = BTreeMap<String, Written<'a>>;

impl Calendars {
    /// Reads files, one a calendar: each its name, for messages, and its text. Refused with the first thing that is wrong.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, FileError> {
        let mut raws: Raws<'a> = BTreeMap::new();
        for (file, text) in files {
            let written = Written::read(file, text)?;
            let code = written.raw.code.get_ref().clone();
            if raws.len() == MOST {
                return Err(written.wrong_at(&written.raw.code, Fault::TooMany));
            }
            if raws.contains_key(&code) {
                return Err(written.wrong_at(&written.raw.code, Fault::Twice(code)));
            }
            raws.insert(code, written);
        }
        let mut all = BTreeMap::new();
        for written in raws.values() {
            written.settle(&raws, &mut all)?;
        }
        Ok(Self { all })
    }

    /// The calendar with a code.
    pub fn get(&self, code: &str) -> Option<&Calendar> {
        self.all.get(code)
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Calendar> {
        self.all.values()
    }
}

fn code_fits(code: &str) -> bool {
    (2..=32).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn names_fit(names: &Names) -> bool {
    [&names.en, &names.fr].iter().all(|name| {
        name.trim() == name.as_str()
            && (1..=200).contains(&name.chars().count())
            && !name.chars().any(char::is_control)
    })
}

/// As given, cut to what a message can hold.
fn told(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

impl<'a> Written<'a> {
    fn read(file: &'a str, text: &'a str) -> Result<Self, FileError> {
        let wrong = |line, fault| FileError { file: file.to_owned(), line, fault };
        if text.len() > LARGEST_FILE {
            return Err(wrong(1, Fault::TooLarge));
        }
        let raw: RawFile = toml::from_str(text).map_err(|error| {
            let begins = error.span().map_or(0, |span| span.start);
            wrong(line_of(text, begins), Fault::Form(error.message().to_owned()))
        })?;
        let written = Self { file, text, raw };
        let raw = &written.raw;
        if !code_fits(raw.code.get_ref()) {
            return Err(written.wrong_at(&raw.code, Fault::Code(told(raw.code.get_ref()))));
        }
        if !names_fit(raw.names.get_ref()) {
            return Err(written.wrong_at(&raw.names, Fault::Name));
        }
        if raw.holiday.len() > MOST || raw.without.len() > MOST {
            return Err(written.wrong_at(&raw.code, Fault::TooMany));
        }
        Ok(written)
    }

    fn wrong_at<T>(&self, part: &Spanned<T>, fault: Fault) -> FileError {
        FileError { file: self.file.to_owned(), line: line_of(self.text, part.span().start), fault }
    }

    /// Makes the calendar, and first the one that it extends.
    fn settle(&self, raws: &Raws<'_>, all: &mut BTreeMap<String, Calendar>) -> Result<(), FileError> {
        let mut line: Vec<&Written<'_>> = vec![];
        let mut seen = BTreeSet::new();
        let mut at: &Written<'_> = self;
        while !all.contains_key(at.raw.code.get_ref()) {
            seen.insert(at.raw.code.get_ref());
            line.push(at);
            let Some(extended) = &at.raw.extends else { break };
            let code = extended.get_ref();
            if seen.contains(code) {
                return Err(at.wrong_at(extended, Fault::Circle(told(code))));
            }
            at = raws.get(code).ok_or_else(|| at.wrong_at(extended, Fault::Unknown(told(code))))?;
        }
        for written in line.into_iter().rev() {
            let extended = written.raw.extends.as_ref().and_then(|code| all.get(code.get_ref()));
            let calendar = written.calendar(extended)?;
            all.insert(calendar.code.clone(), calendar);
        }
        Ok(())
    }

    fn calendar(&self, extended: Option<&Calendar>) -> Result<Calendar, FileError> {
        let raw = &self.raw;
        let missing = |what| self.wrong_at(&raw.code, Fault::Missing(what));
        let zone = match (&raw.zone, extended) {
            (Some(zone), _) => TimeZone::get(zone.get_ref())
                .map_err(|_| self.wrong_at(zone, Fault::Zone(told(zone.get_ref()))))?,
            (None, Some(extended)) => extended.zone.clone(),
            (None, None) => return Err(missing("zone")),
        };
        let covers = self.covers(extended)?;
        let week = self.week(extended)?;
        let holidays = self.holidays(extended, &week)?;
        let code = raw.code.get_ref().clone();
        let calendar = Calendar::new(code, raw.names.get_ref().clone(), zone, week, holidays, covers);
        for year in covers.0..=covers.1 {
            let first = jiff::civil::Date::new(year, 1, 1).ok();
            if first.is_some_and(|first| calendar.next_working(first).is_err()) {
                return Err(self.wrong_at(&raw.code, Fault::NoWork(year)));
            }
        }
        Ok(calendar)
    }

    fn covers(&self, extended: Option<&Calendar>) -> Result<(i16, i16), FileError> {
        let given = &self.raw.covers;
        let (first, last) = (given.get_ref().from, given.get_ref().until);
        let known = 1900..=2200;
        if !known.contains(&first) || !known.contains(&last) || last < first || last - first >= MOST_YEARS {
            return Err(self.wrong_at(given, Fault::Covers(first, last)));
        }
        match extended {
            Some(other) if first < other.covers.0 || other.covers.1 < last => {
                Err(self.wrong_at(given, Fault::CoversMore(first, last, other.code.clone())))
            }
            _ => Ok((first, last)),
        }
    }

    fn week(&self, extended: Option<&Calendar>) -> Result<Week, FileError> {
        let raw = &self.raw;
        let missing = |what| self.wrong_at(&raw.code, Fault::Missing(what));
        let mut works = [false; 7];
        match (&raw.week, extended) {
            (Some(week), _) => {
                let wrong = |day: &str| self.wrong_at(week, Fault::Week(told(day)));
                for day in week.get_ref() {
                    let at = words::weekday(day).ok_or_else(|| wrong(day))?.to_monday_zero_offset();
                    let at = usize::try_from(at)
                        .ok()
                        .and_then(|at| works.get_mut(at))
                        .ok_or_else(|| wrong(day))?;
                    if std::mem::replace(at, true) {
                        return Err(wrong(day));
                    }
                }
                if !works.contains(&true) {
                    return Err(wrong("[]"));
                }
            }
            (None, Some(extended)) => works = extended.week.days.map(|hours| hours.is_some()),
            (None, None) => return Err(missing("week")),
        }
        let Some(hours) = &raw.hours else {
            let known = extended.ok_or_else(|| missing("hours"))?.week;
            let mut days = [None; 7];
            for ((day, was), works) in days.iter_mut().zip(known.days).zip(works) {
                *day = works.then_some(was.unwrap_or(known.usual));
            }
            return Ok(Week { days, usual: known.usual });
        };
        self.own_hours(hours, works)
    }

    fn own_hours(&self, hours: &RawHours, works: [bool; 7]) -> Result<Week, FileError> {
        let usual = Hours { opens: self.time(&hours.opens)?, closes: self.time(&hours.closes)? };
        self.in_order(&hours.closes, usual)?;
        let mut days = [None; 7];
        let named = hours.days().into_iter().zip(words::WEEKDAYS);
        for ((day, works), (own, (name, _))) in days.iter_mut().zip(works).zip(named) {
            let Some(own) = own else {
                *day = works.then_some(usual);
                continue;
            };
            if !works {
                return Err(self.wrong_at(own, Fault::HoursOff(name)));
            }
            let RawTimes { opens, closes } = own.get_ref();
            let time = |given: &Option<Spanned<String>>, without| {
                given.as_ref().map_or(Ok(without), |given| self.time(given))
            };
            let hours = Hours { opens: time(opens, usual.opens)?, closes: time(closes, usual.closes)? };
            self.in_order(own, hours)?;
            *day = Some(hours);
        }
        Ok(Week { days, usual })
    }

    fn in_order<T>(&self, part: &Spanned<T>, hours: Hours) -> Result<(), FileError> {
        if hours.opens < hours.closes {
            return Ok(());
        }
        let (opens, closes) = (words::time_text(hours.opens), words::time_text(hours.closes));
        Err(self.wrong_at(part, Fault::Order { opens, closes }))
    }

    fn time(&self, given: &Spanned<String>) -> Result<jiff::civil::Time, FileError> {
        let wrong = || self.wrong_at(given, Fault::Time(told(given.get_ref())));
        words::time(given.get_ref()).ok_or_else(wrong)
    }

    fn holidays(&self, extended: Option<&Calendar>, week: &Week) -> Result<Vec<Holiday>, FileError> {
        let mut all: Vec<Holiday> = extended.map(|other| other.holidays.clone()).unwrap_or_default();
        for id in &self.raw.without {
            let before = all.len();
            all.retain(|known| known.id != *id.get_ref());
            if all.len() == before {
                return Err(self.wrong_at(id, Fault::Without(told(id.get_ref()))));
            }
        }
        let mut own = BTreeSet::new();
        for raw in &self.raw.holiday {
            let holiday = self.holiday(raw)?;
            if !own.insert(raw.id.get_ref()) {
                return Err(self.wrong_at(&raw.id, Fault::Twice(told(raw.id.get_ref()))));
            }
            match all.iter_mut().find(|known| known.id == holiday.id) {
                Some(known) => *known = holiday,
                None => all.push(holiday),
            }
        }
        if all.len() > MOST {
            return Err(self.wrong_at(&self.raw.code, Fault::TooMany));
        }
        self.halves_in_order(&all, week)?;
        Ok(all)
    }

    /// Half a day closes after it has opened, whatever day of the week it is.
    fn halves_in_order(&self, all: &[Holiday], week: &Week) -> Result<(), FileError> {
        for holiday in all {
            let Some(closes) = holiday.closes else { continue };
            for hours in week.days.iter().flatten() {
                let own = self.raw.holiday.iter().find(|raw| *raw.id.get_ref() == holiday.id);
                let at = own.and_then(|raw| raw.closes.as_ref()).unwrap_or(&self.raw.code);
                self.in_order(at, Hours { closes, ..*hours })?;
            }
        }
        Ok(())
    }

    fn holiday(&self, raw: &RawHoliday) -> Result<Holiday, FileError> {
        let id = raw.id.get_ref().clone();
        if !code_fits(&id) {
            return Err(self.wrong_at(&raw.id, Fault::Code(told(&id))));
        }
        if !names_fit(raw.names.get_ref()) {
            return Err(self.wrong_at(&raw.names, Fault::Name));
        }
        let mut when = Vec::new();
        for text in &raw.on.get_ref().0 {
            when.push(When::read(text).map_err(|error| self.wrong_at(&raw.on, error.into()))?);
        }
        if when.is_empty() || when.len() > MOST {
            let fault = if when.is_empty() { Fault::Never } else { Fault::TooMany };
            return Err(self.wrong_at(&raw.on, fault));
        }
        let closes = raw.closes.as_ref().map(|given| self.time(given)).transpose()?;
        let weekend = match &raw.weekend {
            None => Roll::AsIs,
            Some(given) => {
                let weekend = match given.get_ref().as_str() {
                    "following" => Roll::Following,
                    "preceding" => Roll::Preceding,
                    "none" => Roll::AsIs,
                    other => return Err(self.wrong_at(given, Fault::Weekend(told(other)))),
                };
                let whole = closes.is_none() && !when.iter().any(|when| when.is_stretch());
                if weekend != Roll::AsIs && !whole {
                    return Err(self.wrong_at(given, Fault::Moved));
                }
                weekend
            }
        };
        if let (Some(from), Some(until)) = (raw.from, raw.until)
            && until < from
        {
            return Err(self.wrong_at(&raw.id, Fault::Years(from, until)));
        }
        let (from, until, names) = (raw.from, raw.until, raw.names.get_ref().clone());
        Ok(Holiday { id, names, when, weekend, closes, from, until })
    }
}

/// The line of a byte, from 1.
fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}
