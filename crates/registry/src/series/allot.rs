//! Owns giving numbers: allotted, reserved, taken over from an old register, struck out with a reason, a year closed.
//! A pure machine: from what is given it decides facts or a refusal, and a state is nothing but its facts applied.
//! Must not know references as written, tables or the clock.
//!
//! No number is given twice: a number below the highest is given again only to the one who holds it. A holder (the
//! identifier of a document or draft) has one number of a series, so that a question asked again gets the same
//! answer and changes nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Field, Numbering, ParsedReference, Series};

/// The longest holder, in bytes.
pub const LONGEST_HOLDER: usize = 200;
/// The longest reason or purpose, in characters.
pub const LONGEST_REASON: usize = 500;
/// The highest number that a series gives.
pub const HIGHEST: u64 = 999_999_999;

/// One count of a series: what of a reference starts a count of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// The year, where each year has its count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The committee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<u64>,
    /// The sub-committee; none beside a committee that counts its own papers too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_body: Option<u64>,
    /// The kind of paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// The division.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<String>,
}

impl Counter {
    /// The count to which a reference belongs, as it stands.
    pub fn of(series: &Series, reference: &ParsedReference) -> Self {
        let mut counter = Self::default();
        for field in &series.counter {
            match field {
                Field::Year => counter.year = reference.year,
                Field::Body => counter.body = reference.body,
                Field::SubBody => counter.sub_body = reference.sub_body,
                Field::Paper => counter.paper.clone_from(&reference.paper),
                Field::Division => counter.division.clone_from(&reference.division),
                Field::Number | Field::Stroke => {}
            }
        }
        counter
    }
    /// True for the one count of a series that counts on for ever.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
    /// As it stands in tables.
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What becomes true of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "became", deny_unknown_fields)]
pub enum NumberFact {
    /// A count begins at a number that is not the series' first: the old register ended before it.
    Opened {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// The first number given here.
        first: u64,
    },
    /// The number is that of a paper.
    Allotted {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// The number.
        number: u64,
        /// Whose.
        holder: String,
    },
    /// The number is kept for a paper.
    Reserved {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// The number.
        number: u64,
        /// For whom.
        holder: String,
        /// For what, as a person reads it.
        purpose: String,
    },
    /// The number will never be that of a paper.
    Void {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// The number.
        number: u64,
        /// Why.
        reason: String,
    },
    /// No more numbers of this count, save those reserved.
    Closed {
        /// Code of the series.
        series: String,
        /// Which count.
        counter: Counter,
    },
}

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

/// A reserved number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// For whom.
    pub holder: String,
    /// For what.
    pub purpose: String,
}

/// Numbers as runs: first and last of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs {
    runs: BTreeMap<u64, u64>,
}

impl Runs {
    /// Adds a number.
    pub fn insert(&mut self, number: u64) {
        if self.contains(number) {
            return;
        }
        let mut run = (number, number);
        if let Some(last) = number.checked_add(1).and_then(|next| self.runs.remove(&next)) {
            run.1 = last;
        }
        let before = self.runs.range(..number).next_back().map(|(from, to)| (*from, *to));
        if let Some((from, to)) = before
            && to.checked_add(1) == Some(number)
        {
            run.0 = from;
        }
        self.runs.insert(run.0, run.1);
    }
    /// True when the number is in it.
    pub fn contains(&self, number: u64) -> bool {
        self.runs.range(..=number).next_back().is_some_and(|(_, to)| number <= *to)
    }
    /// The highest number.
    pub fn highest(&self) -> Option<u64> {
        self.runs.last_key_value().map(|(_, to)| *to)
    }
    /// Each run: first and last.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> {
        self.runs.iter().map(|(from, to)| (*from, *to))
    }
    /// The runs between two numbers (both counted) that are not in it.
    pub fn missing(&self, first: u64, last: u64) -> Vec<(u64, u64)> {
        let mut missing = Vec::new();
        let mut next = first;
        for (from, to) in self.iter() {
            if next > last || from > last {
                break;
            }
            if from > next {
                missing.push((next, from - 1));
            }
            next = next.max(to.saturating_add(1));
        }
        if next <= last {
            missing.push((next, last));
        }
        missing
    }
}

/// What has become of the numbers of one count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    first: Option<u64>,
    allotted: Runs,
    reserved: BTreeMap<u64, Reservation>,
    void: BTreeMap<u64, String>,
    closed: bool,
}

