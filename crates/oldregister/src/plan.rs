//! The plan of taking over a table: what each row or group of rows becomes, the counts, and what stands against it. Owns
//! what needs several rows: the order of dates, copies listed one a row, duplicates, gaps. Must not carry anything out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use label::{Label, PolicyId};
use proposal::{DateOrder, Vocabulary, read_date};
use registry::DocumentDate;
use registry::document::{Direction, Register};
use registry::id::Digest;
use registry::old::{OldCopy, OldEntry};
use registry::reference::{Reference, ReferenceKind, key};
use registry::series::{Catalogue, Field as Part, ParsedReference};
use serde::Serialize;

use crate::cell::MOST_COPIES;
use crate::column::{Field, Mapping, MappingError};
use crate::count::{self, Count, Counting};
use crate::number::OldNumber;
use crate::problem::{Code, Problem};
use crate::row::{Draft, Reader, is_blank};
use crate::table::{Cell, MOST_ROWS, Row, Table};

/// The most problems that are told one by one; all are counted.
const MOST_PROBLEMS: usize = 10_000;

/// The most copies of all documents together.
const MOST_COPIES_IN_ALL: usize = 400_000;

/// What is the same for all rows, and what is known of the house.
#[derive(Debug, Clone)]
pub struct Settings<'a> {
    /// The series that are known.
    pub catalogue: &'a Catalogue,
    /// The words of the adopted policies' markings.
    pub vocabulary: &'a Vocabulary,
    /// The policy of markings that could be of several.
    pub policy: Option<PolicyId>,
    /// The day of taking over: no year of two digits is after it.
    pub today: Date,
    /// The way of all documents.
    pub direction: Direction,
    /// The kind of all documents.
    pub kind: String,
    /// The language of all documents.
    pub language: String,
    /// Where their contents are, for a register holds none.
    pub held_elsewhere: String,
    /// How numbers without a year are counted; none: it is found out.
    pub counting: Option<Counting>,
    /// The label where the old register says no marking; none: undetermined.
    pub label: Option<Label>,
    /// The code of the series of which numbers are that no series knows; none: they stay as they are written.
    pub series: Option<String>,
    /// Whether what stands in columns that are read for nothing is kept as a remark.
    pub rest: bool,
}

/// A copy and who holds it, for those who keep custody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copy {
    /// The row that says so.
    pub row: u32,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// When its receipt was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipted: Option<DocumentDate>,
    /// When it was destroyed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destroyed: Option<DocumentDate>,
}

/// A document that would be registered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Planned {
    /// The rows of which it is made: the first, and those that list further copies of it.
    pub rows: Vec<u32>,
    /// What would be registered.
    pub register: Register,
    /// What its first row says, cell by cell, as a digest: by it the same row is known again.
    pub source: Digest,
    /// Its number in the old register, as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// Its number in the old register, where that was understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<OldNumber>,
    /// When it came or was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<DocumentDate>,
    /// The marking as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marking: Option<String>,
    /// Its copies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Copy>,
    /// How many copies there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies_in_all: Option<u32>,
    /// How many pages it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// What else is said of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// From which cells each value comes. What is not here is of [`Settings`].
    pub from: BTreeMap<Field, Vec<Cell>>,
}

impl Planned {
    /// What the register of old said of it, for its registration.
    pub fn old(&self, register: &str) -> OldEntry {
        let copy = |copy: &Copy| OldCopy {
            number: copy.number,
            holder: copy.holder.clone(),
            receipted: copy.receipted.clone(),
            destroyed: copy.destroyed.clone(),
        };
        OldEntry {
            register: register.to_owned(),
            source: self.source,
            number: self.written.clone(),
            received: self.received.clone(),
            marking: self.marking.clone(),
            pages: self.pages,
            copies_in_all: self.copies_in_all,
            copies: self.copies.iter().map(copy).collect(),
            remarks: self.remarks.clone(),
        }
    }
}

