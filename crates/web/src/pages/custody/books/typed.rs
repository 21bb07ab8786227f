//! What was typed into the form of a book, as what the register takes; what is wrong with it stands beside its field.

use jiff::civil::Date;
use office::{Failure, Reading, texts::Voice};
use registry::{
    Code, DocumentId, PersonId, Refusal, Timestamp,
    custody::book::{
        Amendment, Appointment, Book, Carriage, Correspondent, Courier, Destination, Details, Equipment,
        EquipmentKind, Function, Instruction, InstructionKind, Journey, Officer, Package, Route, Scan,
        ScanResult, Transfer,
    },
};

use super::fields::OFFICERS;
use crate::{
    answer::WebError,
    app::App,
    pages::{
        custody::{
            common::{Kept, typed_moment},
            containers::form::approved,
        },
        visit::{Sent, Wrong},
    },
};

/// What was typed; none: something is wrong with it.
pub(super) async fn details(
    say: Voice<'_>,
    app: &App,
    reading: &mut Reading,
    kept: &Kept,
    book: Book,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Option<Details>, WebError> {
    let mut typed = Typed { say, app, reading, kept, sent, wrong };
    Ok(match book {
        Book::Packages => typed.package().map(Details::Packages),
        Book::Journeys => typed.journey().await?.map(Details::Journeys),
        Book::Correspondents => typed.correspondent().map(Details::Correspondents),
        Book::Routes => typed.route().map(Details::Routes),
        Book::Appointments => typed.appointment().await?.map(Details::Appointments),
        Book::Equipment => typed.equipment().await?.map(Details::Equipment),
        Book::Transfers => typed.transfer().await?.map(Details::Transfers),
        // Whom a paper is given, its own form asks.
        Book::Distributions => None,
        Book::Instructions => typed.instruction().await?.map(Details::Instructions),
    })
}

/// A level as the forms send it: policy and level by name.
pub(super) fn level(reading: &Reading, typed: &str) -> Result<label::Clearance, Refusal> {
    let odd = || Refusal::on("level", Code::NotOffered);
    let (policy, level) = typed.split_once('|').ok_or_else(odd)?;
    let named = label::NamedClearance {
        policy: policy.to_owned(),
        level: level.to_owned(),
        categories: Default::default(),
    };
    reading.house.policies.resolve_clearance(&named).map_err(|_| odd())
}

/// Somebody of the house, by login or name.
pub(super) async fn person(
    reading: &mut Reading,
    kept: registry::RegistryId,
    typed: &str,
) -> Result<Result<PersonId, Refusal>, Failure> {
    match reading.receiver(kept, typed).await {
        Ok(person) => Ok(Ok(person)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(failure) => Err(failure),
    }
}

/// The paper of a registry that is meant, by any way of writing its reference.
pub(super) async fn paper(
    reading: &mut Reading,
    registry: registry::RegistryId,
    typed: &str,
) -> Result<Result<DocumentId, Refusal>, Failure> {
    if typed.trim().is_empty() {
        return Ok(Err(Code::Required.into()));
    }
    let found = reading.by_reference(typed).await?;
    let mut own = found.iter().filter(|entry| entry.registry == registry);
    Ok(match (own.next(), own.next()) {
        (Some(entry), None) => Ok(entry.document),
        _ => Err(Refusal::on("paper", Code::PaperUnknown).with("paper", typed.trim())),
    })
}

struct Typed<'a> {
    say: Voice<'a>,
    app: &'a App,
    reading: &'a mut Reading,
    kept: &'a Kept,
    sent: &'a Sent,
    wrong: &'a mut Wrong,
}

impl Typed<'_> {
    fn text(&self, name: &str) -> String {
        self.sent.get(name).to_owned()
    }

    /// What may be left empty.
    fn maybe(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.trim().is_empty())
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.sent.all(name).into_iter().map(str::to_owned).collect()
    }

    /// What is right; what is not stands beside its field.
    fn settle<T>(&mut self, field: &'static str, read: Result<T, Refusal>) -> Option<T> {
        read.map_err(|refusal| self.wrong.on(self.say, field, &refusal)).ok()
    }

    /// One of the values that are offered.
    fn one_of<T: Copy>(
        &mut self,
        field: &'static str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let typed = self.sent.get(field);
        let found = all.iter().copied().find(|one| name(*one) == typed);
        let code = if typed.is_empty() { Code::Required } else { Code::NotOffered };
        self.settle(field, found.ok_or_else(|| code.into()))
    }

    /// The things that are ticked.
    fn ticked<T: std::str::FromStr>(&mut self, field: &'static str) -> Option<Vec<T>> {
        let read = self.sent.all(field).into_iter().map(str::parse::<T>).collect::<Result<Vec<T>, _>>();
        self.settle(field, read.map_err(|_| Refusal::on(field, Code::NotOffered)))
    }

    async fn person(&mut self, field: &'static str) -> Result<Option<PersonId>, Failure> {
        let found = person(self.reading, self.kept.chosen.id, self.sent.get(field)).await?;
        Ok(self.settle(field, found))
    }

    /// People of the house, one a line.
    async fn people(&mut self, field: &'static str) -> Result<Option<Vec<PersonId>>, Failure> {
        let mut people = Vec::new();
        for line in self.sent.lines(field) {
            let found = person(self.reading, self.kept.chosen.id, &line).await?;
            let Some(person) = self.settle(field, found) else { return Ok(None) };
            if !people.contains(&person) {
                people.push(person);
            }
        }
        Ok(Some(people))
    }

    /// A moment that must be said; the day of today alone is now.
    fn moment(&mut self, field: &'static str) -> Option<Timestamp> {
        if self.sent.get(field).trim().is_empty() {
            self.wrong.add(self.say, field, Code::Required);
            return None;
        }
        self.moment_or_now(field)
    }

    fn moment_or_now(&mut self, field: &'static str) -> Option<Timestamp> {
        let read = typed_moment(self.reading, &self.app.texts, field, self.sent.get(field));
        let now = self.reading.office().now();
        self.settle(field, read).map(|at| at.unwrap_or(now))
    }

    fn day(&mut self, field: &'static str) -> Option<Date> {
        crate::pages::grant_form::day(self.say, &self.app.texts, self.sent, field, self.wrong)
    }

    fn day_or_none(&mut self, field: &'static str) -> Option<Option<Date>> {
        if self.sent.get(field).trim().is_empty() { Some(None) } else { self.day(field).map(Some) }
    }

    fn package(&mut self) -> Option<Package> {
        let dispatches = self.ticked("dispatches");
        let by = self.one_of("by", &Carriage::ALL, Carriage::as_str);
        Some(Package {
            dispatches: dispatches?,
            inner: self.text("inner"),
            outer: self.text("outer"),
            warning: self.maybe("warning"),
            seals: self.sent.lines("seals"),
            by: by?,
        })
    }

    async fn journey(&mut self) -> Result<Option<Journey>, Failure> {
        let packages = self.ticked("packages");
        let (leaves, expected) = (self.moment("leaves"), self.moment("expected"));
        let document = self.text("document");
        let courier = match self.sent.get("courier") {
            "other" => Some(Courier { person: None, name: self.text("name"), document }),
            _ => match self.person("person").await? {
                Some(person) => {
                    let name = self.reading.name_of(person).await?.unwrap_or_default();
                    Some(Courier { person: Some(person), name, document })
                }
                None => None,
            },
        };
        let (Some(packages), Some(leaves), Some(expected), Some(courier)) =
            (packages, leaves, expected, courier)
        else {
            return Ok(None);
        };
        Ok(Some(Journey {
            courier,
            from: self.text("from"),
            to: self.text("to"),
            way: self.maybe("way"),
            leaves,
            expected,
            packages,
            urgent: self.maybe("urgent"),
            advised: None,
            departed: None,
            arrived: None,
        }))
    }

    fn correspondent(&mut self) -> Option<Correspondent> {
        let approved = approved(&self.reading.house, self.sent);
        let approved = self.settle("approved", approved);
        let mut officers = Vec::new();
        for (name, what) in OFFICERS {
            if let Some(name) = self.maybe(name) {
                let function = self.one_of(what, &Function::ALL, Function::as_str);
                officers.push(function.map(|function| Officer { name, function, specimen: None }));
            }
        }
        Some(Correspondent {
            name: self.text("name"),
            address: self.text("address"),
            approved: approved?,
            officers: officers.into_iter().collect::<Option<_>>()?,
        })
    }

    fn route(&mut self) -> Option<Route> {
        let house = self.reading.house.clone();
        let of_code = |code: &str| house.registry_by_code(code.trim()).map(|registry| registry.id);
        let chosen = |typed: &str| {
            let code = if typed.is_empty() { Code::Required } else { Code::NotOffered };
            of_code(typed).ok_or_else(|| Refusal::from(code))
        };
        let from = self.settle("from", chosen(self.sent.get("from")));
        let to = match self.sent.get("to") {
            "elsewhere" => Some(Destination::Elsewhere { name: self.text("elsewhere") }),
            _ => {
                let registry = self.settle("to_registry", chosen(self.sent.get("to_registry")));
                registry.map(|registry| Destination::Registry { registry })
            }
        };
        let until = self.day_or_none("until");
        let (logs, reference) = (self.all("logs"), self.text("reference"));
        Some(Route { from: from?, to: to?, logs, until: until?, reference })
    }

    async fn appointment(&mut self) -> Result<Option<Appointment>, Failure> {
        let person = self.person("person").await?;
        let function = self.one_of("function", &Function::ALL, Function::as_str);
        let (from, until) = (self.day("from"), self.day_or_none("until"));
        let (Some(person), Some(function), Some(from), Some(until)) = (person, function, from, until) else {
            return Ok(None);
        };
        let (logs, reference) = (self.all("logs"), self.text("reference"));
        Ok(Some(Appointment { person, function, logs, from, until, reference }))
    }

    async fn equipment(&mut self) -> Result<Option<Equipment>, Failure> {
        let is = self.one_of("is", &EquipmentKind::ALL, EquipmentKind::as_str);
        let held = match self.sent.get("level") {
            "" => Some(None),
            typed => {
                let read = level(self.reading, typed);
                self.settle("level", read).map(Some)
            }
        };
        let known_to = self.people("known_to").await?;
        let (Some(is), Some(level), Some(known_to)) = (is, held, known_to) else { return Ok(None) };
        Ok(Some(Equipment {
            is,
            mark: self.text("mark"),
            serial: self.text("serial"),
            place: self.text("place"),
            level,
            with: None,
            combination: None,
            known_to,
        }))
    }

    async fn instruction(&mut self) -> Result<Option<Instruction>, Failure> {
        let found = paper(self.reading, self.kept.chosen.id, self.sent.get("paper")).await?;
        let document = self.settle("paper", found);
        let is = self.one_of("is", &InstructionKind::ALL, InstructionKind::as_str);
        let (Some(document), Some(is)) = (document, is) else { return Ok(None) };
        let amendment = (is == InstructionKind::Amend).then(|| Amendment {
            serial: self.text("serial"),
            insert: self.maybe("insert"),
            destroy: self.maybe("destroy"),
        });
        Ok(Some(Instruction {
            document,
            is,
            authority: self.text("authority"),
            words: self.maybe("todo"),
            amendment,
            leaves_log: false,
            copies: Vec::new(),
            posted: Vec::new(),
        }))
    }

    async fn transfer(&mut self) -> Result<Option<Transfer>, Failure> {
        let authorised_by = self.person("authorised_by").await?;
        let at = self.moment_or_now("at");
        let result = self.one_of("result", &ScanResult::ALL, ScanResult::as_str);
        let (Some(authorised_by), Some(at), Some(result)) = (authorised_by, at, result) else {
            return Ok(None);
        };
        Ok(Some(Transfer {
            what: self.text("what"),
            from: self.text("from"),
            to: self.text("to"),
            authorised_by,
            why: self.text("why"),
            how: self.text("how"),
            scan: Scan { tool: self.text("tool"), result },
            at,
        }))
    }
}
