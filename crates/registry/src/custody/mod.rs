//! Custody: numbered copies of papers, who answers for each at every moment, how they are handed on and how they end.
//!
//! The state of a copy and what an event makes of it are `copy.rs`'s; what the ledger says, `fact.rs`'s; what may be asked
//! and who may ask it stands here and beside: recording, movement, loss, destruction. What has happened on paper is never
//! refused because it should not have: it is written down, and an incident is opened with it.

mod act;
pub mod book;
pub mod clock;
pub mod copy;
mod destruction;
pub mod fact;
mod loss;
mod movement;
pub mod muster;
pub mod name;
mod needs;
pub mod number;
mod recording;
pub mod settings;

pub use act::{Act, Numbered};
pub use needs::{CERTIFICATES, Container, CustodyNeeds, Documented, INCIDENTS, Known, RECEIPTS};

use self::copy::{Broken, Event, Holder};
use crate::{
    access::AccessRule,
    command::{Caller, Context},
    fact::Fact,
    id::{ContainerId, CopyId},
    line::{NAME, line},
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// Most copies of one act.
pub const MANY: usize = 1_000;
/// Longest remark (characters).
pub(crate) const WORDS: usize = 2_000;

/// Decides an act.
pub fn decide(
    caller: &Caller,
    context: &Context<'_>,
    act: &Act,
    needs: &CustodyNeeds,
) -> Result<Vec<Fact>, Refusal> {
    if act.many() > MANY {
        return Err(Refusal::on("copies", Code::TooLong).with("limit", MANY));
    }
    let desk = Desk { caller, context, needs };
    match act {
        Act::Record { document, origin, from, copies, of, container, shelf, at, words } => {
            let asked = recording::Asked {
                document: *document,
                origin: *origin,
                from: *from,
                copies,
                of: *of,
                container: *container,
                shelf,
                at: *at,
                words,
            };
            desk.record(&asked)
        }
        Act::Keep { copies, container, shelf, at, words } => desk.keep(copies, *container, shelf, *at, words),
        Act::Send { copies, to, bearer, at, despite, back_by, words } => desk.send(&movement::Sending {
            copies,
            to,
            bearer,
            at: *at,
            despite: *despite,
            back_by: *back_by,
            words,
        }),
        Act::Prolong { copies, back_by, words } => desk.prolong(copies, *back_by, words),
        Act::Receipt { signed, by, scan, at, discrepancies, .. } => {
            desk.receipt(*signed, by, scan.as_deref(), *at, discrepancies)
        }
        Act::Trace { words, .. } => desk.trace(words),
        Act::Miss { copies, words } => desk.miss(copies, words),
        Act::Release { copies, words } => desk.release(copies, words),
        Act::DrawUp { copies, method } => desk.draw_up(copies, method),
        Act::Sign { hand, .. } => desk.sign(*hand),
        Act::Withdraw { words, .. } => desk.withdraw(words),
        Act::Report { is, copies, words } => desk.report(*is, copies, words),
        Act::Follow { words, report, closes, .. } => desk.follow(words, *report, *closes),
        Act::OpenMuster { is, logs, container, sample, seed, hand_over, words } => {
            desk.open_muster(&muster::Asked {
                is: *is,
                logs,
                container: *container,
                sample: *sample,
                seed: *seed,
                hand_over: *hand_over,
                words,
            })
        }
        Act::Sight { sightings, words, .. } => desk.sight(sightings, words),
        Act::CloseMuster { words, .. } => desk.close_muster(words),
        Act::SignMuster { .. } => desk.sign_muster(),
        Act::AbandonMuster { words, .. } => desk.abandon_muster(words),
        Act::Enter { details, words } => desk.enter(details, words),
        Act::Step { step, at, words, .. } => desk.step(step, *at, words),
        Act::Distribute { document, lines, bearer, words } => {
            desk.distribute(*document, lines, bearer, words)
        }
        Act::Furnish { name, place, approved } => desk.furnish(name, place, approved),
    }
}

/// What a decision has at hand.
struct Desk<'a> {
    caller: &'a Caller,
    context: &'a Context<'a>,
    needs: &'a CustodyNeeds,
}

