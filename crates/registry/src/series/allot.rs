//! Owns giving numbers: allotted, reserved, taken over from an old register, struck out with a reason, a year closed.
//! A pure machine: from what is given it decides facts or a refusal, and a state is nothing but its facts applied.
//! Must not know references as written, tables or the clock.
//!
//! No number is given twice: a number below the highest is given again only to the one who holds it. A holder (the
//! identifier of a document or draft) has one number of a series, so that a question asked again gets the same
//! answer and changes nothing.

mod fact;
mod state;

use jiff::civil::Date;

use super::{Field, Numbering, ParsedReference, Series};

pub use fact::{Counter, NumberFact};
pub use state::{Numbers, Reservation, Runs, SeriesState};

/// The longest holder, in bytes.
pub const LONGEST_HOLDER: usize = 200;
/// The longest reason or purpose, in characters.
pub const LONGEST_REASON: usize = 500;
/// The highest number that a series gives.
pub const HIGHEST: u64 = 999_999_999;

/// Why a number is not given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberRefusal {
    /// Its numbers are given elsewhere.
    #[error("numbers of this series are given elsewhere")]
    Foreign,
    /// Before the series' first day or after its last.
    #[error("the series is not in force on this day")]
    NotInForce,
    /// The count needs something that was not said, or was told something that it does not count by.
    #[error("the count of this series needs {0:?}")]
    Counter(Field),
    /// The paper has a kind or a division that the series does not know.
    #[error("the series knows no such {0:?}")]
    NotKnown(Field),
    /// The count was closed.
    #[error("this count is closed")]
    Closed,
    /// The count has begun.
    #[error("this count has begun already")]
    Begun,
    /// The number belongs to another.
    #[error("the number is another's")]
    Taken,
    /// The number was struck out.
    #[error("the number is void")]
    Void,
    /// The number was never given.
    #[error("the number was never given")]
    NeverGiven,
    /// The holder has another number of the series.
    #[error("this paper has the number {number}")]
    HasAnother {
        /// The number.
        number: u64,
    },
    /// A holder, purpose or reason that is empty or too long.
    #[error("empty or too long")]
    Words,
    /// Over [`HIGHEST`], or below the first.
    #[error("no such number")]
    OutOfRange,
}

/// What an answer gives: the number, and the fact when it is new.
pub type Given = (u64, Option<NumberFact>);

/// The count to which a paper of this day belongs: of what is said only that is taken by which the series counts.
///
/// `paper` says body, kind and division as in a reference; its number and suffixes are not looked at.
pub fn counter(series: &Series, paper: &ParsedReference, day: Date) -> Result<Counter, NumberRefusal> {
    for (field, list, given) in
        [(Field::Paper, &series.papers, &paper.paper), (Field::Division, &series.divisions, &paper.division)]
    {
        let known = |text: &String| list.is_empty() || list.iter().any(|(entry, _)| entry == text);
        if given.as_ref().is_some_and(|text| !known(text)) {
            return Err(NumberRefusal::NotKnown(field));
        }
    }
    let mut counter = Counter::default();
    for field in &series.counter {
        let missing = || NumberRefusal::Counter(*field);
        match field {
            Field::Year => counter.year = Some(day.year()),
            Field::Body => counter.body = Some(paper.body.ok_or_else(missing)?),
            Field::SubBody => counter.sub_body = paper.sub_body,
            Field::Paper => counter.paper = Some(paper.paper.clone().ok_or_else(missing)?),
            Field::Division => counter.division = Some(paper.division.clone().ok_or_else(missing)?),
            Field::Number | Field::Stroke => {}
        }
    }
    Ok(counter)
}

/// The number that the count would give next.
pub fn next(series: &Series, state: &SeriesState, counter: &Counter) -> Result<u64, NumberRefusal> {
    let numbers = state.count(counter);
    if numbers.is_some_and(Numbers::closed) {
        return Err(NumberRefusal::Closed);
    }
    let first = numbers.and_then(Numbers::opened_at).unwrap_or(series.first);
    let next = match numbers.and_then(Numbers::last) {
        Some(last) => last.checked_add(1).ok_or(NumberRefusal::OutOfRange)?.max(first),
        None => first,
    };
    if next > HIGHEST { Err(NumberRefusal::OutOfRange) } else { Ok(next) }
}

/// Gives a paper its number: the one it has, the one reserved for it in whatever year, or else the next.
pub fn allot(
    series: &Series,
    state: &SeriesState,
    counter: &Counter,
    holder: &str,
    day: Date,
) -> Result<Given, NumberRefusal> {
    words(holder, LONGEST_HOLDER)?;
    if let Some((held, number)) = state.held_by(holder) {
        let reserved = state.count(held).is_some_and(|numbers| numbers.reserved().contains_key(&number));
        return Ok((number, reserved.then(|| allotted(series, held, number, holder))));
    }
    own(series, day)?;
    let number = next(series, state, counter)?;
    Ok((number, Some(allotted(series, counter, number, holder))))
}

/// Keeps the next number for a paper; for one that has a number, that is the answer.
pub fn reserve(
    series: &Series,
    state: &SeriesState,
    counter: &Counter,
    holder: &str,
    purpose: &str,
    day: Date,
) -> Result<Given, NumberRefusal> {
    words(holder, LONGEST_HOLDER)?;
    words(purpose, LONGEST_REASON)?;
    if let Some((_, number)) = state.held_by(holder) {
        return Ok((number, None));
    }
    own(series, day)?;
    let number = next(series, state, counter)?;
    let fact = NumberFact::Reserved {
        series: series.code.clone(),
        counter: counter.clone(),
        number,
        holder: holder.to_owned(),
        purpose: purpose.trim().to_owned(),
    };
    Ok((number, Some(fact)))
}

