//! Copies change hands: sent with a receipt that is due, received, brought back, traced. What is asked for is refused where
//! it may not be; what has happened is written down, with an incident.

use jiff::civil::Date;

use super::{
    Desk, Known, WORDS,
    book::{Destination, Details, Item},
    copy::{Event, Holder},
    fact::{
        Addressee, Despite, Discrepancy, Dispatch, Incident, IncidentKind, RECEIPT_SCAN, RECEIPT_SCANS,
        Receipt, Scanned, Signed,
    },
};
use crate::{
    access::{AccessRule, Test, Viewer},
    authorisation::Authorisation,
    command::{Channel, Context},
    document::{ReadingOutcome, StagedContent},
    fact::Fact,
    id::{ContainerId, CopyId, DispatchId, IncidentId, PersonId},
    line::{NAME, line, required},
    person::Person,
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// What is asked when copies are sent.
#[derive(Clone, Copy)]
pub(super) struct Sending<'a> {
    pub copies: &'a [CopyId],
    pub to: &'a Addressee,
    pub bearer: &'a str,
    pub at: Option<Timestamp>,
    pub despite: Option<Despite>,
    pub back_by: Option<Date>,
    pub words: &'a str,
}

impl Desk<'_> {
    pub(super) fn keep(
        &self,
        copies: &[CopyId],
        container: Option<ContainerId>,
        shelf: &str,
        at: Option<Timestamp>,
        words: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(copies)?;
        self.staff()?;
        let at = self.moment(at)?;
        let rules: Vec<&AccessRule> = seen.iter().map(|known| &known.rule).collect();
        let holder = self.own(container, shelf, &rules)?;
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

    pub(super) fn send(&self, sending: &Sending<'_>) -> Result<Vec<Fact>, Refusal> {
        let Sending { copies, to, despite, words, .. } = *sending;
        let seen = self.seen(copies)?;
        self.may_send(&seen, to, despite)?;
        let dispatch = self.goes_off(0, &seen, sending)?;
        let despite = dispatch.despite;
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

    /// The dispatch with which copies go off, the n-th of a command.
    pub(super) fn goes_off(&self, n: u32, seen: &[&Known], asked: &Sending<'_>) -> Result<Dispatch, Refusal> {
        let at = self.moment(asked.at)?;
        self.may_lend(asked.to, asked.back_by, at)?;
        let to = addressed(asked.to)?;
        let id = DispatchId::new(self.id(n));
        Self::happens(seen, &Event::Sent { dispatch: id, back_by: asked.back_by }, at)?;
        if let Some(drawn) = seen.iter().find(|known| known.drawn_up.is_some()) {
            return Err(Refusal::on("copies", Code::CopyDrawnUp).with("copy", drawn.name()));
        }
        if seen.iter().all(|known| has(&to, &known.copy.holder)) {
            return Err(Refusal::on("to", Code::NothingChanged));
        }
        let despite = match (self.unfit(&to, seen)?, asked.despite) {
            (None, _) => None,
            (Some(refusal), None) => return Err(refusal),
            (Some(_), Some(despite)) => Some(despite),
        };
        Ok(Dispatch {
            id,
            number: self.needs.next(super::RECEIPTS) + u64::from(n),
            year: self.year(),
            to,
            bearer: line("bearer", asked.bearer, NAME)?,
            at,
            copies: seen.iter().map(|known| known.copy.id).collect(),
            despite,
            back_by: asked.back_by,
        })
    }

    /// The staff sends anything; who holds a copy himself hands it on to a person, or brings it back.
    fn may_send(&self, seen: &[&Known], to: &Addressee, despite: Option<Despite>) -> Result<(), Refusal> {
        let own = Holder::Person { person: self.caller.person };
        let his = seen.iter().all(|known| known.copy.holder == own);
        let within = matches!(to, Addressee::Person { .. } | Addressee::Desk);
        if his && within && despite.is_none() { Ok(()) } else { self.staff() }
    }

    /// The staff lends, to a person or to somebody outside, for a day or more.
    fn may_lend(&self, to: &Addressee, back_by: Option<Date>, at: Timestamp) -> Result<(), Refusal> {
        let Some(back_by) = back_by else { return Ok(()) };
        self.staff()?;
        if matches!(to, Addressee::Registry { .. } | Addressee::Desk) {
            return Err(Refusal::on("back_by", Code::NoLoanThere));
        }
        if back_by < at.date(&self.context.house.zone) {
            return Err(Refusal::on("back_by", Code::BackBeforeSent));
        }
        Ok(())
    }

    pub(super) fn prolong(
        &self,
        copies: &[CopyId],
        back_by: Date,
        words: &str,
    ) -> Result<Vec<Fact>, Refusal> {
        let seen = self.seen(copies)?;
        self.staff()?;
        let at = self.context.now;
        if back_by < self.context.today {
            return Err(Refusal::on("back_by", Code::AlreadyPast));
        }
        Self::happens(&seen, &Event::Prolonged { until: back_by }, at)?;
        let words = required("words", words, WORDS)?;
        Ok(vec![Fact::LoanProlonged { copies: copies.to_vec(), until: back_by, at, words }])
    }

    /// Why the addressee may not have the papers today: clearance, briefing, group, list, release. What has happened
    /// overrides that; one who is not there has received nothing.
    fn unfit(&self, to: &Addressee, seen: &[&Known]) -> Result<Option<Refusal>, Refusal> {
        let house = self.context.house;
        let refused = |code: Code| Refusal::on("to", code);
        match to {
            Addressee::Person { person } => {
                let (person, held) =
                    self.known(*person).ok_or_else(|| refused(Code::PersonUnknown).with("person", person))?;
                let viewer = Viewer::on(self.context.today, person, held);
                let lacks = |known: &&Known| {
                    let lacks = self.lacks(&viewer, &known.rule)?;
                    Some(refused(lacks).with("name", &person.name).with("copy", known.name()))
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
                Ok(self.unrouted(&to, name, seen).or_else(|| self.unapproved(name, seen)))
            }
            Addressee::Desk => Ok(None),
        }
    }

    /// A person whom the act names, with what he holds.
    pub(super) fn known(&self, person: PersonId) -> Option<&(Person, Vec<Authorisation>)> {
        let named = self.needs.person.as_deref().into_iter().chain(&self.needs.receivers);
        named.into_iter().find(|(known, _)| known.id == person)
    }

    /// What somebody lacks who would read a paper today.
    pub(super) fn lacks(&self, viewer: &Viewer, rule: &AccessRule) -> Option<Code> {
        let Context { registry, house, today, .. } = self.context;
        let tests = viewer.tests(rule, *registry, house, *today);
        tests.iter().find(|test| !test.passed()).map(lacking)
    }

    /// The correspondent of a name.
    fn correspondent_named(&self, name: &str) -> Option<&Item> {
        let named = self.needs.namesake.iter().chain(&self.needs.correspondents);
        named.into_iter().find(|item| item.details.name() == Some(name.trim()))
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
            Destination::Elsewhere { name } => above.is_none() && self.correspondent_named(name).is_some(),
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
    fn unapproved(&self, name: &str, seen: &[&Known]) -> Option<Refusal> {
        let Some(Details::Correspondents(to)) = self.correspondent_named(name).map(|item| &item.details)
        else {
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
        scan: Option<&StagedContent>,
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
        let scanned = scan.map(|scan| scanned(signed, scan)).transpose()?;
        let by = match signed {
            Signed::Paper => Some(required("by", by, NAME)?),
            Signed::Screen => None,
        };
        let receipt = Receipt {
            dispatch: dispatch.id,
            signed,
            by,
            scan: scan.map(|scan| scan.object),
            scanned,
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

/// What a scan of a receipt is: of a paper, of a kind that is shown, and read without harm.
fn scanned(signed: Signed, scan: &StagedContent) -> Result<Scanned, Refusal> {
    let refused = |code: Code| Refusal::on("content", code);
    if signed == Signed::Screen {
        return Err(refused(Code::NotOffered));
    }
    if scan.size > RECEIPT_SCAN {
        return Err(refused(Code::OverSize).with("limit", RECEIPT_SCAN));
    }
    if !RECEIPT_SCANS.contains(&scan.media_type.as_str()) {
        return Err(refused(Code::ReceiptScan).with("value", &scan.media_type));
    }
    match scan.reading {
        ReadingOutcome::Quarantined => Err(refused(Code::Quarantined)),
        ReadingOutcome::Encrypted | ReadingOutcome::Damaged | ReadingOutcome::Mislabelled => {
            Err(refused(Code::ReceiptScan).with("value", &scan.media_type))
        }
        _ => Ok(Scanned { digest: scan.digest, size: scan.size, media_type: scan.media_type.clone() }),
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