impl Desk<'_> {
    /// Refused to whoever is not of the registry's staff.
    fn staff(&self) -> Result<(), Refusal> {
        if self.caller.is_operator() || self.caller.viewer.handles(self.context.registry) {
            Ok(())
        } else {
            Err(Code::Forbidden.into())
        }
    }

    /// Whether the caller sees so much as the entry of a document.
    fn sees(&self, rule: &AccessRule) -> bool {
        let Context { registry, house, today, .. } = self.context;
        let sight = self.caller.viewer.sight(rule, *registry, house, *today);
        sight.read || sight.handle || self.caller.is_operator()
    }

    /// The copies that are named, each of which the caller sees: what he does not see is not there.
    fn seen(&self, named: &[CopyId]) -> Result<Vec<&Known>, Refusal> {
        if named.is_empty() {
            return Err(Refusal::on("copies", Code::Required));
        }
        let mut seen = Vec::with_capacity(named.len());
        for id in named {
            let known = self.needs.copies.iter().find(|known| known.copy.id == *id);
            let known = known.filter(|known| self.sees(&known.rule)).ok_or(Code::NotFound)?;
            if seen.iter().any(|other: &&Known| other.copy.id == *id) {
                return Err(Refusal::on("copies", Code::CopyTwice).with("copy", known.name()));
            }
            seen.push(known);
        }
        Ok(seen)
    }

    /// The moment at which something happened: what is given, not later than now.
    fn moment(&self, at: Option<Timestamp>) -> Result<Timestamp, Refusal> {
        match at {
            Some(at) if at > self.context.now => Err(Refusal::on("at", Code::NotYet)),
            Some(at) => Ok(at),
            None => Ok(self.context.now),
        }
    }

    /// Refused where the event cannot happen to one of the copies.
    fn happens(copies: &[&Known], event: &Event, at: Timestamp) -> Result<(), Refusal> {
        copies
            .iter()
            .try_for_each(|known| known.copy.after(event, at).map(|_| ()).map_err(|why| broken(known, why)))
    }

    /// The registry's own holder: its desk, or a container that may hold the papers.
    fn own(
        &self,
        container: Option<ContainerId>,
        shelf: &str,
        rules: &[&AccessRule],
    ) -> Result<Holder, Refusal> {
        let shelf = line("shelf", shelf, NAME)?;
        let Some(id) = container else {
            return match shelf {
                Some(_) => Err(Refusal::on("shelf", Code::ShelfOfNothing)),
                None => Ok(Holder::Registry),
            };
        };
        let container = self.needs.container.as_ref().filter(|c| c.id == id);
        let container = container.ok_or(Refusal::on("container", Code::NotOffered))?;
        let house = self.context.house;
        for label in rules.iter().filter_map(|rule| rule.content.as_ref()) {
            let policy =
                house.policies.of(label).map_err(|_| Refusal::on("container", Code::UnknownPolicy))?;
            let fits =
                |c: &label::Clearance| c.policy == *policy.id() && crate::house::dominates(policy, c, label);
            if !container.approved.is_empty() && !container.approved.iter().any(fits) {
                return Err(
                    Refusal::on("container", Code::ContainerNotApproved).with("name", &container.name)
                );
            }
        }
        Ok(Holder::Container { container: id, shelf })
    }

    fn id(&self, n: u32) -> [u8; 16] {
        self.context.new_id(n)
    }

    fn year(&self) -> i16 {
        self.context.today.year()
    }
}

/// The refusal of what cannot happen to a copy.
fn broken(known: &Known, why: Broken) -> Refusal {
    let code = match why {
        Broken::Closed(standing) => match standing {
            copy::Standing::Destroyed { .. } => Code::CopyDestroyed,
            copy::Standing::Transferred => Code::CopyTransferred,
            _ => Code::CopyReleased,
        },
        Broken::UnderWay => Code::CopyUnderWay,
        Broken::Missing => Code::CopyMissing,
        Broken::NotSent => Code::CopyNotSent,
        Broken::Before(_) => Code::CopyBefore,
        Broken::NotLent => Code::NotOnLoan,
        Broken::NotLonger(until) => {
            return Refusal::on("back_by", Code::LoanNotLonger).with("copy", known.name()).with("day", until);
        }
    };
    Refusal::on("copies", code).with("copy", known.name())
}

/// What a fact makes happen to copies: which, what, when. Tables and tests read facts by this and nothing else.
pub fn happening(fact: &Fact) -> Option<(Vec<CopyId>, Event, Timestamp)> {
    Some(match fact {
        Fact::CopiesKept { copies, holder, at, .. } => {
            (copies.clone(), Event::Kept { holder: holder.clone() }, *at)
        }
        Fact::CopiesSent { dispatch } => {
            let event = Event::Sent { dispatch: dispatch.id, back_by: dispatch.back_by };
            (dispatch.copies.clone(), event, dispatch.at)
        }
        Fact::LoanProlonged { copies, until, at, .. } => {
            (copies.clone(), Event::Prolonged { until: *until }, *at)
        }
        Fact::ReceiptRecorded { receipt } => {
            let event = Event::Received { dispatch: receipt.dispatch, holder: receipt.holder.clone() };
            (receipt.copies.clone(), event, receipt.at)
        }
        Fact::CopiesMissed { copies, at } => (copies.clone(), Event::Missed, *at),
        Fact::CopiesReleased { copies, at, .. } => (copies.clone(), Event::Released, *at),
        Fact::DestructionSigned { certificate, at, destroyed, .. } if !destroyed.is_empty() => {
            (destroyed.clone(), Event::Destroyed { certificate: *certificate }, *at)
        }
        _ => return None,
    })
}