impl Numbers {
    /// The highest number that was given, kept or struck out.
    pub fn last(&self) -> Option<u64> {
        [self.allotted.highest(), self.highest_reserved(), self.void.last_key_value().map(|(n, _)| *n)]
            .into_iter()
            .flatten()
            .max()
    }
    fn highest_reserved(&self) -> Option<u64> {
        self.reserved.last_key_value().map(|(n, _)| *n)
    }
    /// The number at which the count was opened, where that is not the series' first.
    pub fn opened_at(&self) -> Option<u64> {
        self.first
    }
    /// The numbers of papers.
    pub fn allotted(&self) -> &Runs {
        &self.allotted
    }
    /// The numbers kept.
    pub fn reserved(&self) -> &BTreeMap<u64, Reservation> {
        &self.reserved
    }
    /// The numbers struck out, each with the reason.
    pub fn void(&self) -> &BTreeMap<u64, String> {
        &self.void
    }
    /// True when no new number is given.
    pub fn closed(&self) -> bool {
        self.closed
    }
}

/// The numbers of one series. Whoever loads only a part of it from tables must load of the counts that a command
/// touches everything, and of the holder that it names the number, wherever that is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeriesState {
    counts: BTreeMap<Counter, Numbers>,
    holders: BTreeMap<String, (Counter, u64)>,
}

impl SeriesState {
    /// Each count.
    pub fn counts(&self) -> impl Iterator<Item = (&Counter, &Numbers)> {
        self.counts.iter()
    }
    /// One count.
    pub fn count(&self, counter: &Counter) -> Option<&Numbers> {
        self.counts.get(counter)
    }
    /// The number that a holder has, allotted or reserved.
    pub fn held_by(&self, holder: &str) -> Option<(&Counter, u64)> {
        self.holders.get(holder).map(|(counter, number)| (counter, *number))
    }

    /// Makes sure that a count is there, if only to say that no number of it was given.
    pub fn touch(&mut self, counter: &Counter) {
        self.at(counter);
    }

    /// Takes a fact in; once more changes nothing.
    pub fn apply(&mut self, fact: &NumberFact) {
        match fact {
            NumberFact::Opened { counter, first, .. } => self.at(counter).first = Some(*first),
            NumberFact::Allotted { counter, number, holder, .. } => {
                let numbers = self.at(counter);
                numbers.reserved.remove(number);
                numbers.allotted.insert(*number);
                self.holders.insert(holder.clone(), (counter.clone(), *number));
            }
            NumberFact::Reserved { counter, number, holder, purpose, .. } => {
                let numbers = self.at(counter);
                if numbers.allotted.contains(*number) || numbers.void.contains_key(number) {
                    return;
                }
                let reservation = Reservation { holder: holder.clone(), purpose: purpose.clone() };
                numbers.reserved.insert(*number, reservation);
                self.holders.insert(holder.clone(), (counter.clone(), *number));
            }
            NumberFact::Void { counter, number, reason, .. } => {
                let numbers = self.at(counter);
                let freed = numbers.reserved.remove(number);
                numbers.void.insert(*number, reason.clone());
                if let Some(reservation) = freed {
                    self.holders.remove(&reservation.holder);
                }
            }
            NumberFact::Closed { counter, .. } => self.at(counter).closed = true,
        }
    }

    fn at(&mut self, counter: &Counter) -> &mut Numbers {
        self.counts.entry(counter.clone()).or_default()
    }
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
    let fact = |counter: &Counter, number| NumberFact::Allotted {
        series: series.code.clone(),
        counter: counter.clone(),
        number,
        holder: holder.to_owned(),
    };
    if let Some((held, number)) = state.held_by(holder) {
        let reserved = state.count(held).is_some_and(|numbers| numbers.reserved.contains_key(&number));
        return Ok((number, reserved.then(|| fact(held, number))));
    }
    own(series, day)?;
    let number = next(series, state, counter)?;
    Ok((number, Some(fact(counter, number))))
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
    let ours = numbers.and_then(|n| n.reserved.get(&number)).is_some_and(|r| r.holder == holder);
    if let Some((held, has)) = state.held_by(holder) {
        return match (held == counter && has == number, ours) {
            (true, false) => Ok((number, None)),
            (true, true) => Ok((number, Some(allotted(series, counter, number, holder)))),
            (false, _) => Err(NumberRefusal::HasAnother { number: has }),
        };
    }
    if numbers.is_some_and(|n| n.void.contains_key(&number)) {
        return Err(NumberRefusal::Void);
    }
    if numbers.is_some_and(|n| n.allotted.contains(number) || n.reserved.contains_key(&number)) {
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
    if numbers.void.contains_key(&number) {
        return Ok(None);
    }
    if numbers.allotted.contains(number) {
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
        .filter(|(counter, numbers)| !numbers.closed && counter.year.is_some_and(|own| own < year))
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