/// What taking over a table would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The table's name.
    pub table: String,
    /// The mapping by which it was read.
    pub mapping: Mapping,
    /// The order of dates in numbers by which each column was read, said or found out.
    pub orders: BTreeMap<u32, DateOrder>,
    /// How many rows were read.
    pub rows: usize,
    /// How many of them become nothing.
    pub stopped: usize,
    /// What would be registered, in the order of the table.
    pub planned: Vec<Planned>,
    /// The counts of the old register.
    pub counts: Vec<Count>,
    /// What is wrong, in the order of the table; the first ten thousand.
    pub problems: Vec<Problem>,
    /// How often each problem was found.
    pub told: BTreeMap<Code, usize>,
}

/// The dry run in figures and examples.
#[derive(Debug, Clone, Serialize)]
pub struct Report<'a> {
    /// The table's name.
    pub table: &'a str,
    /// How many rows were read.
    pub rows: usize,
    /// How many documents would be registered.
    pub documents: usize,
    /// How many of them with their marking undetermined.
    pub undetermined: usize,
    /// How many copies they have.
    pub copies: usize,
    /// How many rows become nothing.
    pub stopped: usize,
    /// The order of dates in numbers, by column.
    pub orders: &'a BTreeMap<u32, DateOrder>,
    /// The last number of each count, and what would come next.
    pub counts: &'a [Count],
    /// How often each problem was found.
    pub told: &'a BTreeMap<Code, usize>,
    /// The first problems.
    pub problems: &'a [Problem],
    /// The first documents.
    pub samples: &'a [Planned],
}

impl Plan {
    /// The dry run, with at most so many problems and documents.
    pub fn report(&self, problems: usize, samples: usize) -> Report<'_> {
        Report {
            table: &self.table,
            rows: self.rows,
            documents: self.planned.len(),
            undetermined: self.planned.iter().filter(|planned| planned.register.label.is_none()).count(),
            copies: self.planned.iter().map(|planned| planned.copies.len()).sum(),
            stopped: self.stopped,
            orders: &self.orders,
            counts: &self.counts,
            told: &self.told,
            problems: self.problems.get(..problems).unwrap_or(&self.problems),
            samples: self.planned.get(..samples).unwrap_or(&self.planned),
        }
    }

    fn tell(&mut self, problem: Problem) {
        *self.told.entry(problem.code).or_default() += 1;
        self.problems.push(problem);
    }
}

/// Plans the taking over of a table.
///
/// # Errors
/// A mapping by which nothing can be read.
pub fn plan(table: &Table, mapping: &Mapping, settings: &Settings<'_>) -> Result<Plan, MappingError> {
    mapping.check()?;
    let heading = mapping.heading_row.unwrap_or(0);
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.number > heading).take(MOST_ROWS).collect();
    let orders = orders(&rows, mapping, settings.today);
    let mut plan = Plan {
        table: table.name.clone(),
        mapping: mapping.clone(),
        orders: orders.clone(),
        rows: rows.len(),
        stopped: 0,
        planned: Vec::new(),
        counts: Vec::new(),
        problems: Vec::new(),
        told: BTreeMap::new(),
    };
    let headings = table.rows.iter().find(|row| Some(row.number) == mapping.heading_row);
    let reader = Reader { mapping, settings, orders: &orders, headings };
    let (mut drafts, mut copies) = (Vec::new(), 0_usize);
    for row in &rows {
        match passed_over(row, headings, mapping) {
            Some(code) => {
                plan.stopped += 1;
                plan.tell(Problem::of(row.number, None, code, ""));
            }
            None => {
                let mut draft = reader.read(row);
                copies = copies.saturating_add(draft.copies.len());
                if copies > MOST_COPIES_IN_ALL {
                    draft.copies.clear();
                    draft.problems.push(Problem::of(row.number, None, Code::TooManyCopies, ""));
                }
                drafts.push(draft);
            }
        }
    }
    let all = table.rows.iter().filter(|row| row.number > heading).count();
    if table.cut || all > rows.len() {
        let last = rows.last().map_or(0, |row| row.number);
        plan.tell(Problem::of(last, None, Code::TableCut, ""));
    }
    let countings = countings(&drafts, settings);
    gather(&mut plan, drafts, &countings, settings);
    tell_gaps(&mut plan);
    plan.problems.sort_by_key(|problem| (problem.row, problem.column));
    plan.problems.truncate(MOST_PROBLEMS);
    Ok(plan)
}

