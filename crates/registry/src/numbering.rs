//! Giving numbers of the series with which a registry is entrusted: to a paper that is registered, kept for one that is
//! being written, struck out with a reason, a count opened or closed. What a number may become is decided in
//! [`crate::series::allot`]; this knows who may ask, and how the reference is written.

use serde::{Deserialize, Serialize};

use crate::{
    authorisation::Role,
    command::{Caller, Command, Context},
    fact::Fact,
    house::House,
    id::{DocumentId, ReservationId},
    reference::{Reference, ReferenceKind},
    refusal::{Code, Refusal},
    series::{
        Field, Numbering, ParsedReference, Series,
        allot::{self, Counter, NumberFact, NumberRefusal, SeriesState},
    },
};

/// A series, and what of a paper its reference shows beside year and number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numbered {
    /// The code of the series.
    pub series: String,
    /// The number of the committee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<u64>,
    /// The number of the sub-committee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_body: Option<u64>,
    /// The kind of paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// The division.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub division: Option<String>,
}

impl Numbered {
    fn parts(&self) -> ParsedReference {
        let upper = |text: &Option<String>| text.as_ref().map(|t| t.trim().to_uppercase());
        ParsedReference {
            body: self.body,
            sub_body: self.sub_body,
            paper: upper(&self.paper).filter(|t| !t.is_empty()),
            division: upper(&self.division).filter(|t| !t.is_empty()),
            ..ParsedReference::numbered(self.series.trim(), 0)
        }
    }
}

/// The number that a paper is to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberAsk {
    /// The next of a series.
    Next(Numbered),
    /// The one that was kept for it.
    Reserved(ReservationId),
}

/// Which numbers of a series must be looked at before something is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Those of a count: the last, and one more.
    Count {
        /// The code of the series.
        series: String,
        /// Which count.
        counter: Counter,
        /// One more.
        number: Option<u64>,
    },
    /// The one that a reservation holds.
    Held(ReservationId),
    /// Every count of a series, without its numbers.
    Counts {
        /// The code of the series.
        series: String,
    },
}

/// What the tables tell of numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberNeeds {
    /// The state of the series, as far as [`Wanted`] asks for it.
    pub state: SeriesState,
    /// The series of the reservation that was asked for, and the reference that it keeps.
    pub kept: Option<(String, String)>,
}

/// What a command must know of numbers; none: nothing, or it will be refused whatever they are.
pub fn wanted(command: &Command, house: &House, today: jiff::civil::Date) -> Option<Wanted> {
    let count = |asked: &Numbered, number| {
        let series = house.catalogue().get(asked.series.trim())?;
        let counter = allot::counter(series, &asked.parts(), today).ok()?;
        Some(Wanted::Count { series: series.code.clone(), counter, number })
    };
    match command {
        Command::Register { document, .. } => match document.number.as_ref()? {
            NumberAsk::Next(asked) => count(asked, None),
            NumberAsk::Reserved(reservation) => Some(Wanted::Held(*reservation)),
        },
        Command::ReserveNumber { asked, .. } => count(asked, None),
        Command::OpenCount { asked, .. } => count(asked, None),
        Command::VoidNumber { reference, .. } => {
            let parsed = house.catalogue().parse(reference).reference()?.clone();
            let series = house.catalogue().get(&parsed.series)?;
            Some(Wanted::Count {
                series: series.code.clone(),
                counter: Counter::of(series, &parsed),
                number: Some(parsed.number),
            })
        }
        Command::CloseCounts { series, .. } => Some(Wanted::Counts { series: series.trim().to_owned() }),
        _ => None,
    }
}

/// The series that this registry numbers.
fn own<'a>(context: &'a Context<'_>, code: &str) -> Result<&'a Series, Refusal> {
    let refused = |code: Code, series: &str| Refusal::on("series", code).with("series", series);
    let series =
        context.house.catalogue().get(code.trim()).ok_or_else(|| refused(Code::SeriesUnknown, code))?;
    let numbered_here = context.house.numbered_by(&series.code).is_some_and(|r| r.id == context.registry);
    // The registry's own series numbers itself: every entry has its number.
    if series.foreign || !numbered_here || context.house.registry_by_code(&series.code).is_some() {
        return Err(refused(Code::SeriesElsewhere, &series.code));
    }
    Ok(series)
}

