//! What is told of an item: its facts by the keys of their labels, in one order, from which lists, files and pages take what
//! they show.

use jiff::civil::Date;
use maud::{Markup, html};
use office::{Reading, custody::books::BookRow, texts::Voice};
use registry::{
    PersonId, RegistryId, Timestamp,
    custody::book::{
        Appointment, Book, Correspondent, Destination, Details, Distribution, Doing, Equipment, Function,
        Instruction, Journey, Line, Package, Route, Transfer,
    },
    custody::fact::Addressee,
};

use crate::{
    look::Cell,
    pages::{custody::common::day, shown},
    words::{self, registry_name},
};

/// A column of a list: the key of the fact, what its cells are, how wide a file shows it.
pub type Head = (&'static str, Cell, f64);

/// The head of a column: what the fact is called, or shorter where that is too long for one.
pub fn head(say: Voice<'_>, key: &str) -> String {
    say.maybe(&format!("{key}-head"), &[]).unwrap_or_else(|| say.t(key))
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Words.
    Words(String),
    /// Several, a line each.
    Many(Vec<String>),
    /// How many.
    Count(usize),
    /// A moment.
    Moment(Timestamp),
    /// A day.
    Day(Date),
}

impl Told {
    /// As a page shows it.
    pub fn shown(&self, say: Voice<'_>, reading: &Reading) -> Markup {
        match self {
            Told::Words(words) => html! { (words) },
            Told::Many(all) => html! { @for words in all { div { (words) } } },
            Told::Count(n) => html! { (say.count(u64::try_from(*n).unwrap_or(u64::MAX))) },
            Told::Moment(at) => html! { time datetime=(at) { (shown::moment(say, reading, *at)) } },
            Told::Day(day) => html! { time datetime=(day) { (say.date(*day)) } },
        }
    }

    /// As a list shows it: of a moment the day.
    pub fn brief(&self, say: Voice<'_>, reading: &Reading) -> Markup {
        match self {
            Told::Moment(at) => day(say, reading, *at),
            other => other.shown(say, reading),
        }
    }

    /// As it stands in a file, and is searched and sorted.
    pub fn text(&self) -> String {
        match self {
            Told::Words(words) => words.clone(),
            Told::Many(all) => all.join("; "),
            Told::Count(n) => n.to_string(),
            Told::Moment(at) => at.to_string(),
            Told::Day(day) => day.to_string(),
        }
    }
}

/// The facts of an item.
pub type Facts = Vec<(&'static str, Told)>;

/// One of them, if it is there.
pub fn of<'a>(facts: &'a Facts, key: &str) -> Option<&'a Told> {
    facts.iter().find(|(name, _)| *name == key).map(|(_, told)| told)
}

/// Columns that a page has no room for: they stand in files, and on the page of an item.
pub const FILED: [&str; 6] =
    ["book-seals", "book-from", "book-reference", "book-serial", "book-place", "book-authorised-by"];