/// Why a row is not read at all.
fn passed_over(row: &Row, headings: Option<&Row>, mapping: &Mapping) -> Option<Code> {
    let read =
        || mapping.columns.iter().filter(|(_, field)| **field != Field::Unused).map(|(column, _)| *column);
    let said: Vec<u32> = read().filter(|column| !is_blank(row.cell(*column))).collect();
    if said.is_empty() {
        return Some(Code::RowEmpty);
    }
    let again = |headings: &Row| {
        said.len() > 1 && said.iter().all(|column| key(row.cell(*column)) == key(headings.cell(*column)))
    };
    headings.is_some_and(again).then_some(Code::HeadingsAgain)
}

/// The order of dates in numbers, column by column: as it was said; else as the column shows by dates that are one in
/// one order only; else as the table shows; else the day first, as is the rule of the field.
fn orders(rows: &[&Row], mapping: &Mapping, today: Date) -> BTreeMap<u32, DateOrder> {
    let dates = [Field::Date, Field::Received, Field::Receipted, Field::Destroyed];
    let columns: Vec<u32> = dates.into_iter().flat_map(|field| mapping.of(field)).collect();
    let mut shown: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for column in &columns {
        let count = shown.entry(*column).or_default();
        for shows in rows.iter().filter_map(|row| read_date(row.cell(*column), Some(today))?.shows) {
            match shows {
                DateOrder::DayFirst => count.0 += 1,
                DateOrder::MonthFirst => count.1 += 1,
            }
        }
    }
    let all = shown.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let order = |(day, month): (usize, usize)| match (day, month) {
        (0, 0) => None,
        (0, _) => Some(DateOrder::MonthFirst),
        _ => Some(DateOrder::DayFirst),
    };
    let decided = |(column, count)| {
        let said = mapping.orders.get(&column).copied();
        (column, said.or(order(count)).or(order(all)).unwrap_or(DateOrder::DayFirst))
    };
    shown.into_iter().map(decided).collect()
}

/// How the numbers without a year are counted, series by series.
fn countings(drafts: &[Draft], settings: &Settings<'_>) -> BTreeMap<String, Counting> {
    let mut bare: BTreeMap<&str, Vec<(&OldNumber, Option<i16>)>> = BTreeMap::new();
    for draft in drafts {
        if let Some(number) = draft.number.as_ref().map(|read| &read.number).filter(|number| number.bare) {
            bare.entry(&number.series).or_default().push((number, draft.year));
        }
    }
    let decided = |(series, numbers): (&str, Vec<(&OldNumber, Option<i16>)>)| {
        let found = || count::counting(numbers.iter().copied());
        (series.to_owned(), settings.counting.unwrap_or_else(found))
    };
    bare.into_iter().map(decided).collect()
}

/// What is one number: its key, and the year in which it was given where each year begins anew.
type Identity = (String, Option<i16>);