fn told(series: &Series) -> impl Fn(NumberRefusal) -> Refusal + '_ {
    move |why| {
        let on = |field: &'static str, code: Code| Refusal::on(field, code).with("series", &series.code);
        match why {
            NumberRefusal::Foreign => on("series", Code::SeriesElsewhere),
            NumberRefusal::NotInForce => on("series", Code::SeriesNotInForce),
            NumberRefusal::Counter(field) => on(field_name(field), Code::Required),
            NumberRefusal::NotKnown(field) => on(field_name(field), Code::NotOffered).with("value", ""),
            NumberRefusal::Closed => on("series", Code::CountClosed),
            NumberRefusal::Begun => on("first", Code::CountBegun),
            NumberRefusal::Taken => on("reference", Code::NumberTaken),
            NumberRefusal::Void => on("reference", Code::NumberVoid),
            NumberRefusal::NeverGiven => on("reference", Code::NumberNeverGiven),
            NumberRefusal::HasAnother { .. } => on("reference", Code::NumberTaken),
            NumberRefusal::Words => on("reason", Code::Required),
            NumberRefusal::OutOfRange => on("first", Code::NumberRange),
        }
    }
}

const fn field_name(field: Field) -> &'static str {
    match field {
        Field::Body => "body",
        Field::SubBody => "sub_body",
        Field::Paper => "paper",
        Field::Division => "division",
        Field::Year => "year",
        Field::Number => "number",
        Field::Stroke => "stroke",
    }
}

/// The reference of a number, as the series writes it today.
fn written(
    context: &Context<'_>,
    series: &Series,
    counter: &Counter,
    number: u64,
    parts: &ParsedReference,
) -> Result<String, Refusal> {
    let bare = allot::reference(series, counter, number, parts);
    let dated = ParsedReference { year: Some(context.today.year()), ..bare.clone() };
    // A count that goes on for ever may still show the year.
    let catalogue = context.house.catalogue();
    [bare, dated]
        .iter()
        .find_map(|reference| catalogue.format(reference))
        .ok_or_else(|| Refusal::on("series", Code::NumberRange).with("series", &series.code))
}

fn said(number: NumberFact, reference: &str) -> Fact {
    Fact::SeriesNumbered { number, reference: reference.to_owned() }
}

/// Gives a document that is being registered its number: the reference, and what becomes true of the number.
pub(crate) fn for_document(
    context: &Context<'_>,
    asked: &NumberAsk,
    needs: &NumberNeeds,
    document: DocumentId,
) -> Result<(Reference, Fact), Refusal> {
    let holder = document.to_string();
    let (text, fact) = match asked {
        NumberAsk::Next(asked) => {
            let series = own(context, &asked.series)?;
            let parts = asked.parts();
            let counter = allot::counter(series, &parts, context.today).map_err(told(series))?;
            let (number, fact) =
                allot::allot(series, &needs.state, &counter, &holder, context.today).map_err(told(series))?;
            let text = written(context, series, &counter, number, &parts)?;
            let fact = fact.ok_or(Code::Conflict)?;
            (text, fact)
        }
        NumberAsk::Reserved(reservation) => {
            let (series, text) =
                needs.kept.as_ref().ok_or(Refusal::on("reservation", Code::NoReservation))?;
            let series = own(context, series)?;
            let held = needs.state.held_by(&reservation.to_string());
            let (counter, number) = held.ok_or(Refusal::on("reservation", Code::NoReservation))?;
            let kept = needs.state.count(counter).is_some_and(|n| n.reserved().contains_key(&number));
            if !kept {
                return Err(Refusal::on("reservation", Code::NoReservation));
            }
            let fact = NumberFact::Allotted {
                series: series.code.clone(),
                counter: counter.clone(),
                number,
                holder,
            };
            (text.clone(), fact)
        }
    };
    let read = context.house.catalogue().recognised(&text).map(Box::new);
    let fact = said(fact, &text);
    Ok((Reference { kind: ReferenceKind::Originator, text, read }, fact))
}