/// The columns of a book, between the number and the state; the first that is `Main` is what an item is called.
pub const fn columns(book: Book) -> &'static [Head] {
    match book {
        Book::Packages => &[
            ("book-inner", Cell::Main, 34.0),
            ("book-outer", Cell::Text, 40.0),
            ("book-by", Cell::Text, 20.0),
            ("book-dispatches", Cell::Number, 10.0),
            ("book-seals", Cell::Text, 24.0),
        ],
        Book::Journeys => &[
            ("book-courier", Cell::Main, 30.0),
            ("book-from", Cell::Text, 28.0),
            ("book-to", Cell::Text, 28.0),
            ("book-leaves", Cell::Text, 24.0),
            ("book-expected", Cell::Text, 24.0),
            ("book-carries", Cell::Number, 10.0),
        ],
        Book::Correspondents => &[
            ("book-name", Cell::Main, 34.0),
            ("book-address", Cell::Text, 40.0),
            ("book-approved", Cell::Text, 34.0),
            ("book-officers", Cell::Text, 40.0),
        ],
        Book::Routes => &[
            ("book-to", Cell::Main, 34.0),
            ("book-sender", Cell::Text, 28.0),
            ("book-logs", Cell::Text, 24.0),
            ("book-until", Cell::Short, 12.0),
            ("book-reference", Cell::Text, 28.0),
        ],
        Book::Appointments => &[
            ("book-person", Cell::Main, 30.0),
            ("book-function", Cell::Text, 24.0),
            ("book-logs", Cell::Text, 24.0),
            ("book-since", Cell::Short, 12.0),
            ("book-until", Cell::Short, 12.0),
            ("book-reference", Cell::Text, 28.0),
        ],
        Book::Equipment => &[
            ("book-mark", Cell::Main, 24.0),
            ("book-is", Cell::Text, 24.0),
            ("book-serial", Cell::Text, 28.0),
            ("book-place", Cell::Text, 28.0),
            ("book-level", Cell::Text, 24.0),
            ("book-with", Cell::Text, 28.0),
        ],
        Book::Transfers => &[
            ("book-what", Cell::Main, 48.0),
            ("book-net-from", Cell::Text, 24.0),
            ("book-net-to", Cell::Text, 24.0),
            ("book-at", Cell::Text, 24.0),
            ("book-authorised-by", Cell::Text, 28.0),
            ("book-result", Cell::Text, 20.0),
        ],
        Book::Distributions => &[
            ("book-paper", Cell::Main, 34.0),
            ("book-given-to", Cell::Number, 12.0),
            ("book-read-by", Cell::Number, 12.0),
            ("book-unread", Cell::Number, 12.0),
            ("book-out", Cell::Number, 12.0),
        ],
        Book::Instructions => &[
            ("book-paper", Cell::Main, 34.0),
            ("book-told", Cell::Text, 20.0),
            ("book-serial-of", Cell::Short, 16.0),
            ("book-authority", Cell::Text, 34.0),
            ("book-told-copies", Cell::Number, 12.0),
            ("book-to-post", Cell::Number, 12.0),
        ],
    }
}

/// What an item is called, beside its number.
pub fn called(say: Voice<'_>, reading: &Reading, row: &BookRow) -> String {
    let main = columns(row.view.item.book()).iter().find(|(_, cell, _)| *cell == Cell::Main);
    let facts = facts(say, reading, row);
    main.and_then(|(key, ..)| of(&facts, key)).map(Told::text).unwrap_or_default()
}

/// Where a route leads, in words.
fn destination(say: Voice<'_>, reading: &Reading, to: &Destination) -> String {
    match to {
        Destination::Registry { registry } => registry_name(reading, *registry, say),
        Destination::Elsewhere { name } => name.clone(),
    }
}

/// To whom a line of a distribution goes, in words.
pub fn addressee(say: Voice<'_>, reading: &Reading, row: &BookRow, to: &Addressee) -> String {
    match to {
        Addressee::Person { person } => row.person(*person).to_owned(),
        Addressee::Registry { registry } => registry_name(reading, *registry, say),
        Addressee::Desk => say.t("copies-at-desk"),
        Addressee::Elsewhere { name } => name.clone(),
    }
}

/// A line of a distribution, from 1, by its addressee.
pub fn line_name(say: Voice<'_>, reading: &Reading, row: &BookRow, n: usize) -> String {
    let Details::Distributions(distribution) = &row.view.item.details else { return String::new() };
    let line = distribution.lines.get(n.saturating_sub(1));
    line.map(|line| addressee(say, reading, row, &line.to)).unwrap_or_default()
}

/// A function in words.
pub fn function(say: Voice<'_>, function: Function) -> String {
    say.t(&format!("book-function-{}", function.as_str()))
}

/// A level in words.
pub fn level(say: Voice<'_>, reading: &Reading, level: &label::Clearance) -> String {
    words::marking(&shown::reach(level), &reading.house.policies, say.language())
}

/// All that is known of an item, but its number, its state and what happened to it.
pub fn facts(say: Voice<'_>, reading: &Reading, row: &BookRow) -> Facts {
    let telling = Telling { say, reading, row };
    match &row.view.item.details {
        Details::Packages(package) => telling.package(package),
        Details::Journeys(journey) => telling.journey(journey),
        Details::Correspondents(correspondent) => telling.correspondent(correspondent),
        Details::Routes(route) => telling.route(route),
        Details::Appointments(appointment) => telling.appointment(appointment),
        Details::Equipment(equipment) => telling.equipment(equipment),
        Details::Transfers(transfer) => telling.transfer(transfer),
        Details::Distributions(distribution) => telling.distribution(distribution),
        Details::Instructions(instruction) => telling.instruction(instruction),
    }
}

