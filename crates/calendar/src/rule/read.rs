//! Reading a rule.

use super::{Anchor, Direction, Hour, PERIODS, Rule, Stretch, UNITS, Unit, What};
use crate::words::{self, Nth, TextError, Words};

const BEGINNINGS: &str = "a number, `close of business`, `on field:…`, `first working day of …`, a day such as `1st`, \
                          or `next` and a day of the week";
const UNIT: &str = "`working days`, `days`, `weeks`, `months`, `years`, `hours` or `working hours`";
const FIELD: &str = "`field:` and a name of lower-case letters, digits and `_`";
/// The longest stretch that a rule counts: days and months likewise.
const MOST: u32 = 5_000;

pub(super) fn rule(text: &str) -> Result<Rule, TextError> {
    let mut words = Words::new(text)?;
    let (what, mut hour) = beginning(&mut words)?;
    if hour.is_some() && words.take("at") {
        hour = Some(Hour::At(words.read("a time such as `12:00`", words::time)?));
    }
    let roll = if what.rolls() {
        words.ending(what.usual_roll())?
    } else {
        words.end()?;
        what.usual_roll()
    };
    Ok(Rule { what, hour: hour.unwrap_or(Hour::Close), roll })
}

/// What is meant, and the hour where another one may be said behind it.
fn beginning(words: &mut Words<'_>) -> Result<(What, Option<Hour>), TextError> {
    if words.take("close of business") {
        return Ok((close(words)?, None));
    }
    if words.take("on") {
        return Ok((What::On { field: field(words)? }, Some(Hour::Given)));
    }
    if words.take("next") {
        let weekday = words.read("a day of the week", words::weekday)?;
        return Ok((What::Next { weekday }, Some(Hour::Close)));
    }
    if let Some(nth) = words.nth() {
        return Ok((working_day_of(words, nth)?, Some(Hour::Close)));
    }
    if words.peek().is_some_and(|word| words::day_of_month(word).is_some()) {
        let mut days = words.listed("a day such as `15th`", words::day_of_month)?;
        days.sort_unstable();
        return Ok((What::DaysOfMonth { days }, Some(Hour::Close)));
    }
    if words.peek().and_then(words::number).is_none() {
        return Err(words.fault(BEGINNINGS));
    }
    let (what, unit) = count(words)?;
    Ok((what, (!unit.in_hours()).then_some(Hour::Close)))
}

fn close(words: &mut Words<'_>) -> Result<What, TextError> {
    if words.take("on") {
        return Ok(What::On { field: field(words)? });
    }
    let inside = words.take("in");
    if !inside && words.peek().and_then(words::number).is_none() {
        // Close of business of today: nothing more, or something that can't be read.
        return Ok(What::Today);
    }
    let here = words.clone();
    let (what, unit) = count(words)?;
    if unit.in_hours() { Err(here.fault("days, weeks, months or years")) } else { Ok(what) }
}

fn count(words: &mut Words<'_>) -> Result<(What, Unit), TextError> {
    let n = words
        .read("a number from 1 to 5000", |word| words::number(word).filter(|n| (1..=MOST).contains(n)))?;
    let phrases: Vec<(&str, Unit)> =
        UNITS.iter().flat_map(|(unit, one, more)| [(*more, *unit), (*one, *unit)]).collect();
    let unit = words.one_of(&phrases, UNIT)?;
    let direction = match (words.take("before"), words.take("after")) {
        (true, _) => Direction::Before,
        (_, true) => Direction::After,
        _ => {
            let direction = Direction::After;
            return Ok((What::Count { n, unit, direction, of: Anchor::Start }, unit));
        }
    };
    let of = Anchor::Field(field(words)?);
    Ok((What::Count { n, unit, direction, of }, unit))
}

fn working_day_of(words: &mut Words<'_>, nth: Nth) -> Result<What, TextError> {
    words.want("working day of", "`working day of`")?;
    let stretch = words.one_of(&[("this", Stretch::This), ("next", Stretch::Next)], "`this` or `next`")?;
    let period = words.one_of(&PERIODS, "`week`, `month`, `quarter` or `year`")?;
    Ok(What::WorkingDayOf { nth, stretch, period })
}

fn field(words: &mut Words<'_>) -> Result<String, TextError> {
    words.read(FIELD, |word| {
        let name = word.strip_prefix("field:")?;
        let fits = (1..=64).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        fits.then(|| name.to_owned())
    })
}