/// Keeps the next number for a paper that is being written.
pub fn reserve(
    caller: &Caller,
    context: &Context<'_>,
    asked: &Numbered,
    purpose: &str,
    needs: &NumberNeeds,
) -> Result<Vec<Fact>, Refusal> {
    clerk(caller, context)?;
    let series = own(context, &asked.series)?;
    if series.numbering == Numbering::Signature {
        return Err(Refusal::on("series", Code::NumberAtSignature).with("series", &series.code));
    }
    let parts = asked.parts();
    let counter = allot::counter(series, &parts, context.today).map_err(told(series))?;
    let purpose = crate::line::required("purpose", purpose, allot::LONGEST_REASON)?;
    let holder = ReservationId::new(context.new_id(0)).to_string();
    let (number, fact) = allot::reserve(series, &needs.state, &counter, &holder, &purpose, context.today)
        .map_err(told(series))?;
    let text = written(context, series, &counter, number, &parts)?;
    Ok(fact.map(|fact| said(fact, &text)).into_iter().collect())
}

/// Strikes a number out: one that was kept, or one of a gap.
pub fn void(
    caller: &Caller,
    context: &Context<'_>,
    reference: &str,
    reason: &str,
    needs: &NumberNeeds,
) -> Result<Vec<Fact>, Refusal> {
    clerk(caller, context)?;
    let catalogue = context.house.catalogue();
    let reading = catalogue.parse(reference);
    let unknown = || Refusal::on("reference", Code::SeriesUnknown).with("series", reference.trim());
    let parsed = reading.reference().ok_or_else(unknown)?;
    let series = own(context, &parsed.series)?;
    let reason = crate::line::required("reason", reason, allot::LONGEST_REASON)?;
    let counter = Counter::of(series, parsed);
    let fact = allot::void(series, &needs.state, &counter, parsed.number, &reason).map_err(told(series))?;
    let text = catalogue.format(&parsed.base()).unwrap_or_else(|| reference.trim().to_owned());
    Ok(vec![said(fact.ok_or(Code::NothingChanged)?, &text)])
}

/// Begins a count behind the last number of the old register.
pub fn open(
    caller: &Caller,
    context: &Context<'_>,
    asked: &Numbered,
    first: u64,
    needs: &NumberNeeds,
) -> Result<Vec<Fact>, Refusal> {
    controller(caller, context)?;
    let series = own(context, &asked.series)?;
    let parts = asked.parts();
    let counter = allot::counter(series, &parts, context.today).map_err(told(series))?;
    let fact = allot::open(series, &needs.state, &counter, first).map_err(told(series))?;
    let text = written(context, series, &counter, first, &parts)?;
    Ok(vec![said(fact.ok_or(Code::NothingChanged)?, &text)])
}

/// Turns to this year: closes every count of an earlier one.
pub fn close(
    caller: &Caller,
    context: &Context<'_>,
    series: &str,
    needs: &NumberNeeds,
) -> Result<Vec<Fact>, Refusal> {
    controller(caller, context)?;
    let series = own(context, series)?;
    let facts = allot::roll_over(series, &needs.state, context.today.year());
    if facts.is_empty() {
        return Err(Code::NothingChanged.into());
    }
    Ok(facts.into_iter().map(|fact| said(fact, &series.code)).collect())
}

fn clerk(caller: &Caller, context: &Context<'_>) -> Result<(), Refusal> {
    context.house.registry(context.registry).ok_or(Code::RegistryUnknown)?;
    if caller.registers(context.registry) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

fn controller(caller: &Caller, context: &Context<'_>) -> Result<(), Refusal> {
    clerk(caller, context)?;
    let may = caller.is_operator() || caller.has(Role::Controller, Some(context.registry));
    if may { Ok(()) } else { Err(Code::Forbidden.into()) }
}