/// At which moment of a paper's life a number is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It is begun.
    Draft,
    /// It is signed, or registered.
    Signature,
}

/// What the setting of the series makes of a moment: a draft keeps a number or none, a signature takes it.
pub fn at(
    moment: Moment,
    series: &Series,
    state: &SeriesState,
    counter: &Counter,
    holder: &str,
    purpose: &str,
    day: Date,
) -> Result<Option<Given>, NumberRefusal> {
    match (moment, series.numbering) {
        (Moment::Draft, Numbering::Signature) => Ok(None),
        (Moment::Draft, Numbering::Draft) => reserve(series, state, counter, holder, purpose, day).map(Some),
        (Moment::Signature, _) => allot(series, state, counter, holder, day).map(Some),
    }
}

/// Takes a number over as it stands in an old register, in whatever order they come. Closed counts take numbers too.
pub fn take(
    series: &Series,
    state: &SeriesState,
    counter: &Counter,
    number: u64,
    holder: &str,
) -> Result<Given, NumberRefusal> {
    words(holder, LONGEST_HOLDER)?;
    if series.foreign {
        return Err(NumberRefusal::Foreign);
    }
    if number > HIGHEST {
        return Err(NumberRefusal::OutOfRange);
    }
    let numbers = state.count(counter);
    let ours = numbers.and_then(|n| n.reserved().get(&number)).is_some_and(|r| r.holder == holder);
    if let Some((held, has)) = state.held_by(holder) {
        return match (held == counter && has == number, ours) {
            (true, false) => Ok((number, None)),
            (true, true) => Ok((number, Some(allotted(series, counter, number, holder)))),
            (false, _) => Err(NumberRefusal::HasAnother { number: has }),
        };
    }
    if numbers.is_some_and(|n| n.void().contains_key(&number)) {
        return Err(NumberRefusal::Void);
    }
    if numbers.is_some_and(|n| n.allotted().contains(number) || n.reserved().contains_key(&number)) {
        return Err(NumberRefusal::Taken);
    }
    Ok((number, Some(allotted(series, counter, number, holder))))
}

fn allotted(series: &Series, counter: &Counter, number: u64, holder: &str) -> NumberFact {
    NumberFact::Allotted {
        series: series.code.clone(),
        counter: counter.clone(),
        number,
        holder: holder.to_owned(),
    }
}

/// Begins a count at another number than the series' first: the one behind the last of the old register. Again with
/// the same number is no change; refused once a number was given.
pub fn open(
    series: &Series,
    state: &SeriesState,
    counter: &Counter,
    first: u64,
) -> Result<Option<NumberFact>, NumberRefusal> {
    if series.foreign {
        return Err(NumberRefusal::Foreign);
    }
    if first > HIGHEST || first < series.first {
        return Err(NumberRefusal::OutOfRange);
    }
    let numbers = state.count(counter);
    match numbers.and_then(Numbers::opened_at) {
        Some(opened) if opened == first => Ok(None),
        Some(_) => Err(NumberRefusal::Begun),
        None if numbers.is_some_and(|n| n.last().is_some()) => Err(NumberRefusal::Begun),
        None => Ok(Some(NumberFact::Opened { series: series.code.clone(), counter: counter.clone(), first })),
    }
}

/// Strikes a number out, with a reason: one that is reserved, or one in a gap. The same number again is no change.
///
/// Refused for a number that a paper has, and for one that was not reached yet.
pub fn void(
    series: &Series,
    state: &SeriesState,
    counter: &Counter,
    number: u64,
    reason: &str,
) -> Result<Option<NumberFact>, NumberRefusal> {
    words(reason, LONGEST_REASON)?;
    if series.foreign {
        return Err(NumberRefusal::Foreign);
    }
    let numbers = state.count(counter).ok_or(NumberRefusal::NeverGiven)?;
    if numbers.void().contains_key(&number) {
        return Ok(None);
    }
    if numbers.allotted().contains(number) {
        return Err(NumberRefusal::Taken);
    }
    let first = numbers.opened_at().unwrap_or(series.first);
    if number < first || numbers.last().is_none_or(|last| number > last) {
        return Err(NumberRefusal::NeverGiven);
    }
    Ok(Some(NumberFact::Void {
        series: series.code.clone(),
        counter: counter.clone(),
        number,
        reason: reason.trim().to_owned(),
    }))
}

/// Turns to a year: closes every count of an earlier one. Numbers reserved there stay and can be used or struck out.
/// Nothing to do for a series that counts on, or when it was done.
pub fn roll_over(series: &Series, state: &SeriesState, year: i16) -> Vec<NumberFact> {
    if series.foreign {
        return Vec::new();
    }
    state
        .counts()
        .filter(|(counter, numbers)| !numbers.closed() && counter.year.is_some_and(|own| own < year))
        .map(|(counter, _)| NumberFact::Closed { series: series.code.clone(), counter: counter.clone() })
        .collect()
}

/// The reference that a number of a count makes, with what the paper is.
pub fn reference(
    series: &Series,
    counter: &Counter,
    number: u64,
    paper: &ParsedReference,
) -> ParsedReference {
    ParsedReference {
        series: series.code.clone(),
        year: counter.year.or(paper.year),
        number,
        suffixes: Vec::new(),
        ..paper.clone()
    }
}

fn own(series: &Series, day: Date) -> Result<(), NumberRefusal> {
    if series.foreign {
        return Err(NumberRefusal::Foreign);
    }
    if series.in_force(day) { Ok(()) } else { Err(NumberRefusal::NotInForce) }
}

fn words(text: &str, most: usize) -> Result<(), NumberRefusal> {
    let fits = !text.trim().is_empty() && text.chars().count() <= most;
    if fits { Ok(()) } else { Err(NumberRefusal::Words) }
}