/// Makes documents of drafts: rows that list copies of one document are one.
fn gather(
    plan: &mut Plan,
    drafts: Vec<Draft>,
    countings: &BTreeMap<String, Counting>,
    settings: &Settings<'_>,
) {
    let mut known: BTreeMap<Identity, usize> = BTreeMap::new();
    let mut counted: Vec<(OldNumber, Option<Counting>)> = Vec::new();
    let mut alike: BTreeMap<Digest, u32> = BTreeMap::new();
    for mut draft in drafts {
        let mut identity = None;
        if let Some(read) = &mut draft.number {
            let counting = countings.get(&read.number.series).copied().filter(|_| read.number.bare);
            let year = draft.year.filter(|_| counting == Some(Counting::Yearly));
            if read.number.bare {
                read.number.counter.year = year;
            }
            if let Some(text) = of_the_house(&mut read.number, draft.year, settings) {
                draft.references.retain(|r| r.text != read.number.written);
                read.key = settings.catalogue.key(&text);
                draft.references.insert(0, Reference::new(ReferenceKind::Other, text));
            }
            let year = year.filter(|_| !read.number.known);
            counted.push((read.number.clone(), counting));
            identity = Some((read.key.clone(), year));
        }
        let earlier = match &identity {
            Some(identity) => known.get(identity).copied(),
            // A line of copies under their entry says nothing else.
            None if draft.subject.is_none() && !draft.copies.is_empty() => plan.planned.len().checked_sub(1),
            None => None,
        };
        let earlier = earlier.and_then(|index| plan.planned.get_mut(index));
        if let Some(earlier) = earlier {
            if further_copies(earlier, &draft) {
                let disagrees = add_copies(earlier, &draft);
                // What an entry needs, its further rows do not.
                draft.problems.retain(|p| !matches!(p.code, Code::NoNumber | Code::NoMarking));
                if let Some(field) = disagrees {
                    let column = plan.mapping.of(field).next();
                    let problem = Problem::of(draft.row, column, Code::CopiesDisagree, "");
                    let first = earlier.rows.first().copied().unwrap_or_default();
                    draft.problems.push(problem.beside(first));
                }
                earlier.rows.push(draft.row);
            } else if identity.is_some() {
                let written = draft.number.as_ref().map_or("", |read| read.number.written.as_str());
                let column = draft.from.get(&Field::Number).and_then(|cells| cells.first()).map(|c| c.column);
                let problem = Problem::of(draft.row, column, Code::DuplicateNumber, written);
                draft.problems.push(problem.beside(earlier.rows.first().copied().unwrap_or_default()));
                plan.stopped += 1;
            } else {
                draft.problems.push(Problem::of(draft.row, None, Code::NoSubject, ""));
                plan.stopped += 1;
            }
            draft.problems.into_iter().for_each(|problem| plan.tell(problem));
            continue;
        }
        if draft.subject.is_none() {
            draft.problems.push(Problem::of(draft.row, None, Code::NoSubject, ""));
        }
        let stops = draft.problems.iter().any(|problem| problem.code.stops());
        std::mem::take(&mut draft.problems).into_iter().for_each(|problem| plan.tell(problem));
        if stops {
            plan.stopped += 1;
            continue;
        }
        if let Some(identity) = identity {
            known.insert(identity, plan.planned.len());
        }
        // Two rows that say the very same are two documents all the same.
        let before = alike.entry(draft.source).or_default();
        if *before > 0 {
            draft.source = Digest::of(format!("{} again {before}", draft.source).as_bytes());
        }
        *before += 1;
        plan.planned.push(planned(draft, settings));
    }
    plan.counts = count::counts(counted.iter().map(|(number, counting)| (number, *counting)));
}

/// Makes a number that no series knows one of the series that was named for such; how that series writes it. One that
/// bears letters of its own, or lacks the year that the series needs, stays what it is.
fn of_the_house(number: &mut OldNumber, year: Option<i16>, settings: &Settings<'_>) -> Option<String> {
    let series = settings.catalogue.get(settings.series.as_deref().filter(|_| !number.known)?)?;
    let own = matches!(number.series.as_str(), "" | "N" | "NO" | "NR") || number.series == key(&series.code);
    let written = number.counter.year.or(year);
    let yearly = series.counter.contains(&Part::Year);
    if !own || (yearly && written.is_none()) {
        return None;
    }
    let bare = ParsedReference::numbered(&series.code, number.number);
    let dated = ParsedReference { year: written, ..bare.clone() };
    let text = settings.catalogue.format(&dated).or_else(|| settings.catalogue.format(&bare))?;
    number.series.clone_from(&series.code);
    number.known = true;
    number.counter.year = written.filter(|_| yearly);
    Some(text)
}

