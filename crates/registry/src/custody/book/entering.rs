//! Something is entered into a book: what must be said of it, and when it is refused.

use std::collections::BTreeSet;

use super::{
    Appointment, Carriage, Correspondent, Courier, Destination, Details, Equipment, EquipmentKind, Item,
    Journey, Notice, Officer, Package, Route, Scan, Stage, Step, Transfer,
};
use crate::{
    access::AccessRule,
    authorisation::Role,
    custody::{Desk, WORDS, settings::PolicyRules},
    fact::Fact,
    id::{BookItemId, DispatchId, PersonId, RegistryId},
    line::{NAME, line, required},
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// Most things that one item names: receipts of a package, packages of a courier, officers of a correspondent.
pub(super) const NAMED: usize = 100;

impl Desk<'_> {
    pub(in crate::custody) fn enter(&self, details: &Details, words: &str) -> Result<Vec<Fact>, Refusal> {
        self.named_are_there(details)?;
        self.staff()?;
        let details = match details {
            Details::Routes(route) => Details::Routes(self.route(route)?),
            Details::Correspondents(correspondent) => {
                Details::Correspondents(self.correspondent(correspondent)?)
            }
            Details::Appointments(appointment) => Details::Appointments(self.appointment(appointment)?),
            Details::Packages(package) => Details::Packages(self.package(package)?),
            Details::Journeys(journey) => Details::Journeys(self.journey(journey)?),
            Details::Equipment(equipment) => Details::Equipment(self.equipment(equipment)?),
            Details::Transfers(transfer) => Details::Transfers(self.transfer(transfer)?),
            // It is entered by the act that sends its copies.
            Details::Distributions(_) => return Err(Refusal::on("book", Code::NotOffered)),
            Details::Instructions(asked) => Details::Instructions(self.instruction(asked)?),
        };
        let item = Item {
            id: BookItemId::new(self.id(0)),
            number: self.needs.next(details.book().as_str()),
            year: self.year(),
            stage: details.first(),
            since: self.context.now,
            details,
        };
        let (id, at) = (item.id, self.context.now);
        let assigned: &[BookItemId] = match &item.details {
            Details::Journeys(journey) => &journey.packages,
            _ => &[],
        };
        let assigned: Vec<Fact> = assigned
            .iter()
            .map(|package| stepped(*package, Step::Assign { journey: id }, at, None))
            .collect();
        let mut facts = vec![Fact::BookEntered { item: Box::new(item), words: line("words", words, WORDS)? }];
        facts.extend(assigned);
        Ok(facts)
    }

    /// What is not there and what is not for the caller look alike: before anything else is said.
    fn named_are_there(&self, details: &Details) -> Result<(), Refusal> {
        if details.document().is_some() {
            return self.document_is_seen();
        }
        let there = match details {
            Details::Packages(package) => {
                let known = |id: &DispatchId| self.needs.dispatches.iter().any(|d| d.id == *id);
                package.dispatches.iter().all(known)
            }
            Details::Journeys(journey) => {
                let known = |id: &BookItemId| {
                    let found = self.needs.items.iter().find(|item| item.id == *id);
                    found.is_some_and(|item| matches!(item.details, Details::Packages(_)))
                };
                journey.packages.iter().all(known)
            }
            _ => true,
        };
        if there { self.named_are_seen() } else { Err(Code::NotFound.into()) }
    }

    /// Whoever packs or carries copies sees every one of them: he would answer for what he does not know.
    pub(super) fn named_are_seen(&self) -> Result<(), Refusal> {
        if self.needs.copies.iter().all(|known| self.sees(&known.rule)) {
            Ok(())
        } else {
            Err(Code::NotFound.into())
        }
    }

    /// Refused to whoever is not the control officer of the registry.
    pub(super) fn controls(&self) -> Result<(), Refusal> {
        if self.caller.is_operator() || self.caller.has(Role::Controller, Some(self.context.registry)) {
            Ok(())
        } else {
            Err(Code::Forbidden.into())
        }
    }

    pub(super) fn of_house(&self, field: &'static str, person: PersonId) -> Result<PersonId, Refusal> {
        if self.needs.people.contains(&person) {
            Ok(person)
        } else {
            Err(Refusal::on(field, Code::PersonUnknown).with("person", person))
        }
    }

    fn logs(&self, logs: &[String]) -> Result<Vec<String>, Refusal> {
        let known = &self.context.house.custody;
        match logs.iter().find(|code| known.by_code(code).is_none()) {
            Some(unknown) => Err(Refusal::on("logs", Code::NotOffered).with("value", unknown)),
            None => Ok(logs.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect()),
        }
    }

    /// The registry above approves it, for itself or for one below it.
    fn route(&self, route: &Route) -> Result<Route, Refusal> {
        self.controls()?;
        let house = self.context.house;
        if !house.above(route.from).contains(&self.context.registry) {
            return Err(Refusal::on("from", Code::NotOffered));
        }
        let to = match &route.to {
            Destination::Registry { registry } if *registry == route.from => {
                return Err(Refusal::on("to", Code::NotOffered));
            }
            Destination::Registry { registry } => {
                house.registry(*registry).ok_or(Refusal::on("to", Code::RegistryUnknown))?;
                Destination::Registry { registry: *registry }
            }
            Destination::Elsewhere { name } => Destination::Elsewhere { name: required("to", name, NAME)? },
        };
        if route.until.is_some_and(|until| until < self.context.today) {
            return Err(Refusal::on("until", Code::AlreadyPast));
        }
        Ok(Route {
            from: route.from,
            to,
            logs: self.logs(&route.logs)?,
            until: route.until,
            reference: required("reference", &route.reference, NAME)?,
        })
    }

    fn correspondent(&self, asked: &Correspondent) -> Result<Correspondent, Refusal> {
        let name = required("name", &asked.name, NAME)?;
        self.name_is_free("name", &name)?;
        if asked.approved.iter().any(|c| !self.context.house.knows(c)) {
            return Err(Refusal::on("approved", Code::InvalidLabel));
        }
        if asked.officers.len() > NAMED {
            return Err(Refusal::on("officers", Code::TooLong).with("limit", NAMED));
        }
        let officer = |officer: &Officer| {
            Ok(Officer { name: required("officers", &officer.name, NAME)?, ..officer.clone() })
        };
        Ok(Correspondent {
            name,
            address: required("address", &asked.address, NAME)?,
            approved: asked.approved.clone(),
            officers: asked.officers.iter().map(officer).collect::<Result<_, Refusal>>()?,
        })
    }

    fn name_is_free(&self, field: &'static str, name: &str) -> Result<(), Refusal> {
        match &self.needs.namesake {
            Some(item) => {
                Err(Refusal::on(field, Code::NameTaken).with("name", name).with("item", item.text()))
            }
            None => Ok(()),
        }
    }

    /// Nobody appoints himself.
    fn appointment(&self, asked: &Appointment) -> Result<Appointment, Refusal> {
        self.controls()?;
        let person = self.of_house("person", asked.person)?;
        if person == self.caller.person {
            return Err(Refusal::on("person", Code::SamePerson));
        }
        if asked.until.is_some_and(|until| until < asked.from || until < self.context.today) {
            return Err(Refusal::on("until", Code::AlreadyPast));
        }
        Ok(Appointment {
            logs: self.logs(&asked.logs)?,
            reference: required("reference", &asked.reference, NAME)?,
            ..asked.clone()
        })
    }

    /// Receipts that are due, each in one package; nothing on the outside says what is in it.
    fn package(&self, asked: &Package) -> Result<Package, Refusal> {
        let outer = required("outer", &asked.outer, NAME)?;
        if let Some(word) = self.marking_word(&outer) {
            return Err(Refusal::on("outer", Code::OuterMarked).with("word", word));
        }
        if asked.dispatches.is_empty() {
            return Err(Refusal::on("dispatches", Code::Required));
        }
        once("dispatches", &asked.dispatches)?;
        for id in &asked.dispatches {
            self.packs(*id)?;
        }
        let seals: Vec<String> = asked
            .seals
            .iter()
            .filter_map(|seal| line("seals", seal, NAME).transpose())
            .collect::<Result<_, _>>()?;
        once("seals", &seals)?;
        Ok(Package {
            dispatches: asked.dispatches.clone(),
            inner: required("inner", &asked.inner, NAME)?,
            outer,
            warning: line("warning", asked.warning.as_deref().unwrap_or_default(), NAME)?,
            seals,
            by: asked.by,
        })
    }

    fn packs(&self, id: DispatchId) -> Result<(), Refusal> {
        let found = self.needs.dispatches.iter().find(|dispatch| dispatch.id == id);
        let dispatch = found.ok_or(Refusal::on("dispatches", Code::NotFound))?;
        let refused = |code: Code| Refusal::on("dispatches", code).with("receipt", dispatch.receipt());
        if !self.needs.copies.iter().any(|known| known.copy.standing.sent_with() == Some(id)) {
            return Err(refused(Code::ReceiptGiven));
        }
        // One that the caller does not see keeps nothing from being packed: he learns of no package by it. Who has the receipt
        // in his hands is right against the books, and the last package is the one in which it is.
        let known = |rules: &Vec<AccessRule>| rules.iter().all(|rule| self.sees(rule));
        let packed = self.needs.packed.get(&id).is_some_and(|packages| packages.iter().any(known));
        if packed { Err(refused(Code::Packed)) } else { Ok(()) }
    }

    /// A word of a marking that stands in a text.
    fn marking_word(&self, text: &str) -> Option<String> {
        let spoken = |c: char| if c.is_alphanumeric() { c } else { ' ' };
        let text = format!(" {} ", text.to_uppercase().chars().map(spoken).collect::<String>());
        let policies = &self.context.house.policies;
        let levels = policies.iter().flat_map(|policy| policy.levels().iter().map(move |l| (policy, l)));
        levels
            .filter(|(policy, level)| {
                let plain = label::Label::plain(policy.id().clone(), level.code.clone());
                policy.is_accountable(&plain)
            })
            .map(|(_, level)| level)
            .flat_map(|level| {
                [label::Language::English, label::Language::French].map(|l| level.words(l).to_uppercase())
            })
            .find(|words| text.contains(&format!(" {words} ")))
    }

    /// The rules of the policies whose papers are carried; the house's first where there are none.
    pub(super) fn strictest(&self, days: impl Fn(&PolicyRules) -> u16) -> u16 {
        let rules = &self.context.house.custody;
        let of_logs = self.needs.copies.iter().filter_map(|known| rules.rules_of(&known.control.log));
        of_logs.map(&days).max().or_else(|| rules.policy.first().map(&days)).unwrap_or_default()
    }

    /// One journey a certificate, asked for in time; what may not be carried by hand is not.
    fn journey(&self, asked: &Journey) -> Result<Journey, Refusal> {
        if asked.leaves <= self.context.now {
            return Err(Refusal::on("leaves", Code::AlreadyPast));
        }
        if asked.expected <= asked.leaves {
            return Err(Refusal::on("expected", Code::BeforeItLeaves));
        }
        if asked.packages.is_empty() {
            return Err(Refusal::on("packages", Code::Required));
        }
        once("packages", &asked.packages)?;
        for id in &asked.packages {
            self.carries(*id)?;
        }
        let rules = &self.context.house.custody;
        let by_hand = |log: &str| rules.by_code(log).is_none_or(|log| log.by_hand);
        if let Some(known) = self.needs.copies.iter().find(|known| !by_hand(&known.control.log)) {
            return Err(Refusal::on("packages", Code::NotByHand).with("copy", known.name()));
        }
        let urgent = line("urgent", asked.urgent.as_deref().unwrap_or_default(), WORDS)?;
        let leaves = asked.leaves.date(&self.context.house.zone);
        let notice =
            Notice::of(self.context.today, leaves, self.strictest(|rules| rules.courier_notice_days));
        if !notice.is_enough() && urgent.is_none() {
            return Err(Refusal::on("urgent", Code::ShortNotice)
                .with("days", notice.days)
                .with("wanted", notice.wanted));
        }
        let person = asked.courier.person.map(|person| self.of_house("courier", person)).transpose()?;
        Ok(Journey {
            courier: Courier {
                person,
                name: required("courier", &asked.courier.name, NAME)?,
                document: required("document", &asked.courier.document, NAME)?,
            },
            from: required("from", &asked.from, NAME)?,
            to: required("to", &asked.to, NAME)?,
            way: line("way", asked.way.as_deref().unwrap_or_default(), NAME)?,
            leaves: asked.leaves,
            expected: asked.expected,
            packages: asked.packages.clone(),
            urgent: urgent.filter(|_| !notice.is_enough()),
            advised: None,
            departed: None,
            arrived: None,
        })
    }

    fn carries(&self, id: BookItemId) -> Result<(), Refusal> {
        let found = self.needs.items.iter().find(|item| item.id == id);
        let item = found.ok_or(Refusal::on("packages", Code::NotFound))?;
        let refused = |code: Code| Refusal::on("packages", code).with("package", item.text());
        match &item.details {
            Details::Packages(package) if package.by != Carriage::Courier => Err(refused(Code::NotByCourier)),
            Details::Packages(_) if item.stage == Stage::Sealed => Ok(()),
            Details::Packages(_) if item.stage == Stage::Assigned => Err(refused(Code::OneJourney)),
            Details::Packages(_) => Err(refused(Code::ItemStage)),
            _ => Err(Refusal::on("packages", Code::NotFound)),
        }
    }

    fn equipment(&self, asked: &Equipment) -> Result<Equipment, Refusal> {
        let mark = required("mark", &asked.mark, NAME)?;
        self.name_is_free("mark", &mark)?;
        if asked.level.as_ref().is_some_and(|level| !self.context.house.knows(level)) {
            return Err(Refusal::on("level", Code::InvalidLabel));
        }
        if asked.is != EquipmentKind::Safe && !asked.known_to.is_empty() {
            return Err(Refusal::on("known_to", Code::NotOffered));
        }
        for person in &asked.known_to {
            self.of_house("known_to", *person)?;
        }
        Ok(Equipment {
            is: asked.is,
            mark,
            serial: required("serial", &asked.serial, NAME)?,
            place: required("place", &asked.place, NAME)?,
            level: asked.level.clone(),
            with: None,
            combination: (asked.is == EquipmentKind::Safe).then_some(self.context.now),
            known_to: asked.known_to.clone(),
        })
    }

    fn transfer(&self, asked: &Transfer) -> Result<Transfer, Refusal> {
        let (from, to) = (required("from", &asked.from, NAME)?, required("to", &asked.to, NAME)?);
        if from == to {
            return Err(Refusal::on("to", Code::NotOffered));
        }
        Ok(Transfer {
            what: required("what", &asked.what, WORDS)?,
            from,
            to,
            authorised_by: self.of_house("authorised_by", asked.authorised_by)?,
            why: required("why", &asked.why, WORDS)?,
            how: required("how", &asked.how, WORDS)?,
            scan: Scan { tool: required("tool", &asked.scan.tool, NAME)?, result: asked.scan.result },
            at: self.moment(Some(asked.at))?,
        })
    }
}

/// Refused where something is named twice, or too much is.
fn once<T: Ord>(field: &'static str, named: &[T]) -> Result<(), Refusal> {
    if named.len() > NAMED {
        return Err(Refusal::on(field, Code::TooLong).with("limit", NAMED));
    }
    let all: BTreeSet<&T> = named.iter().collect();
    if all.len() == named.len() { Ok(()) } else { Err(Refusal::on(field, Code::NamedTwice)) }
}

pub(super) fn stepped(item: BookItemId, step: Step, at: Timestamp, words: Option<String>) -> Fact {
    Fact::BookStepped { item, step: Box::new(step), at, words }
}

/// The approvals by which a registry sends papers past the one above.
pub(in crate::custody) fn approved(
    routes: &[Route],
    to: &Destination,
    log: &str,
    day: jiff::civil::Date,
    from: RegistryId,
) -> bool {
    routes.iter().any(|route| route.from == from && route.to == *to && route.covers(log, day))
}