struct Telling<'a> {
    say: Voice<'a>,
    reading: &'a Reading,
    row: &'a BookRow,
}

fn plain(text: &str) -> Told {
    Told::Words(text.to_owned())
}

/// What is said, where something is.
fn maybe(facts: &mut Facts, key: &'static str, told: Option<Told>) {
    facts.extend(told.map(|told| (key, told)));
}

impl Telling<'_> {
    fn t(&self, key: &str) -> Told {
        Told::Words(self.say.t(key))
    }

    fn names(&self, people: &[PersonId]) -> Told {
        Told::Many(people.iter().map(|person| self.row.person(*person).to_owned()).collect())
    }

    fn registry(&self, registry: RegistryId) -> Told {
        Told::Words(registry_name(self.reading, registry, self.say))
    }

    /// Papers of some logs, or of all.
    fn logs(&self, logs: &[String]) -> Told {
        if logs.is_empty() { self.t("book-logs-all") } else { Told::Words(logs.join(", ")) }
    }

    fn package(&self, package: &Package) -> Facts {
        let mut facts = vec![
            ("book-inner", plain(&package.inner)),
            ("book-outer", plain(&package.outer)),
            ("book-by", self.t(&format!("book-by-{}", package.by.as_str()))),
            ("book-dispatches", Told::Count(package.dispatches.len())),
        ];
        maybe(&mut facts, "book-warning", package.warning.as_deref().map(plain));
        let seals = (!package.seals.is_empty()).then(|| Told::Words(package.seals.join(", ")));
        maybe(&mut facts, "book-seals", seals);
        facts
    }

    fn journey(&self, journey: &Journey) -> Facts {
        let mut facts = vec![
            ("book-courier", plain(&journey.courier.name)),
            ("book-document", plain(&journey.courier.document)),
            ("book-from", plain(&journey.from)),
            ("book-to", plain(&journey.to)),
            ("book-leaves", Told::Moment(journey.leaves)),
            ("book-expected", Told::Moment(journey.expected)),
            ("book-carries", Told::Count(journey.packages.len())),
        ];
        maybe(&mut facts, "book-way", journey.way.as_deref().map(plain));
        maybe(&mut facts, "book-urgent", journey.urgent.as_deref().map(plain));
        maybe(&mut facts, "book-advised", journey.advised.map(Told::Moment));
        maybe(&mut facts, "book-departed", journey.departed.map(Told::Moment));
        maybe(&mut facts, "book-arrived", journey.arrived.map(Told::Moment));
        facts
    }

    fn correspondent(&self, correspondent: &Correspondent) -> Facts {
        let level = |clearance: &label::Clearance| level(self.say, self.reading, clearance);
        let approved = match correspondent.approved.as_slice() {
            [] => self.t("book-approved-unsaid"),
            some => Told::Many(some.iter().map(level).collect()),
        };
        let officers = correspondent.officers.iter().map(|officer| {
            let function = function(self.say, officer.function);
            let args = [("name", officer.name.as_str().into()), ("function", function.into())];
            self.say.tr("book-officer", &args)
        });
        vec![
            ("book-name", plain(&correspondent.name)),
            ("book-address", plain(&correspondent.address)),
            ("book-approved", approved),
            ("book-officers", Told::Many(officers.collect())),
        ]
    }

    fn route(&self, route: &Route) -> Facts {
        let mut facts = vec![
            ("book-to", Told::Words(destination(self.say, self.reading, &route.to))),
            ("book-sender", self.registry(route.from)),
            ("book-logs", self.logs(&route.logs)),
        ];
        maybe(&mut facts, "book-until", route.until.map(Told::Day));
        facts.push(("book-reference", plain(&route.reference)));
        facts
    }

    fn appointment(&self, appointment: &Appointment) -> Facts {
        let mut facts = vec![
            ("book-person", plain(self.row.person(appointment.person))),
            ("book-function", Told::Words(function(self.say, appointment.function))),
            ("book-logs", self.logs(&appointment.logs)),
            ("book-since", Told::Day(appointment.from)),
        ];
        maybe(&mut facts, "book-until", appointment.until.map(Told::Day));
        facts.push(("book-reference", plain(&appointment.reference)));
        facts
    }

    fn equipment(&self, equipment: &Equipment) -> Facts {
        let mut facts = vec![
            ("book-mark", plain(&equipment.mark)),
            ("book-is", self.t(&format!("book-is-{}", equipment.is.as_str()))),
            ("book-serial", plain(&equipment.serial)),
            ("book-place", plain(&equipment.place)),
        ];
        let level = equipment.level.as_ref().map(|held| Told::Words(level(self.say, self.reading, held)));
        maybe(&mut facts, "book-level", level);
        maybe(&mut facts, "book-with", equipment.with.map(|person| plain(self.row.person(person))));
        maybe(&mut facts, "book-combination", equipment.combination.map(Told::Moment));
        let known = (!equipment.known_to.is_empty()).then(|| self.names(&equipment.known_to));
        maybe(&mut facts, "book-known-to", known);
        facts
    }

    /// The paper by the reference by which the reader knows it.
    fn paper(&self) -> Told {
        Told::Words(self.row.entry.as_ref().map(|entry| office::relations::called(entry)).unwrap_or_default())
    }

    fn distribution(&self, distribution: &Distribution) -> Facts {
        let lines = &distribution.lines;
        let many = |is: &dyn Fn(&Line) -> bool| Told::Count(lines.iter().filter(|line| is(line)).count());
        let copies: Vec<_> = self.row.copies.iter().map(|copy| copy.view.copy.clone()).collect();
        vec![
            ("book-paper", self.paper()),
            ("book-given-to", Told::Count(lines.len())),
            ("book-read-by", many(&|line| line.read.is_some())),
            ("book-unread", many(&Line::is_unread)),
            ("book-out", many(&|line| line.reader().is_none() && !line.is_done(&copies))),
        ]
    }

    fn instruction(&self, instruction: &Instruction) -> Facts {
        let mut facts = vec![
            ("book-paper", self.paper()),
            ("book-told", self.t(&format!("book-told-{}", instruction.is.as_str()))),
        ];
        if let Some(amendment) = &instruction.amendment {
            facts.push(("book-serial-of", plain(&amendment.serial)));
            maybe(&mut facts, "book-insert", amendment.insert.as_deref().map(plain));
            maybe(&mut facts, "book-destroy-pages", amendment.destroy.as_deref().map(plain));
        }
        facts.push(("book-authority", plain(&instruction.authority)));
        let open = |copy: &&office::custody::CopyRow| instruction.doing(&copy.view.copy) == Doing::Open;
        facts.push(("book-told-copies", Told::Count(instruction.copies.len())));
        facts.push(("book-to-post", Told::Count(self.row.copies.iter().filter(open).count())));
        let words = instruction.words.clone().or_else(|| self.standing_words(instruction));
        maybe(&mut facts, "book-todo", words.map(Told::Words));
        facts
    }

    /// What is to be done with copies of a paper whose marking was corrected.
    fn standing_words(&self, instruction: &Instruction) -> Option<String> {
        let regraded = instruction.is == registry::custody::book::InstructionKind::Regrade;
        let key = if instruction.leaves_log { "book-regrade-leaves" } else { "book-regrade-todo" };
        regraded.then(|| self.say.t(key))
    }

    fn transfer(&self, transfer: &Transfer) -> Facts {
        vec![
            ("book-what", plain(&transfer.what)),
            ("book-net-from", plain(&transfer.from)),
            ("book-net-to", plain(&transfer.to)),
            ("book-at", Told::Moment(transfer.at)),
            ("book-authorised-by", plain(self.row.person(transfer.authorised_by))),
            ("book-why", plain(&transfer.why)),
            ("book-how", plain(&transfer.how)),
            ("book-tool", plain(&transfer.scan.tool)),
            ("book-result", self.t(&format!("book-result-{}", transfer.scan.result.as_str()))),
        ]
    }
}
