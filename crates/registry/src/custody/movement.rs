//! Copies change hands: sent with a receipt that is due, received, brought back, traced. What is asked for is refused where
//! it may not be; what has happened is written down, with an incident.

use super::{
    Desk, Known, WORDS,
    book::{Destination, Details},
    copy::{Event, Holder},
    fact::{Addressee, Despite, Discrepancy, Dispatch, Incident, IncidentKind, Receipt, Signed},
};
use crate::{
    access::{AccessRule, Test, Viewer},
    command::{Channel, Context},
    fact::Fact,
    id::{ContainerId, CopyId, DispatchId, IncidentId, ObjectId},
    line::{NAME, line, required},
    refusal::{Code, Refusal},
    time::Timestamp,
};

impl Desk<'_> {
    pub(super) fn keep(
        &self,
        copies: &[CopyId],
        container: Option<ContainerId>,
        at: Option<Timestamp>,
        words: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(copies)?;
        self.staff()?;
        let at = self.moment(at)?;
        let rules: Vec<&AccessRule> = seen.iter().map(|known| &known.rule).collect();
        let holder = self.own(container, &rules)?;
        let there = |known: &&Known| {
            known.copy.holder == holder && known.copy.standing == super::copy::Standing::Held
        };
        let moved: Vec<&Known> = seen.into_iter().filter(|known| !there(known)).collect();
        if moved.is_empty() {
            return Err(Code::NothingChanged.into());
        }
        Self::happens(&moved, &Event::Kept { holder: holder.clone() }, at)?;
        let copies = moved.iter().map(|known| known.copy.id).collect();
        let words = line("words", words, WORDS)?;
        Ok(vec![Fact::CopiesKept { copies, holder, at, words }])
    }

    pub(super) fn send(
        &self,
        copies: &[CopyId],
        to: &Addressee,
        bearer: &str,
        at: Option<Timestamp>,
        despite: Option<Despite>,
        words: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(copies)?;
        self.may_send(&seen, to, despite)?;
        let at = self.moment(at)?;
        let to = addressed(to)?;
        let id = DispatchId::new(self.id(0));
        Self::happens(&seen, &Event::Sent { dispatch: id }, at)?;
        if let Some(drawn) = seen.iter().find(|known| known.drawn_up.is_some()) {
            return Err(Refusal::on("copies", Code::CopyDrawnUp).with("copy", drawn.name()));
        }
        if seen.iter().all(|known| has(&to, &known.copy.holder)) {
            return Err(Refusal::on("to", Code::NothingChanged));
        }
        let despite = match (self.unfit(&to, &seen)?, despite) {
            (None, _) => None,
            (Some(refusal), None) => return Err(refusal),
            (Some(_), Some(despite)) => Some(despite),
        };
        let dispatch = Dispatch {
            id,
            number: self.needs.next(super::RECEIPTS),
            year: self.year(),
            to,
            bearer: line("bearer", bearer, NAME)?,
            at,
            copies: copies.to_vec(),
            despite,
        };
        let mut facts = vec![Fact::CopiesSent { dispatch: Box::new(dispatch) }];
        if let Some(despite) = despite {
            let is = match despite {
                Despite::Happened => IncidentKind::Irregular,
                Despite::Emergency => IncidentKind::Emergency,
            };
            facts.push(self.incident(is, copies, words)?);
        }
        Ok(facts)
    }

    /// The staff sends anything; who holds a copy himself hands it on to a person, or brings it back.
    fn may_send(&self, seen: &[&Known], to: &Addressee, despite: Option<Despite>) -> Result<(), Refusal> {
        let own = Holder::Person { person: self.caller.person };
        let his = seen.iter().all(|known| known.copy.holder == own);
        let within = matches!(to, Addressee::Person { .. } | Addressee::Desk);
        if his && within && despite.is_none() { Ok(()) } else { self.staff() }
    }

    /// Why the addressee may not have the papers today: clearance, briefing, group, list, release. What has happened
    /// overrides that; one who is not there has received nothing.
    fn unfit(&self, to: &Addressee, seen: &[&Known]) -> Result<Option<Refusal>, Refusal> {
        let house = self.context.house;
        let refused = |code: Code| Refusal::on("to", code);
        match to {
            Addressee::Person { person } => {
                let known = self.needs.person.as_deref().filter(|(known, _)| known.id == *person);
                let (person, held) =
                    known.ok_or_else(|| refused(Code::PersonUnknown).with("person", person))?;
                let viewer = Viewer::on(self.context.today, person, held);
                let lacks = |known: &&Known| {
                    let tests = viewer.tests(&known.rule, self.context.registry, house, self.context.today);
                    let test = tests.iter().find(|test| !test.passed())?;
                    Some(refused(lacking(test)).with("name", &person.name).with("copy", known.name()))
                };
                Ok(seen.iter().find_map(lacks))
            }
            Addressee::Registry { registry } => {
                let to = house.registry(*registry).ok_or_else(|| refused(Code::RegistryUnknown))?;
                if let Some(refusal) =
                    self.unrouted(&Destination::Registry { registry: to.id }, &to.code, seen)
                {
                    return Ok(Some(refusal));
                }
                let lacks = |known: &&Known| match known.rule.content.as_ref() {
                    None => Some(refused(Code::MarkingOpen)),
                    Some(label) => house.may_hold(to, label).err().map(refused),
                };
                Ok(seen.iter().find_map(lacks))
            }
            Addressee::Elsewhere { name } => {
                let to = Destination::Elsewhere { name: name.clone() };
                Ok(self.unrouted(&to, name, seen).or_else(|| self.unapproved(seen)))
            }
            Addressee::Desk => Ok(None),
        }
    }

    /// Why papers that go up and down the tree of registries do not go there: it is neither the registry above nor one
    /// below, nor, for a central registry, a correspondent, and nobody approved the route.
    fn unrouted(&self, to: &Destination, name: &str, seen: &[&Known]) -> Option<Refusal> {
        let Context { house, today, registry: own, .. } = self.context;
        let above = house.registry(*own).and_then(|registry| registry.parent);
        let next = match to {
            Destination::Registry { registry } => {
                above == Some(*registry) || house.registry(*registry).is_some_and(|r| r.parent == Some(*own))
            }
            Destination::Elsewhere { .. } => above.is_none() && self.needs.namesake.is_some(),
        };
        let stopped = |known: &&&Known| {
            let log = &known.control.log;
            house.custody.by_code(log).is_some_and(|log| log.through_tree)
                && !super::book::approved(&self.needs.routes, to, log, *today, *own)
        };
        let known = seen.iter().find(stopped).filter(|_| !next)?;
        Some(Refusal::on("to", Code::RouteNotApproved).with("name", name).with("copy", known.name()))
    }

    /// Why a correspondent may not have the papers: they are above what he is approved for.
    fn unapproved(&self, seen: &[&Known]) -> Option<Refusal> {
        let Some(Details::Correspondents(to)) = self.needs.namesake.as_ref().map(|item| &item.details) else {
            return None;
        };
        let house = self.context.house;
        let fits = |known: &&&Known| {
            known.rule.content.as_ref().is_some_and(|label| {
                let policy = house.policies.of(label).ok();
                let covers = |c: &label::Clearance| {
                    policy.is_some_and(|p| c.policy == *p.id() && crate::house::dominates(p, c, label))
                };
                to.approved.iter().any(covers)
            })
        };
        let known = seen.iter().find(|known| !to.approved.is_empty() && !fits(known))?;
        Some(Refusal::on("to", Code::ReceiverClearance).with("name", &to.name).with("copy", known.name()))
    }

    pub(super) fn receipt(
        &self,
        signed: Signed,
        by: &str,
        scan: Option<ObjectId>,
        at: Option<Timestamp>,
        discrepancies: &[Discrepancy],
    ) -> Result<Vec<Fact>, Refusal> {
        let dispatch = self.dispatch()?;
        self.may_receipt(dispatch, signed)?;
        let at = self.moment(at)?;
        let sent = Some(dispatch.id);
        let due: Vec<&Known> =
            self.needs.copies.iter().filter(|known| known.copy.standing.sent_with() == sent).collect();
        if due.is_empty() {
            return Err(Refusal::new(Code::ReceiptGiven).with("receipt", dispatch.receipt()));
        }
        let mut wrong = Vec::new();
        for said in discrepancies {
            if !due.iter().any(|known| known.copy.id == said.copy) {
                return Err(Refusal::on("discrepancies", Code::NotOffered));
            }
            wrong.push(Discrepancy { copy: said.copy, words: required("words", &said.words, WORDS)? });
        }
        let arrived: Vec<&Known> =
            due.into_iter().filter(|known| wrong.iter().all(|w| w.copy != known.copy.id)).collect();
        let holder = self.holder(&dispatch.to);
        let event = Event::Received { dispatch: dispatch.id, holder: holder.clone() };
        Self::happens(&arrived, &event, at)?;
        let by = match signed {
            Signed::Paper => Some(required("by", by, NAME)?),
            Signed::Screen => None,
        };
        let receipt = Receipt {
            dispatch: dispatch.id,
            signed,
            by,
            scan,
            at,
            holder,
            copies: arrived.iter().map(|known| known.copy.id).collect(),
            discrepancies: wrong.clone(),
        };
        let mut facts = vec![Fact::ReceiptRecorded { receipt: Box::new(receipt) }];
        if !wrong.is_empty() {
            let copies: Vec<CopyId> = wrong.iter().map(|w| w.copy).collect();
            let words: Vec<&str> = wrong.iter().map(|w| w.words.as_str()).collect();
            facts.push(self.incident(IncidentKind::Discrepancy, &copies, &words.join("; "))?);
        }
        Ok(facts)
    }

    /// On screen the addressee gives it himself, in his own name; what came back on paper the staff writes down.
    fn may_receipt(&self, dispatch: &Dispatch, signed: Signed) -> Result<(), Refusal> {
        let caller = self.caller;
        let addressee = caller.channel == Channel::Person
            && match &dispatch.to {
                Addressee::Person { person } => *person == caller.person,
                Addressee::Registry { registry } => caller.viewer.handles(*registry),
                Addressee::Desk => caller.viewer.handles(self.context.registry),
                Addressee::Elsewhere { .. } => false,
            };
        match signed {
            _ if !self.needs.copies.iter().all(|known| self.sees(&known.rule)) => Err(Code::NotFound.into()),
            Signed::Screen if addressee => Ok(()),
            Signed::Screen => Err(Code::Forbidden.into()),
            Signed::Paper => self.staff(),
        }
    }

    fn holder(&self, to: &Addressee) -> Holder {
        match to {
            Addressee::Person { person } => Holder::Person { person: *person },
            Addressee::Desk => Holder::Registry,
            Addressee::Elsewhere { name } => Holder::Elsewhere { name: name.clone() },
            Addressee::Registry { registry } => {
                let name = self.context.house.registry(*registry).map(|r| r.code.clone());
                Holder::Elsewhere { name: name.unwrap_or_default() }
            }
        }
    }

    fn dispatch(&self) -> Result<&Dispatch, Refusal> {
        Ok(self.needs.dispatch.as_ref().ok_or(Code::NotFound)?)
    }

    pub(super) fn trace(&self, words: &str) -> Result<Vec<Fact>, Refusal> {
        let dispatch = self.dispatch()?;
        if !self.needs.copies.iter().all(|known| self.sees(&known.rule)) {
            return Err(Code::NotFound.into());
        }
        self.staff()?;
        let due = self.needs.copies.iter().any(|known| known.copy.standing.sent_with() == Some(dispatch.id));
        if !due {
            return Err(Refusal::new(Code::ReceiptGiven).with("receipt", dispatch.receipt()));
        }
        Ok(vec![Fact::DispatchTraced { dispatch: dispatch.id, words: line("words", words, WORDS)? }])
    }

    pub(super) fn incident(&self, is: IncidentKind, copies: &[CopyId], words: &str) -> Result<Fact, Refusal> {
        let incident = Incident {
            id: IncidentId::new(self.id(u32::MAX)),
            number: self.needs.next(super::INCIDENTS),
            year: self.year(),
            is,
            copies: copies.to_vec(),
            words: required("words", words, WORDS)?,
        };
        Ok(Fact::IncidentOpened { incident: Box::new(incident) })
    }
}

fn addressed(to: &Addressee) -> Result<Addressee, Refusal> {
    Ok(match to {
        Addressee::Elsewhere { name } => Addressee::Elsewhere { name: required("to", name, NAME)? },
        other => other.clone(),
    })
}

/// Whether the addressee has it already.
fn has(to: &Addressee, holder: &Holder) -> bool {
    match (to, holder) {
        (Addressee::Person { person }, Holder::Person { person: holds }) => person == holds,
        (Addressee::Desk, holder) => holder.is_registry(),
        _ => false,
    }
}

/// What the receiver lacks.
fn lacking(test: &Test) -> Code {
    match test {
        Test::Label { test, .. } => match &test.tested {
            label::Tested::Level { .. } | label::Tested::Categories { .. } => Code::ReceiverClearance,
            label::Tested::Briefing { .. } => Code::ReceiverBriefing,
            _ => Code::ReceiverRelease,
        },
        Test::NeedToKnow { .. } => Code::ReceiverNeedToKnow,
        Test::AccessList { .. } => Code::ReceiverAccessList,
        Test::Undetermined { .. } => Code::MarkingOpen,
        Test::UnknownPolicy | Test::Ceiling { .. } => Code::ReceiverClearance,
    }
}