/// True if a row of the same number lists further copies of the document: other copy numbers, or other holders where
/// there are no copy numbers, and no other subject.
fn further_copies(earlier: &Planned, draft: &Draft) -> bool {
    let subject = draft.subject.as_ref();
    let same = subject.is_none_or(|subject| key(subject) == key(&earlier.register.subject));
    let room = earlier.copies.len() + draft.copies.len() <= MOST_COPIES as usize;
    let new = |copy: &Copy| match copy.number {
        Some(number) => !earlier.copies.iter().any(|known| known.number == Some(number)),
        None => {
            copy.holder.is_some()
                && !earlier.copies.iter().any(|known| known.number.is_some() || known.holder == copy.holder)
        }
    };
    same && room && !draft.copies.is_empty() && !earlier.copies.is_empty() && draft.copies.iter().all(new)
}

/// Adds the copies of a further row; the first field of which it says something else.
fn add_copies(earlier: &mut Planned, draft: &Draft) -> Option<Field> {
    earlier.copies.extend(draft.copies.iter().cloned());
    earlier
        .remarks
        .extend(draft.remarks.iter().filter(|r| !earlier.remarks.contains(r)).cloned().collect::<Vec<_>>());
    for (field, cells) in &draft.from {
        earlier.from.entry(*field).or_default().extend(cells);
    }
    let own = &earlier.register;
    let differs = |a: Option<bool>| a == Some(true);
    let checks = [
        (Field::Date, differs(draft.date.as_ref().map(|date| own.date.as_ref() != Some(date)))),
        (
            Field::Originator,
            differs(draft.originator.as_ref().map(|name| own.originator.as_ref() != Some(name))),
        ),
        (
            Field::Marking,
            differs(draft.marking.as_ref().map(|words| earlier.marking.as_ref() != Some(words))),
        ),
        (Field::Copies, differs(draft.copies_in_all.map(|count| earlier.copies_in_all != Some(count)))),
        (Field::Pages, differs(draft.pages.map(|pages| earlier.pages != Some(pages)))),
    ];
    checks.into_iter().find(|(_, differs)| *differs).map(|(field, _)| field)
}

fn planned(draft: Draft, settings: &Settings<'_>) -> Planned {
    let subject = draft.subject.unwrap_or_default();
    let register = Register {
        date: draft.date,
        language: settings.language.clone(),
        originator: draft.originator,
        references: draft.references,
        label: draft.label.or_else(|| settings.label.clone().filter(|_| draft.marking.is_none())),
        action: draft.action,
        info: draft.info,
        held_elsewhere: Some(settings.held_elsewhere.clone()),
        ..Register::plain(settings.direction, settings.kind.clone(), subject)
    };
    Planned {
        rows: vec![draft.row],
        register,
        source: draft.source,
        written: draft.written,
        number: draft.number.map(|read| read.number),
        received: draft.received,
        marking: draft.marking,
        copies: draft.copies,
        copies_in_all: draft.copies_in_all,
        pages: draft.pages,
        remarks: draft.remarks,
        from: draft.from,
    }
}

/// A gap is told at the row of the number after it.
fn tell_gaps(plan: &mut Plan) {
    let mut rows: BTreeMap<(&str, &registry::series::allot::Counter, u64), (u32, Option<u32>)> =
        BTreeMap::new();
    for planned in &plan.planned {
        if let (Some(number), Some(row)) = (&planned.number, planned.rows.first()) {
            let column = planned.from.get(&Field::Number).and_then(|cells| cells.first()).map(|c| c.column);
            rows.entry((&number.series, &number.counter, number.number)).or_insert((*row, column));
        }
    }
    let mut told = Vec::new();
    for count in &plan.counts {
        for (from, to) in &count.gaps {
            let after = rows.get(&(count.series.as_str(), &count.counter, to.saturating_add(1)));
            let (row, column) = after.copied().unwrap_or_default();
            let missing = if from == to { from.to_string() } else { format!("{from}-{to}") };
            told.push(Problem::of(row, column, Code::Gap, &count.series).with(missing));
        }
    }
    told.into_iter().for_each(|problem| plan.tell(problem));
}
